use std::path::Path;

/// What went wrong with a database.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// There is none.
    #[error("no vulnerability database at `{path}`\nhint: casemate db update")]
    Absent {
        /// Where it was looked for.
        path: String,
    },
    /// The file is something else.
    #[error("`{path}` is no vulnerability database\nhint: name another file, or build one: casemate db update")]
    Foreign {
        /// The file.
        path: String,
    },
    /// A database without a signature.
    #[error("the vulnerability database `{path}` is not signed\nhint: build it anew: casemate db update --full")]
    Unsigned {
        /// The file.
        path: String,
    },
    /// Signed, by a key that is not trusted.
    #[error(
        "the vulnerability database `{path}` is signed by the unknown key {key}\nhint: if the key is your own, trust it \
         (`--trust KEY`), else build the database here: casemate db update"
    )]
    UnknownKey {
        /// The file.
        path: String,
        /// The public key, 64 hexadecimal digits.
        key: String,
    },
    /// The signature is not that of the key which it names.
    #[error(
        "the signature of the vulnerability database `{path}` is wrong\nhint: it was changed or forged; fetch it again, or \
         build it anew: casemate db update --full"
    )]
    WrongSignature {
        /// The file.
        path: String,
    },
    /// The bytes are not those that were signed.
    #[error(
        "the vulnerability database `{path}` is damaged: {reason}\nhint: fetch it again, or build it anew: casemate db \
         update --full"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What does not fit.
        reason: String,
    },
    /// Written by another version of Casemate.
    #[error(
        "the vulnerability database `{path}` has format {found}, this program reads {expected}\nhint: build it anew: \
         casemate db update"
    )]
    Version {
        /// The file.
        path: String,
        /// Its format.
        found: u32,
        /// The program's.
        expected: u32,
    },
    /// The machine's own key lies where others could change it.
    #[error("`{path}` may be changed by others than its owner\nhint: {hint}")]
    KeyUnsafe {
        /// The file or directory.
        path: String,
        /// What to do.
        hint: String,
    },
    /// The machine's own key cannot be used.
    #[error(
        "the signing key `{path}` is damaged: {reason}\nhint: remove it and its `.pub`; the next update makes a new one"
    )]
    KeyDamaged {
        /// The file.
        path: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// Another update runs.
    #[error("another update of `{path}` is running\nhint: wait until it is done")]
    Busy {
        /// The database.
        path: String,
    },
    /// No source gave anything, and there was nothing before.
    #[error(
        "no advisories could be read from {sources} sources: {reason}\nhint: see `casemate db update --help` for what is read"
    )]
    Empty {
        /// How many were asked.
        sources: usize,
        /// The first problem.
        reason: String,
    },
    /// A file cannot be read or written.
    #[error("cannot {verb} `{path}`: {source}")]
    Io {
        /// `read`, `write`, `lock` …
        verb: &'static str,
        /// On what.
        path: String,
        /// Cause.
        source: std::io::Error,
    },
    /// SQLite refused.
    #[error("the vulnerability database `{path}`: {source}\nhint: build it anew: casemate db update --full")]
    Sqlite {
        /// The file.
        path: String,
        /// Cause.
        source: rusqlite::Error,
    },
    /// The configuration of sources is wrong.
    #[error(
        "{file}: line {line}: {field}: {reason}\nhint: each source has `name`, `url` and, to skip detection, `format`"
    )]
    Setting {
        /// The file.
        file: String,
        /// From 1.
        line: usize,
        /// `sources[2].format`.
        field: String,
        /// What is wrong.
        reason: String,
    },
}

impl DatabaseError {
    pub(super) fn io(verb: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::Io { verb, path: path.display().to_string(), source }
    }

    pub(super) fn sqlite(path: &Path, source: rusqlite::Error) -> Self {
        Self::Sqlite { path: path.display().to_string(), source }
    }

    pub(super) fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged { path: path.display().to_string(), reason: reason.into() }
    }
}
