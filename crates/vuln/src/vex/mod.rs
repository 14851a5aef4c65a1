//! VEX: OpenVEX, CSAF 2 and CycloneDX in; OpenVEX out. Start at [`vex_read`] and [`covers`].
//!
//! **Invariant:** a statement counts only where its product and its package are proven to be meant: what cannot be told
//! apart takes nothing away, for a statement that reached too far would be a wrong pass.
mod csaf;
mod cyclonedx;
mod openvex;

use casemate_estate::{Finding, Package, PackageType, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::purl::package_of;

/// Bytes of a document.
const DOCUMENT_MAX: usize = 256 << 20;
/// Statements of a document, each for one product.
const STATEMENTS_MAX: usize = 2_000_000;

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

impl VexError {
    fn new(file: &str, reason: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            reason: reason.into(),
            hint: "give OpenVEX, CSAF 2 or CycloneDX with vulnerabilities, as JSON",
        }
    }
}

/// Reads a document of any of the three forms.
///
/// # Errors
/// [`VexError`] where it is none of them, malformed, or too large.
pub fn vex_read(file: &str, bytes: &[u8]) -> Result<Vec<VexStatement>, VexError> {
    if bytes.len() > DOCUMENT_MAX {
        return Err(VexError::new(file, format!("it has {} bytes, more than {DOCUMENT_MAX}", bytes.len())));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let document: Value = serde_json::from_slice(bytes)
        .map_err(|error| VexError::new(file, format!("line {}, column {}: {error}", error.line(), error.column())))?;
    let context = document.get("@context").map(Value::to_string).unwrap_or_default();
    let statements = if context.contains("openvex") {
        openvex::read(file, &document)?
    } else if document.pointer("/document/csaf_version").is_some() {
        csaf::read(file, &document)?
    } else if document.get("bomFormat").and_then(Value::as_str) == Some("CycloneDX") {
        cyclonedx::read(file, &document)?
    } else {
        return Err(VexError::new(file, "it is neither OpenVEX, CSAF nor CycloneDX"));
    };
    if statements.len() > STATEMENTS_MAX {
        return Err(VexError::new(file, format!("it has more than {STATEMENTS_MAX} statements")));
    }
    Ok(statements)
}

/// Whether the statement is about this vulnerability (by any of its ids) in this package of this target.
///
/// `distribution`: `ID-VERSION`, as `debian-12`. A purl without a version holds for all versions; qualifiers `arch` and
/// `distro` must fit where the statement has them, and `arch=source` (or `src`) means the source package.
#[must_use]
pub(crate) fn covers(
    statement: &VexStatement,
    ids: &[&str],
    package: &Package,
    distribution: Option<&str>,
    target: &str,
) -> bool {
    statement.ids.iter().any(|id| ids.contains(&id.as_str()))
        && statement.product.as_deref().is_none_or(|product| product_fits(product, distribution, target))
        && statement.purl.as_deref().is_some_and(|purl| purl_fits(purl, package, distribution))
}

/// A target's id, an image by its digest, or the CPE of a distribution's release.
fn product_fits(product: &str, distribution: Option<&str>, target: &str) -> bool {
    if product == target {
        return true;
    }
    if let (Some(digest), true) = (target.strip_prefix("image://sha256:"), product.starts_with("pkg:")) {
        return product.to_ascii_lowercase().contains(&digest.to_ascii_lowercase()) && digest.len() == 64;
    }
    // `cpe:/o:redhat:enterprise_linux:9::baseos`, `cpe:2.3:o:redhat:enterprise_linux:9:*:…`.
    let Some(rest) = product.strip_prefix("cpe:/").or_else(|| product.strip_prefix("cpe:2.3:")) else { return false };
    let parts: Vec<&str> = rest.split(':').collect();
    let (Some(vendor), Some(name), Some(version)) = (parts.get(1), parts.get(2), parts.get(3)) else { return false };
    let Some((id, release)) = distribution.and_then(|text| text.rsplit_once('-')) else { return false };
    let known: &[&str] = match (*vendor, *name) {
        ("redhat", "enterprise_linux" | "rhel" | "rhel_eus" | "rhel_aus" | "rhel_e4s" | "rhel_tus") => {
            &["rhel", "redhat"]
        }
        ("debian", "debian_linux") => &["debian"],
        ("canonical", "ubuntu_linux") => &["ubuntu"],
        ("alpinelinux", "alpine_linux") => &["alpine"],
        ("suse", "linux_enterprise_server" | "sles") => &["sles"],
        ("opensuse", "leap") => &["opensuse-leap"],
        _ => &[],
    };
    let fits = |a: &str, b: &str| a == b || a.strip_prefix(b).is_some_and(|rest| rest.starts_with('.'));
    // `9` of a statement is all of 9; `9.2` is not 9.4.
    known.contains(&id) && !version.is_empty() && *version != "*" && *version != "-" && fits(release, version)
}

fn purl_fits(purl: &str, package: &Package, distribution: Option<&str>) -> bool {
    let Ok((said, said_distribution)) = package_of(purl) else { return false };
    let kind = if package.kind == PackageType::Kernel { PackageType::Deb } else { package.kind };
    if said.kind != kind || said.namespace != package.namespace {
        return false;
    }
    let of_source = matches!(said.arch.as_deref(), Some("source" | "src"));
    let (name, version) = match (&package.source, of_source) {
        (Some(source), true) => (source.name.as_str(), source.version.as_str()),
        _ => (package.name.as_str(), package.version.as_str()),
    };
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b) || (kind == PackageType::Pypi && plain(a) == plain(b));
    let arch_fits = of_source || said.arch.is_none() || said.arch == package.arch;
    // A purl's namespace alone (`debian`) says no release, and holds for every one.
    let distribution_fits = said_distribution.is_none_or(|said| {
        let (id, release) = distribution.and_then(|text| text.rsplit_once('-')).unwrap_or(("", ""));
        let id_fits = said.id == id || (said.id == "redhat" && id == "rhel");
        id_fits && (said.version.is_empty() || said.version == release || release.starts_with(&format!("{}.", said.version)))
            // A codename is not compared with a number.
            && said.codename.is_none()
    });
    same(&said.name, name) && (said.version.is_empty() || said.version == version) && arch_fits && distribution_fits
}

/// PEP 503.
fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace(['_', '.'], "-")
}

/// Writes what the findings say as OpenVEX: what fails is affected, what is proven over is fixed, what a statement took
/// away is not affected with its justification, what is not known is under investigation. Same findings and time, same
/// bytes.
///
/// # Errors
/// [`VexError`] where nothing can be written.
pub fn vex_write(author: &str, findings: &[&Finding], now: Timestamp) -> Result<String, VexError> {
    openvex::write(author, findings, now)
}

#[cfg(test)]
mod tests;
