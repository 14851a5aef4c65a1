use std::sync::PoisonError;

use super::Ext4;
use crate::{
    bytes::{join, le16, le32},
    crc::crc32c,
    fault::{Fault, Result},
    source::within,
};

/// The first block of a group's table of inodes.
pub(super) fn inode_table(system: &Ext4, group: u64) -> Result<u64> {
    if let Some(known) = system.tables.lock().unwrap_or_else(PoisonError::into_inner).get(&group) {
        return Ok(*known);
    }
    let superblock = &system.superblock;
    if group >= superblock.groups {
        return Err(Fault::Damaged(format!("group {group} of {}", superblock.groups)));
    }
    let per_block = superblock.block_len / superblock.descriptor_len;
    let (table, inside) = (group / per_block, group % per_block);
    let block = match superblock.first_meta_group {
        // Each block of descriptors lies in the first of the groups that it describes, behind the superblock's copy.
        Some(first) if table >= first => {
            let owner = table * per_block;
            let start = superblock.first_block + owner * superblock.blocks_per_group;
            // With blocks of 1 KiB, the first of which is not counted, the superblock is in the second.
            let late = superblock.block_len == 1024 && superblock.first_block == 0 && owner == 0;
            start + u64::from(superblock.copies.has(owner)) + u64::from(late)
        }
        // Behind the superblock, which begins at byte 1024.
        _ => 1024 / superblock.block_len + 1 + table,
    };
    let at = block
        .checked_mul(superblock.block_len)
        .and_then(|at| at.checked_add(inside * superblock.descriptor_len))
        .ok_or_else(|| Fault::damaged("a descriptor beyond any disk"))?;
    let mut raw = vec![0; usize::try_from(superblock.descriptor_len).unwrap_or(32)];
    within(superblock.size, at, superblock.descriptor_len)?;
    system.blocks(at, &mut raw)?;
    if let Some(seed) = superblock.seed {
        let number = u32::try_from(group).unwrap_or(u32::MAX);
        let mut summed = raw.clone();
        summed.splice(0x1e..0x20, [0; 2]);
        let sum = crc32c(crc32c(seed, &number.to_le_bytes()), &summed);
        if sum & 0xffff != u32::from(le16(&raw, 0x1e)) {
            system.problems.tell("group", format!("the checksum of group {group} is wrong"), false);
        }
    }
    let high = if superblock.is_wide && superblock.descriptor_len >= 64 { le32(&raw, 0x28) } else { 0 };
    let first = join(high, le32(&raw, 8));
    if first == 0 || first >= superblock.blocks {
        return Err(Fault::Damaged(format!("the inodes of group {group} are in block {first}, which is not there")));
    }
    system.tables.lock().unwrap_or_else(PoisonError::into_inner).insert(group, first);
    Ok(first)
}
