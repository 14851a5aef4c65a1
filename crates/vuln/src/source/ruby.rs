//! ruby-advisory-db (<https://github.com/rubysec/ruby-advisory-db>): YAML with the versions that are safe.
use casemate_version::Syntax;
use serde::Deserialize;

use super::{Head, Output, SourceError, date::date, id::cve_in, safe};
use crate::model::{Advisory, Affected, CvssVector, RangeType, Record};

pub(crate) fn detect(head: &Head<'_>) -> bool {
    ["gem", "engine", "library"].iter().any(|key| head.has_yaml(key))
        && ["title", "date", "url"].iter().all(|key| head.has_yaml(key))
}

#[derive(Deserialize)]
struct Document {
    gem: Option<String>,
    engine: Option<String>,
    library: Option<String>,
    cve: Option<String>,
    ghsa: Option<String>,
    osvdb: Option<String>,
    #[serde(default)]
    title: String,
    date: Option<String>,
    cvss_v2: Option<f64>,
    cvss_v3: Option<f64>,
    cvss_v4: Option<f64>,
    #[serde(default)]
    patched_versions: Option<Vec<String>>,
    #[serde(default)]
    unaffected_versions: Option<Vec<String>>,
}

pub(crate) fn read(bytes: &[u8], output: &mut Output<'_>) -> Result<(), SourceError> {
    let document: Document = serde_yaml_ng::from_slice(bytes).map_err(|error| {
        let place = error.location().map(|at| format!("line {} column {}", at.line(), at.column()));
        SourceError::at(place.unwrap_or_else(|| "document".into()), error)
    })?;
    let cve = document.cve.as_deref().and_then(cve_in);
    let ghsa = document.ghsa.map(|id| if id.starts_with("GHSA-") { id } else { format!("GHSA-{id}") });
    let osvdb = document.osvdb.map(|id| format!("OSVDB-{id}"));
    let ids: Vec<String> = [cve.clone(), ghsa, osvdb].into_iter().flatten().collect();
    let stem = output.name.rsplit('/').next().unwrap_or_default().trim_end_matches(".yml").to_owned();
    let id = ids.first().cloned().unwrap_or(stem);
    // Interpreters (`ruby`, `jruby`) and their parts are no gems, though some gems have their names.
    let (ecosystem, package) = match (document.gem, document.engine.or(document.library)) {
        (Some(gem), _) => ("RubyGems", gem),
        (None, Some(engine)) => ("Ruby", engine),
        (None, None) => return Err(SourceError::at(id, "names neither gem nor engine")),
    };
    let patched = document.patched_versions.unwrap_or_default();
    let unaffected = document.unaffected_versions.unwrap_or_default();
    let range = safe::rest(patched.iter().chain(&unaffected), Syntax::Gem, RangeType::Ecosystem, after)
        .map_err(|error| SourceError::at(&id, error))?;
    let affected = range.map(|range| Affected {
        ecosystem: ecosystem.into(),
        package,
        ranges: vec![range],
        ..Affected::default()
    });
    let scores = [document.cvss_v4, document.cvss_v3, document.cvss_v2];
    output.record(Record::Advisory(Advisory {
        cves: cve.into_iter().collect(),
        aliases: ids,
        summary: document.title,
        published: document.date.as_deref().and_then(date),
        // Only scores are published, no vectors.
        cvss: scores
            .into_iter()
            .flatten()
            .filter(|score| (0.0..=10.0).contains(score))
            .map(|score| CvssVector { vector: String::new(), source: "rubysec".into(), score: Some(score) })
            .collect(),
        affected: affected.into_iter().collect(),
        id,
        ..Advisory::default()
    }))
}

/// A version after `version` and before any that is published: RubyGems' order has no next one, and zeros at the end do not
/// count.
fn after(version: &str) -> String {
    format!("{version}.0.0.0.0.1")
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{lines, read_all};

    #[test]
    fn what_is_not_safe_is_affected() {
        for (versions, want, why) in [
            ("", "[>=0]", "never fixed"),
            ("patched_versions:\n  - \">= 3.0.6\"\n", "[>=0 <3.0.6]", "fixed"),
            (
                "unaffected_versions:\n  - \"< 6.0.0\"\npatched_versions:\n  - \"~> 6.0.3, >= 6.0.3.5\"\n  - \">= 6.1.2.1\"\n",
                "[>=6.0.0 <6.0.3.5 >=6.1.A <6.1.2.1]",
                "two lines of releases",
            ),
            ("patched_versions:\n  - \"> 1.2\"\n", "[>=0 <=1.2]", "beyond a version"),
            ("patched_versions:\n  - \"~> 3.1.0-rc\"\n  - '>= 3.2'\n", "[>=0 <3.1.0-rc >=3.2.A <3.2]", "a pre-release"),
            ("unaffected_versions:\n  - \"<= 1.2\"\n", "[>=1.2.0.0.0.0.1]", "up to a version"),
        ] {
            let text = format!(
                "---\ngem: A_b\ncve: 2024-0001\nghsa: x76w-6vjr-8xgj\nurl: https://h/\ntitle: A title\ndate: 2024-10-15\n{versions}"
            );
            let (format, records, problems) = read_all("gems/A_b/CVE-2024-0001.yml", text.as_bytes());
            assert_eq!((format, problems), ("ruby-advisory-db", vec![]));
            assert_eq!(
                lines(&records),
                [format!("CVE-2024-0001 CVE-2024-0001 RubyGems A_b Affected Ecosystem{want}")],
                "{why}"
            );
        }
        let text = "engine: jruby\nghsa: x\nurl: u\ntitle: t\ndate: 2024-01-01\npatched_versions: ['>= 1']\n";
        let (_, records, _) = read_all("x.yml", text.as_bytes());
        assert_eq!(lines(&records), ["GHSA-x  Ruby jruby Affected Ecosystem[>=0 <1]"], "no gem");
    }
}
