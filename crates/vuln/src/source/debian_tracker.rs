//! The Debian security tracker as JSON (<https://security-tracker.debian.org/tracker/data/json>): source package → CVE →
//! releases → status. About 70 MB, so it is read entry by entry.
use std::{
    collections::BTreeMap,
    fmt,
    io::{BufRead, BufReader},
};

use serde::{
    Deserialize, Deserializer as _,
    de::{DeserializeSeed, Error as _, MapAccess, Visitor},
};

use super::{
    Head, Output, SourceError,
    bound::StringGuard,
    debian::{below, ecosystem},
    id::cve_in,
    output::sentence,
};
use crate::model::{Advisory, Affected, Event, FixState, Record};

pub(crate) fn detect(head: &Head<'_>) -> bool {
    let key = |key: &str| key.starts_with("CVE-") || key.starts_with("TEMP-");
    let keys = head.keys();
    keys.iter().any(|(depth, name)| *depth == 2 && key(name))
        && keys.iter().any(|(depth, name)| *depth == 3 && name == "releases")
}

/// One vulnerability of one source package.
#[derive(Debug, Default, Deserialize)]
struct Entry {
    description: Option<String>,
    #[serde(default)]
    releases: BTreeMap<String, Release>,
}

/// What is said of one release.
#[derive(Debug, Default, Deserialize)]
struct Release {
    #[serde(default)]
    status: String,
    fixed_version: Option<String>,
    urgency: Option<String>,
    nodsa: Option<String>,
    nodsa_reason: Option<String>,
}

pub(crate) fn read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    let mut guarded = BufReader::with_capacity(64 << 10, StringGuard::new(input));
    let mut stopped = None;
    let mut parser = serde_json::Deserializer::from_reader(&mut guarded);
    let result = parser
        .deserialize_map(Packages { output, stopped: &mut stopped })
        .and_then(|()| parser.end())
        .map_err(|error| SourceError::json(&error));
    match stopped {
        Some(error) => Err(error),
        None => result,
    }
}

struct Packages<'a, 'b> {
    output: &'a mut Output<'b>,
    stopped: &'a mut Option<SourceError>,
}

impl<'de> Visitor<'de> for Packages<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("source packages")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(package) = map.next_key::<String>()? {
            map.next_value_seed(Package { package: &package, output: self.output, stopped: self.stopped })?;
        }
        Ok(())
    }
}

struct Package<'a, 'b> {
    package: &'a str,
    output: &'a mut Output<'b>,
    stopped: &'a mut Option<SourceError>,
}

impl<'de> DeserializeSeed<'de> for Package<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Package<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("vulnerabilities by id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((id, entry)) = map.next_entry::<String, Entry>()? {
            if let Err(error) = self.output.record(Record::Advisory(advisory(self.package, id, entry))) {
                *self.stopped = Some(error);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

fn advisory(package: &str, id: String, entry: Entry) -> Advisory {
    let affected = entry.releases.into_iter().map(|(name, release)| affected(package, &name, release)).collect();
    Advisory {
        cves: cve_in(&id).into_iter().collect(),
        id,
        summary: entry.description.as_deref().map(sentence).unwrap_or_default(),
        affected,
        ..Advisory::default()
    }
}

fn affected(package: &str, name: &str, release: Release) -> Affected {
    let version = release.fixed_version.filter(|version| !version.trim().is_empty());
    let urgency = release.urgency.filter(|urgency| !urgency.is_empty() && urgency != "not yet assigned");
    let state = match (release.status.as_str(), version.as_deref()) {
        ("resolved", Some("0")) => FixState::NotAffected,
        ("resolved" | "open", Some(_)) => FixState::Affected,
        ("open", None) if urgency.as_deref() == Some("end-of-life") => FixState::EndOfLife,
        ("open", None) => match (release.nodsa_reason.as_deref(), release.nodsa.is_some()) {
            (Some("ignored"), _) => FixState::Ignored,
            (Some("end-of-life"), _) => FixState::EndOfLife,
            (Some("postponed"), _) | (_, true) => FixState::Postponed,
            _ => FixState::Affected,
        },
        // Undetermined; resolved without saying where; a word that is not known yet.
        _ => FixState::UnderInvestigation,
    };
    let ranges = match state {
        FixState::NotAffected => Vec::new(),
        _ => vec![below(version.filter(|version| version != "0").map(Event::Fixed))],
    };
    Affected {
        ecosystem: ecosystem(Some(name)),
        package: package.to_owned(),
        ranges,
        state,
        urgency,
        ..Affected::default()
    }
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{lines, read_all, read_as};

    fn sample(release: &str) -> String {
        format!(r#"{{"zlib":{{"CVE-2023-0001":{{"scope":"local","releases":{{"bookworm":{release}}}}}}}}}"#)
    }

    #[test]
    fn each_status_is_a_state() {
        for (release, want, why) in [
            (
                r#"{"status":"resolved","fixed_version":"1:1.2-3","urgency":"low","repositories":{"bookworm":"1:1.2-3"}}"#,
                "Affected Ecosystem[>=0 <1:1.2-3] urgency=low",
                "fixed",
            ),
            (
                r#"{"status":"resolved","fixed_version":"0","urgency":"unimportant"}"#,
                "NotAffected urgency=unimportant",
                "0",
            ),
            (r#"{"status":"open","urgency":"not yet assigned"}"#, "Affected Ecosystem[>=0]", "no fix"),
            (r#"{"status":"open","urgency":"high"}"#, "Affected Ecosystem[>=0] urgency=high", "urgency"),
            (r#"{"status":"open","nodsa":"Minor issue","nodsa_reason":""}"#, "Postponed Ecosystem[>=0]", "no-dsa"),
            (r#"{"status":"open","nodsa":"x","nodsa_reason":"postponed"}"#, "Postponed Ecosystem[>=0]", "postponed"),
            (r#"{"status":"open","nodsa":"x","nodsa_reason":"ignored"}"#, "Ignored Ecosystem[>=0]", "ignored"),
            (
                r#"{"status":"open","urgency":"end-of-life"}"#,
                "EndOfLife Ecosystem[>=0] urgency=end-of-life",
                "no longer supported",
            ),
            (r#"{"status":"undetermined"}"#, "UnderInvestigation Ecosystem[>=0]", "undetermined"),
            (r#"{"status":"resolved"}"#, "UnderInvestigation Ecosystem[>=0]", "resolved, but where?"),
            (r#"{"status":"new word"}"#, "UnderInvestigation Ecosystem[>=0]", "a word of tomorrow"),
        ] {
            let (format, records, problems) = read_all("json", sample(release).as_bytes());
            assert_eq!((format, problems), ("debian-tracker", vec![]));
            assert_eq!(lines(&records), [format!("CVE-2023-0001 CVE-2023-0001 Debian:12 zlib {want}")], "{why}");
        }
    }

    #[test]
    fn a_cut_document_is_an_error_with_its_place() {
        let format = crate::source::format_named("debian-tracker").unwrap();
        let whole = sample(r#"{"status":"open"}"#);
        for end in 1..whole.len() {
            let (_, _, result) = read_as(format, "json", &whole.as_bytes()[..end]);
            let error = result.expect_err("cut").to_string();
            assert!(error.contains("line 1 column"), "{error}");
        }
        let long = sample(&format!(r#"{{"status":"{}"}}"#, "x".repeat(2 << 20)));
        let (_, _, result) = read_as(format, "json", long.as_bytes());
        assert!(result.expect_err("long").to_string().contains("a string longer than"));
    }
}
