use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of},
    facet::files::PathFacts,
    host::Host,
};

/// A container engine's configuration: docker, containerd, podman, crio. One resource for each that is installed.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct EngineConfig {
    /// `docker`, `containerd`, `podman`, `crio`.
    pub(crate) engine: String,
    /// Files read.
    pub(crate) files: Vec<String>,
    /// docker: `daemon.json` with the unit's `dockerd` flags merged; keys as in `daemon.json`. Proxy passwords redacted.
    /// Empty for the others.
    pub(crate) docker: BTreeMap<String, serde_json::Value>,
    /// Addresses that the API listens on: `unix:///run/docker.sock`, `tcp://0.0.0.0:2375`.
    pub(crate) hosts: Vec<String>,
    /// Registries reached without TLS.
    pub(crate) insecure_registries: Vec<String>,
    /// podman's and crio's default policy of `/etc/containers/policy.json`: `insecureAcceptAnything`, `reject`, `signedBy`; null where absent.
    pub(crate) image_policy: Option<String>,
    /// containerd: enabled CRI with its `privileged_without_host_devices` and kin, as dotted key → text.
    pub(crate) settings: BTreeMap<String, String>,
}

/// Modes of an engine's files and sockets.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct EngineFiles {
    /// Path to facts: units, sockets, `/etc/docker`, certificates, `/var/lib/docker`.
    pub(crate) paths: BTreeMap<String, PathFacts>,
    /// Members of the `docker` group; null where there is none.
    pub(crate) group_members: Option<Vec<String>>,
}

pub(crate) const DEF: ChildDef = ChildDef {
    kind: "host.container_engine",
    facets: &[
        FacetShape { name: "config", shape: shape_of::<EngineConfig> },
        FacetShape { name: "files", shape: shape_of::<EngineFiles> },
    ],
    list,
};

fn list(_host: &Host) -> Result<Vec<Child>, Missing> {
    Err(Missing::failed("not written yet"))
}
