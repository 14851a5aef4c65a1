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

/// How much of a file is of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// All of it, at most this many bytes; a larger one is a problem.
    Whole(u64),
    /// Parts here and there, to be sought: a program's sections, an archive's directory, a database.
    Parts,
}

/// Whether, and how much of, the entry is of use.
///
/// `secrets`: also files that may hold a secret. `None` where nothing in it is of use, which holds for almost all files.
#[must_use]
pub fn wants(entry: &Entry, secrets: bool) -> Option<Want> {
    let (_, _) = (entry, secrets);
    None
}
