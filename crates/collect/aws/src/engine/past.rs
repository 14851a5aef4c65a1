//! What the last scan knew, and what of it may be believed again.
use std::collections::{BTreeSet, HashMap};

use casemate_estate::{Edge, Facet, FacetStatus, Observation, Snapshot, Timestamp};
use serde_json::Value;

use super::plan::COVERAGE;
use crate::{
    table::{Reach, Service},
    template,
};

/// Something that was done to a service since the last scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Changed {
    /// As [`Service::event_source`].
    pub(crate) event_source: String,
    /// Where.
    pub(crate) region: String,
    /// Every text of the event that may name a resource.
    pub(crate) names: BTreeSet<String>,
}

/// What may be believed.
#[derive(Debug, Clone)]
pub(crate) enum Belief {
    /// Nothing.
    Nothing,
    /// Facets of single calls that were read at this time or later.
    Since(Timestamp),
    /// Everything but what these changed.
    Changes(Vec<Changed>),
}

/// The last snapshot, for looking up.
pub(crate) struct Past<'a> {
    belief: Belief,
    by_id: HashMap<&'a str, &'a Observation>,
    by_kind: HashMap<(&'a str, &'a str), Vec<&'a Observation>>,
    edges: HashMap<&'a str, Vec<&'a Edge>>,
}

impl<'a> Past<'a> {
    pub(crate) fn new(snapshot: Option<&'a Snapshot>, belief: Belief) -> Self {
        let mut past = Self { belief, by_id: HashMap::new(), by_kind: HashMap::new(), edges: HashMap::new() };
        for one in snapshot.into_iter().flat_map(|snapshot| &snapshot.observations) {
            let resource = &one.resource;
            past.by_id.insert(resource.id.as_str(), one);
            past.by_kind.entry((&resource.scope, resource.kind.as_str())).or_default().push(one);
        }
        // An edge belongs to both ends; it is given with the one that states it, and twice does no harm.
        for edge in snapshot.into_iter().flat_map(|snapshot| &snapshot.edges) {
            past.edges.entry(edge.from.as_str()).or_default().push(edge);
            past.edges.entry(edge.to.as_str()).or_default().push(edge);
        }
        past
    }

    /// The resources of a kind that were known in this scope.
    pub(crate) fn of_kind(&self, scope: &str, kind: &str) -> impl Iterator<Item = &'a Observation> + use<'a> {
        self.by_kind.get(&(scope, kind)).cloned().unwrap_or_default().into_iter()
    }

    /// The relations of a resource that were known.
    pub(crate) fn edges(&self, id: &str) -> impl Iterator<Item = &'a Edge> + use<'a> {
        self.edges.get(id).cloned().unwrap_or_default().into_iter()
    }

    /// All of a kind, where nothing was done to any of it and all of it was known.
    pub(crate) fn kind_unchanged(&self, service: &Service, scope: &str, kind: &str) -> Option<Vec<&'a Observation>> {
        let Belief::Changes(changes) = &self.belief else { return None };
        if !self.was_listed(scope, kind) {
            return None;
        }
        let all: Vec<&'a Observation> = self.of_kind(scope, kind).collect();
        // A facet that could not be read is tried again.
        if all.iter().any(|one| one.facets.values().any(|facet| facet.status.is_incomplete())) {
            return None;
        }
        let mut own = changes.iter().filter(|change| concerns(change, service, scope)).peekable();
        if own.peek().is_none() {
            return Some(all);
        }
        let touched = touched_kinds(own, service, |kind| self.of_kind(scope, kind))?;
        (!touched.contains(kind)).then_some(all)
    }

    /// A facet of a single call, where it may be believed.
    pub(crate) fn facet(
        &self,
        service: &Service,
        scope: &str,
        kind: &str,
        id: &str,
        item: &Value,
        facet: &str,
    ) -> Option<Facet> {
        let known =
            self.by_id.get(id).filter(|one| one.resource.scope == scope && one.resource.kind.as_str() == kind)?;
        let found = known.facets.get(facet).filter(|found| found.status == FacetStatus::Collected)?;
        let believed = match &self.belief {
            Belief::Nothing => false,
            Belief::Since(time) => found.at >= *time,
            Belief::Changes(changes) => {
                let names = names_of(known, Some(item));
                !changes.iter().any(|change| concerns(change, service, scope) && !change.names.is_disjoint(&names))
            }
        };
        believed.then(|| found.clone())
    }

    /// A facet of the account or region, where nothing was done to its service.
    pub(crate) fn scope_facet(&self, service: &Service, scope: &str, id: &str, facet: &str) -> Option<Facet> {
        let Belief::Changes(changes) = &self.belief else { return None };
        if changes.iter().any(|change| concerns(change, service, scope)) {
            return None;
        }
        let found = self.by_id.get(id)?.facets.get(facet)?;
        (!found.status.is_incomplete()).then(|| found.clone())
    }

    /// Whether the last scan listed all of a kind.
    fn was_listed(&self, scope: &str, kind: &str) -> bool {
        // The scope's own resource has the scope's name as its id, or is the account's root.
        let holder = self.by_id.get(scope).copied().or_else(|| self.of_kind(scope, super::plan::ACCOUNT).next());
        let status = holder
            .and_then(|one| one.facets.get(COVERAGE)?.value.as_deref())
            .and_then(|value| value.get(kind)?.get("status")?.as_str());
        status == Some("collected")
    }
}

/// Whether a change is one of this service and scope. What is global is changed from anywhere.
fn concerns(change: &Changed, service: &Service, scope: &str) -> bool {
    let region = scope.split_once('/').map_or("", |(_, region)| region);
    change.event_source == service.event_source && (service.reach == Reach::Global || change.region == region)
}

/// The kinds whose resources the changes name, with the kinds that hold them; none where a change names nothing known:
/// something new, which may be of any kind.
fn touched_kinds<'a, 'c, I: Iterator<Item = &'a Observation>>(
    changes: impl Iterator<Item = &'c Changed>,
    service: &Service,
    of_kind: impl Fn(&str) -> I,
) -> Option<BTreeSet<&'static str>> {
    let mut touched = BTreeSet::new();
    for change in changes {
        let mut found = false;
        for kind in service.kinds {
            if of_kind(kind.kind).any(|one| !change.names.is_disjoint(&names_of(one, None))) {
                found = true;
                touched.insert(kind.kind);
            }
        }
        if !found {
            return None;
        }
    }
    for kind in service.kinds.iter().rev() {
        if touched.contains(kind.kind) {
            touched.extend(kind.parent);
        }
    }
    Some(touched)
}

/// What events may call a resource: its id, its name, the last part of its id, and what its item says of itself.
fn names_of(one: &Observation, item: Option<&Value>) -> BTreeSet<String> {
    let id = one.resource.id.as_str();
    let mut names = BTreeSet::from([id.to_owned(), one.resource.name.clone()]);
    names.extend(id.rsplit(['/', ':']).next().map(str::to_owned));
    // Addresses of queues, ids beside names.
    names.extend(item.and_then(template::text));
    for (name, value) in item.and_then(Value::as_object).into_iter().flatten() {
        if let Value::String(text) = value
            && ["Id", "Name", "Arn", "ARN", "Identifier", "Url", "id", "name", "arn"]
                .iter()
                .any(|end| name.ends_with(end))
            && !text.is_empty()
        {
            names.insert(text.clone());
        }
    }
    names
}
