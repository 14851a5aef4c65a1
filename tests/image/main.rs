//! Container images, end to end: built by real tools, kept in real registries and engines, read by the collector.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot go on ends loudly, and one that skips says why"
)]
mod engine;
mod program;
mod registry;
mod sample;
mod source;
mod token;
