use crate::{
    bytes::{join, le16, le32, part, text, u8_at},
    crc::crc32c,
    fault::{Fault, Result},
};

/// Bits of `s_feature_incompat` by which the format changes. What is not named is not known here.
mod incompat {
    pub(super) const COMPRESSION: u32 = 0x1;
    pub(super) const RECOVER: u32 = 0x4;
    pub(super) const JOURNAL_DEVICE: u32 = 0x8;
    pub(super) const META_BG: u32 = 0x10;
    pub(super) const EXTENTS: u32 = 0x40;
    pub(super) const WIDE: u32 = 0x80;
    pub(super) const CSUM_SEED: u32 = 0x2000;
    /// Names with types, extents, 64 bits, multiple mount protection, flexible groups, attributes in inodes, large
    /// directories, data in inodes, encryption, case folding.
    pub(super) const READ: u32 = 0x2
        | RECOVER
        | META_BG
        | EXTENTS
        | WIDE
        | 0x100
        | 0x200
        | 0x400
        | CSUM_SEED
        | 0x4000
        | 0x8000
        | 0x1_0000
        | 0x2_0000;
}

const COMPAT_JOURNAL: u32 = 0x4;
const COMPAT_SPARSE_SUPER2: u32 = 0x200;
const RO_SPARSE_SUPER: u32 = 0x1;
const RO_METADATA_CSUM: u32 = 0x400;

/// What the superblock says, checked.
#[derive(Debug, Clone)]
pub(super) struct Superblock {
    /// `ext2`, `ext3`, `ext4`.
    pub(super) kind: &'static str,
    /// Bytes of a block: 1 KiB to 64 KiB.
    pub(super) block_len: u64,
    /// Blocks of the file system.
    pub(super) blocks: u64,
    /// Their bytes.
    pub(super) size: u64,
    pub(super) first_block: u64,
    pub(super) blocks_per_group: u64,
    pub(super) groups: u64,
    pub(super) inodes: u64,
    pub(super) inodes_per_group: u64,
    /// Bytes of an inode.
    pub(super) inode_len: u64,
    /// Bytes of a group's descriptor.
    pub(super) descriptor_len: u64,
    /// From this group of descriptors on they lie in their own groups.
    pub(super) first_meta_group: Option<u64>,
    /// Which groups begin with a copy of the superblock.
    pub(super) copies: Copies,
    pub(super) is_wide: bool,
    /// Where checksums of metadata start; none where there are none.
    pub(super) seed: Option<u32>,
    pub(super) checksum_holds: bool,
    pub(super) needs_recovery: bool,
    /// The inode of the journal; 0 where it is elsewhere.
    pub(super) journal: u64,
    pub(super) uuid: [u8; 16],
    pub(super) label: String,
    pub(super) last_mounted: String,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Copies {
    All,
    /// Groups 0, 1 and powers of 3, 5 and 7.
    Sparse,
    /// Group 0 and these.
    Two(u64, u64),
}

impl Copies {
    pub(super) fn has(self, group: u64) -> bool {
        let is_power = |base: u64| {
            let mut power = base;
            while power < group {
                power *= base;
            }
            power == group
        };
        match self {
            _ if group == 0 => true,
            Self::All => true,
            Self::Sparse => group == 1 || [3, 5, 7].into_iter().any(is_power),
            Self::Two(a, b) => group == a || group == b,
        }
    }
}

impl Superblock {
    pub(super) fn read(raw: &[u8]) -> Result<Self> {
        let (compat, incompat, read_only) = (le32(raw, 92), le32(raw, 96), le32(raw, 100));
        // Revision 0 has no features, and inodes of 128 bytes.
        let dynamic = le32(raw, 76) >= 1;
        let (compat, incompat, read_only) = if dynamic { (compat, incompat, read_only) } else { (0, 0, 0) };
        for (bit, what) in [
            (incompat::COMPRESSION, "it is compressed (feature 0x1)"),
            (incompat::JOURNAL_DEVICE, "it is the journal of another file system"),
        ] {
            if incompat & bit != 0 {
                return Err(Fault::Unsupported(what.into()));
            }
        }
        if incompat & !incompat::READ != 0 {
            return Err(Fault::Unsupported(format!(
                "its features {:#x} are not known here",
                incompat & !incompat::READ
            )));
        }
        let shift = le32(raw, 24);
        if shift > 6 {
            return Err(Fault::Damaged(format!("blocks of 2^{} bytes", u64::from(shift) + 10)));
        }
        let block_len = 1024u64 << shift;
        let is_wide = incompat & incompat::WIDE != 0;
        let blocks = join(if is_wide { le32(raw, 0x150) } else { 0 }, le32(raw, 4));
        let size = blocks.checked_mul(block_len).ok_or_else(|| Fault::damaged("more blocks than any disk has"))?;
        let first_block = u64::from(le32(raw, 20));
        let (blocks_per_group, inodes_per_group) = (u64::from(le32(raw, 32)), u64::from(le32(raw, 40)));
        if blocks_per_group == 0 || inodes_per_group == 0 || first_block >= blocks || first_block > 1 {
            return Err(Fault::damaged("groups without blocks or inodes"));
        }
        let inode_len = if dynamic { u64::from(le16(raw, 88)) } else { 128 };
        if inode_len < 128 || inode_len > block_len || !inode_len.is_power_of_two() {
            return Err(Fault::Damaged(format!("inodes of {inode_len} bytes")));
        }
        let descriptor_len = match (is_wide, u64::from(le16(raw, 254))) {
            (false, _) | (true, 0) => 32,
            (true, len) => len,
        };
        if descriptor_len < 32 || descriptor_len > block_len || !descriptor_len.is_power_of_two() {
            return Err(Fault::Damaged(format!("descriptors of {descriptor_len} bytes")));
        }
        let mut uuid = [0; 16];
        for (to, from) in uuid.iter_mut().zip(part(raw, 104, 16).unwrap_or_default()) {
            *to = *from;
        }
        let has_checksums = read_only & RO_METADATA_CSUM != 0;
        let seed = has_checksums
            .then(|| if incompat & incompat::CSUM_SEED != 0 { le32(raw, 0x270) } else { crc32c(!0, &uuid) });
        let checksum_holds = !has_checksums || crc32c(!0, raw.get(..0x3fc).unwrap_or_default()) == le32(raw, 0x3fc);
        if has_checksums && u8_at(raw, 0x175) != 1 {
            return Err(Fault::Unsupported(format!("its checksums of type {} are not known here", u8_at(raw, 0x175))));
        }
        let copies = if compat & COMPAT_SPARSE_SUPER2 != 0 {
            Copies::Two(u64::from(le32(raw, 0x24c)), u64::from(le32(raw, 0x250)))
        } else if read_only & RO_SPARSE_SUPER != 0 {
            Copies::Sparse
        } else {
            Copies::All
        };
        let kind = if incompat & (incompat::EXTENTS | incompat::WIDE | 0x200) != 0 {
            "ext4"
        } else if compat & COMPAT_JOURNAL != 0 {
            "ext3"
        } else {
            "ext2"
        };
        Ok(Self {
            kind,
            block_len,
            blocks,
            size,
            first_block,
            blocks_per_group,
            groups: (blocks - first_block).div_ceil(blocks_per_group),
            inodes: u64::from(le32(raw, 0)),
            inodes_per_group,
            inode_len,
            descriptor_len,
            first_meta_group: (incompat & incompat::META_BG != 0).then(|| u64::from(le32(raw, 256))),
            copies,
            is_wide,
            seed,
            checksum_holds,
            needs_recovery: incompat & incompat::RECOVER != 0 && compat & COMPAT_JOURNAL != 0,
            journal: u64::from(le32(raw, 224)),
            uuid,
            label: text(part(raw, 120, 16).unwrap_or_default()),
            last_mounted: text(part(raw, 136, 64).unwrap_or_default()),
        })
    }

    /// Bytes of a block, as a length in memory.
    pub(super) fn block_size(&self) -> usize {
        usize::try_from(self.block_len).unwrap_or(1024)
    }
}
