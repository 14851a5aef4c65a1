use std::{
    fs::File,
    os::unix::{ffi::OsStrExt, fs::MetadataExt},
    path::Path,
    sync::Mutex,
};

use rusqlite::{Connection, OpenFlags};

use super::{
    DatabaseError, DatabaseStatus,
    codec::Unpacker,
    sign::{Verified, key_public, verify},
    status::Contents,
};

/// Whose signatures are believed: ed25519 public keys, 64 hexadecimal digits each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    /// The keys. The machine's own, which lies beside the database (`NAME.pub`), is believed without being named where
    /// nobody but root or the caller can write it.
    pub keys: Vec<String>,
}

/// An open database. It reads the file that was there when it was opened, whatever replaces it meanwhile. May be shared
/// between threads.
pub struct Database {
    pub(super) reader: Mutex<Reader>,
    status: DatabaseStatus,
    pub(super) path: String,
}

pub(super) struct Reader {
    pub(super) connection: Connection,
    pub(super) unpacker: Unpacker,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Times that the file may be replaced between the verification and SQLite's own opening.
const ATTEMPTS: usize = 16;

impl Database {
    /// Opens and verifies: signature, hash, version of the schema.
    ///
    /// # Errors
    /// [`DatabaseError`]: absent, unsigned, signed by an unknown key, damaged, or of another version.
    pub fn open(path: &Path, trust: &Trust) -> Result<Self, DatabaseError> {
        for _ in 0..ATTEMPTS {
            let (file, verified) = open_verified(path, trust)?;
            let connection = connect(path)?;
            // SQLite opened the path anew. While `file` is open its inode stands for no other file, so where the path
            // still leads to it, it is what SQLite opened.
            let same = |a: &std::fs::Metadata, b: &std::fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
            let opened = file.metadata().map_err(|error| DatabaseError::io("read", path, error))?;
            match std::fs::metadata(path) {
                Ok(present) if same(&opened, &present) => {
                    let shown = path.display().to_string();
                    let status = status(&connection, path, verified)?;
                    let reader = Mutex::new(Reader { connection, unpacker: Unpacker::default() });
                    return Ok(Self { reader, status, path: shown });
                }
                _ => continue,
            }
        }
        let error = std::io::Error::other("it is replaced again and again");
        Err(DatabaseError::io("open", path, error))
    }

    /// Whether any source speaks of the ecosystem at all; a package of one that none does is not assessed.
    #[must_use]
    pub fn covers(&self, ecosystem: &str) -> bool {
        let covered = |name: &str| self.status.ecosystems.contains_key(name);
        // What is said of Debian without a release is said of unstable. It alone does not cover a release: a source that
        // knows a release has words of its own for it.
        covered(&crate::source::ecosystem_tidy(ecosystem))
            || (matches!(ecosystem, "Debian:sid" | "Debian:unstable") && covered("Debian"))
    }

    /// Age, counts and signature.
    #[must_use]
    pub fn status(&self) -> &DatabaseStatus {
        &self.status
    }
}

/// The file, after all of its bytes were verified.
pub(super) fn open_verified(path: &Path, trust: &Trust) -> Result<(File, Verified), DatabaseError> {
    let file = File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => DatabaseError::Absent { path: path.display().to_string() },
        _ => DatabaseError::io("read", path, error),
    })?;
    let mut trust = trust.clone();
    // A key of the machine's own that cannot be believed hinders only the database that it signed.
    let unsafe_key = match key_public(path) {
        Ok(key) => {
            trust.keys.extend(key);
            None
        }
        Err(error) => Some(error),
    };
    match verify(&file, path, &trust) {
        Ok(verified) => Ok((file, verified)),
        Err(error @ DatabaseError::UnknownKey { .. }) => Err(unsafe_key.unwrap_or(error)),
        Err(error) => Err(error),
    }
}

fn connect(path: &Path) -> Result<Connection, DatabaseError> {
    let absolute = std::path::absolute(path).map_err(|error| DatabaseError::io("open", path, error))?;
    let mut uri = String::from("file://");
    for byte in absolute.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    // Immutable: no lock, no journal, no write, even where a journal of another lies beside it.
    uri.push_str("?immutable=1&mode=ro");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let sqlite = |error| DatabaseError::sqlite(path, error);
    let connection = Connection::open_with_flags(&uri, flags).map_err(sqlite)?;
    connection
        .execute_batch("PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8192;")
        .map_err(sqlite)?;
    connection.set_prepared_statement_cache_capacity(16);
    Ok(connection)
}

/// The part of the status that the database holds.
pub(super) fn contents(connection: &Connection, path: &Path) -> Result<Contents, DatabaseError> {
    let text: String = connection
        .query_row("SELECT value FROM meta WHERE key = 'contents'", [], |row| row.get(0))
        .map_err(|error| DatabaseError::sqlite(path, error))?;
    serde_json::from_str(&text).map_err(|error| DatabaseError::damaged(path, error.to_string()))
}

fn status(connection: &Connection, path: &Path, verified: Verified) -> Result<DatabaseStatus, DatabaseError> {
    let contents = contents(connection, path)?;
    Ok(DatabaseStatus {
        built: contents.built,
        signed_by: verified.key,
        hash: verified.hash,
        bytes: verified.bytes,
        sources: contents.sources,
        ecosystems: contents.ecosystems,
        fixed_only: contents.fixed_only,
    })
}
