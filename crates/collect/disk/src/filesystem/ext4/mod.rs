//! ext2, ext3 and ext4, by the kernel's description of the format (`Documentation/filesystems/ext4`).
//!
//! Read by number of inode, with block maps as well as extents, files and directories in inodes, groups of descriptors,
//! checksums of metadata, and the journal of a file system that was not unmounted. A wrong checksum is a problem that is
//! told; what it guards is read all the same, since every number in it is checked before use anyway.
mod checksum;
mod directory;
mod group;
mod inode;
mod journal;
mod map;
mod superblock;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    ops::ControlFlow,
    sync::{Arc, Mutex},
};

use self::{inode::Inode, superblock::Superblock};
use super::{Extent, FileSystem, Node, Problems};
use crate::{
    fault::{Fault, Result},
    source::{Source, bytes_at},
};

const ROOT: u64 = 2;

/// Whether the magic of the superblock is where it belongs.
pub(super) fn is_here(source: &dyn Source) -> bool {
    bytes_at(source, 1024 + 56, 2).is_ok_and(|magic| magic == [0x53, 0xef])
}

pub(crate) struct Ext4 {
    source: Arc<dyn Source>,
    superblock: Superblock,
    /// Blocks whose newest content is still in the journal, and where it is.
    replay: HashMap<u64, journal::Copy>,
    /// First blocks of inode tables by group.
    tables: Mutex<HashMap<u64, u64>>,
    problems: Problems,
}

impl Ext4 {
    pub(crate) fn open(source: Arc<dyn Source>) -> Result<Self> {
        let raw = bytes_at(source.as_ref(), 1024, 1024)?;
        let superblock = Superblock::read(&raw)?;
        let mut system = Self {
            source,
            superblock,
            replay: HashMap::new(),
            tables: Mutex::new(HashMap::new()),
            problems: Problems::default(),
        };
        if !system.superblock.checksum_holds {
            system.problems.tell("superblock", "the checksum of the superblock is wrong".into(), false);
        }
        if system.superblock.size > system.source.len() {
            let reason = format!(
                "the file system has {} bytes, of which only {} are here",
                system.superblock.size,
                system.source.len()
            );
            system.problems.tell("cut", reason, true);
        }
        if system.superblock.needs_recovery {
            match journal::replay(&system) {
                Ok(replay) => system.replay = replay,
                Err(fault) => {
                    let reason = format!("it was not unmounted, and its journal cannot be replayed: {fault}");
                    system.problems.tell("journal", reason, true);
                }
            }
        }
        Ok(system)
    }

    /// Reads within blocks, as they are after the journal was replayed.
    fn blocks(&self, at: u64, buf: &mut [u8]) -> Result<()> {
        if self.replay.is_empty() {
            return self.source.read_at(at, buf);
        }
        let size = self.superblock.block_len;
        let (mut at, mut buf) = (at, buf);
        while !buf.is_empty() {
            let (block, inside) = (at / size, at % size);
            let len = usize::try_from(size - inside).unwrap_or(usize::MAX).min(buf.len());
            let (now, later) = buf.split_at_mut(len);
            match self.replay.get(&block) {
                None => self.source.read_at(at, now)?,
                Some(copy) => {
                    self.source.read_at(copy.at + inside, now)?;
                    if copy.escaped {
                        // The journal's own magic at the start of a block was replaced by zeros.
                        let magic = journal::MAGIC.to_be_bytes();
                        let skipped = usize::try_from(inside).unwrap_or(usize::MAX);
                        for (to, from) in now.iter_mut().zip(magic.iter().skip(skipped)) {
                            *to = *from;
                        }
                    }
                }
            }
            at += len as u64;
            buf = later;
        }
        Ok(())
    }

    /// One block.
    fn block(&self, number: u64) -> Result<Vec<u8>> {
        if number == 0 || number >= self.superblock.blocks {
            return Err(Fault::Damaged(format!("block {number} of {}", self.superblock.blocks)));
        }
        let mut out = vec![0; self.superblock.block_size()];
        self.blocks(number * self.superblock.block_len, &mut out)?;
        Ok(out)
    }

    fn inode(&self, number: u64) -> Result<Inode> {
        inode::read(self, number)
    }
}

impl FileSystem for Ext4 {
    fn kind(&self) -> &'static str {
        self.superblock.kind
    }

    fn uuid(&self) -> Option<String> {
        crate::bytes::uuid(&self.superblock.uuid)
    }

    fn label(&self) -> Option<String> {
        Some(self.superblock.label.clone()).filter(|label| !label.is_empty())
    }

    fn last_mounted(&self) -> Option<String> {
        Some(self.superblock.last_mounted.clone()).filter(|path| path.starts_with('/'))
    }

    fn root(&self) -> u64 {
        ROOT
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
        self.blocks(at, buf)
    }

    fn problems(&self) -> Vec<(String, bool)> {
        self.problems.told()
    }
}
