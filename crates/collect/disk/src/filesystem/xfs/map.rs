//! Where the blocks of a file are: a list of extents in the inode, or a tree of them.
use super::{
    Xfs,
    inode::{Form, Inode},
};
use crate::{
    bytes::{be16, be32, be64, part},
    fault::{Fault, Result},
    filesystem::{Extent, LINK_MAX, NodeKind, RUNS_MAX, Run},
};

/// Levels of a tree; the format has at most 9.
const DEPTH_MAX: u16 = 9;
/// Blocks of one tree.
const NODES_MAX: u64 = 1 << 16;
/// Bytes before the text in a block of a symbolic link of version 5.
const LINK_HEADER: usize = 56;

/// Where the bytes of the inode are.
pub(super) fn extent(system: &Xfs, inode: &Inode) -> Result<Extent> {
    let kind = inode.kind();
    if kind == NodeKind::Link && inode.size > LINK_MAX {
        return Err(Fault::Limit { what: "bytes of a symbolic link", most: LINK_MAX });
    }
    if inode.size > i64::MAX.unsigned_abs() {
        return Err(Fault::Damaged(format!("inode {} has {} bytes", inode.number, inode.size)));
    }
    match inode.form {
        Form::Local if inode.size <= inode.fork.len() as u64 => Ok(Extent::Inline(inode.fork.clone())),
        Form::Local => Err(Fault::Damaged(format!("inode {} holds less than it says", inode.number))),
        Form::None => Err(Fault::Damaged(format!("inode {} is no file", inode.number))),
        Form::Extents | Form::Tree => {
            let runs = runs(system, inode)?;
            if kind == NodeKind::Link && system.superblock.has_checksums {
                return link(system, inode, &runs);
            }
            Ok(Extent::Runs(runs))
        }
    }
}

/// A long link of version 5: each block has a header of its own.
fn link(system: &Xfs, inode: &Inode, runs: &[Run]) -> Result<Extent> {
    let mut text = Vec::new();
    let block_len = usize::try_from(system.superblock.block_len).unwrap_or(0);
    for run in runs {
        // A link of 4,096 bytes has a few blocks; more are not read.
        let len = usize::try_from(run.len).unwrap_or(usize::MAX).min(16 * block_len.max(512));
        let bytes = crate::source::bytes_at(system.source.as_ref(), run.at, len)?;
        for block in bytes.chunks(block_len.max(512)) {
            if be32(block, 0) != 0x5853_4c4d {
                return Err(Fault::Damaged(format!(
                    "inode {}: a block of the link does not begin as one",
                    inode.number
                )));
            }
            let len = usize::try_from(be32(block, 8)).unwrap_or(usize::MAX);
            text.extend(part(block, LINK_HEADER, len).unwrap_or_default());
        }
    }
    if inode.size > text.len() as u64 {
        return Err(Fault::Damaged(format!("inode {}: the link is shorter than it says", inode.number)));
    }
    Ok(Extent::Inline(text))
}

/// All runs, by start.
pub(super) fn runs(system: &Xfs, inode: &Inode) -> Result<Vec<Run>> {
    let mut out = Runs { system, number: inode.number, runs: Vec::new(), nodes: 0 };
    match inode.form {
        Form::Extents => {
            let count = usize::try_from(inode.extents).unwrap_or(usize::MAX);
            if count > inode.fork.len() / 16 {
                return Err(Fault::Damaged(format!("inode {} has no room for {count} extents", inode.number)));
            }
            out.records(&inode.fork, count)?;
        }
        Form::Tree => {
            let (level, count) = (be16(&inode.fork, 0), usize::from(be16(&inode.fork, 2)));
            let room = inode.fork.len().saturating_sub(4) / 16;
            out.pointers(&inode.fork, 4, room, count, level)?;
        }
        Form::Local | Form::None => {}
    }
    Ok(out.runs)
}

struct Runs<'a> {
    system: &'a Xfs,
    number: u64,
    runs: Vec<Run>,
    nodes: u64,
}

impl Runs<'_> {
    fn records(&mut self, bytes: &[u8], count: usize) -> Result<()> {
        for record in bytes.chunks_exact(16).take(count) {
            let (high, low) = (be64(record, 0), be64(record, 8));
            let (start, count) = (high >> 9 & ((1 << 54) - 1), low & 0x1f_ffff);
            let block = (high & 0x1ff) << 43 | low >> 21;
            // Reserved, not yet written: reads as zeros, as what is in no extent does.
            let unwritten = high >> 63 == 1;
            if count == 0 {
                return Err(Fault::Damaged(format!("inode {}: an extent without blocks", self.number)));
            }
            let size = self.system.superblock.block_len;
            let (Some(start), len) = (start.checked_mul(size), count * size) else {
                return Err(Fault::Damaged(format!("inode {}: an extent beyond any file", self.number)));
            };
            if unwritten {
                continue;
            }
            let run = Run { start, len, at: self.system.place(block, count)? };
            let last = self.runs.last().map_or(0, |last| last.start + last.len);
            if start < last || start.checked_add(len).is_none() {
                return Err(Fault::Damaged(format!("inode {}: its extents are out of order", self.number)));
            }
            if self.runs.len() >= RUNS_MAX {
                return Err(Fault::Limit { what: "pieces of one file", most: RUNS_MAX as u64 });
            }
            self.runs.push(run);
        }
        Ok(())
    }

    /// `count` pointers behind room for `room` keys, which stand at `at`.
    fn pointers(&mut self, bytes: &[u8], at: usize, room: usize, count: usize, level: u16) -> Result<()> {
        if level == 0 || level > DEPTH_MAX || count > room {
            return Err(Fault::Damaged(format!("inode {}: a node of its extents is none", self.number)));
        }
        let pointers = bytes.get(at + room * 8..).unwrap_or_default();
        for pointer in pointers.chunks_exact(8).take(count) {
            self.node(be64(pointer, 0), level - 1)?;
        }
        Ok(())
    }

    fn node(&mut self, block: u64, level: u16) -> Result<()> {
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            return Err(Fault::Limit { what: "blocks of one file's map", most: NODES_MAX });
        }
        let bytes = self.system.blocks(block, 1)?;
        let (magic, head) = if self.system.superblock.has_checksums { (b"BMA3", 72) } else { (b"BMAP", 24) };
        let count = usize::from(be16(&bytes, 6));
        let room = bytes.len().saturating_sub(head) / 16;
        // A child is one level below its parent, so a tree that names itself ends.
        if !bytes.starts_with(magic) || be16(&bytes, 4) != level || count > room {
            return Err(Fault::Damaged(format!("inode {}: a node of its extents is none", self.number)));
        }
        if !self.system.holds(&bytes, 64) {
            let reason = format!("the checksum of extents of inode {} is wrong", self.number);
            self.system.problems.tell("extents", reason, false);
        }
        if level == 0 {
            return self.records(bytes.get(head..).unwrap_or_default(), count);
        }
        self.pointers(&bytes, head, room, count, level)
    }
}
