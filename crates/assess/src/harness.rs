use casemate_estate::{CheckId, State};

/// What running the cases gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TestReport {
    /// Checks that were run.
    pub checks: usize,
    /// Cases that were run, with the automatic ones.
    pub cases: usize,
    /// The automatic ones among them.
    pub automatic: usize,
    /// Those that did not give what they want, in the order of check and case.
    pub failures: Vec<CaseFailure>,
}

/// A case that did not give what it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFailure {
    /// The check.
    pub check: CheckId,
    /// The file of cases.
    pub file: String,
    /// The case's note; automatic cases say so.
    pub note: String,
    /// What was wanted, in words.
    pub want: String,
    /// What came out.
    pub got: State,
    /// The verdict's reason.
    pub reason: String,
}

/// What the mutation run gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MutationReport {
    /// Mutants made.
    pub total: usize,
    /// Mutants that a case noticed.
    pub killed: usize,
    /// Mutants that none noticed.
    pub survivors: Vec<Survivor>,
}

/// A mutant that no case noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivor {
    /// The check.
    pub check: CheckId,
    /// What was done to it: `deny emptied`, `compliant always true`.
    pub mutation: String,
}
