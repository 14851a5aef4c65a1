use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Loaded kernel modules (`/proc/modules`). Live only.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct ModulesLoaded {
    /// Names with `_` for `-`, sorted.
    pub(crate) loaded: Vec<String>,
    /// `kernel.modules_disabled`: no module can be loaded until reboot.
    pub(crate) loading_disabled: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "modules_loaded",
    live_only: true,
    shape: crate::def::shape_of::<ModulesLoaded>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<ModulesLoaded, Missing> {
    Err(Missing::failed("not written yet"))
}
