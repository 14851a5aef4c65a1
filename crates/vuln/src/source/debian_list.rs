//! The tracker's own texts: `data/CVE/list`, and `data/DSA/list` and `data/DLA/list`
//! (<https://security-team.debian.org/security_tracker.html>).
use std::io::BufRead;

use sha2::{Digest, Sha256};

use super::{
    Head, Output, SourceError, bound,
    date::date,
    debian::{Annotation, Note, affected, below, ecosystem},
    id::cve_in,
    output::shorten,
};
use crate::model::{Advisory, Affected, Event, Record, VulnerabilityRecord};

/// Lines of one entry.
const ENTRY_MAX: usize = 20_000;

pub(crate) fn cve_detect(head: &Head<'_>) -> bool {
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default();
    let entry = first.starts_with("CVE-") && first.get(8..9) == Some("-") && !first.contains(',');
    entry && lines.next().is_some_and(|line| line.starts_with('\t') || line.starts_with("CVE-"))
}

pub(crate) fn advisory_detect(head: &Head<'_>) -> bool {
    head.lines().next().and_then(advisory_head).is_some()
}

/// An entry of `CVE/list` so far.
#[derive(Default)]
struct Entry {
    id: String,
    summary: String,
    annotations: Vec<Annotation>,
    rejected: bool,
}

pub(crate) fn cve_read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    let mut entry = Entry::default();
    bound::lines(input, |line, number| {
        if line.trim().is_empty() {
            return Ok(());
        }
        if line.starts_with([' ', '\t']) {
            let body = line.trim();
            if entry.id.is_empty() {
                output.problem(&format!("line {number}"), "belongs to no CVE");
            } else if body == "REJECTED" {
                entry.rejected = true;
            } else if let Some(note) = annotation(body) {
                match note {
                    Ok(Some(annotation)) if entry.annotations.len() < ENTRY_MAX => entry.annotations.push(annotation),
                    Ok(Some(_)) => output.problem(&format!("line {number}"), "too many annotations"),
                    Ok(None) => {}
                    Err(reason) => output.problem(&format!("line {number}"), reason),
                }
            }
            return Ok(());
        }
        cve_emit(std::mem::take(&mut entry), output)?;
        let (id, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let summary = rest.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
        if !id.starts_with("CVE-") && !id.starts_with("TEMP-") {
            output.problem(&format!("line {number}"), format!("`{}` begins no entry", shorten(id, 40)));
            return Ok(());
        }
        // What has no number yet is told apart by its description.
        let id = if id.ends_with("-XXXX") {
            let digest = Sha256::digest(summary.as_bytes());
            let hex: String = digest.iter().take(4).map(|byte| format!("{byte:02X}")).collect();
            format!("TEMP-{}-{hex}", id.get(4..8).unwrap_or("0000"))
        } else {
            id.to_owned()
        };
        entry = Entry { id, summary: summary.to_owned(), ..Entry::default() };
        Ok(())
    })?;
    cve_emit(entry, output)
}

fn cve_emit(entry: Entry, output: &mut Output<'_>) -> Result<(), SourceError> {
    if entry.rejected {
        let record = VulnerabilityRecord { cve: entry.id.clone(), rejected: true, ..VulnerabilityRecord::default() };
        output.record(Record::Vulnerability(record))?;
    }
    if entry.annotations.is_empty() {
        return Ok(());
    }
    output.record(Record::Advisory(Advisory {
        cves: cve_in(&entry.id).into_iter().collect(),
        id: entry.id,
        summary: entry.summary,
        affected: affected(&entry.annotations),
        ..Advisory::default()
    }))
}

/// `[bookworm] - zlib 1:1.2-3 (low; bug #1)`. None for another kind of line; `Ok(None)` for a package that Debian does not
/// have.
fn annotation(line: &str) -> Option<Result<Option<Annotation>, String>> {
    let (release, rest) = match line.strip_prefix('[') {
        Some(rest) => {
            let (release, rest) = rest.split_once(']')?;
            (Some(release.trim().to_owned()), rest.trim_start())
        }
        None => (None, line),
    };
    let rest = rest.strip_prefix("- ")?.trim_start();
    let (rest, remark) = match rest.split_once('(') {
        Some((rest, remark)) => (rest.trim(), remark.trim_end_matches(')')),
        None => (rest.trim(), ""),
    };
    let mut words = rest.split_whitespace();
    let package = words.next()?.to_owned();
    let word = words.next();
    let note = match word.and_then(|word| word.strip_prefix('<')).and_then(|word| word.strip_suffix('>')) {
        // An intent to package.
        Some("itp") | Some("not-for-us") => return Some(Ok(None)),
        Some(kind) => Note::parse(kind, None),
        None => Note::parse("fixed", word),
    };
    let Some(note) = note else {
        return Some(Err(format!("`{}` is no state of a package", shorten(word.unwrap_or_default(), 40))));
    };
    const URGENCIES: &[&str] = &["unimportant", "low", "medium", "high", "end-of-life"];
    let urgency = remark.split(';').map(str::trim).find(|part| URGENCIES.contains(part)).map(str::to_owned);
    let note = if urgency.as_deref() == Some("end-of-life") && note == Note::Unfixed { Note::EndOfLife } else { note };
    Some(Ok(Some(Annotation { release, package, note, urgency })))
}

/// `[14 Feb 2025] DSA-5863-1 linux - security update`: day, id, package, kind.
fn advisory_head(line: &str) -> Option<(String, &str, &str, &str)> {
    let (day, rest) = line.strip_prefix('[')?.split_once(']')?;
    let (id, rest) = rest.trim().split_once(' ')?;
    if !(id.starts_with("DSA-") || id.starts_with("DLA-") || id.starts_with("DTSA-") || id.starts_with("ELA-")) {
        return None;
    }
    let (package, kind) = rest.split_once(" - ").unwrap_or((rest, ""));
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = day.split_whitespace();
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| month.starts_with(name))? + 1;
    Some((format!("{year}-{month:02}-{day:0>2}"), id, package.trim(), kind.trim()))
}

/// Whether a notice without CVEs tells of a vulnerability: those that only correct an earlier one, or follow upstream, do
/// not.
pub(crate) fn is_security(kind: &str) -> bool {
    kind.is_empty() || kind.contains("security")
}

pub(crate) fn advisory_read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    let mut current: Option<(Advisory, String)> = None;
    bound::lines(input, |line, number| {
        if line.trim().is_empty() {
            return Ok(());
        }
        if !line.starts_with([' ', '\t']) {
            if let Some((advisory, kind)) = current.take() {
                advisory_emit(advisory, &kind, output)?;
            }
            match advisory_head(line) {
                Some((day, id, package, kind)) => {
                    let advisory = Advisory {
                        id: id.to_owned(),
                        summary: format!("{package}: {kind}"),
                        published: date(&day),
                        ..Advisory::default()
                    };
                    current = Some((advisory, kind.to_owned()));
                }
                None => output.problem(&format!("line {number}"), "begins no advisory"),
            }
            return Ok(());
        }
        let Some((advisory, _)) = &mut current else {
            output.problem(&format!("line {number}"), "belongs to no advisory");
            return Ok(());
        };
        let body = line.trim();
        if let Some(ids) = body.strip_prefix('{') {
            advisory.cves.extend(ids.trim_end_matches('}').split_whitespace().filter_map(cve_in));
        } else if let Some(note) = annotation(body) {
            match note {
                Ok(Some(Annotation { release, package, note: Note::Fixed(version), urgency }))
                    if advisory.affected.len() < ENTRY_MAX =>
                {
                    advisory.affected.push(Affected {
                        ecosystem: ecosystem(release.as_deref()),
                        package,
                        ranges: vec![below(Some(Event::Fixed(version)))],
                        urgency,
                        ..Affected::default()
                    });
                }
                // Not affected, end of life: the list of CVEs says so by CVE.
                Ok(_) => {}
                Err(reason) => output.problem(&format!("line {number}"), reason),
            }
        }
        Ok(())
    })?;
    match current {
        Some((advisory, kind)) => advisory_emit(advisory, &kind, output),
        None => Ok(()),
    }
}

fn advisory_emit(advisory: Advisory, kind: &str, output: &mut Output<'_>) -> Result<(), SourceError> {
    if advisory.cves.is_empty() && !is_security(kind) {
        return Ok(());
    }
    output.record(Record::Advisory(advisory))
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{lines, read_all};

    #[test]
    fn the_list_of_cves() {
        let text = "CVE-2024-3094 (A backdoor in xz)\n\
            \t- xz-utils 5.6.1+really5.4.5-1 (bug #1068024)\n\
            \t[bookworm] - xz-utils <not-affected> (Vulnerable code not present)\n\
            \tNOTE: https://example.org/\n\
            CVE-2024-1000 [no number yet]\n\
            \tRESERVED\n\
            \t{DSA-1-1}\n\
            \t- a 2-1 (low; bug #1)\n\
            \t[bookworm] - a <no-dsa> (Minor issue)\n\
            \t[bullseye] - a <ignored> (Too intrusive)\n\
            \t[buster] - a <postponed> (Minor)\n\
            \t[stretch] - a <end-of-life> (No longer supported)\n\
            \t[trixie] - a 1-2+deb13u1\n\
            \t[experimental] - a 3-1\n\
            \t- b <unfixed> (unimportant)\n\
            \t- c <removed>\n\
            \t- d <undetermined>\n\
            \t- e <itp> (bug #2)\n\
            \t- f <strange>\n\
            CVE-2024-1001\n\
            \tREJECTED\n\
            CVE-2024-1002 (Other)\n\
            \tNOT-FOR-US: Vendor\n\
            CVE-2024-XXXX [buffer overflow in g]\n\
            \t- g 1-1\n";
        let (format, records, problems) = read_all("list", text.as_bytes());
        assert_eq!(format, "debian-cve-list");
        assert_eq!(problems, ["list: line 19: `<strange>` is no state of a package"]);
        let lines = lines(&records);
        let id = "CVE-2024-1000 CVE-2024-1000";
        let want = [
            "CVE-2024-3094 CVE-2024-3094 Debian xz-utils Affected Ecosystem[>=0 <5.6.1+really5.4.5-1]".to_owned(),
            "CVE-2024-3094 CVE-2024-3094 Debian:12 xz-utils NotAffected".to_owned(),
            format!("{id} Debian a Affected Ecosystem[>=0 <2-1] urgency=low"),
            format!("{id} Debian:12 a Postponed Ecosystem[>=0 |2-1] urgency=low"),
            format!("{id} Debian:11 a Ignored Ecosystem[>=0 |2-1] urgency=low"),
            format!("{id} Debian:10 a Postponed Ecosystem[>=0 |2-1] urgency=low"),
            format!("{id} Debian:9 a EndOfLife Ecosystem[>=0 |2-1] urgency=low"),
            format!("{id} Debian:13 a Affected Ecosystem[>=0 <1-2+deb13u1] urgency=low"),
            format!("{id} Debian b Affected Ecosystem[>=0] urgency=unimportant"),
            format!("{id} Debian c Affected Ecosystem[>=0]"),
            format!("{id} Debian d UnderInvestigation Ecosystem[>=0]"),
        ];
        assert_eq!(lines[..11], want);
        assert!(lines[11].contains("CVE-2024-1001") && lines[11].contains("rejected: true"), "{}", lines[11]);
        assert!(lines[12].starts_with("TEMP-2024-") && lines[12].ends_with(" Debian g Affected Ecosystem[>=0 <1-1]"));
        assert_eq!(lines.len(), 13);
    }

    #[test]
    fn the_lists_of_advisories() {
        let text = "[14 Feb 2025] DSA-5863-1 libtasn1-6 - security update\n\
            \t{CVE-2024-12133 CVE-2024-12134}\n\
            \t[bookworm] - libtasn1-6 4.19.0-2+deb12u1\n\
            \t[bullseye] - libtasn1-6 4.16.0-2+deb11u2\n\
            [3 Sep 2021] DLA-1-2 x - regression update\n\
            \t[buster] - x 1-3\n\
            [03 Sep 2021] DSA-2-1 y - security update\n\
            \t[buster] - y 1-3\n\
            nonsense\n";
        let (format, records, problems) = read_all("list", text.as_bytes());
        assert_eq!(format, "debian-advisory-list");
        assert_eq!(problems, ["list: line 9: begins no advisory"]);
        let both = "DSA-5863-1 CVE-2024-12133,CVE-2024-12134";
        assert_eq!(
            lines(&records),
            [
                format!("{both} Debian:12 libtasn1-6 Affected Ecosystem[>=0 <4.19.0-2+deb12u1]"),
                format!("{both} Debian:11 libtasn1-6 Affected Ecosystem[>=0 <4.16.0-2+deb11u2]"),
                "DSA-2-1  Debian:10 y Affected Ecosystem[>=0 <1-3]".to_owned(),
            ],
            "a regression update without a CVE is no vulnerability"
        );
    }
}
