//! The facets of an image: `config` and `layers`, beside those that every reader of files gives.
use std::collections::BTreeMap;

use casemate_collect_software::{Assembled, Secret, SecretClass, observations, target_facets};
use casemate_estate::{Facet, Observation, Resource, Snapshot, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    Digest,
    document::{Config, Healthcheck},
    merge::Buried,
    redact,
    source::Found,
};

/// Steps of the history that are told.
const HISTORY_MAX: usize = 1_000;
/// Characters of a text of the configuration.
const TEXT_MAX: usize = 4_096;

/// What was read of a layer.
pub(crate) struct LayerTold {
    pub(crate) diff_id: Option<Digest>,
    pub(crate) entries: u64,
    pub(crate) bytes: u64,
}

/// All that a snapshot is made of.
pub(crate) struct Parts<'a> {
    pub(crate) target: &'a Resource,
    pub(crate) found: &'a Found,
    pub(crate) config: &'a Config,
    pub(crate) layers: &'a [LayerTold],
    pub(crate) assembled: &'a mut Assembled,
    pub(crate) buried: &'a [Buried],
    pub(crate) secrets: bool,
    pub(crate) started: Timestamp,
    pub(crate) clock: &'a dyn Fn() -> Timestamp,
}

/// The facet `config`: how containers of the image are run, and how it was made.
#[derive(Debug, Serialize, JsonSchema)]
struct ConfigFacet {
    /// Digest of the configuration: the image's id.
    digest: String,
    /// Digest of the manifest; null where the source has none.
    manifest: Option<String>,
    /// Names that the source gives it.
    tags: Vec<String>,
    /// When it was made, as it says itself (RFC 3339).
    created: Option<String>,
    /// `amd64`; null where it says none.
    architecture: Option<String>,
    /// `linux`; null where it says none.
    os: Option<String>,
    /// `v8`.
    variant: Option<String>,
    /// `USER`, as it stands: a name or number, with or without a group; empty for root.
    user: String,
    /// The user is root: by number, by that name, or because none is set.
    root: bool,
    /// `8080/tcp`.
    exposed_ports: Vec<String>,
    /// Variables, without their values.
    env: Vec<Variable>,
    /// What is run, with secrets taken out.
    entrypoint: Vec<String>,
    /// Its arguments, with secrets taken out.
    cmd: Vec<String>,
    /// Where it is run; empty for `/`.
    working_dir: String,
    /// Paths that are volumes.
    volumes: Vec<String>,
    /// Labels, with secrets taken out.
    labels: BTreeMap<String, String>,
    /// The signal that stops it; empty for the usual one.
    stop_signal: String,
    /// How its health is asked; null where it is not.
    healthcheck: Option<HealthcheckFacet>,
    /// The image it is built on, from the labels `org.opencontainers.image.base.name` and `.digest`.
    base: Option<Base>,
    /// How it was made, from the first step; at most 1,000.
    history: Vec<Step>,
    /// Steps in all.
    history_count: u64,
}

/// A variable of the environment.
#[derive(Debug, Serialize, JsonSchema)]
struct Variable {
    /// Its name.
    name: String,
    /// It has a value.
    set: bool,
    /// Name or value say that the value is a secret.
    secret_like: bool,
}

/// How the health of a container is asked.
#[derive(Debug, Serialize, JsonSchema)]
struct HealthcheckFacet {
    /// `["CMD", …]`, `["CMD-SHELL", …]`, `["NONE"]`; with secrets taken out.
    test: Vec<String>,
    /// Seconds between two; null for the usual.
    interval: Option<f64>,
    /// Seconds that one may take.
    timeout: Option<f64>,
    /// Seconds before failures count.
    start_period: Option<f64>,
    /// Failures in a row.
    retries: Option<i64>,
}

/// The image below.
#[derive(Debug, Serialize, JsonSchema)]
struct Base {
    /// `docker.io/library/debian:12`.
    name: Option<String>,
    /// Digest of its manifest.
    digest: Option<String>,
}

/// A step of the making.
#[derive(Debug, Serialize, JsonSchema)]
struct Step {
    /// The command, with secrets taken out.
    created_by: String,
    /// When (RFC 3339).
    created: Option<String>,
    /// What the builder noted.
    comment: String,
    /// It made no layer.
    empty_layer: bool,
}

/// The facet `layers`.
#[derive(Debug, Serialize, JsonSchema)]
struct LayersFacet {
    /// From the lowest.
    layers: Vec<LayerFacet>,
}

/// One layer.
#[derive(Debug, Serialize, JsonSchema)]
struct LayerFacet {
    /// Digest of its archive; null where the configuration has none for it.
    diff_id: Option<String>,
    /// Digest of the bytes that registries keep; null where the source does not say.
    digest: Option<String>,
    /// As the manifest says.
    media_type: String,
    /// Bytes as stored; null where the source does not say.
    size: Option<u64>,
    /// Bytes of its archive.
    bytes: u64,
    /// Entries of its archive.
    entries: u64,
    /// The step of the history that made it, with secrets taken out.
    created_by: Option<String>,
    /// Packages of the image that this layer brought.
    packages: u64,
}

/// Shapes of the facets `config` and `layers` of kind `image`; the others' are [`casemate_collect_software::shapes`].
#[must_use]
pub fn shapes() -> BTreeMap<String, BTreeMap<String, Value>> {
    let mut all = casemate_collect_software::shapes();
    all.retain(|kind, _| kind == "image" || kind.starts_with("image."));
    let image = all.entry("image".to_owned()).or_default();
    image.insert("config".into(), schemars::schema_for!(ConfigFacet).to_value());
    image.insert("layers".into(), schemars::schema_for!(LayersFacet).to_value());
    all
}

pub(crate) fn snapshot(parts: &mut Parts<'_>) -> Snapshot {
    let at = parts.started;
    let (config, mut secrets) = config(parts);
    let layers = layers(parts);
    if parts.secrets {
        secrets.extend(parts.buried.iter().map(|buried| buried_secret(buried, parts.layers)));
        parts.assembled.secrets.extend(secrets);
        parts.assembled.secrets.sort();
        parts.assembled.secrets.dedup();
    }
    let mut facets = target_facets(parts.assembled, parts.secrets, at);
    for (name, value) in [("config", serde_json::to_value(config)), ("layers", serde_json::to_value(layers))] {
        let facet = match value {
            Ok(value) => Facet::collected(value, at),
            Err(error) => Facet::missing(casemate_estate::FacetStatus::Failed, error.to_string(), at),
        };
        facets.insert(name.to_owned(), facet);
    }
    let (packages, edges, listing) = observations(parts.target, &parts.assembled.inventory, at);
    let mut all = vec![Observation { resource: parts.target.clone(), facets }];
    all.extend(packages);
    Snapshot {
        target: parts.target.id.to_string(),
        started: parts.started,
        finished: (parts.clock)(),
        observations: all,
        edges,
        listings: vec![listing],
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TEXT_MAX) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
    }
}

/// Texts of the configuration with their secrets taken out and noted.
struct Redactor {
    found: Vec<Secret>,
}

impl Redactor {
    /// `place`: `config.json#/config/Cmd`; `line`: which of several, from 1.
    fn text(&mut self, text: &str, place: &str, line: u64) -> String {
        let redacted = redact::text(text);
        for found in redacted.found {
            let detector = if found.name.is_empty() { "token_in_config" } else { "secret_in_config" };
            self.add(detector, found.class, place, line, found.length);
        }
        // What the detectors still see in it is not shown at all.
        let left = redact::detect(&redacted.text, place, line);
        if left.is_empty() {
            return cut(&redacted.text);
        }
        self.found.extend(left);
        "… (held a secret)".into()
    }

    fn list(&mut self, list: &[String], place: &str) -> Vec<String> {
        // A flag and its value are words of the same command.
        let joined = list.iter().map(|word| word.replace(char::is_whitespace, "\u{1f}")).collect::<Vec<_>>().join(" ");
        let shown = self.text(&joined, place, 1);
        shown.split(' ').filter(|word| !word.is_empty()).map(|word| word.replace('\u{1f}', " ")).collect()
    }

    fn add(&mut self, detector: &str, class: SecretClass, place: &str, line: u64, length: usize) {
        if let Ok(secret) = serde_json::from_value(serde_json::json!({
            "detector": detector,
            "class": class,
            "path": place,
            "line": line,
            "redacted": format!("… ({length} characters)"),
            "proof": "pattern",
        })) {
            self.found.push(secret);
        }
    }
}

fn config(parts: &Parts<'_>) -> (ConfigFacet, Vec<Secret>) {
    let Parts { config, found, .. } = parts;
    let run = &config.config;
    let mut redactor = Redactor { found: Vec::new() };
    let mut env = Vec::new();
    for (index, text) in run.env.iter().enumerate() {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let place = format!("config.json#/config/Env/{}", cut(name));
        let line = index as u64 + 1;
        let by_name = redact::name_class(name).filter(|_| redact::value_is_secret(value));
        let mut by_value = redact::detect(text, &place, line);
        match (by_name, by_value.is_empty()) {
            (Some(class), true) => redactor.add("secret_in_config", class, &place, line, value.chars().count()),
            (None, true) => {
                // An address with a password, a token.
                let found = redact::text(value).found;
                for found in &found {
                    redactor.add("secret_in_config", found.class, &place, line, found.length);
                }
                if !found.is_empty() {
                    env.push(Variable { name: cut(name), set: true, secret_like: true });
                    continue;
                }
            }
            _ => {}
        }
        let secret_like = by_name.is_some() || !by_value.is_empty();
        redactor.found.append(&mut by_value);
        env.push(Variable { name: cut(name), set: !value.is_empty(), secret_like });
    }
    let labels = run.labels.iter().map(|(name, value)| {
        let place = format!("config.json#/config/Labels/{}", cut(name));
        let value = match redact::name_class(name).filter(|_| redact::value_is_secret(value)) {
            Some(class) => {
                redactor.add("secret_in_config", class, &place, 1, value.chars().count());
                "…".into()
            }
            None => redactor.text(value, &place, 1),
        };
        (cut(name), value)
    });
    let labels = labels.collect();
    // A step that sets a variable repeats what the variables said.
    let of_env: Vec<String> =
        run.env.iter().filter_map(|text| text.split_once('=')).map(|(name, _)| name.to_owned()).collect();
    let history = config.history.iter().take(HISTORY_MAX).enumerate().map(|(index, step)| {
        let before = redactor.found.len();
        let place = "config.json#/history";
        let created_by = redactor.text(&step.created_by, place, index as u64 + 1);
        if of_env.iter().any(|name| step.created_by.contains(&format!("ENV {name}="))) {
            redactor.found.truncate(before);
        }
        Step {
            created_by,
            created: step.created.as_deref().map(cut),
            comment: redactor.text(&step.comment, place, index as u64 + 1),
            empty_layer: step.empty_layer,
        }
    });
    let history = history.collect();
    let facet = ConfigFacet {
        digest: found.config_digest.to_string(),
        manifest: found.manifest.as_ref().map(Digest::to_string),
        tags: found.tags.iter().map(|tag| cut(tag)).collect(),
        created: config.created.as_deref().map(cut),
        architecture: config.architecture.as_deref().map(cut),
        os: config.os.as_deref().map(cut),
        variant: config.variant.as_deref().map(cut),
        user: cut(&run.user),
        root: matches!(run.user.split(':').next().unwrap_or_default().trim(), "" | "0" | "root"),
        exposed_ports: run.exposed_ports.keys().map(|port| cut(port)).collect(),
        env,
        entrypoint: redactor.list(&run.entrypoint, "config.json#/config/Entrypoint"),
        cmd: redactor.list(&run.cmd, "config.json#/config/Cmd"),
        working_dir: cut(&run.working_dir),
        volumes: run.volumes.keys().map(|path| cut(path)).collect(),
        labels,
        stop_signal: cut(&run.stop_signal),
        healthcheck: run.healthcheck.as_ref().map(|check| healthcheck(check, &mut redactor)),
        base: base(&run.labels),
        history,
        history_count: config.history.len() as u64,
    };
    (facet, redactor.found)
}

fn healthcheck(check: &Healthcheck, redactor: &mut Redactor) -> HealthcheckFacet {
    let seconds = |nanoseconds: Option<i64>| {
        nanoseconds.filter(|n| *n > 0).map(|n| std::time::Duration::from_nanos(n.unsigned_abs()).as_secs_f64())
    };
    HealthcheckFacet {
        test: redactor.list(&check.test, "config.json#/config/Healthcheck"),
        interval: seconds(check.interval),
        timeout: seconds(check.timeout),
        start_period: seconds(check.start_period),
        retries: check.retries,
    }
}

fn base(labels: &BTreeMap<String, String>) -> Option<Base> {
    let label = |name: &str| labels.get(&format!("org.opencontainers.image.base.{name}")).map(|value| cut(value));
    let (name, digest) = (label("name"), label("digest"));
    (name.is_some() || digest.is_some()).then_some(Base { name, digest })
}

fn layers(parts: &Parts<'_>) -> LayersFacet {
    let mut brought: BTreeMap<&str, u64> = BTreeMap::new();
    for package in &parts.assembled.inventory.packages {
        // The lowest layer that has it brought it.
        let order =
            |id: &str| parts.layers.iter().position(|layer| layer.diff_id.as_ref().is_some_and(|d| d.as_str() == id));
        let layers = package.locations.iter().filter_map(|location| location.layer.as_deref());
        if let Some(first) = layers.min_by_key(|id| order(id)) {
            *brought.entry(first).or_default() += 1;
        }
    }
    // The steps that made a layer stand in the layers' order.
    let mut steps = parts.config.history.iter().filter(|step| !step.empty_layer);
    let told = parts.found.layers.iter().enumerate().map(|(index, layer)| {
        let read = parts.layers.get(index);
        let diff_id = read.and_then(|read| read.diff_id.as_ref()).map(Digest::to_string);
        LayerFacet {
            digest: layer.digest.as_ref().map(Digest::to_string),
            media_type: cut(&layer.media_type),
            size: layer.size,
            bytes: read.map_or(0, |read| read.bytes),
            entries: read.map_or(0, |read| read.entries),
            created_by: steps.next().map(|step| cut(&redact::text(&step.created_by).text)),
            packages: diff_id.as_deref().and_then(|id| brought.get(id)).copied().unwrap_or(0),
            diff_id,
        }
    });
    LayersFacet { layers: told.collect() }
}

/// A secret of a file that a later layer hides.
fn buried_secret(buried: &Buried, layers: &[LayerTold]) -> Secret {
    let id = |index: usize| {
        let diff_id = layers.get(index).and_then(|layer| layer.diff_id.as_ref());
        // Without ids the layers are still told apart.
        Some(diff_id.map_or_else(|| format!("layer {}", index + 1), Digest::to_string))
    };
    Secret { layer: id(buried.layer), deleted_in_later_layer: id(buried.hidden_by), ..buried.secret.clone() }
}
