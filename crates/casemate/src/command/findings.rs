use std::collections::BTreeMap;

use casemate_assess::{Content, LoadOptions};
use casemate_estate::{State, Timestamp};
use casemate_store::{FindingCounts, FindingFilter, Page, ResourceFilter, Store};

use crate::{
    cli::{FindingsArgs, Format, Global},
    content,
    error::CommandError,
    exit::Exit,
    output::write_report,
    place,
    report::{Item, Joiner, Report, area_scores, state_counts},
    target, vulnerability, when,
};

/// `casemate findings`: what the store knows, ranked.
pub(crate) fn run(global: &Global, args: &FindingsArgs, now: Timestamp) -> Result<Exit, CommandError> {
    let store = place::open_for_reading(global)?;
    let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
    let at = args.at.as_deref().map(|text| when::parse_past("--at", text, now)).transpose()?;
    let scans = target::latest(&*store, args.target.as_deref(), at)?;
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
    let counts = store.finding_counts(&all)?;
    let vulnerability_counts = match args.check.as_deref() {
        None => store.finding_counts(&vulnerability::filter(&all))?,
        Some(check) if check.starts_with(vulnerability::CHECK_PREFIX) => counts,
        Some(_) => FindingCounts::default(),
    };
    let states = if args.output.format == Format::Table {
        // The table shows counts alone.
        [0; 4]
    } else {
        all.include_exempted = true;
        all.include_suppressed = true;
        state_counts(store.finding_list(&all, Page::ALL)?.iter())
    };
    let areas = match args.output.format {
        // A score is that of everything: that of the failures alone would be 0, and that of the passes 100.
        Format::Json | Format::Jsonl | Format::Html => {
            let everything = FindingFilter {
                at,
                target: args.target.clone(),
                include_exempted: true,
                include_suppressed: true,
                ..FindingFilter::new(now)
            };
            let items = store.finding_list(&everything, Page::ALL)?;
            let mut joiner = Joiner::new(&content);
            area_scores(&items.into_iter().map(|finding| joiner.item(finding)).collect::<Vec<_>>())
        }
        _ => Vec::new(),
    };
    let mut joiner = Joiner::new(&content);
    let mut items: Vec<Item> =
        store.finding_list(&filter, Page::ALL)?.into_iter().map(|finding| joiner.item(finding)).collect();
    let vulnerabilities = vulnerability::Summary::of(
        items.iter().map(|item| &item.finding),
        vulnerability::coverage_stored(&*store, scans.iter().map(|scan| scan.target.as_str()), at, now),
    );
    vulnerabilities.advise(&mut items);
    if items.is_empty() {
        explain_nothing(&*store, &content, args, now)?;
    }
    let names: Vec<String> = scans.iter().map(|scan| target::name(&*store, &scan.target)).collect();
    let older = items.iter().filter(|item| !scans.iter().any(|scan| item.finding.life.last_seen == scan.at)).count();
    let report = Report {
        generated: now,
        target_name: match names.as_slice() {
            [name] => name.clone(),
            names => format!("{} targets", names.len()),
        },
        targets: match names.len() {
            1 => BTreeMap::new(),
            _ => scans.iter().map(|scan| scan.target.clone()).zip(names).collect(),
        },
        older,
        states,
        counts,
        vulnerability_counts,
        gaps: target::gaps(&*store, args.target.as_deref(), at, &scans)?,
        scan: if scans.len() == 1 { scans.first().cloned() } else { None },
        scans,
        areas,
        items,
        vulnerabilities,
        content_errors: content.errors().iter().map(ToString::to_string).collect(),
        exemptions: store.exemption_list()?.into_iter().map(|e| (e.id.clone(), e)).collect(),
        suppressions: store.suppression_list()?.into_iter().map(|s| (s.id.clone(), s)).collect(),
        evaluated: None,
        calls: None,
    };
    write_report(&report, args.output.format, args.output.out.as_deref(), args.output.limit)?;
    Ok(match args.fail_on {
        Some(severity) if report.reaches(severity) => Exit::Findings,
        _ => Exit::Done,
    })
}

/// Refuses a filter that fits nothing because what it names does not exist: "0 failures" would read as good news.
fn explain_nothing(
    store: &dyn Store,
    content: &Content,
    args: &FindingsArgs,
    now: Timestamp,
) -> Result<(), CommandError> {
    if let Some(pattern) = &args.check {
        let fits = |id: &str| match pattern.strip_suffix('*') {
            Some(start) => id.starts_with(start),
            None => id == pattern,
        };
        let filter = FindingFilter {
            check: Some(pattern.clone()),
            include_exempted: true,
            include_suppressed: true,
            include_gone: true,
            ..FindingFilter::new(now)
        };
        if !content.checks().any(|check| fits(check.meta.id.as_str()))
            && store.finding_list(&filter, Page::first(1))?.is_empty()
        {
            return Err(CommandError::Usage(format!(
                "no check matches `{pattern}`, and no finding is of one\nhint: casemate check list shows them; a last `*` stands for any rest"
            )));
        }
    }
    if let Some(start) = &args.resource {
        let filter =
            ResourceFilter { name_contains: Some(start.clone()), include_gone: true, ..ResourceFilter::default() };
        let known = store.resource_list(&filter, Page::ALL)?;
        if !known.iter().any(|record| record.resource.id.as_str().starts_with(start.as_str())) {
            return Err(CommandError::Usage(format!(
                "no resource's id starts with `{start}`\nhint: casemate resources lists them; ids keep their case"
            )));
        }
    }
    Ok(())
}
