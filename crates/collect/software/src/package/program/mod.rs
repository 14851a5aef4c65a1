//! Programs that say what they are built of: Go's, and Rust's of `cargo auditable`.
mod go;
mod image;
mod rust;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub(crate) use self::image::is_program;

use self::image::Image;
use super::{Reader, problem};
use crate::{Body, Entry, Facts, Want, bytes, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: "programs", wants, read };

/// Bytes of the smallest program that says anything.
const SIZE_MIN: u64 = 1_024;
/// Ends of names that programs in these formats do not have, though they may be run.
const TEXT_ENDS: &[&str] = &[
    ".sh", ".py", ".pl", ".rb", ".js", ".mjs", ".cjs", ".ts", ".lua", ".tcl", ".php", ".bash", ".awk", ".json", ".txt",
    ".md", ".html", ".xml", ".yml", ".yaml", ".toml", ".jar", ".class", ".pyc", ".h", ".c", ".ko", ".la",
];

fn wants(file: &Candidate<'_>) -> Option<Want> {
    if file.entry.size < SIZE_MIN {
        return None;
    }
    let end = file.base.rfind('.').and_then(|dot| file.base.get(dot..)).unwrap_or_default();
    let windows = end.eq_ignore_ascii_case(".exe");
    ((file.executable() && !TEXT_ENDS.contains(&end)) || windows).then_some(Want::Parts)
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let size = match bytes::size(body) {
        Ok(size) => size,
        Err(why) => return Facts::failed(problem(entry, why, true)),
    };
    let mut facts = Facts::default();
    let Some(image) = Image::read(body, size) else { return facts };
    go::read(entry, body, &image, &mut facts.packages, &mut facts.problems);
    rust::read(entry, body, &image, &mut facts.packages, &mut facts.problems);
    facts
}
