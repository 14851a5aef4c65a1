//! Amazon EC2: instances and their discs, images and launch templates, and the network (VPC).
mod compute;
mod gateway;
mod network;
mod storage;

use crate::table::{Call, Facet, From, Protocol, Reach, Service};

pub(crate) const EC2: Service = Service {
    name: "ec2",
    endpoint: "ec2",
    event_source: "ec2",
    protocol: Protocol::Ec2 { version: "2016-11-15" },
    reach: Reach::Regional,
    scope_facets: &[
        setting(
            "ebs_encryption_by_default",
            Call::new("GetEbsEncryptionByDefault", "ec2:GetEbsEncryptionByDefault")
                .shape("EbsEncryptionByDefault:bool SseType"),
        ),
        setting("ebs_default_key", Call::new("GetEbsDefaultKmsKeyId", "ec2:GetEbsDefaultKmsKeyId").shape("KmsKeyId")),
        setting(
            "snapshot_public_access",
            Call::new("GetSnapshotBlockPublicAccessState", "ec2:GetSnapshotBlockPublicAccessState").shape("State"),
        ),
        setting(
            "image_public_access",
            Call::new("GetImageBlockPublicAccessState", "ec2:GetImageBlockPublicAccessState")
                .shape("ImageBlockPublicAccessState"),
        ),
        setting(
            "serial_console",
            Call::new("GetSerialConsoleAccessStatus", "ec2:GetSerialConsoleAccessStatus")
                .shape("SerialConsoleAccessEnabled:bool"),
        ),
        setting(
            "instance_metadata_defaults",
            Call::new("GetInstanceMetadataDefaults", "ec2:GetInstanceMetadataDefaults")
                .shape("AccountLevel:{HttpTokens HttpPutResponseHopLimit:int HttpEndpoint InstanceMetadataTags}"),
        ),
        setting(
            "vpc_public_access",
            Call::new("DescribeVpcBlockPublicAccessOptions", "ec2:DescribeVpcBlockPublicAccessOptions")
                .at("VpcBlockPublicAccessOptions")
                .shape(
                    "VpcBlockPublicAccessOptions:{InternetGatewayBlockMode State:drop Reason:drop \
                        LastUpdateTimestamp:drop}",
                ),
        ),
    ],
    kinds: &[
        network::VPC,
        network::SUBNET,
        network::SECURITY_GROUP,
        network::DEFAULT_SECURITY_GROUP,
        network::NETWORK_ACL,
        network::ROUTE_TABLE,
        network::NETWORK_INTERFACE,
        network::ADDRESS,
        gateway::INTERNET_GATEWAY,
        gateway::NAT_GATEWAY,
        gateway::PEERING,
        gateway::ENDPOINT,
        gateway::TRANSIT_GATEWAY,
        gateway::VPN_CONNECTION,
        compute::INSTANCE,
        compute::IMAGE,
        compute::LAUNCH_TEMPLATE,
        storage::VOLUME,
        storage::SNAPSHOT,
    ],
};

/// A setting of the region.
const fn setting(name: &'static str, call: Call) -> Facet {
    Facet { name, from: From::Each(call) }
}

/// The list's item as the facet `configuration`.
const CONFIGURATION: Facet = Facet { name: "configuration", from: From::Item };
/// Resources of one's own: those that another account shares are that account's to judge.
const OWN: (&str, &str) = ("Filter", r#"=[{"Name":"owner-id","Value":["{.account}"]}]"#);
/// Most items of a page, as most lists of EC2 take it.
const MOST: (&str, &str) = ("MaxResults", "=1000");

// Templates of ids, for links.
const VPC_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}";
const SUBNET_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}";
const GROUP_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}";
const INTERFACE_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:network-interface/{}";
const INSTANCE_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:instance/{}";
const IMAGE_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:image/{}";
const VOLUME_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:volume/{}";
const SNAPSHOT_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:snapshot/{}";
const ROUTE_TABLE_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:route-table/{}";
const KEY_ID: &str = "arn:{.partition}:kms:{.region}:{.account}:key/{}";
const PROFILE_ID: &str = "arn:{.partition}:iam::{.account}:instance-profile/{}";
