//! AWS Config.
use crate::table::{Protocol, Reach, Service};

pub(crate) const CONFIG: Service = Service {
    name: "config",
    endpoint: "config",
    event_source: "config",
    protocol: Protocol::Json { target: "StarlingDoveService", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
