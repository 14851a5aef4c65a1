use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of},
    facet::files::{FileFacts, PathFacts},
    host::Host,
};

/// A user's account, as in the host's `accounts`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UserAccount {
    /// User id.
    pub(crate) uid: u32,
    /// Login shell.
    pub(crate) shell: String,
    /// See `accounts`.
    pub(crate) login_shell: bool,
    /// Home directory.
    pub(crate) home: String,
    /// `UID_MIN <= uid <= UID_MAX` of login.defs: a person rather than a service.
    pub(crate) regular: bool,
    /// May become root by sudo or group membership (`sudo`, `wheel`, `admin`, `docker`, `lxd`, `disk`), or is uid 0.
    pub(crate) privileged: bool,
    /// See `accounts`.
    pub(crate) password: String,
}

/// A user's home directory and its dot files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UserHome {
    /// The home directory itself.
    pub(crate) directory: PathFacts,
    /// Dot files directly below it, with modes.
    pub(crate) dot_files: Vec<FileFacts>,
    /// `.rhosts`, `.shosts`, `.netrc`, `.forward` that exist, by name.
    pub(crate) risky_files: Vec<FileFacts>,
    /// `~/.ssh` directory; null where absent.
    pub(crate) ssh_directory: Option<PathFacts>,
    /// `authorized_keys` (and `authorized_keys2`) files.
    pub(crate) authorized_keys_files: Vec<FileFacts>,
    /// Keys in them: type, bits, options, comment. Never the key itself.
    pub(crate) authorized_keys: Vec<AuthorizedKey>,
    /// Credential files of cloud and container tools that exist (`.aws/credentials`, `.docker/config.json`, `.kube/config` …), with modes.
    pub(crate) credential_files: Vec<FileFacts>,
}

/// One authorised key.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct AuthorizedKey {
    /// `ssh-ed25519`, `ssh-rsa` …
    pub(crate) algorithm: String,
    /// Modulus bits of RSA or curve size; null where unknown.
    pub(crate) bits: Option<u32>,
    /// Options' names: `command`, `from`, `restrict` …
    pub(crate) options: Vec<String>,
    /// `SHA256:…` fingerprint.
    pub(crate) fingerprint: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: ChildDef = ChildDef {
    kind: "host.user",
    facets: &[
        FacetShape { name: "account", shape: shape_of::<UserAccount> },
        FacetShape { name: "home", shape: shape_of::<UserHome> },
    ],
    list,
};

fn list(_host: &Host) -> Result<Vec<Child>, Missing> {
    Err(Missing::failed("not written yet"))
}
