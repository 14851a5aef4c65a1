//! The published formats. The table is `FORMATS`.
mod name;
pub use name::normalise;
