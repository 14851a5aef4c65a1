//! What every output format shows: findings with what is known of their checks, counts, gaps and scores.
use std::{collections::BTreeMap, sync::Arc};

use casemate_assess::Content;
use casemate_estate::{Exemption, Finding, Kind, Severity, State, Suppression, Timestamp};
use casemate_store::{FindingCounts, ScanRecord};
use serde_json::Value;

use crate::{
    cloud, drift,
    vulnerability::{self, Summary},
};

/// Errors of content that a person is shown at once.
pub(crate) const ERRORS_SHOWN: usize = 20;

/// A finding with the texts of its check, which all findings of the check share: a large account has a million of them.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) finding: Finding,
    pub(crate) texts: Arc<Texts>,
}

/// What a check says, for people.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) area: String,
    pub(crate) remediation: String,
    pub(crate) command: Option<String>,
    pub(crate) frameworks: BTreeMap<String, Vec<String>>,
    pub(crate) attack: Vec<String>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub(crate) struct Gap {
    /// The resource's id.
    pub(crate) resource: String,
    /// The facet, or `list of KIND`.
    pub(crate) facet: String,
    /// `denied`, `throttled`, `failed`, `unsupported`.
    pub(crate) status: String,
    /// Why.
    pub(crate) reason: String,
    /// Whether it makes the scan incomplete (`unsupported` does not).
    pub(crate) incomplete: bool,
}

impl Gap {
    /// A facet as a gap names it: that of a host by its name alone, that of a part of it with the part's kind.
    pub(crate) fn facet_name(kind: &Kind, facet: &str) -> String {
        if kind.as_str() == "host" { facet.to_owned() } else { format!("{kind} {facet}") }
    }
}

/// How much of an area is proven right.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub(crate) struct AreaScore {
    /// `kernel`, `authentication` …
    pub(crate) area: String,
    /// 0 to 100: weight of what passes over weight of what passes, fails or is unknown (`docs/score.md`); none where
    /// nothing was judged.
    pub(crate) score: Option<f64>,
    pub(crate) pass: u64,
    pub(crate) fail: u64,
    pub(crate) unknown: u64,
    pub(crate) exempted: u64,
    /// Left out of the score and of the other counts.
    pub(crate) suppressed: u64,
}

/// What a command shows.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) generated: Timestamp,
    /// The scan, where the report is of one target.
    pub(crate) scan: Option<ScanRecord>,
    /// Each target's scan.
    pub(crate) scans: Vec<ScanRecord>,
    pub(crate) target_name: String,
    /// Where findings of several targets stand together: the name of each, by its id.
    pub(crate) targets: BTreeMap<String, String>,
    /// How many findings the latest scan did not judge, because it had another baseline or other checks.
    pub(crate) older: usize,
    /// How many findings are in each state, in the order of [`State::ALL`], whether exempted or hidden.
    pub(crate) states: [u64; 4],
    pub(crate) items: Vec<Item>,
    /// Vulnerabilities as a whole, and what closes them.
    pub(crate) vulnerabilities: Summary,
    pub(crate) counts: FindingCounts,
    /// Of these, vulnerabilities.
    pub(crate) vulnerability_counts: FindingCounts,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) content_errors: Vec<String>,
    pub(crate) areas: Vec<AreaScore>,
    pub(crate) exemptions: BTreeMap<String, Exemption>,
    pub(crate) suppressions: BTreeMap<String, Suppression>,
    /// Verdicts made anew and taken over; none where no scan was made.
    pub(crate) evaluated: Option<(usize, usize)>,
    /// What a cloud was asked: counts of calls and seconds in them; none for other targets.
    pub(crate) calls: Option<Value>,
}

/// Joins findings with their checks.
pub(crate) struct Joiner<'c> {
    content: &'c Content,
    known: BTreeMap<String, Arc<Texts>>,
}

impl<'c> Joiner<'c> {
    pub(crate) fn new(content: &'c Content) -> Self {
        Self { content, known: BTreeMap::new() }
    }

    /// A check that is no longer loaded leaves its id as the title.
    pub(crate) fn item(&mut self, finding: Finding) -> Item {
        if vulnerability::is_vulnerability(&finding) {
            return Item { texts: Arc::new(Texts::vulnerability(&finding)), finding };
        }
        let id = finding.key.check.as_str();
        let texts = match self.known.get(id) {
            Some(texts) => Arc::clone(texts),
            None => {
                let texts = Arc::new(Texts::of(&finding, self.content));
                self.known.insert(id.to_owned(), Arc::clone(&texts));
                texts
            }
        };
        Item { finding, texts }
    }
}

impl Texts {
    fn of(finding: &Finding, content: &Content) -> Self {
        match content.check(finding.key.check.as_str()) {
            Some(check) => Self {
                title: check.meta.title.clone(),
                description: check.meta.description.clone(),
                area: check.meta.area.clone(),
                remediation: check.meta.remediation.text.clone(),
                command: check.meta.remediation.command.clone(),
                frameworks: check.meta.frameworks.clone(),
                attack: check.meta.attack.clone(),
            },
            None if drift::is_drift(finding) => Self {
                title: drift::TITLE.into(),
                area: "drift".into(),
                remediation: drift::REMEDIATION.into(),
                ..Self::default()
            },
            None => Self {
                title: finding.key.check.to_string(),
                area: "other".into(),
                remediation: "The check is no longer loaded; scan again with the content that has it.".into(),
                ..Self::default()
            },
        }
    }

    /// A vulnerability, whose texts are its advisory's. What closes it is known once all are grouped.
    fn vulnerability(finding: &Finding) -> Self {
        let text = |name: &str| {
            vulnerability::body(finding).and_then(|body| body.get(name)).and_then(Value::as_str).unwrap_or_default()
        };
        let cve = finding.key.check.as_str().strip_prefix(vulnerability::CHECK_PREFIX).unwrap_or_default().to_owned();
        let summary = text("summary").to_owned();
        Self {
            title: if summary.is_empty() { cve } else { format!("{cve}: {summary}") },
            description: summary,
            area: "vulnerabilities".into(),
            remediation: match text("fixed") {
                "" => "There is no fix yet; `casemate explain` tells what is known.".into(),
                fixed => format!("Upgrade to {fixed}."),
            },
            ..Self::default()
        }
    }
}

impl Item {
    /// What was found, for a failure; what the check proves, otherwise.
    pub(crate) fn headline(&self) -> &str {
        let found = &self.finding.verdict.reason;
        if self.finding.verdict.state == State::Fail && !found.is_empty() { found } else { &self.texts.title }
    }

    /// Whether somebody has to act: fails, and neither exempted nor suppressed.
    pub(crate) fn is_actionable(&self) -> bool {
        self.finding.verdict.state == State::Fail
            && self.finding.exemption.is_none()
            && self.finding.suppression.is_none()
    }
}

impl Report {
    /// Where findings of several targets stand together: the name of the one that a scope belongs to. The regions of
    /// an account are scopes of their own.
    pub(crate) fn target_of(&self, scope: &str) -> Option<&str> {
        let of_account = || {
            let account = cloud::account(scope)?;
            self.targets.iter().find(|(id, _)| cloud::account(id) == Some(account)).map(|(_, name)| name)
        };
        self.targets.get(scope).or_else(of_account).map(String::as_str)
    }

    /// What a finding is about, in words: the resource's name, after the target's where there are several.
    pub(crate) fn subject(&self, finding: &Finding) -> String {
        match self.target_of(&finding.scope) {
            // A target's own resource would be named twice.
            Some(target) if self.targets.contains_key(finding.key.resource.as_str()) => target.to_owned(),
            Some(target) if finding.key.resource.as_str() != finding.scope => format!("{target} {}", finding.name),
            _ => finding.name.clone(),
        }
    }

    /// How many findings of checks there are: vulnerabilities are counted by themselves.
    pub(crate) fn check_counts(&self) -> FindingCounts {
        let (all, less) = (&self.counts, &self.vulnerability_counts);
        FindingCounts {
            pass: all.pass.saturating_sub(less.pass),
            fail: all.fail.saturating_sub(less.fail),
            unknown: all.unknown.saturating_sub(less.unknown),
            not_applicable: all.not_applicable.saturating_sub(less.not_applicable),
            new: all.new.saturating_sub(less.new),
            open: all.open.saturating_sub(less.open),
            resolved: all.resolved.saturating_sub(less.resolved),
            reopened: all.reopened.saturating_sub(less.reopened),
            exempted: all.exempted.saturating_sub(less.exempted),
            suppressed: all.suppressed.saturating_sub(less.suppressed),
            critical: all.critical.saturating_sub(less.critical),
            high: all.high.saturating_sub(less.high),
            medium: all.medium.saturating_sub(less.medium),
            low: all.low.saturating_sub(less.low),
        }
    }

    /// Whether something could not be read, or a check could not be loaded.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.gaps.iter().any(|gap| gap.incomplete) || !self.content_errors.is_empty()
    }

    /// Where there are more errors of content than people read: how many more, and what shows them.
    pub(crate) fn errors_left_out(&self) -> Option<String> {
        let more = self.content_errors.len().saturating_sub(ERRORS_SHOWN);
        (more > 0).then(|| format!("… and {more} more errors in content: casemate check list names all"))
    }

    /// What [`Report::is_incomplete`] means, in one line, with where to read more.
    pub(crate) fn incomplete_text(&self) -> String {
        let facets = self.gaps.iter().filter(|gap| gap.incomplete).count();
        let mut parts = Vec::new();
        if facets > 0 {
            let noun = if facets == 1 { "facet or list" } else { "facets or lists" };
            let doctor = if self.scans.iter().any(|scan| cloud::is_aws(&scan.target)) {
                "casemate doctor aws"
            } else {
                "casemate doctor"
            };
            parts.push(format!("{facets} {noun} could not be read ({doctor} says how to get them)"));
        }
        if !self.content_errors.is_empty() {
            let n = self.content_errors.len();
            parts.push(format!(
                "{n} {} in checks, baselines, frameworks or suppressions (named above)",
                if n == 1 { "error" } else { "errors" }
            ));
        }
        format!("incomplete: {}", parts.join("; "))
    }

    /// Whether a failure that somebody has to act on is at least this severe.
    pub(crate) fn reaches(&self, severity: Severity) -> bool {
        self.items.iter().any(|item| item.is_actionable() && item.finding.severity >= severity)
    }
}

/// How many findings are in each state, in the order of [`State::ALL`].
pub(crate) fn state_counts<'a>(findings: impl Iterator<Item = &'a Finding>) -> [u64; 4] {
    let mut counts = [0; 4];
    for finding in findings {
        for (count, state) in counts.iter_mut().zip(State::ALL) {
            *count += u64::from(state == finding.verdict.state);
        }
    }
    counts
}

/// The weight of a severity in a score (`docs/score.md`).
fn weight(severity: Severity) -> f64 {
    match severity {
        Severity::Low => 1.0,
        Severity::Medium => 3.0,
        Severity::High => 7.0,
        Severity::Critical => 10.0,
    }
}

/// The score of each area, by its name; then the whole as `all`.
pub(crate) fn area_scores(items: &[Item]) -> Vec<AreaScore> {
    #[derive(Default)]
    struct Sum {
        right: f64,
        all: f64,
        pass: u64,
        fail: u64,
        unknown: u64,
        exempted: u64,
        suppressed: u64,
    }
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    let mut whole = Sum::default();
    for item in items {
        let state = item.finding.verdict.state;
        // A score is of what can be proven right; of vulnerabilities only those that are there are known.
        if state == State::NotApplicable || vulnerability::is_vulnerability(&item.finding) {
            continue;
        }
        for sum in [sums.entry(item.texts.area.as_str()).or_default(), &mut whole] {
            if item.finding.suppression.is_some() {
                sum.suppressed += 1;
                continue;
            }
            if item.finding.exemption.is_some() && state == State::Fail {
                // An exempted failure is neither right nor wrong in the score; it is counted beside it.
                sum.exempted += 1;
                continue;
            }
            let weight = weight(item.finding.severity);
            sum.all += weight;
            match state {
                State::Pass => {
                    sum.pass += 1;
                    sum.right += weight;
                }
                State::Fail => sum.fail += 1,
                State::Unknown | State::NotApplicable => sum.unknown += 1,
            }
        }
    }
    sums.into_iter()
        .chain([("all", whole)])
        .map(|(area, sum)| AreaScore {
            area: area.to_owned(),
            score: (sum.all > 0.0).then(|| (sum.right / sum.all * 1000.0).floor() / 10.0),
            pass: sum.pass,
            fail: sum.fail,
            unknown: sum.unknown,
            exempted: sum.exempted,
            suppressed: sum.suppressed,
        })
        .collect()
}
