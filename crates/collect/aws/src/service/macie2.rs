//! Amazon Macie.
use crate::table::{Call, Facet, From, Protocol, Reach, Service};

pub(crate) const MACIE2: Service = Service {
    name: "macie2",
    endpoint: "macie2",
    event_source: "macie2",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    kinds: &[],
    scope_facets: &[Facet {
        name: "macie",
        from: From::Each(
            Call::new("GetMacieSession", "macie2:GetMacieSession")
                .path("GET /macie")
                .shape("status findingPublishingFrequency serviceRole createdAt:drop updatedAt:drop")
                // Where Macie is off it refuses with the code of a missing permission; the message tells them apart.
                .none(&["AccessDeniedException: Macie is not enabled"]),
        ),
    }],
};
