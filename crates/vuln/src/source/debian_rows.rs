//! Rows of JSON made from the tracker's lists: fixes of one release, advisories, and annotations of single CVEs.
use std::{collections::BTreeMap, io::BufRead};

use serde::Deserialize;

use super::{
    Head, Output, SourceError, bound,
    date::date,
    debian::{Annotation, Note, affected, below, ecosystem},
    debian_list::is_security,
    id::cve_in,
};
use crate::model::{Advisory, Affected, Event, Record};

/// Advisories kept while the rows of one release are put together.
const ADVISORIES_MAX: usize = 1_000_000;

pub(crate) fn fixes_detect(head: &Head<'_>) -> bool {
    ["cve", "source_package", "release", "status", "fixed_version"].iter().all(|key| head.has(key))
}

pub(crate) fn advisories_detect(head: &Head<'_>) -> bool {
    ["id", "source_package", "cves", "fixes"].iter().all(|key| head.has(key))
}

pub(crate) fn annotations_detect(head: &Head<'_>) -> bool {
    head.has("cve") && head.has("annotations")
}

/// Calls `take` with each row; one that is no such row is a problem.
pub(crate) fn rows<T: for<'de> Deserialize<'de>>(
    input: &mut dyn BufRead,
    output: &mut Output<'_>,
    mut take: impl FnMut(T, &mut Output<'_>) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    bound::lines(input, |line, number| {
        if line.trim().is_empty() {
            return Ok(());
        }
        match serde_json::from_str(line) {
            Ok(row) => take(row, output),
            Err(error) => {
                output.problem(&format!("line {number} column {}", error.column()), &error);
                Ok(())
            }
        }
    })
}

#[derive(Deserialize)]
struct Fix {
    cve: String,
    source_package: String,
    release: String,
    status: String,
    fixed_version: Option<String>,
    urgency: Option<String>,
    advisory: Option<String>,
    date: Option<String>,
}

/// What tells one part of an advisory from another: id, package, release, status, version, urgency.
type Part = (String, String, String, String, Option<String>, Option<String>);

pub(crate) fn fixes_read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    // An advisory that closes thirty CVEs has thirty rows, and is kept once.
    let mut parts: BTreeMap<Part, (Vec<String>, Option<String>)> = BTreeMap::new();
    rows(input, output, |row: Fix, output| {
        if Note::parse(&row.status, row.fixed_version.as_deref()).is_none() {
            output.problem(&row.cve, format!("`{}` is no state of a package", row.status));
            return Ok(());
        }
        let id = row.advisory.unwrap_or_else(|| row.cve.clone());
        let part = (id, row.source_package, row.release, row.status, row.fixed_version, row.urgency);
        let (cves, date) = parts.entry(part).or_default();
        cves.extend(cve_in(&row.cve));
        *date = date.take().or(row.date);
        if parts.len() > ADVISORIES_MAX {
            return Err(SourceError::at("advisories", format!("more than {ADVISORIES_MAX}")));
        }
        Ok(())
    })?;
    for ((id, package, release, status, version, urgency), (cves, day)) in parts {
        let Some(note) = Note::parse(&status, version.as_deref()) else { continue };
        let annotation = Annotation { release: Some(release), package, note, urgency };
        output.record(Record::Advisory(Advisory {
            id,
            cves,
            published: day.as_deref().and_then(date),
            affected: affected(&[annotation]),
            ..Advisory::default()
        }))?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct AdvisoryRow {
    id: String,
    date: Option<String>,
    source_package: String,
    #[serde(default)]
    kind: String,
    cves: Vec<String>,
    fixes: Vec<AdvisoryFix>,
}

#[derive(Deserialize)]
struct AdvisoryFix {
    release: String,
    source_package: String,
    version: String,
}

pub(crate) fn advisories_read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    rows(input, output, |row: AdvisoryRow, output| {
        let published = row.date.as_deref().and_then(date);
        if row.cves.is_empty() && !is_security(&row.kind) {
            if let Some(published) = published {
                output.until(published);
            }
            return Ok(());
        }
        let affected = row.fixes.into_iter().map(|fix| Affected {
            ecosystem: ecosystem(Some(&fix.release)),
            package: fix.source_package,
            ranges: vec![below(Some(Event::Fixed(fix.version)))],
            ..Affected::default()
        });
        output.record(Record::Advisory(Advisory {
            cves: row.cves.iter().filter_map(|cve| cve_in(cve)).collect(),
            summary: format!("{}: {}", row.source_package, row.kind),
            published,
            affected: affected.collect(),
            id: row.id,
            ..Advisory::default()
        }))
    })
}

#[derive(Deserialize)]
struct AnnotationsRow {
    cve: String,
    annotations: Vec<AnnotationRow>,
}

#[derive(Deserialize)]
struct AnnotationRow {
    release: Option<String>,
    source_package: Option<String>,
    kind: String,
    version: Option<String>,
    severity: Option<String>,
}

pub(crate) fn annotations_read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    rows(input, output, |row: AnnotationsRow, output| {
        let mut annotations = Vec::new();
        for annotation in row.annotations {
            let Some(package) = annotation.source_package else { continue };
            match Note::parse(&annotation.kind, annotation.version.as_deref()) {
                Some(note) => {
                    let (release, urgency) = (annotation.release, annotation.severity);
                    annotations.push(Annotation { release, package, note, urgency });
                }
                // Not packaged; cross references.
                None if matches!(annotation.kind.as_str(), "itp" | "not-for-us" | "NOTE" | "xref") => {}
                None => output.problem(&row.cve, format!("`{}` is no state of a package", annotation.kind)),
            }
        }
        output.record(Record::Advisory(Advisory {
            cves: cve_in(&row.cve).into_iter().collect(),
            affected: affected(&annotations),
            id: row.cve,
            ..Advisory::default()
        }))
    })
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{lines, read_all};

    #[test]
    fn fixes_of_one_advisory_go_together() {
        let row = |cve: &str, version: &str| {
            format!(
                r#"{{"cve":"{cve}","source_package":"a","release":"bookworm","debian":"12","status":"fixed","fixed_version":"{version}","urgency":null,"advisory":"DSA-1-1","date":"2023-06-03"}}"#
            )
        };
        let text = [row("CVE-2023-0002", "1-1"), row("CVE-2023-0001", "1-1"), row("CVE-2023-0003", "1-2"), "{".into()];
        let (format, records, problems) = read_all("bookworm.jsonl", text.join("\n").as_bytes());
        assert_eq!(format, "debian-fixes");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("bookworm.jsonl: line 4 column 1: "), "{problems:?}");
        assert_eq!(
            lines(&records),
            [
                "DSA-1-1 CVE-2023-0001,CVE-2023-0002 Debian:12 a Affected Ecosystem[>=0 <1-1]",
                "DSA-1-1 CVE-2023-0003 Debian:12 a Affected Ecosystem[>=0 <1-2]",
            ]
        );
    }

    #[test]
    fn advisories_name_each_release() {
        let text = r#"{"id":"DSA-2-1","date":"2021-08-11","source_package":"b","kind":"security update","cves":["CVE-2021-0001"],"fixes":[{"release":"bullseye","debian":"11","source_package":"b","version":"1-1"},{"release":"buster","debian":"10","source_package":"b","version":"0-1"}]}
{"id":"DSA-2-2","date":"2021-08-12","source_package":"b","kind":"regression update","cves":[],"fixes":[{"release":"bullseye","debian":"11","source_package":"b","version":"1-2"}]}
"#;
        let (format, records, problems) = read_all("advisories.jsonl", text.as_bytes());
        assert_eq!((format, problems), ("debian-advisories", vec![]));
        assert_eq!(
            lines(&records),
            [
                "DSA-2-1 CVE-2021-0001 Debian:11 b Affected Ecosystem[>=0 <1-1]",
                "DSA-2-1 CVE-2021-0001 Debian:10 b Affected Ecosystem[>=0 <0-1]",
            ]
        );
    }

    #[test]
    fn annotations_of_unstable_bound_those_of_releases() {
        let text = r#"{"cve":"CVE-2023-0001","annotations":[{"release":null,"source_package":"a","kind":"fixed","version":"2-1","severity":null},{"release":"bookworm","source_package":"a","kind":"no-dsa","version":null,"severity":null},{"release":null,"source_package":"b","kind":"unfixed","version":null,"severity":"unimportant"}]}"#;
        let (format, records, problems) = read_all("sample.jsonl", text.as_bytes());
        assert_eq!((format, problems), ("debian-annotations", vec![]));
        let id = "CVE-2023-0001 CVE-2023-0001";
        assert_eq!(
            lines(&records),
            [
                format!("{id} Debian a Affected Ecosystem[>=0 <2-1]"),
                format!("{id} Debian:12 a Postponed Ecosystem[>=0 |2-1]"),
                format!("{id} Debian b Affected Ecosystem[>=0] urgency=unimportant"),
            ]
        );
    }
}
