//! One service in one scope: its lists, the facets of what they name, and the relations.
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use casemate_estate::{
    Edge, EdgeKind, Facet, FacetStatus, Kind, Listing, Observation, Resource, ResourceId, Timestamp,
};
use serde_json::{Map, Value, json};

use super::{
    call::{Caller, Memo, Scope, failed, reason},
    past::{Asked, Past},
    plan::Part,
};
use crate::{
    api::{ApiError, has_code},
    table::{self, Call, From, Subject},
    template,
};

/// Threads that read facets of one kind at once; the client bounds the calls of all together.
const THREADS: usize = 8;

/// How the reading of a facet went: its value, or why there is none.
pub(crate) type Outcome = Result<Value, (FacetStatus, String)>;

/// A resource while it is being read.
#[derive(Debug)]
struct Found {
    id: String,
    name: String,
    region: String,
    item: Value,
    parent: Option<Arc<Parent>>,
    values: Map<String, Value>,
    missing: BTreeMap<String, (FacetStatus, String)>,
    /// Facets taken over from the last scan, with their own time.
    kept: BTreeMap<String, Facet>,
    gone: bool,
}

/// What children know of their parent.
#[derive(Debug, Default)]
struct Parent {
    id: String,
    name: String,
    region: String,
    item: Value,
}

/// What a unit gives.
#[derive(Debug, Default)]
pub(crate) struct Output {
    pub(crate) observations: Vec<Observation>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) listings: Vec<Listing>,
    /// Facets of the account or the region.
    pub(crate) scope_facets: BTreeMap<String, Facet>,
}

/// One service in one scope.
pub(crate) struct Unit<'a> {
    pub(crate) caller: &'a Caller<'a>,
    pub(crate) part: &'a Part,
    pub(crate) scope: &'a Scope,
    /// `ACCOUNT` or `ACCOUNT/REGION`: the scope of resources and listings.
    pub(crate) scope_name: &'a str,
    /// Id of the resource that stands for the scope.
    pub(crate) scope_id: &'a ResourceId,
    pub(crate) memo: &'a Memo,
    pub(crate) past: &'a Past<'a>,
    pub(crate) clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// Whether the kinds are listed, or the facets of the scope alone are wanted.
    pub(crate) kinds: bool,
    /// Most resources of a kind; all where none. For trying permissions.
    pub(crate) sample: Option<usize>,
}

impl Unit<'_> {
    pub(crate) fn run(&self) -> Output {
        let mut out = Output::default();
        self.scope_facets(&mut out);
        if !self.kinds {
            return out;
        }
        let mut parents: HashMap<&str, Vec<Arc<Parent>>> = HashMap::new();
        for (kind, facets) in &self.part.kinds {
            if self.caller.is_cancelled() {
                return out;
            }
            if let Some(kept) = self.past.kind_unchanged(self.part.service, self.scope_name, kind, facets) {
                self.keep_all(kind, &kept, &mut parents, &mut out);
                continue;
            }
            let (mut found, listing) = self.list(kind, &parents);
            for facet in facets {
                self.facet(kind, facet, &mut found);
            }
            found.retain(|one| !one.gone);
            let now = (self.clock)();
            parents.insert(
                kind.kind,
                found
                    .iter()
                    .map(|one| {
                        Arc::new(Parent {
                            id: one.id.clone(),
                            name: one.name.clone(),
                            region: one.region.clone(),
                            item: one.item.clone(),
                        })
                    })
                    .collect(),
            );
            let seen: HashSet<String> = found.iter().map(|one| one.id.clone()).collect();
            for one in found {
                self.finish(kind, one, now, &mut out);
            }
            if listing.status != FacetStatus::Collected {
                self.carry(kind, facets, &seen, &listing, now, &mut out);
            }
            out.listings.push(listing);
        }
        out
    }

    fn subject<'s>(&'s self, one: &'s Found, parent: &'s Parent) -> Subject<'s> {
        Subject {
            partition: &self.scope.partition,
            account: &self.scope.account,
            region: &one.region,
            id: &one.id,
            name: &one.name,
            item: &one.item,
            parent: &parent.item,
            parent_id: &parent.id,
            parent_name: &parent.name,
            facets: &one.values,
        }
    }

    /// The names of all of a kind. What cannot be listed in part is not listed: nothing ends by it.
    fn list(&self, kind: &'static table::Kind, parents: &HashMap<&str, Vec<Arc<Parent>>>) -> (Vec<Found>, Listing) {
        let mut listing = Listing {
            scope: self.scope_name.to_owned(),
            kind: Kind::new(kind.kind),
            status: FacetStatus::Collected,
            reason: None,
        };
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let holders: Vec<Option<Arc<Parent>>> = match kind.parent {
            None => vec![None],
            Some(parent) => parents.get(parent).into_iter().flatten().map(|one| Some(Arc::clone(one))).collect(),
        };
        let call = &kind.list;
        let answers = par_map(&holders, |holder| {
            let none = Parent { region: self.scope.region.clone(), ..Parent::default() };
            let parent = holder.as_deref().unwrap_or(&none);
            let blank = self.blank(parent);
            let subject = self.subject(&blank, parent);
            match holder {
                None => self.caller.once(self.memo, self.scope, self.part.service, call, &subject),
                Some(_) => Arc::new(self.caller.make(self.scope, self.part.service, call, &subject, Map::new())),
            }
        });
        for (holder, answer) in holders.iter().zip(answers) {
            match answer.as_ref() {
                Ok(answer) => {
                    for item in items(answer, call.at) {
                        if kind.keep.is_some_and(|keep| !keep(item)) {
                            continue;
                        }
                        match self.found(kind, item, holder.as_ref()) {
                            Some(one) if seen.insert(one.id.clone()) => found.push(one),
                            Some(_) => {}
                            None => {
                                listing.status = FacetStatus::Failed;
                                listing.reason = Some(format!("{}: an item has no usable name", call.permission));
                            }
                        }
                    }
                }
                Err(error) if has_code(error, call.gone) && holder.is_some() => {}
                Err(error) if has_code(error, call.unused) => {
                    if listing.status == FacetStatus::Collected {
                        listing.status = FacetStatus::Unsupported;
                        listing.reason = Some(reason(call, error));
                    }
                }
                Err(error) => {
                    listing.status = error.status;
                    listing.reason = Some(reason(call, error));
                }
            }
        }
        // Only those whose parents are known could be listed.
        if let Some(parent) = kind.parent
            && !parents.contains_key(parent)
        {
            listing.status = FacetStatus::Failed;
            listing.reason = Some(format!("{parent} was not listed"));
        }
        if let Some(most) = self.sample {
            found.truncate(most);
        }
        (found, listing)
    }

    fn blank(&self, parent: &Parent) -> Found {
        Found {
            id: String::new(),
            name: String::new(),
            region: if parent.region.is_empty() { self.scope.region.clone() } else { parent.region.clone() },
            item: Value::Null,
            parent: None,
            values: Map::new(),
            missing: BTreeMap::new(),
            kept: BTreeMap::new(),
            gone: false,
        }
    }

    fn found(&self, kind: &table::Kind, item: &Value, holder: Option<&Arc<Parent>>) -> Option<Found> {
        let none = Parent::default();
        let parent = holder.map_or(&none, |held| held.as_ref());
        let mut one = Found { item: item.clone(), parent: holder.cloned(), ..self.blank(parent) };
        let (id, name) = {
            let subject = self.subject(&one, parent);
            let id = template::fill(kind.id, &subject, template::plain)?;
            let name = template::fill(kind.name, &subject, template::plain).filter(|name| !name.is_empty());
            (id.clone(), name.unwrap_or(id))
        };
        ResourceId::new(id.clone()).ok()?;
        (one.id, one.name) = (id, name);
        Some(one)
    }

    /// Reads one facet of all of a kind.
    fn facet(&self, kind: &table::Kind, facet: &'static table::Facet, found: &mut [Found]) {
        // Calls for all of a scope are not made for none.
        if found.is_empty() {
            return;
        }
        let service = self.part.service;
        if let Some(region) = kind.region {
            for one in found.iter_mut() {
                let parent = one.parent.clone().unwrap_or_default();
                let own = region(&self.subject(one, &parent));
                if let Some(own) = own {
                    one.region = own;
                }
            }
        }
        match &facet.from {
            From::Item => {
                for one in found {
                    let value = as_object(&one.item);
                    one.values.insert(facet.name.to_owned(), value);
                }
            }
            From::Each(call) => {
                let outcomes = par_map(found, |one| {
                    let asked = Asked { kind: kind.kind, id: &one.id, item: &one.item, region: &one.region };
                    if let Some(kept) = self.past.facet(service, self.scope_name, &asked, facet.name) {
                        return Got::Kept(kept);
                    }
                    let parent = one.parent.clone().unwrap_or_default();
                    let answer = self.caller.make(self.scope, service, call, &self.subject(one, &parent), Map::new());
                    if answer.as_ref().is_err_and(|error| has_code(error, call.gone)) {
                        return Got::Gone;
                    }
                    Got::Outcome(single(call, answer))
                });
                set_all(found, facet.name, outcomes);
            }
            From::EachOf { call, each } => {
                let outcomes = par_map(found, |one| {
                    let asked = Asked { kind: kind.kind, id: &one.id, item: &one.item, region: &one.region };
                    if let Some(kept) = self.past.facet(service, self.scope_name, &asked, facet.name) {
                        return Got::Kept(kept);
                    }
                    Got::Outcome(self.each_of(one, call, each))
                });
                set_all(found, facet.name, outcomes);
            }
            From::Join { call, key, answer } => {
                let scope_subject = self.blank(&Parent::default());
                let none = Parent::default();
                let got = self.caller.once(self.memo, self.scope, service, call, &self.subject(&scope_subject, &none));
                match got.as_ref() {
                    Ok(whole) => {
                        let mut dealt = deal(items(whole, call.at), answer);
                        let outcomes: Vec<Got> = found
                            .iter()
                            .map(|one| {
                                let parent = one.parent.clone().unwrap_or_default();
                                let key = template::fill(key, &self.subject(one, &parent), template::plain);
                                Got::Outcome(match key {
                                    Some(key) => Ok(json!({"items": dealt.remove(&key).unwrap_or_default()})),
                                    None => {
                                        Err((FacetStatus::Failed, format!("{}: no key to look for", call.permission)))
                                    }
                                })
                            })
                            .collect();
                        set_all(found, facet.name, outcomes);
                    }
                    Err(error) => {
                        let status = status_of(call, error);
                        for one in found {
                            one.missing.insert(facet.name.to_owned(), (status, reason(call, error)));
                        }
                    }
                }
            }
            From::Batch { call, param, key, answer, size } => {
                let outcomes = self.batch(found, call, param, key, answer, *size);
                set_all(found, facet.name, outcomes);
            }
            From::Derived { needs, lists, make, .. } => {
                let blank = self.blank(&Parent::default());
                let none = Parent::default();
                let answers: Vec<_> = lists
                    .iter()
                    .map(|call| {
                        (call, self.caller.once(self.memo, self.scope, service, call, &self.subject(&blank, &none)))
                    })
                    .collect();
                let outcomes: Vec<Got> = found
                    .iter()
                    .map(|one| {
                        let parent = one.parent.clone().unwrap_or_default();
                        Got::Outcome(derive(needs, &answers, one, |answers| make(&self.subject(one, &parent), answers)))
                    })
                    .collect();
                set_all(found, facet.name, outcomes);
            }
        }
    }

    fn each_of(&self, one: &Found, call: &'static Call, each: &str) -> Outcome {
        let parent = one.parent.clone().unwrap_or_default();
        let (facet, path) = each.trim_start_matches('@').split_once('.').unwrap_or((each.trim_start_matches('@'), ""));
        if let Some((status, why)) = one.missing.get(facet) {
            return Err((*status, why.clone()));
        }
        let base = if facet == "item" { Some(&one.item) } else { one.values.get(facet) };
        let Some(base) = base else {
            return Err((FacetStatus::Failed, format!("{}: {facet} was not read before it", call.permission)));
        };
        let mut gathered = Vec::new();
        let mut texts = HashSet::new();
        for item in template::walk(base, path) {
            // Several rules name one list, several routes one peering: the answer is the same.
            if item.as_str().is_some_and(|text| !texts.insert(text)) {
                continue;
            }
            let own = Found {
                item: item.clone(),
                values: one.values.clone(),
                id: one.id.clone(),
                name: one.name.clone(),
                region: one.region.clone(),
                ..self.blank(&parent)
            };
            // `{^…}` means the resource itself here: the item is below it.
            let holder = Parent {
                id: one.id.clone(),
                name: one.name.clone(),
                region: one.region.clone(),
                item: one.item.clone(),
            };
            // Resources of one scope may name the same thing, too.
            let subject = self.subject(&own, &holder);
            let answer = self.caller.once(self.memo, self.scope, self.part.service, call, &subject);
            if answer.as_ref().as_ref().is_err_and(|error| has_code(error, call.gone)) {
                continue;
            }
            let mut value = single(call, answer.as_ref().clone())?;
            if let Some(map) = value.as_object_mut() {
                map.insert("of".into(), item.clone());
            }
            gathered.push(value);
        }
        Ok(json!({"items": gathered}))
    }

    fn batch(
        &self,
        found: &[Found],
        call: &'static Call,
        param: &str,
        key: &str,
        answer: &str,
        size: usize,
    ) -> Vec<Got> {
        let keys: Vec<Option<String>> = found
            .iter()
            .map(|one| {
                let parent = one.parent.clone().unwrap_or_default();
                template::fill(key, &self.subject(one, &parent), template::plain)
            })
            .collect();
        // Those of one parent go together, for the call may name it.
        let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        for (index, one) in found.iter().enumerate() {
            if keys.get(index).is_some_and(Option::is_some) {
                let parent = one.parent.as_ref().map(|p| p.id.clone()).unwrap_or_default();
                groups.entry((parent, one.region.clone())).or_default().push(index);
            }
        }
        let chunks: Vec<Vec<usize>> = groups
            .into_values()
            .flat_map(|group| group.chunks(size.max(1)).map(<[usize]>::to_vec).collect::<Vec<_>>())
            .collect();
        let answers = par_map(&chunks, |chunk| {
            let one = chunk.first().and_then(|index| found.get(*index))?;
            let parent = one.parent.clone().unwrap_or_default();
            let asked: Vec<Value> = chunk.iter().filter_map(|i| keys.get(*i)?.clone()).map(Value::String).collect();
            let more = Map::from_iter([(param.to_owned(), Value::Array(asked))]);
            Some(self.caller.make(self.scope, self.part.service, call, &self.subject(one, &parent), more))
        });
        let mut out: Vec<Got> = keys
            .iter()
            .map(|_| Got::Outcome(Err((FacetStatus::Failed, format!("{}: it has no key", call.permission)))))
            .collect();
        for (chunk, answer_of) in chunks.iter().zip(answers) {
            let Some(got) = answer_of else { continue };
            let by_key: HashMap<String, &Value> = match &got {
                Ok(whole) => items(whole, call.at)
                    .into_iter()
                    .filter_map(|item| Some((template::text(template::at(item, answer)?)?, item)))
                    .collect(),
                Err(_) => HashMap::new(),
            };
            for index in chunk {
                let key = keys.get(*index).cloned().flatten().unwrap_or_default();
                let outcome = match (&got, by_key.get(&key)) {
                    (Ok(_), Some(item)) => Ok(as_object(item)),
                    (Ok(_), None) => {
                        Err((FacetStatus::Failed, format!("{}: it is not in the answer", call.permission)))
                    }
                    (Err(error), _) => Err((status_of(call, error), reason(call, error))),
                };
                if let Some(slot) = out.get_mut(*index) {
                    *slot = Got::Outcome(outcome);
                }
            }
        }
        out
    }

    fn scope_facets(&self, out: &mut Output) {
        let none = Parent::default();
        let mut one = self.blank(&none);
        one.id = self.scope_id.to_string();
        for facet in &self.part.scope_facets {
            if self.caller.is_cancelled() {
                return;
            }
            if let Some(kept) =
                self.past.scope_facet(self.part.service, self.scope_name, self.scope_id.as_str(), facet.name)
            {
                if let Some(value) = &kept.value {
                    one.values.insert(facet.name.to_owned(), value.as_ref().clone());
                }
                out.scope_facets.insert(facet.name.to_owned(), kept);
                continue;
            }
            let outcome = match &facet.from {
                From::Each(call) => single(
                    call,
                    self.caller
                        .once(self.memo, self.scope, self.part.service, call, &self.subject(&one, &none))
                        .as_ref()
                        .clone(),
                ),
                From::EachOf { call, each } => self.each_of(&one, call, each),
                From::Derived { needs, lists, make, .. } => {
                    let answers: Vec<_> = lists
                        .iter()
                        .map(|call| {
                            (
                                call,
                                self.caller.once(
                                    self.memo,
                                    self.scope,
                                    self.part.service,
                                    call,
                                    &self.subject(&one, &none),
                                ),
                            )
                        })
                        .collect();
                    derive(needs, &answers, &one, |answers| make(&self.subject(&one, &none), answers))
                }
                From::Item | From::Batch { .. } | From::Join { .. } => {
                    Err((FacetStatus::Failed, "a facet of an account cannot come from a list's item".into()))
                }
            };
            let now = (self.clock)();
            let made = match outcome {
                Ok(value) => {
                    one.values.insert(facet.name.to_owned(), value.clone());
                    Facet::collected(value, now)
                }
                Err((status, why)) => {
                    one.missing.insert(facet.name.to_owned(), (status, why.clone()));
                    Facet::missing(status, why, now)
                }
            };
            out.scope_facets.insert(facet.name.to_owned(), made);
        }
    }

    /// A resource that was read, with its relations.
    fn finish(&self, kind: &table::Kind, mut one: Found, now: Timestamp, out: &mut Output) {
        let Ok(id) = ResourceId::new(one.id.clone()) else { return };
        self.links(kind, &one, &id, out);
        let holder = one.parent.as_ref().and_then(|parent| ResourceId::new(parent.id.clone()).ok());
        for from in [Some(self.scope_id.clone()), holder].into_iter().flatten() {
            out.edges.push(Edge { from, kind: EdgeKind::Contains, to: id.clone(), evidence: Value::Null });
        }
        let mut facets = std::mem::take(&mut one.kept);
        for (name, value) in std::mem::take(&mut one.values) {
            facets.entry(name).or_insert_with(|| Facet::collected(value, now));
        }
        for (name, (status, why)) in std::mem::take(&mut one.missing) {
            facets.insert(name, Facet::missing(status, why, now));
        }
        out.observations.push(Observation {
            resource: Resource { id, kind: Kind::new(kind.kind), name: one.name, scope: self.scope_name.to_owned() },
            facets,
        });
    }

    fn links(&self, kind: &table::Kind, one: &Found, id: &ResourceId, out: &mut Output) {
        let parent = one.parent.clone().unwrap_or_default();
        for link in kind.links {
            let (facet, path) = link.each.split_once('.').unwrap_or((link.each, ""));
            let base = if facet == "item" { Some(&one.item) } else { one.values.get(facet) };
            let texts = base.map(|base| template::walk(base, path)).unwrap_or_default();
            // Both ends of a path may be a list: `Subnets` as well as `Subnets[]`.
            let texts =
                texts.into_iter().flat_map(|v| v.as_array().map_or_else(|| vec![v], |list| list.iter().collect()));
            for text in texts {
                let Some(text) = text.as_str().filter(|text| !text.is_empty()) else { continue };
                let other = if text.starts_with("arn:") {
                    Some(text.to_owned())
                } else {
                    let item = Value::String(text.to_owned());
                    let mut subject = self.subject(one, &parent);
                    subject.item = &item;
                    template::fill(link.to, &subject, template::plain)
                };
                let Some(other) = other.and_then(|other| ResourceId::new(other).ok()) else { continue };
                let evidence = json!({"setting": link.each});
                let (from, to) = if link.reverse { (other, id.clone()) } else { (id.clone(), other) };
                if from != to {
                    out.edges.push(Edge { from, kind: link.edge, to, evidence });
                }
            }
        }
    }

    /// All of a kind as the last scan saw them, since nothing was done to any.
    fn keep_all<'k>(
        &self,
        kind: &'k table::Kind,
        kept: &[&Observation],
        parents: &mut HashMap<&'k str, Vec<Arc<Parent>>>,
        out: &mut Output,
    ) {
        for one in kept {
            out.observations.push((*one).clone());
            out.edges.extend(self.past.edges(one.resource.id.as_str()).cloned());
        }
        // Children that are listed anew need their parent's item.
        let item_facet =
            kind.facets.iter().find(|facet| matches!(facet.from, From::Item)).map_or("", |facet| facet.name);
        let holders = kept.iter().map(|one| {
            let item = one.facets.get(item_facet).and_then(|f| f.value.as_deref().cloned()).unwrap_or_default();
            Arc::new(Parent {
                id: one.resource.id.to_string(),
                name: one.resource.name.clone(),
                region: self.scope.region.clone(),
                item,
            })
        });
        parents.insert(kind.kind, holders.collect());
        out.listings.push(Listing {
            scope: self.scope_name.to_owned(),
            kind: Kind::new(kind.kind),
            status: FacetStatus::Collected,
            reason: None,
        });
    }

    /// What the last scan knew of a kind that cannot be listed now stays known, and all of it is unknown.
    fn carry(
        &self,
        kind: &table::Kind,
        facets: &[&'static table::Facet],
        seen: &HashSet<String>,
        listing: &Listing,
        now: Timestamp,
        out: &mut Output,
    ) {
        if listing.status == FacetStatus::Unsupported {
            return;
        }
        let why = listing.reason.clone().unwrap_or_default();
        for past in self.past.of_kind(self.scope_name, kind.kind) {
            if seen.contains(past.resource.id.as_str()) {
                continue;
            }
            let facets = facets
                .iter()
                .map(|facet| (facet.name.to_owned(), Facet::missing(listing.status, why.clone(), now)))
                .collect();
            out.observations.push(Observation { resource: past.resource.clone(), facets });
            out.edges.extend(self.past.edges(past.resource.id.as_str()).cloned());
        }
    }
}

/// What became of a facet of one resource.
enum Got {
    Outcome(Outcome),
    Kept(Facet),
    Gone,
}

fn set_all(found: &mut [Found], name: &str, outcomes: Vec<Got>) {
    for (one, got) in found.iter_mut().zip(outcomes) {
        match got {
            Got::Outcome(Ok(value)) => {
                one.values.insert(name.to_owned(), value);
            }
            Got::Outcome(Err(why)) => {
                one.missing.insert(name.to_owned(), why);
            }
            Got::Kept(facet) => {
                if let Some(value) = &facet.value {
                    one.values.insert(name.to_owned(), value.as_ref().clone());
                }
                one.kept.insert(name.to_owned(), facet);
            }
            Got::Gone => one.gone = true,
        }
    }
}

/// A facet made from others.
fn derive(
    needs: &[&str],
    answers: &[(&Call, Arc<Result<Value, ApiError>>)],
    one: &Found,
    make: impl Fn(&[&Value]) -> Result<Value, String>,
) -> Outcome {
    for need in needs {
        if let Some((status, why)) = one.missing.get(*need) {
            return Err((*status, why.clone()));
        }
    }
    let mut given = Vec::with_capacity(answers.len());
    for (call, answer) in answers {
        match answer.as_ref() {
            Ok(answer) => given.push(answer),
            Err(error) => return Err((status_of(call, error), reason(call, error))),
        }
    }
    make(&given).map(|value| as_object(&value)).map_err(|why| (FacetStatus::Failed, why))
}

/// The items at a list's place: the list there, or what the path names.
fn items<'v>(answer: &'v Value, at: &str) -> Vec<&'v Value> {
    template::walk(answer, at)
        .into_iter()
        .flat_map(|value| value.as_array().map_or_else(|| vec![value], |list| list.iter().collect()))
        .filter(|value| !value.is_null())
        .collect()
}

/// Items by the key or keys that each holds.
fn deal(items: Vec<&Value>, answer: &str) -> HashMap<String, Vec<Value>> {
    let mut dealt: HashMap<String, Vec<Value>> = HashMap::new();
    for item in items {
        for key in template::walk(item, answer) {
            let keys = key.as_array().map_or_else(|| vec![key], |list| list.iter().collect());
            for key in keys.into_iter().filter_map(template::text) {
                dealt.entry(key).or_default().push(item.clone());
            }
        }
    }
    dealt
}

fn as_object(value: &Value) -> Value {
    match value {
        Value::Object(_) => value.clone(),
        Value::Array(_) => json!({"items": value}),
        Value::Null => json!({}),
        other => json!({"value": other}),
    }
}

/// The facet of a call's answer.
fn single(call: &Call, answer: Result<Value, ApiError>) -> Outcome {
    match answer {
        Ok(answer) => {
            let mut value = template::at(&answer, call.at).map_or_else(|| json!({}), as_object);
            if !call.none.is_empty()
                && let Some(map) = value.as_object_mut()
            {
                map.insert("present".into(), Value::Bool(true));
            }
            Ok(value)
        }
        Err(error) if has_code(&error, call.none) => Ok(json!({"present": false})),
        Err(error) => Err((status_of(call, &error), reason(call, &error))),
    }
}

fn status_of(call: &Call, error: &ApiError) -> FacetStatus {
    if has_code(error, call.unused) { FacetStatus::Unsupported } else { error.status }
}

/// Does the work for each of the list, several at once, in order.
pub(crate) fn par_map<T: Sync, R: Send>(list: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = THREADS.min(list.len());
    if threads <= 1 {
        return list.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(list.len()));
    let run = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = list.get(index) else { return };
            let result = work(item);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // Where no thread can be had, this one does the work.
            drop(thread::Builder::new().spawn_scoped(scope, run));
        }
        run();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// For errors that nobody's answer caused.
pub(crate) fn missing(status: FacetStatus, why: &str) -> ApiError {
    ApiError { status, ..failed(why) }
}
