use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Files that lend privileges: set-user-id, set-group-id, file capabilities, on local file systems.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PrivilegedFiles {
    /// Set-user-id files, by path.
    pub(crate) setuid: Vec<PrivilegedFile>,
    /// Set-group-id files (not directories), by path.
    pub(crate) setgid: Vec<PrivilegedFile>,
    /// Files with `security.capability`, by path.
    pub(crate) capabilities: Vec<CapableFile>,
    /// The walk stopped at its limit of entries.
    pub(crate) truncated: bool,
}

/// A set-id file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PrivilegedFile {
    /// Path.
    pub(crate) path: String,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Group's id.
    pub(crate) gid: u32,
    /// Mode, octal text.
    pub(crate) mode: String,
    /// Package that owns the path; null where none does.
    pub(crate) package: Option<String>,
    /// Others than the owner may write it.
    pub(crate) writable: bool,
}

/// A file with capabilities.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct CapableFile {
    /// Path.
    pub(crate) path: String,
    /// Permitted capabilities: `cap_net_raw` …
    pub(crate) permitted: Vec<String>,
    /// The effective bit is set.
    pub(crate) effective: bool,
    /// Package that owns the path; null where none does.
    pub(crate) package: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "privileged_files",
    live_only: false,
    shape: crate::def::shape_of::<PrivilegedFiles>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<PrivilegedFiles, Missing> {
    Err(Missing::failed("not written yet"))
}
