//! Fills a store and times what people wait for. Prints one JSON object; times are in milliseconds.
//!
//! `scale [RESOURCES [FINDINGS [PATH]]]`: 100,000 and 1,000,000 in a temporary file by default.
use std::{
    collections::BTreeMap,
    error::Error,
    io::Write,
    time::{Duration, Instant},
};

use casemate_estate::{
    CheckId, ContentHash, Edge, EdgeKind, Facet, FacetStatus, Judged, Kind, Listing, Observation, Resource, ResourceId,
    Severity, Snapshot, State, Timestamp, Verdict,
};
use casemate_store::{
    DiffFilter, FindingFilter, NewExemption, NewSuppression, Page, ResourceFilter, ScanCommit, SqliteStore, Store,
};
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Resources of one target, as a host has.
const TARGET: usize = 1000;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let resources: usize = args.next().map_or(Ok(100_000), |n| n.parse())?;
    let findings: usize = args.next().map_or(Ok(1_000_000), |n| n.parse())?;
    let dir = tempfile::tempdir()?;
    let path = args.next().map_or_else(|| dir.path().join("scale.db"), Into::into);
    let mut out = serde_json::Map::new();

    let host = dir.path().join("host.db");
    let mut store = SqliteStore::open(&host)?;
    let (snapshot, judged) = target(0, 1000, 300, 0)?;
    let (first, _) = timed(|| commit(&mut store, &snapshot, &judged, 10))?;
    let mut unchanged = Vec::new();
    for second in 20..25 {
        unchanged.push(timed(|| commit(&mut store, &snapshot, &judged, second))?.0);
    }
    let (_, changed) = target(0, 1000, 300, 1)?;
    let (flipped, _) = timed(|| commit(&mut store, &snapshot, &changed, 30))?;
    let (previous, _) = timed(|| store.verdict_previous("host://m0"))?;
    drop(store);
    out.insert(
        "host".into(),
        json!({
            "resources": 1000, "findings": 300, "commit_first": ms(first),
            "commit_unchanged_median": ms(median(&mut unchanged)), "commit_flipped": ms(flipped),
            "verdict_previous": ms(previous), "bytes": std::fs::metadata(&host)?.len(),
        }),
    );

    let mut store = SqliteStore::open(&path)?;
    let targets = resources.div_ceil(TARGET);
    let (insert, _) = timed(|| {
        for n in 0..targets {
            let (snapshot, judged) = target(n, TARGET.min(resources), findings / targets, 0)?;
            commit(&mut store, &snapshot, &judged, 100 + i64::try_from(n)?)?;
        }
        Ok::<_, Box<dyn Error>>(())
    })?;
    drop(store);
    out.insert("insert".into(), ms(insert));
    out.insert("bytes".into(), std::fs::metadata(&path)?.len().into());

    let mut opens = Vec::new();
    for _ in 0..5 {
        opens.push(timed(|| SqliteStore::open(&path).map(drop))?.0);
    }
    out.insert("open_median".into(), ms(median(&mut opens)));
    let mut store = SqliteStore::open(&path)?;
    let now = Timestamp::from_second(1_000_000)?;
    queries(&mut out, "", &store, now)?;
    let decided = NewExemption {
        kind: casemate_estate::ExemptionKind::Waiver,
        check: "host.area.check1*".into(),
        resource: "host://m1*".into(),
        reason: "measured".into(),
        author: "scale".into(),
        expires: None,
    };
    let (add, _) = timed(|| store.exemption_add(&decided, now))?;
    out.insert("exemption_add".into(), ms(add));
    let hide = NewSuppression { expression: "x".into(), reason: "r".into(), author: "a".into(), expires: None };
    store.suppression_add(&hide, now)?;
    queries(&mut out, "_exempted", &store, now)?;
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&Value::Object(out))?)?;
    Ok(())
}

/// Each query five times; the first is on a connection that has read nothing, after that the median.
fn queries(out: &mut serde_json::Map<String, Value>, suffix: &str, store: &SqliteStore, now: Timestamp) -> Result<()> {
    type Query<'a> = (&'a str, Box<dyn Fn() -> Result<usize> + 'a>);
    let failing = FindingFilter::failing(now);
    let queries: Vec<Query<'_>> = vec![
        ("top100", Box::new(|| Ok(store.finding_list(&failing, Page::first(100))?.len()))),
        (
            "top100_target",
            Box::new(|| {
                let filter = FindingFilter { target: Some("host://m1".into()), ..failing.clone() };
                Ok(store.finding_list(&filter, Page::first(100))?.len())
            }),
        ),
        ("counts", Box::new(|| store.finding_counts(&FindingFilter::new(now)).map(|_| 0).map_err(Into::into))),
        ("resources100", Box::new(|| Ok(store.resource_list(&ResourceFilter::default(), Page::first(100))?.len()))),
        (
            "diff_latest",
            Box::new(|| {
                let since = store.scan_list(None, Page { offset: 1, limit: 1 })?.first().map_or(now, |s| s.at);
                Ok(store.estate_diff(&DiffFilter { since, ..DiffFilter::default() })?.len())
            }),
        ),
    ];
    for (name, query) in queries {
        let (first, _) = timed(&query)?;
        let mut more = Vec::new();
        for _ in 0..5 {
            more.push(timed(&query)?.0);
        }
        out.insert(format!("{name}{suffix}"), json!({"first": ms(first), "median": ms(median(&mut more))}));
    }
    Ok(())
}

fn timed<T, E>(work: impl FnOnce() -> std::result::Result<T, E>) -> std::result::Result<(Duration, T), E> {
    let start = Instant::now();
    let value = work()?;
    Ok((start.elapsed(), value))
}

fn ms(time: Duration) -> Value {
    // A tenth of a millisecond is enough.
    json!((time.as_secs_f64() * 10_000.0).round() / 10.0)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn commit(store: &mut SqliteStore, snapshot: &Snapshot, judged: &[Judged], second: i64) -> Result<()> {
    store.scan_commit(&ScanCommit {
        snapshot,
        judged,
        suppress: &|_| None,
        now: Timestamp::from_second(second)?,
        baseline: "casemate-default",
        content_hash: ContentHash([0; 32]),
    })?;
    Ok(())
}

/// A host with `resources - 1` units and as many verdicts as asked for, of which every third is a failure.
fn target(n: usize, resources: usize, findings: usize, turn: usize) -> Result<(Snapshot, Vec<Judged>)> {
    let host = ResourceId::new(format!("host://m{n}"))?;
    let at = Timestamp::UNIX_EPOCH;
    let mut observations = Vec::with_capacity(resources);
    let mut edges = Vec::with_capacity(resources);
    for i in 0..resources {
        let (id, kind) = match i {
            0 => (host.clone(), "host"),
            _ => (host.child("unit", &format!("service-{i}.service")), "host.unit"),
        };
        let mut facets = BTreeMap::new();
        let unit = json!({
            "description": format!("Service {i}"), "exec": [format!("/usr/sbin/service-{i} --host {n}")], "user": "root",
            "enabled": i % 2 == 0, "hardening": {"NoNewPrivileges": false, "ProtectSystem": "strict"},
        });
        facets.insert("unit".to_owned(), Facet::collected(unit, at));
        if i == 0 {
            for area in 0..20 {
                let lines: Vec<String> = (0..200).map(|l| format!("key.{area}.{l} = {}", l * n)).collect();
                facets.insert(format!("area{area}"), Facet::collected(json!(lines), at));
            }
        } else {
            edges.push(Edge { from: host.clone(), kind: EdgeKind::Contains, to: id.clone(), evidence: Value::Null });
        }
        let name = id.as_str().rsplit('/').next().unwrap_or_default().to_owned();
        let resource = Resource { id, kind: Kind::new(kind), name, scope: host.to_string() };
        observations.push(Observation { resource, facets });
    }
    let mut judged = Vec::with_capacity(findings);
    for i in 0..findings {
        let Some(observation) = observations.get(i % resources) else { continue };
        let (check, word) = (i / resources + (i % 30) * 10, (i + turn) % 3);
        let state = if word == 0 { State::Fail } else { State::Pass };
        let verdict = Verdict {
            state,
            reason: if word == 0 { "the unit may gain new privileges".into() } else { String::new() },
            evidence: vec![json!({"path": format!("/usr/lib/systemd/system/service-{i}.service"), "line": i % 40})],
        };
        judged.push(Judged {
            check: CheckId(format!("host.area.check{check}")),
            resource: observation.resource.id.clone(),
            severity: Severity::ALL.get(i % 4).copied().unwrap_or(Severity::Low),
            risk: if word == 0 { u8::try_from((i * 7 + n * 13) % 101)? } else { 0 },
            verdict,
            inputs: ContentHash::of_parts([&i.to_le_bytes()[..], &[u8::from(word == 0)]]),
        });
    }
    let listing =
        Listing { scope: host.to_string(), kind: Kind::new("host.unit"), status: FacetStatus::Collected, reason: None };
    let snapshot =
        Snapshot { target: host.to_string(), started: at, finished: at, observations, edges, listings: vec![listing] };
    Ok((snapshot, judged))
}
