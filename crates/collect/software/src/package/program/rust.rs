//! What `cargo auditable` puts into a Rust program: the section `.dep-v0`, zlib of JSON
//! (<https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md>).
use std::io::Read;

use casemate_estate::{Package, PackageType, Problem};
use serde::Deserialize;

use super::image::Image;
use crate::{Body, Entry, bytes, package};

const SECTION: &str = ".dep-v0";
/// Compressed and plain bytes; a program of 600 crates has 10 KiB and 60 KiB. The format asks readers for a limit.
const PACKED_MAX: usize = 2 << 20;
const PLAIN_MAX: u64 = 16 << 20;

#[derive(Deserialize)]
struct Audit {
    packages: Vec<Crate>,
}

#[derive(Deserialize)]
struct Crate {
    name: String,
    #[serde(default)]
    version: String,
    /// `build` or `runtime`, the latter where it is not said.
    #[serde(default)]
    kind: Option<String>,
}

/// Adds what the program says; nothing where it says nothing.
pub(super) fn read(
    entry: &Entry,
    body: &mut dyn Body,
    image: &Image,
    found: &mut Vec<Package>,
    problems: &mut Vec<Problem>,
) {
    let Some(section) = image.section(SECTION).filter(|section| section.size > 0) else { return };
    match audit(body, section.offset, section.size) {
        Ok(audit) => found.extend(audit.packages.into_iter().map(|part| {
            let mut package = package::package(entry, PackageType::Cargo, part.name, part.version);
            package.dev = part.kind.as_deref() == Some("build");
            package
        })),
        Err(why) => problems.push(package::problem(entry, format!("its list of crates cannot be read: {why}"), true)),
    }
}

fn audit(body: &mut dyn Body, offset: u64, size: u64) -> Result<Audit, String> {
    let size = usize::try_from(size).ok().filter(|size| *size <= PACKED_MAX);
    let packed = bytes::at(body, offset, size.ok_or_else(|| format!("limit rust.audit is {PACKED_MAX} bytes"))?)?;
    let mut plain = Vec::new();
    flate2::read::ZlibDecoder::new(packed.as_slice())
        .take(PLAIN_MAX + 1)
        .read_to_end(&mut plain)
        .map_err(|why| format!("it does not unpack: {why}"))?;
    if plain.len() as u64 > PLAIN_MAX {
        return Err(format!("limit rust.audit.plain is {PLAIN_MAX} bytes"));
    }
    serde_json::from_slice(&plain).map_err(|why| format!("line {}: it is no list of crates", why.line()))
}
