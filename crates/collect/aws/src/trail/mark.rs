//! The facet `last_change`: who changed a resource, when, and from where.
use std::collections::{BTreeMap, BTreeSet};

use casemate_estate::{Facet, FacetStatus, Observation, Snapshot, Timestamp};
use serde_json::{Value, json};

use super::{Change, Origin, origin};
use crate::engine::{names_of, owner};

/// Its name.
pub(crate) const LAST_CHANGE: &str = "last_change";
/// Most changes before the last that are kept beside it.
const EARLIER_MAX: usize = 9;

/// What the facet looks like: JSON Schema.
pub(crate) fn schema() -> Value {
    let text = || json!({"type": "string"});
    let mut change = serde_json::Map::new();
    for name in ["at", "actor", "role", "via", "source_ip", "user_agent", "event", "event_id"] {
        change.insert(name.into(), text());
    }
    let earlier = json!({"type": "array", "items": {"type": "object", "properties": change}});
    change.insert("earlier".into(), earlier);
    json!({"type": "object", "properties": change})
}

/// Puts `last_change` to resources that an event is meant for, and to those that are new or other than the last scan saw
/// them and that an event at least mentions. The others keep the facet that they have; one that is other and that no
/// event names loses it, for nobody knows who changed it last.
pub(crate) fn mark(snapshot: &mut Snapshot, previous: Option<&Snapshot>, events: &[Change], now: Timestamp) {
    let known: BTreeMap<&str, &Observation> = previous
        .into_iter()
        .flat_map(|snapshot| &snapshot.observations)
        .map(|one| (one.resource.id.as_str(), one))
        .collect();
    // By name, so that the work grows with the events and not with events times resources.
    let mut by_name: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for event in events {
        for name in &event.names {
            by_name.entry(name).or_default().push(event);
        }
    }
    for one in &mut snapshot.observations {
        let before = known.get(one.resource.id.as_str()).copied();
        let other = is_other(one, before);
        let had = || before?.facets.get(LAST_CHANGE)?.value.as_deref().cloned();
        let value = found(one, other, &by_name);
        if let Some(value) = if other { value } else { value.or_else(had) } {
            // Its time is that of this scan: it was made now, and is not a reading that is believed.
            one.facets.insert(LAST_CHANGE.to_owned(), Facet::collected(value, now));
        }
    }
}

/// Whether a resource is new, or a facet of it has another value than before. What could not be read proves nothing.
fn is_other(now: &Observation, before: Option<&Observation>) -> bool {
    let Some(before) = before else { return true };
    now.facets.iter().any(|(name, facet)| {
        facet.status == FacetStatus::Collected
            && before.facets.get(name).is_some_and(|old| old.status == FacetStatus::Collected && old.hash != facet.hash)
    })
}

/// The events that name the resource, the last first. Those whose own name has the kind's noun are meant for it
/// (`PutBucketPolicy` for a bucket); others, which count where it is `other`, may only mention it (`RunInstances` a
/// security group).
fn found(one: &Observation, other: bool, by_name: &BTreeMap<&str, Vec<&Change>>) -> Option<Value> {
    let (service, kind) = owner(one.resource.kind.as_str())?;
    let names = names_of(one, None);
    let all: BTreeSet<&Change> = names
        .iter()
        .filter_map(|name| by_name.get(name.as_str()))
        .flatten()
        .copied()
        .filter(|event| match origin(&event.event_source) {
            Origin::Own(source) => source == service.event_source,
            Origin::Any => true,
            Origin::Apart | Origin::Unknown => false,
        })
        .collect();
    let noun: String = kind.rsplit('.').next().unwrap_or_default().split('_').collect();
    let meant: BTreeSet<&Change> =
        all.iter().filter(|event| event.event_name.to_lowercase().contains(&noun)).copied().collect();
    let mut chosen = if meant.is_empty() && other { all.into_iter().rev() } else { meant.into_iter().rev() };
    let mut value = value_of(chosen.next()?);
    let earlier: Vec<Value> = chosen.take(EARLIER_MAX).map(value_of).collect();
    if let (false, Some(map)) = (earlier.is_empty(), value.as_object_mut()) {
        map.insert("earlier".into(), earlier.into());
    }
    Some(value)
}

fn value_of(event: &Change) -> Value {
    let mut map = serde_json::Map::new();
    for (name, text) in [
        ("at", event.at.to_string().as_str()),
        ("actor", &event.actor.name),
        ("role", &event.actor.role),
        ("via", &event.actor.via),
        ("source_ip", &event.source_ip),
        ("user_agent", &event.user_agent),
        ("event", &event.event_name),
        ("event_id", &event.event_id),
    ] {
        if !text.is_empty() {
            map.insert(name.to_owned(), Value::String(text.to_owned()));
        }
    }
    Value::Object(map)
}

#[cfg(test)]
mod tests {
    use casemate_estate::{Kind, Resource, ResourceId};

    use super::*;
    use crate::trail::Actor;

    const BUCKET: &str = "arn:aws:s3:::logs";
    const GROUP: &str = "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1";

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    fn one(kind: &str, id: &str, name: &str, value: &Value) -> Observation {
        let resource = Resource {
            id: ResourceId::new(id).unwrap(),
            kind: Kind::new(kind.to_owned()),
            name: name.into(),
            scope: "123456789012".into(),
        };
        let facets = BTreeMap::from([("policy".to_owned(), Facet::collected(value.clone(), now()))]);
        Observation { resource, facets }
    }

    fn of(observations: Vec<Observation>) -> Snapshot {
        Snapshot {
            target: "t".into(),
            started: now(),
            finished: now(),
            observations,
            edges: Vec::new(),
            listings: Vec::new(),
        }
    }

    fn event(second: i64, source: &str, name: &str, names: &[&str]) -> Change {
        Change {
            at: Timestamp::from_second(second).unwrap(),
            event_id: format!("id-{second}"),
            region: "eu-west-1".into(),
            event_source: source.into(),
            event_name: name.into(),
            actor: Actor { name: "arn:aws:iam::1:user/ana".into(), ..Actor::default() },
            source_ip: "192.0.2.1".into(),
            user_agent: String::new(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    fn marked(before: Option<Observation>, after: Observation, events: &[Change]) -> Option<Value> {
        let before = before.map(|one| of(vec![one]));
        let mut after = of(vec![after]);
        mark(&mut after, before.as_ref(), events, now());
        Some(after.observations[0].facets.get(LAST_CHANGE)?.value.as_deref()?.clone())
    }

    #[test]
    fn who_changed_it_is_told_where_it_is_another_than_before() {
        let bucket = |value: u8| one("aws.s3.bucket", BUCKET, "logs", &json!({"v": value}));
        let put = || event(10, "s3", "PutBucketPolicy", &["logs"]);
        for (before, after, events, want, why) in [
            (Some(bucket(1)), bucket(2), vec![put()], Some("id-10"), "it was changed"),
            (None, bucket(1), vec![event(9, "s3", "CreateBucket", &["logs"])], Some("id-9"), "it is new"),
            (
                Some(bucket(1)),
                bucket(1),
                vec![put()],
                Some("id-10"),
                "its event came late, or changed what is not read",
            ),
            (
                Some(bucket(1)),
                bucket(1),
                vec![event(1, "s3", "PutObjectLock", &["logs"])],
                None,
                "mentioned, and the same",
            ),
            (Some(bucket(1)), bucket(2), vec![], None, "nobody knows who"),
            (Some(bucket(1)), bucket(2), vec![event(1, "s3", "PutBucketPolicy", &["other"])], None, "another bucket"),
            (
                Some(bucket(1)),
                bucket(2),
                vec![event(1, "sqs", "SetQueueAttributes", &["logs"])],
                None,
                "another service",
            ),
            (
                Some(bucket(1)),
                bucket(2),
                vec![event(1, "tagging", "TagResources", &[BUCKET])],
                Some("id-1"),
                "tags come from elsewhere",
            ),
        ] {
            let got = marked(before, after, &events);
            assert_eq!(got.as_ref().and_then(|value| value["event_id"].as_str()), want, "{why}");
        }
        let got = marked(Some(bucket(1)), bucket(2), &[put()]).unwrap();
        assert_eq!(
            got,
            json!({"at": "1970-01-01T00:00:10Z", "actor": "arn:aws:iam::1:user/ana", "source_ip": "192.0.2.1",
                "event": "PutBucketPolicy", "event_id": "id-10"})
        );
    }

    #[test]
    fn an_event_that_is_meant_for_it_outranks_one_that_mentions_it() {
        let group = |value: u8| one("aws.ec2.security_group", GROUP, "web", &json!({"v": value}));
        let events = [
            event(10, "ec2", "AuthorizeSecurityGroupIngress", &["sg-1"]),
            event(11, "ec2", "RevokeSecurityGroupIngress", &["sg-1"]),
            event(20, "ec2", "RunInstances", &["sg-1", "i-1"]),
        ];
        let got = marked(Some(group(1)), group(2), &events).unwrap();
        assert_eq!(got["event_id"], "id-11", "the last of those that are meant for it");
        assert_eq!(got["earlier"][0]["event_id"], "id-10");
        assert_eq!(got["earlier"].as_array().unwrap().len(), 1);
        let got = marked(Some(group(1)), group(2), &events[2..]).unwrap();
        assert_eq!(got["event_id"], "id-20", "where there is no other");
    }

    #[test]
    fn what_is_known_of_it_stays_while_it_is_the_same() {
        let mut before = one("aws.s3.bucket", BUCKET, "logs", &json!({"v": 1}));
        let old = json!({"event_id": "old"});
        let at = Timestamp::from_second(5).unwrap();
        before.facets.insert(LAST_CHANGE.into(), Facet::collected(old.clone(), at));
        let after = one("aws.s3.bucket", BUCKET, "logs", &json!({"v": 1}));
        assert_eq!(marked(Some(before.clone()), after, &[]), Some(old.clone()));
        let changed = one("aws.s3.bucket", BUCKET, "logs", &json!({"v": 2}));
        assert_eq!(marked(Some(before), changed, &[]), None, "who changed it last is not who did before");
    }
}
