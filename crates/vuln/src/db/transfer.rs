use std::{
    fs::File,
    io::{Seek, SeekFrom},
    path::Path,
};

use super::{Database, DatabaseError, DatabaseStatus, Trust, build, open, sign};

/// Writes the database with its signature as one file for a machine without a network.
///
/// # Errors
/// [`DatabaseError`] as [`Database::open`], or where `to` cannot be written.
pub fn export(path: &Path, trust: &Trust, to: &Path) -> Result<DatabaseStatus, DatabaseError> {
    let (file, _) = open::open_verified(path, trust)?;
    copy(file, path, to)?;
    // What was written is what is told of, and it is read back once.
    let trust = trust_with_own(path, trust);
    Ok(Database::open(to, &trust)?.status().clone())
}

/// Verifies an exported file and puts it in the place of the database.
///
/// # Errors
/// [`DatabaseError`] as [`Database::open`]; the old database is untouched then.
pub fn import(path: &Path, trust: &Trust, from: &Path) -> Result<DatabaseStatus, DatabaseError> {
    let trust = trust_with_own(path, trust);
    // All of it is opened and read first, so that nothing unusable takes the old one's place.
    drop(Database::open(from, &trust)?);
    let (file, _) = open::open_verified(from, &trust)?;
    let directory = build::directory_make(path)?;
    let _lock = build::lock(path)?;
    build::leftovers_remove(&directory, path);
    copy(file, from, path)?;
    Ok(Database::open(path, &trust)?.status().clone())
}

/// Makes the machine's own signing key beside the database where there is none (mode 0600), and gives its public half.
///
/// # Errors
/// [`DatabaseError`] where it cannot be written, or where others can read it.
pub fn keys_make(path: &Path) -> Result<String, DatabaseError> {
    build::directory_make(path)?;
    let _lock = build::lock(path)?;
    sign::key_open(path).map(|(_, public)| public)
}

/// The machine's own key is believed for a file in another place too.
fn trust_with_own(path: &Path, trust: &Trust) -> Trust {
    let mut trust = trust.clone();
    // A key that cannot be believed is named by the verification that wanted it.
    trust.keys.extend(sign::key_public(path).ok().flatten());
    trust
}

fn copy(mut file: File, from: &Path, to: &Path) -> Result<(), DatabaseError> {
    let write = |error| DatabaseError::io("write", to, error);
    let directory = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut copy = build::temporary(directory, to)?;
    file.seek(SeekFrom::Start(0)).map_err(|error| DatabaseError::io("read", from, error))?;
    std::io::copy(&mut file, copy.as_file_mut()).map_err(write)?;
    build::put(copy, to)
}
