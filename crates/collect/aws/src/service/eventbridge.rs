//! Amazon EventBridge.
use crate::table::{Protocol, Reach, Service};

pub(crate) const EVENTBRIDGE: Service = Service {
    name: "events",
    endpoint: "events",
    event_source: "events",
    protocol: Protocol::Json { target: "AWSEvents", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
