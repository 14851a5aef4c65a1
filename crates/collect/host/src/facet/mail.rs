use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Mail transfer agents and where they listen.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Mail {
    /// `postfix`, `exim`, `sendmail`; null where none is installed.
    pub(crate) agent: Option<String>,
    /// postfix's `inet_interfaces`, exim's `dc_local_interfaces` or `local_interfaces`, split; empty where not set.
    pub(crate) interfaces: Vec<String>,
    /// Whether it is bound to loopback alone by its configuration; null where no agent is installed or it cannot be told.
    pub(crate) local_only: Option<bool>,
    /// Root's mail is sent on to somebody (`/etc/aliases`).
    pub(crate) root_alias: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "mail",
    live_only: false,
    shape: crate::def::shape_of::<Mail>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Mail, Missing> {
    Err(Missing::failed("not written yet"))
}
