//! Which file system lies where: by `/etc/fstab` of the root, then by what a volume's role says.
use std::{collections::HashSet, sync::Arc};

use casemate_estate::Problem;

use crate::{
    filesystem::{self, FileSystem, NodeKind},
    volume::Volume,
};

/// Bytes of `/etc/fstab`.
const FSTAB_MAX: u64 = 1 << 20;
/// Types of `/etc/fstab` that are no file systems of a disk.
const NOT_DISKS: &[&str] =
    &["swap", "proc", "sysfs", "tmpfs", "devpts", "nfs", "nfs4", "cifs", "overlay", "fuse", "9p"];
/// Types on which no packages are installed.
const NO_PACKAGES: &[&str] = &["vfat", "msdos", "iso9660", "udf", "auto"];

/// A volume with what was found in it.
pub(crate) struct Held {
    pub(crate) volume: Volume,
    /// `ext4`, `LUKS (encrypted)`; none where nothing is known.
    pub(crate) holds: Option<String>,
    pub(crate) system: Option<Arc<dyn FileSystem>>,
    /// Where its files are: empty for the root, `/var`, `/[p3]` where nothing says. None where it is not read.
    pub(crate) at: Option<String>,
}

/// A line of `/etc/fstab` that mounts a disk.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    spec: String,
    /// Without a `/` at the end; empty for the root.
    at: String,
    kind: String,
    options: Vec<String>,
}

/// fstab(5): white space and the like stand as `\040`.
fn unescaped(field: &str) -> String {
    let mut out = Vec::new();
    let mut rest = field.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let code = rest.get(1..4).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.filter(|_| *first == b'\\').and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = rest.get(4..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        let mut fields = line.split_whitespace().map(unescaped);
        let (Some(spec), Some(at), Some(kind)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let options: Vec<String> = fields.next().unwrap_or_default().split(',').map(str::to_owned).collect();
        let binds = options.iter().any(|option| option == "bind" || option == "rbind");
        if binds || !at.starts_with('/') || at.contains("/../") || NOT_DISKS.contains(&kind.as_str()) {
            continue;
        }
        let spec = spec.replace('"', "");
        out.push(Line { spec, at: at.trim_end_matches('/').to_owned(), kind, options });
    }
    out
}

/// The name of a logical volume as the device mapper writes it: `vg-lv`, hyphens doubled.
fn mapper_name(name: &str) -> Option<String> {
    let (group, logical) = name.split_once('/')?;
    Some(format!("{}-{}", group.replace('-', "--"), logical.replace('-', "--")))
}

/// The number at the end of a partition's device, where the device may be this disk: the first of its kind.
fn device_number(device: &str) -> Option<u32> {
    ["sda", "vda", "xvda", "hda", "nvme0n1p", "mmcblk0p"]
        .into_iter()
        .find_map(|disk| device.strip_prefix(disk)?.parse().ok())
}

/// Whether a first field of `/etc/fstab` means this volume.
fn is_meant(spec: &str, held: &Held) -> bool {
    let same = |found: Option<String>, wanted: &str| found.is_some_and(|found| found.eq_ignore_ascii_case(wanted));
    let system = held.system.as_deref();
    let by_id = [
        ("UUID=", "/dev/disk/by-uuid/"),
        ("LABEL=", "/dev/disk/by-label/"),
        ("PARTUUID=", "/dev/disk/by-partuuid/"),
        ("PARTLABEL=", "/dev/disk/by-partlabel/"),
    ];
    for (tag, link) in by_id {
        let Some(wanted) = spec.strip_prefix(tag).or_else(|| spec.strip_prefix(link)) else { continue };
        return match tag {
            "UUID=" => same(system.and_then(FileSystem::uuid), wanted),
            "LABEL=" => system.and_then(FileSystem::label).as_deref() == Some(wanted),
            "PARTUUID=" => same(held.volume.uuid.clone(), wanted),
            _ => held.volume.label.as_deref() == Some(wanted),
        };
    }
    let Some(device) = spec.strip_prefix("/dev/") else { return false };
    if held.volume.scheme == "lvm" {
        let mapped = device.strip_prefix("mapper/").map(str::to_owned);
        return mapped.is_some() && mapped == mapper_name(&held.volume.name) || device == held.volume.name;
    }
    held.volume.number.is_some() && device_number(device) == held.volume.number
}

fn has(system: &dyn FileSystem, path: &str) -> bool {
    filesystem::find(system, path).is_ok_and(|node| node.is_some())
}

fn is_root(system: &dyn FileSystem) -> bool {
    has(system, "/etc/os-release") || has(system, "/usr/lib/os-release")
}

/// What [`place`] found.
pub(crate) struct Places {
    /// What is missing.
    pub(crate) problems: Vec<Problem>,
    /// Where file systems are mounted, read or not: what lies below these on the file system above is hidden.
    pub(crate) mounts: HashSet<String>,
}

/// Says for each volume where its files are, and what is missing. The root is the first with an `os-release`; where
/// none has one and there is but one file system, that.
pub(crate) fn place(all: &mut [Held]) -> Places {
    let (mut problems, mut mounts) = (Vec::new(), HashSet::new());
    let mut problem = |path: &str, reason: String, incomplete: bool| {
        problems.push(Problem { path: path.to_owned(), reason, incomplete });
    };
    let mut root = None;
    let mut systems = 0;
    for (number, held) in all.iter().enumerate() {
        let Some(system) = held.system.as_deref() else { continue };
        systems += 1;
        if !is_root(system) {
            continue;
        }
        match root {
            None => root = Some(number),
            Some(_) => problem(
                &format!("/[{}]", held.volume.name),
                "another system (it has an `os-release`) that is not read: packages of two systems are never mixed"
                    .into(),
                true,
            ),
        }
    }
    if root.is_none() {
        let reason = "no file system on the disk has an `etc/os-release`: which distribution it is cannot be told";
        problem("/etc/os-release", reason.into(), false);
        root = all.iter().position(|held| systems == 1 && held.system.is_some());
    }
    let table = root.and_then(|at| all.get_mut(at)).and_then(|held| {
        held.at = Some(String::new());
        held.system.clone()
    });
    let fstab = match table.as_ref().map(fstab) {
        Some(Ok(lines)) => lines,
        Some(Err(reason)) => {
            problem("/etc/fstab", reason, true);
            None
        }
        None => None,
    };
    for line in fstab.iter().flatten().filter(|line| !line.at.is_empty()) {
        let meant = all.iter_mut().find(|held| held.at.is_none() && is_meant(&line.spec, held));
        let optional = line.options.iter().any(|option| option == "noauto" || option == "nofail");
        if !optional {
            mounts.insert(line.at.clone());
        }
        match meant {
            Some(held) if held.system.is_some() => held.at = Some(line.at.clone()),
            // Why is told with the volume.
            Some(held) => {
                let reason = format!("the volume `{}`, which is not read, is mounted here", held.volume.name);
                problem(&line.at, reason, !optional);
            }
            None if NO_PACKAGES.contains(&line.kind.as_str()) => {}
            None => problem(
                &line.at,
                format!("`/etc/fstab` mounts `{}` here, which is not on this disk or cannot be read", line.spec),
                !optional,
            ),
        }
    }
    hints(all, table.as_deref(), fstab.is_some());
    for held in all.iter_mut().filter(|held| held.at.is_none()) {
        let other_root = root.is_some() && held.system.as_deref().is_some_and(is_root);
        if held.system.is_some() && !other_root {
            held.at = Some(format!("/[{}]", held.volume.name));
        }
    }
    mounts.extend(all.iter().filter_map(|held| held.at.clone()).filter(|at| !at.is_empty()));
    Places { problems, mounts }
}

/// Where nothing in `/etc/fstab` says: the role of the partition, or, in a root without that file, where the file system
/// says that it was mounted last.
fn hints(all: &mut [Held], root: Option<&dyn FileSystem>, has_table: bool) {
    let Some(root) = root else { return };
    for number in 0..all.len() {
        let Some(held) = all.get(number).filter(|held| held.at.is_none()) else { continue };
        let Some(system) = held.system.as_deref() else { continue };
        let last = system.last_mounted().filter(|_| !has_table).map(|path| path.trim_end_matches('/').to_owned());
        let hint = held.volume.mount_hint.map(str::to_owned).or(last).filter(|path| !path.is_empty());
        let Some(hint) = hint else { continue };
        let taken = all.iter().any(|other| other.at.as_deref() == Some(&hint));
        let is_directory =
            filesystem::find(root, &hint).is_ok_and(|node| node.is_some_and(|node| node.kind == NodeKind::Directory));
        if let Some(held) = all.get_mut(number).filter(|_| !taken && is_directory) {
            held.at = Some(hint);
        }
    }
}

/// The lines of the root's table; none where it has none.
fn fstab(root: &Arc<dyn FileSystem>) -> Result<Option<Vec<Line>>, String> {
    let node = filesystem::find(root.as_ref(), "/etc/fstab").map_err(|fault| format!("cannot find it: {fault}"))?;
    let Some(node) = node.filter(|node| node.kind == NodeKind::File) else { return Ok(None) };
    let bytes = filesystem::read(root, node.number, FSTAB_MAX).map_err(|fault| format!("cannot read it: {fault}"))?;
    Ok(Some(lines(&String::from_utf8_lossy(&bytes))))
}

/// Reads a table for fuzzing; gives how much was kept.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn lines_size(text: &str) -> usize {
    format!("{:?}", lines(text)).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_disks_are_kept_and_escapes_undone() {
        let text = "# /etc/fstab\nUUID=1 / ext4 defaults 0 1\n/dev/mapper/a--b-c\t/var  ext4\ntmpfs /tmp tmpfs\n\
                    /srv /mnt none bind\nLABEL=\"x\" /a\\040b/ ext4 nofail,noauto\nUUID=2 none swap sw\nbroken\n";
        let found: Vec<_> = lines(text).into_iter().map(|line| (line.spec, line.at)).collect();
        let want = [("UUID=1", ""), ("/dev/mapper/a--b-c", "/var"), ("LABEL=x", "/a b")];
        assert_eq!(found, want.map(|(spec, at)| (spec.to_owned(), at.to_owned())));
    }

    #[test]
    fn devices_are_told_by_their_number_and_logical_volumes_by_their_name() {
        for (device, want) in
            [("sda3", Some(3)), ("nvme0n1p2", Some(2)), ("sdb1", None), ("sda", None), ("vda12", Some(12))]
        {
            assert_eq!(device_number(device), want, "{device}");
        }
        assert_eq!(mapper_name("my-vg/root-lv").as_deref(), Some("my--vg-root--lv"));
    }
}
