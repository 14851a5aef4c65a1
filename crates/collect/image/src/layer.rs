use std::collections::{BTreeMap, HashMap, VecDeque};

use casemate_collect_software::{Entry, EntryKind, Facts};
use casemate_estate::Problem;
use serde::{Deserialize, Serialize};

use crate::{
    Limits,
    digest::path_hash,
    path,
    spool::Spool,
    stream::{self, Archive, Given},
    tar::{CopyError, Header, Kind, TarError},
};

/// Bytes of one file that are put by for its readers; larger ones are a problem.
const FILE_MAX: u64 = 4 << 30;
/// Bytes of files that are kept for hard links that may follow.
const KEPT_MAX: usize = 32 << 20;
/// Files that prove something.
const FACTS_MAX: usize = 500_000;
/// Hard links to lower layers.
const LINKS_MAX: usize = 10_000;
/// Problems that are told one by one.
const PROBLEMS_MAX: usize = 200;

/// What a layer proves by itself, whichever image it is part of. Kept in the cache.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct LayerFacts {
    /// Entries.
    pub(crate) entries: u64,
    /// Decompressed bytes.
    pub(crate) bytes: u64,
    /// By path, in that order.
    pub(crate) facts: Vec<(String, Facts)>,
    /// [`path_hash`] of all that is no directory; sorted, as the next three.
    pub(crate) files: Vec<u64>,
    /// Of directories.
    pub(crate) directories: Vec<u64>,
    /// Of what it deletes from the layers below.
    pub(crate) whiteouts: Vec<u64>,
    /// Of directories whose content it deletes from the layers below.
    pub(crate) opaques: Vec<u64>,
    /// Hard links to files that lie in no entry before: path and where it leads.
    pub(crate) links: Vec<(String, String)>,
    /// What could not be understood.
    pub(crate) problems: Vec<Problem>,
}

/// A layer that was read.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    pub(crate) facts: LayerFacts,
    /// What kept it from being read whole, each a sentence.
    pub(crate) broken: Vec<String>,
    /// Its archive has the digest that the configuration says, and was read to its end.
    pub(crate) verified: bool,
}

/// What is remembered of a path of this layer.
#[derive(Debug, Clone, Copy)]
struct Seen {
    directory: bool,
    /// The entry that has its bytes, where it is a regular file.
    body: Option<u64>,
    mode: u32,
    uid: u32,
    gid: u32,
    size: u64,
    head: Head,
    /// The last entry at which the path was no directory; 0 where it never was.
    leaf: u64,
}

/// The first eight bytes of a file; none where they are not known.
type Head = Option<[u8; 8]>;

/// A hard link whose bytes have gone by.
struct Pending {
    body: u64,
    entry: Entry,
    index: u64,
}

struct Reading<'a> {
    secrets: bool,
    limits: &'a Limits,
    out: LayerFacts,
    index: u64,
    seen: HashMap<u64, Seen>,
    /// With the entry that proved it.
    facts: BTreeMap<String, (u64, Facts)>,
    kept: VecDeque<(u64, Vec<u8>)>,
    kept_bytes: usize,
    /// By the link's path.
    pending: HashMap<u64, Pending>,
    problems: u64,
}

/// Reads a layer. Never fails: what stops it is told, and what was read until then is kept.
pub(crate) fn read(given: &Given<'_>, secrets: bool, limits: &Limits) -> Layer {
    let mut reading = Reading {
        secrets,
        limits,
        out: LayerFacts::default(),
        index: 0,
        seen: HashMap::new(),
        facts: BTreeMap::new(),
        kept: VecDeque::new(),
        kept_bytes: 0,
        pending: HashMap::new(),
        problems: 0,
    };
    let done = stream::read(given, *limits, &mut |tar| {
        while let Some(header) = tar.next()? {
            reading.entry(tar, &header)?;
        }
        Ok(())
    });
    let mut broken = done.problems;
    let mut verified = done.verified;
    // A layer that is not what it says is not worth a second look.
    if broken.is_empty() && !reading.pending.is_empty() {
        let again = Given { progress: &|_| {}, ..*given };
        let done = reading.second_pass(&again);
        verified &= done.problems.is_empty();
        broken.extend(done.problems);
    }
    for (_, link) in std::mem::take(&mut reading.pending) {
        reading.problem(&link.entry.path, "a hard link whose file could not be read again", true);
    }
    let mut facts = reading.finish();
    facts.bytes = done.bytes;
    Layer { facts, broken, verified }
}

impl Seen {
    fn of(header: &Header) -> Self {
        let Header { mode, uid, gid, size, .. } = *header;
        Self { directory: header.kind == Kind::Directory, body: None, mode, uid, gid, size, head: None, leaf: 0 }
    }
}

impl Reading<'_> {
    fn problem(&mut self, path: &str, reason: impl Into<String>, incomplete: bool) {
        self.problems += 1;
        if self.out.problems.len() < PROBLEMS_MAX {
            self.out.problems.push(Problem { path: path.to_owned(), reason: reason.into(), incomplete });
        }
    }

    fn entry(&mut self, tar: &mut Archive<'_>, header: &Header) -> Result<(), TarError> {
        self.index += 1;
        if self.index > self.limits.entries {
            let (most, have) = (self.limits.entries, self.index);
            return Err(TarError::Limit { limit: "layers.entries", most, have, at: tar.position() });
        }
        if header.kind == Kind::Label {
            return Ok(());
        }
        let clean = path::clean(&header.path);
        if clean.escapes {
            let shown: String = String::from_utf8_lossy(&header.path).chars().take(200).collect();
            let reason =
                format!("an entry is called `{}`, which leaves the image; read as this path", shown.escape_debug());
            self.problem(&clean.path, reason, true);
        }
        if clean.path == "/" {
            return Ok(());
        }
        if path::is_too_long(&clean.path) {
            let shown: String = clean.path.chars().take(100).collect();
            self.problem(&format!("{shown}…"), "a path longer than any system allows was left out", true);
            return Ok(());
        }
        let (parent, base) = clean.path.rsplit_once('/').unwrap_or(("", &clean.path));
        if let Some(name) = base.strip_prefix(".wh.") {
            self.whiteout(parent, name, &clean.path);
            return Ok(());
        }
        match header.kind {
            Kind::HardLink => self.hard_link(&clean.path, header),
            Kind::File => return self.file(tar, header, clean.path),
            Kind::Directory => {
                self.place(&clean.path, header);
                self.prove(header_entry(header, clean.path, EntryKind::Directory), None);
            }
            Kind::SymbolicLink => {
                self.place(&clean.path, header);
                let target = String::from_utf8_lossy(&header.link).into_owned();
                self.prove(header_entry(header, clean.path, EntryKind::Link(target)), None);
            }
            Kind::Other | Kind::Label => {
                self.place(&clean.path, header);
                self.prove(header_entry(header, clean.path, EntryKind::Other), None);
            }
        }
        Ok(())
    }

    /// OCI image spec, layer.md, "Whiteouts".
    fn whiteout(&mut self, parent: &str, name: &str, path: &str) {
        if name == ".wh..opq" {
            self.out.opaques.push(path_hash(if parent.is_empty() { "/" } else { parent }));
        } else if name.starts_with(".wh.") {
            // Notes that AUFS made for itself.
        } else if matches!(name, "" | "." | "..") {
            self.problem(path, "a whiteout of what is no name", true);
        } else {
            self.out.whiteouts.push(path_hash(&format!("{parent}/{name}")));
        }
    }

    /// Notes what the path is now. Whatever it was before in this layer is gone.
    fn place(&mut self, path: &str, header: &Header) {
        self.place_seen(path, Seen::of(header));
    }

    fn place_seen(&mut self, path: &str, mut seen: Seen) {
        let hash = path_hash(path);
        let before = self.seen.get(&hash);
        seen.leaf = if seen.directory { before.map_or(0, |before| before.leaf) } else { self.index };
        if self.seen.insert(hash, seen).is_some() {
            self.facts.remove(path);
            self.pending.remove(&hash);
        }
    }

    fn prove(&mut self, entry: Entry, body: Option<&mut Spool>) {
        let body = body.map(|body| body as &mut dyn casemate_collect_software::Body);
        let facts = casemate_collect_software::read(&entry, body, self.secrets);
        self.keep(entry.path, self.index, facts);
    }

    fn keep(&mut self, path: String, index: u64, facts: Facts) {
        if facts.is_empty() {
            return;
        }
        if self.facts.len() >= FACTS_MAX {
            self.problem(&path, format!("limit layers.facts is {FACTS_MAX}: what more files prove was left out"), true);
            return;
        }
        self.facts.insert(path, (index, facts));
    }

    fn file(&mut self, tar: &mut Archive<'_>, header: &Header, path: String) -> Result<(), TarError> {
        // A hole may be what a sparse file begins with.
        let head = if header.is_plain() { tar.peek()?.try_into().ok() } else { None };
        self.place_seen(&path, Seen { body: Some(self.index), head, ..Seen::of(header) });
        let entry = header_entry(header, path, EntryKind::File);
        match self.spool(tar, header, &entry, head)? {
            None => self.prove(entry, None),
            Some(mut body) => {
                self.prove(entry, Some(&mut body));
                self.remember(body);
            }
        }
        Ok(())
    }

    fn is_wanted(&self, entry: &Entry, head: Head) -> bool {
        match head {
            Some(head) => casemate_collect_software::wants_beginning(entry, &head, self.secrets).is_some(),
            None => casemate_collect_software::wants(entry, self.secrets).is_some(),
        }
    }

    /// The bytes, where they are of use and can be put by.
    fn spool(
        &mut self,
        tar: &mut Archive<'_>,
        header: &Header,
        entry: &Entry,
        head: Head,
    ) -> Result<Option<Spool>, TarError> {
        if !self.is_wanted(entry, head) {
            return Ok(None);
        }
        if header.size > FILE_MAX {
            let reason = format!("not read: {} bytes, limit file.bytes is {FILE_MAX}", header.size);
            self.problem(&entry.path, reason, true);
            return Ok(None);
        }
        let copied = Spool::new(header.size).map_err(CopyError::Write).and_then(|mut body| {
            tar.data_copy(header, &mut body)?;
            body.rewind().map_err(CopyError::Write)?;
            Ok(body)
        });
        match copied {
            Ok(body) => Ok(Some(body)),
            Err(CopyError::Tar(error)) => {
                self.problem(&entry.path, "the layer breaks off within this file", true);
                Err(error)
            }
            Err(CopyError::Write(error)) => {
                self.problem(&entry.path, format!("cannot put its bytes by for reading: {error}"), true);
                Ok(None)
            }
        }
    }

    /// Keeps the bytes of a file for hard links to it, which mostly follow soon.
    fn remember(&mut self, body: Spool) {
        let Some(bytes) = body.into_memory() else { return };
        self.kept_bytes += bytes.len();
        self.kept.push_back((self.index, bytes));
        while self.kept_bytes > KEPT_MAX {
            let Some((_, bytes)) = self.kept.pop_front() else { break };
            self.kept_bytes -= bytes.len();
        }
    }

    fn hard_link(&mut self, path: &str, header: &Header) {
        let target = path::clean(&header.link);
        if target.escapes {
            self.problem(path, "a hard link that leads out of the image; followed within it", true);
        }
        let Some(seen) = self.seen.get(&path_hash(&target.path)).copied() else {
            self.place(path, header);
            self.link_below(path, target.path);
            return;
        };
        if target.path == path {
            self.problem(path, "a hard link to itself", false);
            return;
        }
        if seen.directory {
            self.problem(path, format!("a hard link to the directory `{}`", target.path), false);
            return;
        }
        self.place_seen(path, seen);
        let Some(body) = seen.body else { return };
        let entry = Entry {
            path: path.to_owned(),
            kind: EntryKind::File,
            mode: seen.mode,
            uid: seen.uid,
            gid: seen.gid,
            size: seen.size,
        };
        if !self.is_wanted(&entry, seen.head) {
            self.prove(entry, None);
            return;
        }
        match self.kept.iter().position(|(index, _)| *index == body) {
            None => {
                self.pending.insert(path_hash(path), Pending { body, entry, index: self.index });
            }
            Some(at) => {
                let Some((_, bytes)) = self.kept.get_mut(at) else { return };
                let mut spool = Spool::Memory(std::io::Cursor::new(std::mem::take(bytes)));
                self.prove(entry, Some(&mut spool));
                if let (Some((_, slot)), Some(bytes)) = (self.kept.get_mut(at), spool.into_memory()) {
                    *slot = bytes;
                }
            }
        }
    }

    /// A link to what is no entry of this layer: the layers below may have it. Noted only where the path could prove
    /// something.
    fn link_below(&mut self, path: &str, target: String) {
        let could = Entry { path: path.to_owned(), kind: EntryKind::File, mode: 0o755, uid: 0, gid: 0, size: 1 };
        if casemate_collect_software::wants(&could, self.secrets).is_none() {
            return;
        }
        if self.out.links.len() < LINKS_MAX {
            self.out.links.push((path.to_owned(), target));
        } else {
            self.problem(path, format!("limit layers.links is {LINKS_MAX}: a hard link was not followed"), true);
        }
    }

    /// Reads the layer again for hard links whose bytes were not kept.
    fn second_pass(&mut self, given: &Given<'_>) -> stream::Outcome {
        let mut waiting: HashMap<u64, Vec<Pending>> = HashMap::new();
        for (_, link) in std::mem::take(&mut self.pending) {
            waiting.entry(link.body).or_default().push(link);
        }
        let done = stream::read(given, *self.limits, &mut |tar| {
            let mut index = 0;
            while let Some(header) = tar.next()? {
                index += 1;
                let Some(links) = waiting.remove(&index) else { continue };
                let mut links = links.into_iter();
                let Some(first) = links.next() else { continue };
                let Some(mut body) = self.spool(tar, &header, &first.entry, None)? else { continue };
                for link in std::iter::once(first).chain(links) {
                    let body = &mut body as &mut dyn casemate_collect_software::Body;
                    let facts = casemate_collect_software::read(&link.entry, Some(body), self.secrets);
                    self.keep(link.entry.path, link.index, facts);
                }
            }
            Ok(())
        });
        let left = waiting.into_values().flatten();
        self.pending = left.map(|link| (path_hash(&link.entry.path), link)).collect();
        done
    }

    fn finish(mut self) -> LayerFacts {
        let mut out = std::mem::take(&mut self.out);
        out.entries = self.index;
        if self.problems > out.problems.len() as u64 {
            let more = self.problems - out.problems.len() as u64;
            let reason = format!("limit layers.problems is {PROBLEMS_MAX}: {more} more are not told");
            out.problems.push(Problem { path: "/".into(), reason, incomplete: true });
        }
        // What lay in a directory whose place something else took later is gone with it.
        let seen = &self.seen;
        let gone = |path: &str, index: u64| {
            path::ancestors(path).any(|parent| seen.get(&path_hash(parent)).is_some_and(|seen| seen.leaf > index))
        };
        let facts = std::mem::take(&mut self.facts).into_iter();
        let facts = facts.filter(|(path, (index, _))| !gone(path, *index));
        out.facts = facts.map(|(path, (_, facts))| (path, facts)).collect();
        for (hash, seen) in &self.seen {
            if seen.directory { &mut out.directories } else { &mut out.files }.push(*hash);
        }
        for list in [&mut out.files, &mut out.directories, &mut out.whiteouts, &mut out.opaques] {
            list.sort_unstable();
            list.dedup();
        }
        out
    }
}

fn header_entry(header: &Header, path: String, kind: EntryKind) -> Entry {
    Entry { path, kind, mode: header.mode, uid: header.uid, gid: header.gid, size: header.size }
}
