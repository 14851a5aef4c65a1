//! Builds and refreshes the database: `worker` reads documents on all processors, `writer` keeps them, `fetch` brings what
//! lies behind an address.
use std::{
    collections::HashSet,
    fs::File,
    io::Read as _,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::mpsc,
};

use casemate_estate::Timestamp;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::{DatabaseError, SourceStatus, Trust, open, schema, sign};
use crate::source::SourceSetting;

mod fetch;
mod worker;
mod writer;

use writer::Writer;

/// How to build or refresh.
#[derive(Debug, Clone, Default)]
pub struct UpdateOptions {
    /// Parse all anew even where the input is unchanged, and leave out sources that are not named any more.
    pub full: bool,
    /// A certificate authority for mirrors.
    pub ca_file: Option<PathBuf>,
    /// Whose signature on the present database is believed beside the machine's own: a database that another machine
    /// signed is refreshed only then, else built anew.
    pub trust: Trust,
}

/// What an update did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdateReport {
    /// Documents that were new or changed, unchanged, and gone.
    pub changed: u64,
    /// See above.
    pub unchanged: u64,
    /// See above.
    pub removed: u64,
    /// Files among the sources that are no advisories.
    pub ignored: u64,
    /// Every source as it is now.
    pub sources: Vec<SourceStatus>,
    /// Bytes of the database.
    pub bytes: u64,
    /// What is worth knowing beside: why nothing was taken over from the present database.
    pub notes: Vec<String>,
}

/// Builds or refreshes the database at `path` from `sources`, in a new file that takes the old one's place at the end.
/// A source that cannot be read keeps what it had, and is named in the report's problems. Sources that are not named stay
/// as they are, unless [`UpdateOptions::full`]. `progress` gets files done, files known so far, and what is being done.
///
/// # Errors
/// [`DatabaseError`] where nothing could be built; the old database is untouched then.
pub fn update(
    path: &Path,
    sources: &[SourceSetting],
    options: &UpdateOptions,
    now: Timestamp,
    progress: &(dyn Fn(u64, u64, &str) + Sync),
) -> Result<UpdateReport, DatabaseError> {
    let directory = directory_make(path)?;
    let _lock = lock(path)?;
    leftovers_remove(&directory, path);
    let (key, _) = sign::key_open(path)?;
    let mut temporary = temporary(&directory, path)?;
    let mut notes = Vec::new();
    let reused = take_over(path, &options.trust, &mut temporary, &mut notes)?;
    let sqlite = |error| DatabaseError::sqlite(path, error);
    let connection = Connection::open(temporary.path()).map_err(sqlite)?;
    connection.execute_batch(schema::TABLES).map_err(sqlite)?;
    connection.execute_batch("BEGIN").map_err(sqlite)?;
    let mut writer = Writer::new(&connection, path, now)?;
    let full = options.full || (reused && !writer.same_readers()?);
    let scratch = tempfile::tempdir_in(&directory).map_err(|error| DatabaseError::io("write", &directory, error))?;
    let jobs = writer.jobs(sources, options, scratch.path(), progress)?;
    run(&mut writer, jobs, full, now, progress)?;
    progress(0, 0, "writing");
    let mut report = writer.finish(options.full)?;
    connection.execute_batch("COMMIT").map_err(sqlite)?;
    compact(&connection).map_err(sqlite)?;
    connection.close().map_err(|(_, error)| sqlite(error))?;
    sign::sign(temporary.path(), &key)?;
    report.bytes = temporary.as_file().metadata().map_err(|error| DatabaseError::io("read", path, error))?.len();
    report.notes = notes;
    put(temporary, path)?;
    Ok(report)
}

/// Reads all documents and hands them to the writer.
fn run(
    writer: &mut Writer<'_>,
    jobs: Vec<worker::Job>,
    full: bool,
    now: Timestamp,
    progress: &(dyn Fn(u64, u64, &str) + Sync),
) -> Result<(), DatabaseError> {
    let known = writer.known();
    let pool = worker::Pool::new(jobs, known.clone(), full, writer.next_document()?, now);
    // Twice as many batches as would keep the writer busy for a moment; more would only fill memory.
    let (sender, receiver) = mpsc::sync_channel(64);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(1, 8);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let pool = &pool;
            scope.spawn(move || pool.work(&sender));
        }
        drop(sender);
        let mut done = 0;
        // Sources may share a directory: what one of them takes is not ignored.
        let (mut ignored, mut taken_all) = (HashSet::new(), HashSet::new());
        for message in receiver {
            if let worker::Message::FileDone { path, taken } = message {
                done += 1;
                if done % 64 == 0 || done == pool.total() {
                    progress(done, pool.total(), "reading advisories");
                }
                if taken {
                    taken_all.insert(path)
                } else {
                    ignored.insert(path)
                };
                continue;
            }
            // An error drops the receiver, which ends the workers.
            writer.take(message)?;
        }
        writer.ignored = ignored.difference(&taken_all).count() as u64;
        Ok(())
    })
}

/// Copies the present database, where it can be believed; what cannot is noted, and all is built anew.
fn take_over(
    path: &Path,
    trust: &Trust,
    temporary: &mut NamedTempFile,
    notes: &mut Vec<String>,
) -> Result<bool, DatabaseError> {
    let (file, verified) = match open::open_verified(path, trust) {
        Ok(opened) => opened,
        Err(DatabaseError::Absent { .. }) => return Ok(false),
        Err(error) => {
            let reason = error.to_string();
            notes.push(format!("built anew: {}", reason.lines().next().unwrap_or_default()));
            return Ok(false);
        }
    };
    let write = |error| DatabaseError::io("write", path, error);
    std::io::copy(&mut file.take(verified.body), temporary.as_file_mut()).map_err(write)?;
    Ok(true)
}

/// Gives back the room of what was deleted, where it is much.
fn compact(connection: &Connection) -> rusqlite::Result<()> {
    let number = |pragma: &str| connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0));
    if number("freelist_count")? > number("page_count")? / 5 {
        connection.execute_batch("VACUUM")?;
    }
    Ok(())
}

/// The directory of the database, made where it is missing.
pub(super) fn directory_make(path: &Path) -> Result<PathBuf, DatabaseError> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(directory).map_err(|error| DatabaseError::io("make", directory, error))?;
    Ok(directory.to_owned())
}

/// Lets one process at a time write the database. The lock ends with the process, however that ends.
pub(super) fn lock(path: &Path) -> Result<File, DatabaseError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    let name = path.with_file_name(name);
    let file = std::fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&name)
        .map_err(|error| DatabaseError::io("lock", &name, error))?;
    match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(DatabaseError::Busy { path: path.display().to_string() }),
        Err(error) => Err(DatabaseError::io("lock", &name, error.into())),
    }
}

fn temporary_prefix(path: &Path) -> String {
    format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy())
}

/// A file that becomes the database, beside it.
pub(super) fn temporary(directory: &Path, path: &Path) -> Result<NamedTempFile, DatabaseError> {
    tempfile::Builder::new()
        .prefix(&temporary_prefix(path))
        .suffix(".tmp")
        .permissions(std::fs::Permissions::from_mode(0o644))
        .tempfile_in(directory)
        .map_err(|error| DatabaseError::io("write", directory, error))
}

/// Removes what an update left that was killed. Only under the lock, so none of it is in use.
pub(super) fn leftovers_remove(directory: &Path, path: &Path) {
    let prefix = temporary_prefix(path);
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&prefix) && name.ends_with(".tmp") {
            // What stays takes room and nothing else.
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

/// Puts a finished file in place, safely on disk.
pub(super) fn put(temporary: NamedTempFile, path: &Path) -> Result<(), DatabaseError> {
    let write = |error| DatabaseError::io("write", path, error);
    temporary.as_file().sync_all().map_err(write)?;
    temporary.persist(path).map_err(|error| write(error.error))?;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(directory).and_then(|directory| directory.sync_all()).map_err(write)
}
