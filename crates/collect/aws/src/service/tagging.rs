//! Resource Groups Tagging API: the tags of a region's resources in one call, where each by itself would cost one.
use crate::table::{Call, Facet, From, Page, Protocol, Reach, Service};

pub(crate) const TAGGING: Service = Service {
    name: "tagging",
    endpoint: "tagging",
    event_source: "tagging",
    protocol: Protocol::Json { target: "ResourceGroupsTaggingAPI_20170126", version: "1.1" },
    reach: Reach::Regional,
    kinds: &[],
    scope_facets: &[Facet {
        name: "resource_tags",
        from: From::Each(
            Call::new("GetResources", "tag:GetResources")
                .params(&[("ResourcesPerPage", "=100")])
                .page(Page::Token { get: "PaginationToken", send: "PaginationToken" })
                .at("ResourceTagMappingList")
                .shape(
                    "ResourceTagMappingList:[{ResourceARN Tags:[{Key Value}] ComplianceDetails:drop}] PaginationToken",
                ),
        ),
    }],
};
