//! AWS Identity and Access Management.
use crate::table::{Protocol, Reach, Service};

pub(crate) const IAM: Service = Service {
    name: "iam",
    endpoint: "iam",
    event_source: "iam",
    protocol: Protocol::Query { version: "2010-05-08" },
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[],
};
