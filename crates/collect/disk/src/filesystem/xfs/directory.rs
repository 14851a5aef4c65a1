//! Directories: in the inode, in one block, or in many, whose data is read from the first block to the last. What serves
//! look-ups by name lies at larger offsets of the same file and is not read.
use std::ops::ControlFlow;

use super::{
    Xfs,
    inode::{Form, Inode},
    map,
};
use crate::{
    bytes::{be16, be32, be64, part, u8_at},
    fault::{Fault, Result},
    filesystem::NodeKind,
};

/// Where the index begins.
const INDEX: u64 = 1 << 35;
/// Bytes of one directory.
const BYTES_MAX: u64 = 1 << 30;

type Each<'a> = &'a mut dyn FnMut(&[u8], u64) -> ControlFlow<()>;

pub(super) fn entries(system: &Xfs, inode: &Inode, each: Each<'_>) -> Result<()> {
    if inode.kind() != NodeKind::Directory {
        return Err(Fault::Damaged(format!("inode {} is no directory", inode.number)));
    }
    match inode.form {
        Form::Local => short(system, inode, each),
        Form::Extents | Form::Tree => long(system, inode, each),
        Form::None => Err(Fault::Damaged(format!("directory inode {} has no data", inode.number))),
    }
}

fn name_wrong(name: &[u8]) -> bool {
    name.is_empty() || name.contains(&b'/') || name.contains(&0)
}

fn short(system: &Xfs, inode: &Inode, each: Each<'_>) -> Result<()> {
    let bytes = &inode.fork;
    let (count, wide) = (u8_at(bytes, 0), u8_at(bytes, 1) > 0);
    // Where one number is large, all are.
    let number_len = if wide { 8 } else { 4 };
    let mut at = 2 + number_len;
    for _ in 0..count {
        let name_len = usize::from(u8_at(bytes, at));
        let number_at = at + 3 + name_len + usize::from(system.superblock.has_types);
        let (Some(name), Some(number)) = (part(bytes, at + 3, name_len), part(bytes, number_at, number_len)) else {
            return Err(Fault::Damaged(format!("directory inode {} is cut short", inode.number)));
        };
        if name_wrong(name) {
            return Err(Fault::Damaged(format!("directory inode {}: a name that is none", inode.number)));
        }
        let number = if wide { be64(number, 0) } else { u64::from(be32(number, 0)) };
        if each(name, number).is_break() {
            return Ok(());
        }
        at = number_at + number_len;
    }
    Ok(())
}

fn long(system: &Xfs, inode: &Inode, each: Each<'_>) -> Result<()> {
    let superblock = &system.superblock;
    let len = superblock.directory_blocks * superblock.block_len;
    let mut wrong = None;
    let mut read = 0;
    // The pieces of a block of several blocks may lie apart.
    let mut block = Vec::new();
    for run in map::runs(system, inode)?.into_iter().filter(|run| run.start < INDEX) {
        let mut at = 0;
        while at < run.len && run.start + at < INDEX {
            read += superblock.block_len;
            if read > BYTES_MAX {
                return Err(Fault::Limit { what: "bytes of one directory", most: BYTES_MAX });
            }
            if (run.start + at).is_multiple_of(len) {
                block.clear();
            }
            let size = usize::try_from(superblock.block_len).unwrap_or(0);
            block.extend(crate::source::bytes_at(system.source.as_ref(), run.at + at, size)?);
            at += superblock.block_len;
            if (block.len() as u64) < len {
                continue;
            }
            // One bad block does not hide the others.
            match block_entries(system, inode.number, &block, each) {
                Ok(ControlFlow::Break(())) => return Ok(()),
                Ok(ControlFlow::Continue(())) => {}
                Err(fault) => wrong = Some(fault),
            }
            block.clear();
        }
    }
    wrong.map_or(Ok(()), Err)
}

fn block_entries(system: &Xfs, number: u64, block: &[u8], each: Each<'_>) -> Result<ControlFlow<()>> {
    let damaged = |what: &str| Err(Fault::Damaged(format!("directory inode {number}: {what}")));
    // Magic, bytes before the entries, and whether the index stands at the end of the same block.
    let (head, single) = match block.get(..4) {
        Some(b"XD2B") => (16, true),
        Some(b"XD2D") => (16, false),
        Some(b"XDB3") => (64, true),
        Some(b"XDD3") => (64, false),
        _ => return damaged("a block does not begin as one"),
    };
    if head == 64 && !system.holds(block, 4) {
        system.problems.tell("directory", format!("the checksum of directory inode {number} is wrong"), false);
    }
    let mut end = block.len();
    if single {
        let index = usize::try_from(be32(block, block.len().saturating_sub(8))).unwrap_or(usize::MAX);
        let tail = index.checked_mul(8).and_then(|len| len.checked_add(8));
        match tail.and_then(|tail| block.len().checked_sub(tail)).filter(|end| *end >= head) {
            Some(before) => end = before,
            None => return damaged("its index is longer than its block"),
        }
    }
    let mut at = head;
    while at + 8 <= end {
        if be16(block, at) == 0xffff {
            let len = usize::from(be16(block, at + 2));
            if len < 8 || !len.is_multiple_of(8) {
                return damaged("a gap without a length");
            }
            at += len;
            continue;
        }
        let name_len = usize::from(u8_at(block, at + 8));
        // Number, length, name, type, and where the entry is; in multiples of 8.
        let len = (8 + 1 + name_len + usize::from(system.superblock.has_types) + 2).next_multiple_of(8);
        if at + len > end {
            return damaged("an entry is cut short");
        }
        let name = part(block, at + 9, name_len).unwrap_or_default();
        if name_wrong(name) {
            return damaged("a name that is none");
        }
        if name != b"." && name != b".." && each(name, be64(block, at)).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        at += len;
    }
    Ok(ControlFlow::Continue(()))
}
