//! The dependency policy: licences, advisories, duplicates.
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{Chore, metadata::Metadata};

/// Licences that may be linked into an Apache-2.0 program.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages that stand in the lock file in more than one version, each with why. An entry that is no longer true is an
/// error too, so that the list stays short.
const DUPLICATES: &[(&str, &str)] = &[
    ("foldhash", "hashlink below rusqlite is one release behind"),
    ("getrandom", "jsonschema's ahash is one release behind; tests only"),
    ("hashbrown", "hashlink below rusqlite, and referencing below jsonschema (tests only), are behind"),
    ("lock_api", "referencing below jsonschema; tests only"),
    ("num-bigint", "der-parser below x509-parser is one release behind regorus"),
    ("parking_lot", "referencing below jsonschema; tests only"),
    ("parking_lot_core", "referencing below jsonschema; tests only"),
    ("syn", "derive macros move to 3 one by one; build time only"),
    ("synstructure", "as syn"),
    ("winnow", "toml carries its own older parser beside toml_parser's"),
];

/// Advisories that do not touch us, each with why.
const ACCEPTED: &[(&str, &str)] = &[];

/// Checks all three.
pub(crate) fn run(_: &[String]) -> Chore {
    let metadata = Metadata::load()?;
    let mut wrong = licences(&metadata);
    wrong.extend(duplicates(&metadata));
    wrong.extend(advisories(&metadata)?);
    if wrong.is_empty() {
        println!("dependencies: {} packages are within the policy", metadata.packages.len());
        return Ok(());
    }
    Err(wrong.join("\n  "))
}

fn licences(metadata: &Metadata) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let fine = match (&package.license, &package.license_file) {
            (Some(text), _) => licence_fits(text),
            (None, _) => false,
        };
        if !fine {
            wrong.push(format!(
                "{} {}: licence {:?} is not in the list",
                package.name, package.version, package.license
            ));
        }
    }
    wrong
}

/// Whether some choice of an SPDX expression of `OR`, `AND` and brackets is within the list. `/` is the old `OR`.
fn licence_fits(text: &str) -> bool {
    let text = text.replace('/', " OR ").replace(['(', ')'], " ");
    // With brackets gone, `A AND (B OR C)` reads as `A AND B OR C`; every word on its own must then fit on one side.
    text.split(" OR ").any(|side| side.split(" AND ").all(|word| LICENCES.contains(&word.trim())))
}

fn duplicates(metadata: &Metadata) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in &metadata.packages {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    let mut wrong = Vec::new();
    for (name, versions) in &versions {
        let listed = DUPLICATES.iter().any(|(known, _)| known == name);
        if versions.len() > 1 && !listed {
            wrong.push(format!("{name} comes in versions {versions:?}: unify them, or add it to DUPLICATES with why"));
        }
        if versions.len() == 1 && listed {
            wrong.push(format!("{name} is in DUPLICATES and comes in one version only: remove it there"));
        }
    }
    wrong
}

/// RustSec's advisories from the corpus beside the repository, where it is; `cargo deny check advisories` otherwise.
fn advisories(metadata: &Metadata) -> Result<Vec<String>, String> {
    let unpack = Path::new(&metadata.workspace_root).join("../shared/data/unpack");
    if !unpack.exists() {
        println!(
            "dependencies: advisories skipped: ../shared/data is absent; `cargo deny check advisories` asks RustSec"
        );
        return Ok(Vec::new());
    }
    let output = std::process::Command::new(&unpack)
        .arg("vuln-osv")
        .output()
        .map_err(|error| format!("cannot unpack the RustSec corpus: {error}"))?;
    let directory = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let folder = Path::new(&directory).join("rustsec/crates").join(&package.name);
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            let id = entry.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let listed = ACCEPTED.iter().any(|(known, _)| *known == id);
            if !listed && !text.contains("withdrawn =") && !is_patched(&text, &package.version) {
                wrong.push(format!(
                    "{} {} is named by {id}: upgrade it, or add it to ACCEPTED with why",
                    package.name, package.version
                ));
            }
        }
    }
    Ok(wrong)
}

/// Whether the `patched` or `unaffected` requirements of an advisory (TOML lists of semver requirements) hold.
fn is_patched(advisory: &str, version: &str) -> bool {
    let Some(version) = numbers(version) else { return false };
    ["patched", "unaffected"].iter().any(|field| {
        let Some((_, rest)) = advisory.split_once(&format!("{field} = [")) else { return false };
        let Some((list, _)) = rest.split_once(']') else { return false };
        list.split('"').skip(1).step_by(2).any(|requirement| {
            requirement.split(',').all(|part| {
                let part = part.trim();
                let at = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
                let (op, number) = part.split_at(at);
                let Some(number) = numbers(number) else { return false };
                match op.trim() {
                    ">=" => version >= number,
                    ">" => version > number,
                    "<" => version < number,
                    "<=" => version <= number,
                    "=" => version == number,
                    // A caret, written or not: the same up to the first number that is not zero.
                    "^" | "" => version >= number && compatible(&version, &number),
                    "~" => version >= number && version.0 == number.0 && version.1 == number.1,
                    _ => false,
                }
            })
        })
    })
}

type Numbers = (u64, u64, u64);

fn numbers(text: &str) -> Option<Numbers> {
    let core = text.split(['-', '+']).next()?;
    let mut parts = core.split('.').map(|part| part.trim().parse::<u64>());
    let first = parts.next()?.ok()?;
    Some((first, parts.next().and_then(Result::ok).unwrap_or(0), parts.next().and_then(Result::ok).unwrap_or(0)))
}

fn compatible(a: &Numbers, b: &Numbers) -> bool {
    match b {
        (0, 0, _) => a == b,
        (0, minor, _) => a.0 == 0 && a.1 == *minor,
        (major, ..) => a.0 == *major,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_expressions() {
        for (text, want) in [
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0", false),
            ("GPL-3.0 OR MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ] {
            assert_eq!(licence_fits(text), want, "{text}");
        }
    }

    #[test]
    fn a_patched_version_is_known() {
        let advisory = "patched = [\">= 1.2.3\", \"^0.9.4\"]\nunaffected = [\"< 0.5.0\"]";
        for (version, want) in [("1.2.3", true), ("1.2.2", false), ("0.9.5", true), ("0.9.3", false), ("0.4.9", true)] {
            assert_eq!(is_patched(advisory, version), want, "{version}");
        }
    }
}
