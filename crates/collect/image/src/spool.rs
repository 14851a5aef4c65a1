use std::{
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
};

use crate::tar::Output;

/// Bytes of a file that are kept in memory; a larger one goes to a temporary file without a name.
const MEMORY_MAX: u64 = 16 << 20;
/// What is allocated before the first byte came, however large the file says it is.
const CLAIM_MAX: u64 = 1 << 20;

/// The bytes of one file of a layer, in which readers may seek.
#[derive(Debug)]
pub(crate) enum Spool {
    Memory(Cursor<Vec<u8>>),
    File(File),
}

impl Spool {
    /// For a file that says it has `size` bytes.
    pub(crate) fn new(size: u64) -> io::Result<Self> {
        if size > MEMORY_MAX {
            return Ok(Self::File(tempfile::tempfile()?));
        }
        Ok(Self::Memory(Cursor::new(Vec::with_capacity(usize::try_from(size.min(CLAIM_MAX)).unwrap_or(0)))))
    }

    /// Stands at the beginning again.
    pub(crate) fn rewind(&mut self) -> io::Result<()> {
        self.seek(SeekFrom::Start(0)).map(drop)
    }

    /// The bytes, where they are in memory.
    pub(crate) fn into_memory(self) -> Option<Vec<u8>> {
        match self {
            Self::Memory(cursor) => Some(cursor.into_inner()),
            Self::File(_) => None,
        }
    }
}

impl Output for Spool {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            // The size is the caller's promise, so this does not outgrow `MEMORY_MAX`.
            Self::Memory(cursor) => cursor.write_all(bytes),
            Self::File(file) => file.write_all(bytes),
        }
    }

    fn hole(&mut self, length: u64) -> io::Result<()> {
        match self {
            Self::Memory(cursor) => io::copy(&mut io::repeat(0).take(length), cursor).map(drop),
            Self::File(file) => {
                let end = file.stream_position()?.saturating_add(length);
                file.set_len(end)?;
                file.seek(SeekFrom::Start(end)).map(drop)
            }
        }
    }
}

impl Read for Spool {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Memory(cursor) => cursor.read(buf),
            Self::File(file) => file.read(buf),
        }
    }
}

impl Seek for Spool {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Memory(cursor) => cursor.seek(to),
            Self::File(file) => file.seek(to),
        }
    }
}
