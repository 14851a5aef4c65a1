use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Graphical login (GDM, LightDM): present or not, and the settings that matter.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct DisplayManager {
    /// Installed managers: `gdm3`, `lightdm`, `sddm`, `xdm`.
    pub(crate) installed: Vec<String>,
    /// `[xdmcp] Enable=true` in gdm's configuration.
    pub(crate) xdmcp: bool,
    /// Automatic or timed login is on.
    pub(crate) automatic_login: bool,
    /// dconf keys that matter, from `/etc/dconf/db/*.d`: `org/gnome/login-screen/banner-message-enable` → `true`.
    pub(crate) dconf: BTreeMap<String, String>,
    /// dconf keys that are locked.
    pub(crate) dconf_locks: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "display_manager",
    live_only: false,
    shape: crate::def::shape_of::<DisplayManager>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<DisplayManager, Missing> {
    Err(Missing::failed("not written yet"))
}
