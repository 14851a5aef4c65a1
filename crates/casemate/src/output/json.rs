//! JSON: one document, or one object a line (DESIGN §7). An interface: it is changed only by adding.
use std::io::{self, Write};

use casemate_estate::{Finding, State};
use casemate_vuln::Group;
use serde_json::{Map, Value, json};

use super::style::is_odd;
use crate::{
    report::{Item, Report},
    vulnerability::{CHECK_PREFIX, body, is_vulnerability},
};

/// Writes JSON whose text commands no terminal: odd characters stand as `\uXXXX`, which every reader takes back.
pub(crate) struct Harmless<W>(pub(crate) W);

impl<W: Write> Write for Harmless<W> {
    /// Takes whole characters, as the serialiser gives them.
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(buf) {
            Ok(text) if !text.is_ascii() => self.0.write_all(escaped(text, is_odd).as_bytes())?,
            // The serialiser escapes the control characters of ASCII, but for the last.
            Ok(text) if text.contains('\u{7f}') => self.0.write_all(escaped(text, |c| c == '\u{7f}').as_bytes())?,
            _ => self.0.write_all(buf)?,
        }
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// JSON with some characters, which stand in its texts alone, as escapes. Line breaks between its parts stay.
pub(crate) fn escaped(json: &str, odd: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && odd(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// A value on one line.
pub(crate) fn put(out: &mut impl Write, value: &Value) -> io::Result<()> {
    Ok(serde_json::to_writer(Harmless(out), value)?)
}

/// A value over many lines.
pub(crate) fn put_pretty(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    Ok(serde_json::to_writer_pretty(Harmless(out), value)?)
}

/// `{"findings": […], "groups": […], "summary": {…}}`.
pub(crate) fn write_document(report: &Report, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"{\"findings\":[")?;
    for (i, item) in report.items.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        put(out, &finding(item, report))?;
    }
    out.write_all(b"\n],\"groups\":[")?;
    for (i, group) in report.vulnerabilities.groups.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        put(out, &group_value(group))?;
    }
    out.write_all(b"\n],\"summary\":")?;
    put(out, &summary(report))?;
    out.write_all(b"}\n")
}

/// A line for each finding and vulnerability, one for each group of vulnerabilities, then the summary.
pub(crate) fn write_lines(report: &Report, out: &mut impl Write) -> io::Result<()> {
    for item in &report.items {
        put(out, &finding(item, report))?;
        out.write_all(b"\n")?;
    }
    for group in &report.vulnerabilities.groups {
        put(out, &group_value(group))?;
        out.write_all(b"\n")?;
    }
    put(out, &summary(report))?;
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
    let mut object = json!({
        "type": if is_vulnerability(finding) { "vulnerability" } else { "finding" },
        "id": finding.id,
        "check": finding.key.check,
        "title": item.texts.title,
        "area": item.texts.area,
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
        "remediation": {"text": item.texts.remediation, "command": item.texts.command},
        "frameworks": item.texts.frameworks,
        "attack": item.texts.attack,
        "status": finding.life.status,
        "first_seen": finding.life.first_seen,
        "last_seen": finding.life.last_seen,
        "opened_at": finding.life.opened_at,
        "resolved_at": finding.life.resolved_at,
        "reopened": finding.life.reopened,
        "exemption": exemption,
        "suppression": suppression,
    });
    if let (Some(object), true) = (object.as_object_mut(), is_vulnerability(finding)) {
        flatten(object, finding);
    }
    object
}

/// What a vulnerability line holds beside a finding's: the body that proves it, with `package` and `version` as text. A
/// line that has no body, since it is resolved or not known, names its CVE and package all the same.
fn flatten(object: &mut Map<String, Value>, finding: &Finding) {
    let cve = finding.key.check.as_str().strip_prefix(CHECK_PREFIX).unwrap_or_default();
    for (name, value) in [("cve", json!(cve)), ("package", json!(finding.name)), ("version", Value::Null)] {
        object.insert(name.into(), value);
    }
    for name in ["fixed", "ssvc", "kev", "epss", "loaded"] {
        object.insert(name.into(), Value::Null);
    }
    object.insert("reasons".into(), json!([]));
    let Some(body) = body(finding) else { return };
    for (name, value) in body {
        match name.as_str() {
            "package" => {
                let part = |name: &str| value.get(name).cloned().unwrap_or_default();
                object.insert("package".into(), part("name"));
                object.insert("version".into(), part("version"));
                object.insert("package_details".into(), value.clone());
            }
            // What every finding has stays as it is.
            "id" | "type" | "resource" | "state" | "risk" | "severity" | "reason" | "title" | "status" => {}
            _ => {
                object.insert(name.clone(), value.clone());
            }
        }
    }
    object.remove("evidence");
}

/// A group of vulnerabilities that one action closes.
fn group_value(group: &Group) -> Value {
    let mut object = json!(group);
    if let Some(map) = object.as_object_mut() {
        map.insert("type".into(), json!("group"));
    }
    object
}

/// Counts, gaps and scores.
pub(crate) fn summary(report: &Report) -> Value {
    let c = &report.counts;
    // Every finding in its true state, whether exempted or hidden: these four add up to all.
    let states: serde_json::Map<String, Value> =
        State::ALL.into_iter().zip(report.states).map(|(state, n)| (state.as_str().to_owned(), json!(n))).collect();
    let mut object = json!({
        "type": "summary",
        "version": env!("CARGO_PKG_VERSION"),
        "generated": report.generated,
        "scan": report.scan,
        "scans": report.scans,
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
        "vulnerabilities": report.vulnerabilities.without_groups(),
    });
    if let (Some(calls), Some(map)) = (&report.calls, object.as_object_mut()) {
        map.insert("calls".into(), calls.clone());
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_commands_no_terminal_and_reads_back() {
        let value = json!({"a\u{202e}b": "c\u{9b}2J \u{7f} \u{e0041} \u{1b} 日本 é", "list": ["\u{feff}", 1]});
        let (mut line, mut pretty) = (Vec::new(), Vec::new());
        put(&mut line, &value).unwrap();
        put_pretty(&mut pretty, &value).unwrap();
        for out in [line, pretty] {
            let text = String::from_utf8(out.clone()).unwrap();
            assert!(!text.contains(|c| c != '\n' && is_odd(c)), "{text:?}");
            assert!(text.contains("日本 é"), "letters stay: {text}");
            assert_eq!(serde_json::from_slice::<Value>(&out).unwrap(), value);
        }
    }
}
