use casemate_assess::LoadOptions;
use casemate_estate::{State, Timestamp};
use casemate_store::{FindingFilter, Page};

use crate::{
    cli::{FindingsArgs, Format, Global},
    content,
    error::CommandError,
    exit::Exit,
    output::write_report,
    place,
    report::{Item, Report, area_scores},
    when::{self, Age},
};

/// `casemate findings`: what the store knows, ranked.
pub(crate) fn run(global: &Global, args: &FindingsArgs, now: Timestamp) -> Result<Exit, CommandError> {
    let store = place::open_for_reading(global)?;
    let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
    let at = args.at.as_deref().map(|text| when::parse("--at", text, now, Age::Past)).transpose()?;
    let states = match (args.state.is_empty(), args.status.is_empty(), args.output.format) {
        // A person asks what is wrong; a program filters for itself.
        (true, true, Format::Table) => vec![State::Fail],
        _ => args.state.clone(),
    };
    let filter = FindingFilter {
        at,
        states,
        statuses: args.status.clone(),
        min_severity: args.severity,
        check: args.check.clone(),
        resource_prefix: args.resource.clone(),
        target: args.target.clone(),
        include_exempted: !args.hide_exempted,
        include_suppressed: args.show_suppressed,
        ..FindingFilter::new(now)
    };
    let mut all = filter.clone();
    all.states = args.state.clone();
    let latest = store.scan_latest(args.target.as_deref())?;
    let items: Vec<Item> =
        store.finding_list(&filter, Page::ALL)?.into_iter().map(|finding| Item::new(finding, &content)).collect();
    let report = Report {
        generated: now,
        target_name: latest.as_ref().map_or_else(String::new, |scan| scan.target.clone()),
        scan: latest,
        counts: store.finding_counts(&all)?,
        gaps: Vec::new(),
        areas: area_scores(&items),
        items,
        content_errors: content.errors().iter().map(ToString::to_string).collect(),
        exemptions: store.exemption_list()?.into_iter().map(|e| (e.id.clone(), e)).collect(),
        suppressions: store.suppression_list()?.into_iter().map(|s| (s.id.clone(), s)).collect(),
        evaluated: None,
    };
    write_report(&report, args.output.format, args.output.out.as_deref(), args.output.limit)?;
    Ok(match args.fail_on {
        Some(severity) if report.reaches(severity) => Exit::Findings,
        _ => Exit::Done,
    })
}
