//! Directories, read from the first block to the last. A hashed one reads the same: its index stands where entries
//! without an inode would.
use std::ops::ControlFlow;

use super::{
    Ext4,
    checksum::block_holds,
    inode::{ENCRYPTED, INLINE, Inode},
    map,
};
use crate::{
    bytes::{le16, le32, part, u8_at},
    fault::{Fault, Result},
    filesystem::{Extent, NodeKind},
};

/// Bytes of one directory.
const BYTES_MAX: u64 = 1 << 30;
/// Type of the entry that holds a block's checksum.
const TAIL: u8 = 0xde;

type Each<'a> = &'a mut dyn FnMut(&[u8], u64) -> ControlFlow<()>;

pub(super) fn entries(system: &Ext4, inode: &Inode, each: Each<'_>) -> Result<()> {
    let number = inode.number;
    if inode.kind() != NodeKind::Directory {
        return Err(Fault::Damaged(format!("inode {number} is no directory")));
    }
    if inode.flags & ENCRYPTED != 0 {
        return Err(Fault::Unsupported(format!("directory inode {number} is encrypted")));
    }
    if inode.flags & INLINE != 0 {
        // The first 4 bytes are the parent; what did not fit goes on in the attribute, as a block of its own.
        for block in [inode.block.get(4..).unwrap_or_default(), inode.more.as_slice()] {
            if block_entries(number, block, each)?.is_break() {
                return Ok(());
            }
        }
        return Ok(());
    }
    if inode.size > BYTES_MAX {
        return Err(Fault::Limit { what: "bytes of one directory", most: BYTES_MAX });
    }
    let Extent::Runs(runs) = map::extent(system, inode)? else {
        return Err(Fault::Damaged(format!("directory inode {number} has no blocks")));
    };
    let size = system.superblock.block_size();
    let mut block = vec![0; size];
    let mut wrong = None;
    for run in runs {
        let mut at = 0;
        // A directory has no holes, and what lies beyond its size is not of it.
        while at < run.len && run.start + at < inode.size {
            system.blocks(run.at + at, &mut block)?;
            at += size as u64;
            let tail = size.saturating_sub(12);
            let has_tail = le32(&block, tail) == 0 && le16(&block, tail + 4) == 12 && u8_at(&block, tail + 7) == TAIL;
            if has_tail && !block_holds(inode, &block, tail, tail + 8) {
                system.problems.tell("directory", format!("the checksum of directory inode {number} is wrong"), false);
            }
            // One bad block does not hide the others.
            match block_entries(number, &block, each) {
                Ok(ControlFlow::Break(())) => return Ok(()),
                Ok(ControlFlow::Continue(())) => {}
                Err(fault) => wrong = Some(fault),
            }
        }
    }
    wrong.map_or(Ok(()), Err)
}

fn block_entries(number: u64, block: &[u8], each: Each<'_>) -> Result<ControlFlow<()>> {
    let mut at = 0;
    while at + 8 <= block.len() {
        let len = match usize::from(le16(block, at + 4)) {
            // A block of 64 KiB has no number for its own length.
            0 | 0xffff if block.len() == 1 << 16 => block.len() - at,
            len => len,
        };
        let name_len = usize::from(u8_at(block, at + 6));
        if len < 8 || len % 4 != 0 || at + len > block.len() {
            return Err(Fault::Damaged(format!("directory inode {number}: an entry of {len} bytes at {at}")));
        }
        let inode = u64::from(le32(block, at));
        if inode != 0 {
            let name = part(block, at + 8, name_len).filter(|name| name.len() + 8 <= len && !name.is_empty());
            let name = name.filter(|name| !name.contains(&b'/') && !name.contains(&0));
            let Some(name) = name else {
                return Err(Fault::Damaged(format!("directory inode {number}: a name at {at} that is none")));
            };
            if name != b"." && name != b".." && each(name, inode).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        at += len;
    }
    Ok(ControlFlow::Continue(()))
}
