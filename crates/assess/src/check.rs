use std::sync::Arc;

use casemate_estate::ContentHash;
use serde_json::Value;

use crate::{CheckMeta, assessor::Origin};

/// A check that was loaded and found right.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Its METADATA.
    pub meta: CheckMeta,
    /// The file, as its source names it.
    pub file: String,
    /// The Rego text.
    pub source: Arc<str>,
    /// Hash of the text and of the library modules it uses.
    pub hash: ContentHash,
    /// Whether it has no `compliant` rule; it runs only in a baseline that says `assume: pass`.
    pub deny_only: bool,
    pub(crate) libraries: Vec<Arc<Library>>,
}

/// A module of shared helper functions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Library {
    /// `casemate.lib.NAME`.
    pub(crate) package: String,
    pub(crate) file: String,
    pub(crate) text: Arc<str>,
    pub(crate) embedded: bool,
}

/// Everything about one check in one baseline, for `casemate check explain`.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The check.
    pub check: Arc<Check>,
    /// The library modules it uses: file and text.
    pub libraries: Vec<(String, Arc<str>)>,
    /// The parameters with their values in force.
    pub params: Vec<ParamValue>,
    /// The severity in force and what set it.
    pub severity: (casemate_estate::Severity, Origin),
    /// Framework title, control id and control title for each control the check is mapped to; the titles are
    /// empty where no framework file names them.
    pub controls: Vec<(String, String, String)>,
    /// The ids of all baselines that hold the check.
    pub baselines: Vec<String>,
}

/// A parameter with the value in force.
#[derive(Debug, Clone, PartialEq)]
pub struct ParamValue {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// Its meaning.
    pub description: String,
    /// What set it.
    pub origin: Origin,
}
