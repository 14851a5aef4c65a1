use std::collections::BTreeMap;

use casemate_estate::{CheckId, EdgeKind, Kind, Severity};
use serde_json::Value;

/// The METADATA block of a check.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckMeta {
    /// The check's name: its package without `casemate.`.
    pub id: CheckId,
    /// What must be so, as a statement.
    pub title: String,
    /// Why it matters, in a few sentences; empty where not given.
    pub description: String,
    /// The kind of resource it judges.
    pub kind: Kind,
    /// The facets without which it is `unknown`.
    pub needs: Vec<String>,
    /// The facets without which it is `unknown`, unless their status is `unsupported`.
    pub needs_if_supported: Vec<String>,
    /// The resources handed to it as `data.estate.related`.
    pub related: Vec<Related>,
    /// How bad a failure is by itself.
    pub severity: Severity,
    /// Framework id to the ids of its controls.
    pub frameworks: BTreeMap<String, Vec<String>>,
    /// ATT&CK technique ids.
    pub attack: Vec<String>,
    /// One word that groups checks in reports: `accounts`, `kernel` …
    pub area: String,
    /// Parameter name to its type and default.
    pub params: BTreeMap<String, Param>,
    /// Whether the verdict depends on the date.
    pub clock: Option<Clock>,
    /// What to do about a failure.
    pub remediation: Remediation,
}

/// Which resources a check is handed beside its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The relation.
    pub edge: EdgeKind,
    /// Whether the check's resource is its start or its end.
    pub direction: RelatedDirection,
    /// The kind of the other resource.
    pub kind: Kind,
    /// The facets to hand over; one that is not collected makes the check `unknown`.
    pub facets: Vec<String>,
}

/// On which end of an edge the check's own resource stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelatedDirection {
    /// The edge starts at the check's resource.
    Out,
    /// The edge ends at the check's resource.
    In,
}

/// A parameter that a baseline may set; the check reads it as `data.params.NAME`.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// The type of its value.
    pub kind: ParamType,
    /// Its value where no baseline sets it.
    pub default: Value,
    /// What it means, with its unit.
    pub description: String,
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamType {
    /// A whole number that fits 64 bits with a sign.
    Int,
    /// A text.
    String,
    /// True or false.
    Bool,
    /// A list of texts or whole numbers.
    List,
}

/// How far a check sees the time; it enters the hash of the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// `input.today` and `input.today_days`.
    Day,
}

/// What to do about a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remediation {
    /// One or two sentences.
    pub text: String,
    /// A command that does it.
    pub command: Option<String>,
}
