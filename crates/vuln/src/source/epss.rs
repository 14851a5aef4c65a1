//! FIRST's Exploit Prediction Scoring System (<https://www.first.org/epss/data_stats>): CSV, after a comment with the
//! model's version and date.
use std::io::{BufRead, Read};

use super::{Head, Output, SourceError, date::date, id::cve_in, kev::csv_problem};
use crate::model::{CvssVector, Record, VulnerabilityRecord};

pub(crate) fn detect(head: &Head<'_>) -> bool {
    let columns: Vec<&str> = head.lines().next().unwrap_or_default().split(',').map(str::trim).collect();
    columns.contains(&"cve") && columns.contains(&"epss")
}

pub(crate) fn read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    let mut comment = Vec::new();
    // The comment is a line of its own; where there is none the table begins at once.
    if input.fill_buf()?.first() == Some(&b'#') {
        Read::take(&mut *input, 4096).read_until(b'\n', &mut comment)?;
        let text = String::from_utf8_lossy(&comment);
        let parts = text.trim_start_matches('#').split(',');
        let scored = parts.filter_map(|part| part.trim().strip_prefix("score_date:")).find_map(date);
        if let Some(scored) = scored {
            output.until(scored);
        }
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let headers = reader.headers().map_err(|error| SourceError::at("line 1", error))?.clone();
    let column = |names: &[&str]| headers.iter().position(|header| names.contains(&header.trim()));
    let (Some(cve_at), Some(epss_at)) = (column(&["cve"]), column(&["epss"])) else {
        return Err(SourceError::at("line 1", "no columns `cve` and `epss`"));
    };
    let (percentile_at, cvss_at) = (column(&["percentile", "epss_percentile"]), column(&["cvss3"]));
    let mut row = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => {
                csv_problem(error, output)?;
                continue;
            }
        }
        let text = |at: usize| row.get(at).map(str::trim).filter(|text| !text.is_empty());
        // A score that is left out is unknown; one that is no probability is an error.
        let share = |at: Option<usize>| match at.and_then(text) {
            None => Ok(None),
            Some(text) => match text.parse::<f64>() {
                Ok(value) if (0.0..=1.0).contains(&value) => Ok(Some(value)),
                _ => Err(format!("`{}` is no probability", text.chars().take(40).collect::<String>())),
            },
        };
        let place = format!("line {}", row.position().map_or(0, csv::Position::line));
        let Some(cve) = text(cve_at).and_then(cve_in) else {
            output.problem(&place, "no CVE");
            continue;
        };
        let (epss, percentile) = match (share(Some(epss_at)), share(percentile_at)) {
            (Ok(epss), Ok(percentile)) => (epss, percentile),
            (Err(reason), _) | (_, Err(reason)) => {
                output.problem(&place, reason);
                continue;
            }
        };
        let score = cvss_at.and_then(text).and_then(|text| text.parse::<f64>().ok());
        let score = score.filter(|score| (0.0..=10.0).contains(score));
        output.record(Record::Vulnerability(VulnerabilityRecord {
            cve,
            epss,
            epss_percentile: percentile,
            cvss: score
                .map(|score| CvssVector { vector: String::new(), source: "nvd".into(), score: Some(score) })
                .into_iter()
                .collect(),
            ..VulnerabilityRecord::default()
        }))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::{read_all, read_as};

    #[test]
    fn both_tables() {
        let text = "#model_version:v2023.03.01,score_date:2024-01-02T00:00:00+0000\ncve,epss,percentile\nCVE-2024-0001,0.5,0.9\nCVE-2024-0002,1.5,0.9\nx,0,0\nCVE-2024-0003,,\n";
        let (format, records, problems) = read_all("epss.csv", text.as_bytes());
        assert_eq!(format, "epss");
        assert_eq!(
            records
                .iter()
                .map(|record| match record {
                    Record::Vulnerability(record) => (record.cve.as_str(), record.epss, record.epss_percentile),
                    Record::Advisory(_) => panic!("no advisory"),
                })
                .collect::<Vec<_>>(),
            [("CVE-2024-0001", Some(0.5), Some(0.9)), ("CVE-2024-0003", None, None)],
            "an absent score is unknown"
        );
        assert_eq!(problems, ["epss.csv: line 3: `1.5` is no probability", "epss.csv: line 4: no CVE"]);
        let (_, records, _) = read_all("kev-epss.csv", b"cve,cvss3,epss,epss_percentile\nCVE-2024-0001,8.8,0.01,0.6\n");
        let [Record::Vulnerability(record)] = &records[..] else { panic!("{records:?}") };
        assert_eq!((record.epss, record.cvss[0].score), (Some(0.01), Some(8.8)));
        let (_, _, result) = read_as(crate::source::format_named("epss").unwrap(), "x", b"a,b\n1,2\n");
        assert!(result.is_err(), "other columns");
    }
}
