use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Root's search path and home.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct RootEnvironment {
    /// Directories of the path that root gets (`/etc/environment`, `login.defs` ENV_SUPATH, `/root/.profile`, `.bashrc`), in order.
    pub(crate) path: Vec<RootPathEntry>,
}

/// One directory.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct RootPathEntry {
    /// As written; empty or `.` means the current directory.
    pub(crate) directory: String,
    /// Whether it is an existing directory.
    pub(crate) exists: bool,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Group or others may write it.
    pub(crate) writable: bool,
    /// File that names it.
    pub(crate) file: String,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "root_environment",
    live_only: false,
    shape: crate::def::shape_of::<RootEnvironment>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<RootEnvironment, Missing> {
    Err(Missing::failed("not written yet"))
}
