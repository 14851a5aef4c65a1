//! Amazon DynamoDB.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

const GONE: &[&str] = &["ResourceNotFoundException", "TableNotFoundException"];

pub(crate) const DYNAMODB: Service = Service {
    name: "dynamodb",
    endpoint: "dynamodb",
    event_source: "dynamodb",
    protocol: Protocol::Json { target: "DynamoDB_20120810", version: "1.0" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.dynamodb.table",
        Call::new("ListTables", "dynamodb:ListTables")
            .params(&[("Limit", "=100")])
            .page(Page::Token { get: "LastEvaluatedTableName", send: "ExclusiveStartTableName" })
            .at("TableNames")
            .shape("TableNames:[text] LastEvaluatedTableName"),
        "arn:{.partition}:dynamodb:{.region}:{.account}:table/{}",
        "{}",
    )
    .facets(&[
        Facet {
            name: "table",
            from: From::Each(
                Call::new("DescribeTable", "dynamodb:DescribeTable")
                    .params(&[("TableName", "{}")])
                    .at("Table")
                    .shape(
                        "Table:{TableName TableArn TableStatus:drop TableId CreationDateTime:time \
                            TableSizeBytes:drop ItemCount:drop ProvisionedThroughput:drop WarmThroughput:drop \
                            LocalSecondaryIndexes:drop GlobalSecondaryIndexes:drop BillingModeSummary:{BillingMode \
                            LastUpdateToPayPerRequestDateTime:time} SSEDescription:{Status SSEType KMSMasterKeyArn} \
                            DeletionProtectionEnabled:bool StreamSpecification:{StreamEnabled:bool StreamViewType} \
                            LatestStreamArn Replicas:[{RegionName}] GlobalTableVersion \
                            TableClassSummary:{TableClass}}",
                    )
                    .gone(GONE),
            ),
        },
        Facet {
            name: "continuous_backups",
            from: From::Each(
                Call::new("DescribeContinuousBackups", "dynamodb:DescribeContinuousBackups")
                    .params(&[("TableName", "{}")])
                    .at("ContinuousBackupsDescription")
                    .shape(
                        "ContinuousBackupsDescription:{ContinuousBackupsStatus \
                            PointInTimeRecoveryDescription:{PointInTimeRecoveryStatus RecoveryPeriodInDays:int \
                            EarliestRestorableDateTime:drop LatestRestorableDateTime:drop}}",
                    )
                    .gone(GONE),
            ),
        },
        Facet {
            name: "policy",
            from: From::Each(
                Call::new("GetResourcePolicy", "dynamodb:GetResourcePolicy")
                    .params(&[("ResourceArn", "{.id}")])
                    .shape("Policy:policy RevisionId:drop")
                    .none(&["PolicyNotFoundException"])
                    .gone(&["ResourceNotFoundException"]),
            ),
        },
    ])
    .links(&[Link::new(EdgeKind::Uses, "table.SSEDescription.KMSMasterKeyArn", "{}")])],
};

/// Application Auto Scaling, for the capacity of tables: one call a region tells of all.
pub(crate) const DYNAMODB_SCALING: Service = Service {
    name: "application-autoscaling",
    endpoint: "application-autoscaling",
    event_source: "application-autoscaling",
    protocol: Protocol::Json { target: "AnyScaleFrontendService", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[Facet {
        name: "dynamodb_scaling",
        from: From::Each(
            Call::new("DescribeScalableTargets", "application-autoscaling:DescribeScalableTargets")
                .params(&[("ServiceNamespace", "dynamodb"), ("MaxResults", "=50")])
                .token("NextToken")
                .at("ScalableTargets")
                .shape(
                    "ScalableTargets:[{ServiceNamespace ResourceId ScalableDimension MinCapacity:int \
                        MaxCapacity:int PredictedCapacity:drop RoleARN CreationTime:drop \
                        SuspendedState:{DynamicScalingInSuspended:bool DynamicScalingOutSuspended:bool \
                        ScheduledScalingSuspended:bool} ScalableTargetARN}] NextToken",
                ),
        ),
    }],
    kinds: &[],
};
