use schemars::JsonSchema;
use serde::Serialize;

/// A line of a file.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Place {
    /// The file's path on the host.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}
