use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// SELinux: configuration and kernel state.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Selinux {
    /// `SELINUX=` of `/etc/selinux/config`: `enforcing`, `permissive`, `disabled`; null where absent.
    pub(crate) configured: Option<String>,
    /// `SELINUXTYPE=`; null where absent.
    pub(crate) policy: Option<String>,
    /// `enforcing`, `permissive` or `disabled` now; null below a mounted root.
    pub(crate) running: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "selinux",
    live_only: false,
    shape: crate::def::shape_of::<Selinux>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Selinux, Missing> {
    Err(Missing::failed("not written yet"))
}
