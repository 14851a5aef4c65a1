use super::{Ext4, checksum::inode_seed, group::inode_table};
use crate::{
    bytes::{join, le16, le32, part, u8_at},
    crc::crc32c,
    fault::{Fault, Result},
    filesystem::{Node, NodeKind},
};

/// Bits of `i_flags`.
pub(super) const ENCRYPTED: u32 = 0x800;
pub(super) const EXTENTS: u32 = 0x8_0000;
pub(super) const INLINE: u32 = 0x1000_0000;
const ATTRIBUTE_MAGIC: u32 = 0xea02_0000;

/// An inode, with what its block map or its data is made of.
#[derive(Debug, Clone)]
pub(super) struct Inode {
    pub(super) number: u64,
    pub(super) mode: u16,
    uid: u32,
    gid: u32,
    pub(super) size: u64,
    pub(super) flags: u32,
    /// `i_block`: 60 bytes of block map, extents, or data.
    pub(super) block: Vec<u8>,
    /// What follows 60 bytes of data in the inode: the value of its attribute `system.data`.
    pub(super) more: Vec<u8>,
    /// Where checksums of its blocks start.
    pub(super) seed: Option<u32>,
}

impl Inode {
    pub(super) fn kind(&self) -> NodeKind {
        match self.mode & 0xf000 {
            0x8000 => NodeKind::File,
            0x4000 => NodeKind::Directory,
            0xa000 => NodeKind::Link,
            _ => NodeKind::Other,
        }
    }

    pub(super) fn node(&self) -> Node {
        Node {
            number: self.number,
            kind: self.kind(),
            mode: u32::from(self.mode & 0o7777),
            uid: self.uid,
            gid: self.gid,
            size: self.size,
        }
    }
}

pub(super) fn read(system: &Ext4, number: u64) -> Result<Inode> {
    let superblock = &system.superblock;
    let index = number.checked_sub(1).filter(|_| number <= superblock.inodes);
    let Some(index) = index else {
        return Err(Fault::Damaged(format!("inode {number} of {}", superblock.inodes)));
    };
    let table = inode_table(system, index / superblock.inodes_per_group)?;
    let at = table
        .checked_mul(superblock.block_len)
        .and_then(|at| at.checked_add(index % superblock.inodes_per_group * superblock.inode_len))
        .ok_or_else(|| Fault::damaged("an inode beyond any disk"))?;
    let mut raw = vec![0; usize::try_from(superblock.inode_len).unwrap_or(128)];
    system.blocks(at, &mut raw)?;

    let extra = if raw.len() > 128 { usize::from(le16(&raw, 128)) } else { 0 };
    let short = u32::try_from(number).unwrap_or(u32::MAX);
    let seed = superblock.seed.map(|seed| inode_seed(seed, short, le32(&raw, 100)));
    if let Some(seed) = seed {
        let has_high = extra >= 4;
        let mut summed = raw.clone();
        summed.splice(124..126, [0; 2]);
        if has_high {
            summed.splice(130..132, [0; 2]);
        }
        let sum = crc32c(seed, &summed);
        let high = if has_high { u32::from(le16(&raw, 130)) << 16 } else { sum & 0xffff_0000 };
        if sum != high | u32::from(le16(&raw, 124)) {
            system.problems.tell("inode", format!("the checksum of inode {number} is wrong"), false);
        }
    }
    let mode = le16(&raw, 0);
    let flags = le32(&raw, 32);
    // What is no file or directory keeps other things in the upper half.
    let large = matches!(mode & 0xf000, 0x8000 | 0x4000);
    let size = join(if large { le32(&raw, 108) } else { 0 }, le32(&raw, 4));
    let more = if flags & INLINE != 0 { inline_rest(&raw, extra) } else { Vec::new() };
    Ok(Inode {
        number,
        mode,
        uid: u32::from(le16(&raw, 2)) | u32::from(le16(&raw, 120)) << 16,
        gid: u32::from(le16(&raw, 24)) | u32::from(le16(&raw, 122)) << 16,
        size,
        flags,
        block: part(&raw, 40, 60).unwrap_or_default().to_vec(),
        more,
        seed,
    })
}

/// The value of the attribute `system.data` in the inode's own attributes.
fn inline_rest(raw: &[u8], extra: usize) -> Vec<u8> {
    let head = 128 + extra;
    if le32(raw, head) != ATTRIBUTE_MAGIC {
        return Vec::new();
    }
    let first = head + 4;
    let mut at = first;
    // Each entry takes 16 bytes at least, so this ends with the inode.
    while at + 16 <= raw.len() && le32(raw, at) != 0 {
        let name_len = usize::from(u8_at(raw, at));
        let (index, value_at, value_len) = (u8_at(raw, at + 1), le16(raw, at + 2), le32(raw, at + 8));
        if index == 7 && part(raw, at + 16, name_len) == Some(b"data") {
            let len = usize::try_from(value_len).unwrap_or(usize::MAX);
            return part(raw, first + usize::from(value_at), len).unwrap_or_default().to_vec();
        }
        at += (16 + name_len).next_multiple_of(4);
    }
    Vec::new()
}
