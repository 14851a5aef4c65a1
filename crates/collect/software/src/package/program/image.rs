//! Where the parts of a program lie in its file: the section tables of ELF (System V ABI, chapters 4 and 5), PE (Microsoft's
//! "PE Format") and Mach-O (`mach-o/loader.h`), as far as names, places and addresses go.
use crate::{Body, bytes, bytes::Order};

/// Sections and segments of one program; programs have tens.
const PARTS_MAX: usize = 4_096;
/// Bytes of the names of sections.
const NAMES_MAX: usize = 1 << 20;
/// Bytes of the commands of a Mach-O.
const COMMANDS_MAX: usize = 4 << 20;
/// Bytes of the longest header.
const HEAD: usize = 64;

/// A stretch of the file and where it lies in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Name of a section; empty for a segment.
    pub(super) name: String,
    pub(super) address: u64,
    pub(super) offset: u64,
    /// Bytes in the file.
    pub(super) size: u64,
    /// Holds data that the program may change.
    pub(super) data: bool,
}

/// The parts of a program.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) sections: Vec<Part>,
    /// What addresses are looked up in.
    pub(super) segments: Vec<Part>,
}

/// Whether a file that begins so is a program or library.
pub(crate) fn is_program(head: &[u8]) -> bool {
    head.starts_with(b"\x7fELF")
        || head.starts_with(b"MZ")
        || [0xfeed_face, 0xfeed_facf]
            .iter()
            .any(|magic| [Order::Big, Order::Little].iter().any(|order| order.u32(head, 0) == Some(*magic)))
        // A Java class begins so too; its next number is a version of 45 and more.
        || (Order::Big.u32(head, 0) == Some(0xcafe_babe) && Order::Big.u32(head, 4).is_some_and(|count| count < 40))
}

impl Image {
    /// The program at the beginning of `body`; none where it is none, or its tables are damaged.
    pub(super) fn read(body: &mut dyn Body, size: u64) -> Option<Self> {
        let head = bytes::at(body, 0, HEAD.min(usize::try_from(size).unwrap_or(HEAD))).ok()?;
        if !is_program(&head) {
            return None;
        }
        if head.starts_with(b"\x7fELF") {
            elf(body, &head)
        } else if head.starts_with(b"MZ") {
            pe(body, &head)
        } else if head.starts_with(&[0xca, 0xfe, 0xba, 0xbe]) {
            // Of a program for many processors the first stands for all: they are built from the same source.
            let base = u64::from(Order::Big.u32(&bytes::at(body, 8, 20).ok()?, 8)?);
            let head = bytes::at(body, base, HEAD).ok()?;
            mach(body, &head, base)
        } else {
            mach(body, &head, 0)
        }
    }

    /// A section by name.
    pub(super) fn section(&self, name: &str) -> Option<&Part> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// `length` bytes at an address of memory.
    pub(super) fn memory(&self, body: &mut dyn Body, address: u64, length: usize) -> Option<Vec<u8>> {
        let part = self.segments.iter().find(|part| {
            address.checked_sub(part.address).is_some_and(|from| from < part.size && part.size - from >= length as u64)
        })?;
        bytes::at(body, part.offset.checked_add(address - part.address)?, length).ok()
    }
}

fn text(bytes: &[u8]) -> String {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}

fn elf(body: &mut dyn Body, head: &[u8]) -> Option<Image> {
    let wide = *head.get(4)? == 2;
    let order = if *head.get(5)? == 2 { Order::Big } else { Order::Little };
    let word = |bytes: &[u8], at| if wide { order.u64(bytes, at) } else { order.u32(bytes, at).map(u64::from) };
    let half = |at| order.u16(head, at).map(usize::from);
    let (segments_at, sections_at) =
        if wide { (word(head, 32)?, word(head, 40)?) } else { (word(head, 28)?, word(head, 32)?) };
    let counts = if wide { 54 } else { 42 };
    let (segment_size, segment_count) = (half(counts)?, half(counts + 2)?);
    let (section_size, mut section_count, mut names_index) = (half(counts + 4)?, half(counts + 6)?, half(counts + 8)?);
    let mut segments = Vec::new();
    if segment_size >= if wide { 56 } else { 32 } {
        let table = bytes::at(body, segments_at, segment_size * segment_count.min(PARTS_MAX)).unwrap_or_default();
        for entry in table.chunks_exact(segment_size) {
            // PT_LOAD
            if order.u32(entry, 0)? != 1 {
                continue;
            }
            let flags = order.u32(entry, if wide { 4 } else { 24 })?;
            segments.push(Part {
                name: String::new(),
                offset: word(entry, if wide { 8 } else { 4 })?,
                address: word(entry, if wide { 16 } else { 8 })?,
                size: word(entry, if wide { 32 } else { 16 })?,
                data: flags & 2 != 0,
            });
        }
    }
    let mut sections = Vec::new();
    if sections_at > 0 && section_size >= if wide { 64 } else { 40 } {
        let at = |wide_at, narrow_at| if wide { wide_at } else { narrow_at };
        let first = bytes::at(body, sections_at, section_size).ok();
        if let Some(first) = &first {
            // More sections than 16 bits can count are counted in the first one.
            if section_count == 0 {
                section_count = usize::try_from(word(first, at(32, 20))?).ok()?;
            }
            if names_index == 0xffff {
                names_index = usize::try_from(order.u32(first, at(40, 24))?).ok()?;
            }
        }
        let table = bytes::at(body, sections_at, section_size * section_count.min(PARTS_MAX)).unwrap_or_default();
        let names = table.chunks_exact(section_size).nth(names_index).and_then(|entry| {
            let size = usize::try_from(word(entry, at(32, 20))?).ok()?.min(NAMES_MAX);
            bytes::at(body, word(entry, at(24, 16))?, size).ok()
        });
        let names = names.unwrap_or_default();
        for entry in table.chunks_exact(section_size) {
            // SHT_NOBITS has no bytes in the file.
            let empty = order.u32(entry, 4)? == 8;
            let name = usize::try_from(order.u32(entry, 0)?).ok().and_then(|at| names.get(at..)).map(text);
            sections.push(Part {
                name: name.unwrap_or_default(),
                address: word(entry, at(16, 12))?,
                offset: word(entry, at(24, 16))?,
                size: if empty { 0 } else { word(entry, at(32, 20))? },
                data: word(entry, 8)? & 1 != 0,
            });
        }
    }
    Some(Image { sections, segments })
}

fn pe(body: &mut dyn Body, head: &[u8]) -> Option<Image> {
    let order = Order::Little;
    let start = u64::from(order.u32(head, 0x3c)?);
    let coff = bytes::at(body, start, 24).ok()?;
    if !coff.starts_with(b"PE\0\0") {
        return None;
    }
    let (count, optional_size) = (usize::from(order.u16(&coff, 6)?), usize::from(order.u16(&coff, 20)?));
    let optional = bytes::at(body, start + 24, optional_size).ok()?;
    let base = match order.u16(&optional, 0)? {
        0x10b => u64::from(order.u32(&optional, 28)?),
        0x20b => order.u64(&optional, 24)?,
        _ => return None,
    };
    let table = bytes::at(body, start + 24 + optional_size as u64, 40 * count.min(PARTS_MAX)).ok()?;
    let mut sections = Vec::new();
    for entry in table.chunks_exact(40) {
        let flags = order.u32(entry, 36)?;
        sections.push(Part {
            name: text(entry.get(..8)?),
            address: base.wrapping_add(u64::from(order.u32(entry, 12)?)),
            offset: u64::from(order.u32(entry, 20)?),
            size: u64::from(order.u32(entry, 16)?),
            // Initialised data that can be written.
            data: flags & 0x8000_0040 == 0x8000_0040,
        });
    }
    Some(Image { segments: sections.clone(), sections })
}

fn mach(body: &mut dyn Body, head: &[u8], base: u64) -> Option<Image> {
    let (order, wide) = [(Order::Big, 0xfeed_face, false), (Order::Big, 0xfeed_facf, true)]
        .into_iter()
        .flat_map(|(order, magic, wide)| [(order, magic, wide), (Order::Little, magic, wide)])
        .find(|(order, magic, _)| order.u32(head, 0) == Some(*magic))
        .map(|(order, _, wide)| (order, wide))?;
    let word = |bytes: &[u8], at| if wide { order.u64(bytes, at) } else { order.u32(bytes, at).map(u64::from) };
    let (count, length) = (order.u32(head, 16)?, usize::try_from(order.u32(head, 20)?).ok()?);
    let commands = bytes::at(body, base + if wide { 32 } else { 28 }, length.min(COMMANDS_MAX)).ok()?;
    let mut rest = commands.as_slice();
    let (mut segments, mut sections) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (kind, size) = (order.u32(rest, 0)?, usize::try_from(order.u32(rest, 4)?).ok()?);
        let command = rest.get(..size).filter(|command| command.len() >= 8)?;
        rest = rest.get(size..)?;
        // LC_SEGMENT and LC_SEGMENT_64
        if kind != if wide { 0x19 } else { 1 } {
            continue;
        }
        let at = |wide_at, narrow_at| if wide { wide_at } else { narrow_at };
        segments.push(Part {
            name: String::new(),
            address: word(command, 24)?,
            offset: base.checked_add(word(command, at(40, 32))?)?,
            size: word(command, at(48, 36))?,
            data: order.u32(command, at(60, 44))? & 3 == 3,
        });
        for section in command.get(at(72, 56)..)?.chunks_exact(at(80, 68)).take(PARTS_MAX) {
            sections.push(Part {
                name: text(section.get(..16)?),
                address: word(section, 32)?,
                size: word(section, at(40, 36))?,
                offset: base.checked_add(u64::from(order.u32(section, at(48, 40))?))?,
                data: section.get(16..)?.starts_with(b"__DATA\0"),
            });
        }
        if sections.len() > PARTS_MAX {
            return None;
        }
    }
    Some(Image { sections, segments })
}
