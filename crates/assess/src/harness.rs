use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use casemate_estate::{CheckId, FacetStatus, State};
use serde_json::{Map, Value};

use crate::{
    Check, Content,
    case::{Case, Cases},
    eval::{self, Limits, Neighbour, Outcome, Program, Subject, View},
    syntax,
};

/// What running the cases gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TestReport {
    /// Checks that were run.
    pub checks: usize,
    /// Cases that were run, with the automatic ones.
    pub cases: usize,
    /// The automatic ones among them.
    pub automatic: usize,
    /// Those that did not give what they want, in the order of check and case.
    pub failures: Vec<CaseFailure>,
}

/// A case that did not give what it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFailure {
    /// The check.
    pub check: CheckId,
    /// The file of cases.
    pub file: String,
    /// The case's note; automatic cases say so.
    pub note: String,
    /// What was wanted, in words.
    pub want: String,
    /// What came out.
    pub got: State,
    /// The verdict's reason.
    pub reason: String,
}

/// What the mutation run gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MutationReport {
    /// Mutants made.
    pub total: usize,
    /// Mutants that a case noticed.
    pub killed: usize,
    /// Mutants that none noticed.
    pub survivors: Vec<Survivor>,
}

/// A mutant that no case noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivor {
    /// The check.
    pub check: CheckId,
    /// What was done to it: `deny emptied`, `compliant always true`.
    pub mutation: String,
}

/// Runs cases with the automatic ones.
pub(crate) fn test(content: &Content, filter: Option<&str>) -> TestReport {
    let mut report = TestReport::default();
    for (id, cases) in selected(content, filter) {
        let Some(check) = content.checks.get(id) else { continue };
        report.checks += 1;
        let mut runner = Runner::new(check, &check.source);
        for case in &cases.cases {
            report.cases += 1;
            let outcome = runner.run(case);
            if let Some(want) = wrong(case, &outcome) {
                report.failures.push(failure(check, cases, &case.note, want, outcome));
            }
        }
        for automatic in automatic(check, cases) {
            report.cases += 1;
            report.automatic += 1;
            let outcome = runner.run(&automatic.case);
            if !automatic.accepts(outcome.state) {
                report.failures.push(failure(check, cases, &automatic.case.note, automatic.wanted(), outcome));
            }
        }
    }
    report
}

fn selected<'a>(content: &'a Content, filter: Option<&'a str>) -> impl Iterator<Item = (&'a CheckId, &'a Cases)> {
    content.cases.iter().filter(move |(id, _)| filter.is_none_or(|f| id.as_str().contains(f)))
}

/// What a case wanted, where it did not get it.
fn wrong(case: &Case, outcome: &Outcome) -> Option<String> {
    if outcome.state != case.want {
        return Some(case.want.to_string());
    }
    match &case.reason_contains {
        Some(part) if !outcome.reason.contains(part.as_str()) => {
            Some(format!("{} with a reason that holds `{part}`", case.want))
        }
        _ => None,
    }
}

fn failure(check: &Check, cases: &Cases, note: &str, want: String, outcome: Outcome) -> CaseFailure {
    CaseFailure {
        check: check.meta.id.clone(),
        file: cases.file.clone(),
        note: note.to_owned(),
        want,
        got: outcome.state,
        reason: outcome.reason,
    }
}

/// A case that the engine makes by itself.
struct Automatic {
    case: Case,
    /// Whether anything but a pass is right; otherwise only `unknown` is.
    not_pass: bool,
}

impl Automatic {
    fn accepts(&self, state: State) -> bool {
        if self.not_pass { state != State::Pass } else { state == State::Unknown }
    }

    fn wanted(&self) -> String {
        if self.not_pass { "anything but pass".into() } else { "unknown".into() }
    }
}

fn automatic(check: &Check, cases: &Cases) -> Vec<Automatic> {
    let meta = &check.meta;
    let mut out = Vec::new();
    let passing: Vec<&Case> = cases.cases.iter().filter(|c| c.want == State::Pass).collect();
    let denied = (FacetStatus::Denied, "removed by the test".to_owned());
    if let Some(first) = passing.first() {
        for facet in meta.needs.iter().chain(&meta.needs_if_supported) {
            let mut case = (*first).clone();
            case.note = format!("{} (automatic: `{facet}` denied)", first.note);
            case.facets.remove(facet);
            case.statuses.insert(facet.clone(), denied.clone());
            out.push(Automatic { case, not_pass: false });
        }
        for facet in &meta.needs {
            let mut case = (*first).clone();
            case.note = format!("{} (automatic: `{facet}` removed)", first.note);
            case.facets.remove(facet);
            case.statuses.remove(facet);
            out.push(Automatic { case, not_pass: false });
        }
    }
    for case in passing {
        for facet in meta.needs.iter().chain(&meta.needs_if_supported) {
            let Some(value) = case.facets.get(facet) else { continue };
            if cases.empty_may_pass.contains_key(facet) {
                continue;
            }
            let empty = if value.is_array() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
            let mut emptied = case.clone();
            emptied.note = format!("{} (automatic: `{facet}` empty)", case.note);
            emptied.facets.insert(facet.clone(), empty);
            out.push(Automatic { case: emptied, not_pass: true });
        }
    }
    out
}

/// Runs cases of one text of one check; programs are kept by their parameters.
struct Runner<'a> {
    check: &'a Check,
    text: &'a str,
    programs: HashMap<String, Result<Program, String>>,
}

impl<'a> Runner<'a> {
    fn new(check: &'a Check, text: &'a str) -> Self {
        Self { check, text, programs: HashMap::new() }
    }

    fn run(&mut self, case: &Case) -> Outcome {
        let key = serde_json::to_string(&case.params).unwrap_or_default();
        let (check, text) = (self.check, self.text);
        let program =
            self.programs.entry(key).or_insert_with(|| Program::compile_text(check, text, &case.params, test_limits()));
        match program {
            Ok(program) => program.judge(&check.meta, &subject(check, case)),
            Err(e) => Outcome {
                state: State::Unknown,
                reason: format!("cannot be compiled: {e}"),
                evidence: Vec::new(),
                fault: None,
            },
        }
    }
}

/// Cases run on busy machines and in debug builds, so a case has more time than a finding.
fn test_limits() -> Limits {
    Limits { time: Duration::from_secs(10), memory: 64 << 20 }
}

fn subject(check: &Check, case: &Case) -> Subject {
    let resource = case.resource.clone().unwrap_or_else(|| {
        serde_json::json!({
            "id": format!("test://{}", check.meta.kind),
            "kind": check.meta.kind.as_str(),
            "name": "test",
            "scope": "test",
        })
    });
    Subject {
        resource: eval::to_rego(&resource),
        facets: views(&case.facets, &case.statuses),
        related: case
            .related
            .iter()
            .map(|n| Neighbour {
                edge: n.edge.as_str(),
                name: n.resource.get("name").and_then(Value::as_str).unwrap_or("related").to_owned(),
                resource: eval::to_rego(&n.resource),
                facets: views(&n.facets, &n.statuses),
            })
            .collect(),
        unlisted: Vec::new(),
        today: case.today.clone(),
    }
}

fn views(
    values: &BTreeMap<String, Value>,
    statuses: &BTreeMap<String, (FacetStatus, String)>,
) -> BTreeMap<String, View> {
    let mut out: BTreeMap<String, View> =
        values.iter().map(|(name, value)| (name.clone(), View::Value(eval::to_rego(value)))).collect();
    for (name, (status, reason)) in statuses {
        out.insert(name.clone(), View::Missing { status: *status, reason: reason.clone() });
    }
    out
}

/// Runs all cases against each mutant of each check.
pub(crate) fn mutate(content: &Content, filter: Option<&str>) -> MutationReport {
    let mut report = MutationReport::default();
    for (id, cases) in selected(content, filter) {
        let Some(check) = content.checks.get(id) else { continue };
        let automatic = automatic(check, cases);
        for (mutation, text) in mutants(check) {
            report.total += 1;
            // A mutant that does not compile would count as killed and prove nothing.
            if let Err(e) =
                Program::compile_text(check, &text, &BTreeMap::new(), test_limits()).and_then(|mut p| p.prepare())
            {
                report.survivors.push(Survivor { check: id.clone(), mutation: format!("{mutation}: not made: {e}") });
                continue;
            }
            let mut runner = Runner::new(check, &text);
            let killed = cases.cases.iter().any(|case| wrong(case, &runner.run(case)).is_some())
                || automatic.iter().any(|a| !a.accepts(runner.run(&a.case).state));
            if killed {
                report.killed += 1;
            } else {
                report.survivors.push(Survivor { check: id.clone(), mutation });
            }
        }
    }
    report
}

/// Each weakened text of a check. The rule's definitions get another name, so that whatever else the file says of the
/// rule meets the mutant.
fn mutants(check: &Check) -> Vec<(String, String)> {
    let empty = "deny contains {\"message\": \"mutant\"} if { false }";
    [("deny", "deny emptied", empty), ("compliant", "compliant always true", "compliant := true")]
        .into_iter()
        .filter(|(rule, ..)| !(check.deny_only && *rule == "compliant"))
        .filter_map(|(rule, mutation, instead)| Some((mutation.to_owned(), replace_rule(check, rule, instead)?)))
        .collect()
}

fn replace_rule(check: &Check, rule: &str, instead: &str) -> Option<String> {
    let mut engine = eval::engine(test_limits());
    engine.add_policy(check.file.clone(), check.source.to_string()).ok()?;
    let tree = syntax::read(&engine, &check.file).ok()?;
    let mut starts: Vec<usize> = tree
        .rules
        .iter()
        .filter_map(|r| r.name())
        .filter(|(name, _)| *name == rule)
        .map(|(_, span)| span.start)
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let mut text = check.source.to_string();
    for start in starts.into_iter().rev() {
        let end = start + rule.len();
        if text.get(start..end) != Some(rule) {
            return None;
        }
        text.insert_str(end, "__was");
    }
    text.push('\n');
    text.push_str(instead);
    text.push('\n');
    Some(text)
}
