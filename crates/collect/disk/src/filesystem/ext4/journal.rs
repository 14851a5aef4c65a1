//! The journal of a file system that was not unmounted (jbd2, `Documentation/filesystems/ext4/journal.rst`). Nothing is
//! written: what a replay would put in the place of a block is looked up in the journal when the block is read.
use std::collections::HashMap;

use super::{Ext4, map};
use crate::{
    bytes::{be16, be32, join, part},
    crc::crc32c,
    fault::{Fault, Result},
    filesystem::{Extent, Run},
};

pub(super) const MAGIC: u32 = 0xc03b_3998;

/// Blocks of a journal: 4 GiB in blocks of 1 KiB. The largest that `mkfs` makes by itself has 262,144.
const BLOCKS_MAX: u64 = 4 << 20;

/// Kinds of blocks.
const DESCRIPTOR: u32 = 1;
const COMMIT: u32 = 2;
const REVOKE: u32 = 5;

/// Bits of the journal's `s_feature_incompat`.
const WIDE: u32 = 0x2;
const ASYNC_COMMIT: u32 = 0x4;
const CSUM_V2: u32 = 0x8;
const CSUM_V3: u32 = 0x10;
const FAST_COMMIT: u32 = 0x20;

/// Bits of a tag.
const ESCAPED: u32 = 1;
const SAME_UUID: u32 = 2;
const LAST: u32 = 8;

/// Where the newest content of a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Copy {
    /// In bytes from the start of the file system.
    pub(super) at: u64,
    /// Its first four bytes were the journal's magic, and are zeros in the journal.
    pub(super) escaped: bool,
}

struct Journal<'a> {
    system: &'a Ext4,
    runs: Vec<Run>,
    blocks: u64,
    first: u64,
    features: u32,
    seed: u32,
}

/// A block that a transaction wrote.
struct Written {
    block: u64,
    copy: Copy,
    sequence: u32,
    /// Its checksum, where the journal has them.
    sum: Option<u32>,
}

/// What the blocks are that a replay would write.
pub(super) fn replay(system: &Ext4) -> Result<HashMap<u64, Copy>> {
    if system.superblock.journal == 0 {
        return Err(Fault::Unsupported("the journal is on another disk".into()));
    }
    let inode = system.inode(system.superblock.journal)?;
    let Extent::Runs(runs) = map::extent(system, &inode)? else {
        return Err(Fault::damaged("the journal has no blocks"));
    };
    let mut journal = Journal { system, runs, blocks: 1, first: 0, features: 0, seed: 0 };
    let head = journal.block(0)?;
    let kind = be32(&head, 4);
    if be32(&head, 0) != MAGIC || !(3..=4).contains(&kind) {
        return Err(Fault::damaged("the journal does not begin as one"));
    }
    if u64::from(be32(&head, 12)) != system.superblock.block_len {
        return Err(Fault::damaged("the journal's blocks are not those of the file system"));
    }
    let (blocks, first) = (u64::from(be32(&head, 16)), u64::from(be32(&head, 20)));
    let (sequence, start) = (be32(&head, 24), u64::from(be32(&head, 28)));
    journal.features = if kind == 4 { be32(&head, 40) } else { 0 };
    journal.seed = crc32c(!0, part(&head, 48, 16).unwrap_or_default());
    if journal.features & FAST_COMMIT != 0 {
        let reserved = match be32(&head, 0x54) {
            0 => 256,
            count => u64::from(count),
        };
        // Whether there are any cannot be told from here: the kernel clears the bit when none are left.
        let reason = "its journal holds fast commits, which are not replayed: the newest changes may be missing";
        system.problems.tell("journal", reason.into(), false);
        journal.blocks = blocks.saturating_sub(reserved);
    } else {
        journal.blocks = blocks;
    }
    if journal.blocks > BLOCKS_MAX {
        return Err(Fault::Limit { what: "blocks of a journal", most: BLOCKS_MAX });
    }
    journal.first = first;
    if start == 0 {
        return Ok(HashMap::new());
    }
    if first == 0 || first >= journal.blocks || !(first..journal.blocks).contains(&start) {
        return Err(Fault::damaged("the journal begins outside itself"));
    }
    journal.transactions(start, sequence)
}

impl Journal<'_> {
    /// Where a block of the journal is.
    fn place(&self, number: u64) -> Result<u64> {
        let at = number * self.system.superblock.block_len;
        let run = self.runs.iter().find(|run| run.start <= at && at < run.start + run.len);
        let run = run.ok_or_else(|| Fault::Damaged(format!("block {number} of the journal is not there")))?;
        Ok(run.at + (at - run.start))
    }

    fn block(&self, number: u64) -> Result<Vec<u8>> {
        let mut out = vec![0; self.system.superblock.block_size()];
        self.system.source.read_at(self.place(number)?, &mut out)?;
        Ok(out)
    }

    /// The block behind `number`; the journal is a ring.
    fn next(&self, number: u64) -> u64 {
        if number + 1 >= self.blocks { self.first } else { number + 1 }
    }

    fn has_sums(&self) -> bool {
        self.features & (CSUM_V2 | CSUM_V3) != 0
    }

    /// Whether the checksum at `at` holds for the block with zeros in its place.
    fn holds(&self, block: &[u8], at: usize) -> bool {
        if !self.has_sums() {
            return true;
        }
        let mut summed = block.to_vec();
        let sum = be32(&summed, at);
        if at + 4 > summed.len() {
            return false;
        }
        summed.splice(at..at + 4, [0; 4]);
        crc32c(self.seed, &summed) == sum
    }

    /// Goes through the transactions that were committed.
    fn transactions(&self, start: u64, first_sequence: u32) -> Result<HashMap<u64, Copy>> {
        let mut written: Vec<Written> = Vec::new();
        // Block to the last transaction that took back what was written of it before.
        let mut revoked: HashMap<u64, u32> = HashMap::new();
        let (mut open_written, mut open_revoked) = (Vec::new(), Vec::new());
        let (mut at, mut sequence) = (start, first_sequence);
        let mut looked_at = 0;
        while looked_at < self.blocks {
            looked_at += 1;
            let block = self.block(at)?;
            if be32(&block, 0) != MAGIC || be32(&block, 8) != sequence {
                break;
            }
            let tail = block.len().saturating_sub(4);
            match be32(&block, 4) {
                DESCRIPTOR => {
                    if !self.holds(&block, tail) {
                        break;
                    }
                    for (number, flags, sum) in self.tags(&block) {
                        at = self.next(at);
                        looked_at += 1;
                        let copy = Copy { at: self.place(at)?, escaped: flags & ESCAPED != 0 };
                        open_written.push(Written { block: number, copy, sequence, sum });
                        if looked_at >= self.blocks {
                            break;
                        }
                    }
                }
                REVOKE => {
                    if self.holds(&block, tail) {
                        open_revoked.extend(self.revoked(&block));
                    }
                }
                COMMIT => {
                    if self.features & ASYNC_COMMIT == 0 && !self.holds(&block, 16) {
                        break;
                    }
                    written.append(&mut open_written);
                    for number in open_revoked.drain(..) {
                        revoked.insert(number, sequence);
                    }
                    sequence = sequence.wrapping_add(1);
                }
                _ => break,
            }
            at = self.next(at);
        }
        let mut out = HashMap::new();
        for entry in written {
            // Sequence numbers wrap around.
            let is_revoked = revoked.get(&entry.block).is_some_and(|by| by.wrapping_sub(entry.sequence) < 1 << 31);
            if is_revoked {
                continue;
            }
            if self.sum_holds(&entry)? {
                out.insert(entry.block, entry.copy);
            } else {
                let reason = format!("the journal's copy of block {} is damaged", entry.block);
                self.system.problems.tell("journal", reason, true);
            }
        }
        Ok(out)
    }

    fn sum_holds(&self, entry: &Written) -> Result<bool> {
        let Some(sum) = entry.sum else { return Ok(true) };
        let mut block = vec![0; self.system.superblock.block_size()];
        self.system.source.read_at(entry.copy.at, &mut block)?;
        let found = crc32c(crc32c(self.seed, &entry.sequence.to_be_bytes()), &block);
        let mask = if self.features & CSUM_V3 != 0 { u32::MAX } else { 0xffff };
        Ok(found & mask == sum)
    }

    /// Block, flags and checksum of each block that follows a descriptor.
    fn tags(&self, block: &[u8]) -> Vec<(u64, u32, Option<u32>)> {
        let is_wide = self.features & WIDE != 0;
        let third = self.features & CSUM_V3 != 0;
        let len = match (third, self.features & CSUM_V2 != 0, is_wide) {
            (true, ..) => 16,
            (_, sums, wide) => 8 + if sums { 2 } else { 0 } + if wide { 4 } else { 0 },
        };
        let end = block.len().saturating_sub(if self.has_sums() { 4 } else { 0 });
        let mut out = Vec::new();
        let mut at = 12;
        while at + len <= end {
            let low = be32(block, at);
            let (flags, sum) = if third {
                (be32(block, at + 4), be32(block, at + 12))
            } else {
                (u32::from(be16(block, at + 6)), u32::from(be16(block, at + 4)))
            };
            let high = if is_wide { be32(block, at + 8) } else { 0 };
            out.push((join(high, low), flags, self.has_sums().then_some(sum)));
            at += len;
            if flags & SAME_UUID == 0 {
                at += 16;
            }
            if flags & LAST != 0 {
                break;
            }
        }
        out
    }

    fn revoked(&self, block: &[u8]) -> Vec<u64> {
        let used = usize::try_from(be32(block, 12)).unwrap_or(0).min(block.len());
        let entries = block.get(16..used).unwrap_or_default();
        if self.features & WIDE != 0 {
            entries.chunks_exact(8).map(|entry| crate::bytes::be64(entry, 0)).collect()
        } else {
            entries.chunks_exact(4).map(|entry| u64::from(be32(entry, 0))).collect()
        }
    }
}
