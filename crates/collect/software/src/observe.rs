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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use casemate_estate::{Distribution, Location, Package, Problem};

    use super::*;

    fn package(kind: PackageType, name: &str, version: &str) -> Package {
        Package {
            kind,
            namespace: None,
            name: name.into(),
            version: version.into(),
            arch: None,
            source: None,
            module: None,
            vendor: None,
            dev: false,
            locations: BTreeSet::from([Location { path: "/x".into(), layer: None }]),
        }
    }

    fn target() -> Resource {
        Resource { id: ResourceId::host("m"), kind: Kind::new("host"), name: "h".into(), scope: "m".into() }
    }

    #[test]
    fn names_of_any_length_and_bytes_give_ids_and_stay_apart() {
        let long = "x".repeat(6_000);
        let names = ["a", "a\nb", "a\u{1b}[31m", "../../etc", long.as_str(), &format!("{long}y"), &"\u{1}".repeat(900)];
        let packages = names.iter().map(|name| package(PackageType::Npm, name, "1")).collect();
        let inventory = Inventory { packages, ..Inventory::default() };
        let (observations, edges, _) = observations(&target(), &inventory, Timestamp::UNIX_EPOCH);
        let ids: BTreeSet<_> = observations.iter().map(|observation| observation.resource.id.clone()).collect();
        assert_eq!((ids.len(), edges.len()), (names.len(), names.len()));
        for id in ids {
            assert!(ResourceId::new(id.as_str()).is_ok(), "{id:.80}");
        }
    }

    #[test]
    fn two_kernels_of_one_name_are_two() {
        let packages = ["1", "2"].iter().map(|version| package(PackageType::Rpm, "kernel-core", version)).collect();
        let (observations, _, _) =
            observations(&target(), &Inventory { packages, ..Inventory::default() }, Timestamp::UNIX_EPOCH);
        let ids: Vec<_> = observations.iter().map(|observation| observation.resource.id.as_str()).collect();
        assert_eq!(ids, ["host://m/package/rpm/kernel-core", "host://m/package/rpm/kernel-core@2"]);
    }

    #[test]
    fn only_a_gap_that_may_hide_packages_fails_the_listing() {
        for (incomplete, want) in [
            (&[false][..], FacetStatus::Collected),
            (&[false, true], FacetStatus::Failed),
            (&[], FacetStatus::Collected),
        ] {
            let problems = incomplete.iter().map(|incomplete| Problem {
                path: "/x".into(),
                reason: "y".into(),
                incomplete: *incomplete,
            });
            let inventory = Inventory { problems: problems.collect(), ..Inventory::default() };
            assert_eq!(observations(&target(), &inventory, Timestamp::UNIX_EPOCH).2.status, want, "{incomplete:?}");
        }
    }

    /// Every key of a value is in its shape, and every key that the shape asks for is in the value.
    fn fits(shape: &Value, root: &Value, value: &Value, at: &str) {
        let shape = match shape.get("$ref").and_then(Value::as_str) {
            Some(path) => root.pointer(path.trim_start_matches('#')).unwrap(),
            None => shape,
        };
        if let Some(any) = shape.get("anyOf").and_then(Value::as_array) {
            let taken = any.iter().find(|one| one.get("type").and_then(Value::as_str) != Some("null")).unwrap();
            if !value.is_null() {
                fits(taken, root, value, at);
            }
            return;
        }
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    let inner =
                        shape.pointer(&format!("/properties/{key}")).or_else(|| shape.get("additionalProperties"));
                    fits(
                        inner.unwrap_or_else(|| panic!("{at}.{key} is in no shape")),
                        root,
                        value,
                        &format!("{at}.{key}"),
                    );
                }
                for key in shape.get("required").and_then(Value::as_array).into_iter().flatten() {
                    assert!(map.contains_key(key.as_str().unwrap()), "{at}.{key} is missing");
                }
            }
            Value::Array(all) => all.iter().for_each(|one| fits(&shape["items"], root, one, at)),
            _ => {}
        }
    }

    #[test]
    fn facets_have_the_shapes_that_checks_are_held_to() {
        let mut full = package(PackageType::Rpm, "x", "1");
        full.namespace = Some("n".into());
        full.arch = Some("x86_64".into());
        full.source = Some(casemate_estate::Source { name: "s".into(), version: "1".into() });
        full.module = Some("m:1".into());
        full.vendor = Some("v".into());
        full.dev = true;
        full.locations.insert(Location { path: "/y".into(), layer: Some("sha256:1".into()) });
        let distribution = Distribution {
            id: "a".into(),
            like: vec!["b".into()],
            version: "1".into(),
            codename: Some("c".into()),
            pretty: Some("A".into()),
        };
        let secret = Secret {
            detector: "d".into(),
            class: crate::SecretClass::Token,
            path: "/s".into(),
            line: 1,
            redacted: "…".into(),
            proof: "checksum".into(),
            layer: Some("sha256:1".into()),
            deleted_in_later_layer: Some("sha256:2".into()),
        };
        let interest =
            FileOfInterest { path: "/x".into(), kind: "shell".into(), mode: "0o0755".into(), uid: 0, gid: 0 };
        let problem = Problem { path: "/p".into(), reason: "r".into(), incomplete: false };
        let shapes = shapes();
        for assembled in [
            Assembled {
                inventory: Inventory {
                    distribution: Some(distribution),
                    packages: vec![full],
                    problems: vec![problem],
                },
                secrets: vec![secret],
                interest: vec![interest],
                ..Assembled::default()
            },
            Assembled {
                inventory: Inventory { packages: vec![package(PackageType::Npm, "y", "")], ..Inventory::default() },
                ..Assembled::default()
            },
            Assembled::default(),
        ] {
            for (name, facet) in target_facets(&assembled, true, Timestamp::UNIX_EPOCH) {
                let shape = &shapes["host"][&name];
                fits(shape, shape, facet.value.as_deref().unwrap(), &name);
            }
            for observation in observations(&target(), &assembled.inventory, Timestamp::UNIX_EPOCH).0 {
                let shape = &shapes["host.package"]["package"];
                fits(shape, shape, observation.facets["package"].value.as_deref().unwrap(), "package");
            }
        }
        let facets = target_facets(&Assembled::default(), false, Timestamp::UNIX_EPOCH);
        assert_eq!(facets["secrets"].status, FacetStatus::Unsupported, "not looked for is not clean");
        assert_eq!(shapes.len(), 2 * TARGETS.len());
    }
}
