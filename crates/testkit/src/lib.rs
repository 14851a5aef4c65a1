//! What tests share: the built program, scratch roots, a real browser, redaction of golden files. For tests only.
//!
//! **Invariant:** every server is on loopback, on a port that the kernel chose, and ends with its test.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on ends loudly"
)]
mod browser;
mod corpus;
mod golden;
mod program;

pub use browser::Browser;
pub use corpus::corpus;
pub use golden::assert_golden;
pub use program::{Casemate, Outcome};
