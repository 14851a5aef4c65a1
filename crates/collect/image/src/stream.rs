//! The bytes of a layer on their way to its entries: counted, hashed, decompressed, bounded.
use std::{
    cell::RefCell,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use crate::{
    Digest, ImageError, Limits,
    digest::{Hasher, Hashing},
    tar::{Tar, TarError},
};

const BUFFER: usize = 128 << 10;
/// Decompressed bytes before the ratio is looked at.
const RATIO_FROM: u64 = 64 << 20;
/// The longest window of zstd that is decoded, as a power of two: the largest that `zstd -d` takes unasked.
const WINDOW_LOG_MAX: u32 = 27;

/// How a layer's bytes may be had.
pub(crate) struct Given<'a> {
    /// Of the bytes as they are stored or sent; none where only the decompressed ones have a digest.
    pub(crate) digest: Option<&'a Digest>,
    /// Of the tar archive.
    pub(crate) diff_id: Option<&'a Digest>,
    /// Bytes as stored, as the manifest says.
    pub(crate) size: Option<u64>,
    pub(crate) open: &'a dyn Fn() -> Result<Box<dyn Read + Send>, ImageError>,
    /// Is told of each piece of stored bytes.
    pub(crate) progress: &'a dyn Fn(u64),
}

/// What a layer turned out to be when read to its end.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// What stopped the reading, or is not as the manifest says.
    pub(crate) problems: Vec<String>,
    /// Decompressed bytes.
    pub(crate) bytes: u64,
    /// The tar archive has the digest that was asked for.
    pub(crate) verified: bool,
}

/// The stored bytes.
struct Raw<'a> {
    inner: Box<dyn Read + Send>,
    hasher: Option<Hasher>,
    count: u64,
    most: Option<u64>,
    progress: &'a dyn Fn(u64),
}

impl Read for Raw<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        // What is there beyond the manifest's size is not the layer's; what is before it is.
        let left = self.most.map_or(u64::MAX, |most| most.saturating_sub(self.count));
        let most = usize::try_from(left.max(1)).unwrap_or(usize::MAX).min(buf.len());
        let n = self.inner.read(buf.get_mut(..most).unwrap_or_default())?;
        if n > 0 && left == 0 {
            let most = self.count;
            return Err(io::Error::other(format!("it is longer than the {most} bytes that its manifest says")));
        }
        self.count += n as u64;
        if let (Some(hasher), Some(bytes)) = (&mut self.hasher, buf.get(..n)) {
            hasher.update(bytes);
        }
        (self.progress)(n as u64);
        Ok(n)
    }
}

struct Shared<'a>(Rc<RefCell<Raw<'a>>>);

impl Read for Shared<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(buf)
    }
}

/// The decompressed bytes, as long as no limit is reached.
struct Bounded<'a> {
    inner: Box<dyn Read + 'a>,
    raw: Rc<RefCell<Raw<'a>>>,
    count: u64,
    limits: Limits,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count += n as u64;
        let Limits { layer_bytes, ratio, .. } = self.limits;
        if self.count > layer_bytes {
            return Err(io::Error::other(format!("limit layers.layer_bytes is {layer_bytes}")));
        }
        let stored = self.raw.borrow().count;
        if self.count.saturating_sub(RATIO_FROM) > stored.saturating_mul(ratio) {
            return Err(io::Error::other(format!(
                "limit layers.ratio is {ratio}: {stored} bytes became {}",
                self.count
            )));
        }
        Ok(n)
    }
}

/// The archive of a layer, as [`read`] hands it out.
pub(crate) type Archive<'a> = Tar<Hashing<Box<dyn Read + 'a>>>;

/// Opens the layer, lets `visit` read its entries, reads it to its end and compares the digests.
pub(crate) fn read(
    given: &Given<'_>,
    limits: Limits,
    visit: &mut dyn FnMut(&mut Archive<'_>) -> Result<(), TarError>,
) -> Outcome {
    let mut out = Outcome::default();
    let inner = match (given.open)() {
        Ok(inner) => inner,
        Err(error) => {
            out.problems.push(format!("cannot be opened: {error}"));
            return out;
        }
    };
    let hasher = given.digest.map(Hasher::new);
    let raw = Rc::new(RefCell::new(Raw { inner, hasher, count: 0, most: given.size, progress: given.progress }));
    let decoder = match decoder(Shared(Rc::clone(&raw))) {
        Ok(decoder) => decoder,
        Err(why) => {
            out.problems.push(why);
            return out;
        }
    };
    let bounded = Bounded { inner: decoder, raw: Rc::clone(&raw), count: 0, limits };
    let mut tar = Tar::new(Hashing::new(Box::new(bounded) as Box<dyn Read + '_>, given.diff_id));
    // What is after a broken place cannot be told from what is not there, so no digest is looked at then.
    let whole = visit(&mut tar).and_then(|()| tar.drain());
    out.bytes = tar.position();
    if let Err(error) = whole {
        out.problems.push(error.to_string());
        return out;
    }
    let diff_id = tar.into_inner().finish();
    if let Err(error) = io::copy(&mut *raw.borrow_mut(), &mut io::sink()) {
        out.problems.push(format!("it breaks off after its archive: {error}"));
        return out;
    }
    let digest = raw.borrow_mut().hasher.take().map(Hasher::finish);
    for (what, have, want) in [("its bytes", &digest, given.digest), ("its archive", &diff_id, given.diff_id)] {
        if let (Some(have), Some(want)) = (have, want)
            && have != want
        {
            out.problems.push(format!("the digest of {what} is {have}, and the image says {want}"));
        }
    }
    if let Some(size) = given.size
        && raw.borrow().count != size
    {
        out.problems.push(format!("it has {} bytes, and its manifest says {size}", raw.borrow().count));
    }
    out.verified = given.diff_id.is_some() && out.problems.is_empty();
    out
}

/// Decompresses by what the first bytes say; the media type is a claim.
fn decoder<'a>(raw: impl Read + 'a) -> Result<Box<dyn Read + 'a>, String> {
    let mut reader = BufReader::with_capacity(BUFFER, raw);
    // A short first read must not hide the magic number.
    let mut start = Vec::new();
    if let Err(error) = reader.by_ref().take(6).read_to_end(&mut start) {
        return Err(format!("cannot be read: {error}"));
    }
    let reader = io::Cursor::new(start.clone()).chain(reader);
    Ok(match Compression::of(&start) {
        Compression::None => Box::new(reader),
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(reader)),
        Compression::Zstd => {
            Box::new(zstd_decoder(reader).map_err(|error| format!("cannot be decompressed: {error}"))?)
        }
        Compression::Other(name) => return Err(format!("is compressed with {name}, which is not read")),
    })
}

fn zstd_decoder<'a>(reader: impl BufRead + 'a) -> io::Result<impl Read + 'a> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(reader)?;
    decoder.window_log_max(WINDOW_LOG_MAX)?;
    Ok(decoder)
}

/// What the beginning of a file says it is compressed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    None,
    Gzip,
    Zstd,
    Other(&'static str),
}

impl Compression {
    pub(crate) fn of(start: &[u8]) -> Self {
        match start {
            [0x1f, 0x8b, ..] => Self::Gzip,
            // A frame, or one of the 16 kinds that are to be skipped.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            [b'B', b'Z', b'h', ..] => Self::Other("bzip2"),
            [0xfd, b'7', b'z', b'X', b'Z', 0] => Self::Other("xz"),
            [0x04, 0x22, 0x4d, 0x18, ..] => Self::Other("lz4"),
            _ => Self::None,
        }
    }
}

/// Decompresses a whole file, for archives of images that are compressed themselves.
pub(crate) fn decompress<'a>(raw: impl Read + 'a) -> Result<Box<dyn Read + 'a>, String> {
    decoder(raw)
}
