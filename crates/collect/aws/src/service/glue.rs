//! AWS Glue.
use crate::table::{Protocol, Reach, Service};

pub(crate) const GLUE: Service = Service {
    name: "glue",
    endpoint: "glue",
    event_source: "glue",
    protocol: Protocol::Json { target: "AWSGlue", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
