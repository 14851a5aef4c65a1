//! JSON: one document, or one object a line (DESIGN §7). An interface: it is changed only by adding.
use std::io::{self, Write};

use casemate_estate::State;
use serde_json::{Value, json};

use crate::report::{Item, Report};

/// `{"findings": […], "summary": {…}}`.
pub(crate) fn write_document(report: &Report, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"{\"findings\":[")?;
    for (i, item) in report.items.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &finding(item, report))?;
    }
    out.write_all(b"\n],\"summary\":")?;
    serde_json::to_writer(&mut *out, &summary(report))?;
    out.write_all(b"}\n")
}

/// A line for each finding, then the summary.
pub(crate) fn write_lines(report: &Report, out: &mut impl Write) -> io::Result<()> {
    for item in &report.items {
        serde_json::to_writer(&mut *out, &finding(item, report))?;
        out.write_all(b"\n")?;
    }
    serde_json::to_writer(&mut *out, &summary(report))?;
    out.write_all(b"\n")
}

/// One finding.
pub(crate) fn finding(item: &Item, report: &Report) -> Value {
    let finding = &item.finding;
    let exemption = finding
        .exemption
        .as_ref()
        .map(|id| report.exemptions.get(id).map_or_else(|| json!({"id": id}), |exemption| json!(exemption)));
    let suppression = finding
        .suppression
        .as_ref()
        .map(|id| report.suppressions.get(id).map_or_else(|| json!({"id": id}), |suppression| json!(suppression)));
    json!({
        "type": "finding",
        "id": finding.id,
        "check": finding.key.check,
        "title": item.title,
        "area": item.area,
        "resource": {
            "id": finding.key.resource,
            "kind": finding.kind,
            "name": finding.name,
            "scope": finding.scope,
        },
        "state": finding.verdict.state,
        "severity": finding.severity,
        "risk": finding.risk,
        "reason": finding.verdict.reason,
        "evidence": finding.verdict.evidence,
        "remediation": {"text": item.remediation, "command": item.command},
        "frameworks": item.frameworks,
        "attack": item.attack,
        "status": finding.life.status,
        "first_seen": finding.life.first_seen,
        "last_seen": finding.life.last_seen,
        "opened_at": finding.life.opened_at,
        "resolved_at": finding.life.resolved_at,
        "reopened": finding.life.reopened,
        "exemption": exemption,
        "suppression": suppression,
    })
}

/// Counts, gaps and scores.
pub(crate) fn summary(report: &Report) -> Value {
    let c = &report.counts;
    // Every finding in its true state, whether exempted or hidden: these four add up to all.
    let states: serde_json::Map<String, Value> =
        State::ALL.into_iter().zip(report.states).map(|(state, n)| (state.as_str().to_owned(), json!(n))).collect();
    json!({
        "type": "summary",
        "version": env!("CARGO_PKG_VERSION"),
        "generated": report.generated,
        "scan": report.scan,
        "states": states,
        "counts": c,
        "exempted": c.exempted,
        "suppressed": c.suppressed,
        "severities": {"critical": c.critical, "high": c.high, "medium": c.medium, "low": c.low},
        "evaluated": report.evaluated.map(|(evaluated, _)| evaluated),
        "reused": report.evaluated.map(|(_, reused)| reused),
        "older": report.older,
        "incomplete": report.is_incomplete(),
        "gaps": report.gaps,
        "content_errors": report.content_errors,
        "scores": report.areas,
    })
}
