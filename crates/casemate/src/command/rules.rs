use std::collections::{BTreeMap, BTreeSet};

use casemate_assess::{LoadOptions, SuppressionRule};
use casemate_estate::{Finding, Timestamp};
use casemate_store::{FindingFilter, Page};
use serde_json::{Value, json};

use crate::{
    cli::{Global, RulesCommand},
    content,
    error::CommandError,
    exit::Exit,
    output::list::{self, List},
    place, target,
    vulnerability::{self, CHECK_PREFIX},
    when,
};

/// Scans that are looked at, the latest; what is left out is said.
const SCANS_MAX: usize = 400;

/// What a rule would have hidden, and since when.
struct Hidden {
    finding: Finding,
    first: Timestamp,
    last: Timestamp,
}

/// `casemate rules replay`: what a suppression would have hidden in every scan that the store remembers. A failure that
/// was hidden and later known to be exploited ends with status 1.
pub(crate) fn run(global: &Global, command: &RulesCommand, now: Timestamp) -> Result<Exit, CommandError> {
    let RulesCommand::Replay { expression, target: wanted, since, output } = command;
    let store = place::open_for_reading(global)?;
    let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
    let expression = match store.suppression_list()?.into_iter().find(|s| s.id == *expression) {
        Some(suppression) => suppression.expression,
        None => expression.clone(),
    };
    let rule = SuppressionRule::compile(&expression)
        .map_err(|error| CommandError::Usage(format!("cannot read `{expression}`: {error}")))?;
    let since = since.as_deref().map(|text| when::parse_past("--since", text, now)).transpose()?;
    target::latest(&*store, wanted.as_deref(), None)?;
    let all: Vec<_> = store
        .scan_list(wanted.as_deref(), Page::ALL)?
        .into_iter()
        .filter(|scan| since.is_none_or(|since| scan.at >= since))
        .collect();
    let scans = all.get(..SCANS_MAX).unwrap_or(&all);

    let mut hidden: BTreeMap<String, Hidden> = BTreeMap::new();
    let (mut seen, mut errors) = (BTreeSet::new(), BTreeSet::new());
    // Oldest first: the first scan that a finding was hidden in is when it would have gone out of sight.
    for scan in scans.iter().rev() {
        let filter = FindingFilter {
            at: Some(scan.at),
            target: Some(scan.target.clone()),
            include_exempted: true,
            include_suppressed: true,
            ..FindingFilter::failing(now)
        };
        for finding in store.finding_list(&filter, Page::ALL)? {
            seen.insert(finding.id.clone());
            let meta = content.check(finding.key.check.as_str()).map(|check| &check.meta);
            match rule.matches(&finding, meta) {
                Ok(true) => {
                    let entry = hidden.entry(finding.id.clone()).or_insert_with(|| Hidden {
                        finding: finding.clone(),
                        first: scan.at,
                        last: scan.at,
                    });
                    entry.last = scan.at;
                    entry.finding = finding;
                }
                Ok(false) => {}
                Err(error) => {
                    errors.insert(error.to_string());
                }
            }
        }
    }

    let mut notes =
        vec![format!("{} of {} failures in {} scans would have been hidden", hidden.len(), seen.len(), scans.len())];
    if all.len() > scans.len() {
        notes.push(format!("{} older scans were not looked at: --since narrows", all.len() - scans.len()));
    }
    for error in errors.iter().take(5) {
        notes.push(format!("the rule fails on some and hides nothing there: {error}"));
    }
    let exploited = match vulnerability::open_database(global) {
        Ok(database) => Some(vulnerability::exploited_since(&database, hidden.values().map(|h| &h.finding))?),
        Err(error) => {
            let text = error.to_string();
            notes.push(format!("whether any was exploited is not known: {}", text.lines().next().unwrap_or_default()));
            None
        }
    };
    let mut later = 0;
    let mut rows: Vec<(u8, Vec<String>, Value)> = Vec::new();
    for Hidden { finding, first, last } in hidden.values() {
        let cve = finding.key.check.as_str().strip_prefix(CHECK_PREFIX).unwrap_or_default();
        let kev = exploited.as_ref().and_then(|known| known.get(cve));
        // KEV dates are days: an entry of the day on which it was hidden counts as later.
        let when = kev.map(|added| if added.as_str() >= day(*first).as_str() { "later" } else { "before" });
        later += u64::from(when == Some("later"));
        let shown = match (kev, when) {
            (Some(added), Some("later")) => format!("exploited later: {added}"),
            (Some(added), _) => format!("exploited since {added}"),
            _ => "-".to_owned(),
        };
        rows.push((
            finding.risk,
            vec![
                finding.risk.to_string(),
                finding.severity.to_string(),
                finding.key.check.to_string(),
                finding.name.clone(),
                day(*first),
                day(*last),
                shown,
            ],
            json!({
                "type": "hidden",
                "id": finding.id,
                "check": finding.key.check,
                "resource": {"id": finding.key.resource, "kind": finding.kind, "name": finding.name, "scope": finding.scope},
                "severity": finding.severity,
                "risk": finding.risk,
                "first_hidden": first,
                "last_hidden": last,
                "kev_added": kev,
                "exploited": when,
            }),
        ));
    }
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    if exploited.is_some() {
        let before =
            rows.iter().filter(|(_, _, object)| object.get("exploited").is_some_and(|v| v == "before")).count();
        notes.push(format!(
            "of these, {later} were known to be exploited after they were hidden, {before} already when they were"
        ));
    }
    let mut rows: Vec<_> = rows.into_iter().map(|(_, cells, object)| (cells, object)).collect();
    if output.format != crate::cli::ListFormat::Table {
        rows.push((
            Vec::new(),
            json!({
                "type": "summary", "expression": expression, "scans": scans.len(), "failures": seen.len(),
                "hidden": hidden.len(), "exploited_later": exploited.as_ref().map(|_| later), "notes": notes,
            }),
        ));
    }
    let list = List {
        columns: vec!["RISK", "SEVERITY", "CHECK", "RESOURCE", "HIDDEN FROM", "TO", "EXPLOITED"],
        rows,
        empty: "the rule would have hidden nothing",
        notes,
    };
    list::write(&list, output)?;
    Ok(if later > 0 { Exit::Findings } else { Exit::Done })
}

/// `YYYY-MM-DD`, in UTC.
fn day(time: Timestamp) -> String {
    time.strftime("%F").to_string()
}
