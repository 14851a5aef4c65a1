//! AWS Step Functions.
use crate::table::{Protocol, Reach, Service};

pub(crate) const STEPFUNCTIONS: Service = Service {
    name: "states",
    endpoint: "states",
    event_source: "states",
    protocol: Protocol::Json { target: "AWSStepFunctions", version: "1.0" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
