//! The packages of the host: what the files that the walk found prove. Start at [`Software::collect`].
//!
//! Databases of package managers are read first: a program or a library that a distribution's package owns proves nothing
//! beside it (`casemate_collect_software::assemble`), and need not be opened. What is left is read on all processors.
//!
//! **Invariant:** what could not be read is a problem of the inventory, and where it may hide a package, the listing fails.
use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use casemate_collect_software::{self as software, Assembled, Entry, EntryKind, Facts};
use casemate_estate::{PackageType, Problem, RunningKernel};
use rustix::fs::FileType;

use crate::{
    host::Host,
    kernel,
    root::{ReadError, Root},
    tree::{Tree, Wanted},
};

/// All packages.
pub(crate) struct Software {
    /// Packages, and who owns which program.
    pub(crate) assembled: Assembled,
    /// The running kernel; none below a mounted root.
    pub(crate) kernel: Option<RunningKernel>,
}

/// Where package managers keep what is installed, and what names the distribution.
const DATABASES: &[&str] = &[
    "/etc/os-release",
    "/lib/apk/",
    "/usr/lib/apk/",
    "/usr/lib/os-release",
    "/usr/lib/sysimage/rpm/",
    "/usr/share/rpm/",
    "/var/lib/dpkg/",
    "/var/lib/rpm/",
];

/// Files of theirs that must be read where they are there, whatever stands in their place.
const NEEDED: &[&str] = &[
    "/lib/apk/db/installed",
    "/usr/lib/apk/db/installed",
    "/usr/lib/sysimage/rpm/Packages.db",
    "/usr/lib/sysimage/rpm/rpmdb.sqlite",
    "/var/lib/dpkg/status",
    "/var/lib/rpm/Packages",
    "/var/lib/rpm/Packages.db",
    "/var/lib/rpm/rpmdb.sqlite",
];

/// Directories in which a link may stand for a whole tree (`/lib`) or name the distribution.
const LINKED: &[&str] = &["", "/etc", "/usr", "/usr/local"];

/// One file and what it proves.
type Proof = (String, Option<String>, Facts);

impl Software {
    /// Reads what the walk of the host found.
    pub(crate) fn collect(host: &Host) -> Self {
        let tree = host.tree();
        let (databases, others): (Vec<_>, Vec<_>) =
            tree.software.iter().partition(|wanted| DATABASES.iter().any(|start| wanted.entry.path.starts_with(start)));
        let mut proofs = links(host);
        proofs.extend(read_all(host, &databases));
        proofs.extend(elsewhere(host, tree));
        // What is owned may hold a secret all the same.
        let others: Vec<_> = if host.secrets {
            others
        } else {
            let owned = Owned::of(&proofs);
            others.into_iter().filter(|wanted| !owned.has(&wanted.entry.path)).collect()
        };
        proofs.extend(read_all(host, &others));
        proofs.push(("/".to_owned(), None, Facts { problems: gaps(tree), ..Facts::default() }));
        let mut assembled = software::assemble(proofs);
        let kernel = host.is_live().then(|| kernel::running(host, &mut assembled));
        Self { assembled, kernel }
    }
}

/// What the walk did not see may hold packages.
fn gaps(tree: &Tree) -> Vec<Problem> {
    let problem = |reason: String| Problem { path: "/".to_owned(), reason, incomplete: true };
    let mut out = Vec::new();
    if let Err(missing) = tree.complete() {
        out.push(problem(missing.reason));
    }
    if tree.truncated || tree.software_truncated {
        out.push(problem("the walk of the file system stopped at its limit: there may be more packages".to_owned()));
    }
    out
}

/// Databases that the walk did not come by: behind a link, or something else in their place. An empty one is none: what it
/// held would be gone.
fn elsewhere(host: &Host, tree: &Tree) -> Vec<Proof> {
    let walked = |path: &str| tree.software.binary_search_by(|wanted| wanted.entry.path.as_str().cmp(path)).is_ok();
    let seen: HashSet<(u64, u64)> = NEEDED
        .iter()
        .filter(|path| walked(path))
        .filter_map(|path| host.root.stat(path).ok().flatten())
        .map(|meta| (meta.dev, meta.ino))
        .collect();
    let mut out = Vec::new();
    for path in NEEDED.iter().filter(|path| !walked(path)) {
        let facts = match host.root.stat(path) {
            // Where nothing stands there is no such manager; but a link that leads nowhere is a gap.
            Ok(None) if host.root.lstat(path).is_ok_and(|meta| meta.is_none()) => continue,
            Ok(None) => failed(path, "it is a link that leads nowhere".to_owned()),
            Ok(Some(meta)) if seen.contains(&(meta.dev, meta.ino)) => continue,
            Ok(Some(meta)) if meta.kind != FileType::RegularFile => failed(path, "it is no regular file".to_owned()),
            Ok(Some(meta)) if meta.size == 0 => failed(path, "it is empty".to_owned()),
            Ok(Some(meta)) => {
                let (path, kind) = ((*path).to_owned(), EntryKind::File);
                let entry = Entry { path, kind, mode: meta.bits, uid: meta.uid, gid: meta.gid, size: meta.size };
                let want = software::wants(&entry, host.secrets);
                read_one(host, &Wanted { entry, want })
            }
            Err(error) => failed(path, error.to_string()),
        };
        out.push(((*path).to_owned(), None, facts));
    }
    out
}

fn failed(path: &str, reason: String) -> Facts {
    Facts { problems: vec![Problem { path: path.to_owned(), reason, incomplete: true }], ..Facts::default() }
}

fn links(host: &Host) -> Vec<Proof> {
    let mut out = Vec::new();
    for dir in LINKED {
        // A directory that cannot be listed is among the gaps of the walk.
        let entries = host.root.list(if dir.is_empty() { "/" } else { dir }).ok().flatten().unwrap_or_default();
        for link in entries.into_iter().filter(|entry| entry.kind == FileType::Symlink) {
            let path = format!("{dir}/{}", link.name);
            if let Ok(Some(to)) = host.root.read_link(&path) {
                let entry = Entry { path, kind: EntryKind::Link(to), mode: 0o777, uid: 0, gid: 0, size: 0 };
                let facts = software::read(&entry, None, host.secrets);
                out.push((entry.path, None, facts));
            }
        }
    }
    out
}

/// Reads the files on as many threads as the machine has processors; in the order of their paths.
fn read_all(host: &Host, wanted: &[&Wanted]) -> Vec<Proof> {
    /// Files that a thread takes at once.
    const BATCH: usize = 16;
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        let mut found = Vec::new();
        loop {
            let from = next.fetch_add(BATCH, Ordering::Relaxed);
            let Some(batch) = wanted.get(from..wanted.len().min(from + BATCH)).filter(|batch| !batch.is_empty()) else {
                break;
            };
            for wanted in batch {
                let facts = read_one(host, wanted);
                if !facts.is_empty() {
                    found.push((wanted.entry.path.clone(), None, facts));
                }
            }
        }
        done.lock().unwrap_or_else(PoisonError::into_inner).append(&mut found);
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8).min(wanted.len() / BATCH + 1);
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by(|a, b| a.0.cmp(&b.0));
    done
}

fn read_one(host: &Host, wanted: &Wanted) -> Facts {
    let entry = &wanted.entry;
    if wanted.want.is_none() {
        return software::read(entry, None, host.secrets);
    }
    match open(&host.root, &entry.path) {
        Ok(Some(mut file)) => software::read(entry, Some(&mut file), host.secrets),
        Ok(None) => Facts::default(),
        Err(problem) => Facts { problems: vec![problem], ..Facts::default() },
    }
}

/// None for a file that went away, or became something else, since it was walked over.
fn open(root: &Root, path: &str) -> Result<Option<File>, Problem> {
    let problem = |reason: String| Problem { path: path.to_owned(), reason, incomplete: true };
    match root.open_regular(path) {
        Ok(None) if path.contains(char::REPLACEMENT_CHARACTER) => {
            Err(problem("cannot read it: its name is not UTF-8".to_owned()))
        }
        Ok(file) => Ok(file),
        Err(ReadError::NotRegular { .. } | ReadError::Loop { .. }) => Ok(None),
        Err(error) => Err(problem(error.to_string())),
    }
}

/// Paths of packages that the distribution built.
struct Owned<'a> {
    paths: HashSet<&'a str>,
    links: BTreeMap<&'a str, &'a str>,
}

impl<'a> Owned<'a> {
    fn of(proofs: &'a [Proof]) -> Self {
        let foreign = foreign(proofs);
        let lists = proofs.iter().flat_map(|(_, _, facts)| &facts.owned);
        Self {
            paths: lists
                .filter(|list| !list.foreign)
                // A list names its package with `:ARCH`.
                .filter(|list| !foreign.contains(&(list.kind, list.package.split(':').next().unwrap_or_default())))
                .flat_map(|list| list.paths.iter().map(String::as_str))
                .collect(),
            links: proofs.iter().filter_map(|(path, _, facts)| Some((facts.link.as_deref()?, path.as_str()))).collect(),
        }
    }

    /// Whether what `path` proves is counted under its owner, by the rules of [`software::assemble`].
    fn has(&self, path: &str) -> bool {
        if path.starts_with("/opt/") {
            return false;
        }
        // A database writes `/lib/x` where `/lib` is a link to `/usr/lib`, or `/usr/lib/x`; the walk sees the latter.
        self.paths.contains(path)
            || self.links.iter().any(|(tree, link)| {
                path.strip_prefix(tree)
                    .filter(|rest| rest.starts_with('/'))
                    .is_some_and(|rest| self.paths.contains(format!("{link}{rest}").as_str()))
            })
    }
}

/// Packages that somebody other than the distribution built: of rpm those of another vendor than that of most, of others
/// those with a vendor.
fn foreign(proofs: &[Proof]) -> HashSet<(PackageType, &str)> {
    let packages = || proofs.iter().flat_map(|(_, _, facts)| &facts.packages);
    let mut vendors: BTreeMap<&str, usize> = BTreeMap::new();
    for vendor in packages().filter(|p| p.kind == PackageType::Rpm).filter_map(|package| package.vendor.as_deref()) {
        *vendors.entry(vendor).or_default() += 1;
    }
    let most = vendors.iter().max_by_key(|(_, count)| **count).map(|(vendor, _)| *vendor);
    packages()
        .filter(|package| match package.kind {
            PackageType::Rpm => most.is_some() && package.vendor.as_deref() != most,
            _ => package.vendor.is_some(),
        })
        .map(|package| (package.kind, package.name.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::{
        ffi::OsStr,
        fs,
        os::unix::{ffi::OsStrExt, fs::symlink},
        path::PathBuf,
    };

    use super::*;

    struct Scratch(tempfile::TempDir);

    impl Scratch {
        /// A Debian with two packages, and `/lib` as a link.
        fn new() -> Self {
            let scratch = Self(tempfile::tempdir().unwrap());
            let status = |name: &str| {
                format!("Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1-1\n\n")
            };
            scratch.file("usr/lib/os-release", b"ID=debian\nVERSION_ID=\"12\"\n");
            scratch.file("var/lib/dpkg/status", (status("libz") + &status("python3-yaml")).as_bytes());
            scratch.file("var/lib/dpkg/info/libz:amd64.list", b"/.\n/lib\n/lib/libz.so.1\n");
            let list = b"/.\n/usr/lib/python3/dist-packages/yaml-6.dist-info\n/usr/lib/python3/dist-packages/yaml-6.dist-info/METADATA\n/usr/share/doc/python3-yaml/copyright\n";
            scratch.file("var/lib/dpkg/info/python3-yaml.list", list);
            scratch.file("usr/lib/python3/dist-packages/yaml-6.dist-info/METADATA", b"Name: yaml\nVersion: 6\n");
            scratch
                .file("usr/local/lib/python3/dist-packages/flask-3.dist-info/METADATA", b"Name: flask\nVersion: 3\n");
            scratch.file("var/lib/docker/overlay2/x/y-1.dist-info/METADATA", b"Name: y\nVersion: 1\n");
            scratch.file("etc/passwd", b"root:x:0:0::/root:/bin/sh\n");
            symlink("usr/lib", scratch.0.path().join("lib")).unwrap();
            symlink("../usr/lib/os-release", scratch.0.path().join("etc/os-release")).unwrap();
            scratch
        }

        fn path(&self, path: &str) -> PathBuf {
            let path = self.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            path
        }

        fn file(&self, path: &str, bytes: &[u8]) {
            fs::write(self.path(path), bytes).unwrap();
        }

        fn read(&self) -> Software {
            Software::collect(&Host::new(Root::mounted(self.0.path()).unwrap()))
        }
    }

    fn keys(software: &Software) -> Vec<String> {
        software.assembled.inventory.packages.iter().map(casemate_estate::Package::key).collect()
    }

    #[test]
    fn packages_are_counted_once_wherever_they_lie() {
        let scratch = Scratch::new();
        let got = scratch.read();
        assert_eq!(
            keys(&got),
            ["deb/libz:amd64", "deb/python3-yaml:amd64", "pypi/flask@3"],
            "what Debian owns is Debian's; what an engine's image holds is the image's"
        );
        let inventory = &got.assembled.inventory;
        assert_eq!(inventory.distribution.as_ref().map(|d| d.id.as_str()), Some("debian"), "through a link");
        assert_eq!(got.assembled.owner("/usr/lib/libz.so.1"), Some("deb/libz:amd64"), "the list says /lib");
        assert_eq!(inventory.problems, [], "all was read");
        assert_eq!(got.kernel, None, "a mounted root runs no kernel");
    }

    #[test]
    fn what_could_not_be_read_hides_packages_and_says_so() {
        let odd = OsStr::from_bytes(b"x\xff-1.dist-info");
        type Make = fn(&Scratch, &OsStr);
        for (make, want, why) in [
            (
                (|scratch, _| scratch.file("var/lib/dpkg/status", b"Package: a\nStatus: install ok inst")) as Make,
                Some("/var/lib/dpkg/status"),
                "a database that is cut off",
            ),
            (
                |scratch, odd| {
                    let dir = scratch.path("srv/x").with_file_name(odd);
                    fs::create_dir_all(&dir).unwrap();
                    fs::write(dir.join("METADATA"), "Name: x\nVersion: 1\n").unwrap();
                },
                Some("/srv/x\u{fffd}-1.dist-info/METADATA"),
                "a name that is not UTF-8",
            ),
            (
                |scratch, _| {
                    fs::remove_file(scratch.path("var/lib/dpkg/status")).unwrap();
                    fs::create_dir(scratch.path("var/lib/dpkg/status")).unwrap();
                },
                Some("/var/lib/dpkg/status"),
                "a directory in the place of a database",
            ),
            (
                |scratch, _| scratch.file("var/lib/dpkg/status", b""),
                Some("/var/lib/dpkg/status"),
                "an empty database ends nothing",
            ),
            (
                |scratch, _| {
                    fs::remove_file(scratch.path("var/lib/dpkg/status")).unwrap();
                    symlink("status", scratch.path("var/lib/dpkg/status")).unwrap();
                },
                Some("/var/lib/dpkg/status"),
                "a loop",
            ),
            (
                |scratch, _| symlink("nowhere", scratch.path("var/lib/rpm/rpmdb.sqlite")).unwrap(),
                Some("/var/lib/rpm/rpmdb.sqlite"),
                "a link to nothing",
            ),
            (
                |scratch, _| symlink("/etc/passwd", scratch.path("srv/app/package-lock.json")).unwrap(),
                None,
                "a link is not followed: what it leads to is read by its own name",
            ),
            (
                |scratch, _| {
                    let fifo = scratch.path("srv/app/package-lock.json");
                    let mode = rustix::fs::Mode::from(0o644);
                    rustix::fs::mknodat(rustix::fs::CWD, fifo, FileType::Fifo, mode, 0).unwrap();
                },
                None,
                "a FIFO is not waited for",
            ),
        ] {
            let scratch = Scratch::new();
            make(&scratch, odd);
            let problems = scratch.read().assembled.inventory.problems;
            let hiding: Vec<&str> = problems.iter().filter(|p| p.incomplete).map(|p| p.path.as_str()).collect();
            assert_eq!(hiding, want.into_iter().collect::<Vec<_>>(), "{why}: {problems:?}");
        }
    }

    #[test]
    fn a_database_behind_a_link_is_read() {
        let scratch = Scratch::new();
        fs::rename(scratch.path("var/lib/dpkg/status"), scratch.path("srv/status")).unwrap();
        symlink("/srv/status", scratch.path("var/lib/dpkg/status")).unwrap();
        let got = scratch.read();
        assert_eq!(keys(&got), ["deb/libz:amd64", "deb/python3-yaml:amd64", "pypi/flask@3"]);
        assert_eq!(got.assembled.inventory.problems, []);
    }

    #[test]
    fn an_owner_is_skipped_only_where_its_packages_are_counted_under_it() {
        let rpm = |name: &str, vendor: &str| casemate_estate::Package {
            kind: PackageType::Rpm,
            namespace: None,
            name: name.into(),
            version: "1".into(),
            arch: None,
            source: None,
            module: None,
            vendor: Some(vendor.into()),
            dev: false,
            locations: std::collections::BTreeSet::new(),
        };
        let owned = |kind, package: &str, path: &str| software::Owned {
            kind,
            package: package.into(),
            paths: vec![path.to_owned()],
            foreign: false,
        };
        let facts = Facts {
            packages: vec![rpm("bash", "Rocky"), rpm("curl", "Rocky"), rpm("docker-ce", "Docker")],
            owned: vec![
                owned(PackageType::Rpm, "curl", "/usr/bin/curl"),
                owned(PackageType::Rpm, "docker-ce:x86_64", "/usr/bin/dockerd"),
                owned(PackageType::Deb, "zlib1g", "/lib/libz.so.1"),
                owned(PackageType::Deb, "zlib1g", "/opt/x"),
            ],
            ..Facts::default()
        };
        let link = Facts { link: Some("/usr/lib".into()), ..Facts::default() };
        let proofs = [("/db".to_owned(), None, facts), ("/lib".to_owned(), None, link)];
        let owned = Owned::of(&proofs);
        for (path, want, why) in [
            ("/usr/bin/curl", true, "the distribution's"),
            ("/usr/bin/dockerd", false, "another vendor's: what is in it is not in the distribution's advisories"),
            ("/usr/lib/libz.so.1", true, "through a link"),
            ("/opt/x", false, "no distribution installs there"),
            ("/usr/bin/other", false, "nobody's"),
        ] {
            assert_eq!(owned.has(path), want, "{why}");
        }
    }
}
