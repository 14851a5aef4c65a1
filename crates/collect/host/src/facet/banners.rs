use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Texts shown before and after login.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Banners {
    /// `/etc/issue`, `/etc/issue.net`, `/etc/motd`.
    pub(crate) files: BTreeMap<String, Banner>,
}

/// One text.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Banner {
    /// Whether the file exists.
    pub(crate) exists: bool,
    /// It has text other than white space.
    pub(crate) has_text: bool,
    /// It tells the system's name or version: an escape (`\m`, `\r`, `\s`, `\v`), or the OS's name as a word.
    pub(crate) tells_version: bool,
    /// The first 2,048 bytes.
    pub(crate) text: String,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "banners",
    live_only: false,
    shape: crate::def::shape_of::<Banners>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Banners, Missing> {
    Err(Missing::failed("not written yet"))
}
