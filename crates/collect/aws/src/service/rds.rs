//! Amazon RDS and Aurora. DocumentDB and Neptune answer in the same lists; their engines tell them apart.
use casemate_estate::EdgeKind;
use serde_json::Value;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

const MOST: (&str, &str) = ("MaxRecords", "=100");
const MARKER: &str = "Marker";
const CONFIGURATION: Facet = Facet { name: "configuration", from: From::Item };
const GROUP_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}";
const KEY_ID: &str = "arn:{.partition}:kms:{.region}:{.account}:key/{}";
const SUBNET_GROUP_ID: &str = "arn:{.partition}:rds:{.region}:{.account}:subgrp:{}";

/// The parameters that say whether a connection without TLS is refused: of PostgreSQL, SQL Server and Aurora PostgreSQL;
/// of MySQL, MariaDB and Aurora MySQL; of DocumentDB; of Neptune. The rest of a group, hundreds, is not asked for.
const TLS: [(&str, &str); 5] = [
    ("Filters.Filter.1.Name", "parameter-name"),
    ("Filters.Filter.1.Values.Value.1", "rds.force_ssl"),
    ("Filters.Filter.1.Values.Value.2", "require_secure_transport"),
    ("Filters.Filter.1.Values.Value.3", "tls"),
    ("Filters.Filter.1.Values.Value.4", "neptune_enforce_ssl"),
];
const PARAMETERS: &str = "Parameters:[{ParameterName ParameterValue Source ApplyType:drop AllowedValues:drop \
    Description:drop DataType:drop IsModifiable:drop ApplyMethod MinimumEngineVersion:drop \
    SupportedEngineModes:drop}] Marker";

/// Snapshots that are taken by hand or copied can be shared; automatic ones cannot, and come and go by themselves.
fn is_lasting(item: &Value) -> bool {
    item.get("SnapshotType").and_then(Value::as_str) != Some("automated")
}

pub(crate) const RDS: Service = Service {
    name: "rds",
    endpoint: "rds",
    event_source: "rds",
    protocol: Protocol::Query { version: "2014-10-31" },
    reach: Reach::Regional,
    scope_facets: &[Facet {
        name: "rds_event_subscriptions",
        from: From::Each(
            Call::new("DescribeEventSubscriptions", "rds:DescribeEventSubscriptions")
                .params(&[MOST])
                .token(MARKER)
                .at("EventSubscriptionsList")
                .shape(
                    "EventSubscriptionsList:[{CustSubscriptionId SnsTopicArn Status SourceType \
                        SourceIdsList:[text] EventCategoriesList:[text] Enabled:bool EventSubscriptionArn}] Marker",
                ),
        ),
    }],
    kinds: &[
        Kind::new(
            "aws.rds.subnet_group",
            Call::new("DescribeDBSubnetGroups", "rds:DescribeDBSubnetGroups")
                .params(&[MOST])
                .token(MARKER)
                .at("DBSubnetGroups")
                .shape(
                    "DBSubnetGroups:[{DBSubnetGroupName DBSubnetGroupArn VpcId SubnetGroupStatus:drop \
                        Subnets:[{SubnetIdentifier SubnetStatus:drop}]}] Marker",
                ),
            "arn:{.partition}:rds:{.region}:{.account}:subgrp:{DBSubnetGroupName}",
            "{DBSubnetGroupName}",
        )
        .facets(&[CONFIGURATION])
        .links(&[
            Link::new(EdgeKind::Uses, "item.VpcId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
            Link::new(
                EdgeKind::Uses,
                "item.Subnets[].SubnetIdentifier",
                "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
            ),
        ]),
        Kind::new(
            "aws.rds.cluster",
            Call::new("DescribeDBClusters", "rds:DescribeDBClusters")
                .params(&[MOST])
                .token(MARKER)
                .at("DBClusters")
                .shape(
                    "DBClusters:[{DBClusterIdentifier DBClusterArn Engine EngineVersion EngineMode Status:drop \
                        Port:int MasterUsername Endpoint PubliclyAccessible:bool StorageEncrypted:bool KmsKeyId \
                        BackupRetentionPeriod:int DeletionProtection:bool MultiAZ:bool \
                        IAMDatabaseAuthenticationEnabled:bool AutoMinorVersionUpgrade:bool CopyTagsToSnapshot:bool \
                        BacktrackWindow:int EnabledCloudwatchLogsExports:[text] MonitoringInterval:int \
                        MonitoringRoleArn PerformanceInsightsEnabled:bool ActivityStreamStatus:drop DBSubnetGroup \
                        DBClusterParameterGroup HttpEndpointEnabled:bool MasterUserSecret:{SecretArn \
                        SecretStatus:drop KmsKeyId} VpcSecurityGroups:[{VpcSecurityGroupId Status:drop}] \
                        DBClusterMembers:[{DBInstanceIdentifier IsClusterWriter:drop \
                        DBClusterParameterGroupStatus:drop}] AssociatedRoles:[{RoleArn Status:drop FeatureName}] \
                        AvailabilityZones:[text] EarliestRestorableTime:drop LatestRestorableTime:drop \
                        EarliestBacktrackTime:drop ClusterCreateTime:time PercentProgress:drop AllocatedStorage:int \
                        PendingModifiedValues:drop StatusInfos:drop ReaderEndpoint CertificateDetails:{CAIdentifier \
                        ValidTill:time} DBClusterInstanceClass EngineLifecycleSupport PerformanceInsightsKMSKeyId \
                        TagList:[{Key Value}]}] Marker",
                ),
            "{DBClusterArn}",
            "{DBClusterIdentifier}",
        )
        .facets(&[
            CONFIGURATION,
            Facet {
                name: "tls_parameters",
                from: From::Each(
                    Call::new("DescribeDBClusterParameters", "rds:DescribeDBClusterParameters")
                        .params(&[
                            ("DBClusterParameterGroupName", "{DBClusterParameterGroup}"),
                            TLS[0],
                            TLS[1],
                            TLS[2],
                            TLS[3],
                            TLS[4],
                        ])
                        .token(MARKER)
                        .at("Parameters")
                        .shape(PARAMETERS),
                ),
            },
        ])
        .links(&[
            Link::new(EdgeKind::Uses, "item.DBSubnetGroup", SUBNET_GROUP_ID),
            Link::new(EdgeKind::Uses, "item.VpcSecurityGroups[].VpcSecurityGroupId", GROUP_ID),
            Link::new(EdgeKind::Uses, "item.KmsKeyId", KEY_ID),
            Link::new(EdgeKind::Uses, "item.MasterUserSecret.SecretArn", "{}"),
            Link::new(EdgeKind::RunsAs, "item.AssociatedRoles[].RoleArn", "{}"),
        ]),
        Kind::new(
            "aws.rds.instance",
            Call::new("DescribeDBInstances", "rds:DescribeDBInstances")
                .params(&[MOST])
                .token(MARKER)
                .at("DBInstances")
                .shape(
                    "DBInstances:[{DBInstanceIdentifier DBInstanceArn DBInstanceClass Engine EngineVersion \
                        DBInstanceStatus:drop MasterUsername DBName Endpoint:{Address Port:int HostedZoneId} \
                        DbInstancePort:drop AllocatedStorage:int PubliclyAccessible:bool StorageEncrypted:bool \
                        KmsKeyId MultiAZ:bool BackupRetentionPeriod:int DeletionProtection:bool \
                        AutoMinorVersionUpgrade:bool IAMDatabaseAuthenticationEnabled:bool CopyTagsToSnapshot:bool \
                        MonitoringInterval:int MonitoringRoleArn PerformanceInsightsEnabled:bool \
                        PerformanceInsightsKMSKeyId EnabledCloudwatchLogsExports:[text] CACertificateIdentifier \
                        DBClusterIdentifier ReadReplicaSourceDBInstanceIdentifier StorageType LicenseModel \
                        InstanceCreateTime:time LatestRestorableTime:drop DBSubnetGroup:{DBSubnetGroupName VpcId \
                        SubnetGroupStatus:drop Subnets:[{SubnetIdentifier SubnetStatus:drop}]} \
                        VpcSecurityGroups:[{VpcSecurityGroupId Status:drop}] \
                        DBParameterGroups:[{DBParameterGroupName ParameterApplyStatus:drop}] \
                        MasterUserSecret:{SecretArn SecretStatus:drop KmsKeyId} AssociatedRoles:[{RoleArn \
                        FeatureName Status:drop}] CertificateDetails:{CAIdentifier ValidTill:time} AvailabilityZone \
                        SecondaryAvailabilityZone:drop StatusInfos:drop PendingModifiedValues:drop \
                        EngineLifecycleSupport ReadReplicaSourceDBClusterIdentifier TagList:[{Key Value}]}] Marker",
                ),
            "{DBInstanceArn}",
            "{DBInstanceIdentifier}",
        )
        .facets(&[
            CONFIGURATION,
            Facet {
                name: "tls_parameters",
                from: From::EachOf {
                    call: Call::new("DescribeDBParameters", "rds:DescribeDBParameters")
                        .params(&[
                            ("DBParameterGroupName", "{DBParameterGroupName}"),
                            TLS[0],
                            TLS[1],
                            TLS[2],
                            TLS[3],
                            TLS[4],
                        ])
                        .token(MARKER)
                        .shape(PARAMETERS),
                    each: "@configuration.DBParameterGroups[]",
                },
            },
        ])
        .links(&[
            Link::new(EdgeKind::Uses, "item.DBSubnetGroup.DBSubnetGroupName", SUBNET_GROUP_ID),
            Link::new(EdgeKind::Uses, "item.DBSubnetGroup.VpcId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
            Link::new(
                EdgeKind::Uses,
                "item.DBSubnetGroup.Subnets[].SubnetIdentifier",
                "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
            ),
            Link::new(EdgeKind::Uses, "item.MonitoringRoleArn", "{}"),
            Link::new(EdgeKind::Uses, "item.PerformanceInsightsKMSKeyId", KEY_ID),
            Link::new(EdgeKind::Uses, "item.VpcSecurityGroups[].VpcSecurityGroupId", GROUP_ID),
            Link::new(EdgeKind::Uses, "item.KmsKeyId", KEY_ID),
            Link::new(EdgeKind::Uses, "item.MasterUserSecret.SecretArn", "{}"),
            Link::new(EdgeKind::RunsAs, "item.AssociatedRoles[].RoleArn", "{}"),
            Link::new(
                EdgeKind::Contains,
                "item.DBClusterIdentifier",
                "arn:{.partition}:rds:{.region}:{.account}:cluster:{}",
            )
            .reversed(),
        ]),
        Kind::new(
            "aws.rds.snapshot",
            Call::new("DescribeDBSnapshots", "rds:DescribeDBSnapshots")
                .params(&[MOST])
                .token(MARKER)
                .at("DBSnapshots")
                .shape(
                    "DBSnapshots:[{DBSnapshotIdentifier DBSnapshotArn DBInstanceIdentifier SnapshotType \
                        Encrypted:bool KmsKeyId Engine EngineVersion Status:drop PercentProgress:drop \
                        SnapshotCreateTime:time VpcId MasterUsername Port:int IAMDatabaseAuthenticationEnabled:bool \
                        TagList:[{Key Value}]}] Marker",
                ),
            "{DBSnapshotArn}",
            "{DBSnapshotIdentifier}",
        )
        .keep(is_lasting)
        .facets(&[
            CONFIGURATION,
            Facet {
                name: "attributes",
                from: From::Each(
                    Call::new("DescribeDBSnapshotAttributes", "rds:DescribeDBSnapshotAttributes")
                        .params(&[("DBSnapshotIdentifier", "{DBSnapshotIdentifier}")])
                        .at("DBSnapshotAttributesResult")
                        .shape(
                            "DBSnapshotAttributesResult:{DBSnapshotIdentifier \
                                DBSnapshotAttributes:[{AttributeName AttributeValues:[text]}]}",
                        )
                        .gone(&["DBSnapshotNotFound"]),
                ),
            },
        ])
        .links(&[
            Link::new(EdgeKind::Uses, "item.DBInstanceIdentifier", "arn:{.partition}:rds:{.region}:{.account}:db:{}"),
            Link::new(EdgeKind::Uses, "item.KmsKeyId", KEY_ID),
        ]),
        Kind::new(
            "aws.rds.cluster_snapshot",
            Call::new("DescribeDBClusterSnapshots", "rds:DescribeDBClusterSnapshots")
                .params(&[MOST])
                .token(MARKER)
                .at("DBClusterSnapshots")
                .shape(
                    "DBClusterSnapshots:[{DBClusterSnapshotIdentifier DBClusterSnapshotArn DBClusterIdentifier \
                        SnapshotType StorageEncrypted:bool KmsKeyId Engine EngineVersion Status:drop \
                        PercentProgress:drop SnapshotCreateTime:time VpcId MasterUsername Port:int \
                        IAMDatabaseAuthenticationEnabled:bool TagList:[{Key Value}]}] Marker",
                ),
            "{DBClusterSnapshotArn}",
            "{DBClusterSnapshotIdentifier}",
        )
        .keep(is_lasting)
        .facets(&[
            CONFIGURATION,
            Facet {
                name: "attributes",
                from: From::Each(
                    Call::new("DescribeDBClusterSnapshotAttributes", "rds:DescribeDBClusterSnapshotAttributes")
                        .params(&[("DBClusterSnapshotIdentifier", "{DBClusterSnapshotIdentifier}")])
                        .at("DBClusterSnapshotAttributesResult")
                        .shape(
                            "DBClusterSnapshotAttributesResult:{DBClusterSnapshotIdentifier \
                                DBClusterSnapshotAttributes:[{AttributeName AttributeValues:[text]}]}",
                        )
                        .gone(&["DBClusterSnapshotNotFoundFault"]),
                ),
            },
        ])
        .links(&[
            Link::new(
                EdgeKind::Uses,
                "item.DBClusterIdentifier",
                "arn:{.partition}:rds:{.region}:{.account}:cluster:{}",
            ),
            Link::new(EdgeKind::Uses, "item.KmsKeyId", KEY_ID),
        ]),
    ],
};
