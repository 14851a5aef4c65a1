//! What a Go program says of itself: the toolchain's version and its modules, in the layout of `debug/buildinfo` (Go 1.13 and
//! later; the strings are pointed at before 1.18 and stand in place since).
use casemate_estate::{Package, PackageType, Problem};

use super::image::{Image, Part};
use crate::{Body, Entry, bytes, bytes::Order, package};

const MAGIC: &[u8] = b"\xff Go buildinf:";
/// It stands on a multiple of this, from the beginning of its section.
const ALIGN: usize = 16;
const HEADER: usize = 32;
/// Bytes of data that are searched; the linker puts it first.
const SEARCH_MAX: usize = 1 << 20;
/// Bytes of the list of modules; programs of 1,000 modules have 100 KiB.
const MODULES_MAX: usize = 4 << 20;
/// Around the list of modules stand 16 bytes each, for a reader that searches memory.
const FRAME: usize = 16;

/// Adds what the program says; nothing where it is none of Go's.
pub(super) fn read(
    entry: &Entry,
    body: &mut dyn Body,
    image: &Image,
    found: &mut Vec<Package>,
    problems: &mut Vec<Problem>,
) {
    let Some(part) = place(image) else { return };
    let length = usize::try_from(part.size).unwrap_or(SEARCH_MAX).min(SEARCH_MAX);
    let Ok(data) = bytes::at(body, part.offset, length) else { return };
    let Some(start) = memchr::memmem::find_iter(&data, MAGIC).find(|at| at % ALIGN == 0) else { return };
    let Some((version, modules)) =
        data.get(start..).and_then(|info| strings(body, image, info, part.offset + start as u64))
    else {
        problems.push(package::problem(entry, "it is a Go program whose list of modules is damaged", true));
        return;
    };
    let words = version.split_whitespace().next().unwrap_or_default();
    match words.strip_prefix("go").filter(|version| version.starts_with(|first: char| first.is_ascii_digit())) {
        Some(version) => found.push(package::package(entry, PackageType::Golang, "stdlib", version)),
        None => {
            let reason = format!("it was built by an unreleased Go, `{}`: `stdlib` has no version", short(&version));
            problems.push(package::problem(entry, reason, false));
            found.push(package::package(entry, PackageType::Golang, "stdlib", ""));
        }
    }
    if modules.is_empty() {
        let reason = "it is a Go program built without modules: what it holds beside Go's own library is not known";
        problems.push(package::problem(entry, reason, false));
    }
    module_list(entry, &modules, found, problems);
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

/// Where the information begins: its own section, or the data that the program may change.
fn place(image: &Image) -> Option<&Part> {
    image
        .section(".go.buildinfo")
        .or_else(|| image.section("__go_buildinfo"))
        .or_else(|| image.segments.iter().find(|part| part.data && part.size > 0))
}

/// The version of Go, and the list of modules without its frame.
fn strings(body: &mut dyn Body, image: &Image, info: &[u8], offset: u64) -> Option<(String, String)> {
    let (pointer_size, flags) = (*info.get(14)?, *info.get(15)?);
    let (version, modules) = if flags & 2 != 0 {
        // The strings follow, each after its length. They may reach beyond what was searched.
        let whole;
        let mut rest = info.get(HEADER..)?;
        let need = lengths(rest)?;
        if need > rest.len() {
            whole = bytes::at(body, offset + HEADER as u64, need.min(MODULES_MAX)).ok()?;
            rest = &whole;
        }
        let (version, rest) = string(rest)?;
        (version.to_vec(), string(rest)?.0.to_vec())
    } else {
        let order = if flags & 1 != 0 { Order::Big } else { Order::Little };
        let pointer = |bytes: &[u8], at: usize| match pointer_size {
            4 => order.u32(bytes, at).map(u64::from),
            8 => order.u64(bytes, at),
            _ => None,
        };
        let size = usize::from(pointer_size);
        // Each points at a string's address and length.
        let mut follow = |at: usize| {
            let header = image.memory(body, pointer(info, at)?, 2 * size)?;
            let length = usize::try_from(pointer(&header, size)?).ok().filter(|length| *length <= MODULES_MAX)?;
            if length == 0 {
                return Some(Vec::new());
            }
            image.memory(body, pointer(&header, 0)?, length)
        };
        let version = follow(16)?;
        // A program built without modules has none.
        (version, follow(16 + size).unwrap_or_default())
    };
    let framed = modules.len() > 2 * FRAME && modules.get(modules.len() - FRAME - 1) == Some(&b'\n');
    let modules = if framed { modules.get(FRAME..modules.len() - FRAME)? } else { &[] };
    Some((String::from_utf8_lossy(&version).into_owned(), String::from_utf8_lossy(modules).into_owned()))
}

/// An unsigned number of seven bits a byte, lowest first, and what follows.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_u64;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, bytes.get(at + 1..)?));
        }
    }
    None
}

fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(length)
}

/// Bytes of both strings with their lengths.
fn lengths(bytes: &[u8]) -> Option<usize> {
    let (first, rest) = number(bytes)?;
    let before = bytes.len() - rest.len() + first;
    match rest.get(first..).and_then(number) {
        Some((second, tail)) => (bytes.len() - tail.len()).checked_add(second),
        // The second length lies beyond what was searched.
        None => before.checked_add(MODULES_MAX),
    }
    .filter(|need| *need <= 2 * MODULES_MAX)
}

/// Lines `mod|dep|=> PATH VERSION SUM`, separated by tabs (`runtime/debug`, `BuildInfo`).
fn module_list(entry: &Entry, modules: &str, found: &mut Vec<Package>, problems: &mut Vec<Problem>) {
    for line in modules.lines() {
        let mut words = line.split('\t');
        let (kind, path, version) = (words.next(), words.next(), words.next());
        let (Some(kind), Some(path)) = (kind, path.filter(|path| !path.is_empty())) else { continue };
        let version = match version {
            Some("(devel)") | None => "",
            Some(version) => version,
        };
        match kind {
            "mod" | "dep" => found.push(package::package(entry, PackageType::Golang, path, version)),
            // It stands in for the one before it. A directory has no version, and keeps the name that it stands in for.
            "=>" => {
                if let Some(last) = found.last_mut().filter(|last| last.name != "stdlib") {
                    if !path.starts_with(['.', '/']) {
                        path.clone_into(&mut last.name);
                    }
                    version.clone_into(&mut last.version);
                }
            }
            _ => {}
        }
    }
    let mut unversioned = found.iter().filter(|package| package.version.is_empty() && package.name != "stdlib");
    if let Some(first) = unversioned.next() {
        let more = match unversioned.count() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let reason = format!("Go module `{}`{more} came from a working tree: no version is known", short(&first.name));
        problems.push(package::problem(entry, reason, false));
    }
}
