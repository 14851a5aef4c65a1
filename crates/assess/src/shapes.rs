use std::collections::BTreeMap;

use serde_json::Value;

/// The JSON Schema of each facet of each kind, made from the collectors' own types.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shapes {
    kinds: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Shapes {
    /// No shapes at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces the schema of a facet.
    pub fn insert(&mut self, kind: impl Into<String>, facet: impl Into<String>, schema: Value) {
        self.kinds.entry(kind.into()).or_default().insert(facet.into(), schema);
    }

    /// Reads `{KIND: {FACET: SCHEMA}}`.
    ///
    /// # Errors
    /// A sentence, where the value has another shape.
    pub fn from_json(value: Value) -> Result<Self, String> {
        serde_json::from_value(value)
            .map(|kinds| Self { kinds })
            .map_err(|e| format!("shapes are not an object of kinds of facets: {e}"))
    }
}
