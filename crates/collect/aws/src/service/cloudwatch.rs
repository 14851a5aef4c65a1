//! Amazon CloudWatch.
use crate::table::{Protocol, Reach, Service};

pub(crate) const CLOUDWATCH: Service = Service {
    name: "monitoring",
    endpoint: "monitoring",
    event_source: "monitoring",
    protocol: Protocol::Query { version: "2010-08-01" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
