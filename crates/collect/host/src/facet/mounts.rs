use std::collections::{BTreeMap, BTreeSet, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    text::{redacted, unescape_octal},
};

/// Mounted file systems (`/proc/self/mountinfo`). Live only. Mounts that come and go with sessions, services and
/// containers (`/run/user/…`, `/run/credentials/…`, `/run/netns/…`) are left out.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Mounts {
    /// Mount point to the topmost mount there; pseudo file systems included, those below `/proc`, `/sys` and
    /// container layers left out.
    pub(crate) points: BTreeMap<String, Mount>,
}

/// One mount.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Mount {
    /// Device, share or pseudo name.
    pub(crate) source: String,
    /// `ext4`, `tmpfs` …
    pub(crate) fstype: String,
    /// Per-mount and superblock options together, sorted, without values that change by themselves. `ro` where either
    /// is read-only, else `rw`.
    pub(crate) options: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "mounts",
    live_only: true,
    shape: crate::def::shape_of::<Mounts>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Mounts, Missing> {
    let path = "/proc/self/mountinfo";
    let text = host.root.read_text(path)?;
    let text =
        text.ok_or_else(|| Missing::failed(format!("cannot read `{path}`: no such file; is `/proc` mounted?")))?;
    Ok(Mounts { points: parse(&text) })
}

/// Beginnings of mount points that are left out.
const PASSING: [&str; 15] = [
    "/proc/",
    "/sys/",
    "/run/user/",
    "/run/credentials/",
    "/run/netns/",
    "/run/docker/",
    "/run/containerd/",
    "/run/containers/",
    "/run/k3s/",
    "/var/run/",
    "/var/lib/docker/",
    "/var/lib/containerd/",
    "/var/lib/containers/",
    "/var/lib/kubelet/",
    "/var/lib/lxcfs/",
];

/// Options with numbers that the kernel hands out.
const VOLATILE: [&str; 6] = ["fd", "pgrp", "pipe_ino", "clientaddr", "nr_inodes", "lowerdir"];

/// A line of `proc_pid_mountinfo(5)`.
struct Line {
    id: u32,
    parent: u32,
    point: String,
    mount: Mount,
}

/// The mounts that a path lookup reaches, by mount point. Lines that are not of the form are left out.
pub(crate) fn parse(text: &str) -> BTreeMap<String, Mount> {
    let lines: Vec<Line> = text.lines().filter_map(line).collect();
    let seen = visible(&lines);
    let mut points = BTreeMap::new();
    for (at, line) in lines.into_iter().enumerate() {
        if seen.contains(&at) && !PASSING.iter().any(|start| line.point.starts_with(start)) {
            points.insert(line.point, line.mount);
        }
    }
    points
}

fn line(text: &str) -> Option<Line> {
    let (left, right) = text.split_once(" - ")?;
    let mut left = left.split(' ');
    let (id, parent) = (left.next()?.parse().ok()?, left.next()?.parse().ok()?);
    let mut left = left.skip(2);
    let (point, options) = (unescape_octal(left.next()?), left.next()?);
    let mut right = right.split(' ');
    let (fstype, source) = (right.next()?, right.next()?);
    Some(Line {
        id,
        parent,
        point,
        mount: Mount {
            source: redacted("", &unescape_octal(source)).to_owned(),
            fstype: fstype.to_owned(),
            options: merge(options, right.next().unwrap_or_default()),
        },
    })
}

fn merge(mount: &str, superblock: &str) -> Vec<String> {
    let mut options = BTreeSet::new();
    for option in mount.split(',').chain(superblock.split(',')).filter(|option| !option.is_empty()) {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        if VOLATILE.contains(&name) {
            continue;
        }
        let hidden = redacted(name, value);
        options.insert(if hidden == value { unescape_octal(option) } else { format!("{name}={hidden}") });
    }
    if options.contains("ro") {
        options.remove("rw");
    }
    options.into_iter().collect()
}

/// Places of the lines that are not hidden: a mount is hidden by a later one at its point, or at a point above it on the
/// same parent. Where the tree's root is not in the list (a chroot), the last line of a point counts.
fn visible(lines: &[Line]) -> BTreeSet<usize> {
    let ids: BTreeSet<u32> = lines.iter().map(|line| line.id).collect();
    let mut children: HashMap<(u32, &str), usize> = HashMap::new();
    let mut by_parent: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        children.insert((line.parent, &line.point), at);
        by_parent.entry(line.parent).or_default().push(at);
    }
    let top = lines.iter().position(|line| line.point == "/" && !ids.contains(&line.parent));
    let Some(top) = top else {
        let last: HashMap<&str, usize> = lines.iter().enumerate().map(|(at, line)| (line.point.as_str(), at)).collect();
        return last.into_values().collect();
    };
    let mut seen = BTreeSet::new();
    let mut entered = BTreeSet::new();
    let mut open = vec![top];
    while let Some(mut at) = open.pop() {
        // Down to what covers it at its own point.
        while entered.insert(at)
            && let Some(line) = lines.get(at)
            && let Some(over) = children.get(&(line.id, line.point.as_str()))
        {
            at = *over;
        }
        if !seen.insert(at) {
            continue;
        }
        let Some(line) = lines.get(at) else { continue };
        for child in by_parent.get(&line.id).into_iter().flatten() {
            let Some(below) = lines.get(*child) else { continue };
            let last = children.get(&(line.id, below.point.as_str())) == Some(child);
            let mut above = below.point.as_str();
            let mut hidden = below.point == line.point || !last;
            while !hidden && let Some((parent, _)) = above.rsplit_once('/') {
                above = parent;
                hidden = above.len() > line.point.len() && children.contains_key(&(line.id, above));
            }
            if !hidden {
                open.push(*child);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROOT: &str = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n";

    #[test]
    fn one_mount() {
        for (text, point, source, options, why) in [
            (
                "28 27 0:25 / /tmp rw,nosuid,nodev shared:1 master:2 - tmpfs tmpfs rw,size=4k,mode=755",
                "/tmp",
                "tmpfs",
                vec!["mode=755", "nodev", "nosuid", "rw", "size=4k"],
                "optional fields are skipped",
            ),
            (
                "28 27 0:25 / /a\\040b ro,relatime - ext4 /dev/b rw",
                "/a b",
                "/dev/b",
                vec!["relatime", "ro"],
                "read-only by the mount; a blank in the point",
            ),
            (
                "28 27 0:25 / /n rw - cifs //h/s rw,username=u,password=x",
                "/n",
                "//h/s",
                vec!["password=REDACTED", "rw", "username=u"],
                "no password",
            ),
            (
                "28 27 0:25 / /misc rw - autofs /etc/auto.misc rw,fd=7,pgrp=12,timeout=300",
                "/misc",
                "/etc/auto.misc",
                vec!["rw", "timeout=300"],
                "no numbers of processes",
            ),
        ] {
            let got = parse(&format!("{ROOT}{text}\n"));
            let mount = got.get(point).unwrap_or_else(|| panic!("{why}"));
            assert_eq!(
                (mount.source.as_str(), mount.options.clone()),
                (source, options.into_iter().map(str::to_owned).collect()),
                "{why}"
            );
        }
    }

    #[test]
    fn what_is_reached() {
        for (lines, want, why) in [
            (
                "28 27 0:1 / /a rw - tmpfs one rw\n29 28 0:2 / /a rw - tmpfs two rw\n",
                vec![("/a", "two")],
                "the topmost",
            ),
            (
                "28 27 0:1 / /a/b rw - tmpfs one rw\n29 27 0:2 / /a rw - tmpfs two rw\n",
                vec![("/a", "two")],
                "hidden by a mount above",
            ),
            (
                "28 27 0:1 / /a rw - tmpfs one rw\n29 28 0:2 / /a/b rw - tmpfs two rw\n",
                vec![("/a", "one"), ("/a/b", "two")],
                "one in the other",
            ),
            (
                "28 27 0:1 / /a rw - tmpfs one rw\n29 28 0:2 / /a/b rw - tmpfs two rw\n30 28 0:3 / /a rw - tmpfs three rw\n",
                vec![("/a", "three")],
                "the cover hides what is below",
            ),
            (
                "28 27 0:1 / /ab rw - tmpfs one rw\n29 27 0:2 / /a rw - tmpfs two rw\n",
                vec![("/a", "two"), ("/ab", "one")],
                "a longer name is not below",
            ),
            (
                "28 27 0:1 / /proc rw - proc proc rw\n29 28 0:2 / /proc/x rw - tmpfs t rw\n",
                vec![("/proc", "proc")],
                "below `/proc` is left out",
            ),
            ("28 27 0:1 / /run/user/0 rw - tmpfs t rw\n", vec![], "comes and goes"),
            ("broken\n1 2 3\n", vec![], "lines of another form"),
        ] {
            let got = parse(&format!("{ROOT}{lines}"));
            let got: Vec<_> =
                got.iter().filter(|(point, _)| *point != "/").map(|(p, m)| (p.as_str(), m.source.as_str())).collect();
            assert_eq!(got, want, "{why}");
        }
    }

    #[test]
    fn a_chroot_without_a_root_mount() {
        let got = parse("28 27 0:1 / /a rw - tmpfs one rw\n29 27 0:2 / /a rw - tmpfs two rw\n");
        assert_eq!(got["/a"].source, "two");
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            prop_assert!(parse(&text).len() <= text.lines().count());
        }

        #[test]
        fn any_tree_ends(lines in proptest::collection::vec((0u32..6, 0u32..6, "(/[ab]){0,3}|/"), 0..12)) {
            let text: String = lines.iter().map(|(id, parent, point)| format!("{id} {parent} 0:1 / {point} rw - t s rw\n")).collect();
            prop_assert!(parse(&text).len() <= lines.len());
        }
    }
}
