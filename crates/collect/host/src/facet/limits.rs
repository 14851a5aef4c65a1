use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// `limits.conf(5)`, core dumps, `coredump.conf(5)`, systemd's `DumpCore`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Limits {
    /// Lines of `/etc/security/limits.conf` and `limits.d`, in order.
    pub(crate) entries: Vec<LimitEntry>,
    /// `coredump.conf` with drop-ins: `Storage`, `ProcessSizeMax` …
    pub(crate) coredump: BTreeMap<String, String>,
    /// systemd-coredump is installed.
    pub(crate) systemd_coredump: bool,
    /// `DumpCore` and `DefaultLimitCORE` of `system.conf` with drop-ins.
    pub(crate) system_conf: BTreeMap<String, String>,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// One limit.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct LimitEntry {
    /// `*`, user, `@group`.
    pub(crate) domain: String,
    /// `soft`, `hard` or `-`.
    pub(crate) kind: String,
    /// `core`, `nproc`, `maxlogins` …
    pub(crate) item: String,
    /// Value as written.
    pub(crate) value: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "limits",
    live_only: false,
    shape: crate::def::shape_of::<Limits>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Limits, Missing> {
    Err(Missing::failed("not written yet"))
}
