//! Runs one check on one resource, and the verdict rule.
use std::{collections::BTreeMap, fmt, num::NonZeroU32, time::Duration};

use casemate_estate::{FacetStatus, State};
use regorus::{Engine, LimitError, Value as Rego, utils::limits::ExecutionTimerConfig};
use serde_json::{Map, Value};

use crate::{Check, CheckMeta, guard};

/// Most values of evidence that one verdict keeps.
const EVIDENCE_MAX: usize = 100;
/// Most JSON nodes of evidence that one verdict keeps.
const NODES_MAX: usize = 5_000;
/// Most parts of a value that is turned into text.
pub(crate) const NODES_LIMIT: u64 = 1_000_000;
/// Most messages that one reason names.
const MESSAGES_MAX: usize = 4;
/// What is said where neither rule holds.
const UNDECIDED: &str = "undecided: the check proves neither a pass nor a failure";
/// Longest message, in characters.
const MESSAGE_MAX: usize = 500;
/// The reason of an evaluation that was stopped.
pub(crate) const EXCEEDED: &str = "exceeded limits";

/// Hands on what `related` names. As data it would be compiled in, so that every resource would compile its check anew.
const ESTATE: &str = "package estate\nrelated := input.related\n";
/// The field of the input from which it does so.
const RELATED: &str = "related";

/// The rule of [`verdict`].
const VERDICT: &str = "data.verdict.parts";

/// Both sides of a verdict as one rule, `[name, value]` each: what they share is evaluated once.
fn verdict(prefix: &str, deny_only: bool) -> String {
    let part = |name: &str| format!("parts contains [\"{name}\", {prefix}{name}]\n");
    let compliant = if deny_only { String::new() } else { part("compliant") };
    format!("package verdict\n{compliant}{}", part("deny"))
}

/// Bounds of one evaluation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) time: Duration,
    pub(crate) memory: u64,
}

/// What came out, before it is a finding.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) state: State,
    pub(crate) reason: String,
    pub(crate) evidence: Vec<Value>,
    /// What is wrong with the content, where the evaluation showed it.
    pub(crate) fault: Option<String>,
}

impl Outcome {
    fn unknown(reason: impl Into<String>) -> Self {
        Self { state: State::Unknown, reason: reason.into(), evidence: Vec::new(), fault: None }
    }

    pub(crate) fn fault(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { fault: Some(reason.clone()), ..Self::unknown(reason) }
    }
}

/// A facet as a check may see it.
#[derive(Debug, Clone)]
pub(crate) enum View {
    Value(Rego),
    Missing { status: FacetStatus, reason: String },
}

/// A related resource with the facets named for it.
#[derive(Debug, Clone)]
pub(crate) struct Neighbour {
    pub(crate) edge: &'static str,
    pub(crate) resource: Rego,
    pub(crate) name: String,
    pub(crate) facets: BTreeMap<String, View>,
}

/// The subject of an evaluation.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) resource: Rego,
    /// Only those that are known; a facet that is not in it was never read.
    pub(crate) facets: BTreeMap<String, View>,
    pub(crate) related: Vec<Neighbour>,
    /// Why `related` may lack some: a list of them that failed.
    pub(crate) unlisted: Vec<String>,
    pub(crate) today: Option<(String, i64)>,
}

/// A check that is compiled with its parameters.
pub(crate) struct Program {
    engine: Engine,
    prefix: String,
    has_applies: bool,
    has_evidence: bool,
    deny_only: bool,
    memory: u64,
}

impl Program {
    /// Compiles a check with the library modules it uses.
    ///
    /// # Errors
    /// What the engine says.
    pub(crate) fn compile(check: &Check, params: &BTreeMap<String, Value>, limits: Limits) -> Result<Self, String> {
        Self::compile_text(check, &check.source, params, limits)
    }

    /// The same with another text in the place of the check's own, for mutants.
    pub(crate) fn compile_text(
        check: &Check,
        text: &str,
        params: &BTreeMap<String, Value>,
        limits: Limits,
    ) -> Result<Self, String> {
        let mut engine = engine(limits);
        for library in &check.libraries {
            engine.add_policy(library.file.clone(), library.text.to_string()).map_err(|e| e.to_string())?;
        }
        engine.add_policy(check.file.clone(), text.to_owned()).map_err(|e| e.to_string())?;
        if !check.meta.related.is_empty() {
            engine.add_policy("estate.rego".into(), ESTATE.into()).map_err(|e| e.to_string())?;
        }
        let prefix = format!("data.casemate.{}.", check.meta.id);
        engine.add_policy("verdict.rego".into(), verdict(&prefix, check.deny_only)).map_err(|e| e.to_string())?;
        let has = |rule: &str| engine.has_declared_rule_rooted_at(&check.file, rule).unwrap_or(false);
        let (has_applies, has_evidence) = (has("applies"), has("evidence"));
        let params = to_rego(&Value::Object(params.iter().map(|(k, v)| (k.clone(), v.clone())).collect()));
        let mut data = vec![("params", params)];
        if check.meta.related.is_empty() {
            data.push(("estate", object([(RELATED, Rego::new_array())])));
        }
        engine.add_data(object(data)).map_err(|e| e.to_string())?;
        Ok(Self { engine, prefix, has_applies, has_evidence, deny_only: check.deny_only, memory: limits.memory })
    }

    /// Lets the engine look at the whole program, which finds what parsing does not: unsafe variables, unknown functions.
    ///
    /// # Errors
    /// What the engine says.
    pub(crate) fn prepare(&mut self) -> Result<(), String> {
        // A query that reads no rule: only its preparation matters.
        self.engine.eval_query("true".into(), false).map(drop).map_err(|e| e.to_string())
    }

    /// The verdict rule: see DESIGN, "The verdict rule".
    pub(crate) fn judge(&mut self, meta: &CheckMeta, subject: &Subject) -> Outcome {
        if let Some(outcome) = unread(meta, subject) {
            return outcome;
        }
        self.engine.set_input(input(meta, subject));
        guard::start(self.memory);
        match self.decide() {
            Ok(outcome) if outcome.state == State::Pass => match half_read(meta, subject) {
                Some(reason) => Outcome::unknown(reason),
                None => outcome,
            },
            Ok(outcome) if outcome.reason == UNDECIDED => match without(meta, subject) {
                Some(reason) => Outcome::unknown(reason),
                None => outcome,
            },
            Ok(outcome) | Err(outcome) => outcome,
        }
    }

    fn decide(&mut self) -> Result<Outcome, Outcome> {
        if self.has_applies {
            match self.rule("applies")? {
                Rego::Bool(true) => {}
                Rego::Bool(false) | Rego::Undefined => {
                    return Ok(Outcome {
                        state: State::NotApplicable,
                        reason: String::new(),
                        evidence: Vec::new(),
                        fault: None,
                    });
                }
                other => {
                    return Err(Outcome::fault(format!("`applies` gave {}; expected true or false", type_of(&other))));
                }
            }
        }
        let parts = self.evaluate(VERDICT.into())?;
        let part = |name: &str| {
            let parts = parts.as_set().ok().into_iter().flat_map(|set| set.iter());
            let mut pairs =
                parts.filter_map(|pair| pair.as_array().ok()).filter_map(|pair| pair.first().zip(pair.get(1)));
            pairs.find(|(key, _)| **key == Rego::from(name)).map_or(Rego::Undefined, |(_, value)| value.clone())
        };
        let compliant = match part("compliant") {
            _ if self.deny_only => false,
            Rego::Bool(b) => b,
            Rego::Undefined => false,
            other => {
                return Err(Outcome::fault(format!("`compliant` gave {}; expected true or false", type_of(&other))));
            }
        };
        let denied = denials(&part("deny")).map_err(Outcome::fault)?;
        match (compliant, denied.is_empty()) {
            (true, true) => {
                let evidence = if self.has_evidence { pass_evidence(&self.rule("evidence")?) } else { Vec::new() };
                Ok(Outcome { state: State::Pass, reason: String::new(), evidence, fault: None })
            }
            (false, false) => {
                let (reason, evidence) = denied.into_parts();
                Ok(Outcome { state: State::Fail, reason, evidence, fault: None })
            }
            (false, true) if self.deny_only => Ok(Outcome {
                state: State::Pass,
                reason: "assumed: the check only denies, and denied nothing".into(),
                evidence: Vec::new(),
                fault: None,
            }),
            (false, true) => Ok(Outcome::unknown(UNDECIDED)),
            (true, false) => {
                let (reason, evidence) = denied.into_parts();
                let text = format!("contradictory: the check says compliant and denies: {reason}");
                Ok(Outcome { evidence, ..Outcome::fault(text) })
            }
        }
    }

    fn rule(&mut self, name: &str) -> Result<Rego, Outcome> {
        self.evaluate(format!("{}{name}", self.prefix))
    }

    fn evaluate(&mut self, path: String) -> Result<Rego, Outcome> {
        self.engine.eval_rule(path).map_err(|error| {
            if error.downcast_ref::<LimitError>().is_some() || is_limit(&error.to_string()) {
                Outcome::unknown(EXCEEDED)
            } else {
                let (place, message) = engine_error(&error.to_string());
                let at = place.map(|p| format!(" at {p}")).unwrap_or_default();
                Outcome::unknown(format!("evaluation failed{at}: {}", brief(&message)))
            }
        })
    }
}

/// An engine with the bounds and manners that all evaluations have.
pub(crate) fn engine(limits: Limits) -> Engine {
    let mut engine = Engine::new();
    guard::install(&mut engine);
    engine.set_strict_builtin_errors(true);
    engine.set_gather_prints(true);
    engine.set_execution_timer_config(ExecutionTimerConfig {
        limit: limits.time,
        // A tick may hide a slow builtin, so the clock is read often; a reading costs about 30 ns.
        check_interval: NonZeroU32::new(32).unwrap_or(NonZeroU32::MIN),
    });
    engine
}

fn is_limit(text: &str) -> bool {
    text.contains(guard::EXCEEDED)
        || text.contains("execution exceeded time limit")
        || text.contains("exceeded size limit")
        || text.contains("recursion depth")
}

/// The verdict of a check that cannot be judged at all, since something it needs was not read.
pub(crate) fn unread(meta: &CheckMeta, subject: &Subject) -> Option<Outcome> {
    let missing = missing(meta, subject);
    (!missing.is_empty()).then(|| Outcome::unknown(missing.join("; ")))
}

fn missing(meta: &CheckMeta, subject: &Subject) -> Vec<String> {
    let mut reasons = Vec::new();
    for facet in &meta.needs {
        match subject.facets.get(facet) {
            Some(View::Value(_)) => {}
            Some(View::Missing { status, reason }) => reasons.push(missing_reason(facet, *status, reason)),
            None => reasons.push(format!("facet `{facet}` was not read")),
        }
    }
    for facet in &meta.needs_if_supported {
        match subject.facets.get(facet) {
            Some(View::Value(_) | View::Missing { status: FacetStatus::Unsupported, .. }) => {}
            Some(View::Missing { status, reason }) => reasons.push(missing_reason(facet, *status, reason)),
            None => reasons.push(format!("facet `{facet}` was not read")),
        }
    }
    reasons.extend(subject.unlisted.iter().cloned());
    for neighbour in &subject.related {
        for (facet, view) in &neighbour.facets {
            if let View::Missing { status, reason } = view {
                reasons.push(format!("{} of `{}`", missing_reason(facet, *status, reason), neighbour.name));
            }
        }
    }
    reasons
}

/// Why a pass would not be proven although its facets were collected: a part of what stands there was not understood
/// (`malformed` names lines) or not looked at (`truncated`). A failure stands: more data cannot undo what was found.
fn half_read(meta: &CheckMeta, subject: &Subject) -> Option<String> {
    let names = meta.needs.iter().chain(&meta.needs_if_supported);
    let own = names.filter_map(|name| Some((name, subject.facets.get(name)?)));
    let related = subject.related.iter().flat_map(|neighbour| &neighbour.facets);
    own.chain(related).find_map(|(name, view)| {
        let View::Value(value) = view else { return None };
        let field = |key: &str| value.as_object().ok()?.get(&Rego::from(key)).cloned();
        if field("truncated") == Some(Rego::Bool(true)) {
            return Some(format!(
                "not proven: facet `{name}` is cut off at its limit, and nothing is known of the rest"
            ));
        }
        let malformed = field("malformed")?;
        let first = malformed.as_array().ok()?.first()?;
        let part = |key: &str| first.as_object().ok().and_then(|place| place.get(&Rego::from(key)).cloned());
        let place = match (part("file"), part("line")) {
            (Some(Rego::String(file)), Some(line)) => format!("{file}:{line}"),
            _ => first.to_string(),
        };
        let count = malformed.as_array().map_or(1, |list| list.len());
        Some(format!("not proven: {count} lines of facet `{name}` were not understood, the first at {place}"))
    })
}

/// Why a check may be undecided: a facet that it reads where there is one is unsupported here.
fn without(meta: &CheckMeta, subject: &Subject) -> Option<String> {
    let reasons: Vec<String> = meta
        .needs_if_supported
        .iter()
        .filter_map(|name| match subject.facets.get(name)? {
            View::Missing { status: FacetStatus::Unsupported, reason } => Some(format!("`{name}` ({reason})")),
            _ => None,
        })
        .collect();
    (!reasons.is_empty()).then(|| format!("undecided without what is unsupported here: {}", reasons.join(", ")))
}

fn missing_reason(facet: &str, status: FacetStatus, reason: &str) -> String {
    if reason.is_empty() {
        format!("facet `{facet}` is {status}")
    } else {
        format!("facet `{facet}` is {status}: {reason}")
    }
}

fn input(meta: &CheckMeta, subject: &Subject) -> Rego {
    let mut facets = BTreeMap::new();
    for name in meta.needs.iter().chain(&meta.needs_if_supported) {
        if let Some(View::Value(value)) = subject.facets.get(name) {
            facets.insert(Rego::from(name.as_str()), value.clone());
        }
    }
    let mut fields = BTreeMap::from([
        (Rego::from("resource"), subject.resource.clone()),
        (Rego::from("facets"), Rego::from(facets)),
    ]);
    if meta.clock.is_some()
        && let Some((today, days)) = &subject.today
    {
        fields.insert(Rego::from("today"), Rego::from(today.as_str()));
        fields.insert(Rego::from("today_days"), Rego::from(*days));
    }
    if !meta.related.is_empty() {
        let related: Vec<Rego> = subject.related.iter().map(neighbour_value).collect();
        fields.insert(Rego::from(RELATED), Rego::from(related));
    }
    Rego::from(fields)
}

fn neighbour_value(neighbour: &Neighbour) -> Rego {
    let mut facets = BTreeMap::new();
    let mut statuses = BTreeMap::new();
    for (name, view) in &neighbour.facets {
        let status = match view {
            View::Value(value) => {
                facets.insert(Rego::from(name.as_str()), value.clone());
                FacetStatus::Collected
            }
            View::Missing { status, .. } => *status,
        };
        statuses.insert(Rego::from(name.as_str()), Rego::from(status.as_str()));
    }
    object([
        ("edge", Rego::from(neighbour.edge)),
        ("resource", neighbour.resource.clone()),
        ("facets", Rego::from(facets)),
        ("statuses", Rego::from(statuses)),
    ])
}

/// What `deny` held.
#[derive(Default)]
struct Denials {
    messages: Vec<String>,
    evidence: Vec<Value>,
    left_out: usize,
}

impl Denials {
    fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    fn into_parts(mut self) -> (String, Vec<Value>) {
        let total = self.messages.len();
        self.messages.truncate(MESSAGES_MAX);
        let mut reason = self.messages.join("; ");
        if total > MESSAGES_MAX {
            reason.push_str(&format!("; and {} more", total - MESSAGES_MAX));
        }
        if self.left_out > 0 {
            self.evidence.push(Value::String(format!("{} more left out", self.left_out)));
        }
        (reason, self.evidence)
    }
}

fn denials(value: &Rego) -> Result<Denials, String> {
    let set = match value {
        Rego::Undefined => return Ok(Denials::default()),
        Rego::Set(set) => set,
        other => return Err(format!("`deny` gave {}; expected a set of {{\"message\": …}}", type_of(other))),
    };
    let mut out = Denials::default();
    let mut nodes = NODES_MAX;
    let (message_key, evidence_key) = (Rego::from("message"), Rego::from("evidence"));
    for item in set.iter_sorted() {
        let Rego::Object(fields) = item else {
            return Err(format!("`deny` holds {}; expected {{\"message\": …, \"evidence\": …}}", type_of(item)));
        };
        let mut message = None;
        for (key, value) in fields.iter() {
            if *key == message_key {
                match value {
                    Rego::String(text) if !text.trim().is_empty() => message = Some(brief(text)),
                    other => return Err(format!("`deny` has a message that is {}; expected a text", type_of(other))),
                }
            } else if *key == evidence_key {
                match json(value, &mut nodes, 0) {
                    Some(value) if out.evidence.len() < EVIDENCE_MAX => out.evidence.push(value),
                    _ => out.left_out += 1,
                }
            } else {
                return Err("`deny` has a field beside `message` and `evidence`".into());
            }
        }
        let Some(message) = message else { return Err("`deny` holds an entry without `message`".into()) };
        if !out.messages.contains(&message) {
            out.messages.push(message);
        }
    }
    Ok(out)
}

fn pass_evidence(value: &Rego) -> Vec<Value> {
    let mut nodes = NODES_MAX;
    let items: Vec<&Rego> = match value {
        Rego::Undefined => return Vec::new(),
        Rego::Array(items) => items.iter().collect(),
        Rego::Set(items) => items.iter_sorted().collect(),
        other => vec![other],
    };
    let total = items.len();
    let mut out: Vec<Value> = items.into_iter().take(EVIDENCE_MAX).map_while(|v| json(v, &mut nodes, 0)).collect();
    if out.len() < total {
        out.push(Value::String(format!("{} more left out", total - out.len())));
    }
    out
}

/// The same as JSON; none where more than `nodes` values would come, since Rego shares what JSON repeats.
fn json(value: &Rego, nodes: &mut usize, depth: usize) -> Option<Value> {
    *nodes = nodes.checked_sub(1)?;
    if depth > 64 {
        return None;
    }
    Some(match value {
        Rego::Null | Rego::Undefined => Value::Null,
        Rego::Bool(b) => Value::Bool(*b),
        Rego::Number(_) => serde_json::to_value(value).unwrap_or(Value::Null),
        Rego::String(text) => {
            *nodes = nodes.checked_sub(text.len() / 64)?;
            Value::String(text.to_string())
        }
        Rego::Array(items) => Value::Array(items.iter().map(|v| json(v, nodes, depth + 1)).collect::<Option<_>>()?),
        Rego::Set(items) => {
            Value::Array(items.iter_sorted().map(|v| json(v, nodes, depth + 1)).collect::<Option<_>>()?)
        }
        Rego::Object(fields) => {
            let mut out = Map::new();
            for (key, value) in fields.iter() {
                let key = match key {
                    Rego::String(text) => text.to_string(),
                    other => json(other, nodes, depth + 1)?.to_string(),
                };
                out.insert(key, json(value, nodes, depth + 1)?);
            }
            Value::Object(out)
        }
    })
}

/// A JSON value as Rego sees it.
pub(crate) fn to_rego(value: &Value) -> Rego {
    match value {
        Value::Null => Rego::Null,
        Value::Bool(b) => Rego::Bool(*b),
        Value::Number(n) => match (n.as_i64(), n.as_u64(), n.as_f64()) {
            (Some(n), _, _) => Rego::from(n),
            (_, Some(n), _) => Rego::from(n),
            (_, _, Some(x)) => Rego::from(x),
            _ => Rego::Null,
        },
        Value::String(text) => Rego::from(text.as_str()),
        Value::Array(items) => Rego::from(items.iter().map(to_rego).collect::<Vec<_>>()),
        Value::Object(fields) => {
            Rego::from(fields.iter().map(|(k, v)| (Rego::from(k.as_str()), to_rego(v))).collect::<BTreeMap<_, _>>())
        }
    }
}

/// An object of named values.
pub(crate) fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Rego)>) -> Rego {
    Rego::from(fields.into_iter().map(|(k, v)| (Rego::from(k), v)).collect::<BTreeMap<_, _>>())
}

pub(crate) fn type_of(value: &Rego) -> &'static str {
    match value {
        Rego::Null => "null",
        Rego::Bool(_) => "true or false",
        Rego::Number(_) => "a number",
        Rego::String(_) => "a text",
        Rego::Array(_) => "an array",
        Rego::Set(_) => "a set",
        Rego::Object(_) => "an object",
        Rego::Undefined => "nothing",
    }
}

/// A place in a Rego text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.file.rsplit('/').next().unwrap_or_default();
        write!(f, "{name}:{}:{}", self.line, self.column)
    }
}

/// The place and the message of an error that the engine shows with an excerpt of the source.
pub(crate) fn engine_error(text: &str) -> (Option<Place>, String) {
    let mut place = None;
    for line in text.lines() {
        if let Some(rest) = line.trim_start().strip_prefix("--> ") {
            let mut parts = rest.rsplitn(3, ':');
            let column = parts.next().and_then(|n| n.trim().parse().ok());
            let line = parts.next().and_then(|n| n.trim().parse().ok());
            let file = parts.next().unwrap_or_default().to_owned();
            place = line.zip(column).map(|(line, column)| Place { file, line, column });
        }
    }
    let message = match text.split_once("error: ") {
        Some((_, message)) => message.trim().to_owned(),
        None => text.trim().to_owned(),
    };
    // The engine closes some of its messages with a bracket that it did not open.
    let message = match message.strip_suffix(')') {
        Some(short) if short.matches('(').count() == short.matches(')').count() => short.to_owned(),
        _ => message,
    };
    (place, message)
}

/// One line of at most 500 characters.
fn brief(text: &str) -> String {
    let flat: Vec<&str> = text.split_whitespace().collect();
    let flat = flat.join(" ");
    if flat.chars().count() <= MESSAGE_MAX {
        return flat;
    }
    flat.chars().take(MESSAGE_MAX).chain(['…']).collect()
}
