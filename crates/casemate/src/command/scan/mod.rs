pub(crate) mod aws;
mod config_snapshot;
mod judge;

use std::{collections::BTreeMap, time::Instant};

use casemate_assess::{Assessor, Content, LoadOptions, Options, SuppressionRule};
use casemate_estate::{Finding, Snapshot, State, Suppression, Timestamp};
use casemate_store::{FindingCounts, FindingFilter, Page, Store};
use judge::{Judge, Kept};
use serde_json::Value;

use crate::{
    cli::{Global, ScanArgs, ScanOptions, ScanTarget},
    content,
    error::CommandError,
    exit::Exit,
    output::{detail, note, write_report},
    place, reading,
    report::{ERRORS_SHOWN, Gap, Item, Joiner, Report, area_scores, state_counts},
    vulnerability,
};

/// `casemate scan [TARGET]`: collect, judge, remember, show.
pub(crate) fn run(global: &Global, args: &ScanArgs) -> Result<Exit, CommandError> {
    let options = &args.options;
    let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
    let only = chosen(&content, options)?;
    let assessor = Assessor::new(&content, &options.baseline, Options { only, ..Options::default() })?;
    if assessor.checks().is_empty() {
        return Err(CommandError::Usage(format!(
            "baseline `{}` has no check\nhint: casemate check list --baselines shows the others",
            options.baseline
        )));
    }
    // Opened before the reading: a database that cannot be believed is said at once.
    let sources = vulnerability::Sources::open(global, &args.vulnerabilities)?;
    let judge = Judge { global, options, content: &content, assessor: &assessor, sources: &sources };
    detail(global, &format!("{} checks of baseline {}", assessor.checks().len(), options.baseline));
    let mut outcome =
        Outcome { problems: content.errors().iter().map(ToString::to_string).collect(), ..Outcome::default() };
    let mut store = match &args.target {
        Some(ScanTarget::Aws(aws)) => aws::run(&judge, aws, &mut outcome)?,
        target => {
            let start = Instant::now();
            let mut snapshot = reading::read(global, target.as_ref(), options.root.as_deref(), &args.reading, false)?;
            // Opened after the reading: a target that cannot be scanned leaves no empty store behind.
            detail(global, &place::describe(global));
            let mut store = place::open_for_scan(global)?;
            detail(
                global,
                &format!("read {} resources in {} ms", snapshot.observations.len(), start.elapsed().as_millis()),
            );
            let kept = judge.keep(&mut *store, &mut snapshot, true, &mut outcome.problems)?;
            outcome.name = reading::target_name(&snapshot);
            outcome.vulnerabilities = true;
            outcome.kept.push(kept);
            store
        }
    };
    let report = report(&judge, &mut *store, outcome)?;
    drop(store);
    write_report(&report, options.format, options.out.as_deref(), options.limit)?;
    remark(global, &report);
    Ok(exit(&report, args))
}

/// What a run gave: one target, or several.
#[derive(Default)]
pub(crate) struct Outcome {
    kept: Vec<Kept>,
    /// What people call what was scanned.
    name: String,
    /// Names of the targets by their ids, where there are several.
    targets: BTreeMap<String, String>,
    /// Gaps beyond those of the targets: accounts that were not finished.
    gaps: Vec<Gap>,
    problems: Vec<String>,
    /// Whether vulnerabilities are assessed for these targets at all.
    vulnerabilities: bool,
    calls: Option<Value>,
}

/// One report over all targets of the run.
fn report(judge: &Judge<'_>, store: &mut dyn Store, outcome: Outcome) -> Result<Report, CommandError> {
    let content = judge.content;
    let now = outcome.kept.iter().map(|kept| kept.receipt.at).max().unwrap_or_else(Timestamp::now);
    let mut items: Vec<Item> = Vec::new();
    let mut joiner = Joiner::new(content);
    let mut counts = FindingCounts::default();
    let mut vulnerability_counts = FindingCounts::default();
    let mut gaps = outcome.gaps;
    for kept in &outcome.kept {
        let filter = FindingFilter {
            scan: Some(kept.receipt.scan),
            include_exempted: true,
            include_suppressed: true,
            ..FindingFilter::new(now)
        };
        items.extend(store.finding_list(&filter, Page::ALL)?.into_iter().map(|finding| joiner.item(finding)));
        counts.add(&store.finding_counts(&filter)?);
        vulnerability_counts.add(&store.finding_counts(&vulnerability::filter(&filter))?);
        gaps.extend(kept.gaps.iter().cloned());
    }
    if outcome.kept.len() > 1 {
        ranked(&mut items);
    }
    gaps.sort();
    let targets = outcome.kept.iter().filter(|_| outcome.vulnerabilities).map(|kept| kept.target.as_str());
    let vulnerabilities = vulnerability::Summary::of(
        items.iter().map(|item| &item.finding),
        vulnerability::coverage_stored(store, targets, None, now),
    );
    vulnerabilities.advise(&mut items);
    let mut problems = outcome.problems;
    let suppressions = Suppressions::load(store, content, now, &mut problems)?;
    problems.sort();
    problems.dedup();
    let mut scans = Vec::new();
    for kept in &outcome.kept {
        scans.extend(store.scan_latest(Some(&kept.target))?);
    }
    Ok(Report {
        generated: now,
        scan: if scans.len() == 1 { scans.first().cloned() } else { None },
        scans,
        target_name: outcome.name,
        targets: outcome.targets,
        older: 0,
        states: state_counts(items.iter().map(|item| &item.finding)),
        counts,
        vulnerability_counts,
        gaps,
        areas: area_scores(&items),
        items,
        vulnerabilities,
        content_errors: problems,
        exemptions: store.exemption_list()?.into_iter().map(|e| (e.id.clone(), e)).collect(),
        suppressions: suppressions.all,
        evaluated: Some((
            outcome.kept.iter().map(|kept| kept.evaluated).sum(),
            outcome.kept.iter().map(|kept| kept.reused).sum(),
        )),
        calls: outcome.calls,
    })
}

/// Findings of several targets in the order of one: failures by risk first, as the store gives them.
fn ranked(items: &mut [Item]) {
    let key = |item: &Item| {
        let finding = &item.finding;
        let state = State::ALL.iter().position(|state| *state == finding.verdict.state);
        (
            finding.verdict.state != State::Fail,
            std::cmp::Reverse(finding.risk),
            std::cmp::Reverse(finding.severity),
            state,
            finding.key.check.to_string(),
            finding.key.resource.to_string(),
        )
    };
    items.sort_by_cached_key(key);
}

/// The checks that `--check` names, all where it names none. Each name must find a check of the baseline: a scan that
/// quietly left one out would read as if it had passed.
fn chosen(content: &Content, options: &ScanOptions) -> Result<Vec<String>, CommandError> {
    let mut only = Vec::new();
    // A baseline that does not exist is the assessor's to refuse.
    let Some(baseline) = content.baseline(&options.baseline) else { return Ok(only) };
    for pattern in &options.check {
        let fits = |id: &str| match pattern.strip_suffix('*') {
            Some(start) => id.starts_with(start),
            None => id == pattern,
        };
        let before = only.len();
        only.extend(baseline.checks.keys().map(|id| id.as_str()).filter(|id| fits(id)).map(str::to_owned));
        if only.len() == before {
            return Err(CommandError::Usage(format!(
                "no check of baseline `{}` matches `{pattern}`\nhint: casemate check list --baseline {} shows them",
                options.baseline, options.baseline
            )));
        }
    }
    Ok(only)
}

/// 1 before 3: what was asked for by `--fail-on` matters more, and the summary says both.
fn exit(report: &Report, args: &ScanArgs) -> Exit {
    let alert = args.vulnerabilities.fail_on_alert && report.vulnerabilities.alerts > 0;
    if alert || args.options.fail_on.is_some_and(|severity| report.reaches(severity)) {
        Exit::Findings
    } else if report.is_incomplete() {
        Exit::Incomplete
    } else {
        Exit::Done
    }
}

/// The last line on standard error, whatever the format: a scan that read less than all says so.
fn remark(global: &Global, report: &Report) {
    for error in report.content_errors.iter().take(ERRORS_SHOWN) {
        note(global, error);
    }
    if let Some(text) = report.errors_left_out() {
        note(global, &text);
    }
    if report.is_incomplete() {
        note(global, &report.incomplete_text());
    }
}

/// Everything that was not collected.
pub(crate) fn gaps(snapshot: &Snapshot) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for listing in &snapshot.listings {
        if listing.status != casemate_estate::FacetStatus::Collected {
            gaps.push(Gap {
                resource: listing.scope.clone(),
                facet: format!("list of {}", listing.kind),
                status: listing.status.to_string(),
                reason: listing.reason.clone().unwrap_or_default(),
                incomplete: listing.status.is_incomplete(),
            });
        }
    }
    for observation in &snapshot.observations {
        for (name, facet) in &observation.facets {
            if facet.value.is_none() {
                gaps.push(Gap {
                    resource: observation.resource.id.to_string(),
                    facet: Gap::facet_name(&observation.resource.kind, name),
                    status: facet.status.to_string(),
                    reason: facet.reason.clone().unwrap_or_default(),
                    incomplete: facet.status.is_incomplete(),
                });
            }
        }
    }
    gaps.sort();
    gaps
}

/// The suppressions in force, compiled.
pub(crate) struct Suppressions<'a> {
    rules: Vec<(String, SuppressionRule)>,
    /// All of the store, by id.
    pub(crate) all: BTreeMap<String, Suppression>,
    content: &'a Content,
}

impl<'a> Suppressions<'a> {
    /// Compiles those that have not expired. One that cannot be compiled hides nothing and is named in `problems`.
    pub(crate) fn load(
        store: &dyn Store,
        content: &'a Content,
        now: Timestamp,
        problems: &mut Vec<String>,
    ) -> Result<Self, CommandError> {
        let all: BTreeMap<String, Suppression> =
            store.suppression_list()?.into_iter().map(|s| (s.id.clone(), s)).collect();
        let mut rules = Vec::new();
        for (id, suppression) in &all {
            if suppression.expires.is_some_and(|end| end <= now) {
                continue;
            }
            match SuppressionRule::compile(&suppression.expression) {
                Ok(rule) => rules.push((id.clone(), rule)),
                Err(error) => problems.push(format!("suppression {id} hides nothing: {error}")),
            }
        }
        Ok(Self { rules, all, content })
    }

    /// The first suppression that hides the finding. One that fails on it hides nothing.
    pub(crate) fn hides(&self, finding: &Finding) -> Option<String> {
        let meta = self.content.check(finding.key.check.as_str()).map(|check| &check.meta);
        self.rules.iter().find(|(_, rule)| rule.matches(finding, meta).unwrap_or(false)).map(|(id, _)| id.clone())
    }
}
