//! Of which packages it can be told that nobody has them in memory.
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    io::Read,
};

use casemate_collect_software::Assembled;
use casemate_estate::{LoadedPackage, PackageType};
use rustix::fs::FileType;

use crate::{host::Host, kernel, process::is_archive};

/// Files of one package that are looked into for a program.
const LOOKED_AT_MAX: usize = 64;

/// What runs programs that are not mapped: its name, how its executables begin, and a part of its library's name.
const INTERPRETERS: &[(&str, &[&str], &str)] = &[
    ("guile", &["guile"], "libguile"),
    ("java", &["java"], "libjvm.so"),
    ("node", &["node"], "libnode.so"),
    ("perl", &["perl"], "libperl.so"),
    ("php", &["php"], "libphp"),
    ("python", &["python", "pypy"], "libpython"),
    ("ruby", &["ruby"], "libruby"),
    ("tcl", &["tclsh", "wish"], "libtcl"),
];

/// Trees of modules that an interpreter reads without mapping them, and which one: a package that has some may be in use
/// unseen while it runs. None where others have it built in, so that it may always be there.
const MODULES: &[(&str, Option<&str>)] = &[
    ("/dist-packages/", Some("python")),
    ("/site-packages/", Some("python")),
    ("/lib/python2", Some("python")),
    ("/lib/python3", Some("python")),
    ("/share/perl", Some("perl")),
    ("/perl-base/", Some("perl")),
    ("/perl5/", Some("perl")),
    ("/perl/", Some("perl")),
    ("/lib/ruby/", Some("ruby")),
    ("/rubygems", Some("ruby")),
    ("/gems/", Some("ruby")),
    ("/share/php", Some("php")),
    ("/share/nodejs/", Some("node")),
    ("/node_modules/", None),
    ("/share/java/", Some("java")),
    ("/share/guile/", Some("guile")),
    ("/share/lua/", None),
    ("/tcltk/", Some("tcl")),
];

/// The interpreters that run.
#[derive(Debug, Default)]
pub(super) struct Interpreters(BTreeSet<&'static str>);

impl Interpreters {
    /// Adds the one whose program or library this mapped file is.
    pub(super) fn add(&mut self, path: &str) {
        let base = path.rsplit('/').next().unwrap_or(path);
        for (name, programs, library) in INTERPRETERS {
            if base.contains(library) || programs.iter().any(|program| base.starts_with(program)) {
                self.0.insert(name);
            }
        }
    }

    /// Adds those of another process.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether this one runs.
    pub(super) fn run(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// Keys of the packages of which absence among the loaded ones says nothing: `unknown`, never unloaded.
///
/// Told can be: a package of a distribution that has a program or a shared library, unless it has modules for an interpreter
/// that runs; a kernel; Go and Rust modules that only programs prove; packages of Python, Ruby, PHP and Java that are
/// installed while no such interpreter runs at all (one that runs maps few of them, and need not keep an archive open). Not
/// Node's: many programs have it built in.
pub(super) fn not(
    host: &Host,
    assembled: &Assembled,
    loaded: &[LoadedPackage],
    interpreters: &Interpreters,
) -> Vec<String> {
    let loaded: HashSet<&str> = loaded.iter().map(|package| package.package.as_str()).collect();
    let mut owned: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, key) in assembled.owners.iter().filter(|(_, key)| !loaded.contains(key.as_str())) {
        owned.entry(key).or_default().push(path);
    }
    let mut programs = BTreeMap::new();
    let mut out = Vec::new();
    for package in &assembled.inventory.packages {
        let key = package.key();
        if loaded.contains(key.as_str()) {
            continue;
        }
        let locations = || package.locations.iter().map(|location| location.path.as_str());
        let idle = |name: &str| !interpreters.run(name);
        let tellable = match package.kind {
            PackageType::Deb | PackageType::Apk | PackageType::Rpm => {
                installed(host, owned.get(key.as_str()).map(Vec::as_slice).unwrap_or_default(), interpreters)
            }
            PackageType::Kernel => locations().all(|path| kernel::release_of(path).is_some()),
            PackageType::Golang | PackageType::Cargo => {
                locations().all(|path| *programs.entry(path).or_insert_with(|| is_program(host, path)))
            }
            PackageType::Maven => {
                idle("java") && locations().all(|path| is_archive(path.split('!').next().unwrap_or(path)))
            }
            PackageType::Pypi => {
                idle("python") && locations().all(|path| path.contains(".dist-info") || path.contains(".egg-info"))
            }
            PackageType::Gem => idle("ruby") && locations().all(|path| path.ends_with(".gemspec")),
            PackageType::Composer => idle("php") && locations().all(|path| path.ends_with("/installed.json")),
            PackageType::Npm | PackageType::Nuget | PackageType::Generic => false,
        };
        if !tellable {
            out.push(key);
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Whether a package of a distribution with these files is one that can be seen when it is used.
fn installed(host: &Host, paths: &[&str], interpreters: &Interpreters) -> bool {
    if paths.iter().any(|path| path.starts_with("/boot/vmlinu") || path.contains("/lib/modules/")) {
        return true;
    }
    // A module's directory may be all that is known of it.
    let in_tree = |path: &str, tree: &str| path.contains(tree) || path.ends_with(tree.trim_end_matches('/'));
    let used = |path: &&str| {
        MODULES.iter().any(|(tree, name)| in_tree(path, tree) && name.is_none_or(|name| interpreters.run(name)))
    };
    if paths.iter().any(used) {
        return false;
    }
    let mut candidates: Vec<&str> = paths.iter().copied().filter(|path| may_be_program(path)).collect();
    // Libraries first: one look is enough for most packages.
    candidates.sort_by_key(|path| (!path.contains(".so"), *path));
    candidates.into_iter().take(LOOKED_AT_MAX).any(|path| is_program(host, path))
}

fn may_be_program(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or(path);
    base.contains(".so")
        || ["/bin/", "/sbin/", "/lib/", "/lib64/", "/libexec/", "/games/"].iter().any(|dir| path.contains(dir))
}

/// Whether an ELF file stands there, not a link to one: that is another package's.
fn is_program(host: &Host, path: &str) -> bool {
    let regular = host.root.lstat(path).ok().flatten().is_some_and(|meta| meta.kind == FileType::RegularFile);
    let mut magic = [0_u8; 4];
    regular
        && host.root.open_regular(path).ok().flatten().is_some_and(|mut file| file.read_exact(&mut magic).is_ok())
        && &magic == b"\x7fELF"
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use casemate_estate::{Location, Package};

    use super::*;
    use crate::root::Root;

    fn package(kind: PackageType, name: &str, paths: &[&str]) -> Package {
        Package {
            kind,
            namespace: None,
            name: name.into(),
            version: "1".into(),
            arch: None,
            source: None,
            module: None,
            vendor: None,
            dev: false,
            locations: paths.iter().map(|path| Location { path: (*path).into(), layer: None }).collect(),
        }
    }

    #[test]
    fn absence_says_something_only_of_what_would_be_seen() {
        let dir = tempfile::tempdir().unwrap();
        let file = |path: &str, bytes: &[u8]| {
            let path = dir.path().join(path.trim_start_matches('/'));
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        let elf = b"\x7fELF\x02\x01\x01";
        file("/usr/lib/libz.so.1.2", elf);
        file("/usr/bin/tool", elf);
        file("/usr/bin/script", b"#!/bin/sh\n");
        file("/usr/lib/python3/dist-packages/yaml/_yaml.so", elf);
        file("/srv/go", elf);
        file("/srv/go.sum", b"x");
        symlink("libz.so.1.2", dir.path().join("usr/lib/libz.so")).unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        let mut assembled = Assembled::default();
        for (name, owns) in [
            ("library", &["/usr/lib/libz.so.1.2"][..]),
            ("dev", &["/usr/lib/libz.so"]),
            ("tool", &["/usr/share/x", "/usr/bin/tool"]),
            ("script", &["/usr/bin/script"]),
            ("modules", &["/usr/lib/python3/dist-packages/yaml/_yaml.so"]),
            ("pure", &["/usr/lib/python3/dist-packages"]),
            ("empty", &[]),
            ("linux-image", &["/boot/vmlinuz-6.1.0"]),
            ("seen", &["/usr/bin/script"]),
        ] {
            assembled.inventory.packages.push(package(PackageType::Deb, name, &["/var/lib/dpkg/status"]));
            for path in owns {
                // A file has one owner: a second package gets it under another name.
                let path = if assembled.owners.contains_key(*path) { format!("{path}2") } else { (*path).to_owned() };
                assembled.owners.insert(path, format!("deb/{name}"));
            }
        }
        for (kind, name, paths) in [
            (PackageType::Golang, "built", &["/srv/go"][..]),
            (PackageType::Golang, "listed", &["/srv/go", "/srv/go.sum"]),
            (PackageType::Maven, "jar", &["/srv/a.war!/WEB-INF/lib/b.jar"]),
            (PackageType::Maven, "pom", &["/srv/pom.xml"]),
            (PackageType::Pypi, "wheel", &["/srv/x.dist-info/METADATA"]),
            (PackageType::Pypi, "required", &["/srv/requirements.txt"]),
            (PackageType::Npm, "module", &["/srv/node_modules/x/package.json"]),
            (PackageType::Kernel, "linux", &["/boot/vmlinuz-6.0"]),
            (PackageType::Kernel, "nameless", &["/boot/bzImage"]),
        ] {
            assembled.inventory.packages.push(package(kind, name, paths));
        }
        let seen = |key: &str| LoadedPackage { package: key.into(), files: vec![], stale: None, processes: vec![] };
        let always = ["deb/dev", "deb/empty", "deb/pure", "deb/script"].into_iter().chain([
            "golang/listed@1",
            "kernel/nameless",
            "maven/pom@1",
            "npm/module@1",
            "pypi/required@1",
        ]);
        let always: Vec<&str> = always.collect();
        for (mapped, more, why) in [
            (&["/usr/bin/bash", "/usr/lib/libc.so.6"][..], &[][..], "no interpreter runs"),
            (&["/usr/bin/python3.11"], &["deb/modules", "pypi/wheel@1"], "Python by its program"),
            (&["/usr/bin/uwsgi", "/usr/lib/libpython3.11.so.1.0"], &["deb/modules", "pypi/wheel@1"], "by its library"),
            (&["/usr/lib/jvm/lib/server/libjvm.so"], &["maven/jar@1"], "a Java machine may have read any archive"),
        ] {
            let mut interpreters = Interpreters::default();
            mapped.iter().for_each(|path| interpreters.add(path));
            let got: BTreeSet<String> =
                not(&host, &assembled, &[seen("deb/seen")], &interpreters).into_iter().collect();
            let want: BTreeSet<String> = always.iter().chain(more).map(|key| (*key).to_owned()).collect();
            assert_eq!(got, want, "{why}");
        }
    }
}
