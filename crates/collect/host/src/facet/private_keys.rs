use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Private key files on known places (`/etc/ssl`, `/etc/pki`, `/etc/letsencrypt`, `/etc/ssh`, homes' `.ssh`, web and database
/// servers' directories): where they lie and who may read them. Never their content.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PrivateKeys {
    /// By path.
    pub(crate) keys: Vec<PrivateKey>,
}

/// One key file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PrivateKey {
    /// Path.
    pub(crate) path: String,
    /// `pkcs1`, `pkcs8`, `pkcs8_encrypted`, `ec`, `openssh`, `dsa`, `pgp`.
    pub(crate) format: String,
    /// Protected by a passphrase; null where it cannot be told.
    pub(crate) encrypted: Option<bool>,
    /// Mode, octal text.
    pub(crate) mode: String,
    /// Permission bits as a number.
    pub(crate) bits: u32,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Owner's name.
    pub(crate) owner: Option<String>,
    /// Group's name.
    pub(crate) group: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "private_keys",
    live_only: false,
    shape: crate::def::shape_of::<PrivateKeys>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<PrivateKeys, Missing> {
    Err(Missing::failed("not written yet"))
}
