//! What the published formats say, in one form. Sources make it, the database keeps it, matching reads it.
use casemate_estate::Timestamp;
use serde::{Deserialize, Serialize};

/// One thing that a source says: a document gives some of these.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// An advisory, with what it affects.
    Advisory(Advisory),
    /// Facts of a CVE itself: exploitation, likelihood, decision points, scores. Merged by CVE over all sources.
    Vulnerability(VulnerabilityRecord),
}

/// An advisory: a Debian tracker entry, an OSV or GHSA record, a line of secdb, a definition of OVAL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advisory {
    /// Its own id: `DSA-5532-1`, `GHSA-…`, `RUSTSEC-…`; the CVE where the source keys by it.
    pub id: String,
    /// CVEs that it is about. Where there are none, the advisory's id stands in for them.
    pub cves: Vec<String>,
    /// Other ids of the same.
    pub aliases: Vec<String>,
    /// One sentence; empty where there is none.
    pub summary: String,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// It was taken back: it matches nothing, and what it matched before is resolved with this reason.
    pub withdrawn: bool,
    /// CVSS vectors.
    pub cvss: Vec<CvssVector>,
    /// What it affects.
    pub affected: Vec<Affected>,
}

/// One package that an advisory is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// OSV's name of the ecosystem, with the release: `Debian:12`, `Alpine:v3.19`, `Ubuntu:22.04:LTS`, `Red Hat:9`,
    /// `PyPI`, `npm`, `Go`, `crates.io`, `Maven`, `RubyGems`, `Packagist`, `NuGet`.
    pub ecosystem: String,
    /// The name as matching asks for it: a distribution's source package (rpm: binary package); elsewhere normalised by
    /// the ecosystem's rule (PEP 503 …).
    pub package: String,
    /// Versions, as intervals; a version in any of them is affected.
    pub ranges: Vec<Range>,
    /// Versions, one by one; affected too.
    pub versions: Vec<String>,
    /// What the distribution says of it.
    pub state: FixState,
    /// `high`, `medium`, `unimportant` …, in the source's own word.
    pub urgency: Option<String>,
    /// Module stream of an rpm: `nodejs:18`; it matches packages of that stream only.
    pub module: Option<String>,
    /// Architectures that it is restricted to; empty for all.
    pub arches: Vec<String>,
}

/// What a distribution says of a vulnerability in one package of one release. Kept apart: each is shown as what it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FixState {
    /// Affected; where a range ends, there is a fix.
    #[default]
    Affected,
    /// The release's version does not have it, whatever its number. Never a finding.
    NotAffected,
    /// Affected; will not be fixed (`ignored`, `wont-fix`).
    Ignored,
    /// Affected; to be fixed later with a point release (`postponed`, `no-dsa`, `deferred`).
    Postponed,
    /// Affected; the package or release is no longer supported.
    EndOfLife,
    /// Not known yet whether it is affected (`undetermined`, `under_investigation`).
    UnderInvestigation,
}

/// An interval of versions, as OSV writes it (<https://ossf.github.io/osv-schema/#affectedranges-field>).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// How its versions are ordered.
    pub kind: RangeType,
    /// In the source's order.
    pub events: Vec<Event>,
}

/// How the versions of a range are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeType {
    /// By the ecosystem's rule.
    #[default]
    Ecosystem,
    /// By Semantic Versioning 2.0.0.
    Semver,
    /// By commits; packages have none, so it matches nothing.
    Git,
}

/// A version at which something changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Affected from here; `0` is before all versions.
    Introduced(String),
    /// No longer affected from here.
    Fixed(String),
    /// Affected up to here, and here.
    LastAffected(String),
    /// Nothing from here on is looked at.
    Limit(String),
}

impl Event {
    /// The version at which it changes.
    #[must_use]
    pub fn version(&self) -> &str {
        match self {
            Self::Introduced(version) | Self::Fixed(version) | Self::LastAffected(version) | Self::Limit(version) => {
                version
            }
        }
    }
}

/// A CVSS vector with who scored it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CvssVector {
    /// `CVSS:3.1/AV:N/…`; version 2 vectors have no prefix. Empty where only a score was published.
    pub vector: String,
    /// Who: `nvd`, `cisa-adp`, `ghsa`, `redhat`.
    pub source: String,
    /// The base score as published; computed from the vector where absent.
    pub score: Option<f64>,
}

impl Eq for CvssVector {}

/// SSVC decision points as CISA publishes them in Vulnrichment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ssvc {
    /// `none`, `poc`, `active`.
    pub exploitation: String,
    /// `yes`, `no`.
    pub automatable: String,
    /// `partial`, `total`.
    pub technical_impact: String,
    /// When it was assessed, `YYYY-MM-DD`.
    pub date: Option<String>,
}

/// An entry of CISA's Known Exploited Vulnerabilities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exploited {
    /// `YYYY-MM-DD`.
    pub added: String,
    /// `YYYY-MM-DD`: federal agencies had to act by then.
    pub due: Option<String>,
    /// Used in ransomware campaigns.
    pub ransomware: bool,
    /// The entry's name.
    pub name: String,
}

/// What is known of a CVE whatever it affects. A field that a source does not speak of is none: unknown, not zero.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct VulnerabilityRecord {
    /// `CVE-2024-3094`.
    pub cve: String,
    /// Known to be exploited.
    pub kev: Option<Exploited>,
    /// FIRST's probability of exploitation in the next 30 days, 0 to 1.
    pub epss: Option<f64>,
    /// 0 to 1.
    pub epss_percentile: Option<f64>,
    /// CISA's decision points.
    pub ssvc: Option<Ssvc>,
    /// Vectors.
    pub cvss: Vec<CvssVector>,
    /// `CWE-79` …
    pub cwe: Vec<String>,
    /// The CVE was rejected.
    pub rejected: bool,
}
