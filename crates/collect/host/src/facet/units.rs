use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// systemd units from their files, as `systemctl is-enabled` would answer, without asking systemd.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Units {
    /// Unit name (`ssh.service`) to what the files say. Services, sockets, timers, paths, targets.
    pub(crate) units: BTreeMap<String, UnitFile>,
    /// `default.target` resolved.
    pub(crate) default_target: Option<String>,
    /// What Ctrl-Alt-Del starts: target of `ctrl-alt-del.target`, `masked`, or null for systemd's own default (reboot).
    pub(crate) ctrl_alt_del: Option<String>,
    /// `CtrlAltDelBurstAction` of `system.conf`; null where not set.
    pub(crate) ctrl_alt_del_burst: Option<String>,
}

/// One unit.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UnitFile {
    /// `enabled`, `disabled`, `static`, `masked`, `indirect`, `alias`, `generated` (SysV).
    pub(crate) state: String,
    /// The fragment file.
    pub(crate) file: String,
    /// Names of `*.d` drop-ins that apply.
    pub(crate) drop_ins: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "units",
    live_only: false,
    shape: crate::def::shape_of::<Units>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Units, Missing> {
    Err(Missing::failed("not written yet"))
}
