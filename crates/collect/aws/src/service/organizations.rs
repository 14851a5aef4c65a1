//! AWS Organizations.
use crate::table::{Protocol, Reach, Service};

pub(crate) const ORGANIZATIONS: Service = Service {
    name: "organizations",
    endpoint: "organizations",
    event_source: "organizations",
    protocol: Protocol::Json { target: "AWSOrganizationsV20161128", version: "1.1" },
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[],
};
