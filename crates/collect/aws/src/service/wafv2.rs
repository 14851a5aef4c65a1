//! AWS WAF.
use crate::table::{Protocol, Reach, Service};

pub(crate) const WAFV2: Service = Service {
    name: "wafv2",
    endpoint: "wafv2",
    event_source: "wafv2",
    protocol: Protocol::Json { target: "AWSWAF_20190729", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
