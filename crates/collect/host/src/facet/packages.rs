use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Installed packages: dpkg's status (and `status.d`), apk's database, rpm's database where it can be read.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Packages {
    /// `dpkg`, `apk`, `rpm` or `none`.
    pub(crate) manager: String,
    /// Package name to what is installed; only packages in state installed.
    pub(crate) installed: BTreeMap<String, Package>,
    /// Names in a half-installed or unpacked state, or removed with configuration left (`rc`).
    pub(crate) residual: Vec<String>,
}

/// One package.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Package {
    /// Version as the manager writes it. Where several architectures are installed, the highest in text order.
    pub(crate) version: String,
    /// Architectures.
    pub(crate) arch: Vec<String>,
    /// Source package where it differs from the name; null otherwise.
    pub(crate) source: Option<String>,
    /// Held back from upgrades.
    pub(crate) held: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "packages",
    live_only: false,
    shape: crate::def::shape_of::<Packages>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Packages, Missing> {
    Err(Missing::failed("not written yet"))
}
