use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Time synchronisation: systemd-timesyncd, chrony, ntp.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct TimeSync {
    /// Installed daemons: `systemd-timesyncd`, `chrony`, `ntp`, `openntpd`.
    pub(crate) installed: Vec<String>,
    /// timesyncd's servers (`NTP=` and `FallbackNTP=`).
    pub(crate) timesyncd_servers: Vec<String>,
    /// chrony's `server`, `pool` and `peer` lines.
    pub(crate) chrony_servers: Vec<String>,
    /// User that chrony runs as (`user` directive or `-u`); null where not set.
    pub(crate) chrony_user: Option<String>,
    /// ntp's `server` and `pool` lines.
    pub(crate) ntp_servers: Vec<String>,
    /// ntp's `restrict` lines.
    pub(crate) ntp_restrict: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "time_sync",
    live_only: false,
    shape: crate::def::shape_of::<TimeSync>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<TimeSync, Missing> {
    Err(Missing::failed("not written yet"))
}
