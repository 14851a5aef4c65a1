use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Mounted file systems (`/proc/self/mountinfo`). Live only.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Mounts {
    /// Mount point to the topmost mount there; pseudo file systems included, those below `/proc`, `/sys` and
    /// container layers left out.
    pub(crate) points: BTreeMap<String, Mount>,
}

/// One mount.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Mount {
    /// Device, share or pseudo name.
    pub(crate) source: String,
    /// `ext4`, `tmpfs` …
    pub(crate) fstype: String,
    /// Per-mount and superblock options together, sorted, without values that change by themselves.
    pub(crate) options: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "mounts",
    live_only: true,
    shape: crate::def::shape_of::<Mounts>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Mounts, Missing> {
    Err(Missing::failed("not written yet"))
}
