//! `rpmdb.sqlite`: the table `Packages(hnum INTEGER PRIMARY KEY, blob BLOB)`, read page by page from the file format
//! (<https://www.sqlite.org/fileformat2.html>), so that a database of hundreds of megabytes takes no memory, and no engine
//! meets a hostile one.
use std::collections::HashSet;

use super::{Each, HEADER_MAX};
use crate::{Body, bytes, bytes::Order};

const MAGIC: &[u8] = b"SQLite format 3\0";
const INTERIOR: u8 = 0x05;
const LEAF: u8 = 0x0d;
/// Bytes of the file's header, at the beginning of the first page.
const FILE_HEADER: usize = 100;
/// Levels of a tree; a file of the largest size needs some ten.
const DEPTH_MAX: usize = 32;
const BE: Order = Order::Big;

/// Tells each blob; the error says why the rest could not be told.
pub(super) fn blobs(body: &mut dyn Body, size: u64, each: Each<'_>) -> Result<(), String> {
    let header = bytes::at(body, 0, FILE_HEADER)?;
    if !header.starts_with(MAGIC) {
        return Err("it is no SQLite database: another beginning".to_owned());
    }
    let page_size = match BE.u16(&header, 16).unwrap_or_default() {
        1 => 65_536,
        size => u64::from(size),
    };
    let reserved = u64::from(header.get(20).copied().unwrap_or_default());
    if !page_size.is_power_of_two() || page_size < 512 || page_size - reserved < 480 {
        return Err(format!("its pages claim {page_size} bytes, {reserved} of them reserved; SQLite has no such"));
    }
    let pages = size / page_size;
    let mut file = File { body, page_size, usable: page_size - reserved, pages, left: pages.saturating_mul(4) + 64 };
    let stale = u64::from(BE.u32(&header, 28).unwrap_or_default());
    let mut root = None;
    file.tree(1, &mut |record| {
        if let Ok(record) = record {
            root = root.take().or_else(|| packages_root(&record));
        }
        root.is_none()
    })?;
    let root = root.ok_or("it has no table `Packages`")?;
    file.tree(root, &mut |record| {
        // The key is the row's own; the second column is the blob.
        each(
            record.and_then(|record| column(&record, 1).map(<[u8]>::to_vec).ok_or_else(|| "it has no blob".to_owned())),
        )
    })?;
    if stale > file.pages {
        return Err(format!("it ends after {} of {stale} pages", file.pages));
    }
    Ok(())
}

/// The first page of the table, where this row of the schema is its (type, name, table, page, statement).
fn packages_root(record: &[u8]) -> Option<u32> {
    let table = column(record, 0)? == b"table" && column(record, 1)? == b"Packages";
    let number = column(record, 3).filter(|bytes| table && (1..=4).contains(&bytes.len()))?;
    Some(number.iter().fold(0, |all, byte| (all << 8) | u32::from(*byte)))
}

/// A number of one to nine bytes, and what follows it.
fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0_u64;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        if at == 8 {
            return Some(((value << 8) | u64::from(*byte), bytes.get(9..)?));
        }
        value = (value << 7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(at + 1..)?));
        }
    }
    None
}

/// The bytes of a column of a record.
fn column(record: &[u8], wanted: usize) -> Option<&[u8]> {
    let (length, rest) = varint(record)?;
    let header = usize::try_from(length).ok()?;
    let mut types = record.get(record.len() - rest.len()..header)?;
    let mut at = header;
    for column in 0..=wanted {
        let (kind, rest) = varint(types)?;
        types = rest;
        let size = match kind {
            0 | 8..=11 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            kind => (kind - 12) / 2,
        };
        let end = at.checked_add(usize::try_from(size).ok()?)?;
        if column == wanted {
            return record.get(at..end);
        }
        at = end;
    }
    None
}

struct File<'a> {
    body: &'a mut dyn Body,
    page_size: u64,
    /// Bytes of a page without its reserved end.
    usable: u64,
    pages: u64,
    /// Pages that may still be read: a sound database has each read once, a hostile one leads to the same ones for ever.
    left: u64,
}

impl File<'_> {
    /// Pages count from 1.
    fn page(&mut self, number: u32) -> Result<Vec<u8>, String> {
        let length = usize::try_from(self.usable).unwrap_or_default();
        let before = u64::from(number).checked_sub(1).ok_or("it names page 0")?;
        if before >= self.pages {
            return Err(format!("it names page {number}, and has {}", self.pages));
        }
        self.left = self.left.checked_sub(1).ok_or("its pages lead to one another without end")?;
        bytes::at(self.body, before * self.page_size, length)
    }

    /// The records of a table in order; `each` says false for enough. A page that cannot be read costs its records only.
    fn tree(&mut self, root: u32, each: &mut dyn FnMut(Result<Vec<u8>, String>) -> bool) -> Result<(), String> {
        let mut seen = HashSet::new();
        let mut stack = vec![(root, 0)];
        while let Some((number, depth)) = stack.pop() {
            if depth > DEPTH_MAX || !seen.insert(number) {
                return Err(format!("its tree leads to page {number} again"));
            }
            let page = match self.page(number) {
                Ok(page) => page,
                Err(why) if self.left == 0 => return Err(why),
                Err(why) if each(Err(why.clone())) => continue,
                Err(_) => return Ok(()),
            };
            let start = if number == 1 { FILE_HEADER } else { 0 };
            let kind = page.get(start).copied();
            let count = usize::from(BE.u16(&page, start + 3).unwrap_or_default());
            let cell = |at: usize, header: usize| {
                BE.u16(&page, start + header + at * 2).and_then(|offset| page.get(usize::from(offset)..))
            };
            match kind {
                Some(LEAF) => {
                    for at in 0..count {
                        let record = match cell(at, 8) {
                            Some(cell) => self.record(cell),
                            None => Err(format!("page {number}: a row lies outside of it")),
                        };
                        if !each(record) {
                            return Ok(());
                        }
                    }
                }
                Some(INTERIOR) => {
                    // The right-most child comes last: the stack gives the first one first.
                    stack.extend(BE.u32(&page, start + 8).map(|child| (child, depth + 1)));
                    let children = (0..count).rev().map(|at| cell(at, 12).and_then(|cell| BE.u32(cell, 0)));
                    for child in children {
                        match child {
                            Some(child) => stack.push((child, depth + 1)),
                            None if each(Err(format!("page {number}: a child lies outside of it"))) => {}
                            None => return Ok(()),
                        }
                    }
                }
                _ => {
                    if !each(Err(format!("page {number} is none of a table"))) {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// The record of a cell of a leaf: what does not fit on the page lies on a chain of overflow pages.
    fn record(&mut self, cell: &[u8]) -> Result<Vec<u8>, String> {
        let parts = varint(cell).and_then(|(length, rest)| Some((length, varint(rest)?.1)));
        let Some((length, payload)) = parts else { return Err("a row is cut off".to_owned()) };
        if length > HEADER_MAX as u64 || length > self.pages * self.page_size {
            return Err(format!("a row claims {length} bytes; limit rpm.header is {HEADER_MAX}"));
        }
        // Section 1.6 of the format: how much of a payload stays on the page.
        let most = self.usable - 35;
        let least = (self.usable - 12) * 32 / 255 - 23;
        let fits = least + length.saturating_sub(least) % (self.usable - 4);
        let local = match length {
            length if length <= most => length,
            _ if fits <= most => fits,
            _ => least,
        };
        let (local, length) = (usize::try_from(local).unwrap_or_default(), usize::try_from(length).unwrap_or_default());
        let mut out = payload.get(..local).ok_or("a row is cut off")?.to_vec();
        let mut next = BE.u32(payload, local).unwrap_or_default();
        while out.len() < length {
            // Each page brings bytes: a cycle ends at the length.
            if next == 0 {
                return Err(format!("the chain of a row ends after {} of {length} bytes", out.len()));
            }
            let page = self.page(next)?;
            next = BE.u32(&page, 0).unwrap_or_default();
            out.extend_from_slice(page.get(4..).unwrap_or_default());
        }
        out.truncate(length);
        Ok(out)
    }
}
