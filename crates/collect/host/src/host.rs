use std::{collections::BTreeMap, sync::OnceLock};

use crate::{
    def::Missing,
    facet::files::{FileFacts, PathFacts},
    process::Processes,
    root::{Meta, ReadError, Root},
    software::Software,
    tree::{Limits, Tree},
};

/// What every facet is read from: the root, and what several facets share.
pub(crate) struct Host {
    /// Files.
    pub(crate) root: Root,
    /// Files are searched for secrets too.
    pub(crate) secrets: bool,
    names: Names,
    tree: OnceLock<Tree>,
    software: OnceLock<Software>,
    processes: OnceLock<Processes>,
}

/// Ids to names, from the root's own `passwd` and `group`.
#[derive(Debug, Default)]
struct Names {
    users: BTreeMap<u32, String>,
    groups: BTreeMap<u32, String>,
    /// Why they are not known.
    missing: Option<ReadError>,
}

impl Host {
    /// Prepares the reading of `root`.
    pub(crate) fn new(root: Root) -> Self {
        let mut names = Names::default();
        match (root.read_text("/etc/passwd"), root.read_text("/etc/group")) {
            (Ok(passwd), Ok(group)) => {
                names.users = ids(passwd.as_deref().unwrap_or_default());
                names.groups = ids(group.as_deref().unwrap_or_default());
            }
            (Err(error), _) | (_, Err(error)) => names.missing = Some(error),
        }
        Self {
            root,
            secrets: false,
            names,
            tree: OnceLock::new(),
            software: OnceLock::new(),
            processes: OnceLock::new(),
        }
    }

    /// The one walk of the file system; the first that asks does it.
    pub(crate) fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| Tree::walk(self, Limits::default()))
    }

    /// A host of which the packages are known.
    #[cfg(test)]
    pub(crate) fn with_software(root: Root, software: Software) -> Self {
        Self { software: OnceLock::from(software), ..Self::new(root) }
    }

    /// All packages, by the files that the walk found.
    pub(crate) fn software(&self) -> &Software {
        self.software.get_or_init(|| Software::collect(self))
    }

    /// The processes that run now.
    pub(crate) fn processes(&self) -> &Processes {
        self.processes.get_or_init(|| Processes::read(self))
    }

    /// Whether this is the running system.
    pub(crate) fn is_live(&self) -> bool {
        self.root.is_live()
    }

    /// The user's name of an id; the first line of `passwd` that has it.
    pub(crate) fn user_name(&self, uid: u32) -> Option<&str> {
        self.names.users.get(&uid).map(String::as_str)
    }

    /// The group's name of an id.
    pub(crate) fn group_name(&self, gid: u32) -> Option<&str> {
        self.names.groups.get(&gid).map(String::as_str)
    }

    /// Fails where ids cannot be turned into names, so that nothing is called unowned for want of `/etc/passwd`.
    pub(crate) fn names_known(&self) -> Result<(), Missing> {
        match &self.names.missing {
            Some(error) => Err(error.clone().into()),
            None => Ok(()),
        }
    }

    /// Facts of whatever stands at `path`.
    pub(crate) fn path_facts(&self, path: &str) -> Result<PathFacts, ReadError> {
        let Some(meta) = self.root.stat(path)? else {
            let dangling = self.root.lstat(path)?.is_some();
            let kind = if dangling { "symlink".to_owned() } else { String::new() };
            return Ok(PathFacts { exists: dangling, kind, ..PathFacts::default() });
        };
        Ok(PathFacts {
            exists: true,
            kind: match meta.kind {
                rustix::fs::FileType::RegularFile => "file",
                rustix::fs::FileType::Directory => "directory",
                _ => "other",
            }
            .to_owned(),
            mode: meta.mode(),
            bits: meta.bits,
            uid: meta.uid,
            gid: meta.gid,
            owner: self.user_name(meta.uid).map(str::to_owned),
            group: self.group_name(meta.gid).map(str::to_owned),
            acl_rights: self.root.acl_rights(path)?,
        })
    }

    /// Facts of a file whose `Meta` is known.
    pub(crate) fn file_facts(&self, path: &str, meta: &Meta) -> FileFacts {
        FileFacts {
            path: path.to_owned(),
            mode: meta.mode(),
            bits: meta.bits,
            uid: meta.uid,
            gid: meta.gid,
            owner: self.user_name(meta.uid).map(str::to_owned),
            group: self.group_name(meta.gid).map(str::to_owned),
            // Whoever could look at the file can look at its list; one that has gone meanwhile gives nothing.
            acl_rights: self.root.acl_rights(path).unwrap_or(0),
        }
    }
}

/// `name:x:ID:…` lines; the first name of an id wins, as in the C library.
fn ids(text: &str) -> BTreeMap<u32, String> {
    let mut out = BTreeMap::new();
    for line in text.lines() {
        let mut fields = line.split(':');
        if let (Some(name), Some(_), Some(Ok(id))) = (fields.next(), fields.next(), fields.next().map(str::parse)) {
            out.entry(id).or_insert_with(|| name.to_owned());
        }
    }
    out
}
