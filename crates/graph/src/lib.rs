//! The estate graph: who can do what, what can be reached, which chains lead to what is of value. Start at
//! [`Permissions`].
//!
//! **Invariant:** no I/O, no clock; it reads snapshots that the store gives.
//! **Invariant:** what was not read makes an answer depend on it, by name; it never makes it a "no".
pub mod permission;

pub use permission::Permissions;

/// Facets that the graph reads, by kind, beyond those that checks ask for: a scan that is to answer questions of the
/// graph must read them.
pub const FACETS: &[(&str, &[&str])] = permission::FACETS;
