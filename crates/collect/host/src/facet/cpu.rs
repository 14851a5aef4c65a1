use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// What the kernel says of processor weaknesses (`/sys/devices/system/cpu/vulnerabilities`). Live only.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Cpu {
    /// Name to the kernel's sentence: `Not affected`, `Mitigation: …`, `Vulnerable: …`.
    pub(crate) vulnerabilities: BTreeMap<String, String>,
    /// Feature flags of the first processor that checks ask for, of `nx`, `pae`, `lm`, `smep`, `smap`.
    pub(crate) flags: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "cpu",
    live_only: true,
    shape: crate::def::shape_of::<Cpu>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Cpu, Missing> {
    Err(Missing::failed("not written yet"))
}
