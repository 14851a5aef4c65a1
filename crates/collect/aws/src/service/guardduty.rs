//! Amazon GuardDuty.
use crate::table::{Protocol, Reach, Service};

pub(crate) const GUARDDUTY: Service = Service {
    name: "guardduty",
    endpoint: "guardduty",
    event_source: "guardduty",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
