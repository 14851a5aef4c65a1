use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Sockets that wait for traffic, with their processes (`/proc/net`, `/proc/*/fd`). Live only.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Listeners {
    /// Sorted by protocol, port and address.
    pub(crate) sockets: Vec<Listener>,
}

/// One listening TCP socket or unconnected bound UDP socket.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Listener {
    /// `tcp`, `udp`, `tcp6`, `udp6`.
    pub(crate) protocol: String,
    /// Address in text form.
    pub(crate) address: String,
    /// Port. A UDP socket on a port of the ephemeral range is left out, since it comes and goes.
    pub(crate) port: u16,
    /// `any` (all addresses), `loopback`, or `address` (one address of the host).
    pub(crate) reach: String,
    /// Command name of the owning process; null where no process that may be seen owns it.
    pub(crate) process: Option<String>,
    /// Its executable; null where it cannot be told.
    pub(crate) executable: Option<String>,
    /// Name of the user it runs as.
    pub(crate) user: Option<String>,
    /// systemd unit from its cgroup.
    pub(crate) unit: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "listeners",
    live_only: true,
    shape: crate::def::shape_of::<Listeners>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Listeners, Missing> {
    Err(Missing::failed("not written yet"))
}
