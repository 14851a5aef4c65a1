//! Amazon EventBridge.
use crate::table::{Call, Facet, From, Kind, Protocol, Reach, Service};

pub(crate) const EVENTBRIDGE: Service = Service {
    name: "events",
    endpoint: "events",
    event_source: "events",
    protocol: Protocol::Json { target: "AWSEvents", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.eventbridge.bus",
        Call::new("ListEventBuses", "events:ListEventBuses").token("NextToken").at("EventBuses").shape(
            "NextToken EventBuses:[{Name Arn Policy:policy Description CreationTime:drop LastModifiedTime:drop}]",
        ),
        "{Arn}",
        "{Name}",
    )
    .facets(&[Facet { name: "configuration", from: From::Item }])],
};
