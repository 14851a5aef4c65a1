//! Reads virtual-machine disks (raw, qcow2) without mounting or running them. Start at [`collect`].
//!
//! `format/` turns a file into the bytes of a disk, `volume/` finds partitions (MBR, GPT) and LVM volumes in it,
//! `filesystem/` reads ext2, ext3, ext4 and XFS, `mount.rs` says what lies where, `walk.rs` offers every file to
//! `casemate_collect_software`.
//!
//! **Invariant:** knows no check, writes nothing, needs no privilege. **Invariant:** every offset that a disk gives is
//! checked before use; a limit that stops a reading has a name. **Invariant:** a volume that could hold packages and is not
//! read is a problem, never silence.
mod bytes;
mod cache;
mod collect;
mod crc;
mod facet;
mod fault;
mod filesystem;
mod format;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzz;
mod mount;
mod source;
mod volume;
mod walk;

pub use collect::{Collected, DiskError, collect};
pub use facet::shapes;
