//! Reads content files from where they are. Every read is bounded; only regular files are opened.
use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::Read,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{ContentError, ContentSource};

/// Largest content file, in bytes.
const FILE_MAX: u64 = 1 << 20;
/// Most files of all sources together.
const FILES_MAX: usize = 20_000;
/// Deepest directory.
const DEPTH_MAX: usize = 16;
/// `O_NONBLOCK` on Linux: a FIFO put in the place of a file between look and open does not hang us.
const O_NONBLOCK: i32 = 0o4000;

/// A content file.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    /// How errors name it.
    pub(crate) display: String,
    pub(crate) text: Arc<str>,
    pub(crate) embedded: bool,
}

/// Relative path (`checks/host/…`) to file, later sources over earlier ones.
pub(crate) fn read(sources: &[ContentSource<'_>], errors: &mut Vec<ContentError>) -> BTreeMap<String, SourceFile> {
    let mut files = BTreeMap::new();
    for source in sources {
        match source {
            ContentSource::Embedded(list) => {
                for (path, text) in list {
                    let file = SourceFile { display: path.to_string(), text: Arc::from(text.as_ref()), embedded: true };
                    files.insert(path.to_string(), file);
                }
            }
            ContentSource::Directory(root) => read_directory(root, &mut files, errors),
        }
    }
    files
}

fn read_directory(root: &Path, files: &mut BTreeMap<String, SourceFile>, errors: &mut Vec<ContentError>) {
    let shown = root.display().to_string();
    let canonical = match root.canonicalize() {
        Ok(path) => path,
        Err(e) => {
            errors.push(ContentError::file(shown, format!("cannot open the content directory: {e}")));
            return;
        }
    };
    let mut found = false;
    for area in ["checks", "baselines", "frameworks"] {
        let path = root.join(area);
        if !path.exists() {
            continue;
        }
        found = true;
        let mut walk = Walk { canonical: &canonical, files, errors };
        walk.directory(&path, area, 0);
    }
    if !found {
        errors.push(ContentError::file(
            shown,
            "holds none of `checks`, `baselines` and `frameworks`; expected a content directory",
        ));
    }
}

struct Walk<'a> {
    canonical: &'a Path,
    files: &'a mut BTreeMap<String, SourceFile>,
    errors: &'a mut Vec<ContentError>,
}

impl Walk<'_> {
    fn fail(&mut self, path: &Path, message: impl Into<String>) {
        self.errors.push(ContentError::file(path.display().to_string(), message));
    }

    fn directory(&mut self, path: &Path, relative: &str, depth: usize) {
        if depth > DEPTH_MAX {
            return self.fail(path, "lies deeper than 16 directories");
        }
        let mut entries: Vec<PathBuf> = match fs::read_dir(path) {
            Ok(entries) => entries.filter_map(|e| e.ok().map(|e| e.path())).take(FILES_MAX + 1).collect(),
            Err(e) => return self.fail(path, format!("cannot list the directory: {e}")),
        };
        entries.sort();
        for entry in entries {
            let Some(name) = entry.file_name().and_then(|n| n.to_str()) else {
                self.fail(&entry, "has a name that is not UTF-8");
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let relative = format!("{relative}/{name}");
            let kind = match entry.symlink_metadata() {
                Ok(metadata) => metadata.file_type(),
                Err(e) => {
                    self.fail(&entry, format!("cannot look at it: {e}"));
                    continue;
                }
            };
            if kind.is_dir() {
                self.directory(&entry, &relative, depth + 1);
            } else if name.ends_with(".yml") {
                self.fail(&entry, "ends in `.yml`; expected `.yaml`");
            } else if name.ends_with(".rego") || name.ends_with(".yaml") {
                self.file(&entry, relative, kind.is_symlink());
            }
        }
    }

    fn file(&mut self, path: &Path, relative: String, symlink: bool) {
        if symlink {
            match path.canonicalize() {
                Ok(target) if target.starts_with(self.canonical) => {}
                Ok(_) => return self.fail(path, "is a symbolic link that leaves the content directory"),
                Err(e) => return self.fail(path, format!("is a symbolic link that cannot be followed: {e}")),
            }
        }
        match read_file(path) {
            Ok(text) => {
                if self.files.len() >= FILES_MAX && !self.files.contains_key(&relative) {
                    return self.fail(path, "is one file too many: at most 20,000 are read");
                }
                let file = SourceFile { display: path.display().to_string(), text: text.into(), embedded: false };
                self.files.insert(relative, file);
            }
            Err(message) => self.fail(path, message),
        }
    }
}

/// Reads a regular file of at most 1 MiB of UTF-8.
pub(crate) fn read_file(path: &Path) -> Result<String, String> {
    // A device may act on being opened, so its type is looked at first; the open file is looked at again.
    let regular = |m: &fs::Metadata| m.file_type().is_file();
    let before = fs::metadata(path).map_err(|e| format!("cannot look at it: {e}"))?;
    if !regular(&before) {
        return Err("is not a regular file".into());
    }
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(O_NONBLOCK)
        .open(path)
        .map_err(|e| format!("cannot open it: {e}"))?;
    let metadata = file.metadata().map_err(|e| format!("cannot look at it: {e}"))?;
    if !regular(&metadata) {
        return Err("is not a regular file".into());
    }
    let mut bytes = Vec::new();
    file.take(FILE_MAX + 1).read_to_end(&mut bytes).map_err(|e| format!("cannot read it: {e}"))?;
    if bytes.len() as u64 > FILE_MAX {
        return Err("is larger than 1 MiB".into());
    }
    String::from_utf8(bytes).map_err(|e| format!("is not UTF-8: byte {}", e.utf8_error().valid_up_to()))
}
