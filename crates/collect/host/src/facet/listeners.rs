use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    process::Process,
};

/// Sockets that wait for traffic, with their processes (`/proc/net`, `/proc/*/fd`). Live only.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Listeners {
    /// Sorted by protocol, port and address.
    pub(crate) sockets: Vec<Listener>,
    /// All processes could be looked into: a socket without a process is the kernel's own. Others' processes are closed
    /// to an ordinary user.
    pub(crate) processes_seen: bool,
}

/// One listening TCP socket or unconnected bound UDP socket.
#[derive(Debug, Default, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
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

/// Bytes of one of the kernel's tables. Sockets that listen stand first in those of TCP.
const TABLE_MAX: u64 = 64 << 20;

/// Reads them; `host.unit` asks too.
pub(crate) fn collect(host: &Host) -> Result<Listeners, Missing> {
    let bound = bound(host)?;
    let processes = host.processes();
    processes.descriptors_seen()?;
    let wanted: BTreeSet<u64> = bound.iter().map(|socket| socket.inode).collect();
    let owners = owners(&wanted, &processes.list);
    let mut sockets: Vec<Listener> = bound
        .into_iter()
        .map(|socket| Listener {
            reach: reach(socket.address).to_owned(),
            protocol: socket.protocol.to_owned(),
            address: socket.address.to_string(),
            port: socket.port,
            ..owners.get(&socket.inode).map(|process| listener_of(process)).unwrap_or_default()
        })
        .collect();
    sockets.sort_by(|a, b| {
        (&a.protocol, a.port, &a.address).cmp(&(&b.protocol, b.port, &b.address)).then_with(|| a.cmp(b))
    });
    // Workers that share a port with SO_REUSEPORT each have a socket.
    sockets.dedup();
    Ok(Listeners { sockets, processes_seen: processes.all_seen })
}

/// Sockets that wait, of our network namespace.
pub(crate) fn bound(host: &Host) -> Result<Vec<Bound>, Missing> {
    let ephemeral =
        ephemeral_range(&host.root.read_text("/proc/sys/net/ipv4/ip_local_port_range")?.unwrap_or_default());
    let mut bound = Vec::new();
    for protocol in ["tcp", "tcp6", "udp", "udp6"] {
        let path = format!("/proc/net/{protocol}");
        match host.root.read_up_to(&path, TABLE_MAX)? {
            Some((_, true)) if protocol.starts_with("udp") => {
                return Err(Missing::failed(format!("`{path}` is larger than {TABLE_MAX} bytes")));
            }
            Some((bytes, _)) => bound.extend(table(protocol, &String::from_utf8_lossy(&bytes), ephemeral)),
            // Without IPv6 there is no table of it.
            None if protocol.ends_with('6') => {}
            None => return Err(Missing::failed(format!("`{path}` does not exist"))),
        }
    }
    Ok(bound)
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bound {
    protocol: &'static str,
    address: IpAddr,
    port: u16,
    /// Inode of the socket.
    pub(crate) inode: u64,
}

impl Bound {
    /// `tcp 0.0.0.0:443`, `tcp6 [::]:443`.
    pub(crate) fn text(&self) -> String {
        format!("{} {}", self.protocol, SocketAddr::new(self.address, self.port))
    }

    /// Whether it is on an address other than loopback.
    pub(crate) fn exposed(&self) -> bool {
        reach(self.address) != "loopback"
    }
}

/// First and last port that the kernel gives out by itself.
fn ephemeral_range(text: &str) -> (u16, u16) {
    let mut words = text.split_whitespace().map(str::parse);
    match (words.next(), words.next()) {
        (Some(Ok(first)), Some(Ok(last))) => (first, last),
        _ => (32_768, 60_999),
    }
}

/// Sockets of `/proc/net/PROTOCOL` (proc_pid_net(5)) that wait: TCP in state LISTEN, UDP that is not connected.
pub(crate) fn table(protocol: &'static str, text: &str, ephemeral: (u16, u16)) -> Vec<Bound> {
    let udp = protocol.starts_with("udp");
    let line = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        let (local, _remote, state) = (words.next()?, words.next()?, words.next()?);
        let inode = words.nth(5)?.parse().ok()?;
        if state != if udp { "07" } else { "0A" } {
            return None;
        }
        let (address, port) = local.split_once(':')?;
        let port = u16::from_str_radix(port, 16).ok()?;
        if port == 0 || (udp && (ephemeral.0..=ephemeral.1).contains(&port)) {
            return None;
        }
        Some(Bound { protocol, address: address_of(address)?, port, inode })
    };
    text.lines().skip(1).filter_map(line).collect()
}

/// Words of 32 bits in the order of the machine.
fn address_of(hex: &str) -> Option<IpAddr> {
    if !hex.is_ascii() {
        return None;
    }
    let word = |at: usize| Some(u32::from_str_radix(hex.get(at..at + 8)?, 16).ok()?.to_ne_bytes());
    match hex.len() {
        8 => Some(IpAddr::V4(Ipv4Addr::from(word(0)?))),
        32 => {
            let bytes = [word(0)?, word(8)?, word(16)?, word(24)?].concat();
            Some(IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?)))
        }
        _ => None,
    }
}

fn reach(address: IpAddr) -> &'static str {
    let loopback = match address {
        IpAddr::V4(v4) => v4.is_loopback(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback()),
    };
    match (address.is_unspecified(), loopback) {
        (true, _) => "any",
        (_, true) => "loopback",
        _ => "address",
    }
}

/// Inode of a socket to its process, as far as processes may be seen. Of several the one with the lowest id, but systemd,
/// which holds the sockets that it opened for others, only where nobody else does.
fn owners<'a>(wanted: &BTreeSet<u64>, processes: &'a [Process]) -> BTreeMap<u64, &'a Process> {
    let mut out = BTreeMap::new();
    let (first, others): (Vec<_>, Vec<_>) = processes.iter().partition(|process| process.pid == 1);
    for process in others.into_iter().chain(first) {
        for inode in process.sockets.iter().filter(|inode| wanted.contains(inode)) {
            out.entry(*inode).or_insert(process);
        }
    }
    out
}

fn listener_of(process: &Process) -> Listener {
    Listener {
        process: process.command.clone(),
        executable: process.executable.as_ref().map(|executable| executable.path.clone()),
        user: process.user.clone(),
        unit: process.unit.clone(),
        ..Listener::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEAD: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    #[test]
    fn waiting_sockets_are_found() {
        let rest = "00000000:00000000 00:00000000 00000000     0        0 1076 1 0 100 0 0 10 0";
        let v6 = "00000000000000000000000000000000";
        for (protocol, line, want, why) in [
            ("tcp", format!("0: 0100007F:0016 00000000:0000 0A {rest}"), Some(("127.0.0.1", 22)), "listens"),
            ("tcp", format!("0: 0100007F:0016 00000000:0000 01 {rest}"), None, "a connection"),
            ("udp", format!("0: 00000000:0035 00000000:0000 07 {rest}"), Some(("0.0.0.0", 53)), "not connected"),
            ("udp", format!("0: 00000000:8001 00000000:0000 07 {rest}"), None, "an ephemeral port"),
            ("udp", format!("0: 00000000:0035 0100007F:0035 01 {rest}"), None, "connected"),
            ("tcp6", format!("0: {v6}:01BB {v6}:0000 0A {rest}"), Some(("::", 443)), "IPv6"),
            (
                "tcp6",
                format!("0: 0000000000000000FFFF00000100007F:0050 {v6}:0000 0A {rest}"),
                Some(("::ffff:127.0.0.1", 80)),
                "IPv4 within IPv6",
            ),
            ("tcp", "0: junk".into(), None, "not a line of the table"),
        ] {
            let got = table(protocol, &format!("{HEAD}   {line}\n"), (0x8000, 0x9000));
            let got = got.first().map(|socket| (socket.address.to_string(), socket.port));
            assert_eq!(got, want.map(|(address, port)| (address.to_owned(), port)), "{why}");
        }
    }

    #[test]
    fn reach_is_told_by_the_address() {
        for (address, want) in [
            ("0.0.0.0", "any"),
            ("::", "any"),
            ("127.0.0.53", "loopback"),
            ("::1", "loopback"),
            ("::ffff:127.0.0.1", "loopback"),
            ("192.0.2.1", "address"),
        ] {
            assert_eq!(reach(address.parse().unwrap()), want, "{address}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*", words in "([0-9A-F]{8}|:|0A| |\n|é){0,40}") {
            for text in [&text, &words] {
                table("tcp6", text, (1, 2));
                address_of(text);
                ephemeral_range(text);
            }
        }
    }
}
