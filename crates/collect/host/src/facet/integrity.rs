use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// File integrity checkers: AIDE and others.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Integrity {
    /// Installed checkers: `aide`, `tripwire`, `samhain`, `debsums` …
    pub(crate) installed: Vec<String>,
    /// AIDE's database exists.
    pub(crate) aide_database: bool,
    /// A timer, cron job or daily script runs AIDE.
    pub(crate) aide_scheduled: bool,
    /// Selection lines of aide.conf and aide.conf.d that name audit tools: path to attributes.
    pub(crate) aide_audit_tools: BTreeMap<String, String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "integrity",
    live_only: false,
    shape: crate::def::shape_of::<Integrity>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Integrity, Missing> {
    Err(Missing::failed("not written yet"))
}
