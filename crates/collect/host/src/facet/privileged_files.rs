use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    tree::Found,
};

/// Files that lend privileges: set-user-id, set-group-id, file capabilities, on local file systems.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PrivilegedFiles {
    /// Set-user-id files, by path.
    pub(crate) setuid: Vec<PrivilegedFile>,
    /// Set-group-id files (not directories), by path.
    pub(crate) setgid: Vec<PrivilegedFile>,
    /// Files with `security.capability`, by path.
    pub(crate) capabilities: Vec<CapableFile>,
    /// Whether the `package` fields can be trusted: the package database could be read (dpkg, apk).
    pub(crate) ownership_known: bool,
    /// The walk stopped at its limit of entries.
    pub(crate) truncated: bool,
}

/// A set-id file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PrivilegedFile {
    /// Path.
    pub(crate) path: String,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Group's id.
    pub(crate) gid: u32,
    /// Mode, octal text.
    pub(crate) mode: String,
    /// Package that owns the path; null where none does.
    pub(crate) package: Option<String>,
    /// Others than the owner may write it.
    pub(crate) writable: bool,
}

/// A file with capabilities.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct CapableFile {
    /// Path.
    pub(crate) path: String,
    /// Permitted capabilities: `cap_net_raw` …
    pub(crate) permitted: Vec<String>,
    /// The effective bit is set.
    pub(crate) effective: bool,
    /// Package that owns the path; null where none does.
    pub(crate) package: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "privileged_files",
    live_only: false,
    shape: crate::def::shape_of::<PrivilegedFiles>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Bytes of one of dpkg's `.list` files, or of apk's database.
const LIST_BYTES: u64 = 64 << 20;

fn collect(host: &Host) -> Result<PrivilegedFiles, Missing> {
    let tree = host.tree();
    tree.complete()?;
    let wanted: BTreeSet<&str> = tree
        .set_id
        .iter()
        .map(|found| found.path.as_str())
        .chain(tree.capable.iter().map(|(path, _)| path.as_str()))
        .collect();
    let owners = owners(host, &wanted)?;
    let package = |path: &str| owners.as_ref().and_then(|owners| owners.get(path)).cloned();
    let of = |bit: u32| {
        let file = |found: &Found| PrivilegedFile {
            path: found.path.clone(),
            uid: found.meta.uid,
            gid: found.meta.gid,
            mode: found.meta.mode(),
            package: package(&found.path),
            writable: found.meta.bits & 0o022 != 0,
        };
        tree.set_id.iter().filter(|found| found.meta.bits & bit != 0).map(file).collect()
    };
    let mut capabilities = Vec::new();
    for (path, bytes) in &tree.capable {
        let (permitted, effective) = capabilities_of(bytes)
            .ok_or_else(|| Missing::failed(format!("`{path}` has file capabilities of an unknown version")))?;
        capabilities.push(CapableFile { path: path.clone(), permitted, effective, package: package(path) });
    }
    Ok(PrivilegedFiles {
        setuid: of(0o4000),
        setgid: of(0o2000),
        capabilities,
        ownership_known: owners.is_some(),
        truncated: tree.truncated,
    })
}

/// Which package owns each of the wanted paths; none where no database that we can read is there.
fn owners(host: &Host, wanted: &BTreeSet<&str>) -> Result<Option<BTreeMap<String, String>>, Missing> {
    // Where /bin is a link to /usr/bin, packages may still list the old path.
    let mut names: BTreeMap<Vec<u8>, &str> = BTreeMap::new();
    for path in wanted {
        names.insert(path.as_bytes().to_vec(), path);
    }
    for dir in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] {
        if host.root.read_link(&format!("/{dir}"))?.is_some() {
            let prefix = format!("/usr/{dir}/");
            for path in wanted {
                if let Some(rest) = path.strip_prefix(&prefix) {
                    names.entry(format!("/{dir}/{rest}").into_bytes()).or_insert(path);
                }
            }
        }
    }
    let mut owners = BTreeMap::new();
    if host.root.exists("/var/lib/dpkg/status")? {
        for list in host.root.list_suffix("/var/lib/dpkg/info", ".list")? {
            let Some(bytes) = host.root.read(&list, LIST_BYTES)? else { continue };
            let file = list.rsplit('/').next().unwrap_or_default();
            let package = file.strip_suffix(".list").unwrap_or(file);
            let package = package.split(':').next().unwrap_or(package);
            dpkg_list_search(&bytes, package, &names, &mut owners);
        }
        return Ok(Some(owners));
    }
    if let Some(bytes) = host.root.read("/lib/apk/db/installed", LIST_BYTES)? {
        apk_search(&String::from_utf8_lossy(&bytes), &names, &mut owners);
        return Ok(Some(owners));
    }
    Ok(None)
}

/// One path a line.
fn dpkg_list_search(
    list: &[u8],
    package: &str,
    names: &BTreeMap<Vec<u8>, &str>,
    owners: &mut BTreeMap<String, String>,
) {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', list).chain([list.len()]) {
        if let Some(path) = list.get(start..end).and_then(|line| names.get(line)) {
            owners.insert((*path).to_owned(), package.to_owned());
        }
        start = end + 1;
    }
}

/// apk's database: `P:` names a package, `F:` a directory without the first slash, `R:` a file in it.
pub(crate) fn apk_search(text: &str, names: &BTreeMap<Vec<u8>, &str>, owners: &mut BTreeMap<String, String>) {
    let (mut package, mut dir) = ("", "");
    for line in text.lines() {
        match line.split_once(':') {
            Some(("P", value)) => (package, dir) = (value, ""),
            Some(("F", value)) => dir = value,
            Some(("R", value)) => {
                let path = if dir.is_empty() { format!("/{value}") } else { format!("/{dir}/{value}") };
                if let Some(path) = names.get(path.as_bytes()) {
                    owners.insert((*path).to_owned(), package.to_owned());
                }
            }
            _ => {}
        }
    }
}

/// Names by number, `linux/capability.h`.
const CAPABILITIES: &[&str] = &[
    "cap_chown",
    "cap_dac_override",
    "cap_dac_read_search",
    "cap_fowner",
    "cap_fsetid",
    "cap_kill",
    "cap_setgid",
    "cap_setuid",
    "cap_setpcap",
    "cap_linux_immutable",
    "cap_net_bind_service",
    "cap_net_broadcast",
    "cap_net_admin",
    "cap_net_raw",
    "cap_ipc_lock",
    "cap_ipc_owner",
    "cap_sys_module",
    "cap_sys_rawio",
    "cap_sys_chroot",
    "cap_sys_ptrace",
    "cap_sys_pacct",
    "cap_sys_admin",
    "cap_sys_boot",
    "cap_sys_nice",
    "cap_sys_resource",
    "cap_sys_time",
    "cap_sys_tty_config",
    "cap_mknod",
    "cap_lease",
    "cap_audit_write",
    "cap_audit_control",
    "cap_setfcap",
    "cap_mac_override",
    "cap_mac_admin",
    "cap_syslog",
    "cap_wake_alarm",
    "cap_block_suspend",
    "cap_audit_read",
    "cap_perfmon",
    "cap_bpf",
    "cap_checkpoint_restore",
];

/// `struct vfs_cap_data` of capabilities(7), versions 1 to 3: permitted names and the effective bit; none for any other.
pub(crate) fn capabilities_of(bytes: &[u8]) -> Option<(Vec<String>, bool)> {
    let word = |at: usize| {
        let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(u32::from_le_bytes(four))
    };
    let magic = word(0)?;
    let permitted = match magic >> 24 {
        1 => u64::from(word(4)?),
        // The words of permitted and inheritable alternate.
        2 | 3 => u64::from(word(4)?) | u64::from(word(12)?) << 32,
        _ => return None,
    };
    let name = |number: usize| CAPABILITIES.get(number).map_or_else(|| format!("cap_{number}"), |n| (*n).to_owned());
    let mut names: Vec<String> = (0..64).filter(|n| permitted >> n & 1 == 1).map(name).collect();
    names.sort();
    Some((names, magic & 1 == 1))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    #[test]
    fn set_id_files_have_their_package() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        for path in ["etc", "usr/bin", "var/lib/dpkg/info", "opt"] {
            std::fs::create_dir_all(at(path)).unwrap();
        }
        std::os::unix::fs::symlink("usr/bin", at("bin")).unwrap();
        std::fs::write(at("var/lib/dpkg/status"), "").unwrap();
        std::fs::write(at("var/lib/dpkg/info/mount.list"), "/.\n/bin\n/bin/mount\n").unwrap();
        std::fs::write(at("var/lib/dpkg/info/wall:amd64.list"), "/usr/bin/wall\n").unwrap();
        for (path, bits) in
            [("usr/bin/mount", 0o4755), ("usr/bin/wall", 0o2755), ("opt/odd", 0o6777), ("opt/plain", 0o755)]
        {
            std::fs::write(at(path), "x").unwrap();
            std::fs::set_permissions(at(path), std::fs::Permissions::from_mode(bits)).unwrap();
        }
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        let got = collect(&host).unwrap();
        let rows = |files: &[PrivilegedFile]| {
            files.iter().map(|f| (f.path.clone(), f.package.clone(), f.writable)).collect::<Vec<_>>()
        };
        assert_eq!(
            rows(&got.setuid),
            [("/opt/odd".into(), None, true), ("/usr/bin/mount".into(), Some("mount".into()), false)],
            "a path listed below /bin is the one below /usr/bin"
        );
        assert_eq!(
            rows(&got.setgid),
            [("/opt/odd".into(), None, true), ("/usr/bin/wall".into(), Some("wall".into()), false)],
            "the architecture is no part of the name"
        );
        assert!(got.ownership_known);
        assert!(!got.truncated);
    }

    #[test]
    fn apk_owners_are_found() {
        let names = BTreeMap::from([(b"/bin/bbsuid".to_vec(), "/bin/bbsuid"), (b"/top".to_vec(), "/top")]);
        let mut owners = BTreeMap::new();
        apk_search("P:busybox-suid\nV:1\nF:bin\nR:bbsuid\na:0:0:4111\n\nP:odd\nF:\nR:top\n", &names, &mut owners);
        assert_eq!(owners["/bin/bbsuid"], "busybox-suid");
        assert_eq!(owners["/top"], "odd");
    }

    #[test]
    fn capability_bytes_are_decoded() {
        let v2 = |magic: u32, low: u32, high: u32| {
            [magic, low, 0, high, 0].iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<u8>>()
        };
        for (bytes, want, why) in [
            (v2(0x0200_0001, 1 << 13, 0), Some((vec!["cap_net_raw"], true)), "ping's, version 2"),
            (
                v2(0x0200_0000, 1 << 10 | 1, 0),
                Some((vec!["cap_chown", "cap_net_bind_service"], false)),
                "not effective",
            ),
            (v2(0x0300_0001, 0, 1 << 7), Some((vec!["cap_bpf"], true)), "version 3, the high word"),
            (v2(0x0200_0001, 0, 1 << 20), Some((vec!["cap_52"], true)), "a number without a name"),
            (vec![1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0], Some((vec!["cap_chown"], true)), "version 1"),
            (v2(0x0900_0001, 1, 0), None, "an unknown version"),
            (vec![1, 0], None, "cut short"),
        ] {
            let want = want.map(|(names, on)| (names.into_iter().map(str::to_owned).collect::<Vec<_>>(), on));
            assert_eq!(capabilities_of(&bytes), want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn parsers_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64), text in "(?s).*") {
            capabilities_of(&bytes);
            apk_search(&text, &BTreeMap::new(), &mut BTreeMap::new());
            dpkg_list_search(&bytes, "p", &BTreeMap::new(), &mut BTreeMap::new());
        }
    }
}
