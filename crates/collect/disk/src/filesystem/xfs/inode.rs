use super::{Xfs, needed};
use crate::{
    bytes::{be16, be32, be64, u8_at},
    fault::{Fault, Result},
    filesystem::{Node, NodeKind},
};

/// Bit of `di_flags`: the data is on the realtime device.
const REALTIME: u16 = 0x1;
/// Bit of `di_flags2`: many extents, counted elsewhere.
const MANY_EXTENTS: u64 = 0x10;

/// How the data of an inode is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// In the inode.
    Local,
    /// In extents that the inode lists.
    Extents,
    /// In extents of a tree whose root the inode holds.
    Tree,
    /// None: a device.
    None,
}

#[derive(Debug)]
pub(super) struct Inode {
    pub(super) number: u64,
    mode: u16,
    uid: u32,
    gid: u32,
    pub(super) size: u64,
    pub(super) form: Form,
    pub(super) extents: u64,
    /// The part of the inode that holds data, extents, or the root of their tree.
    pub(super) fork: Vec<u8>,
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

pub(super) fn read(system: &Xfs, number: u64) -> Result<Inode> {
    let superblock = &system.superblock;
    let block = system.place(number >> superblock.inode_bits, 1)?;
    let inside = (number & ((1 << superblock.inode_bits) - 1)) * superblock.inode_len;
    let raw = crate::source::bytes_at(
        system.source.as_ref(),
        block + inside,
        usize::try_from(superblock.inode_len).unwrap_or(256),
    )?;
    if be16(&raw, 0) != 0x494e {
        return Err(Fault::Damaged(format!("inode {number} does not begin as one")));
    }
    let version = u8_at(&raw, 4);
    let third = version >= 3;
    if third && !system.holds(&raw, 100) {
        system.problems.tell("inode", format!("the checksum of inode {number} is wrong"), false);
    }
    if third && be64(&raw, 152) != number {
        return Err(Fault::Damaged(format!("inode {number} says that it is {}", be64(&raw, 152))));
    }
    let form = match u8_at(&raw, 5) {
        1 => Form::Local,
        2 => Form::Extents,
        3 => Form::Tree,
        _ => Form::None,
    };
    if be16(&raw, 90) & REALTIME != 0 {
        return Err(Fault::Unsupported(format!("inode {number} has its data on another device")));
    }
    let many = third && be64(&raw, 120) & MANY_EXTENTS != 0;
    let head = if third { 176 } else { 100 };
    let len = match usize::from(u8_at(&raw, 82)) * 8 {
        0 => raw.len().saturating_sub(head),
        len => len,
    };
    Ok(Inode {
        number,
        mode: be16(&raw, 2),
        uid: be32(&raw, 8),
        gid: be32(&raw, 12),
        size: be64(&raw, 56),
        form,
        extents: if many { be64(&raw, 24) } else { u64::from(be32(&raw, 76)) },
        fork: needed(&raw, head, len, "an inode")?,
    })
}
