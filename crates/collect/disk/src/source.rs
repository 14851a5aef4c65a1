use std::{
    fs::File,
    io::{Seek, SeekFrom},
    os::unix::fs::{FileExt, FileTypeExt, OpenOptionsExt},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::fault::{Fault, Result};

/// The bytes of a disk, or of a part of one.
pub(crate) trait Source: Send + Sync {
    /// How many.
    fn len(&self) -> u64;

    /// Fills `buf` from `offset`.
    ///
    /// # Errors
    /// [`Fault`] where not all of it can be had; what is in `buf` then means nothing.
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()>;
}

/// `len` bytes from `offset`, which the caller bounds.
///
/// # Errors
/// Those of [`Source::read_at`].
pub(crate) fn bytes_at(source: &dyn Source, offset: u64, len: usize) -> Result<Vec<u8>> {
    within(source.len(), offset, len as u64)?;
    let mut out = vec![0; len];
    source.read_at(offset, &mut out)?;
    Ok(out)
}

/// That `len` bytes from `offset` lie within `size`.
pub(crate) fn within(size: u64, offset: u64, len: u64) -> Result<()> {
    match offset.checked_add(len) {
        Some(end) if end <= size => Ok(()),
        _ => Err(Fault::Damaged(format!("{len} bytes at {offset} lie beyond the end at {size}"))),
    }
}

/// A file as it stands.
#[derive(Debug)]
pub(crate) struct FileSource {
    file: File,
    len: u64,
}

impl FileSource {
    /// Opens a regular file or a block device for reading; anything else is refused, so that no pipe is waited for.
    ///
    /// `follow`: whether a symbolic link may be followed (the file that the user named, but none that a disk names).
    ///
    /// # Errors
    /// Those of opening.
    pub(crate) fn open(path: &Path, follow: bool) -> std::io::Result<Self> {
        let mut flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::CLOEXEC | rustix::fs::OFlags::NOCTTY;
        if !follow {
            flags |= rustix::fs::OFlags::NOFOLLOW;
        }
        let flags = i32::try_from(flags.bits()).unwrap_or(0);
        let mut file = File::options().read(true).custom_flags(flags).open(path)?;
        let kind = file.metadata()?.file_type();
        if !kind.is_file() && !kind.is_block_device() {
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "neither a file nor a block device"));
        }
        let len = file.seek(SeekFrom::End(0))?;
        Ok(Self { file, len })
    }
}

impl Source for FileSource {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        within(self.len, offset, buf.len() as u64)?;
        Ok(self.file.read_exact_at(buf, offset)?)
    }
}

/// A run of bytes of another source.
pub(crate) struct Slice {
    of: Arc<dyn Source>,
    start: u64,
    len: u64,
}

impl Slice {
    /// `len` bytes from `start`; cut where the source ends before.
    pub(crate) fn new(of: Arc<dyn Source>, start: u64, len: u64) -> Self {
        let start = start.min(of.len());
        let len = len.min(of.len() - start);
        Self { of, start, len }
    }
}

impl Source for Slice {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        within(self.len, offset, buf.len() as u64)?;
        self.of.read_at(self.start + offset, buf)
    }
}

/// Counts what is read of a source.
pub(crate) struct Counted {
    of: Arc<dyn Source>,
    read: AtomicU64,
}

impl Counted {
    pub(crate) fn new(of: Arc<dyn Source>) -> Self {
        Self { of, read: AtomicU64::new(0) }
    }

    /// Bytes that were read so far.
    pub(crate) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

impl Source for Counted {
    fn len(&self) -> u64 {
        self.of.len()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        self.read.fetch_add(buf.len() as u64, Ordering::Relaxed);
        self.of.read_at(offset, buf)
    }
}

/// Bytes in memory, for tests and for fuzzing.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) struct Memory(pub(crate) Vec<u8>);

#[cfg(any(test, feature = "fuzzing"))]
impl Source for Memory {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        within(self.len(), offset, buf.len() as u64)?;
        let at = usize::try_from(offset).unwrap_or(usize::MAX);
        buf.copy_from_slice(crate::bytes::part(&self.0, at, buf.len()).unwrap_or_default());
        Ok(())
    }
}
