use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Whether updates install themselves: unattended-upgrades, dnf-automatic.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct AutomaticUpdates {
    /// `APT::Periodic::Update-Package-Lists`; null where not set.
    pub(crate) update_lists: Option<String>,
    /// `APT::Periodic::Unattended-Upgrade`; null where not set.
    pub(crate) unattended_upgrade: Option<String>,
    /// Origins or patterns that unattended-upgrades takes.
    pub(crate) origins: Vec<String>,
    /// `apply_updates` of dnf-automatic; null where it is not installed.
    pub(crate) dnf_apply: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "automatic_updates",
    live_only: false,
    shape: crate::def::shape_of::<AutomaticUpdates>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<AutomaticUpdates, Missing> {
    Err(Missing::failed("not written yet"))
}
