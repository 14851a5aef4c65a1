//! Amazon Redshift.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

const GROUP_ID: &str = "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}";

pub(crate) const REDSHIFT: Service = Service {
    name: "redshift",
    endpoint: "redshift",
    event_source: "redshift",
    protocol: Protocol::Query { version: "2012-12-01" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.redshift.cluster",
        Call::new("DescribeClusters", "redshift:DescribeClusters")
            .params(&[("MaxRecords", "=100")])
            .token("Marker")
            .at("Clusters")
            .shape(
                "Clusters:[{ClusterIdentifier NodeType ClusterStatus:drop ClusterAvailabilityStatus:drop \
                    MasterUsername DBName Endpoint:{Address Port:int} PubliclyAccessible:bool Encrypted:bool \
                    KmsKeyId AllowVersionUpgrade:bool AutomatedSnapshotRetentionPeriod:int EnhancedVpcRouting:bool \
                    VpcId ClusterSubnetGroupName VpcSecurityGroups:[{VpcSecurityGroupId Status:drop}] \
                    ClusterParameterGroups:[{ParameterGroupName ParameterApplyStatus:drop \
                    ClusterParameterStatusList:drop}] IamRoles:[{IamRoleArn ApplyStatus:drop}] \
                    MasterPasswordSecretArn MultiAZ NumberOfNodes:int AvailabilityZone PendingModifiedValues:drop \
                    ClusterNodes:drop TotalStorageCapacityInMegaBytes:drop NextMaintenanceWindowStartTime:drop \
                    ClusterRevisionNumber:drop ClusterCreateTime:time Tags:[{Key Value}]}] Marker",
            ),
        "arn:{.partition}:redshift:{.region}:{.account}:cluster:{ClusterIdentifier}",
        "{ClusterIdentifier}",
    )
    .facets(&[
        Facet { name: "configuration", from: From::Item },
        Facet {
            name: "logging",
            from: From::Each(
                Call::new("DescribeLoggingStatus", "redshift:DescribeLoggingStatus")
                    .params(&[("ClusterIdentifier", "{ClusterIdentifier}")])
                    .shape(
                        "LoggingEnabled:bool BucketName S3KeyPrefix LogDestinationType LogExports:[text] \
                            LastSuccessfulDeliveryTime:drop LastFailureTime:drop LastFailureMessage:drop",
                    )
                    .gone(&["ClusterNotFound"]),
            ),
        },
        Facet {
            name: "parameters",
            from: From::EachOf {
                call: Call::new("DescribeClusterParameters", "redshift:DescribeClusterParameters")
                    .params(&[("ParameterGroupName", "{ParameterGroupName}"), ("MaxRecords", "=100")])
                    .token("Marker")
                    .shape(
                        "Parameters:[{ParameterName ParameterValue Source Description:drop DataType:drop \
                            AllowedValues:drop ApplyType:drop IsModifiable:drop MinimumEngineVersion:drop}] Marker",
                    ),
                each: "@configuration.ClusterParameterGroups[]",
            },
        },
    ])
    .links(&[
        Link::new(EdgeKind::Uses, "item.VpcId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
        Link::new(EdgeKind::Uses, "item.VpcSecurityGroups[].VpcSecurityGroupId", GROUP_ID),
        Link::new(EdgeKind::Uses, "item.KmsKeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{}"),
        Link::new(EdgeKind::RunsAs, "item.IamRoles[].IamRoleArn", "{}"),
    ])],
};
