//! Alpine's apk: the database of installed packages (<https://wiki.alpinelinux.org/wiki/Apk_spec>, apk-package(5)).
use std::collections::BTreeSet;

use casemate_estate::{PackageType, Source};

use super::{Reader, owned, package, problem, text};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

/// Bytes of the database; one of 500 packages has 2 MiB.
const SIZE_MAX: u64 = 256 << 20;

pub(crate) const READER: Reader = Reader { name: "apk's database", wants, read };

fn wants(file: &Candidate<'_>) -> Option<Want> {
    let there = file.base == "installed" && matches!(file.dir, "/lib/apk/db" | "/usr/lib/apk/db" | "/var/lib/apk/db");
    there.then_some(Want::Whole(SIZE_MAX))
}

/// A package as far as it was read.
#[derive(Default)]
struct Stanza<'a> {
    name: &'a str,
    version: &'a str,
    arch: &'a str,
    origin: &'a str,
    /// The directory that `R:` lines are in.
    dir: &'a str,
    paths: Vec<String>,
    any: bool,
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, SIZE_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let mut facts = Facts::default();
    let mut seen = BTreeSet::new();
    let mut stanza = Stanza::default();
    // An empty line ends the last one too.
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            if stanza.any {
                stanza_read(entry, std::mem::take(&mut stanza), &mut seen, &mut facts);
            }
            continue;
        }
        stanza.any = true;
        // Names of fields have one letter, and their case counts.
        match line.split_once(':') {
            Some(("P", value)) => stanza.name = value.trim(),
            Some(("V", value)) => stanza.version = value.trim(),
            Some(("A", value)) => stanza.arch = value.trim(),
            Some(("o", value)) => stanza.origin = value.trim(),
            Some(("F", value)) => stanza.dir = value.trim_matches('/'),
            Some(("R", value)) if stanza.dir.is_empty() => stanza.paths.push(format!("/{value}")),
            Some(("R", value)) => stanza.paths.push(format!("/{}/{value}", stanza.dir)),
            _ => {}
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        facts.problems.push(problem(entry, "it ends in the middle of a line: packages may be missing", true));
    }
    facts
}

fn stanza_read<'a>(entry: &Entry, stanza: Stanza<'a>, seen: &mut BTreeSet<(&'a str, &'a str)>, facts: &mut Facts) {
    let Stanza { name, version, arch, origin, paths, .. } = stanza;
    if name.is_empty() {
        facts.problems.push(problem(entry, "a paragraph names no package", true));
        return;
    }
    if version.is_empty() {
        facts.problems.push(problem(entry, format!("package `{name}` has no version"), false));
    }
    if !seen.insert((name, version)) {
        facts.problems.push(problem(entry, format!("package `{name}` stands there twice"), false));
        return;
    }
    let mut found = package(entry, PackageType::Apk, name, version);
    found.arch = Some(arch).filter(|arch| !matches!(*arch, "" | "noarch")).map(str::to_owned);
    // The packages of one origin are built together and have one version.
    found.source =
        Some(Source { name: if origin.is_empty() { name } else { origin }.to_owned(), version: version.to_owned() });
    facts.packages.push(found);
    facts.owned.extend(owned(PackageType::Apk, name, paths.iter().map(String::as_str)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::testing::facts;

    const PATH: &str = "/lib/apk/db/installed";

    #[test]
    fn packages_have_their_origin_and_files() {
        let text = "C:Q1x=\nP:libcrypto3\nV:3.1.4-r5\nA:x86_64\no:openssl\nF:lib\nR:libcrypto.so.3\na:0:0:755\nZ:Q1=\nF:\nR:x\n\n\
                    P:base\nV:1-r0\nA:noarch\n";
        let facts = facts(PATH, text.as_bytes());
        assert_eq!(facts.problems, []);
        let [crypto, base] = facts.packages.as_slice() else { panic!("{facts:?}") };
        assert_eq!(crypto.source, Some(Source { name: "openssl".into(), version: "3.1.4-r5".into() }));
        assert_eq!((crypto.arch.as_deref(), base.arch.as_deref()), (Some("x86_64"), None));
        assert_eq!(base.source.as_ref().map(|source| source.name.as_str()), Some("base"), "its own origin");
        assert_eq!(facts.owned[0].paths, ["/lib/libcrypto.so.3", "/x"]);
    }

    #[test]
    fn oddities_are_named_and_lose_nothing() {
        for (text, packages, reason, why) in [
            ("P:x\n", 1, "package `x` has no version", "no version"),
            ("V:1\n\nP:x\nV:1\n", 1, "a paragraph names no package", "no name"),
            ("P:x\nV:1\n\n\nP:x\nV:1\n", 1, "package `x` stands there twice", "twice"),
            ("P:x\nV:1", 1, "it ends in the middle of a line: packages may be missing", "cut off"),
        ] {
            let facts = facts(PATH, text.as_bytes());
            let reasons: Vec<&str> = facts.problems.iter().map(|problem| problem.reason.as_str()).collect();
            assert_eq!((facts.packages.len(), reasons), (packages, vec![reason]), "{why}");
        }
    }
}
