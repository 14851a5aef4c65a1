//! One self-contained page: no request leaves it, and its content security policy forbids any.
//!
//! The page is a template (`assets/report.html.j2`); texts of the report are escaped by the template engine, and the
//! side sheet is built by the script from JSON with text nodes only.
use std::collections::BTreeMap;

use casemate_estate::{Finding, LifeStatus, Severity, State};
use minijinja::{AutoEscape, Environment, context, escape_formatter};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    json,
    style::{is_odd, plain},
};
use crate::{
    error::CommandError,
    report::{AreaScore, Gap, Item, Report},
    vulnerability::body,
};

const TEMPLATE: &str = include_str!("../../assets/report.html.j2");
const STYLE: &str = include_str!("../../assets/report.css");
const SCRIPT: &str = include_str!("../../assets/report.js");
/// Actions listed under "Do these first".
const ACTIONS: usize = 8;

#[derive(Serialize)]
struct Row<'a> {
    risk: u8,
    severity: &'a str,
    headline: &'a str,
    /// What should be, below a failure's headline; why, below an unknown's.
    second: String,
    remediation: &'a str,
    check: &'a str,
    /// What it is about, where the heading does not say so.
    subject: Option<String>,
    area: &'a str,
    state: &'a str,
    state_text: String,
    status: &'a str,
    status_text: &'a str,
}

#[derive(Serialize)]
struct Tile {
    class: &'static str,
    filter: &'static str,
    value: &'static str,
    count: u64,
    label: &'static str,
}

#[derive(Serialize)]
struct Action<'a> {
    index: usize,
    risk: u8,
    severity: &'a str,
    remediation: &'a str,
    title: String,
    /// How many findings it closes, where more than one.
    more: Option<usize>,
}

/// Groups of vulnerabilities that the page lists.
const GROUPS: usize = 60;

#[derive(Serialize)]
struct GroupRow<'a> {
    risk: u8,
    severity: &'a str,
    title: &'a str,
    commands: &'a [String],
    exploited: usize,
    loaded: usize,
    cves: String,
    /// Row of its first finding.
    index: Option<usize>,
    reasons: Vec<&'a str>,
}

fn group_rows(report: &Report) -> Vec<GroupRow<'_>> {
    let index: std::collections::HashMap<&str, usize> =
        report.items.iter().enumerate().map(|(i, item)| (item.finding.id.as_str(), i)).collect();
    report
        .vulnerabilities
        .groups
        .iter()
        .take(GROUPS)
        .map(|group| {
            let members = || group.findings.iter().filter_map(|id| report.items.get(*index.get(id.as_str())?));
            let first = members().next();
            let reasons = first.and_then(|item| body(&item.finding)?.get("reasons")?.as_array());
            let names: Vec<&str> = group.cves.iter().take(6).map(String::as_str).collect();
            let more = group.cves.len().saturating_sub(6);
            GroupRow {
                risk: group.risk,
                severity: members().map(|item| item.finding.severity).max().map_or("medium", Severity::as_str),
                title: &group.title,
                commands: &group.commands,
                exploited: group.exploited,
                loaded: group.loaded,
                cves: if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") },
                index: group.findings.first().and_then(|id| index.get(id.as_str()).copied()),
                reasons: reasons.into_iter().flatten().filter_map(Value::as_str).take(3).collect(),
            }
        })
        .collect()
}

#[derive(Serialize)]
struct GapRow {
    incomplete: bool,
    status: String,
    facets: String,
    reason: String,
}

#[derive(Serialize)]
struct Area<'a> {
    #[serde(flatten)]
    area: &'a AreaScore,
    score_number: f64,
    score_text: String,
    class: &'static str,
}

/// Renders the page.
pub(crate) fn render(report: &Report) -> Result<String, CommandError> {
    let rows: Vec<Row<'_>> = report.items.iter().map(|item| row(report, item)).collect();
    let data: Vec<Value> = report.items.iter().map(|item| detail(item, report)).collect();
    let failed = |error: &dyn std::fmt::Display| CommandError::Render { format: "HTML", reason: error.to_string() };
    let data = serde_json::to_string(&data).map_err(|error| failed(&error))?;
    let whole = report.areas.iter().find(|area| area.area == "all");
    let score = whole.and_then(|area| area.score);
    let areas: Vec<Area<'_>> = report.areas.iter().filter(|area| area.area != "all").map(area).collect();
    let c = &report.counts;

    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_filter("code", code);
    // Text of the host loses what commands a terminal or turns its direction; our own script and style stay as they are.
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => escape_formatter(out, state, &plain(text).as_ref().into()),
        _ => escape_formatter(out, state, value),
    });
    let template = environment.template_from_str(TEMPLATE).map_err(|error| failed(&error))?;
    template
        .render(context! {
            version => env!("CARGO_PKG_VERSION"),
            style => STYLE,
            script => SCRIPT,
            style_hash => csp_hash(STYLE),
            script_hash => csp_hash(SCRIPT),
            name => if report.target_name.is_empty() { "All targets" } else { &report.target_name },
            target => report.scan.as_ref().map(|scan| scan.target.clone()),
            baseline => report.scan.as_ref().map(|scan| scan.baseline.clone()),
            generated => report.generated.to_string(),
            generated_text => report.generated.strftime("%-d %B %Y, %H:%M UTC").to_string(),
            incomplete => report.is_incomplete(),
            incomplete_facets => report.gaps.iter().filter(|gap| gap.incomplete).count(),
            content_errors => report.content_errors,
            score_text => score_text(score),
            score_dash => score.unwrap_or(0.0),
            score_class => score_class(score),
            tiles => tiles(report),
            areas => areas,
            actions => actions(report),
            rows => rows,
            groups => group_rows(report),
            groups_more => report.vulnerabilities.groups.len().saturating_sub(GROUPS),
            vulnerability_lines => report.vulnerabilities.lines(),
            gaps => gaps(&report.gaps),
            // A page without failures would open on an empty list.
            any_failure => report.items.iter().any(|item| item.finding.verdict.state == State::Fail),
            data => harmless_json(&data),
            footer_counts => format!(
                "{} pass, {} fail, {} unknown, {} not applicable, {} exempted, {} suppressed.",
                c.pass, c.fail, c.unknown, c.not_applicable, c.exempted, c.suppressed
            ),
        })
        .map_err(|error| failed(&error))
}

/// JSON that can stand in a page's script element: no `<` ends the element, no character turns the text's direction.
fn harmless_json(data: &str) -> String {
    json::escaped(data, |c| c == '<' || is_odd(c))
}

/// What could not be read: what one cause keeps from many resources is said once.
fn gaps(gaps: &[Gap]) -> Vec<GapRow> {
    let mut causes: BTreeMap<(bool, &str, &str), BTreeMap<&str, usize>> = BTreeMap::new();
    for gap in gaps {
        let facets = causes.entry((!gap.incomplete, &gap.status, &gap.reason)).or_default();
        *facets.entry(&gap.facet).or_default() += 1;
    }
    causes
        .into_iter()
        .map(|((complete, status, reason), facets)| GapRow {
            incomplete: !complete,
            status: status.to_owned(),
            reason: reason.replace("\nhint: ", "; "),
            facets: facets
                .into_iter()
                .map(|(facet, n)| if n > 1 { format!("{facet} ({n} resources)") } else { facet.to_owned() })
                .collect::<Vec<_>>()
                .join(", "),
        })
        .collect()
}

/// What stands between two backticks becomes `<code>`; everything is escaped.
fn code(text: &str) -> minijinja::Value {
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::with_capacity(text.len() + 16);
    for (i, part) in parts.iter().enumerate() {
        let escaped = minijinja::HtmlEscape(&plain(part)).to_string();
        match (i % 2 == 1, i + 1 < parts.len()) {
            (true, true) => out.push_str(&format!("<code>{escaped}</code>")),
            // A last backtick that nothing closes is a character like any other.
            (true, false) => out.push_str(&format!("`{escaped}")),
            (false, _) => out.push_str(&escaped),
        }
    }
    minijinja::Value::from_safe_string(out)
}

fn row<'a>(report: &Report, item: &'a Item) -> Row<'a> {
    let f = &item.finding;
    let status = match (&f.suppression, &f.exemption) {
        (Some(_), _) => "suppressed",
        (None, Some(_)) => "exempted",
        (None, None) => f.life.status.as_str(),
    };
    Row {
        risk: f.risk,
        severity: f.severity.as_str(),
        headline: item.headline(),
        second: if f.verdict.state == State::Fail {
            format!("Wanted: {}", item.texts.title)
        } else {
            f.verdict.reason.clone()
        },
        remediation: &item.texts.remediation,
        check: f.key.check.as_str(),
        subject: subject(report, f),
        area: &item.texts.area,
        state: f.verdict.state.as_str(),
        state_text: f.verdict.state.as_str().replace('_', " "),
        status,
        status_text: if f.life.status == LifeStatus::None && status == "none" { "" } else { status },
    }
}

fn detail(item: &Item, report: &Report) -> Value {
    let mut value = json::finding(item, report);
    if let Value::Object(map) = &mut value {
        map.insert("description".into(), Value::String(item.texts.description.clone()));
    }
    value
}

fn tiles(report: &Report) -> Vec<Tile> {
    let c = &report.counts;
    let tile = |class, filter, value, count, label| Tile { class, filter, value, count, label };
    vec![
        tile("critical", "severity", "critical", c.critical, "critical"),
        tile("high", "severity", "high", c.high, "high"),
        tile("medium", "severity", "medium", c.medium, "medium"),
        tile("low", "severity", "low", c.low, "low"),
        tile("unknown", "state", "unknown", c.unknown, "unknown"),
        tile("pass", "state", "pass", c.pass, "proven pass"),
        tile("", "status", "new", c.new, "new"),
        tile("", "status", "exempted", c.exempted, "exempted"),
    ]
}

/// What a finding is about, unless it is the one host of the page.
fn subject(report: &Report, finding: &Finding) -> Option<String> {
    (finding.kind.as_str() != "host" || !report.targets.is_empty()).then(|| report.subject(finding))
}

/// The first failures by risk; those that one remediation closes stand together.
fn actions(report: &Report) -> Vec<Action<'_>> {
    let items = &report.items;
    let mut closes: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items.iter().filter(|item| item.is_actionable()) {
        *closes.entry(item.texts.remediation.as_str()).or_default() += 1;
    }
    let mut out: Vec<Action<'_>> = Vec::new();
    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_actionable()) {
        if out.len() == ACTIONS {
            break;
        }
        if out.iter().any(|action| action.remediation == item.texts.remediation) {
            continue;
        }
        out.push(Action {
            index,
            risk: item.finding.risk,
            severity: item.finding.severity.as_str(),
            remediation: &item.texts.remediation,
            title: match subject(report, &item.finding) {
                Some(subject) => format!("{subject}: {}", item.headline()),
                None => item.headline().to_owned(),
            },
            more: closes.get(item.texts.remediation.as_str()).copied().filter(|n| *n > 1),
        });
    }
    out
}

fn area(area: &AreaScore) -> Area<'_> {
    Area {
        area,
        score_number: area.score.unwrap_or(0.0),
        score_text: score_text(area.score),
        class: score_class(area.score),
    }
}

/// A whole number, never rounded up: 100 means that everything is proven right.
fn score_text(score: Option<f64>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| format!("{:.0}", score.floor()))
}

fn score_class(score: Option<f64>) -> &'static str {
    match score {
        Some(score) if score >= 80.0 => "good",
        Some(score) if score >= 50.0 => "fair",
        _ => "poor",
    }
}

/// `sha256-…` of a text, for the page's content security policy (CSP level 3, section 6.7.3.3).
fn csp_hash(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(text.as_bytes());
    let mut out = String::from("sha256-");
    for chunk in digest.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (i, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = DIGITS.get((bits >> shift & 63) as usize).copied().unwrap_or(b'A');
            out.push(if i <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nothing_is_the_known_one() {
        assert_eq!(csp_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn a_gap_of_many_resources_is_one_row() {
        let gap = |resource: &str, facet: &str, status: &str| Gap {
            resource: resource.into(),
            facet: facet.into(),
            status: status.into(),
            reason: "why\nhint: what".into(),
            incomplete: status == "denied",
        };
        let rows =
            gaps(&[gap("a", "account", "denied"), gap("b", "account", "denied"), gap("c", "home", "unsupported")]);
        let rows: Vec<_> = rows.iter().map(|row| (row.incomplete, row.facets.as_str(), row.reason.as_str())).collect();
        assert_eq!(rows, [(true, "account (2 resources)", "why; what"), (false, "home", "why; what")]);
    }

    #[test]
    fn code_is_marked_and_nothing_else_is_markup() {
        for (text, want) in [
            ("run `a <b>`.", "run <code>a &lt;b&gt;</code>."),
            ("one ` alone", "one ` alone"),
            ("<i>`x`", "&lt;i&gt;<code>x</code>"),
            ("", ""),
        ] {
            assert_eq!(code(text).to_string(), want, "{text}");
        }
    }

    #[test]
    fn scores_have_three_colours() {
        for (score, want) in [(Some(80.0), "good"), (Some(79.9), "fair"), (Some(49.9), "poor"), (None, "poor")] {
            assert_eq!(score_class(score), want);
        }
        for (score, want) in [(Some(100.0), "100"), (Some(99.9), "99"), (Some(0.4), "0"), (None, "–")] {
            assert_eq!(score_text(score), want, "{score:?}");
        }
        assert_eq!(State::ALL.len(), 4, "the page has a filter for each state");
    }
}
