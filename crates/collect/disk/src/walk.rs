use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
    sync::Arc,
};

use casemate_collect_software::{DirectoryOptions, Entry, EntryKind, Facts, read, wants};
use casemate_estate::Problem;

use crate::filesystem::{self, FileBody, FileSystem, Node, NodeKind};

/// Entries of one disk.
const ENTRIES_MAX: u64 = 20_000_000;
/// Levels of directories.
const DEPTH_MAX: usize = 256;
/// Names of one file that are each read; a file has as many names as it has hard links.
const NAMES_MAX: u32 = 256;
/// Entries from one word on progress to the next.
const PROGRESS_EVERY: u64 = 2_048;

/// Facts of one file, under its path.
pub(crate) type Found = (String, Option<String>, Facts);

/// What is walked, one file system after the other.
pub(crate) struct Walk<'a> {
    /// Look for secrets too.
    pub(crate) secrets: bool,
    /// Where other file systems are mounted: what lies below these on this one is hidden.
    pub(crate) mounts: &'a HashSet<String>,
    /// Called from time to time.
    pub(crate) progress: &'a dyn Fn(),
    /// Entries that may still come.
    pub(crate) left: u64,
    /// What was found.
    pub(crate) found: Vec<Found>,
}

struct Frame {
    number: u64,
    /// Without a `/` at the end.
    path: String,
    names: std::vec::IntoIter<(Vec<u8>, u64)>,
}

pub(crate) fn problem(path: &str, reason: impl Into<String>, incomplete: bool) -> Found {
    let path = if path.is_empty() { "/" } else { path };
    let problem = Problem { path: path.to_owned(), reason: reason.into(), incomplete };
    (path.to_owned(), None, Facts { problems: vec![problem], ..Facts::default() })
}

impl<'a> Walk<'a> {
    pub(crate) fn new(secrets: bool, mounts: &'a HashSet<String>, progress: &'a dyn Fn()) -> Self {
        Self { secrets, mounts, progress, left: ENTRIES_MAX, found: Vec::new() }
    }

    /// Walks a file system whose root is at `at`, in the order of names.
    pub(crate) fn system(&mut self, system: &Arc<dyn FileSystem>, at: &str) {
        let mut seen = HashSet::from([system.root()]);
        // How often each file was read.
        let mut reads: HashMap<u64, u32> = HashMap::new();
        let mut stack = vec![self.list(system, system.root(), at.to_owned())];
        while let Some(frame) = stack.last_mut() {
            let Some((name, number)) = frame.names.next() else {
                stack.pop();
                continue;
            };
            let Some(left) = self.left.checked_sub(1) else {
                let reason = format!("limit disk.entries is {ENTRIES_MAX}: the rest was not looked at");
                self.found.push(problem(at, reason, true));
                break;
            };
            self.left = left;
            if left.is_multiple_of(PROGRESS_EVERY) {
                (self.progress)();
            }
            let path = format!("{}/{}", frame.path, String::from_utf8_lossy(&name));
            let parent = frame.number;
            let node = match system.node(number) {
                Ok(node) => node,
                Err(fault) => {
                    self.found.push(problem(&path, format!("cannot read its inode: {fault}"), true));
                    continue;
                }
            };
            match node.kind {
                NodeKind::Directory => {
                    self.entry(&entry(&path, &node, EntryKind::Directory));
                    if self.mounts.contains(&path) {
                        continue;
                    }
                    if DirectoryOptions::is_image_store(&path) {
                        let reason = "files of images were left out\nhint: scan images by `casemate scan image`";
                        self.found.push(problem(&path, reason, false));
                        continue;
                    }
                    if stack.len() >= DEPTH_MAX {
                        let reason = format!("limit disk.depth is {DEPTH_MAX}: what is below was not looked at");
                        self.found.push(problem(&path, reason, true));
                        continue;
                    }
                    if !seen.insert(number) {
                        let reason = format!("directory inode {number} has a second place, in inode {parent}: damaged");
                        self.found.push(problem(&path, reason, true));
                        continue;
                    }
                    let next = self.list(system, number, path);
                    stack.push(next);
                }
                NodeKind::Link => match filesystem::link(system, number) {
                    Ok(to) => self.entry(&entry(&path, &node, EntryKind::Link(to))),
                    Err(fault) => self.found.push(problem(&path, format!("cannot read the link: {fault}"), false)),
                },
                NodeKind::File => self.file(system, &entry(&path, &node, EntryKind::File), number, &mut reads),
                NodeKind::Other => self.entry(&entry(&path, &node, EntryKind::Other)),
            }
        }
        for (reason, incomplete) in system.problems() {
            self.found.push(problem(at, reason, incomplete));
        }
    }

    fn list(&mut self, system: &Arc<dyn FileSystem>, number: u64, path: String) -> Frame {
        let mut names = Vec::new();
        // One more than may come, so that the limit is met and named.
        let most = self.left.saturating_add(1);
        let listed = system.directory(number, &mut |name, number| {
            names.push((name.to_vec(), number));
            if names.len() as u64 > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if let Err(fault) = listed {
            self.found.push(problem(&path, format!("cannot list all of it: {fault}"), true));
        }
        names.sort_unstable();
        Frame { number, path, names: names.into_iter() }
    }

    /// What an entry is by itself.
    fn entry(&mut self, entry: &Entry) {
        let facts = read(entry, None, self.secrets);
        self.push(entry, facts);
    }

    fn push(&mut self, entry: &Entry, facts: Facts) {
        if !facts.is_empty() {
            self.found.push((entry.path.clone(), None, facts));
        }
    }

    fn file(&mut self, system: &Arc<dyn FileSystem>, entry: &Entry, number: u64, reads: &mut HashMap<u64, u32>) {
        if wants(entry, self.secrets).is_none() {
            return self.entry(entry);
        }
        let count = reads.entry(number).or_insert(0);
        *count += 1;
        if *count > NAMES_MAX {
            if *count == NAMES_MAX + 1 {
                let reason = format!("limit disk.names is {NAMES_MAX}: the file was not read again under more names");
                self.found.push(problem(&entry.path, reason, false));
            }
            return self.entry(entry);
        }
        match FileBody::open(Arc::clone(system), number) {
            Ok(mut body) => {
                let facts = read(entry, Some(&mut body), self.secrets);
                self.push(entry, facts);
            }
            Err(fault) => {
                self.entry(entry);
                let incomplete = wants(entry, false).is_some();
                self.found.push(problem(&entry.path, format!("cannot read it: {fault}"), incomplete));
            }
        }
    }
}

fn entry(path: &str, node: &Node, kind: EntryKind) -> Entry {
    Entry { path: path.to_owned(), kind, mode: node.mode, uid: node.uid, gid: node.gid, size: node.size }
}
