//! AWS Secrets Manager.
use crate::table::{Protocol, Reach, Service};

pub(crate) const SECRETSMANAGER: Service = Service {
    name: "secretsmanager",
    endpoint: "secretsmanager",
    event_source: "secretsmanager",
    protocol: Protocol::Json { target: "secretsmanager", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
