//! Amazon CloudFront.
use crate::table::{Protocol, Reach, Service};

pub(crate) const CLOUDFRONT: Service = Service {
    name: "cloudfront",
    endpoint: "cloudfront",
    event_source: "cloudfront",
    protocol: Protocol::RestXml,
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[],
};
