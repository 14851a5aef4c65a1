//! A Linux host, end to end: the built program against this machine and against scratch roots.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot go on ends loudly, and one that skips says why"
)]
mod bad_input;
mod crash;
mod drift;
mod live;
mod manners;
mod output;
mod report;
mod software;
mod state;
