//! Records of CloudTrail (*CloudTrail record contents*, versions 1.0 to 1.11): one at a time, so that a file of any size
//! takes the memory of its largest record.
use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt,
    io::{BufReader, Read},
};

use casemate_estate::Timestamp;
use flate2::read::MultiGzDecoder;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use super::{Actor, Change, names};

/// Bytes of one file after decompression. CloudTrail's own end at about 50 MB.
const FILE_MAX: u64 = if cfg!(test) { 8 << 20 } else { 512 << 20 };
/// Records of one file.
const RECORDS_MAX: usize = if cfg!(test) { 20_000 } else { 2_000_000 };
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
/// What is wrong with the file, without its content: it cannot be unpacked, is too large, is no JSON, or has no list
/// `Records`. What `take` was given before is right all the same.
pub(super) fn read(bytes: &[u8], take: &mut dyn FnMut(Record) -> Result<(), String>) -> Result<(), String> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        read_plain(MultiGzDecoder::new(bytes), take)
    } else {
        read_plain(bytes, take)
    }
}

fn read_plain(from: impl Read, take: &mut dyn FnMut(Record) -> Result<(), String>) -> Result<(), String> {
    let problem = RefCell::new(None);
    let bounded = Bounded { from, left: FILE_MAX };
    let mut reader = serde_json::Deserializer::from_reader(BufReader::with_capacity(64 << 10, bounded));
    let state = State { take: RefCell::new(take), problem: &problem, count: RefCell::new(0) };
    let outcome = File(&state).deserialize(&mut reader).and_then(|found| reader.end().map(|()| found));
    if let Some(problem) = problem.take() {
        return Err(problem);
    }
    match outcome {
        Ok(true) => Ok(()),
        Ok(false) => Err("it has no list `Records`".into()),
        Err(error) if error.is_eof() => Err("it ends too early".into()),
        Err(error) if error.is_io() => Err(format!("it cannot be unpacked: {error}")),
        Err(error) => Err(format!("it is no JSON of CloudTrail at line {} column {}", error.line(), error.column())),
    }
}

/// Reads no more than is left, then fails: a file that goes on is a bomb, not a short file.
struct Bounded<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(into)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| std::io::Error::other(format!("it has more than {FILE_MAX} bytes")))?;
        Ok(count)
    }
}

struct State<'a> {
    take: RefCell<&'a mut dyn FnMut(Record) -> Result<(), String>>,
    problem: &'a RefCell<Option<String>>,
    count: RefCell<usize>,
}

impl State<'_> {
    fn taken(&self, record: Record) -> bool {
        *self.count.borrow_mut() += 1;
        let outcome = if *self.count.borrow() > RECORDS_MAX {
            Err(format!("it has more than {RECORDS_MAX} records"))
        } else {
            (self.take.borrow_mut())(record)
        };
        match outcome {
            Ok(()) => true,
            Err(problem) => {
                *self.problem.borrow_mut() = Some(problem);
                false
            }
        }
    }
}

/// The file's object; gives whether `Records` was there.
struct File<'s, 'a>(&'s State<'a>);

impl<'de> DeserializeSeed<'de> for File<'_, '_> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for File<'_, '_> {
    type Value = bool;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `Records`")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "Records" {
                map.next_value_seed(Records(self.0))?;
                found = true;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

struct Records<'s, 'a>(&'s State<'a>);

impl<'de> DeserializeSeed<'de> for Records<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Records<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(record) = list.next_element::<Record>()? {
            if !self.0.taken(record) {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
