//! Collects container images: OCI layouts, archives of docker and podman, registries, local engines. Start at
//! [`collect`].
//!
//! `source` finds the image, `stream` decompresses and verifies a layer, `tar` and `layer` read what its entries
//! prove, `merge` stacks the layers, `facet` tells what the configuration says.
//!
//! **Invariant:** knows no check, runs nothing of the image, writes nothing but its cache. **Invariant:** what an archive
//! says of itself (sizes, digests, names) is checked, and every limit that stops a reading has a name.
//! **Invariant:** no value of an environment variable leaves this crate, nor a password of a command or a history.
mod cache;
mod digest;
mod document;
mod error;
mod facet;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzz;
mod layer;
mod merge;
mod path;
mod redact;
mod reference;
mod source;
mod spool;
mod stream;
mod tar;
#[cfg(test)]
mod tests;

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use casemate_collect_software::Assembled;
use casemate_estate::{Kind, Problem, Resource, ResourceId, Snapshot, Timestamp};

pub(crate) use self::digest::Digest;
use self::{
    cache::Cache,
    document::Config,
    layer::LayerFacts,
    source::{Found, LayerRef},
    stream::Given,
};
pub use self::{error::ImageError, facet::shapes};

/// Layers that are read at once.
const THREADS: usize = 2;

/// Bounds of a reading. What is reached is named in the error or problem: `limit layers.entries`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Entries of one layer.
    pub entries: u64,
    /// Bytes of one layer when decompressed.
    pub layer_bytes: u64,
    /// Decompressed bytes for each compressed byte, counted after the first 64 MiB.
    pub ratio: u64,
    /// Layers of an image.
    pub layers: usize,
    /// Bytes of a manifest, index or configuration.
    pub document_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 2_000_000, layer_bytes: 64 << 30, ratio: 1_000, layers: 512, document_bytes: 16 << 20 }
    }
}

/// How to read an image.
#[derive(Clone, Default)]
pub struct Options {
    /// `linux/arm64/v8`; without it this machine's, and where an index has one image only, that one.
    pub platform: Option<String>,
    /// Look for secrets.
    pub secrets: bool,
    /// Bounds.
    pub limits: Limits,
    /// Where facts of layers are kept by diff id, so that a known layer is not read again; none for no cache.
    pub cache: Option<PathBuf>,
    /// A certificate authority for registries.
    pub ca_file: Option<PathBuf>,
    /// Speak to registries in the clear (loopback always may).
    pub plain_http: bool,
    /// `USER` and `PASSWORD` or token for the registry; without it `$REGISTRY_AUTH_FILE`,
    /// `$XDG_RUNTIME_DIR/containers/auth.json` and `~/.docker/config.json` are asked.
    pub credentials: Option<(String, String)>,
}

impl std::fmt::Debug for Options {
    // Not the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("platform", &self.platform)
            .field("secrets", &self.secrets)
            .field("limits", &self.limits)
            .field("cache", &self.cache)
            .field("ca_file", &self.ca_file)
            .field("plain_http", &self.plain_http)
            .field("credentials", &self.credentials.as_ref().map(|(user, _)| user))
            .finish()
    }
}

/// What was read.
#[derive(Debug)]
pub struct Collected {
    /// Target `image://CONFIG_DIGEST`, kind `image`: facets `config`, `layers`, and those of
    /// [`casemate_collect_software::target_facets`]; its packages.
    pub snapshot: Snapshot,
    /// The same as words of the estate.
    pub assembled: Assembled,
    /// Layers read, and layers whose facts the cache had.
    pub layers: (usize, usize),
}

/// Reads the image that `reference` names:
/// `oci:DIR[:TAG]`, `oci-archive:FILE[:TAG]`, `docker-archive:FILE[:TAG]`, `docker://HOST[:PORT]/NAME[:TAG|@DIGEST]`,
/// `podman:NAME`, `docker-daemon:NAME`, `containerd:[NAMESPACE/]NAME`. Without a prefix: a path that exists is looked
/// into; otherwise the local engines are asked, then the registry. A store elsewhere is given in brackets:
/// `podman:[/mnt/var/lib/containers/storage]NAME`.
///
/// `clock` gives the time; `progress` is told bytes read, bytes known in all (0 where unknown), and what is read.
///
/// # Errors
/// [`ImageError`] where nothing could be read. A layer that breaks off is a problem of the inventory.
pub fn collect(
    reference: &str,
    options: &Options,
    clock: &dyn Fn() -> Timestamp,
    progress: &(dyn Fn(u64, u64, &str) + Sync),
) -> Result<Collected, ImageError> {
    let started = clock();
    let parsed = reference::Reference::parse(reference, &Path::exists)?;
    let found = source::open(&parsed, options)?;
    let what = format!("configuration {}", found.config_digest);
    let config = document::config_parse(&found.config, &what, &found.place)?;
    document::platform_check(&config, source::platform(options)?.as_ref(), reference)?;
    let mut problems = Vec::new();
    let (diff_ids, taken) = diff_ids(&config, &found, options.limits, &mut problems);
    let layers = layers_read(&found, taken, &diff_ids, options, progress);

    let mut counts = (0, 0);
    let mut told = Vec::new();
    let mut facts = Vec::new();
    for ((outcome, layer), diff_id) in layers.into_iter().zip(&found.layers).zip(&diff_ids) {
        if outcome.cached {
            counts.1 += 1
        } else {
            counts.0 += 1
        }
        let place = layer_name(diff_id.as_ref(), layer);
        problems.extend(outcome.broken.into_iter().map(|why| Problem {
            path: place.clone(),
            reason: format!("a layer was not read whole: {why}"),
            incomplete: true,
        }));
        told.push(facet::LayerTold {
            diff_id: diff_id.clone(),
            entries: outcome.facts.entries,
            bytes: outcome.facts.bytes,
        });
        facts.push(outcome.facts);
    }
    let merged = merge::merge(facts);
    let layer_of = |index: usize| diff_ids.get(index).cloned().flatten().map(|id| id.to_string());
    let facts = merged.facts.into_iter().map(|(path, layer, mut facts)| {
        let layer = layer_of(layer);
        for secret in &mut facts.secrets {
            secret.layer.clone_from(&layer);
        }
        (path, layer, facts)
    });
    let mut assembled = casemate_collect_software::assemble(facts);
    problems.extend(merged.problems);
    assembled.inventory.problems.extend(problems);
    assembled.inventory.problems.sort();
    assembled.inventory.problems.dedup();

    let id = ResourceId::new(format!("image://{}", found.config_digest)).map_err(|error| {
        ImageError::document(&what, &found.place, format!("its digest is no id of a resource: {error}"))
    })?;
    let target = Resource { scope: id.to_string(), id, kind: Kind::new("image"), name: found.name.clone() };
    let snapshot = facet::snapshot(&mut facet::Parts {
        target: &target,
        found: &found,
        config: &config,
        layers: &told,
        assembled: &mut assembled,
        buried: &merged.buried,
        secrets: options.secrets,
        started,
        clock,
    });
    Ok(Collected { snapshot, assembled, layers: counts })
}

/// Diff ids of the layers, as far as the configuration has them, and how many layers are read.
fn diff_ids(
    config: &Config,
    found: &Found,
    limits: Limits,
    problems: &mut Vec<Problem>,
) -> (Vec<Option<Digest>>, usize) {
    let said: Vec<&String> = config.rootfs.iter().flat_map(|rootfs| &rootfs.diff_ids).collect();
    let mut problem = |reason: String| {
        let path = format!("configuration {}", found.config_digest);
        problems.push(Problem { path, reason, incomplete: true });
    };
    if said.len() != found.layers.len() {
        problem(format!("it lists {} layers, and the image has {}", said.len(), found.layers.len()));
    }
    // Ids that do not stand beside their layers are worse than none.
    let usable = said.len() == found.layers.len();
    let all: Vec<Option<Digest>> = (0..found.layers.len())
        .map(|index| said.get(index).filter(|_| usable).and_then(|text| Digest::parse(text)))
        .collect();
    if usable && all.iter().any(Option::is_none) {
        problem("some of its diff ids are no digests, so these layers were not verified".into());
    }
    let taken = found.layers.len().min(limits.layers);
    if taken < found.layers.len() {
        let reason =
            format!("limit layers.count is {}: {} layers were not read", limits.layers, found.layers.len() - taken);
        problem(reason);
    }
    (all, taken)
}

/// What came of one layer.
#[derive(Debug, Default)]
struct Outcome {
    facts: LayerFacts,
    broken: Vec<String>,
    cached: bool,
}

/// `layer sha256:…`, by its diff id where it has one.
fn layer_name(diff_id: Option<&Digest>, layer: &LayerRef) -> String {
    let name = diff_id.or(layer.digest.as_ref()).map_or(layer.key.as_str(), Digest::as_str);
    format!("layer {}", name.chars().take(200).collect::<String>().escape_debug())
}

/// Reads the first `taken` layers, or takes their facts from the cache.
fn layers_read(
    found: &Found,
    taken: usize,
    diff_ids: &[Option<Digest>],
    options: &Options,
    progress: &(dyn Fn(u64, u64, &str) + Sync),
) -> Vec<Outcome> {
    let cache = options.cache.as_deref().map(Cache::new);
    let known = |index: usize| {
        let (cache, diff_id) = (cache.as_ref()?, diff_ids.get(index)?.as_ref()?);
        cache.get(diff_id, options.secrets, &options.limits)
    };
    let mut slots: Vec<Option<Outcome>> = Vec::new();
    for index in 0..taken {
        slots.push(known(index).map(|facts| Outcome { facts, broken: Vec::new(), cached: true }));
    }
    let todo: Vec<usize> =
        slots.iter().enumerate().filter(|(_, slot)| slot.is_none()).map(|(index, _)| index).collect();
    let total = todo
        .iter()
        .filter_map(|index| found.layers.get(*index))
        .try_fold(0_u64, |sum, layer| sum.checked_add(layer.size?));
    let (done, next) = (AtomicU64::new(0), AtomicUsize::new(0));
    let slots = Mutex::new(slots);
    let work = || {
        while let Some(index) = todo.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
            let (Some(layer), diff_id) = (found.layers.get(index), diff_ids.get(index).and_then(Option::as_ref)) else {
                break;
            };
            let name = layer_name(diff_id, layer);
            let given = Given {
                digest: layer.digest.as_ref().filter(|_| layer.as_stored),
                diff_id,
                size: layer.size.filter(|_| layer.as_stored),
                open: &|| found.source.layer_open(layer),
                progress: &|n| {
                    let done = done.fetch_add(n, Ordering::Relaxed).saturating_add(n);
                    progress(done, total.unwrap_or(0), &name);
                },
            };
            let read = layer::read(&given, options.secrets, &options.limits);
            if let (Some(cache), Some(diff_id), true) = (&cache, diff_id, read.verified)
                && let Err(error) = cache.put(diff_id, options.secrets, &options.limits, &read.facts)
            {
                // Not the image's fault, and nothing is missing: the next scan reads the layer again.
                tell_cache(&name, &error, progress, done.load(Ordering::Relaxed), total.unwrap_or(0));
            }
            let mut slots = slots.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(slot) = slots.get_mut(index) {
                *slot = Some(Outcome { facts: read.facts, broken: read.broken, cached: false });
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..THREADS.min(todo.len()) {
            scope.spawn(work);
        }
        work();
    });
    let slots = slots.into_inner().unwrap_or_else(PoisonError::into_inner);
    slots.into_iter().map(Option::unwrap_or_default).collect()
}

fn tell_cache(name: &str, error: &std::io::Error, progress: &(dyn Fn(u64, u64, &str) + Sync), done: u64, total: u64) {
    progress(done, total, &format!("{name}, not cached: {error}"));
}
