//! IAM Access Analyzer.
use crate::table::{Protocol, Reach, Service};

pub(crate) const ACCESSANALYZER: Service = Service {
    name: "access-analyzer",
    endpoint: "access-analyzer",
    event_source: "access-analyzer",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
