//! What tests share: the built program, scratch roots, a real browser, redaction of golden files. For tests only.
//!
//! **Invariant:** every server is on loopback, on a port that the kernel chose, and ends with its test.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot go on ends loudly"
)]
pub mod aws;
mod browser;
mod corpus;
mod golden;
pub mod image;
mod junit;
mod ocsf;
mod program;
pub mod registry;
mod root;

pub use browser::Browser;
pub use corpus::corpus;
pub use golden::assert_golden;
pub use junit::{junit_schema, xml_lint};
pub use ocsf::Ocsf;
pub use program::{Casemate, Outcome};
pub use root::{Hostile, ScratchRoot, is_root, program_for_everybody};
