use casemate_estate::Finding;
use serde::Serialize;

/// Findings that one action closes: `upgrade openssl to 3.0.13-1~deb12u1: closes 14, two of them exploited`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The target that it is on.
    pub target: String,
    /// `upgrade`, `restart`, `reboot`, `rebuild` (the base of an image), `replace` (end of life), `wait` (no fix).
    pub action: String,
    /// One sentence that says what to do and what it closes.
    pub title: String,
    /// Source package or library.
    pub package: String,
    /// The version to go to.
    pub to: Option<String>,
    /// Ids of the findings, highest risk first.
    pub findings: Vec<String>,
    /// CVEs, sorted.
    pub cves: Vec<String>,
    /// How many of the CVEs are known to be exploited.
    pub exploited: usize,
    /// How many of the findings are on packages that are in memory now.
    pub loaded: usize,
    /// The highest risk.
    pub risk: u8,
    /// Exact commands, where the package manager has them.
    pub commands: Vec<String>,
}

/// Groups open vulnerability findings; highest risk first, then the number closed.
#[must_use]
pub fn groups(findings: &[&Finding]) -> Vec<Group> {
    let _ = findings;
    Vec::new()
}
