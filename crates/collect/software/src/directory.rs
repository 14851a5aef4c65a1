use std::{
    collections::HashSet,
    ffi::CString,
    fs::File,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::Path,
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use casemate_estate::{ContentHash, Kind, Observation, Resource, ResourceId, Snapshot, Timestamp};
use rustix::{
    fs::{AtFlags, FileType, Mode, OFlags, StatxAttributes, StatxFlags},
    io::Errno,
};

use crate::{Assembled, Entry, EntryKind, Facts, assemble, observations, package::problem, read, target_facets, wants};

/// How to walk a directory.
#[derive(Debug, Clone, Copy)]
pub struct DirectoryOptions {
    /// Look for secrets too.
    pub secrets: bool,
    /// Entries looked at; more is [`casemate_estate::Problem`], named.
    pub entries: u64,
    /// Do not enter other file systems (`/proc`, network mounts).
    pub one_file_system: bool,
}

impl Default for DirectoryOptions {
    fn default() -> Self {
        Self { secrets: false, entries: 20_000_000, one_file_system: false }
    }
}

impl DirectoryOptions {
    /// Whether an engine keeps the files of images in the directory `path`: they belong to the images and are read there,
    /// never as part of what holds them.
    #[must_use]
    pub fn is_image_store(path: &str) -> bool {
        IMAGE_STORES.iter().any(|store| path.ends_with(store))
    }
}

/// A directory could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// It is not there, no directory, or refused.
    #[error("cannot open directory `{path}`: {source}\nhint: name a directory that this user may read")]
    Open {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// Levels of directories. `node_modules` of old nest some tens deep; each level may hold a descriptor open.
const DEPTH_MAX: usize = 256;
/// Threads: most of the time goes into calls that wait for nothing but the kernel.
const THREADS_MAX: usize = 4;
/// Entries between two words on progress.
const PROGRESS_EVERY: u64 = 2_048;

/// Magic numbers of file systems that the kernel makes up (statfs(2)): nothing in them is installed.
const PSEUDO: &[u64] = &[
    0x9fa0,      // proc
    0x6265_6572, // sysfs
    0x1cd1,      // devpts
    0x1373,      // devfs
    0x27_e0eb,   // cgroup
    0x6367_7270, // cgroup2
    0x6462_6720, // debugfs
    0x7472_6163, // tracefs
    0x7363_6673, // securityfs
    0xcafe_4a11, // bpf
    0x6165_676c, // pstore
    0x6265_6570, // configfs
    0x6573_5543, // fusectl
    0x1980_0202, // mqueue
    0x9584_58f6, // hugetlbfs
    0x4249_4e4d, // binfmt_misc
    0x0187,      // autofs
    0x6e73_6673, // nsfs
    0x6759_6969, // rpc_pipefs
    0xde5e_81e4, // efivarfs
    0xf97c_ff8c, // selinuxfs
    0x4341_5d53, // smackfs
];
/// Ends of paths where engines keep the files of images, which belong to the images and are read there.
const IMAGE_STORES: &[&str] = &[
    "/docker/overlay2",
    "/docker/vfs",
    "/docker/rootfs",
    "/containers/storage/overlay",
    "/containers/storage/vfs",
    "/io.containerd.snapshotter.v1.overlayfs",
    "/io.containerd.snapshotter.v1.native",
];

/// Walks `root` without following links and gives the facts of each file that proves something, in the order of their
/// paths; what cannot be read is among the problems of its facts. `progress` is told how many entries were seen.
///
/// File systems that the kernel makes up, and the files of images in an engine's store, are left out. A directory that is
/// mounted at two places comes once, at its own place where that is not the mount.
///
/// # Errors
/// [`DirectoryError::Open`] where the root itself cannot be opened.
pub fn walk(
    root: &Path,
    options: DirectoryOptions,
    progress: &(dyn Fn(u64) + Sync),
    each: &mut dyn FnMut(&Entry, Facts),
) -> Result<(), DirectoryError> {
    let failed = |errno: Errno| DirectoryError::Open { path: root.display().to_string(), source: errno.into() };
    // The root may be a link: the user named it.
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let fd = Arc::new(rustix::fs::open(root, flags, Mode::empty()).map_err(failed)?);
    let stat = rustix::fs::fstat(&*fd).map_err(failed)?;
    let walker = Walker {
        options,
        device: stat.st_dev,
        left: AtomicU64::new(options.entries),
        count: AtomicU64::new(0),
        over: AtomicBool::new(false),
        progress,
    };
    let root_entry = Entry::directory("/");
    let mut all: Vec<(Entry, Facts)> = Vec::new();
    let names = names(&fd, options.entries).map_err(failed)?;
    let mut mounts = walker.trees(vec![Dir { fd: Arc::clone(&fd), path: String::new(), depth: 0, names }], &mut all);
    // What is mounted may be a tree that stands somewhere here too, and its proper place comes first; so do those mounted
    // nearer to the root.
    let mut seen = HashSet::from([(stat.st_dev, stat.st_ino)]);
    while !mounts.is_empty() {
        mounts.sort_unstable_by(|a, b| (a.parts.len(), &a.parts).cmp(&(b.parts.len(), &b.parts)));
        let dirs = mounts.iter().filter_map(|mount| walker.mount(&fd, mount, &mut seen, &mut all)).collect();
        mounts = walker.trees(dirs, &mut all);
    }
    if walker.over.into_inner() {
        let reason = format!("limit directory.entries is {}: the rest was not looked at", options.entries);
        let facts = Facts::failed(problem(&root_entry, reason, true));
        all.push((root_entry, facts));
    }
    progress(walker.count.into_inner());
    all.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    for (entry, facts) in all {
        each(&entry, facts);
    }
    Ok(())
}

/// An open directory and its names.
struct Dir {
    fd: Arc<OwnedFd>,
    /// From the root, without a `/` at the end: empty for the root.
    path: String,
    depth: usize,
    names: Vec<CString>,
}

/// Where a file system is mounted, as names from the root.
struct Mount {
    parts: Vec<CString>,
}

/// A directory that is still to be looked into. Its parent stays open, and it does not: a directory may have more of them
/// than a process may open.
struct Task {
    parent: Arc<OwnedFd>,
    name: CString,
    entry: Entry,
    depth: usize,
}

/// What the threads share.
#[derive(Default)]
struct Shared {
    tasks: Vec<Task>,
    /// Directories that are being looked into, which may bring more tasks.
    busy: usize,
}

struct Walker<'a> {
    options: DirectoryOptions,
    /// Of the root.
    device: u64,
    left: AtomicU64,
    count: AtomicU64,
    /// The limit of entries was reached.
    over: AtomicBool,
    progress: &'a (dyn Fn(u64) + Sync),
}

/// What one thread found.
#[derive(Default)]
struct Found {
    facts: Vec<(Entry, Facts)>,
    mounts: Vec<Mount>,
    tasks: Vec<Task>,
}

impl Found {
    fn add(&mut self, entry: &Entry, facts: Facts) {
        if !facts.is_empty() {
            self.facts.push((entry.clone(), facts));
        }
    }

    /// What is gone by now, or has become a link, is not there: no problem.
    fn failed(&mut self, entry: &Entry, what: &str, errno: Errno, incomplete: bool) {
        if !matches!(errno, Errno::NOENT | Errno::LOOP | Errno::NOTDIR) {
            let reason = format!("{what}: {}", std::io::Error::from(errno));
            self.add(entry, Facts::failed(problem(entry, reason, incomplete)));
        }
    }
}

/// The names in a directory in their order, at most `most` and one more.
fn names(fd: &OwnedFd, most: u64) -> Result<Vec<CString>, Errno> {
    let mut names = Vec::new();
    for entry in rustix::fs::Dir::read_from(fd)? {
        let entry = entry?;
        let name = entry.file_name();
        if !matches!(name.to_bytes(), b"." | b"..") {
            names.push(name.to_owned());
        }
        if names.len() as u64 > most {
            break;
        }
    }
    names.sort_unstable();
    Ok(names)
}

const DIRECTORY: OFlags =
    OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC).union(OFlags::NONBLOCK);

impl Walker<'_> {
    /// Walks these trees with a few threads, adds what they hold to `all` and gives what is mounted in them.
    fn trees(&self, dirs: Vec<Dir>, all: &mut Vec<(Entry, Facts)>) -> Vec<Mount> {
        let mut start = Found::default();
        for dir in dirs {
            self.entries(dir, &mut start);
        }
        let shared = Mutex::new(Shared { tasks: std::mem::take(&mut start.tasks), busy: 0 });
        let more = Condvar::new();
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
        let parts: Vec<Found> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(|| self.work(&shared, &more))).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let mut mounts = start.mounts;
        all.extend(start.facts);
        for part in parts {
            all.extend(part.facts);
            mounts.extend(part.mounts);
        }
        mounts
    }

    /// One thread: takes the newest directory, until there is none and nobody may bring more.
    fn work(&self, shared: &Mutex<Shared>, more: &Condvar) -> Found {
        let mut found = Found::default();
        let lock = || shared.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = lock();
        loop {
            if self.over.load(Ordering::Relaxed) {
                state.tasks.clear();
            }
            if let Some(task) = state.tasks.pop() {
                state.busy += 1;
                drop(state);
                // Counted down even where a reader panics, so that the other threads end, and the panic is seen.
                let done = Done { shared, more };
                self.directory(task, &mut found);
                state = lock();
                state.tasks.append(&mut found.tasks);
                drop(state);
                drop(done);
                state = lock();
            } else if state.busy == 0 {
                more.notify_all();
                return found;
            } else {
                state = more.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Opens a directory and looks at its entries, unless it is mounted there.
    fn directory(&self, task: Task, found: &mut Found) {
        let Task { parent, name, entry, depth } = task;
        let fd = match rustix::fs::openat(&*parent, &name, DIRECTORY, Mode::empty()) {
            Ok(fd) => fd,
            Err(errno) => return found.failed(&entry, "cannot list it", errno, true),
        };
        if self.is_mount(&fd) {
            if is_pseudo(&fd) {
                return;
            }
            if self.options.one_file_system {
                let reason = "another file system is mounted here: not entered";
                return found.add(&entry, Facts::failed(problem(&entry, reason, false)));
            }
            let path = entry.path.split('/').filter(|part| !part.is_empty());
            let parts: Option<Vec<CString>> = path.map(|part| CString::new(part).ok()).collect();
            found.mounts.extend(parts.map(|parts| Mount { parts }));
            return;
        }
        match names(&fd, self.left.load(Ordering::Relaxed)) {
            Ok(names) => self.entries(Dir { fd: Arc::new(fd), path: entry.path, depth, names }, found),
            Err(errno) => found.failed(&entry, "cannot list it", errno, true),
        }
    }

    /// Looks at the entries of a directory; those that are directories become tasks.
    fn entries(&self, dir: Dir, found: &mut Found) {
        let first = found.tasks.len();
        for name in dir.names {
            let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
            if taken.is_err() {
                self.over.store(true, Ordering::Relaxed);
                return;
            }
            let count = self.count.fetch_add(1, Ordering::Relaxed) + 1;
            if count.is_multiple_of(PROGRESS_EVERY) {
                (self.progress)(count);
            }
            let Some(entry) = entry_of(&dir.fd, &dir.path, &name) else { continue };
            if entry.kind != EntryKind::Directory {
                self.file(dir.fd.as_fd(), &name, &entry, found);
                continue;
            }
            found.add(&entry, read(&entry, None, self.options.secrets));
            if IMAGE_STORES.iter().any(|store| entry.path.ends_with(store)) {
                let reason = "files of images were left out\nhint: scan images by `casemate scan image`";
                found.add(&entry, Facts::failed(problem(&entry, reason, false)));
            } else if dir.depth + 1 > DEPTH_MAX {
                let reason = format!("limit directory.depth is {DEPTH_MAX}: what is below was not looked at");
                found.add(&entry, Facts::failed(problem(&entry, reason, true)));
            } else {
                found.tasks.push(Task { parent: Arc::clone(&dir.fd), name, entry, depth: dir.depth + 1 });
            }
        }
        // The last one is taken first.
        if let Some(new) = found.tasks.get_mut(first..) {
            new.reverse();
        }
    }

    /// Opens a mounted file system, name by name, without following links; none where it was seen before.
    fn mount(
        &self,
        root: &OwnedFd,
        mount: &Mount,
        seen: &mut HashSet<(u64, u64)>,
        all: &mut Vec<(Entry, Facts)>,
    ) -> Option<Dir> {
        let names_of: Vec<_> = mount.parts.iter().map(|part| part.to_string_lossy()).collect();
        let entry = Entry::directory(&format!("/{}", names_of.join("/")));
        let opened = mount
            .parts
            .iter()
            .try_fold(rustix::io::fcntl_dupfd_cloexec(root, 0), |fd, part| {
                fd.map(|fd| rustix::fs::openat(fd, part, DIRECTORY, Mode::empty()))
            })
            .and_then(|fd| fd)
            .and_then(|fd| Ok((rustix::fs::fstat(&fd)?, fd)));
        let listed = opened.and_then(|(stat, fd)| {
            if !seen.insert((stat.st_dev, stat.st_ino)) {
                return Ok(None);
            }
            let names = names(&fd, self.left.load(Ordering::Relaxed))?;
            Ok(Some(Dir { fd: Arc::new(fd), path: entry.path.clone(), depth: mount.parts.len(), names }))
        });
        listed.unwrap_or_else(|errno| {
            let mut found = Found::default();
            found.failed(&entry, "cannot list it", errno, true);
            all.extend(found.facts);
            None
        })
    }

    fn is_mount(&self, fd: &OwnedFd) -> bool {
        let told = rustix::fs::statx(fd, c"", AtFlags::EMPTY_PATH, StatxFlags::empty()).ok().and_then(|statx| {
            let tells = statx.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT);
            tells.then(|| statx.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
        });
        // Kernels before 5.8 do not tell.
        told.unwrap_or_else(|| rustix::fs::fstat(fd).is_ok_and(|stat| stat.st_dev != self.device))
    }

    fn file(&self, dir: BorrowedFd<'_>, name: &CString, entry: &Entry, found: &mut Found) {
        let secrets = self.options.secrets;
        if wants(entry, secrets).is_none() {
            return found.add(entry, read(entry, None, secrets));
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let opened = rustix::fs::openat(dir, name, flags, Mode::empty()).and_then(|fd| {
            // Between the two calls another file may have taken its place.
            let stat = rustix::fs::fstat(&fd)?;
            let same = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
            if same { Ok(fd) } else { Err(Errno::NOENT) }
        });
        match opened {
            Ok(fd) => found.add(entry, read(entry, Some(&mut File::from(fd)), secrets)),
            Err(errno) => {
                found.add(entry, read(entry, None, secrets));
                found.failed(entry, "cannot read it", errno, wants(entry, false).is_some());
            }
        }
    }
}

/// Says, when it goes, that a directory was looked into.
struct Done<'a> {
    shared: &'a Mutex<Shared>,
    more: &'a Condvar,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner).busy -= 1;
        self.more.notify_all();
    }
}

/// None where it is gone by now.
fn entry_of(dir: &OwnedFd, path: &str, name: &CString) -> Option<Entry> {
    let stat = rustix::fs::statat(dir, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
    let kind = match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => EntryKind::File,
        FileType::Directory => EntryKind::Directory,
        FileType::Symlink => {
            let to = rustix::fs::readlinkat(dir, name, Vec::new()).ok()?;
            EntryKind::Link(to.to_string_lossy().into_owned())
        }
        _ => EntryKind::Other,
    };
    Some(Entry {
        path: format!("{path}/{}", name.to_string_lossy()),
        kind,
        mode: stat.st_mode & 0o7777,
        uid: stat.st_uid,
        gid: stat.st_gid,
        size: u64::try_from(stat.st_size).unwrap_or(0),
    })
}

fn is_pseudo(fd: &OwnedFd) -> bool {
    rustix::fs::fstatfs(fd).is_ok_and(|stat| {
        // The kernel writes 32 bits; some architectures widen them with their sign.
        u64::try_from(stat.f_type).is_ok_and(|kind| PSEUDO.contains(&(kind & 0xffff_ffff)))
    })
}

/// Reads the files below `root` as the target `directory://SCOPE/ABSOLUTE/PATH` of kind `directory` with the facets of
/// [`target_facets`] and its packages. `scope`: where the directory lies, a machine's id or a name that the user gives.
///
/// `clock` gives the time; `progress` is told how many entries were seen.
///
/// # Errors
/// [`DirectoryError::Open`] where `root` cannot be opened. What cannot be read below it is among the inventory's problems.
pub fn collect_directory(
    root: &Path,
    scope: &str,
    options: DirectoryOptions,
    clock: &dyn Fn() -> Timestamp,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(Snapshot, Assembled), DirectoryError> {
    let started = clock();
    let path = std::fs::canonicalize(root)
        .map_err(|source| DirectoryError::Open { path: root.display().to_string(), source })?;
    let mut all = Vec::new();
    walk(&path, options, progress, &mut |entry, facts| all.push((entry.path.clone(), None, facts)))?;
    let assembled = assemble(all);
    let finished = clock();
    let target = resource(scope, &path.to_string_lossy());
    let (packages, edges, listing) = observations(&target, &assembled.inventory, finished);
    let facets = target_facets(&assembled, options.secrets, finished);
    let snapshot = Snapshot {
        target: target.id.as_str().to_owned(),
        started,
        finished,
        observations: std::iter::once(Observation { resource: target, facets }).chain(packages).collect(),
        edges,
        listings: vec![listing],
    };
    Ok((snapshot, assembled))
}

fn resource(scope: &str, path: &str) -> Resource {
    let plain = |text: &str| text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect::<String>();
    let mut text = format!("directory://{}{}", plain(scope), plain(path));
    if text.len() > 2_048 || plain(path) != path || plain(scope) != scope {
        // Cut, and told apart by a hash of all of it.
        let hash = ContentHash::of_parts([scope.as_bytes(), path.as_bytes()]).to_hex();
        text = text.chars().take(400).collect::<String>() + "\u{2026}" + &hash;
    }
    let id = ResourceId::new(text).unwrap_or_else(|_| ResourceId::host("directory"));
    Resource { id, kind: Kind::new("directory"), name: plain(path), scope: plain(scope) }
}

#[cfg(test)]
mod tests {
    use std::{
        os::unix::fs::{PermissionsExt, symlink},
        path::PathBuf,
    };

    use super::*;

    const STATUS: &str = "Package: x\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n";

    fn write(root: &Path, path: &str, text: &str) -> PathBuf {
        let whole = root.join(path.trim_start_matches('/'));
        std::fs::create_dir_all(whole.parent().unwrap()).unwrap();
        std::fs::write(&whole, text).unwrap();
        whole
    }

    fn walked(root: &Path, options: DirectoryOptions) -> Vec<(String, Facts)> {
        let mut all = Vec::new();
        walk(root, options, &|_| (), &mut |entry, facts| all.push((entry.path.clone(), facts))).unwrap();
        all
    }

    #[test]
    fn links_lead_nowhere_and_circles_end() {
        let dir = tempfile::tempdir().unwrap();
        let (root, outside) = (dir.path().join("root"), dir.path().join("outside"));
        write(&outside, "var/lib/dpkg/status", STATUS);
        write(&root, "usr/lib/os-release", "ID=a\n");
        symlink(outside.join("var"), root.join("var")).unwrap();
        symlink("..", root.join("usr/up")).unwrap();
        symlink("/", root.join("usr/top")).unwrap();
        let found: Vec<_> = walked(&root, DirectoryOptions::default()).into_iter().map(|(path, _)| path).collect();
        assert_eq!(found, ["/usr/lib/os-release"], "nothing outside, nothing twice");
    }

    #[test]
    fn a_limit_that_is_reached_has_a_name() {
        let dir = tempfile::tempdir().unwrap();
        for at in 0..20 {
            write(dir.path(), &format!("d{at}/f"), "x");
        }
        let options = DirectoryOptions { entries: 10, ..DirectoryOptions::default() };
        let found = walked(dir.path(), options);
        let [(path, facts)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(path, "/");
        assert_eq!(facts.problems[0].reason, "limit directory.entries is 10: the rest was not looked at");
        assert!(facts.problems[0].incomplete);
        let whole = DirectoryOptions { entries: 40, ..options };
        assert_eq!(walked(dir.path(), whole), [], "just enough");
    }

    #[test]
    fn a_tree_that_is_too_deep_is_said_and_the_rest_is_read() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "var/lib/dpkg/status", STATUS);
        let deep = dir.path().join("a/".repeat(DEPTH_MAX + 4));
        std::fs::create_dir_all(&deep).unwrap();
        let found = walked(dir.path(), DirectoryOptions::default());
        assert!(found[0].1.problems[0].reason.starts_with("limit directory.depth is 256"), "{found:?}");
        assert_eq!(found[1].1.packages.len(), 1);
    }

    #[test]
    fn what_may_not_be_read_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let status = write(dir.path(), "var/lib/dpkg/status", STATUS);
        let closed = dir.path().join("closed");
        std::fs::create_dir(&closed).unwrap();
        for (path, mode) in [(&status, 0o000), (&closed, 0o000)] {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        if std::fs::read(&status).is_ok() {
            eprintln!("skipped: this user may read everything");
            return;
        }
        let found = walked(dir.path(), DirectoryOptions::default());
        let problems: Vec<_> = found.iter().flat_map(|(_, facts)| &facts.problems).collect();
        let paths: Vec<_> = problems.iter().map(|problem| (problem.path.as_str(), problem.incomplete)).collect();
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(paths, [("/closed/", true), ("/var/lib/dpkg/status", true)]);
    }

    #[test]
    fn pipes_are_not_waited_for_and_names_need_not_be_text() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
        let dir = tempfile::tempdir().unwrap();
        let odd = dir.path().join(OsStr::from_bytes(b"a\xff\n"));
        std::fs::create_dir(&odd).unwrap();
        std::fs::create_dir_all(odd.join("x.dist-info")).unwrap();
        std::fs::write(odd.join("x.dist-info/METADATA"), "Name: x\nVersion: 1\n").unwrap();
        let status = dir.path().join("var/lib/dpkg");
        std::fs::create_dir_all(&status).unwrap();
        let pipe = CString::new(status.join("status").as_os_str().as_bytes()).unwrap();
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, FileType::Fifo, Mode::RUSR, 0).unwrap();
        let found = walked(dir.path(), DirectoryOptions::default());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "/a\u{fffd}\n/x.dist-info/METADATA");
    }

    #[test]
    fn stores_of_images_are_left_to_the_images() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "var/lib/containers/storage/overlay/1/diff/a/x.dist-info/METADATA", "Name: x\nVersion: 1\n");
        let found = walked(dir.path(), DirectoryOptions::default());
        assert_eq!((found.len(), found[0].1.packages.len(), found[0].1.problems[0].incomplete), (1, 0, false));
    }

    #[test]
    fn a_directory_is_a_target_with_its_packages() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "var/lib/dpkg/status", STATUS);
        write(dir.path(), "etc/os-release", "ID=debian\nVERSION_ID=12\n");
        let sudo = write(dir.path(), "usr/bin/sudo", "x");
        std::fs::set_permissions(sudo, std::fs::Permissions::from_mode(0o4755)).unwrap();
        let (snapshot, assembled) =
            collect_directory(dir.path(), "m", DirectoryOptions::default(), &|| Timestamp::UNIX_EPOCH, &|_| ())
                .unwrap();
        let path = std::fs::canonicalize(dir.path()).unwrap();
        assert_eq!(snapshot.target, format!("directory://m{}", path.display()));
        let kinds: Vec<_> =
            snapshot.observations.iter().map(|observation| observation.resource.kind.as_str()).collect();
        assert_eq!(kinds, ["directory", "directory.package"]);
        let software = snapshot.observations[0].facets["software"].value.clone().unwrap();
        assert_eq!(software["packages"], serde_json::json!({"deb": 1}));
        assert_eq!(software["manager"], "dpkg");
        assert_eq!(snapshot.observations[0].facets["files"].value.as_ref().unwrap()["files"][0]["kind"], "set_user_id");
        assert_eq!((snapshot.edges.len(), snapshot.listings.len(), assembled.inventory.problems.len()), (1, 1, 0));
        let missing =
            collect_directory(&path.join("no"), "m", DirectoryOptions::default(), &|| Timestamp::UNIX_EPOCH, &|_| ());
        assert!(matches!(missing, Err(DirectoryError::Open { .. })));
    }

    #[test]
    fn a_path_of_any_length_and_bytes_gives_an_id() {
        for path in ["/a\nb", &format!("/{}", "x".repeat(5_000))] {
            let resource = resource("m", path);
            assert!(resource.id.as_str().starts_with("directory://m/"), "{}", resource.id);
            assert!(resource.id.as_str().len() < 2_000);
        }
        assert_ne!(resource("m", "/a\nb").id, resource("m", "/a\rb").id);
    }
}
