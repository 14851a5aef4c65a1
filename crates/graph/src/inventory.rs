//! The estate as the graph looks at it: resources by id and kind, and facets that were read or not.
use std::collections::{BTreeMap, HashMap};

use casemate_estate::{FacetStatus, Observation, Snapshot};
use serde_json::Value;

/// A facet: its value, or why there is none.
#[derive(Debug, Clone)]
pub(crate) enum Read<'a> {
    /// What was read.
    Value(&'a Value),
    /// There cannot be one here: the service is not in use or does not have it.
    None,
    /// It was not read; a sentence without its stop.
    Unread(String),
}

impl<'a> Read<'a> {
    /// The value, where it was read.
    pub(crate) fn value(self) -> Option<&'a Value> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }
}

/// Resources by id and kind.
#[derive(Debug, Default)]
pub(crate) struct Inventory<'a> {
    by_id: HashMap<&'a str, &'a Observation>,
    by_kind: BTreeMap<&'a str, Vec<&'a Observation>>,
}

impl<'a> Inventory<'a> {
    pub(crate) fn of(snapshots: &'a [Snapshot]) -> Self {
        let mut out = Self::default();
        for observation in snapshots.iter().flat_map(|snapshot| &snapshot.observations) {
            let resource = &observation.resource;
            // A resource that two accounts see is the first one's.
            if out.by_id.insert(resource.id.as_str(), observation).is_none() {
                out.by_kind.entry(resource.kind.as_str()).or_default().push(observation);
            }
        }
        out
    }

    pub(crate) fn get(&self, id: &str) -> Option<&'a Observation> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn of_kind(&self, kind: &str) -> &[&'a Observation] {
        self.by_kind.get(kind).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The facet of a resource. One that no scan asked for is unread as well.
pub(crate) fn facet<'a>(observation: &'a Observation, name: &str) -> Read<'a> {
    let id = observation.resource.id.as_str();
    match observation.facets.get(name) {
        None => Read::Unread(format!("{name} of {id} was not asked for")),
        Some(facet) => match (&facet.value, facet.status) {
            (Some(value), _) => Read::Value(value),
            (None, FacetStatus::Unsupported) => Read::None,
            (None, status) => {
                let why = facet.reason.as_deref().unwrap_or("no reason given");
                Read::Unread(format!("{name} of {id} is {status}: {why}"))
            }
        },
    }
}

/// The text at a JSON pointer.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The list at a JSON pointer; empty where there is none.
pub(crate) fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The account in an ARN.
pub(crate) fn account_of(arn: &str) -> Option<&str> {
    arn.split(':').nth(4).filter(|account| account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()))
}

/// Field `index` of an ARN, from 0: 1 is the partition, 3 the region.
pub(crate) fn arn_field(arn: &str, index: usize) -> &str {
    arn.split(':').nth(index).unwrap_or_default()
}
