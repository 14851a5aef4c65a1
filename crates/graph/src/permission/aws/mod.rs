//! AWS: identity, resource, boundary, session and organisation policies in the published order of evaluation (IAM User
//! Guide, "Policy evaluation logic"). Start at [`evaluate`].
//!
//! What the estate does not tell and the question does not say is "maybe", and named. Taken for granted: requests go over
//! TLS, and straight to the service. Not looked at: policies of VPC endpoints, access control lists of S3.
mod condition;
mod document;
mod estate;
mod evaluate;
mod list;
mod organization;
mod pattern;
mod principal;
mod request;
mod truth;
mod variable;

use std::sync::Arc;

use casemate_estate::Snapshot;
use serde_json::Value;

use super::{Answer, Grant, Holder, Question};

/// Facets that the evaluator reads, by kind. `key` and `secret` hold tags.
pub const FACETS: &[(&str, &[&str])] = &[
    ("aws.account", &["organization", "organization_accounts", "s3_public_access_block"]),
    ("aws.iam.user", &["configuration", "identity_policies", "boundary", "mfa_devices"]),
    ("aws.iam.role", &["configuration", "identity_policies", "boundary", "trust"]),
    ("aws.organizations.root", &["configuration"]),
    ("aws.organizations.account", &["configuration", "parents"]),
    ("aws.organizations.service_control_policy", &["content", "targets"]),
    ("aws.organizations.resource_control_policy", &["content", "targets"]),
    ("aws.s3.bucket", &["policy", "public_access_block"]),
    ("aws.sqs.queue", &["attributes"]),
    ("aws.sns.topic", &["attributes"]),
    ("aws.lambda.function", &["policy"]),
    // Grants cost a call for each key: without them what a grant might let depends on them.
    ("aws.kms.key", &["policy"]),
    ("aws.secretsmanager.secret", &["secret", "policy"]),
    ("aws.ecr.repository", &["policy"]),
    ("aws.dynamodb.table", &["policy"]),
    ("aws.efs.file_system", &["policy"]),
    ("aws.backup.vault", &["policy"]),
    ("aws.opensearch.domain", &["domain"]),
    ("aws.eventbridge.bus", &["configuration"]),
];

/// What the evaluator knows of an estate.
#[derive(Debug)]
pub(super) struct Aws {
    estate: estate::Estate,
}

impl Aws {
    pub(super) fn of<'a>(snapshots: impl IntoIterator<Item = &'a Snapshot>) -> Self {
        let snapshots: Vec<&Snapshot> = snapshots.into_iter().collect();
        Self { estate: estate::Estate::of(&snapshots) }
    }

    pub(super) fn ask(&self, question: &Question<'_>) -> Answer {
        evaluate::answer(&request::Request::new(&self.estate, question))
    }

    pub(super) fn who_can(&self, action: &str, resource: &str) -> Vec<Holder> {
        list::who_can(&self.estate, action, resource)
    }

    pub(super) fn what_can(&self, principal: &str, action: Option<&str>) -> Vec<Grant> {
        list::what_can(&self.estate, principal, action)
    }

    pub(super) fn principals(&self) -> impl Iterator<Item = &str> {
        self.estate.principal_by_arn.keys().map(AsRef::as_ref)
    }
}

/// A policy that a session was given.
#[derive(Debug, Clone)]
pub(super) struct SessionPolicy(document::Attached);

impl SessionPolicy {
    /// `document` in the collector's form.
    pub(super) fn new(name: &str, document: &Value) -> Self {
        let document = Arc::new(document::Document::new(document));
        Self(document::Attached { holder: "session".into(), name: name.into(), document })
    }

    fn attached(&self) -> &document::Attached {
        &self.0
    }
}
