use std::collections::BTreeMap;

use crate::{Edge, Facet, FacetStatus, Kind, Resource, Timestamp};

/// A resource with all facets that one scan tried to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The resource.
    pub resource: Resource,
    /// Facet name to what was read or why it was not.
    pub facets: BTreeMap<String, Facet>,
}

/// How the listing of one kind of resource in one scope went. Only a `Collected` listing may end resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The scope that was listed.
    pub scope: String,
    /// The kind that was listed.
    pub kind: Kind,
    /// How it went.
    pub status: FacetStatus,
    /// Why it is not `Collected`.
    pub reason: Option<String>,
}

/// All that one scan of one target read.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// What was scanned: the id of a host, account, cluster …
    pub target: String,
    /// When reading began.
    pub started: Timestamp,
    /// When reading ended.
    pub finished: Timestamp,
    /// The resources, each once.
    pub observations: Vec<Observation>,
    /// The relations between them.
    pub edges: Vec<Edge>,
    /// Which listings succeeded.
    pub listings: Vec<Listing>,
}
