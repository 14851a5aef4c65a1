//! CVE records in JSON 5 (<https://github.com/CVEProject/cve-schema>), as CISA's Vulnrichment publishes them: the container
//! of the CNA and those of the ADPs.
use serde::Deserialize;
use serde_json::Value;

use super::{
    Head, Output, SourceError,
    date::{date, day},
    id::cve_in,
    json,
    kev::cwes,
    vulnrichment::{added, ssvc},
};
use crate::model::{CvssVector, Exploited, Record, Ssvc, VulnerabilityRecord};

pub(crate) fn detect(head: &Head<'_>) -> bool {
    head.has("cveMetadata") && (head.has("dataType") || head.has("containers") || head.has("dataVersion"))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    cve_metadata: Metadata,
    containers: Option<Containers>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    cve_id: String,
    #[serde(default)]
    state: String,
    date_updated: Option<String>,
}

#[derive(Deserialize)]
struct Containers {
    cna: Option<Container>,
    #[serde(default)]
    adp: Vec<Container>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Container {
    provider_metadata: Option<Provider>,
    #[serde(default)]
    metrics: Vec<Metric>,
    #[serde(default)]
    problem_types: Vec<ProblemType>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Provider {
    #[serde(default)]
    short_name: String,
}

#[derive(Deserialize)]
struct Metric {
    #[serde(rename = "cvssV4_0")]
    v4_0: Option<Cvss>,
    #[serde(rename = "cvssV3_1")]
    v3_1: Option<Cvss>,
    #[serde(rename = "cvssV3_0")]
    v3_0: Option<Cvss>,
    #[serde(rename = "cvssV2_0")]
    v2_0: Option<Cvss>,
    other: Option<Other>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cvss {
    vector_string: Option<String>,
    base_score: Option<f64>,
}

#[derive(Deserialize)]
struct Other {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    content: Value,
}

#[derive(Deserialize)]
struct ProblemType {
    #[serde(default)]
    descriptions: Vec<Description>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    cwe_id: Option<String>,
}

pub(crate) fn read(bytes: &[u8], output: &mut Output<'_>) -> Result<(), SourceError> {
    let document: Document = json::parse(bytes)?;
    let Some(cve) = cve_in(&document.cve_metadata.cve_id) else {
        return Err(SourceError::at("cveMetadata.cveId", format!("`{}` is no CVE", document.cve_metadata.cve_id)));
    };
    if let Some(date) = document.cve_metadata.date_updated.as_deref().and_then(date) {
        output.until(date);
    }
    let mut record = VulnerabilityRecord {
        cve,
        rejected: document.cve_metadata.state == "REJECTED",
        ..VulnerabilityRecord::default()
    };
    if let Some(containers) = document.containers {
        for (container, role) in
            containers.cna.into_iter().map(|cna| (cna, "cna")).chain(containers.adp.into_iter().map(|adp| (adp, "adp")))
        {
            container_add(container, role, &mut record);
        }
    }
    output.record(Record::Vulnerability(record))
}

fn container_add(container: Container, role: &str, record: &mut VulnerabilityRecord) {
    let name = container.provider_metadata.map(|provider| provider.short_name).unwrap_or_default();
    let source = if name.is_empty() { role.to_owned() } else { name.to_ascii_lowercase() };
    for metric in container.metrics.into_iter().take(100) {
        for cvss in [metric.v4_0, metric.v3_1, metric.v3_0, metric.v2_0].into_iter().flatten() {
            if let Some(vector) = cvss.vector_string.filter(|vector| vector.len() <= 512) {
                record.cvss.push(CvssVector { vector, source: source.clone(), score: cvss.base_score });
            }
        }
        match metric.other {
            Some(other) if other.kind == "ssvc" => record.ssvc = ssvc_of(&other.content).or(record.ssvc.take()),
            Some(other) if other.kind == "kev" => record.kev = kev_of(&other.content).or(record.kev.take()),
            _ => {}
        }
    }
    let descriptions = container.problem_types.into_iter().flat_map(|problem| problem.descriptions);
    for cwe in cwes(descriptions.filter_map(|description| description.cwe_id).collect()) {
        if !record.cwe.contains(&cwe) && record.cwe.len() < 50 {
            record.cwe.push(cwe);
        }
    }
}

/// `{"options": [{"Exploitation": "none"}, {"Automatable": "no"}, {"Technical Impact": "partial"}], "timestamp": …}`.
fn ssvc_of(content: &Value) -> Option<Ssvc> {
    let options = content.get("options")?.as_array()?;
    let option = |name: &str| options.iter().find_map(|option| option.get(name)?.as_str().map(str::to_owned));
    ssvc(
        option("Exploitation"),
        option("Automatable"),
        option("Technical Impact"),
        content.get("timestamp").and_then(Value::as_str),
    )
}

fn kev_of(content: &Value) -> Option<Exploited> {
    content.get("dateAdded")?.as_str().and_then(day).map(added)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::read_all;

    #[test]
    fn containers_are_joined() {
        let text = r#"{"dataType":"CVE_RECORD","dataVersion":"5.1","cveMetadata":{"cveId":"CVE-2024-0001","state":"PUBLISHED","dateUpdated":"2024-08-01T00:00:00.000Z"},
          "containers":{"cna":{"providerMetadata":{"shortName":"Vendor"},"metrics":[{"format":"CVSS","cvssV3_1":{"vectorString":"CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":8.4}}],"problemTypes":[{"descriptions":[{"cweId":"CWE-20"}]}]},
          "adp":[{"providerMetadata":{"shortName":"CISA-ADP"},"metrics":[
            {"other":{"type":"ssvc","content":{"timestamp":"2024-08-01T12:00:00Z","options":[{"Exploitation":"Active"},{"Automatable":"no"},{"Technical Impact":"partial"}]}}},
            {"other":{"type":"kev","content":{"dateAdded":"2024-07-01","reference":"r"}}}],"problemTypes":[{"descriptions":[{"cweId":"CWE-20"},{"cweId":"CWE-79"}]}]}]}}"#;
        let (format, records, problems) = read_all("CVE-2024-0001.json", text.as_bytes());
        assert_eq!((format, problems), ("cve", vec![]));
        let [Record::Vulnerability(record)] = &records[..] else { panic!("{records:?}") };
        assert_eq!(record.cvss[0].source, "vendor");
        assert_eq!(record.cwe, ["CWE-20", "CWE-79"]);
        assert_eq!(record.kev.clone().unwrap().added, "2024-07-01");
        assert_eq!(record.ssvc.clone().unwrap().exploitation, "active");
        let rejected = r#"{"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2024-0002","state":"REJECTED"},"containers":{"cna":{}}}"#;
        let (_, records, _) = read_all("x.json", rejected.as_bytes());
        assert!(matches!(&records[..], [Record::Vulnerability(record)] if record.rejected));
    }
}
