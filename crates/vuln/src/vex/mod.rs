//! VEX: OpenVEX, CSAF (profile VEX) and CycloneDX in; OpenVEX out.
use casemate_estate::{Finding, Package, Timestamp};
use serde::Serialize;

/// What a statement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VexStatus {
    /// It does not have it.
    NotAffected,
    /// It has it.
    Affected,
    /// It had it.
    Fixed,
    /// Not known yet.
    UnderInvestigation,
}

/// One statement of a document, for one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VexStatement {
    /// CVE or advisory id, and its aliases.
    pub ids: Vec<String>,
    /// Package URL of the product or subcomponent; its version may be absent, and then holds for all.
    pub purl: Option<String>,
    /// Product that holds the subcomponent: an image's `pkg:oci/…`, a host's id; none for any.
    pub product: Option<String>,
    /// What it says.
    pub status: VexStatus,
    /// `vulnerable_code_not_present` …
    pub justification: Option<String>,
    /// Its words.
    pub statement: String,
    /// Who says so.
    pub author: String,
    /// When; a later one replaces an earlier one.
    pub at: Option<Timestamp>,
    /// The file.
    pub file: String,
}

/// A document that is no VEX.
#[derive(Debug, thiserror::Error)]
#[error("cannot read VEX document `{file}`: {reason}\nhint: {hint}")]
pub struct VexError {
    /// Which.
    pub file: String,
    /// Why, with the place.
    pub reason: String,
    /// What to do.
    pub hint: &'static str,
}

/// Reads a document of any of the three forms.
///
/// # Errors
/// [`VexError`] where it is none of them.
pub fn vex_read(file: &str, bytes: &[u8]) -> Result<Vec<VexStatement>, VexError> {
    let _ = bytes;
    Err(VexError { file: file.into(), reason: "not written yet".into(), hint: "" })
}

/// Whether the statement is about this vulnerability (by any of its ids) in this package of this target.
#[must_use]
pub(crate) fn covers(
    statement: &VexStatement,
    ids: &[&str],
    package: &Package,
    distribution: Option<&str>,
    target: &str,
) -> bool {
    let (_, _, _, _, _) = (statement, ids, package, distribution, target);
    false
}

/// Writes what the findings say as OpenVEX: open ones are affected, resolved ones fixed, exempted ones as their
/// exemption says. Same findings and time, same bytes.
///
/// # Errors
/// [`VexError`] where nothing can be written.
pub fn vex_write(author: &str, findings: &[&Finding], now: Timestamp) -> Result<String, VexError> {
    let (_, _) = (findings, now);
    Err(VexError { file: author.into(), reason: "not written yet".into(), hint: "" })
}
