//! Where the blocks of a file are: a tree of extents, or the block map of ext2 and ext3.
use super::{
    Ext4,
    checksum::block_holds,
    inode::{ENCRYPTED, EXTENTS, INLINE, Inode},
};
use crate::{
    bytes::{le16, le32},
    fault::{Fault, Result},
    filesystem::{Extent, LINK_MAX, NodeKind, RUNS_MAX, Run},
};

const EXTENT_MAGIC: u16 = 0xf30a;
/// Levels of a tree of extents; the kernel makes no more.
const DEPTH_MAX: u16 = 5;
/// Blocks of one tree or map that are read.
const NODES_MAX: u64 = 1 << 16;

/// Where the bytes of the inode are.
pub(super) fn extent(system: &Ext4, inode: &Inode) -> Result<Extent> {
    if inode.flags & ENCRYPTED != 0 {
        return Err(Fault::Unsupported(format!("inode {} is encrypted", inode.number)));
    }
    let kind = inode.kind();
    if kind == NodeKind::Other {
        return Err(Fault::Damaged(format!("inode {} is no file", inode.number)));
    }
    if kind == NodeKind::Link && inode.size > LINK_MAX {
        return Err(Fault::Limit { what: "bytes of a symbolic link", most: LINK_MAX });
    }
    if inode.flags & INLINE != 0 {
        let held = [inode.block.as_slice(), inode.more.as_slice()].concat();
        if inode.size > held.len() as u64 {
            return Err(Fault::Damaged(format!("inode {} holds less than its {} bytes", inode.number, inode.size)));
        }
        return Ok(Extent::Inline(held));
    }
    // A short link stands where the map would.
    if kind == NodeKind::Link && inode.flags & EXTENTS == 0 && inode.size < 60 {
        return Ok(Extent::Inline(inode.block.clone()));
    }
    let mut runs = Runs { system, inode, runs: Vec::new(), nodes: 0 };
    if inode.flags & EXTENTS != 0 {
        runs.node(&inode.block, None)?;
    } else {
        runs.block_map()?;
    }
    Ok(Extent::Runs(runs.runs))
}

struct Runs<'a> {
    system: &'a Ext4,
    inode: &'a Inode,
    runs: Vec<Run>,
    nodes: u64,
}

impl Runs<'_> {
    /// Adds `count` blocks of the file from `first` on, which lie at `block`. Joined to the last run where they follow it.
    fn push(&mut self, first: u64, count: u64, block: u64) -> Result<()> {
        let superblock = &self.system.superblock;
        if block == 0 || block.checked_add(count).is_none_or(|end| end > superblock.blocks) {
            return Err(Fault::Damaged(format!(
                "inode {}: {count} blocks at {block}, the file system has {}",
                self.inode.number, superblock.blocks
            )));
        }
        let size = superblock.block_len;
        let run = Run { start: first * size, len: count * size, at: block * size };
        if self.runs.len() >= RUNS_MAX {
            return Err(Fault::Limit { what: "pieces of one file", most: RUNS_MAX as u64 });
        }
        match self.runs.last_mut() {
            Some(last) if last.start + last.len > run.start => {
                Err(Fault::Damaged(format!("inode {}: block {first} of the file is mapped twice", self.inode.number)))
            }
            Some(last) if last.start + last.len == run.start && last.at + last.len == run.at => {
                last.len += run.len;
                Ok(())
            }
            _ => {
                self.runs.push(run);
                Ok(())
            }
        }
    }

    /// Reads a block of the map; bounded over the whole file, so that blocks that name each other end.
    fn fetch(&mut self, block: u64) -> Result<Vec<u8>> {
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            return Err(Fault::Limit { what: "blocks of one file's map", most: NODES_MAX });
        }
        self.system.block(block)
    }

    /// A node of the tree of extents. `depth`: what its parent says; none for the root, which says it itself.
    fn node(&mut self, node: &[u8], depth: Option<u16>) -> Result<()> {
        let number = self.inode.number;
        let (magic, entries, most, own_depth) = (le16(node, 0), le16(node, 2), le16(node, 4), le16(node, 6));
        if magic != EXTENT_MAGIC || own_depth > DEPTH_MAX || depth.is_some_and(|depth| depth != own_depth) {
            return Err(Fault::Damaged(format!("inode {number}: a node of its extents is none")));
        }
        let room = (node.len() / 12).saturating_sub(1);
        if usize::from(entries) > room || entries > most || usize::from(most) > room {
            return Err(Fault::Damaged(format!("inode {number}: {entries} extents in a node with room for {room}")));
        }
        let tail = 12 + usize::from(most) * 12;
        if depth.is_some() && !block_holds(self.inode, node, tail, tail) {
            self.system.problems.tell("extents", format!("the checksum of extents of inode {number} is wrong"), false);
        }
        for entry in node.chunks_exact(12).skip(1).take(usize::from(entries)) {
            if own_depth > 0 {
                let child = u64::from(le16(entry, 8)) << 32 | u64::from(le32(entry, 4));
                let child = self.fetch(child)?;
                self.node(&child, Some(own_depth - 1))?;
                continue;
            }
            let block = u64::from(le16(entry, 6)) << 32 | u64::from(le32(entry, 8));
            let len = u64::from(le16(entry, 4));
            // Longer than this means: reserved, not yet written, reads as zeros.
            if len > 0 && len <= 0x8000 {
                self.push(u64::from(le32(entry, 0)), len, block)?;
            }
        }
        Ok(())
    }

    /// 12 blocks, then blocks of pointers, of pointers to pointers, and so on; 0 is a hole.
    fn block_map(&mut self) -> Result<()> {
        let blocks = self.inode.size.div_ceil(self.system.superblock.block_len);
        let mut first = 0;
        let pointers: Vec<u64> = self.inode.block.chunks_exact(4).map(|entry| u64::from(le32(entry, 0))).collect();
        for (at, pointer) in pointers.into_iter().enumerate() {
            let level = u32::try_from(at.saturating_sub(11)).unwrap_or(0);
            first = self.pointer(pointer, level, first, blocks)?;
        }
        Ok(())
    }

    /// Gives the block of the file behind what `pointer` maps.
    fn pointer(&mut self, pointer: u64, level: u32, first: u64, blocks: u64) -> Result<u64> {
        let span = (self.system.superblock.block_len / 4).checked_pow(level).unwrap_or(u64::MAX);
        let end = first.saturating_add(span);
        if pointer == 0 || first >= blocks {
            return Ok(end);
        }
        if level == 0 {
            self.push(first, 1, pointer)?;
            return Ok(end);
        }
        let mut at = first;
        for entry in self.fetch(pointer)?.chunks_exact(4) {
            at = self.pointer(u64::from(le32(entry, 0)), level - 1, at, blocks)?;
        }
        Ok(end)
    }
}
