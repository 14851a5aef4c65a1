//! The corpora beside the repository, counted by other means.
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use casemate_testkit::corpus;
use serde_json::Value;

use super::*;
use crate::{Event, FixState, sources_in};

fn rows(path: &Path) -> Vec<Value> {
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap()
}

fn files(directory: &Path, extension: &str) -> u64 {
    let (files, _) = crate::source::walk::files_below(directory).unwrap();
    files.iter().filter(|file| file.key.ends_with(extension)).count() as u64
}

/// Source package, CVE and the version that fixed it.
type Fixes = BTreeSet<(String, String, String)>;

#[test]
fn counts_are_those_of_the_files() {
    let (Some(debian), Some(osv), Some(exploited)) =
        (corpus("vuln-debian12"), corpus("vuln-osv"), corpus("vuln-exploited"))
    else {
        return;
    };
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("advisories.db");
    let mut sources = Vec::new();
    for directory in [&debian, &osv, &exploited] {
        sources.extend(sources_in(directory).unwrap());
    }
    let now = "2026-11-25T00:00:00Z".parse().unwrap();
    let report = update(&path, &sources, &UpdateOptions::default(), now, &|_, _, _| {}).unwrap();
    let sources: BTreeMap<&str, &SourceStatus> =
        report.sources.iter().map(|source| (source.name.as_str(), source)).collect();
    for source in sources.values() {
        assert_eq!(source.problem_count, 0, "{}: {:?}", source.name, source.problems);
    }
    // Directories of the same format are sources of their own: `osv@go`.
    let documents = |name: &str| -> u64 {
        sources
            .values()
            .filter(|source| source.name.split('@').next() == Some(name))
            .map(|source| source.documents)
            .sum()
    };
    assert_eq!(documents("osv"), files(&osv.join("go"), ".json") + files(&osv.join("pypi"), ".yaml"));
    assert_eq!(documents("rustsec"), files(&osv.join("rustsec"), ".md"));
    assert_eq!(documents("ruby-advisory-db"), files(&osv.join("ruby"), ".yml"));
    let kev: Value =
        serde_json::from_slice(&std::fs::read(exploited.join("known_exploited_vulnerabilities.json")).unwrap())
            .unwrap();
    assert_eq!(Some(sources["kev"].vulnerabilities), kev["count"].as_u64());
    let rich = rows(&exploited.join("vulnrichment.jsonl"));
    assert_eq!(sources["vulnrichment"].vulnerabilities, rich.len() as u64);
    let scores = std::fs::read_to_string(exploited.join("kev-epss.csv")).unwrap();
    assert_eq!(sources["epss"].vulnerabilities, scores.lines().count() as u64 - 1);
    assert!(report.bytes < 80_000_000, "{} bytes", report.bytes);

    let database = Database::open(&path, &Trust::default()).unwrap();
    for (file, ecosystem) in [("bookworm", "Debian:12"), ("bullseye", "Debian:11"), ("trixie", "Debian:13")] {
        let mut want = Fixes::new();
        for row in rows(&debian.join(format!("{file}.jsonl"))) {
            want.insert((
                text(&row, "source_package").into(),
                text(&row, "cve").into(),
                text(&row, "fixed_version").into(),
            ));
        }
        let mut found = Fixes::new();
        for package in want.iter().map(|(package, _, _)| package.clone()).collect::<BTreeSet<_>>() {
            for (advisory, affected) in database.lookup(ecosystem, &package).unwrap() {
                for event in affected.ranges.iter().flat_map(|range| &range.events) {
                    if let Event::Fixed(version) = event {
                        found.extend(advisory.cves.iter().map(|cve| (package.clone(), cve.clone(), version.clone())));
                    }
                }
            }
        }
        assert_eq!(found.len(), want.len(), "{file}");
        assert_eq!(found, want, "{file}");
        assert!(database.status().fixed_only.contains(&ecosystem.to_owned()));
    }
    assert!(!database.covers("Debian:10"), "seven annotations are no coverage");
    // The tracker's own annotations, whose states are told apart.
    let state = |ecosystem: &str, package: &str, cve: &str| {
        let found = database.lookup(ecosystem, package).unwrap();
        let of_cve = found.into_iter().filter(|(advisory, _)| advisory.cves.iter().any(|id| id == cve));
        of_cve.map(|(_, affected)| affected.state).collect::<Vec<_>>()
    };
    assert_eq!(state("Debian:12", "xz-utils", "CVE-2024-3094"), [FixState::NotAffected]);
    assert_eq!(state("Debian:12", "openldap", "CVE-2023-2953"), [FixState::Postponed]);
    assert_eq!(state("Debian:12", "krb5", "CVE-2024-26462"), [FixState::Affected], "what unstable has, bookworm has");
    assert_eq!(state("Debian:12", "zlib", "CVE-2023-45853"), [FixState::Affected]);

    for row in rich.iter().step_by(97) {
        let record = database.vulnerability(text(row, "cve")).unwrap().unwrap();
        let exploitation = record.ssvc.map(|ssvc| ssvc.exploitation);
        assert_eq!(exploitation.as_deref(), row["exploitation"].as_str(), "{row}");
    }
    for entry in kev["vulnerabilities"].as_array().unwrap() {
        let record = database.vulnerability(text(entry, "cveID")).unwrap().unwrap();
        assert_eq!(record.kev.unwrap().added, text(entry, "dateAdded"));
    }
}

#[test]
fn examples_of_other_formats_are_no_sources() {
    let Some(schemas) = corpus("schemas") else { return };
    assert_eq!(sources_in(&schemas).unwrap(), []);
}
