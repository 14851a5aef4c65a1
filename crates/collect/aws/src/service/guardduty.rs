//! Amazon GuardDuty.
use crate::table::{Call, Facet, From, Kind, Page, Protocol, Reach, Service};

/// The same for the kind and for the region: asked once.
const DETECTORS: Call = Call::new("ListDetectors", "guardduty:ListDetectors")
    .path("GET /detector")
    .page(Page::Token { get: "NextToken", send: "nextToken" })
    .at("DetectorIds")
    .shape("DetectorIds@detectorIds:[text] NextToken@nextToken");

pub(crate) const GUARDDUTY: Service = Service {
    name: "guardduty",
    endpoint: "guardduty",
    event_source: "guardduty",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[Facet { name: "guardduty_detectors", from: From::Each(DETECTORS) }],
    kinds: &[Kind::new(
        "aws.guardduty.detector",
        DETECTORS,
        "arn:{.partition}:guardduty:{.region}:{.account}:detector/{}",
        "{}",
    )
    .facets(&[
        Facet {
            name: "configuration",
            from: From::Each(
                Call::new("GetDetector", "guardduty:GetDetector").path("GET /detector/{}").shape(
                    "Status@status FindingPublishingFrequency@findingPublishingFrequency ServiceRole@serviceRole \
                     DataSources@dataSources:{CloudTrail@cloudTrail:{Status@status} DNSLogs@dnsLogs:{Status@status} \
                     FlowLogs@flowLogs:{Status@status} S3Logs@s3Logs:{Status@status} \
                     Kubernetes@kubernetes:{AuditLogs@auditLogs:{Status@status}} \
                     MalwareProtection@malwareProtection:{ScanEc2InstanceWithFindings@scanEc2InstanceWithFindings:{\
                     EbsVolumes@ebsVolumes:{Status@status Reason@reason}} ServiceRole@serviceRole}} \
                     Features@features:[{Name@name Status@status UpdatedAt@updatedAt:drop \
                     AdditionalConfiguration@additionalConfiguration:[{Name@name Status@status \
                     UpdatedAt@updatedAt:drop}]}] Tags@tags:<text> CreatedAt@createdAt:drop UpdatedAt@updatedAt:drop",
                ),
            ),
        },
        Facet {
            name: "high_findings",
            from: From::Each(
                // Findings of severity 7 to 10 that nobody has archived; the first page proves that there are some.
                Call::new("ListFindings", "guardduty:ListFindings")
                    .path("POST /detector/{}/findings")
                    .params(&[
                        (
                            "findingCriteria",
                            r#"={"criterion":{"severity":{"greaterThanOrEqual":7},"service.archived":{"equals":["false"]}}}"#,
                        ),
                        ("maxResults", "=50"),
                    ])
                    .shape("FindingIds@findingIds:[text] NextToken@nextToken:drop"),
            ),
        },
    ])],
};
