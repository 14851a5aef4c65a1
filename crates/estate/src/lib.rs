//! The estate: resources, facets, edges and findings, and how they changed. Start at [`Snapshot`].
//!
//! **Invariant:** no I/O, no async, no clock; callers pass `now`.
//! **Invariant:** what could not be read is a [`FacetStatus`], never an empty value.
//! **Invariant:** a resource is gone only where a [`Listing`] that covers it succeeded and did not name it.
mod diff;
mod edge;
mod facet;
mod finding;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzz;
mod ids;
mod package;
mod resource;
mod snapshot;

pub use diff::{Change, ChangeKind, value_diff};
pub use edge::{Edge, EdgeKind};
pub use facet::{ContentHash, Facet, FacetStatus};
pub use finding::{
    CheckId, Exemption, ExemptionKind, Finding, FindingKey, Judged, Life, LifeStatus, Severity, State, Suppression,
    Verdict,
};
pub use ids::{IdError, Kind, ResourceId};
pub use jiff::Timestamp;
pub use package::{
    Distribution, Inventory, Loaded, LoadedPackage, LoadingProcess, Location, Package, PackageType, Problem,
    RunningKernel, Source, StaleCopy,
};
pub use resource::Resource;
pub use snapshot::{Listing, Observation, Snapshot};
