use std::{
    io::{self, Read, Seek, SeekFrom},
    sync::Arc,
};

use super::{Extent, FileSystem, Run};
use crate::fault::Result;

/// Bytes that are read ahead. Readers of archives and programs read little and often.
const AHEAD: usize = 16 << 10;

/// An open file. Holes read as zeros; reading ends at the size that the inode says.
pub(crate) struct FileBody {
    system: Arc<dyn FileSystem>,
    size: u64,
    extent: Extent,
    at: u64,
    /// Bytes from `ahead_at` on.
    ahead: Vec<u8>,
    ahead_at: u64,
}

impl FileBody {
    pub(crate) fn open(system: Arc<dyn FileSystem>, number: u64) -> Result<Self> {
        let (size, extent) = system.extent(number)?;
        Ok(Self { system, size, extent, at: 0, ahead: Vec::new(), ahead_at: 0 })
    }

    /// Bytes of the file.
    pub(crate) fn len(&self) -> u64 {
        self.size
    }

    /// Fills `buf` from `at`; the caller keeps it within the size.
    fn fill(&self, at: u64, buf: &mut [u8]) -> Result<()> {
        let runs = match &self.extent {
            Extent::Inline(bytes) => {
                let from = usize::try_from(at).unwrap_or(usize::MAX);
                let held = bytes.get(from..).unwrap_or_default();
                for (to, from) in buf.iter_mut().zip(held.iter().chain(std::iter::repeat(&0))) {
                    *to = *from;
                }
                return Ok(());
            }
            Extent::Runs(runs) => runs,
        };
        let (mut at, mut buf) = (at, buf);
        let mut next = runs.partition_point(|run| run.start + run.len <= at);
        while !buf.is_empty() {
            let run: Option<&Run> = runs.get(next);
            // How far the same answer holds: to the end of this run, or to the start of the next.
            let (from, len) = match run {
                Some(run) if run.start <= at => (Some(run.at + (at - run.start)), run.start + run.len - at),
                Some(run) => (None, run.start - at),
                None => (None, u64::MAX),
            };
            let len = usize::try_from(len).unwrap_or(usize::MAX).min(buf.len());
            let (now, later) = buf.split_at_mut(len);
            match from {
                Some(from) => {
                    self.system.bytes(from, now)?;
                    next += usize::from(run.is_some_and(|run| at + len as u64 >= run.start + run.len));
                }
                None => now.fill(0),
            }
            at += len as u64;
            buf = later;
        }
        Ok(())
    }
}

impl Read for FileBody {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let rest = self.size.saturating_sub(self.at);
        let wanted = usize::try_from(rest).unwrap_or(usize::MAX).min(buf.len());
        let Some(buf) = buf.get_mut(..wanted).filter(|buf| !buf.is_empty()) else { return Ok(0) };
        if buf.len() >= AHEAD {
            self.fill(self.at, buf).map_err(crate::fault::Fault::into_io)?;
            self.at += buf.len() as u64;
            return Ok(buf.len());
        }
        let inside = self.at.checked_sub(self.ahead_at).and_then(|inside| usize::try_from(inside).ok());
        let held = inside.and_then(|inside| self.ahead.get(inside..)).unwrap_or_default();
        if held.is_empty() {
            // From a whole block, so that a reader that goes back a little finds it here.
            let start = self.at - self.at % 4096;
            let len = usize::try_from(self.size - start).unwrap_or(usize::MAX).min(AHEAD);
            let mut ahead = std::mem::take(&mut self.ahead);
            ahead.resize(len, 0);
            self.fill(start, &mut ahead).map_err(crate::fault::Fault::into_io)?;
            self.ahead = ahead;
            self.ahead_at = start;
        }
        let inside = usize::try_from(self.at - self.ahead_at).unwrap_or(usize::MAX);
        let held = self.ahead.get(inside..).unwrap_or_default();
        let len = held.len().min(buf.len());
        for (to, from) in buf.iter_mut().zip(held) {
            *to = *from;
        }
        self.at += len as u64;
        Ok(len)
    }
}

impl Seek for FileBody {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
