//! Amazon Inspector.
use crate::table::{Protocol, Reach, Service};

pub(crate) const INSPECTOR2: Service = Service {
    name: "inspector2",
    endpoint: "inspector2",
    event_source: "inspector2",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
