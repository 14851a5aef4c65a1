use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// PAM stacks with includes expanded, and the modules' own settings files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Pam {
    /// Service name (`login`, `sshd`, `su`, `common-auth` …) to its lines in order, `@include`, `include` and `substack`
    /// expanded.
    pub(crate) services: BTreeMap<String, Vec<PamLine>>,
    /// `/etc/security/pwquality.conf` and `pwquality.conf.d`: name to value; a bare flag is `true`. Null where neither exists.
    pub(crate) pwquality: Option<BTreeMap<String, String>>,
    /// `/etc/security/faillock.conf`. Null where absent.
    pub(crate) faillock: Option<BTreeMap<String, String>>,
    /// `/etc/security/pwhistory.conf`. Null where absent.
    pub(crate) pwhistory: Option<BTreeMap<String, String>>,
    /// Lines that could not be understood, and include loops.
    pub(crate) malformed: Vec<Place>,
}

/// One line of a PAM stack.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PamLine {
    /// `auth`, `account`, `password` or `session`.
    pub(crate) group: String,
    /// `required`, `requisite`, `sufficient`, `optional` or the bracketed form as written.
    pub(crate) control: String,
    /// Module without its path and `.so`: `pam_unix`.
    pub(crate) module: String,
    /// Arguments.
    pub(crate) args: Vec<String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "pam",
    live_only: false,
    shape: crate::def::shape_of::<Pam>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Pam, Missing> {
    Err(Missing::failed("not written yet"))
}
