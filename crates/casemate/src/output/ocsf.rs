//! OCSF 1.9, one event a line: Compliance Finding (class 2003), and Vulnerability Finding (class 2002) for
//! vulnerabilities.
use std::io::{self, Write};

use casemate_estate::{LifeStatus, Severity, State};
use serde_json::{Map, Value, json};

use crate::{
    cloud,
    report::{Item, Report},
    vulnerability::{CHECK_PREFIX, body, is_vulnerability},
};

/// The release of the schema that the events follow.
const VERSION: &str = "1.9.0-dev";

/// Writes an event for each finding. Checks that do not apply have no compliance status in OCSF and are left out.
pub(crate) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    for item in report.items.iter().filter(|item| item.finding.verdict.state != State::NotApplicable) {
        super::json::put(out, &event(item, report))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn event(item: &Item, report: &Report) -> Value {
    let finding = &item.finding;
    let (severity_id, severity) = match (finding.verdict.state, finding.severity) {
        (State::Pass | State::NotApplicable, _) => (1, "Informational"),
        (_, Severity::Low) => (2, "Low"),
        (_, Severity::Medium) => (3, "Medium"),
        (_, Severity::High) => (4, "High"),
        (_, Severity::Critical) => (5, "Critical"),
    };
    let (compliance_id, compliance) = match finding.verdict.state {
        State::Pass => (1, "Pass"),
        State::Fail => (3, "Fail"),
        State::Unknown | State::NotApplicable => (2, "Warning"),
    };
    let covered = finding.exemption.is_some() || finding.suppression.is_some();
    let (activity_id, activity, status_id, status) = match (covered, finding.life.status) {
        (true, _) => (2, "Update", 3, "Suppressed"),
        (false, LifeStatus::Resolved) => (3, "Close", 4, "Resolved"),
        (false, LifeStatus::New) => (1, "Create", 1, "New"),
        (false, LifeStatus::Reopened) => (2, "Update", 1, "New"),
        (false, LifeStatus::Open) => (2, "Update", 2, "In Progress"),
        (false, LifeStatus::None) if finding.life.first_seen == finding.life.last_seen => (1, "Create", 1, "New"),
        (false, LifeStatus::None) => (2, "Update", 2, "In Progress"),
    };
    let first = finding.life.first_seen.as_millisecond();
    let last = finding.life.last_seen.as_millisecond();
    let mut event = json!({
        "activity_id": activity_id,
        "activity_name": activity,
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": 2003,
        "class_name": "Compliance Finding",
        "type_uid": 200_300 + activity_id,
        "type_name": format!("Compliance Finding: {activity}"),
        "time": report.generated.as_millisecond(),
        "severity_id": severity_id,
        "severity": severity,
        "status_id": status_id,
        "status": status,
        "message": if finding.verdict.reason.is_empty() { &item.texts.title } else { &finding.verdict.reason },
        "metadata": {
            "version": VERSION,
            "uid": format!("{}/{last}", finding.id),
            "product": {
                "name": "Casemate",
                "vendor_name": "Casemate",
                "version": env!("CARGO_PKG_VERSION"),
            },
        },
        "finding_info": {
            "uid": finding.id,
            "title": item.texts.title,
            "desc": item.texts.description,
            "types": [item.texts.area],
            "first_seen_time": first,
            "last_seen_time": last,
            "created_time": first,
        },
        "compliance": {
            "status_id": compliance_id,
            "status": compliance,
            "control": finding.key.check,
            "standards": item.texts.frameworks.keys().collect::<Vec<_>>(),
            "requirements": item.texts.frameworks.iter()
                .flat_map(|(framework, controls)| controls.iter().map(move |control| format!("{framework} {control}")))
                .collect::<Vec<_>>(),
        },
        "resources": [{
            "uid": finding.key.resource,
            "name": finding.name,
            "type": finding.kind,
        }],
        "remediation": {"desc": item.texts.remediation},
        "unmapped": {
            "risk": finding.risk.to_string(),
            "life": finding.life.status,
            "evidence": serde_json::to_string(&finding.verdict.evidence).unwrap_or_default(),
        },
    });
    if let (Some(map), Some(account)) = (event.as_object_mut(), cloud::account(&finding.scope)) {
        // The object `cloud`, of the profile of that name.
        let mut object = json!({"provider": "AWS", "account": {"uid": account, "type": "AWS Account", "type_id": 10}});
        if let (Some(region), Some(object)) = (cloud::region(&finding.scope), object.as_object_mut()) {
            object.insert("region".into(), json!(region));
        }
        map.insert("cloud".into(), object);
        if let Some(metadata) = map.get_mut("metadata").and_then(Value::as_object_mut) {
            metadata.insert("profiles".into(), json!(["cloud"]));
        }
    }
    if let (Some(map), true) = (event.as_object_mut(), is_vulnerability(finding)) {
        vulnerability(map, item, activity_id, activity);
    }
    if !item.texts.attack.is_empty()
        && let Some(info) = event.get_mut("finding_info").and_then(Value::as_object_mut)
    {
        info.insert("attacks".into(), item.texts.attack.iter().map(|id| attack(id)).collect());
    }
    event
}

/// Makes the event one of class 2002: `vulnerabilities` in the place of `compliance`.
fn vulnerability(event: &mut Map<String, Value>, item: &Item, activity_id: u32, activity: &str) {
    event.remove("compliance");
    event.remove("remediation");
    for (name, value) in [
        ("class_uid", json!(2002)),
        ("class_name", json!("Vulnerability Finding")),
        ("type_uid", json!(200_200 + activity_id)),
        ("type_name", json!(format!("Vulnerability Finding: {activity}"))),
    ] {
        event.insert(name.into(), value);
    }
    let finding = &item.finding;
    let cve = finding.key.check.as_str().strip_prefix(CHECK_PREFIX).unwrap_or_default();
    let mut object = json!({
        "title": item.texts.title,
        "desc": item.texts.description,
        "severity": finding.severity,
        "remediation": {"desc": item.texts.remediation},
    });
    let Some(map) = object.as_object_mut() else { return };
    let body = body(finding).map(|body| Value::Object(body.clone())).unwrap_or_default();
    let mut record = Map::from_iter([("uid".to_owned(), json!(cve))]);
    if let Some(score) = body.get("epss").and_then(Value::as_f64) {
        let mut epss = Map::from_iter([("score".to_owned(), json!(score.to_string()))]);
        if let Some(percentile) = body.get("epss_percentile").and_then(Value::as_f64) {
            epss.insert("percentile".into(), json!(percentile));
        }
        record.insert("epss".into(), Value::Object(epss));
    }
    if let (Some(score), Some(vector), Some(version)) = (
        body.pointer("/cvss/score").and_then(Value::as_f64),
        body.pointer("/cvss/vector").and_then(Value::as_str),
        body.pointer("/cvss/version").and_then(Value::as_str),
    ) {
        record.insert("cvss".into(), json!([{"base_score": score, "vector_string": vector, "version": version}]));
    }
    if cve.starts_with("CVE-") {
        map.insert("cve".into(), Value::Object(record));
    } else {
        map.insert("advisory".into(), json!({"uid": cve}));
    }
    map.insert("is_fix_available".into(), json!(body.get("fixed").is_some_and(Value::is_string)));
    if body.get("kev").and_then(Value::as_bool) == Some(true) {
        map.insert("is_exploit_available".into(), json!(true));
    }
    if let Some(name) = body.pointer("/package/name").and_then(Value::as_str) {
        let mut package = Map::from_iter([
            ("name".to_owned(), json!(name)),
            ("version".to_owned(), body.pointer("/package/version").cloned().unwrap_or_default()),
        ]);
        for (name, at) in [("fixed_in_version", "/fixed"), ("purl", "/package/purl"), ("architecture", "/package/arch")]
        {
            if let Some(text) = body.pointer(at).and_then(Value::as_str) {
                package.insert(name.into(), json!(text));
            }
        }
        map.insert("affected_packages".into(), json!([package]));
    }
    event.insert("vulnerabilities".into(), json!([object]));
}

fn attack(id: &str) -> Value {
    let mut object = Map::new();
    match id.split_once('.') {
        Some((technique, _)) => {
            object.insert("technique".into(), json!({"uid": technique}));
            object.insert("sub_technique".into(), json!({"uid": id}));
        }
        None => {
            object.insert("technique".into(), json!({"uid": id}));
        }
    }
    Value::Object(object)
}
