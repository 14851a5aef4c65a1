//! CISA's catalogue of known exploited vulnerabilities (<https://www.cisa.gov/known-exploited-vulnerabilities-catalog>).
use std::io::BufRead;

use serde::Deserialize;

use super::{
    Head, Output, SourceError,
    date::{date, day},
    id::cve_in,
    json,
    output::shorten,
};
use crate::model::{Exploited, Record, VulnerabilityRecord};

pub(crate) fn json_detect(head: &Head<'_>) -> bool {
    head.has("catalogVersion") && head.has("vulnerabilities")
}

pub(crate) fn csv_detect(head: &Head<'_>) -> bool {
    let first = head.lines().next().unwrap_or_default();
    first.contains("cveID") && first.contains("dateAdded") && first.contains(',')
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Catalogue {
    date_released: Option<String>,
    vulnerabilities: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(rename = "cveID")]
    cve: String,
    #[serde(default)]
    vulnerability_name: String,
    date_added: String,
    due_date: Option<String>,
    known_ransomware_campaign_use: Option<String>,
    #[serde(default)]
    cwes: Option<Vec<String>>,
}

pub(crate) fn json_read(bytes: &[u8], output: &mut Output<'_>) -> Result<(), SourceError> {
    let catalogue: Catalogue = json::parse(bytes)?;
    if let Some(date) = catalogue.date_released.as_deref().and_then(date) {
        output.until(date);
    }
    for (index, value) in catalogue.vulnerabilities.into_iter().enumerate() {
        match serde_json::from_value::<Entry>(value) {
            Ok(entry) => emit(entry, &format!("vulnerabilities[{index}]"), output)?,
            Err(error) => output.problem(&format!("vulnerabilities[{index}]"), error),
        }
    }
    Ok(())
}

pub(crate) fn csv_read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    for row in reader.deserialize::<CsvEntry>() {
        match row {
            Ok(row) => {
                let cwes = row.cwes.unwrap_or_default();
                let entry = Entry {
                    cve: row.cve,
                    vulnerability_name: row.vulnerability_name,
                    date_added: row.date_added,
                    due_date: row.due_date,
                    known_ransomware_campaign_use: row.known_ransomware_campaign_use,
                    cwes: Some(cwes.split(',').map(|cwe| cwe.trim().to_owned()).collect()),
                };
                emit(entry, "row", output)?;
            }
            Err(error) => csv_problem(error, output)?,
        }
    }
    Ok(())
}

/// A row that does not fit is a problem; one that cannot be read ends the table.
pub(crate) fn csv_problem(error: csv::Error, output: &mut Output<'_>) -> Result<(), SourceError> {
    let place = error.position().map(|at| format!("line {}", at.line())).unwrap_or_else(|| "row".into());
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Err(SourceError::Read(error)),
        csv::ErrorKind::Deserialize { err, .. } => {
            output.problem(&place, err);
            Ok(())
        }
        kind => {
            output.problem(&place, format!("{kind:?}"));
            Ok(())
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CsvEntry {
    #[serde(rename = "cveID")]
    cve: String,
    #[serde(default)]
    vulnerability_name: String,
    date_added: String,
    due_date: Option<String>,
    known_ransomware_campaign_use: Option<String>,
    cwes: Option<String>,
}

fn emit(entry: Entry, place: &str, output: &mut Output<'_>) -> Result<(), SourceError> {
    let (Some(cve), Some(added)) = (cve_in(&entry.cve), day(&entry.date_added)) else {
        output.problem(place, format!("`{}` added `{}`: no CVE, or no date", entry.cve, entry.date_added));
        return Ok(());
    };
    if let Some(date) = date(&added) {
        output.until(date);
    }
    let ransomware = entry.known_ransomware_campaign_use.is_some_and(|known| known.eq_ignore_ascii_case("known"));
    output.record(Record::Vulnerability(VulnerabilityRecord {
        cve,
        kev: Some(Exploited {
            added,
            due: entry.due_date.as_deref().and_then(day),
            ransomware,
            name: shorten(&entry.vulnerability_name, 200),
        }),
        cwe: cwes(entry.cwes.unwrap_or_default()),
        ..VulnerabilityRecord::default()
    }))
}

/// The CWE ids among some texts, at most 50.
pub(crate) fn cwes(texts: Vec<String>) -> Vec<String> {
    let is_cwe = |text: &String| {
        text.strip_prefix("CWE-")
            .is_some_and(|number| (1..=6).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    texts.into_iter().filter(is_cwe).take(50).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::read_all;

    fn kev(record: &Record) -> (String, Exploited, Vec<String>) {
        let Record::Vulnerability(record) = record else { panic!("{record:?}") };
        (record.cve.clone(), record.kev.clone().unwrap(), record.cwe.clone())
    }

    #[test]
    fn the_catalogue_in_both_forms() {
        let want = (
            "CVE-2024-0001".to_owned(),
            Exploited {
                added: "2024-01-02".into(),
                due: Some("2024-01-23".into()),
                ransomware: true,
                name: "A, b".into(),
            },
            vec!["CWE-79".to_owned()],
        );
        let json = r#"{"title":"t","catalogVersion":"1","dateReleased":"2024-02-01T00:00:00Z","count":2,"vulnerabilities":[
            {"cveID":"CVE-2024-0001","vulnerabilityName":"A, b","dateAdded":"2024-01-02","dueDate":"2024-01-23","knownRansomwareCampaignUse":"Known","cwes":["CWE-79","other"]},
            {"cveID":"none","dateAdded":"2024-01-02"},{"cveID":"CVE-2024-0002"}]}"#;
        let (format, records, problems) = read_all("kev.json", json.as_bytes());
        assert_eq!((format, records.len()), ("kev", 1));
        assert_eq!(kev(&records[0]), want);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[1].starts_with("kev.json: vulnerabilities[2]: missing field `dateAdded`"), "{problems:?}");
        let csv = "cveID,vendorProject,vulnerabilityName,dateAdded,dueDate,knownRansomwareCampaignUse,cwes\n\
            CVE-2024-0001,V,\"A, b\",2024-01-02,2024-01-23,Known,\"CWE-79, x\"\nnone,V,n,x,,,\n";
        let (format, records, problems) = read_all("kev.csv", csv.as_bytes());
        assert_eq!((format, records.len(), problems.len()), ("kev-csv", 1, 1));
        assert_eq!(kev(&records[0]), want);
    }
}
