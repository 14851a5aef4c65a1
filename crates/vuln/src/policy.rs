use serde::{Deserialize, Serialize};

/// The operator's file: what targets are for, and from when a vulnerability there is an alert.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The first that matches a target holds for it.
    #[serde(default)]
    pub environments: Vec<Environment>,
}

/// What a group of targets is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// `production`.
    pub name: String,
    /// Targets by id or name, with `*` at the end; the scan's `--environment NAME` overrides it.
    #[serde(default)]
    pub targets: Vec<String>,
    /// SSVC mission prevalence and public well-being together: `low`, `medium`, `high`; `medium` where absent.
    #[serde(default)]
    pub mission: Option<String>,
    /// `internet`, `adjacent`, `internal`, `isolated`; what the target's listeners say where absent.
    #[serde(default)]
    pub exposure: Option<String>,
    /// CVSS security requirements: `low`, `medium`, `high`.
    #[serde(default)]
    pub confidentiality: Option<String>,
    /// As above.
    #[serde(default)]
    pub integrity: Option<String>,
    /// As above.
    #[serde(default)]
    pub availability: Option<String>,
    /// From when a vulnerability is an alert.
    #[serde(default)]
    pub alert: Option<Threshold>,
}

/// From when a vulnerability is an alert: where any of these holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Risk, 0 to 100, at least.
    #[serde(default)]
    pub risk: Option<u8>,
    /// SSVC decision at least: `track`, `track*`, `attend`, `act`.
    #[serde(default)]
    pub ssvc: Option<String>,
    /// EPSS at least.
    #[serde(default)]
    pub epss: Option<f64>,
    /// In KEV.
    #[serde(default)]
    pub kev: Option<bool>,
}

/// A policy file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use policy `{file}`: {reason}\nhint: docs/vulnerabilities.md shows the file")]
pub struct PolicyError {
    /// Which.
    pub file: String,
    /// Why, with line and column.
    pub reason: String,
}

impl Policy {
    /// Reads a policy; `file` names it in errors.
    ///
    /// # Errors
    /// [`PolicyError`] with the place.
    pub fn parse(file: &str, text: &str) -> Result<Self, PolicyError> {
        serde_yaml_ng::from_str(text).map_err(|error| PolicyError { file: file.to_owned(), reason: error.to_string() })
    }
}
