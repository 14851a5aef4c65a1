use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use casemate_collect_software as software;
use casemate_estate::{
    ContentHash, Edge, EdgeKind, Facet, FacetStatus, Kind, Listing, Observation, Resource, ResourceId, Snapshot,
    Timestamp,
};
use serde_json::Value;

use crate::{
    def::{Child, Missing},
    facet::FACETS,
    host::Host,
    part::PARTS,
    root::{Root, path_text},
};

/// What to scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The running system.
    Live,
    /// An unpacked image or a disk mounted at this directory. It is only read.
    Root(PathBuf),
}

/// What is sought beside the configuration and the packages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Search files for secrets too.
    pub secrets: bool,
    /// Read packages only, and what names the host: for a bill of materials. Not for the store: other facets are missing.
    pub software_only: bool,
}

/// The host cannot be scanned at all. A facet that cannot be read is not an error: it says so itself.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The root cannot be opened.
    #[error("cannot scan `{path}`: {reason}\nhint: name a directory that holds a Linux root (`etc`, `usr` …)")]
    Root {
        /// The directory.
        path: String,
        /// Why.
        reason: String,
    },
}

/// Told of each piece of work that is done: `(done, total, name)`.
pub type Progress<'a> = &'a (dyn Fn(usize, usize, &str) + Sync);

/// JSON Schema of every facet: kind → facet → schema. Made from the collectors' own types.
#[must_use]
pub fn shapes() -> BTreeMap<String, BTreeMap<String, Value>> {
    let mut out: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    out.insert("host".into(), FACETS.iter().map(|f| (f.name.to_owned(), (f.shape)())).collect());
    for part in PARTS {
        out.insert(part.kind.into(), part.facets.iter().map(|f| (f.name.to_owned(), (f.shape)())).collect());
    }
    for (kind, facets) in software::shapes() {
        if kind == "host" || kind == "host.package" {
            let known = out.entry(kind).or_default();
            for (name, shape) in facets {
                // The host has had `files` of its own before.
                known.entry(name).or_insert(shape);
            }
        }
    }
    out
}

/// Reads the whole host.
///
/// `clock` gives the time; it is asked at the start and at the end.
/// # Errors
/// [`HostError::Root`] where the root itself cannot be opened, or is no root.
pub fn collect(target: &Target, clock: &dyn Fn() -> Timestamp, progress: Progress<'_>) -> Result<Snapshot, HostError> {
    collect_with(target, Options::default(), clock, progress)
}

/// As [`collect`], with options.
///
/// # Errors
/// Those of [`collect`].
pub fn collect_with(
    target: &Target,
    options: Options,
    clock: &dyn Fn() -> Timestamp,
    progress: Progress<'_>,
) -> Result<Snapshot, HostError> {
    let started = clock();
    let root = match target {
        Target::Live => Root::live(),
        Target::Root(path) => Root::mounted(path),
    }
    .map_err(|error| HostError::Root {
        path: match target {
            Target::Live => "/".into(),
            Target::Root(path) => path_text(path),
        },
        reason: error.to_string(),
    })?;
    if let Target::Root(path) = target {
        refuse_other(path)?;
    }
    let mut host = Host::new(root);
    host.secrets = options.secrets;
    let host = host;
    let (facets, parts) = read_all(&host, options, progress);

    let id = host_id(&host, target);
    let name = host_name(&facets, &id);
    let scope = id.as_str().to_owned();
    let mut snapshot = Snapshot {
        target: scope.clone(),
        started,
        finished: started,
        observations: Vec::new(),
        edges: Vec::new(),
        listings: vec![Listing {
            scope: scope.clone(),
            kind: Kind::new("host"),
            status: FacetStatus::Collected,
            reason: None,
        }],
    };
    let assembled = &host.software().assembled;
    let mut all = software::target_facets(assembled, options.secrets, started);
    // Those of the same name are the host's own.
    all.extend(facets.into_iter().map(|(name, result)| (name.to_owned(), facet_of(result, started))));
    let resource = Resource { id: id.clone(), kind: Kind::new("host"), name, scope: scope.clone() };
    let (packages, edges, listing) = software::observations(&resource, &assembled.inventory, started);
    snapshot.observations.push(Observation { resource, facets: all });
    snapshot.observations.extend(packages);
    snapshot.edges.extend(edges);
    snapshot.listings.push(listing);
    for (kind, listed) in parts {
        let (status, reason) = match &listed {
            Ok(_) => (FacetStatus::Collected, None),
            Err(missing) => (missing.status, Some(missing.reason.clone())),
        };
        snapshot.listings.push(Listing { scope: scope.clone(), kind: Kind::new(kind), status, reason });
        for child in listed.unwrap_or_default() {
            child_add(&mut snapshot, &id, kind, child, started);
        }
    }
    snapshot.finished = clock();
    Ok(snapshot)
}

/// Refuses a directory that holds no Linux root: the place of a disk that was not mounted would read as a host without
/// users, services and keys, and pass what asks for their absence.
fn refuse_other(path: &Path) -> Result<(), HostError> {
    let absent = |name: &str| {
        std::fs::symlink_metadata(path.join(name)).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
    };
    if ["etc", "usr"].into_iter().all(absent) {
        return Err(HostError::Root { path: path_text(path), reason: "it has neither `etc` nor `usr`".into() });
    }
    Ok(())
}

type FacetResult = (&'static str, Result<Value, Missing>);
type PartResult = (&'static str, Result<Vec<Child>, Missing>);

/// Reads every row of both tables, on as many threads as the machine has processors.
fn read_all(host: &Host, options: Options, progress: Progress<'_>) -> (Vec<FacetResult>, Vec<PartResult>) {
    let (facet_defs, part_defs): (Vec<_>, &[_]) = if options.software_only {
        (FACETS.iter().filter(|def| def.name == "identity").collect(), &[])
    } else {
        (FACETS.iter().collect(), PARTS)
    };
    let total = facet_defs.len() + part_defs.len() + 1;
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (facets, parts) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            // The longest work first: the walk of the file system, and the packages that it finds.
            let name = if i == 0 {
                host.software();
                "software"
            } else if let Some(def) = facet_defs.get(i - 1) {
                let result = if def.live_only && !host.is_live() {
                    Err(Missing::unsupported("needs the running system; this is a mounted root"))
                } else {
                    (def.collect)(host)
                };
                facets.lock().unwrap_or_else(PoisonError::into_inner).push((def.name, result));
                def.name
            } else if let Some(def) = part_defs.get(i - 1 - facet_defs.len()) {
                let result = (def.list)(host);
                parts.lock().unwrap_or_else(PoisonError::into_inner).push((def.kind, result));
                def.kind
            } else {
                return;
            };
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total, name);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let mut facets = facets.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut parts = parts.into_inner().unwrap_or_else(PoisonError::into_inner);
    facets.sort_by_key(|(name, _)| *name);
    parts.sort_by_key(|(kind, _)| *kind);
    (facets, parts)
}

fn facet_of(result: Result<Value, Missing>, at: Timestamp) -> Facet {
    match result {
        Ok(value) => Facet::collected(value, at),
        Err(missing) => Facet::missing(missing.status, missing.reason, at),
    }
}

/// `host://MACHINE_ID`. Without a machine id: the host's name for a live system, a hash of the directory's path for a
/// mounted root, so that two scans of the same thing have the same id.
fn host_id(host: &Host, target: &Target) -> ResourceId {
    let machine = machine_id(&host.root);
    match target {
        Target::Live => match machine {
            Some(id) => ResourceId::host(&id),
            None => ResourceId::host(&rustix::system::uname().nodename().to_string_lossy()),
        },
        Target::Root(path) => {
            let here = Root::live().ok().and_then(|root| machine_id(&root));
            root_id(path, machine.as_deref(), here.as_deref())
        }
    }
}

/// The id of a mounted root. A copy of the machine that scans carries its machine id, and would take over its history:
/// such a root, as one without a machine id, is named by its path.
fn root_id(path: &Path, machine: Option<&str>, here: Option<&str>) -> ResourceId {
    match machine {
        Some(id) if machine != here => ResourceId::host(id),
        _ => {
            let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            let hex = ContentHash::of_parts([path.as_os_str().as_encoded_bytes()]).to_hex();
            ResourceId::host(&format!("root-{}", hex.get(..16).unwrap_or(&hex)))
        }
    }
}

/// `machine-id(5)`: 32 hexadecimal digits.
fn machine_id(root: &Root) -> Option<String> {
    let text = root.read_text("/etc/machine-id").ok()??;
    let id = text.trim();
    (id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())).then(|| id.to_owned())
}

fn host_name(facets: &[FacetResult], id: &ResourceId) -> String {
    let identity = facets.iter().find(|(name, _)| *name == "identity").and_then(|(_, result)| result.as_ref().ok());
    match identity.and_then(|value| value.get("hostname")).and_then(Value::as_str) {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => id.as_str().trim_start_matches("host://").to_owned(),
    }
}

fn child_add(snapshot: &mut Snapshot, host: &ResourceId, kind: &str, child: Child, at: Timestamp) {
    let word = |kind: &str| kind.rsplit('.').next().unwrap_or(kind).to_owned();
    let id = host.child(&word(kind), &child.name);
    snapshot.edges.push(Edge { from: host.clone(), kind: EdgeKind::Contains, to: id.clone(), evidence: Value::Null });
    for edge in child.edges {
        snapshot.edges.push(Edge {
            from: id.clone(),
            kind: edge.kind,
            to: host.child(&word(edge.to_kind), &edge.to_name),
            evidence: edge.evidence,
        });
    }
    snapshot.observations.push(Observation {
        resource: Resource { id, kind: Kind::new(kind), name: child.name, scope: snapshot.target.clone() },
        facets: child.facets.into_iter().map(|(name, result)| (name.to_owned(), facet_of(result, at))).collect(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_that_is_no_root_is_refused() {
        for (made, fits, why) in [
            ("", false, "an empty one: nothing was mounted"),
            ("lost+found", false, "a disk that holds something else"),
            ("etc", true, "the least that an image has"),
            ("usr", true, "an image that makes its etc at boot"),
        ] {
            let dir = tempfile::tempdir().unwrap();
            std::fs::create_dir_all(dir.path().join(made)).unwrap();
            assert_eq!(refuse_other(dir.path()).is_ok(), fits, "{why}");
        }
    }
}
