use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    glob,
    host::Host,
    line::settings,
    root::{ReadError, Root},
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

fn collect(host: &Host) -> Result<FirewallConfig, Missing> {
    let root = &host.root;
    let mut out = FirewallConfig { ufw: ufw(root)?, ..FirewallConfig::default() };
    for file in ["/etc/nftables.conf", "/etc/sysconfig/nftables.conf", "/etc/nftables.nft"] {
        let mut text = String::new();
        if nft_text(root, file, 0, &mut text, &mut 0)? {
            let policies = nft_input(&text);
            out.nftables_input_chain = Some(!policies.is_empty());
            // One chain that drops is enough: each of them must let a packet pass.
            let drops = policies.iter().flatten().find(|policy| *policy == "drop");
            out.nftables_input_policy = drops.or(policies.iter().flatten().next()).cloned();
            break;
        }
    }
    let policy = |files: &[&str]| -> Result<Option<String>, ReadError> {
        for file in files {
            if let Some(text) = root.read_text(file)? {
                return Ok(saved_input_policy(&text));
            }
        }
        Ok(None)
    };
    out.iptables_input_policy = policy(&[
        "/etc/iptables/rules.v4",
        "/etc/sysconfig/iptables",
        "/etc/iptables/rules-save",
        "/etc/iptables/iptables.rules",
    ])?;
    out.ip6tables_input_policy = policy(&[
        "/etc/iptables/rules.v6",
        "/etc/sysconfig/ip6tables",
        "/etc/iptables/rules6-save",
        "/etc/iptables/ip6tables.rules",
    ])?;
    let conf = root.read_text("/etc/firewalld/firewalld.conf")?;
    if conf.is_some() || root.exists("/usr/sbin/firewalld")? {
        let zone = settings(&conf.unwrap_or_default()).remove("DefaultZone");
        // firewalld.conf(5): the zone that it has built in.
        out.firewalld_zone = Some(zone.filter(|zone| !zone.is_empty()).unwrap_or_else(|| "public".into()));
    }
    Ok(out)
}

fn ufw(root: &Root) -> Result<Option<Ufw>, ReadError> {
    let conf = root.read_text("/etc/ufw/ufw.conf")?;
    if conf.is_none() && !root.exists("/usr/sbin/ufw")? {
        return Ok(None);
    }
    let conf = assignments(&conf.unwrap_or_default());
    let defaults = assignments(&root.read_text("/etc/default/ufw")?.unwrap_or_default());
    let yes = |value: Option<&String>| value.is_some_and(|value| value.eq_ignore_ascii_case("yes"));
    let mut rules = BTreeSet::new();
    for file in ["/etc/ufw/user.rules", "/etc/ufw/user6.rules", "/lib/ufw/user.rules", "/lib/ufw/user6.rules"] {
        rules.extend(ufw_rules(&root.read_text(file)?.unwrap_or_default()));
    }
    Ok(Some(Ufw {
        enabled: yes(conf.get("ENABLED")),
        incoming: defaults.get("DEFAULT_INPUT_POLICY").cloned(),
        outgoing: defaults.get("DEFAULT_OUTPUT_POLICY").cloned(),
        routed: defaults.get("DEFAULT_FORWARD_POLICY").cloned(),
        ipv6: yes(defaults.get("IPV6")),
        log_level: conf.get("LOGLEVEL").cloned(),
        rules: rules.into_iter().collect(),
    }))
}

fn assignments(text: &str) -> BTreeMap<String, String> {
    crate::line::assignments(text).into_iter().map(|(_, name, value)| (name, value)).collect()
}

/// User rules from the notes that ufw keeps in its files:
/// `### tuple ### ACTION PROTOCOL PORT TO PORT FROM [APPS] DIRECTION`.
pub(crate) fn ufw_rules(text: &str) -> Vec<String> {
    let rule = |line: &str| {
        let mut words = line.trim().strip_prefix("### tuple ###")?.split_whitespace();
        let (action, protocol, port) = (words.next()?, words.next()?, words.next()?);
        let (_to, _from_port, from) = (words.next()?, words.next()?, words.next()?);
        let mut text = port.to_owned();
        if protocol != "any" {
            text.push('/');
            text.push_str(protocol);
        }
        text.push(' ');
        text.push_str(action);
        if !matches!(from, "0.0.0.0/0" | "::/0" | "any") {
            text.push_str(" from ");
            text.push_str(from);
        }
        if let Some(direction) = words.last().filter(|direction| direction.starts_with("out")) {
            text.push(' ');
            text.push_str(direction);
        }
        Some(text)
    };
    text.lines().filter_map(rule).collect()
}

/// Bytes of all files of nft together.
const NFT_MAX: usize = 8 << 20;

/// Adds a file and those that it includes, comments left out; whether it exists.
fn nft_text(root: &Root, file: &str, depth: u8, out: &mut String, files: &mut u32) -> Result<bool, Missing> {
    let Some(text) = root.read_text(file)? else { return Ok(false) };
    *files += 1;
    if depth > 8 || *files > 1_000 || out.len() > NFT_MAX {
        return Err(Missing::failed(format!("`{file}` is included too deep, or the files are too large")));
    }
    for line in text.lines() {
        let line = comment_cut(line);
        if let Some(pattern) = line.trim().strip_prefix("include ") {
            let pattern = pattern.trim().trim_end_matches(';').trim_matches(['"', '\'']);
            // A name without a slash is looked for below /etc (nft(8), "INCLUDING FILES").
            let pattern = if pattern.starts_with('/') { pattern.to_owned() } else { format!("/etc/{pattern}") };
            for included in glob::expand(root, &pattern)? {
                nft_text(root, &included, depth + 1, out, files)?;
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(true)
}

/// The line without its comment; a `#` within quotes is none.
fn comment_cut(line: &str) -> &str {
    let mut quoted = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted => return line.get(..at).unwrap_or(line),
            _ => {}
        }
    }
    line
}

/// Policies of the base chains of type filter on the input hook, as stated.
pub(crate) fn nft_input(text: &str) -> Vec<Option<String>> {
    let spaced = text.replace(';', " ; ").replace('{', " { ").replace('}', " } ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let mut chains = Vec::new();
    for at in 0..words.len() {
        if word(at) != "type" || word(at + 1) != "filter" || word(at + 2) != "hook" || word(at + 3) != "input" {
            continue;
        }
        let rest = words.get(at + 4..).unwrap_or_default();
        let end = rest.iter().position(|word| matches!(*word, "{" | "}")).unwrap_or(rest.len());
        let rest = rest.get(..end).unwrap_or_default();
        let policy = rest.iter().position(|word| *word == "policy").and_then(|at| rest.get(at + 1));
        chains.push(policy.map(|policy| (*policy).to_owned()));
    }
    chains
}

/// `:INPUT DROP [0:0]` of the table `filter` of a file of iptables-save(8).
pub(crate) fn saved_input_policy(text: &str) -> Option<String> {
    let mut filter = false;
    for line in text.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('*') {
            filter = table == "filter";
        } else if filter && let Some(rest) = line.strip_prefix(":INPUT ") {
            return rest.split_whitespace().next().map(str::to_owned);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use casemate_estate::Timestamp;
    use proptest::prelude::*;

    use super::*;

    fn host(files: &[(&str, &str)]) -> (tempfile::TempDir, Host) {
        let dir = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let host = Host::new(Root::mounted(dir.path()).unwrap(), Timestamp::UNIX_EPOCH);
        (dir, host)
    }

    #[test]
    fn input_chains_of_nft() {
        for (text, want, why) in [
            ("table inet f { chain i { type filter hook input priority 0; policy drop; } }", vec![Some("drop")], "one"),
            ("chain i {\n type filter hook input priority filter\n policy accept\n}", vec![Some("accept")], "by lines"),
            ("chain i { type filter hook input priority 0; tcp dport { 22 } accept; }", vec![None], "not stated"),
            ("chain i { type nat hook input priority 0; policy accept; }", vec![], "another type"),
            ("chain o { type filter hook output priority 0; policy drop; }", vec![], "another hook"),
            (
                "chain i { type filter hook input priority 0; } chain o { type filter hook output priority 0; policy drop; }",
                vec![None],
                "the policy of the next chain",
            ),
        ] {
            let got = nft_input(text);
            assert_eq!(got.iter().map(Option::as_deref).collect::<Vec<_>>(), want, "{why}");
        }
    }

    #[test]
    fn every_tool_is_read() {
        let (_dir, empty) = host(&[("etc/x", "")]);
        let got = collect(&empty).unwrap();
        assert!(got.ufw.is_none() && got.nftables_input_chain.is_none() && got.firewalld_zone.is_none());
        let (_dir, full) = host(&[
            ("etc/ufw/ufw.conf", "# x\nENABLED=yes\nLOGLEVEL=low\n"),
            ("etc/default/ufw", "IPV6=yes\nDEFAULT_INPUT_POLICY=\"DROP\"\nDEFAULT_OUTPUT_POLICY=\"ACCEPT\"\n"),
            (
                "etc/ufw/user.rules",
                "### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n-A x\n### tuple ### limit any 53 0.0.0.0/0 any 10.0.0.0/8 in\n",
            ),
            ("etc/ufw/user6.rules", "### tuple ### allow tcp 22 ::/0 any ::/0 in\n"),
            ("etc/nftables.conf", "#!/usr/sbin/nft -f\n# hook input\ninclude \"/etc/nft.d/*.nft\"\n"),
            ("etc/nft.d/a.nft", "table inet f { chain i { type filter hook input priority 0; policy drop; } }\n"),
            ("etc/iptables/rules.v4", "*nat\n:INPUT ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n"),
            ("etc/firewalld/firewalld.conf", "# x\nDefaultZone=drop\n"),
        ]);
        let got = collect(&full).unwrap();
        let ufw = got.ufw.unwrap();
        assert_eq!((ufw.enabled, ufw.ipv6, ufw.incoming.as_deref()), (true, true, Some("DROP")));
        assert_eq!(ufw.rules, ["22/tcp allow", "53 limit from 10.0.0.0/8"]);
        assert_eq!((got.nftables_input_chain, got.nftables_input_policy.as_deref()), (Some(true), Some("drop")));
        assert_eq!((got.iptables_input_policy.as_deref(), got.ip6tables_input_policy), (Some("DROP"), None));
        assert_eq!(got.firewalld_zone.as_deref(), Some("drop"));
    }

    #[test]
    fn a_loop_of_includes_ends() {
        let (_dir, host) =
            host(&[("etc/nftables.conf", "include \"/etc/nftables.conf\"\ninclude \"/etc/nftables.conf\"\n")]);
        assert!(collect(&host).is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*", words in "(type |filter |hook |input |policy |;|\\{|\\}|drop|:INPUT |\\*filter\n|### tuple ### |a ){0,40}") {
            for text in [&text, &words] {
                nft_input(text);
                saved_input_policy(text);
                ufw_rules(text);
                comment_cut(text);
            }
        }
    }
}
