//! A bounded walk below one directory that stays within the root and follows no links.
use std::{
    ffi::CStr,
    os::fd::{BorrowedFd, OwnedFd},
};

use rustix::{
    fs::{Dir, FileType, Mode, OFlags, ResolveFlags},
    io::Errno,
};

use crate::{
    host::Host,
    root::{NO_FOLLOW, ReadError},
};

/// What the walk has found.
pub(crate) struct Found<'a> {
    /// Path on the host; bytes that are not UTF-8 are replaced.
    pub(crate) path: &'a str,
    /// The last part, as it is.
    pub(crate) name: &'a CStr,
    /// Its kind, links not followed.
    pub(crate) kind: FileType,
    /// The directory it is in.
    pub(crate) dir: BorrowedFd<'a>,
}

/// How far a walk goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Levels below the top: 1 is the top's own entries.
    pub(crate) depth: usize,
    /// Entries in all; more is an error.
    pub(crate) entries: usize,
}

/// Calls `visit` for each entry below `top`, in no order; where it says false, the entry is not descended into. False where `top` does not exist or is no directory.
/// # Errors
/// A directory that cannot be listed, and more entries than allowed. One that goes away meanwhile is none.
pub(crate) fn walk(
    host: &Host,
    top: &str,
    bounds: Bounds,
    visit: &mut dyn FnMut(&Found<'_>) -> bool,
) -> Result<bool, ReadError> {
    let relative = top.trim_start_matches('/');
    let relative = if relative.is_empty() { "." } else { relative };
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let opened = if host.is_live() {
        rustix::fs::openat(host.root.directory(), relative, flags, Mode::empty())
    } else {
        let resolve = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
        let mut result = rustix::fs::openat2(host.root.directory(), relative, flags, Mode::empty(), resolve);
        for _ in 0..16 {
            if !matches!(result, Err(Errno::AGAIN)) {
                break;
            }
            result = rustix::fs::openat2(host.root.directory(), relative, flags, Mode::empty(), resolve);
        }
        result
    };
    match opened {
        Ok(fd) => {
            let mut walk = Walk { bounds, seen: 0, top, visit };
            walk.level(fd, top.trim_end_matches('/'), 1)?;
            Ok(true)
        }
        Err(Errno::NOENT | Errno::NOTDIR) => Ok(false),
        Err(errno) => Err(error(top, errno)),
    }
}

struct Walk<'a> {
    bounds: Bounds,
    seen: usize,
    top: &'a str,
    visit: &'a mut dyn FnMut(&Found<'_>) -> bool,
}

impl Walk<'_> {
    fn level(&mut self, fd: OwnedFd, path: &str, depth: usize) -> Result<(), ReadError> {
        let mut dir = Dir::new(fd).map_err(|errno| error(path, errno))?;
        let mut below = Vec::new();
        while let Some(entry) = dir.read() {
            let entry = entry.map_err(|errno| error(path, errno))?;
            let name = entry.file_name();
            if name == c"." || name == c".." {
                continue;
            }
            self.seen += 1;
            if self.seen > self.bounds.entries {
                return Err(ReadError::TooMany { path: self.top.to_owned(), limit: self.bounds.entries });
            }
            let whole = format!("{path}/{}", name.to_string_lossy());
            let fd = dir.fd().map_err(|errno| error(path, errno))?;
            let kind = match entry.file_type() {
                // Some file systems do not tell the kind in the listing.
                FileType::Unknown => match rustix::fs::statat(fd, name, NO_FOLLOW) {
                    Ok(stat) => FileType::from_raw_mode(stat.st_mode),
                    Err(Errno::NOENT) => continue,
                    Err(errno) => return Err(error(&whole, errno)),
                },
                kind => kind,
            };
            let descend = (self.visit)(&Found { path: &whole, name, kind, dir: fd });
            if descend && kind == FileType::Directory && depth < self.bounds.depth {
                below.push((name.to_owned(), whole));
            }
        }
        for (name, whole) in below {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
            let fd = dir.fd().map_err(|errno| error(path, errno))?;
            match rustix::fs::openat(fd, name.as_c_str(), flags, Mode::empty()) {
                Ok(fd) => self.level(fd, &whole, depth + 1)?,
                Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => {}
                Err(errno) => return Err(error(&whole, errno)),
            }
        }
        Ok(())
    }
}

/// The same error that [`crate::root`] gives.
pub(crate) fn error(path: &str, errno: Errno) -> ReadError {
    let path = path.to_owned();
    match errno {
        Errno::ACCESS | Errno::PERM => ReadError::Denied { path },
        Errno::LOOP => ReadError::Loop { path },
        other => ReadError::Io { path, error: std::io::Error::from(other).to_string() },
    }
}
