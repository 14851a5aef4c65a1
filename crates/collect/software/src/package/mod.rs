//! One file a format of packages. The table is `READERS`.
mod apk;
mod archive;
mod bun;
mod dotnet;
mod dpkg;
mod go_mod;
pub(crate) mod java;
mod java_group;
mod java_project;
mod kernel;
mod library;
mod nested;
mod npm;
pub(crate) mod os_release;
mod owned;
mod php;
mod pnpm;
pub(crate) mod program;
mod python;
mod python_lock;
pub(crate) mod rpm;
mod ruby;
mod rust_lock;
#[cfg(test)]
pub(crate) mod testing;
mod yarn;

use std::collections::BTreeSet;

use casemate_estate::{Location, Package, PackageType, Problem};

pub(crate) use self::owned::owned;
use crate::{Body, Entry, EntryKind, Facts, Want, body, entry::Candidate};

/// A format of packages.
pub(crate) struct Reader {
    /// Says which one in problems and fuzz targets.
    pub(crate) name: &'static str,
    /// Whether, and how much of, this regular file that is not empty is of use. Asked for every file of a target, of which
    /// there may be millions: a few comparisons of `base` or `path`, no allocation.
    pub(crate) wants: fn(&Candidate<'_>) -> Option<Want>,
    /// What the file proves. `body` stands at its beginning; where `wants` said [`Want::Whole`] the file is not larger.
    pub(crate) read: fn(&Entry, &mut dyn Body) -> Facts,
}

/// All formats. More than one may read the same file.
pub(crate) const READERS: &[Reader] = &[
    os_release::READER,
    dpkg::STATUS,
    dpkg::FILES,
    apk::READER,
    rpm::READER,
    rpm::JOURNAL,
    nested::READER,
    kernel::READER,
    program::READER,
    python::INSTALLED,
    python::CONDA,
    python_lock::REQUIREMENTS,
    python_lock::LOCKS,
    npm::INSTALLED,
    npm::LOCK,
    yarn::READER,
    pnpm::READER,
    bun::READER,
    go_mod::READER,
    rust_lock::READER,
    php::READER,
    ruby::INSTALLED,
    ruby::LOCK,
    dotnet::READER,
    java::ARCHIVES,
    java::UNPACKED,
    java_project::POM,
    java_project::GRADLE,
];

/// A package that `entry` proves; what else is known of it the reader adds.
pub(crate) fn package(
    entry: &Entry,
    kind: PackageType,
    name: impl Into<String>,
    version: impl Into<String>,
) -> Package {
    Package {
        kind,
        namespace: None,
        name: name.into(),
        version: version.into(),
        arch: None,
        source: None,
        module: None,
        vendor: None,
        dev: false,
        locations: BTreeSet::from([Location { path: entry.path.clone(), layer: None }]),
    }
}

/// A problem of `entry`. That of a directory has a `/` at its end: a package may own the path, and yet not what is below.
pub(crate) fn problem(entry: &Entry, reason: impl Into<String>, incomplete: bool) -> Problem {
    let end = if entry.kind == EntryKind::Directory && !entry.path.ends_with('/') { "/" } else { "" };
    Problem { path: format!("{}{end}", entry.path), reason: reason.into(), incomplete }
}

/// All bytes of `body`, at most `most`; on failure the facts are the problem.
pub(crate) fn whole(entry: &Entry, body: &mut dyn Body, most: u64) -> Result<Vec<u8>, Facts> {
    body::whole(body, most).map_err(|why| Facts::failed(problem(entry, format!("cannot read it: {why}"), true)))
}

/// As [`whole`], for text: bytes that are not UTF-8 are replaced, a byte-order mark is left out.
pub(crate) fn text(entry: &Entry, body: &mut dyn Body, most: u64) -> Result<String, Facts> {
    let bytes = whole(entry, body, most)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map_or(bytes.as_slice(), |rest| rest);
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
