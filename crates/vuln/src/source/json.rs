//! Whole documents of JSON.
use serde::de::DeserializeOwned;

use super::SourceError;

/// Parses a document; a byte-order mark is left out.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, SourceError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|error| SourceError::json(&error))
}
