//! `Packages`: a hash of Berkeley DB. Its pages are read one by one, in any order: pages of the hash hold pairs of key and
//! value, long values lie on chains of overflow pages. The layout is that of Berkeley DB 4.x and 5.x (`dbinc/db_page.h`).
use super::{Each, HEADER_MAX};
use crate::{Body, bytes, bytes::Order};

const HASH_MAGIC: u32 = 0x0006_1561;
/// Bytes of the part that all first pages have, and of the header of every other page.
const META: usize = 72;
const PAGE_HEADER: usize = 26;
/// Types of pages.
const HASH_UNSORTED: u8 = 2;
const OVERFLOW: u8 = 7;
const HASH: u8 = 13;
/// Types of items on pages of a hash.
const KEYDATA: u8 = 1;
const OFFPAGE: u8 = 3;
/// The key under which the number of the next package is kept.
const NEXT_KEY: &[u8] = &[0, 0, 0, 0];

/// Tells each blob; the error says why the rest could not be told.
pub(super) fn blobs(body: &mut dyn Body, size: u64, each: Each<'_>) -> Result<(), String> {
    let meta = bytes::at(body, 0, META)?;
    let order = [Order::Little, Order::Big]
        .into_iter()
        .find(|order| order.u32(&meta, 12) == Some(HASH_MAGIC))
        .ok_or("it is no hash of Berkeley DB: another beginning")?;
    let page_size = order.u32(&meta, 20).unwrap_or_default();
    if !page_size.is_power_of_two() || !(512..=65_536).contains(&page_size) {
        return Err(format!("its pages claim {page_size} bytes; Berkeley DB has 512 to 65536"));
    }
    if meta.get(24).is_some_and(|encrypted| *encrypted != 0) {
        return Err("it is encrypted".to_owned());
    }
    let last = u64::from(order.u32(&meta, 32).unwrap_or_default());
    let pages = size / u64::from(page_size);
    let left = pages.saturating_mul(4) + 64;
    let mut file = File { body, order, page_size: u64::from(page_size), pages, left };
    for number in 1..=last {
        if number >= file.pages {
            return Err(format!("it ends after {} of {} pages", file.pages, last + 1));
        }
        let page = file.page(number)?;
        if !matches!(page.get(25), Some(&(HASH | HASH_UNSORTED))) {
            continue;
        }
        for value in file.values(&page) {
            let blob = match value {
                Ok(Value::Here(bytes)) => Ok(bytes),
                Ok(Value::Chain { page, length }) => file.chain(page, length),
                Err(why) => Err(format!("page {number}: {why}")),
            };
            if !each(blob) {
                return Ok(());
            }
        }
    }
    Ok(())
}

struct File<'a> {
    body: &'a mut dyn Body,
    order: Order,
    page_size: u64,
    pages: u64,
    /// Pages that may still be read: a sound database has each read twice, a hostile one leads to the same ones for ever.
    left: u64,
}

enum Value {
    Here(Vec<u8>),
    Chain { page: u32, length: u32 },
}

impl File<'_> {
    fn page(&mut self, number: u64) -> Result<Vec<u8>, String> {
        let length = usize::try_from(self.page_size).unwrap_or_default();
        self.left = self.left.checked_sub(1).ok_or("its pages lead to one another without end")?;
        bytes::at(self.body, number * self.page_size, length)
    }

    /// The values of a page of the hash. Offsets of items stand after its header, and fall: an item ends where the one
    /// before it begins.
    fn values(&self, page: &[u8]) -> Vec<Result<Value, String>> {
        let count = usize::from(self.order.u16(page, 20).unwrap_or_default());
        let offset = |at: usize| self.order.u16(page, PAGE_HEADER + at * 2).map(usize::from);
        let item = |at: usize| {
            let end = if at == 0 { page.len() } else { offset(at - 1)? };
            page.get(offset(at)?..end).filter(|item| !item.is_empty())
        };
        let mut out = Vec::new();
        for at in (1..count).step_by(2) {
            let key = item(at - 1).and_then(|key| key.split_first());
            let Some((kind, value)) = item(at).and_then(|item| item.split_first()) else {
                out.push(Err("an item lies outside of it".to_owned()));
                // What follows is no better, and a page may claim 65,535.
                break;
            };
            if key.is_some_and(|(_, key)| key == NEXT_KEY) {
                continue;
            }
            out.push(match *kind {
                KEYDATA => Ok(Value::Here(value.to_vec())),
                // Three unused bytes, the first page, all bytes.
                OFFPAGE => match (self.order.u32(value, 3), self.order.u32(value, 7)) {
                    (Some(page), Some(length)) => Ok(Value::Chain { page, length }),
                    _ => Err("a long value is cut off".to_owned()),
                },
                other => Err(format!("a value of type {other} is not known")),
            });
        }
        out
    }

    fn chain(&mut self, first: u32, length: u32) -> Result<Vec<u8>, String> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > HEADER_MAX || length as u64 > self.pages * self.page_size {
            return Err(format!("it claims {length} bytes; limit rpm.header is {HEADER_MAX}"));
        }
        let mut out = Vec::new();
        let mut next = first;
        // Each page brings bytes, or the chain is broken: a cycle ends at the length.
        while out.len() < length {
            if next == 0 || u64::from(next) >= self.pages {
                return Err(format!("its chain of pages ends after {} of {length} bytes", out.len()));
            }
            let page = self.page(u64::from(next))?;
            let used = usize::from(self.order.u16(&page, 22).unwrap_or_default());
            let bytes = page.get(PAGE_HEADER..PAGE_HEADER + used).filter(|bytes| !bytes.is_empty());
            let (Some(&OVERFLOW), Some(bytes)) = (page.get(25), bytes) else {
                return Err(format!("page {next} of its chain is none of a chain"));
            };
            out.extend_from_slice(bytes);
            next = self.order.u32(&page, 16).unwrap_or_default();
        }
        out.truncate(length);
        Ok(out)
    }
}
