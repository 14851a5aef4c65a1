//! Effective permissions on AWS: published examples, hostile input, and a slow reference.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests; a failure there is a failure of the test"
)]
mod estate;
mod hostile;
mod published;
mod reference;
