use std::collections::BTreeMap;

use casemate_estate::{EdgeKind, FacetStatus};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{host::Host, root::ReadError};

/// A facet of the host itself: one row of [`crate::facet::FACETS`].
pub(crate) struct FacetDef {
    /// Name in lower case: `sysctl_running`.
    pub(crate) name: &'static str,
    /// It reads the running kernel or processes; `unsupported` below a mounted root.
    pub(crate) live_only: bool,
    /// JSON Schema of its value.
    pub(crate) shape: fn() -> Value,
    /// Reads it.
    pub(crate) collect: fn(&Host) -> Result<Value, Missing>,
}

/// A kind of resource that a host contains: one row of [`crate::part::PARTS`].
pub(crate) struct ChildDef {
    /// `host.user`.
    pub(crate) kind: &'static str,
    /// Its facets and their shapes.
    pub(crate) facets: &'static [FacetShape],
    /// Lists all of them with their facets. An error means that the list is not known: nothing is gone.
    pub(crate) list: fn(&Host) -> Result<Vec<Child>, Missing>,
}

/// The shape of one facet of a part.
pub(crate) struct FacetShape {
    /// Name.
    pub(crate) name: &'static str,
    /// JSON Schema of its value.
    pub(crate) shape: fn() -> Value,
}

/// One part of a host.
pub(crate) struct Child {
    /// Name, unique among its kind; becomes the last part of the resource id.
    pub(crate) name: String,
    /// Facet name to what was read.
    pub(crate) facets: BTreeMap<&'static str, Result<Value, Missing>>,
    /// Edges from this part, beside the host's `contains`.
    pub(crate) edges: Vec<ChildEdge>,
}

/// An edge from a part to another part of the same host.
pub(crate) struct ChildEdge {
    /// What it means.
    pub(crate) kind: EdgeKind,
    /// Kind of the part it ends at: `host.user`.
    pub(crate) to_kind: &'static str,
    /// Name of the part it ends at.
    pub(crate) to_name: String,
    /// The setting that makes it.
    pub(crate) evidence: Value,
}

/// Why a facet has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing {
    /// `Denied`, `Failed` or `Unsupported`.
    pub(crate) status: FacetStatus,
    /// A sentence that names the path.
    pub(crate) reason: String,
}

impl Missing {
    /// An error that is neither a refusal nor an absence.
    pub(crate) fn failed(reason: impl Into<String>) -> Self {
        Self { status: FacetStatus::Failed, reason: reason.into() }
    }

    /// It cannot exist here.
    pub(crate) fn unsupported(reason: impl Into<String>) -> Self {
        Self { status: FacetStatus::Unsupported, reason: reason.into() }
    }

    /// Refused for want of a permission; `reason` names the path.
    pub(crate) fn denied(reason: impl Into<String>) -> Self {
        Self { status: FacetStatus::Denied, reason: reason.into() }
    }
}

impl From<ReadError> for Missing {
    fn from(error: ReadError) -> Self {
        let status = match error {
            ReadError::Denied { .. } => FacetStatus::Denied,
            _ => FacetStatus::Failed,
        };
        Self { status, reason: error.to_string() }
    }
}

/// JSON Schema of a shape, with all definitions in `$defs`.
pub(crate) fn shape_of<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}

/// A shape's JSON value.
pub(crate) fn value_of<T: Serialize>(shape: &T) -> Result<Value, Missing> {
    serde_json::to_value(shape).map_err(|error| Missing::failed(format!("cannot write the facet as JSON: {error}")))
}
