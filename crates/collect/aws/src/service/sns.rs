//! Amazon SNS.
use crate::table::{Protocol, Reach, Service};

pub(crate) const SNS: Service = Service {
    name: "sns",
    endpoint: "sns",
    event_source: "sns",
    protocol: Protocol::Query { version: "2010-03-31" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
