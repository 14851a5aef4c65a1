//! Orders versions as each packaging ecosystem does, by its published rules. Start at [`Scheme::compare`]; ranges of
//! versions as advisories write them are a [`Requirement`].
//!
//! **Invariant:** no I/O, no panic, no allocation without bound: a version is at most 1,024 bytes.
//! **Invariant:** a text that the ecosystem's rules do not allow is a [`VersionError`], never an order made up.
mod apk;
mod composer;
mod cursor;
mod debian;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzz;
mod gem;
mod go;
mod maven;
mod npm;
mod nuget;
mod number;
mod pep440;
mod requirement;
mod rpm;
mod scheme;
mod semver;

pub use requirement::{Bound, Interval, Requirement, RequirementError, Syntax};
pub use scheme::{LENGTH_MAX, Scheme, VersionError};
