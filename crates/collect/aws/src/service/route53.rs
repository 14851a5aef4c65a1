//! Amazon Route 53.
use crate::table::{Protocol, Reach, Service};

pub(crate) const ROUTE53: Service = Service {
    name: "route53",
    endpoint: "route53",
    event_source: "route53",
    protocol: Protocol::RestXml,
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[],
};
