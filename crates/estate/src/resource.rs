use serde::{Deserialize, Serialize};

use crate::{Kind, ResourceId};

/// One thing in the estate. What is known of it is in its facets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The provider's own global id.
    pub id: ResourceId,
    /// What sort of thing it is.
    pub kind: Kind,
    /// What people call it: a host name, a user name, a file path.
    pub name: String,
    /// Where it lives: the host, account, subscription or cluster that holds it. A host is its own scope.
    pub scope: String,
}
