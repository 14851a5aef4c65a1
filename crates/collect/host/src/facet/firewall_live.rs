use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// The packet filter in force: `nft --json list ruleset` (a program, since the kernel's netlink form is nft's own);
/// `iptables-save`, `ip6tables-save` where nft is absent. Live only.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FirewallLive {
    /// `nftables`, `iptables` or `none` (no rule at all).
    pub(crate) backend: String,
    /// Base chains on the input, forward and output hooks.
    pub(crate) chains: Vec<FilterChain>,
    /// Whether traffic from `lo` is accepted on input, per family: `ipv4`, `ipv6`.
    pub(crate) loopback_accepted: BTreeMap<String, bool>,
    /// Whether traffic from 127.0.0.0/8 or ::1 that does not come over `lo` is dropped, per family.
    pub(crate) loopback_spoof_dropped: BTreeMap<String, bool>,
    /// Whether established traffic is accepted on input, per family.
    pub(crate) established_accepted: BTreeMap<String, bool>,
}

/// One base chain.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FilterChain {
    /// `ip`, `ip6` or `inet`.
    pub(crate) family: String,
    /// Table.
    pub(crate) table: String,
    /// Chain.
    pub(crate) chain: String,
    /// `input`, `forward`, `output`.
    pub(crate) hook: String,
    /// `accept` or `drop`; what happens to traffic that no rule decides (a final unconditional drop or reject counts).
    pub(crate) policy: String,
    /// How many rules stand in it.
    pub(crate) rules: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "firewall_live",
    live_only: true,
    shape: crate::def::shape_of::<FirewallLive>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<FirewallLive, Missing> {
    Err(Missing::failed("not written yet"))
}
