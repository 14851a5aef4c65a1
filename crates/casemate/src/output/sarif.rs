//! SARIF 2.1.0 (OASIS): checks are rules, findings are results.
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use casemate_estate::{Severity, State};
use serde_json::{Value, json};

use crate::report::{Item, Report};

/// Writes one log with one run.
pub(crate) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, &Item> = BTreeMap::new();
    for item in &report.items {
        rules.entry(item.finding.key.check.as_str()).or_insert(item);
    }
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(i, id)| (*id, i)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "casemate",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|item| rule(item)).collect::<Vec<_>>(),
            }},
            "automationDetails": {"id": format!("casemate/{}", report.scan.as_ref().map_or("findings", |s| s.target.as_str()))},
            "invocations": [{
                "executionSuccessful": true,
                "endTimeUtc": report.generated,
                "toolExecutionNotifications": notifications(report),
            }],
            "results": report.items.iter().map(|item| result(item, report, &index)).collect::<Vec<_>>(),
        }],
    });
    super::json::put_pretty(out, &log)?;
    out.write_all(b"\n")
}

fn rule(item: &Item) -> Value {
    let mut tags: Vec<String> = item.texts.attack.iter().map(|id| format!("attack/{id}")).collect();
    for (framework, controls) in &item.texts.frameworks {
        tags.extend(controls.iter().map(|control| format!("{framework}/{control}")));
    }
    tags.sort();
    tags.dedup();
    let text = if item.texts.description.is_empty() { &item.texts.title } else { &item.texts.description };
    json!({
        "id": item.finding.key.check,
        "shortDescription": {"text": item.texts.title},
        "fullDescription": {"text": text},
        "help": {"text": match &item.texts.command {
            Some(command) => format!("{}\n\n    {command}", item.texts.remediation),
            None => item.texts.remediation.clone(),
        }},
        "defaultConfiguration": {"level": level(item.finding.severity)},
        "properties": {
            "area": item.texts.area,
            "tags": tags,
            "security-severity": match item.finding.severity {
                Severity::Critical => "9.5",
                Severity::High => "8.0",
                Severity::Medium => "5.5",
                Severity::Low => "2.0",
            },
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn result(item: &Item, report: &Report, index: &BTreeMap<&str, usize>) -> Value {
    let finding = &item.finding;
    let (kind, level) = match finding.verdict.state {
        State::Fail => ("fail", level(finding.severity)),
        State::Pass => ("pass", "none"),
        State::Unknown => ("open", "none"),
        State::NotApplicable => ("notApplicable", "none"),
    };
    let text = if finding.verdict.reason.is_empty() { &item.texts.title } else { &finding.verdict.reason };
    let mut suppressions = Vec::new();
    if let Some(id) = &finding.exemption {
        let reason = report.exemptions.get(id).map_or(id.as_str(), |e| e.reason.as_str());
        suppressions.push(json!({"kind": "external", "status": "accepted", "justification": reason}));
    }
    if let Some(id) = &finding.suppression {
        let reason = report.suppressions.get(id).map_or(id.as_str(), |s| s.reason.as_str());
        suppressions.push(json!({"kind": "external", "status": "accepted", "justification": reason}));
    }
    json!({
        "ruleId": finding.key.check,
        "ruleIndex": index.get(finding.key.check.as_str()),
        "kind": kind,
        "level": level,
        "rank": f64::from(finding.risk),
        "message": {"text": text},
        "locations": locations(item),
        "partialFingerprints": {"casemateFinding/v1": finding.id},
        "suppressions": suppressions,
        "properties": {
            "resource": finding.key.resource,
            "kind": finding.kind,
            "status": finding.life.status,
            "evidence": finding.verdict.evidence,
        },
    })
}

/// The resource, and the first place in a file that the evidence names.
fn locations(item: &Item) -> Vec<Value> {
    let finding = &item.finding;
    let logical = json!([{
        "fullyQualifiedName": finding.key.resource,
        "name": finding.name,
        "kind": "resource",
    }]);
    let place = finding.verdict.evidence.iter().find_map(file_line);
    vec![match place {
        Some((file, line)) => json!({
            "logicalLocations": logical,
            "physicalLocation": {
                "artifactLocation": {"uri": file_uri(file)},
                "region": {"startLine": line.max(1)},
            },
        }),
        None => json!({"logicalLocations": logical}),
    }]
}

fn file_line(evidence: &Value) -> Option<(&str, u64)> {
    match evidence {
        Value::Object(map) => {
            match (map.get("file").and_then(Value::as_str), map.get("line").and_then(Value::as_u64)) {
                (Some(file), Some(line)) if file.starts_with('/') => Some((file, line)),
                _ => map.values().find_map(file_line),
            }
        }
        Value::Array(list) => list.iter().find_map(file_line),
        _ => None,
    }
}

/// RFC 8089: every byte outside RFC 3986's unreserved characters and `/` is escaped.
fn file_uri(path: &str) -> String {
    let mut out = String::from("file://");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn notifications(report: &Report) -> Vec<Value> {
    let gap = report.gaps.iter().map(|gap| {
        json!({
            "level": if gap.incomplete { "warning" } else { "note" },
            "message": {"text": format!("{} of {} is {}: {}", gap.facet, gap.resource, gap.status, gap.reason)},
        })
    });
    let content = report.content_errors.iter().map(|error| json!({"level": "error", "message": {"text": error}}));
    gap.chain(content).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(file_uri("/etc/a b\n%"), "file:///etc/a%20b%0A%25");
    }
}
