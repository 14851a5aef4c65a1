//! AWS Systems Manager.
use crate::table::{Protocol, Reach, Service};

pub(crate) const SSM: Service = Service {
    name: "ssm",
    endpoint: "ssm",
    event_source: "ssm",
    protocol: Protocol::Json { target: "AmazonSSM", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
