//! `pnpm-lock.yaml`, lock file versions 5 to 9 (pnpm/spec, "lockfile").
use std::collections::HashMap;

use casemate_estate::PackageType;
use serde::Deserialize;

use super::{
    Reader,
    library::{Fields, Flag, LOCK_MAX, Libraries, Object, Word, reached, yaml},
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: "pnpm-lock.yaml", wants, read };

fn wants(file: &Candidate<'_>) -> Option<Want> {
    let lock = file.base == "pnpm-lock.yaml" && !file.dir.contains("/node_modules/");
    lock.then_some(Want::Whole(LOCK_MAX))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lock {
    #[serde(default)]
    importers: Fields<Object<Importer>>,
    #[serde(default)]
    packages: Fields<Object<Package>>,
    /// Since version 9: what each package was given, by name, version and peers.
    #[serde(default)]
    snapshots: Fields<Object<Importer>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Importer {
    #[serde(default)]
    dependencies: Fields<Dependency>,
    #[serde(default)]
    optional_dependencies: Fields<Dependency>,
}

/// In an importer `{specifier, version}`, in a snapshot the version alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Dependency {
    Version(String),
    Object { version: String },
    Other(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
struct Package {
    /// Where the key is an address.
    #[serde(default)]
    name: Word,
    /// YAML may take a version for a number: it is asked for as a text.
    version: Option<String>,
    /// Before version 9.
    #[serde(default)]
    dev: Flag,
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, LOCK_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let lock: Lock = match yaml(entry, &text) {
        Ok(lock) => lock,
        Err(facts) => return facts,
    };
    let needed = needed(&lock);
    let mut found = Libraries::new(entry, PackageType::Npm);
    for (key, package) in &lock.packages.0 {
        let package = package.0.as_ref();
        let (name, version) = parted(key);
        if version.starts_with("file:") || version.starts_with("link:") || key.starts_with("file:") {
            continue;
        }
        let named = package.and_then(|package| package.name.get());
        let versioned = package.and_then(|package| package.version.as_deref());
        let address = version.contains([':', '/']) || !version.starts_with(|c: char| c.is_ascii_digit());
        let dev = package.is_some_and(|package| package.dev.is_set())
            || needed.as_ref().is_some_and(|needed| !needed.get(key.as_str()).copied().unwrap_or(true));
        // Only a package that no registry gave says its version beside its key.
        let version = versioned.unwrap_or(if address { "" } else { version });
        found.add(named.unwrap_or(name), version, dev);
    }
    found.done()
}

/// `/name/1.0.0_peer@1` (5), `/name@1.0.0(peer@1)` (6), `name@1.0.0` (9), `registry/name/1.0.0`: name and version.
fn parted(key: &str) -> (&str, &str) {
    let key = key.split('(').next().unwrap_or(key);
    let bare = key.strip_prefix('/').unwrap_or(key);
    // A name holds an `@` only as its first character, and a peer after `_` belongs to version 5, whose parts are slashes.
    let at = bare.char_indices().skip(1).find(|(_, c)| *c == '@').map(|(at, _)| at);
    let peers = bare.find('_');
    if let Some((name, version)) =
        at.filter(|at| peers.is_none_or(|p| p > *at) || !slashed(bare)).and_then(|at| bare.split_at_checked(at))
    {
        return (name, version.trim_start_matches('@'));
    }
    let (name, version) = match bare
        .rmatch_indices('/')
        .find(|(at, _)| bare.get(at + 1..).is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit())))
    {
        Some((at, _)) => (bare.get(..at).unwrap_or_default(), bare.get(at + 1..).unwrap_or_default()),
        None => (bare, ""),
    };
    // `registry.example/@scope/name`: a registry has a dot, and stands before the name.
    let name = match name.split_once('/') {
        Some((registry, name)) if registry.contains('.') && !registry.starts_with('@') => name,
        _ => name,
    };
    (name, version.split('_').next().unwrap_or(version))
}

/// Whether the version follows a slash, as in lock files of version 5.
fn slashed(bare: &str) -> bool {
    let head = bare.split('_').next().unwrap_or(bare);
    head.rsplit_once('/')
        .is_some_and(|(_, version)| version.starts_with(|c: char| c.is_ascii_digit()) && !version.contains('@'))
}

/// Since version 9 nothing says what is needed to build only: what importers reach by `dependencies` is needed to run.
fn needed(lock: &Lock) -> Option<HashMap<String, bool>> {
    if lock.snapshots.0.is_empty() || lock.importers.0.is_empty() {
        return None;
    }
    let numbers: HashMap<&str, usize> =
        lock.snapshots.0.iter().enumerate().map(|(at, (key, _))| (key.as_str(), at)).collect();
    let targets = |of: Option<&Importer>| -> Vec<usize> {
        let Some(of) = of else { return Vec::new() };
        let all = of.dependencies.0.iter().chain(&of.optional_dependencies.0);
        all.filter_map(|(name, dependency)| {
            let version = match dependency {
                Dependency::Version(version) | Dependency::Object { version } => version.as_str(),
                Dependency::Other(_) => return None,
            };
            // An alias says the whole key.
            numbers.get(format!("{name}@{version}").as_str()).or_else(|| numbers.get(version)).copied()
        })
        .collect()
    };
    let edges: Vec<Vec<usize>> = lock.snapshots.0.iter().map(|(_, snapshot)| targets(snapshot.0.as_ref())).collect();
    let roots: Vec<usize> = lock.importers.0.iter().flat_map(|(_, importer)| targets(importer.0.as_ref())).collect();
    let mut needed: HashMap<String, bool> = HashMap::new();
    for ((key, _), reached) in lock.snapshots.0.iter().zip(reached(roots, &edges)) {
        // One package may have several snapshots, one for each set of peers.
        *needed.entry(key.split('(').next().unwrap_or(key).to_owned()).or_default() |= reached;
    }
    Some(needed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::{library::listed, testing::facts};

    #[test]
    fn keys_of_all_versions() {
        for (key, want, why) in [
            ("/a/1.0.0", ("a", "1.0.0"), "5"),
            ("/@s/a/1.0.0", ("@s/a", "1.0.0"), "5, with a scope"),
            ("/a/1.0.0_b@2.0.0", ("a", "1.0.0"), "5, with a peer"),
            ("/@s/a/1.0.0-rc.1_@t+b@2.0.0", ("@s/a", "1.0.0-rc.1"), "5, with a peer of a scope"),
            ("registry.npmjs.org/a/1.0.0", ("a", "1.0.0"), "with its registry"),
            ("/a@1.0.0", ("a", "1.0.0"), "6"),
            ("/@s/a@1.0.0(b@2.0.0)(@t/c@3.0.0)", ("@s/a", "1.0.0"), "6, with peers"),
            ("a@1.0.0", ("a", "1.0.0"), "9"),
            ("@s/a_b@1.0.0", ("@s/a_b", "1.0.0"), "9, with a scope and an underscore"),
            (
                "a@https://codeload.github.com/o/r/tar.gz/c",
                ("a", "https://codeload.github.com/o/r/tar.gz/c"),
                "an address",
            ),
        ] {
            assert_eq!(parted(key), want, "{key}: {why}");
        }
    }

    #[test]
    fn lock_files_of_all_versions() {
        let nine = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1\n        version: 1.0.0(c@3.0.0)\n    \
            devDependencies:\n      d:\n        specifier: ^4\n        version: 4.0.0\npackages:\n  a@1.0.0:\n    resolution: {integrity: x}\n  b@2.0.0:\n    resolution: {integrity: x}\n  \
            c@3.0.0:\n    resolution: {integrity: x}\n  d@4.0.0:\n    resolution: {integrity: x}\n  t@https://h/t.tgz:\n    resolution: {tarball: x}\n    version: 1.10\nsnapshots:\n  a@1.0.0(c@3.0.0):\n    dependencies:\n      b: 2.0.0\n      c: 3.0.0\n  \
            b@2.0.0: {}\n  c@3.0.0: {}\n  d@4.0.0: {}\n";
        let nine = facts("/app/pnpm-lock.yaml", nine.as_bytes());
        assert_eq!(listed(&nine), ["npm/a@1.0.0", "npm/b@2.0.0", "npm/c@3.0.0", "npm/d@4.0.0 dev", "npm/t@1.10"]);
        let five = "lockfileVersion: 5.4\ndependencies:\n  a: 1.0.0\npackages:\n  /a/1.0.0:\n    resolution: {integrity: x}\n    dev: false\n  \
            /@s/b/2.0.0_a@1.0.0:\n    dev: true\n  github.com/o/r/0123abc:\n    resolution: {tarball: x}\n    name: r\n    version: 0.1.0\n  file:../own:\n    name: own\n    version: 0.0.0\n";
        let five = facts("/app/pnpm-lock.yaml", five.as_bytes());
        assert_eq!(listed(&five), ["npm/a@1.0.0", "npm/r@0.1.0", "npm/@s/b@2.0.0 dev"]);
        assert_eq!((nine.problems, five.problems), (vec![], vec![]));
    }

    #[test]
    fn what_is_no_yaml_is_named_and_aliases_do_not_explode() {
        let bomb = format!(
            "a: &a0 [x, x]\n{}packages: *a30\n",
            (0..30).map(|n| format!("b{n}: &a{} [*a{n}, *a{n}, *a{n}]\n", n + 1)).collect::<String>()
        );
        for text in ["packages: [", "\t:", &bomb] {
            let facts = facts("/app/pnpm-lock.yaml", text.as_bytes());
            assert!(facts.packages.is_empty(), "{text}");
        }
    }
}
