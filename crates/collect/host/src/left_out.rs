//! File systems that the walk of the whole tree leaves out, and bind mounts of what it sees anyway.
use std::{
    collections::{BTreeMap, HashSet},
    os::fd::OwnedFd,
};

use crate::{host::Host, root::ReadError};

/// Whether a mounted directory's file system is left out, by the magic number of statfs(2).
pub(crate) fn fs_skipped(fd: &OwnedFd, path: &[u8]) -> bool {
    const OTHERS: &[i64] = &[
        0x9fa0,      // proc
        0x6265_6572, // sysfs
        0x0027_e0eb, // cgroup
        0x6367_7270, // cgroup2
        0x1cd1,      // devpts
        0x6462_6720, // debugfs
        0x7472_6163, // tracefs
        0x7363_6673, // securityfs
        0xcafe_4a11, // bpf
        0x6165_676c, // pstore
        0xde5e_81e4, // efivarfs
        0x6265_6570, // configfs
        0x1980_0202, // mqueue
        0x9584_58f6, // hugetlbfs
        0x0187,      // autofs
        0x6e73_6673, // nsfs
        0x6969,      // nfs
        0x517b,      // smb
        0xff53_4d42, // cifs
        0xfe53_4d42, // smb2
        0x6573_5546, // fuse
        0x00c3_6400, // ceph
        0x5346_414f, // afs
        0x0102_1997, // 9p
        0x7375_7245, // coda
        0x0bd0_0bd0, // lustre
        0x4750_4653, // gpfs
        0x794c_7630, // overlay
    ];
    const TMPFS: i64 = 0x0102_1994;
    const SQUASHFS: i64 = 0x7371_7368;
    let Ok(stat) = rustix::fs::fstatfs(fd) else { return false };
    #[expect(clippy::useless_conversion, reason = "the field is narrower on other machines")]
    let magic = i64::from(stat.f_type) & 0xffff_ffff;
    OTHERS.contains(&magic) || (magic == TMPFS && below_volatile(path)) || (magic == SQUASHFS && below_snap(path))
}

pub(crate) fn is_below(path: &[u8], dir: &[u8]) -> bool {
    path.strip_prefix(dir).is_some_and(|rest| rest.is_empty() || rest.first() == Some(&b'/'))
}

fn below_volatile(path: &[u8]) -> bool {
    is_below(path, b"/dev") || is_below(path, b"/run")
}

fn below_snap(path: &[u8]) -> bool {
    is_below(path, b"/snap") || is_below(path, b"/var/lib/snapd/snap")
}

/// Mount points that are not walked: by the table, so that a server that does not answer is never even asked.
pub(crate) fn mounts_skipped(host: &Host) -> Result<HashSet<Vec<u8>>, ReadError> {
    if !host.is_live() {
        return Ok(HashSet::new());
    }
    Ok(match host.root.read("/proc/self/mountinfo", 16 << 20)? {
        Some(bytes) => mounts_skipped_of(&String::from_utf8_lossy(&bytes)),
        None => HashSet::new(),
    })
}

struct MountLine {
    device: String,
    root: Vec<u8>,
    point: Vec<u8>,
    fstype: String,
}

/// Which mount points of `mountinfo` (proc_pid_mountinfo(5)) are left out: by type, or since what they show is walked
/// elsewhere (bind mounts, a device mounted twice).
pub(crate) fn mounts_skipped_of(mountinfo: &str) -> HashSet<Vec<u8>> {
    // The last mount on a point hides those before.
    let mut points: BTreeMap<Vec<u8>, MountLine> = BTreeMap::new();
    for mount in mountinfo.lines().filter_map(mount_line) {
        points.insert(mount.point.clone(), mount);
    }
    let mut skip: HashSet<Vec<u8>> =
        points.values().filter(|mount| mount_skipped(mount)).map(|mount| mount.point.clone()).collect();
    let mut walked: Vec<&MountLine> = points.values().filter(|mount| !skip.contains(&mount.point)).collect();
    // The mount that shows most of a device goes first; of equals the one with the shorter point.
    walked.sort_by_key(|mount| (mount.root.len(), mount.point.len()));
    let mut kept: BTreeMap<&str, Vec<&MountLine>> = BTreeMap::new();
    for mount in walked {
        let others = kept.entry(mount.device.as_str()).or_default();
        // A hostile table of mounts must not cost quadratic time.
        if others.len() <= 64 && others.iter().any(|other| shown_by(mount, other, &points)) {
            skip.insert(mount.point.clone());
        } else {
            others.push(mount);
        }
    }
    skip.remove(b"/".as_slice());
    skip
}

/// Whether the walk of `other` sees all that `mount` shows.
fn shown_by(mount: &MountLine, other: &MountLine, points: &BTreeMap<Vec<u8>, MountLine>) -> bool {
    if mount.point == b"/" {
        return false;
    }
    let trim = |path: &[u8]| if path == b"/" { Vec::new() } else { path.to_vec() };
    let (root, above) = (trim(&mount.root), trim(&other.root));
    let Some(rest) = root.strip_prefix(above.as_slice()).filter(|rest| rest.is_empty() || rest.starts_with(b"/"))
    else {
        return false;
    };
    // Where the same directory lies in the other mount, unless a third mount hides it there.
    let mut origin = trim(&other.point);
    origin.extend_from_slice(rest);
    let mut up = origin.as_slice();
    while up.len() > other.point.len() {
        if up != mount.point && points.contains_key(up) {
            return false;
        }
        up = up.get(..up.iter().rposition(|b| *b == b'/').unwrap_or(0)).unwrap_or_default();
    }
    true
}

fn mount_skipped(mount: &MountLine) -> bool {
    const OTHERS: &[&str] = &[
        "9p",
        "afs",
        "aufs",
        "autofs",
        "binfmt_misc",
        "bpf",
        "ceph",
        "cgroup",
        "cgroup2",
        "cifs",
        "coda",
        "configfs",
        "debugfs",
        "devpts",
        "devtmpfs",
        "efivarfs",
        "fuse",
        "fusectl",
        "glusterfs",
        "gpfs",
        "hugetlbfs",
        "lustre",
        "mqueue",
        "ncpfs",
        "nfs",
        "nfs4",
        "nfsd",
        "nsfs",
        "overlay",
        "proc",
        "pstore",
        "resctrl",
        "rpc_pipefs",
        "securityfs",
        "selinuxfs",
        "smb3",
        "smbfs",
        "sysfs",
        "tracefs",
        "vboxsf",
        "virtiofs",
    ];
    let fstype = mount.fstype.as_str();
    OTHERS.contains(&fstype)
        || fstype.starts_with("fuse.")
        || (matches!(fstype, "tmpfs" | "ramfs") && below_volatile(&mount.point))
        || (fstype == "squashfs" && below_snap(&mount.point))
}

fn mount_line(line: &str) -> Option<MountLine> {
    let (left, right) = line.split_once(" - ")?;
    let mut left = left.split(' ').skip(2);
    let (device, root, point) = (left.next()?, left.next()?, left.next()?);
    let fstype = right.split(' ').next()?;
    Some(MountLine {
        device: device.to_owned(),
        root: unescaped(root),
        point: unescaped(point),
        fstype: fstype.to_owned(),
    })
}

/// `\040` and its kin back to bytes.
fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let octal = after.get(..3).filter(|d| first == b'\\' && d.iter().all(|b| (b'0'..=b'7').contains(b)));
        if let Some(digits) = octal {
            let value = digits.iter().fold(0_u32, |sum, digit| sum * 8 + u32::from(digit - b'0'));
            out.push(u8::try_from(value & 0xff).unwrap_or(b'?'));
            rest = after.get(3..).unwrap_or_default();
        } else {
            out.push(first);
            rest = after;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn mounts_are_left_out_by_type_and_by_what_they_show() {
        let line = |device: &str, root: &str, point: &str, fstype: &str| {
            format!("1 0 {device} {root} {point} rw,relatime shared:1 - {fstype} src rw\n")
        };
        let disk = line("8:1", "/", "/", "ext4");
        for (mounts, want, why) in [
            (vec![], vec![], "the root alone"),
            (vec![line("0:4", "/", "/proc", "proc")], vec!["/proc"], "a pseudo file system"),
            (vec![line("0:5", "/", "/mnt/far", "nfs4")], vec!["/mnt/far"], "a network file system"),
            (vec![line("0:6", "/", "/mnt/f", "fuse.sshfs")], vec!["/mnt/f"], "FUSE"),
            (vec![line("0:7", "/", "/run/user/0", "tmpfs")], vec!["/run/user/0"], "memory below /run"),
            (vec![line("0:8", "/", "/tmp", "tmpfs")], vec![], "memory elsewhere is walked"),
            (vec![line("8:2", "/", "/home", "xfs")], vec![], "a second disk is walked"),
            (vec![line("8:1", "/srv", "/mnt/b", "ext4")], vec!["/mnt/b"], "a bind mount of what is walked"),
            (
                vec![line("8:2", "/", "/home", "xfs"), line("8:2", "/", "/mnt/home", "xfs")],
                vec!["/mnt/home"],
                "a disk mounted twice",
            ),
            (
                vec![line("8:2", "/", "/data", "xfs"), line("8:1", "/data/old", "/old", "ext4")],
                vec![],
                "a bind mount of what another mount hides is the only way to it",
            ),
            (vec![line("8:3", "/@", "/x", "btrfs"), line("8:3", "/@home", "/y", "btrfs")], vec![], "subvolumes differ"),
            (vec![line("8:2", "/", "/a\\040b", "nfs")], vec!["/a b"], "a blank in a name"),
            (vec!["odd line\n".into()], vec![], "not a line of the table"),
        ] {
            let text = disk.clone() + &mounts.concat();
            let want: HashSet<Vec<u8>> = want.into_iter().map(|point| point.as_bytes().to_vec()).collect();
            assert_eq!(mounts_skipped_of(&text), want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn mounts_never_panic(text in "(?s).*", line in "[0-9a-z/:\\\\ -]{0,80}") {
            mounts_skipped_of(&text);
            mounts_skipped_of(&line);
        }
    }
}
