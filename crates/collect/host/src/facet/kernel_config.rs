use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// How the kernel was built: `/proc/config.gz`, or `/boot/config-RELEASE` of the running (mounted root: newest) kernel.
/// Unsupported where neither exists.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KernelConfig {
    /// File it was read from.
    pub(crate) file: String,
    /// `CONFIG_X` to `y`, `m`, or its text without quotes. Options that are not set are absent.
    pub(crate) options: BTreeMap<String, String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "kernel_config",
    live_only: false,
    shape: crate::def::shape_of::<KernelConfig>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<KernelConfig, Missing> {
    Err(Missing::failed("not written yet"))
}
