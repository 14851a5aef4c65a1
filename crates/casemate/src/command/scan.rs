use std::{collections::BTreeMap, time::Instant};

use casemate_assess::{Assessor, Content, LoadOptions, Options, Remembered, SuppressionRule};
use casemate_estate::{ContentHash, Finding, FindingKey, Snapshot, Suppression, Timestamp};
use casemate_store::{FindingFilter, Page, ScanCommit, Store};

use crate::{
    cli::{Global, ScanArgs, ScanOptions},
    content,
    error::CommandError,
    exit::Exit,
    output::{detail, note, write_report},
    place,
    progress::Progress,
    reading,
    report::{ERRORS_SHOWN, Gap, Item, Report, area_scores, state_counts},
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
    let start = Instant::now();
    let mut snapshot = reading::read(global, args.target.as_ref(), options.root.as_deref(), &args.reading, false)?;

    // What was found is as old as its reading, not as the start of the program.
    let now = snapshot.finished;
    // Opened after the reading: a target that cannot be scanned leaves no empty store behind.
    detail(global, &format!("{} checks of baseline {}", assessor.checks().len(), options.baseline));
    detail(global, &place::describe(global));
    let mut store = place::open_for_scan(global)?;
    let took = |since: Instant| format!("{} ms", since.elapsed().as_millis());
    detail(global, &format!("read {} resources in {}", snapshot.observations.len(), took(start)));

    let start = Instant::now();
    let previous = store.verdict_previous(&snapshot.target)?;
    let known = vulnerability::known(&previous);
    let found = sources.judge(&mut snapshot, &known, now)?;
    detail(global, &format!("judged vulnerabilities of packages in {}", took(start)));

    let start = Instant::now();
    let previous = if options.fresh { None } else { Some(previous) };
    let remembered = |key: &FindingKey| {
        let found = previous.as_ref()?.get(key)?;
        Some(Remembered { inputs: found.inputs, verdict: found.verdict.clone() })
    };
    let bar = Progress::start(global, "judging");
    let mut assessment = assessor.assess(&snapshot, &remembered, now, &|done, total| bar.at(done, total, ""));
    bar.end();
    drop(previous);
    detail(
        global,
        &format!("made {} verdicts and took {} over in {}", assessment.evaluated, assessment.reused, took(start)),
    );
    let start = Instant::now();
    assessment.judged.extend(found);

    let mut problems: Vec<String> = content.errors().iter().map(ToString::to_string).collect();
    problems.extend(assessment.content_errors.iter().map(ToString::to_string));
    let suppressions = Suppressions::load(&*store, &content, now, &mut problems)?;
    let receipt = store.scan_commit(&ScanCommit {
        snapshot: &snapshot,
        judged: &assessment.judged,
        suppress: &|finding| suppressions.hides(finding),
        now,
        baseline: &options.baseline,
        content_hash: content_hash(&assessor),
    })?;

    detail(global, &format!("kept scan {} of {} in {}", receipt.scan, snapshot.target, took(start)));

    let filter = FindingFilter {
        scan: Some(receipt.scan),
        include_exempted: true,
        include_suppressed: true,
        ..FindingFilter::new(now)
    };
    let mut items: Vec<Item> =
        store.finding_list(&filter, Page::ALL)?.into_iter().map(|finding| Item::new(finding, &content)).collect();
    let target = std::iter::once(snapshot.target.as_str());
    let vulnerabilities = vulnerability::Summary::of(
        items.iter().map(|item| &item.finding),
        vulnerability::coverage_stored(&*store, target, None, now),
    );
    vulnerabilities.advise(&mut items);
    let report = Report {
        generated: receipt.at,
        scan: store.scan_latest(Some(&snapshot.target))?,
        target_name: reading::target_name(&snapshot),
        targets: BTreeMap::new(),
        older: 0,
        states: state_counts(items.iter().map(|item| &item.finding)),
        counts: store.finding_counts(&filter)?,
        vulnerability_counts: store.finding_counts(&vulnerability::filter(&filter))?,
        gaps: gaps(&snapshot),
        areas: area_scores(&items),
        items,
        vulnerabilities,
        content_errors: problems,
        exemptions: store.exemption_list()?.into_iter().map(|e| (e.id.clone(), e)).collect(),
        suppressions: suppressions.all,
        evaluated: Some((assessment.evaluated, assessment.reused)),
    };
    drop(store);
    if let Some(text) = place::clock_note(receipt.at, now) {
        note(global, &text);
    }
    write_report(&report, options.format, options.out.as_deref(), options.limit)?;
    remark(global, &report);
    Ok(exit(&report, args))
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

fn content_hash(assessor: &Assessor) -> ContentHash {
    let hashes: Vec<_> = assessor.checks().iter().map(|c| c.check.hash).collect();
    ContentHash::of_parts(hashes.iter().map(|hash| &hash.0[..]))
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
