use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// AppArmor: kernel state (`/sys/kernel/security/apparmor`) and profiles on disk.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Apparmor {
    /// AppArmor's tools are installed (`/sbin/apparmor_parser`).
    pub(crate) installed: bool,
    /// The kernel runs with it (`/sys/module/apparmor/parameters/enabled`); null below a mounted root.
    pub(crate) enabled: Option<bool>,
    /// Loaded profile to mode (`enforce`, `complain`, `kill`, `unconfined`); null below a mounted root or where off.
    pub(crate) loaded: Option<BTreeMap<String, String>>,
    /// Profile files below `/etc/apparmor.d`, first level.
    pub(crate) profiles: Vec<String>,
    /// Names linked into `/etc/apparmor.d/disable`.
    pub(crate) disabled: Vec<String>,
    /// Names linked into `/etc/apparmor.d/force-complain`, or with `flags=(complain)`.
    pub(crate) complain: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "apparmor",
    live_only: false,
    shape: crate::def::shape_of::<Apparmor>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Apparmor, Missing> {
    Err(Missing::failed("not written yet"))
}
