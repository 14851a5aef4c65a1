//! What the network of a VPC lets in from the internet: routes by the longest prefix, groups as the union of their rules,
//! ACLs in the order of their rules and without memory (Amazon VPC User Guide, "Route tables", "Security groups",
//! "Network ACLs").
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use super::ranges::{Family, Ranges};
use crate::{
    csr::Caveat,
    inventory::{Inventory, Read, facet, list, text},
};

/// Thousandths of the public addresses that are the internet at large: what a few rules leave out does not count.
const AT_LARGE: u32 = 900;
/// Thousandths from which on a part of the internet is worth a conditional edge.
const A_PART: u32 = 250;
/// Ports from which clients ask: answers go there, and ACLs must let them out.
const CLIENT_PORTS: (u16, u16) = (1024, 65_535);
/// Protocols with ports, by IANA's names and numbers.
const PROTOCOLS: [(&str, &str); 2] = [("tcp", "6"), ("udp", "17")];

/// How the internet gets to something.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exposure {
    /// `tcp/22`, `udp/53`, `tcp/0-65535`.
    pub(crate) ports: Vec<String>,
    /// Route tables, gateways, ACLs and groups on the way.
    pub(crate) hops: Vec<String>,
    pub(crate) caveats: Vec<Caveat>,
    pub(crate) evidence: Vec<Value>,
}

/// One rule that lets traffic in.
#[derive(Debug)]
struct Rule<'a> {
    protocol: String,
    ports: (u16, u16),
    /// Networks; none where it could not be read: then everybody.
    from: Option<Vec<&'a str>>,
    group: &'a str,
}

/// The parts of networks by their native ids, which are unique among accounts.
#[derive(Debug, Default)]
pub(crate) struct Network<'a> {
    subnets: HashMap<&'a str, &'a Value>,
    tables: HashMap<&'a str, (&'a str, &'a Value)>,
    main_tables: HashMap<&'a str, (&'a str, &'a Value)>,
    gateways: HashMap<&'a str, (&'a str, &'a Value)>,
    acls: HashMap<&'a str, (&'a str, &'a Value)>,
    groups: HashMap<&'a str, Group<'a>>,
}

/// A security group.
#[derive(Debug, Clone)]
struct Group<'a> {
    id: &'a str,
    configuration: Read<'a>,
    prefix_lists: Read<'a>,
}

impl<'a> Network<'a> {
    pub(crate) fn of(inventory: &Inventory<'a>) -> Self {
        let mut out = Self::default();
        let read = |kind: &str| -> Vec<(&'a str, &'a Value)> {
            let all = inventory.of_kind(kind).iter();
            all.filter_map(|one| Some((one.resource.id.as_str(), facet(one, "configuration").value()?))).collect()
        };
        for (_, subnet) in read("aws.ec2.subnet") {
            out.subnets.extend(text(subnet, "/SubnetId").map(|id| (id, subnet)));
        }
        for (id, table) in read("aws.ec2.route_table") {
            for association in list(table, "/Associations") {
                if let Some(subnet) = text(association, "/SubnetId") {
                    out.tables.insert(subnet, (id, table));
                } else if association.get("Main").and_then(Value::as_bool) == Some(true) {
                    out.main_tables.extend(text(table, "/VpcId").map(|vpc| (vpc, (id, table))));
                }
            }
        }
        for (id, gateway) in read("aws.ec2.internet_gateway") {
            out.gateways.extend(text(gateway, "/InternetGatewayId").map(|native| (native, (id, gateway))));
        }
        for (id, acl) in read("aws.ec2.network_acl") {
            for association in list(acl, "/Associations") {
                out.acls.extend(text(association, "/SubnetId").map(|subnet| (subnet, (id, acl))));
            }
        }
        for kind in ["aws.ec2.security_group", "aws.ec2.default_security_group"] {
            for one in inventory.of_kind(kind) {
                let group = Group {
                    id: one.resource.id.as_str(),
                    configuration: facet(one, "configuration"),
                    prefix_lists: facet(one, "prefix_lists"),
                };
                // The native id is the end of the ARN whatever could be read.
                out.groups.extend(group.id.rsplit('/').next().map(|native| (native, group)));
            }
        }
        out
    }

    /// The subnet's configuration.
    pub(crate) fn subnet(&self, id: &str) -> Option<&'a Value> {
        self.subnets.get(id).copied()
    }

    /// Whether the internet reaches an interface in this subnet, with these groups, on one of these ports (all: none).
    /// `families`: those in which it has a public address. None where it does not.
    pub(crate) fn exposure(
        &self,
        subnet: &str,
        groups: Option<&[&str]>,
        wanted: Option<(u16, u16)>,
        families: &[Family],
    ) -> Option<Exposure> {
        let mut best: Option<Exposure> = None;
        for family in families {
            let found = self.exposure_of(subnet, groups, wanted, *family);
            // A sure way in is told before an unsure one.
            match (&mut best, found) {
                (Some(best), Some(found)) if best.caveats.len() > found.caveats.len() => *best = found,
                (None, found) => best = found,
                _ => {}
            }
        }
        best
    }

    fn exposure_of(
        &self,
        subnet: &str,
        groups: Option<&[&str]>,
        wanted: Option<(u16, u16)>,
        family: Family,
    ) -> Option<Exposure> {
        let mut out = Exposure::default();
        let routed = self.routed(subnet, family, &mut out)?;
        let acl = match self.acls.get(subnet) {
            Some((id, acl)) => {
                out.hops.push((*id).to_owned());
                Some(*acl)
            }
            None => {
                out.caveats.push(Caveat::unread(format!("no network ACL of subnet {subnet} was read")));
                None
            }
        };
        let (rules, unread) = match groups {
            Some(groups) => self.rules(groups),
            // Without groups everything is let in.
            None => {
                let everybody = vec!["0.0.0.0/0", "::/0"];
                (vec![Rule { protocol: "-1".into(), ports: (0, u16::MAX), from: Some(everybody), group: "" }], vec![])
            }
        };
        let back = match acl {
            Some(acl) => answers(acl, family),
            None => Ranges::all(family),
        };
        let way = routed.and(&back).and(&Ranges::public(family));
        // First by what was read alone; where that is not enough, whatever could not be read may let everybody in.
        for with_unread in [false, true] {
            if with_unread && unread.is_empty() {
                break;
            }
            let mut open = open_ports(&rules, acl, &way, family, wanted, with_unread);
            let partial = !open.iter().any(|one| one.share >= AT_LARGE);
            open.retain(|one| one.share >= if partial { A_PART } else { AT_LARGE });
            if open.is_empty() {
                continue;
            }
            if with_unread {
                out.caveats.extend(unread.iter().map(|why| Caveat::unread(why.clone())));
            }
            if partial {
                let share = open.iter().map(|one| one.share).max().unwrap_or_default();
                let text = format!("only {} % of the public {} addresses are let in", share / 10, family.word());
                out.caveats.push(Caveat::when(text));
            }
            let groups: BTreeSet<&str> = open.iter().flat_map(|one| one.groups.iter().copied()).collect();
            out.hops.extend(groups.iter().filter(|id| !id.is_empty()).map(|id| (*id).to_owned()));
            out.ports = open.iter().map(Open::text).collect();
            out.evidence.push(json!({"family": family.word(), "groups": groups, "ports": out.ports}));
            return Some(out);
        }
        None
    }

    /// The addresses whose answers go out by an attached internet gateway; none where there is no such route.
    fn routed(&self, subnet: &str, family: Family, out: &mut Exposure) -> Option<Ranges> {
        let unread = |out: &mut Exposure, what: String| {
            out.caveats.push(Caveat::unread(what));
            Some(Ranges::all(family))
        };
        let Some(vpc) = self.subnet(subnet).and_then(|subnet| text(subnet, "/VpcId")) else {
            return unread(out, format!("subnet {subnet} was not read"));
        };
        let Some((table_id, table)) = self.tables.get(subnet).or_else(|| self.main_tables.get(vpc)) else {
            return unread(out, format!("no route table of subnet {subnet} was read"));
        };
        let mut routes: Vec<(u32, &str, &Value)> = list(table, "/Routes")
            .iter()
            .filter(|route| text(route, "/State") != Some("blackhole"))
            .filter_map(|route| {
                let cidr = text(
                    route,
                    match family {
                        Family::V4 => "/DestinationCidrBlock",
                        Family::V6 => "/DestinationIpv6CidrBlock",
                    },
                )?;
                let bits = cidr.split_once('/').and_then(|(_, bits)| bits.parse().ok())?;
                Some((bits, cidr, route))
            })
            .collect();
        routes.sort_by_key(|(bits, cidr, _)| (*bits, *cidr));
        let mut routed = Ranges::default();
        let mut gateways = BTreeSet::new();
        for (_, cidr, route) in routes {
            let one = Ranges::of(family, [cidr]);
            let gateway = text(route, "/GatewayId").filter(|id| id.starts_with("igw-"));
            match gateway.map(|id| (id, self.gateways.get(id))) {
                Some((_, Some((id, gateway)))) if is_attached(gateway, vpc) => {
                    gateways.insert(*id);
                    out.evidence.push(json!({"route_table": table_id, "route": cidr, "gateway": id}));
                    routed = routed.plus(&one);
                }
                Some((id, None)) => {
                    out.caveats.push(Caveat::unread(format!("internet gateway {id} was not read")));
                    routed = routed.plus(&one);
                }
                _ => routed = routed.minus(&one),
            }
        }
        out.hops.extend(gateways.into_iter().map(str::to_owned));
        out.hops.push((*table_id).to_owned());
        (!routed.and(&Ranges::public(family)).is_empty()).then_some(routed)
    }

    /// All rules of the groups for what comes in, and what of them could not be read.
    fn rules(&self, groups: &[&str]) -> (Vec<Rule<'a>>, Vec<String>) {
        let (mut rules, mut unread) = (Vec::new(), Vec::new());
        let anything = |group| Rule { protocol: "-1".into(), ports: (0, u16::MAX), from: None, group };
        for id in groups {
            let Some(group) = self.groups.get(id) else {
                unread.push(format!("security group {id} was not read"));
                rules.push(anything(""));
                continue;
            };
            let configuration = match &group.configuration {
                Read::Value(configuration) => *configuration,
                Read::None => continue,
                Read::Unread(why) => {
                    unread.push(why.clone());
                    rules.push(anything(group.id));
                    continue;
                }
            };
            for permission in list(configuration, "/IpPermissions") {
                let protocol = permission.get("IpProtocol").map(plain).unwrap_or_else(|| "-1".into());
                let ports = if is_every(&protocol) {
                    (0, u16::MAX)
                } else {
                    (port(permission, "/FromPort", 0), port(permission, "/ToPort", u16::MAX))
                };
                let mut from: Vec<&str> = list(permission, "/IpRanges")
                    .iter()
                    .filter_map(|range| text(range, "/CidrIp"))
                    .chain(list(permission, "/Ipv6Ranges").iter().filter_map(|range| text(range, "/CidrIpv6")))
                    .collect();
                for wanted in list(permission, "/PrefixListIds").iter().filter_map(|one| text(one, "/PrefixListId")) {
                    match &group.prefix_lists {
                        Read::Value(lists) => from.extend(entries(lists, wanted)),
                        Read::None => {}
                        Read::Unread(why) => {
                            unread.push(why.clone());
                            rules.push(Rule { protocol: protocol.clone(), ports, from: None, group: group.id });
                        }
                    }
                }
                rules.push(Rule { protocol, ports, from: Some(from), group: group.id });
            }
        }
        (rules, unread)
    }

    /// Whether one of the groups lets in what comes from `sources` (groups) or `networks` on the port: `None` where that
    /// cannot be said.
    pub(crate) fn admits(&self, groups: &[&str], sources: &[&str], networks: &[&str], wanted: u16) -> Option<bool> {
        let mut sure = true;
        for id in groups {
            let Some(Read::Value(configuration)) = self.groups.get(id).map(|group| group.configuration.clone()) else {
                sure = false;
                continue;
            };
            for permission in list(configuration, "/IpPermissions") {
                let protocol = permission.get("IpProtocol").map(plain).unwrap_or_else(|| "-1".into());
                let fits = is_every(&protocol)
                    || (matches!(protocol.as_str(), "tcp" | "6")
                        && (port(permission, "/FromPort", 0)..=port(permission, "/ToPort", u16::MAX))
                            .contains(&wanted));
                if !fits {
                    continue;
                }
                if !list(permission, "/PrefixListIds").is_empty() {
                    sure = false;
                }
                let of_group = list(permission, "/UserIdGroupPairs")
                    .iter()
                    .filter_map(|pair| text(pair, "/GroupId"))
                    .any(|group| sources.contains(&group));
                let ranges = Ranges::of(
                    Family::V4,
                    list(permission, "/IpRanges").iter().filter_map(|range| text(range, "/CidrIp")),
                );
                if of_group || !ranges.and(&Ranges::of(Family::V4, networks.iter().copied())).is_empty() {
                    return Some(true);
                }
            }
        }
        sure.then_some(false)
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_lowercase(),
        other => other.to_string(),
    }
}

fn is_every(protocol: &str) -> bool {
    matches!(protocol, "-1" | "all")
}

/// A port; -1 and absence are `otherwise`.
fn port(value: &Value, pointer: &str, otherwise: u16) -> u16 {
    value.pointer(pointer).and_then(Value::as_i64).and_then(|port| u16::try_from(port).ok()).unwrap_or(otherwise)
}

fn is_attached(gateway: &Value, vpc: &str) -> bool {
    list(gateway, "/Attachments").iter().any(|attachment| {
        text(attachment, "/VpcId") == Some(vpc)
            && matches!(text(attachment, "/State"), None | Some("available" | "attached"))
    })
}

/// The networks of a prefix list in the facet: items of entries, each with the list's id under `of`.
fn entries<'a>(lists: &'a Value, wanted: &str) -> Vec<&'a str> {
    let mut out = Vec::new();
    for item in list(lists, "/items") {
        let of = item.get("of").and_then(Value::as_str);
        if of == Some(wanted) {
            out.extend(text(item, "/Cidr"));
            out.extend(list(item, "/Entries").iter().filter_map(|entry| text(entry, "/Cidr")));
            out.extend(list(item, "/items").iter().filter_map(|entry| text(entry, "/Cidr")));
        }
    }
    out
}

/// Ports that are open, and to how many.
#[derive(Debug)]
struct Open<'r> {
    protocol: &'static str,
    ports: (u16, u16),
    share: u32,
    groups: BTreeSet<&'r str>,
}

impl Open<'_> {
    fn text(&self) -> String {
        let (from, to) = self.ports;
        if from == to { format!("{}/{from}", self.protocol) } else { format!("{}/{from}-{to}", self.protocol) }
    }
}

/// Goes over the stretches of ports between which neither a rule nor an entry begins or ends.
fn open_ports<'r>(
    rules: &'r [Rule<'_>],
    acl: Option<&Value>,
    way: &Ranges,
    family: Family,
    wanted: Option<(u16, u16)>,
    with_unread: bool,
) -> Vec<Open<'r>> {
    let (low, high) = wanted.unwrap_or((0, u16::MAX));
    let mut out: Vec<Open<'r>> = Vec::new();
    for (protocol, number) in PROTOCOLS {
        let speaks =
            |rule: &&Rule<'_>| is_every(&rule.protocol) || rule.protocol == protocol || rule.protocol == number;
        let mine: Vec<&Rule<'_>> =
            rules.iter().filter(speaks).filter(|rule| with_unread || rule.from.is_some()).collect();
        if mine.is_empty() {
            continue;
        }
        let entries = acl.map(|acl| Entries::of(acl, false, number, family));
        let mut starts = BTreeSet::from([low]);
        let spans = mine.iter().map(|rule| rule.ports);
        for (from, to) in spans.chain(entries.iter().flat_map(|entries| entries.0.iter().map(|entry| entry.ports))) {
            starts.insert(from);
            starts.extend(to.checked_add(1));
        }
        let starts: Vec<u16> = starts.into_iter().filter(|start| (low..=high).contains(start)).collect();
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).map_or(high, |next| next - 1);
            let here: Vec<&&Rule<'_>> =
                mine.iter().filter(|rule| (rule.ports.0..=rule.ports.1).contains(start)).collect();
            if here.is_empty() {
                continue;
            }
            let everybody = here.iter().any(|rule| rule.from.is_none());
            let from = if everybody {
                Ranges::all(family)
            } else {
                Ranges::of(family, here.iter().flat_map(|rule| rule.from.iter().flatten().copied()))
            };
            let allowed = match &entries {
                Some(entries) => entries.allowed(*start, family),
                None => Ranges::all(family),
            };
            let share = from.and(&allowed).and(way).share(family);
            if share < A_PART {
                continue;
            }
            let groups: BTreeSet<&'r str> = rules
                .iter()
                .filter(speaks)
                .filter(|rule| (rule.ports.0..=rule.ports.1).contains(start))
                .filter(|rule| rule.from.as_ref().is_none_or(|from| from.iter().any(|cidr| Family::of(cidr) == family)))
                .map(|rule| rule.group)
                .collect();
            match out.last_mut() {
                Some(last)
                    if last.protocol == protocol
                        && last.ports.1.checked_add(1) == Some(*start)
                        && last.share == share =>
                {
                    last.ports.1 = end;
                    last.groups.extend(groups);
                }
                _ => out.push(Open { protocol, ports: (*start, end), share, groups }),
            }
        }
    }
    out
}

/// The entries of an ACL in one direction that speak of one protocol, in the order of their numbers.
struct Entries<'a>(Vec<Entry<'a>>);

struct Entry<'a> {
    number: i64,
    allows: bool,
    ports: (u16, u16),
    cidr: &'a str,
}

impl<'a> Entries<'a> {
    fn of(acl: &'a Value, egress: bool, protocol: &str, family: Family) -> Self {
        let mut out: Vec<Entry<'a>> = list(acl, "/Entries")
            .iter()
            .filter(|entry| entry.get("Egress").and_then(Value::as_bool).unwrap_or(false) == egress)
            .filter_map(|entry| {
                let of = entry.get("Protocol").map(plain).unwrap_or_else(|| "-1".into());
                if !is_every(&of) && of != protocol {
                    return None;
                }
                let cidr = text(entry, "/CidrBlock").or_else(|| text(entry, "/Ipv6CidrBlock"))?;
                (Family::of(cidr) == family).then(|| Entry {
                    number: entry.get("RuleNumber").and_then(Value::as_i64).unwrap_or(i64::MAX),
                    allows: text(entry, "/RuleAction") == Some("allow"),
                    ports: if is_every(&of) {
                        (0, u16::MAX)
                    } else {
                        (port(entry, "/PortRange/From", 0), port(entry, "/PortRange/To", u16::MAX))
                    },
                    cidr,
                })
            })
            .collect();
        out.sort_by_key(|entry| entry.number);
        Self(out)
    }

    /// Addresses that are let through on a port: the first entry that fits decides; none: nothing.
    fn allowed(&self, port: u16, family: Family) -> Ranges {
        let mut rest = Ranges::all(family);
        let mut allowed = Ranges::default();
        for entry in self.0.iter().filter(|entry| (entry.ports.0..=entry.ports.1).contains(&port)) {
            let hit = rest.and(&Ranges::of(family, [entry.cidr]));
            if entry.allows {
                allowed = allowed.plus(&hit);
            }
            rest = rest.minus(&hit);
        }
        allowed
    }
}

/// Addresses to which the ACL lets answers out on some port of clients.
fn answers(acl: &Value, family: Family) -> Ranges {
    let entries = Entries::of(acl, true, "6", family);
    let mut starts = BTreeMap::from([(CLIENT_PORTS.0, ())]);
    for entry in &entries.0 {
        starts.insert(entry.ports.0, ());
        starts.extend(entry.ports.1.checked_add(1).map(|next| (next, ())));
    }
    let starts = starts.into_keys().filter(|start| (CLIENT_PORTS.0..=CLIENT_PORTS.1).contains(start));
    starts.fold(Ranges::default(), |all, start| all.plus(&entries.allowed(start, family)))
}
