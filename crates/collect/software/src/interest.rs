//! Files that matter by their name, mode and owner.
use crate::{Entry, EntryKind, FileOfInterest};

const PACKAGE_MANAGERS: &[&str] = &[
    "apk", "apt", "apt-get", "aptitude", "conda", "dnf", "dnf5", "dpkg", "gem", "microdnf", "npm", "pacman", "pip",
    "pip3", "rpm", "snap", "tdnf", "yum", "zypper",
];
const SHELLS: &[&str] = &["ash", "bash", "busybox", "csh", "dash", "fish", "ksh", "ksh93", "mksh", "sh", "tcsh", "zsh"];
/// Directories that are sticky everywhere: what everybody may write there only its owner may replace.
const STICKY: &[&str] = &["/tmp/", "/var/tmp/", "/dev/", "/run/", "/proc/", "/sys/"];

/// What the entry is by itself; a file may be of more than one kind.
pub(crate) fn of(entry: &Entry) -> Vec<FileOfInterest> {
    let mut found = Vec::new();
    let mut say = |kind: &str| {
        found.push(FileOfInterest {
            path: entry.path.clone(),
            kind: kind.to_owned(),
            mode: format!("0o{:04o}", entry.mode & 0o7777),
            uid: entry.uid,
            gid: entry.gid,
        });
    };
    let file = entry.kind == EntryKind::File;
    if file && entry.mode & 0o4000 != 0 {
        say("set_user_id");
    }
    // Without the group's execute bit it would mean mandatory locking (chmod(2)).
    if file && entry.mode & 0o2010 == 0o2010 {
        say("set_group_id");
    }
    if file && entry.mode & 0o002 != 0 && !STICKY.iter().any(|dir| entry.path.starts_with(dir)) {
        say("world_writable");
    }
    if matches!(entry.kind, EntryKind::File | EntryKind::Link(_))
        && let Some((dir, base)) = entry.path.rsplit_once('/')
        && matches!(dir, "/bin" | "/sbin" | "/usr/bin" | "/usr/sbin" | "/usr/local/bin" | "/usr/local/sbin")
    {
        if PACKAGE_MANAGERS.contains(&base) {
            say("package_manager");
        }
        if SHELLS.contains(&base) {
            say("shell");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_tells_what_it_is_by_name_and_mode() {
        let link = || EntryKind::Link("dash".into());
        for (path, kind, mode, want, why) in [
            ("/usr/bin/sudo", EntryKind::File, 0o4755, &["set_user_id"][..], "set-user-id"),
            ("/usr/bin/wall", EntryKind::File, 0o2755, &["set_group_id"], "set-group-id"),
            ("/srv/a", EntryKind::File, 0o2644, &[], "mandatory locking runs nothing"),
            ("/usr/local", EntryKind::Directory, 0o2777, &[], "a directory hands down its group"),
            ("/bin/sh", link(), 0o777, &["shell"], "a link is a way to the shell"),
            ("/usr/bin/apt", EntryKind::File, 0o755, &["package_manager"], "a package manager"),
            ("/usr/share/bash-completion/completions/apt", EntryKind::File, 0o644, &[], "no program"),
            ("/etc/a", EntryKind::File, 0o666, &["world_writable"], "everybody may change it"),
            ("/etc/b", link(), 0o777, &[], "the mode of a link says nothing"),
            ("/tmp/a", EntryKind::File, 0o666, &[], "in a sticky directory"),
            ("/usr/bin/bash", EntryKind::File, 0o4757, &["set_user_id", "world_writable", "shell"], "all at once"),
        ] {
            let entry = Entry { path: path.into(), kind, mode, uid: 0, gid: 0, size: 1 };
            let kinds: Vec<String> = of(&entry).into_iter().map(|found| found.kind).collect();
            assert_eq!(kinds, want, "{path}: {why}");
        }
    }
}
