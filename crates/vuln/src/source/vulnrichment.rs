//! CISA's Vulnrichment as rows of JSON, one for each CVE: decision points of SSVC, vectors, weaknesses.
use std::io::BufRead;

use serde::Deserialize;

use super::{
    Head, Output, SourceError,
    date::{date, day},
    debian_rows::rows,
    id::cve_in,
    kev::cwes,
};
use crate::model::{CvssVector, Exploited, Record, Ssvc, VulnerabilityRecord};

pub(crate) fn detect(head: &Head<'_>) -> bool {
    head.has("cve") && head.has("exploitation") && head.has("technical_impact")
}

#[derive(Deserialize)]
struct Row {
    cve: String,
    #[serde(default)]
    state: Option<String>,
    exploitation: Option<String>,
    automatable: Option<String>,
    technical_impact: Option<String>,
    ssvc_date: Option<String>,
    kev_added: Option<String>,
    #[serde(default)]
    cvss: Vec<Score>,
    #[serde(default)]
    cwe: Vec<String>,
}

#[derive(Deserialize)]
struct Score {
    #[serde(default)]
    source: String,
    vector: Option<String>,
    score: Option<f64>,
}

pub(crate) fn read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    rows(input, output, |row: Row, output| {
        let Some(cve) = cve_in(&row.cve) else {
            output.problem(&row.cve, "is no CVE");
            return Ok(());
        };
        if let Some(date) = row.ssvc_date.as_deref().and_then(date) {
            output.until(date);
        }
        let cvss = row.cvss.into_iter().filter_map(|score| {
            let vector = score.vector?;
            Some(CvssVector { vector, source: score.source, score: score.score })
        });
        output.record(Record::Vulnerability(VulnerabilityRecord {
            cve,
            kev: row.kev_added.as_deref().and_then(day).map(added),
            ssvc: ssvc(row.exploitation, row.automatable, row.technical_impact, row.ssvc_date.as_deref()),
            cvss: cvss.take(20).collect(),
            cwe: cwes(row.cwe),
            rejected: row.state.as_deref() == Some("REJECTED"),
            ..VulnerabilityRecord::default()
        }))
    })
}

/// CISA's mark in a CVE record that it is exploited: a date alone; the catalogue has the rest.
pub(crate) fn added(added: String) -> Exploited {
    Exploited { added, due: None, ransomware: false, name: String::new() }
}

/// Decision points, where all three are given and known.
pub(crate) fn ssvc(
    exploitation: Option<String>,
    automatable: Option<String>,
    technical_impact: Option<String>,
    date: Option<&str>,
) -> Option<Ssvc> {
    let exploitation = exploitation?.to_ascii_lowercase();
    let automatable = automatable?.to_ascii_lowercase();
    let technical_impact = technical_impact?.to_ascii_lowercase();
    let known = matches!(exploitation.as_str(), "none" | "poc" | "active")
        && matches!(automatable.as_str(), "yes" | "no")
        && matches!(technical_impact.as_str(), "partial" | "total");
    known.then(|| Ssvc { exploitation, automatable, technical_impact, date: date.and_then(day) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::read_all;

    #[test]
    fn a_row() {
        let text = r#"{"cve":"CVE-2024-0001","state":"PUBLISHED","published":"2024-01-01","exploitation":"active","automatable":"yes","technical_impact":"total","ssvc_date":"2024-08-01","kev_added":"2024-02-03","cvss":[{"source":"cisa-adp","version":"3.1","vector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","score":9.8,"severity":"CRITICAL"}],"cwe":["CWE-121"],"cpe":[]}
{"cve":"CVE-2024-0002","state":"PUBLISHED","exploitation":null,"automatable":null,"technical_impact":null}
{"cve":"CVE-2024-0003","state":"REJECTED","exploitation":"sometimes","automatable":"yes","technical_impact":"total"}
"#;
        let (format, records, problems) = read_all("v.jsonl", text.as_bytes());
        assert_eq!((format, problems), ("vulnrichment", vec![]));
        let records: Vec<&VulnerabilityRecord> = records
            .iter()
            .map(|record| match record {
                Record::Vulnerability(record) => record,
                Record::Advisory(_) => panic!("no advisory"),
            })
            .collect();
        let ssvc = records[0].ssvc.clone().unwrap();
        assert_eq!((ssvc.exploitation.as_str(), ssvc.date.as_deref()), ("active", Some("2024-08-01")));
        assert_eq!(records[0].kev.clone().unwrap().added, "2024-02-03");
        assert_eq!((records[0].cvss[0].score, records[0].cwe.len()), (Some(9.8), 1));
        assert_eq!(records[1].ssvc, None, "not assessed is unknown");
        assert_eq!((records[2].ssvc.clone(), records[2].rejected), (None, true), "an unknown word decides nothing");
    }
}
