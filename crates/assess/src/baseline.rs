use std::collections::BTreeMap;

use casemate_estate::{CheckId, Severity};
use serde_json::Value;

/// A named, parameterised set of checks, with what it extends already folded in.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The file, as its source names it.
    pub file: String,
    /// The checks in it, each with what the baseline sets.
    pub checks: BTreeMap<CheckId, Setting>,
}

/// What a baseline sets for one check.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Setting {
    /// Parameter name to its value and the baseline that set it.
    pub params: BTreeMap<String, (Value, String)>,
    /// Severity and the baseline that set it.
    pub severity: Option<(Severity, String)>,
}
