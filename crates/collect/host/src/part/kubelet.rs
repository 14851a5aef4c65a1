use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of},
    facet::files::PathFacts,
    host::Host,
};

/// A kubelet's configuration: its file, drop-ins and the flags of its unit. One resource where it is installed.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KubeletConfig {
    /// Configuration file; null where none is named.
    pub(crate) file: Option<String>,
    /// Dotted field of KubeletConfiguration to value, flags merged over the file: `authentication.anonymous.enabled` → `false`.
    pub(crate) settings: BTreeMap<String, serde_json::Value>,
    /// Flags as written, name to value.
    pub(crate) flags: BTreeMap<String, String>,
}

/// Modes of a kubelet's files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KubeletFiles {
    /// Path to facts: kubelet.conf, config.yaml, unit and drop-ins, client CA, `/var/lib/kubelet/pki`.
    pub(crate) paths: BTreeMap<String, PathFacts>,
}

pub(crate) const DEF: ChildDef = ChildDef {
    kind: "host.kubelet",
    facets: &[
        FacetShape { name: "config", shape: shape_of::<KubeletConfig> },
        FacetShape { name: "files", shape: shape_of::<KubeletFiles> },
    ],
    list,
};

fn list(_host: &Host) -> Result<Vec<Child>, Missing> {
    Err(Missing::failed("not written yet"))
}
