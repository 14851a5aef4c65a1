use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::kernel_cmdline,
    host::Host,
    line::joined,
    text::meaningful,
};

/// Interfaces and name resolution. Live parts are null below a mounted root.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Network {
    /// Names of wireless interfaces; null below a mounted root.
    pub(crate) wireless: Option<Vec<String>>,
    /// Names of interfaces in promiscuous mode; null below a mounted root. Ports of a bridge are left out: a bridge needs
    /// them so.
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
    /// Names that `/etc/hosts.allow` and `/etc/hosts.deny` start lines with (`ALL`, `sshd`), sorted; null where both are
    /// absent.
    pub(crate) hosts_deny: Option<Vec<String>>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "network",
    live_only: false,
    shape: crate::def::shape_of::<Network>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const INTERFACES: &str = "/sys/class/net";
/// Files that name hosts whose users need no password (`hosts.equiv(5)`, `sshd(8)`).
const TRUST: [&str; 3] = ["/etc/hosts.equiv", "/etc/shosts.equiv", "/etc/ssh/shosts.equiv"];
/// `IFF_PROMISC` (`netdevice(7)`).
const PROMISCUOUS: u64 = 0x100;

fn collect(host: &Host) -> Result<Network, Missing> {
    let root = &host.root;
    let mut network = Network::default();
    if host.is_live() {
        let (mut wireless, mut promiscuous) = (Vec::new(), Vec::new());
        for entry in root.list(INTERFACES)?.unwrap_or_default() {
            let path = format!("{INTERFACES}/{}", entry.name);
            if root.exists(&format!("{path}/wireless"))? || root.exists(&format!("{path}/phy80211"))? {
                wireless.push(entry.name.clone());
            }
            let flags = root.read_text(&format!("{path}/flags"))?.unwrap_or_default();
            if flags_of(&flags) & PROMISCUOUS != 0 && !root.exists(&format!("{path}/brport"))? {
                promiscuous.push(entry.name);
            }
        }
        network.wireless = Some(wireless);
        network.promiscuous = Some(promiscuous);
        let cmdline = root.read_text("/proc/cmdline")?.unwrap_or_default();
        network.ipv6_disabled = Some(
            !root.exists("/proc/net/if_inet6")?
                || kernel_cmdline::words(&cmdline).iter().any(|word| word == "ipv6.disable=1"),
        );
        network.bluetooth = Some(root.list("/sys/class/bluetooth")?.is_some_and(|entries| !entries.is_empty()));
    }
    network.nameservers = nameservers(root.read_text("/etc/resolv.conf")?.as_deref().unwrap_or_default());
    network.nss_hosts = nss_hosts(root.read_text("/etc/nsswitch.conf")?.as_deref().unwrap_or_default());
    for path in TRUST {
        if root.exists(path)? {
            network.trust_files.push(path.to_owned());
        }
    }
    let mut names = None::<BTreeSet<String>>;
    for path in ["/etc/hosts.allow", "/etc/hosts.deny"] {
        if let Some(text) = root.read_text(path)? {
            names.get_or_insert_default().extend(wrapped(&text));
        }
    }
    network.hosts_deny = names.map(|names| names.into_iter().collect());
    Ok(network)
}

/// `0x1103` as sysfs writes it.
fn flags_of(text: &str) -> u64 {
    text.trim().strip_prefix("0x").and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or(0)
}

/// `resolv.conf(5)`: the keyword starts the line.
pub(crate) fn nameservers(text: &str) -> Vec<String> {
    let servers = text.lines().filter_map(|line| {
        let rest = line.strip_prefix("nameserver")?;
        rest.starts_with([' ', '\t']).then(|| rest.split_whitespace().next())?
    });
    servers.map(str::to_owned).collect()
}

/// Sources and actions of the `hosts` database (`nsswitch.conf(5)`).
pub(crate) fn nss_hosts(text: &str) -> Vec<String> {
    for (_, line) in meaningful(text, &['#']) {
        let line = line.split('#').next().unwrap_or_default();
        if let Some((name, rest)) = line.split_once(':')
            && name.trim() == "hosts"
        {
            return rest.split_whitespace().map(str::to_owned).collect();
        }
    }
    Vec::new()
}

/// Daemons of `hosts_access(5)`: `daemon_list : client_list`, lines continued by a backslash.
pub(crate) fn wrapped(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (_, line) in joined(text, " ") {
        let line = line.trim();
        if let Some((daemons, _)) = line.split_once(':')
            && !line.starts_with('#')
        {
            names.extend(daemons.split([',', ' ', '\t']).filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_files() {
        assert_eq!(
            nameservers(
                "# x\nnameserver 1.1.1.1\nnameserver\t::1 # y\n nameserver 2.2.2.2\nnameservers 3\noptions a\n"
            ),
            ["1.1.1.1", "::1"]
        );
        assert_eq!(
            nss_hosts("passwd: files\nhosts: files [NOTFOUND=return] dns # x\nhosts: nis\n"),
            ["files", "[NOTFOUND=return]", "dns"]
        );
        assert_eq!(wrapped("# ALL: x\nALL : ALL\nsshd, vsftpd: \\\n 10.0.0.0/8\nbroken\n"), ["ALL", "sshd", "vsftpd"]);
        for (text, want) in [("0x1103\n", 0x1103), ("0x1003", 0x1003), ("x", 0), ("", 0)] {
            assert_eq!(flags_of(text), want);
        }
    }

    #[test]
    fn a_mounted_root_has_no_interfaces() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("etc")).unwrap();
        std::fs::write(dir.path().join("etc/hosts.equiv"), "").unwrap();
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        let got = collect(&Host::new(root)).unwrap();
        assert_eq!(
            (got.wireless, got.promiscuous, got.ipv6_disabled, got.bluetooth, got.hosts_deny),
            (None, None, None, None, None)
        );
        assert_eq!(got.trust_files, ["/etc/hosts.equiv"]);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            nameservers(&text);
            nss_hosts(&text);
            wrapped(&text);
            flags_of(&text);
        }
    }
}
