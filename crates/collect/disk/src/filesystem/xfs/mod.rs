//! XFS, versions 4 and 5, by its published format ("XFS Algorithms & Data Structures", xfs_documentation).
//!
//! Read by number of inode. Checksums of version 5 are verified, and a wrong one is a problem that is told; what it guards
//! is read all the same, since every number in it is checked before use. The log is not replayed: a file system that was
//! not unmounted says so.
mod directory;
mod inode;
mod log;
mod map;
mod superblock;
#[cfg(test)]
mod tests;

use std::{ops::ControlFlow, sync::Arc};

use self::{inode::Inode, superblock::Superblock};
use super::{Extent, FileSystem, Node, Problems};
use crate::{
    bytes::{le32, part},
    crc::crc32c,
    fault::{Fault, Result},
    source::{Source, bytes_at},
};

/// Whether the magic of the superblock is where it belongs.
pub(super) fn is_here(source: &dyn Source) -> bool {
    bytes_at(source, 0, 4).is_ok_and(|magic| magic == b"XFSB")
}

pub(crate) struct Xfs {
    source: Arc<dyn Source>,
    superblock: Superblock,
    problems: Problems,
}

impl Xfs {
    pub(crate) fn open(source: Arc<dyn Source>) -> Result<Self> {
        let raw = bytes_at(source.as_ref(), 0, 512)?;
        let superblock = Superblock::read(&raw)?;
        let system = Self { source, superblock, problems: Problems::default() };
        // The checksum covers a sector, which may be longer than what was read.
        let sector = bytes_at(system.source.as_ref(), 0, system.superblock.sector_len)?;
        if !system.holds(&sector, 224) {
            system.problems.tell("superblock", "the checksum of the superblock is wrong".into(), false);
        }
        if system.superblock.needs_repair {
            system.problems.tell("repair", "it is marked as in need of repair: what is read may be wrong".into(), true);
        }
        if system.superblock.size > system.source.len() {
            let (size, here) = (system.superblock.size, system.source.len());
            system.problems.tell(
                "cut",
                format!("the file system has {size} bytes, of which only {here} are here"),
                true,
            );
        }
        match log::is_clean(&system) {
            Ok(true) => {}
            Ok(false) => {
                let reason = "it was not unmounted: the newest changes are in its log, which is not replayed";
                system.problems.tell("log", reason.into(), true);
            }
            Err(fault) => {
                system.problems.tell("log", format!("whether it was unmounted cannot be told: {fault}"), true);
            }
        }
        Ok(system)
    }

    /// Whether the checksum at `at`, counted as zeros, holds for all of `bytes`. Version 4 has none.
    fn holds(&self, bytes: &[u8], at: usize) -> bool {
        if !self.superblock.has_checksums {
            return true;
        }
        let (Some(head), Some(tail)) = (bytes.get(..at), bytes.get(at.saturating_add(4)..)) else { return false };
        !crc32c(crc32c(crc32c(!0, head), &[0; 4]), tail) == le32(bytes, at)
    }

    /// Where a block is that is named by group and block within it.
    fn place(&self, block: u64, count: u64) -> Result<u64> {
        let superblock = &self.superblock;
        let (group, inside) = (block >> superblock.group_bits, block & ((1 << superblock.group_bits) - 1));
        let end = inside.checked_add(count);
        if group >= superblock.groups || end.is_none_or(|end| end > superblock.blocks_per_group) {
            return Err(Fault::Damaged(format!("{count} blocks at {inside} of group {group}, which are not there")));
        }
        Ok((group * superblock.blocks_per_group + inside) * superblock.block_len)
    }

    /// `count` blocks that follow each other.
    fn blocks(&self, block: u64, count: u64) -> Result<Vec<u8>> {
        let at = self.place(block, count)?;
        let len = count.checked_mul(self.superblock.block_len).and_then(|len| usize::try_from(len).ok());
        bytes_at(self.source.as_ref(), at, len.unwrap_or(usize::MAX))
    }

    fn inode(&self, number: u64) -> Result<Inode> {
        inode::read(self, number)
    }
}

impl FileSystem for Xfs {
    fn kind(&self) -> &'static str {
        "xfs"
    }

    fn uuid(&self) -> Option<String> {
        crate::bytes::uuid(&self.superblock.uuid)
    }

    fn label(&self) -> Option<String> {
        Some(self.superblock.label.clone()).filter(|label| !label.is_empty())
    }

    fn last_mounted(&self) -> Option<String> {
        None
    }

    fn root(&self) -> u64 {
        self.superblock.root
    }

    fn node(&self, number: u64) -> Result<Node> {
        self.inode(number).map(|inode| inode.node())
    }

    fn directory(&self, number: u64, each: &mut dyn FnMut(&[u8], u64) -> ControlFlow<()>) -> Result<()> {
        directory::entries(self, &self.inode(number)?, each)
    }

    fn extent(&self, number: u64) -> Result<(u64, Extent)> {
        let inode = self.inode(number)?;
        Ok((inode.size, map::extent(self, &inode)?))
    }

    fn bytes(&self, at: u64, buf: &mut [u8]) -> Result<()> {
        self.source.read_at(at, buf)
    }

    fn problems(&self) -> Vec<(String, bool)> {
        self.problems.told()
    }
}

/// `len` bytes from `at`, or that they are not there.
fn needed(bytes: &[u8], at: usize, len: usize, what: &str) -> Result<Vec<u8>> {
    part(bytes, at, len).map(<[u8]>::to_vec).ok_or_else(|| Fault::Damaged(format!("{what} is cut short")))
}
