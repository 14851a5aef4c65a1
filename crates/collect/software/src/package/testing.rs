//! For the tests of readers.
use std::io::Cursor;

use crate::{Entry, EntryKind, Facts, read};

/// An entry of a file that anybody may read, and run where `mode` says so.
pub(crate) fn file(path: &str, mode: u32, size: usize) -> Entry {
    Entry { path: path.into(), kind: EntryKind::File, mode, uid: 0, gid: 0, size: size as u64 }
}

/// What the file proves; no secrets are sought.
pub(crate) fn facts(path: &str, bytes: &[u8]) -> Facts {
    let entry = file(path, 0o644, bytes.len());
    assert!(crate::wants(&entry, false).is_some(), "no reader wants {path}");
    read(&entry, Some(&mut Cursor::new(bytes)), false)
}
