//! What the last scan knew, and what of it may be believed again.
use std::collections::{BTreeSet, HashMap, HashSet};

use casemate_estate::{Edge, Facet, FacetStatus, Observation, Snapshot, Timestamp};
use serde_json::Value;

use super::{
    moving::moves,
    plan::{COVERAGE, owner},
};
use crate::{
    table::{self, Reach, Service},
    template, trail,
};

/// Something that was done to a service since the last scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Changed {
    /// As [`Service::event_source`].
    pub(crate) event_source: String,
    /// Where.
    pub(crate) region: String,
    /// Every text of the event that may name a resource, in lower case.
    pub(crate) names: BTreeSet<String>,
    /// Whether names that nobody knew are those of something new.
    pub(crate) makes: bool,
}

/// What the events of an account prove.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proof {
    /// Where events of global services stand.
    pub(crate) home: String,
    /// Regions of which every event was read.
    pub(crate) proven: BTreeSet<String>,
    /// Event sources of which none was.
    pub(crate) excluded: BTreeSet<String>,
    /// What was done.
    pub(crate) changes: Vec<Changed>,
}

/// What may be believed.
#[derive(Debug, Clone, Default)]
pub(crate) enum Belief {
    /// Nothing.
    #[default]
    Nothing,
    /// Facets of single calls that were read at this time or later.
    Since(Timestamp),
    /// Everything of what is proven but what was changed there.
    Changes(Proof),
}

/// The last snapshot, for looking up.
pub(crate) struct Past<'a> {
    belief: Belief,
    by_id: HashMap<&'a str, &'a Observation>,
    by_kind: HashMap<(&'a str, &'a str), Vec<&'a Observation>>,
    edges: HashMap<&'a str, Vec<&'a Edge>>,
    /// By event source: the changes that name nothing that was known, and make nothing new.
    nameless: Vec<Changed>,
}

impl<'a> Past<'a> {
    pub(crate) fn new(snapshot: Option<&'a Snapshot>, belief: Belief) -> Self {
        let mut past = Self {
            belief,
            by_id: HashMap::new(),
            by_kind: HashMap::new(),
            edges: HashMap::new(),
            nameless: Vec::new(),
        };
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
        if let (Belief::Changes(proof), Some(snapshot)) = (&past.belief, snapshot) {
            past.nameless = nameless(snapshot, proof);
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

    /// All of a kind, where nothing was done to its service and all of it was known, with every facet that is wanted.
    pub(crate) fn kind_unchanged(
        &self,
        service: &Service,
        scope: &str,
        kind: &table::Kind,
        facets: &[&table::Facet],
    ) -> Option<Vec<&'a Observation>> {
        let Belief::Changes(proof) = &self.belief else { return None };
        // What lies in regions of its own may be made in one that nobody looked at.
        if kind.region.is_some() || !proof.covers(service, scope, None) || !self.was_listed(scope, kind.kind) {
            return None;
        }
        if moves(kind.kind, "") || proof.changes.iter().any(|change| concerns(change, service, scope)) {
            return None;
        }
        let all: Vec<&'a Observation> = self.of_kind(scope, kind.kind).collect();
        if !all.is_empty() && facets.iter().any(|facet| moves(kind.kind, facet.name)) {
            return None;
        }
        // A facet that could not be read is tried again, and one that was not wanted is read now.
        let whole = |one: &Observation| {
            !one.facets.values().any(|facet| facet.status.is_incomplete())
                && facets.iter().all(|facet| one.facets.contains_key(facet.name))
        };
        all.iter().all(|one| whole(one)).then_some(all)
    }

    /// A facet of a single call of a resource in `region`, where it may be believed.
    pub(crate) fn facet(&self, service: &Service, scope: &str, one: &Asked<'_>, facet: &str) -> Option<Facet> {
        let known = self
            .by_id
            .get(one.id)
            .filter(|had| had.resource.scope == scope && had.resource.kind.as_str() == one.kind)?;
        let found = known.facets.get(facet).filter(|found| found.status == FacetStatus::Collected)?;
        let believed = match &self.belief {
            Belief::Nothing => false,
            Belief::Since(time) => found.at >= *time,
            Belief::Changes(proof) => {
                let names = names_of(known, Some(one.item));
                proof.covers(service, scope, Some(one.region))
                    && self.was_listed(scope, one.kind)
                    && !moves(one.kind, "")
                    && !moves(one.kind, facet)
                    && !self.nameless.iter().any(|change| concerns(change, service, scope))
                    && !proof
                        .changes
                        .iter()
                        .any(|change| concerns(change, service, scope) && !change.names.is_disjoint(&names))
            }
        };
        believed.then(|| found.clone())
    }

    /// A facet of the account or region, where nothing was done to its service.
    pub(crate) fn scope_facet(&self, service: &Service, scope: &str, id: &str, facet: &str) -> Option<Facet> {
        let Belief::Changes(proof) = &self.belief else { return None };
        if !proof.covers(service, scope, None)
            || moves(super::plan::scope_kind(service.reach), facet)
            || proof.changes.iter().any(|change| concerns(change, service, scope))
        {
            return None;
        }
        let found = self.by_id.get(id)?.facets.get(facet)?;
        (!found.status.is_incomplete()).then(|| found.clone())
    }

    /// Whether facets are believed for their age alone.
    pub(crate) fn is_by_age(&self) -> bool {
        matches!(self.belief, Belief::Since(_))
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

/// A resource whose facet is asked for.
pub(crate) struct Asked<'r> {
    pub(crate) kind: &'r str,
    pub(crate) id: &'r str,
    pub(crate) item: &'r Value,
    pub(crate) region: &'r str,
}

impl Proof {
    /// Whether every event of a service in a scope was seen; `region` where the resource lies in another than the scope.
    fn covers(&self, service: &Service, scope: &str, region: Option<&str>) -> bool {
        let own = scope.split_once('/').map_or(self.home.as_str(), |(_, region)| region);
        let own = if service.reach == Reach::Global { self.home.as_str() } else { own };
        self.proven.contains(own)
            && region.is_none_or(|region| self.proven.contains(region))
            && !self.excluded.contains(service.event_source)
    }
}

/// Whether a change is one of this service and scope. What is global is changed from anywhere.
fn concerns(change: &Changed, service: &Service, scope: &str) -> bool {
    let region = scope.split_once('/').map_or("", |(_, region)| region);
    change.event_source == service.event_source && (service.reach == Reach::Global || change.region == region)
}

/// The changes that name nothing that was known there, and make nothing: they may have changed anything of the service.
fn nameless(snapshot: &Snapshot, proof: &Proof) -> Vec<Changed> {
    let mut known: HashMap<(&str, &str), HashSet<String>> =
        proof.changes.iter().map(|change| ((change.event_source.as_str(), ""), HashSet::new())).collect();
    for change in &proof.changes {
        known.entry((&change.event_source, &change.region)).or_default();
    }
    for one in &snapshot.observations {
        let Some((service, _)) = owner(one.resource.kind.as_str()) else { continue };
        let region = one.resource.scope.split_once('/').map_or("", |(_, region)| region);
        if let Some(names) = known.get_mut(&(service.event_source, region)) {
            names.extend(names_of(one, None));
        }
    }
    let is_known = |change: &Changed, region: &str| {
        known
            .get(&(change.event_source.as_str(), region))
            .is_some_and(|known| change.names.iter().any(|name| known.contains(name)))
    };
    let named = |change: &&Changed| {
        (change.makes && !change.names.is_empty()) || is_known(change, &change.region) || is_known(change, "")
    };
    proof.changes.iter().filter(|change| !named(change)).cloned().collect()
}

/// What events may call a resource, in lower case: its id, its name, the last part of its id, and what its item, or any
/// facet's own fields, say of it.
pub(crate) fn names_of(one: &Observation, item: Option<&Value>) -> BTreeSet<String> {
    let id = one.resource.id.as_str();
    let mut names = BTreeSet::from([trail::plain(id), trail::plain(&one.resource.name)]);
    names.extend(id.rsplit(['/', ':']).next().map(trail::plain));
    // Addresses of queues, ids beside names.
    names.extend(item.and_then(template::text).map(|text| trail::plain(&text)));
    let values = one.facets.values().filter_map(|facet| facet.value.as_deref()).chain(item);
    for (name, value) in values.filter_map(Value::as_object).flatten() {
        if let Value::String(text) = value
            && !text.is_empty()
            && ["Id", "Name", "Arn", "ARN", "Identifier", "Url", "id", "name", "arn"]
                .iter()
                .any(|end| name.ends_with(end))
        {
            names.insert(trail::plain(text));
        }
    }
    names
}
