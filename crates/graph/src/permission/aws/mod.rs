//! AWS: identity, resource, boundary, session and organisation policies in the published order of evaluation (IAM User
//! Guide, "Policy evaluation logic").
use casemate_estate::Snapshot;

use super::{Answer, Grant, Holder, Question};

/// Facets that the evaluator reads, by kind.
pub const FACETS: &[(&str, &[&str])] = &[
    ("aws.iam.user", &["identity_policies", "boundary"]),
    ("aws.iam.role", &["identity_policies", "boundary", "trust"]),
];

/// What the evaluator knows of an estate.
#[derive(Debug, Default)]
pub(super) struct Aws {}

impl Aws {
    pub(super) fn of<'a>(_snapshots: impl IntoIterator<Item = &'a Snapshot>) -> Self {
        Self::default()
    }

    pub(super) fn ask(&self, question: &Question<'_>) -> Answer {
        Answer::unread(question.principal, "identity_policies", "the evaluator is being built")
    }

    pub(super) fn who_can(&self, _action: &str, _resource: &str) -> Vec<Holder> {
        Vec::new()
    }

    pub(super) fn what_can(&self, _principal: &str, _action: Option<&str>) -> Vec<Grant> {
        Vec::new()
    }

    pub(super) fn principals(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
}
