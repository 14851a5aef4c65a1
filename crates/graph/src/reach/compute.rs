//! Instances, load balancers and the services behind them.
use serde_json::{Value, json};

use super::{Family, World, exposed, network::Exposure, ports_text};
use crate::{
    csr::{Builder, Caveat, Fact, INTERNET, Known, Relation, Trait},
    inventory::{Read, account_of, arn_field, facet, list, text},
};

/// Running instances with a public address, and whose rights they work with.
pub(super) fn instances(world: &World<'_>, builder: &mut Builder) {
    for one in world.inventory.of_kind("aws.ec2.instance") {
        let (id, name) = (one.resource.id.as_str(), one.resource.name.as_str());
        builder.node(id, "aws.ec2.instance", name);
        // Its place, addresses and groups come from the list that names it: without them nothing at all is known.
        let instance = match facet(one, "configuration") {
            Read::Value(instance) => instance,
            Read::None => continue,
            Read::Unread(why) => {
                let mut fact = Fact::new(format!("the internet may reach instance {name}"), Value::Null);
                fact.caveats.push(Caveat::unread(why));
                builder.edge(INTERNET, Relation::Reaches, id, fact);
                continue;
            }
        };
        builder.mark(id, Trait::OpenMetadata, open_metadata(instance));
        profile(world, builder, id, name, instance);
        if !matches!(text(instance, "/State/Name"), None | Some("running" | "pending")) {
            continue;
        }
        let best = interfaces(instance)
            .into_iter()
            .filter_map(|face| world.network.exposure(face.subnet, Some(&face.groups), None, &face.families))
            .min_by_key(|exposure| exposure.caveats.len());
        if let Some(exposure) = best {
            let sentence = format!("the internet reaches instance {name} on {}", ports_text(&exposure.ports));
            let breaks = vec![
                format!("close the rules that let the internet in to {name}: {}", groups_of(&exposure)),
                format!(
                    "take the public address from {name}, or move it to a subnet without a route to an internet gateway"
                ),
            ];
            builder.edge(INTERNET, Relation::Reaches, id, exposed(sentence, exposure, breaks));
        }
    }
}

fn groups_of(exposure: &Exposure) -> String {
    let groups: Vec<&str> = exposure
        .hops
        .iter()
        .filter(|hop| hop.contains(":security-group/"))
        .filter_map(|hop| hop.rsplit('/').next())
        .collect();
    if groups.is_empty() { "those of its security groups".into() } else { groups.join(", ") }
}

/// Version 1 of the metadata service answers to whatever fetches its address, a tricked program too. On unless it is off.
fn open_metadata(instance: &Value) -> Known {
    match instance.get("MetadataOptions") {
        None | Some(Value::Null) => Known::Unread,
        Some(options) => {
            let off = text(options, "/HttpEndpoint") == Some("disabled");
            if off || text(options, "/HttpTokens") == Some("required") { Known::No } else { Known::Yes }
        }
    }
}

/// An interface with a public address.
struct Interface<'a> {
    subnet: &'a str,
    groups: Vec<&'a str>,
    families: Vec<Family>,
}

fn interfaces(instance: &Value) -> Vec<Interface<'_>> {
    let groups = |value, pointer| list(value, pointer).iter().filter_map(|one| text(one, "/GroupId")).collect();
    let own = |families: Vec<Family>| Interface {
        subnet: text(instance, "/SubnetId").unwrap_or_default(),
        groups: groups(instance, "/SecurityGroups"),
        families,
    };
    let mut out: Vec<Interface<'_>> = list(instance, "/NetworkInterfaces")
        .iter()
        .filter_map(|face| {
            let mut families = Vec::new();
            if text(face, "/Association/PublicIp").is_some() {
                families.push(Family::V4);
            }
            if !list(face, "/Ipv6Addresses").is_empty() {
                families.push(Family::V6);
            }
            if families.is_empty() {
                return None;
            }
            let mut face = Interface {
                subnet: text(face, "/SubnetId").unwrap_or_default(),
                groups: groups(face, "/Groups"),
                families,
            };
            if face.subnet.is_empty() {
                face.subnet = text(instance, "/SubnetId").unwrap_or_default();
            }
            if face.groups.is_empty() {
                face.groups = groups(instance, "/SecurityGroups");
            }
            Some(face)
        })
        .collect();
    let known = |family, faces: &[Interface<'_>]| faces.iter().any(|face| face.families.contains(&family));
    if text(instance, "/PublicIpAddress").is_some() && !known(Family::V4, &out) {
        out.push(own(vec![Family::V4]));
    }
    if text(instance, "/Ipv6Address").is_some() && !known(Family::V6, &out) {
        out.push(own(vec![Family::V6]));
    }
    out
}

/// The role of the instance's profile.
fn profile(world: &World<'_>, builder: &mut Builder, id: &str, name: &str, instance: &Value) {
    let Some(profile) = text(instance, "/IamInstanceProfile/Arn") else { return };
    let mut roles: Vec<String> = Vec::new();
    let mut caveat = None;
    match world.inventory.get(profile).map(|one| facet(one, "configuration")) {
        Some(Read::Value(value)) => {
            roles.extend(list(value, "/Roles").iter().filter_map(|role| text(role, "/Arn")).map(str::to_owned));
        }
        Some(Read::None) => {}
        Some(Read::Unread(why)) => caveat = Some(why),
        None => caveat = Some(format!("instance profile {profile} was not read")),
    }
    if let Some(why) = &caveat {
        // The console makes profiles with the name of their role: the best guess there is, and marked as one.
        let guess = profile.replacen(":instance-profile/", ":role/", 1);
        roles.extend(world.inventory.get(&guess).map(|_| guess));
        caveat = Some(format!("{why}; a role of the profile's name is taken for its role"));
    }
    for role in roles {
        let mut fact = Fact::new(
            format!("instance {name} works with the rights of role {}", short(&role)),
            json!({"instance_profile": profile}),
        );
        fact.hops.push(profile.to_owned());
        fact.caveats.extend(caveat.iter().map(|why| Caveat::unread(why.clone())));
        fact.breaks.push(format!("take the instance profile from {name}, or require IMDSv2 there"));
        builder.node(&role, "aws.iam.role", short(&role));
        builder.edge(id, Relation::RunsAs, &role, fact);
    }
}

/// The last part of an ARN.
pub(crate) fn short(arn: &str) -> &str {
    arn.rsplit(['/', ':']).next().unwrap_or(arn)
}

/// A listener of a balancer.
struct Listener<'a> {
    port: Option<u16>,
    groups: Vec<&'a str>,
    signs_in: bool,
}

/// The listeners of a balancer; an error where one could not be read.
fn listeners<'a>(world: &World<'a>, balancer: &str) -> (Vec<Listener<'a>>, Vec<String>) {
    let (mut out, mut unread) = (Vec::new(), Vec::new());
    for one in world.inventory.of_kind("aws.elbv2.listener") {
        // `…:loadbalancer/app/NAME/ID` has `…:listener/app/NAME/ID/LISTENER`.
        let of = one.resource.id.as_str().replacen(":listener/", ":loadbalancer/", 1);
        if of.rsplit_once('/').map(|(head, _)| head) != Some(balancer) {
            continue;
        }
        match facet(one, "configuration") {
            Read::Value(listener) => {
                let mut groups = Vec::new();
                let mut signs_in = false;
                for action in list(listener, "/DefaultActions") {
                    signs_in |= text(action, "/Type").is_some_and(|kind| kind.starts_with("authenticate"));
                    groups.extend(text(action, "/TargetGroupArn"));
                    let more = list(action, "/ForwardConfig/TargetGroups").iter();
                    groups.extend(more.filter_map(|group| text(group, "/TargetGroupArn")));
                }
                let port = listener.get("Port").and_then(Value::as_u64).and_then(|port| u16::try_from(port).ok());
                out.push(Listener { port, groups, signs_in });
            }
            Read::None => {}
            Read::Unread(why) => unread.push(why),
        }
    }
    (out, unread)
}

/// Internet-facing load balancers whose listeners the internet reaches.
pub(super) fn balancers(world: &World<'_>, builder: &mut Builder) {
    for one in world.inventory.of_kind("aws.elbv2.load_balancer") {
        let (id, name) = (one.resource.id.as_str(), one.resource.name.as_str());
        builder.node(id, "aws.elbv2.load_balancer", name);
        let Some(balancer) = facet(one, "configuration").value() else {
            let mut fact = Fact::new(format!("the internet may reach load balancer {name}"), Value::Null);
            fact.caveats.push(Caveat::unread(format!("configuration of {id} was not read")));
            builder.edge(INTERNET, Relation::Reaches, id, fact);
            continue;
        };
        if text(balancer, "/Scheme") != Some("internet-facing") {
            continue;
        }
        let groups: Vec<&str> = list(balancer, "/SecurityGroups").iter().filter_map(Value::as_str).collect();
        // A network load balancer made without groups can never have one and lets everybody in.
        let groups = if groups.is_empty() { None } else { Some(groups.as_slice()) };
        let mut families = vec![Family::V4];
        if text(balancer, "/IpAddressType").is_some_and(|kind| kind.contains("dualstack")) {
            families.push(Family::V6);
        }
        let subnets: Vec<&str> =
            list(balancer, "/AvailabilityZones").iter().filter_map(|zone| text(zone, "/SubnetId")).collect();
        let (listeners, mut unread) = listeners(world, id);
        let ports: Vec<Option<(u16, u16)>> =
            listeners.iter().filter_map(|one| one.port).map(|port| Some((port, port))).collect();
        let ports = if ports.is_empty() && !unread.is_empty() { vec![None] } else { ports };
        let best = ports
            .iter()
            .flat_map(|port| subnets.iter().map(move |subnet| (port, subnet)))
            .filter_map(|(port, subnet)| world.network.exposure(subnet, groups, *port, &families))
            .reduce(|mut best, mut other| {
                if other.caveats.len() < best.caveats.len() {
                    std::mem::swap(&mut best, &mut other);
                }
                let new: Vec<String> = other.ports.into_iter().filter(|port| !best.ports.contains(port)).collect();
                best.ports.extend(new);
                best
            });
        if let Some(mut exposure) = best {
            if listeners.iter().all(|one| one.port.is_none()) {
                exposure.caveats.extend(unread.drain(..).map(Caveat::unread));
            }
            let sentence = format!("the internet reaches load balancer {name} on {}", ports_text(&exposure.ports));
            let breaks = vec![
                format!("make load balancer {name} internal"),
                format!("close the rules that let the internet in to {name}: {}", groups_of(&exposure)),
            ];
            builder.edge(INTERNET, Relation::Reaches, id, exposed(sentence, exposure, breaks));
        }
    }
}

/// Services of ECS: who hands requests to them, and whose rights their tasks have.
pub(super) fn services(world: &World<'_>, builder: &mut Builder) {
    for one in world.inventory.of_kind("aws.ecs.service") {
        let (id, name) = (one.resource.id.as_str(), one.resource.name.as_str());
        builder.node(id, "aws.ecs.service", name);
        let Some(service) = facet(one, "configuration").value() else { continue };
        for target in list(service, "/loadBalancers") {
            if let Some(group) = text(target, "/targetGroupArn") {
                behind(world, builder, (id, name), service, target, group);
            }
        }
        tasks(world, builder, id, name, service);
    }
}

/// Edges from the balancers that forward to a target group to the service that stands in it.
fn behind(world: &World<'_>, builder: &mut Builder, service: (&str, &str), value: &Value, target: &Value, group: &str) {
    let (id, name) = service;
    let group_value = world.inventory.get(group).and_then(|one| facet(one, "configuration").value());
    for one in world.inventory.of_kind("aws.elbv2.load_balancer") {
        let (balancer, balancer_name) = (one.resource.id.as_str(), one.resource.name.as_str());
        let (listeners, unread) = listeners(world, balancer);
        let by: Vec<&Listener<'_>> = listeners.iter().filter(|listener| listener.groups.contains(&group)).collect();
        // The group names its balancers whichever rule of a listener forwards to it.
        let named = group_value
            .is_some_and(|value| list(value, "/LoadBalancerArns").iter().any(|arn| arn.as_str() == Some(balancer)));
        if by.is_empty() && !named {
            continue;
        }
        let mut fact = Fact::new(
            format!("load balancer {balancer_name} hands requests to service {name}"),
            json!({"target_group": group}),
        );
        fact.hops.push(group.to_owned());
        fact.breaks.push(format!(
            "stop forwarding from {balancer_name} to target group {}",
            group.rsplit('/').nth(1).unwrap_or(group)
        ));
        if by.is_empty() {
            fact.caveats.push(if unread.is_empty() {
                Caveat::when(format!("a rule of a listener of {balancer_name} forwards the request"))
            } else {
                Caveat::unread(unread.join("; "))
            });
        } else if by.iter().all(|listener| listener.signs_in) {
            fact.caveats.push(Caveat::when(format!("the caller signs in at the listener of {balancer_name}")));
        }
        let balancer_value = facet(one, "configuration").value();
        match admits(world, value, target, balancer_value) {
            Some(true) => {}
            Some(false) => continue,
            None => fact.caveats.push(Caveat::unread(format!("whether the groups of {name} let {balancer_name} in"))),
        }
        builder.edge(balancer, Relation::RoutesTo, id, fact);
    }
}

/// Whether the groups of a service in its own network let the balancer in on the container's port.
fn admits(world: &World<'_>, service: &Value, target: &Value, balancer: Option<&Value>) -> Option<bool> {
    let network = "/networkConfiguration/awsvpcConfiguration/securityGroups";
    let groups: Vec<&str> = list(service, network).iter().filter_map(Value::as_str).collect();
    // On the instances' network their own groups count, of which the service says nothing.
    if groups.is_empty() {
        return Some(true);
    }
    let port = target.get("containerPort").and_then(Value::as_u64).and_then(|port| u16::try_from(port).ok())?;
    let balancer = balancer?;
    let sources: Vec<&str> = list(balancer, "/SecurityGroups").iter().filter_map(Value::as_str).collect();
    let networks: Vec<&str> = list(balancer, "/AvailabilityZones")
        .iter()
        .filter_map(|zone| text(zone, "/SubnetId"))
        .filter_map(|subnet| text(world.network.subnet(subnet)?, "/CidrBlock"))
        .collect();
    world.network.admits(&groups, &sources, &networks, port)
}

/// The role of the tasks of a service.
fn tasks(world: &World<'_>, builder: &mut Builder, id: &str, name: &str, service: &Value) {
    let Some(definition) = text(service, "/taskDefinition") else { return };
    let Some(Read::Value(value)) = world.inventory.get(definition).map(|one| facet(one, "configuration")) else {
        return;
    };
    let Some(role) = text(value, "/taskRoleArn") else { return };
    let role = if role.starts_with("arn:") {
        role.to_owned()
    } else {
        format!("arn:{}:iam::{}:role/{role}", arn_field(definition, 1), account_of(definition).unwrap_or_default())
    };
    let mut fact = Fact::new(
        format!("tasks of service {name} work with the rights of role {}", short(&role)),
        json!({"task_definition": definition}),
    );
    fact.hops.push(definition.to_owned());
    fact.breaks.push(format!("give the tasks of {name} a role with fewer rights"));
    builder.node(&role, "aws.iam.role", short(&role));
    builder.edge(id, Relation::RunsAs, &role, fact);
}
