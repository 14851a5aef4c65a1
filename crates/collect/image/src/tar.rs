//! Reads the entries of a tar archive one after another: ustar, GNU (long names, sparse files) and PAX (POSIX.1-2001;
//! GNU tar manual, "Basic Tar Format"; the `archive/tar` of Go, which unpacks the images of all engines, decides where
//! these leave a choice).
//!
//! Names, sizes and numbers of an archive are claims: every length is bounded before it is believed.
mod header;
mod pax;
mod sparse;

use std::io::{self, Read};

pub(crate) use self::header::Kind;
use self::{
    header::{BLOCK, Block},
    pax::Pax,
    sparse::Map,
};

/// Bytes of a long name or a set of PAX records, as in Go.
const SPECIAL_MAX: u64 = 1 << 20;
/// Regions of a sparse file.
const REGIONS_MAX: usize = 1 << 16;
/// Long names and records before one entry.
const SPECIALS_MAX: u32 = 16;
const BUFFER: usize = 256 << 10;

/// Why reading stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TarError {
    #[error("it breaks off at byte {at}: {source}")]
    Read { at: u64, source: io::Error },
    #[error("it breaks off at byte {at}, within {within}")]
    Truncated { at: u64, within: &'static str },
    #[error("at byte {at} is no header of an entry: {why}")]
    Header { at: u64, why: &'static str },
    #[error("limit {limit} is {most}, and the entry at byte {at} has {have}")]
    Limit { limit: &'static str, most: u64, have: u64, at: u64 },
}

/// One entry, before its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// As it stands: `./usr/bin/x`, `../x`.
    pub(crate) path: Vec<u8>,
    /// Where a link leads.
    pub(crate) link: Vec<u8>,
    pub(crate) kind: Kind,
    pub(crate) mode: u32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    /// Bytes of the file, holes included.
    pub(crate) size: u64,
    /// Byte of the archive at which its data begin.
    pub(crate) data: u64,
    sparse: Option<Map>,
}

impl Header {
    /// Its data lie in one piece, as they are.
    pub(crate) fn is_plain(&self) -> bool {
        self.sparse.is_none()
    }
}

/// Reads entries from a stream.
pub(crate) struct Tar<R> {
    inner: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    /// Bytes consumed.
    at: u64,
    /// Bytes of the present entry's data that are not consumed, and of the padding after them.
    data_left: u64,
    padding: u64,
}

impl<R: Read> Tar<R> {
    pub(crate) fn new(inner: R) -> Self {
        let buffer = vec![0; BUFFER].into_boxed_slice();
        Self { inner, buffer, start: 0, end: 0, at: 0, data_left: 0, padding: 0 }
    }

    /// Bytes consumed so far.
    pub(crate) fn position(&self) -> u64 {
        self.at
    }

    /// The next entry; none at the end of the archive. What is left of the present one is skipped.
    pub(crate) fn next(&mut self) -> Result<Option<Header>, TarError> {
        self.skip(self.data_left, "the data of an entry")?;
        self.data_left = 0;
        self.padding_skip()?;
        let mut long_path = None;
        let mut long_link = None;
        let mut pax = Pax::default();
        for _ in 0..=SPECIALS_MAX {
            let at = self.at;
            let Some(block) = self.block()? else { return Ok(None) };
            if block.is_zero() {
                // Two make an end. Where one stands alone, Go goes on with the next as if it were a header.
                match self.block()? {
                    None => return Ok(None),
                    Some(block) if block.is_zero() => return Ok(None),
                    Some(_) => return Err(TarError::Header { at, why: "a block of zeros stands alone" }),
                }
            }
            block.check(at)?;
            match block.flag() {
                b'L' => long_path = Some(self.special(&block, at, "tar.name_bytes")?),
                b'K' => long_link = Some(self.special(&block, at, "tar.name_bytes")?),
                b'x' | b'X' => {
                    let bytes = self.special(&block, at, "tar.pax_bytes")?;
                    pax.read(&bytes).map_err(|why| TarError::Header { at, why })?;
                }
                // Records for all that follow: Go hands them over and applies none.
                b'g' => drop(self.special(&block, at, "tar.pax_bytes")?),
                _ => return self.entry(&block, at, long_path, long_link, pax).map(Some),
            }
        }
        Err(TarError::Header { at: self.at, why: "too many headers before one entry" })
    }

    fn entry(
        &mut self,
        block: &Block,
        at: u64,
        long_path: Option<Vec<u8>>,
        long_link: Option<Vec<u8>>,
        pax: Pax,
    ) -> Result<Header, TarError> {
        let until_nul = |bytes: Vec<u8>| bytes.split(|b| *b == 0).next().unwrap_or_default().to_vec();
        let path = pax.path.clone().or_else(|| long_path.map(until_nul)).unwrap_or_else(|| block.path());
        let link = pax.link.clone().or_else(|| long_link.map(until_nul)).unwrap_or_else(|| block.link());
        if path.contains(&0) || link.contains(&0) {
            return Err(TarError::Header { at, why: "a name holds a zero byte" });
        }
        let kind = block.kind(&path);
        let number = |value: Option<u64>| value.ok_or(TarError::Header { at, why: "a number is none" });
        let stored = match pax.size {
            Some(size) => size,
            None => number(block.size())?,
        };
        let stored = if kind.has_data() { stored } else { 0 };
        if stored > i64::MAX as u64 {
            return Err(TarError::Header { at, why: "its size is no size" });
        }
        self.data_left = stored;
        self.padding = (BLOCK as u64 - stored % BLOCK as u64) % BLOCK as u64;
        let id = |value: Option<u64>| u32::try_from(value.unwrap_or(u64::MAX)).unwrap_or(u32::MAX);
        let mut header = Header {
            path,
            link,
            kind,
            mode: u32::try_from(block.mode().unwrap_or(0) & 0o7777).unwrap_or(0),
            uid: id(pax.uid.or_else(|| block.uid())),
            gid: id(pax.gid.or_else(|| block.gid())),
            size: stored,
            data: self.at,
            sparse: None,
        };
        if block.flag() == b'S' {
            header.sparse = Some(self.sparse_gnu(block, at)?);
            header.data = self.at;
        } else if pax.sparse.is_any() && kind == Kind::File {
            header.sparse = Some(self.sparse_pax(&pax, at)?);
        }
        if let Some(map) = &header.sparse {
            map.check(self.data_left).map_err(|why| TarError::Header { at, why })?;
            header.size = map.size;
            if let Some(name) = pax.sparse.name {
                header.path = name;
            }
        }
        Ok(header)
    }

    /// Old GNU form: four regions in the header, then blocks of 21.
    fn sparse_gnu(&mut self, block: &Block, at: u64) -> Result<Map, TarError> {
        let bad = |why| TarError::Header { at, why };
        let mut map = Map { size: block.real_size().ok_or(bad("a number is none"))?, regions: Vec::new() };
        let mut more = sparse::gnu_read(block.bytes(), 386, 4, &mut map.regions).map_err(bad)?;
        while more {
            if map.regions.len() > REGIONS_MAX {
                let have = map.regions.len() as u64;
                return Err(TarError::Limit { limit: "tar.regions", most: REGIONS_MAX as u64, have, at });
            }
            let Some(block) = self.block()? else {
                return Err(TarError::Truncated { at: self.at, within: "the map of a sparse file" });
            };
            more = sparse::gnu_read(block.bytes(), 0, 21, &mut map.regions).map_err(bad)?;
        }
        Ok(map)
    }

    /// PAX forms: 0.x has the map in its records, 1.0 at the beginning of the data.
    fn sparse_pax(&mut self, pax: &Pax, at: u64) -> Result<Map, TarError> {
        let bad = |why| TarError::Header { at, why };
        if let Some(regions) = pax.sparse.regions().map_err(bad)? {
            let size = pax.sparse.size.ok_or(bad("a sparse file without its size"))?;
            return Ok(Map { size, regions });
        }
        let size = pax.sparse.real_size.ok_or(bad("a sparse file without its size"))?;
        let mut numbers = sparse::Numbers::default();
        while !numbers.complete() {
            if self.data_left < BLOCK as u64 {
                return Err(bad("the map of a sparse file is longer than its data"));
            }
            let Some(block) = self.block()? else {
                return Err(TarError::Truncated { at: self.at, within: "the map of a sparse file" });
            };
            self.data_left -= BLOCK as u64;
            numbers.read(block.bytes(), REGIONS_MAX).map_err(bad)?;
        }
        Ok(Map { size, regions: numbers.regions() })
    }

    /// The data of a long name or of PAX records.
    fn special(&mut self, block: &Block, at: u64, limit: &'static str) -> Result<Vec<u8>, TarError> {
        let size = block.size().ok_or(TarError::Header { at, why: "a number is none" })?;
        if size > SPECIAL_MAX {
            return Err(TarError::Limit { limit, most: SPECIAL_MAX, have: size, at });
        }
        let mut out = Vec::new();
        let mut left = size;
        while left > 0 {
            let chunk = self.chunk(left, "a long name")?;
            out.extend_from_slice(chunk);
            left -= chunk.len() as u64;
        }
        self.padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
        self.padding_skip()?;
        Ok(out)
    }

    /// What may be missing at the very end: some writers leave the last padding out.
    fn padding_skip(&mut self) -> Result<(), TarError> {
        while self.padding > 0 {
            if self.fill()? == 0 {
                break;
            }
            let n = self.padding.min((self.end - self.start) as u64);
            self.consume(n);
            self.padding -= n;
        }
        self.padding = 0;
        Ok(())
    }

    fn block(&mut self) -> Result<Option<Block>, TarError> {
        let mut bytes = [0; BLOCK];
        let mut have = 0;
        while have < BLOCK {
            if self.fill()? == 0 {
                return if have == 0 { Ok(None) } else { Err(TarError::Truncated { at: self.at, within: "a header" }) };
            }
            let source = self.buffer.get(self.start..self.end).unwrap_or_default();
            let n = source.len().min(BLOCK - have);
            if let (Some(to), Some(from)) = (bytes.get_mut(have..have + n), source.get(..n)) {
                to.copy_from_slice(from);
            }
            self.consume(n as u64);
            have += n;
        }
        Ok(Some(Block(bytes)))
    }

    fn skip(&mut self, mut left: u64, within: &'static str) -> Result<(), TarError> {
        while left > 0 {
            left -= self.chunk(left, within)?.len() as u64;
        }
        Ok(())
    }

    /// At least one byte and at most `most`, consumed.
    fn chunk(&mut self, most: u64, within: &'static str) -> Result<&[u8], TarError> {
        if self.fill()? == 0 {
            return Err(TarError::Truncated { at: self.at, within });
        }
        let from = self.start;
        let n = most.min((self.end - self.start) as u64);
        self.consume(n);
        Ok(self.buffer.get(from..self.start).unwrap_or_default())
    }

    fn consume(&mut self, n: u64) {
        self.at += n;
        self.start += usize::try_from(n).unwrap_or(0);
    }

    /// Sees to it that the buffer holds something; 0 at the end of the stream.
    fn fill(&mut self) -> Result<usize, TarError> {
        while self.start == self.end {
            match self.inner.read(&mut self.buffer) {
                Ok(n) => {
                    self.start = 0;
                    self.end = n;
                    if n == 0 {
                        return Ok(0);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(TarError::Read { at: self.at, source }),
            }
        }
        Ok(self.end - self.start)
    }

    /// The first bytes of the present entry's data, at most eight; fewer where the entry or the buffer has no more.
    pub(crate) fn peek(&mut self) -> Result<&[u8], TarError> {
        if self.data_left == 0 || self.fill()? == 0 {
            return Ok(&[]);
        }
        let n = usize::try_from(self.data_left.min(8)).unwrap_or(8).min(self.end - self.start);
        Ok(self.buffer.get(self.start..self.start + n).unwrap_or_default())
    }

    /// How far the stream may be moved on by seeking, over data that nobody read; the caller does so.
    pub(crate) fn leap(&mut self) -> u64 {
        let buffered = (self.end - self.start) as u64;
        let Some(far) = self.data_left.checked_sub(buffered).filter(|far| *far > 0) else { return 0 };
        self.at += self.data_left;
        self.start = 0;
        self.end = 0;
        self.data_left = 0;
        far
    }

    /// Writes the data of the present entry as the file has them; a hole is told by its length.
    pub(crate) fn data_copy(&mut self, header: &Header, out: &mut dyn Output) -> Result<(), CopyError> {
        let Some(map) = &header.sparse else {
            return self.data_part(header.size, out);
        };
        let mut at = 0;
        for region in &map.regions {
            if region.offset > at {
                out.hole(region.offset - at).map_err(CopyError::Write)?;
            }
            self.data_part(region.length, out)?;
            at = region.offset + region.length;
        }
        if map.size > at {
            out.hole(map.size - at).map_err(CopyError::Write)?;
        }
        Ok(())
    }

    fn data_part(&mut self, mut left: u64, out: &mut dyn Output) -> Result<(), CopyError> {
        while left > 0 {
            let chunk = self.chunk(left, "the data of an entry").map_err(CopyError::Tar)?;
            let n = chunk.len() as u64;
            out.bytes(chunk).map_err(CopyError::Write)?;
            self.data_left = self.data_left.saturating_sub(n);
            left -= n;
        }
        Ok(())
    }

    /// Reads the stream to its end, past the archive's own, so that digests are of all of it.
    pub(crate) fn drain(&mut self) -> Result<(), TarError> {
        while self.fill()? > 0 {
            self.consume((self.end - self.start) as u64);
        }
        Ok(())
    }

    pub(crate) fn into_inner(self) -> R {
        self.inner
    }

    pub(crate) fn inner_mut(&mut self) -> &mut R {
        &mut self.inner
    }
}

/// Where the bytes of a file go.
pub(crate) trait Output {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// So many zeros.
    fn hole(&mut self, length: u64) -> io::Result<()>;
}

/// Copying stopped: the archive's fault, or the copy's.
#[derive(Debug)]
pub(crate) enum CopyError {
    Tar(TarError),
    Write(io::Error),
}

#[cfg(test)]
mod tests;
