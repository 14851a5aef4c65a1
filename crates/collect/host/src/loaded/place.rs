//! Whether the file that a process has mapped is the one that stands at the same path on the host.
use std::collections::HashMap;

use super::maps::Mapped;
use crate::{host::Host, root::Meta};

/// A file by device and number, as stat(2) gives them.
type Identity = (u64, u64);

/// Answers for many processes, with what it was asked before.
///
/// The numbers of `/proc/PID/maps` are compared with those of the host's file. They may differ although it is the same:
/// overlay file systems show those of the layer below, btrfs another device. Then the path is looked up in the process's own
/// root and mounts (`/proc/PID/root`), where it gives the same file as here, or another one.
pub(super) struct Places<'a> {
    host: &'a Host,
    root: Option<Identity>,
    here: HashMap<String, Option<Meta>>,
    there: HashMap<(View, String), bool>,
    views: HashMap<u32, Option<View>>,
}

/// What a process sees: its mount namespace and its root directory.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct View {
    namespace: String,
    root: Identity,
}

impl<'a> Places<'a> {
    pub(super) fn new(host: &'a Host) -> Self {
        let root = host.root.stat("/").ok().flatten().map(|meta| identity(&meta));
        Self { host, root, here: HashMap::new(), there: HashMap::new(), views: HashMap::new() }
    }

    /// Whether the process has the host's root as its own: its paths are the host's.
    pub(super) fn same_root(&mut self, pid: u32) -> bool {
        let root = self.root;
        self.view(pid).is_some_and(|view| Some(view.root) == root)
    }

    /// Whether the file is the host's of this path.
    pub(super) fn is_here(&mut self, pid: u32, file: &Mapped) -> bool {
        let path = &file.name.path;
        let host = self.host;
        let here = *self.here.entry(path.clone()).or_insert_with(|| host.root.stat(path).ok().flatten());
        let Some(here) = here else { return false };
        if let Some(inode) = file.inode {
            let device = (rustix::fs::major(here.dev), rustix::fs::minor(here.dev));
            if (inode.number, inode.device) == (here.ino, device) {
                return true;
            }
        }
        let Some(view) = self.view(pid) else { return false };
        *self.there.entry((view, path.clone())).or_insert_with(|| {
            let there = host.root.stat(&format!("/proc/{pid}/root{path}")).ok().flatten();
            there.is_some_and(|there| identity(&there) == identity(&here))
        })
    }

    fn view(&mut self, pid: u32) -> Option<View> {
        let host = self.host;
        self.views
            .entry(pid)
            .or_insert_with(|| {
                let namespace = host.root.read_link(&format!("/proc/{pid}/ns/mnt")).ok().flatten()?;
                let root = host.root.stat(&format!("/proc/{pid}/root")).ok().flatten()?;
                Some(View { namespace, root: identity(&root) })
            })
            .clone()
    }
}

fn identity(meta: &Meta) -> Identity {
    (meta.dev, meta.ino)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        loaded::maps::{self, Inode},
        process::FileName,
        root::Root,
    };

    #[test]
    fn a_file_is_the_hosts_by_its_numbers_or_by_the_process_s_own_root() {
        let host = Host::new(Root::live().unwrap());
        let mut places = Places::new(&host);
        let pid = std::process::id();
        let text = std::fs::read_to_string("/proc/self/maps").unwrap();
        let own = std::env::current_exe().unwrap();
        let own = own.to_str().unwrap();
        let program = maps::files(&text).into_iter().find(|file| file.name.path == own).unwrap();
        let file = |path: &str, inode| Mapped { name: FileName { path: path.into(), deleted: false }, inode };
        let odd = Some(Inode { device: (0, 99), number: 1 });
        for (file, want, why) in [
            (program, true, "the very numbers"),
            (file(own, odd), true, "other numbers, as on an overlay, but the same file in the process's root"),
            (file(own, None), true, "by name only"),
            (file("/no/such/file", odd), false, "nothing stands there"),
        ] {
            assert_eq!(places.is_here(pid, &file), want, "{why}");
        }
        assert!(places.same_root(pid));
        assert!(!places.same_root(u32::MAX), "a process that has ended has no root");
        assert!(!places.is_here(u32::MAX, &file(own, odd)), "nor files");
    }
}
