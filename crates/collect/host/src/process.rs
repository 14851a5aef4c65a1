//! The processes that run now, as far as they may be looked into. Start at [`Processes::read`].
//!
//! **Invariant:** command lines and environments are never read: they may hold passwords.
use rustix::fs::FileType;

use crate::{def::Missing, host::Host};

/// Descriptors of all processes that are looked at.
const DESCRIPTORS_MAX: usize = 1_000_000;
/// Archives that one process may have open; a server of applications has some hundred.
const ARCHIVES_MAX: usize = 10_000;

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Processes {
    /// By id.
    pub(crate) list: Vec<Process>,
    /// The descriptors of all could be looked at.
    pub(crate) all_seen: bool,
    /// More descriptors than are looked at.
    descriptors_truncated: bool,
}

/// One process. What could not be told of it is none.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Process {
    pub(crate) pid: u32,
    /// Command name, at most 15 bytes.
    pub(crate) command: Option<String>,
    /// Its executable.
    pub(crate) executable: Option<FileName>,
    /// Name of the user it runs as.
    pub(crate) user: Option<String>,
    /// systemd unit from its cgroup.
    pub(crate) unit: Option<String>,
    /// It has memory of its own: neither a thread of the kernel's nor one that has ended.
    pub(crate) memory: bool,
    /// Inodes of its sockets.
    pub(crate) sockets: Vec<u64>,
    /// Archives of programs that it has open, sorted.
    pub(crate) archives: Vec<FileName>,
}

/// The name of an open or mapped file as the kernel writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileName {
    /// In the process's own root.
    pub(crate) path: String,
    /// It has been deleted or replaced since.
    pub(crate) deleted: bool,
}

impl FileName {
    /// Takes the mark of a deleted file off.
    pub(crate) fn of(text: &str) -> Self {
        match text.strip_suffix(" (deleted)") {
            Some(path) => Self { path: path.to_owned(), deleted: true },
            None => Self { path: text.to_owned(), deleted: false },
        }
    }
}

/// Whether a file's name is that of an archive that a program is loaded from.
pub(crate) fn is_archive(path: &str) -> bool {
    [".jar", ".war", ".ear", ".par", ".sar", ".jmod", ".hpi", ".jpi"].iter().any(|end| path.ends_with(end))
}

impl Processes {
    /// Looks at every process of our pid namespace once.
    pub(crate) fn read(host: &Host) -> Self {
        let mut pids: Vec<u32> = match host.root.list("/proc") {
            Ok(entries) => entries.unwrap_or_default().iter().filter_map(|entry| entry.name.parse().ok()).collect(),
            Err(_) => return Self::default(),
        };
        pids.sort_unstable();
        // `hidepid` of proc(5) leaves others' processes out of the list; then the first one is not in it.
        let mut out = Self { all_seen: pids.contains(&1), ..Self::default() };
        let mut seen = 0;
        for pid in pids {
            let mut process = process_of(host, pid);
            match host.root.list(&format!("/proc/{pid}/fd")) {
                Ok(Some(entries)) => {
                    seen += entries.len();
                    if seen > DESCRIPTORS_MAX {
                        out.descriptors_truncated = true;
                        out.all_seen = false;
                        return out;
                    }
                    let links = entries.iter().filter(|e| matches!(e.kind, FileType::Symlink | FileType::Unknown));
                    for entry in links {
                        if let Ok(Some(target)) = host.root.read_link(&format!("/proc/{pid}/fd/{}", entry.name)) {
                            process.descriptor_add(&target);
                        }
                    }
                    process.archives.sort();
                    process.archives.dedup();
                }
                // It ended meanwhile.
                Ok(None) => continue,
                // Another user's.
                Err(_) => out.all_seen = false,
            }
            out.list.push(process);
        }
        out
    }

    /// Fails where there were more descriptors than are looked at.
    pub(crate) fn descriptors_seen(&self) -> Result<(), Missing> {
        if self.descriptors_truncated {
            return Err(Missing::failed(format!("processes have more than {DESCRIPTORS_MAX} open files")));
        }
        Ok(())
    }
}

impl Process {
    fn descriptor_add(&mut self, target: &str) {
        if let Some(socket) = target.strip_prefix("socket:[") {
            self.sockets.extend(socket.strip_suffix(']').and_then(|inode| inode.parse::<u64>().ok()));
        } else if target.starts_with('/') && self.archives.len() < ARCHIVES_MAX {
            let file = FileName::of(target);
            if is_archive(&file.path) {
                self.archives.push(file);
            }
        }
    }
}

/// What can be told of a process; the rest stays none.
fn process_of(host: &Host, pid: u32) -> Process {
    let text = |name: &str| host.root.read_text(&format!("/proc/{pid}/{name}")).ok().flatten();
    let status = text("status").unwrap_or_default();
    let executable = host.root.read_link(&format!("/proc/{pid}/exe")).ok().flatten();
    Process {
        pid,
        command: text("comm").map(|comm| comm.trim_end().to_owned()),
        executable: executable.map(|path| FileName::of(&path)),
        user: effective_uid(&status).and_then(|uid| host.user_name(uid)).map(str::to_owned),
        unit: text("cgroup").and_then(|cgroup| unit_of(&cgroup)),
        memory: status.lines().any(|line| line.starts_with("VmSize:")),
        ..Process::default()
    }
}

/// `Uid: real effective saved file` of `/proc/PID/status`. The owner of `/proc/PID` is root for some processes of others.
fn effective_uid(status: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The outermost unit of a control group's path.
pub(crate) fn unit_of(cgroup: &str) -> Option<String> {
    let path = cgroup.lines().find_map(|line| {
        let (controllers, path) = line.split_once(':')?.1.split_once(':')?;
        (controllers == "name=systemd" || controllers.is_empty()).then_some(path).filter(|path| *path != "/")
    })?;
    let unit = path.split('/').find(|part| part.ends_with(".service") || part.ends_with(".scope"))?;
    Some(unit.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn units_and_users_are_told() {
        for (text, want, why) in [
            ("0::/system.slice/ssh.service\n", Some("ssh.service"), "version 2"),
            ("9:cpu:/\n1:name=systemd:/system.slice/a.service/sub\n0::/\n", Some("a.service"), "version 1"),
            ("0::/user.slice/user-0.slice/user@0.service/app.slice/b.service", Some("user@0.service"), "the outermost"),
            ("0::/", None, "none"),
        ] {
            assert_eq!(unit_of(text).as_deref(), want, "{why}");
        }
        assert_eq!(effective_uid("Name:\tx\nUid:\t0\t33\t0\t33\n"), Some(33));
    }

    #[test]
    fn descriptors_are_told_apart() {
        let mut process = Process::default();
        for target in
            ["socket:[12]", "socket:[x]", "pipe:[3]", "/a/b.jar", "/a/c.war (deleted)", "/a/d.txt", "anon_inode:x.jar"]
        {
            process.descriptor_add(target);
        }
        assert_eq!(process.sockets, [12]);
        let file = |path: &str, deleted| FileName { path: path.into(), deleted };
        assert_eq!(process.archives, [file("/a/b.jar", false), file("/a/c.war", true)]);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*") {
            unit_of(&text);
            effective_uid(&text);
            FileName::of(&text);
        }
    }
}
