use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Files and directories that anybody may write or nobody owns, on local file systems. Each list holds at most 1,000
/// paths; the counts are whole.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct LooseFiles {
    /// World-writable regular files.
    pub(crate) writable_files: Vec<String>,
    /// How many there are.
    pub(crate) writable_files_count: u32,
    /// World-writable directories without the sticky bit.
    pub(crate) writable_directories: Vec<String>,
    /// How many there are.
    pub(crate) writable_directories_count: u32,
    /// World-writable directories (sticky or not) that root does not own.
    pub(crate) writable_not_root: Vec<String>,
    /// Entries whose owner is no user.
    pub(crate) unowned: Vec<String>,
    /// How many there are.
    pub(crate) unowned_count: u32,
    /// Entries whose group is no group.
    pub(crate) ungrouped: Vec<String>,
    /// How many there are.
    pub(crate) ungrouped_count: u32,
    /// Device nodes outside `/dev`.
    pub(crate) devices: Vec<String>,
    /// The walk stopped at its limit of entries.
    pub(crate) truncated: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "loose_files",
    live_only: false,
    shape: crate::def::shape_of::<LooseFiles>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<LooseFiles, Missing> {
    Err(Missing::failed("not written yet"))
}
