use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ContentHash, Kind, ResourceId, Timestamp};

/// The name of a check: `host.sysctl.kptr_restrict`. Never reused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CheckId(pub String);

impl CheckId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How bad a failure is by itself; how it is chosen stands in `docs/severity.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Defence in depth.
    Low,
    /// Helps an attacker who is already inside, or removes a trace.
    Medium,
    /// One step from a compromise.
    High,
    /// A compromise by itself.
    Critical,
}

impl Severity {
    /// All, lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The severity of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a check says of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Proven right.
    Pass,
    /// Proven wrong.
    Fail,
    /// Could not be judged.
    Unknown,
    /// The check's own `applies` rule says that it is not about this resource.
    NotApplicable,
}

impl State {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Pass, Self::Fail, Self::Unknown, Self::NotApplicable];

    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The state of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A state with its reason and what proves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The state.
    pub state: State,
    /// One sentence: the messages of `deny`, or why it is unknown. Empty for a plain pass.
    pub reason: String,
    /// What proves it: the evidence of `deny` or of `compliant`; a JSON array, empty where there is none.
    pub evidence: Vec<Value>,
}

/// A verdict on one resource by one check, before its life is known. What `assess` hands to the store.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The check.
    pub check: CheckId,
    /// The resource.
    pub resource: ResourceId,
    /// The check's severity, after the baseline's overrides.
    pub severity: Severity,
    /// 0 to 100: what to look at first (`docs/risk.md`). 0 for anything but a failure.
    pub risk: u8,
    /// What was found.
    pub verdict: Verdict,
    /// Hash of all that the verdict was made from: check, parameters, needed facets, related resources.
    pub inputs: ContentHash,
}

/// Names a finding: a check on a resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FindingKey {
    /// The check.
    pub check: CheckId,
    /// The resource.
    pub resource: ResourceId,
}

impl FindingKey {
    /// A stable id: `f-` and the first 16 hexadecimal digits of the hash of check and resource.
    #[must_use]
    pub fn id(&self) -> String {
        let hex = ContentHash::of_parts([self.check.as_str().as_bytes(), self.resource.as_str().as_bytes()]).to_hex();
        format!("f-{}", hex.get(..16).unwrap_or(&hex))
    }
}

/// Where a finding is in its life. Only a failure opens one, and only a proven pass, a check that no longer applies,
/// or a resource that is proven gone resolves one: `unknown` changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeStatus {
    /// Has never failed.
    None,
    /// Failed in the latest scan and never before.
    New,
    /// Failed before and has not been proven right since.
    Open,
    /// Failed before and is right now.
    Resolved,
    /// Was resolved and fails again in the latest scan.
    Reopened,
}

impl LifeStatus {
    /// All, in the order of a life.
    pub const ALL: [Self; 5] = [Self::None, Self::New, Self::Open, Self::Resolved, Self::Reopened];

    /// The word used in stores and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::New => "new",
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Reopened => "reopened",
        }
    }

    /// The status of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }

    /// Whether somebody still has to act.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Open | Self::Reopened)
    }
}

/// The life of a finding, with its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// Where it is now.
    pub status: LifeStatus,
    /// When the check first judged the resource.
    pub first_seen: Timestamp,
    /// When it last did.
    pub last_seen: Timestamp,
    /// When the present or latest failure began.
    pub opened_at: Option<Timestamp>,
    /// When the latest failure was proven over.
    pub resolved_at: Option<Timestamp>,
    /// How often it came back after it was resolved.
    pub reopened: u32,
}

impl Life {
    /// The life after a verdict of `state` at `now`; `previous` is none where the check never judged the resource.
    #[must_use]
    pub fn advance(previous: Option<&Self>, state: State, now: Timestamp) -> Self {
        let mut life = previous.copied().unwrap_or(Self {
            status: LifeStatus::None,
            first_seen: now,
            last_seen: now,
            opened_at: None,
            resolved_at: None,
            reopened: 0,
        });
        life.last_seen = now;
        life.status = match (life.status, state) {
            (LifeStatus::None, State::Fail) => {
                life.opened_at = Some(now);
                LifeStatus::New
            }
            (LifeStatus::Resolved, State::Fail) => {
                life.opened_at = Some(now);
                life.resolved_at = None;
                life.reopened = life.reopened.saturating_add(1);
                LifeStatus::Reopened
            }
            (LifeStatus::New | LifeStatus::Open | LifeStatus::Reopened, State::Fail | State::Unknown) => {
                LifeStatus::Open
            }
            (LifeStatus::New | LifeStatus::Open | LifeStatus::Reopened, State::Pass | State::NotApplicable) => {
                life.resolved_at = Some(now);
                LifeStatus::Resolved
            }
            (status @ (LifeStatus::None | LifeStatus::Resolved), _) => status,
        };
        life
    }
}

/// Why a failure is accepted for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExemptionKind {
    /// The risk is accepted.
    Waiver,
    /// The risk is met by something that Casemate cannot see.
    Mitigated,
}

impl ExemptionKind {
    /// The word used in stores and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiver => "waiver",
            Self::Mitigated => "mitigated",
        }
    }
}

/// A decision to accept failures for a time. Findings keep their true state beside it, and an expired one reopens them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// `e-` and digits; unique in the store.
    pub id: String,
    /// Which sort.
    pub kind: ExemptionKind,
    /// The check, or `*` in its place and after a dot as in `host.sshd.*`.
    pub check: String,
    /// The resource id, or a prefix of it followed by `*`.
    pub resource: String,
    /// Why; not empty.
    pub reason: String,
    /// Who; not empty.
    pub author: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends; none for one without an end.
    pub expires: Option<Timestamp>,
}

impl Exemption {
    /// Whether it covers this finding at `now`.
    #[must_use]
    pub fn covers(&self, key: &FindingKey, now: Timestamp) -> bool {
        self.expires.is_none_or(|end| now < end)
            && pattern_matches(&self.check, key.check.as_str())
            && pattern_matches(&self.resource, key.resource.as_str())
    }
}

fn pattern_matches(pattern: &str, text: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => text.starts_with(prefix),
        None => pattern == text,
    }
}

/// A rule that takes findings out of lists and counts, by expression; they are counted as suppressed, never lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// `s-` and digits; unique in the store.
    pub id: String,
    /// The expression: a Rego boolean body over `input.finding`, evaluated by `assess`.
    pub expression: String,
    /// Why; not empty.
    pub reason: String,
    /// Who; not empty.
    pub author: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends; none for one without an end.
    pub expires: Option<Timestamp>,
}

/// A finding as the store keeps it: the latest verdict, its life, and what was decided about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// [`FindingKey::id`].
    pub id: String,
    /// Check and resource.
    pub key: FindingKey,
    /// The resource's kind.
    pub kind: Kind,
    /// The resource's name.
    pub name: String,
    /// The resource's scope.
    pub scope: String,
    /// The check's severity.
    pub severity: Severity,
    /// 0 to 100.
    pub risk: u8,
    /// The latest verdict.
    pub verdict: Verdict,
    /// The life.
    pub life: Life,
    /// Hash of what the verdict was made from.
    pub inputs: ContentHash,
    /// The exemption that covers it now.
    pub exemption: Option<String>,
    /// The suppression that hides it now.
    pub suppression: Option<String>,
}

impl Finding {
    /// Whether it counts as a problem: it is open and neither exempted nor suppressed.
    #[must_use]
    pub fn is_actionable(&self) -> bool {
        self.life.status.is_open()
            && self.verdict.state == State::Fail
            && self.exemption.is_none()
            && self.suppression.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_life_is_new_open_resolved_reopened() {
        use LifeStatus::{New, None, Open, Reopened, Resolved};
        use State::{Fail, NotApplicable, Pass, Unknown};
        for (states, want, why) in [
            (&[Pass][..], None, "what never failed has no life"),
            (&[Unknown], None, "not knowing opens nothing"),
            (&[Fail], New, "the first failure"),
            (&[Fail, Fail], Open, "the second scan that sees it"),
            (&[Fail, Unknown], Open, "not knowing resolves nothing"),
            (&[Fail, Pass], Resolved, "a proven pass"),
            (&[Fail, NotApplicable], Resolved, "no longer applies"),
            (&[Fail, Pass, Unknown], Resolved, "not knowing reopens nothing"),
            (&[Fail, Pass, Fail], Reopened, "it came back"),
            (&[Fail, Pass, Fail, Fail], Open, "and stayed"),
        ] {
            let mut life: Option<Life> = Option::None;
            for (i, state) in states.iter().enumerate() {
                life = Some(Life::advance(life.as_ref(), *state, at(i64::try_from(i).unwrap())));
            }
            assert_eq!(life.unwrap().status, want, "{states:?}: {why}");
        }
    }

    #[test]
    fn an_exemption_ends_on_time_and_covers_only_its_scope() {
        let exemption = Exemption {
            id: "e-1".into(),
            kind: ExemptionKind::Waiver,
            check: "host.sshd.*".into(),
            resource: "host://m/*".into(),
            reason: "r".into(),
            author: "a".into(),
            created: at(0),
            expires: Some(at(10)),
        };
        let key = |check: &str, resource: &str| FindingKey {
            check: CheckId(check.into()),
            resource: ResourceId::new(resource).unwrap(),
        };
        for (k, now, want, why) in [
            (key("host.sshd.x", "host://m/sshd/sshd"), 9, true, "inside"),
            (key("host.sshd.x", "host://m/sshd/sshd"), 10, false, "the end is not inside"),
            (key("host.sudo.x", "host://m/sshd/sshd"), 9, false, "another check"),
            (key("host.sshd.x", "host://other/sshd/sshd"), 9, false, "another host"),
        ] {
            assert_eq!(exemption.covers(&k, at(now)), want, "{why}");
        }
    }
}
