use std::collections::BTreeMap;

use casemate_estate::{
    ContentHash, Edge, EdgeKind, Facet, FacetStatus, Inventory, Kind, Listing, Observation, PackageType, Resource,
    ResourceId, Timestamp,
};
use schemars::JsonSchema;
use serde_json::{Value, json};

use crate::{Assembled, FileOfInterest, Secret};

/// Kinds of targets that hold packages; `KIND.package` is the kind of the packages in each.
const TARGETS: &[&str] = &["host", "image", "directory", "disk", "sbom"];

/// Problems that the facet `software` holds; the rest is counted.
const PROBLEMS_MAX: usize = 1_000;
/// Bytes of a package's key in an id. Names are under 300; what is longer comes of a hostile file, and is cut.
const KEY_MAX: usize = 1_024;

/// `TARGET/package/KEY`, a key that is too long cut with its hash, so that two keys stay two.
fn id(target: &ResourceId, key: &str) -> ResourceId {
    let most = KEY_MAX.min(4_000_usize.saturating_sub(target.as_str().len()));
    // A control character takes up to ten bytes as it is written.
    let id = target.child("package", key);
    if key.len() <= most && id.as_str().len() <= 4_096 {
        return id;
    }
    let hash = ContentHash::of_parts([key.as_bytes()]).to_hex();
    let head: String = key.chars().filter(|c| !c.is_control() && *c != '\\').take(most / 8).collect();
    target.child("package", &format!("{head}\u{2026}{}", hash.get(..32).unwrap_or(&hash)))
}

/// The packages of `target` as resources `ID/package/TYPE/NAME…` of kind `KIND.package`, each with the facet `package`,
/// the edges that say who contains them, and the listing. Where a problem may hide packages the listing is failed, and so
/// ends nothing; other problems are in the target's own facet (see [`target_facets`]).
#[must_use]
pub fn observations(target: &Resource, inventory: &Inventory, at: Timestamp) -> (Vec<Observation>, Vec<Edge>, Listing) {
    let kind = Kind::new(format!("{}.package", target.kind));
    let mut resources: BTreeMap<String, Observation> = BTreeMap::new();
    let mut edges = Vec::new();
    for package in &inventory.packages {
        let mut key = package.key();
        if resources.contains_key(&key) {
            // Two kernels of one name, side by side.
            key = format!("{key}@{}", package.version);
        }
        let id = id(&target.id, &key);
        let facet = Facet::collected(json!(package), at);
        edges.push(Edge { from: target.id.clone(), kind: EdgeKind::Contains, to: id.clone(), evidence: Value::Null });
        let resource = Resource {
            id,
            kind: kind.clone(),
            name: format!("{} {}", package.full_name(), package.version),
            scope: target.scope.clone(),
        };
        resources.insert(key, Observation { resource, facets: BTreeMap::from([("package".to_owned(), facet)]) });
    }
    let hiding: Vec<_> = inventory.problems.iter().filter(|problem| problem.incomplete).collect();
    let listing = Listing {
        scope: target.scope.clone(),
        kind,
        status: if hiding.is_empty() {
            casemate_estate::FacetStatus::Collected
        } else {
            casemate_estate::FacetStatus::Failed
        },
        reason: hiding.first().map(|problem| match hiding.len() {
            1 => format!("`{}`: {}", problem.path, problem.reason),
            n => format!("`{}`: {}; and {} more", problem.path, problem.reason, n - 1),
        }),
    };
    (resources.into_values().collect(), edges, listing)
}

/// The facets of a target that every reader of files gives: `software` ([`Software`]), `secrets` ([`Secrets`];
/// `unsupported` where they were not looked for) and `files` ([`Files`]).
#[must_use]
pub fn target_facets(assembled: &Assembled, secrets_sought: bool, at: Timestamp) -> BTreeMap<String, Facet> {
    let mut packages = BTreeMap::new();
    for package in &assembled.inventory.packages {
        *packages.entry(package.kind.as_str()).or_insert(0_u64) += 1;
    }
    let problems = &assembled.inventory.problems;
    let software = json!({
        "distribution": assembled.inventory.distribution,
        "manager": manager(assembled),
        "packages": packages,
        "problems": problems.iter().take(PROBLEMS_MAX).collect::<Vec<_>>(),
        "problem_count": problems.len(),
    });
    let secrets = if secrets_sought {
        Facet::collected(json!({"secrets": assembled.secrets, "searched": true}), at)
    } else {
        Facet::missing(FacetStatus::Unsupported, "secrets were not looked for\nhint: scan with `--secrets`", at)
    };
    BTreeMap::from([
        ("software".to_owned(), Facet::collected(software, at)),
        ("secrets".to_owned(), secrets),
        ("files".to_owned(), Facet::collected(json!({"files": assembled.interest}), at)),
    ])
}

/// The package manager that installed most of the system packages.
fn manager(assembled: &Assembled) -> Option<&'static str> {
    let count = |kind| assembled.inventory.packages.iter().filter(|package| package.kind == kind).count();
    [(PackageType::Deb, "dpkg"), (PackageType::Rpm, "rpm"), (PackageType::Apk, "apk")]
        .into_iter()
        .map(|(kind, name)| (count(kind), name))
        .filter(|(count, _)| *count > 0)
        .max()
        .map(|(_, name)| name)
}

/// Shapes of the facets that this crate makes, by kind and facet: `KIND.package` has `package`, each target has those of
/// [`target_facets`].
#[must_use]
pub fn shapes() -> BTreeMap<String, BTreeMap<String, Value>> {
    let shape = |schema: schemars::Schema| schema.to_value();
    let mut all = BTreeMap::new();
    for target in TARGETS {
        all.insert(
            (*target).to_owned(),
            BTreeMap::from([
                ("software".to_owned(), shape(schemars::schema_for!(Software))),
                ("secrets".to_owned(), shape(schemars::schema_for!(Secrets))),
                ("files".to_owned(), shape(schemars::schema_for!(Files))),
            ]),
        );
        all.insert(
            format!("{target}.package"),
            BTreeMap::from([("package".to_owned(), shape(schemars::schema_for!(PackageFacet)))]),
        );
    }
    all
}

// The types below are the shapes of the facets: what checks may refer to.

/// The facet `software`.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct Software {
    /// From `os-release`; null where the target says none.
    distribution: Option<DistributionFacet>,
    /// `dpkg`, `rpm`, `apk`; null where no package manager's database was found.
    manager: Option<String>,
    /// How many packages, by type: `{"deb": 400, "pypi": 3}`.
    packages: BTreeMap<String, u64>,
    /// What could not be understood, at most 1,000.
    problems: Vec<ProblemFacet>,
    /// How many there are in all.
    problem_count: u64,
}

/// The distribution.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct DistributionFacet {
    /// `ID`: `debian`.
    id: String,
    /// `ID_LIKE`; absent where there is none.
    like: Option<Vec<String>>,
    /// `VERSION_ID`; empty for a rolling one.
    version: String,
    /// `VERSION_CODENAME`.
    codename: Option<String>,
    /// `PRETTY_NAME`.
    pretty: Option<String>,
}

/// A gap.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct ProblemFacet {
    /// The file.
    path: String,
    /// Why.
    reason: String,
    /// Packages may be missing because of it.
    incomplete: bool,
}

/// The facet `secrets`.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct Secrets {
    /// By path and line.
    secrets: Vec<Secret>,
    /// Always true: a target in which they were not looked for has no such facet.
    searched: bool,
}

/// The facet `files`.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct Files {
    /// By path.
    files: Vec<FileOfInterest>,
}

/// The facet `package` of `KIND.package`.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct PackageFacet {
    /// Type of its package URL.
    r#type: String,
    /// Group, scope or vendor.
    namespace: Option<String>,
    /// Name.
    name: String,
    /// Version; empty where the evidence gives none.
    version: String,
    /// Architecture.
    arch: Option<String>,
    /// Source package of a distribution's package.
    source: Option<SourceFacet>,
    /// Module stream of an rpm.
    module: Option<String>,
    /// Who built an rpm.
    vendor: Option<String>,
    /// Needed to build or test only; absent for false.
    dev: Option<bool>,
    /// Files that prove it.
    locations: Vec<LocationFacet>,
}

/// A source package.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct SourceFacet {
    /// Name.
    name: String,
    /// Version.
    version: String,
}

/// Where a package lies.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct LocationFacet {
    /// The file.
    path: String,
    /// The layer of an image that brought it.
    layer: Option<String>,
}
