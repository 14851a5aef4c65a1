use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// Kernel parameters as the next boot will set them: `sysctl.d(5)` order over `/etc/sysctl.d`, `/run/sysctl.d`,
/// `/usr/local/lib/sysctl.d`, `/usr/lib/sysctl.d`, `/lib/sysctl.d`, then `/etc/sysctl.conf` (procps), ufw's own file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SysctlPersisted {
    /// Dotted name to the setting that wins.
    pub(crate) values: BTreeMap<String, PersistedSysctl>,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// A setting and where it stands.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PersistedSysctl {
    /// The value as written, trimmed.
    pub(crate) value: String,
    /// The file that sets it.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "sysctl_persisted",
    live_only: false,
    shape: crate::def::shape_of::<SysctlPersisted>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<SysctlPersisted, Missing> {
    Err(Missing::failed("not written yet"))
}
