//! Zip archives, entry by entry (PKWARE, "APPNOTE.TXT"): the directory at the end is read as a stream and only what is of
//! use is kept, so that an archive of a million entries needs no memory for them; a stored entry is a window on the
//! archive, so that a jar within a jar needs none either. What the directory says of sizes is never believed.
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;

use crate::Body;

/// Bytes of the end record and the longest comment.
const END_MAX: u64 = 22 + 65_535;
/// Bytes of a name; longer ones are no files of ours.
const NAME_MAX: usize = 4_096;

/// What one file may cost, all archives within it together.
pub(super) struct Budget {
    /// Entries of directories.
    pub(super) entries: u64,
    /// Bytes that decompression gives.
    pub(super) bytes: u64,
    /// Bytes held at once.
    pub(super) held: u64,
}

/// An entry that is of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) name: String,
    compressed: u64,
    /// Where its own header begins.
    header: u64,
    method: u16,
    encrypted: bool,
}

/// A directory, as far as it could be read.
#[derive(Debug, Default)]
pub(super) struct Directory {
    pub(super) items: Vec<Item>,
    /// All entries, of use or not.
    pub(super) entries: u64,
    /// Why it ends early; packages may be missing.
    pub(super) broken: Option<String>,
}

/// Why an archive could not be opened at all.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoArchive {
    /// It does not begin like one.
    Other,
    /// It begins like one; the reason that it cannot be read.
    Broken(String),
}

/// Numbers within a record; none where it is too short.
struct Record<'a>(&'a [u8]);

impl Record<'_> {
    fn part<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..at.checked_add(N)?)?.try_into().ok()
    }
    fn u16(&self, at: usize) -> Option<u16> {
        self.part(at).map(u16::from_le_bytes)
    }
    fn u32(&self, at: usize) -> Option<u32> {
        self.part(at).map(u32::from_le_bytes)
    }
    fn u64(&self, at: usize) -> Option<u64> {
        self.part(at).map(u64::from_le_bytes)
    }
}

/// Where the directory is.
struct Place {
    start: u64,
    size: u64,
    entries: u64,
    /// Bytes before the archive: programs that start themselves have a script there.
    before: u64,
}

fn bytes_at(body: &mut dyn Body, at: u64, most: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    body.seek(SeekFrom::Start(at))?;
    body.take(most).read_to_end(&mut out)?;
    Ok(out)
}

fn place(body: &mut dyn Body) -> io::Result<Result<Place, NoArchive>> {
    let length = body.seek(SeekFrom::End(0))?;
    let tail_start = length.saturating_sub(END_MAX);
    let tail = bytes_at(body, tail_start, END_MAX)?;
    // The last one whose comment does not reach beyond the file.
    let end = memchr::memmem::rfind_iter(&tail, b"PK\x05\x06").find(|at| {
        let comment = tail.get(*at..).and_then(|record| Record(record).u16(20));
        comment.is_some_and(|comment| at + 22 + usize::from(comment) <= tail.len())
    });
    let Some(end) = end else {
        let begins = bytes_at(body, 0, 4)?;
        let zip = begins.starts_with(b"PK\x03\x04");
        let broken = || NoArchive::Broken("it has no directory at its end: it is cut off".to_owned());
        return Ok(Err(if zip { broken() } else { NoArchive::Other }));
    };
    let record = Record(tail.get(end..).unwrap_or_default());
    let fields = || Some((record.u16(10)?, record.u32(12)?, record.u32(16)?));
    let Some((entries, size, offset)) = fields() else { return Ok(Err(NoArchive::Other)) };
    let mut end_at = tail_start + end as u64;
    let mut all = (u64::from(entries), u64::from(size), u64::from(offset));
    if entries == u16::MAX || size == u32::MAX || offset == u32::MAX {
        // Zip64: a locator stands before the end record, and its record before that unless there is more than we know.
        let locator = bytes_at(body, end_at.saturating_sub(20), 20)?;
        let locator = Record(&locator);
        if locator.u32(0) == Some(0x0706_4b50) {
            for at in [locator.u64(8), end_at.checked_sub(76)].into_iter().flatten() {
                let large = bytes_at(body, at, 56)?;
                let large = Record(&large);
                if let (Some(0x0606_4b50), Some(entries), Some(size), Some(offset)) =
                    (large.u32(0), large.u64(32), large.u64(40), large.u64(48))
                {
                    all = (entries, size, offset);
                    end_at = at;
                    break;
                }
            }
        }
    }
    let (entries, size, offset) = all;
    let start = end_at.checked_sub(size);
    let before = start.and_then(|start| start.checked_sub(offset));
    Ok(match (start, before) {
        (Some(start), Some(before)) => Ok(Place { start, size, entries, before }),
        _ => Err(NoArchive::Broken("its directory would lie outside of it".to_owned())),
    })
}

/// The entries that `keep` keeps.
///
/// # Errors
/// Those of the reading.
pub(super) fn directory(
    body: &mut dyn Body,
    budget: &mut Budget,
    keep: &mut dyn FnMut(&str) -> bool,
) -> io::Result<Result<Directory, NoArchive>> {
    let place = match place(body)? {
        Ok(place) => place,
        Err(none) => return Ok(Err(none)),
    };
    body.seek(SeekFrom::Start(place.start))?;
    let mut from = BufReader::with_capacity(64 << 10, body.take(place.size));
    let mut out = Directory::default();
    let (mut header, mut rest) = ([0_u8; 46], Vec::new());
    // What the end record says of their number is a hint: the signatures count.
    loop {
        let read = fill(&mut from, &mut header)?;
        let record = Record(&header);
        if read < header.len() || record.u32(0) != Some(0x0201_4b50) {
            if out.entries < place.entries {
                out.broken =
                    Some(format!("its directory says {} entries, {} could be read", place.entries, out.entries));
            }
            return Ok(Ok(out));
        }
        if budget.entries == 0 {
            out.broken = Some("more entries than the limit archive.entries".to_owned());
            return Ok(Ok(out));
        }
        budget.entries -= 1;
        out.entries += 1;
        let length = |at| usize::from(record.u16(at).unwrap_or_default());
        let (name, extra, comment) = (length(28), length(30), length(32));
        rest.resize(name + extra, 0);
        let whole = fill(&mut from, &mut rest)? == rest.len();
        io::copy(&mut (&mut from).take(comment as u64), &mut io::sink())?;
        let (name, extra) = rest.split_at_checked(name).unwrap_or_default();
        if !whole || name.len() > NAME_MAX {
            continue;
        }
        let name = String::from_utf8_lossy(name);
        if keep(&name) {
            let (compressed, at) = large(&record, extra);
            out.items.push(Item {
                name: name.into_owned(),
                compressed,
                header: place.before.saturating_add(at),
                method: record.u16(10).unwrap_or_default(),
                encrypted: record.u16(8).unwrap_or_default() & 1 != 0,
            });
        }
    }
}

/// The compressed size and the place of the header, which an extra field holds where they need more than 32 bits.
fn large(record: &Record<'_>, extra: &[u8]) -> (u64, u64) {
    let small = [record.u32(24), record.u32(20), record.u32(42)].map(Option::unwrap_or_default);
    let [mut size, mut compressed, mut at] = small.map(u64::from);
    let mut rest = extra;
    while let (Some(id), Some(length)) = (Record(rest).u16(0), Record(rest).u16(2)) {
        let field = rest.get(4..4 + usize::from(length)).unwrap_or_default();
        if id == 1 {
            let mut next = 0;
            for (small, large) in small.iter().zip([&mut size, &mut compressed, &mut at]) {
                if *small == u32::MAX {
                    *large = Record(field).u64(next).unwrap_or(*large);
                    next += 8;
                }
            }
            break;
        }
        rest = rest.get(4 + usize::from(length)..).unwrap_or_default();
    }
    (compressed, at)
}

/// Reads until `into` is full or the end; gives how much.
fn fill(from: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    let mut done = 0;
    while let Some(rest) = into.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(read) => done += read,
            Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
            Err(why) => return Err(why),
        }
    }
    Ok(done)
}

/// A part of a body that is a body itself.
pub(super) struct Window<'a> {
    body: &'a mut dyn Body,
    start: u64,
    length: u64,
    at: u64,
}

impl Read for Window<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = into.len().min(left);
        let Some(into) = into.get_mut(..most).filter(|into| !into.is_empty()) else { return Ok(0) };
        self.body.seek(SeekFrom::Start(self.start.saturating_add(self.at)))?;
        let read = self.body.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Window<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the beginning"))?;
        Ok(self.at)
    }
}

/// The bytes of an entry as they lie there; the reason where they cannot be found.
fn window<'a>(body: &'a mut dyn Body, item: &Item) -> io::Result<Result<Window<'a>, &'static str>> {
    if item.encrypted {
        return Ok(Err("it is encrypted"));
    }
    let length = body.seek(SeekFrom::End(0))?;
    let header = bytes_at(body, item.header, 30)?;
    let record = Record(&header);
    let (Some(0x0403_4b50), Some(name), Some(extra)) = (record.u32(0), record.u16(26), record.u16(28)) else {
        return Ok(Err("nothing begins where the directory says"));
    };
    let start = item.header.saturating_add(30 + u64::from(name) + u64::from(extra));
    // The directory may lie: no window reaches beyond the archive.
    let end = start.saturating_add(item.compressed).min(length);
    Ok(Ok(Window { body, start, length: end.saturating_sub(start), at: 0 }))
}

/// What an entry holds.
pub(super) enum Content<'a> {
    /// Stored: a part of the archive.
    Stored(Window<'a>),
    /// Decompressed; counted in [`Budget::held`] until it is given back.
    Held(Vec<u8>),
}

/// The content of an entry, at most `most` bytes of it where it must be decompressed.
///
/// # Errors
/// The reason in words, which names the limit where it is one.
pub(super) fn content<'a>(
    body: &'a mut dyn Body,
    item: &Item,
    budget: &mut Budget,
    most: u64,
) -> Result<Content<'a>, String> {
    let window = window(body, item).map_err(|why| why.to_string())?.map_err(str::to_owned)?;
    match item.method {
        0 => Ok(Content::Stored(window)),
        8 => {
            let limit = most.min(budget.bytes).min(budget.held);
            let mut out = Vec::new();
            let read = DeflateDecoder::new(window).take(limit.saturating_add(1)).read_to_end(&mut out);
            budget.bytes = budget.bytes.saturating_sub(out.len() as u64);
            read.map_err(|why| format!("it cannot be decompressed: {why}"))?;
            if out.len() as u64 > limit {
                let name = if limit == most { "archive.entry_bytes" } else { "archive.bytes" };
                return Err(format!("it is larger than the limit {name} allows, {limit} bytes"));
            }
            Ok(Content::Held(out))
        }
        method => Err(format!("it is compressed by method {method}, which is not known")),
    }
}

/// All bytes of a small entry.
///
/// # Errors
/// As [`content`].
pub(super) fn bytes(body: &mut dyn Body, item: &Item, budget: &mut Budget, most: u64) -> Result<Vec<u8>, String> {
    match content(body, item, budget, most)? {
        Content::Held(bytes) => Ok(bytes),
        Content::Stored(mut window) => crate::body::whole(&mut window, most).map_err(|why| why.to_string()),
    }
}
