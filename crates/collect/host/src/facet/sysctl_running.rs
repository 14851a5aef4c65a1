use std::collections::BTreeMap;

use rustix::{
    fs::{FileType, Mode, OFlags},
    io::Errno,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    root::NO_FOLLOW,
    walk::{Bounds, Found, walk},
};

/// Kernel parameters as they are now (`/proc/sys`). Live only.
///
/// Left out are counters and other values that change by themselves (`fs.file-nr`, `kernel.random.uuid` …), keys
/// (`net.ipv4.tcp_fastopen_key`, `stable_secret`), and interfaces that come and go with containers (`veth…`).
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SysctlRunning {
    /// Dotted name to value, tabs folded to one space: `net.ipv4.conf.all.rp_filter` → `"1"`. A dot within an
    /// interface name is written `/`, as `sysctl(8)` does.
    pub(crate) values: BTreeMap<String, String>,
    /// Names of parameters that exist and that this user may not read; they are not in `values`. Sorted.
    pub(crate) unreadable: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "sysctl_running",
    live_only: true,
    shape: crate::def::shape_of::<SysctlRunning>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const TOP: &str = "/proc/sys";
/// A host with a thousand interfaces has about 130,000 entries.
const BOUNDS: Bounds = Bounds { depth: 12, entries: 400_000 };
/// Bytes of one value.
const VALUE_MAX: usize = 16 << 10;

/// Names, or beginnings of names, whose values change by themselves or are read with an effect.
const VOLATILE: [&str; 15] = [
    "fs.aio-nr",
    "fs.dentry-state",
    "fs.file-nr",
    "fs.inode-nr",
    "fs.inode-state",
    "fs.quota.",
    "kernel.ns_last_pid",
    "kernel.pty.nr",
    "kernel.random.boot_id",
    "kernel.random.entropy_avail",
    "kernel.random.uuid",
    "kernel.sched_domain.",
    "net.netfilter.nf_conntrack_count",
    "vm.stat_refresh",
    "fs.xfs.stats_clear",
];

/// Ends of names whose values are keys.
const SECRET: [&str; 3] = [".stable_secret", ".tcp_fastopen_key", ".netdev_rss_key"];

/// Ends of names that the kernel has twice, of old; reading them by these names writes a warning into its log.
const DEPRECATED: [&str; 2] = [".base_reachable_time", ".retrans_time"];

/// Beginnings of interface names that container and VM engines make and remove.
const PASSING: [&str; 6] = ["veth", "cali", "lxc", "tap", "vnet", "cilium"];

fn collect(host: &Host) -> Result<SysctlRunning, Missing> {
    let mut sysctl = SysctlRunning::default();
    let mut buffer = vec![0; VALUE_MAX];
    let present = walk(host, TOP, BOUNDS, &mut |found| {
        let Some(name) = name_of(found.path) else { return false };
        if found.kind == FileType::Directory {
            return true;
        }
        match read(found, &mut buffer) {
            Reading::Value(value) => {
                sysctl.values.insert(name, value);
            }
            Reading::Refused => sysctl.unreadable.push(name),
            Reading::Nothing => {}
        }
        true
    })?;
    if !present || sysctl.values.is_empty() {
        return Err(Missing::failed(format!("cannot read `{TOP}`: no such directory; is `/proc` mounted?")));
    }
    sysctl.unreadable.sort();
    Ok(sysctl)
}

/// The dotted name of a path below `/proc/sys`; none where it or what is below it is left out.
fn name_of(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.strip_prefix("/proc/sys/")?.split('/').collect();
    match parts.as_slice() {
        // An automount: looking into it would load a module.
        ["fs", "binfmt_misc", ..] => return None,
        ["net", "ipv4" | "ipv6", "conf" | "neigh", interface, ..] | ["net", "mpls", "conf", interface, ..]
            if PASSING.iter().any(|start| interface.starts_with(start)) =>
        {
            return None;
        }
        _ => {}
    }
    let parts: Vec<String> = parts.into_iter().map(|part| part.replace('.', "/")).collect();
    let name = parts.join(".");
    let volatile =
        VOLATILE.iter().any(|known| if known.ends_with('.') { name.starts_with(known) } else { name == *known });
    let left_out = SECRET.iter().chain(&DEPRECATED).any(|end| name.ends_with(end));
    (!volatile && !left_out).then_some(name)
}

enum Reading {
    Value(String),
    /// The permissions let someone read it, but not this user.
    Refused,
    /// Only for writing, or without a value now (`EIO`, `EINVAL`).
    Nothing,
}

fn read(found: &Found<'_>, buffer: &mut [u8]) -> Reading {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let fd = match rustix::fs::openat(found.dir, found.name, flags, Mode::empty()) {
        Ok(fd) => fd,
        Err(Errno::ACCESS | Errno::PERM) => return refused(found),
        Err(_) => return Reading::Nothing,
    };
    let mut length = 0;
    // The kernel gives a value in one piece; a second read is only needed where it filled the buffer.
    while let Some(rest) = buffer.get_mut(length..).filter(|rest| !rest.is_empty()) {
        let asked = rest.len();
        match rustix::io::read(&fd, rest) {
            Ok(0) => break,
            Ok(count) => {
                length += count;
                if count < asked {
                    break;
                }
            }
            Err(Errno::INTR) => {}
            Err(Errno::ACCESS | Errno::PERM) => return refused(found),
            Err(_) => return Reading::Nothing,
        }
    }
    Reading::Value(value_of(&String::from_utf8_lossy(buffer.get(..length).unwrap_or_default())))
}

fn refused(found: &Found<'_>) -> Reading {
    match rustix::fs::statat(found.dir, found.name, NO_FOLLOW) {
        Ok(stat) if stat.st_mode & 0o444 == 0 => Reading::Nothing,
        _ => Reading::Refused,
    }
}

/// White space at both ends removed, runs of blanks and tabs folded to one space; line ends within stay.
fn value_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.trim_matches(|c: char| c.is_whitespace() || c == '\0').chars() {
        if c == ' ' || c == '\t' {
            blank = true;
        } else {
            if blank {
                out.push(' ');
            }
            blank = false;
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names() {
        for (path, want, why) in [
            ("/proc/sys/kernel/kptr_restrict", Some("kernel.kptr_restrict"), "plain"),
            ("/proc/sys/net/ipv4/conf/eth0.100/rp_filter", Some("net.ipv4.conf.eth0/100.rp_filter"), "a dot in a name"),
            ("/proc/sys/net/ipv4/conf/veth12ab/rp_filter", None, "an interface of a container"),
            ("/proc/sys/kernel/random/uuid", None, "new each time"),
            ("/proc/sys/kernel/random/poolsize", Some("kernel.random.poolsize"), "its neighbour is steady"),
            ("/proc/sys/net/ipv6/conf/all/stable_secret", None, "a key"),
            ("/proc/sys/net/ipv6/neigh/lo/retrans_time", None, "the old name"),
            ("/proc/sys/net/ipv6/neigh/lo/retrans_time_ms", Some("net.ipv6.neigh.lo.retrans_time_ms"), "the new name"),
            ("/proc/sys/fs/binfmt_misc/status", None, "an automount"),
            ("/proc/sys/kernel/sched_domain/cpu0/domain0/flags", None, "a whole directory"),
        ] {
            assert_eq!(name_of(path).as_deref(), want, "{why}");
        }
    }

    #[test]
    fn values() {
        for (text, want) in
            [("1\n", "1"), ("4096\t131072\t6291456\n", "4096 131072 6291456"), ("\n", ""), ("a \t b\nc\n", "a b\nc")]
        {
            assert_eq!(value_of(text), want);
        }
    }

    #[test]
    fn the_running_kernel_gives_the_same_twice() {
        let host = || Host::new(crate::root::Root::live().unwrap());
        let (a, b) = (collect(&host()).unwrap(), collect(&host()).unwrap());
        assert!(a.values.contains_key("kernel.ostype"), "every kernel has it");
        assert_eq!(a.values, b.values);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            prop_assert!(value_of(&text).len() <= text.len());
            name_of(&format!("/proc/sys/{text}"));
        }
    }
}
