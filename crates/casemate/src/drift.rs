//! Drift: what differs from the state that people accepted (`casemate drift accept`), as one finding a resource in each
//! scan. Pass only where every accepted facet was read and is the same.
use std::collections::{BTreeMap, BTreeSet};

use casemate_estate::{
    CheckId, ContentHash, FacetStatus, Finding, FindingKey, Judged, Observation, ResourceId, Severity, Snapshot, State,
    Timestamp, Verdict, value_diff,
};
use casemate_store::Acceptance;
use serde_json::{Value, json};

use crate::command::who;

/// The check's name.
pub(crate) const CHECK: &str = "drift.accepted_state";
/// What a person does about it.
pub(crate) const REMEDIATION: &str =
    "Put it back as it was accepted, or accept the present state: casemate drift accept RESOURCE.";
/// What the check says of itself.
pub(crate) const TITLE: &str = "Resource is in the state that was accepted";
/// A change that nobody decided is neither harmless nor proof of harm; see `docs/severity.md`.
const SEVERITY: Severity = Severity::Medium;
/// Its risk, in the middle of what `medium` has.
const RISK: u8 = 40;
/// Most differences of one finding; the rest is counted.
const SHOWN_MAX: usize = 50;
/// Longest value of a difference, in bytes of JSON; a longer one is told by its hash.
const VALUE_MAX: usize = 2_000;

/// Whether a finding is one of these.
pub(crate) fn is_drift(finding: &Finding) -> bool {
    finding.key.check.as_str() == CHECK
}

/// Compares what a scan saw with what is accepted of its target. `before`: findings of earlier scans, of which those that
/// have nothing accepted any more end. `is_gone`: whether an earlier scan proved a resource gone.
pub(crate) fn judge<'k>(
    snapshot: &Snapshot,
    accepted: &[Acceptance],
    before: impl Iterator<Item = &'k FindingKey>,
    is_gone: &dyn Fn(&ResourceId) -> bool,
) -> Vec<Judged> {
    let mut by_resource: BTreeMap<&ResourceId, Vec<&Acceptance>> = BTreeMap::new();
    for one in accepted {
        by_resource.entry(&one.resource.id).or_default().push(one);
    }
    let seen: BTreeMap<&ResourceId, &Observation> =
        snapshot.observations.iter().map(|one| (&one.resource.id, one)).collect();
    let listed = listed(snapshot);
    let mut drifts: BTreeMap<ResourceId, Drift> = BTreeMap::new();
    for (id, of) in by_resource {
        if let Some(one) = seen.get(id) {
            drifts.entry(id.clone()).or_default().compare(one, &of);
            continue;
        }
        let Some(resource) = of.first().map(|one| &one.resource) else { continue };
        let gone = listed.contains(&(resource.scope.as_str(), resource.kind.as_str())) || is_gone(id);
        // What is gone has no findings of its own: its target has.
        match holder(snapshot) {
            Some(holder) if gone => drifts.entry(holder.clone()).or_default().gone(&of),
            _ if gone => {}
            _ => drifts.entry(id.clone()).or_default().unread(&of),
        }
    }
    let mut out: Vec<Judged> = drifts.into_iter().map(|(id, drift)| drift.judged(id)).collect();
    let judged: BTreeSet<ResourceId> = out.iter().map(|one| one.resource.clone()).collect();
    // What this scan did not see keeps its finding; with what is gone it has ended.
    let forgotten = before.filter(|key| {
        key.check.as_str() == CHECK && !judged.contains(&key.resource) && seen.contains_key(&key.resource)
    });
    out.extend(forgotten.map(|key| {
        let verdict = Verdict {
            state: State::NotApplicable,
            reason: "no state of it is accepted any more".into(),
            evidence: Vec::new(),
        };
        made(key.resource.clone(), verdict, ContentHash::of_parts([b"forgotten".as_slice()]))
    }));
    out
}

/// Scopes and kinds of which this scan saw all: what it did not see of them is gone.
fn listed(snapshot: &Snapshot) -> BTreeSet<(&str, &str)> {
    let of = |collected: bool| {
        let fits = move |one: &&casemate_estate::Listing| (one.status == FacetStatus::Collected) == collected;
        snapshot.listings.iter().filter(fits).map(|one| (one.scope.as_str(), one.kind.as_str()))
    };
    let refused: BTreeSet<_> = of(false).collect();
    of(true).filter(|one| !refused.contains(one)).collect()
}

/// The resource that stands for the target.
fn holder(snapshot: &Snapshot) -> Option<&ResourceId> {
    let mut ids = snapshot.observations.iter().map(|one| &one.resource.id);
    ids.clone().find(|id| id.as_str() == snapshot.target).or_else(|| ids.next())
}

/// What is found of one resource.
#[derive(Debug, Default)]
struct Drift {
    differences: Vec<Value>,
    places: Vec<String>,
    unknown: Vec<String>,
    decided: BTreeSet<String>,
    who: Option<Value>,
    inputs: Vec<Vec<u8>>,
}

impl Drift {
    fn take(&mut self, one: &Acceptance) {
        self.decided.insert(format!("{} on {:.0}", one.author, one.created));
        let of = [one.resource.id.as_str(), &one.facet, &one.author, &one.created.to_string()].join("\n");
        self.inputs.push(of.into_bytes());
        self.inputs.push(one.hash.0.to_vec());
    }

    fn compare(&mut self, present: &Observation, accepted: &[&Acceptance]) {
        for one in accepted {
            self.take(one);
            let facet = present.facets.get(&one.facet);
            match facet.map(|facet| (facet.status, facet.value.as_deref(), facet)) {
                Some((FacetStatus::Collected, Some(value), facet)) => {
                    self.inputs.push(facet.hash.map(|hash| hash.0.to_vec()).unwrap_or_default());
                    for (path, accepted, present) in value_diff(&one.value, value) {
                        self.places.push(format!("{}{path}", one.facet));
                        self.differences.push(json!({
                            "facet": one.facet, "path": path, "accepted": brief(accepted), "present": brief(present),
                        }));
                    }
                }
                Some((status, _, facet)) => {
                    let why = facet.reason.clone().unwrap_or_default();
                    self.unknown.push(format!("{} is {status}: {why}", one.facet));
                }
                None => self.unknown.push(format!("{} was not read", one.facet)),
            }
        }
        let since = accepted.iter().map(|one| one.created).max();
        self.who = present
            .facets
            .get(who::FACET)
            .and_then(|facet| facet.value.as_deref())
            .filter(|who| {
                let at = who.get("at").and_then(Value::as_str).and_then(|at| at.parse::<Timestamp>().ok());
                // CloudTrail tells whole seconds.
                at.zip(since).is_some_and(|(at, since)| at.as_second() >= since.as_second())
            })
            .cloned();
        self.inputs.extend(self.who.iter().map(|who| who.to_string().into_bytes()));
        self.inputs.extend(self.unknown.iter().map(|why| why.clone().into_bytes()));
    }

    fn gone(&mut self, accepted: &[&Acceptance]) {
        for one in accepted {
            self.take(one);
        }
        if let Some(one) = accepted.first() {
            self.places.push(format!("{} is gone", one.resource.id));
            self.differences.push(json!({
                "resource": one.resource.id, "kind": one.resource.kind, "name": one.resource.name,
                "accepted": "present", "present": "gone",
            }));
        }
        self.inputs.push(b"gone".to_vec());
    }

    fn unread(&mut self, accepted: &[&Acceptance]) {
        for one in accepted {
            self.take(one);
        }
        self.unknown.push("this scan did not look for it".into());
    }

    fn judged(mut self, id: ResourceId) -> Judged {
        let inputs = ContentHash::of_parts(self.inputs.iter().map(Vec::as_slice));
        let decided = self.decided.into_iter().collect::<Vec<_>>().join(", ");
        let count = self.differences.len();
        let (state, reason) = if count > 0 {
            self.places.sort();
            self.places.dedup();
            let shown: Vec<&str> = self.places.iter().take(3).map(String::as_str).collect();
            let more = self.places.len().saturating_sub(shown.len());
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            let by = self.who.as_ref().map(|who| format!("; last changed by {}", who::text(who))).unwrap_or_default();
            (State::Fail, format!("differs from what {decided} accepted: {}{rest}{by}", shown.join(", ")))
        } else if self.unknown.is_empty() {
            (State::Pass, format!("is as {decided} accepted it"))
        } else {
            (State::Unknown, format!("cannot be compared with what {decided} accepted: {}", self.unknown.join("; ")))
        };
        let mut evidence: Vec<Value> = self.differences.into_iter().take(SHOWN_MAX).collect();
        if count > SHOWN_MAX {
            evidence.push(json!({"more": count - SHOWN_MAX}));
        }
        if let (State::Fail, Some(who)) = (state, self.who) {
            evidence.push(json!({"who": who}));
        }
        made(id, Verdict { state, reason, evidence }, inputs)
    }
}

fn made(resource: ResourceId, verdict: Verdict, inputs: ContentHash) -> Judged {
    let risk = if verdict.state == State::Fail { RISK } else { 0 };
    Judged { check: CheckId(CHECK.into()), resource, severity: SEVERITY, risk, verdict, inputs }
}

fn brief(value: Option<Value>) -> Value {
    match value {
        None => Value::Null,
        Some(value) if value.to_string().len() > VALUE_MAX => {
            json!({"sha256": ContentHash::of_value(&value).to_hex(), "length": value.to_string().len()})
        }
        Some(value) => value,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use casemate_estate::{Facet, Kind, Listing, Resource};

    use super::*;

    const HOST: &str = "host://m";
    const UNIT: &str = "host://m/unit/a";

    fn at() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    fn resource(id: &str) -> Resource {
        let kind = if id == HOST { "host" } else { "host.unit" };
        Resource { id: ResourceId::new(id).unwrap(), kind: Kind::new(kind), name: "n".into(), scope: HOST.into() }
    }

    fn accepted(id: &str, facet: &str, value: Value) -> Acceptance {
        Acceptance {
            resource: resource(id),
            target: HOST.into(),
            facet: facet.into(),
            hash: ContentHash::of_value(&value),
            value: Arc::new(value),
            tag: None,
            note: String::new(),
            author: "ana".into(),
            created: at(),
        }
    }

    fn seen(id: &str, facets: &[(&str, Facet)]) -> Observation {
        let facets = facets.iter().map(|(name, facet)| ((*name).to_owned(), facet.clone())).collect();
        Observation { resource: resource(id), facets }
    }

    fn snapshot(observations: Vec<Observation>, listed: FacetStatus) -> Snapshot {
        let listing = Listing { scope: HOST.into(), kind: Kind::new("host.unit"), status: listed, reason: None };
        Snapshot {
            target: HOST.into(),
            started: at(),
            finished: at(),
            observations,
            edges: Vec::new(),
            listings: vec![listing],
        }
    }

    fn good(value: Value) -> Facet {
        Facet::collected(value, at())
    }

    fn one(snapshot: &Snapshot, accepted: &[Acceptance]) -> (String, State, String, Vec<Value>) {
        let mut out = judge(snapshot, accepted, std::iter::empty(), &|_| false);
        assert_eq!(out.len(), 1, "{out:?}");
        let one = out.remove(0);
        assert_eq!(one.risk > 0, one.verdict.state == State::Fail);
        (one.resource.to_string(), one.verdict.state, one.verdict.reason, one.verdict.evidence)
    }

    #[test]
    fn it_passes_only_where_all_is_proven_to_be_the_same() {
        let denied = Facet::missing(FacetStatus::Denied, "cannot read it", at());
        let same = good(json!({"v": 1}));
        for (facets, want, told, why) in [
            (vec![("f", same.clone()), ("g", same.clone())], State::Pass, "as ana", "the same"),
            (vec![("f", good(json!({"v": 2}))), ("g", same.clone())], State::Fail, "f/v", "another value"),
            (vec![("f", same.clone()), ("g", denied.clone())], State::Unknown, "g is denied", "a facet is refused"),
            (vec![("f", same)], State::Unknown, "g was not read", "a facet was not asked for"),
            (
                vec![("f", good(json!({"v": 2}))), ("g", denied)],
                State::Fail,
                "f/v",
                "what differs differs all the same",
            ),
        ] {
            let both = [accepted(HOST, "f", json!({"v": 1})), accepted(HOST, "g", json!({"v": 1}))];
            let (of, state, reason, evidence) =
                one(&snapshot(vec![seen(HOST, &facets)], FacetStatus::Collected), &both);
            assert_eq!((of.as_str(), state), (HOST, want), "{why}");
            assert!(reason.contains(told), "{why}: {reason}");
            if state == State::Fail {
                assert_eq!(evidence, [json!({"facet": "f", "path": "/v", "accepted": 1, "present": 2})], "{why}");
            }
        }
    }

    #[test]
    fn what_is_gone_is_told_of_its_target_and_only_where_it_is_proven() {
        let unit = [accepted(UNIT, "f", json!(1))];
        let host = || vec![seen(HOST, &[])];
        let (of, state, reason, evidence) = one(&snapshot(host(), FacetStatus::Collected), &unit);
        assert_eq!((of.as_str(), state), (HOST, State::Fail));
        assert!(reason.contains("host://m/unit/a is gone"), "{reason}");
        assert_eq!(evidence[0]["present"], "gone");
        let (of, state, reason, _) = one(&snapshot(host(), FacetStatus::Denied), &unit);
        assert_eq!((of.as_str(), state), (UNIT, State::Unknown), "{reason}");
        let known = judge(&snapshot(host(), FacetStatus::Denied), &unit, std::iter::empty(), &|_| true);
        assert_eq!(known[0].verdict.state, State::Fail, "an earlier scan proved it");
    }

    #[test]
    fn who_changed_it_since_is_named() {
        let who = |time: &str| json!({"at": time, "actor": "arn:aws:iam::1:user/bo", "event": "PutBucketPolicy"});
        let accepted = [accepted(HOST, "f", json!(1))];
        for (time, named, why) in [
            ("2027-01-15T08:00:01Z", true, "after it was accepted"),
            ("2027-01-15T07:59:59Z", false, "before: it was accepted with that"),
            ("soon", false, "no time"),
        ] {
            let facets = [("f", good(json!(2))), ("last_change", good(who(time)))];
            let (_, _, reason, evidence) = one(&snapshot(vec![seen(HOST, &facets)], FacetStatus::Collected), &accepted);
            assert_eq!(reason.contains("user/bo"), named, "{why}: {reason}");
            assert_eq!(evidence.iter().any(|one| one.get("who").is_some()), named, "{why}");
        }
    }

    #[test]
    fn findings_are_bounded_and_end_when_it_is_forgotten() {
        let many = |n: usize| json!((0..200).map(|i| (format!("k{i}"), json!(n))).collect::<serde_json::Map<_, _>>());
        let state = snapshot(vec![seen(HOST, &[("f", good(many(2)))])], FacetStatus::Collected);
        let (_, _, _, evidence) = one(&state, &[accepted(HOST, "f", many(1))]);
        assert_eq!((evidence.len(), &evidence[50]), (51, &json!({"more": 150})));
        let long = snapshot(vec![seen(HOST, &[("f", good(json!("x".repeat(9_000))))])], FacetStatus::Collected);
        let (_, _, _, evidence) = one(&long, &[accepted(HOST, "f", json!(1))]);
        assert!(evidence[0]["present"]["sha256"].is_string());
        let key = FindingKey { check: CheckId(CHECK.into()), resource: ResourceId::new(HOST).unwrap() };
        let other = FindingKey { check: CheckId("host.x".into()), resource: ResourceId::new(HOST).unwrap() };
        let unseen = FindingKey { check: CheckId(CHECK.into()), resource: ResourceId::new(UNIT).unwrap() };
        let ended = judge(&state, &[], [&key, &other, &unseen].into_iter(), &|_| false);
        assert_eq!(ended.len(), 1);
        assert_eq!(ended[0].verdict.state, State::NotApplicable);
    }
}
