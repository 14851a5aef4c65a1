use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of},
    facet::files::FileFacts,
    host::Host,
};

/// A service as its unit files state it (drop-ins applied). One resource for each enabled or active service.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UnitService {
    /// The fragment file.
    pub(crate) file: String,
    /// As in the host's `units`.
    pub(crate) state: String,
    /// `User=`; null means root.
    pub(crate) user: Option<String>,
    /// `DynamicUser=`.
    pub(crate) dynamic_user: bool,
    /// First words of `ExecStart=` and its kin, without prefixes (`-`, `+`, `!`, `@`, `:`).
    pub(crate) executables: Vec<UnitExecutable>,
    /// Lower-case directive to value, of the sandbox: `nonewprivileges`, `protectsystem`, `privatetmp`, `capabilityboundingset` …
    pub(crate) sandbox: BTreeMap<String, String>,
    /// Unit file and drop-ins with modes.
    pub(crate) files: Vec<FileFacts>,
    /// The service listens (live: from its cgroup's sockets; else a `.socket` unit of its name); null where it cannot be told.
    pub(crate) listens: Option<bool>,
}

/// A program that a unit starts.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UnitExecutable {
    /// Path.
    pub(crate) path: String,
    /// Whether it exists.
    pub(crate) exists: bool,
    /// Somebody other than root may write it or a directory above it.
    pub(crate) writable: bool,
}

pub(crate) const DEF: ChildDef =
    ChildDef { kind: "host.unit", facets: &[FacetShape { name: "service", shape: shape_of::<UnitService> }], list };

fn list(_host: &Host) -> Result<Vec<Child>, Missing> {
    Err(Missing::failed("not written yet"))
}
