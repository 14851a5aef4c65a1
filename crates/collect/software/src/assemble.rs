use std::collections::{BTreeMap, BTreeSet, HashMap};

use casemate_estate::{Distribution, Inventory, Package, PackageType, Problem};
use serde::Serialize;

use crate::{Entry, EntryKind, Facts, FileOfInterest, Owned, Secret, package::os_release};

/// What all files of a target prove together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Assembled {
    /// Packages.
    pub inventory: Inventory,
    /// Secrets, by path and line.
    pub secrets: Vec<Secret>,
    /// Files of interest, by path.
    pub interest: Vec<FileOfInterest>,
    /// Path to the [`casemate_estate::Package::key`] of the system package that owns it, for paths of programs and
    /// libraries; asked by whoever wants to know which package a mapped file belongs to, by [`Assembled::owner`]. Links
    /// that lead to whole trees (`/lib`) are followed: `/usr/lib/x`, never `/lib/x`, where they are one.
    #[serde(skip)]
    pub owners: HashMap<String, String>,
    /// Such links: `/lib` to `/usr/lib`.
    #[serde(skip)]
    pub links: BTreeMap<String, String>,
}

impl Assembled {
    /// [`Package::key`] of the system package that owns `path`; inside an archive, that of the archive.
    #[must_use]
    pub fn owner(&self, path: &str) -> Option<&str> {
        owner(&self.owners, &self.links, path)
    }
}

/// Names of directories that a link may stand for, at most two levels below the root.
const TREES: &[&str] = &["bin", "sbin", "lib", "lib32", "lib64", "libx32", "libo32", "libexec", "usr"];

/// Where a link leads that [`assemble`] must know.
pub(crate) fn link(entry: &Entry) -> Option<String> {
    let EntryKind::Link(to) = &entry.kind else { return None };
    let (dir, base) = entry.path.rsplit_once('/')?;
    let tree = matches!(dir, "" | "/usr" | "/usr/local") && TREES.contains(&base);
    (tree || os_release::PATHS.contains(&entry.path.as_str())).then(|| resolved(dir, to))
}

/// The target of a link in `dir` as a path from the root; `..` does not leave it.
fn resolved(dir: &str, to: &str) -> String {
    let mut parts: Vec<&str> = if to.starts_with('/') { Vec::new() } else { dir.split('/').collect() };
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    format!("/{}", parts.join("/"))
}

/// `path` with links to whole trees followed.
fn canonical(links: &BTreeMap<String, String>, path: &str) -> Option<String> {
    let mut now: Option<String> = None;
    // A link may lead into another one; no real tree has three in a row.
    for _ in 0..4 {
        let text = now.as_deref().unwrap_or(path);
        let next = text.match_indices('/').skip(1).take(3).find_map(|(at, _)| {
            let (head, tail) = text.split_at_checked(at)?;
            Some(format!("{}{tail}", links.get(head)?.trim_end_matches('/')))
        });
        match next {
            Some(next) => now = Some(next),
            None => break,
        }
    }
    now
}

fn owner<'a>(owners: &'a HashMap<String, String>, links: &BTreeMap<String, String>, path: &str) -> Option<&'a str> {
    let path = path.split('!').next().unwrap_or(path);
    let there = canonical(links, path);
    owners.get(there.as_deref().unwrap_or(path)).map(String::as_str)
}

/// Joins the facts of the files that are there: path, the layer that brought it (none outside images), facts.
///
/// - A package of a language whose proving file belongs to a distribution's package is left out: the distribution's
///   package is counted, once. (An owned `/usr/lib/python3/dist-packages/x.dist-info/METADATA` is Debian's `python3-x`.)
///   Not so where the owner is none of the distribution's, whose advisories say nothing of it: where the vendor of an rpm
///   is another one than that of most, and where a deb breaks Debian's policy ([`Owned::foreign`]).
///   Problems of such a file go with it.
/// - A kernel that a package owns is that package.
/// - Two copies of the same package and version are one package with two locations.
/// - System packages get the distribution's id as the purl namespace only where it is written, not here.
///
/// The result does not depend on the order.
#[must_use]
pub fn assemble(facts: impl IntoIterator<Item = (String, Option<String>, Facts)>) -> Assembled {
    let mut out = Assembled::default();
    let mut packages: BTreeMap<(String, String), Package> = BTreeMap::new();
    let mut owned: Vec<Owned> = Vec::new();
    let mut distributions: BTreeMap<String, Distribution> = BTreeMap::new();
    let mut problems = BTreeSet::new();
    for (path, layer, facts) in facts {
        for mut package in facts.packages {
            if layer.is_some() {
                package.locations = std::mem::take(&mut package.locations)
                    .into_iter()
                    .map(|mut location| {
                        location.layer = location.layer.or_else(|| layer.clone());
                        location
                    })
                    .collect();
            }
            package_add(&mut packages, package);
        }
        owned.extend(facts.owned);
        if let Some(distribution) = facts.distribution {
            distributions.insert(path.clone(), distribution);
        }
        if let Some(to) = facts.link {
            out.links.insert(path, to);
        }
        out.secrets.extend(facts.secrets);
        out.interest.extend(facts.interest);
        problems.extend(facts.problems);
    }
    out.inventory.distribution = distribution(&distributions, &out.links);
    let mut ours = Ours::of(packages.values());
    for owned in owned.iter().filter(|owned| owned.foreign) {
        ours.foreign.extend(ours.keys.get(&(owned.kind, owned.package.clone())).cloned());
    }
    let mut releases = BTreeSet::new();
    out.owners = owners(owned, &ours, &out.links, &mut releases);
    let Assembled { owners, links, .. } = &out;
    // No distribution installs into /opt.
    let counted = |path: &str| {
        !path.starts_with("/opt/") && owner(owners, links, path).is_some_and(|key| !ours.foreign.contains(key))
    };
    let kernel = |path: &str| {
        owner(owners, links, path).is_some() || kernel_release(path).is_some_and(|release| releases.contains(release))
    };
    let kept = packages.into_values().filter_map(|mut package| {
        match package.kind {
            PackageType::Kernel => package.locations.retain(|location| !kernel(&location.path)),
            kind if kind.is_system() => {}
            _ => package.locations.retain(|location| !counted(&location.path)),
        }
        (!package.locations.is_empty()).then_some(package)
    });
    let packages = kept.collect();
    let problems = problems.into_iter().filter(|problem| !counted(&problem.path)).collect();
    out.inventory.packages = packages;
    out.inventory.problems = problems;
    out.inventory.problems.extend(no_system_packages(&out));
    out.inventory.problems.sort();
    out.secrets.sort();
    out.secrets.dedup();
    out.interest.sort();
    out.interest.dedup();
    out
}

fn package_add(packages: &mut BTreeMap<(String, String), Package>, package: Package) {
    let key = (package.key(), package.version.clone());
    match packages.get_mut(&key) {
        None => drop(packages.insert(key, package)),
        Some(known) => {
            // What any copy says is kept, the smaller where they differ, so that the order does not matter.
            known.locations.extend(package.locations);
            known.dev &= package.dev;
            known.arch = smaller(known.arch.take(), package.arch);
            known.source = smaller(known.source.take(), package.source);
            known.module = smaller(known.module.take(), package.module);
            known.vendor = smaller(known.vendor.take(), package.vendor);
        }
    }
}

fn smaller<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Directories of the databases of packages.
const DATABASES: &[&str] = &["/var/lib/dpkg/", "/var/lib/rpm/", "/usr/lib/sysimage/rpm/", "/lib/apk/", "/usr/lib/apk/"];

/// A distribution without a package: its database was removed, is kept in a form that is not known, or lies elsewhere. Where
/// a shell, a package manager or a merged `/usr` shows that it was installed, what it installed is a gap; else the tree may
/// hold no more than the name.
fn no_system_packages(all: &Assembled) -> Option<Problem> {
    let distribution = all.inventory.distribution.as_ref()?;
    let system = |package: &Package| package.kind.is_system() && package.kind != PackageType::Kernel;
    // A database that could not be read says so itself.
    let said = |problem: &Problem| problem.incomplete && DATABASES.iter().any(|dir| problem.path.starts_with(dir));
    if all.inventory.packages.iter().any(system) || all.inventory.problems.iter().any(said) {
        return None;
    }
    let installed = all.interest.iter().any(|file| matches!(file.kind.as_str(), "shell" | "package_manager"))
        || all.links.keys().any(|path| !os_release::PATHS.contains(&path.as_str()));
    Some(Problem {
        path: "/etc/os-release".to_owned(),
        reason: format!(
            "it names the distribution `{}`, and no database of its packages was found: what it installed is not known",
            distribution.id
        ),
        incomplete: installed,
    })
}

/// The strongest place that names it, through links.
fn distribution(found: &BTreeMap<String, Distribution>, links: &BTreeMap<String, String>) -> Option<Distribution> {
    os_release::PATHS.iter().find_map(|path| {
        let path = links.get(*path).map_or(*path, String::as_str);
        let there = canonical(links, path);
        found.get(there.as_deref().unwrap_or(path)).cloned()
    })
}

/// Keys of system packages.
struct Ours {
    /// By type and the name, without and with `:ARCH`.
    keys: HashMap<(PackageType, String), String>,
    /// Of packages that somebody other than the distribution built.
    foreign: BTreeSet<String>,
}

impl Ours {
    fn of<'a>(packages: impl Iterator<Item = &'a Package>) -> Self {
        let system: Vec<&Package> = packages.filter(|package| package.kind.is_system()).collect();
        let mut vendors: BTreeMap<&str, usize> = BTreeMap::new();
        let rpms = system.iter().filter(|package| package.kind == PackageType::Rpm);
        for vendor in rpms.filter_map(|package| package.vendor.as_deref()) {
            *vendors.entry(vendor).or_default() += 1;
        }
        let most = vendors.iter().max_by_key(|(_, count)| **count).map(|(vendor, _)| *vendor);
        let mut ours = Self { keys: HashMap::new(), foreign: BTreeSet::new() };
        for package in system {
            let key = package.key();
            if is_foreign(package, most) {
                ours.foreign.insert(key.clone());
            }
            if let Some(arch) = &package.arch {
                ours.keys.insert((package.kind, format!("{}:{arch}", package.name)), key.clone());
            }
            // Packages are in order; of two architectures the first keeps the bare name.
            ours.keys.entry((package.kind, package.name.clone())).or_insert(key);
        }
        ours
    }
}

/// Whether somebody other than the distribution built it; `most`: the vendor of most rpm packages. The readers of the other
/// formats name a vendor only where it is another one.
fn is_foreign(package: &Package, most: Option<&str>) -> bool {
    match package.kind {
        PackageType::Rpm => most.is_some() && package.vendor.as_deref() != most,
        _ => package.vendor.is_some(),
    }
}

fn owners(
    owned: Vec<Owned>,
    ours: &Ours,
    links: &BTreeMap<String, String>,
    releases: &mut BTreeSet<String>,
) -> HashMap<String, String> {
    let mut owners: HashMap<String, String> = HashMap::new();
    for Owned { kind, package, paths, .. } in owned {
        // Lists of packages that are no longer installed own nothing.
        let Some(key) = ours.keys.get(&(kind, package)) else { continue };
        for path in paths {
            if let Some(release) = kernel_release(&path) {
                releases.insert(release.to_owned());
            }
            let path = canonical(links, &path).unwrap_or(path);
            owners
                .entry(path)
                // Two owners of one file: the smaller key, whichever came first.
                .and_modify(|known| {
                    if *key < *known {
                        known.clone_from(key);
                    }
                })
                .or_insert_with(|| key.clone());
        }
    }
    owners
}

/// The release that a path of a kernel names: `6.1.0-18-amd64` in `/boot/vmlinuz-6.1.0-18-amd64` and in
/// `/usr/lib/modules/6.1.0-18-amd64/vmlinuz`.
pub(crate) fn kernel_release(path: &str) -> Option<&str> {
    let (dir, base) = path.rsplit_once('/')?;
    if dir == "/boot" {
        return base.strip_prefix("vmlinuz-").or_else(|| base.strip_prefix("vmlinux-"));
    }
    let modules = dir.strip_prefix("/usr").unwrap_or(dir).strip_prefix("/lib/modules/")?;
    (base == "vmlinuz" && !modules.contains('/')).then_some(modules)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;
    use crate::{package::testing::file, read};

    /// A tree of these files; links are written `-> TARGET`. Lists of dpkg name a copyright, as Debian's do.
    fn tree(files: &[(&str, &str)]) -> Vec<(String, Option<String>, Facts)> {
        let facts = |(path, text): &(&str, &str)| {
            let list = path.strip_prefix("/var/lib/dpkg/info/").and_then(|base| base.strip_suffix(".list"));
            let name = list.and_then(|name| name.split(':').next()).filter(|_| !text.contains("/usr/share/doc/"));
            let text = name.map_or(text.to_string(), |name| format!("{text}\n/usr/share/doc/{name}/copyright\n"));
            let mut entry = file(path, 0o644, text.len());
            if let Some(to) = text.strip_prefix("-> ") {
                entry.kind = EntryKind::Link(to.to_owned());
            }
            ((*path).to_owned(), None, read(&entry, Some(&mut Cursor::new(text.as_bytes())), false))
        };
        files.iter().map(facts).collect()
    }

    fn keys(assembled: &Assembled) -> Vec<String> {
        assembled.inventory.packages.iter().map(Package::key).collect()
    }

    const STATUS: (&str, &str) = (
        "/var/lib/dpkg/status",
        "Package: python3-x\nStatus: install ok installed\nArchitecture: all\nVersion: 1-1\n\n\
         Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2-1\n\n\
         Package: linux-image-6.1\nStatus: install ok installed\nArchitecture: amd64\nVersion: 6.1.1-1\n\n\
         Package: gone\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 1\n",
    );
    const METADATA: &str = "Metadata-Version: 2.1\nName: x\nVersion: 1\n";

    #[test]
    fn what_a_distribution_s_package_owns_is_counted_once() {
        let debian = "/usr/lib/python3/dist-packages/x.dist-info/METADATA";
        for (files, want, why) in [
            (
                &[(debian, METADATA), ("/var/lib/dpkg/info/python3-x.list", debian)][..],
                &["deb/libc6:amd64", "deb/linux-image-6.1:amd64", "deb/python3-x"][..],
                "owned",
            ),
            (
                &[(debian, METADATA), ("/var/lib/dpkg/info/gone.list", debian)],
                &["deb/libc6:amd64", "deb/linux-image-6.1:amd64", "deb/python3-x", "pypi/x@1"],
                "a removed package owns nothing",
            ),
            (
                &[(debian, METADATA)],
                &["deb/libc6:amd64", "deb/linux-image-6.1:amd64", "deb/python3-x", "pypi/x@1"],
                "nobody's",
            ),
            (
                &[
                    (debian, METADATA),
                    ("/lib", "-> usr/lib"),
                    ("/var/lib/dpkg/info/python3-x.list", "/lib/python3/dist-packages/x.dist-info/METADATA"),
                ],
                &["deb/libc6:amd64", "deb/linux-image-6.1:amd64", "deb/python3-x"],
                "/lib and /usr/lib are one",
            ),
            (
                &[
                    (debian, METADATA),
                    ("/var/lib/dpkg/info/python3-x.list", "/lib/python3/dist-packages/x.dist-info/METADATA"),
                ],
                &["deb/libc6:amd64", "deb/linux-image-6.1:amd64", "deb/python3-x", "pypi/x@1"],
                "/lib and /usr/lib are two",
            ),
            (
                &[
                    ("/opt/x.dist-info/METADATA", METADATA),
                    ("/var/lib/dpkg/info/python3-x.list", "/opt/x.dist-info/METADATA"),
                ],
                &["deb/libc6:amd64", "deb/linux-image-6.1:amd64", "deb/python3-x", "pypi/x@1"],
                "no distribution installs into /opt",
            ),
            (
                &[
                    (debian, METADATA),
                    ("/var/lib/dpkg/info/python3-x.list", &format!("{debian}\n/usr/share/doc/python3-x/README\n")),
                ],
                &["deb/libc6:amd64", "deb/linux-image-6.1:amd64", "deb/python3-x", "pypi/x@1"],
                "the owner is none of Debian's",
            ),
            (
                &[
                    ("/boot/vmlinuz-6.1", "k"),
                    ("/boot/vmlinuz-6.9-own", "k"),
                    ("/lib", "-> usr/lib"),
                    ("/usr/lib/modules/6.1/vmlinuz", "k"),
                    ("/var/lib/dpkg/info/linux-image-6.1.list", "/boot/vmlinuz-6.1"),
                ],
                &["deb/libc6:amd64", "deb/linux-image-6.1:amd64", "deb/python3-x", "kernel/linux"],
                "a kernel that nobody owns, and a copy of one that somebody does",
            ),
        ] {
            let mut all = tree(files);
            all.extend(tree(&[STATUS]));
            assert_eq!(keys(&assemble(all)), want, "{why}");
        }
    }

    #[test]
    fn a_copy_is_a_second_location_and_keeps_its_layer() {
        let mut all = tree(&[("/a/x.dist-info/METADATA", METADATA), ("/b/x.dist-info/METADATA", METADATA)]);
        all[1].1 = Some("sha256:2".into());
        let assembled = assemble(all);
        let [package] = assembled.inventory.packages.as_slice() else { panic!("{assembled:?}") };
        let places: Vec<_> =
            package.locations.iter().map(|location| (location.path.as_str(), location.layer.as_deref())).collect();
        assert_eq!(places, [("/a/x.dist-info/METADATA", None), ("/b/x.dist-info/METADATA", Some("sha256:2"))]);
    }

    #[test]
    fn the_distribution_is_the_one_of_the_strongest_place() {
        for (files, want, why) in [
            (&[("/etc/os-release", "ID=a\n"), ("/usr/lib/os-release", "ID=b\n")][..], Some("a"), "/etc wins"),
            (&[("/usr/lib/os-release", "ID=b\n")], Some("b"), "the vendor's alone"),
            (
                &[("/etc/os-release", "-> ../usr/lib/os-release"), ("/usr/lib/os-release", "ID=b\n")],
                Some("b"),
                "a link",
            ),
            (
                &[("/etc/os-release", "-> /lib/os-release"), ("/lib", "-> usr/lib"), ("/usr/lib/os-release", "ID=b\n")],
                Some("b"),
                "a link through a link",
            ),
            (
                &[("/etc/os-release", "-> /x"), ("/etc/centos-release", "CentOS release 6.10 (Final)\n")],
                Some("centos"),
                "a link to nowhere",
            ),
            (&[], None, "none"),
        ] {
            let found = assemble(tree(files)).inventory.distribution;
            assert_eq!(found.map(|found| found.id).as_deref(), want, "{why}");
        }
    }

    #[test]
    fn a_distribution_without_packages_is_a_gap() {
        let os_release = ("/etc/os-release", "ID=a\n");
        for (files, want, why) in [
            (&[os_release, ("/bin/sh", "-> dash")][..], true, "a shell and no database"),
            (&[os_release, ("/lib", "-> usr/lib")], true, "a merged /usr and no database"),
            (&[os_release], false, "no more than a name"),
            (&[os_release, ("/bin/sh", "-> dash"), STATUS], false, "a shell and a database"),
            (&[os_release, STATUS], false, "a database"),
            (&[os_release, ("/bin/sh", "x"), ("/boot/vmlinuz-1", "k")], true, "a kernel alone"),
            (&[("/app/x.dist-info/METADATA", METADATA)], false, "no distribution"),
        ] {
            let problems = assemble(tree(files)).inventory.problems;
            assert_eq!(problems.iter().any(|problem| problem.incomplete), want, "{why}: {problems:?}");
        }
    }

    #[test]
    fn an_owner_is_found_by_any_of_a_file_s_names() {
        let list = "/lib/x86_64-linux-gnu/libc.so.6\n/usr/share/java/a.jar\n";
        let files = [STATUS, ("/lib", "-> usr/lib"), ("/var/lib/dpkg/info/libc6:amd64.list", list)];
        let assembled = assemble(tree(&files));
        for (path, want) in [
            ("/usr/lib/x86_64-linux-gnu/libc.so.6", Some("deb/libc6:amd64")),
            ("/lib/x86_64-linux-gnu/libc.so.6", Some("deb/libc6:amd64")),
            ("/usr/share/java/a.jar!/META-INF/maven/g/a/pom.properties", Some("deb/libc6:amd64")),
            ("/usr/lib/x86_64-linux-gnu/other.so", None),
        ] {
            assert_eq!(assembled.owner(path), want, "{path}");
        }
    }

    #[test]
    fn links_that_lead_in_circles_end() {
        let files = [("/lib", "-> /usr/lib"), ("/usr", "-> /"), ("/usr/lib", "-> ../../lib"), ("/bin", "-> bin")];
        let assembled = assemble(tree(&files));
        assert_eq!(assembled.owner("/lib/x"), None);
        for (dir, to, want) in
            [("/etc", "../../../x", "/x"), ("", "usr/lib", "/usr/lib"), ("/a", "/", "/"), ("/a", "./b/../c", "/a/c")]
        {
            assert_eq!(resolved(dir, to), want, "{dir} to {to}");
        }
    }

    #[test]
    fn problems_of_owned_files_go_with_them_and_those_of_directories_stay() {
        let mut all = tree(&[STATUS, ("/var/lib/dpkg/info/libc6:amd64.list", "/usr/lib/x\n/var/lib/private\n")]);
        for (entry, reason) in
            [(file("/usr/lib/x", 0o755, 1), "odd"), (Entry::directory("/var/lib/private"), "cannot list it")]
        {
            all.push((entry.path.clone(), None, Facts::failed(crate::package::problem(&entry, reason, true))));
        }
        let problems = assemble(all).inventory.problems;
        assert_eq!(problems.iter().map(|problem| problem.path.as_str()).collect::<Vec<_>>(), ["/var/lib/private/"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_order_does_not_matter(order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle()) {
            let files = tree(&[
                STATUS,
                ("/etc/os-release", "-> ../usr/lib/os-release"),
                ("/usr/lib/os-release", "ID=b\n"),
                ("/lib", "-> usr/lib"),
                ("/var/lib/dpkg/info/libc6:amd64.list", "/lib/a\n/usr/bin/b\n"),
                ("/var/lib/dpkg/info/python3-x.list", "/usr/bin/b\n/usr/lib/c\n"),
                ("/a/x.dist-info/METADATA", METADATA),
                ("/b/x.dist-info/METADATA", METADATA),
                ("/usr/bin/apt", "x"),
            ]);
            let shuffled: Vec<_> = order.iter().map(|at| files[*at].clone()).collect();
            prop_assert_eq!(assemble(shuffled), assemble(files));
        }
    }
}
