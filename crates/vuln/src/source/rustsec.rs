//! RustSec (<https://github.com/rustsec/advisory-db>): Markdown whose first block is TOML, with the versions that are safe.
use casemate_version::Syntax;
use serde::Deserialize;

use super::{Head, Output, SourceError, date::date, id::cve_in, safe};
use crate::model::{Advisory, Affected, CvssVector, RangeType, Record};

pub(crate) fn detect(head: &Head<'_>) -> bool {
    let text = head.text().trim_start();
    text.starts_with("```toml") && text.lines().take(20).any(|line| line.trim() == "[advisory]")
}

#[derive(Deserialize)]
struct Document {
    advisory: Meta,
    #[serde(default)]
    versions: Versions,
}

#[derive(Deserialize)]
struct Meta {
    id: String,
    package: String,
    date: Option<String>,
    collection: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    cvss: Option<String>,
    informational: Option<String>,
    withdrawn: Option<String>,
}

#[derive(Default, Deserialize)]
struct Versions {
    #[serde(default)]
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
}

pub(crate) fn read(bytes: &[u8], output: &mut Output<'_>) -> Result<(), SourceError> {
    let text = std::str::from_utf8(bytes).map_err(|error| SourceError::at("document", error))?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let body = text.strip_prefix("```toml").unwrap_or(text);
    let Some((front, prose)) = body.split_once("\n```") else {
        return Err(SourceError::at("line 1", "the block of TOML has no end"));
    };
    let document: Document = toml::from_str(front).map_err(|error| {
        let before = error.span().and_then(|span| front.get(..span.start)).unwrap_or_default();
        SourceError::at(format!("line {}", before.matches('\n').count() + 1), error.message())
    })?;
    let meta = document.advisory;
    let requirements = document.versions.patched.iter().chain(&document.versions.unaffected);
    let range = safe::rest(requirements, Syntax::Cargo, RangeType::Semver, after)
        .map_err(|error| SourceError::at(&meta.id, error))?;
    // Crates and the toolchain's own parts share names (`cargo`), so they are two ecosystems.
    let toolchain = meta.collection.as_deref() == Some("rust") || output.name.split('/').any(|part| part == "rust");
    let affected = range.map(|range| Affected {
        ecosystem: if toolchain { "Rust" } else { "crates.io" }.into(),
        package: meta.package.clone(),
        ranges: vec![range],
        // `unmaintained`, `unsound`, `notice`: no vulnerability by itself.
        urgency: meta.informational.clone(),
        ..Affected::default()
    });
    let title = prose.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
    output.record(Record::Advisory(Advisory {
        cves: std::iter::once(&meta.id).chain(&meta.aliases).filter_map(|id| cve_in(id)).collect(),
        aliases: meta.aliases,
        summary: title.to_owned(),
        published: meta.date.as_deref().and_then(date),
        withdrawn: meta.withdrawn.is_some(),
        cvss: meta
            .cvss
            .map(|vector| CvssVector { vector, source: "rustsec".into(), score: None })
            .into_iter()
            .collect(),
        affected: affected.into_iter().collect(),
        id: meta.id,
        ..Advisory::default()
    }))
}

/// The version right after `version`, by the order of Semantic Versioning.
fn after(version: &str) -> String {
    let version = version.split('+').next().unwrap_or(version);
    if version.contains('-') {
        return format!("{version}.0");
    }
    match version.rsplit_once('.').and_then(|(head, last)| Some((head, last.parse::<u64>().ok()?.checked_add(1)?))) {
        Some((head, last)) => format!("{head}.{last}-0"),
        None => version.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{lines, read_all, read_as};

    fn sample(versions: &str) -> String {
        format!(
            "```toml\n[advisory]\nid = \"RUSTSEC-2024-0001\"\npackage = \"a_b\"\ndate = \"2024-12-09\"\naliases = [\"CVE-2024-0001\"]\n\n[versions]\n{versions}\n```\n# A title\n\nProse.\n"
        )
    }

    #[test]
    fn what_is_not_safe_is_affected() {
        for (versions, want, why) in [
            ("patched = []", " Affected Semver[>=0]", "never fixed"),
            ("patched = [\">= 1.2.3\"]", " Affected Semver[>=0 <1.2.3]", "fixed"),
            (
                "patched = [\">= 1.2.3\"]\nunaffected = [\"< 1.0.0\"]",
                " Affected Semver[>=1.0.0 <1.2.3]",
                "begins later",
            ),
            (
                "patched = [\"^1.2.3\", \">= 2.1.0\"]",
                " Affected Semver[>=0 <1.2.3 >=2.0.0-0 <2.1.0]",
                "two lines of releases",
            ),
            ("patched = [\">= 1.0.5, < 1.1.0\", \">= 1.1.2\"]", " Affected Semver[>=0 <1.0.5 >=1.1.0 <1.1.2]", "and"),
            ("patched = [\">= 2.0.0\", \">= 1.5.0\"]", " Affected Semver[>=0 <1.5.0]", "the wider one holds"),
            ("patched = [\"> 1.2.3\"]", " Affected Semver[>=0 <=1.2.3]", "beyond a version"),
            ("patched = []\nunaffected = [\"<= 1.2.3\"]", " Affected Semver[>=1.2.4-0]", "up to a version"),
            ("patched = []\nunaffected = [\"= 1.2.3\"]", " Affected Semver[>=0 <1.2.3 >=1.2.4-0]", "one version"),
            ("patched = [\"^0.2.3\"]", " Affected Semver[>=0 <0.2.3 >=0.3.0-0]", "caret below 1"),
            ("patched = [\"~1.2\"]", " Affected Semver[>=0 <1.2.0 >=1.3.0-0]", "tilde"),
            ("patched = [\"1.2.*\"]", " Affected Semver[>=0 <1.2.0 >=1.3.0-0]", "wildcard"),
            ("patched = []\nunaffected = [\"< 1.0.0\", \">= 1.0.0\"]", "", "nothing is affected"),
            ("patched = [\"< 1.0.0, > 2.0.0\", \">= 3.0.0\"]", " Affected Semver[>=0 <3.0.0]", "nothing satisfies it"),
        ] {
            let (format, records, problems) = read_all("RUSTSEC-2024-0001.md", sample(versions).as_bytes());
            assert_eq!((format, problems), ("rustsec", vec![]));
            let package = if want.is_empty() { "" } else { " crates.io a_b" };
            assert_eq!(
                lines(&records),
                [format!("RUSTSEC-2024-0001 CVE-2024-0001{package}{want}")],
                "{versions}: {why}"
            );
        }
    }

    #[test]
    fn damage_has_a_place() {
        let format = crate::source::format_named("rustsec").unwrap();
        for (text, want) in [
            ("```toml\n[advisory]\nid = \"x\"\n", "line 1: the block of TOML has no end"),
            ("```toml\n[advisory]\nid = 1\npackage = \"a\"\n```\n", "line 3: "),
            (sample("patched = [\"newest\"]").as_str(), "RUSTSEC-2024-0001: `newest` is no "),
        ] {
            let (_, _, result) = read_as(format, "x", text.as_bytes());
            let error = result.unwrap_err().to_string();
            assert!(error.starts_with(want), "{error}");
        }
    }
}
