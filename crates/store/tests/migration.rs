//! A store that an earlier schema version wrote is opened by this release, and nothing in it is lost.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use casemate_estate::{LifeStatus, ResourceId, State, Timestamp};
use casemate_store::{FindingFilter, Page, ResourceFilter, SqliteStore, Store, StoreError};
use rusqlite::Connection;

/// Each schema version with a store that it wrote, as SQL. A new version adds a line, with a file from the release
/// before it: `sqlite3 STORE .dump`, with `PRAGMA application_id` and `PRAGMA user_version` put before it.
const FIXTURES: &[(i64, &str)] = &[(1, include_str!("fixtures/v1.sql")), (2, include_str!("fixtures/v2.sql"))];

fn load(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

fn pragma(path: &Path, name: &str) -> i64 {
    Connection::open(path).unwrap().query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
}

/// What a store is made of, in an order and spacing that do not count.
fn schema(path: &Path) -> Vec<String> {
    let conn = Connection::open(path).unwrap();
    let mut query =
        conn.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'").unwrap();
    let mut all: Vec<String> = query
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap()
        .map(|sql| sql.unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    all.sort();
    all
}

#[test]
fn every_version_has_its_fixture() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("new.db");
    drop(SqliteStore::open(&path).unwrap());
    let latest = pragma(&path, "user_version");
    let versions: Vec<i64> = FIXTURES.iter().map(|f| f.0).collect();
    assert_eq!(versions, (1..=latest).collect::<Vec<_>>());
}

#[test]
fn a_store_of_every_version_opens_and_keeps_what_it_held() {
    let dir = tempfile::tempdir().unwrap();
    let new = dir.path().join("new.db");
    drop(SqliteStore::open(&new).unwrap());
    for (version, sql) in FIXTURES {
        let path = dir.path().join(format!("{version}.db"));
        load(&path, sql);
        assert_eq!(pragma(&path, "user_version"), *version);
        if *version < pragma(&new, "user_version") {
            let refused = SqliteStore::open_read_only(&path).map(drop);
            assert!(matches!(refused, Err(StoreError::Older { .. })), "reading changes nothing: {refused:?}");
        }
        let mut store = SqliteStore::open(&path).unwrap();
        assert_eq!(store.store_verify().unwrap(), Vec::<String>::new(), "version {version}");
        let scans = store.scan_list(None, Page::ALL).unwrap();
        assert_eq!(scans.len(), 3, "version {version}");
        assert_eq!(scans[0].target, "host://m");
        let all = ResourceFilter { include_gone: true, ..ResourceFilter::default() };
        let resources = store.resource_list(&all, Page::ALL).unwrap();
        assert_eq!(resources.len(), 2, "version {version}");
        assert_eq!(resources.iter().filter(|r| r.gone_at.is_some()).count(), 1);
        let host = ResourceId::host("m");
        let first = store.facet_list(&host, Some(scans[2].at)).unwrap();
        assert!(first.iter().any(|f| f.facet.value.as_deref() == Some(&serde_json::json!({"a": 1}))));
        assert!(store.resource_history(&host).unwrap().len() > 3);
        let filter = FindingFilter {
            include_exempted: true,
            include_suppressed: true,
            ..FindingFilter::new(Timestamp::UNIX_EPOCH)
        };
        let findings = store.finding_list(&filter, Page::ALL).unwrap();
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].verdict.state, findings[0].life.status), (State::Fail, LifeStatus::Reopened));
        assert_eq!(findings[0].exemption.as_deref(), Some("e-1"));
        assert_eq!((store.exemption_list().unwrap().len(), store.suppression_list().unwrap().len()), (1, 1));
        let accepted = store.acceptance_list(None).unwrap();
        assert_eq!(accepted.len(), usize::from(*version >= 2), "version {version}");
        assert!(accepted.iter().all(|one| one.resource.id == host && *one.value == serde_json::json!({"a": 1})));
        let rows = store.outbox_read(0, 100).unwrap();
        assert!(rows.len() > 5);
        // It can be written to as well.
        store.exemption_remove("e-1", Timestamp::UNIX_EPOCH).unwrap();
        assert!(store.outbox_read(0, 100).unwrap().len() > rows.len());
        drop(store);
        assert_eq!(schema(&path), schema(&new), "version {version} ends with the schema of a new store");
    }
}
