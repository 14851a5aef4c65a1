use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ResourceId;

/// The typed relations of the estate, read from the first end to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EdgeKind {
    /// The first holds the second: a host its units.
    Contains,
    /// The first executes with the identity of the second.
    RunsAs,
    /// Network traffic flows from the first to the second.
    RoutesTo,
    /// The first can be reached from the second.
    ExposedTo,
    /// The first can become the second.
    CanAssume,
    /// The first may act on the second.
    CanDo,
    /// The first is made from the second.
    UsesImage,
    /// The first reads the data of the second.
    Reads,
    /// The first accepts what the second vouches for.
    Trusts,
    /// The first depends on the second for its work or its safety: a security group, a key, a network, a log's place.
    Uses,
}

impl EdgeKind {
    /// All kinds, in the order of their definition.
    pub const ALL: [Self; 10] = [
        Self::Contains,
        Self::RunsAs,
        Self::RoutesTo,
        Self::ExposedTo,
        Self::CanAssume,
        Self::CanDo,
        Self::UsesImage,
        Self::Reads,
        Self::Trusts,
        Self::Uses,
    ];

    /// The word used in stores and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contains => "contains",
            Self::RunsAs => "runs_as",
            Self::RoutesTo => "routes_to",
            Self::ExposedTo => "exposed_to",
            Self::CanAssume => "can_assume",
            Self::CanDo => "can_do",
            Self::UsesImage => "uses_image",
            Self::Reads => "reads",
            Self::Trusts => "trusts",
            Self::Uses => "uses",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A directed relation between two resources, with what proves it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// Where it starts.
    pub from: ResourceId,
    /// What it means.
    pub kind: EdgeKind,
    /// Where it ends.
    pub to: ResourceId,
    /// The setting, rule or statement that makes the edge; `null` where the relation is the id itself.
    pub evidence: Value,
}
