//! For a terminal: failures by risk with what to do, counts, and what could not be assessed.
use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Write},
};

use casemate_estate::{Finding, LifeStatus, Severity, State};
use casemate_vuln::Group;
use serde_json::Value;

use super::style::{Paint, cut, plain, wrap};
use crate::{
    report::{ERRORS_SHOWN, Item, Report},
    vulnerability::{body, is_vulnerability},
};

/// Columns before a headline.
const INDENT: usize = 26;
/// Columns before what stands below a headline on a narrow terminal.
const NARROW: usize = 4;
/// A terminal this wide has room for a headline beside its columns.
const WIDE: usize = 80;

/// Writes at most `limit` failures (0: all), then the rest of the story.
pub(crate) fn write(report: &Report, limit: usize, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    head(report, paint, out)?;
    let failing = entries(report);
    let shown = if limit == 0 { failing.len() } else { limit.min(failing.len()) };
    if shown > 0 {
        writeln!(out, "{}", paint.dim("RISK  SEVERITY  STATUS    FINDING"))?;
    }
    for entry in failing.iter().take(shown) {
        match entry {
            Entry::One(item) => row(report, item, paint, out)?,
            Entry::Group(group) => group_row(report, group, paint, out)?,
        }
    }
    if failing.len() > shown {
        writeln!(
            out,
            "{}",
            paint.bold(&format!("      … and {} more failures: --limit 0 shows all", failing.len() - shown))
        )?;
    }
    others(report, paint, out)?;
    gaps(report, paint, out)?;
    summary(report, paint, out)
}

/// What stands in the list of failures.
enum Entry<'a> {
    One(&'a Item),
    /// Vulnerabilities that one action closes: one row, since one act is asked for.
    Group(&'a Group),
}

impl Entry<'_> {
    fn risk(&self) -> u8 {
        match self {
            Self::One(item) => item.finding.risk,
            Self::Group(group) => group.risk,
        }
    }
}

/// Failures and groups, highest risk first. After a scan vulnerabilities stand in their groups, but for those that no
/// group holds (exempted or hidden ones, which keep their row); a question about findings gets each by itself.
fn entries(report: &Report) -> Vec<Entry<'_>> {
    let grouped = report.evaluated.is_some();
    let failing = report.items.iter().filter(|item| item.finding.verdict.state == State::Fail);
    let mut out: Vec<Entry<'_>> =
        failing.filter(|item| !(grouped && is_vulnerability(&item.finding))).map(Entry::One).collect();
    if grouped {
        out.extend(report.vulnerabilities.groups.iter().map(Entry::Group));
    }
    // Stable: what has one risk stays in the order of the list, groups after it.
    out.sort_by_key(|entry| std::cmp::Reverse(entry.risk()));
    out
}

/// Columns of a headline and of what stands below it; the second begins at the left on a narrow terminal, for what to do
/// is worth more than its place, and is broken rather than cut.
fn columns_of(paint: Paint) -> (usize, usize) {
    match paint.width {
        None => (usize::MAX, usize::MAX),
        Some(width) if width >= WIDE => (width - INDENT, width - INDENT),
        Some(width) => (width.saturating_sub(INDENT).max(12), width.saturating_sub(NARROW).max(12)),
    }
}

fn group_row(report: &Report, group: &Group, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let (head, below) = columns_of(paint);
    let indent = " ".repeat(if below == head { INDENT } else { NARROW });
    let members: Vec<&Item> =
        group.findings.iter().filter_map(|id| report.items.iter().find(|item| item.finding.id == *id)).collect();
    let severity = members.iter().map(|item| item.finding.severity).max().unwrap_or(Severity::Medium);
    let status = if members.iter().any(|item| item.finding.life.status == LifeStatus::New) { "new" } else { "open" };
    let headline = match report.target_of(&group.target) {
        Some(target) => format!("{}: {}", plain(target), plain(&group.title)),
        None => plain(&group.title).into_owned(),
    };
    writeln!(
        out,
        "{}  {}  {status:<8}  {}",
        paint.bold(&format!("{:>4}", group.risk)),
        paint.severity(severity, &format!("{:<8}", severity.as_str())),
        paint.bold(&if below == head { cut(&headline, head) } else { Cow::Borrowed("") }),
    )?;
    if below != head {
        for line in wrap(&headline, below, 3) {
            writeln!(out, "{indent}{}", paint.bold(&line))?;
        }
    }
    for command in group.commands.iter().take(3) {
        for (i, line) in wrap(&plain(command), below.saturating_sub(2), 4).iter().enumerate() {
            writeln!(out, "{indent}{} {line}", if i == 0 { paint.good("→") } else { " ".into() })?;
        }
    }
    let reasons = members.first().and_then(|item| body(&item.finding)?.get("reasons")?.as_array());
    for reason in reasons.into_iter().flatten().filter_map(Value::as_str).take(3) {
        for line in wrap(&plain(reason), below, 2) {
            writeln!(out, "{indent}{line}")?;
        }
    }
    let names: Vec<&str> = group.cves.iter().take(4).map(String::as_str).collect();
    let more = match group.cves.len().saturating_sub(4) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    writeln!(out, "{indent}{}", paint.dim(&cut(&plain(&format!("{}{more}", names.join(", "))), below)))
}

fn head(report: &Report, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let Some(scan) = &report.scan else {
        let ids: Vec<_> = report.targets.keys().map(|id| plain(id)).collect();
        writeln!(out, "{}  {}", paint.bold(&plain(&report.target_name)), paint.dim(&ids.join(", ")))?;
        return writeln!(out);
    };
    writeln!(
        out,
        "{}  {}",
        paint.bold(&plain(&report.target_name)),
        paint.dim(&format!("{}  baseline {}  scan {}", plain(&scan.target), plain(&scan.baseline), scan.id))
    )?;
    writeln!(out)
}

fn row(report: &Report, item: &Item, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let finding = &item.finding;
    let status = match (&finding.exemption, &finding.suppression) {
        (Some(_), _) => "exempted",
        (None, Some(_)) => "hidden",
        (None, None) => finding.life.status.as_str(),
    };
    let (head, below) = columns_of(paint);
    let indent = " ".repeat(if below == head { INDENT } else { NARROW });
    let subject = subject(report, finding);
    // What was found is the headline; the check's title says what should be, and would read as praise here.
    let headline = format!("{subject}{}", plain(item.headline()));
    writeln!(
        out,
        "{}  {}  {:<8}  {}",
        paint.bold(&format!("{:>4}", finding.risk)),
        paint.severity(finding.severity, &format!("{:<8}", finding.severity.as_str())),
        status,
        paint.bold(&if below == head { cut(&headline, head) } else { Cow::Borrowed("") }),
    )?;
    if below != head {
        for line in wrap(&headline, below, 3) {
            writeln!(out, "{indent}{}", paint.bold(&line))?;
        }
    }
    for (i, line) in wrap(&plain(&item.texts.remediation), below.saturating_sub(2), 4).iter().enumerate() {
        writeln!(out, "{indent}{} {line}", if i == 0 { paint.good("→") } else { " ".into() })?;
    }
    let origin = format!("{}  {}  wanted: {}", finding.id, finding.key.check, plain(&item.texts.title));
    writeln!(out, "{indent}{}", paint.dim(&cut(&origin, below)))
}

/// What a finding is about, before its headline. A check on a part of the host names the part; one on the host itself
/// would only repeat the heading, where that names one host.
fn subject(report: &Report, finding: &Finding) -> String {
    if finding.kind.as_str() == "host" && report.targets.is_empty() {
        return String::new();
    }
    format!("{}: ", plain(&report.subject(finding)))
}

/// Findings that were asked for and do not fail: one line each.
fn others(report: &Report, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    if report.evaluated.is_some() {
        return Ok(());
    }
    for item in report.items.iter().filter(|item| item.finding.verdict.state != State::Fail) {
        let finding = &item.finding;
        writeln!(
            out,
            "      {}  {:<8}  {}  {}",
            paint.state(finding.verdict.state, &format!("{:<8}", finding.verdict.state.as_str())),
            finding.life.status.as_str(),
            format_args!("{}{}", subject(report, finding), plain(&item.texts.title)),
            paint.dim(&format!("{} {}", finding.key.check, plain(&finding.verdict.reason))),
        )?;
    }
    Ok(())
}

fn gaps(report: &Report, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let unknown = report.counts.unknown;
    if report.gaps.is_empty() && unknown == 0 && report.content_errors.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    writeln!(out, "{}", paint.bold("Could not be assessed"))?;
    let mut reasons: BTreeMap<(String, &str), Vec<&str>> = BTreeMap::new();
    for gap in &report.gaps {
        reasons.entry((gap.reason.clone(), gap.status.as_str())).or_default().push(&gap.facet);
    }
    for ((reason, status), mut facets) in reasons {
        facets.dedup();
        let names: Vec<_> = facets.iter().take(6).map(|f| plain(f)).collect();
        let more = facets.len().saturating_sub(6);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let reason = reason.replace("\nhint: ", "; ");
        writeln!(out, "  {}  {}{more}: {}", paint.warn(&format!("{status:<11}")), names.join(", "), plain(&reason))?;
    }
    // What a gap explains is not said again for each check; the rest once for each reason, with the checks it stops.
    let mut other: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for item in report.items.iter().filter(|item| item.finding.verdict.state == State::Unknown) {
        let reason = item.finding.verdict.reason.as_str();
        if !reason.starts_with("facet ") {
            *other.entry(reason).or_default().entry(item.finding.key.check.as_str()).or_default() += 1;
        }
    }
    for (reason, checks) in other.iter().take(20) {
        let name = |(check, count): (&&str, &usize)| match count {
            1 => (*check).to_owned(),
            _ => format!("{check} ({count} resources)"),
        };
        let names: Vec<String> = checks.iter().take(6).map(name).collect();
        let more = match checks.len().saturating_sub(6) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        writeln!(out, "  {}  {}{more}: {}", paint.warn("unknown    "), names.join(", "), plain(reason))?;
    }
    if other.len() > 20 {
        writeln!(out, "  … and {} more reasons: casemate findings --state unknown", other.len() - 20)?;
    }
    for error in report.content_errors.iter().take(ERRORS_SHOWN) {
        writeln!(out, "  {}  {}", paint.bad("content    "), plain(error))?;
    }
    if let Some(text) = report.errors_left_out() {
        writeln!(out, "  {text}")?;
    }
    Ok(())
}

fn summary(report: &Report, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let c = &report.check_counts();
    writeln!(out)?;
    writeln!(
        out,
        "{}  {}  {}  {}  {}",
        paint.bad(&format!("{} fail", c.fail)),
        paint.good(&format!("{} pass", c.pass)),
        paint.warn(&format!("{} unknown", c.unknown)),
        paint.dim(&format!("{} not applicable", c.not_applicable)),
        paint.dim(&format!("{} exempted  {} suppressed", c.exempted, c.suppressed)),
    )?;
    writeln!(
        out,
        "failures: {} critical, {} high, {} medium, {} low; {} new, {} reopened, {} open; {} resolved",
        c.critical, c.high, c.medium, c.low, c.new, c.reopened, c.open, c.resolved
    )?;
    for line in report.vulnerabilities.lines() {
        writeln!(out, "{}", plain(&line))?;
    }
    if let Some((evaluated, reused)) = report.evaluated {
        writeln!(out, "{}", paint.dim(&format!("{evaluated} verdicts made, {reused} unchanged and taken over")))?;
    }
    if report.older > 0 {
        writeln!(
            out,
            "{}",
            paint.dim(&format!(
                "{} of those listed were judged by an earlier scan, and not by the latest: it had another baseline or other checks",
                report.older
            ))
        )?;
    }
    if report.is_incomplete() {
        writeln!(out, "{}", paint.warn(&report.incomplete_text()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use casemate_estate::{
        CheckId, ContentHash, Finding, FindingKey, Kind, Life, ResourceId, Severity, Timestamp, Verdict,
    };
    use casemate_store::FindingCounts;

    use super::*;
    use std::sync::Arc;

    use crate::{
        report::{Gap, Texts},
        vulnerability::Summary,
    };

    fn item(state: State, reason: &str) -> Item {
        let key = FindingKey {
            check: CheckId("host.x.y".into()),
            resource: ResourceId::new("host://m/user/a").expect("an id"),
        };
        let finding = Finding {
            id: key.id(),
            key,
            kind: Kind::new("host.user"),
            name: "a\u{1b}[2Jb\nc".into(),
            scope: "host://m".into(),
            severity: Severity::High,
            risk: 65,
            verdict: Verdict { state, reason: reason.into(), evidence: Vec::new() },
            life: Life::advance(None, state, Timestamp::UNIX_EPOCH),
            inputs: ContentHash([0; 32]),
            exemption: None,
            suppression: None,
        };
        Item {
            finding,
            texts: Arc::new(Texts {
                title: "The title".into(),
                area: "accounts".into(),
                remediation: "Do this.".into(),
                ..Texts::default()
            }),
        }
    }

    fn written(items: Vec<Item>, gaps: Vec<Gap>) -> String {
        let fail = items.iter().filter(|i| i.finding.verdict.state == State::Fail).count() as u64;
        let unknown = items.iter().filter(|i| i.finding.verdict.state == State::Unknown).count() as u64;
        let report = Report {
            generated: Timestamp::UNIX_EPOCH,
            scan: None,
            scans: Vec::new(),
            target_name: "m".into(),
            targets: BTreeMap::new(),
            older: 0,
            states: [0, fail, unknown, 0],
            counts: FindingCounts { fail, unknown, high: fail, ..FindingCounts::default() },
            areas: Vec::new(),
            vulnerability_counts: FindingCounts::default(),
            vulnerabilities: Summary::default(),
            items,
            gaps,
            content_errors: Vec::new(),
            exemptions: BTreeMap::new(),
            suppressions: BTreeMap::new(),
            evaluated: Some((2, 0)),
            calls: None,
        };
        let mut out = Vec::new();
        write(&report, 1, Paint::none(), &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_failure_says_what_was_found_and_what_to_do_and_no_name_commands_the_terminal() {
        let text = written(vec![item(State::Fail, "is open"), item(State::Fail, "is open too")], Vec::new());
        for part in ["a\\u{1b}[2Jb c: is open", "→ Do this.", "wanted: The title", "and 1 more failures", "2 fail"] {
            assert!(text.contains(part), "{part:?} is in\n{text}");
        }
        assert!(!text.contains('\u{1b}'), "nothing escapes");
    }

    #[test]
    fn what_could_not_be_read_is_said_in_the_last_line() {
        let gap = Gap {
            resource: "host://m".into(),
            facet: "accounts".into(),
            status: "denied".into(),
            reason: "cannot read `/etc/shadow`: permission denied".into(),
            incomplete: true,
        };
        let text = written(vec![item(State::Unknown, "facet `accounts` is denied")], vec![gap]);
        let last = text.lines().last().unwrap_or_default();
        assert!(last.starts_with("incomplete: 1 facet"), "{last}");
        assert!(text.contains("accounts: cannot read `/etc/shadow`"), "the path is named:\n{text}");
    }
}
