use std::collections::BTreeSet;

use casemate_estate::{PackageType, Source, Timestamp};

use super::*;
use crate::{Event, Range, RangeType};

/// A database in memory.
pub(crate) struct Double {
    pub(crate) said: Vec<(Advisory, Affected)>,
    pub(crate) records: Vec<VulnerabilityRecord>,
    pub(crate) status: DatabaseStatus,
    /// Ecosystems of which it speaks although no row does.
    pub(crate) covers: Vec<&'static str>,
}

impl Double {
    pub(crate) fn new(said: Vec<(Advisory, Affected)>) -> Self {
        Self {
            said,
            records: Vec::new(),
            status: DatabaseStatus {
                built: Timestamp::UNIX_EPOCH,
                signed_by: String::new(),
                hash: "h".into(),
                bytes: 0,
                sources: Vec::new(),
                ecosystems: BTreeMap::new(),
                fixed_only: Vec::new(),
            },
            covers: Vec::new(),
        }
    }
}

impl Advisories for Double {
    fn lookup(&self, ecosystem: &str, package: &str) -> Result<Vec<(Advisory, Affected)>, DatabaseError> {
        let about = |row: &&(Advisory, Affected)| row.1.ecosystem == ecosystem && row.1.package == package;
        Ok(self.said.iter().filter(about).cloned().collect())
    }
    fn vulnerability(&self, cve: &str) -> Result<Option<VulnerabilityRecord>, DatabaseError> {
        Ok(self.records.iter().find(|record| record.cve == cve).cloned())
    }
    fn covers(&self, ecosystem: &str) -> bool {
        self.covers.contains(&ecosystem) || self.said.iter().any(|(_, affected)| affected.ecosystem == ecosystem)
    }
    fn status(&self) -> &DatabaseStatus {
        &self.status
    }
}

pub(crate) fn package(kind: PackageType, name: &str, version: &str, source: Option<(&str, &str)>) -> Package {
    Package {
        kind,
        namespace: None,
        name: name.into(),
        version: version.into(),
        arch: None,
        source: source.map(|(name, version)| Source { name: name.into(), version: version.into() }),
        module: None,
        vendor: None,
        dev: false,
        locations: BTreeSet::new(),
    }
}

pub(crate) fn distribution(id: &str, version: &str) -> Distribution {
    Distribution { id: id.into(), version: version.into(), ..Distribution::default() }
}

pub(crate) fn advisory(id: &str, cves: &[&str], aliases: &[&str]) -> Advisory {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Advisory { id: id.into(), cves: owned(cves), aliases: owned(aliases), ..Advisory::default() }
}

/// `introduced 0, fixed 1, …`.
pub(crate) fn events(text: &str) -> Vec<Event> {
    text.split(", ")
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once(' ').unwrap() {
            ("introduced", at) => Event::Introduced(at.into()),
            ("fixed", at) => Event::Fixed(at.into()),
            ("last", at) => Event::LastAffected(at.into()),
            ("limit", at) => Event::Limit(at.into()),
            (word, _) => panic!("{word}"),
        })
        .collect()
}

pub(crate) fn affected(ecosystem: &str, package: &str, text: &str, state: FixState) -> Affected {
    Affected {
        ecosystem: ecosystem.into(),
        package: package.into(),
        ranges: if text.is_empty() {
            Vec::new()
        } else {
            vec![Range { kind: RangeType::Ecosystem, events: events(text) }]
        },
        state,
        ..Affected::default()
    }
}

/// What a Debian 12 package has: `CVE fixed-or-none state`.
fn debian(database: &Double, package: &Package) -> Vec<(String, Option<String>, FixState)> {
    let distribution = distribution("debian", "12");
    let subject = subject(database, package, Some(&distribution)).unwrap();
    let rows = rows(database, &subject).unwrap();
    let found = assess(&subject, package, &rows);
    assert_eq!(found.unclear, []);
    found.matches.into_iter().map(|found| (found.cve, found.fixed, found.state)).collect()
}

#[test]
fn a_distribution_says_one_thing_of_a_cve() {
    use FixState::{Affected as Has, EndOfLife, Ignored, NotAffected, Postponed};
    let row = |id: &str, ecosystem: &str, text: &str, state| {
        (advisory(id, &["CVE-1"], &[]), affected(ecosystem, "openssl", text, state))
    };
    let some = |fixed: Option<&str>, state| vec![("CVE-1".to_owned(), fixed.map(str::to_owned), state)];
    for (rows, want, why) in [
        (
            vec![row("DSA-1", "Debian:12", "introduced 0, fixed 3.0.13-1", Has)],
            some(Some("3.0.13-1"), Has),
            "below the fix",
        ),
        (vec![row("DSA-1", "Debian:12", "introduced 0, fixed 3.0.11-1", Has)], vec![], "the fix is installed"),
        (vec![row("CVE-1", "Debian:12", "introduced 0", Has)], some(None, Has), "no fix"),
        (vec![row("CVE-1", "Debian:12", "", NotAffected)], vec![], "never a finding"),
        (vec![row("CVE-1", "Debian:12", "introduced 0, limit 3.0.20-1", Postponed)], some(None, Postponed), "put off"),
        (vec![row("CVE-1", "Debian:12", "introduced 0, limit 3.0.5-1", Ignored)], vec![], "at or above unstable's fix"),
        (vec![row("CVE-1", "Debian:12", "", EndOfLife)], some(None, EndOfLife), "no versions: all"),
        (
            vec![
                row("CVE-1", "Debian:12", "introduced 0", Postponed),
                row("DSA-1", "Debian:12", "introduced 0, fixed 3.0.9-1", Has),
            ],
            vec![],
            "of two sources the one that knows the fix is the newer",
        ),
        (
            vec![
                row("CVE-1", "Debian:12", "", NotAffected),
                row("DSA-1", "Debian:12", "introduced 0, fixed 3.0.13-1", Has),
            ],
            some(Some("3.0.13-1"), Has),
            "one says not affected, one names a fix: the worse holds",
        ),
        (
            vec![
                row("DSA-1", "Debian:12", "introduced 0, fixed 3.0.12-1", Has),
                row("DSA-2", "Debian:12", "introduced 0, fixed 3.0.13-1", Has),
            ],
            some(Some("3.0.13-1"), Has),
            "a second fix replaces the first",
        ),
        (
            vec![row("CVE-1", "Debian:12", "", NotAffected), row("CVE-1", "Debian", "introduced 0, fixed 3.2-1", Has)],
            vec![],
            "the release's own word counts before unstable's",
        ),
        (
            vec![row("CVE-1", "Debian", "introduced 0, fixed 3.2-1", Has)],
            some(None, Has),
            "unstable's fix is none here",
        ),
        (vec![row("CVE-1", "Debian", "introduced 0, fixed 3.0.2-1", Has)], vec![], "above unstable's fix"),
        (vec![row("DSA-1", "Debian:13", "introduced 0, fixed 9-1", Has)], vec![], "another release"),
    ] {
        let mut database = Double::new(rows);
        database.covers.push("Debian:12");
        let package = package(PackageType::Deb, "libssl3", "3.0.11-1", Some(("openssl", "3.0.11-1")));
        assert_eq!(debian(&database, &package), want, "{why}");
    }
}

#[test]
fn withdrawn_advisories_match_nothing() {
    let mut withdrawn = advisory("DSA-1", &["CVE-1"], &[]);
    withdrawn.withdrawn = true;
    let database = Double::new(vec![(withdrawn, affected("Debian:12", "x", "introduced 0", FixState::Affected))]);
    assert_eq!(debian(&database, &package(PackageType::Deb, "x", "1", None)), []);
}

#[test]
fn a_rebuild_is_compared_by_its_source() {
    let row = (
        advisory("DSA-1", &["CVE-1"], &[]),
        affected("Debian:12", "bash", "introduced 0, fixed 5.2.15-2", FixState::Affected),
    );
    let database = Double::new(vec![row]);
    for (version, source, affected) in [("5.2.15-2+b8", "5.2.15-2", false), ("5.2.15-1+b8", "5.2.15-1", true)] {
        let package = package(PackageType::Deb, "bash", version, Some(("bash", source)));
        assert_eq!(debian(&database, &package).len(), usize::from(affected), "{version}");
    }
}

fn library(database: &Double, package: &Package) -> Assessed {
    let subject = subject(database, package, None).unwrap();
    assess(&subject, package, &rows(database, &subject).unwrap())
}

#[test]
fn advisories_of_one_cve_are_joined_over_their_aliases() {
    let row = |advisory, text: &str| (advisory, affected("PyPI", "jinja2", text, FixState::Affected));
    let database = Double::new(vec![
        row(advisory("GHSA-a", &["CVE-1"], &["PYSEC-1"]), "introduced 0, fixed 3.1.3"),
        row(advisory("PYSEC-1", &[], &["GHSA-a"]), "introduced 0, fixed 3.1.2"),
        row(advisory("PYSEC-2", &[], &["CVE-2"]), "introduced 0, fixed 3.1.4"),
        row(advisory("RUSTSEC-3", &[], &["GHSA-c"]), "introduced 0"),
        row(advisory("GHSA-c", &[], &["RUSTSEC-3"]), "introduced 0, fixed 3.1.1"),
        row(advisory("GHSA-d", &["CVE-4"], &[]), "introduced 9"),
    ]);
    let found = library(&database, &package(PackageType::Pypi, "Jinja2", "3.0", None));
    let got: Vec<(&str, Option<&str>, &str)> = found
        .matches
        .iter()
        .map(|found| (found.cve.as_str(), found.fixed.as_deref(), found.advisory.id.as_str()))
        .collect();
    assert_eq!(
        got,
        [("CVE-1", Some("3.1.3"), "GHSA-a"), ("CVE-2", Some("3.1.4"), "PYSEC-2"), ("GHSA-c", Some("3.1.1"), "GHSA-c"),],
        "each once, with the fix that closes all that is said of it"
    );
    assert_eq!(found.upgrade_to.as_deref(), Some("3.1.4"));
}

#[test]
fn the_version_to_go_to_is_the_lowest_without_any() {
    let row = |id: &str, text: &str| (advisory(id, &[id], &[]), affected("npm", "x", text, FixState::Affected));
    for (rows, want, why) in [
        (
            vec![
                row("CVE-1", "introduced 0, fixed 1.9.5, introduced 2.0.0, fixed 2.0.3"),
                row("CVE-2", "introduced 0, fixed 2.0.1"),
            ],
            Some("2.0.3"),
            "2.0.1 closes the second and has the first",
        ),
        (
            vec![row("CVE-1", "introduced 0, fixed 1.5.0"), row("CVE-2", "introduced 1.5.0, fixed 1.6.0")],
            Some("1.6.0"),
            "1.5.0 brings another",
        ),
        (
            vec![row("CVE-1", "introduced 0, fixed 1.5.0"), row("CVE-2", "introduced 0")],
            Some("1.5.0"),
            "what has no fix keeps none back",
        ),
        (vec![row("CVE-2", "introduced 0")], None, "nothing has a fix"),
    ] {
        let database = Double::new(rows);
        assert_eq!(
            library(&database, &package(PackageType::Npm, "x", "1.0.0", None)).upgrade_to.as_deref(),
            want,
            "{why}"
        );
    }
}

#[test]
fn what_cannot_be_ordered_is_unclear_and_never_clean() {
    let row = |id: &str, text: &str| (advisory(id, &[id], &[]), affected("PyPI", "x", text, FixState::Affected));
    let mut listed = row("CVE-4", "");
    listed.1.versions = vec!["one".into()];
    let mut commits = row("CVE-5", "introduced 0");
    commits.1.ranges[0].kind = RangeType::Git;
    let database = Double::new(vec![
        row("CVE-1", "introduced 0, fixed odd version"),
        row("CVE-2", "introduced 0, fixed 2"),
        row("CVE-3", "introduced 0"),
        listed,
        commits,
    ]);
    let of = |version: &str| {
        let found = library(&database, &package(PackageType::Pypi, "x", version, None));
        let matches: Vec<String> = found.matches.into_iter().map(|found| found.cve).collect();
        let unclear: Vec<String> = found.unclear.into_iter().map(|unclear| unclear.cve).collect();
        (matches.join(" "), unclear.join(" "))
    };
    assert_eq!(
        of("1"),
        ("CVE-2 CVE-3".into(), "CVE-1 CVE-5".into()),
        "an advisory with an odd version, one of commits"
    );
    assert_eq!(of("one"), ("CVE-3 CVE-4".into(), "CVE-1 CVE-2 CVE-5".into()), "an odd version installed");
    assert_eq!(of("3"), ("CVE-3".into(), "CVE-1 CVE-5".into()));
}

#[test]
fn modules_and_architectures_narrow_an_advisory() {
    let row = |id: &str, module: Option<&str>, arches: &[&str], text: &str| {
        let mut affected = affected("Red Hat:9", "nodejs", text, FixState::Affected);
        affected.module = module.map(str::to_owned);
        affected.arches = arches.iter().map(|arch| (*arch).to_owned()).collect();
        (advisory(id, &[id], &[]), affected)
    };
    let database = Double::new(vec![
        row("CVE-1", Some("nodejs:18"), &[], "introduced 0, fixed 1:18.19.0-1"),
        row("CVE-2", Some("nodejs:20"), &[], "introduced 0, fixed 1:20.9.0-1"),
        row("CVE-3", None, &["s390x"], "introduced 0"),
        row("CVE-4", None, &["x86_64"], "introduced 0, fixed 1:99-1"),
        row("CVE-1", None, &[], "introduced 0"),
    ]);
    let of = |module: Option<&str>, arch: &str, version: &str| {
        let mut package = package(PackageType::Rpm, "nodejs", version, None);
        package.module = module.map(str::to_owned);
        package.arch = Some(arch.into());
        let subject = subject(&database, &package, Some(&distribution("rhel", "9.3"))).unwrap();
        let found = assess(&subject, &package, &rows(&database, &subject).unwrap());
        found.matches.into_iter().map(|found| found.cve).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of(Some("nodejs:18"), "x86_64", "1:18.18.0-1"), "CVE-1 CVE-4", "its stream");
    assert_eq!(
        of(Some("nodejs:18:8080:63b3"), "x86_64", "1:18.19.0-1"),
        "CVE-4",
        "fixed in its stream; the context is not looked at"
    );
    assert_eq!(of(Some("nodejs:2"), "noarch", "1:2-1"), "CVE-1 CVE-3 CVE-4", "another stream, every architecture");
    assert_eq!(of(None, "s390x", "1:16-1"), "CVE-1 CVE-3", "no stream");
}

#[test]
fn an_ecosystem_that_the_database_does_not_hold_is_said() {
    let database =
        Double::new(vec![(advisory("A", &[], &[]), affected("Debian", "x", "introduced 0", FixState::Affected))]);
    let package = package(PackageType::Deb, "x", "1", None);
    let error = subject(&database, &package, Some(&distribution("debian", "12"))).unwrap_err();
    assert_eq!(error, "the database has no advisories for Debian:12", "what is said of unstable is not enough");
}
