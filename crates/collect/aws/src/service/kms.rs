//! AWS Key Management Service.
use crate::table::{Protocol, Reach, Service};

pub(crate) const KMS: Service = Service {
    name: "kms",
    endpoint: "kms",
    event_source: "kms",
    protocol: Protocol::Json { target: "TrentService", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
