//! AWS Certificate Manager.
use crate::table::{Protocol, Reach, Service};

pub(crate) const ACM: Service = Service {
    name: "acm",
    endpoint: "acm",
    event_source: "acm",
    protocol: Protocol::Json { target: "CertificateManager", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
