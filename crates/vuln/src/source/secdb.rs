//! Alpine's secdb (<https://secdb.alpinelinux.org/>), also of Wolfi and Chainguard: which version of a package fixed what.
use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Head, Output, SourceError, debian::below, id::cve_in, json};
use crate::model::{Advisory, Affected, Event, FixState, Record};

pub(crate) fn detect(head: &Head<'_>) -> bool {
    head.has("packages") && head.has("apkurl") && (head.has("reponame") || head.has("urlprefix"))
}

#[derive(Deserialize)]
struct Document {
    distroversion: Option<String>,
    #[serde(default)]
    apkurl: String,
    #[serde(default)]
    urlprefix: String,
    #[serde(default)]
    packages: Option<Vec<Entry>>,
}

#[derive(Deserialize)]
struct Entry {
    pkg: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    secfixes: Option<BTreeMap<String, Option<Vec<String>>>>,
}

fn ecosystem(document: &Document) -> String {
    let from = format!("{} {}", document.apkurl, document.urlprefix);
    if from.contains("wolfi.dev") {
        return "Wolfi".into();
    }
    if from.contains("cgr.dev") || from.contains("chainguard") {
        return "Chainguard".into();
    }
    match document.distroversion.as_deref().map(str::trim).filter(|version| !version.is_empty()) {
        Some(version) => format!("Alpine:{version}"),
        None => "Alpine".into(),
    }
}

pub(crate) fn read(bytes: &[u8], output: &mut Output<'_>) -> Result<(), SourceError> {
    let document: Document = json::parse(bytes)?;
    let ecosystem = ecosystem(&document);
    for Entry { pkg } in document.packages.unwrap_or_default() {
        for (version, ids) in pkg.secfixes.unwrap_or_default() {
            for text in ids.unwrap_or_default() {
                let affected = affected(&ecosystem, &pkg.name, version.trim());
                for advisory in advisories(&text, &affected) {
                    output.record(Record::Advisory(advisory))?;
                }
            }
        }
    }
    Ok(())
}

fn affected(ecosystem: &str, package: &str, version: &str) -> Affected {
    // Version 0: no version of the package ever had it.
    let never = version == "0";
    Affected {
        ecosystem: ecosystem.into(),
        package: package.into(),
        ranges: if never { Vec::new() } else { vec![below(Some(Event::Fixed(version.into())))] },
        state: if never { FixState::NotAffected } else { FixState::Affected },
        ..Affected::default()
    }
}

/// A text may hold several CVEs, other ids of the first, and remarks: `CVE-2019-1 CVE-2019-2 XSA-3 (+ regression fix)`.
fn advisories(text: &str, affected: &Affected) -> Vec<Advisory> {
    let (mut cves, mut others) = (Vec::new(), Vec::new());
    let plain = text.split('(').next().unwrap_or_default();
    for word in plain.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty()) {
        match cve_in(word) {
            Some(cve) => cves.push(cve),
            // An id has a hyphen and a digit: XSA-201, GHSA-…, ZBX-11023.
            None if word.contains('-') && word.bytes().any(|byte| byte.is_ascii_digit()) => {
                others.push(word.to_owned())
            }
            None => {}
        }
    }
    let ids = if cves.is_empty() { std::mem::take(&mut others) } else { cves.clone() };
    ids.into_iter()
        .map(|id| Advisory {
            cves: cve_in(&id).into_iter().collect(),
            aliases: others.clone(),
            affected: vec![affected.clone()],
            id,
            ..Advisory::default()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{lines, read_all};

    #[test]
    fn fixes_by_version() {
        let text = r#"{"distroversion":"v3.19","reponame":"main","urlprefix":"https://dl-cdn.alpinelinux.org/alpine","apkurl":"{{urlprefix}}/x","archs":[],"packages":[
            {"pkg":{"name":"a","secfixes":{"1.2-r3":["CVE-2024-0001 CVE-2024-0002 XSA-3","CVE-2024-0003 (+ regression fix)"],"0":["CVE-2024-0004"],"1-r0":["XSA-201"],"2-r0":null}}},
            {"pkg":{"name":"b","secfixes":null}}]}"#;
        let (format, records, problems) = read_all("main.json", text.as_bytes());
        assert_eq!((format, problems), ("alpine-secdb", vec![]));
        let row = |id: &str, cve: &str, rest: &str| format!("{id} {cve} Alpine:v3.19 a {rest}");
        assert_eq!(
            lines(&records),
            [
                row("CVE-2024-0004", "CVE-2024-0004", "NotAffected"),
                row("XSA-201", "", "Affected Ecosystem[>=0 <1-r0]"),
                row("CVE-2024-0001", "CVE-2024-0001", "Affected Ecosystem[>=0 <1.2-r3]"),
                row("CVE-2024-0002", "CVE-2024-0002", "Affected Ecosystem[>=0 <1.2-r3]"),
                row("CVE-2024-0003", "CVE-2024-0003", "Affected Ecosystem[>=0 <1.2-r3]"),
            ]
        );
    }
}
