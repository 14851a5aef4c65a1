use std::path::PathBuf;

/// A cause from below, kept for `source()`.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the store could not do what was asked. Nothing was changed, unless the variant says otherwise.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The path holds something else.
    #[error("`{}` is not a casemate store\nhint: name another file with `--store`, or move this one away", path.display())]
    NotAStore {
        /// The path.
        path: PathBuf,
        /// What the backend said, where it said something.
        source: Option<Cause>,
    },
    /// The path is a directory, a device, a pipe or a socket.
    #[error("cannot open the store `{}`: it is {what}, not a file\nhint: name a file with `--store`", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// There is no store there, and this way of opening makes none.
    #[error("there is no store at `{}`\nhint: run `casemate scan` to make one, or name another with `--store`", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// The system refuses access to the file or its directory.
    #[error("cannot open the store `{}`: access denied\nhint: run as its owner, or name another file with `--store`", path.display())]
    Denied {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: Cause,
    },
    /// The file, its directory or its file system cannot be written, or the store was opened for reading.
    #[error("cannot write to the store `{}`: it is read-only\nhint: run as its owner, or name another file with `--store`", path.display())]
    ReadOnly {
        /// The path.
        path: PathBuf,
    },
    /// A later release wrote it.
    #[error(
        "the store `{}` has schema version {found}, and this casemate knows versions up to {known}\nhint: use the \
         casemate release that wrote it or a later one, or name another file with `--store`",
        path.display()
    )]
    Newer {
        /// The path.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The latest version that this release knows.
        known: i64,
    },
    /// An older release wrote it, and it was opened for reading only.
    #[error(
        "the store `{}` has schema version {found}, and this casemate reads version {known}\nhint: run any casemate \
         command that may write to it, which brings it up to date",
        path.display()
    )]
    Older {
        /// The path.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The version that this release reads.
        known: i64,
    },
    /// Another process held the store for longer than the time limit.
    #[error("the store `{}` is in use by another casemate\nhint: wait for the other scan to end and run this again", path.display())]
    Locked {
        /// The path.
        path: PathBuf,
    },
    /// The file system is full, or the file may not grow. What was committed before is whole.
    #[error("cannot write to the store `{}`: no space left\nhint: free some space; what was stored before is whole", path.display())]
    Full {
        /// The path.
        path: PathBuf,
    },
    /// The file is damaged.
    #[error("the store `{}` is damaged: {what}\nhint: keep a copy of the file, and restore it from a backup or start a new one with `--store`", path.display())]
    Damaged {
        /// The path.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// What was handed in contradicts itself or the store.
    #[error("cannot store {what}\nhint: {hint}")]
    Invalid {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// There is no such thing in the store.
    #[error("there is no {what} `{id}` in the store\nhint: {hint}")]
    NotFound {
        /// Which sort of thing.
        what: &'static str,
        /// What was asked for.
        id: String,
        /// What to do.
        hint: &'static str,
    },
    /// A shortened id fits several.
    #[error("`{prefix}` is the start of {count} finding ids or more\nhint: give more of the id")]
    Ambiguous {
        /// What was asked for.
        prefix: String,
        /// How many it fits, at least.
        count: usize,
    },
    /// Anything else.
    #[error("cannot {action} (store `{}`)\nhint: see the cause below", path.display())]
    Backend {
        /// What was tried.
        action: &'static str,
        /// The path.
        path: PathBuf,
        /// What the backend said.
        source: Cause,
    },
}
