//! Fills templates and walks paths: see `table.rs` for both notations.
