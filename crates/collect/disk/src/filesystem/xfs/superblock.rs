use crate::{
    bytes::{be16, be32, be64, part, text, u8_at},
    fault::{Fault, Result},
};

/// Bits of `sb_features_incompat`: types in directories, sparse inodes, an own id of metadata, large times, in need of
/// repair, many extents, exchanged ranges, parents.
const NEEDS_REPAIR: u32 = 0x10;
const FTYPE: u32 = 0x1;
const MANY_EXTENTS: u32 = 0x20;
const KNOWN: u32 = FTYPE | 0x2 | 0x4 | 0x8 | NEEDS_REPAIR | MANY_EXTENTS | 0x40 | 0x80;
/// Bit of `sb_features2` by which version 4 has types in directories.
const V4_FTYPE: u32 = 0x200;

/// What the superblock says, checked.
#[derive(Debug)]
pub(super) struct Superblock {
    pub(super) block_len: u64,
    pub(super) sector_len: usize,
    /// Bytes of the file system.
    pub(super) size: u64,
    pub(super) groups: u64,
    pub(super) blocks_per_group: u64,
    /// Bits of a block's number that count within a group.
    pub(super) group_bits: u32,
    pub(super) inode_len: u64,
    /// Bits of an inode's number that count within a block.
    pub(super) inode_bits: u32,
    /// Blocks of a block of a directory.
    pub(super) directory_blocks: u64,
    /// Entries of directories hold types.
    pub(super) has_types: bool,
    pub(super) has_checksums: bool,
    pub(super) needs_repair: bool,
    pub(super) root: u64,
    pub(super) log_start: u64,
    pub(super) log_blocks: u64,
    pub(super) uuid: [u8; 16],
    pub(super) label: String,
}

impl Superblock {
    pub(super) fn read(raw: &[u8]) -> Result<Self> {
        let version = be16(raw, 100);
        let has_checksums = match version & 15 {
            4 => false,
            5 => true,
            other => return Err(Fault::Unsupported(format!("xfs version {other} is not read here, only 4 and 5"))),
        };
        if !has_checksums && version & 0x2000 == 0 {
            return Err(Fault::Unsupported("xfs with directories of version 1 is not read here".into()));
        }
        let incompat = if has_checksums { be32(raw, 216) } else { 0 };
        if incompat & !KNOWN != 0 {
            return Err(Fault::Unsupported(format!("its features {:#x} are not known here", incompat & !KNOWN)));
        }
        let shift = |at: usize, least: u8, most: u8, what: &str| match u8_at(raw, at) {
            bits if (least..=most).contains(&bits) => Ok(u32::from(bits)),
            bits => Err(Fault::Damaged(format!("{what} of 2^{bits}"))),
        };
        let block_bits = shift(120, 9, 16, "blocks")?;
        let sector_bits = shift(121, 9, 15, "sectors")?;
        let inode_len_bits = shift(122, 8, 11, "inodes")?;
        let inode_bits = shift(123, 0, 8, "inodes of a block")?;
        let group_bits = shift(124, 1, 31, "blocks of a group")?;
        let directory_bits = shift(192, 0, 7, "blocks of directories")?;
        let blocks_per_group = u64::from(be32(raw, 84));
        let groups = u64::from(be32(raw, 88));
        let agree = u64::from(be32(raw, 4)) == 1 << block_bits
            && inode_len_bits + inode_bits == block_bits
            && blocks_per_group > 0
            && blocks_per_group <= 1 << group_bits
            && block_bits + directory_bits <= 16
            && groups > 0;
        if !agree {
            return Err(Fault::damaged("the lengths in its superblock contradict each other"));
        }
        let size =
            be64(raw, 8).checked_mul(1 << block_bits).ok_or_else(|| Fault::damaged("more blocks than any disk has"))?;
        let mut uuid = [0; 16];
        for (to, from) in uuid.iter_mut().zip(part(raw, 32, 16).unwrap_or_default()) {
            *to = *from;
        }
        Ok(Self {
            block_len: 1 << block_bits,
            sector_len: 1 << sector_bits,
            size,
            groups,
            blocks_per_group,
            group_bits,
            inode_len: 1 << inode_len_bits,
            inode_bits,
            directory_blocks: 1 << directory_bits,
            has_types: incompat & FTYPE != 0 || (!has_checksums && be32(raw, 200) & V4_FTYPE != 0),
            has_checksums,
            needs_repair: incompat & NEEDS_REPAIR != 0,
            root: be64(raw, 56),
            log_start: be64(raw, 48),
            log_blocks: u64::from(be32(raw, 96)),
            uuid,
            label: text(part(raw, 108, 12).unwrap_or_default()),
        })
    }
}
