//! Rules of a packet filter and what becomes of a packet, without sending one. Start at [`Filter::fate`].
//!
//! Read from nft's JSON (libnftables-json(5)) and from iptables-save(8). What a rule tests and we do not know may match or
//! not: both ways are followed, and a question whose answer depends on it has none.
use std::{
    collections::{BTreeMap, HashMap},
    net::IpAddr,
};

use serde_json::Value;

/// Rules of all families that filter IP.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    /// By family, table and name.
    pub(crate) chains: BTreeMap<ChainId, Chain>,
    /// Rules with a test of iptables' own that nft's JSON does not spell out.
    pub(crate) opaque: bool,
    sets: BTreeMap<ChainId, Vec<Pattern>>,
}

/// Family, table, name.
pub(crate) type ChainId = (String, String, String);

/// A chain.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    /// `input`, `forward`, `output` of a base chain of type filter; none otherwise.
    pub(crate) hook: Option<String>,
    /// Policy of a base chain.
    drops: bool,
    rules: Vec<Rule>,
}

impl Chain {
    /// How many rules stand in it.
    pub(crate) fn rules(&self) -> u32 {
        u32::try_from(self.rules.len()).unwrap_or(u32::MAX)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    tests: Vec<Test>,
    verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// Goes on: a counter, a log.
    Next,
    Accept,
    Drop,
    Return,
    Jump(String),
    Goto(String),
    /// A queue, a verdict map.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Test {
    what: What,
    not: bool,
    any: Vec<Pattern>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// Interface it came in by.
    In,
    Source,
    Destination,
    /// Transport protocol.
    Transport,
    /// A port of this transport protocol (`th`: any).
    Port(&'static str),
    State,
    /// `ipv4` or `ipv6`.
    Network,
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Word(String),
    /// A word that starts so.
    Start(String),
    Net(IpAddr, u8),
    /// From, to.
    Range(IpAddr, IpAddr),
    Set(String),
    All,
    Unknown,
}

/// A packet on the input hook. What is not given is something that no rule names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Packet {
    /// IPv6, else IPv4.
    pub(crate) v6: bool,
    /// Came in by the loopback interface.
    pub(crate) by_loopback: bool,
    /// From 127.0.0.1 or `::1`.
    pub(crate) from_loopback: bool,
    /// Part of a known connection, else the first of a new one.
    pub(crate) established: bool,
    /// `tcp`, `udp`, or another that no rule names.
    pub(crate) transport: Option<&'static str>,
}

/// What may become of a packet: a set of ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fate(u8);

const ACCEPT: u8 = 1;
const DROP: u8 = 2;
/// It leaves the chain undecided.
const NEXT: u8 = 4;

impl Fate {
    /// Accepted or dropped, where that is certain.
    pub(crate) fn certain(self) -> Option<bool> {
        match self.0 {
            ACCEPT => Some(true),
            DROP => Some(false),
            _ => None,
        }
    }
}

/// Whether a test holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Truth {
    Yes,
    No,
    Maybe,
}

struct Walk<'a> {
    filter: &'a Filter,
    packet: &'a Packet,
    /// An unknown test is taken as one that concerns other traffic.
    maybe_is_no: bool,
    done: HashMap<ChainId, u8>,
}

impl Filter {
    /// What becomes of a packet on a hook: every base chain must let it pass.
    pub(crate) fn fate(&self, hook: &str, packet: &Packet) -> Fate {
        let mut all = ACCEPT;
        for (id, chain) in &self.chains {
            if chain.hook.as_deref() != Some(hook) || !family_is(&id.0, packet.v6) {
                continue;
            }
            let one = self.chain_fate(id, chain, packet, false);
            if one == DROP {
                return Fate(DROP);
            }
            all |= one;
        }
        Fate(all)
    }

    /// Whether a base chain drops what none of its rules decides: by its policy, or by rules without a condition at its end.
    pub(crate) fn drops_rest(&self, id: &ChainId) -> bool {
        let Some(chain) = self.chains.get(id) else { return false };
        let families: &[bool] = match id.0.as_str() {
            "ip" => &[false],
            "ip6" => &[true],
            _ => &[false, true],
        };
        families.iter().all(|v6| {
            [Some("tcp"), Some("udp"), None].iter().all(|transport| {
                let packet = Packet {
                    v6: *v6,
                    by_loopback: false,
                    from_loopback: false,
                    established: false,
                    transport: *transport,
                };
                self.chain_fate(id, chain, &packet, true) == DROP
            })
        })
    }

    fn chain_fate(&self, id: &ChainId, chain: &Chain, packet: &Packet, maybe_is_no: bool) -> u8 {
        let mut walk = Walk { filter: self, packet, maybe_is_no, done: HashMap::new() };
        let fate = walk.chain(id, 0);
        let policy = if chain.drops { DROP } else { ACCEPT };
        if fate & NEXT != 0 { (fate & !NEXT) | policy } else { fate }
    }

    /// Whether there is any rule, or a base chain that drops.
    pub(crate) fn is_empty(&self) -> bool {
        self.chains.values().all(|chain| chain.rules.is_empty() && !chain.drops)
    }
}

fn family_is(family: &str, v6: bool) -> bool {
    family == "inet" || family == if v6 { "ip6" } else { "ip" }
}

impl Walk<'_> {
    fn chain(&mut self, id: &ChainId, depth: u8) -> u8 {
        if let Some(fate) = self.done.get(id) {
            return *fate;
        }
        // The kernel allows 16 jumps; a loop cannot be loaded, but a file may hold one.
        let Some(chain) = self.filter.chains.get(id).filter(|_| depth < 32) else { return ACCEPT | DROP | NEXT };
        let mut fate = 0;
        let mut open = true;
        for rule in &chain.rules {
            let truth = match rule.tests.iter().map(|test| self.test(test, id)).max_by_key(|truth| match truth {
                Truth::No => 2,
                Truth::Maybe => 1,
                Truth::Yes => 0,
            }) {
                Some(Truth::Maybe) if self.maybe_is_no => Truth::No,
                Some(truth) => truth,
                None => Truth::Yes,
            };
            if truth == Truth::No {
                continue;
            }
            let target = |name: &String| (id.0.clone(), id.1.clone(), name.clone());
            let (ways, goes_on) = match &rule.verdict {
                Verdict::Next => continue,
                Verdict::Accept => (ACCEPT, false),
                Verdict::Drop => (DROP, false),
                Verdict::Return => (NEXT, false),
                Verdict::Jump(name) => {
                    let ways = self.chain(&target(name), depth + 1);
                    (ways & !NEXT, ways & NEXT != 0)
                }
                Verdict::Goto(name) => (self.chain(&target(name), depth + 1), false),
                Verdict::Unknown if self.maybe_is_no => continue,
                Verdict::Unknown => (ACCEPT | DROP, true),
            };
            fate |= ways;
            if truth == Truth::Yes && !goes_on {
                open = false;
                break;
            }
        }
        if open {
            fate |= NEXT;
        }
        self.done.insert(id.clone(), fate);
        fate
    }

    fn test(&self, test: &Test, id: &ChainId) -> Truth {
        let packet = self.packet;
        let address: Option<IpAddr> = packet
            .from_loopback
            .then(|| if packet.v6 { IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1_u16]) } else { IpAddr::from([127, 0, 0, 1]) });
        let word: Option<&str> = match test.what {
            What::Unknown => return Truth::Maybe,
            What::Port(transport) => {
                // The protocol is tested before the port is looked at.
                if transport != "th" && packet.transport != Some(transport) {
                    return Truth::No;
                }
                None
            }
            What::In => packet.by_loopback.then_some("lo"),
            What::Transport => packet.transport,
            What::State => Some(if packet.established { "established" } else { "new" }),
            What::Network => Some(if packet.v6 { "ipv6" } else { "ipv4" }),
            What::Source | What::Destination => None,
        };
        let address = address.filter(|_| matches!(test.what, What::Source | What::Destination));
        let mut truth = Truth::No;
        for pattern in &test.any {
            match self.pattern(pattern, word, address, id) {
                Truth::Yes => {
                    truth = Truth::Yes;
                    break;
                }
                Truth::Maybe => truth = Truth::Maybe,
                Truth::No => {}
            }
        }
        match (truth, test.not) {
            (Truth::Yes, true) => Truth::No,
            (Truth::No, true) => Truth::Yes,
            (truth, _) => truth,
        }
    }

    fn pattern(&self, pattern: &Pattern, word: Option<&str>, address: Option<IpAddr>, id: &ChainId) -> Truth {
        let truth = |yes: bool| if yes { Truth::Yes } else { Truth::No };
        match pattern {
            Pattern::All => Truth::Yes,
            Pattern::Unknown => Truth::Maybe,
            Pattern::Word(text) => truth(word == Some(text)),
            Pattern::Start(text) => truth(word.is_some_and(|word| word.starts_with(text.as_str()))),
            Pattern::Net(_, 0) => Truth::Yes,
            Pattern::Net(net, bits) => truth(address.is_some_and(|address| in_net(address, *net, *bits))),
            Pattern::Range(from, to) => truth(address.is_some_and(|address| (*from..=*to).contains(&address))),
            Pattern::Set(name) => match self.filter.sets.get(&(id.0.clone(), id.1.clone(), name.clone())) {
                // A set within a set cannot be.
                Some(items) => items.iter().fold(Truth::No, |found, item| {
                    match (
                        found,
                        if matches!(item, Pattern::Set(_)) {
                            Truth::Maybe
                        } else {
                            self.pattern(item, word, address, id)
                        },
                    ) {
                        (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
                        (Truth::Maybe, _) | (_, Truth::Maybe) => Truth::Maybe,
                        _ => Truth::No,
                    }
                }),
                None => Truth::Maybe,
            },
        }
    }
}

fn in_net(address: IpAddr, net: IpAddr, bits: u8) -> bool {
    let number = |address: IpAddr| match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()) << 96, 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    };
    let ((a, long), (b, other)) = (number(address), number(net));
    let mask = u128::MAX.checked_shl(128_u32.saturating_sub(u32::from(bits))).unwrap_or(0);
    long == other && u32::from(bits) <= long && (bits == 0 || a & mask == b & mask)
}

/// Reads `nft --json list ruleset`; none where it is not that.
pub(crate) fn nft(text: &str) -> Option<Filter> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut filter = Filter::default();
    let word = |object: &Value, name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let id_of = |object: &Value, name: &str| (word(object, "family"), word(object, "table"), word(object, name));
    for item in value.get("nftables")?.as_array()? {
        if let Some(chain) = item.get("chain") {
            let id = id_of(chain, "name");
            if !matches!(id.0.as_str(), "ip" | "ip6" | "inet") {
                continue;
            }
            let hook = (word(chain, "type") == "filter").then(|| word(chain, "hook"));
            let hook = hook.filter(|hook| matches!(hook.as_str(), "input" | "forward" | "output"));
            filter.chains.entry(id).or_default().hook = hook;
            let id = id_of(chain, "name");
            if let Some(entry) = filter.chains.get_mut(&id) {
                entry.drops = word(chain, "policy") == "drop";
            }
        } else if let Some(set) = item.get("set") {
            let elements = set.get("elem").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            filter.sets.insert(id_of(set, "name"), elements.iter().map(nft_pattern).collect());
        } else if let Some(rule) = item.get("rule") {
            let id = id_of(rule, "chain");
            let expressions = rule.get("expr").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let (rule, opaque) = nft_rule(expressions);
            if let Some(chain) = filter.chains.get_mut(&id) {
                chain.rules.push(rule);
                filter.opaque |= opaque;
            }
        }
    }
    Some(filter)
}

fn nft_rule(expressions: &[Value]) -> (Rule, bool) {
    let mut rule = Rule { tests: Vec::new(), verdict: Verdict::Next };
    let mut opaque = false;
    let unknown = || Test { what: What::Unknown, not: false, any: Vec::new() };
    for expression in expressions {
        let Some((name, value)) = expression.as_object().and_then(|object| object.iter().next()) else {
            opaque = true;
            rule.tests.push(unknown());
            continue;
        };
        let target = || value.get("target").and_then(Value::as_str).unwrap_or_default().to_owned();
        match name.as_str() {
            "accept" => rule.verdict = Verdict::Accept,
            "drop" | "reject" => rule.verdict = Verdict::Drop,
            "return" => rule.verdict = Verdict::Return,
            "jump" => rule.verdict = Verdict::Jump(target()),
            "goto" => rule.verdict = Verdict::Goto(target()),
            "counter" | "log" | "comment" | "mangle" | "notrack" | "flow" | "continue" => {}
            "match" => {
                // An address is only looked at in a packet of its family; nft leaves that test out of its list.
                let protocol = value.pointer("/left/payload/protocol").and_then(Value::as_str);
                if let Some(family) = protocol.and_then(|name| match name {
                    "ip" => Some("ipv4"),
                    "ip6" => Some("ipv6"),
                    _ => None,
                }) {
                    rule.tests.push(Test { what: What::Network, not: false, any: vec![Pattern::Word(family.into())] });
                }
                rule.tests.push(nft_test(value));
            }
            "queue" | "vmap" => rule.verdict = Verdict::Unknown,
            "xt" => {
                opaque = true;
                rule.tests.push(unknown());
                // A target of iptables may decide too.
                if rule.verdict == Verdict::Next {
                    rule.verdict = Verdict::Unknown;
                }
            }
            // A limit, a quota, a dynamic set …
            _ => rule.tests.push(unknown()),
        }
    }
    (rule, opaque)
}

fn nft_test(value: &Value) -> Test {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let left = value.get("left").unwrap_or(&Value::Null);
    let what = if let Some(meta) = left.get("meta") {
        match text(meta, "key").as_str() {
            "iif" | "iifname" => What::In,
            "l4proto" => What::Transport,
            "nfproto" => What::Network,
            _ => What::Unknown,
        }
    } else if let Some(payload) = left.get("payload") {
        match (text(payload, "protocol").as_str(), text(payload, "field").as_str()) {
            ("ip" | "ip6", "saddr") => What::Source,
            ("ip" | "ip6", "daddr") => What::Destination,
            ("ip", "protocol") | ("ip6", "nexthdr") => What::Transport,
            ("tcp", "dport" | "sport") => What::Port("tcp"),
            ("udp", "dport" | "sport") => What::Port("udp"),
            ("sctp" | "dccp" | "icmp" | "icmpv6", _) => What::Port("other"),
            ("th", "dport" | "sport") => What::Port("th"),
            _ => What::Unknown,
        }
    } else if left.get("ct").is_some_and(|ct| text(ct, "key") == "state") {
        What::State
    } else {
        What::Unknown
    };
    let right = value.get("right").unwrap_or(&Value::Null);
    let mut any = match nft_list(right) {
        Some(items) => items.iter().map(nft_pattern).collect(),
        None => vec![nft_pattern(right)],
    };
    // Flags of a packet are a set of bits; an address that a rule names alone is a net of one.
    if let What::Source | What::Destination = what {
        for pattern in &mut any {
            if let Pattern::Word(text) = pattern
                && let Ok(address) = text.parse::<IpAddr>()
            {
                *pattern = Pattern::Net(address, if address.is_ipv4() { 32 } else { 128 });
            }
        }
    }
    let operator = text(value, "op");
    let what = if matches!(operator.as_str(), "==" | "!=" | "in") { what } else { What::Unknown };
    Test { what, not: operator == "!=", any }
}

fn nft_list(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().or_else(|| value.get("set")?.as_array()).or_else(|| value.get("|")?.as_array())
}

fn nft_pattern(value: &Value) -> Pattern {
    if let Some(text) = value.as_str() {
        return match (text.strip_prefix('@'), text.strip_suffix('*')) {
            (Some(set), _) => Pattern::Set(set.to_owned()),
            (_, Some(start)) => Pattern::Start(start.to_owned()),
            _ => Pattern::Word(text.to_owned()),
        };
    }
    if let Some(number) = value.as_u64() {
        return Pattern::Word(number.to_string());
    }
    let address = |value: Option<&Value>| value.and_then(Value::as_str).and_then(|text| text.parse::<IpAddr>().ok());
    if let Some(prefix) = value.get("prefix") {
        let bits = prefix.get("len").and_then(Value::as_u64).and_then(|bits| u8::try_from(bits).ok());
        if let (Some(net), Some(bits)) = (address(prefix.get("addr")), bits) {
            return Pattern::Net(net, bits);
        }
    }
    if let Some(range) = value.get("range").and_then(Value::as_array) {
        return match (address(range.first()), address(range.get(1))) {
            (Some(from), Some(to)) => Pattern::Range(from, to),
            // A range of ports: not one that a packet of ours has.
            _ => Pattern::Word("range".into()),
        };
    }
    if let Some(element) = value.get("elem").and_then(|elem| elem.get("val")) {
        return nft_pattern(element);
    }
    Pattern::Unknown
}

/// Reads the table `filter` of iptables-save(8) into `filter`.
pub(crate) fn iptables(text: &str, v6: bool, filter: &mut Filter) {
    let family = if v6 { "ip6" } else { "ip" };
    let mut table = String::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('*') {
            name.clone_into(&mut table);
        } else if table != "filter" {
        } else if let Some(rest) = line.strip_prefix(':') {
            let mut words = rest.split_whitespace();
            let (Some(name), Some(policy)) = (words.next(), words.next()) else { continue };
            let hook = match name {
                "INPUT" => Some("input"),
                "FORWARD" => Some("forward"),
                "OUTPUT" => Some("output"),
                _ => None,
            };
            let chain = filter.chains.entry((family.into(), table.clone(), name.to_owned())).or_default();
            chain.hook = hook.map(str::to_owned);
            chain.drops = policy == "DROP";
        } else if line.starts_with("-A ") {
            let words = crate::line::words(line, false).unwrap_or_default();
            let Some(name) = words.get(1) else { continue };
            let rule = iptables_rule(words.get(2..).unwrap_or_default());
            filter.chains.entry((family.into(), table.clone(), name.clone())).or_default().rules.push(rule);
        }
    }
}

fn iptables_rule(words: &[String]) -> Rule {
    let mut rule = Rule { tests: Vec::new(), verdict: Verdict::Next };
    let mut words = words.iter().map(String::as_str).peekable();
    let mut not = false;
    let mut transport = "th";
    while let Some(word) = words.next() {
        let mut test = |what: What, any: Vec<Pattern>| rule.tests.push(Test { what, not, any });
        match word {
            "!" => {
                not = true;
                continue;
            }
            "-i" | "--in-interface" => {
                let name = words.next().unwrap_or_default();
                let pattern = match name.strip_suffix('+') {
                    Some("") => Pattern::All,
                    Some(start) => Pattern::Start(start.to_owned()),
                    None => Pattern::Word(name.to_owned()),
                };
                test(What::In, vec![pattern]);
            }
            "-s" | "--source" | "-d" | "--destination" => {
                let what = if word.contains('s') && !word.contains("dest") { What::Source } else { What::Destination };
                test(what, words.next().unwrap_or_default().split(',').map(net_of).collect());
            }
            "-p" | "--protocol" => {
                let name = words.next().unwrap_or_default();
                transport = match name {
                    "tcp" => "tcp",
                    "udp" => "udp",
                    _ => "other",
                };
                test(What::Transport, vec![if name == "all" { Pattern::All } else { Pattern::Word(name.to_owned()) }]);
            }
            "--ctstate" | "--state" => {
                let states = words.next().unwrap_or_default().split(',');
                test(What::State, states.map(|state| Pattern::Word(state.to_ascii_lowercase())).collect());
            }
            "--dport" | "--sport" | "--dports" | "--sports" | "--ports" | "--icmp-type" | "--icmpv6-type" => {
                let all = words.next() == Some("0:65535");
                test(What::Port(transport), vec![if all { Pattern::All } else { Pattern::Word("port".into()) }]);
            }
            "-m" | "--match" => {
                // What these add is told by their own options, or is nothing.
                let known = ["conntrack", "state", "tcp", "udp", "multiport", "comment", "icmp", "icmp6", "icmpv6"];
                if !words.next().is_some_and(|name| known.contains(&name)) {
                    test(What::Unknown, Vec::new());
                }
            }
            "--comment" | "--log-prefix" | "--log-level" | "--reject-with" | "--nflog-group" | "--nflog-prefix" => {
                words.next();
            }
            "-j" | "--jump" => {
                rule.verdict = match words.next().unwrap_or_default() {
                    "ACCEPT" => Verdict::Accept,
                    "DROP" | "REJECT" => Verdict::Drop,
                    "RETURN" => Verdict::Return,
                    "LOG" | "NFLOG" | "MARK" | "CONNMARK" | "AUDIT" | "TRACE" | "TCPMSS" | "CT" => Verdict::Next,
                    "NFQUEUE" | "QUEUE" => Verdict::Unknown,
                    name => Verdict::Jump(name.to_owned()),
                };
            }
            "-g" | "--goto" => rule.verdict = Verdict::Goto(words.next().unwrap_or_default().to_owned()),
            // An option of a module that we do not know, of a target, or a counter.
            "-c" => {
                words.next();
                words.next();
            }
            _ if word.starts_with('-') => {
                while words.next_if(|next| !next.starts_with('-') && *next != "!").is_some() {}
                if rule.verdict == Verdict::Next {
                    rule.tests.push(Test { what: What::Unknown, not: false, any: Vec::new() });
                }
            }
            _ => {}
        }
        not = false;
    }
    rule
}

fn net_of(text: &str) -> Pattern {
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let Ok(address) = address.parse::<IpAddr>() else { return Pattern::Unknown };
    let whole = if address.is_ipv4() { 32 } else { 128 };
    match bits.map(str::parse) {
        None => Pattern::Net(address, whole),
        Some(Ok(bits)) => Pattern::Net(address, bits),
        // `255.255.255.0`
        Some(Err(_)) => match bits.and_then(|bits| bits.parse::<std::net::Ipv4Addr>().ok()) {
            Some(mask) => Pattern::Net(address, u8::try_from(mask.to_bits().leading_ones()).unwrap_or(32)),
            None => Pattern::Unknown,
        },
    }
}
