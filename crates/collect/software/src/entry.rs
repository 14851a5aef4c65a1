use crate::{package, secret};

/// What sort of file an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link and where it leads, as it stands.
    Link(String),
    /// A device, socket or pipe.
    Other,
}

/// One entry of a tree, before its bytes are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From the root of the target, with a leading `/`, without `.` and `..`; bytes that are not UTF-8 are replaced.
    pub path: String,
    /// What sort.
    pub kind: EntryKind,
    /// Permission bits with set-user-id, set-group-id and sticky: `0o4755`.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Bytes of a regular file.
    pub size: u64,
}

impl Entry {
    /// A directory of which no more is known.
    pub(crate) fn directory(path: &str) -> Self {
        Self { path: path.to_owned(), kind: EntryKind::Directory, mode: 0o755, uid: 0, gid: 0, size: 0 }
    }
}

/// How much of a file is of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// All of it, at most this many bytes; a larger one is a problem.
    Whole(u64),
    /// Parts here and there, to be sought: a program's sections, an archive's directory, a database.
    Parts,
}

impl Want {
    /// What satisfies both: parts where either seeks, otherwise the larger whole.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => Self::Whole(a.max(b)),
            (Self::Parts, _) | (_, Self::Parts) => Self::Parts,
        }
    }
}

/// A regular file with its path taken apart once, for the many readers that each look at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'a> {
    /// The entry.
    pub(crate) entry: &'a Entry,
    /// All of its path.
    pub(crate) path: &'a str,
    /// The path up to the last `/`, without it; empty for a file of the root.
    pub(crate) dir: &'a str,
    /// What follows the last `/`.
    pub(crate) base: &'a str,
}

impl<'a> Candidate<'a> {
    /// None for what is no regular file or has no bytes.
    pub(crate) fn new(entry: &'a Entry) -> Option<Self> {
        (entry.kind == EntryKind::File && entry.size > 0).then(|| {
            let (dir, base) = entry.path.rsplit_once('/').unwrap_or(("", &entry.path));
            Self { entry, path: &entry.path, dir, base }
        })
    }

    /// The name of the directory that holds it: `node_modules`, `status.d`.
    pub(crate) fn parent(&self) -> &'a str {
        self.dir.rsplit('/').next().unwrap_or("")
    }

    /// Whether somebody may run it.
    pub(crate) fn executable(&self) -> bool {
        self.entry.mode & 0o111 != 0
    }
}

/// Whether, and how much of, the entry is of use.
///
/// `secrets`: also files that may hold a secret. `None` where nothing in it is of use, which holds for almost all files,
/// and where it is larger than its readers take: [`crate::read`] then says so by the entry alone.
#[must_use]
pub fn wants(entry: &Entry, secrets: bool) -> Option<Want> {
    let file = Candidate::new(entry)?;
    let mut all = package::READERS.iter().filter_map(|reader| (reader.wants)(&file)).fold(None, join);
    if secrets {
        all = secret::wants(&file).into_iter().fold(all, join);
    }
    all.filter(|want| match want {
        Want::Whole(most) => entry.size <= *most,
        Want::Parts => true,
    })
}

/// As [`wants`], when the first bytes of the file are known (8 are enough): most files that may be run are scripts or programs
/// that say nothing, and need not be taken out of an archive for [`crate::read`].
#[must_use]
pub fn wants_beginning(entry: &Entry, head: &[u8], secrets: bool) -> Option<Want> {
    let want = wants(entry, secrets)?;
    if want != Want::Parts || package::program::is_program(head) {
        return Some(want);
    }
    let file = Candidate::new(entry)?;
    let others = package::READERS.iter().filter(|reader| reader.name != package::program::READER.name);
    let all = others.filter_map(|reader| (reader.wants)(&file)).fold(None, join);
    if secrets { secret::wants(&file).into_iter().fold(all, join) } else { all }
}

fn join(all: Option<Want>, one: Want) -> Option<Want> {
    Some(all.map_or(one, |all| all.with(one)))
}
