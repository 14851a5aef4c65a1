//! What a volume holds, by the magic bytes of what is not read here.
use crate::source::{Source, bytes_at};

/// Name, magic, where it stands, whether packages could lie in it.
const SIGNATURES: &[(&str, &[u8], u64, bool)] = &[
    ("LUKS (encrypted)", b"LUKS\xba\xbe", 0, true),
    ("BitLocker (encrypted)", b"-FVE-FS-", 3, true),
    ("btrfs", b"_BHRfS_M", 0x1_0040, true),
    ("zfs", b"\x0c\xb1\xba\0\0\0\0\0", 0x2_0000, true),
    ("zfs", b"\0\0\0\0\0\xba\xb1\x0c", 0x2_0000, true),
    ("bcachefs", b"\xc6\x85\x73\xf6\x4e\x1a\x45\xca\x82\x65\xf5\x7f\x48\xba\x6d\x81", 4096 + 24, true),
    ("f2fs", b"\x10\x20\xf5\xf2", 1024, true),
    ("erofs", b"\xe2\xe1\xf5\xe0", 1024, true),
    ("squashfs", b"hsqs", 0, true),
    ("jfs", b"JFS1", 0x8000, true),
    ("reiserfs", b"ReIsEr2Fs", 0x1_0034, true),
    ("reiserfs", b"ReIsEr3Fs", 0x1_0034, true),
    ("nilfs2", b"\x34\x34", 1024 + 6, true),
    ("ufs", b"\x19\x01\x54\x19", 0x1_0000 + 1372, true),
    ("apfs", b"NXSB", 32, true),
    ("ntfs", b"NTFS    ", 3, true),
    ("refs", b"\0\0\0ReFS\0", 0, true),
    ("Linux RAID", b"\xfc\x4e\x2b\xa9", 4096, true),
    ("Linux RAID", b"\xfc\x4e\x2b\xa9", 0, true),
    ("bcache", b"\xc6\x85\x73\xf6\x4e\x1a\x45\xca\x82\x65\xf5\x7f\x48\xba\x6d\x81", 4096 + 24, true),
    ("LVM physical volume", b"LVM2 001", 512 + 24, true),
    ("iso9660", b"CD001", 0x8001, false),
    ("swap", b"SWAPSPACE2", 4086, false),
    ("swap", b"SWAP-SPACE", 4086, false),
    ("swap", b"SWAPSPACE2", 65526, false),
    ("exfat", b"EXFAT   ", 3, false),
    ("vfat", b"FAT32   ", 82, false),
    ("vfat", b"FAT16   ", 54, false),
    ("vfat", b"FAT12   ", 54, false),
];

/// The name of what is there, and whether packages could lie in it.
pub(super) fn find(source: &dyn Source) -> Option<(&'static str, bool)> {
    SIGNATURES
        .iter()
        .find(|(_, magic, at, _)| bytes_at(source, *at, magic.len()).is_ok_and(|found| found == *magic))
        .map(|(name, _, _, could_hold)| (*name, *could_hold))
}

/// Whether the first 64 KiB, where every file system has something, are zero.
pub(super) fn is_blank(source: &dyn Source) -> bool {
    let len = usize::try_from(source.len().min(64 << 10)).unwrap_or(0);
    bytes_at(source, 0, len).is_ok_and(|bytes| bytes.iter().all(|byte| *byte == 0))
}
