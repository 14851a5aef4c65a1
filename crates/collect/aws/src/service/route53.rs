//! Amazon Route 53: hosted zones.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

pub(crate) const ROUTE53: Service = Service {
    name: "route53",
    endpoint: "route53",
    event_source: "route53",
    protocol: Protocol::RestXml,
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[HOSTED_ZONE],
};

const HOSTED_ZONE: Kind = Kind::new(
    "aws.route53.hosted_zone",
    Call::new("ListHostedZones", "route53:ListHostedZones")
        .path("GET /2013-04-01/hostedzone")
        .page(Page::Token { get: "NextMarker", send: "marker" })
        .at("HostedZones")
        .shape(
            "HostedZones:[{Id Name Config:{PrivateZone:bool Comment:drop} LinkedService:{ServicePrincipal} \
             ResourceRecordSetCount:drop CallerReference:drop Features:drop}] NextMarker Marker:drop MaxItems:drop \
             IsTruncated:drop",
        ),
    "arn:{.partition}:route53:::hostedzone/{Id|base}",
    "{Name}",
)
.facets(&[
    Facet { name: "configuration", from: From::Item },
    Facet {
        name: "query_logging",
        from: From::Join {
            call: Call::new("ListQueryLoggingConfigs", "route53:ListQueryLoggingConfigs")
                .path("GET /2013-04-01/queryloggingconfig")
                .page(Page::Token { get: "NextToken", send: "nexttoken" })
                .at("QueryLoggingConfigs")
                .shape("QueryLoggingConfigs:[{Id HostedZoneId CloudWatchLogsLogGroupArn}] NextToken"),
            key: "{Id|base}",
            answer: "HostedZoneId",
        },
    },
    Facet {
        name: "dnssec",
        from: From::Each(
            Call::new("GetDNSSEC", "route53:GetDNSSEC")
                .path("GET /2013-04-01/hostedzone/{Id|base}/dnssec")
                .shape(
                    "Status:{ServeSignature StatusMessage:drop} KeySigningKeys:[{Name KmsArn Status \
                     SigningAlgorithmMnemonic StatusMessage:drop DigestValue:drop PublicKey:drop DSRecord:drop \
                     DNSKEYRecord:drop CreatedDate:drop LastModifiedDate:drop}]",
                )
                // A private zone cannot be signed.
                .none(&["InvalidArgument"])
                .gone(&["NoSuchHostedZone"]),
        ),
    },
])
.links(&[
    Link::new(EdgeKind::Uses, "query_logging.items[].CloudWatchLogsLogGroupArn", "{}"),
    Link::new(EdgeKind::Uses, "dnssec.KeySigningKeys[].KmsArn", "{}"),
]);
