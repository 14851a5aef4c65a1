//! Node.js: installed packages (`node_modules/**/package.json`) and npm's `package-lock.json` and `npm-shrinkwrap.json`,
//! lock file versions 1 to 3 (npm docs, "package-lock.json").
use casemate_estate::PackageType;
use serde::Deserialize;

use super::{
    Reader,
    library::{Fields, Flag, LOCK_MAX, Libraries, METADATA_MAX, Object, Word, json, shown},
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const INSTALLED: Reader =
    Reader { name: "installed Node.js packages", wants: installed_wants, read: installed_read };
pub(crate) const LOCK: Reader = Reader { name: "npm's lock files", wants: lock_wants, read: lock_read };

/// Levels of dependencies within dependencies of a lock file of version 1; npm nests some ten.
const DEPTH_MAX: usize = 40;

/// `node_modules/NAME/package.json` and `node_modules/@SCOPE/NAME/package.json`: any deeper one is a part of a package or
/// test data, any other one a project.
fn installed_wants(file: &Candidate<'_>) -> Option<Want> {
    if file.base != "package.json" {
        return None;
    }
    let (up, name) = file.dir.rsplit_once('/')?;
    let holder = up.rsplit_once('/').filter(|(_, scope)| scope.starts_with('@')).map_or(up, |(up, _)| up);
    let installed = (holder.ends_with("/node_modules") || holder == "node_modules") && !name.starts_with(['.', '@']);
    installed.then_some(Want::Whole(METADATA_MAX))
}

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    name: Word,
    #[serde(default)]
    version: Word,
}

fn installed_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let manifest: Manifest = match json(entry, body, METADATA_MAX) {
        Ok(manifest) => manifest,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Npm);
    // An alias is installed in a folder of another name; what lies there is what the manifest names. Folders without a
    // name or version (`node_modules/x/package.json` of `{"type": "module"}`) are no packages that npm installed.
    if let (Some(name), Some(version)) = (manifest.name.get(), manifest.version.get()) {
        found.add(name, version, false);
    }
    found.done()
}

fn lock_wants(file: &Candidate<'_>) -> Option<Want> {
    // `node_modules/.package-lock.json` is npm's own and says what is installed; a lock file of a dependency says nothing.
    let lock = match file.base {
        "package-lock.json" | "npm-shrinkwrap.json" => !file.dir.contains("/node_modules/"),
        ".package-lock.json" => file.parent() == "node_modules",
        _ => false,
    };
    lock.then_some(Want::Whole(LOCK_MAX))
}

#[derive(Deserialize)]
struct Lock {
    /// Version 2 and 3: by the folder.
    packages: Option<Fields<Object<Folder>>>,
    /// Version 1, and for old readers version 2: by the name.
    #[serde(default)]
    dependencies: Fields<Object<Dependency>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Folder {
    /// Where the folder is called otherwise.
    #[serde(default)]
    name: Word,
    #[serde(default)]
    version: Word,
    #[serde(default)]
    link: Flag,
    #[serde(default)]
    dev: Flag,
    #[serde(default)]
    dev_optional: Flag,
}

#[derive(Deserialize)]
struct Dependency {
    #[serde(default)]
    version: Word,
    #[serde(default)]
    dev: Flag,
    #[serde(default)]
    dependencies: Fields<Object<Dependency>>,
}

fn lock_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let lock: Lock = match json(entry, body, LOCK_MAX) {
        Ok(lock) => lock,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Npm);
    match lock.packages {
        Some(folders) => {
            for (folder, package) in folders.0 {
                // The project itself (``), and folders of a workspace, are no packages of a registry.
                let Some((_, name)) = folder.rsplit_once("node_modules/") else { continue };
                let Some(package) = package.0 else {
                    found.problem(format!("package `{}` is no object", shown(&folder)), true);
                    continue;
                };
                if !package.link.is_set() {
                    let dev = package.dev.is_set() || package.dev_optional.is_set();
                    found.add(package.name.get().unwrap_or(name), package.version.or_empty(), dev);
                }
            }
        }
        None => dependencies_read(&mut found, lock.dependencies, 0),
    }
    found.done()
}

fn dependencies_read(found: &mut Libraries<'_>, dependencies: Fields<Object<Dependency>>, depth: usize) {
    if depth > DEPTH_MAX {
        found.problem(format!("more than {DEPTH_MAX} levels of dependencies"), true);
        return;
    }
    for (name, dependency) in dependencies.0 {
        let Some(dependency) = dependency.0 else {
            found.problem(format!("package `{}` is no object", shown(&name)), true);
            continue;
        };
        if let Some((name, version)) = resolved(&name, dependency.version.or_empty()) {
            found.add(name, version, dependency.dev.is_set());
        }
        dependencies_read(found, dependency.dependencies, depth + 1);
    }
}

/// The name and version behind what a lock file of npm 6 or yarn 1 calls a version: an alias (`npm:NAME@VERSION`), a
/// version, or an address, which says none. None for a folder of the project itself.
pub(super) fn resolved<'a>(name: &'a str, version: &'a str) -> Option<(&'a str, &'a str)> {
    if let Some(alias) = version.strip_prefix("npm:") {
        // The first character may be the `@` of a scope.
        let at = alias.get(1..).and_then(|rest| rest.rfind('@')).map(|at| at + 1);
        return Some(
            at.and_then(|at| alias.split_at_checked(at))
                .map_or((alias, ""), |(name, version)| (name, version.trim_start_matches('@'))),
        );
    }
    if version.starts_with("file:") || version.starts_with("link:") || version.starts_with("workspace:") {
        return None;
    }
    let numbered = version.starts_with(|c: char| c.is_ascii_digit() || c == 'v');
    Some((name, if numbered && !version.contains([':', '/']) { version } else { "" }))
}

#[cfg(test)]
mod tests {
    use crate::package::{
        library::listed,
        testing::{facts, file},
    };

    #[test]
    fn an_installed_package_is_right_below_node_modules() {
        for (path, wanted, why) in [
            ("/app/node_modules/a/package.json", true, "installed"),
            ("/app/node_modules/@s/a/package.json", true, "with a scope"),
            ("/app/node_modules/a/node_modules/b/package.json", true, "within another"),
            ("/app/node_modules/a/test/fixtures/package.json", false, "test data"),
            ("/app/node_modules/a/dist/esm/package.json", false, "a part of a package"),
            ("/app/node_modules/@s/package.json", false, "a scope is no package"),
            ("/app/node_modules/.cache/package.json", false, "not npm's"),
            ("/app/package.json", false, "a project"),
        ] {
            assert_eq!(crate::wants(&file(path, 0o644, 9), false).is_some(), wanted, "{path}: {why}");
        }
        for (text, want, why) in [
            (
                r#"{"name": "@s/a", "version": "1.2.3", "dependencies": {"b": "^1"}}"#,
                &["npm/@s/a@1.2.3"][..],
                "a package",
            ),
            (r#"{"name": "real", "version": "1.0.0"}"#, &["npm/real@1.0.0"], "the folder is an alias"),
            (r#"{"type": "module"}"#, &[], "no package"),
            (r#"{"name": ["x"], "version": 1}"#, &[], "nothing that could be one"),
        ] {
            let facts = facts("/app/node_modules/a/package.json", text.as_bytes());
            assert_eq!(
                (listed(&facts).as_slice(), facts.problems.len()),
                (&want.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>()[..], 0),
                "{why}"
            );
        }
    }

    #[test]
    fn all_versions_of_the_lock_file() {
        let v3 = r#"{"name": "app", "lockfileVersion": 3, "packages": {
            "": {"name": "app", "version": "1.0.0"},
            "packages/own": {"version": "1.0.0"},
            "node_modules/own": {"resolved": "packages/own", "link": true},
            "node_modules/a": {"version": "1.2.3", "dev": true},
            "node_modules/a/node_modules/@s/b": {"version": "2.0.0", "devOptional": true},
            "node_modules/alias": {"name": "real", "version": "3.0.0"},
            "node_modules/git": {"version": "1.0.0", "resolved": "git+ssh://git@h/r.git#c"}}}"#;
        let v1 = r#"{"name": "app", "lockfileVersion": 1, "dependencies": {
            "a": {"version": "1.2.3", "dev": true, "dependencies": {"@s/b": {"version": "2.0.0", "dev": true}}},
            "alias": {"version": "npm:real@3.0.0"},
            "scoped": {"version": "npm:@t/x@3.0.0"},
            "own": {"version": "file:packages/own"},
            "git": {"version": "git+https://u:p4ss@h/r.git#c"}}}"#;
        let facts3 = facts("/app/package-lock.json", v3.as_bytes());
        assert_eq!(listed(&facts3), ["npm/a@1.2.3 dev", "npm/git@1.0.0", "npm/real@3.0.0", "npm/@s/b@2.0.0 dev"]);
        assert_eq!(facts3.problems, []);
        let facts1 = facts("/app/npm-shrinkwrap.json", v1.as_bytes());
        assert_eq!(
            listed(&facts1),
            ["npm/a@1.2.3 dev", "npm/git@", "npm/real@3.0.0", "npm/@s/b@2.0.0 dev", "npm/@t/x@3.0.0"]
        );
        assert!(!format!("{facts1:?}").contains("p4ss"), "an address may hold a password");
        assert!(crate::wants(&file("/app/node_modules/a/package-lock.json", 0o644, 9), false).is_none());
    }

    #[test]
    fn deep_and_broken_lock_files_are_named() {
        let deep = format!("{}{}", r#"{"dependencies": {"a": "#.repeat(500), "1");
        let levels = (0..45)
            .fold("{}".to_owned(), |inner, _| format!(r#"{{"version": "1.0.0", "dependencies": {{"a": {inner}}}}}"#));
        for (text, incomplete, why) in [
            (deep, false, "deeper than JSON may be"),
            (levels, true, "deeper than npm nests"),
            (r#"{"packages": {"node_modules/a": 1}}"#.to_owned(), true, "no object"),
            (r#"{"packages": {"node_modules/a": {"version": "1.0"#.to_owned(), true, "cut off"),
        ] {
            let facts = facts("/app/package-lock.json", text.as_bytes());
            assert!(
                facts.problems.iter().any(|problem| problem.incomplete == incomplete),
                "{why}: {:?}",
                facts.problems
            );
        }
    }
}
