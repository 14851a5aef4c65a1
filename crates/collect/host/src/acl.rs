//! Access control lists (acl(5)): rights that a mode does not show.
use std::os::fd::{AsRawFd, OwnedFd};

/// Bytes of the largest attribute (`XATTR_SIZE_MAX`).
const MAX: usize = 64 << 10;

/// The rights (4 read, 2 write, 1 run) that the list of an open path gives to users and groups by name, the mask taken
/// into account; 0 where it has no list, or the file system knows none.
pub(crate) fn named_rights(fd: &OwnedFd) -> u32 {
    let mut value = vec![0_u8; 512];
    let path = format!("/proc/self/fd/{}", fd.as_raw_fd());
    let mut read = rustix::fs::getxattr(&path, c"system.posix_acl_access", &mut value);
    if read == Err(rustix::io::Errno::RANGE) {
        value = vec![0_u8; MAX];
        read = rustix::fs::getxattr(&path, c"system.posix_acl_access", &mut value);
    }
    match read {
        Ok(length) => rights(value.get(..length).unwrap_or_default()),
        Err(_) => 0,
    }
}

/// The form of the attribute (`linux/posix_acl_xattr.h`): a version, then entries of tag, rights and id, all with the low
/// byte first.
fn rights(value: &[u8]) -> u32 {
    const VERSION: [u8; 4] = [2, 0, 0, 0];
    const USER: u16 = 0x02;
    const GROUP: u16 = 0x08;
    const MASK: u16 = 0x10;
    let Some(entries) = value.strip_prefix(&VERSION) else { return 0 };
    let (mut named, mut mask) = (0, 7);
    for entry in entries.chunks_exact(8) {
        let [tag_low, tag_high, low, high, ..] = entry else { continue };
        let rights = u16::from_le_bytes([*low, *high]) & 7;
        match u16::from_le_bytes([*tag_low, *tag_high]) {
            USER | GROUP => named |= rights,
            MASK => mask = rights,
            _ => {}
        }
    }
    u32::from(named & mask)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(entries: &[(u16, u16, u32)]) -> Vec<u8> {
        let mut out = vec![2, 0, 0, 0];
        for (tag, rights, id) in entries {
            out.extend(tag.to_le_bytes());
            out.extend(rights.to_le_bytes());
            out.extend(id.to_le_bytes());
        }
        out
    }

    #[test]
    fn rights_of_lists() {
        const NOBODY: u32 = u32::MAX;
        for (value, want, why) in [
            (Vec::new(), 0, "no attribute"),
            (vec![1, 0, 0, 0], 0, "another version"),
            (list(&[(1, 6, NOBODY), (4, 4, NOBODY), (0x20, 4, NOBODY)]), 0, "what the mode says, no name"),
            (
                list(&[(1, 6, NOBODY), (2, 4, 1000), (4, 0, NOBODY), (0x10, 4, NOBODY), (0x20, 0, NOBODY)]),
                4,
                "a user reads",
            ),
            (list(&[(8, 6, 50), (0x10, 7, NOBODY)]), 6, "a group writes"),
            (list(&[(2, 7, 1000), (0x10, 4, NOBODY)]), 4, "the mask takes away"),
            (list(&[(2, 7, 1000), (0x10, 0, NOBODY)]), 0, "the mask takes all away"),
            (list(&[(2, 4, 1000), (8, 2, 50), (0x10, 7, NOBODY)]), 6, "two names"),
            ([list(&[(2, 4, 1000), (0x10, 7, NOBODY)]), vec![1, 2]].concat(), 4, "bytes at the end"),
        ] {
            assert_eq!(rights(&value), want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(value in proptest::collection::vec(any::<u8>(), 0..64)) {
            prop_assert!(rights(&value) < 8);
        }
    }
}
