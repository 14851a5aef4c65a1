//! AWS Security Hub.
use crate::table::{Protocol, Reach, Service};

pub(crate) const SECURITYHUB: Service = Service {
    name: "securityhub",
    endpoint: "securityhub",
    event_source: "securityhub",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
