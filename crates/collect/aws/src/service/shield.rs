//! AWS Shield.
use crate::table::{Protocol, Reach, Service};

pub(crate) const SHIELD: Service = Service {
    name: "shield",
    endpoint: "shield",
    event_source: "shield",
    protocol: Protocol::Json { target: "AWSShield_20160616", version: "1.1" },
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[],
};
