//! OpenVEX 0.2 (<https://github.com/openvex/spec>), and the 0.0.x forms before it.
use std::collections::BTreeMap;

use casemate_estate::{Finding, State, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{VexError, VexStatement, VexStatus};

pub(super) fn status_of(word: &str) -> Option<VexStatus> {
    Some(match word {
        "not_affected" => VexStatus::NotAffected,
        "affected" => VexStatus::Affected,
        "fixed" => VexStatus::Fixed,
        "under_investigation" => VexStatus::UnderInvestigation,
        _ => return None,
    })
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `"pkg:…"`, `{"@id": …}` or `{"identifiers": {"purl": …}}`.
fn name_of(value: &Value) -> Option<String> {
    value
        .as_str()
        .or_else(|| value.pointer("/identifiers/purl").and_then(Value::as_str))
        .or_else(|| value.get("@id").and_then(Value::as_str))
        .map(str::to_owned)
}

pub(super) fn read(file: &str, document: &Value) -> Result<Vec<VexStatement>, VexError> {
    let Some(list) = document.get("statements").and_then(Value::as_array) else {
        return Err(VexError::new(file, "it has no list `statements`"));
    };
    let at = text(document, "last_updated").parse().or_else(|_| text(document, "timestamp").parse()).ok();
    let mut out = Vec::new();
    for (i, statement) in list.iter().enumerate() {
        let place = format!("statements[{i}]");
        let status = status_of(text(statement, "status")).ok_or_else(|| {
            VexError::new(
                file,
                format!("`{place}.status` is `{}`, which OpenVEX does not have", text(statement, "status")),
            )
        })?;
        let vulnerability = statement.get("vulnerability");
        let mut ids = Vec::new();
        match vulnerability {
            Some(Value::String(id)) => ids.push(id.clone()),
            Some(object) => {
                ids.extend([text(object, "name"), text(object, "@id")].iter().map(|id| last_part(id)));
                let aliases = object.get("aliases").and_then(Value::as_array).into_iter().flatten();
                ids.extend(aliases.filter_map(Value::as_str).map(str::to_owned));
            }
            None => {}
        }
        ids.retain(|id| !id.is_empty());
        ids.dedup();
        if ids.is_empty() {
            return Err(VexError::new(file, format!("`{place}.vulnerability` names none")));
        }
        let make = |purl: Option<String>, product: Option<String>| VexStatement {
            ids: ids.clone(),
            purl,
            product,
            status,
            justification: Some(text(statement, "justification")).filter(|t| !t.is_empty()).map(str::to_owned),
            statement: [
                text(statement, "impact_statement"),
                text(statement, "action_statement"),
                text(statement, "status_notes"),
            ]
            .into_iter()
            .find(|words| !words.is_empty())
            .unwrap_or_default()
            .to_owned(),
            author: text(document, "author").to_owned(),
            at: text(statement, "last_updated").parse().or_else(|_| text(statement, "timestamp").parse()).ok().or(at),
            file: file.to_owned(),
        };
        for product in statement.get("products").and_then(Value::as_array).into_iter().flatten() {
            // Before 0.2 the subcomponents stood beside the products.
            let parts: Vec<&Value> = [product.get("subcomponents"), statement.get("subcomponents")]
                .into_iter()
                .flatten()
                .filter_map(Value::as_array)
                .flatten()
                .collect();
            if parts.is_empty() {
                out.push(make(name_of(product), None));
            }
            for part in parts {
                out.push(make(name_of(part), name_of(product)));
            }
        }
    }
    Ok(out)
}

/// `https://nvd.nist.gov/vuln/detail/CVE-2024-1` names `CVE-2024-1`.
fn last_part(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).to_owned()
}

pub(super) fn write(author: &str, findings: &[&Finding], now: Timestamp) -> Result<String, VexError> {
    let mut statements = BTreeMap::new();
    for finding in findings {
        let Some(cve) = finding.key.check.as_str().strip_prefix("vuln.") else { continue };
        let body = finding.verdict.evidence.first().cloned().unwrap_or_default();
        let purl = body.pointer("/package/purl").and_then(Value::as_str).unwrap_or(finding.key.resource.as_str());
        let vex = body.get("vex");
        let status = match (finding.verdict.state, vex.map(|vex| text(vex, "status"))) {
            (State::Fail, _) => "affected",
            (State::Unknown, _) => "under_investigation",
            (State::Pass | State::NotApplicable, Some("not_affected")) => "not_affected",
            (State::Pass | State::NotApplicable, _) => "fixed",
        };
        let mut statement = json!({
            "vulnerability": {"name": cve},
            "products": [{"@id": finding.scope, "subcomponents": [{"@id": purl}]}],
            "status": status,
            "timestamp": finding.life.last_seen,
        });
        let Some(map) = statement.as_object_mut() else { continue };
        match status {
            // The specification wants what is to be done of what is affected.
            "affected" => {
                let action = match body.get("fixed").and_then(Value::as_str) {
                    Some(fixed) => format!("Upgrade to {fixed}."),
                    None => "No fix is known.".to_owned(),
                };
                map.insert("action_statement".into(), json!(action));
                let covered = [("exempted by", &finding.exemption), ("suppressed by", &finding.suppression)];
                if let Some((word, Some(id))) = covered.into_iter().find(|(_, id)| id.is_some()) {
                    map.insert("status_notes".into(), json!(format!("{word} {id}")));
                }
            }
            "not_affected" => {
                let justification = vex.map(|vex| text(vex, "justification")).filter(|t| !t.is_empty());
                match justification {
                    Some(words) => map.insert("justification".into(), json!(words)),
                    None => map.insert("impact_statement".into(), json!(finding.verdict.reason)),
                };
            }
            _ => {
                if !finding.verdict.reason.is_empty() {
                    map.insert("status_notes".into(), json!(finding.verdict.reason));
                }
            }
        }
        statements.insert((cve.to_owned(), finding.key.resource.clone()), statement);
    }
    let statements: Vec<Value> = statements.into_values().collect();
    if statements.is_empty() {
        return Err(VexError {
            file: "OpenVEX".into(),
            reason: "there is no vulnerability to say anything about".into(),
            hint: "casemate scan finds them, with a database (casemate db update)",
        });
    }
    let mut hasher = Sha256::new();
    for statement in &statements {
        hasher.update(statement.to_string().as_bytes());
    }
    let digest: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let document = json!({
        "@context": "https://openvex.dev/ns/v0.2.0",
        "@id": format!("https://openvex.dev/docs/public/vex-{digest}"),
        "author": author,
        "timestamp": now,
        "version": 1,
        "tooling": format!("casemate {}", env!("CARGO_PKG_VERSION")),
        "statements": statements,
    });
    let mut text =
        serde_json::to_string_pretty(&document).map_err(|error| VexError::new("OpenVEX", error.to_string()))?;
    text.push('\n');
    Ok(text)
}
