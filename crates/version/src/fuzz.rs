//! Readers of versions and requirements as a table for fuzzers. Not part of the public interface.
