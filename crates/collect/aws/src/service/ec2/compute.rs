//! Instances, images and launch templates.
use casemate_estate::EdgeKind;
use serde_json::Value;

use super::{
    CONFIGURATION, GROUP_ID, IMAGE_ID, INTERFACE_ID, MOST, PROFILE_ID, SNAPSHOT_ID, SUBNET_ID, VOLUME_ID, VPC_ID,
};
use crate::table::{Call, Facet, From, Kind, Link};

/// An instance that has ended is shown for another hour.
fn is_alive(item: &Value) -> bool {
    item.pointer("/State/Name").and_then(Value::as_str) != Some("terminated")
}

pub(super) const INSTANCE: Kind = Kind::new(
    "aws.ec2.instance",
    Call::new("DescribeInstances", "ec2:DescribeInstances")
        .params(&[MOST])
        .token("NextToken")
        .at("Reservations[].Instances[]")
        .shape(
            "Reservations@reservationSet:[{OwnerId Instances@instancesSet:[{InstanceId ImageId InstanceType KeyName \
             LaunchTime:time VpcId SubnetId PrivateIpAddress PublicIpAddress@ipAddress Ipv6Address \
             State@instanceState:{Name Code:drop} StateTransitionReason@reason Monitoring:{State} \
             IamInstanceProfile:{Arn Id} MetadataOptions:{State:drop HttpTokens HttpPutResponseHopLimit:int \
             HttpEndpoint HttpProtocolIpv6 InstanceMetadataTags} SecurityGroups@groupSet:[{GroupId GroupName}] \
             NetworkInterfaces@networkInterfaceSet:[{NetworkInterfaceId SubnetId VpcId PrivateIpAddress \
             Association:{PublicIp IpOwnerId} Groups@groupSet:[{GroupId}] \
             Ipv6Addresses@ipv6AddressesSet:[{Ipv6Address}] SourceDestCheck:bool}] \
             BlockDeviceMappings@blockDeviceMapping:[{DeviceName Ebs:{VolumeId DeleteOnTermination:bool \
             Status:drop}}] EbsOptimized:bool RootDeviceType VirtualizationType Platform InstanceLifecycle \
             SourceDestCheck:bool Tags@tagSet:[{Key Value}]}]}] NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:instance/{InstanceId}",
    "{InstanceId}",
)
.keep(is_alive)
.facets(&[
    CONFIGURATION,
    Facet {
        name: "user_data",
        from: From::Each(
            Call::new("DescribeInstanceAttribute", "ec2:DescribeInstanceAttribute")
                .params(&[("InstanceId", "{InstanceId}"), ("Attribute", "userData")])
                .shape("UserData:{Value:script}")
                .gone(&["InvalidInstanceID.NotFound"]),
        ),
    },
])
.links(&[
    Link::new(EdgeKind::Uses, "item.VpcId", VPC_ID),
    Link::new(EdgeKind::Uses, "item.SubnetId", SUBNET_ID),
    Link::new(EdgeKind::Uses, "item.SecurityGroups[].GroupId", GROUP_ID),
    Link::new(EdgeKind::Uses, "item.NetworkInterfaces[].Groups[].GroupId", GROUP_ID),
    Link::new(EdgeKind::Uses, "item.NetworkInterfaces[].NetworkInterfaceId", INTERFACE_ID),
    Link::new(EdgeKind::Uses, "item.BlockDeviceMappings[].Ebs.VolumeId", VOLUME_ID),
    Link::new(EdgeKind::UsesImage, "item.ImageId", IMAGE_ID),
    Link::new(EdgeKind::RunsAs, "item.IamInstanceProfile.Arn", PROFILE_ID),
]);

pub(super) const IMAGE: Kind = Kind::new(
    "aws.ec2.image",
    Call::new("DescribeImages", "ec2:DescribeImages")
        .params(&[("Owner", r#"=["self"]"#), MOST])
        .token("NextToken")
        .at("Images")
        .shape(
            "Images@imagesSet:[{ImageId Name Description OwnerId@imageOwnerId Public@isPublic:bool State@imageState \
             CreationDate:time DeprecationTime:time ImdsSupport RootDeviceType Architecture PlatformDetails \
             BlockDeviceMappings@blockDeviceMapping:[{DeviceName Ebs:{Encrypted:bool SnapshotId VolumeType} \
             VirtualName}] LastLaunchedTime:drop Tags@tagSet:[{Key Value}]}] NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:image/{ImageId}",
    "{ImageId}",
)
.facets(&[
    CONFIGURATION,
    Facet {
        name: "launch_permissions",
        from: From::Each(
            Call::new("DescribeImageAttribute", "ec2:DescribeImageAttribute")
                .params(&[("ImageId", "{ImageId}"), ("Attribute", "launchPermission")])
                .at("LaunchPermissions")
                .shape(
                    "ImageId LaunchPermissions@launchPermission:[{Group UserId OrganizationArn \
                        OrganizationalUnitArn}]",
                )
                .gone(&["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"]),
        ),
    },
])
.links(&[Link::new(EdgeKind::Uses, "item.BlockDeviceMappings[].Ebs.SnapshotId", SNAPSHOT_ID)]);

/// The default version of each template, all in one list.
pub(super) const LAUNCH_TEMPLATE: Kind = Kind::new(
    "aws.ec2.launch_template",
    Call::new("DescribeLaunchTemplateVersions", "ec2:DescribeLaunchTemplateVersions")
        .params(&[("LaunchTemplateVersion", r#"=["$Default"]"#), ("MaxResults", "=200")])
        .token("NextToken")
        .at("LaunchTemplateVersions")
        .shape(
            "LaunchTemplateVersions@launchTemplateVersionSet:[{LaunchTemplateId LaunchTemplateName VersionNumber:int \
             DefaultVersion:bool CreateTime:time LaunchTemplateData:{ImageId InstanceType KeyName \
             IamInstanceProfile:{Arn Name} NetworkInterfaces@networkInterfaceSet:[{AssociatePublicIpAddress:bool \
             DeviceIndex:int Groups@groupSet:[text] NetworkInterfaceId SubnetId}] MetadataOptions:{State:drop \
             HttpTokens HttpPutResponseHopLimit:int HttpEndpoint} SecurityGroupIds@securityGroupIdSet:[text] \
             SecurityGroups@securityGroupSet:[text] Monitoring:{Enabled:bool} \
             BlockDeviceMappings@blockDeviceMappingSet:[{DeviceName Ebs:{Encrypted:bool KmsKeyId SnapshotId}}] \
             UserData:script}}] NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:launch-template/{LaunchTemplateId}",
    "{LaunchTemplateName}",
)
.facets(&[CONFIGURATION])
.links(&[
    Link::new(EdgeKind::UsesImage, "item.LaunchTemplateData.ImageId", IMAGE_ID),
    Link::new(EdgeKind::Uses, "item.LaunchTemplateData.SecurityGroupIds[]", GROUP_ID),
    Link::new(EdgeKind::Uses, "item.LaunchTemplateData.NetworkInterfaces[].Groups[]", GROUP_ID),
    Link::new(EdgeKind::Uses, "item.LaunchTemplateData.NetworkInterfaces[].SubnetId", SUBNET_ID),
    Link::new(EdgeKind::RunsAs, "item.LaunchTemplateData.IamInstanceProfile.Arn", PROFILE_ID),
    Link::new(EdgeKind::RunsAs, "item.LaunchTemplateData.IamInstanceProfile.Name", PROFILE_ID),
]);
