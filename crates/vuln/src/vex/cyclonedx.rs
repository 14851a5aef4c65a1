//! CycloneDX with `vulnerabilities` (<https://cyclonedx.org/capabilities/vex/>).
use std::collections::BTreeMap;

use serde_json::Value;

use super::{VexError, VexStatement, VexStatus};

/// Levels of components inside components.
const DEPTH_MAX: usize = 32;

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn status_of(word: &str) -> Option<VexStatus> {
    Some(match word {
        "not_affected" | "false_positive" => VexStatus::NotAffected,
        "exploitable" => VexStatus::Affected,
        "resolved" | "resolved_with_pedigree" => VexStatus::Fixed,
        "in_triage" => VexStatus::UnderInvestigation,
        _ => return None,
    })
}

pub(super) fn read(file: &str, document: &Value) -> Result<Vec<VexStatement>, VexError> {
    let Some(list) = document.get("vulnerabilities").and_then(Value::as_array) else {
        return Err(VexError::new(file, "it has no list `vulnerabilities`"));
    };
    let mut purls = BTreeMap::new();
    let mut stack: Vec<(&Value, usize)> = document
        .get("components")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .chain(document.pointer("/metadata/component"))
        .map(|component| (component, 0))
        .collect();
    while let Some((component, depth)) = stack.pop() {
        let (reference, purl) = (text(component, "bom-ref"), text(component, "purl"));
        if !reference.is_empty() && !purl.is_empty() {
            purls.insert(reference, purl);
        }
        if depth < DEPTH_MAX {
            let inner = component.get("components").and_then(Value::as_array).into_iter().flatten();
            stack.extend(inner.map(|component| (component, depth + 1)));
        }
    }
    let author = document
        .pointer("/metadata/supplier/name")
        .or_else(|| document.pointer("/metadata/authors/0/name"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    let at = document.pointer("/metadata/timestamp").and_then(Value::as_str).and_then(|text| text.parse().ok());
    let mut out = Vec::new();
    for (i, vulnerability) in list.iter().enumerate() {
        // Without an analysis it is a finding of a scanner and no statement.
        let Some(analysis) = vulnerability.get("analysis") else { continue };
        let state = text(analysis, "state");
        let status = status_of(state).ok_or_else(|| {
            VexError::new(
                file,
                format!("`vulnerabilities[{i}].analysis.state` is `{state}`, which CycloneDX does not have"),
            )
        })?;
        let references = vulnerability.get("references").and_then(Value::as_array).into_iter().flatten();
        let mut ids = vec![text(vulnerability, "id").to_owned()];
        ids.extend(references.map(|reference| text(reference, "id").to_owned()));
        ids.retain(|id| !id.is_empty());
        for affected in vulnerability.get("affects").and_then(Value::as_array).into_iter().flatten() {
            let reference = text(affected, "ref");
            // `urn:cdx:SERIAL/VERSION#REF` leads into another document; what is behind `#` may be its purl.
            let local = reference.rsplit_once('#').map_or(reference, |(_, part)| part);
            let purl = purls.get(reference).or_else(|| purls.get(local)).copied();
            let purl = purl.or_else(|| [reference, local].into_iter().find(|text| text.starts_with("pkg:")));
            out.push(VexStatement {
                ids: ids.clone(),
                purl: purl.map(str::to_owned),
                product: None,
                status,
                justification: Some(text(analysis, "justification")).filter(|t| !t.is_empty()).map(str::to_owned),
                statement: text(analysis, "detail").to_owned(),
                author: author.to_owned(),
                at: text(analysis, "lastUpdated").parse().ok().or(at),
                file: file.to_owned(),
            });
        }
    }
    Ok(out)
}
