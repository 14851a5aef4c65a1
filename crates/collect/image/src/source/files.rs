use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::fs::{Mode, OFlags};

use crate::{
    ImageError, Limits, Options, path,
    stream::{self, Compression},
    tar::{Kind, Tar, TarError},
};

/// Entries of an archive of an image: few files, each large.
const ENTRIES_MAX: u64 = 100_000;
/// Links from one name of an archive to the next.
const LINKS_MAX: usize = 8;

/// Files by name: a directory, or an archive of one.
pub(crate) enum Files {
    Directory(PathBuf),
    Archive(Archive),
}

pub(crate) struct Archive {
    path: String,
    file: Arc<File>,
    entries: BTreeMap<String, Slot>,
}

enum Slot {
    /// Where its bytes are.
    At(u64, u64),
    Link(String),
}

/// Opens a directory, or an archive that may be compressed with gzip or zstd.
pub(crate) fn open(path: &Path, options: &Options) -> Result<Files, ImageError> {
    let shown = path.display().to_string();
    let error = |source| match io::Error::kind(&source) {
        io::ErrorKind::NotFound => ImageError::Missing {
            reference: shown.clone(),
            place: "the file system".into(),
            why: "there is no such file or directory".into(),
            hint: "name an OCI layout, or an archive of one, or what `docker save` wrote".into(),
        },
        _ => ImageError::io(&shown, source),
    };
    if std::fs::metadata(path).map_err(error)?.is_dir() {
        return Ok(Files::Directory(path.to_owned()));
    }
    let mut file = file_open(path).map_err(error)?;
    let mut start = Vec::new();
    (&file).take(6).read_to_end(&mut start).map_err(error)?;
    file.rewind().map_err(error)?;
    if Compression::of(&start) != Compression::None {
        file = decompressed(file, &shown, &options.limits)?;
    }
    let entries = index(&file).map_err(|error| ImageError::document("the archive", &shown, error.to_string()))?;
    Ok(Files::Archive(Archive { path: shown, file: Arc::new(file), entries }))
}

/// Opens a regular file, and waits for nothing: a pipe in its place is an error.
pub(crate) fn file_open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is no regular file")) }
}

/// The decompressed bytes, in a temporary file without a name: the layers in it are sought.
fn decompressed(file: File, shown: &str, limits: &Limits) -> Result<File, ImageError> {
    let stored = file.metadata().map_or(0, |metadata| metadata.len());
    let fail = |why: String| ImageError::document("the archive", shown, why);
    let mut from = stream::decompress(file).map_err(fail)?;
    let mut to = tempfile::tempfile().map_err(|error| ImageError::io("a temporary file", error))?;
    let mut buffer = vec![0; 256 << 10];
    let mut count = 0_u64;
    loop {
        let n = from.read(&mut buffer).map_err(|error| fail(format!("it breaks off after {count} bytes: {error}")))?;
        if n == 0 {
            break;
        }
        count += n as u64;
        if count > limits.layer_bytes {
            return Err(fail(format!("limit layers.layer_bytes is {}", limits.layer_bytes)));
        }
        if count.saturating_sub(64 << 20) > stored.saturating_mul(limits.ratio) {
            return Err(fail(format!("limit layers.ratio is {}: {stored} bytes became {count}", limits.ratio)));
        }
        to.write_all(buffer.get(..n).unwrap_or_default()).map_err(|error| ImageError::io("a temporary file", error))?;
    }
    to.rewind().map_err(|error| ImageError::io("a temporary file", error))?;
    Ok(to)
}

fn index(file: &File) -> Result<BTreeMap<String, Slot>, TarError> {
    let length = file.metadata().map_err(|source| TarError::Read { at: 0, source })?.len();
    let mut out = BTreeMap::new();
    let mut tar = Tar::new(file);
    let mut entries = 0;
    while let Some(header) = tar.next_seeking()? {
        entries += 1;
        if entries > ENTRIES_MAX {
            let at = tar.position();
            return Err(TarError::Limit { limit: "archive.entries", most: ENTRIES_MAX, have: entries, at });
        }
        let name = path::clean(&header.path).path;
        let parent = name.rsplit_once('/').map_or("", |(parent, _)| parent);
        let slot = match header.kind {
            Kind::File if header.is_plain() => {
                if header.data.saturating_add(header.size) > length {
                    return Err(TarError::Truncated { at: length, within: "the data of an entry" });
                }
                Slot::At(header.data, header.size)
            }
            Kind::HardLink => Slot::Link(path::clean(&header.link).path),
            Kind::SymbolicLink if header.link.starts_with(b"/") => Slot::Link(path::clean(&header.link).path),
            Kind::SymbolicLink => {
                let joined = [parent.as_bytes(), b"/", header.link.as_slice()].concat();
                Slot::Link(path::clean(&joined).path)
            }
            _ => continue,
        };
        out.insert(name, slot);
    }
    Ok(out)
}

impl Files {
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Directory(path) => path.display().to_string(),
            Self::Archive(archive) => archive.path.clone(),
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        matches!(self.open(name), Ok(Some(_)))
    }

    /// The file of this name and its size; none where there is none.
    pub(crate) fn open(&self, name: &str) -> io::Result<Option<(Box<dyn Read + Send>, u64)>> {
        let clean = path::clean(name.as_bytes());
        if clean.escapes {
            return Err(io::Error::other("its name leads out of the image"));
        }
        match self {
            Self::Directory(root) => {
                // The name is relative and holds no `..`.
                match file_open(&root.join(clean.path.trim_start_matches('/'))) {
                    Ok(file) => {
                        let length = file.metadata()?.len();
                        Ok(Some((Box::new(file), length)))
                    }
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(error),
                }
            }
            Self::Archive(archive) => {
                let mut name = clean.path.as_str();
                for _ in 0..=LINKS_MAX {
                    match archive.entries.get(name) {
                        None => return Ok(None),
                        Some(Slot::Link(to)) => name = to,
                        Some(Slot::At(at, size)) => {
                            let file = Arc::clone(&archive.file);
                            return Ok(Some((Box::new(Slice { file, at: *at, left: *size }), *size)));
                        }
                    }
                }
                Err(io::Error::other("links in the archive lead in a circle"))
            }
        }
    }

    /// As [`Files::open`]; what is not there is an error.
    pub(crate) fn open_known(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), ImageError> {
        let shown = || format!("{}: {}", self.place(), name.chars().take(200).collect::<String>().escape_debug());
        match self.open(name) {
            Ok(Some(found)) => Ok(found),
            Ok(None) => Err(ImageError::io(shown(), io::ErrorKind::NotFound.into())),
            Err(error) => Err(ImageError::io(shown(), error)),
        }
    }
}

/// Part of a file, read at its own place, so that several threads may share the file.
struct Slice {
    file: Arc<File>,
    at: u64,
    left: u64,
}

impl Read for Slice {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buf.len());
        let n = self.file.read_at(buf.get_mut(..most).unwrap_or_default(), self.at)?;
        self.at += n as u64;
        self.left -= n as u64;
        Ok(n)
    }
}

impl<R: Read + Seek> Tar<R> {
    /// As [`Tar::next`], but leaps over data.
    fn next_seeking(&mut self) -> Result<Option<crate::tar::Header>, TarError> {
        let far = self.leap();
        if far > 0 {
            let at = self.position();
            let far = i64::try_from(far).map_err(|_| TarError::Truncated { at, within: "the data of an entry" })?;
            self.inner_mut().seek(SeekFrom::Current(far)).map_err(|source| TarError::Read { at, source })?;
        }
        self.next()
    }
}
