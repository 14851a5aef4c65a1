//! One folder a file system. [`open`] tells them apart; what it does not read it names.
pub(crate) mod ext4;
mod file;
mod problems;
mod signature;
pub(crate) mod xfs;

use std::{ops::ControlFlow, sync::Arc};

pub(crate) use file::FileBody;
pub(crate) use problems::Problems;

use crate::{
    fault::{Fault, Result},
    source::{Source, bytes_at},
};

/// Bytes of a symbolic link; Linux takes no more.
pub(crate) const LINK_MAX: u64 = 4096;
/// Runs of one file: 4 GiB in single blocks of 4 KiB.
pub(crate) const RUNS_MAX: usize = 1 << 20;

/// What sort of file an inode is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeKind {
    File,
    Directory,
    Link,
    Other,
}

/// What a file system says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    /// Its number.
    pub(crate) number: u64,
    pub(crate) kind: NodeKind,
    /// Permission bits with set-user-id, set-group-id and sticky.
    pub(crate) mode: u32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) size: u64,
}

/// Bytes of a file that follow each other on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where they are in the file.
    pub(crate) start: u64,
    pub(crate) len: u64,
    /// Where they are in the file system. What no run holds is a hole, and reads as zeros.
    pub(crate) at: u64,
}

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Extent {
    /// In the inode itself.
    Inline(Vec<u8>),
    /// In runs, by start, which do not overlap.
    Runs(Vec<Run>),
}

/// Reads a file system. Numbers of inodes are the only names, so that nothing is looked up by path.
pub(crate) trait FileSystem: Send + Sync {
    /// `ext4`, `xfs`.
    fn kind(&self) -> &'static str;

    /// Its id.
    fn uuid(&self) -> Option<String>;

    /// Its label.
    fn label(&self) -> Option<String>;

    /// Where it was mounted last, where it says so.
    fn last_mounted(&self) -> Option<String>;

    /// The inode of `/`.
    fn root(&self) -> u64;

    /// # Errors
    /// [`Fault`] where there is no such inode, or it cannot be read.
    fn node(&self, number: u64) -> Result<Node>;

    /// Tells each entry but `.` and `..`: its name and its inode.
    ///
    /// # Errors
    /// [`Fault`] where not all entries could be read; those told are good all the same.
    fn directory(&self, number: u64, each: &mut dyn FnMut(&[u8], u64) -> ControlFlow<()>) -> Result<()>;

    /// Where the bytes of a file or link are.
    ///
    /// # Errors
    /// [`Fault`] where that cannot be told whole.
    fn extent(&self, number: u64) -> Result<(u64, Extent)>;

    /// Reads bytes of the file system, as they are after its journal was replayed.
    ///
    /// # Errors
    /// Those of [`Source::read_at`].
    fn bytes(&self, at: u64, buf: &mut [u8]) -> Result<()>;

    /// What is wrong with it that did not keep it from being read: reason, and whether files may be missing.
    fn problems(&self) -> Vec<(String, bool)>;
}

/// What a volume holds.
pub(crate) enum Held {
    /// A file system that is read here.
    FileSystem(Arc<dyn FileSystem>),
    /// Something known by name only, and whether packages could lie in it.
    Named(&'static str, bool),
    /// Nothing that is known; `true` where its first bytes are all zero.
    Unknown(bool),
}

/// Opens what `source` holds.
///
/// # Errors
/// [`Fault`] for a file system whose kind is read here, but which is damaged or uses what is not known here.
pub(crate) fn open(source: &Arc<dyn Source>) -> Result<Held> {
    // What cannot be read at all has no magic either, and must not pass for something unknown.
    bytes_at(source.as_ref(), 0, usize::try_from(source.len().min(4096)).unwrap_or(0))?;
    if let Some((name, could_hold)) = signature::find(source.as_ref()) {
        return Ok(Held::Named(name, could_hold));
    }
    if ext4::is_here(source.as_ref()) {
        return Ok(Held::FileSystem(Arc::new(ext4::Ext4::open(Arc::clone(source))?)));
    }
    if xfs::is_here(source.as_ref()) {
        return Ok(Held::FileSystem(Arc::new(xfs::Xfs::open(Arc::clone(source))?)));
    }
    Ok(Held::Unknown(signature::is_blank(source.as_ref())))
}

/// The text of a symbolic link.
///
/// # Errors
/// [`Fault`] where it cannot be read or is too long.
pub(crate) fn link(system: &Arc<dyn FileSystem>, number: u64) -> Result<String> {
    let bytes = read(system, number, LINK_MAX)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A file, whole.
///
/// # Errors
/// [`Fault::Limit`] where it has more than `most` bytes.
pub(crate) fn read(system: &Arc<dyn FileSystem>, number: u64, most: u64) -> Result<Vec<u8>> {
    let mut body = FileBody::open(Arc::clone(system), number)?;
    if body.len() > most {
        return Err(Fault::Limit { what: "bytes of one file", most });
    }
    let mut out = Vec::new();
    std::io::Read::read_to_end(&mut body, &mut out)?;
    Ok(out)
}

/// Follows a path of plain names from the root; no links. None where a part of it is not there.
///
/// # Errors
/// [`Fault`] where a directory on the way cannot be read.
pub(crate) fn find(system: &dyn FileSystem, path: &str) -> Result<Option<Node>> {
    let mut node = system.node(system.root())?;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if node.kind != NodeKind::Directory {
            return Ok(None);
        }
        let mut next = None;
        let listed = system.directory(node.number, &mut |name, number| {
            if name == part.as_bytes() {
                next = Some(number);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        match (next, listed) {
            (Some(number), _) => node = system.node(number)?,
            (None, Err(fault)) => return Err(fault),
            (None, Ok(())) => return Ok(None),
        }
    }
    Ok(Some(node))
}
