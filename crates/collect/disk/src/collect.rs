use std::{path::Path, sync::Arc};

use casemate_collect_software::{Assembled, assemble, observations, target_facets};
use casemate_estate::{ContentHash, Facet, Kind, Observation, Resource, ResourceId, Snapshot, Timestamp};
use serde_json::json;

use crate::{
    facet::{DiskFacet, VolumeFacet},
    fault::Fault,
    filesystem, format,
    mount::{self, Held},
    source::{Counted, FileSource, Source},
    volume::{self, Volume},
    walk::{Found, Walk, problem},
};

/// What was read.
#[derive(Debug)]
pub struct Collected {
    /// Target `disk://UUID` (of the root file system; of the file's path and size where it has none), kind `disk`:
    /// facets `disk` (format, size, volumes, file systems) and those of [`casemate_collect_software::target_facets`]; its
    /// packages.
    pub snapshot: Snapshot,
    /// The same as words of the estate.
    pub assembled: Assembled,
}

/// A disk could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The file cannot be opened.
    #[error("cannot open disk `{path}`: {source}\nhint: name a raw or qcow2 file that this user may read")]
    Open {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// It is no disk of a format that is read here, or damaged, encrypted, or in need of other files.
    #[error("cannot read disk `{path}`: {reason}")]
    Format {
        /// Which.
        path: String,
        /// Why, and what to do.
        reason: String,
    },
    /// No file system on it could be read.
    #[error("no file system on disk `{path}` can be read: {found}\nhint: ext2, ext3, ext4 and xfs are read")]
    NoFileSystem {
        /// Which.
        path: String,
        /// What there is instead: `p1: LUKS (encrypted); p2: swap`.
        found: String,
    },
}

/// Reads the disk in `file`: the file system with `etc/os-release` is the root; others are read too, where the root's
/// `/etc/fstab` mounts them, and at `/[VOLUME]` where nothing says. Nothing is written, mounted or run.
///
/// `secrets`: look for secrets too. `progress` is told bytes read, 0 (how many there will be is not known), and of which
/// volume.
///
/// # Errors
/// [`DiskError`] where no file system could be read at all. What could not be read beside that is among the problems.
pub fn collect(
    file: &Path,
    secrets: bool,
    clock: &dyn Fn() -> Timestamp,
    progress: &(dyn Fn(u64, u64, &str) + Sync),
) -> Result<Collected, DiskError> {
    let started = clock();
    let path = || file.display().to_string();
    let opened = FileSource::open(file, true).map_err(|source| DiskError::Open { path: path(), source })?;
    let opened = format::open(file, opened).map_err(|fault| match fault {
        Fault::Io(source) => DiskError::Open { path: path(), source },
        fault => DiskError::Format { path: path(), reason: fault.to_string() },
    })?;
    let size = opened.source.len();
    let counted = Arc::new(Counted::new(Arc::clone(&opened.source)));
    let disk: Arc<dyn Source> = Arc::clone(&counted) as _;
    let volumes = volume::find(&disk);
    let mut found: Vec<Found> = volumes
        .problems
        .into_iter()
        .map(|(place, reason, incomplete)| problem(&format!("/[{place}]"), reason, incomplete))
        .collect();
    found.extend(opened.notes.iter().map(|note| problem("/", note.as_str(), true)));
    let mut all: Vec<Held> = volumes.volumes.into_iter().map(|volume| held(volume, &mut found)).collect();
    if all.iter().all(|held| held.system.is_none()) {
        return Err(DiskError::NoFileSystem { path: path(), found: told(&all, &found) });
    }
    let places = mount::place(&mut all);
    for gap in places.problems {
        found.push(problem(&gap.path, gap.reason, gap.incomplete));
    }

    let name = std::cell::RefCell::new(String::new());
    let tell = || progress(counted.read(), 0, &name.borrow());
    let mut walk = Walk::new(secrets, &places.mounts, &tell);
    walk.found = found;
    for held in &all {
        if let (Some(system), Some(at)) = (&held.system, &held.at) {
            name.replace(held.volume.name.clone());
            walk.system(system, at);
        }
    }
    let assembled = assemble(walk.found);
    let finished = clock();

    let resource = resource(file, size, &all);
    let facet = DiskFacet {
        format: opened.format.to_owned(),
        size,
        volumes: all.iter().map(volume_facet).collect(),
        notes: opened.notes,
    };
    let mut facets = target_facets(&assembled, secrets, finished);
    facets.insert("disk".to_owned(), Facet::collected(json!(facet), finished));
    let (packages, edges, listing) = observations(&resource, &assembled.inventory, finished);
    let snapshot = Snapshot {
        target: resource.id.as_str().to_owned(),
        started,
        finished,
        observations: std::iter::once(Observation { resource, facets }).chain(packages).collect(),
        edges,
        listings: vec![listing],
    };
    Ok(Collected { snapshot, assembled })
}

/// Opens what a volume holds; what is not read here is a problem where packages could lie in it.
fn held(volume: Volume, found: &mut Vec<Found>) -> Held {
    let path = format!("/[{}]", volume.name);
    let mut held = Held { volume, holds: None, system: None, at: None };
    if let Some(reason) = &held.volume.unread {
        found.push(problem(&path, reason.as_str(), true));
        return held;
    }
    match filesystem::open(&held.volume.source) {
        Ok(filesystem::Held::FileSystem(system)) => {
            held.holds = Some(system.kind().to_owned());
            held.system = Some(system);
        }
        Ok(filesystem::Held::Named(name, could_hold)) => {
            held.holds = Some(name.to_owned());
            if could_hold {
                found.push(problem(&path, format!("it holds {name}, which is not read here"), true));
            }
        }
        // An empty partition holds nothing; what is written and not known may be anything.
        Ok(filesystem::Held::Unknown(blank)) => {
            if !blank && !held.volume.bare {
                found.push(problem(&path, "what it holds is not known here", true));
            }
        }
        Err(fault) => {
            found.push(problem(&path, format!("cannot read what it holds: {fault}"), true));
        }
    }
    held
}

/// What a disk without a readable file system has.
fn told(all: &[Held], found: &[Found]) -> String {
    let reasons = found.iter().flat_map(|(_, _, facts)| &facts.problems);
    let mut out: Vec<String> = reasons.map(|problem| format!("{}: {}", problem.path, problem.reason)).collect();
    for held in all {
        let path = format!("/[{}]", held.volume.name);
        if !out.iter().any(|told| told.starts_with(&path)) {
            let holds = held.holds.as_deref().unwrap_or("nothing known");
            out.push(format!("{path}: {holds}"));
        }
    }
    out.truncate(16);
    if out.is_empty() { "it is empty".to_owned() } else { out.join("; ") }
}

fn volume_facet(held: &Held) -> VolumeFacet {
    VolumeFacet {
        name: held.volume.name.clone(),
        scheme: held.volume.scheme.to_owned(),
        role: held.volume.role.clone(),
        size: held.volume.source.len(),
        holds: held.holds.clone(),
        uuid: held.system.as_ref().and_then(|system| system.uuid()),
        label: held.system.as_ref().and_then(|system| system.label()),
        mount: held.at.clone().map(|at| if at.is_empty() { "/".to_owned() } else { at }),
        read: held.at.is_some(),
    }
}

/// Two disks made of one image have the same id, as they have the same file system; a disk that is changed keeps its own.
fn resource(file: &Path, size: u64, all: &[Held]) -> Resource {
    let root = all.iter().find(|held| held.at.as_deref() == Some(""));
    let first = root.or_else(|| all.iter().find(|held| held.system.is_some()));
    let uuid = first.and_then(|held| held.system.as_ref()).and_then(|system| system.uuid());
    let path = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let name: String = path.to_string_lossy().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    let uuid = uuid.unwrap_or_else(|| {
        let hash = ContentHash::of_parts([path.as_os_str().as_encoded_bytes(), &size.to_le_bytes()]).to_hex();
        hash.get(..32).unwrap_or(&hash).to_owned()
    });
    // Hexadecimal digits and hyphens are always an id.
    let id = ResourceId::new(format!("disk://{uuid}")).unwrap_or_else(|_| ResourceId::host("disk"));
    Resource { scope: id.as_str().to_owned(), id, kind: Kind::new("disk"), name }
}

/// Reads a whole disk from memory for fuzzing: everything but the opening of files.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn disk_facts(source: Arc<dyn Source>) -> Vec<Found> {
    let volumes = volume::find(&source);
    let mut found = Vec::new();
    let mut all: Vec<Held> = volumes.volumes.into_iter().map(|volume| held(volume, &mut found)).collect();
    let mounts = mount::place(&mut all).mounts;
    let mut walk = Walk::new(true, &mounts, &|| {});
    walk.left = 10_000;
    for held in &all {
        if let (Some(system), Some(at)) = (&held.system, &held.at) {
            walk.system(system, at);
        }
    }
    walk.found
}

/// As [`disk_facts`]; gives about how many bytes were kept.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn disk_size(source: Arc<dyn Source>) -> usize {
    disk_facts(source).iter().map(|(path, _, facts)| path.len() + 64 * facts.problems.len()).sum()
}
