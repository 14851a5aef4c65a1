//! The published formats. The table is [`FORMATS`]; `walk` finds documents, each reader turns one into records.
//!
//! **Invariant:** a document that cannot be read is a problem with its place; nothing of it is guessed.
//! **Invariant:** every reader is bounded: by the size of the document, of a line or string, and by its records.
use std::io::{BufRead, BufReader};

use casemate_estate::Timestamp;

use self::archive::Limited;

pub(crate) mod archive;
mod bound;
mod csaf;
mod cve;
mod date;
mod debian;
mod debian_list;
mod debian_rows;
mod debian_tracker;
mod epss;
mod head;
mod id;
mod json;
mod kev;
mod name;
mod osv;
mod output;
mod oval;
mod redhat;
mod ruby;
mod rustsec;
mod safe;
mod secdb;
mod settings;
mod vulnrichment;
pub(crate) mod walk;

pub(crate) use head::Head;
pub(crate) use id::{cve_from_number, cve_number};
pub use name::normalise;
pub(crate) use name::{base, ecosystem_tidy};
pub(crate) use output::{Output, SourceError};
pub use settings::{SourceSetting, sources_default, sources_in};

/// Bytes of a document that is taken whole.
pub(crate) const WHOLE_MAX: u64 = 64 << 20;
/// Bytes of a document that is read as a stream: the largest published one (an OVAL or EPSS file, the Debian tracker) has
/// about 150 MB.
pub(crate) const STREAM_MAX: u64 = 1 << 30;

/// How a format is read.
#[derive(Clone, Copy)]
pub(crate) enum Reader {
    /// Taken whole, at most [`WHOLE_MAX`].
    Whole(fn(&[u8], &mut Output<'_>) -> Result<(), SourceError>),
    /// As a stream, at most [`STREAM_MAX`].
    Stream(fn(&mut dyn BufRead, &mut Output<'_>) -> Result<(), SourceError>),
}

/// A published format.
pub(crate) struct Format {
    /// Its name in `sources.yaml` and `db status`.
    pub(crate) name: &'static str,
    /// Formats of one publisher go together as one source; also accepted as a `format` in `sources.yaml`.
    pub(crate) family: &'static str,
    /// It tells only what was fixed: a package that is absent is unknown, not clean.
    pub(crate) fixed_only: bool,
    /// Whether a document is of this format, from its beginning.
    pub(crate) detect: fn(&Head<'_>) -> bool,
    /// Reads one.
    pub(crate) read: Reader,
}

/// All formats; the first that knows a document takes it.
pub(crate) const FORMATS: &[Format] = &[
    Format {
        name: "debian-tracker",
        family: "debian",
        fixed_only: false,
        detect: debian_tracker::detect,
        read: Reader::Stream(debian_tracker::read),
    },
    Format {
        name: "debian-cve-list",
        family: "debian",
        fixed_only: false,
        detect: debian_list::cve_detect,
        read: Reader::Stream(debian_list::cve_read),
    },
    Format {
        name: "debian-advisory-list",
        family: "debian",
        fixed_only: true,
        detect: debian_list::advisory_detect,
        read: Reader::Stream(debian_list::advisory_read),
    },
    Format {
        name: "debian-fixes",
        family: "debian",
        fixed_only: true,
        detect: debian_rows::fixes_detect,
        read: Reader::Stream(debian_rows::fixes_read),
    },
    Format {
        name: "debian-advisories",
        family: "debian",
        fixed_only: true,
        detect: debian_rows::advisories_detect,
        read: Reader::Stream(debian_rows::advisories_read),
    },
    Format {
        // A selection of the tracker's entries: it does not tell what it leaves out.
        name: "debian-annotations",
        family: "debian",
        fixed_only: true,
        detect: debian_rows::annotations_detect,
        read: Reader::Stream(debian_rows::annotations_read),
    },
    Format {
        name: "osv",
        family: "osv",
        fixed_only: false,
        detect: osv::json_detect,
        read: Reader::Whole(osv::json_read),
    },
    Format {
        name: "osv-yaml",
        family: "osv",
        fixed_only: false,
        detect: osv::yaml_detect,
        read: Reader::Whole(osv::yaml_read),
    },
    Format {
        name: "rustsec",
        family: "rustsec",
        fixed_only: false,
        detect: rustsec::detect,
        read: Reader::Whole(rustsec::read),
    },
    Format {
        name: "ruby-advisory-db",
        family: "ruby-advisory-db",
        fixed_only: false,
        detect: ruby::detect,
        read: Reader::Whole(ruby::read),
    },
    Format {
        name: "alpine-secdb",
        family: "alpine-secdb",
        fixed_only: true,
        detect: secdb::detect,
        read: Reader::Whole(secdb::read),
    },
    Format { name: "csaf", family: "csaf", fixed_only: false, detect: csaf::detect, read: Reader::Whole(csaf::read) },
    Format { name: "oval", family: "oval", fixed_only: true, detect: oval::detect, read: Reader::Stream(oval::read) },
    Format {
        name: "kev",
        family: "kev",
        fixed_only: false,
        detect: kev::json_detect,
        read: Reader::Whole(kev::json_read),
    },
    Format {
        name: "kev-csv",
        family: "kev",
        fixed_only: false,
        detect: kev::csv_detect,
        read: Reader::Stream(kev::csv_read),
    },
    Format {
        name: "vulnrichment",
        family: "vulnrichment",
        fixed_only: false,
        detect: vulnrichment::detect,
        read: Reader::Stream(vulnrichment::read),
    },
    Format {
        name: "cve",
        family: "vulnrichment",
        fixed_only: false,
        detect: cve::detect,
        read: Reader::Whole(cve::read),
    },
    Format { name: "epss", family: "epss", fixed_only: false, detect: epss::detect, read: Reader::Stream(epss::read) },
];

/// The format of this name.
pub(crate) fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Whether `wanted` (a name or a family; none for any) lets the format in.
pub(crate) fn format_allowed(format: &Format, wanted: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| format.name == wanted || format.family == wanted)
}

/// The format of a document from its beginning.
pub(crate) fn format_detect(name: &str, head: &[u8], wanted: Option<&str>) -> Option<&'static Format> {
    let head = Head::new(name, head);
    FORMATS.iter().filter(|format| format_allowed(format, wanted)).find(|format| (format.detect)(&head))
}

/// A date that a source can mean: not before Unix, not after tomorrow.
pub(crate) fn date_plausible(date: Timestamp, now: Timestamp) -> bool {
    date.as_second() > 0 && date.as_second() <= now.as_second().saturating_add(86_400)
}

/// Reads one document of a known format into `output`. `input` is what is left after decompression.
pub(crate) fn document_read(
    format: &Format,
    input: &mut dyn BufRead,
    output: &mut Output<'_>,
) -> Result<(), SourceError> {
    match format.read {
        Reader::Stream(read) => read(&mut BufReader::with_capacity(64 << 10, Limited::new(input, STREAM_MAX)), output),
        Reader::Whole(read) => read(&bound::read_whole(input, WHOLE_MAX)?, output),
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::model::Record;

    /// What a document says, and its problems, read by the format that knows it.
    pub(crate) fn read_all(name: &str, bytes: &[u8]) -> (&'static str, Vec<Record>, Vec<String>) {
        let format = format_detect(name, bytes, None).unwrap_or_else(|| panic!("no format knows {name}"));
        let (records, problems, result) = read_as(format, name, bytes);
        result.unwrap();
        (format.name, records, problems)
    }

    pub(crate) fn read_as(
        format: &Format,
        name: &str,
        bytes: &[u8],
    ) -> (Vec<Record>, Vec<String>, Result<(), SourceError>) {
        let mut records = Vec::new();
        let mut emit = |record| {
            records.push(record);
            Ok(())
        };
        let now = "2026-11-25T00:00:00Z".parse().unwrap();
        let mut output = Output::new(name, now, &mut emit);
        let result = document_read(format, &mut std::io::Cursor::new(bytes), &mut output);
        let problems = output.problems.clone();
        (records, problems, result)
    }

    /// One line for each affected package: `id cves ecosystem package state ranges versions …`.
    pub(crate) fn lines(records: &[Record]) -> Vec<String> {
        let mut lines = Vec::new();
        for record in records {
            match record {
                Record::Advisory(advisory) => {
                    let head = format!("{} {}", advisory.id, advisory.cves.join(","));
                    for affected in &advisory.affected {
                        lines.push(format!("{head} {}", line(affected)));
                    }
                    if advisory.affected.is_empty() {
                        lines.push(head);
                    }
                }
                Record::Vulnerability(vulnerability) => lines.push(format!("{vulnerability:?}")),
            }
        }
        lines
    }

    fn line(affected: &crate::Affected) -> String {
        use crate::Event;
        let mut out = format!("{} {} {:?}", affected.ecosystem, affected.package, affected.state);
        for range in &affected.ranges {
            out.push_str(&format!(" {:?}[", range.kind));
            let events = range.events.iter().map(|event| match event {
                Event::Introduced(version) => format!(">={version}"),
                Event::Fixed(version) => format!("<{version}"),
                Event::LastAffected(version) => format!("<={version}"),
                Event::Limit(version) => format!("|{version}"),
            });
            out.push_str(&events.collect::<Vec<_>>().join(" "));
            out.push(']');
        }
        if !affected.versions.is_empty() {
            out.push_str(&format!(" ={}", affected.versions.join(",")));
        }
        if let Some(urgency) = &affected.urgency {
            out.push_str(&format!(" urgency={urgency}"));
        }
        if let Some(module) = &affected.module {
            out.push_str(&format!(" module={module}"));
        }
        if !affected.arches.is_empty() {
            out.push_str(&format!(" arches={}", affected.arches.join(",")));
        }
        out
    }
}
