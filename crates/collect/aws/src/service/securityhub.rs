//! AWS Security Hub.
use crate::table::{Call, Facet, From, Page, Protocol, Reach, Service};

/// The code says "not subscribed" here; what IAM refuses has the code `AccessDeniedException`.
const NOT_SUBSCRIBED: &[&str] = &["InvalidAccessException", "ResourceNotFoundException"];

pub(crate) const SECURITYHUB: Service = Service {
    name: "securityhub",
    endpoint: "securityhub",
    event_source: "securityhub",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    kinds: &[],
    scope_facets: &[
        Facet {
            name: "securityhub",
            from: From::Each(
                Call::new("DescribeHub", "securityhub:DescribeHub")
                    .path("GET /accounts")
                    .shape("HubArn AutoEnableControls:bool ControlFindingGenerator SubscribedAt:drop")
                    .none(NOT_SUBSCRIBED),
            ),
        },
        Facet {
            // Asked of a hub alone: where there is none it has no standards.
            name: "securityhub_standards",
            from: From::EachOf {
                each: "@securityhub.HubArn",
                call: Call::new("GetEnabledStandards", "securityhub:GetEnabledStandards")
                    .path("POST /standards/get")
                    .page(Page::Token { get: "NextToken", send: "NextToken" })
                    .at("StandardsSubscriptions")
                    .shape(
                        "NextToken StandardsSubscriptions:[{StandardsSubscriptionArn StandardsArn StandardsStatus \
                         StandardsStatusReason:{StatusReasonCode} StandardsInput:drop StandardsControlsUpdatable:drop}]",
                    )
                    .gone(NOT_SUBSCRIBED),
            },
        },
    ],
};
