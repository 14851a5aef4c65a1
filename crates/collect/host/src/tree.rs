//! One walk of the whole file system, which feeds several facets. Start at [`Tree::walk`].
//!
//! Only local file systems: pseudo, network and FUSE file systems, memory below `/dev` and `/run`, and the layers of
//! container engines are left out; a bind mount of what is walked anyway is not walked again. Links are not followed.
//! Paths of ordinary files are not kept.
//!
//! **Invariant:** what was not seen is said: [`Tree::complete`] fails where a directory could not be read.
use std::{
    collections::{BTreeSet, HashSet},
    ffi::CStr,
    os::fd::{AsRawFd, OwnedFd},
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use casemate_collect_software as software;
use rustix::{
    fs::{FileType, Mode, OFlags, RawDir, ResolveFlags, Stat},
    io::Errno,
};

use crate::{
    def::Missing,
    host::Host,
    left_out::{fs_skipped, is_below, mounts_skipped},
    root::{Meta, NO_FOLLOW, ReadError},
};

/// Bounds of a walk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Entries looked at.
    pub(crate) entries: u64,
    /// Directories above an entry.
    pub(crate) depth: u16,
    /// Paths that each list of loose files keeps; the first by name.
    pub(crate) paths: usize,
    /// Privileged files and candidates that each thread keeps.
    pub(crate) found: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 5_000_000, depth: 128, paths: 1_000, found: 100_000 }
    }
}

/// What the walk found.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Set-user-id and set-group-id regular files, by path.
    pub(crate) set_id: Vec<Found>,
    /// Files with `security.capability`, and its bytes, by path.
    pub(crate) capable: Vec<(String, Vec<u8>)>,
    /// World-writable regular files.
    pub(crate) writable_files: Paths,
    /// World-writable directories without the sticky bit.
    pub(crate) writable_directories: Paths,
    /// World-writable directories that root does not own.
    pub(crate) writable_not_root: Paths,
    /// Entries whose owner is no user.
    pub(crate) unowned: Paths,
    /// Entries whose group is no group.
    pub(crate) ungrouped: Paths,
    /// Device nodes outside `/dev`.
    pub(crate) devices: Paths,
    /// Files that may hold a key or a certificate, by path.
    pub(crate) candidates: Vec<Found>,
    /// Files that may prove a package or hold a secret, by path.
    pub(crate) software: Vec<Wanted>,
    /// More of them than are kept.
    pub(crate) software_truncated: bool,
    /// A limit was reached.
    pub(crate) truncated: bool,
    /// The first directory, by path, that was refused.
    denied: Option<String>,
    /// The first other error, by path.
    failed: Option<(String, String)>,
}

/// A file of interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Path on the host; bytes that are not UTF-8 are replaced.
    pub(crate) path: String,
    /// What the walk saw; for a candidate that is a link, of the link itself.
    pub(crate) meta: Meta,
}

/// A file of which `casemate-collect-software` can make something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// What the walk saw.
    pub(crate) entry: software::Entry,
    /// How much of it; none where it is of use but too large.
    pub(crate) want: Option<software::Want>,
}

/// The first paths by name, and how many there are.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Paths {
    first: BTreeSet<String>,
    /// How many there are.
    pub(crate) count: u32,
}

impl Paths {
    fn add(&mut self, path: impl FnOnce() -> String, limit: usize) {
        self.count = self.count.saturating_add(1);
        self.keep(path(), limit);
    }

    fn keep(&mut self, path: String, limit: usize) {
        if self.first.len() < limit {
            self.first.insert(path);
        } else if self.first.last().is_some_and(|last| path < *last) {
            self.first.insert(path);
            self.first.pop_last();
        }
    }

    fn merge(&mut self, other: Self, limit: usize) {
        self.count = self.count.saturating_add(other.count);
        for path in other.first {
            self.keep(path, limit);
        }
    }

    /// The paths, sorted.
    pub(crate) fn to_vec(&self) -> Vec<String> {
        self.first.iter().cloned().collect()
    }
}

impl Tree {
    /// Walks the host's tree on several threads.
    pub(crate) fn walk(host: &Host, limits: Limits) -> Self {
        let mut start = Self::default();
        let skip = match mounts_skipped(host) {
            Ok(skip) => skip,
            Err(error) => {
                start.error_add("/proc/self/mountinfo", &error.to_string());
                return start;
            }
        };
        let device = match rustix::fs::fstat(host.root.directory()) {
            Ok(stat) => stat.st_dev,
            Err(errno) => {
                start.error_add("/", &std::io::Error::from(errno).to_string());
                return start;
            }
        };
        let first = Dir { path: Vec::new(), depth: 0, device, place: Place::None };
        let walk = Walk {
            host,
            limits,
            skip,
            entries: AtomicU64::new(0),
            queue: Mutex::new(Queue { work: vec![first], busy: 0 }),
            wake: Condvar::new(),
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| walk.run())).collect();
            start.merge(walk.run(), limits);
            for other in others {
                match other.join() {
                    Ok(part) => start.merge(part, limits),
                    Err(_) => start.error_add("/", "the walk stopped by itself"),
                }
            }
        });
        start.set_id.sort_by(|a, b| a.path.cmp(&b.path));
        start.capable.sort();
        start.candidates.sort_by(|a, b| a.path.cmp(&b.path));
        start.software.sort_by(|a, b| a.entry.path.cmp(&b.entry.path));
        start
    }

    /// Fails where a part of the tree could not be seen. A walk cut short at its limit is not an error here: the facets
    /// carry `truncated`.
    pub(crate) fn complete(&self) -> Result<(), Missing> {
        if let Some(path) = &self.denied {
            return Err(ReadError::Denied { path: path.clone() }.into());
        }
        if let Some((path, error)) = &self.failed {
            return Err(Missing::failed(format!("cannot read `{path}`: {error}")));
        }
        Ok(())
    }

    fn error_add(&mut self, path: &str, error: &str) {
        if self.failed.as_ref().is_none_or(|(first, _)| path < first.as_str()) {
            self.failed = Some((path.to_owned(), error.to_owned()));
        }
    }

    fn denied_add(&mut self, path: String) {
        if self.denied.as_ref().is_none_or(|first| path < *first) {
            self.denied = Some(path);
        }
    }

    fn errno_add(&mut self, path: &[u8], errno: Errno) {
        let path = text(path);
        match errno {
            // It went away, or became something else, while we walked.
            Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::STALE => {}
            Errno::ACCESS | Errno::PERM => self.denied_add(path),
            // A path longer than the kernel takes: as deep as a limit of ours.
            Errno::NAMETOOLONG => self.truncated = true,
            other => self.error_add(&path, &std::io::Error::from(other).to_string()),
        }
    }

    fn merge(&mut self, other: Self, limits: Limits) {
        self.set_id.extend(other.set_id);
        self.capable.extend(other.capable);
        self.candidates.extend(other.candidates);
        self.software.extend(other.software);
        self.software_truncated |= other.software_truncated;
        self.writable_files.merge(other.writable_files, limits.paths);
        self.writable_directories.merge(other.writable_directories, limits.paths);
        self.writable_not_root.merge(other.writable_not_root, limits.paths);
        self.unowned.merge(other.unowned, limits.paths);
        self.ungrouped.merge(other.ungrouped, limits.paths);
        self.devices.merge(other.devices, limits.paths);
        self.truncated |= other.truncated;
        if let Some((path, error)) = other.failed {
            self.error_add(&path, &error);
        }
        if let Some(path) = other.denied {
            self.denied_add(path);
        }
    }
}

/// Whether a directory may hold keys and certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// No.
    None,
    /// Files whose name says so.
    Named,
    /// Every file.
    Whole,
}

/// Directories in which every file may be a key or a certificate.
const PLACES_WHOLE: &[&str] = &[
    "/etc/apache2",
    "/etc/caddy",
    "/etc/cockpit/ws-certs.d",
    "/etc/dovecot",
    "/etc/haproxy",
    "/etc/httpd",
    "/etc/ipsec.d",
    "/etc/kubernetes",
    "/etc/letsencrypt",
    "/etc/lighttpd",
    "/etc/nginx",
    "/etc/openvpn",
    "/etc/pki",
    "/etc/postfix",
    "/etc/ssh",
    "/etc/ssl",
    "/etc/swanctl",
    "/etc/traefik",
    "/var/lib/acme",
    "/var/lib/caddy",
    "/var/lib/kubelet/pki",
];

/// Directories in which a file may be one by its name.
const PLACES_NAMED: &[&str] = &[
    "/etc",
    "/etc/ssl/certs",
    "/opt",
    "/srv",
    "/usr/local/etc",
    "/usr/local/share/ca-certificates",
    "/usr/local/ssl",
    "/var/lib/mysql",
    "/var/lib/pgsql",
    "/var/lib/postgresql",
    "/var/lib/rabbitmq",
    "/var/lib/redis",
    "/var/www",
];

/// Directories of source code and libraries, whose samples are no keys in use.
const NOT_PLACES: &[&str] = &["node_modules", "site-packages", "dist-packages", "vendor", "test", "tests", "testdata"];

impl Place {
    fn of(path: &[u8], name: &[u8], above: Self) -> Self {
        let is = |list: &[&str], what: &[u8]| list.iter().any(|entry| entry.as_bytes() == what);
        if name == b".ssh" || is(PLACES_WHOLE, path) {
            Self::Whole
        } else if is(PLACES_NAMED, path) {
            Self::Named
        } else if above == Self::Named && is(NOT_PLACES, name) {
            Self::None
        } else {
            above
        }
    }

    fn holds(self, name: &[u8]) -> bool {
        const SUFFIXES: &[&[u8]] = &[b".pem", b".key", b".crt", b".cer", b".cert", b".p8", b".pk8", b".der"];
        const STARTS: &[&[u8]] = &[b"id_rsa", b"id_dsa", b"id_ecdsa", b"id_ed25519", b"privkey"];
        match self {
            Self::None => false,
            Self::Whole => true,
            Self::Named => {
                SUFFIXES.iter().any(|end| name.ends_with(end)) || STARTS.iter().any(|start| name.starts_with(start))
            }
        }
    }
}

struct Dir {
    /// Absolute, without a slash at the end; empty for the root.
    path: Vec<u8>,
    depth: u16,
    /// Device of the directory that holds it.
    device: u64,
    place: Place,
}

struct Queue {
    work: Vec<Dir>,
    /// Threads that are reading a directory and may add to the work.
    busy: usize,
}

struct Walk<'a> {
    host: &'a Host,
    limits: Limits,
    skip: HashSet<Vec<u8>>,
    entries: AtomicU64,
    queue: Mutex<Queue>,
    wake: Condvar,
}

/// Trees of container engines: their files belong to images and are counted there.
const STORAGE: &[&str] = &["/var/lib/docker", "/var/lib/containers", "/var/lib/containerd", "/var/lib/lxcfs"];
/// The same below a home directory.
const STORAGE_HOME: &[&str] = &["/.local/share/containers/storage", "/.local/share/docker"];

impl Walk<'_> {
    fn run(&self) -> Tree {
        let mut out = Tree::default();
        let mut buffer = Vec::with_capacity(64 << 10);
        let mut scratch = Scratch::default();
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if self.entries.load(Ordering::Relaxed) >= self.limits.entries {
                out.truncated |= !queue.work.is_empty();
                queue.work.clear();
            }
            if let Some(dir) = queue.work.pop() {
                queue.busy += 1;
                drop(queue);
                let mut below = Vec::new();
                self.dir_read(&dir, &mut buffer, &mut scratch, &mut below, &mut out);
                queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
                queue.work.extend(below);
                queue.busy -= 1;
                self.wake.notify_all();
            } else if queue.busy == 0 {
                return out;
            } else {
                queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Opens a directory without following any link on the way.
    fn dir_open(&self, path: &[u8]) -> Result<OwnedFd, Errno> {
        let relative = path.get(1..).unwrap_or(b".");
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let resolve = ResolveFlags::NO_SYMLINKS | ResolveFlags::BENEATH;
        loop {
            match rustix::fs::openat2(self.host.root.directory(), relative, flags, Mode::empty(), resolve) {
                Err(Errno::AGAIN | Errno::INTR) => {}
                // A kernel before 5.6, or a filter that does not know the call. Only for our own root: see `Root`.
                Err(Errno::NOSYS | Errno::PERM) if self.host.is_live() => {
                    return rustix::fs::openat(self.host.root.directory(), relative, flags, Mode::empty());
                }
                other => return other,
            }
        }
    }

    fn dir_read(&self, dir: &Dir, buffer: &mut Vec<u8>, scratch: &mut Scratch, below: &mut Vec<Dir>, out: &mut Tree) {
        let fd = match self.dir_open(&dir.path) {
            Ok(fd) => fd,
            Err(errno) => return out.errno_add(dir_name(&dir.path), errno),
        };
        let device = match rustix::fs::fstat(&fd) {
            Ok(stat) => stat.st_dev,
            Err(errno) => return out.errno_add(dir_name(&dir.path), errno),
        };
        if device != dir.device && fs_skipped(&fd, &dir.path) {
            return;
        }
        scratch.directory(&fd, &dir.path);
        buffer.clear();
        let mut entries = RawDir::new(&fd, buffer.spare_capacity_mut());
        let mut seen = 0_u64;
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(errno) => {
                    out.errno_add(dir_name(&dir.path), errno);
                    break;
                }
            };
            let name = entry.file_name();
            let bytes = name.to_bytes();
            if bytes == b"." || bytes == b".." {
                continue;
            }
            seen += 1;
            if seen.is_multiple_of(1024) {
                let all = self.entries.fetch_add(1024, Ordering::Relaxed);
                seen = 0;
                if all >= self.limits.entries {
                    out.truncated = true;
                    break;
                }
            }
            if entry.file_type() == FileType::Directory && self.skipped(&joined(&dir.path, bytes)) {
                continue;
            }
            match rustix::fs::statat(&fd, name, NO_FOLLOW) {
                Ok(stat) => {
                    let at = At { dir, name, device };
                    self.entry_add(&at, &stat, scratch, below, out);
                }
                Err(errno) => out.errno_add(&joined(&dir.path, bytes), errno),
            }
        }
        self.entries.fetch_add(seen, Ordering::Relaxed);
    }

    fn skipped(&self, path: &[u8]) -> bool {
        self.skip.contains(path)
            || STORAGE.iter().any(|entry| entry.as_bytes() == path)
            || STORAGE_HOME.iter().any(|entry| path.ends_with(entry.as_bytes()))
    }

    fn entry_add(&self, at: &At<'_>, stat: &Stat, scratch: &mut Scratch, below: &mut Vec<Dir>, out: &mut Tree) {
        let (dir, bytes) = (at.dir, at.name.to_bytes());
        let meta = Meta::of(stat);
        let path = || text(&joined(&dir.path, bytes));
        let limit = self.limits.paths;
        if self.host.user_name(meta.uid).is_none() {
            out.unowned.add(path, limit);
        }
        if self.host.group_name(meta.gid).is_none() {
            out.ungrouped.add(path, limit);
        }
        match meta.kind {
            FileType::Directory => {
                let whole = joined(&dir.path, bytes);
                if self.skipped(&whole) {
                    return;
                }
                if meta.bits & 0o002 != 0 {
                    if meta.bits & 0o1000 == 0 {
                        out.writable_directories.add(path, limit);
                    }
                    if meta.uid != 0 {
                        out.writable_not_root.add(path, limit);
                    }
                }
                if dir.depth >= self.limits.depth {
                    out.truncated = true;
                } else {
                    let place = Place::of(&whole, bytes, dir.place);
                    below.push(Dir { path: whole, depth: dir.depth + 1, device: at.device, place });
                }
            }
            FileType::RegularFile => {
                if meta.bits & 0o002 != 0 {
                    out.writable_files.add(path, limit);
                }
                if meta.bits & 0o6000 != 0 {
                    self.found_add(path(), meta, |out| &mut out.set_id, out);
                }
                if meta.bits & 0o111 != 0 && meta.size > 0 {
                    self.capability_add(at, scratch.by_descriptor(bytes), out);
                }
                self.software_add(scratch.entry(bytes, &meta), out);
                if dir.place.holds(bytes) {
                    self.found_add(path(), meta, |out| &mut out.candidates, out);
                }
            }
            // Certbot's `live` is a directory of links; what they point at is the pair in use.
            FileType::Symlink if dir.path.starts_with(b"/etc/letsencrypt/live/") => {
                self.found_add(path(), meta, |out| &mut out.candidates, out);
            }
            FileType::CharacterDevice | FileType::BlockDevice => {
                // Overlay file systems mark what was deleted with a device 0:0.
                let whiteout = meta.kind == FileType::CharacterDevice && stat.st_rdev == 0;
                if !whiteout && !is_below(&dir.path, b"/dev") {
                    out.devices.add(path, limit);
                }
            }
            _ => {}
        }
    }

    /// Asked by way of `/proc/self/fd`, since there is no call that takes a directory and a name before Linux 6.13.
    fn capability_add(&self, at: &At<'_>, xattr_path: &[u8], out: &mut Tree) {
        let path = joined(&at.dir.path, at.name.to_bytes());
        let mut value = [0_u8; 64];
        match rustix::fs::lgetxattr(xattr_path, c"security.capability", &mut value) {
            Ok(0) | Err(Errno::NODATA | Errno::OPNOTSUPP) => {}
            Ok(_) if out.capable.len() >= self.limits.found => out.truncated = true,
            Ok(length) => out.capable.push((text(&path), value.get(..length).unwrap_or_default().to_vec())),
            Err(Errno::NOENT) => {
                // The file went away, unless there is no /proc to name it by.
                if let Err(errno) = rustix::fs::stat("/proc/self/fd") {
                    out.error_add("/proc/self/fd", &std::io::Error::from(errno).to_string());
                }
            }
            Err(errno) => out.errno_add(&path, errno),
        }
    }

    fn software_add(&self, entry: &software::Entry, out: &mut Tree) {
        /// No reader's limit is below this: a smaller file is not left out for its size.
        const LARGE: u64 = 64 << 10;
        let secrets = self.host.secrets;
        let want = software::wants(entry, secrets);
        let too_large = || entry.size > LARGE && !software::read(entry, None, secrets).problems.is_empty();
        if want.is_none() && !too_large() {
            return;
        }
        if out.software.len() < self.limits.found {
            out.software.push(Wanted { entry: entry.clone(), want });
        } else {
            out.software_truncated = true;
        }
    }

    fn found_add(&self, path: String, meta: Meta, list: fn(&mut Tree) -> &mut Vec<Found>, out: &mut Tree) {
        if list(out).len() < self.limits.found {
            list(out).push(Found { path, meta });
        } else {
            out.truncated = true;
        }
    }
}

/// What a thread uses again for each entry, so that none of them allocates.
struct Scratch {
    /// `/proc/self/fd/N/`, then a name.
    by_descriptor: Vec<u8>,
    descriptor_end: usize,
    /// The directory and a slash, then a name.
    entry: software::Entry,
    directory_end: usize,
}

impl Default for Scratch {
    fn default() -> Self {
        let kind = software::EntryKind::File;
        let entry = software::Entry { path: String::new(), kind, mode: 0, uid: 0, gid: 0, size: 0 };
        Self { by_descriptor: Vec::new(), descriptor_end: 0, entry, directory_end: 0 }
    }
}

impl Scratch {
    fn directory(&mut self, fd: &OwnedFd, path: &[u8]) {
        self.by_descriptor.clear();
        self.by_descriptor.extend_from_slice(format!("/proc/self/fd/{}/", fd.as_raw_fd()).as_bytes());
        self.descriptor_end = self.by_descriptor.len();
        self.entry.path.clear();
        self.entry.path.push_str(&String::from_utf8_lossy(path));
        self.entry.path.push('/');
        self.directory_end = self.entry.path.len();
    }

    fn by_descriptor(&mut self, name: &[u8]) -> &[u8] {
        self.by_descriptor.truncate(self.descriptor_end);
        self.by_descriptor.extend_from_slice(name);
        &self.by_descriptor
    }

    fn entry(&mut self, name: &[u8], meta: &Meta) -> &software::Entry {
        self.entry.path.truncate(self.directory_end);
        self.entry.path.push_str(&String::from_utf8_lossy(name));
        (self.entry.mode, self.entry.uid, self.entry.gid) = (meta.bits, meta.uid, meta.gid);
        self.entry.size = meta.size;
        &self.entry
    }
}

/// An entry: its directory, its name, the directory's device.
struct At<'a> {
    dir: &'a Dir,
    name: &'a CStr,
    device: u64,
}

fn joined(dir: &[u8], name: &[u8]) -> Vec<u8> {
    let mut path = Vec::with_capacity(dir.len() + 1 + name.len());
    path.extend_from_slice(dir);
    path.push(b'/');
    path.extend_from_slice(name);
    path
}

fn dir_name(path: &[u8]) -> &[u8] {
    if path.is_empty() { b"/" } else { path }
}

fn text(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root::Root;

    #[test]
    fn a_limit_is_said() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("a/b/c/d")).unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        for (limits, want, why) in [
            (Limits::default(), false, "all seen"),
            (Limits { depth: 2, ..Limits::default() }, true, "too deep"),
            (Limits { entries: 2, ..Limits::default() }, true, "too many"),
        ] {
            assert_eq!(Tree::walk(&host, limits).truncated, want, "{why}");
        }
    }

    #[test]
    fn lists_keep_the_first_by_name_in_any_order() {
        let mut a = Paths::default();
        for name in ["d", "b", "c", "a"] {
            a.add(|| name.to_owned(), 2);
        }
        assert_eq!((a.to_vec(), a.count), (vec!["a".to_owned(), "b".to_owned()], 4));
    }
}
