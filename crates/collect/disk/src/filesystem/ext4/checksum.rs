use super::inode::Inode;
use crate::{bytes::le32, crc::crc32c};

/// Where checksums of what belongs to one inode start.
pub(super) fn inode_seed(seed: u32, number: u32, generation: u32) -> u32 {
    crc32c(crc32c(seed, &number.to_le_bytes()), &generation.to_le_bytes())
}

/// Whether the checksum at `at` of `block` holds for its first `guarded` bytes; true where there are no checksums.
pub(super) fn block_holds(inode: &Inode, block: &[u8], guarded: usize, at: usize) -> bool {
    let Some(seed) = inode.seed else { return true };
    block.get(..guarded).is_some_and(|guarded| crc32c(seed, guarded) == le32(block, at))
}
