//! Files below a directory.
use std::{
    io,
    path::{Path, PathBuf},
};

/// Files below one directory.
const FILES_MAX: usize = 4_000_000;
const DEPTH_MAX: usize = 32;

/// A file, its name relative to where the search began (with `/`), and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    pub(crate) key: String,
    pub(crate) size: u64,
}

/// All regular files below `root`, sorted by name, and what could not be read. Hidden ones and links are left out; `root`
/// itself may be a link, or a file.
pub(crate) fn files_below(root: &Path) -> io::Result<(Vec<Found>, Vec<String>)> {
    let metadata = std::fs::metadata(root)?;
    let mut files = Vec::new();
    let mut problems = Vec::new();
    if metadata.is_file() {
        let key = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push(Found { path: root.to_owned(), key, size: metadata.len() });
        return Ok((files, problems));
    }
    let mut open = vec![(root.to_owned(), String::new(), 0)];
    while let Some((directory, prefix, depth)) = open.pop() {
        let entries = match std::fs::read_dir(&directory) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(error),
            Err(error) => {
                problems.push(format!("{}: {error}", directory.display()));
                continue;
            }
        };
        for entry in entries {
            let kind = entry.and_then(|entry| Ok((entry.file_type()?, entry)));
            let (kind, entry) = match kind {
                Ok(found) => found,
                Err(error) => {
                    problems.push(format!("{}: {error}", directory.display()));
                    continue;
                }
            };
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            let key = if prefix.is_empty() { name.into_owned() } else { format!("{prefix}/{name}") };
            if kind.is_dir() {
                if depth >= DEPTH_MAX {
                    problems.push(format!("{}: more than {DEPTH_MAX} directories deep", entry.path().display()));
                } else {
                    open.push((entry.path(), key, depth + 1));
                }
            } else if kind.is_file() {
                if files.len() >= FILES_MAX {
                    return Err(io::Error::other(format!("more than {FILES_MAX} files")));
                }
                // A file that is gone by now is named when it is opened.
                let size = entry.metadata().map_or(0, |metadata| metadata.len());
                files.push(Found { path: entry.path(), key, size });
            }
        }
    }
    files.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    Ok((files, problems))
}
