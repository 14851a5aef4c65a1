use std::{
    collections::{BTreeMap, HashMap},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use casemate_estate::{
    ContentHash, Edge, Facet, FacetStatus, FindingKey, Judged, Listing, Observation, Severity, Snapshot, State,
    Timestamp, Verdict,
};
use regorus::Value as Rego;
use serde_json::Value;

use crate::{
    AssessError, Check, CheckMeta, Content, ContentError, Related, RelatedDirection, RiskContext, case,
    eval::{self, Limits, Neighbour, Outcome, Program, Subject, View},
    risk,
};

/// Enters the hash of every verdict's inputs: a new engine judges everything again.
const ENGINE: &str = "regorus 0.14.1, verdict rule 3";
/// Most threads of one assessment.
const THREADS_MAX: usize = 8;
/// Most resources that one thread takes at a time.
const CHUNK: usize = 500;
/// Stack of an evaluating thread; nested Rego goes deep, and untouched pages cost nothing.
const STACK: usize = 16 << 20;

/// How an assessment is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Most time that one evaluation of one rule of a check on one resource may take, in wall time; 5 s, since a busy machine may stop a thread for a while.
    pub time_limit: Duration,
    /// Most bytes that one evaluation may build; 64 MiB.
    pub memory_limit: u64,
    /// Threads; 0 for as many as the machine has, at most 8.
    pub threads: usize,
    /// Judge only these checks, where not empty.
    pub only: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { time_limit: Duration::from_secs(5), memory_limit: 64 << 20, threads: 0, only: Vec::new() }
    }
}

/// What an earlier assessment said of a finding, for reuse where nothing changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Remembered {
    /// The hash of what the verdict was made from.
    pub inputs: ContentHash,
    /// The verdict.
    pub verdict: Verdict,
}

/// What set a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The check itself.
    Check,
    /// The baseline of this id.
    Baseline(String),
}

/// A check as it stands in the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct BaselineCheck {
    /// The check.
    pub check: Arc<Check>,
    /// The severity in force.
    pub severity: Severity,
    /// The parameters in force.
    pub params: BTreeMap<String, Value>,
}

/// What an assessment gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assessment {
    /// One verdict for each check and resource of its kind, sorted by check and resource.
    pub judged: Vec<Judged>,
    /// Why each failure has its risk; findings without a failure are not in it.
    pub risk_reasons: BTreeMap<FindingKey, Vec<String>>,
    /// Verdicts that were made now.
    pub evaluated: usize,
    /// Verdicts that were taken over, since nothing they were made from has changed.
    pub reused: usize,
    /// Errors of the content that showed only on evaluation: contradictory checks, wrong types.
    pub content_errors: Vec<ContentError>,
}

/// The checks of one baseline, ready to judge.
#[derive(Debug)]
pub struct Assessor {
    checks: Vec<BaselineCheck>,
    options: Options,
}

impl Assessor {
    /// Takes the checks of a baseline from the content.
    ///
    /// # Errors
    /// [`AssessError::UnknownBaseline`].
    pub fn new(content: &Content, baseline: &str, options: Options) -> Result<Self, AssessError> {
        let Some(baseline) = content.baseline(baseline) else {
            let known: Vec<_> = content.baselines().map(|b| b.id.clone()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(AssessError::UnknownBaseline { id: baseline.to_owned(), known });
        };
        let checks = baseline
            .checks
            .iter()
            .filter(|(id, _)| options.only.is_empty() || options.only.iter().any(|only| only == id.as_str()))
            .filter_map(|(id, setting)| {
                let check = content.check(id.as_str())?;
                let mut params: BTreeMap<String, Value> =
                    check.meta.params.iter().map(|(name, p)| (name.clone(), p.default.clone())).collect();
                params.extend(setting.params.iter().map(|(name, (value, _))| (name.clone(), value.clone())));
                let severity = setting.severity.as_ref().map_or(check.meta.severity, |(s, _)| *s);
                Some(BaselineCheck { check: Arc::clone(check), severity, params })
            })
            .collect();
        Ok(Self { checks, options })
    }

    /// The checks it judges, sorted by id.
    #[must_use]
    pub fn checks(&self) -> &[BaselineCheck] {
        &self.checks
    }

    /// Judges every resource of the snapshot by every check of its kind.
    ///
    /// `previous` gives what is remembered of a finding; `now` is the time given to checks with a clock; `progress`
    /// is called from any thread with the verdicts made and to be made.
    pub fn assess(
        &self,
        snapshot: &Snapshot,
        previous: &(dyn Fn(&FindingKey) -> Option<Remembered> + Sync),
        now: Timestamp,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Assessment {
        let world = World::new(snapshot, now);
        let tasks = self.tasks(&world);
        let total = tasks.iter().map(|t| t.subjects.len()).sum();
        let threads = match self.options.threads {
            0 => thread::available_parallelism().map_or(1, |n| n.get().min(THREADS_MAX)),
            n => n,
        };
        let threads = threads.min(tasks.len()).max(1);
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let results = Mutex::new(Partial::default());
        let work = || {
            let mut partial = Partial::default();
            while let Some(task) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.run(task, &world, previous, &mut partial);
                let made = done.fetch_add(task.subjects.len(), Ordering::Relaxed) + task.subjects.len();
                progress(made, total);
            }
            results.lock().unwrap_or_else(PoisonError::into_inner).absorb(partial);
        };
        thread::scope(|scope| {
            let mut started = 0;
            for _ in 0..threads {
                if thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).is_ok() {
                    started += 1;
                }
            }
            // No thread can be had: the work is done here.
            if started == 0 {
                work();
            }
        });
        let mut partial = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        partial.verdicts.sort_by(|a, b| (&a.check, &a.resource).cmp(&(&b.check, &b.resource)));
        partial.errors.sort();
        partial.errors.dedup();
        Assessment {
            judged: partial.verdicts,
            risk_reasons: partial.risk_reasons,
            evaluated: partial.evaluated,
            reused: partial.reused,
            content_errors: partial.errors,
        }
    }

    fn tasks<'a>(&'a self, world: &World<'a>) -> Vec<Task<'a>> {
        let mut tasks = Vec::new();
        for entry in &self.checks {
            let Some(subjects) = world.by_kind.get(entry.check.meta.kind.as_str()) else { continue };
            tasks.extend(subjects.chunks(CHUNK).map(|chunk| Task { entry, subjects: chunk.to_vec() }));
        }
        tasks
    }

    fn limits(&self) -> Limits {
        Limits { time: self.options.time_limit, memory: self.options.memory_limit }
    }

    fn run(
        &self,
        task: &Task<'_>,
        world: &World<'_>,
        previous: &(dyn Fn(&FindingKey) -> Option<Remembered> + Sync),
        out: &mut Partial,
    ) {
        let entry = task.entry;
        let meta = &entry.check.meta;
        // Compiled only when the first resource needs it: where nothing changed, nothing is compiled.
        let mut program: Option<Result<Program, String>> = None;
        for &index in &task.subjects {
            let Some(seen) = world.seen.get(index) else { continue };
            let related = world.related(meta, seen.observation);
            let inputs = inputs_hash(entry, seen.observation, &related, world);
            let key = FindingKey { check: meta.id.clone(), resource: seen.observation.resource.id.clone() };
            let remembered = previous(&key).filter(|r| r.inputs == inputs && r.verdict.state != State::Unknown);
            let verdict = match remembered {
                Some(remembered) => {
                    out.reused += 1;
                    remembered.verdict
                }
                None => {
                    out.evaluated += 1;
                    let subject = world.subject(meta, seen, &related);
                    let outcome = self.judge(entry, &subject, &mut program);
                    if let Some(fault) = outcome.fault {
                        out.errors.push(ContentError::file(&entry.check.file, fault));
                    }
                    Verdict { state: outcome.state, reason: outcome.reason, evidence: outcome.evidence }
                }
            };
            let mut score = 0;
            if verdict.state == State::Fail {
                let context = RiskContext { exposed: world.exposed(&seen.observation.resource.scope) };
                let risk = risk::risk(meta, entry.severity, context);
                score = risk.score;
                out.risk_reasons.insert(key.clone(), risk.reasons);
            }
            out.verdicts.push(Judged {
                check: key.check,
                resource: key.resource,
                severity: entry.severity,
                risk: score,
                verdict,
                inputs,
            });
        }
    }

    fn judge(
        &self,
        entry: &BaselineCheck,
        subject: &Subject,
        program: &mut Option<Result<Program, String>>,
    ) -> Outcome {
        let meta = &entry.check.meta;
        if let Some(outcome) = eval::unread(meta, subject) {
            return outcome;
        }
        let ready = program.get_or_insert_with(|| Program::compile(&entry.check, &entry.params, self.limits()));
        match ready {
            // A panic of the engine is a fault of the engine; the scan goes on without this verdict.
            Ok(ready) => match catch_unwind(AssertUnwindSafe(|| ready.judge(meta, subject))) {
                Ok(outcome) => outcome,
                Err(_) => {
                    *program = None;
                    Outcome::fault("evaluation failed: the engine panicked")
                }
            },
            Err(e) => {
                let (place, message) = eval::engine_error(e);
                let at = place.map(|p| format!(" at {p}")).unwrap_or_default();
                Outcome::fault(format!("evaluation failed{at}: {message}"))
            }
        }
    }
}

/// A check with some of the resources that it judges.
struct Task<'a> {
    entry: &'a BaselineCheck,
    subjects: Vec<usize>,
}

/// What one thread made.
#[derive(Default)]
struct Partial {
    verdicts: Vec<Judged>,
    risk_reasons: BTreeMap<FindingKey, Vec<String>>,
    evaluated: usize,
    reused: usize,
    errors: Vec<ContentError>,
}

impl Partial {
    fn absorb(&mut self, other: Self) {
        self.verdicts.extend(other.verdicts);
        self.risk_reasons.extend(other.risk_reasons);
        self.evaluated += other.evaluated;
        self.reused += other.reused;
        self.errors.extend(other.errors);
    }
}

/// A resource with its values as Rego sees them, made when first needed and shared by all checks.
struct Seen<'a> {
    observation: &'a Observation,
    resource: OnceLock<Rego>,
    facets: BTreeMap<&'a str, OnceLock<Rego>>,
}

impl<'a> Seen<'a> {
    fn new(observation: &'a Observation) -> Self {
        let facets = observation.facets.keys().map(|name| (name.as_str(), OnceLock::new())).collect();
        Self { observation, resource: OnceLock::new(), facets }
    }

    fn resource(&self) -> Rego {
        let resource = &self.observation.resource;
        self.resource
            .get_or_init(|| {
                eval::object([
                    ("id", Rego::from(resource.id.as_str())),
                    ("kind", Rego::from(resource.kind.as_str())),
                    ("name", Rego::from(resource.name.as_str())),
                    ("scope", Rego::from(resource.scope.as_str())),
                ])
            })
            .clone()
    }

    fn view(&self, name: &str) -> Option<View> {
        let facet = self.observation.facets.get(name)?;
        Some(match (facet.status, &facet.value) {
            (FacetStatus::Collected, Some(value)) => {
                let slot = self.facets.get(name)?;
                View::Value(slot.get_or_init(|| eval::to_rego(value)).clone())
            }
            (FacetStatus::Collected, None) => {
                View::Missing { status: FacetStatus::Failed, reason: "it has no value".into() }
            }
            (status, _) => View::Missing { status, reason: facet.reason.clone().unwrap_or_default() },
        })
    }
}

/// What an assessment looks things up in.
struct World<'a> {
    seen: Vec<Seen<'a>>,
    by_kind: BTreeMap<&'a str, Vec<usize>>,
    by_id: HashMap<&'a str, usize>,
    from: HashMap<&'a str, Vec<&'a Edge>>,
    to: HashMap<&'a str, Vec<&'a Edge>>,
    exposed: BTreeMap<&'a str, bool>,
    /// Those that failed: what they would have named is not known.
    unlisted: Vec<&'a Listing>,
    today: (String, i64),
}

/// A resource at the other end of an edge.
struct Relation<'r> {
    related: &'r Related,
    index: usize,
}

impl<'a> World<'a> {
    fn new(snapshot: &'a Snapshot, now: Timestamp) -> Self {
        let mut world = Self {
            seen: Vec::with_capacity(snapshot.observations.len()),
            by_kind: BTreeMap::new(),
            by_id: HashMap::new(),
            from: HashMap::new(),
            to: HashMap::new(),
            exposed: BTreeMap::new(),
            unlisted: snapshot.listings.iter().filter(|l| l.status != FacetStatus::Collected).collect(),
            today: case::day_of(now.to_zoned(jiff::tz::TimeZone::UTC).date()),
        };
        for (index, observation) in snapshot.observations.iter().enumerate() {
            let resource = &observation.resource;
            world.by_kind.entry(resource.kind.as_str()).or_default().push(index);
            world.by_id.insert(resource.id.as_str(), index);
            if resource.kind.as_str() == "host" {
                let exposed = observation.facets.get("listeners").is_some_and(has_reachable_socket);
                world.exposed.insert(&resource.scope, exposed);
            }
            world.seen.push(Seen::new(observation));
        }
        for edge in &snapshot.edges {
            world.from.entry(edge.from.as_str()).or_default().push(edge);
            world.to.entry(edge.to.as_str()).or_default().push(edge);
        }
        world
    }

    fn exposed(&self, scope: &str) -> bool {
        self.exposed.get(scope).copied().unwrap_or(false)
    }

    /// Why the related resources that a check names are not all known: an empty list is then no answer.
    fn unlisted(&self, meta: &CheckMeta, scope: &str) -> Vec<String> {
        let of_scope = self.unlisted.iter().filter(|listing| listing.scope == scope);
        of_scope
            .filter(|listing| meta.related.iter().any(|related| related.kind == listing.kind))
            .map(|listing| {
                let reason = listing.reason.as_deref().unwrap_or("no reason given");
                format!("list of `{}` is {}: {reason}", listing.kind, listing.status)
            })
            .collect()
    }

    /// The related resources that a check names, sorted by their id.
    fn related<'r>(&self, meta: &'r CheckMeta, observation: &Observation) -> Vec<Relation<'r>> {
        let id = observation.resource.id.as_str();
        let mut out = Vec::new();
        for related in &meta.related {
            let edges = match related.direction {
                RelatedDirection::Out => self.from.get(id),
                RelatedDirection::In => self.to.get(id),
            };
            let mut ends: Vec<usize> = edges
                .into_iter()
                .flatten()
                .filter(|edge| edge.kind == related.edge)
                .filter_map(|edge| {
                    let other = match related.direction {
                        RelatedDirection::Out => &edge.to,
                        RelatedDirection::In => &edge.from,
                    };
                    self.by_id.get(other.as_str()).copied()
                })
                .filter(|index| self.seen.get(*index).is_some_and(|s| s.observation.resource.kind == related.kind))
                .collect();
            ends.sort_by_key(|index| self.seen.get(*index).map(|s| s.observation.resource.id.as_str()));
            ends.dedup();
            out.extend(ends.into_iter().map(|index| Relation { related, index }));
        }
        out
    }

    fn subject(&self, meta: &CheckMeta, seen: &Seen<'_>, related: &[Relation<'_>]) -> Subject {
        let facets = meta
            .needs
            .iter()
            .chain(&meta.needs_if_supported)
            .filter_map(|name| seen.view(name).map(|view| (name.clone(), view)))
            .collect();
        let related = related
            .iter()
            .filter_map(|relation| {
                let other = self.seen.get(relation.index)?;
                let facets = relation
                    .related
                    .facets
                    .iter()
                    .map(|name| {
                        let view = other
                            .view(name)
                            .unwrap_or(View::Missing { status: FacetStatus::Failed, reason: "it was not read".into() });
                        (name.clone(), view)
                    })
                    .collect();
                Some(Neighbour {
                    edge: relation.related.edge.as_str(),
                    resource: other.resource(),
                    name: other.observation.resource.name.clone(),
                    facets,
                })
            })
            .collect();
        let today = meta.clock.map(|_| self.today.clone());
        let unlisted = self.unlisted(meta, &seen.observation.resource.scope);
        Subject { resource: seen.resource(), facets, related, unlisted, today }
    }
}

/// Whether a host's `listeners` facet holds a socket that others can reach.
fn has_reachable_socket(facet: &Facet) -> bool {
    let sockets = facet.value.as_ref().and_then(|v| v.get("sockets")).and_then(Value::as_array);
    sockets
        .into_iter()
        .flatten()
        .any(|socket| socket.get("reach").and_then(Value::as_str).is_some_and(|reach| reach != "loopback"))
}

/// Hash of all that a verdict is made from.
fn inputs_hash(
    entry: &BaselineCheck,
    observation: &Observation,
    related: &[Relation<'_>],
    world: &World<'_>,
) -> ContentHash {
    let meta = &entry.check.meta;
    let resource = &observation.resource;
    let mut parts: Vec<Vec<u8>> = vec![
        ENGINE.as_bytes().to_vec(),
        entry.check.hash.0.to_vec(),
        // A map of JSON values has an order of its own and cannot fail to be written.
        serde_json::to_vec(&entry.params).unwrap_or_default(),
        resource.id.as_str().as_bytes().to_vec(),
        resource.kind.as_str().as_bytes().to_vec(),
        resource.name.as_bytes().to_vec(),
        resource.scope.as_bytes().to_vec(),
    ];
    for name in meta.needs.iter().chain(&meta.needs_if_supported) {
        facet_parts(name, observation.facets.get(name), &mut parts);
    }
    parts.extend(world.unlisted(meta, &resource.scope).into_iter().map(String::into_bytes));
    for relation in related {
        let Some(other) = world.seen.get(relation.index) else { continue };
        parts.push(relation.related.edge.as_str().as_bytes().to_vec());
        parts.push(other.observation.resource.id.as_str().as_bytes().to_vec());
        parts.push(other.observation.resource.name.as_bytes().to_vec());
        for name in &relation.related.facets {
            facet_parts(name, other.observation.facets.get(name), &mut parts);
        }
    }
    if meta.clock.is_some() {
        parts.push(world.today.0.clone().into_bytes());
    }
    ContentHash::of_parts(parts.iter().map(Vec::as_slice))
}

fn facet_parts(name: &str, facet: Option<&Facet>, parts: &mut Vec<Vec<u8>>) {
    parts.push(name.as_bytes().to_vec());
    match facet {
        None => parts.push(b"absent".to_vec()),
        Some(facet) => {
            parts.push(facet.status.as_str().as_bytes().to_vec());
            parts.push(facet.hash.map(|h| h.0.to_vec()).unwrap_or_default());
            parts.push(facet.reason.clone().unwrap_or_default().into_bytes());
        }
    }
}
