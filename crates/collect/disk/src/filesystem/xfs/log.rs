//! Whether the file system was unmounted: the last record of its log then says so. Each sector of the log begins with the
//! number of its turn around the ring, by which the end is found.
use super::Xfs;
use crate::{
    bytes::{be32, u8_at},
    fault::{Fault, Result},
    source::bytes_at,
};

const SECTOR: u64 = 512;
const RECORD: u32 = 0xfeed_babe;
/// Sectors of the longest record.
const RECORD_SECTORS: u64 = 1024;
/// The flag of an operation that says: unmounted.
const UNMOUNT: u8 = 0x20;

pub(super) fn is_clean(system: &Xfs) -> Result<bool> {
    let superblock = &system.superblock;
    if superblock.log_start == 0 {
        return Err(Fault::Unsupported("its log is on another disk".into()));
    }
    let start = system.place(superblock.log_start, superblock.log_blocks)?;
    let sectors = superblock.log_blocks * superblock.block_len / SECTOR;
    let sector = |number: u64| bytes_at(system.source.as_ref(), start + number * SECTOR, 512);
    // A record's first word is its magic; its turn is the second.
    let turn = |number: u64| {
        let sector = sector(number)?;
        Ok::<_, Fault>(if be32(&sector, 0) == RECORD { be32(&sector, 4) } else { be32(&sector, 0) })
    };
    if sectors < 2 {
        return Err(Fault::damaged("its log has no room"));
    }
    let first = turn(0)?;
    if first == 0 {
        // Never written.
        return Ok(true);
    }
    // The first sector of an earlier turn; where there is none, the end of the ring.
    let (mut low, mut high) = (0, sectors);
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if turn(middle)? == first { low = middle } else { high = middle }
    }
    let head = high;
    for number in (head.saturating_sub(RECORD_SECTORS)..head).rev() {
        let record = sector(number)?;
        if be32(&record, 0) != RECORD {
            continue;
        }
        let operation = sector(number + 1)?;
        return Ok(be32(&record, 40) == 1 && u8_at(&operation, 9) & UNMOUNT != 0);
    }
    Ok(false)
}
