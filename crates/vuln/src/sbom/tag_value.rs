//! SPDX 2's tag-value form: `Tag: value` lines, longer values between `<text>` and `</text>`.
use std::collections::BTreeSet;

use super::{
    Reading, SbomError,
    spdx::{Row, rows_read},
};

/// Reads a document.
pub(super) fn read(file: &str, text: &str) -> Result<Reading, SbomError> {
    let mut name = String::new();
    let mut described = BTreeSet::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut version = None;
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let line = line.trim_end();
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((tag, first)) = line.split_once(':') else {
            return Err(SbomError::new(file, format!("line {}: no `Tag: value`", number + 1)));
        };
        let mut value = first.trim().to_owned();
        if let Some(start) = value.strip_prefix("<text>") {
            let mut long = start.to_owned();
            while !long.contains("</text>") {
                let Some((_, next)) = lines.next() else {
                    return Err(SbomError::new(file, format!("line {}: `<text>` does not end", number + 1)));
                };
                long.push('\n');
                long.push_str(next);
            }
            value = long.split("</text>").next().unwrap_or_default().to_owned();
        }
        match (tag.trim(), rows.last_mut()) {
            ("SPDXVersion", _) => version = Some(value),
            ("DocumentName", _) => name = value,
            ("PackageName", _) => rows.push(Row { name: value, ..Row::default() }),
            ("SPDXID", Some(row)) => row.id = value,
            ("PackageVersion", Some(row)) => row.version = value,
            ("PrimaryPackagePurpose", Some(row)) => row.purpose = value,
            ("PackageSourceInfo", Some(row)) => row.source_info = value,
            ("PackageComment", Some(row)) => row.comment = value,
            ("ExternalRef", Some(row)) => {
                // `PACKAGE-MANAGER purl pkg:deb/…`, with an underscore in 2.2.
                let mut words = value.split_whitespace().skip(1);
                if let (Some("purl"), Some(purl)) = (words.next(), words.next()) {
                    purl.clone_into(&mut row.purl);
                }
            }
            ("Relationship", _) => {
                let words: Vec<&str> = value.split_whitespace().collect();
                if let ["SPDXRef-DOCUMENT", "DESCRIBES", id] = words.as_slice() {
                    described.insert((*id).to_owned());
                }
            }
            _ => {}
        }
    }
    match version {
        Some(version) if version.starts_with("SPDX-2.") => rows_read(file, &name, &described, rows.into_iter()),
        Some(version) => Err(SbomError::new(file, format!("its version is `{version}`, and 2.2 and 2.3 are read"))),
        None => Err(SbomError::new(file, "it has no `SPDXVersion`")),
    }
}
