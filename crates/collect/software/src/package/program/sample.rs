//! Small programs, for tests and fuzzers.
#![allow(clippy::cast_possible_truncation, reason = "small numbers")]

fn varint(mut value: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

pub(super) fn framed(modules: &str) -> Vec<u8> {
    if modules.is_empty() { Vec::new() } else { [&[7; 16], modules.as_bytes(), &[8; 16]].concat() }
}

/// Build information with its strings in place.
pub(crate) fn inline(version: &str, modules: &str) -> Vec<u8> {
    let mut out = Vec::from(&b"\xff Go buildinf:\x08\x02"[..]);
    out.resize(32, 0);
    for string in [version.as_bytes().to_vec(), framed(modules)] {
        out.extend(varint(string.len()));
        out.extend(string);
    }
    out
}

/// An ELF with one section of this name, which a segment loads at `address`.
pub(crate) fn elf(section: &str, data: &[u8], address: u64, wide: bool, big: bool) -> Vec<u8> {
    let half = |value: usize| if big { (value as u16).to_be_bytes() } else { (value as u16).to_le_bytes() };
    let word = |value: u64| if big { (value as u32).to_be_bytes() } else { (value as u32).to_le_bytes() };
    let long = |value: u64| match (wide, big) {
        (true, true) => value.to_be_bytes().to_vec(),
        (true, false) => value.to_le_bytes().to_vec(),
        (false, _) => word(value).to_vec(),
    };
    let names = format!("\0{section}\0.shstrtab\0");
    let (header, segment, entry) = if wide { (64_u64, 56, 64) } else { (52, 32, 40) };
    let data_at = 0x200_u64;
    let names_at = data_at + data.len() as u64;
    let sections_at = names_at + names.len() as u64;
    let mut out = vec![0x7f, b'E', b'L', b'F', if wide { 2 } else { 1 }, if big { 2 } else { 1 }, 1];
    out.resize(16, 0);
    out.extend([half(2), half(62)].concat());
    out.extend(word(1));
    out.extend([long(address), long(header), long(sections_at)].concat());
    out.extend(word(0));
    out.extend([header as usize, segment, 1, entry, 3, 2].into_iter().flat_map(half));
    let size = data.len() as u64;
    let load = if wide {
        [word(1).to_vec(), word(6).to_vec(), long(data_at), long(address), long(address), long(size), long(size)]
            .concat()
    } else {
        [word(1).to_vec(), long(data_at), long(address), long(address), long(size), long(size), word(6).to_vec()]
            .concat()
    };
    out.extend(load);
    out.resize(data_at as usize, 0);
    out.extend(data);
    out.extend(names.as_bytes());
    for (name, kind, address, at, size) in [
        (0, 0, 0, 0, 0),
        (1, 1, address, data_at, size),
        (2 + section.len() as u64, 3, 0, names_at, names.len() as u64),
    ] {
        let start = out.len();
        out.extend([word(name).to_vec(), word(kind).to_vec(), long(3), long(address), long(at), long(size)].concat());
        out.resize(start + entry, 0);
    }
    out.resize(out.len().max(1_100), 0);
    out
}
