use std::fmt;

use casemate_estate::Timestamp;

use casemate_version::Scheme;

use super::{
    date_plausible,
    name::{base, normalise_affected},
};
use crate::{
    model::{Advisory, Affected, Record},
    range::{Place, place},
};

/// Problems of one document that are kept word for word.
const PROBLEMS_MAX: usize = 100;
/// Records of one document. EPSS, the longest list there is, has about 300,000.
pub(crate) const RECORDS_MAX: u64 = 8_000_000;
/// Bytes of an id, a package's name, an ecosystem, a version.
const WORD_MAX: usize = 1024;
/// Characters of a summary.
const SUMMARY_MAX: usize = 240;
/// Packages, versions, events, aliases of one advisory.
const LIST_MAX: usize = 200_000;
/// Events against which a list of versions is compared: each version is, with each event.
const THIN_EVENTS_MAX: usize = 100;

/// Why a document could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SourceError {
    #[error("{place}: {reason}")]
    Malformed { place: String, reason: String },
    #[error("{what} is larger than {limit} bytes")]
    Large { what: String, limit: u64 },
    #[error("cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// The database took no more: its own error says why.
    #[error("stopped")]
    Stopped,
}

impl SourceError {
    pub(crate) fn at(place: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self::Malformed { place: place.into(), reason: shorten(&reason.to_string(), SUMMARY_MAX) }
    }

    /// An error of serde_json, with its line and column.
    pub(crate) fn json(error: &serde_json::Error) -> Self {
        if let Some(kind) = error.io_error_kind() {
            return Self::Read(std::io::Error::new(kind, error.to_string()));
        }
        Self::at(format!("line {} column {}", error.line(), error.column()), error)
    }
}

/// Where a reader puts what a document says. Checks, bounds and normalises each record.
pub(crate) struct Output<'a> {
    /// The document's name, which begins each problem.
    pub(crate) name: &'a str,
    now: Timestamp,
    emit: &'a mut dyn FnMut(Record) -> Result<(), SourceError>,
    /// The first [`PROBLEMS_MAX`].
    pub(crate) problems: Vec<String>,
    pub(crate) problem_count: u64,
    /// The latest date that the document carries.
    pub(crate) until: Option<Timestamp>,
    records: u64,
}

impl<'a> Output<'a> {
    pub(crate) fn new(
        name: &'a str,
        now: Timestamp,
        emit: &'a mut dyn FnMut(Record) -> Result<(), SourceError>,
    ) -> Self {
        Self { name, now, emit, problems: Vec::new(), problem_count: 0, until: None, records: 0 }
    }

    /// Takes a record. One that breaks a bound becomes a problem.
    pub(crate) fn record(&mut self, mut record: Record) -> Result<(), SourceError> {
        self.records += 1;
        if self.records > RECORDS_MAX {
            return Err(SourceError::at("records", format!("more than {RECORDS_MAX}")));
        }
        match &mut record {
            Record::Advisory(advisory) => {
                advisory_tidy(advisory);
                if let Err((place, reason)) = advisory_check(advisory) {
                    self.problem(&place, reason);
                    return Ok(());
                }
                for date in [advisory.published, advisory.modified].into_iter().flatten() {
                    self.until(date);
                }
            }
            Record::Vulnerability(vulnerability) => {
                if vulnerability.cve.is_empty() || vulnerability.cve.len() > WORD_MAX {
                    self.problem("cve", "no id, or one that is too long");
                    return Ok(());
                }
            }
        }
        (self.emit)(record)
    }

    /// Names what could not be read, where; the rest goes on.
    pub(crate) fn problem(&mut self, place: &str, reason: impl fmt::Display) {
        self.problem_count += 1;
        if self.problems.len() < PROBLEMS_MAX {
            let reason = shorten(&reason.to_string(), SUMMARY_MAX);
            self.problems.push(format!("{}: {}: {reason}", shorten(self.name, WORD_MAX), shorten(place, SUMMARY_MAX)));
        }
    }

    /// A date of the data themselves; one that lies ahead is not believed.
    pub(crate) fn until(&mut self, date: Timestamp) {
        if date_plausible(date, self.now) {
            self.until = self.until.max(Some(date));
        }
    }
}

/// The first `max` characters, with no control characters.
pub(crate) fn shorten(text: &str, max: usize) -> String {
    let mut short: String =
        text.chars().take(max).map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned();
    if text.chars().nth(max).is_some() {
        short.push('…');
    }
    short
}

/// The first sentence or line of a text.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim_start().trim_start_matches('#').trim_start();
    // A line that goes on belongs to the same paragraph.
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
    let words: Vec<&str> = paragraph.get(..end).unwrap_or(paragraph).split_whitespace().take(80).collect();
    shorten(&words.join(" "), SUMMARY_MAX)
}

fn advisory_tidy(advisory: &mut Advisory) {
    advisory.summary = shorten(&advisory.summary, SUMMARY_MAX);
    for list in [&mut advisory.cves, &mut advisory.aliases] {
        list.sort_unstable();
        list.dedup();
    }
    advisory.aliases.retain(|alias| *alias != advisory.id && !advisory.cves.contains(alias));
    for affected in &mut advisory.affected {
        normalise_affected(affected);
        versions_thin(affected);
    }
}

/// Leaves out the versions of the list that the ranges hold anyway: PyPI's lists name hundreds for one range, and each would
/// be read again with every look-up. What cannot be ordered stays.
fn versions_thin(affected: &mut Affected) {
    let scheme = match base(&affected.ecosystem) {
        "PyPI" => Scheme::Pep440,
        "npm" => Scheme::Npm,
        "Go" => Scheme::Go,
        "crates.io" => Scheme::Semver,
        "Maven" => Scheme::Maven,
        "RubyGems" => Scheme::Gem,
        "NuGet" => Scheme::Nuget,
        "Packagist" => Scheme::Composer,
        _ => return,
    };
    let events: usize = affected.ranges.iter().map(|range| range.events.len()).sum();
    if affected.versions.is_empty() || !(1..=THIN_EVENTS_MAX).contains(&events) {
        return;
    }
    let versions = std::mem::take(&mut affected.versions);
    let held = |version: &String| matches!(place(scheme, version, affected), Ok(Place::In { .. }));
    let left: Vec<String> = versions.into_iter().filter(|version| !held(version)).collect();
    affected.versions = left;
}

fn advisory_check(advisory: &Advisory) -> Result<(), (String, String)> {
    if advisory.id.is_empty() {
        return Err(("id".into(), "is empty".into()));
    }
    let word = |what: &str, text: &str| {
        if text.len() > WORD_MAX {
            return Err((advisory.id.chars().take(80).collect(), format!("{what} is longer than {WORD_MAX} bytes")));
        }
        Ok(())
    };
    let list = |what: &str, count: usize| {
        if count > LIST_MAX {
            return Err((advisory.id.chars().take(80).collect(), format!("more than {LIST_MAX} {what}")));
        }
        Ok(())
    };
    word("id", &advisory.id)?;
    list("ids", advisory.cves.len() + advisory.aliases.len())?;
    for id in advisory.cves.iter().chain(&advisory.aliases) {
        word("an id", id)?;
    }
    list("packages", advisory.affected.len())?;
    let mut versions = 0;
    for affected in &advisory.affected {
        word("ecosystem", &affected.ecosystem)?;
        word("package", &affected.package)?;
        if affected.ecosystem.is_empty() || affected.package.is_empty() {
            return Err((advisory.id.clone(), "an affected package without a name or ecosystem".into()));
        }
        for text in affected.urgency.iter().chain(&affected.module).chain(&affected.arches).chain(&affected.versions) {
            word("a version, urgency, module or architecture", text)?;
        }
        versions += affected.versions.len();
        for event in affected.ranges.iter().flat_map(|range| &range.events) {
            versions += 1;
            word("a version", event.version())?;
        }
    }
    list("versions", versions)
}
