use std::collections::BTreeSet;

use casemate_estate::CheckId;

/// A published set of controls; their titles are in our own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// Its name in METADATA: `cis_debian_12`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The version of the publication.
    pub version: String,
    /// The file, as its source names it.
    pub file: String,
    /// Its levels, lowest first.
    pub levels: Vec<Level>,
    /// Its controls, in the order of the file.
    pub controls: Vec<Control>,
}

/// A level of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its name.
    pub id: String,
    /// The levels whose controls it holds too.
    pub inherits: Vec<String>,
}

/// One control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Its identifier in the publication.
    pub id: String,
    /// What it asks, in our own words.
    pub title: String,
    /// The levels it belongs to.
    pub levels: Vec<String>,
    /// How far it can be judged from data.
    pub status: ControlStatus,
}

/// How far a control can be judged from data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControlStatus {
    /// Wholly.
    Automated,
    /// In part.
    Partial,
    /// Only by a person.
    Manual,
}

/// Which controls of a framework have checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The framework's id.
    pub framework: String,
    /// Each control with its checks, in the framework's order.
    pub controls: Vec<ControlCoverage>,
}

/// A control and its checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlCoverage {
    /// The control.
    pub control: Control,
    /// The checks mapped to it.
    pub checks: BTreeSet<CheckId>,
}
