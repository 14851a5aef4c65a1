use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// Package sources and how they are verified: apt's lists and settings, dnf/yum repositories, apk's list.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Repositories {
    /// Every active source. Credentials in addresses are redacted.
    pub(crate) sources: Vec<Repository>,
    /// Settings that weaken or time the manager, as apt.conf(5) names them, lower-cased:
    /// `apt::get::allowunauthenticated` → `true`. dnf: `gpgcheck`, `localpkg_gpgcheck`, `repo_gpgcheck`, `clean_requirements_on_remove`.
    pub(crate) settings: BTreeMap<String, String>,
    /// Key files that apt trusts for every source (`/etc/apt/trusted.gpg`, `trusted.gpg.d`), with modes.
    pub(crate) global_keys: Vec<KeyFile>,
    /// Files that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// One source.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Repository {
    /// `deb`, `deb-src`, `rpm`, `apk`.
    pub(crate) kind: String,
    /// Address.
    pub(crate) uri: String,
    /// Suite or repository id.
    pub(crate) suite: String,
    /// Components.
    pub(crate) components: Vec<String>,
    /// Whether signatures are checked (`trusted=yes`, `gpgcheck=0` make it false).
    pub(crate) verified: bool,
    /// Key that this source alone is bound to (`signed-by`, `gpgkey`); null where any trusted key serves.
    pub(crate) signed_by: Option<String>,
    /// Security updates come from it (suite ends in `-security`, or contains `/security`).
    pub(crate) security: bool,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// A trusted key file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KeyFile {
    /// Path.
    pub(crate) path: String,
    /// Mode, octal text without a leading `0o`: `644`.
    pub(crate) mode: String,
    /// Owner's id.
    pub(crate) uid: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "repositories",
    live_only: false,
    shape: crate::def::shape_of::<Repositories>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Repositories, Missing> {
    Err(Missing::failed("not written yet"))
}
