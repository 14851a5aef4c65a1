//! DESIGN §3: arrows point one way only.
use crate::{Chore, metadata::Metadata};

/// Each crate and the members it may depend on. A crate that is not here is an error: it has no place yet.
const LAYERS: &[(&str, &[&str])] = &[
    ("casemate-estate", &[]),
    ("casemate-store", &["casemate-estate"]),
    // Two tools that know nothing of the estate: the order of versions, and the one HTTP client.
    // Versions see the estate only for the shape of a fuzz table.
    ("casemate-version", &["casemate-estate"]),
    ("casemate-http", &[]),
    ("casemate-collect-software", &["casemate-estate"]),
    ("casemate-collect-host", &["casemate-estate", "casemate-version", "casemate-collect-software"]),
    ("casemate-collect-image", &["casemate-estate", "casemate-http", "casemate-collect-software"]),
    ("casemate-collect-disk", &["casemate-estate", "casemate-collect-software"]),
    // It asks the detectors of secrets what a variable or a script holds.
    ("casemate-collect-aws", &["casemate-estate", "casemate-http", "casemate-collect-software"]),
    ("casemate-assess", &["casemate-estate", "casemate-store"]),
    ("casemate-vuln", &["casemate-estate", "casemate-store", "casemate-version", "casemate-http"]),
    ("casemate-graph", &["casemate-estate", "casemate-store"]),
    (
        "casemate",
        &[
            "casemate-estate",
            "casemate-store",
            "casemate-collect-software",
            "casemate-collect-host",
            "casemate-collect-image",
            "casemate-collect-disk",
            "casemate-collect-aws",
            "casemate-assess",
            "casemate-vuln",
            "casemate-graph",
        ],
    ),
    ("casemate-testkit", &["casemate-estate"]),
    // Tests and chores stand outside the layers, and nothing may depend on them.
    (
        "casemate-tests",
        &[
            "casemate-testkit",
            "casemate-estate",
            "casemate-store",
            "casemate-version",
            "casemate-http",
            "casemate-collect-software",
            "casemate-collect-host",
            "casemate-collect-image",
            "casemate-collect-disk",
            "casemate-collect-aws",
            "casemate-assess",
            "casemate-vuln",
            "casemate-graph",
        ],
    ),
    ("xtask", &["casemate-testkit"]),
];

/// External crates that only some layers may use: who parses command lines, who talks HTTP, who stores.
const ONLY: &[(&str, &[&str])] = &[
    ("clap", &["casemate"]),
    // The store, the advisory database, and the databases of packages and images that others keep in SQLite.
    ("rusqlite", &["casemate-store", "casemate-vuln", "casemate-collect-software", "casemate-collect-image"]),
    ("regorus", &["casemate-assess"]),
    ("axum", &[]),
    ("hyper", &[]),
    ("reqwest", &["casemate-http"]),
    ("tokio", &[]),
];

/// Checks both tables against the manifests. Development dependencies may point downwards too, never upwards.
pub(crate) fn run(_: &[String]) -> Chore {
    let metadata = Metadata::load()?;
    let mut wrong = Vec::new();
    for package in metadata.members() {
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == package.name) else {
            wrong.push(format!("{} has no layer: name it in xtask/src/layers.rs", package.manifest_path));
            continue;
        };
        for dependency in &package.dependencies {
            // For tests alone: the kit, and the crate itself with a feature of its own switched on.
            let is_test_aid = dependency.kind.as_deref() == Some("dev")
                && (dependency.name == "casemate-testkit" || dependency.name == package.name);
            if dependency.path.is_some() && !allowed.contains(&dependency.name.as_str()) && !is_test_aid {
                wrong.push(format!("{} depends on {}: the arrow points the wrong way", package.name, dependency.name));
            }
            let only = ONLY.iter().find(|(name, _)| *name == dependency.name);
            if let Some((name, users)) = only
                && dependency.kind.is_none()
                && !users.contains(&package.name.as_str())
            {
                wrong.push(format!("{} uses {name}, which is for {users:?} alone", package.name));
            }
        }
    }
    if wrong.is_empty() {
        println!("layers: {} crates, all arrows point one way", LAYERS.len());
        return Ok(());
    }
    Err(wrong.join("\n  "))
}
