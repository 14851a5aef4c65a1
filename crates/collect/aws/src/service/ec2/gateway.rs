//! The ways in and out of a network.
use casemate_estate::EdgeKind;
use serde_json::Value;

use super::{CONFIGURATION, GROUP_ID, INTERFACE_ID, MOST, OWN, ROUTE_TABLE_ID, SUBNET_ID, VPC_ID};
use crate::table::{Call, Kind, Link};

/// Whether what the field at the pointer says is none of the words for "it has ended".
fn is_in(item: &Value, pointer: &str, ended: &[&str]) -> bool {
    !item.pointer(pointer).and_then(Value::as_str).is_some_and(|state| ended.contains(&state))
}

pub(super) const INTERNET_GATEWAY: Kind = Kind::new(
    "aws.ec2.internet_gateway",
    Call::new("DescribeInternetGateways", "ec2:DescribeInternetGateways")
        .params(&[MOST])
        .token("NextToken")
        .at("InternetGateways")
        .shape(
            "InternetGateways@internetGatewaySet:[{InternetGatewayId OwnerId Attachments@attachmentSet:[{VpcId \
                State}] Tags@tagSet:[{Key Value}]}] NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:internet-gateway/{InternetGatewayId}",
    "{InternetGatewayId}",
)
.facets(&[CONFIGURATION])
.links(&[Link::new(EdgeKind::Uses, "item.Attachments[].VpcId", VPC_ID)]);

pub(super) const NAT_GATEWAY: Kind = Kind::new(
    "aws.ec2.nat_gateway",
    Call::new("DescribeNatGateways", "ec2:DescribeNatGateways")
        .params(&[MOST])
        .token("NextToken")
        .at("NatGateways")
        .shape(
            "NatGateways@natGatewaySet:[{NatGatewayId VpcId SubnetId State ConnectivityType \
                NatGatewayAddresses@natGatewayAddressSet:[{PublicIp PrivateIp NetworkInterfaceId AllocationId}] \
                Tags@tagSet:[{Key Value}]}] NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:natgateway/{NatGatewayId}",
    "{NatGatewayId}",
)
.keep(|item| is_in(item, "/State", &["deleted", "deleting", "failed"]))
.facets(&[CONFIGURATION])
.links(&[
    Link::new(EdgeKind::Uses, "item.VpcId", VPC_ID),
    Link::new(EdgeKind::Uses, "item.SubnetId", SUBNET_ID),
    Link::new(EdgeKind::Uses, "item.NatGatewayAddresses[].NetworkInterfaceId", INTERFACE_ID),
]);

pub(super) const PEERINGS: Call = Call::new("DescribeVpcPeeringConnections", "ec2:DescribeVpcPeeringConnections")
    .params(&[MOST])
    .token("NextToken")
    .at("VpcPeeringConnections")
    .shape(
        "VpcPeeringConnections@vpcPeeringConnectionSet:[{VpcPeeringConnectionId Status:{Code Message:drop} \
                AccepterVpcInfo:{OwnerId VpcId Region CidrBlock \
                PeeringOptions:{AllowDnsResolutionFromRemoteVpc:bool}} RequesterVpcInfo:{OwnerId VpcId Region \
                CidrBlock PeeringOptions:{AllowDnsResolutionFromRemoteVpc:bool}} Tags@tagSet:[{Key Value}]}] \
                NextToken",
    );

pub(super) const PEERING: Kind = Kind::new(
    "aws.ec2.vpc_peering_connection",
    PEERINGS,
    "arn:{.partition}:ec2:{.region}:{.account}:vpc-peering-connection/{VpcPeeringConnectionId}",
    "{VpcPeeringConnectionId}",
)
.keep(|item| is_in(item, "/Status/Code", &["deleted", "deleting", "rejected", "failed", "expired"]))
.facets(&[CONFIGURATION])
.links(&[
    Link::new(EdgeKind::Uses, "item.AccepterVpcInfo.VpcId", VPC_ID),
    Link::new(EdgeKind::Uses, "item.RequesterVpcInfo.VpcId", VPC_ID),
]);

pub(super) const ENDPOINTS: Call = Call::new("DescribeVpcEndpoints", "ec2:DescribeVpcEndpoints")
    .params(&[MOST])
    .token("NextToken")
    .at("VpcEndpoints")
    .shape(
        "VpcEndpoints@vpcEndpointSet:[{VpcEndpointId VpcEndpointType VpcId ServiceName State \
            PolicyDocument:policy RouteTableIds@routeTableIdSet:[text] SubnetIds@subnetIdSet:[text] \
            Groups@groupSet:[{GroupId}] PrivateDnsEnabled:bool RequesterManaged:bool \
            NetworkInterfaceIds@networkInterfaceIdSet:[text] OwnerId Tags@tagSet:[{Key Value}]}] NextToken",
    );

pub(super) const ENDPOINT: Kind = Kind::new(
    "aws.ec2.vpc_endpoint",
    ENDPOINTS,
    "arn:{.partition}:ec2:{.region}:{.account}:vpc-endpoint/{VpcEndpointId}",
    "{VpcEndpointId}",
)
.keep(|item| {
    is_in(
        item,
        "/State",
        &[
            "deleted", "Deleted", "deleting", "Deleting", "rejected", "Rejected", "failed", "Failed", "expired",
            "Expired",
        ],
    )
})
.facets(&[CONFIGURATION])
.links(&[
    Link::new(EdgeKind::Uses, "item.VpcId", VPC_ID),
    Link::new(EdgeKind::Uses, "item.SubnetIds[]", SUBNET_ID),
    Link::new(EdgeKind::Uses, "item.Groups[].GroupId", GROUP_ID),
    Link::new(EdgeKind::Uses, "item.RouteTableIds[]", ROUTE_TABLE_ID).reversed(),
    Link::new(EdgeKind::Uses, "item.NetworkInterfaceIds[]", INTERFACE_ID),
]);

pub(super) const TRANSIT_GATEWAY: Kind = Kind::new(
    "aws.ec2.transit_gateway",
    Call::new("DescribeTransitGateways", "ec2:DescribeTransitGateways")
        .params(&[OWN, MOST])
        .token("NextToken")
        .at("TransitGateways")
        .shape(
            "TransitGateways@transitGatewaySet:[{TransitGatewayId OwnerId State Description \
                Options:{AutoAcceptSharedAttachments DefaultRouteTableAssociation DefaultRouteTablePropagation \
                DnsSupport} Tags@tagSet:[{Key Value}]}] NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:transit-gateway/{TransitGatewayId}",
    "{TransitGatewayId}",
)
.keep(|item| is_in(item, "/State", &["deleted", "deleting"]))
.facets(&[CONFIGURATION]);

/// A tunnel's keys stand in its options and in the configuration for the customer's side: neither is kept.
pub(super) const VPN_CONNECTION: Kind = Kind::new(
    "aws.ec2.vpn_connection",
    Call::new("DescribeVpnConnections", "ec2:DescribeVpnConnections").at("VpnConnections").shape(
        "VpnConnections@vpnConnectionSet:[{VpnConnectionId State Type CustomerGatewayId VpnGatewayId TransitGatewayId \
             CustomerGatewayConfiguration:drop Options:{StaticRoutesOnly:bool EnableAcceleration:bool \
             TunnelOptions@tunnelOptionSet:[{OutsideIpAddress PreSharedKey:drop IkeVersions@ikeVersionSet:[{Value}] \
             LogOptions:{CloudWatchLogOptions:{LogEnabled:bool LogGroupArn}}}]} \
             VgwTelemetry:[{OutsideIpAddress Status StatusMessage:drop LastStatusChange:drop \
             AcceptedRouteCount:drop CertificateArn}] Tags@tagSet:[{Key Value}]}]",
    ),
    "arn:{.partition}:ec2:{.region}:{.account}:vpn-connection/{VpnConnectionId}",
    "{VpnConnectionId}",
)
.keep(|item| is_in(item, "/State", &["deleted", "deleting"]))
.facets(&[CONFIGURATION])
.links(&[Link::new(
    EdgeKind::RoutesTo,
    "item.TransitGatewayId",
    "arn:{.partition}:ec2:{.region}:{.account}:transit-gateway/{}",
)]);

/// Dealt out to the networks in which they stand, so that a region without networks is not asked.
pub(super) const CLIENT_VPNS: Call = Call::new("DescribeClientVpnEndpoints", "ec2:DescribeClientVpnEndpoints")
    .params(&[MOST])
    .token("NextToken")
    .at("ClientVpnEndpoints")
    .shape(
        "ClientVpnEndpoints@clientVpnEndpoint:[{ClientVpnEndpointId VpcId Status:{Code Message:drop} SplitTunnel:bool \
            ClientCidrBlock TransportProtocol VpnPort:int ServerCertificateArn AuthenticationOptions:[{Type}] \
            ConnectionLogOptions:{Enabled@Enabled:bool CloudwatchLogGroup@CloudwatchLogGroup} \
            SecurityGroupIds@securityGroupIdSet:[text] Tags@tagSet:[{Key Value}]}] NextToken",
    );
