//! Amazon Elastic File System.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

const GONE: &[&str] = &["FileSystemNotFound"];

pub(crate) const EFS: Service = Service {
    name: "elasticfilesystem",
    endpoint: "elasticfilesystem",
    event_source: "elasticfilesystem",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[
        Kind::new(
            "aws.efs.file_system",
            Call::new("DescribeFileSystems", "elasticfilesystem:DescribeFileSystems")
                .path("GET /2015-02-01/file-systems?MaxItems=100")
                .page(Page::Token { get: "NextMarker", send: "Marker" })
                .at("FileSystems")
                // Sizes and numbers of targets change by themselves.
                .shape(
                    "FileSystems:[{FileSystemId FileSystemArn Name OwnerId Encrypted:bool KmsKeyId \
                        CreationTime:time LifeCycleState:drop NumberOfMountTargets:int SizeInBytes:drop \
                        PerformanceMode ThroughputMode AvailabilityZoneName \
                        FileSystemProtection:{ReplicationOverwriteProtection} Tags:[{Key Value}]}] Marker:drop \
                        NextMarker",
                ),
            "arn:{.partition}:elasticfilesystem:{.region}:{.account}:file-system/{FileSystemId}",
            "{FileSystemId}",
        )
        .facets(&[
            Facet { name: "configuration", from: From::Item },
            Facet {
                name: "backup_policy",
                from: From::Each(
                    Call::new("DescribeBackupPolicy", "elasticfilesystem:DescribeBackupPolicy")
                        .path("GET /2015-02-01/file-systems/{FileSystemId}/backup-policy")
                        .at("BackupPolicy")
                        .shape("BackupPolicy:{Status}")
                        .none(&["PolicyNotFound"])
                        .gone(GONE),
                ),
            },
            Facet {
                name: "policy",
                from: From::Each(
                    Call::new("DescribeFileSystemPolicy", "elasticfilesystem:DescribeFileSystemPolicy")
                        .path("GET /2015-02-01/file-systems/{FileSystemId}/policy")
                        .shape("FileSystemId Policy:policy")
                        .none(&["PolicyNotFound"])
                        .gone(GONE),
                ),
            },
            Facet {
                name: "mount_targets",
                from: From::Each(
                    Call::new("DescribeMountTargets", "elasticfilesystem:DescribeMountTargets")
                        .path("GET /2015-02-01/mount-targets?FileSystemId={FileSystemId}&MaxItems=100")
                        .page(Page::Token { get: "NextMarker", send: "Marker" })
                        .at("MountTargets")
                        .shape(
                            "MountTargets:[{MountTargetId SubnetId VpcId NetworkInterfaceId IpAddress \
                                AvailabilityZoneId LifeCycleState:drop}] Marker:drop NextMarker",
                        )
                        .gone(GONE),
                ),
            },
        ])
        .links(&[
            Link::new(EdgeKind::Uses, "item.KmsKeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{}"),
            Link::new(
                EdgeKind::Uses,
                "mount_targets.items[].SubnetId",
                "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
            ),
            Link::new(
                EdgeKind::Uses,
                "mount_targets.items[].NetworkInterfaceId",
                "arn:{.partition}:ec2:{.region}:{.account}:network-interface/{}",
            ),
        ]),
        Kind::new(
            "aws.efs.access_point",
            Call::new("DescribeAccessPoints", "elasticfilesystem:DescribeAccessPoints")
                .path("GET /2015-02-01/access-points?MaxResults=100")
                .token("NextToken")
                .at("AccessPoints")
                .shape(
                    "AccessPoints:[{AccessPointId AccessPointArn FileSystemId Name PosixUser:{Uid:int Gid:int \
                        SecondaryGids:[int]} RootDirectory:{Path CreationInfo:{OwnerUid:int OwnerGid:int \
                        Permissions}} LifeCycleState:drop OwnerId Tags:[{Key Value}]}] NextToken",
                ),
            "arn:{.partition}:elasticfilesystem:{.region}:{.account}:access-point/{AccessPointId}",
            "{AccessPointId}",
        )
        .facets(&[Facet { name: "configuration", from: From::Item }])
        .links(&[Link::new(
            EdgeKind::Uses,
            "item.FileSystemId",
            "arn:{.partition}:elasticfilesystem:{.region}:{.account}:file-system/{}",
        )]),
    ],
};
