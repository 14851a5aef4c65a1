//! A header of a package (<https://rpm.org/docs/4.19.x/manual/format_header.html>): an index of tags, then their data. In
//! a database it has no magic number. All numbers are big-endian.
use std::{borrow::Cow, collections::HashMap};

use crate::bytes::Order;

pub(super) const NAME: u32 = 1000;
pub(super) const VERSION: u32 = 1001;
pub(super) const RELEASE: u32 = 1002;
pub(super) const EPOCH: u32 = 1003;
pub(super) const VENDOR: u32 = 1011;
pub(super) const ARCH: u32 = 1022;
pub(super) const SOURCERPM: u32 = 1044;
pub(super) const MODULARITYLABEL: u32 = 5096;
/// Whole paths, of packages built before 2000 and by some that are not rpm.
const OLDFILENAMES: u32 = 1027;
/// One byte a file: how it was installed.
const FILESTATES: u32 = 1029;
const DIRINDEXES: u32 = 1116;
const BASENAMES: u32 = 1117;
const DIRNAMES: u32 = 1118;

const TYPE_INT32: u32 = 4;
const TYPE_STRING: u32 = 6;
const TYPE_STRING_ARRAY: u32 = 8;
const TYPE_I18N: u32 = 9;

/// Bytes of the two lengths, and of one entry of the index.
const START: usize = 8;
const ENTRY: usize = 16;
/// Bytes of all paths together for each byte of data: directories are named by number, so that a small header can mean very
/// long ones. A file has some 100 bytes of data, and its path as many.
const PATHS_RATIO: usize = 64;

#[derive(Debug, Clone, Copy)]
struct Tag {
    kind: u32,
    offset: usize,
    count: usize,
}

/// The tags that are of use.
#[derive(Debug)]
pub(super) struct Header<'a> {
    tags: HashMap<u32, Tag>,
    data: &'a [u8],
}

impl<'a> Header<'a> {
    pub(super) fn parse(blob: &'a [u8]) -> Result<Self, String> {
        let number = |at| Order::Big.u32(blob, at).and_then(|number| usize::try_from(number).ok());
        let (Some(entries), Some(length)) = (number(0), number(4)) else { return Err("it has no beginning".into()) };
        let start = entries.checked_mul(ENTRY).and_then(|index| index.checked_add(START));
        let end = start.and_then(|start| start.checked_add(length));
        let data = start.zip(end).and_then(|(start, end)| blob.get(start..end));
        let Some(data) = data else {
            return Err(format!("it claims {entries} tags and {length} bytes of data, and has {} in all", blob.len()));
        };
        let index = blob.get(START..).unwrap_or_default().chunks_exact(ENTRY).take(entries);
        let tags = index
            .filter_map(|entry| {
                let number = |at| Order::Big.u32(entry, at);
                let (tag, kind) = (number(0)?, number(4)?);
                let (offset, count) = (usize::try_from(number(8)?).ok()?, usize::try_from(number(12)?).ok()?);
                Some((tag, Tag { kind, offset, count }))
            })
            .collect();
        Ok(Self { tags, data })
    }

    fn data_of(&self, tag: u32, kinds: &[u32]) -> Option<(Tag, &'a [u8])> {
        let tag = *self.tags.get(&tag)?;
        if !kinds.contains(&tag.kind) {
            return None;
        }
        Some((tag, self.data.get(tag.offset..)?))
    }

    /// A string; bytes that are not UTF-8 are replaced. Of a translated one, the first.
    pub(super) fn string(&self, tag: u32) -> Option<Cow<'a, str>> {
        let (_, data) = self.data_of(tag, &[TYPE_STRING, TYPE_I18N, TYPE_STRING_ARRAY])?;
        let end = memchr::memchr(0, data)?;
        Some(String::from_utf8_lossy(data.get(..end)?))
    }

    /// The first number.
    pub(super) fn number(&self, tag: u32) -> Option<u32> {
        let (_, data) = self.data_of(tag, &[TYPE_INT32])?;
        Order::Big.u32(data, 0)
    }

    fn strings(&self, tag: u32) -> Result<Vec<&'a [u8]>, String> {
        let Some((tag, mut data)) = self.data_of(tag, &[TYPE_STRING_ARRAY]) else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        for _ in 0..tag.count {
            let end = memchr::memchr(0, data).ok_or("a list of names ends before its end")?;
            out.push(data.get(..end).unwrap_or_default());
            data = data.get(end + 1..).unwrap_or_default();
        }
        Ok(out)
    }

    /// Paths of the files that are installed.
    pub(super) fn paths(&self) -> Result<Vec<String>, String> {
        let states = self.tags.get(&FILESTATES).and_then(|tag| {
            let end = tag.offset.checked_add(tag.count)?;
            self.data.get(tag.offset..end)
        });
        // 1: replaced by another package's; 2: not installed; 3: on a network's share; 4: of another architecture.
        let there =
            |at: usize| states.and_then(|states| states.get(at)).is_none_or(|state| !matches!(state, 1 | 2 | 4));
        let names = self.strings(BASENAMES)?;
        if names.is_empty() {
            let names = self.strings(OLDFILENAMES)?;
            let names = names.into_iter().enumerate().filter(|(at, _)| there(*at));
            return Ok(names.map(|(_, name)| String::from_utf8_lossy(name).into_owned()).collect());
        }
        let dirs = self.strings(DIRNAMES)?;
        let (_, indexes) = self.data_of(DIRINDEXES, &[TYPE_INT32]).ok_or("names have no directories")?;
        let mut out = Vec::new();
        let mut total = 0;
        for (at, name) in names.into_iter().enumerate().filter(|(at, _)| there(*at)) {
            let dir = at
                .checked_mul(4)
                .and_then(|place| Order::Big.u32(indexes, place))
                .and_then(|index| dirs.get(usize::try_from(index).ok()?))
                .ok_or("a name has no directory")?;
            total += dir.len() + name.len();
            if total > self.data.len().saturating_mul(PATHS_RATIO) {
                return Err(format!("limit rpm.paths is {PATHS_RATIO} bytes for each byte of the header"));
            }
            out.push(format!("{}{}", String::from_utf8_lossy(dir), String::from_utf8_lossy(name)));
        }
        Ok(out)
    }
}
