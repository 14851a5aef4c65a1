use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// The command line of the running kernel (`/proc/cmdline`). Live only.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KernelCmdline {
    /// Parameter name to its values, in order; a parameter without `=` has the value "". Values of parameters whose
    /// name looks like a secret are replaced by `REDACTED`.
    pub(crate) params: BTreeMap<String, Vec<String>>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "kernel_cmdline",
    live_only: true,
    shape: crate::def::shape_of::<KernelCmdline>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<KernelCmdline, Missing> {
    Err(Missing::failed("not written yet"))
}
