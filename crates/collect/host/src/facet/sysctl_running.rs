use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Kernel parameters as they are now (`/proc/sys`). Live only. Counters and other values that change by themselves
/// (`fs.file-nr`, `kernel.random.*`, `kernel.ns_last_pid` …) are left out.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SysctlRunning {
    /// Dotted name to value, tabs folded to one space: `net.ipv4.conf.all.rp_filter` → `"1"`. A dot within an
    /// interface name is written `/`, as `sysctl(8)` does.
    pub(crate) values: BTreeMap<String, String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "sysctl_running",
    live_only: true,
    shape: crate::def::shape_of::<SysctlRunning>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<SysctlRunning, Missing> {
    Err(Missing::failed("not written yet"))
}
