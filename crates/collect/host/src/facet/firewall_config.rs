use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    glob,
    host::Host,
    line::{settings, words},
    root::{ReadError, Root},
};

/// The packet filter as the next boot will load it.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FirewallConfig {
    /// `ufw`: `/etc/ufw/ufw.conf` and `/etc/default/ufw`; null where ufw is not installed.
    pub(crate) ufw: Option<Ufw>,
    /// `/etc/nftables.conf` holds a base chain on the input hook; null where the file is absent.
    pub(crate) nftables_input_chain: Option<bool>,
    /// What it does with IPv4 packets that no test names: the verdict of its first rule without a test, else the policy
    /// that it states; null where none.
    pub(crate) nftables_input_policy: Option<String>,
    /// The same for IPv6.
    pub(crate) nftables_input6_policy: Option<String>,
    /// Saved iptables rules (`/etc/iptables/rules.v4`, `/etc/sysconfig/iptables`): `ACCEPT` or `DROP` of INPUT's first
    /// rule without a test, else INPUT's policy; null where absent.
    pub(crate) iptables_input_policy: Option<String>,
    /// The same for IPv6.
    pub(crate) ip6tables_input_policy: Option<String>,
    /// firewalld's default zone; null where it is not installed.
    pub(crate) firewalld_zone: Option<String>,
    /// The target that this zone's file states: `ACCEPT`, `DROP`; null where none.
    pub(crate) firewalld_target: Option<String>,
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
    /// Ports of user rules: `22/tcp allow`, `any allow from 10.0.0.0/8`, `53 allow on lo`.
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
            let chains = nft_input(&text);
            let rest = |family: &str| {
                let of = |chain: &&InputChain| chain.family == family || chain.family == "inet";
                let rests: Vec<&String> = chains.iter().filter(of).filter_map(|chain| chain.rest.as_ref()).collect();
                // One chain that drops is enough: each of them must let a packet pass.
                rests.iter().find(|rest| **rest == "drop").or(rests.first()).map(|rest| (*rest).clone())
            };
            out.nftables_input_chain =
                Some(chains.iter().any(|chain| matches!(chain.family.as_str(), "ip" | "ip6" | "inet")));
            out.nftables_input_policy = rest("ip");
            out.nftables_input6_policy = rest("ip6");
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
        let zone = zone.filter(|zone| !zone.is_empty()).unwrap_or_else(|| "public".into());
        out.firewalld_target = zone_target(root, &zone)?;
        out.firewalld_zone = Some(zone);
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
        let direction = words.last().unwrap_or_default();
        if let Some((_, interface)) = direction.split_once('_') {
            text.push_str(" on ");
            text.push_str(interface);
        }
        if direction.starts_with("out") {
            text.push_str(" out");
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

/// A base chain of type filter on the input hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InputChain {
    /// `ip`, `ip6`, `inet`, `bridge` …
    family: String,
    /// What becomes of a new packet that no test names: the verdict of the first rule without a test, else the policy
    /// that is stated.
    rest: Option<String>,
}

/// A chain of a configuration in nft's language.
#[derive(Debug, Default)]
struct NftChain {
    input: bool,
    policy: Option<String>,
    /// Verdict of the first rule without a test.
    decided: Option<&'static str>,
}

/// What a brace opened.
enum Block {
    Table(String, String),
    /// Family, table, name.
    Chain(String, String, String),
    /// A set in a statement, or a definition: the words before it, and those within it so far.
    Other(Vec<String>, String),
}

/// Nested braces that are followed; nft(8) has no use for more than three.
const NFT_DEPTH: usize = 16;

/// The base chains of type filter on the input hook, in the order of their families and names.
pub(crate) fn nft_input(text: &str) -> Vec<InputChain> {
    let mut chains: BTreeMap<(String, String, String), NftChain> = BTreeMap::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for token in nft_tokens(text) {
        if blocks.len() > NFT_DEPTH {
            break;
        }
        match (token.as_str(), blocks.last_mut()) {
            ("}", _) => {
                nft_statement(&mut chains, blocks.last(), &words);
                words.clear();
                if let Some(Block::Other(before, within)) = blocks.pop() {
                    words = before;
                    words.push(format!("{{{within}}}"));
                }
            }
            ("{", open) => {
                let block = nft_block(open.as_deref(), &words);
                if let Block::Chain(family, table, name) = &block {
                    chains.entry((family.clone(), table.clone(), name.clone())).or_default();
                }
                words.clear();
                blocks.push(block);
            }
            (_, Some(Block::Other(_, within))) => within.push_str(&token),
            (";", open) => {
                nft_statement(&mut chains, open.as_deref(), &words);
                words.clear();
            }
            _ => words.push(token),
        }
    }
    nft_statement(&mut chains, blocks.last(), &words);
    let rest = |chain: NftChain| chain.decided.map(str::to_owned).or(chain.policy);
    let input = chains.into_iter().filter(|(_, chain)| chain.input);
    input.map(|((family, ..), chain)| InputChain { family, rest: rest(chain) }).collect()
}

/// Words, braces, and `;` for the end of a line too; texts in quotes are one word.
fn nft_tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    let text = text.replace("\\\n", " ");
    for c in text.chars() {
        if c == '"' {
            quoted = !quoted;
            word.push(c);
        } else if quoted && c != '\n' {
            word.push('x');
        } else if c.is_whitespace() || matches!(c, '{' | '}' | ';') {
            quoted = false;
            if !word.is_empty() {
                tokens.push(std::mem::take(&mut word));
            }
            match c {
                '\n' => tokens.push(";".to_owned()),
                '{' | '}' | ';' => tokens.push(c.to_string()),
                _ => {}
            }
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    tokens
}

const NFT_FAMILIES: &[&str] = &["ip", "ip6", "inet", "arp", "bridge", "netdev"];

/// The family at the start of `words`, `ip` where none is given (nft(8), "ADDRESS FAMILIES"), and the rest.
fn nft_family<'a>(words: &'a [&'a str]) -> (&'a str, &'a [&'a str]) {
    match words.split_first() {
        Some((family, rest)) if NFT_FAMILIES.contains(family) => (family, rest),
        _ => ("ip", words),
    }
}

/// The statement without `add` or `create`.
fn nft_words(words: &[String]) -> Vec<&str> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.split_first() {
        Some((&("add" | "create" | "insert"), rest)) => rest.to_vec(),
        _ => words,
    }
}

fn nft_block(open: Option<&Block>, statement: &[String]) -> Block {
    let words = nft_words(statement);
    let rest = words.get(1..).unwrap_or_default();
    match (words.first().copied(), open) {
        (Some("table"), None) => {
            let (family, rest) = nft_family(rest);
            Block::Table(family.to_owned(), rest.join(" "))
        }
        (Some("chain"), Some(Block::Table(family, table))) => {
            Block::Chain(family.clone(), table.clone(), rest.join(" "))
        }
        (Some("chain"), None) => {
            let (family, rest) = nft_family(rest);
            let (table, name) =
                rest.split_first().map_or(("", ""), |(table, name)| (*table, name.first().copied().unwrap_or("")));
            Block::Chain(family.to_owned(), table.to_owned(), name.to_owned())
        }
        _ => Block::Other(statement.to_vec(), String::new()),
    }
}

/// Takes one statement of a chain, or a rule that is added to a chain by name.
fn nft_statement(
    chains: &mut BTreeMap<(String, String, String), NftChain>,
    open: Option<&Block>,
    statement: &[String],
) {
    let words = nft_words(statement);
    let (id, rule) = match (open, words.first().copied()) {
        (Some(Block::Chain(family, table, name)), Some(_)) => {
            ((family.clone(), table.clone(), name.clone()), words.as_slice())
        }
        (None, Some("flush")) if words.get(1) == Some(&"ruleset") => return chains.clear(),
        (None, Some("rule")) => {
            let (family, rest) = nft_family(words.get(1..).unwrap_or_default());
            let [table, name, rule @ ..] = rest else { return };
            ((family.to_owned(), (*table).to_owned(), (*name).to_owned()), rule)
        }
        _ => return,
    };
    let Some(chain) = chains.get_mut(&id) else { return };
    match rule {
        ["type", "filter", "hook", "input", ..] => chain.input = true,
        ["policy", policy, ..] => chain.policy = Some((*policy).to_owned()),
        _ if chain.decided.is_none() => chain.decided = nft_decides(rule),
        _ => {}
    }
}

/// `accept` or `drop` of a rule that takes every new packet; none of another.
fn nft_decides(rule: &[&str]) -> Option<&'static str> {
    let mut words = rule.iter().copied().peekable();
    while let Some(word) = words.next() {
        match word {
            "counter" | "log" => {
                // Their options, each with a value.
                while let Some(option) = words.peek().copied() {
                    if matches!(
                        option,
                        "packets" | "bytes" | "prefix" | "level" | "flags" | "group" | "snaplen" | "queue-threshold"
                    ) {
                        words.next();
                        words.next();
                    } else if option.starts_with('"') || option == "name" {
                        words.next();
                    } else {
                        break;
                    }
                }
            }
            "comment" => {
                words.next();
            }
            "accept" => return Some("accept"),
            "drop" | "reject" => return Some("drop"),
            "ct" if words.next() == Some("state") => {
                let states = words.next().unwrap_or_default();
                if !states.trim_matches(['{', '}']).split(',').any(|state| state == "new") {
                    return None;
                }
            }
            "ip" | "ip6" if matches!(words.next(), Some("saddr" | "daddr")) => {
                if !matches!(words.next(), Some("0.0.0.0/0" | "::/0")) {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// What becomes of a new packet to this host that no test names, by the table `filter` of a file of iptables-save(8):
/// the target of the first rule of INPUT without a test, `ACCEPT` or `DROP`, else the policy (`:INPUT DROP [0:0]`).
pub(crate) fn saved_input_policy(text: &str) -> Option<String> {
    let mut filter = false;
    let mut policy = None;
    for line in text.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('*') {
            filter = table == "filter";
        } else if !filter {
            continue;
        } else if let Some(rest) = line.strip_prefix(":INPUT ") {
            policy = rest.split_whitespace().next().map(str::to_owned);
        } else if let Some(rest) = line.strip_prefix("-A INPUT ")
            && let Some(target) = saved_decides(rest)
        {
            return Some(target.to_owned());
        }
    }
    policy
}

/// The target of a rule that takes every new packet.
fn saved_decides(rule: &str) -> Option<&'static str> {
    let words = words(rule, false)?;
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let value = words.next()?;
        match (word, value) {
            ("-m", "comment" | "conntrack" | "state") | ("--comment", _) => {}
            ("--state" | "--ctstate", states) if states.split(',').any(|state| state == "NEW") => {}
            ("-s" | "-d", "0.0.0.0/0" | "::/0") => {}
            ("-j", "ACCEPT") => return Some("ACCEPT"),
            ("-j", "DROP" | "REJECT") => return Some("DROP"),
            _ => return None,
        }
    }
    None
}

/// The target of a zone of firewalld: `ACCEPT`, `DROP`, `%%REJECT%%`; none where its file states none.
fn zone_target(root: &Root, zone: &str) -> Result<Option<String>, ReadError> {
    if zone.contains('/') {
        return Ok(None);
    }
    for dir in ["/etc/firewalld/zones", "/usr/lib/firewalld/zones"] {
        if let Some(text) = root.read_text(&format!("{dir}/{zone}.xml"))? {
            return Ok(xml_target(&text));
        }
    }
    Ok(None)
}

/// The attribute `target` of the element `zone`.
fn xml_target(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("<zone")?;
    let (element, _) = rest.split_once('>')?;
    let (_, value) = element.split_once("target=")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn host(files: &[(&str, &str)]) -> (tempfile::TempDir, Host) {
        let dir = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        (dir, host)
    }

    #[test]
    fn input_chains_of_nft() {
        const HEAD: &str = "type filter hook input priority 0; policy drop;";
        let inet = |rules: &str| format!("table inet f {{ chain i {{ {HEAD} {rules} }} }}");
        for (text, want, why) in [
            (inet(""), vec![("inet", Some("drop"))], "one"),
            (
                "table ip6 f {\nchain i {\n type filter hook input priority filter\n policy accept\n}\n}".into(),
                vec![("ip6", Some("accept"))],
                "by lines",
            ),
            (
                "table f { chain i { type filter hook input priority 0; tcp dport { 22 } accept; } }".into(),
                vec![("ip", None)],
                "not stated; a table without a family is ip",
            ),
            ("table ip f { chain i { type nat hook input priority 0; policy accept; } }".into(), vec![], "another type"),
            ("table ip f { chain o { type filter hook output priority 0; policy drop; } }".into(), vec![], "another hook"),
            (
                "table ip f { chain i { type filter hook input priority 0; } chain o { type filter hook output priority 0; policy drop; } }".into(),
                vec![("ip", None)],
                "the policy of the next chain",
            ),
            (inet("accept"), vec![("inet", Some("accept"))], "a rule that accepts all"),
            (inet("counter packets 0 bytes 0 accept"), vec![("inet", Some("accept"))], "counted"),
            (inet("log prefix \"a; }\" accept"), vec![("inet", Some("accept"))], "logged"),
            (inet("ct state { established,new } accept"), vec![("inet", Some("accept"))], "new connections"),
            (inet("ip saddr 0.0.0.0/0 accept"), vec![("inet", Some("accept"))], "from everywhere"),
            (inet("ct state established,related accept; iif lo accept"), vec![("inet", Some("drop"))], "rules with tests"),
            (inet("tcp dport { 22, 80 } accept"), vec![("inet", Some("drop"))], "a set"),
            (inet("drop; accept"), vec![("inet", Some("drop"))], "behind a rule that drops all"),
            (inet("jump more"), vec![("inet", Some("drop"))], "another chain"),
            (
                "table inet f { chain i { type filter hook input priority 0; policy accept; ct state established accept\n reject with tcp reset\n } }".into(),
                vec![("inet", Some("drop"))],
                "refused by the last rule",
            ),
            (
                "add table inet f\nadd chain inet f i { type filter hook input priority 0; policy drop; }\nadd rule inet f i accept".into(),
                vec![("inet", Some("accept"))],
                "by commands",
            ),
            (inet("") + "\nflush ruleset\n", vec![], "flushed at the end"),
        ] {
            let got = nft_input(&text);
            let got: Vec<_> = got.iter().map(|chain| (chain.family.as_str(), chain.rest.as_deref())).collect();
            assert_eq!(got, want, "{why}");
        }
    }

    #[test]
    fn saved_rules_of_iptables() {
        for (rules, want, why) in [
            ("", "DROP", "the policy"),
            ("-A INPUT -j ACCEPT", "ACCEPT", "a rule that accepts all"),
            ("-A INPUT -m comment --comment \"for a test\" -j ACCEPT", "ACCEPT", "with a comment"),
            ("-A INPUT -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT", "ACCEPT", "new connections"),
            ("-A INPUT -s 0.0.0.0/0 -j ACCEPT", "ACCEPT", "from everywhere"),
            ("-A INPUT -i lo -j ACCEPT", "DROP", "loopback"),
            ("-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT", "DROP", "answers"),
            ("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT", "DROP", "one port"),
            ("-A INPUT -j DROP\n-A INPUT -j ACCEPT", "DROP", "behind one that drops all"),
            ("-A FORWARD -j ACCEPT", "DROP", "another chain"),
            ("-A INPUT ! -i lo -j ACCEPT", "DROP", "a test that is denied"),
        ] {
            let text = format!("*filter\n:INPUT DROP [0:0]\n{rules}\nCOMMIT\n");
            assert_eq!(saved_input_policy(&text).as_deref(), Some(want), "{why}");
        }
        let rhel = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j REJECT --reject-with icmp-host-prohibited\nCOMMIT\n";
        assert_eq!(saved_input_policy(rhel).as_deref(), Some("DROP"), "refused by the last rule");
    }

    #[test]
    fn targets_of_zones() {
        for (text, want, why) in [
            ("<?xml version=\"1.0\"?>\n<zone version='1' target='ACCEPT'>\n</zone>", Some("ACCEPT"), "stated"),
            ("<zone>\n<rule target=\"ACCEPT\"/></zone>", None, "of another element"),
            ("<zone target=", None, "cut off"),
            ("", None, "empty"),
        ] {
            assert_eq!(xml_target(text).as_deref(), want, "{why}");
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
                "### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n-A x\n### tuple ### limit any 53 0.0.0.0/0 any 10.0.0.0/8 in\n### tuple ### allow any any 0.0.0.0/0 any 0.0.0.0/0 in_lo\n",
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
        assert_eq!(ufw.rules, ["22/tcp allow", "53 limit from 10.0.0.0/8", "any allow on lo"]);
        assert_eq!((got.nftables_input_chain, got.nftables_input_policy.as_deref()), (Some(true), Some("drop")));
        assert_eq!(got.nftables_input6_policy.as_deref(), Some("drop"));
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
                xml_target(text);
            }
        }
    }
}
