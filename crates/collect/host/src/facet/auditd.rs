use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::files::{FileFacts, PathFacts},
    host::Host,
};

/// `/etc/audit/auditd.conf` and the tools' own files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Auditd {
    /// Whether `auditd.conf` exists.
    pub(crate) present: bool,
    /// Setting, lower case, to value: `max_log_file_action` → `keep_logs`.
    pub(crate) settings: BTreeMap<String, String>,
    /// Directory of the log file.
    pub(crate) log_directory: Option<PathFacts>,
    /// The log files with modes.
    pub(crate) log_files: Vec<FileFacts>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "auditd",
    live_only: false,
    shape: crate::def::shape_of::<Auditd>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Auditd, Missing> {
    Err(Missing::failed("not written yet"))
}
