use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Interfaces and name resolution. Live parts are null below a mounted root.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Network {
    /// Names of wireless interfaces; null below a mounted root.
    pub(crate) wireless: Option<Vec<String>>,
    /// Names of interfaces in promiscuous mode; null below a mounted root.
    pub(crate) promiscuous: Option<Vec<String>>,
    /// IPv6 is off (`ipv6.disable=1`, or no `/proc/net/if_inet6`); null below a mounted root.
    pub(crate) ipv6_disabled: Option<bool>,
    /// Bluetooth controllers exist (`/sys/class/bluetooth`); null below a mounted root.
    pub(crate) bluetooth: Option<bool>,
    /// `nameserver` lines of `/etc/resolv.conf`.
    pub(crate) nameservers: Vec<String>,
    /// `/etc/hosts.equiv`, `/etc/ssh/shosts.equiv` and their kin that exist.
    pub(crate) trust_files: Vec<String>,
    /// `hosts:` line of `/etc/nsswitch.conf`, split.
    pub(crate) nss_hosts: Vec<String>,
    /// Names that `/etc/hosts.allow` and `/etc/hosts.deny` start lines with; null where absent.
    pub(crate) hosts_deny: Option<Vec<String>>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "network",
    live_only: false,
    shape: crate::def::shape_of::<Network>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Network, Missing> {
    Err(Missing::failed("not written yet"))
}
