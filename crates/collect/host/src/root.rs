//! Reading below a root that may be hostile: an unpacked image, a disk of a compromised machine.
//!
//! **Invariant:** no symbolic link leaves the root, no FIFO or device is opened for reading, no read is unbounded.
use std::{
    fs::File,
    io::Read,
    os::fd::{AsFd, AsRawFd, OwnedFd},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use rustix::{
    fs::{AtFlags, FileType, Mode, OFlags, ResolveFlags, Stat},
    io::Errno,
};

/// Bytes that [`Root::read_text`] takes of one file. Configuration files are kilobytes; what is larger is refused.
pub(crate) const TEXT_MAX: u64 = 4 << 20;
/// Entries that [`Root::list`] takes of one directory.
pub(crate) const LIST_MAX: usize = 200_000;
/// Entries that all patterns of one scan may look at. A host has some thousands; a file of a hostile root may hold a
/// hundred thousand lines that each include `/*/*/*`.
const MATCHED_MAX: usize = if cfg!(test) { 100_000 } else { 2_000_000 };

/// A file could not be read. An absent file is `None`, not an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ReadError {
    /// Permission denied.
    #[error("cannot read `{path}`: permission denied")]
    Denied { path: String },
    /// Not a regular file, where one is expected.
    #[error("cannot read `{path}`: it is a {kind}, not a regular file")]
    NotRegular { path: String, kind: &'static str },
    /// Larger than the limit.
    #[error("cannot read `{path}`: larger than {limit} bytes")]
    TooLarge { path: String, limit: u64 },
    /// More entries than the limit.
    #[error("cannot list `{path}`: more than {limit} entries")]
    TooMany { path: String, limit: usize },
    /// A loop of symbolic links.
    #[error("cannot read `{path}`: too many levels of symbolic links")]
    Loop { path: String },
    /// Any other error of the operating system.
    #[error("cannot read `{path}`: {error}")]
    Io { path: String, error: String },
}

/// What `stat(2)` says of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meta {
    pub(crate) kind: FileType,
    /// Permission bits with set-id and sticky: at most `0o7777`.
    pub(crate) bits: u32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) size: u64,
    pub(crate) dev: u64,
    pub(crate) ino: u64,
    /// Last modification, seconds since 1970-01-01.
    pub(crate) mtime: i64,
}

impl Meta {
    pub(crate) fn of(stat: &Stat) -> Self {
        Self {
            kind: FileType::from_raw_mode(stat.st_mode),
            bits: stat.st_mode & 0o7777,
            uid: stat.st_uid,
            gid: stat.st_gid,
            size: u64::try_from(stat.st_size).unwrap_or(0),
            dev: stat.st_dev,
            ino: stat.st_ino,
            mtime: stat.st_mtime,
        }
    }

    /// Octal text without leading zeros: `644`, `1777`, `0`.
    pub(crate) fn mode(&self) -> String {
        format!("{:o}", self.bits)
    }
}

/// A directory entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Name; bytes that are not UTF-8 are replaced.
    pub(crate) name: String,
    /// Its kind without following links; `Unknown` where the file system does not say.
    pub(crate) kind: FileType,
}

/// The running system, or a directory that holds another one.
#[derive(Debug)]
pub(crate) struct Root {
    fd: OwnedFd,
    live: bool,
    /// Entries that patterns have looked at.
    matched: AtomicUsize,
}

impl Root {
    /// The running system.
    pub(crate) fn live() -> Result<Self, ReadError> {
        Self::at(Path::new("/"), true)
    }

    /// A mounted root at `path`.
    pub(crate) fn mounted(path: &Path) -> Result<Self, ReadError> {
        Self::at(path, false)
    }

    fn at(path: &Path, live: bool) -> Result<Self, ReadError> {
        let fd = rustix::fs::open(path, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())
            .map_err(|errno| read_error(&path.to_string_lossy(), errno))?;
        Ok(Self { fd, live, matched: AtomicUsize::new(0) })
    }

    /// Whether this is the running system.
    pub(crate) fn is_live(&self) -> bool {
        self.live
    }

    /// Opens `path` (absolute on the host) below the root; links are followed within it.
    fn open(&self, path: &str, flags: OFlags) -> Result<Option<OwnedFd>, ReadError> {
        let relative = path.trim_start_matches('/');
        let relative = if relative.is_empty() { "." } else { relative };
        // openat2(2) refuses these two beside O_PATH, where they mean nothing.
        let quiet = if flags.contains(OFlags::PATH) { OFlags::empty() } else { OFlags::NOCTTY | OFlags::NONBLOCK };
        let flags = flags | OFlags::CLOEXEC | quiet;
        let opened = if self.live {
            rustix::fs::openat(&self.fd, relative, flags, Mode::empty())
        } else {
            // The kernel resolves `..` and absolute links against the root: RESOLVE_IN_ROOT of openat2(2).
            let resolve = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
            let mut result = rustix::fs::openat2(&self.fd, relative, flags, Mode::empty(), resolve);
            for _ in 0..16 {
                // EAGAIN: a rename elsewhere raced with the resolution; the manual page says to try again.
                if !matches!(result, Err(Errno::AGAIN)) {
                    break;
                }
                result = rustix::fs::openat2(&self.fd, relative, flags, Mode::empty(), resolve);
            }
            result
        };
        match opened {
            Ok(fd) => Ok(Some(fd)),
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
            Err(errno) => Err(read_error(path, errno)),
        }
    }

    /// What stands at `path`, links followed; none where nothing does (or a link dangles).
    pub(crate) fn stat(&self, path: &str) -> Result<Option<Meta>, ReadError> {
        let Some(fd) = self.open(path, OFlags::PATH)? else { return Ok(None) };
        let stat = rustix::fs::fstat(&fd).map_err(|errno| read_error(path, errno))?;
        Ok(Some(Meta::of(&stat)))
    }

    /// What stands at `path` itself, the last link not followed.
    pub(crate) fn lstat(&self, path: &str) -> Result<Option<Meta>, ReadError> {
        let Some(fd) = self.open(path, OFlags::PATH | OFlags::NOFOLLOW)? else { return Ok(None) };
        let stat = rustix::fs::fstat(&fd).map_err(|errno| read_error(path, errno))?;
        Ok(Some(Meta::of(&stat)))
    }

    /// Rights that the access control list of `path` gives by name ([`crate::acl::named_rights`]), links followed; 0 where
    /// nothing stands there.
    pub(crate) fn acl_rights(&self, path: &str) -> Result<u32, ReadError> {
        Ok(self.open(path, OFlags::PATH)?.as_ref().map_or(0, crate::acl::named_rights))
    }

    /// Whether anything stands at `path`, links followed.
    pub(crate) fn exists(&self, path: &str) -> Result<bool, ReadError> {
        Ok(self.stat(path)?.is_some())
    }

    /// Target of the symbolic link at `path`; none where there is no link.
    pub(crate) fn read_link(&self, path: &str) -> Result<Option<String>, ReadError> {
        let Some(fd) = self.open(path, OFlags::PATH | OFlags::NOFOLLOW)? else { return Ok(None) };
        match rustix::fs::readlinkat(&fd, "", Vec::new()) {
            Ok(target) => Ok(Some(target.to_string_lossy().into_owned())),
            Err(Errno::INVAL | Errno::NOENT) => Ok(None),
            Err(errno) => Err(read_error(path, errno)),
        }
    }

    /// The whole content of a regular file, at most `limit` bytes; none where it does not exist.
    pub(crate) fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
        match self.read_up_to(path, limit)? {
            Some((_, true)) => Err(ReadError::TooLarge { path: path.to_owned(), limit }),
            Some((bytes, false)) => Ok(Some(bytes)),
            None => Ok(None),
        }
    }

    /// Opens a regular file, for reading in pieces; none where it does not exist.
    pub(crate) fn open_regular(&self, path: &str) -> Result<Option<File>, ReadError> {
        // Looked at before it is opened: opening a FIFO waits and opening a device may act.
        let Some(seen) = self.open(path, OFlags::PATH)? else { return Ok(None) };
        let stat = rustix::fs::fstat(&seen).map_err(|errno| read_error(path, errno))?;
        not_regular(path, FileType::from_raw_mode(stat.st_mode))?;
        if of_kernel(&seen) && !["/proc/", "/sys/"].iter().any(|top| path.starts_with(top)) {
            return Err(ReadError::NotRegular { path: path.to_owned(), kind: "file of the kernel" });
        }
        // What was looked at is opened, not its name again: a user may put another thing there meanwhile.
        let flags = OFlags::RDONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = match rustix::fs::open(format!("/proc/self/fd/{}", seen.as_raw_fd()), flags, Mode::empty()) {
            Ok(fd) => fd,
            // No `/proc` here, or one that a process with file capabilities may not look into; or the file is denied, and
            // is so by its name.
            Err(Errno::NOENT | Errno::NOTDIR | Errno::ACCESS | Errno::PERM) => match self.open(path, OFlags::RDONLY)? {
                Some(fd) => fd,
                None => return Ok(None),
            },
            Err(errno) => return Err(read_error(path, errno)),
        };
        let stat = rustix::fs::fstat(&opened).map_err(|errno| read_error(path, errno))?;
        not_regular(path, FileType::from_raw_mode(stat.st_mode))?;
        Ok(Some(File::from(opened)))
    }

    /// The first `limit` bytes of a regular file, and whether there are more; none where it does not exist.
    pub(crate) fn read_up_to(&self, path: &str, limit: u64) -> Result<Option<(Vec<u8>, bool)>, ReadError> {
        let Some(file) = self.open_regular(path)? else { return Ok(None) };
        let mut bytes = Vec::new();
        let mut file = file.take(limit.saturating_add(1));
        file.read_to_end(&mut bytes).map_err(|error| match error.raw_os_error() {
            Some(code) => read_error(path, Errno::from_raw_os_error(code)),
            None => ReadError::Io { path: path.to_owned(), error: error.to_string() },
        })?;
        let more = bytes.len() as u64 > limit;
        if more {
            bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        }
        Ok(Some((bytes, more)))
    }

    /// A text file of at most [`TEXT_MAX`] bytes; bytes that are not UTF-8 are replaced. None where it does not exist.
    pub(crate) fn read_text(&self, path: &str) -> Result<Option<String>, ReadError> {
        Ok(self.read(path, TEXT_MAX)?.map(|bytes| match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        }))
    }

    /// Entries of a directory by name, without `.` and `..`; none where it does not exist or is no directory.
    pub(crate) fn list(&self, path: &str) -> Result<Option<Vec<Entry>>, ReadError> {
        let Some(fd) = self.open(path, OFlags::RDONLY | OFlags::DIRECTORY)? else { return Ok(None) };
        let mut entries = Vec::new();
        let dir = rustix::fs::Dir::new(fd).map_err(|errno| read_error(path, errno))?;
        for entry in dir {
            let entry = entry.map_err(|errno| read_error(path, errno))?;
            let name = entry.file_name().to_string_lossy();
            if name == "." || name == ".." {
                continue;
            }
            if entries.len() >= LIST_MAX {
                return Err(ReadError::TooMany { path: path.to_owned(), limit: LIST_MAX });
            }
            entries.push(Entry { name: name.into_owned(), kind: entry.file_type() });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Some(entries))
    }

    /// As [`Root::list`], for the matching of `part` of `pattern`: fails where all patterns together have looked at too
    /// much. A long part counts more.
    pub(crate) fn list_matching(&self, path: &str, part: &str, pattern: &str) -> Result<Vec<Entry>, ReadError> {
        let entries = self.list(path)?.unwrap_or_default();
        let before = self.matched.fetch_add((entries.len() + 1) * (1 + part.len() / 64), Ordering::Relaxed);
        if before > MATCHED_MAX {
            return Err(ReadError::TooMany { path: pattern.to_owned(), limit: MATCHED_MAX });
        }
        Ok(entries)
    }

    /// Names in directory `path` that end in `suffix` and do not start with a dot, as whole paths by name.
    /// Empty where the directory does not exist.
    pub(crate) fn list_suffix(&self, path: &str, suffix: &str) -> Result<Vec<String>, ReadError> {
        let entries = self.list(path)?.unwrap_or_default();
        Ok(entries
            .into_iter()
            .filter(|e| e.kind != FileType::Directory && !e.name.starts_with('.') && e.name.ends_with(suffix))
            .map(|e| format!("{}/{}", path.trim_end_matches('/'), e.name))
            .collect())
    }

    /// A descriptor of the root directory, for a walk of the whole tree.
    pub(crate) fn directory(&self) -> impl AsFd + '_ {
        self.fd.as_fd()
    }
}

fn not_regular(path: &str, kind: FileType) -> Result<(), ReadError> {
    let kind = match kind {
        FileType::RegularFile => return Ok(()),
        FileType::Directory => "directory",
        FileType::Fifo => "FIFO",
        FileType::Socket => "socket",
        FileType::CharacterDevice => "character device",
        FileType::BlockDevice => "block device",
        FileType::Symlink => "symbolic link",
        _ => "special file",
    };
    Err(ReadError::NotRegular { path: path.to_owned(), kind })
}

/// Whether a file is an interface of the kernel, by the magic number of statfs(2): proc, sysfs, debugfs, tracefs. Reading
/// some of them waits or takes something away (`kmsg`, `trace_pipe`), so a link in a user's home must not lead there.
fn of_kernel(fd: &OwnedFd) -> bool {
    const MAGIC: [i64; 4] = [0x9fa0, 0x6265_6572, 0x6462_6720, 0x7472_6163];
    let Ok(stat) = rustix::fs::fstatfs(fd) else { return false };
    #[expect(clippy::useless_conversion, reason = "the field is narrower on other machines")]
    let magic = i64::from(stat.f_type) & 0xffff_ffff;
    MAGIC.contains(&magic)
}

fn read_error(path: &str, errno: Errno) -> ReadError {
    let path = path.to_owned();
    match errno {
        Errno::ACCESS | Errno::PERM => ReadError::Denied { path },
        Errno::LOOP => ReadError::Loop { path },
        other => ReadError::Io { path, error: std::io::Error::from(other).to_string() },
    }
}

/// Flags for a look that never follows the last link.
pub(crate) const NO_FOLLOW: AtFlags = AtFlags::SYMLINK_NOFOLLOW;

/// Makes a path for messages out of any bytes.
pub(crate) fn path_text(path: &Path) -> String {
    PathBuf::from(path).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn scratch() -> (tempfile::TempDir, Root) {
        let dir = tempfile::tempdir().unwrap();
        let root = Root::mounted(dir.path()).unwrap();
        (dir, root)
    }

    #[test]
    fn links_stay_inside_the_root() {
        let (dir, root) = scratch();
        std::fs::create_dir(dir.path().join("etc")).unwrap();
        std::fs::write(dir.path().join("etc/inside"), "inside").unwrap();
        symlink("/etc/inside", dir.path().join("absolute")).unwrap();
        symlink("../../../../etc/inside", dir.path().join("etc/dots")).unwrap();
        symlink("/etc/passwd", dir.path().join("escape")).unwrap();
        for (path, want, why) in [
            ("/absolute", Some("inside"), "an absolute link starts at the root"),
            ("/etc/dots", Some("inside"), "dots stop at the root"),
            ("/escape", None, "the host's own file is not there"),
        ] {
            assert_eq!(root.read_text(path).unwrap().as_deref(), want, "{why}");
        }
    }

    #[test]
    fn a_link_does_not_lead_into_the_kernel() {
        let dir = tempfile::tempdir().unwrap();
        symlink("/proc/version", dir.path().join("link")).unwrap();
        std::fs::write(dir.path().join("file"), "text").unwrap();
        let live = Root::live().unwrap();
        let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
        let refused = ReadError::NotRegular { path: at("link"), kind: "file of the kernel" };
        assert_eq!(
            live.read_text(&at("link")),
            Err(refused),
            "as `.ssh/authorized_keys` may be a link to `/proc/kmsg`"
        );
        assert!(live.read_text("/proc/version").unwrap().is_some(), "by its own name it is read");
        assert_eq!(live.read_text(&at("file")).unwrap().as_deref(), Some("text"));
    }

    #[test]
    fn odd_files_are_named_and_never_waited_for() {
        let (dir, root) = scratch();
        rustix::fs::mknodat(rustix::fs::CWD, dir.path().join("fifo"), FileType::Fifo, Mode::from(0o644), 0).unwrap();
        symlink("loop", dir.path().join("loop")).unwrap();
        std::fs::write(dir.path().join("big"), vec![b'x'; 100]).unwrap();
        std::fs::create_dir(dir.path().join("dir")).unwrap();
        let path = |p: &str| p.to_owned();
        assert_eq!(root.read_text("/fifo"), Err(ReadError::NotRegular { path: path("/fifo"), kind: "FIFO" }));
        assert_eq!(root.read_text("/dir"), Err(ReadError::NotRegular { path: path("/dir"), kind: "directory" }));
        assert_eq!(root.read_text("/loop"), Err(ReadError::Loop { path: path("/loop") }));
        assert_eq!(root.read("/big", 99), Err(ReadError::TooLarge { path: path("/big"), limit: 99 }));
        assert_eq!(root.read("/big", 100).unwrap().unwrap().len(), 100, "the limit itself is allowed");
        assert_eq!(root.read_text("/absent"), Ok(None));
        assert_eq!(root.read_link("/loop"), Ok(Some("loop".into())));
        assert_eq!(root.list("/absent"), Ok(None));
    }
}
