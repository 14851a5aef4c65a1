//! RFC 4180, one row a finding.
use std::io::{self, Write};

use serde_json::Value;

use super::style::plain;
use crate::{report::Report, vulnerability::body};

const HEADER: [&str; 26] = [
    "id",
    "check",
    "title",
    "area",
    "resource_id",
    "resource_kind",
    "resource_name",
    "scope",
    "state",
    "severity",
    "risk",
    "status",
    "reason",
    "remediation",
    "exemption",
    "first_seen",
    "last_seen",
    "cve",
    "package",
    "version",
    "fixed",
    "kev",
    "epss",
    "ssvc",
    "cvss",
    "loaded",
];

/// Where each of the last columns stands in the body of a vulnerability; empty for other findings and for what is not
/// known.
const VULNERABILITY: [&str; 9] =
    ["/cve", "/package/name", "/package/version", "/fixed", "/kev", "/epss", "/ssvc", "/cvss/score", "/loaded"];

/// Writes the header and a row for each finding.
pub(crate) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER).map_err(bare)?;
    for item in &report.items {
        let f = &item.finding;
        let risk = f.risk.to_string();
        let (first, last) = (f.life.first_seen.to_string(), f.life.last_seen.to_string());
        let body = body(f).map(|body| Value::Object(body.clone())).unwrap_or_default();
        let known = VULNERABILITY.map(|at| match body.pointer(at) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        });
        let row = [
            &f.id,
            f.key.check.as_str(),
            &item.texts.title,
            &item.texts.area,
            f.key.resource.as_str(),
            f.kind.as_str(),
            &f.name,
            &f.scope,
            f.verdict.state.as_str(),
            f.severity.as_str(),
            &risk,
            f.life.status.as_str(),
            &f.verdict.reason,
            &item.texts.remediation,
            f.exemption.as_deref().unwrap_or_default(),
            &first,
            &last,
        ];
        let row = row.into_iter().chain(known.iter().map(String::as_str));
        writer.write_record(row.map(defused)).map_err(bare)?;
    }
    writer.flush()
}

/// The system's own error: the library's conversion hides its kind, and a reader that closed the pipe would look like a
/// failure.
fn bare(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A spreadsheet runs a cell that starts like a formula (CWE-1236): a quote before it makes it text. Control characters
/// go as in the table, for a terminal shows such a file too.
fn defused(cell: &str) -> String {
    let cell = plain(cell);
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_starts_like_a_formula_is_text() {
        assert_eq!(defused("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(defused("host.sshd"), "host.sshd");
        assert_eq!(defused("a\x1b[2J"), "a\\u{1b}[2J");
    }

    #[test]
    fn a_closed_pipe_is_seen_as_one() {
        assert_eq!(bare(csv::Error::from(io::Error::from_raw_os_error(32))).kind(), io::ErrorKind::BrokenPipe);
    }
}
