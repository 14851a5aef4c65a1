//! Java: what archives hold, however deep (`jar`, `war`, `ear` …). The coordinates of Maven that a build left in
//! `META-INF/maven` count first; an archive with several of them holds several packages. Without any, the manifest (JAR
//! File Specification; OSGi Core, "Bundle manifest headers") and the name of the file say what it is.
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

use casemate_estate::PackageType;

use super::{
    Reader,
    archive::{self, Budget, Content, Item, NoArchive},
    java_group::{group_of, is_known, renamed},
    java_project::coordinates,
    library::Libraries,
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const ARCHIVES: Reader = Reader { name: "Java archives", wants: archives_wants, read: archives_read };
pub(crate) const UNPACKED: Reader =
    Reader { name: "unpacked Java archives", wants: unpacked_wants, read: unpacked_read };

const SUFFIXES: &[&str] = &["jar", "war", "ear", "par", "sar", "rar", "kar", "hpi", "jpi", "nar", "lpkg", "aar"];
/// Archives within archives.
const DEPTH_MAX: usize = 8;
/// Bytes of `pom.properties`, `MANIFEST.MF` or `pom.xml`.
const TEXT_MAX: u64 = 1 << 20;
/// Bytes of an archive within an archive that must be decompressed, and of all that are held at once.
const INNER_MAX: u64 = 128 << 20;
const HELD_MAX: u64 = 256 << 20;
/// Bytes that all decompression within one file may give.
const BYTES_MAX: u64 = 1 << 30;
/// Entries of all directories within one file.
const ENTRIES_MAX: u64 = 2_000_000;

fn suffix(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('.').filter(|(_, suffix)| SUFFIXES.iter().any(|known| known.eq_ignore_ascii_case(suffix)))
}

fn archives_wants(file: &Candidate<'_>) -> Option<Want> {
    // A `.rar` is far more often no archive of Java.
    suffix(file.base).filter(|(stem, suffix)| code(stem) && !suffix.eq_ignore_ascii_case("rar")).map(|_| Want::Parts)
}

/// Sources and documentation are not run.
fn code(stem: &str) -> bool {
    !stem.ends_with("-sources") && !stem.ends_with("-javadoc")
}

fn archives_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let mut budget = Budget { entries: ENTRIES_MAX, bytes: BYTES_MAX, held: HELD_MAX };
    let mut found = Libraries::new(entry, PackageType::Maven);
    archive_read(&mut found, &mut budget, body, 0);
    found.done()
}

/// What of an archive is of use, in the order of its directory.
#[derive(Default)]
struct Parts {
    manifest: Option<Item>,
    properties: Vec<Item>,
    poms: Vec<Item>,
    inner: Vec<Item>,
}

fn archive_read(found: &mut Libraries<'_>, budget: &mut Budget, body: &mut dyn Body, depth: usize) {
    let mut classes = false;
    let directory = archive::directory(body, budget, &mut |name| {
        classes |= name.ends_with(".class");
        let meta = name == "META-INF/MANIFEST.MF" || name.ends_with("/pom.properties") || name.ends_with("/pom.xml");
        meta || suffix(name.rsplit('/').next().unwrap_or(name)).is_some_and(|(stem, _)| code(stem))
    });
    let directory = match directory {
        Ok(Ok(directory)) => directory,
        Ok(Err(NoArchive::Other)) => return found.problem("it is no zip archive", false),
        Ok(Err(NoArchive::Broken(why))) => return found.problem(why, true),
        Err(why) => return found.problem(format!("cannot read it: {why}"), true),
    };
    if let Some(broken) = directory.broken {
        found.problem(broken, true);
    }
    let mut parts = Parts::default();
    for item in directory.items {
        match item.name.as_str() {
            "META-INF/MANIFEST.MF" => parts.manifest = Some(item),
            name if name.ends_with("/pom.properties") && name.contains("META-INF/maven/") => {
                parts.properties.push(item);
            }
            name if name.ends_with("/pom.xml") && name.contains("META-INF/maven/") => parts.poms.push(item),
            name if suffix(name).is_some() => parts.inner.push(item),
            _ => {}
        }
    }
    packages_read(found, budget, body, &parts, classes);
    inner_read(found, budget, body, &parts.inner, depth);
}

/// Group, artifact and version.
pub(super) type Coordinates = (String, String, String);

fn packages_read(found: &mut Libraries<'_>, budget: &mut Budget, body: &mut dyn Body, parts: &Parts, classes: bool) {
    let mut all: BTreeSet<Coordinates> = BTreeSet::new();
    let mut folders = BTreeSet::new();
    let mut text_of = |found: &mut Libraries<'_>, item: &Item| match archive::bytes(body, item, budget, TEXT_MAX) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(why) => {
            found.problem(format!("`{}` in it cannot be read: {why}", item.name), true);
            None
        }
    };
    for item in &parts.properties {
        if let Some(one) = text_of(found, item).as_deref().and_then(properties) {
            folders.insert(item.name.trim_end_matches("pom.properties"));
            all.insert(one);
        }
    }
    for item in &parts.poms {
        if !folders.contains(item.name.trim_end_matches("pom.xml"))
            && let Some(one) = text_of(found, item).as_deref().and_then(coordinates)
        {
            all.insert(one);
        }
    }
    let file = found.place().rsplit('/').next().unwrap_or_default().to_owned();
    let stem = suffix(&file).map_or(file.as_str(), |(stem, _)| stem);
    let named = name_parts(stem);
    for (group, artifact, version) in &all {
        found.add_in(Some(group), artifact, version, false);
    }
    // The name tells of a package that none of these is: others were packed into it. Names with a group before or a
    // classifier behind (`org.a.b-1.0.jar` of `b`) tell of the same one.
    let same = |artifact: &str, known: &str| {
        artifact.ends_with(known) || artifact.starts_with(known) || known.ends_with(artifact)
    };
    if !all.is_empty() && named.is_none_or(|(artifact, _)| all.iter().any(|(_, known, _)| same(artifact, known))) {
        return;
    }
    let manifest = parts.manifest.as_ref().and_then(|item| text_of(found, item)).map(|text| manifest(&text));
    match guess(stem, &manifest.unwrap_or_default()) {
        Some((group, artifact, version)) => found.add_in(group.as_deref(), &artifact, &version, false),
        None if classes && all.is_empty() => {
            found.problem("neither it nor its name says which package and version it is", false);
        }
        None => {}
    }
}

fn inner_read(found: &mut Libraries<'_>, budget: &mut Budget, body: &mut dyn Body, inner: &[Item], depth: usize) {
    if inner.is_empty() {
        return;
    }
    if depth + 1 >= DEPTH_MAX {
        let reason = format!("{} archives in it lie deeper than the limit archive.depth, {DEPTH_MAX}", inner.len());
        return found.problem(reason, true);
    }
    let outer = found.place().to_owned();
    for item in inner {
        let content = archive::content(body, item, budget, INNER_MAX);
        found.place_set(format!("{outer}!/{}", item.name.trim_start_matches('/')));
        match content {
            Ok(Content::Stored(mut window)) => archive_read(found, budget, &mut window, depth + 1),
            Ok(Content::Held(bytes)) => {
                let length = bytes.len() as u64;
                budget.held = budget.held.saturating_sub(length);
                archive_read(found, budget, &mut Cursor::new(bytes), depth + 1);
                budget.held += length;
            }
            Err(why) => found.problem(why, true),
        }
        found.place_set(outer.clone());
    }
}

fn unpacked_wants(file: &Candidate<'_>) -> Option<Want> {
    (file.base == "pom.properties" && file.dir.contains("/META-INF/maven/")).then_some(Want::Whole(TEXT_MAX))
}

fn unpacked_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, TEXT_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Maven);
    match properties(&text) {
        Some((group, artifact, version)) => found.add_in(Some(&group), &artifact, &version, false),
        None => found.problem("it has no `groupId` and `artifactId`", true),
    }
    found.done()
}

/// `pom.properties`: `groupId`, `artifactId`, `version`.
fn properties(text: &str) -> Option<Coordinates> {
    let field = |name: &str| {
        text.lines().find_map(|line| {
            let (key, value) = line.split_once(['=', ':'])?;
            (key.trim() == name).then(|| value.trim().replace('\\', ""))
        })
    };
    Some((field("groupId")?, field("artifactId")?, field("version").unwrap_or_default()))
}

/// The main section: names to values, names in lower case. A line that begins with a space goes on.
fn manifest(text: &str) -> BTreeMap<String, String> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            break;
        }
        match (line.strip_prefix(' '), line.split_once(':')) {
            (Some(more), _) => {
                if let Some((_, value)) = out.last_mut() {
                    value.push_str(more.trim_end());
                }
            }
            (None, Some((name, value))) => out.push((name.to_ascii_lowercase(), value.trim().to_owned())),
            (None, None) => {}
        }
    }
    out.into_iter().collect()
}

/// `guava-31.1-jre`: the version begins at the first digit that follows a hyphen, unless what stands before a later one is
/// known (`log4j-1.2-api-2.17.0`).
fn name_parts(stem: &str) -> Option<(&str, &str)> {
    let digit = |at: &usize| stem.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let places = || stem.match_indices('-').map(|(at, _)| at).filter(digit);
    let known = places().rfind(|at| stem.get(..*at).is_some_and(is_known));
    let (name, version) = stem.split_at_checked(known.or_else(|| places().next())?)?;
    (!name.is_empty()).then(|| (name, version.trim_start_matches('-')))
}

/// What the manifest and the name of the file say. None where no version is said.
fn guess(stem: &str, manifest: &BTreeMap<String, String>) -> Option<(Option<String>, String, String)> {
    let field = |name: &str| {
        let value = manifest.get(name)?.split(';').next()?.trim();
        // Build files left unfilled: `${project.version}`, `@VERSION@`.
        (!value.is_empty() && !value.contains(['$', '@', ' '])).then_some(value)
    };
    let symbolic = field("bundle-symbolicname");
    let named = name_parts(stem);
    let version = named
        .map(|(_, version)| version)
        .or_else(|| field("implementation-version"))
        .or_else(|| field("bundle-version"))
        .or_else(|| field("specification-version"))?;
    let artifact = named.map_or(stem, |(artifact, _)| artifact);
    if let Some((group, artifact)) = renamed(artifact).or_else(|| Some((group_of(artifact)?, artifact))) {
        return Some((Some(group.to_owned()), artifact.to_owned(), version.to_owned()));
    }
    // `org.a` of bundle `org.a.b`, where `b` is the artifact. Any other bundle's name is no group: a wrong one would make
    // the package look as if it had been compared with its advisories.
    let bundle = symbolic
        .and_then(|symbolic| symbolic.strip_suffix(artifact))
        .map(|group| group.trim_end_matches(['.', '-']))
        .filter(|group| group.contains('.'));
    let vendor = field("implementation-vendor-id").filter(|id| id.contains('.'));
    let group = vendor.or(bundle).filter(|group| !group.is_empty());
    Some((group.map(str::to_owned), artifact.to_owned(), version.to_owned()))
}

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
