use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Type, mode and owner of sensitive paths, named in the table `SENSITIVE` of this file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Files {
    /// Path to what stands there; a path of the table that does not exist has `exists: false`.
    pub(crate) paths: BTreeMap<String, PathFacts>,
    /// Directory of the table (`/etc/cron.d`, `/var/log`, `/etc/ssl/private` …) to its files below, two levels at most.
    pub(crate) below: BTreeMap<String, Vec<FileFacts>>,
}

/// What stands at a path.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PathFacts {
    /// Whether anything stands there. The rest is empty, zero or null otherwise.
    pub(crate) exists: bool,
    /// `file`, `directory`, `symlink` (dangling), `other`. Symbolic links are followed.
    pub(crate) kind: String,
    /// Mode, octal text: `644`, `1777`.
    pub(crate) mode: String,
    /// Permission bits as a number, for `bits.and`: 420 for 644.
    pub(crate) bits: u32,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Group's id.
    pub(crate) gid: u32,
    /// Owner's name; null where no user has the id.
    pub(crate) owner: Option<String>,
    /// Group's name; null where no group has the id.
    pub(crate) group: Option<String>,
}

/// A file below a directory.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FileFacts {
    /// Path.
    pub(crate) path: String,
    /// Mode, octal text.
    pub(crate) mode: String,
    /// Permission bits as a number.
    pub(crate) bits: u32,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Group's id.
    pub(crate) gid: u32,
    /// Owner's name.
    pub(crate) owner: Option<String>,
    /// Group's name.
    pub(crate) group: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "files",
    live_only: false,
    shape: crate::def::shape_of::<Files>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Files, Missing> {
    Err(Missing::failed("not written yet"))
}
