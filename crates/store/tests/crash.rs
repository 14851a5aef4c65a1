//! Kill -9 at random points: the last scan that was reported is whole, and the next one runs.
//!
//! `CRASH_SEED=N` repeats a run's choices (not its timing, which is the system's).
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::{
    collections::BTreeMap,
    env,
    hash::{BuildHasher, Hasher, RandomState},
    hint,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use casemate_estate::{
    CheckId, ContentHash, Edge, EdgeKind, Facet, FacetStatus, Judged, Kind, Listing, Observation, Resource, ResourceId,
    Severity, Snapshot, State, Timestamp, Verdict,
};
use casemate_store::{Direction, FindingFilter, Page, ResourceFilter, ScanCommit, SqliteStore, Store, StoreError};
use serde_json::{Value, json};

const KILLS: u64 = 50;
const UNITS: u64 = 30;

/// The scan of turn `n`: some units come and go, every facet changes, every verdict turns.
fn commit(store: &mut SqliteStore, n: u64) -> Result<(), StoreError> {
    let at = Timestamp::from_second(i64::try_from(n).unwrap()).unwrap();
    let host = ResourceId::host("m");
    let mut snapshot = Snapshot {
        target: host.to_string(),
        started: at,
        finished: at,
        observations: Vec::new(),
        edges: Vec::new(),
        listings: vec![Listing {
            scope: host.to_string(),
            kind: Kind::new("host.unit"),
            status: FacetStatus::Collected,
            reason: None,
        }],
    };
    let mut judged = Vec::new();
    for i in 0..UNITS {
        let id = if i == 0 { host.clone() } else { host.child("unit", &format!("u{i}-{}", (n + i) % 3)) };
        if i > 0 {
            let (from, to) = (host.clone(), id.clone());
            snapshot.edges.push(Edge { from, kind: EdgeKind::Contains, to, evidence: json!({ "n": n % 2 }) });
        }
        let kind = if i == 0 { "host" } else { "host.unit" };
        let facet = Facet::collected(json!({"n": n, "i": i, "filling": "x".repeat(200)}), at);
        judged.push(Judged {
            check: CheckId("c".into()),
            resource: id.clone(),
            severity: Severity::High,
            risk: 50,
            verdict: Verdict {
                state: if (n + i).is_multiple_of(2) { State::Fail } else { State::Pass },
                reason: format!("turn {n}"),
                evidence: vec![json!(n)],
            },
            inputs: ContentHash::of_parts([&n.to_le_bytes()[..]]),
        });
        let resource = Resource { id, kind: Kind::new(kind), name: format!("u{i}"), scope: host.to_string() };
        snapshot.observations.push(Observation { resource, facets: BTreeMap::from([("f".to_owned(), facet)]) });
    }
    store
        .scan_commit(&ScanCommit {
            snapshot: &snapshot,
            judged: &judged,
            suppress: &|_| None,
            now: at,
            baseline: "b",
            content_hash: ContentHash([0; 32]),
        })
        .map(|_| ())
}

/// The turn of the latest scan; 0 where there is none.
fn latest(store: &SqliteStore) -> u64 {
    store.scan_latest(None).unwrap().map_or(0, |scan| u64::try_from(scan.finished.as_second()).unwrap())
}

/// Fails unless all parts of the latest scan are there, and nothing of a later one.
fn assert_whole(store: &SqliteStore) {
    assert_eq!(store.store_verify().unwrap(), Vec::<String>::new());
    let Some(scan) = store.scan_latest(None).unwrap() else {
        assert!(store.resource_list(&ResourceFilter::default(), Page::ALL).unwrap().is_empty());
        assert!(store.outbox_read(0, 1).unwrap().is_empty());
        return;
    };
    let turn = latest(store);
    let resources = store.resource_list(&ResourceFilter::default(), Page::ALL).unwrap();
    assert_eq!((resources.len() as u64, scan.counts.resources), (UNITS, UNITS));
    for record in &resources {
        assert_eq!(record.last_seen, scan.at);
        let facets = store.facet_list(&record.resource.id, None).unwrap();
        assert_eq!(facets.len(), 1);
        assert_eq!(facets[0].facet.value.as_deref().unwrap_or(&Value::Null)["n"], json!(turn));
    }
    assert_eq!(store.edge_list(&ResourceId::host("m"), Direction::Out, None).unwrap().len() as u64, scan.counts.edges);
    let counts = store.finding_counts(&FindingFilter::new(scan.at)).unwrap();
    assert_eq!((counts.fail, counts.pass), (scan.counts.fail, scan.counts.pass));
    assert_eq!(counts.fail + counts.pass, UNITS);
    let gone = store.resource_list(&ResourceFilter { include_gone: true, ..ResourceFilter::default() }, Page::ALL);
    let now_gone = gone.unwrap().iter().filter(|r| r.gone_at == Some(scan.at)).count() as u64;
    assert_eq!(now_gone, scan.counts.resources_gone);
    // Every event has its outbox row, and no row is without its change: both are of scans that were kept.
    let rows = store.outbox_read(0, usize::MAX).unwrap();
    let of = |kind: &str| rows.iter().filter(|r| r.kind == kind && r.at == scan.at).count() as u64;
    assert_eq!(of("resource.appeared"), scan.counts.resources_appeared);
    assert_eq!(of("resource.gone"), scan.counts.resources_gone);
    assert!(rows.iter().all(|r| r.at <= scan.at));
}

/// The program that is killed: commits scans until then, and says so after each.
#[test]
fn child_commits() {
    let Some(path) = env::var_os("STORE_CHILD_COMMITS") else { return };
    println!();
    let mut store = SqliteStore::open(Path::new(&path)).unwrap();
    loop {
        let n = latest(&store) + 1;
        println!("begin {n}");
        commit(&mut store, n).unwrap();
        println!("done {n}");
    }
}

/// A generator for choices that need no quality (xorshift).
struct Choice(u64);

impl Choice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

#[test]
fn a_killed_scan_leaves_the_one_before_it_whole() {
    let seed = env::var("CRASH_SEED").ok().and_then(|s| s.parse().ok());
    let seed = seed.unwrap_or_else(|| RandomState::new().build_hasher().finish() | 1);
    println!("CRASH_SEED={seed}");
    let mut choice = Choice(seed);
    let dir = tempfile::tempdir().unwrap();
    let (mut undone, mut kept) = (0, 0);
    for kill in 0..KILLS {
        // Every fifth starts from nothing, so that making a store is killed too.
        let path = dir.path().join(format!("{}.db", if kill % 5 == 4 { kill } else { 0 }));
        let log = dir.path().join(format!("{}-wal", path.file_name().unwrap().to_string_lossy()));
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "child_commits", "--nocapture"])
            .env("STORE_CHILD_COMMITS", &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut reported = 0;
        let mut begun = 0;
        let wait = if kill % 5 == 4 { 0 } else { 1 + choice.below(3) };
        let mut heard = 0;
        while heard < wait {
            let line = lines.next().expect("the child ended by itself").unwrap();
            if let Some(n) = line.strip_prefix("done ") {
                reported = n.parse().unwrap();
            } else if let Some(n) = line.strip_prefix("begin ") {
                begun = n.parse().unwrap();
                heard += 1;
            }
        }
        let size = || std::fs::metadata(&log).map_or(0, |m| m.len());
        match choice.below(3) {
            0 => {}
            1 => {
                // In the midst of a write: the log has grown by so much, or begun anew.
                let start = size();
                let grown = 1 + choice.below(200_000);
                let mut turns = 0_u64;
                while size() < start + grown && size() >= start && turns < 20_000 {
                    turns += 1;
                }
            }
            _ => {
                for _ in 0..choice.below(2_000_000) {
                    hint::spin_loop();
                }
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What it said before it was killed counts.
        for line in lines {
            let line = line.unwrap_or_default();
            if let Some(n) = line.strip_prefix("done ") {
                reported = n.parse().unwrap_or(reported);
            } else if let Some(n) = line.strip_prefix("begin ") {
                begun = n.parse().unwrap_or(begun);
            }
        }
        let mut store = SqliteStore::open(&path).unwrap();
        let found = latest(&store);
        assert!(found >= reported, "scan {reported} was reported and is lost: {found}, kill {kill}");
        assert!(begun == 0 || found <= begun, "scan {found} was never begun, kill {kill}");
        if found < begun {
            undone += 1;
        } else {
            kept += 1;
        }
        assert_whole(&store);
        commit(&mut store, found + 1).unwrap();
        assert_whole(&store);
    }
    println!("{KILLS} kills: {undone} in a scan that was undone, {kept} otherwise");
}
