//! Software bills of materials: CycloneDX 1.2 to 1.7 (JSON) and SPDX 2.2 and 2.3 (JSON, tag-value) in, CycloneDX 1.6 and
//! SPDX 2.3 (JSON) out. Start at [`sbom_read`] and [`sbom_write`].
//!
//! **Invariant:** what is written reads back as the same packages, so that scanning the document finds what scanning the
//! target finds. **Invariant:** a component that cannot be matched is a package of type generic or a problem, never dropped.
mod cyclonedx;
mod spdx;
mod tag_value;

use std::collections::{BTreeMap, BTreeSet};

use casemate_estate::{Distribution, Inventory, Package, Problem, Timestamp};
use sha2::{Digest, Sha256};

/// Bytes of a document.
const DOCUMENT_MAX: usize = 512 << 20;
/// Components of a document.
const COMPONENTS_MAX: usize = 2_000_000;

/// Which form to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SbomFormat {
    /// CycloneDX 1.6 JSON.
    CycloneDx,
    /// SPDX 2.3 JSON.
    Spdx,
}

/// A document that is no bill of materials that can be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot read bill of materials `{file}`: {reason}\nhint: {hint}")]
pub struct SbomError {
    /// Which.
    pub file: String,
    /// Why, with the place.
    pub reason: String,
    /// What to do.
    pub hint: &'static str,
}

impl SbomError {
    fn new(file: &str, reason: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            reason: reason.into(),
            hint: "give CycloneDX (JSON) or SPDX 2 (JSON or tag-value)",
        }
    }
}

/// What a document describes and holds, while it is read.
#[derive(Debug, Default)]
struct Reading {
    name: String,
    distribution: Option<Distribution>,
    /// The distribution that purls say, for documents that name none by itself; with how many say so.
    said: BTreeMap<(String, String), (usize, Distribution)>,
    packages: BTreeMap<(String, String), Package>,
    problems: Vec<Problem>,
}

impl Reading {
    fn said_add(&mut self, distribution: Distribution) {
        let key = (distribution.id.clone(), distribution.version.clone());
        self.said.entry(key).or_insert((0, distribution)).0 += 1;
    }

    /// Two components of one package and version are one package with the places of both.
    fn package_add(&mut self, package: Package) {
        match self.packages.entry((package.key(), package.version.clone())) {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(package);
            }
            std::collections::btree_map::Entry::Occupied(mut there) => {
                there.get_mut().locations.extend(package.locations);
            }
        }
    }

    fn problem_add(&mut self, place: String, reason: String, incomplete: bool) {
        self.problems.push(Problem { path: place, reason, incomplete });
    }

    fn finish(mut self) -> (String, Inventory) {
        if self.distribution.is_none() {
            self.distribution = self
                .said
                .into_values()
                .max_by_key(|(count, distribution)| (*count, !distribution.version.is_empty()))
                .map(|(_, distribution)| distribution);
        }
        self.problems.sort();
        self.problems.dedup();
        let inventory = Inventory {
            distribution: self.distribution,
            packages: self.packages.into_values().collect(),
            problems: self.problems,
        };
        (self.name, inventory)
    }
}

/// Reads a document; what it holds beside packages is left. Gives the name of what it describes and its inventory;
/// components that cannot be matched (no purl, unknown type) are packages of type generic or problems, never dropped.
///
/// # Errors
/// [`SbomError`] where it is neither CycloneDX nor SPDX, or malformed, or larger than 512 MiB.
pub fn sbom_read(file: &str, bytes: &[u8]) -> Result<(String, Inventory), SbomError> {
    if bytes.len() > DOCUMENT_MAX {
        return Err(SbomError::new(file, format!("it has {} bytes, more than {DOCUMENT_MAX}", bytes.len())));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| SbomError::new(file, format!("byte {} is not UTF-8", error.valid_up_to())))?;
    let start = text.trim_start();
    if start.starts_with("SPDXVersion:") || start.starts_with('#') {
        return Ok(tag_value::read(file, text)?.finish());
    }
    if start.starts_with('<') {
        return Err(SbomError::new(file, "it is XML"));
    }
    let document: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| SbomError::new(file, format!("line {}, column {}: {error}", error.line(), error.column())))?;
    let reading = if document.get("bomFormat").and_then(serde_json::Value::as_str) == Some("CycloneDX") {
        cyclonedx::read(file, &document)?
    } else if document.get("spdxVersion").is_some() {
        spdx::read(file, &document)?
    } else {
        return Err(SbomError::new(file, "it has neither `bomFormat: CycloneDX` nor `spdxVersion`"));
    };
    Ok(reading.finish())
}

/// Writes the inventory of the target `id`, called `name`. Same inventory and time, same bytes.
///
/// # Errors
/// [`SbomError`] where a package has no valid purl.
pub fn sbom_write(
    format: SbomFormat,
    id: &str,
    name: &str,
    inventory: &Inventory,
    now: Timestamp,
) -> Result<String, SbomError> {
    let document = match format {
        SbomFormat::CycloneDx => cyclonedx::write(id, name, inventory, now)?,
        SbomFormat::Spdx => spdx::write(id, name, inventory, now)?,
    };
    let mut text = serde_json::to_string_pretty(&document)
        .map_err(|error| SbomError::new(id, format!("it cannot be written: {error}")))?;
    text.push('\n');
    Ok(text)
}

/// A UUID (RFC 9562, version 8) that the same document gets again.
fn uuid(id: &str, inventory: &Inventory, now: Timestamp) -> String {
    let mut hasher = Sha256::new();
    hasher.update(id.as_bytes());
    hasher.update(now.to_string().as_bytes());
    for package in &inventory.packages {
        hasher.update(package.key().as_bytes());
        hasher.update(package.version.as_bytes());
    }
    let mut hex: Vec<char> =
        hasher.finalize().iter().take(16).flat_map(|byte| format!("{byte:02x}").chars().collect::<Vec<_>>()).collect();
    if let Some(version) = hex.get_mut(12) {
        *version = '8';
    }
    if let Some(variant) = hex.get_mut(16) {
        *variant = 'a';
    }
    let hex: String = hex.into_iter().collect();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default().to_owned();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// A reference that is unique in its document: the purl, with a number where packages share it.
fn reference(purl: &str, used: &mut BTreeSet<String>) -> String {
    let mut out = purl.to_owned();
    let mut number = 1;
    while !used.insert(out.clone()) {
        number += 1;
        out = format!("{purl}#{number}");
    }
    out
}

#[cfg(test)]
mod tests;
