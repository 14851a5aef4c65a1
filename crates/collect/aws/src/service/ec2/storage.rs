//! Volumes and snapshots (EBS).
use casemate_estate::EdgeKind;

use super::{CONFIGURATION, INSTANCE_ID, KEY_ID, MOST, SNAPSHOT_ID, VOLUME_ID};
use crate::table::{Call, Facet, From, Kind, Link};

pub(super) const VOLUME: Kind = Kind::new(
    "aws.ec2.volume",
    Call::new("DescribeVolumes", "ec2:DescribeVolumes")
        .params(&[("MaxResults", "=500")])
        .token("NextToken")
        .at("Volumes")
        .shape(
            "Volumes@volumeSet:[{VolumeId Size:int Encrypted:bool KmsKeyId SnapshotId State@status VolumeType \
             AvailabilityZone CreateTime:time MultiAttachEnabled:bool Attachments@attachmentSet:[{InstanceId Device \
             State@status DeleteOnTermination:bool}] Tags@tagSet:[{Key Value}]}] NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:volume/{VolumeId}",
    "{VolumeId}",
)
.facets(&[CONFIGURATION])
.links(&[
    Link::new(EdgeKind::Uses, "item.Attachments[].InstanceId", INSTANCE_ID).reversed(),
    Link::new(EdgeKind::Uses, "item.SnapshotId", SNAPSHOT_ID),
    Link::new(EdgeKind::Uses, "item.KmsKeyId", KEY_ID),
]);

pub(super) const SNAPSHOT: Kind = Kind::new(
    "aws.ec2.snapshot",
    Call::new("DescribeSnapshots", "ec2:DescribeSnapshots")
        .params(&[("Owner", r#"=["self"]"#), MOST])
        .token("NextToken")
        .at("Snapshots")
        .shape(
            "Snapshots@snapshotSet:[{SnapshotId VolumeId VolumeSize:int Encrypted:bool KmsKeyId OwnerId \
             StartTime:time State@status StateMessage@statusMessage Description Progress:drop CompletionTime:drop \
             StorageTier Tags@tagSet:[{Key Value}]}] NextToken",
        ),
    "arn:{.partition}:ec2:{.region}:{.account}:snapshot/{SnapshotId}",
    "{SnapshotId}",
)
.facets(&[
    CONFIGURATION,
    Facet {
        name: "create_volume_permissions",
        from: From::Each(
            Call::new("DescribeSnapshotAttribute", "ec2:DescribeSnapshotAttribute")
                .params(&[("SnapshotId", "{SnapshotId}"), ("Attribute", "createVolumePermission")])
                .shape("SnapshotId CreateVolumePermissions@createVolumePermission:[{Group UserId}]")
                .gone(&["InvalidSnapshot.NotFound"]),
        ),
    },
])
.links(&[Link::new(EdgeKind::Uses, "item.VolumeId", VOLUME_ID), Link::new(EdgeKind::Uses, "item.KmsKeyId", KEY_ID)]);
