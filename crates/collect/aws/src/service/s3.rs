//! Amazon S3.
use crate::table::{Protocol, Reach, Service};

pub(crate) const S3: Service = Service {
    name: "s3",
    endpoint: "s3",
    event_source: "s3",
    protocol: Protocol::RestXml,
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[],
};
