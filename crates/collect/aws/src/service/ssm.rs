//! AWS Systems Manager: parameters, documents, managed instances and how sessions are kept. No parameter's value is read.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const SSM: Service = Service {
    name: "ssm",
    endpoint: "ssm",
    event_source: "ssm",
    protocol: Protocol::Json { target: "AmazonSSM", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[
        Facet {
            name: "ssm_session_preferences",
            from: From::Each(
                Call::new("GetDocument", "ssm:GetDocument")
                    .params(&[("Name", "SSM-SessionManagerRunShell"), ("DocumentFormat", "JSON")])
                    // The document that the console writes; profiles of shells may hold anything.
                    .shape(
                        "Name Content:json DocumentVersion:drop VersionName:drop Status:drop StatusInformation:drop \
                         CreatedDate:drop DocumentType DocumentFormat",
                    )
                    .none(&["InvalidDocument"]),
            ),
        },
        Facet {
            name: "ssm_document_sharing",
            from: From::Each(
                Call::new("GetServiceSetting", "ssm:GetServiceSetting")
                    .params(&[("SettingId", "/ssm/documents/console/public-sharing-permission")])
                    .at("ServiceSetting")
                    .shape(
                        "ServiceSetting:{SettingId SettingValue ARN Status LastModifiedDate:drop LastModifiedUser:drop}",
                    ),
            ),
        },
    ],
    kinds: &[PARAMETER, DOCUMENT, INSTANCE],
};

const PARAMETER: Kind = Kind::new(
    "aws.ssm.parameter",
    Call::new("DescribeParameters", "ssm:DescribeParameters")
        .params(&[("MaxResults", "=50")])
        .token("NextToken")
        .at("Parameters")
        .shape(
            "Parameters:[{Name ARN Type KeyId Description AllowedPattern Tier DataType LastModifiedDate:drop \
             LastModifiedUser:drop Version:drop Policies:[{PolicyText:json PolicyType PolicyStatus}]}] NextToken",
        ),
    "arn:{.partition}:ssm:{.region}:{.account}:parameter/{Name|bare}",
    "{Name}",
)
.facets(&[Facet { name: "parameter", from: From::Item }])
.links(&[Link::new(EdgeKind::Uses, "item.KeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{|last}")]);

const DOCUMENT: Kind = Kind::new(
    "aws.ssm.document",
    Call::new("ListDocuments", "ssm:ListDocuments")
        .params(&[("Filters", r#"=[{"Key":"Owner","Values":["Self"]}]"#), ("MaxResults", "=50")])
        .token("NextToken")
        .at("DocumentIdentifiers")
        .shape(
            "DocumentIdentifiers:[{Name Owner DocumentType DocumentFormat SchemaVersion TargetType \
             PlatformTypes:[text] Tags:[{Key Value}] CreatedDate:drop DocumentVersion:drop VersionName:drop \
             ReviewStatus:drop}] NextToken",
        ),
    "arn:{.partition}:ssm:{.region}:{.account}:document/{Name}",
    "{Name}",
)
.facets(&[
    Facet { name: "document", from: From::Item },
    Facet {
        name: "sharing",
        from: From::Each(
            Call::new("DescribeDocumentPermission", "ssm:DescribeDocumentPermission")
                .params(&[("Name", "{Name}"), ("PermissionType", "Share"), ("MaxResults", "=200")])
                .token("NextToken")
                .shape("AccountIds:[text] AccountSharingInfoList:[{AccountId SharedDocumentVersion}] NextToken")
                .gone(&["InvalidDocument"]),
        ),
    },
    Facet {
        name: "content",
        from: From::Each(
            Call::new("GetDocument", "ssm:GetDocument")
                .params(&[("Name", "{Name}")])
                // What it does may hold a password: only what the scanner of secrets says of it is kept.
                .shape(
                    "Name DocumentFormat DocumentType Content:literal DocumentVersion:drop VersionName:drop \
                     Status:drop StatusInformation:drop CreatedDate:drop AttachmentsContent:drop Requires:drop \
                     ReviewStatus:drop",
                )
                .gone(&["InvalidDocument"]),
        ),
    },
]);

/// Instances of EC2 and machines elsewhere that the agent made known.
const INSTANCE: Kind = Kind::new(
    "aws.ssm.managed_instance",
    Call::new("DescribeInstanceInformation", "ssm:DescribeInstanceInformation")
        .params(&[("MaxResults", "=50")])
        .token("NextToken")
        .at("InstanceInformationList")
        .shape(
            "InstanceInformationList:[{InstanceId ResourceType PlatformType PlatformName PlatformVersion \
             AgentVersion IsLatestVersion:bool IamRole ActivationId Name ComputerName \
             SourceId SourceType PingStatus:drop AssociationStatus:drop LastPingDateTime:drop RegistrationDate:drop IPAddress:drop \
             LastAssociationExecutionDate:drop LastSuccessfulAssociationExecutionDate:drop \
             AssociationOverview:drop}] NextToken",
        ),
    "arn:{.partition}:ssm:{.region}:{.account}:managed-instance/{InstanceId}",
    "{InstanceId}",
)
.facets(&[
    Facet { name: "information", from: From::Item },
    Facet {
        name: "compliance",
        from: From::Join {
            call: Call::new("ListResourceComplianceSummaries", "ssm:ListResourceComplianceSummaries")
                .params(&[("MaxResults", "=50")])
                .token("NextToken")
                .at("ResourceComplianceSummaryItems")
                // The time of the look changes with each.
                .shape(
                    "ResourceComplianceSummaryItems:[{ComplianceType ResourceType ResourceId Status OverallSeverity \
                     NonCompliantSummary:{NonCompliantCount:int SeveritySummary:{CriticalCount:int HighCount:int \
                     MediumCount:int LowCount:int}} CompliantSummary:drop ExecutionSummary:drop}] NextToken",
                ),
            key: "{InstanceId}",
            answer: "ResourceId",
        },
    },
])
.links(&[
    Link::new(EdgeKind::Uses, "item.InstanceId", "arn:{.partition}:ec2:{.region}:{.account}:instance/{|starts=i-}"),
    Link::new(EdgeKind::RunsAs, "item.IamRole", "arn:{.partition}:iam::{.account}:role/{}"),
]);
