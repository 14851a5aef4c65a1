//! Exposure: what strangers on the internet get to, hop by hop, with ports. What could not be read is taken as open, and
//! the edge is marked unknown; it is never silently out of reach.
mod compute;
mod data;
mod network;
mod ranges;
mod service;

use serde_json::json;

pub use ranges::Family;

use self::network::{Exposure, Network};
use crate::{
    csr::{Builder, Caveat, Fact, INTERNET},
    inventory::Inventory,
    permission::{Answer, Context, Effect, Hinge, Permissions},
};

/// All that the makers of edges look at.
pub(crate) struct World<'a> {
    pub(crate) inventory: &'a Inventory<'a>,
    pub(crate) network: Network<'a>,
    pub(crate) permissions: &'a Permissions,
}

impl<'a> World<'a> {
    pub(crate) fn of(inventory: &'a Inventory<'a>, permissions: &'a Permissions) -> Self {
        Self { inventory, network: Network::of(inventory), permissions }
    }
}

/// Adds the internet and every edge that starts there, and how what is reached hands on to what stands behind it.
pub(crate) fn add(world: &World<'_>, builder: &mut Builder) {
    builder.node(INTERNET, "internet", "the internet");
    compute::instances(world, builder);
    compute::balancers(world, builder);
    compute::services(world, builder);
    service::functions(world, builder);
    service::apis(world, builder);
    data::buckets(world, builder);
    data::snapshots(world, builder);
    data::databases(world, builder);
}

/// What is known of the requests of a stranger: they come over TLS from an address that is nobody's in particular, and
/// belong to no account, organisation or network of ours.
pub(crate) fn stranger() -> Context {
    let mut context = Context::default()
        .with("aws:SecureTransport", ["true"])
        // An address of the internet that no policy means: that of 6to4's relays, which are given up (RFC 7526).
        .with("aws:SourceIp", ["192.88.99.1"]);
    for key in [
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalArn",
        "aws:PrincipalAccount",
        "aws:SourceVpc",
        "aws:SourceVpce",
        "aws:VpcSourceIp",
        "aws:SourceArn",
        "aws:SourceAccount",
        "aws:SourceOrgID",
        "aws:SourceOrgPaths",
        "aws:SourceOwner",
        "aws:userid",
        "sts:ExternalId",
    ] {
        context = context.without(key);
    }
    context
}

/// What an answer hangs on, as caveats; none where it is a refusal. A part of what was asked for is enough for an
/// attacker, so that such hinges are no caveats.
pub(crate) fn caveats(answer: &Answer) -> Option<Vec<Caveat>> {
    match answer.effect {
        Effect::Denied => None,
        Effect::Allowed => Some(Vec::new()),
        Effect::Depends => {
            let caveats = answer.hinges.iter().filter_map(|hinge| match hinge {
                Hinge::Part { .. } => None,
                Hinge::Unread { .. } => Some(Caveat::unread(hinge.to_string())),
                _ => Some(Caveat::when(format!("the request fits {hinge}"))),
            });
            Some(caveats.collect())
        }
    }
}

/// A fact of the network.
fn exposed(sentence: String, exposure: Exposure, breaks: Vec<String>) -> Fact {
    let mut fact = Fact::new(sentence, json!(exposure.evidence));
    fact.hops = exposure.hops;
    fact.ports = exposure.ports;
    fact.caveats = exposure.caveats;
    fact.breaks = breaks;
    fact
}

/// `tcp/22, tcp/443 and 3 more`.
fn ports_text(ports: &[String]) -> String {
    let all = ["tcp/0-65535", "udp/0-65535"];
    if all.iter().all(|one| ports.iter().any(|port| port == one)) {
        return "every port".into();
    }
    match ports {
        [] => "some port".into(),
        [first @ .., _] if first.len() > 3 => {
            format!("{} and {} more", ports.get(..3).unwrap_or_default().join(", "), ports.len() - 3)
        }
        _ => ports.join(", "),
    }
}
