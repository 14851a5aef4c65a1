use std::collections::{BTreeMap, BTreeSet, HashMap};

use casemate_estate::{Distribution, Inventory, Package, PackageType};
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
///   Not so where the owner is none of the distribution's: in `/opt`, where distributions install nothing, and where the
///   vendor of an rpm is another one than that of most.
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
    let ours = Ours::of(packages.values());
    let mut releases = BTreeSet::new();
    out.owners = owners(owned, &ours, &out.links, &mut releases);
    let Assembled { owners, links, .. } = &out;
    out.inventory.packages = packages
        .into_values()
        .filter_map(|mut package| {
            match package.kind {
                PackageType::Kernel => {
                    package.locations.retain(|location| {
                        owner(owners, links, &location.path).is_none()
                            && kernel_release(&location.path).is_none_or(|release| !releases.contains(release))
                    });
                }
                kind if kind.is_system() => {}
                _ => package.locations.retain(|location| {
                    location.path.starts_with("/opt/")
                        || owner(owners, links, &location.path).is_none_or(|key| ours.foreign.contains(key))
                }),
            }
            (!package.locations.is_empty()).then_some(package)
        })
        .collect();
    out.inventory.problems = problems.into_iter().collect();
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
        for vendor in system.iter().filter_map(|package| package.vendor.as_deref()) {
            *vendors.entry(vendor).or_default() += 1;
        }
        let most = vendors.iter().max_by_key(|(_, count)| **count).map(|(vendor, _)| *vendor);
        let mut ours = Self { keys: HashMap::new(), foreign: BTreeSet::new() };
        for package in system {
            let key = package.key();
            if package.kind == PackageType::Rpm && most.is_some() && package.vendor.as_deref() != most {
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

fn owners(
    owned: Vec<Owned>,
    ours: &Ours,
    links: &BTreeMap<String, String>,
    releases: &mut BTreeSet<String>,
) -> HashMap<String, String> {
    let mut owners: HashMap<String, String> = HashMap::new();
    for Owned { kind, package, paths } in owned {
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
