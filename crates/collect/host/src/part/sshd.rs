use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of},
    facet::files::FileFacts,
    host::Host,
    place::Place,
};

/// `sshd_config(5)` as the daemon would take it: Include followed, first value wins, defaults of the installed release
/// filled in. Read from files; `sshd -T` is not run, since it needs the host keys.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SshdConfig {
    /// Lower-case keyword to its value in the global section; lists keep their commas; every keyword that checks ask for is
    /// present, with the built-in default where nothing sets it: `permitrootlogin` → `prohibit-password`.
    pub(crate) effective: BTreeMap<String, String>,
    /// Lower-case keyword to where the value comes from; absent where it is the default.
    pub(crate) set_at: BTreeMap<String, Place>,
    /// `Match` blocks, in order.
    pub(crate) matches: Vec<SshdMatch>,
    /// `ListenAddress` values.
    pub(crate) listen_addresses: Vec<String>,
    /// `Port` values; 22 where none.
    pub(crate) ports: Vec<u32>,
    /// Installed version of OpenSSH: `9.2p1`; null where unknown.
    pub(crate) version: Option<String>,
    /// Files read, in order.
    pub(crate) files: Vec<String>,
    /// Lines that could not be understood, and include loops.
    pub(crate) malformed: Vec<Place>,
}

/// One `Match` block.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SshdMatch {
    /// Criteria as written.
    pub(crate) criteria: String,
    /// Lower-case keyword to value.
    pub(crate) settings: BTreeMap<String, String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// Modes of sshd's files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SshdFiles {
    /// `sshd_config` and each file it includes.
    pub(crate) config: Vec<FileFacts>,
    /// Host private keys.
    pub(crate) private_keys: Vec<FileFacts>,
    /// Host public keys.
    pub(crate) public_keys: Vec<FileFacts>,
    /// Host key path to type: `ed25519`, `rsa`, `ecdsa`, `dsa`, with bits for RSA.
    pub(crate) key_types: BTreeMap<String, HostKeyType>,
}

/// A host key's type, from its public half.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct HostKeyType {
    /// `ed25519`, `rsa`, `ecdsa`, `dsa`.
    pub(crate) algorithm: String,
    /// Modulus or curve size in bits; 0 where unknown.
    pub(crate) bits: u32,
}

pub(crate) const DEF: ChildDef = ChildDef {
    kind: "host.sshd",
    facets: &[
        FacetShape { name: "config", shape: shape_of::<SshdConfig> },
        FacetShape { name: "files", shape: shape_of::<SshdFiles> },
    ],
    list,
};

fn list(_host: &Host) -> Result<Vec<Child>, Missing> {
    Err(Missing::failed("not written yet"))
}
