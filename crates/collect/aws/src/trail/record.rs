//! Records of CloudTrail (*CloudTrail record contents*, versions 1.0 to 1.11).
use std::collections::BTreeSet;

use casemate_estate::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Actor, Change, names};
use crate::stream::{self, Limits};

/// CloudTrail's own files end at about 50 MB.
const LIMITS: Limits = Limits {
    bytes: if cfg!(test) { 8 << 20 } else { 512 << 20 },
    items: if cfg!(test) { 20_000 } else { 2_000_000 },
    what: "record",
};
/// Longest name of an actor or source that is kept.
const TEXT_MAX: usize = 2048;
/// Longest user agent that is kept.
const AGENT_MAX: usize = 256;

/// What of a record is of use; the rest is passed over without being kept.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Record {
    event_time: Option<String>,
    event_source: Option<String>,
    event_name: Option<String>,
    aws_region: Option<String>,
    #[serde(rename = "sourceIPAddress")]
    source_ip: Option<String>,
    user_agent: Option<String>,
    error_code: Option<String>,
    #[serde(deserialize_with = "flag")]
    read_only: Option<bool>,
    #[serde(deserialize_with = "flag")]
    management_event: Option<bool>,
    event_category: Option<String>,
    event_type: Option<String>,
    #[serde(rename = "eventID")]
    event_id: Option<String>,
    user_identity: Option<Value>,
    request_parameters: Option<Value>,
    response_elements: Option<Value>,
    resources: Option<Value>,
    service_event_details: Option<Value>,
}

/// A boolean, also as a text.
fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    Ok(match Option::<Value>::deserialize(from)? {
        Some(Value::Bool(flag)) => Some(flag),
        Some(Value::String(text)) => text.to_lowercase().parse().ok(),
        _ => None,
    })
}

/// What a record means.
pub(super) enum Meaning {
    /// A write that succeeded.
    Change(Box<Change>),
    /// A read, a failure, an event of data or insight, or one before the window.
    Nothing,
    /// It cannot be understood, so that anything may have happened.
    Unclear(&'static str),
}

impl Record {
    /// `from`: what happened before is known already.
    pub(super) fn meaning(self, from: Timestamp, until: Timestamp) -> Meaning {
        let category = self.event_category.as_deref().unwrap_or("Management");
        let insight = self.event_type.as_deref() == Some("AwsCloudTrailInsight");
        if self.management_event == Some(false) || category != "Management" || insight {
            return Meaning::Nothing;
        }
        let failed = self.error_code.as_deref().is_some_and(|code| !code.is_empty());
        if failed || self.read_only == Some(true) {
            return Meaning::Nothing;
        }
        let (Some(source), Some(name)) = (self.event_source, self.event_name) else {
            return Meaning::Unclear("a record has no eventSource or eventName");
        };
        // A time that cannot be read, or that is yet to come, is now: the event counts.
        let at = self.event_time.as_deref().and_then(|text| text.parse().ok()).unwrap_or(until).min(until);
        if at < from {
            return Meaning::Nothing;
        }
        let mut all = BTreeSet::new();
        let parts = [&self.request_parameters, &self.response_elements, &self.resources, &self.service_event_details];
        if !parts.into_iter().flatten().all(|part| names::gather(part, &mut all)) {
            return Meaning::Unclear("a record names more things than can be compared");
        }
        let Some(region) = self.aws_region.filter(|region| !region.is_empty()) else {
            return Meaning::Unclear("a record has no awsRegion");
        };
        let event_source = source.split('.').next().unwrap_or_default().to_lowercase();
        let event_id = self.event_id.unwrap_or_else(|| format!("{at} {source} {name} {all:?}"));
        Meaning::Change(Box::new(Change {
            at,
            event_id,
            region,
            event_source,
            event_name: name,
            actor: actor(self.user_identity.as_ref()),
            source_ip: cut(self.source_ip),
            user_agent: self.user_agent.unwrap_or_default().chars().take(AGENT_MAX).collect(),
            names: all,
        }))
    }
}

fn cut(text: Option<String>) -> String {
    text.unwrap_or_default().chars().take(TEXT_MAX).collect()
}

/// Who it was (*CloudTrail userIdentity element*): the ARN of the session, user or root; the service where it acted by
/// itself; else what there is of a name. A session has the role that `sessionIssuer` names; what a service did for
/// somebody (`invokedBy`) was done by that somebody.
fn actor(identity: Option<&Value>) -> Actor {
    let Some(identity) = identity else { return Actor::default() };
    let field = |path: &str| {
        crate::template::at(identity, path).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let arn = field("arn");
    let via = field("invokedBy");
    let name = arn
        .clone()
        .or_else(|| via.clone())
        .or_else(|| field("userName"))
        .or_else(|| field("onBehalfOf.userId"))
        .or_else(|| field("principalId"))
        .or_else(|| field("type"));
    let issuer = field("sessionContext.sessionIssuer.arn").filter(|_| arn.is_some());
    Actor {
        role: cut(issuer.filter(|issuer| Some(issuer) != arn.as_ref())),
        via: cut(via.filter(|via| Some(via) != name.as_ref())),
        name: cut(name),
    }
}

/// A file of a trail, gzip or plain. Each record is given to `take`; its `Err` ends the reading.
///
/// # Errors
/// As [`stream::read`].
pub(super) fn read(bytes: &[u8], take: &mut dyn FnMut(Record) -> Result<(), String>) -> Result<(), String> {
    stream::read(bytes, "Records", LIMITS, take)
}
