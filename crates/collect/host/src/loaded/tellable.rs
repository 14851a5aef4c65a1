//! Of which packages it can be told that nobody has them in memory.
use std::{
    collections::{BTreeMap, HashSet},
    io::Read,
};

use casemate_collect_software::Assembled;
use casemate_estate::{LoadedPackage, Package, PackageType};
use rustix::fs::FileType;

use super::kernel_release;
use crate::{host::Host, process::is_archive};

/// Files of one package that are looked into for a program.
const LOOKED_AT_MAX: usize = 64;

/// Trees of modules that an interpreter reads without mapping them: a package that has some may be in use unseen.
const MODULES: &[&str] = &[
    "/dist-packages/",
    "/site-packages/",
    "/lib/python2",
    "/lib/python3",
    "/share/perl",
    "/perl-base/",
    "/perl5/",
    "/lib/ruby/",
    "/rubygems",
    "/gems/",
    "/share/php",
    "/node_modules/",
    "/share/nodejs/",
    "/share/java/",
    "/share/guile/",
    "/share/lua/",
    "/tcltk/",
];

/// Keys of the packages of which absence among the loaded ones says nothing: `unknown`, never unloaded.
///
/// Told can be: a package of a distribution that has a program or a shared library and no modules for an interpreter; a
/// kernel; Go and Rust modules that only programs prove; Java packages in archives, where no Java machine runs at all, since
/// one need not keep an archive open.
pub(super) fn not(host: &Host, assembled: &Assembled, loaded: &[LoadedPackage], java: bool) -> Vec<String> {
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
        let tellable = match package.kind {
            PackageType::Deb | PackageType::Apk | PackageType::Rpm => {
                installed(host, owned.get(key.as_str()).map(Vec::as_slice).unwrap_or_default())
            }
            PackageType::Kernel => locations().all(|path| kernel_release(path).is_some()),
            PackageType::Golang | PackageType::Cargo => {
                locations().all(|path| *programs.entry(path).or_insert_with(|| is_program(host, path)))
            }
            PackageType::Maven => !java && in_archives(package),
            _ => false,
        };
        if !tellable {
            out.push(key);
        }
    }
    out.sort();
    out.dedup();
    out
}

fn in_archives(package: &Package) -> bool {
    package.locations.iter().all(|location| is_archive(location.path.split('!').next().unwrap_or(&location.path)))
}

/// Whether a package of a distribution with these files is one that can be seen when it is used.
fn installed(host: &Host, paths: &[&str]) -> bool {
    if paths.iter().any(|path| path.starts_with("/boot/vmlinu") || path.contains("/lib/modules/")) {
        return true;
    }
    // A module's directory may be all that is known of it.
    let module =
        |path: &&str| MODULES.iter().any(|tree| path.contains(tree) || path.ends_with(tree.trim_end_matches('/')));
    if paths.iter().any(module) {
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
    use std::{collections::BTreeSet, os::unix::fs::symlink};

    use casemate_estate::Location;

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
            ("modules", &["/usr/bin/tool", "/usr/lib/python3/dist-packages/yaml/_yaml.so"]),
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
            (PackageType::Kernel, "linux", &["/boot/vmlinuz-6.0"]),
            (PackageType::Kernel, "nameless", &["/boot/bzImage"]),
        ] {
            assembled.inventory.packages.push(package(kind, name, paths));
        }
        let seen = |key: &str| LoadedPackage { package: key.into(), files: vec![], stale: None, processes: vec![] };
        let untold =
            |java| -> BTreeSet<String> { not(&host, &assembled, &[seen("deb/seen")], java).into_iter().collect() };
        let mut want: BTreeSet<String> = [
            "deb/dev",
            "deb/empty",
            "deb/modules",
            "deb/pure",
            "deb/script",
            "golang/listed@1",
            "kernel/nameless",
            "maven/pom@1",
            "pypi/wheel@1",
        ]
        .into_iter()
        .map(str::to_owned)
        .collect();
        assert_eq!(untold(false), want);
        want.insert("maven/jar@1".into());
        assert_eq!(untold(true), want, "a Java machine may have read any archive");
    }
}
