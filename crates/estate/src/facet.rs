use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Timestamp;

/// How the reading of a facet went. Anything but `Collected` makes a check that needs the facet `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacetStatus {
    /// Read whole; the facet has a value.
    Collected,
    /// Refused for want of a permission.
    Denied,
    /// Refused for too many requests.
    Throttled,
    /// An error other than the above, or malformed or oversized data.
    Failed,
    /// Cannot exist here: no running system below a mounted root, no such kernel interface.
    Unsupported,
}

impl FacetStatus {
    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collected => "collected",
            Self::Denied => "denied",
            Self::Throttled => "throttled",
            Self::Failed => "failed",
            Self::Unsupported => "unsupported",
        }
    }

    /// Whether a scan that holds such a facet is incomplete (exit status 3). `Unsupported` alone does not count.
    #[must_use]
    pub fn is_incomplete(self) -> bool {
        matches!(self, Self::Denied | Self::Throttled | Self::Failed)
    }
}

impl fmt::Display for FacetStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// SHA-256 of a value's canonical JSON (object keys sorted, no white space).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// Hashes a JSON value. `serde_json` keeps object keys sorted, so equal values give equal hashes.
    #[must_use]
    pub fn of_value(value: &Value) -> Self {
        struct Sink(Sha256);
        impl std::io::Write for Sink {
            fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
                self.0.update(buf);
                Ok(buf.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut sink = Sink(Sha256::new());
        // Writing a `Value` to a sink that cannot fail does not fail.
        drop(serde_json::to_writer(&mut sink, value));
        Self(sink.0.finalize().into())
    }

    /// Hashes a sequence of byte strings, each preceded by its length so that boundaries count.
    #[must_use]
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn to_hex(self) -> String {
        self.0.iter().map(|b| format!("{b:02x}")).collect()
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

/// A named part of a resource's configuration, as one reading of it found it.
///
/// **Invariant:** `value` and `hash` are present exactly where `status` is `Collected`.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// How the reading went.
    pub status: FacetStatus,
    /// Why it is not `Collected`: a sentence that names the path or call and the permission that is missing.
    pub reason: Option<String>,
    /// When it was read.
    pub at: Timestamp,
    /// Hash of `value`.
    pub hash: Option<ContentHash>,
    /// What was read; shared, since inputs of many checks refer to it.
    pub value: Option<Arc<Value>>,
}

impl Facet {
    /// A facet that was read whole.
    #[must_use]
    pub fn collected(value: Value, at: Timestamp) -> Self {
        let hash = ContentHash::of_value(&value);
        Self { status: FacetStatus::Collected, reason: None, at, hash: Some(hash), value: Some(Arc::new(value)) }
    }

    /// A facet that was not read. `Collected` makes no sense here and is turned into `Failed`.
    #[must_use]
    pub fn missing(status: FacetStatus, reason: impl Into<String>, at: Timestamp) -> Self {
        let status = if status == FacetStatus::Collected { FacetStatus::Failed } else { status };
        Self { status, reason: Some(reason.into()), at, hash: None, value: None }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_hash_ignores_the_order_of_keys_but_not_their_values() {
        let a: Value = serde_json::from_str(r#"{"a":1,"b":2}"#).unwrap();
        let b: Value = serde_json::from_str(r#"{"b":2,"a":1}"#).unwrap();
        assert_eq!(ContentHash::of_value(&a), ContentHash::of_value(&b));
        assert_ne!(ContentHash::of_value(&a), ContentHash::of_value(&json!({"a": 2, "b": 1})));
    }

    #[test]
    fn parts_have_boundaries() {
        assert_ne!(ContentHash::of_parts([&b"ab"[..], b"c"]), ContentHash::of_parts([&b"a"[..], b"bc"]));
    }

    #[test]
    fn a_missing_facet_never_claims_to_be_collected() {
        let facet = Facet::missing(FacetStatus::Collected, "odd", Timestamp::UNIX_EPOCH);
        assert_eq!((facet.status, facet.value), (FacetStatus::Failed, None));
    }
}
