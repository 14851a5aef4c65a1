use serde::Serialize;

use crate::Group;

/// The commands that close groups, in an order that works.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FixPlan {
    /// In order.
    pub steps: Vec<FixStep>,
    /// Groups that no command closes, with why.
    pub left: Vec<(String, String)>,
}

/// One command.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FixStep {
    /// The target it is for.
    pub target: String,
    /// `apt`, `apk`, `dnf`, `pip`, `npm`, `restart` …
    pub manager: String,
    /// The program and its arguments, each of its own; shown quoted for a shell.
    pub command: Vec<String>,
    /// The same that only simulates, where the manager can.
    pub simulate: Option<Vec<String>>,
    /// Titles of the groups that it closes.
    pub closes: Vec<String>,
    /// What the simulation said: `none` where there is none, `not run`, `agrees`, or how it differs.
    pub verified: String,
}

/// Plans the fixes of `groups`.
#[must_use]
pub fn fix_plan(groups: &[Group]) -> FixPlan {
    let _ = groups;
    FixPlan::default()
}
