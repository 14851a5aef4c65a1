use std::collections::BTreeMap;

use std::{
    io::Read,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    packet_filter::{self, Filter, Packet},
};

/// The packet filter in force: `nft --json list ruleset` (a program, since the kernel's netlink form is nft's own);
/// `iptables-save`, `ip6tables-save` where nft is absent, and where rules were made by iptables, whose tests nft does not
/// spell out. Live only. A question whose answer depends on a test that we do not know is left out of its map.
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

/// How long a program may take.
const TIME: Duration = Duration::from_secs(5);
/// Bytes that a program may print.
const OUTPUT_MAX: u64 = 32 << 20;

fn collect(host: &Host) -> Result<FirewallLive, Missing> {
    // Needs CAP_NET_ADMIN: without it nft prints an empty ruleset of its own making or an error, by version.
    if !net_admin(&host.root.read_text("/proc/self/status")?.unwrap_or_default()) {
        return Err(Missing::denied(
            "cannot list the packet filter: permission denied\nhint: allow CAP_NET_ADMIN, or run as root",
        ));
    }
    let nft = program(host, &["/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft"])?;
    let mut filter = Filter::default();
    let mut backend = "none";
    if let Some(nft) = &nft {
        let text = run(nft, &["--json", "list", "ruleset"])?;
        filter = packet_filter::nft(&text)
            .ok_or_else(|| Missing::failed(format!("`{nft} --json list ruleset` printed no ruleset")))?;
        if !filter.is_empty() {
            backend = "nftables";
        }
    }
    // Tables of the older interface are not in nft's list.
    let legacy = |names: &str| Ok::<_, Missing>(!host.root.read_text(names)?.unwrap_or_default().trim().is_empty());
    let legacy4 = legacy("/proc/net/ip_tables_names")?;
    let legacy6 = legacy("/proc/net/ip6_tables_names")?;
    for (v6, old, new) in [(false, legacy4, "iptables"), (true, legacy6, "ip6tables")] {
        let family = if v6 { "ip6" } else { "ip" };
        let own = filter.chains.keys().any(|(f, table, _)| f == family && table == "filter");
        if filter.opaque && own {
            let paths = [format!("/usr/sbin/{new}-nft-save"), format!("/usr/sbin/{new}-save")];
            if let Some(save) = program(host, &[&paths[0], &paths[1]])? {
                let text = run(&save, &["-t", "filter"])?;
                filter.chains.retain(|(f, table, _), _| f != family || table != "filter");
                packet_filter::iptables(&text, v6, &mut filter);
            }
        }
        if old {
            let paths = [format!("/usr/sbin/{new}-legacy-save"), format!("/usr/sbin/{new}-save")];
            let Some(save) = program(host, &[&paths[0], &paths[1]])? else {
                return Err(Missing::failed(format!(
                    "the kernel has tables of {new}, but there is no `{new}-save` to list them"
                )));
            };
            let mut tables = Filter::default();
            packet_filter::iptables(&run(&save, &[])?, v6, &mut tables);
            if !tables.is_empty() {
                backend = if backend == "nftables" { backend } else { "iptables" };
                // Both are asked of each packet: told apart by the name of the table.
                for ((family, table, chain), rules) in tables.chains {
                    filter.chains.insert((family, format!("{table} (legacy)"), chain), rules);
                }
            }
        }
    }
    if nft.is_none() && !legacy4 && !legacy6 && nf_tables_loaded(host)? {
        return Err(Missing::failed(
            "the kernel has nf_tables, but there is no `nft` to list them\nhint: install nftables",
        ));
    }
    Ok(facts(&filter, backend))
}

/// Bit 12 of the effective capabilities.
fn net_admin(status: &str) -> bool {
    let line = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    line.and_then(|hex| u64::from_str_radix(hex.trim(), 16).ok()).is_some_and(|bits| bits >> 12 & 1 == 1)
}

/// Whether nf_tables can hold rules: as a module that is loaded, or where it cannot be told that it is not.
fn nf_tables_loaded(host: &Host) -> Result<bool, Missing> {
    Ok(match host.root.read_text("/proc/modules")? {
        Some(modules) => {
            let module = modules.lines().any(|line| line.split(' ').next() == Some("nf_tables"));
            // Built in, it has no line; sysfs shows neither, so only a kernel with modules but without this one is sure.
            module || modules.trim().is_empty()
        }
        None => true,
    })
}

/// The first path at which a program stands.
fn program(host: &Host, paths: &[&str]) -> Result<Option<String>, Missing> {
    for path in paths {
        if host.root.stat(path)?.is_some_and(|meta| meta.kind == rustix::fs::FileType::RegularFile) {
            return Ok(Some((*path).to_owned()));
        }
    }
    Ok(None)
}

/// Runs a program without a shell, with an empty environment and nothing to read, for at most [`TIME`].
fn run(path: &str, args: &[&str]) -> Result<String, Missing> {
    let fail = |error: &str| Missing::failed(format!("`{path}` failed: {error}"));
    let mut child = Command::new(path)
        .args(args)
        .env_clear()
        .env("LC_ALL", "C")
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| fail(&error.to_string()))?;
    let Some(stdout) = child.stdout.take() else { return Err(fail("no output")) };
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.take(OUTPUT_MAX + 1).read_to_end(&mut bytes).map(|_| bytes)
    });
    let end = Instant::now() + TIME;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Ok(status),
            Ok(None) if reader.is_finished() && Instant::now() < end => std::thread::sleep(Duration::from_millis(1)),
            Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
            Ok(None) => break Err(fail("it took longer than 5 seconds")),
            Err(error) => break Err(fail(&error.to_string())),
        }
    };
    if status.is_err() {
        // Gone by itself meanwhile is as good.
        if child.kill().is_ok() {
            child.wait().map_err(|error| fail(&error.to_string()))?;
        }
    }
    let status = status?;
    let bytes = reader.join().map_err(|_| fail("its output was lost"))?.map_err(|error| fail(&error.to_string()))?;
    if bytes.len() as u64 > OUTPUT_MAX {
        return Err(fail("it printed more than 32 MiB"));
    }
    if !status.success() {
        return Err(fail(&status.to_string()));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What the rules mean.
fn facts(filter: &Filter, backend: &str) -> FirewallLive {
    let mut out = FirewallLive { backend: backend.to_owned(), ..FirewallLive::default() };
    for (id, chain) in &filter.chains {
        if let Some(hook) = &chain.hook {
            let (family, table, name) = id.clone();
            let policy = if filter.drops_rest(id) { "drop" } else { "accept" };
            out.chains.push(FilterChain {
                family,
                table,
                chain: name,
                hook: hook.clone(),
                policy: policy.to_owned(),
                rules: chain.rules(),
            });
        }
    }
    for (v6, family) in [(false, "ipv4"), (true, "ipv6")] {
        let plain = Packet { v6, by_loopback: false, from_loopback: false, established: false, transport: None };
        let spoofed = Packet { from_loopback: true, ..plain.clone() };
        let local = Packet { by_loopback: true, ..spoofed.clone() };
        let known = Packet { established: true, ..plain };
        let ask = |packet: &Packet, transports: &[Option<&'static str>]| {
            let fates: Vec<Option<bool>> = transports
                .iter()
                .map(|transport| filter.fate("input", &Packet { transport: *transport, ..packet.clone() }).certain())
                .collect();
            if fates.contains(&Some(false)) {
                (Some(false), fates.iter().all(|fate| *fate == Some(false)))
            } else if fates.contains(&None) {
                (None, false)
            } else {
                (Some(true), false)
            }
        };
        let all = [Some("tcp"), Some("udp"), None];
        if let (Some(accepted), _) = ask(&local, &all) {
            out.loopback_accepted.insert(family.to_owned(), accepted);
        }
        if let (Some(_), dropped) = ask(&spoofed, &all) {
            out.loopback_spoof_dropped.insert(family.to_owned(), dropped);
        }
        if let (Some(accepted), _) = ask(&known, &[Some("tcp"), Some("udp")]) {
            out.established_accepted.insert(family.to_owned(), accepted);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn ruleset(policy: &str, rules: &[Value], more: &[Value]) -> String {
        let mut items = vec![
            json!({"metainfo": {"version": "1.0.6"}}),
            json!({"table": {"family": "inet", "name": "f", "handle": 1}}),
            json!({"chain": {"family": "inet", "table": "f", "name": "in", "handle": 1, "type": "filter", "hook": "input", "prio": 0, "policy": policy}}),
            json!({"chain": {"family": "inet", "table": "f", "name": "sub", "handle": 2}}),
            json!({"set": {"family": "inet", "table": "f", "name": "ifs", "type": "ifname", "elem": ["lo", "eth9"]}}),
        ];
        items.extend(
            rules.iter().map(|expr| json!({"rule": {"family": "inet", "table": "f", "chain": "in", "expr": expr}})),
        );
        items.extend(
            more.iter().map(|expr| json!({"rule": {"family": "inet", "table": "f", "chain": "sub", "expr": expr}})),
        );
        json!({ "nftables": items }).to_string()
    }

    fn meta(key: &str, op: &str, right: Value) -> Value {
        json!({"match": {"op": op, "left": {"meta": {"key": key}}, "right": right}})
    }

    #[test]
    fn rules_are_understood() {
        let lo = meta("iifname", "==", json!("lo"));
        let accept = json!({"accept": null});
        let drop = json!({"drop": null});
        let counter = json!({"counter": {"packets": 0, "bytes": 0}});
        let established =
            json!({"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}});
        let spoof = json!({"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": {"prefix": {"addr": "127.0.0.0", "len": 8}}}});
        let ssh =
            json!({"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 22}});
        let limit = json!({"limit": {"rate": 1, "per": "second"}});
        let jump = json!({"jump": {"target": "sub"}});
        // Policy; loopback, spoofed loopback dropped, established: each for IPv4 (where IPv6 differs, the reason says so).
        type Want = (&'static str, Option<bool>, Option<bool>, Option<bool>);
        type Row = (&'static str, Vec<Value>, Vec<Value>, Want, &'static str);
        let rows: Vec<Row> = vec![
            ("accept", vec![], vec![], ("accept", Some(true), Some(false), Some(true)), "an empty chain"),
            ("drop", vec![], vec![], ("drop", Some(false), Some(true), Some(false)), "drops all"),
            (
                "drop",
                vec![json!([lo, counter, accept])],
                vec![],
                ("drop", Some(true), Some(true), Some(false)),
                "loopback only",
            ),
            (
                "drop",
                vec![json!([meta("iifname", "!=", json!("lo")), drop]), json!([accept])],
                vec![],
                ("drop", Some(true), Some(true), Some(false)),
                "all but loopback dropped",
            ),
            (
                "accept",
                vec![json!([lo, accept]), json!([spoof, counter, drop])],
                vec![],
                ("accept", Some(true), Some(true), Some(true)),
                "spoofed loopback dropped",
            ),
            (
                "accept",
                vec![json!([spoof, drop]), json!([lo, accept])],
                vec![],
                ("accept", Some(false), Some(true), Some(true)),
                "in the wrong order",
            ),
            (
                "accept",
                vec![json!([established, accept]), json!([drop])],
                vec![],
                ("drop", Some(false), Some(true), Some(true)),
                "a last rule without a condition",
            ),
            (
                "accept",
                vec![json!([ssh, accept]), json!([{"reject": {"type": "icmpx"}}])],
                vec![],
                ("drop", Some(false), Some(true), Some(false)),
                "a reject at the end",
            ),
            (
                "drop",
                vec![json!([jump])],
                vec![json!([lo, accept])],
                ("drop", Some(true), Some(true), Some(false)),
                "by way of another chain",
            ),
            (
                "drop",
                vec![json!([jump]), json!([accept])],
                vec![json!([lo, {"return": null}]), json!([drop])],
                ("drop", Some(true), Some(true), Some(false)),
                "a return comes back",
            ),
            (
                "drop",
                vec![json!([{"goto": {"target": "sub"}}]), json!([accept])],
                vec![json!([ssh, accept])],
                ("drop", Some(false), Some(true), Some(false)),
                "a goto does not come back",
            ),
            (
                "drop",
                vec![json!([lo, limit, accept])],
                vec![],
                ("drop", None, Some(true), Some(false)),
                "a limit may hold or not",
            ),
            (
                "drop",
                vec![json!([lo, limit, accept]), json!([lo, accept])],
                vec![],
                ("drop", Some(true), Some(true), Some(false)),
                "either way accepted",
            ),
            (
                "drop",
                vec![json!([meta("iifname", "==", json!("@ifs")), accept])],
                vec![],
                ("drop", Some(true), Some(true), Some(false)),
                "a named set",
            ),
            (
                "drop",
                vec![json!([meta("iifname", "==", json!({"set": ["lo", "br0"]})), accept])],
                vec![],
                ("drop", Some(true), Some(true), Some(false)),
                "a set in place",
            ),
            (
                "drop",
                vec![json!([meta("iifname", "==", json!("l*")), accept])],
                vec![],
                ("drop", Some(true), Some(true), Some(false)),
                "a pattern",
            ),
            (
                "drop",
                vec![json!([{"vmap": {"key": {"ct": {"key": "state"}}, "data": {"set": []}}}])],
                vec![],
                ("drop", None, None, None),
                "a verdict map is not followed",
            ),
            (
                "drop",
                vec![
                    json!([{"match": {"op": "!=", "left": {"payload": {"protocol": "ip6", "field": "saddr"}}, "right": "2001:db8::1"}}, accept]),
                ],
                vec![],
                ("accept", Some(false), Some(true), Some(false)),
                "an address of IPv6 is not looked at in IPv4",
            ),
            (
                "accept",
                vec![
                    json!([{"match": {"op": "!=", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 22}}, drop]),
                ],
                vec![],
                ("accept", Some(false), Some(false), Some(false)),
                "TCP alone is dropped",
            ),
        ];
        for (policy, rules, more, want, why) in rows {
            let filter = packet_filter::nft(&ruleset(policy, &rules, &more)).unwrap();
            let got = facts(&filter, "nftables");
            let get = |map: &BTreeMap<String, bool>| map.get("ipv4").copied();
            assert_eq!(
                (
                    got.chains[0].policy.as_str(),
                    get(&got.loopback_accepted),
                    get(&got.loopback_spoof_dropped),
                    get(&got.established_accepted)
                ),
                want,
                "{why}"
            );
        }
    }

    #[test]
    fn iptables_rules_are_understood() {
        let head = "*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n:sub - [0:0]\n";
        for (rules, want, why) in [
            ("", (Some(false), Some(true), Some(false)), "drops all"),
            ("-A INPUT -i lo -j ACCEPT\n", (Some(true), Some(true), Some(false)), "loopback"),
            (
                "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n",
                (Some(false), Some(true), Some(true)),
                "established",
            ),
            (
                "-A INPUT -j sub\n-A sub ! -i lo -j RETURN\n-A sub -m comment --comment \"-j DROP\" -j ACCEPT\n",
                (Some(true), Some(true), Some(false)),
                "another chain, a comment",
            ),
            (
                "-A INPUT -s 127.0.0.0/8 ! -i lo -j DROP\n-A INPUT -j ACCEPT\n",
                (Some(true), Some(true), Some(true)),
                "spoofed",
            ),
            ("-A INPUT -m recent --name x --rcheck -j ACCEPT\n", (None, None, None), "a module that we do not know"),
            (
                "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -j LOG --log-prefix \"x \"\n",
                (Some(false), Some(true), Some(false)),
                "a port, a log",
            ),
        ] {
            let mut filter = Filter::default();
            packet_filter::iptables(&format!("{head}{rules}COMMIT\n"), false, &mut filter);
            let got = facts(&filter, "iptables");
            let get = |map: &BTreeMap<String, bool>| map.get("ipv4").copied();
            assert_eq!(
                (get(&got.loopback_accepted), get(&got.loopback_spoof_dropped), get(&got.established_accepted)),
                want,
                "{why}"
            );
        }
    }

    #[test]
    fn programs_are_bounded() {
        assert_eq!(run("/bin/echo", &["$HOME;", "x"]).unwrap(), "$HOME; x\n", "no shell");
        assert_eq!(run("/usr/bin/env", &[]).unwrap(), "LC_ALL=C\n", "nothing of our own environment");
        assert!(run("/bin/false", &[]).is_err());
        assert!(run("/nonexistent", &[]).is_err());
        assert!(net_admin("Name:\tx\nCapEff:\t000001ffffffffff\n"));
        assert!(!net_admin("CapEff:\t0000000000000000\n"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*", words in "(-A INPUT |-j |!|-i |-s |lo|\n|\\*filter\n|:INPUT DROP\n|,|/|-A x |x ){0,40}") {
            if let Some(filter) = packet_filter::nft(&text) {
                facts(&filter, "x");
            }
            for text in [&text, &words] {
                let mut filter = Filter::default();
                packet_filter::iptables(text, false, &mut filter);
                facts(&filter, "x");
            }
        }
    }
}
