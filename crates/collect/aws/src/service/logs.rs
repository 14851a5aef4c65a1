//! Amazon CloudWatch Logs.
use crate::table::{Protocol, Reach, Service};

pub(crate) const LOGS: Service = Service {
    name: "logs",
    endpoint: "logs",
    event_source: "logs",
    protocol: Protocol::Json { target: "Logs_20140328", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
