use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Which units are active now (`/run/systemd/units`, cgroups). Live only; unsupported where systemd does not run.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UnitsActive {
    /// Names of active services and sockets, sorted. One-shot services and scopes are left out.
    pub(crate) active: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "units_active",
    live_only: true,
    shape: crate::def::shape_of::<UnitsActive>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<UnitsActive, Missing> {
    Err(Missing::failed("not written yet"))
}
