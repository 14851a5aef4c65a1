//! AWS Shield.
use crate::table::{Call, Facet, From, Protocol, Reach, Service};

pub(crate) const SHIELD: Service = Service {
    name: "shield",
    endpoint: "shield",
    event_source: "shield",
    protocol: Protocol::Json { target: "AWSShield_20160616", version: "1.1" },
    reach: Reach::Global,
    kinds: &[],
    scope_facets: &[Facet {
        name: "shield_subscription",
        from: From::Each(Call::new("GetSubscriptionState", "shield:GetSubscriptionState").shape("SubscriptionState")),
    }],
};
