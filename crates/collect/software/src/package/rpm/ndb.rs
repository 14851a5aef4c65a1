//! `Packages.db`: a table of slots, each of which says where the blob of a package lies. Numbers are little-endian; the
//! layout is rpm's own (`lib/backend/ndb` in its sources, version 0).
use super::{Each, HEADER_MAX};
use crate::{Body, bytes, bytes::Order};

const MAGIC: &[u8] = b"RpmP";
const SLOT_MAGIC: &[u8] = b"Slot";
const BLOB_MAGIC: &[u8] = b"BlbS";
/// Bytes that the slots are counted in, of a slot, and of the blocks that they count in.
const PAGE: u64 = 4096;
const SLOT: usize = 16;
const BLOCK: u64 = 16;
/// The header stands in the place of the first slots.
const HEADER: usize = 32;
const BLOB_HEADER: usize = 16;

/// Tells each blob; the error says why the rest could not be told.
pub(super) fn blobs(body: &mut dyn Body, size: u64, each: Each<'_>) -> Result<(), String> {
    let header = bytes::at(body, 0, HEADER)?;
    if !header.starts_with(MAGIC) {
        return Err("it is no package database of rpm (ndb): another beginning".to_owned());
    }
    let version = Order::Little.u32(&header, 4).unwrap_or_default();
    if version != 0 {
        return Err(format!("version {version} of rpm's database (ndb) is not known"));
    }
    let pages = Order::Little.u32(&header, 12).unwrap_or_default();
    for page in 0..u64::from(pages) {
        if page * PAGE >= size {
            return Err(format!("it ends after {page} of {pages} pages of slots"));
        }
        let page_bytes = bytes::at(body, page * PAGE, usize::try_from(PAGE).unwrap_or_default())?;
        let skip = if page == 0 { HEADER / SLOT } else { 0 };
        for slot in page_bytes.chunks_exact(SLOT).skip(skip) {
            if !slot.starts_with(SLOT_MAGIC) {
                return Err("a slot of its table is damaged".to_owned());
            }
            let number = |at| Order::Little.u32(slot, at).unwrap_or_default();
            let (index, offset, blocks) = (number(4), u64::from(number(8)), u64::from(number(12)));
            if offset == 0 {
                continue;
            }
            if !each(blob(body, index, offset * BLOCK, blocks * BLOCK)) {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn blob(body: &mut dyn Body, index: u32, offset: u64, room: u64) -> Result<Vec<u8>, String> {
    let head = bytes::at(body, offset, BLOB_HEADER)?;
    if !head.starts_with(BLOB_MAGIC) || Order::Little.u32(&head, 4) != Some(index) {
        return Err(format!("another thing than package {index} is at byte {offset}"));
    }
    let length = Order::Little.u32(&head, 12).and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
    if length > HEADER_MAX || length as u64 > room {
        return Err(format!(
            "package {index} claims {length} bytes; it has room for {room}, limit rpm.header is {HEADER_MAX}"
        ));
    }
    bytes::at(body, offset + BLOB_HEADER as u64, length)
}
