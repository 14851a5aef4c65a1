//! AWS CloudTrail.
use crate::table::{Protocol, Reach, Service};

pub(crate) const CLOUDTRAIL: Service = Service {
    name: "cloudtrail",
    endpoint: "cloudtrail",
    event_source: "cloudtrail",
    protocol: Protocol::Json { target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
