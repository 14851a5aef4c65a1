//! Amazon S3 control: account settings and access points.
use crate::table::{Protocol, Reach, Service};

pub(crate) const S3CONTROL: Service = Service {
    name: "s3",
    endpoint: "s3-control",
    event_source: "s3",
    protocol: Protocol::RestXml,
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[],
};
