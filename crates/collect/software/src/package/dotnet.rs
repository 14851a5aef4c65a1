//! .NET: what a program was published with (`*.deps.json`), what NuGet restored (`project.assets.json`), lock files
//! (`packages.lock.json`) and the old `packages.config`.
use casemate_estate::PackageType;
use quick_xml::events::Event;
use serde::Deserialize;

use super::{
    Reader,
    library::{Fields, LOCK_MAX, Libraries, Object, Word, json, shown},
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: ".NET's packages", wants, read };

fn wants(file: &Candidate<'_>) -> Option<Want> {
    let known = matches!(file.base, "packages.lock.json" | "packages.config" | "project.assets.json")
        || file.base.ends_with(".deps.json");
    known.then_some(Want::Whole(LOCK_MAX))
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let read = match entry.path.rsplit('/').next().unwrap_or_default() {
        "packages.lock.json" => lock,
        "packages.config" => config,
        _ => libraries,
    };
    read(entry, body).unwrap_or_else(|facts| facts)
}

/// `*.deps.json` and `project.assets.json`: `libraries` by `NAME/VERSION`.
#[derive(Deserialize)]
struct Libs {
    #[serde(default)]
    libraries: Fields<Object<Library>>,
}

#[derive(Deserialize)]
struct Library {
    /// `package`, `project`, `reference`, `runtimepack`.
    #[serde(default, rename = "type")]
    kind: Word,
}

fn libraries(entry: &Entry, body: &mut dyn Body) -> Result<Facts, Facts> {
    let file: Libs = json(entry, body, LOCK_MAX)?;
    let mut found = Libraries::new(entry, PackageType::Nuget);
    for (key, library) in &file.libraries.0 {
        let Some(library) = &library.0 else {
            found.problem(format!("library `{}` is no object", shown(key)), true);
            continue;
        };
        let (name, version) = key.split_once('/').unwrap_or((key, ""));
        match library.kind.get().map(str::to_ascii_lowercase).as_deref() {
            Some("package") => found.add(name, version, false),
            // The runtime that a program carries within itself; its package lacks the prefix.
            Some("runtimepack") => found.add(name.strip_prefix("runtimepack.").unwrap_or(name), version, false),
            _ => {}
        }
    }
    Ok(found.done())
}

/// `packages.lock.json`: by framework, then name.
#[derive(Deserialize)]
struct Lock {
    #[serde(default)]
    dependencies: Fields<Fields<Object<Locked>>>,
}

#[derive(Deserialize)]
struct Locked {
    #[serde(default, rename = "type")]
    kind: Word,
    #[serde(default)]
    resolved: Word,
}

fn lock(entry: &Entry, body: &mut dyn Body) -> Result<Facts, Facts> {
    let file: Lock = json(entry, body, LOCK_MAX)?;
    let mut found = Libraries::new(entry, PackageType::Nuget);
    for (name, locked) in file.dependencies.0.iter().flat_map(|(_, packages)| &packages.0) {
        match &locked.0 {
            None => found.problem(format!("package `{}` is no object", shown(name)), true),
            Some(locked) if locked.kind.get().is_some_and(|kind| kind.eq_ignore_ascii_case("project")) => {}
            Some(locked) => found.add(name, locked.resolved.or_empty(), false),
        }
    }
    Ok(found.done())
}

/// `<package id="NAME" version="VERSION" developmentDependency="true"/>`.
fn config(entry: &Entry, body: &mut dyn Body) -> Result<Facts, Facts> {
    let text = text(entry, body, LOCK_MAX)?;
    let mut found = Libraries::new(entry, PackageType::Nuget);
    let mut xml = quick_xml::Reader::from_str(&text);
    loop {
        match xml.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == b"package" => {
                let attribute = |name: &str| {
                    let value = element
                        .try_get_attribute(name)
                        .ok()
                        .flatten()?
                        .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                        .ok()?;
                    Some(value.into_owned())
                };
                let dev = attribute("developmentDependency").is_some_and(|dev| dev.eq_ignore_ascii_case("true"));
                let (name, version) = (attribute("id"), attribute("version"));
                found.add(&name.unwrap_or_default(), &version.unwrap_or_default(), dev);
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                found.problem(
                    format!("it is no XML from byte {} on: packages may be missing", xml.error_position()),
                    true,
                );
                break;
            }
        }
    }
    Ok(found.done())
}

#[cfg(test)]
mod tests {
    use crate::package::{library::listed, testing::facts};

    #[test]
    fn all_formats() {
        let libs = r#"{"runtimeTarget": {"name": ".NETCoreApp,Version=v6.0"}, "targets": {}, "libraries": {
            "App/1.0.0": {"type": "project"}, "Newtonsoft.Json/12.0.1": {"type": "package", "sha512": "x"},
            "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/6.0.1": {"type": "runtimepack"}, "X/1.0.0": {"type": "reference"}}}"#;
        let both = &["nuget/Microsoft.NETCore.App.Runtime.linux-x64@6.0.1", "nuget/Newtonsoft.Json@12.0.1"][..];
        for (path, text, want) in [
            ("/app/App.deps.json", libs, both),
            ("/app/obj/project.assets.json", libs, both),
            (
                "/app/packages.lock.json",
                r#"{"version": 1, "dependencies": {"net6.0": {"A": {"type": "Direct", "resolved": "1.0.0"}, "own": {"type": "Project"}},
                    "net8.0": {"A": {"type": "Transitive", "resolved": "1.0.0"}, "B": {"type": "Transitive", "resolved": "2.0.0"}}}}"#,
                &["nuget/A@1.0.0", "nuget/B@2.0.0"],
            ),
            (
                "/app/packages.config",
                "\u{feff}<?xml version=\"1.0\"?><packages><package id=\"A\" version=\"1.0\" /><package id=\"B\" version=\"2\" developmentDependency=\"true\"></package></packages>",
                &["nuget/A@1.0", "nuget/B@2 dev"],
            ),
        ] {
            let facts = facts(path, text.as_bytes());
            assert_eq!(
                (listed(&facts).as_slice(), facts.problems.len()),
                (&want.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>()[..], 0),
                "{path}: {:?}",
                facts.problems
            );
        }
    }

    #[test]
    fn oddities_are_named() {
        for (path, text, packages) in [
            ("/a/packages.config", "<packages><package id='A' version='1'/><package id='", 1),
            ("/a/packages.config", "<packages><package version='1'/></packages>", 0),
            ("/a/x.deps.json", r#"{"libraries": {"A/1": {"type": "package"}, "B/1": 1}}"#, 1),
            ("/a/packages.lock.json", r#"{"dependencies": {"n": {"A": {"type": "Direct"}}}}"#, 1),
        ] {
            let facts = facts(path, text.as_bytes());
            assert_eq!((facts.packages.len(), facts.problems.len()), (packages, 1), "{text}: {:?}", facts.problems);
        }
    }
}
