//! What the forms of the Debian security tracker share: releases, kinds of annotations, and what follows from them.
//!
//! The rules are those of <https://security-team.debian.org/security_tracker.html>: an annotation without a release speaks
//! of unstable, and of each release that has none of its own; `<no-dsa>`, `<ignored>` and `<postponed>` say what is done
//! about a vulnerability, not whether a version has it.
use std::collections::BTreeMap;

use crate::model::{Affected, Event, FixState, Range, RangeType};

/// Code names and numbers.
const RELEASES: &[(&str, &str)] = &[
    ("buzz", "1.1"),
    ("rex", "1.2"),
    ("bo", "1.3"),
    ("hamm", "2.0"),
    ("slink", "2.1"),
    ("potato", "2.2"),
    ("woody", "3.0"),
    ("sarge", "3.1"),
    ("etch", "4"),
    ("lenny", "5"),
    ("squeeze", "6"),
    ("wheezy", "7"),
    ("jessie", "8"),
    ("stretch", "9"),
    ("buster", "10"),
    ("bullseye", "11"),
    ("bookworm", "12"),
    ("trixie", "13"),
    ("forky", "14"),
    ("duke", "15"),
];

/// `Debian:12` of `bookworm`; `Debian` alone where no release is named, which stands for all that have no word of their
/// own. Suites beside the releases (`bookworm-security`) are the release.
pub(crate) fn ecosystem(release: Option<&str>) -> String {
    let Some(release) = release else { return "Debian".into() };
    let name = release.split(['-', '/']).next().unwrap_or(release);
    let number = RELEASES.iter().find(|(code, _)| *code == name).map(|(_, number)| *number);
    format!("Debian:{}", number.unwrap_or(name))
}

/// What an annotation says of a package in a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Note {
    /// Fixed in this version.
    Fixed(String),
    NotAffected,
    /// Has it, and no fix; also where the package was removed from unstable: releases may hold it still.
    Unfixed,
    NoDsa,
    Ignored,
    Postponed,
    EndOfLife,
    Undetermined,
}

impl Note {
    /// `fixed` with a version, or one of the tracker's words.
    pub(crate) fn parse(kind: &str, version: Option<&str>) -> Option<Self> {
        Some(match kind {
            "fixed" => match version.map(str::trim) {
                // Version 0 is the tracker's way to say that it never had it.
                Some("0") => Self::NotAffected,
                Some(version) if !version.is_empty() => Self::Fixed(version.to_owned()),
                _ => Self::Undetermined,
            },
            "not-affected" => Self::NotAffected,
            "unfixed" | "removed" => Self::Unfixed,
            "no-dsa" => Self::NoDsa,
            "ignored" => Self::Ignored,
            "postponed" => Self::Postponed,
            "end-of-life" => Self::EndOfLife,
            "undetermined" => Self::Undetermined,
            _ => return None,
        })
    }

    fn state(&self) -> FixState {
        match self {
            Self::Fixed(_) | Self::Unfixed => FixState::Affected,
            Self::NotAffected => FixState::NotAffected,
            Self::NoDsa | Self::Postponed => FixState::Postponed,
            Self::Ignored => FixState::Ignored,
            Self::EndOfLife => FixState::EndOfLife,
            Self::Undetermined => FixState::UnderInvestigation,
        }
    }
}

/// An annotation: package, release, what it says, urgency.
#[derive(Debug, Clone)]
pub(crate) struct Annotation {
    pub(crate) release: Option<String>,
    pub(crate) package: String,
    pub(crate) note: Note,
    pub(crate) urgency: Option<String>,
}

/// What the annotations of one CVE say.
pub(crate) fn affected(annotations: &[Annotation]) -> Vec<Affected> {
    let general: BTreeMap<&str, &Annotation> = annotations
        .iter()
        .filter(|annotation| annotation.release.is_none())
        .map(|annotation| (annotation.package.as_str(), annotation))
        .collect();
    let mut out = Vec::new();
    for annotation in annotations {
        // Experimental is no release: what is fixed there is fixed for nobody.
        if annotation.release.as_deref() == Some("experimental") {
            continue;
        }
        let unstable = general.get(annotation.package.as_str());
        let end = match &annotation.note {
            Note::Fixed(version) => Some(Event::Fixed(version.clone())),
            // A decision about a fix leaves open which versions have it: those below unstable's fix. No fix to go to.
            Note::NoDsa | Note::Ignored | Note::Postponed | Note::EndOfLife => {
                match unstable.map(|unstable| &unstable.note) {
                    Some(Note::Fixed(version)) => Some(Event::Limit(version.clone())),
                    _ => None,
                }
            }
            _ => None,
        };
        let mut affected = Affected {
            ecosystem: ecosystem(annotation.release.as_deref()),
            package: annotation.package.clone(),
            state: annotation.note.state(),
            urgency: annotation.urgency.clone().or_else(|| unstable.and_then(|unstable| unstable.urgency.clone())),
            ..Affected::default()
        };
        if affected.state != FixState::NotAffected {
            affected.ranges = vec![below(end)];
        }
        out.push(affected);
    }
    out
}

/// All versions up to `end`.
pub(crate) fn below(end: Option<Event>) -> Range {
    let events = std::iter::once(Event::Introduced("0".into())).chain(end).collect();
    Range { kind: RangeType::Ecosystem, events }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_have_numbers() {
        for (release, want) in [
            (None, "Debian"),
            (Some("bookworm"), "Debian:12"),
            (Some("bullseye-security"), "Debian:11"),
            (Some("sid"), "Debian:sid"),
            (Some("zurg"), "Debian:zurg"),
        ] {
            assert_eq!(ecosystem(release), want);
        }
    }
}
