//! Puts the archive of a layer together again from what tar-split kept of it (headers and padding) and the files that
//! were unpacked (<https://github.com/vbatts/tar-split>). What comes out has the layer's diff id, or the store was changed.
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    os::fd::OwnedFd,
    path::Path,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use rustix::fs::{Mode, OFlags};
use serde::Deserialize;

use crate::path;

/// Bytes of one line: it holds at most a header with its long names.
const LINE_MAX: u64 = 16 << 20;

/// One line of the list.
#[derive(Debug, Deserialize)]
struct Segment {
    /// 1: the bytes of a file. 2: bytes as they stood in the archive.
    #[serde(rename = "type")]
    kind: u8,
    #[serde(default)]
    name: Option<String>,
    /// A name that is not UTF-8, in base64.
    #[serde(default)]
    name_raw: Option<String>,
    #[serde(default)]
    size: Option<u64>,
    #[serde(default)]
    payload: Option<String>,
}

/// Files that were unpacked, by name.
pub(crate) trait Unpacked: Send {
    fn open(&self, path: &str, raw: &[u8]) -> io::Result<Box<dyn Read + Send>>;
}

/// Directories of which the first that has the file is taken; no link is followed on the way.
pub(crate) struct Directories(Vec<OwnedFd>);

impl Directories {
    pub(crate) fn open(paths: &[&Path]) -> io::Result<Self> {
        let open = |path: &&Path| {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            rustix::fs::open(*path, flags, Mode::empty()).map_err(io::Error::from)
        };
        Ok(Self(paths.iter().map(open).collect::<io::Result<_>>()?))
    }
}

impl Unpacked for Directories {
    fn open(&self, _: &str, raw: &[u8]) -> io::Result<Box<dyn Read + Send>> {
        let parts = raw.split(|b| *b == b'/').filter(|part| !matches!(*part, b"" | b"."));
        let parts: Vec<&[u8]> = parts.collect();
        if parts.contains(&&b".."[..]) {
            return Err(io::Error::other("its name leads out of the layer"));
        }
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for directory in &self.0 {
            match beneath(directory, &parts) {
                Ok(file) => return Ok(Box::new(file)),
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

/// Opens step by step without following links: links of an image are the image's.
fn beneath(root: &OwnedFd, parts: &[&[u8]]) -> io::Result<File> {
    let (last, directories) = parts.split_last().ok_or(io::ErrorKind::IsADirectory)?;
    let step = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut held: Option<OwnedFd> = None;
    for part in directories {
        held = Some(rustix::fs::openat(held.as_ref().unwrap_or(root), *part, step, Mode::empty())?);
    }
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = File::from(rustix::fs::openat(held.as_ref().unwrap_or(root), *last, flags, Mode::empty())?);
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is no regular file")) }
}

/// The archive, put together as it is read.
pub(crate) struct TarSplit<R> {
    list: BufReader<R>,
    files: Box<dyn Unpacked>,
    now: Part,
    /// Files that could not be read, and what was wrong with the first.
    unread: Option<(u64, String)>,
}

enum Part {
    Between,
    Bytes(Cursor<Vec<u8>>),
    File { body: Box<dyn Read + Send>, left: u64, name: String },
}

impl<R: Read> TarSplit<R> {
    /// `list`: the lines, decompressed.
    pub(crate) fn new(list: R, files: Box<dyn Unpacked>) -> Self {
        Self { list: BufReader::new(list), files, now: Part::Between, unread: None }
    }

    /// The next part; false at the end of the list.
    fn advance(&mut self) -> io::Result<bool> {
        let mut line = Vec::new();
        let n = self.list.by_ref().take(LINE_MAX).read_until(b'\n', &mut line)?;
        if n == 0 {
            // Told at the end, so that all that could be read was.
            return match self.unread.take() {
                None => Ok(false),
                Some((count, first)) => Err(io::Error::other(format!(
                    "{count} of its files could not be read and count as zeros, the first {first}"
                ))),
            };
        }
        if n as u64 == LINE_MAX {
            return Err(io::Error::other(format!("limit tar_split.line is {LINE_MAX} bytes")));
        }
        if line.trim_ascii().is_empty() {
            return Ok(true);
        }
        let bad = |why: &str| io::Error::other(format!("the list of what was unpacked is damaged: {why}"));
        let segment: Segment = serde_json::from_slice(&line).map_err(|error| bad(&error.to_string()))?;
        let decode = |text: Option<&str>| STANDARD.decode(text.unwrap_or_default()).map_err(|_| bad("no base64"));
        self.now = match segment.kind {
            2 => Part::Bytes(Cursor::new(decode(segment.payload.as_deref())?)),
            1 => match segment.size.unwrap_or(0) {
                // A file without bytes, a link or a directory: its header said all.
                0 => Part::Between,
                size => {
                    let raw = match &segment.name_raw {
                        Some(raw) => decode(Some(raw.as_str()))?,
                        None => segment.name.clone().unwrap_or_default().into_bytes(),
                    };
                    let name = path::clean(&raw).path;
                    let body = match self.files.open(&name, &raw) {
                        Ok(body) => body,
                        Err(error) => {
                            // Another user's file, in a store of rootless podman: the others are of use without it.
                            let shown: String = name.chars().take(200).collect();
                            let first = || (0, format!("`{}`: {error}", shown.escape_debug()));
                            self.unread.get_or_insert_with(first).0 += 1;
                            Box::new(io::repeat(0))
                        }
                    };
                    Part::File { body, left: size, name }
                }
            },
            other => return Err(bad(&format!("a part of type {other}"))),
        };
        Ok(true)
    }
}

impl<R: Read> Read for TarSplit<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        loop {
            let n = match &mut self.now {
                Part::Between => 0,
                Part::Bytes(bytes) => bytes.read(buf)?,
                Part::File { body, left, name } => {
                    let most = usize::try_from(*left).unwrap_or(usize::MAX).min(buf.len());
                    let n = body.read(buf.get_mut(..most).unwrap_or_default())?;
                    *left -= n as u64;
                    if n == 0 && *left > 0 {
                        return Err(io::Error::other(format!(
                            "`{name}` has {left} bytes less than when it was unpacked"
                        )));
                    }
                    n
                }
            };
            if n > 0 {
                return Ok(n);
            }
            self.now = Part::Between;
            if !self.advance()? {
                return Ok(0);
            }
        }
    }
}

/// For the table of fuzz targets: each file is as long as asked, up to a little.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn tar_split_fuzz(bytes: &[u8]) -> usize {
    struct Zeros;
    impl Unpacked for Zeros {
        fn open(&self, _: &str, _: &[u8]) -> io::Result<Box<dyn Read + Send>> {
            Ok(Box::new(io::repeat(0).take(1000)))
        }
    }
    let tar = TarSplit::new(bytes, Box::new(Zeros));
    io::copy(&mut tar.take(1 << 20), &mut io::sink()).map_or(0, |_| 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(list: &str, directory: &Path) -> (Vec<u8>, Result<(), String>) {
        let files = Directories::open(&[directory]).unwrap();
        let mut out = Vec::new();
        let result = TarSplit::new(list.as_bytes(), Box::new(files)).read_to_end(&mut out);
        (out, result.map(drop).map_err(|error| error.to_string()))
    }

    #[test]
    fn an_archive_is_put_together_from_its_list_and_its_files() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join("d")).unwrap();
        std::fs::write(directory.path().join("d/f"), "12345").unwrap();
        std::os::unix::fs::symlink("d", directory.path().join("l")).unwrap();
        let file =
            |name: &str, size: u64| format!("{{\"type\":1,\"name\":\"{name}\",\"size\":{size},\"position\":1}}\n");
        let head = "{\"type\":2,\"payload\":\"YWI=\"}\n";
        let raw = "{\"type\":1,\"name_raw\":\"ZC9m\",\"size\":5}\n";
        for (list, want, error, why) in [
            (format!("{head}{}{head}", file("./d/f", 5)), "ab12345ab", "", "a file between two headers"),
            (format!("{}{head}", file("d/f", 3)), "123ab", "", "a file that has grown: its digest will tell"),
            (raw.to_owned(), "12345", "", "a name that is not UTF-8 is in base64"),
            (format!("{}{}", file("d/f", 0), file("gone", 0)), "", "", "nothing is opened for what has no bytes"),
            (file("d/f", 6), "12345", "has 1 bytes less than when it was unpacked", "a file that has shrunk"),
            (
                format!("{}{head}{}", file("gone", 2), file("also", 1)),
                "\0\0ab\0",
                "2 of its files could not be read and count as zeros, the first `/gone`: No such file",
                "files that are gone",
            ),
            (file("l/f", 1), "\0", "1 of its files could not be read", "no link is followed"),
            (file("../x", 1), "\0", "its name leads out of the layer", "no way out"),
            ("{\"type\":3}\n".into(), "", "a part of type 3", "an unknown part"),
            ("{\"type\":2,\"payload\":\"!\"}".into(), "", "no base64", "no base64"),
            ("nonsense".into(), "", "is damaged", "no JSON"),
        ] {
            let (bytes, result) = whole(&list, directory.path());
            assert_eq!(String::from_utf8_lossy(&bytes), want, "{why}");
            match result {
                Ok(()) => assert_eq!(error, "", "{why}"),
                Err(text) => assert!(!error.is_empty() && text.contains(error), "{why}: {text}"),
            }
        }
    }
}
