//! Amazon Athena.
use crate::table::{Protocol, Reach, Service};

pub(crate) const ATHENA: Service = Service {
    name: "athena",
    endpoint: "athena",
    event_source: "athena",
    protocol: Protocol::Json { target: "AmazonAthena", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
