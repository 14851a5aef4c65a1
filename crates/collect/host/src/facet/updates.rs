use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Updates that the local package lists offer (`/var/lib/apt/lists`, apk's cached index). No network. Where there are
/// no lists the facet is `unsupported`, never empty.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Updates {
    /// Package name to the update.
    pub(crate) pending: BTreeMap<String, Update>,
    /// Day of the newest list since 1970-01-01.
    pub(crate) lists_day: i64,
    /// A reboot is asked for (`/run/reboot-required`, or a newer kernel is installed than runs).
    pub(crate) reboot_required: bool,
    /// Packages that asked for it.
    pub(crate) reboot_packages: Vec<String>,
}

/// One pending update.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Update {
    /// Installed version.
    pub(crate) installed: String,
    /// Offered version.
    pub(crate) candidate: String,
    /// It comes from a security suite.
    pub(crate) security: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "updates",
    live_only: false,
    shape: crate::def::shape_of::<Updates>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Updates, Missing> {
    Err(Missing::failed("not written yet"))
}
