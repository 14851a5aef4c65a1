//! Lock files of Python: `requirements.txt` (pip), `Pipfile.lock`, `poetry.lock`, `uv.lock`, `pdm.lock`, `pylock.toml`
//! (PyPA, "pylock.toml specification", PEP 751).
use std::collections::HashMap;

use casemate_estate::PackageType;
use serde::Deserialize;

use super::{
    Reader,
    library::{Fields, LOCK_MAX, Libraries, List, Object, Word, json, pypi, reached, shown, toml},
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const REQUIREMENTS: Reader =
    Reader { name: "pip's requirements", wants: requirements_wants, read: requirements_read };
pub(crate) const LOCKS: Reader = Reader { name: "lock files of Python", wants: locks_wants, read: locks_read };

/// Bytes of a list of requirements, which people write.
const REQUIREMENTS_MAX: u64 = 4 << 20;

fn requirements_wants(file: &Candidate<'_>) -> Option<Want> {
    let stem = file.base.strip_suffix(".txt")?;
    // pip and setuptools name what they carry within themselves in `_vendor/vendor.txt`: that code is there.
    let vendored = stem == "vendor" && file.parent() == "_vendor";
    (vendored || stem.contains("requirements") || file.parent() == "requirements")
        .then_some(Want::Whole(REQUIREMENTS_MAX))
}

/// One requirement (pip, "Requirements File Format"): only `NAME[EXTRAS] == VERSION` says what is to be installed.
enum Requirement<'a> {
    Pinned(&'a str, &'a str),
    /// A range, an address, another file: what it leads to is not said here.
    Open(&'a str),
    /// A comment, an option.
    Nothing,
}

fn requirement(line: &str) -> Requirement<'_> {
    // A comment begins at the start or after white space; an address may hold a `#`.
    let line = line.split(" #").next().unwrap_or(line).split("\t#").next().unwrap_or(line).trim();
    if line.is_empty() || line.starts_with('#') {
        return Requirement::Nothing;
    }
    if let Some(option) = line.strip_prefix('-') {
        let more = ["r ", "-requirement", "e ", "-editable"].iter().any(|more| option.starts_with(more));
        return if more { Requirement::Open(line) } else { Requirement::Nothing };
    }
    // Markers follow `;`, hashes and other options ` --`.
    let line = line.split(';').next().unwrap_or(line).split(" --").next().unwrap_or(line).trim();
    let Some((name, version)) = line.split_once("==") else { return Requirement::Open(line) };
    let version = version.trim_start_matches('=').trim();
    let name = name.split('[').next().unwrap_or(name).trim();
    let named = !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.'));
    if named && !version.is_empty() && !version.contains(['*', ',', ' ', '<', '>']) {
        Requirement::Pinned(name, version)
    } else {
        Requirement::Open(line)
    }
}

fn requirements_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, REQUIREMENTS_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let base = entry.path.rsplit('/').next().unwrap_or_default();
    let dev = ["dev", "test", "doc", "lint"].iter().any(|word| base.contains(word));
    let mut found = Libraries::new(entry, PackageType::Pypi);
    let (mut open, mut first) = (0_usize, None);
    let mut line = String::new();
    // The last line may be one that says it goes on.
    for part in text.lines().chain([""]) {
        if let Some(start) = part.strip_suffix('\\') {
            line.push_str(start);
            line.push(' ');
            continue;
        }
        line.push_str(part);
        match requirement(&line) {
            Requirement::Pinned(name, version) => found.add(name, version, dev),
            Requirement::Open(text) => {
                open += 1;
                first.get_or_insert_with(|| shown(text));
            }
            Requirement::Nothing => {}
        }
        line.clear();
    }
    if let Some(first) = first {
        // What is installed in the end proves itself; here nothing is known to be missing.
        found.problem(
            format!(
                "requirements without a version: {open}, the first is `{first}`; what they lead to is not known from here"
            ),
            false,
        );
    }
    found.done()
}

fn locks_wants(file: &Candidate<'_>) -> Option<Want> {
    let pylock = || file.base.starts_with("pylock.") && file.base.ends_with(".toml");
    (matches!(file.base, "Pipfile.lock" | "poetry.lock" | "uv.lock" | "pdm.lock") || pylock())
        .then_some(Want::Whole(LOCK_MAX))
}

fn locks_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let base = entry.path.rsplit('/').next().unwrap_or_default();
    let read = match base {
        "Pipfile.lock" => pipfile,
        "uv.lock" => uv,
        _ => tables,
    };
    read(entry, body).unwrap_or_else(|facts| facts)
}

#[derive(Deserialize)]
struct Pipfile {
    #[serde(default)]
    default: Fields<Object<PipfilePackage>>,
    #[serde(default)]
    develop: Fields<Object<PipfilePackage>>,
}

#[derive(Deserialize)]
struct PipfilePackage {
    #[serde(default)]
    version: Word,
    /// It is a directory of the project itself.
    #[serde(default)]
    path: Word,
}

fn pipfile(entry: &Entry, body: &mut dyn Body) -> Result<Facts, Facts> {
    let lock: Pipfile = json(entry, body, LOCK_MAX)?;
    let mut found = Libraries::new(entry, PackageType::Pypi);
    for (packages, dev) in [(lock.default, false), (lock.develop, true)] {
        for (name, package) in packages.0 {
            let Some(package) = package.0 else {
                found.problem(format!("package `{}` is no object", shown(&name)), true);
                continue;
            };
            if package.path.get().is_none() {
                found.add(&name, package.version.or_empty().trim_start_matches('='), dev);
            }
        }
    }
    Ok(found.done())
}

/// `poetry.lock`, `pdm.lock` (`[[package]]`) and `pylock.toml` (`[[packages]]`).
#[derive(Deserialize)]
struct Tables {
    #[serde(default)]
    package: List<Object<Table>>,
    #[serde(default)]
    packages: List<Object<Table>>,
}

#[derive(Deserialize)]
struct Table {
    #[serde(default)]
    name: Word,
    #[serde(default)]
    version: Word,
    /// Poetry before 1.5: `main` or `dev`.
    #[serde(default)]
    category: Word,
    /// PDM: `default` and others; Poetry since 2.0: `main` and others.
    #[serde(default)]
    groups: List<Word>,
    /// Poetry: `type` is `directory`, `file`, `git`, `url`, `legacy`.
    #[serde(default)]
    source: Object<TableSource>,
    /// PDM: a directory of the project itself.
    #[serde(default)]
    path: Word,
    /// `pylock.toml`: likewise.
    #[serde(default)]
    directory: Object<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct TableSource {
    #[serde(default, rename = "type")]
    kind: Word,
}

fn tables(entry: &Entry, body: &mut dyn Body) -> Result<Facts, Facts> {
    let lock: Tables = toml(entry, body, LOCK_MAX)?;
    let mut found = Libraries::new(entry, PackageType::Pypi);
    for table in lock.package.0.into_iter().chain(lock.packages.0) {
        let Some(table) = table.0 else {
            found.problem("a package is no table", true);
            continue;
        };
        let source = table.source.0.as_ref().and_then(|source| source.kind.get());
        if source == Some("directory") || table.path.get().is_some() || table.directory.0.is_some() {
            continue;
        }
        let groups: Vec<&str> = table.groups.0.iter().filter_map(Word::get).collect();
        let dev = table.category.get() == Some("dev")
            || (!groups.is_empty() && !groups.iter().any(|group| matches!(*group, "main" | "default")));
        found.add(table.name.or_empty(), table.version.or_empty(), dev);
    }
    Ok(found.done())
}

#[derive(Deserialize)]
struct Uv {
    #[serde(default)]
    package: List<Object<UvPackage>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct UvPackage {
    #[serde(default)]
    name: Word,
    #[serde(default)]
    version: Word,
    #[serde(default)]
    source: Fields<serde::de::IgnoredAny>,
    #[serde(default)]
    dependencies: List<Object<UvDependency>>,
    #[serde(default)]
    optional_dependencies: Fields<List<Object<UvDependency>>>,
}

#[derive(Deserialize)]
struct UvDependency {
    #[serde(default)]
    name: Word,
}

/// uv names no groups: what the project's own packages reach without their `dev-dependencies` is needed to run.
fn uv(entry: &Entry, body: &mut dyn Body) -> Result<Facts, Facts> {
    let lock: Uv = toml(entry, body, LOCK_MAX)?;
    let mut found = Libraries::new(entry, PackageType::Pypi);
    let mut packages = Vec::new();
    for package in lock.package.0 {
        match package.0 {
            Some(package) => packages.push(package),
            None => found.problem("a package is no table", true),
        }
    }
    let mut named: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, package) in packages.iter().enumerate() {
        named.entry(pypi(package.name.or_empty())).or_default().push(at);
    }
    let own = |package: &UvPackage| {
        package.source.0.iter().any(|(kind, _)| matches!(kind.as_str(), "editable" | "virtual" | "directory"))
    };
    let edges: Vec<Vec<usize>> = packages
        .iter()
        .map(|package| {
            let optional = package.optional_dependencies.0.iter().flat_map(|(_, list)| &list.0);
            let all = package.dependencies.0.iter().chain(optional).filter_map(|dependency| dependency.0.as_ref());
            all.filter_map(|dependency| named.get(&pypi(dependency.name.or_empty()))).flatten().copied().collect()
        })
        .collect();
    let roots: Vec<usize> = packages.iter().enumerate().filter(|(_, p)| own(p)).map(|(at, _)| at).collect();
    let known = !roots.is_empty();
    for (package, needed) in packages.iter().zip(reached(roots, &edges)) {
        if !own(package) {
            found.add(package.name.or_empty(), package.version.or_empty(), known && !needed);
        }
    }
    Ok(found.done())
}

#[cfg(test)]
mod tests {
    use crate::package::{library::listed, testing::facts};

    #[test]
    fn only_pins_say_what_is_installed() {
        for (line, want, why) in [
            ("Flask==2.0.1", &["pypi/flask@2.0.1"][..], "a pin"),
            ("flask [async] == 2.0.1 ; python_version < '3'", &["pypi/flask@2.0.1"], "extras, spaces, a marker"),
            ("flask===2.0.1 # why", &["pypi/flask@2.0.1"], "three signs, a comment"),
            ("flask==2.0.1 \\\n  --hash=sha256:aa \\\n  --hash=sha256:bb", &["pypi/flask@2.0.1"], "hashes on lines"),
            ("a==1\\", &["pypi/a@1"], "the last line says it goes on"),
            ("# flask==1\n--index-url https://u:p@h/==1\n-c c.txt", &[], "a comment and options"),
        ] {
            let facts = facts("/app/requirements.txt", line.as_bytes());
            assert_eq!(listed(&facts), want, "{line}: {why}");
            assert_eq!(facts.problems.len(), 0, "{line}: {why}");
        }
        for line in ["flask>=2", "flask==2.*", "flask", "-r other.txt", "-e .", "x @ https://u:p4ss@h/x==1", "==1"] {
            let facts = facts("/app/requirements.txt", line.as_bytes());
            assert_eq!((facts.packages.len(), facts.problems.len()), (0, 1), "{line}");
            assert!(!facts.problems[0].reason.contains("p4ss"), "{line}");
        }
    }

    #[test]
    fn names_of_files_say_what_they_are_for() {
        for (path, want) in [
            ("/app/requirements-dev.txt", "pypi/a@1 dev"),
            ("/app/requirements/base.txt", "pypi/a@1"),
            ("/usr/local/lib/python3.11/site-packages/pip/_vendor/vendor.txt", "pypi/a@1"),
        ] {
            assert_eq!(listed(&facts(path, b"a==1\n")), [want], "{path}");
        }
    }

    #[test]
    fn locks_say_versions_and_what_is_only_for_building() {
        let uv = r#"
version = 1
[[package]]
name = "app"
version = "0.1"
source = { editable = "." }
dependencies = [{ name = "a" }]
[package.optional-dependencies]
x = [{ name = "o", extra = ["y"] }]
[package.dev-dependencies]
dev = [{ name = "d" }]
[[package]]
name = "a"
version = "1.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "b" }]
[[package]]
name = "b"
version = "2"
source = { git = "https://h/r#c" }
[[package]]
name = "d"
version = "3"
dependencies = [{ name = "b" }]
[[package]]
name = "o"
version = "4"
"#;
        for (path, text, want, why) in [
            (
                "/app/Pipfile.lock",
                r#"{"_meta": {}, "default": {"A": {"version": "==1.0", "hashes": []}, "me": {"path": "."}},
                    "develop": {"b": {"version": "==2"}}}"#,
                &["pypi/a@1.0", "pypi/b@2 dev"][..],
                "Pipfile",
            ),
            (
                "/app/poetry.lock",
                "[[package]]\nname = \"a\"\nversion = \"1\"\ncategory = \"dev\"\n[package.source]\ntype = \"legacy\"\n\
                 [[package]]\nname = \"b\"\nversion = \"2\"\ngroups = [\"main\", \"dev\"]\n\
                 [[package]]\nname = \"c\"\nversion = \"3\"\ngroups = [\"dev\"]\n\
                 [[package]]\nname = \"l\"\nversion = \"3\"\n[package.source]\ntype = \"directory\"\nurl = \"../l\"\n",
                &["pypi/a@1 dev", "pypi/b@2", "pypi/c@3 dev"],
                "Poetry",
            ),
            (
                "/app/pdm.lock",
                "[[package]]\nname = \"a\"\nversion = \"1\"\ngroups = [\"default\"]\n[[package]]\nname = \"p\"\npath = \".\"\n",
                &["pypi/a@1"],
                "PDM",
            ),
            (
                "/app/pylock.dev.toml",
                "lock-version = \"1.0\"\n[[packages]]\nname = \"a\"\nversion = \"1\"\n[[packages]]\nname = \"d\"\ndirectory = { path = \".\" }\n",
                &["pypi/a@1"],
                "PEP 751",
            ),
            ("/app/uv.lock", uv, &["pypi/a@1.0", "pypi/b@2", "pypi/d@3 dev", "pypi/o@4"], "uv"),
        ] {
            let facts = facts(path, text.as_bytes());
            assert_eq!(listed(&facts), want, "{why}: {:?}", facts.problems);
            assert_eq!(facts.problems, [], "{why}");
        }
    }

    #[test]
    fn one_odd_entry_spoils_nothing_and_a_cut_is_told() {
        for (path, text, packages, incomplete) in [
            ("/app/Pipfile.lock", r#"{"default": {"a": 1, "b": {"version": "==1"}}}"#, 1, true),
            ("/app/Pipfile.lock", r#"{"default": {"b": {"version": 2}}}"#, 1, false),
            ("/app/Pipfile.lock", r#"{"default": {"b": {"version": "==1"}"#, 0, true),
            ("/app/poetry.lock", "[[package]]\nname = \"a\"\nversion = \"1\"\n[[pack", 0, true),
            ("/app/poetry.lock", "<<<<\n[[package]]\nname = \"a\"\n", 0, false),
        ] {
            let facts = facts(path, text.as_bytes());
            assert_eq!((facts.packages.len(), facts.problems.len()), (packages, 1), "{text}: {:?}", facts.problems);
            assert_eq!(facts.problems[0].incomplete, incomplete, "{text}");
        }
    }
}
