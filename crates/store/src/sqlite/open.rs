use std::{
    fs::{DirBuilder, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, FileTypeExt, OpenOptionsExt},
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{Fault, Outcome, SqliteStore, migration};
use crate::StoreError;

/// How long an operation waits for another process that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// What every connection does not do: follow a URI in the path, or lock for threads that cannot share it anyway.
const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX;

impl SqliteStore {
    /// Opens the store at `path` for reading and writing.
    ///
    /// Where there is none it is made, with its directory: only the user who makes it can read either. Older schema
    /// versions are brought up to date.
    ///
    /// # Errors
    /// Each way in which a path is not a usable store has its own [`StoreError`]; the file is unchanged then.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let fault = |fault: Fault| fault.named(path, "open");
        if !exists(path)? {
            create(path)?;
        }
        let mut conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | FLAGS).map_err(fault)?;
        // Before anything is written: the file may be somebody else's.
        migration::version(&conn, path).map_err(fault)?;
        if conn.is_readonly("main").map_err(|e| fault(e.into()))? {
            return Err(StoreError::ReadOnly { path: path.into() });
        }
        prepare(&mut conn, path).map_err(fault)?;
        Ok(Self { conn, path: path.into() })
    }

    /// Opens the store at `path` for reading only, for users who may not write it. It must exist and be of this
    /// release's schema.
    ///
    /// # Errors
    /// As [`SqliteStore::open`], and [`StoreError::Missing`] and [`StoreError::Older`].
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let fault = |fault: Fault| fault.named(path, "open");
        if !exists(path)? {
            return Err(StoreError::Missing { path: path.into() });
        }
        let open = || -> Outcome<Connection> {
            let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY | FLAGS)?;
            checked(conn, path)
        };
        let conn = match open() {
            // Who may not make the log beside the file, or has no room for it, cannot open it in the common way. Where
            // no log is there, nobody writes, and the file alone is the whole store.
            Err(Fault::Sql(rusqlite::Error::SqliteFailure(failure, _)))
                if matches!(
                    failure.code,
                    ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::DiskFull | ErrorCode::SystemIoFailure
                ) && !log_exists(path) =>
            {
                let conn = connect_immutable(path).map_err(fault)?;
                checked(conn, path).map_err(fault)?
            }
            other => other.map_err(fault)?,
        };
        Ok(Self { conn, path: path.into() })
    }

    /// A new store in memory, gone when dropped.
    ///
    /// # Errors
    /// [`StoreError::Backend`] where there is no memory.
    pub fn open_in_memory() -> Result<Self, StoreError> {
        let path = Path::new(":memory:");
        let open = || -> Outcome<Connection> {
            let mut conn = Connection::open_in_memory()?;
            prepare(&mut conn, path)?;
            Ok(conn)
        };
        Ok(Self { conn: open().map_err(|fault| fault.named(path, "open"))?, path: path.into() })
    }
}

/// Whether there is a file at `path`. Anything but a file is refused here: SQLite would hang on a pipe.
fn exists(path: &Path) -> Result<bool, StoreError> {
    let metadata = match path.metadata() {
        Ok(metadata) => metadata,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(system(path, "open", e)),
    };
    let kind = metadata.file_type();
    // SQLite takes what is shorter than its header for an empty file, and would write over it.
    if kind.is_file() && (1..512).contains(&metadata.len()) {
        return Err(StoreError::NotAStore { path: path.into(), source: None });
    }
    let what = match () {
        () if kind.is_file() => return Ok(true),
        () if kind.is_dir() => "a directory",
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    };
    Err(StoreError::NotAFile { path: path.into(), what })
}

fn create(path: &Path) -> Result<(), StoreError> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(parent)
            .map_err(|e| system(path, "make the directory", e))?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        // Another process made it in between.
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists && path.exists() => Ok(()),
        Err(e) => Err(system(path, "make the file", e)),
    }
}

fn system(path: &Path, action: &'static str, error: io::Error) -> StoreError {
    let path = path.to_path_buf();
    match error.kind() {
        io::ErrorKind::PermissionDenied => StoreError::Denied { path, source: error.into() },
        io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { path },
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full { path },
        _ => StoreError::Backend { action, path, source: error.into() },
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Outcome<Connection> {
    let conn = Connection::open_with_flags(path, flags).map_err(|error| match &error {
        rusqlite::Error::SqliteFailure(failure, _) if failure.code == ErrorCode::CannotOpen => {
            match std::fs::File::open(path) {
                Err(e) if e.kind() == io::ErrorKind::PermissionDenied => Fault::Store(system(path, "open", e)),
                _ => Fault::Sql(error),
            }
        }
        _ => Fault::Sql(error),
    })?;
    settle(&conn)?;
    Ok(conn)
}

fn connect_immutable(path: &Path) -> Outcome<Connection> {
    use std::{fmt::Write, os::unix::ffi::OsStrExt};

    let absolute = std::path::absolute(path).map_err(|e| Fault::Store(system(path, "open", e)))?;
    let mut uri = String::from("file:");
    for byte in absolute.as_os_str().as_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => uri.push(char::from(*byte)),
            // Writing to a `String` does not fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | FLAGS;
    let conn = Connection::open_with_flags(uri, flags)?;
    settle(&conn)?;
    Ok(conn)
}

fn log_exists(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    // A log that was left empty holds nothing.
    Path::new(&log).metadata().is_ok_and(|metadata| metadata.len() > 0)
}

fn settle(conn: &Connection) -> Outcome<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(64);
    conn.pragma_update(None, "foreign_keys", true)?;
    // Nothing in a store may call anything: the file may come from somewhere else.
    conn.pragma_update(None, "trusted_schema", false)?;
    // KiB: the index of a million findings' ranked list stays well below it.
    conn.pragma_update(None, "cache_size", -16_384)?;
    Ok(())
}

/// For a connection that only reads.
fn checked(conn: Connection, path: &Path) -> Outcome<Connection> {
    let found = migration::version(&conn, path)?;
    if found < migration::latest() {
        return Err(StoreError::Older { path: path.into(), found, known: migration::latest() }.into());
    }
    Ok(conn)
}

/// For a connection that writes.
fn prepare(conn: &mut Connection, path: &Path) -> Outcome<()> {
    settle(conn)?;
    // On a file system without shared memory SQLite answers with another mode, in which all is as safe but slower.
    conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0))?;
    // A commit is on the disk before it is reported: not only a killed process but a cut of power loses nothing.
    conn.pragma_update(None, "synchronous", "FULL")?;
    migration::migrate(conn, path)
}
