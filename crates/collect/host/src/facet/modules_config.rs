use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// What may be loaded: `modprobe.d(5)`, `modules-load.d(5)` and the modules that lie on disk.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct ModulesConfig {
    /// Names (with `_`) that are blacklisted.
    pub(crate) blacklisted: BTreeMap<String, Place>,
    /// Names (with `_`) to the command that `install` runs instead: `/bin/false`, `/bin/true` …
    pub(crate) install: BTreeMap<String, InstallOverride>,
    /// Names (with `_`) that are loaded at boot.
    pub(crate) loaded_at_boot: Vec<String>,
    /// Names (with `_`) of all modules found below `/lib/modules/*`, whatever the kernel; sorted.
    pub(crate) available: Vec<String>,
    /// Names (with `_`) in `modules.builtin` of any installed kernel; sorted.
    pub(crate) builtin: Vec<String>,
    /// Kernel releases below `/lib/modules`.
    pub(crate) releases: Vec<String>,
}

/// An `install` line of `modprobe.d`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct InstallOverride {
    /// The command.
    pub(crate) command: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "modules_config",
    live_only: false,
    shape: crate::def::shape_of::<ModulesConfig>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<ModulesConfig, Missing> {
    Err(Missing::failed("not written yet"))
}
