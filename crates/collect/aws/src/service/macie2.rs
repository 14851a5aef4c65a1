//! Amazon Macie.
use crate::table::{Protocol, Reach, Service};

pub(crate) const MACIE2: Service = Service {
    name: "macie2",
    endpoint: "macie2",
    event_source: "macie2",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
