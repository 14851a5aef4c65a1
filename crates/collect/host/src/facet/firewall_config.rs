use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// The packet filter as the next boot will load it.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FirewallConfig {
    /// `ufw`: `/etc/ufw/ufw.conf` and `/etc/default/ufw`; null where ufw is not installed.
    pub(crate) ufw: Option<Ufw>,
    /// `/etc/nftables.conf` holds a base chain on the input hook; null where the file is absent.
    pub(crate) nftables_input_chain: Option<bool>,
    /// The policy that this chain states; null where none.
    pub(crate) nftables_input_policy: Option<String>,
    /// Saved iptables rules (`/etc/iptables/rules.v4`, `/etc/sysconfig/iptables`): default policy of INPUT; null where absent.
    pub(crate) iptables_input_policy: Option<String>,
    /// The same for IPv6.
    pub(crate) ip6tables_input_policy: Option<String>,
    /// firewalld's default zone; null where it is not installed.
    pub(crate) firewalld_zone: Option<String>,
}

/// ufw's settings.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Ufw {
    /// `ENABLED=yes`.
    pub(crate) enabled: bool,
    /// Default for incoming traffic: `DROP`, `REJECT`, `ACCEPT`.
    pub(crate) incoming: Option<String>,
    /// Default for outgoing traffic.
    pub(crate) outgoing: Option<String>,
    /// Default for routed traffic.
    pub(crate) routed: Option<String>,
    /// Whether IPv6 is filtered too.
    pub(crate) ipv6: bool,
    /// `LOGLEVEL`.
    pub(crate) log_level: Option<String>,
    /// Ports of user rules: `22/tcp allow`.
    pub(crate) rules: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "firewall_config",
    live_only: false,
    shape: crate::def::shape_of::<FirewallConfig>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<FirewallConfig, Missing> {
    Err(Missing::failed("not written yet"))
}
