//! What the snapshot says of its target: distribution, memory, listeners.
use std::collections::{HashMap, HashSet};

use casemate_estate::{
    ContentHash, Distribution, Facet, Loaded, LoadedPackage, LoadingProcess, Package, PackageType, Snapshot, Source,
    StaleCopy,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Policy, VexStatement,
    matching::Advisories,
    rank::{exposure::Exposure, risk::InMemory},
};

/// The target of a snapshot.
pub(crate) struct Target {
    pub(crate) id: String,
    pub(crate) name: String,
    /// `host`, `image`, `directory`, `disk`, `sbom`.
    pub(crate) kind: String,
    pub(crate) distribution: Option<Distribution>,
    /// What listens, where it was read.
    pub(crate) exposure: Option<Exposure>,
    loaded: Option<Loaded>,
    by_key: HashMap<String, usize>,
    untellable: HashSet<String>,
    facets: ContentHash,
}

/// Whether a package is in memory, and whose.
pub(crate) struct Memory<'a> {
    pub(crate) state: InMemory,
    pub(crate) processes: &'a [LoadingProcess],
    /// It is the kernel that runs.
    pub(crate) kernel: bool,
}

fn value<'a>(facets: &'a std::collections::BTreeMap<String, Facet>, name: &str) -> Option<&'a Value> {
    facets.get(name)?.value.as_deref()
}

impl Target {
    /// Reads it. What the snapshot does not say, or says in another form, is unknown.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let observations = || snapshot.observations.iter();
        let observation = observations()
            .find(|observation| observation.resource.id.as_str() == snapshot.target)
            .or_else(|| observations().find(|observation| observation.facets.contains_key("software")));
        let empty = std::collections::BTreeMap::new();
        let facets = observation.map_or(&empty, |observation| &observation.facets);
        let distribution: Option<Distribution> = value(facets, "software")
            .and_then(|software| software.get("distribution"))
            .and_then(|distribution| Distribution::deserialize(distribution).ok());
        let loaded = value(facets, "loaded").and_then(|loaded| Loaded::deserialize(loaded).ok());
        let by_key = loaded.iter().flat_map(|loaded| loaded.packages.iter().enumerate());
        let by_key = by_key.map(|(at, package)| (package.package.clone(), at)).collect();
        let untellable = loaded.iter().flat_map(|loaded| loaded.untellable.iter().cloned()).collect();
        let hash = |name: &str| facets.get(name).and_then(|facet| facet.hash).unwrap_or(ContentHash([0; 32]));
        Self {
            id: snapshot.target.clone(),
            name: observation.map_or_else(|| snapshot.target.clone(), |o| o.resource.name.clone()),
            kind: observation.map(|o| o.resource.kind.as_str().to_owned()).unwrap_or_default(),
            exposure: value(facets, "listeners").and_then(Exposure::from_listeners),
            facets: ContentHash::of_parts([
                json!(distribution).to_string().as_bytes(),
                &hash("loaded").0,
                &hash("listeners").0,
            ]),
            distribution,
            loaded,
            by_key,
            untellable,
        }
    }

    /// Hash of all that verdicts are made from, but for the package and the check.
    pub(crate) fn inputs(
        &self,
        database: Option<&dyn Advisories>,
        policy: &Policy,
        vex: &[VexStatement],
    ) -> ContentHash {
        ContentHash::of_parts([
            database.map(|database| database.status().hash.as_bytes()).unwrap_or_default(),
            self.id.as_bytes(),
            self.name.as_bytes(),
            &self.facets.0,
            json!(policy).to_string().as_bytes(),
            json!(vex).to_string().as_bytes(),
        ])
    }

    fn entry(&self, package: &Package) -> Option<&LoadedPackage> {
        let at = self.by_key.get(&package.key())?;
        self.loaded.as_ref()?.packages.get(*at)
    }

    /// An older copy of the package that is in memory still.
    pub(crate) fn stale(&self, package: &Package) -> Option<&StaleCopy> {
        self.entry(package)?.stale.as_ref()
    }

    /// Whether it is the kernel that runs.
    pub(crate) fn is_running_kernel(&self, package: &Package) -> bool {
        let Some(kernel) = self.loaded.as_ref().and_then(|loaded| loaded.kernel.as_ref()) else { return false };
        let version = kernel.version.as_deref() == Some(package.version.as_str());
        match (package.kind, kernel.package.as_deref()) {
            (PackageType::Kernel, _) => version,
            // An rpm's kernels of several versions share one key.
            (_, Some(key)) => key == package.key() && (version || kernel.version.is_none()),
            (_, None) => false,
        }
    }

    /// Whether it is in memory.
    pub(crate) fn memory(&self, package: &Package) -> Memory<'_> {
        let not = |state| Memory { state, processes: &[], kernel: false };
        let Some(loaded) = &self.loaded else { return not(InMemory::Unknown) };
        if self.is_running_kernel(package) {
            return Memory { state: InMemory::Yes, processes: &[], kernel: true };
        }
        if let Some(entry) = self.entry(package) {
            return Memory { state: InMemory::Yes, processes: &entry.processes, kernel: false };
        }
        if package.kind == PackageType::Kernel {
            // Another kernel runs, where it is known which.
            return not(if loaded.kernel.is_some() { InMemory::No } else { InMemory::Unknown });
        }
        not(if loaded.complete && !self.untellable.contains(&package.key()) { InMemory::No } else { InMemory::Unknown })
    }
}

/// The package as it was when the older copy was installed; none where its version, or its source's, is not known.
pub(crate) fn older(package: &Package, version: Option<&str>) -> Option<Package> {
    let version = version?;
    let source = match &package.source {
        None => None,
        Some(source) => Some(Source {
            name: source.name.clone(),
            version: if source.version == package.version {
                version.to_owned()
            } else if source.version == rebuilt(&package.version) {
                rebuilt(version).to_owned()
            } else if source.version.is_empty() {
                String::new()
            } else {
                // A binary whose version says nothing of its source's (`gcc 4:12.2.0-3` of `gcc-defaults 1.203`).
                return None;
            },
        }),
    };
    Some(Package { version: version.to_owned(), source, ..package.clone() })
}

/// The version without the mark of a rebuild, `+b1`.
fn rebuilt(version: &str) -> &str {
    match version.rsplit_once("+b") {
        Some((source, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => source,
        _ => version,
    }
}
