//! Reads what a command is about into a snapshot: a host, an image, a directory, a disk, a bill of materials.
use std::{collections::BTreeMap, io::Read, path::Path};

use casemate_collect_disk as disk;
use casemate_collect_host::{self as host, Target, collect_with};
use casemate_collect_image as image;
use casemate_collect_software as software;
use casemate_estate::{
    Distribution, Facet, Inventory, Kind, Observation, Package, Problem, Resource, ResourceId, Snapshot, Timestamp,
};
use serde_json::Value;

use crate::{
    cli::{Global, ReadOptions, ScanTarget},
    error::CommandError,
    place,
    progress::Progress,
};

/// Bytes of a bill of materials.
const SBOM_MAX: u64 = 512 << 20;
/// Entries of a directory that are looked at.
const ENTRIES_MAX: u64 = 20_000_000;

/// Reads the target; `root` is that of a host.
///
/// `software_only`: packages alone are wanted, for a bill of materials.
pub(crate) fn read(
    global: &Global,
    target: Option<&ScanTarget>,
    root: Option<&Path>,
    options: &ReadOptions,
    software_only: bool,
) -> Result<Snapshot, CommandError> {
    if root.is_some() && !matches!(target, Some(ScanTarget::Host) | None) {
        return Err(CommandError::Usage(
            "`--root` is for hosts\nhint: leave it out, or `casemate scan host --root DIR`".into(),
        ));
    }
    // Images, directories and disks are searched for secrets unless told not to; a host only where told to.
    let secrets = !options.no_secrets && !software_only;
    let bar = Progress::start(global, "reading");
    let clock = Timestamp::now;
    let snapshot = match target {
        Some(ScanTarget::Host) | None => {
            let target = root.map_or(Target::Live, |root| Target::Root(root.to_owned()));
            let wanted = host::Options { secrets: options.secrets, software_only };
            collect_with(&target, wanted, &clock, &|done, total, name| bar.at(done, total, name))?
        }
        Some(ScanTarget::Image { reference }) => {
            let credentials = options
                .registry_user
                .clone()
                .map(|user| (user, std::env::var("CASEMATE_REGISTRY_PASSWORD").unwrap_or_default()));
            let wanted = image::Options {
                platform: options.platform.clone(),
                secrets,
                limits: image::Limits::default(),
                cache: if options.no_cache { None } else { place::layer_cache() },
                ca_file: options.ca_file.clone(),
                plain_http: options.plain_http,
                credentials,
            };
            image::collect(reference, &wanted, &clock, &|done, total, what| bar.bytes(done, total, what))?.snapshot
        }
        Some(ScanTarget::Fs { directory }) => read_directory(directory, secrets, &bar)?,
        Some(ScanTarget::Disk { file }) => {
            disk::collect(file, secrets, &clock, &|done, total, what| bar.bytes(done, total, what))?.snapshot
        }
        Some(ScanTarget::Sbom { file }) => read_sbom(file)?,
        Some(ScanTarget::Aws(_)) => {
            return Err(CommandError::Usage(
                "an AWS account has no packages of its own\nhint: casemate scan aws".into(),
            ));
        }
    };
    bar.end();
    Ok(snapshot)
}

/// The path as the machine knows it, so that two spellings of a directory are one target.
fn read_directory(directory: &Path, secrets: bool, bar: &Progress) -> Result<Snapshot, CommandError> {
    let absolute = std::fs::canonicalize(directory)
        .map_err(|source| software::DirectoryError::Open { path: directory.display().to_string(), source })?;
    let machine = std::fs::read_to_string("/etc/machine-id").unwrap_or_default();
    let scope = match machine.trim() {
        "" => rustix::system::uname().nodename().to_string_lossy().into_owned(),
        id => id.to_owned(),
    };
    let options = software::DirectoryOptions { secrets, entries: ENTRIES_MAX, one_file_system: true };
    let (snapshot, _) = software::collect_directory(&absolute, &scope, options, &Timestamp::now, &|seen| {
        bar.at(usize::try_from(seen).unwrap_or(usize::MAX), 0, "");
    })?;
    Ok(snapshot)
}

/// A bill of materials as a snapshot of kind `sbom`: what it describes is the target, so that the next one of the same
/// thing resolves what it no longer holds.
fn read_sbom(file: &Path) -> Result<Snapshot, CommandError> {
    let started = Timestamp::now();
    let shown = file.display().to_string();
    let failed = |source: std::io::Error| CommandError::Read {
        what: format!("bill of materials `{shown}`"),
        source,
        hint: "name a file that this user may read, or `-` for standard input",
    };
    let mut bytes = Vec::new();
    let taken = if file.as_os_str() == "-" {
        std::io::stdin().lock().take(SBOM_MAX + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|open| open.take(SBOM_MAX + 1).read_to_end(&mut bytes))
    };
    if taken.map_err(failed)? as u64 > SBOM_MAX {
        return Err(CommandError::Usage(format!(
            "`{shown}` is larger than {SBOM_MAX} bytes\nhint: split the bill of materials by what it describes"
        )));
    }
    let (name, inventory) = casemate_vuln::sbom_read(&shown, &bytes)?;
    let id = ResourceId::new(format!("sbom://{name}")).or_else(|_| ResourceId::new("sbom://unnamed")).map_err(|e| {
        CommandError::Usage(format!("`{shown}` describes something without a usable name: {e}\nhint: give it a name"))
    })?;
    let resource = Resource { scope: id.to_string(), id, kind: Kind::new("sbom"), name };
    let assembled = software::Assembled { inventory, ..software::Assembled::default() };
    let at = Timestamp::now();
    let facets = software::target_facets(&assembled, false, at);
    let (mut observations, edges, listing) = software::observations(&resource, &assembled.inventory, at);
    let target = resource.id.to_string();
    observations.insert(0, Observation { resource, facets });
    Ok(Snapshot { target, started, finished: at, observations, edges, listings: vec![listing] })
}

/// The inventory that a snapshot holds: its packages, and the target's distribution and problems.
pub(crate) fn inventory(snapshot: &Snapshot) -> Inventory {
    let value = |observation: &Observation, name: &str| -> Option<Value> {
        observation.facets.get(name).and_then(|facet: &Facet| facet.value.as_deref().cloned())
    };
    let mut inventory = Inventory::default();
    let mut packages: BTreeMap<(String, String), Package> = BTreeMap::new();
    for observation in &snapshot.observations {
        if let Some(package) = value(observation, "package").and_then(|v| serde_json::from_value::<Package>(v).ok()) {
            packages.insert((package.key(), package.version.clone()), package);
        }
        if observation.resource.id.as_str() == snapshot.target
            && let Some(software) = value(observation, "software")
        {
            let part = |name: &str| software.get(name).cloned().unwrap_or_default();
            inventory.distribution =
                serde_json::from_value::<Option<Distribution>>(part("distribution")).ok().flatten();
            inventory.problems = serde_json::from_value::<Vec<Problem>>(part("problems")).unwrap_or_default();
        }
    }
    inventory.packages = packages.into_values().collect();
    inventory
}

/// The name of what was scanned.
pub(crate) fn target_name(snapshot: &Snapshot) -> String {
    let found = snapshot.observations.iter().find(|o| o.resource.id.as_str() == snapshot.target);
    found.map_or_else(|| snapshot.target.clone(), |o| o.resource.name.clone())
}
