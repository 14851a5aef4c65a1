//! Random histories: what the store says of a past time is what the scan of that time held.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};

use casemate_estate::{
    ChangeKind, CheckId, ContentHash, Facet, FacetStatus, Judged, Kind, Life, Listing, Observation, Resource,
    ResourceId, Severity, Snapshot, State, Timestamp, Verdict, value_diff,
};
use casemate_store::{DiffFilter, FindingFilter, Page, ResourceFilter, ScanCommit, SqliteStore, Store};
use proptest::prelude::*;
use serde_json::json;

/// One unit in one scan: its facets by name, and what the check says.
type Unit = (BTreeMap<u8, Reading>, Option<State>);

#[derive(Debug, Clone, PartialEq)]
enum Reading {
    Value(u8),
    Missing(FacetStatus, u8),
}

#[derive(Debug, Clone)]
struct Turn {
    units: BTreeMap<u8, Unit>,
    listing: Option<FacetStatus>,
}

fn reading() -> impl Strategy<Value = Reading> {
    let status = prop_oneof![
        Just(FacetStatus::Denied),
        Just(FacetStatus::Throttled),
        Just(FacetStatus::Failed),
        Just(FacetStatus::Unsupported)
    ];
    prop_oneof![3 => (0_u8..3).prop_map(Reading::Value), 1 => (status, 0_u8..2).prop_map(|(s, r)| Reading::Missing(s, r))]
}

fn turn() -> impl Strategy<Value = Turn> {
    let unit = (
        prop::collection::btree_map(0_u8..3, reading(), 0..3),
        prop::option::of(prop::sample::select(&State::ALL[..])),
    );
    let listing = prop_oneof![
        3 => Just(Some(FacetStatus::Collected)),
        1 => Just(Some(FacetStatus::Denied)),
        1 => Just(None)
    ];
    (prop::collection::btree_map(0_u8..4, unit, 0..4), listing).prop_map(|(units, listing)| Turn { units, listing })
}

fn facet(reading: &Reading) -> Facet {
    match reading {
        Reading::Value(n) => {
            Facet::collected(json!({"n": n, "list": vec![*n; usize::from(*n)]}), Timestamp::UNIX_EPOCH)
        }
        Reading::Missing(status, reason) => Facet::missing(*status, format!("reason {reason}"), Timestamp::UNIX_EPOCH),
    }
}

fn id(unit: u8) -> ResourceId {
    ResourceId::host("m").child("unit", &unit.to_string())
}

fn at(turn: usize) -> Timestamp {
    Timestamp::from_second(10 + i64::try_from(turn).unwrap()).unwrap()
}

fn commit(store: &mut SqliteStore, n: usize, turn: &Turn) {
    let mut judged = Vec::new();
    let mut observations = Vec::new();
    for (unit, (facets, state)) in &turn.units {
        let resource =
            Resource { id: id(*unit), kind: Kind::new("host.unit"), name: unit.to_string(), scope: "host://m".into() };
        if let Some(state) = state {
            judged.push(Judged {
                check: CheckId("c".into()),
                resource: id(*unit),
                severity: Severity::Low,
                risk: 1,
                verdict: Verdict { state: *state, reason: String::new(), evidence: Vec::new() },
                inputs: ContentHash([0; 32]),
            });
        }
        let facets = facets.iter().map(|(name, reading)| (name.to_string(), facet(reading))).collect();
        observations.push(Observation { resource, facets });
    }
    let listings = turn.listing.map(|status| Listing {
        scope: "host://m".into(),
        kind: Kind::new("host.unit"),
        status,
        reason: None,
    });
    let snapshot = Snapshot {
        target: "host://m".into(),
        started: at(n),
        finished: at(n),
        observations,
        edges: Vec::new(),
        listings: listings.into_iter().collect(),
    };
    store
        .scan_commit(&ScanCommit {
            snapshot: &snapshot,
            judged: &judged,
            suppress: &|_| None,
            now: at(n),
            baseline: "b",
            content_hash: ContentHash([0; 32]),
        })
        .unwrap();
}

/// What should stand in the store after a turn: present units with their facets, and the lives of findings.
#[derive(Debug, Clone, Default)]
struct Model {
    units: BTreeMap<u8, BTreeMap<u8, Reading>>,
    lives: BTreeMap<u8, (State, Life)>,
}

impl Model {
    fn next(&self, n: usize, turn: &Turn) -> Self {
        let mut next = self.clone();
        if turn.listing == Some(FacetStatus::Collected) {
            let gone: Vec<u8> = next.units.keys().filter(|u| !turn.units.contains_key(u)).copied().collect();
            for unit in gone {
                next.units.remove(&unit);
                if let Some((_, life)) = next.lives.get_mut(&unit)
                    && life.status.is_open()
                {
                    let seen = life.last_seen;
                    *life = Life { last_seen: seen, ..Life::advance(Some(life), State::NotApplicable, at(n)) };
                }
            }
        }
        for (unit, (facets, state)) in &turn.units {
            next.units.insert(*unit, facets.clone());
            if let Some(state) = state {
                let life = Life::advance(next.lives.get(unit).map(|l| &l.1), *state, at(n));
                next.lives.insert(*unit, (*state, life));
            }
        }
        next
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn the_past_stays_as_it_was(turns in prop::collection::vec(turn(), 1..8)) {
        let mut store = SqliteStore::open_in_memory().unwrap();
        let mut models: Vec<Model> = Vec::new();
        for (n, turn) in turns.iter().enumerate() {
            commit(&mut store, n, turn);
            models.push(models.last().cloned().unwrap_or_default().next(n, turn));
        }
        prop_assert!(store.store_verify().unwrap().is_empty());
        let ever: BTreeSet<u8> = turns.iter().flat_map(|t| t.units.keys().copied()).collect();
        for (n, model) in models.iter().enumerate() {
            let filter = ResourceFilter { at: Some(at(n)), ..ResourceFilter::default() };
            let present: Vec<_> = store.resource_list(&filter, Page::ALL).unwrap().into_iter().map(|r| r.resource.id).collect();
            let want: Vec<_> = model.units.keys().map(|u| id(*u)).collect();
            prop_assert_eq!(present, want, "present after turn {}", n);
            for unit in &ever {
                let got: BTreeMap<String, _> = store.facet_list(&id(*unit), Some(at(n))).unwrap().into_iter()
                    .map(|f| (f.name, (f.facet.status, f.facet.reason, f.facet.hash, f.facet.value))).collect();
                let want: BTreeMap<String, _> = model.units.get(unit).into_iter().flatten()
                    .map(|(name, reading)| { let f = facet(reading); (name.to_string(), (f.status, f.reason, f.hash, f.value)) }).collect();
                prop_assert_eq!(got, want, "unit {} after turn {}", unit, n);
            }
            let filter = FindingFilter { at: Some(at(n)), include_gone: true, ..FindingFilter::new(at(n)) };
            let got: BTreeMap<_, _> = store.finding_list(&filter, Page::ALL).unwrap().into_iter()
                .map(|f| (f.key.resource, (f.verdict.state, f.life.status, f.life.opened_at, f.life.resolved_at, f.life.reopened))).collect();
            let want: BTreeMap<_, _> = model.lives.iter()
                .map(|(u, (state, l))| (id(*u), (*state, l.status, l.opened_at, l.resolved_at, l.reopened))).collect();
            prop_assert_eq!(got, want, "findings after turn {}", n);
        }
        let last = models.len() - 1;
        let now = FindingFilter { include_gone: true, ..FindingFilter::new(at(last)) };
        for finding in store.finding_list(&now, Page::ALL).unwrap() {
            let (_, life) = models[last].lives.iter().find(|(u, _)| id(**u) == finding.key.resource).unwrap().1;
            prop_assert_eq!(finding.life, *life);
        }
        for (i, before) in models.iter().enumerate() {
            for (j, after) in models.iter().enumerate().skip(i) {
                let filter = DiffFilter { since: at(i), until: Some(at(j)), ..DiffFilter::default() };
                let changes = store.estate_diff(&filter).unwrap();
                for unit in &ever {
                    let whole = changes.iter().find(|c| c.resource == id(*unit) && c.facet.is_none()).map(|c| c.change);
                    let want = match (before.units.contains_key(unit), after.units.contains_key(unit)) {
                        (true, false) => Some(ChangeKind::Removed),
                        (false, true) => Some(ChangeKind::Added),
                        _ => None,
                    };
                    prop_assert_eq!(whole, want, "unit {} from turn {} to {}", unit, i, j);
                    for name in 0_u8..3 {
                        let (b, a) = (before.units.get(unit).and_then(|u| u.get(&name)), after.units.get(unit).and_then(|u| u.get(&name)));
                        let got: Vec<_> = changes.iter()
                            .filter(|c| c.resource == id(*unit) && c.facet.as_deref() == Some(&name.to_string()))
                            .map(|c| (c.pointer.clone(), c.before.clone(), c.after.clone())).collect();
                        // Where it was read at both ends, the difference is that of the values.
                        if let (Some(b @ Reading::Value(_)), Some(a @ Reading::Value(_))) = (b, a) {
                            prop_assert_eq!(got, value_diff(&facet(b).value.unwrap(), &facet(a).value.unwrap()));
                        } else if b == a && b.is_none() {
                            prop_assert!(got.is_empty());
                        }
                    }
                }
            }
        }
    }
}
