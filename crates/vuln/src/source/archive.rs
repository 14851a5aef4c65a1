//! What publishers pack their documents in: gzip, zstd, zip, tar. Unpacked as a stream, within limits.
use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read},
};

/// Entries of an archive. OSV's largest has about 220,000.
const ENTRIES_MAX: usize = 4_000_000;
/// Bytes that come out for each byte that goes in: JSON packs twentyfold, a bomb a thousandfold.
const RATIO_MAX: u64 = 200;
/// Bytes that may come out however small the archive is.
const UNPACKED_MIN: u64 = 64 << 20;
const UNPACKED_MAX: u64 = 64 << 30;
/// Bytes of an entry's name.
const NAME_MAX: usize = 1024;
/// Memory for zstd's window: 128 MiB.
const WINDOW_LOG_MAX: u32 = 27;

/// How something is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Gzip,
    Zstd,
    Zip,
    Tar,
}

/// The container that begins so.
pub(crate) fn container(head: &[u8]) -> Option<Container> {
    if head.starts_with(&[0x1f, 0x8b]) {
        return Some(Container::Gzip);
    }
    if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Some(Container::Zstd);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(Container::Zip);
    }
    (head.get(257..262) == Some(b"ustar")).then_some(Container::Tar)
}

/// Takes an entry: its name, none where the file is one compressed document.
type Visit<'a> = &'a mut dyn FnMut(Option<&str>, &mut dyn Read) -> io::Result<()>;

/// Calls `visit` with each document of a packed file of `size` bytes.
pub(crate) fn each(container: Container, file: File, size: u64, visit: Visit<'_>) -> io::Result<()> {
    let limit = size.saturating_mul(RATIO_MAX).clamp(UNPACKED_MIN, UNPACKED_MAX);
    let file = BufReader::with_capacity(256 << 10, file);
    match container {
        Container::Zip => zip_each(file, limit, visit),
        Container::Tar => tar_each(Limited::new(file, limit), visit),
        Container::Gzip => stream(Limited::new(flate2::bufread::MultiGzDecoder::new(file), limit), visit),
        Container::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(file)?;
            decoder.window_log_max(WINDOW_LOG_MAX)?;
            stream(Limited::new(decoder, limit), visit)
        }
    }
}

/// A compressed document, or a compressed tar.
fn stream(mut unpacked: impl Read, visit: Visit<'_>) -> io::Result<()> {
    let mut head = Vec::new();
    (&mut unpacked).take(512).read_to_end(&mut head)?;
    let is_tar = container(&head) == Some(Container::Tar);
    let mut whole = Cursor::new(head).chain(unpacked);
    if is_tar { tar_each(whole, visit) } else { visit(None, &mut whole) }
}

fn tar_each(reader: impl Read, visit: Visit<'_>) -> io::Result<()> {
    let mut archive = tar::Archive::new(reader);
    for (count, entry) in archive.entries()?.enumerate() {
        if count >= ENTRIES_MAX {
            return Err(too_many());
        }
        let mut entry = entry?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if is_visible(&name) {
            visit(Some(&name), &mut entry)?;
        }
    }
    Ok(())
}

fn zip_each(file: BufReader<File>, limit: u64, visit: Visit<'_>) -> io::Result<()> {
    let mut archive = zip::ZipArchive::new(file).map_err(io::Error::other)?;
    if archive.len() > ENTRIES_MAX {
        return Err(too_many());
    }
    let mut left = limit;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(io::Error::other)?;
        if !entry.is_file() || !is_visible(entry.name()) {
            continue;
        }
        let name = entry.name().to_owned();
        let mut entry = Limited::new(entry, left);
        visit(Some(&name), &mut entry)?;
        left = entry.left;
    }
    Ok(())
}

fn too_many() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("more than {ENTRIES_MAX} entries"))
}

/// Hidden files are notes of tools; longer names are no publisher's.
fn is_visible(name: &str) -> bool {
    name.len() <= NAME_MAX && !name.split('/').any(|part| part.starts_with('.') && part != "." && part != "..")
}

/// Refuses to give more than a number of bytes.
pub(crate) struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R> Limited<R> {
    pub(crate) fn new(inner: R, limit: u64) -> Self {
        Self { inner, left: limit }
    }
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "unpacks to far more than such a file holds: not unpacked further")
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(too_large)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(bytes: &[u8]) -> (File, u64) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        io::Seek::rewind(&mut file).unwrap();
        (file, bytes.len() as u64)
    }

    fn read(bytes: &[u8]) -> io::Result<Vec<(Option<String>, usize)>> {
        let kind = container(bytes).expect("a container");
        let (file, size) = packed(bytes);
        let mut seen = Vec::new();
        each(kind, file, size, &mut |name, input| {
            let read = io::copy(input, &mut io::sink())?;
            seen.push((name.map(str::to_owned), read as usize));
            Ok(())
        })?;
        Ok(seen)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn tar() -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for name in ["a.json", ".hidden/b.json"] {
            let mut header = tar::Header::new_ustar();
            header.set_size(2);
            header.set_cksum();
            builder.append_data(&mut header, name, &b"{}"[..]).unwrap();
        }
        builder.into_inner().unwrap()
    }

    #[test]
    fn every_container() {
        let named = vec![(Some("a.json".to_owned()), 2)];
        assert_eq!(read(&gzip(b"hello")).unwrap(), [(None, 5)]);
        assert_eq!(read(&zstd::encode_all(&b"hello"[..], 1).unwrap()).unwrap(), [(None, 5)]);
        assert_eq!(read(&tar()).unwrap(), named);
        assert_eq!(read(&gzip(&tar())).unwrap(), named);
        assert_eq!(read(&zstd::encode_all(&tar()[..], 1).unwrap()).unwrap(), named);
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a.json", ".hidden/b.json"] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"{}").unwrap();
        }
        assert_eq!(read(&zip.finish().unwrap().into_inner()).unwrap(), named);
        assert_eq!(container(b"{}"), None);
    }

    #[test]
    fn bombs_and_cuts_are_errors() {
        let bomb = gzip(&vec![0; (UNPACKED_MIN + 1) as usize]);
        assert!(read(&bomb).unwrap_err().to_string().contains("not unpacked further"), "{} bytes", bomb.len());
        for whole in [gzip(&[1; 5000]), zstd::encode_all(&[1; 5000][..], 1).unwrap()] {
            assert!(read(&whole[..whole.len() - 5]).is_err(), "cut");
        }
        assert!(read(b"PK\x03\x04nothing").is_err());
    }
}
