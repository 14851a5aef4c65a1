//! The advisory database: one SQLite file that ends in its signature, replaced as a whole. Start at [`Database::open`].
//!
//! `build/` makes it from sources, `sign` signs and verifies, `open` and `lookup` read, `transfer` moves it between
//! machines. Each document of a source is kept with its hash, so that a refresh parses what changed.
//!
//! **Invariant:** the file at the database's path is always whole: it is built under another name and renamed.
//! **Invariant:** nothing is read from it before all its bytes were verified.
mod build;
mod codec;
mod error;
mod lookup;
mod open;
mod schema;
mod sign;
mod status;
mod transfer;

#[cfg(test)]
mod corpora;
#[cfg(test)]
mod http_tests;
#[cfg(test)]
mod tests;

pub use build::{UpdateOptions, UpdateReport, update};
pub use error::DatabaseError;
pub use open::{Database, Trust};
pub use status::{DatabaseStatus, SourceStatus};
pub use transfer::{export, import, keys_make};
