use std::{fmt, sync::Arc};

use casemate_estate::{
    Change, ContentHash, Edge, ExemptionKind, Facet, FacetStatus, Finding, FindingKey, Judged, Kind, LifeStatus,
    Resource, ResourceId, Severity, Snapshot, State, Timestamp, Verdict,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Names a scan in its store. Grows with each scan; never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScanId(pub i64);

impl fmt::Display for ScanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// All that one scan hands to the store.
#[derive(Clone, Copy)]
pub struct ScanCommit<'a> {
    /// What was read.
    pub snapshot: &'a Snapshot,
    /// What the checks said; each pair of check and resource once, each resource in `snapshot` or in the store.
    pub judged: &'a [Judged],
    /// The id of the suppression that hides a finding. Called once for each finding in `judged`.
    pub suppress: &'a dyn Fn(&Finding) -> Option<String>,
    /// The present time.
    pub now: Timestamp,
    /// The baseline in force.
    pub baseline: &'a str,
    /// Hash of the checks in force.
    pub content_hash: ContentHash,
}

impl fmt::Debug for ScanCommit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScanCommit")
            .field("target", &self.snapshot.target)
            .field("observations", &self.snapshot.observations.len())
            .field("judged", &self.judged.len())
            .field("now", &self.now)
            .field("baseline", &self.baseline)
            .finish_non_exhaustive()
    }
}

/// What a scan saw and changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanCounts {
    /// Resources observed.
    pub resources: u64,
    /// Of these, never seen before or seen again after they were gone.
    pub resources_appeared: u64,
    /// Resources that a listing proved gone.
    pub resources_gone: u64,
    /// Facets observed, of any status.
    pub facets: u64,
    /// Of these, with another status, reason or value than before, or new.
    pub facets_changed: u64,
    /// Of the observed, denied, throttled or failed.
    pub facets_incomplete: u64,
    /// Of the observed, believed from an earlier scan without reading them again: their time is before this scan began.
    pub facets_believed: u64,
    /// Lists of resources that were denied, throttled or failed.
    pub listings_incomplete: u64,
    /// Edges in the snapshot.
    pub edges: u64,
    /// Verdicts.
    pub judged: u64,
    /// Of these, pass.
    pub pass: u64,
    /// Of these, fail.
    pub fail: u64,
    /// Of these, unknown.
    pub unknown: u64,
    /// Of these, not applicable.
    pub not_applicable: u64,
    /// Findings that failed for the first time.
    pub opened: u64,
    /// Findings proven over, those of gone resources included.
    pub resolved: u64,
    /// Findings that came back, those whose exemption ended included.
    pub reopened: u64,
    /// Failures that an exemption covers.
    pub exempted: u64,
    /// Findings that a suppression hides.
    pub suppressed: u64,
}

/// What a commit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ScanReceipt {
    /// The new scan.
    pub scan: ScanId,
    /// Its time in the store: `now`, or just after the latest scan where the clock went back.
    pub at: Timestamp,
    /// What it saw and changed.
    pub counts: ScanCounts,
}

/// A scan that was committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScanRecord {
    /// Its id.
    pub id: ScanId,
    /// What was scanned.
    pub target: String,
    /// When reading began.
    pub started: Timestamp,
    /// When reading ended.
    pub finished: Timestamp,
    /// The time that all changes of this scan carry.
    pub at: Timestamp,
    /// The baseline in force.
    pub baseline: String,
    /// 64 hexadecimal digits: the hash of the checks in force.
    pub content_hash: String,
    /// What it saw and changed.
    pub counts: ScanCounts,
}

/// The last verdict on a pair of check and resource, for reuse where the inputs are unchanged.
#[derive(Debug, Clone, PartialEq)]
pub struct Remembered {
    /// Hash of what it was made from.
    pub inputs: ContentHash,
    /// The verdict.
    pub verdict: Verdict,
    /// The severity.
    pub severity: Severity,
    /// 0 to 100.
    pub risk: u8,
}

/// A resource with its times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResourceRecord {
    /// The resource.
    #[serde(flatten)]
    pub resource: Resource,
    /// The target whose scan saw it last.
    pub target: String,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// When it was last seen.
    pub last_seen: Timestamp,
    /// When a listing proved it gone; none where it is present.
    pub gone_at: Option<Timestamp>,
}

/// A version of a facet.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetRecord {
    /// The facet's name.
    pub name: String,
    /// What was read; `at` is when the version began.
    pub facet: Facet,
    /// When the version began.
    pub valid_from: Timestamp,
    /// When it ended; none where it is in force.
    pub valid_to: Option<Timestamp>,
}

/// A facet that could not be collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingFacet {
    /// The resource.
    pub resource: ResourceId,
    /// Its kind.
    pub kind: Kind,
    /// The facet's name.
    pub facet: String,
    /// Anything but collected.
    pub status: FacetStatus,
    /// Why.
    pub reason: Option<String>,
}

/// An edge with its validity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EdgeRecord {
    /// The edge.
    #[serde(flatten)]
    pub edge: Edge,
    /// When it was first seen.
    pub valid_from: Timestamp,
    /// When it ended; none where it is in force.
    pub valid_to: Option<Timestamp>,
}

/// Which edges of a resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// Those that start at it.
    Out,
    /// Those that end at it.
    In,
    /// Both.
    #[default]
    Both,
}

/// Which part of a list. The default is all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many to leave out at the start.
    pub offset: usize,
    /// How many to give at most.
    pub limit: usize,
}

impl Page {
    /// All of the list.
    pub const ALL: Self = Self { offset: 0, limit: usize::MAX };

    /// The first `limit`.
    #[must_use]
    pub fn first(limit: usize) -> Self {
        Self { offset: 0, limit }
    }
}

impl Default for Page {
    fn default() -> Self {
        Self::ALL
    }
}

/// Which resources. The default is all that are present now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResourceFilter {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Last seen by scans of this target.
    pub target: Option<String>,
    /// In this scope.
    pub scope: Option<String>,
    /// With this in the name or the id; ASCII letters match in either case.
    pub name_contains: Option<String>,
    /// As they were at this time.
    pub at: Option<Timestamp>,
    /// With those that are gone.
    pub include_gone: bool,
}

/// Between which times and over which resources to compare.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiffFilter {
    /// The earlier state: as it was at this time.
    pub since: Timestamp,
    /// The later state; none for now.
    pub until: Option<Timestamp>,
    /// Only resources last seen by scans of this target.
    pub target: Option<String>,
    /// Only this resource.
    pub resource: Option<ResourceId>,
}

/// Something that happened to a resource.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// In which scan; none for what a person decided between scans.
    pub scan: Option<ScanId>,
    /// What.
    #[serde(flatten)]
    pub event: HistoryEvent,
}

/// What happened to a resource.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum HistoryEvent {
    /// It was seen for the first time, or again after it was gone.
    Appeared,
    /// A listing proved it gone.
    Gone,
    /// A version of a facet began.
    Facet {
        /// The facet.
        facet: String,
        /// How the reading went.
        status: FacetStatus,
        /// Why it was not collected.
        reason: Option<String>,
        /// The differences to the version before; against the last value that could be read where there is one.
        changes: Vec<Change>,
    },
    /// A facet was no longer part of what a scan reads.
    FacetEnded {
        /// The facet.
        facet: String,
    },
    /// A finding changed.
    Finding {
        /// How.
        change: FindingEvent,
    },
}

/// A change of a finding's state or life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingEvent {
    /// [`FindingKey::id`].
    pub finding: String,
    /// Check and resource.
    #[serde(flatten)]
    pub key: FindingKey,
    /// When.
    pub at: Timestamp,
    /// In which scan; none for what a person decided between scans.
    pub scan: Option<ScanId>,
    /// The state before; none for the first verdict.
    pub state_before: Option<State>,
    /// The state after.
    pub state: State,
    /// The life before; none for the first verdict.
    pub status_before: Option<LifeStatus>,
    /// The life after.
    pub status: LifeStatus,
    /// Why: the verdict's reason, or that the resource is gone or an exemption ended.
    pub reason: String,
}

/// Which findings. The default is all that are neither exempted nor suppressed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingFilter {
    /// The present time, at which exemptions and suppressions count. A time before the latest scan means the
    /// time of that scan.
    pub now: Timestamp,
    /// State and life as they were at this time. Risk, severity, reason and evidence are those of the change that led
    /// to that state; suppressions are not applied.
    pub at: Option<Timestamp>,
    /// In one of these states; empty for all.
    pub states: Vec<State>,
    /// In one of these stages of life; empty for all.
    pub statuses: Vec<LifeStatus>,
    /// At least this severe.
    pub min_severity: Option<Severity>,
    /// Of this check; a last `*` stands for any rest.
    pub check: Option<String>,
    /// Of resources whose id starts with this.
    pub resource_prefix: Option<String>,
    /// Of resources in this scope.
    pub scope: Option<String>,
    /// Of resources last seen by scans of this target.
    pub target: Option<String>,
    /// Judged last by this scan.
    pub scan: Option<ScanId>,
    /// With those that an exemption covers.
    pub include_exempted: bool,
    /// With those that a suppression hides.
    pub include_suppressed: bool,
    /// With those of resources that are gone. They count as resolved whatever their last state was, so they are also
    /// given where `statuses` names that stage.
    pub include_gone: bool,
}

impl FindingFilter {
    /// All findings that are neither exempted nor suppressed at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self { now, ..Self::default() }
    }

    /// What a person looks at first: failures that are neither exempted nor suppressed at `now`.
    #[must_use]
    pub fn failing(now: Timestamp) -> Self {
        Self { now, states: vec![State::Fail], ..Self::default() }
    }
}

/// How many findings there are of each sort.
///
/// Each finding is counted once in `suppressed`, `exempted`, `pass`, `fail`, `unknown` and `not_applicable`, in this
/// order of precedence; so their sum is the number of findings. Lives and severities count what is left after
/// `suppressed` and `exempted`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FindingCounts {
    /// Proven right.
    pub pass: u64,
    /// Proven wrong.
    pub fail: u64,
    /// Could not be judged.
    pub unknown: u64,
    /// Not about the resource.
    pub not_applicable: u64,
    /// Failed for the first time in the latest scan.
    pub new: u64,
    /// Failed before and not proven right since.
    pub open: u64,
    /// Failed before and right now.
    pub resolved: u64,
    /// Came back, or its exemption ended.
    pub reopened: u64,
    /// Open, and an exemption covers it.
    pub exempted: u64,
    /// A suppression hides it.
    pub suppressed: u64,
    /// Failing, critical.
    pub critical: u64,
    /// Failing, high.
    pub high: u64,
    /// Failing, medium.
    pub medium: u64,
    /// Failing, low.
    pub low: u64,
}

impl FindingCounts {
    /// Adds the counts of other findings.
    pub fn add(&mut self, other: &Self) {
        let mine = [
            &mut self.pass,
            &mut self.fail,
            &mut self.unknown,
            &mut self.not_applicable,
            &mut self.new,
            &mut self.open,
            &mut self.resolved,
            &mut self.reopened,
            &mut self.exempted,
            &mut self.suppressed,
            &mut self.critical,
            &mut self.high,
            &mut self.medium,
            &mut self.low,
        ];
        let others = [
            other.pass,
            other.fail,
            other.unknown,
            other.not_applicable,
            other.new,
            other.open,
            other.resolved,
            other.reopened,
            other.exempted,
            other.suppressed,
            other.critical,
            other.high,
            other.medium,
            other.low,
        ];
        for (mine, other) in mine.into_iter().zip(others) {
            *mine += other;
        }
    }
}

/// An exemption to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExemption {
    /// Which sort.
    pub kind: ExemptionKind,
    /// The check; a last `*` stands for any rest.
    pub check: String,
    /// The resource id; a last `*` stands for any rest.
    pub resource: String,
    /// Why; not empty.
    pub reason: String,
    /// Who; not empty.
    pub author: String,
    /// When it ends; none for one without an end.
    pub expires: Option<Timestamp>,
}

/// A value of a facet that somebody accepted as right.
#[derive(Debug, Clone, PartialEq)]
pub struct Acceptance {
    /// The resource, present or gone.
    pub resource: Resource,
    /// The target whose scan saw it last.
    pub target: String,
    /// The facet.
    pub facet: String,
    /// What was accepted.
    pub value: Arc<Value>,
    /// Hash of `value`.
    pub hash: ContentHash,
    /// `KEY=VALUE` where it was accepted for all resources with a tag.
    pub tag: Option<String>,
    /// Why; may be empty.
    pub note: String,
    /// Who.
    pub author: String,
    /// When.
    pub created: Timestamp,
}

/// A value to be accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAcceptance {
    /// The resource; a scan saw it.
    pub resource: ResourceId,
    /// The facet; not empty.
    pub facet: String,
    /// What is accepted.
    pub value: Value,
    /// `KEY=VALUE` where it is accepted for all resources with a tag.
    pub tag: Option<String>,
    /// Why; may be empty.
    pub note: String,
    /// Who; not empty.
    pub author: String,
}

/// A suppression to be made. The caller has compiled `expression`; the store does not look into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSuppression {
    /// The expression; not empty.
    pub expression: String,
    /// Why; not empty.
    pub reason: String,
    /// Who; not empty.
    pub author: String,
    /// When it ends; none for one without an end.
    pub expires: Option<Timestamp>,
}

/// A change that others hear of, in the order of the changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutboxRow {
    /// Position: the cursor for the next read.
    pub id: i64,
    /// Unique over all stores: a reader that sees it twice may drop one.
    pub dedup_id: String,
    /// The resource it is about; none for exemptions and suppressions.
    pub resource: Option<ResourceId>,
    /// `resource.appeared`, `resource.gone`, `finding.changed`, `exemption.added`, `exemption.removed`,
    /// `suppression.added`, `suppression.removed`, `acceptance.added`, `acceptance.removed`.
    pub kind: String,
    /// What changed.
    pub payload: Value,
    /// When.
    pub at: Timestamp,
}
