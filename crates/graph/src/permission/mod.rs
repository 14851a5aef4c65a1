//! Effective permissions: who can do an action on a resource, and by which statements.
//!
//! One module per provider: [`aws`]. Kubernetes, Azure and Google Cloud are further files beside it; a question goes to
//! the provider whose principal it names.
pub mod aws;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use casemate_estate::Snapshot;
use serde::Serialize;
use serde_json::{Value, json};

/// Facets that the evaluators read, by kind.
pub const FACETS: &[(&str, &[&str])] = aws::FACETS;

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// No request of this kind succeeds.
    Denied,
    /// Some may, some may not: [`Answer::hinges`] says on what it depends.
    Depends,
    /// Every request of this kind succeeds.
    Allowed,
}

impl Effect {
    /// The word used in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Depends => "depends",
            Self::Allowed => "allowed",
        }
    }
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// AWS: the ARN of a user, role, role session or account root; a service (`lambda.amazonaws.com`); an account's twelve
    /// digits; `*` for anybody without credentials.
    pub principal: &'a str,
    /// `service:Action`, in any case. `*` and `?` ask for all actions that fit: `Allowed` then means all of them.
    pub action: &'a str,
    /// An ARN, or `*` for actions that know no resource. `*` and `?` ask for all resources that fit
    /// (`arn:aws:s3:::bucket/*`).
    pub resource: &'a str,
    /// What is known of the request beyond what the estate tells.
    pub context: &'a Context,
}

/// What is known of a request: keys in lower case. A key that is not here is neither present nor absent, it is unknown,
/// but for those that the evaluator knows from principal and resource.
#[derive(Debug, Clone, Default)]
pub struct Context {
    keys: BTreeMap<String, Vec<String>>,
    absent: BTreeSet<String>,
    session: Vec<aws::SessionPolicy>,
}

impl Context {
    /// Nothing is known.
    pub const EMPTY: &'static Self = &Self { keys: BTreeMap::new(), absent: BTreeSet::new(), session: Vec::new() };

    /// Says that the request has `key` with these values.
    #[must_use]
    pub fn with<V: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        let key = key.to_lowercase();
        self.absent.remove(&key);
        self.keys.insert(key, values.into_iter().map(Into::into).collect());
        self
    }

    /// Says that the request does not have `key`.
    #[must_use]
    pub fn without(mut self, key: &str) -> Self {
        let key = key.to_lowercase();
        self.keys.remove(&key);
        self.absent.insert(key);
        self
    }

    /// Says that the session was given this policy (in the collector's form), which limits it.
    #[must_use]
    pub fn within(mut self, name: &str, policy: &Value) -> Self {
        self.session.push(aws::SessionPolicy::new(name, policy));
        self
    }

    fn session(&self) -> &[aws::SessionPolicy] {
        &self.session
    }

    /// The values of a key in lower case; `Some(None)` where the request is known not to have it, `None` where nothing is
    /// known.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Option<&[String]>> {
        match self.keys.get(key) {
            Some(values) => Some(Some(values)),
            None if self.absent.contains(key) => Some(None),
            None => None,
        }
    }
}

/// Where a policy stands in the order of evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// A service control policy of the organisation.
    ServiceControl,
    /// A resource control policy of the organisation.
    ResourceControl,
    /// The resource's own policy; a role's trust policy too.
    Resource,
    /// A principal's own, attached or group policy.
    Identity,
    /// A permissions boundary.
    Boundary,
    /// A policy of the session.
    Session,
}

/// A statement that decides.
#[derive(Clone, PartialEq, Eq)]
pub struct Cited {
    /// What it does.
    pub layer: Layer,
    /// The resource that holds the document: a user, a group's member, a role, a bucket, a policy.
    pub holder: Arc<str>,
    /// What the document is called: the policy's name or ARN, or the facet that holds it.
    pub document: Arc<str>,
    /// Place of the statement in its document, from 0.
    pub index: u32,
    /// Its `Sid`, where it has one.
    pub sid: Option<Arc<str>>,
    /// Whether it allows; else it denies.
    pub allows: bool,
}

impl fmt::Debug for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Cited {
    /// `allow identity arn:…:role/app ReadOnly[2] (Sid)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let effect = if self.allows { "allow" } else { "deny" };
        let layer = match self.layer {
            Layer::ServiceControl => "service control",
            Layer::ResourceControl => "resource control",
            Layer::Resource => "resource",
            Layer::Identity => "identity",
            Layer::Boundary => "boundary",
            Layer::Session => "session",
        };
        write!(f, "{effect} {layer} {} {}[{}]", self.holder, self.document, self.index)?;
        match &self.sid {
            Some(sid) => write!(f, " ({sid})"),
            None => Ok(()),
        }
    }
}

impl Cited {
    /// As evidence.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({
            "effect": if self.allows { "allow" } else { "deny" },
            "layer": self.layer,
            "holder": &*self.holder,
            "document": &*self.document,
            "index": self.index,
            "sid": self.sid.as_deref(),
        })
    }
}

/// What an answer hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hinge {
    /// A condition of a statement whose key the question does not settle, or whose operator is not known.
    Condition {
        /// Of this statement.
        cited: Cited,
        /// As written, in lower case.
        operator: Arc<str>,
        /// In lower case.
        key: Arc<str>,
        /// As written; the first 20.
        values: Arc<[String]>,
    },
    /// A policy variable whose key the question does not settle.
    Variable {
        /// Of this statement.
        cited: Cited,
        /// The key, in lower case.
        key: Arc<str>,
    },
    /// The statement speaks of a part of what was asked for: the question has wildcards, or a principal of which nothing
    /// more is known.
    Part {
        /// This statement.
        cited: Cited,
    },
    /// Something was not read, or was read and not understood.
    Unread {
        /// The resource, or the account.
        resource: Arc<str>,
        /// The facet.
        facet: Arc<str>,
        /// Why, and what it might change.
        reason: Arc<str>,
    },
}

impl Hinge {
    /// Whether the answer hangs on what was not read, as against a condition of the request.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        matches!(self, Self::Unread { .. })
    }

    /// As evidence.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Self::Condition { cited, operator, key, values } => json!({
                "hinge": "condition", "operator": &**operator, "key": &**key, "values": &**values,
                "statement": cited.to_value(),
            }),
            Self::Variable { cited, key } => {
                json!({"hinge": "variable", "key": &**key, "statement": cited.to_value()})
            }
            Self::Part { cited } => json!({"hinge": "part", "statement": cited.to_value()}),
            Self::Unread { resource, facet, reason } => json!({
                "hinge": "unread", "resource": &**resource, "facet": &**facet, "reason": &**reason,
            }),
        }
    }
}

impl fmt::Display for Hinge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Condition { operator, key, values, cited } => {
                write!(f, "{operator} {key} [{}] of {cited}", values.join(", "))
            }
            Self::Variable { key, cited } => write!(f, "variable {key} of {cited}"),
            Self::Part { cited } => write!(f, "only a part: {cited}"),
            Self::Unread { resource, facet, reason } => write!(f, "{facet} of {resource}: {reason}"),
        }
    }
}

/// The answer with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In one word.
    pub effect: Effect,
    /// The statements that decide: those that allow where it is allowed, those that deny where they deny; none where
    /// nothing allows.
    pub cited: Vec<Cited>,
    /// What it depends on; empty unless `effect` is [`Effect::Depends`]. At most 64.
    pub hinges: Vec<Hinge>,
}

impl Answer {
    /// Depends, for want of something.
    #[must_use]
    pub fn unread(resource: &str, facet: &str, reason: &str) -> Self {
        let hinge = Hinge::Unread { resource: resource.into(), facet: facet.into(), reason: reason.into() };
        Self { effect: Effect::Depends, cited: Vec::new(), hinges: vec![hinge] }
    }

    /// Whether it may happen: allowed, or depending.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        self.effect != Effect::Denied
    }

    /// As evidence: `{effect, statements, hinges}`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({
            "effect": self.effect,
            "statements": self.cited.iter().map(Cited::to_value).collect::<Vec<_>>(),
            "hinges": self.hinges.iter().map(Hinge::to_value).collect::<Vec<_>>(),
        })
    }
}

/// Who can, with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// A principal of the estate, or one that a policy names: a service, an account, `*`.
    pub principal: Arc<str>,
    /// Why.
    pub answer: Answer,
}

/// What a principal can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// An action or a pattern, in lower case, as the statement has it.
    pub action: Arc<str>,
    /// A resource or a pattern, as the statement has it; the resource itself where its own policy grants.
    pub resource: Arc<str>,
    /// How far: [`Effect::Depends`] where a boundary, a guardrail or a denial may cut a part of it.
    pub answer: Answer,
}

/// Answers questions about an estate. Build once, ask often: a question costs microseconds.
#[derive(Debug)]
pub struct Permissions {
    aws: aws::Aws,
}

impl Permissions {
    /// Reads the facets of the snapshots: one of each account (`Store::snapshot_latest`).
    #[must_use]
    pub fn of<'a>(snapshots: impl IntoIterator<Item = &'a Snapshot>) -> Self {
        Self { aws: aws::Aws::of(snapshots) }
    }

    /// Whether the principal can do it, and why.
    #[must_use]
    pub fn ask(&self, question: &Question<'_>) -> Answer {
        self.aws.ask(question)
    }

    /// All principals that can, or that may under conditions: those of the estate, and those that the resource's own
    /// policy names. In the order of principals.
    #[must_use]
    pub fn who_can(&self, action: &str, resource: &str) -> Vec<Holder> {
        self.aws.who_can(action, resource)
    }

    /// What the principal can do, statement by statement: only grants whose action meets `action`, a pattern, where one
    /// is given. Grants that are denied whole are left out.
    #[must_use]
    pub fn what_can(&self, principal: &str, action: Option<&str>) -> Vec<Grant> {
        self.aws.what_can(principal, action)
    }

    /// Principals of the estate (users and roles) in the order of their ids.
    pub fn principals(&self) -> impl Iterator<Item = &str> {
        self.aws.principals()
    }
}
