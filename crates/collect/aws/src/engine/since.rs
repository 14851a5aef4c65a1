//! What of the last snapshot CloudTrail proves to be as it was: [`since_trail`].
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::AtomicBool,
};

use casemate_estate::{Facet, FacetStatus, Snapshot, Timestamp};
use serde_json::{Value, json};

use super::{
    home_region,
    past::{Belief, Changed, Proof},
    plan::{ACCOUNT, ACCOUNT_REGION, COVERAGE},
};
use crate::{
    Account, Regions,
    api::Api,
    trail::{self, Change, Origin, Reading, origin},
};

/// Longest time after which everything is read again, whatever the trail says: events tell what was done by calls, not
/// what services do of themselves.
const FULL_MAX: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 7);
/// The word in an account's `coverage` that says that facets were believed for their age, and prove nothing later.
pub(super) const BY_AGE: &str = "believed_by_age";
/// Most reasons that are told.
const TOLD_MAX: usize = 5;

/// What the events of an account say.
#[derive(Debug, Default)]
pub(crate) struct Since {
    /// What may be believed.
    pub(crate) belief: Belief,
    /// The events, for `last_change`.
    pub(crate) events: Vec<Change>,
    /// For people: what was read, and what is not believed for which reason.
    pub(crate) told: Vec<String>,
}

/// Asks CloudTrail what was done in the account since the last scan began.
pub(crate) fn since_trail(
    api: &dyn Api,
    partition: &str,
    regions: &Regions,
    account: &Account,
    previous: Option<&Snapshot>,
    now: Timestamp,
    cancel: &AtomicBool,
) -> Since {
    let nothing = |why: &str| Since {
        told: vec![format!("account {}: {why}: everything is read", account.id)],
        ..Since::default()
    };
    let (Some(previous), Some(since)) = (previous, account.last_started) else {
        return nothing("it was not scanned before");
    };
    if previous.observations.iter().any(is_by_age) {
        return nothing("the last scan believed facets for their age (--max-age)");
    }
    let home = home_region(partition).to_owned();
    let trail = trail::changes(&Reading {
        api,
        account: &account.id,
        partition,
        regions: places(regions, previous),
        since,
        full: account.last_full.unwrap_or(Timestamp::MIN),
        until: now,
        cancel,
    });
    let mut told = Vec::new();
    // Those who want to know who did it are told also where everything is read.
    if account.last_full.is_none_or(|full| now.duration_since(full) > FULL_MAX) {
        told.push(format!("account {}: it was not read whole for a week: everything is read", account.id));
        return Since { belief: Belief::Nothing, events: trail.events, told };
    }
    let mut proof = Proof { home, proven: trail.proven, excluded: trail.excluded, changes: Vec::new() };
    let mut unknown: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for event in &trail.events {
        match origin(&event.event_source) {
            Origin::Own(source) => proof.changes.push(changed(source, &event.region, event)),
            Origin::Any => proof.changes.extend(by_arns(event)),
            Origin::Apart => {}
            Origin::Unknown => {
                unknown.entry(&event.region).or_default().insert(&event.event_source);
            }
        }
    }
    for (region, sources) in &unknown {
        proof.proven.remove(*region);
        let sources: Vec<&str> = sources.iter().copied().take(TOLD_MAX).collect();
        told.push(format!(
            "account {}: nobody knows what events of {} change: all of {region} is read",
            account.id,
            sources.join(", ")
        ));
    }
    if proof.proven.is_empty() {
        told.push(format!("account {}: CloudTrail proves nothing: everything is read", account.id));
    } else {
        told.push(format!(
            "account {}: {} changes by {} since {since:.0}; the last 15 minutes may not be in it yet",
            account.id,
            trail.events.len(),
            trail.origins.join(" and "),
        ));
    }
    if !proof.excluded.is_empty() {
        let names: Vec<&str> = proof.excluded.iter().map(String::as_str).collect();
        told.push(format!("account {}: the trail leaves out {}, which is read", account.id, names.join(", ")));
    }
    told.extend(trail.problems.iter().take(TOLD_MAX).map(|why| format!("account {}: {why}", account.id)));
    Since { belief: Belief::Changes(proof), events: trail.events, told }
}

fn is_by_age(one: &casemate_estate::Observation) -> bool {
    one.resource.kind.as_str() == ACCOUNT
        && one.facets.get(COVERAGE).and_then(|facet| facet.value.as_deref()?.get(BY_AGE)).is_some()
}

/// Regions of which events are wanted: those that are read, and those in which buckets are.
fn places(regions: &Regions, previous: &Snapshot) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = match regions {
        Regions::These(regions) => regions.iter().cloned().collect(),
        Regions::Enabled => previous
            .observations
            .iter()
            .filter(|one| one.resource.kind.as_str() == ACCOUNT_REGION)
            .map(|one| one.resource.name.clone())
            .collect(),
    };
    let buckets = previous.observations.iter().filter(|one| one.resource.kind.as_str() == "aws.s3.bucket");
    let of = |facet: &Facet| Some(facet.value.as_deref()?.get("BucketRegion")?.as_str()?.to_owned());
    out.extend(buckets.filter_map(|one| of(one.facets.get("bucket")?)));
    out
}

fn changed(event_source: &str, region: &str, event: &Change) -> Changed {
    Changed {
        event_source: event_source.to_owned(),
        region: region.to_owned(),
        names: event.names.clone(),
        makes: makes(&event.event_name),
    }
}

/// Tags are put to resources of any service by their ARNs.
fn by_arns(event: &Change) -> Vec<Changed> {
    let of = |arn: &String| {
        let (service, region) = trail::service_of_arn(arn)?;
        Some(changed(service.event_source, if region.is_empty() { &event.region } else { region }, event))
    };
    event.names.iter().filter(|name| name.starts_with("arn:")).filter_map(of).collect()
}

/// Whether what an event names and nobody knew is something new, which is then read whole.
fn makes(event_name: &str) -> bool {
    ["Create", "Run", "Allocate", "Import", "Copy", "Restore", "Launch", "Request", "Put", "Register", "Publish"]
        .iter()
        .any(|verb| event_name.starts_with(verb))
}

/// What `coverage` says of an account whose facets were believed for their age.
pub(super) fn by_age() -> Value {
    json!({"status": FacetStatus::Unsupported.as_str(), "reason": "facets of single calls are as old as --max-age allows"})
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;
    use crate::{
        api::{ApiError, Request},
        shape::from_json,
    };

    /// A history of events in us-east-1; other regions are refused.
    struct History(Vec<Value>);

    impl Api for History {
        fn call(&self, request: &Request<'_>) -> Result<Value, ApiError> {
            let answer = match (request.call.name, request.region) {
                ("DescribeTrails", _) => json!({"trailList": []}),
                ("LookupEvents", "us-east-1") => {
                    json!({"Events": self.0.iter().map(|e| json!({"CloudTrailEvent": e.to_string()})).collect::<Vec<_>>()})
                }
                (name, region) => {
                    return Err(ApiError {
                        status: FacetStatus::Denied,
                        code: String::new(),
                        message: format!("{name} is refused in {region}"),
                        silent: false,
                    });
                }
            };
            Ok(from_json(answer, request.shape))
        }
    }

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn event(source: &str, name: &str, request: Value) -> Value {
        json!({"eventTime": "2026-03-02T10:00:00Z", "eventSource": format!("{source}.amazonaws.com"), "eventName": name,
            "awsRegion": "us-east-1", "requestParameters": request, "readOnly": false, "eventID": name})
    }

    fn account(full: &str) -> Account {
        Account {
            id: "123456789012".into(),
            name: String::new(),
            arn: "arn:aws:iam::123456789012:root".into(),
            last_started: Some(time("2026-03-02T09:50:00Z")),
            last_full: (!full.is_empty()).then(|| time(full)),
        }
    }

    fn before(coverage: Value) -> Snapshot {
        let at = time("2026-03-02T09:50:00Z");
        let resource = casemate_estate::Resource {
            id: casemate_estate::ResourceId::new("arn:aws:iam::123456789012:root").unwrap(),
            kind: casemate_estate::Kind::new(ACCOUNT),
            name: String::new(),
            scope: "123456789012".into(),
        };
        let facets = BTreeMap::from([(COVERAGE.to_owned(), Facet::collected(coverage, at))]);
        Snapshot {
            target: "t".into(),
            started: at,
            finished: at,
            observations: vec![casemate_estate::Observation { resource, facets }],
            edges: Vec::new(),
            listings: Vec::new(),
        }
    }

    fn since(events: Vec<Value>, full: &str, previous: Option<&Snapshot>, regions: &[&str]) -> Since {
        let regions = Regions::These(regions.iter().map(|region| (*region).to_owned()).collect());
        let stop = AtomicBool::new(false);
        let now = time("2026-03-02T10:30:00Z");
        since_trail(&History(events), "aws", &regions, &account(full), previous, now, &stop)
    }

    fn proven(since: &Since) -> Vec<&str> {
        match &since.belief {
            Belief::Changes(proof) => proof.proven.iter().map(String::as_str).collect(),
            Belief::Nothing | Belief::Since(_) => vec!["nothing"],
        }
    }

    #[test]
    fn only_what_is_proven_is_believed_and_the_rest_told() {
        let plain = before(json!({}));
        let by_age = before(Value::Object(Map::from_iter([(BY_AGE.to_owned(), by_age())])));
        let full = "2026-03-01T09:00:00Z";
        let odd = || event("quantumfoo", "DoThing", json!({}));
        for (events, full, previous, regions, want, told, why) in [
            (vec![], full, None, vec!["us-east-1"], vec!["nothing"], "not scanned before", "the first scan"),
            (vec![], full, Some(&by_age), vec!["us-east-1"], vec!["nothing"], "--max-age", "old facets have no time"),
            (vec![], "2026-02-01T00:00:00Z", Some(&plain), vec!["us-east-1"], vec!["nothing"], "a week", "long ago"),
            (vec![], "", Some(&plain), vec!["us-east-1"], vec!["nothing"], "a week", "never whole"),
            (vec![], full, Some(&plain), vec!["us-east-1"], vec!["us-east-1"], "0 changes by", "nothing was done"),
            (
                vec![],
                full,
                Some(&plain),
                vec!["us-east-1", "eu-west-1"],
                vec!["us-east-1"],
                "eu-west-1: cloudtrail:LookupEvents",
                "a region that is refused",
            ),
            (vec![odd()], full, Some(&plain), vec!["us-east-1"], vec![], "quantumfoo", "a service of tomorrow"),
            (
                vec![event("sts", "TagSession", json!({})), event("signin", "ConsoleLogin", json!({}))],
                full,
                Some(&plain),
                vec!["us-east-1"],
                vec!["us-east-1"],
                "2 changes by",
                "what changes nothing that is read",
            ),
        ] {
            let got = since(events, full, previous, &regions);
            assert_eq!(proven(&got), want, "{why}");
            assert!(got.told.join("\n").contains(told), "{why}: {:?}", got.told);
        }
    }

    #[test]
    fn events_become_changes_of_services() {
        let plain = before(json!({}));
        let queue = "arn:aws:sqs:eu-west-1:123456789012:jobs";
        let events = vec![
            event("sqs", "SetQueueAttributes", json!({"queueUrl": "https://q/1/Jobs"})),
            event("ebs", "StartSnapshot", json!({"description": "x"})),
            event("tagging", "TagResources", json!({"resourceARNList": [queue, "arn:aws:nosuch:::x"]})),
        ];
        let got = since(events, "2026-03-01T09:00:00Z", Some(&plain), &["us-east-1"]);
        let Belief::Changes(proof) = got.belief else { panic!("nothing is believed") };
        let mut all: Vec<(&str, &str, bool)> =
            proof.changes.iter().map(|one| (one.event_source.as_str(), one.region.as_str(), one.makes)).collect();
        all.sort_unstable();
        assert_eq!(all, [("ec2", "us-east-1", false), ("sqs", "eu-west-1", false), ("sqs", "us-east-1", false)]);
        assert!(proof.changes.iter().any(|one| one.names.contains("jobs")), "names are in lower case");
    }

    #[test]
    fn new_things_are_told_from_others() {
        for (name, want) in
            [("CreateQueue", true), ("RunInstances", true), ("ChangePassword", false), ("DeleteVpc", false)]
        {
            assert_eq!(makes(name), want, "{name}");
        }
    }
}
