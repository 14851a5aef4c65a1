//! IAM Access Analyzer.
use crate::table::{Call, Facet, From, Kind, Protocol, Reach, Service};

const ANALYZERS: Call = Call::new("ListAnalyzers", "access-analyzer:ListAnalyzers")
    .path("GET /analyzer")
    .token("nextToken")
    .at("analyzers")
    .shape(
        "analyzers:[{arn name type status createdAt:drop lastResourceAnalyzed:drop lastResourceAnalyzedAt:drop tags:<text> \
         statusReason:{code} configuration:{unusedAccess:{unusedAccessAge:int analysisRule:any} internalAccess:any} \
         managedBy}] nextToken",
    );

pub(crate) const ACCESSANALYZER: Service = Service {
    name: "access-analyzer",
    endpoint: "access-analyzer",
    event_source: "access-analyzer",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[Facet { name: "access_analyzers", from: From::Each(ANALYZERS) }],
    kinds: &[Kind::new("aws.accessanalyzer.analyzer", ANALYZERS, "{arn}", "{name}").facets(&[
        Facet { name: "configuration", from: From::Item },
        Facet {
            name: "findings",
            from: From::Each(
                Call::new("ListFindingsV2", "access-analyzer:ListFindings")
                    .path("POST /findingv2")
                    .params(&[
                        ("analyzerArn", "{arn}"),
                        ("filter", r#"={"status":{"eq":["ACTIVE"]}}"#),
                        ("maxResults", "=100"),
                    ])
                    .token("nextToken")
                    .at("findings")
                    .shape(
                        "findings:[{id resource resourceType resourceOwnerAccount status findingType error \
                         analyzedAt:drop createdAt:drop updatedAt:drop}] nextToken",
                    )
                    .gone(&["ResourceNotFoundException"]),
            ),
        },
    ])],
};
