//! Networks, what lets traffic in and out of them, and what stands in them.
use casemate_estate::EdgeKind;
use serde_json::{Value, json};

use super::{
    CONFIGURATION, GROUP_ID, INSTANCE_ID, INTERFACE_ID, MOST, OWN, SUBNET_ID, VPC_ID,
    gateway::{CLIENT_VPNS, ENDPOINTS, PEERINGS},
};
use crate::table::{Call, Facet, From, Kind, Link, Page, Subject};

const FLOW_LOGS: Call =
    Call::new("DescribeFlowLogs", "ec2:DescribeFlowLogs").params(&[MOST]).token("NextToken").at("FlowLogs").shape(
        "FlowLogs@flowLogSet:[{FlowLogId ResourceId FlowLogStatus TrafficType LogDestination LogDestinationType \
         LogGroupName DeliverLogsStatus:drop DeliverLogsErrorMessage:drop}] NextToken",
    );

pub(super) const VPC: Kind = Kind::new(
    "aws.ec2.vpc",
    Call::new("DescribeVpcs", "ec2:DescribeVpcs").params(&[OWN, MOST]).token("NextToken").at("Vpcs").shape(
        "Vpcs@vpcSet:[{VpcId CidrBlock OwnerId IsDefault:bool State InstanceTenancy DhcpOptionsId \
             CidrBlockAssociationSet:[{CidrBlock AssociationId:drop}] Ipv6CidrBlockAssociationSet:[{Ipv6CidrBlock \
             AssociationId:drop}] Tags@tagSet:[{Key Value}]}] NextToken",
    ),
    "arn:{.partition}:ec2:{.region}:{.account}:vpc/{VpcId}",
    "{VpcId}",
)
.facets(&[
    CONFIGURATION,
    Facet { name: "flow_logs", from: From::Join { call: FLOW_LOGS, key: "{VpcId}", answer: "ResourceId" } },
    Facet { name: "endpoints", from: From::Join { call: ENDPOINTS, key: "{VpcId}", answer: "VpcId" } },
    Facet { name: "client_vpns", from: From::Join { call: CLIENT_VPNS, key: "{VpcId}", answer: "VpcId" } },
]);

pub(super) const SUBNET: Kind = Kind::new(
    "aws.ec2.subnet",
    Call::new("DescribeSubnets", "ec2:DescribeSubnets").params(&[OWN, MOST]).token("NextToken").at("Subnets").shape(
        "Subnets@subnetSet:[{SubnetId VpcId CidrBlock AvailabilityZone AvailableIpAddressCount:drop \
             MapPublicIpOnLaunch:bool AssignIpv6AddressOnCreation:bool DefaultForAz:bool OwnerId State \
             Ipv6Native:bool Ipv6CidrBlockAssociationSet:[{Ipv6CidrBlock AssociationId:drop}] Tags@tagSet:[{Key \
             Value}]}] NextToken",
    ),
    "arn:{.partition}:ec2:{.region}:{.account}:subnet/{SubnetId}",
    "{SubnetId}",
)
.facets(&[CONFIGURATION])
.links(&[Link::new(EdgeKind::Uses, "item.VpcId", VPC_ID)]);

const GROUPS: Call = Call::new("DescribeSecurityGroups", "ec2:DescribeSecurityGroups")
    .params(&[MOST])
    .token("NextToken")
    .at("SecurityGroups")
    .shape(
        "SecurityGroups@securityGroupInfo:[{GroupId GroupName Description@groupDescription OwnerId VpcId \
         IpPermissions:[{IpProtocol FromPort:int ToPort:int IpRanges:[{CidrIp Description}] Ipv6Ranges:[{CidrIpv6 \
         Description}] PrefixListIds:[{PrefixListId Description}] UserIdGroupPairs@groups:[{GroupId UserId VpcId \
         VpcPeeringConnectionId PeeringStatus Description}]}] IpPermissionsEgress:[{IpProtocol FromPort:int \
         ToPort:int IpRanges:[{CidrIp Description}] Ipv6Ranges:[{CidrIpv6 Description}] PrefixListIds:[{PrefixListId \
         Description}] UserIdGroupPairs@groups:[{GroupId UserId VpcId VpcPeeringConnectionId PeeringStatus \
         Description}]}] Tags@tagSet:[{Key Value}]}] NextToken",
    );

/// AWS lets nobody else give this name to a group.
fn is_default_group(item: &Value) -> bool {
    item.get("GroupName").and_then(Value::as_str) == Some("default")
}

fn is_other_group(item: &Value) -> bool {
    !is_default_group(item)
}

/// What stands in a prefix list, AWS's own and those that others share as well.
const PREFIX_LIST: Call = Call::new("GetManagedPrefixListEntries", "ec2:GetManagedPrefixListEntries")
    .params(&[("PrefixListId", "{}"), ("MaxResults", "=100")])
    .token("NextToken")
    .at("Entries")
    .shape("Entries@entrySet:[{Cidr Description}] NextToken")
    // A rule that names a list which is no more lets nobody in.
    .none(&["InvalidPrefixListID.NotFound"]);

/// The prefix lists that rules for what comes in name.
const PREFIX_LISTS: Facet = Facet {
    name: "prefix_lists",
    from: From::EachOf { call: PREFIX_LIST, each: "@configuration.IpPermissions[].PrefixListIds[].PrefixListId" },
};

/// Those that rules for what goes out name.
const EGRESS_PREFIX_LISTS: Facet = Facet {
    name: "egress_prefix_lists",
    from: From::EachOf { call: PREFIX_LIST, each: "@configuration.IpPermissionsEgress[].PrefixListIds[].PrefixListId" },
};

/// Whether an interface uses the group: a machine, a load balancer, a function, a database.
fn in_use(subject: &Subject<'_>, answers: &[&Value]) -> Result<Value, String> {
    let own = subject.item.get("GroupId").and_then(Value::as_str).ok_or("the group has no id")?;
    let interfaces = answers.first().and_then(|answer| answer.get("NetworkInterfaces")).and_then(Value::as_array);
    let used = interfaces.ok_or("the answer has no list of interfaces")?.iter().any(|interface| {
        let groups = interface.get("Groups").and_then(Value::as_array);
        groups.into_iter().flatten().any(|group| group.get("GroupId").and_then(Value::as_str) == Some(own))
    });
    Ok(json!({ "InUse": used }))
}

const IN_USE: Facet = Facet {
    name: "in_use",
    from: From::Derived { needs: &[], lists: &[INTERFACES], make: in_use, shape: "InUse:bool" },
};

const GROUP_LINKS: &[Link] = &[
    Link::new(EdgeKind::Uses, "item.VpcId", VPC_ID),
    Link::new(EdgeKind::Uses, "item.IpPermissions[].UserIdGroupPairs[].GroupId", GROUP_ID),
];

pub(super) const SECURITY_GROUP: Kind = Kind::new(
    "aws.ec2.security_group",
    GROUPS,
    "arn:{.partition}:ec2:{.region}:{.account}:security-group/{GroupId}",
    "{GroupId}",
)
.keep(is_other_group)
.facets(&[CONFIGURATION, PREFIX_LISTS, EGRESS_PREFIX_LISTS, IN_USE])
.links(GROUP_LINKS);

pub(super) const DEFAULT_SECURITY_GROUP: Kind = Kind::new(
    "aws.ec2.default_security_group",
    GROUPS,
    "arn:{.partition}:ec2:{.region}:{.account}:security-group/{GroupId}",
    "{GroupId}",
)
.keep(is_default_group)
.facets(&[CONFIGURATION, PREFIX_LISTS, EGRESS_PREFIX_LISTS, IN_USE])
.links(GROUP_LINKS);

pub(super) const NETWORK_ACL: Kind = Kind::new(
    "aws.ec2.network_acl",
    Call::new("DescribeNetworkAcls", "ec2:DescribeNetworkAcls")
        .params(&[MOST])
        .token("NextToken")
        .at("NetworkAcls")
        .shape(
            "NetworkAcls@networkAclSet:[{NetworkAclId VpcId IsDefault@default:bool OwnerId \
             Associations@associationSet:[{SubnetId NetworkAclAssociationId:drop}] Entries@entrySet:[{CidrBlock \
             Ipv6CidrBlock Egress:bool Protocol RuleNumber:int RuleAction PortRange:{From:int To:int} \
             IcmpTypeCode:{Code:int Type:int}}] Tags@tagSet:[{Key Value}]}] NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:network-acl/{NetworkAclId}",
    "{NetworkAclId}",
)
.facets(&[CONFIGURATION])
.links(&[
    Link::new(EdgeKind::Uses, "item.VpcId", VPC_ID),
    Link::new(EdgeKind::Uses, "item.Associations[].SubnetId", SUBNET_ID).reversed(),
]);

/// Where a table's active routes lead, by the sort of what stands there.
fn targets(subject: &Subject<'_>, _: &[&Value]) -> Result<Value, String> {
    let routes = subject.item.get("Routes").and_then(Value::as_array).ok_or("the table has no list of routes")?;
    let mut out = json!({});
    for (name, field, start) in [
        ("internet_gateways", "GatewayId", "igw-"),
        ("nat_gateways", "NatGatewayId", "nat-"),
        ("peerings", "VpcPeeringConnectionId", "pcx-"),
        ("transit_gateways", "TransitGatewayId", "tgw-"),
        ("interfaces", "NetworkInterfaceId", "eni-"),
        ("instances", "InstanceId", "i-"),
    ] {
        let active = routes.iter().filter(|route| route.get("State").and_then(Value::as_str) != Some("blackhole"));
        let mut found: Vec<&str> =
            active.filter_map(|route| route.get(field)?.as_str()).filter(|target| target.starts_with(start)).collect();
        found.sort_unstable();
        found.dedup();
        if let Some(map) = out.as_object_mut() {
            map.insert(name.to_owned(), json!(found));
        }
    }
    Ok(out)
}

/// The networks on both sides of each peering that routes lead to, asked for where there are such routes alone.
const PEERINGS_OF_ROUTES: Facet = Facet {
    name: "peerings",
    from: From::EachOf {
        call: PEERINGS
            .params(&[("VpcPeeringConnectionId", r#"=["{}"]"#)])
            .page(Page::One)
            .gone(&["InvalidVpcPeeringConnectionID.NotFound"]),
        each: "@configuration.Routes[].VpcPeeringConnectionId",
    },
};

pub(super) const ROUTE_TABLE: Kind = Kind::new(
    "aws.ec2.route_table",
    Call::new("DescribeRouteTables", "ec2:DescribeRouteTables")
        .params(&[("MaxResults", "=100")])
        .token("NextToken")
        .at("RouteTables")
        .shape(
            "RouteTables@routeTableSet:[{RouteTableId VpcId OwnerId \
             Associations@associationSet:[{RouteTableAssociationId:drop SubnetId GatewayId Main:bool \
             AssociationState:drop}] Routes@routeSet:[{DestinationCidrBlock DestinationIpv6CidrBlock \
             DestinationPrefixListId GatewayId NatGatewayId EgressOnlyInternetGatewayId InstanceId \
             NetworkInterfaceId TransitGatewayId VpcPeeringConnectionId State Origin}] Tags@tagSet:[{Key Value}]}] \
             NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:route-table/{RouteTableId}",
    "{RouteTableId}",
)
.facets(&[
    CONFIGURATION,
    Facet {
        name: "targets",
        from: From::Derived {
            needs: &[],
            lists: &[],
            make: targets,
            shape: "internet_gateways:[text] nat_gateways:[text] peerings:[text] transit_gateways:[text] \
                    interfaces:[text] instances:[text]",
        },
    },
    PEERINGS_OF_ROUTES,
])
.links(&[
    Link::new(EdgeKind::Uses, "item.VpcId", VPC_ID),
    Link::new(EdgeKind::Uses, "item.Associations[].SubnetId", SUBNET_ID).reversed(),
    Link::new(
        EdgeKind::RoutesTo,
        "targets.internet_gateways[]",
        "arn:{.partition}:ec2:{.region}:{.account}:internet-gateway/{}",
    ),
    Link::new(EdgeKind::RoutesTo, "targets.nat_gateways[]", "arn:{.partition}:ec2:{.region}:{.account}:natgateway/{}"),
    Link::new(
        EdgeKind::RoutesTo,
        "targets.peerings[]",
        "arn:{.partition}:ec2:{.region}:{.account}:vpc-peering-connection/{}",
    ),
    Link::new(
        EdgeKind::RoutesTo,
        "targets.transit_gateways[]",
        "arn:{.partition}:ec2:{.region}:{.account}:transit-gateway/{}",
    ),
    Link::new(EdgeKind::RoutesTo, "targets.interfaces[]", INTERFACE_ID),
    Link::new(EdgeKind::RoutesTo, "targets.instances[]", INSTANCE_ID),
]);

const INTERFACES: Call = Call::new("DescribeNetworkInterfaces", "ec2:DescribeNetworkInterfaces")
    .params(&[MOST])
    .token("NextToken")
    .at("NetworkInterfaces")
    .shape(
        "NetworkInterfaces@networkInterfaceSet:[{NetworkInterfaceId VpcId SubnetId OwnerId RequesterId \
             RequesterManaged:bool InterfaceType Description Status Association:{PublicIp AllocationId IpOwnerId} \
             Attachment:{AttachmentId:drop InstanceId InstanceOwnerId Status:drop} Groups@groupSet:[{GroupId \
             GroupName}] PrivateIpAddress Ipv6Addresses@ipv6AddressesSet:[{Ipv6Address}] SourceDestCheck:bool \
             TagSet:[{Key Value}]}] NextToken",
    );

pub(super) const NETWORK_INTERFACE: Kind = Kind::new(
    "aws.ec2.network_interface",
    INTERFACES,
    "arn:{.partition}:ec2:{.region}:{.account}:network-interface/{NetworkInterfaceId}",
    "{NetworkInterfaceId}",
)
.facets(&[CONFIGURATION])
.links(&[
    Link::new(EdgeKind::Uses, "item.VpcId", VPC_ID),
    Link::new(EdgeKind::Uses, "item.SubnetId", SUBNET_ID),
    Link::new(EdgeKind::Uses, "item.Groups[].GroupId", GROUP_ID),
    Link::new(EdgeKind::Uses, "item.Attachment.InstanceId", INSTANCE_ID).reversed(),
]);

pub(super) const ADDRESS: Kind = Kind::new(
    "aws.ec2.address",
    Call::new("DescribeAddresses", "ec2:DescribeAddresses").at("Addresses").shape(
        "Addresses@addressesSet:[{AllocationId PublicIp AssociationId InstanceId NetworkInterfaceId \
         NetworkInterfaceOwnerId Domain PrivateIpAddress Tags@tagSet:[{Key Value}]}]",
    ),
    "arn:{.partition}:ec2:{.region}:{.account}:elastic-ip/{AllocationId}",
    "{PublicIp}",
)
// Those of EC2-Classic, which has ended, had no allocation.
.keep(|item| item.get("AllocationId").is_some())
.facets(&[CONFIGURATION])
.links(&[
    Link::new(EdgeKind::Uses, "item.InstanceId", INSTANCE_ID).reversed(),
    Link::new(EdgeKind::Uses, "item.NetworkInterfaceId", INTERFACE_ID).reversed(),
]);

#[cfg(test)]
mod tests {
    use super::*;

    fn subject<'a>(item: &'a Value, none: &'a Value, facets: &'a serde_json::Map<String, Value>) -> Subject<'a> {
        Subject {
            partition: "aws",
            account: "123456789012",
            region: "eu-west-1",
            id: "",
            name: "",
            item,
            parent: none,
            parent_id: "",
            parent_name: "",
            facets,
        }
    }

    #[test]
    fn routes_are_told_by_what_they_lead_to() {
        let item = json!({"Routes": [
            {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
            {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"},
            {"DestinationIpv6CidrBlock": "::/0", "GatewayId": "igw-1", "State": "active"},
            {"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": "pcx-1", "State": "blackhole"},
            {"DestinationCidrBlock": "10.2.0.0/16", "GatewayId": "vpce-1", "State": "active"},
            {"DestinationCidrBlock": "10.3.0.0/16", "NatGatewayId": "nat-1"},
        ]});
        let none = Value::Null;
        let facets = serde_json::Map::new();
        let subject = subject(&item, &none, &facets);
        let got = targets(&subject, &[]).unwrap();
        assert_eq!(got["internet_gateways"], json!(["igw-1"]), "once, and `local` is none");
        assert_eq!(got["peerings"], json!([]), "a blackhole leads nowhere");
        assert_eq!(got["nat_gateways"], json!(["nat-1"]));
        assert!(targets(&Subject { item: &none, ..subject }, &[]).is_err(), "no routes are not no ways");
    }

    #[test]
    fn a_group_is_in_use_where_an_interface_has_it() {
        let (none, facets) = (Value::Null, serde_json::Map::new());
        let interfaces =
            json!({"NetworkInterfaces": [{"Groups": []}, {}, {"Groups": [{"GroupId": "sg-2"}, {"GroupId": "sg-1"}]}]});
        for (item, answer, want) in [
            (json!({"GroupId": "sg-1"}), &interfaces, Some(true)),
            (json!({"GroupId": "sg-11"}), &interfaces, Some(false)),
            (json!({"GroupId": "sg-1"}), &json!({"NetworkInterfaces": []}), Some(false)),
            (json!({"GroupId": "sg-1"}), &json!({}), None),
            (json!({}), &interfaces, None),
        ] {
            let got = in_use(&subject(&item, &none, &facets), &[answer]).ok();
            assert_eq!(got, want.map(|used| json!({ "InUse": used })), "{item} in {answer}");
        }
    }

    #[test]
    fn a_group_is_of_one_kind() {
        for (item, default) in [
            (json!({"GroupName": "default"}), true),
            (json!({"GroupName": "Default"}), false),
            (json!({"GroupName": "web"}), false),
            (json!({}), false),
        ] {
            assert_eq!((is_default_group(&item), is_other_group(&item)), (default, !default), "{item}");
        }
    }
}
