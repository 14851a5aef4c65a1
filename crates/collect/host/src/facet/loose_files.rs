use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Files and directories that anybody may write or nobody owns, on local file systems. Each list holds at most 1,000
/// paths; the counts are whole.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct LooseFiles {
    /// World-writable regular files.
    pub(crate) writable_files: Vec<String>,
    /// How many there are.
    pub(crate) writable_files_count: u32,
    /// World-writable directories without the sticky bit.
    pub(crate) writable_directories: Vec<String>,
    /// How many there are.
    pub(crate) writable_directories_count: u32,
    /// World-writable directories (sticky or not) that root does not own.
    pub(crate) writable_not_root: Vec<String>,
    /// Entries whose owner is no user.
    pub(crate) unowned: Vec<String>,
    /// How many there are.
    pub(crate) unowned_count: u32,
    /// Entries whose group is no group.
    pub(crate) ungrouped: Vec<String>,
    /// How many there are.
    pub(crate) ungrouped_count: u32,
    /// Device nodes outside `/dev`.
    pub(crate) devices: Vec<String>,
    /// nsswitch.conf names sources of accounts beside the local files: `unowned` and `ungrouped` may have names there.
    pub(crate) accounts_elsewhere: bool,
    /// The walk stopped at its limit of entries.
    pub(crate) truncated: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "loose_files",
    live_only: false,
    shape: crate::def::shape_of::<LooseFiles>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<LooseFiles, Missing> {
    host.names_known()?;
    let tree = host.tree();
    tree.complete()?;
    Ok(LooseFiles {
        writable_files: tree.writable_files.to_vec(),
        writable_files_count: tree.writable_files.count,
        writable_directories: tree.writable_directories.to_vec(),
        writable_directories_count: tree.writable_directories.count,
        writable_not_root: tree.writable_not_root.to_vec(),
        unowned: tree.unowned.to_vec(),
        unowned_count: tree.unowned.count,
        ungrouped: tree.ungrouped.to_vec(),
        ungrouped_count: tree.ungrouped.count,
        devices: tree.devices.to_vec(),
        accounts_elsewhere: accounts_elsewhere(&host.root.read_text("/etc/nsswitch.conf")?.unwrap_or_default()),
        truncated: tree.truncated,
    })
}

/// Whether nsswitch.conf(5) names a source of users or groups beside the local files, so that an id without a local name
/// may still have one.
fn accounts_elsewhere(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.split('#').next().unwrap_or_default();
        let Some((database, sources)) = line.split_once(':') else { return false };
        matches!(database.trim(), "passwd" | "group")
            && sources.split_whitespace().any(|source| {
                !source.starts_with('[')
                    && !source.ends_with(']')
                    && !matches!(source, "files" | "compat" | "systemd" | "db")
            })
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, chown, symlink};

    use casemate_estate::FacetStatus;
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    fn host(dir: &std::path::Path) -> Host {
        std::fs::create_dir_all(dir.join("etc")).unwrap();
        std::fs::write(dir.join("etc/passwd"), "root:x:0:0::/root:/bin/sh\nweb:x:33:33::/:/bin/sh\n").unwrap();
        std::fs::write(dir.join("etc/group"), "root:x:0:\nweb:x:33:\n").unwrap();
        Host::new(Root::mounted(dir).unwrap())
    }

    fn mode(path: &std::path::Path, bits: u32) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(bits)).unwrap();
    }

    #[test]
    fn loose_files_are_found_and_links_are_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        let host = host(dir.path());
        for path in ["open", "sticky", "web", "var/lib/docker/layer"] {
            std::fs::create_dir_all(at(path)).unwrap();
        }
        for path in ["open/loose", "open/tight", "open/orphan", "var/lib/docker/layer/loose"] {
            std::fs::write(at(path), "x").unwrap();
        }
        mode(&at("open"), 0o777);
        mode(&at("sticky"), 0o1777);
        mode(&at("web"), 0o1777);
        mode(&at("open/loose"), 0o666);
        mode(&at("open/tight"), 0o664);
        mode(&at("var/lib/docker/layer/loose"), 0o666);
        chown(at("web"), Some(33), Some(33)).unwrap();
        chown(at("open/orphan"), Some(4711), Some(4712)).unwrap();
        symlink("/", at("open/around")).unwrap();
        let got = collect(&host).unwrap();
        assert_eq!(got.writable_files, ["/open/loose"], "container layers are left out");
        assert_eq!(got.writable_directories, ["/open"], "a sticky directory is in order");
        assert_eq!(got.writable_not_root, ["/web"], "sticky or not");
        assert_eq!((got.unowned, got.unowned_count), (vec!["/open/orphan".to_owned()], 1));
        assert_eq!((got.ungrouped, got.ungrouped_count), (vec!["/open/orphan".to_owned()], 1));
        assert!(!got.truncated);
    }

    #[test]
    fn without_names_nothing_is_called_unowned() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("etc/passwd")).unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        assert_eq!(collect(&host).unwrap_err().status, FacetStatus::Failed);
    }

    #[test]
    fn other_sources_of_accounts_are_seen() {
        for (text, want, why) in [
            ("passwd: files systemd\ngroup: files", false, "systemd knows its own transient users only"),
            ("passwd: files sss\n", true, "a directory by sssd"),
            ("group: files [NOTFOUND=return] ldap # x", true, "actions are no sources"),
            ("group: files [SUCCESS=merge] systemd", false, "an action alone is none"),
            ("hosts: files dns", false, "another database"),
            ("# passwd: ldap", false, "a comment"),
            ("", false, "nothing"),
        ] {
            assert_eq!(accounts_elsewhere(text), want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn nsswitch_never_panics(text in "(?s).*") {
            accounts_elsewhere(&text);
        }
    }
}
