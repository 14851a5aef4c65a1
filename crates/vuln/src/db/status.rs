use casemate_estate::Timestamp;
use serde::{Deserialize, Serialize};

/// A source as it was at the last update.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceStatus {
    /// Its name.
    pub name: String,
    /// Its format, or several with `+` between them.
    pub format: String,
    /// Where it came from.
    pub url: String,
    /// When it was last taken in.
    pub updated: Timestamp,
    /// The date that the data carry themselves, where they do: the latest advisory.
    pub data_until: Option<Timestamp>,
    /// Documents.
    pub documents: u64,
    /// Advisories.
    pub advisories: u64,
    /// Rows of affected packages.
    pub affected: u64,
    /// Facts of CVEs.
    pub vulnerabilities: u64,
    /// Documents that could not be read, with place and reason; the first hundred.
    pub problems: Vec<String>,
    /// How many there are.
    pub problem_count: u64,
    /// Holds only what was fixed: a package that is absent here is unknown, not clean.
    pub fixed_only: bool,
}

/// The state of a database.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DatabaseStatus {
    /// When it was built.
    pub built: Timestamp,
    /// The key that signed it, 64 hexadecimal digits.
    pub signed_by: String,
    /// Hash of its bytes, 64 hexadecimal digits; verdicts made with it carry it.
    pub hash: String,
    /// Bytes.
    pub bytes: u64,
    /// Its sources.
    pub sources: Vec<SourceStatus>,
    /// Ecosystem to number of rows. `Debian` alone counts what is said of all its releases.
    pub ecosystems: std::collections::BTreeMap<String, u64>,
    /// Ecosystems of which only fixed vulnerabilities are known.
    pub fixed_only: Vec<String>,
}

/// The part of the status that stands in the database itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Contents {
    pub(super) built: Timestamp,
    pub(super) sources: Vec<SourceStatus>,
    pub(super) ecosystems: std::collections::BTreeMap<String, u64>,
    pub(super) fixed_only: Vec<String>,
}
