//! Amazon ElastiCache.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

const MOST: (&str, &str) = ("MaxRecords", "=100");
const CONFIGURATION: Facet = Facet { name: "configuration", from: From::Item };

pub(crate) const ELASTICACHE: Service = Service {
    name: "elasticache",
    endpoint: "elasticache",
    event_source: "elasticache",
    protocol: Protocol::Query { version: "2015-02-02" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[
        Kind::new(
            "aws.elasticache.replication_group",
            Call::new("DescribeReplicationGroups", "elasticache:DescribeReplicationGroups")
                .params(&[MOST])
                .token("Marker")
                .at("ReplicationGroups")
                .shape(
                    "ReplicationGroups:[{ReplicationGroupId ARN Description Status:drop \
                        PendingModifiedValues:drop NodeGroups:drop MemberClusters:[text] AutomaticFailover MultiAZ \
                        SnapshotRetentionLimit:int ClusterEnabled:bool CacheNodeType AuthTokenEnabled:bool \
                        AuthTokenLastModifiedDate:time TransitEncryptionEnabled:bool TransitEncryptionMode \
                        AtRestEncryptionEnabled:bool KmsKeyId UserGroupIds:[text] \
                        LogDeliveryConfigurations:[{LogType DestinationType Status:drop}] \
                        AutoMinorVersionUpgrade:bool Engine}] Marker",
                ),
            "{ARN}",
            "{ReplicationGroupId}",
        )
        .facets(&[CONFIGURATION])
        .links(&[
            Link::new(EdgeKind::Uses, "item.KmsKeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{}"),
            Link::new(
                EdgeKind::Contains,
                "item.MemberClusters[]",
                "arn:{.partition}:elasticache:{.region}:{.account}:cluster:{}",
            ),
        ]),
        Kind::new(
            "aws.elasticache.cluster",
            Call::new("DescribeCacheClusters", "elasticache:DescribeCacheClusters")
                .params(&[MOST])
                .token("Marker")
                .at("CacheClusters")
                .shape(
                    "CacheClusters:[{CacheClusterId ARN Engine EngineVersion CacheNodeType \
                        CacheClusterStatus:drop PendingModifiedValues:drop NotificationConfiguration:drop \
                        CacheNodes:drop NumCacheNodes:int CacheSubnetGroupName AutoMinorVersionUpgrade:bool \
                        SecurityGroups:[{SecurityGroupId Status:drop}] ReplicationGroupId SnapshotRetentionLimit:int \
                        AuthTokenEnabled:bool TransitEncryptionEnabled:bool AtRestEncryptionEnabled:bool \
                        PreferredAvailabilityZone CacheParameterGroup:{CacheParameterGroupName \
                        ParameterApplyStatus:drop CacheNodeIdsToReboot:drop}}] Marker",
                ),
            "{ARN}",
            "{CacheClusterId}",
        )
        .facets(&[CONFIGURATION])
        .links(&[Link::new(
            EdgeKind::Uses,
            "item.SecurityGroups[].SecurityGroupId",
            "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
        )]),
    ],
};
