use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    root::ReadError,
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
/// Descriptors of all processes that are looked at.
const DESCRIPTORS_MAX: usize = 1_000_000;

/// Reads them; `host.unit` asks too.
pub(crate) fn collect(host: &Host) -> Result<Listeners, Missing> {
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
    let (owners, processes_seen) = owners(host, &bound)?;
    let mut sockets: Vec<Listener> = bound
        .into_iter()
        .map(|socket| {
            let mut listener = owners.get(&socket.inode).cloned().unwrap_or_default();
            listener.reach = reach(socket.address).to_owned();
            listener.protocol = socket.protocol.to_owned();
            listener.address = socket.address.to_string();
            listener.port = socket.port;
            listener
        })
        .collect();
    sockets.sort_by(|a, b| {
        (&a.protocol, a.port, &a.address).cmp(&(&b.protocol, b.port, &b.address)).then_with(|| a.cmp(b))
    });
    // Workers that share a port with SO_REUSEPORT each have a socket.
    sockets.dedup();
    Ok(Listeners { sockets, processes_seen })
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bound {
    protocol: &'static str,
    address: IpAddr,
    port: u16,
    inode: u64,
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
fn owners(host: &Host, bound: &[Bound]) -> Result<(BTreeMap<u64, Listener>, bool), Missing> {
    let wanted: BTreeMap<u64, ()> = bound.iter().map(|socket| (socket.inode, ())).collect();
    let mut pids: BTreeMap<u64, u32> = BTreeMap::new();
    let mut seen = 0;
    let mut processes: Vec<u32> =
        host.root.list("/proc")?.unwrap_or_default().iter().filter_map(|entry| entry.name.parse().ok()).collect();
    processes.sort_unstable_by_key(|pid| (*pid == 1, *pid));
    // `hidepid` of proc(5) leaves others' processes out of the list; then the first one is not in it.
    let mut all_seen = processes.contains(&1);
    for pid in processes {
        let entries = match host.root.list(&format!("/proc/{pid}/fd")) {
            Ok(Some(entries)) => entries,
            // It ended meanwhile.
            Ok(None) => continue,
            // Another user's.
            Err(_) => {
                all_seen = false;
                continue;
            }
        };
        for entry in entries {
            seen += 1;
            if seen > DESCRIPTORS_MAX {
                return Err(Missing::failed(format!("processes have more than {DESCRIPTORS_MAX} open files")));
            }
            if !matches!(entry.kind, FileType::Symlink | FileType::Unknown) {
                continue;
            }
            let Ok(Some(target)) = host.root.read_link(&format!("/proc/{pid}/fd/{}", entry.name)) else { continue };
            let inode = target.strip_prefix("socket:[").and_then(|rest| rest.strip_suffix(']')?.parse().ok());
            if let Some(inode) = inode.filter(|inode| wanted.contains_key(inode)) {
                pids.entry(inode).or_insert(pid);
            }
        }
    }
    let mut known: BTreeMap<u32, Listener> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for (inode, pid) in pids {
        let process = known.entry(pid).or_insert_with(|| process_of(host, pid));
        out.insert(inode, process.clone());
    }
    Ok((out, all_seen))
}

/// What can be told of a process; the rest stays null.
fn process_of(host: &Host, pid: u32) -> Listener {
    let text = |name: &str| -> Option<String> {
        let read: Result<Option<String>, ReadError> = host.root.read_text(&format!("/proc/{pid}/{name}"));
        read.ok().flatten()
    };
    let executable = host.root.read_link(&format!("/proc/{pid}/exe")).ok().flatten();
    Listener {
        process: text("comm").map(|comm| comm.trim_end().to_owned()),
        executable: executable.map(|path| path.strip_suffix(" (deleted)").unwrap_or(&path).to_owned()),
        user: text("status")
            .and_then(|status| effective_uid(&status))
            .and_then(|uid| host.user_name(uid))
            .map(str::to_owned),
        unit: text("cgroup").and_then(|cgroup| unit_of(&cgroup)),
        ..Listener::default()
    }
}

/// `Uid: real effective saved file` of `/proc/PID/status`. The owner of `/proc/PID` is root for some processes of others.
fn effective_uid(status: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The outermost unit of a control group's path.
pub(crate) fn unit_of(cgroup: &str) -> Option<String> {
    let path = cgroup.lines().find_map(|line| {
        let (controllers, path) = line.split_once(':')?.1.split_once(':')?;
        (controllers == "name=systemd" || controllers.is_empty()).then_some(path).filter(|path| *path != "/")
    })?;
    let unit = path.split('/').find(|part| part.ends_with(".service") || part.ends_with(".scope"))?;
    Some(unit.to_owned())
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
    fn reach_and_unit() {
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
        for (text, want, why) in [
            ("0::/system.slice/ssh.service\n", Some("ssh.service"), "version 2"),
            ("9:cpu:/\n1:name=systemd:/system.slice/a.service/sub\n0::/\n", Some("a.service"), "version 1"),
            ("0::/user.slice/user-0.slice/user@0.service/app.slice/b.service", Some("user@0.service"), "the outermost"),
            ("0::/", None, "none"),
        ] {
            assert_eq!(unit_of(text).as_deref(), want, "{why}");
        }
        assert_eq!(effective_uid("Name:\tx\nUid:\t0\t33\t0\t33\n"), Some(33));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*", words in "([0-9A-F]{8}|:|0A| |\n|é){0,40}") {
            for text in [&text, &words] {
                table("tcp6", text, (1, 2));
                address_of(text);
                unit_of(text);
                effective_uid(text);
                ephemeral_range(text);
            }
        }
    }
}
