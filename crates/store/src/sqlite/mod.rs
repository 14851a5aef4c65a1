//! The embedded backend. One file per table; each function takes the connection, or its open transaction.
mod acceptance;
mod column;
mod diff;
mod edge;
mod exemption;
mod facet;
mod finding;
mod migration;
mod open;
mod outbox;
mod resource;
mod scan;
mod snapshot;
mod suppression;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    time::Duration,
};

use casemate_estate::{Change, Exemption, Finding, FindingKey, ResourceId, Snapshot, Suppression, Timestamp};
use rusqlite::{Connection, ErrorCode, TransactionBehavior, ffi};

use crate::{
    Acceptance, DiffFilter, Direction, EdgeRecord, FacetRecord, FindingCounts, FindingEvent, FindingFilter,
    HistoryEntry, MissingFacet, NewAcceptance, NewExemption, NewSuppression, OutboxRow, Page, Remembered,
    ResourceFilter, ResourceRecord, ScanCommit, ScanReceipt, ScanRecord, Store, StoreError,
};

/// The embedded backend: one SQLite file with its write-ahead log beside it.
#[derive(Debug)]
pub struct SqliteStore {
    conn: Connection,
    path: PathBuf,
}

/// What goes wrong below the trait, before it is known which store and which action it was.
#[derive(Debug)]
enum Fault {
    Sql(rusqlite::Error),
    /// The store holds what no release writes.
    Damaged(String),
    Store(StoreError),
}

type Outcome<T> = Result<T, Fault>;

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Fault {
    fn named(self, path: &Path, action: &'static str) -> StoreError {
        let path = path.to_path_buf();
        let error = match self {
            Self::Store(error) => return error,
            Self::Damaged(what) => return StoreError::Damaged { path, what },
            Self::Sql(error) => error,
        };
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Locked { path },
                ErrorCode::DiskFull => StoreError::Full { path },
                // The index of the write-ahead log could not grow: on a full disk this comes before all else.
                _ if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => StoreError::Full { path },
                ErrorCode::ReadOnly => StoreError::ReadOnly { path },
                ErrorCode::NotADatabase => StoreError::NotAStore { path, source: Some(error.into()) },
                ErrorCode::DatabaseCorrupt => StoreError::Damaged { path, what: error.to_string() },
                ErrorCode::PermissionDenied => StoreError::Denied { path, source: error.into() },
                _ => StoreError::Backend { action, path, source: error.into() },
            },
            // A column of another type or a missing row: no release writes that.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::QueryReturnedNoRows
            | rusqlite::Error::Utf8Error(..) => StoreError::Damaged { path, what: error.to_string() },
            _ => StoreError::Backend { action, path, source: error.into() },
        }
    }
}

impl SqliteStore {
    /// How long an operation waits for another process that writes, before it is [`StoreError::Locked`].
    /// Without a call it is 5 seconds; a commit takes a small part of that.
    ///
    /// # Errors
    /// As the trait says.
    pub fn patience_set(&mut self, patience: Duration) -> Result<(), StoreError> {
        self.conn.busy_timeout(patience).map_err(|e| Fault::from(e).named(&self.path, "set a time limit"))
    }

    /// The file; `:memory:` for a store in memory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads in one transaction, so that all queries of one answer see one state.
    fn read<T>(&self, action: &'static str, work: impl FnOnce(&Connection) -> Outcome<T>) -> Result<T, StoreError> {
        let run = || {
            let tx = self.conn.unchecked_transaction()?;
            let out = work(&tx)?;
            tx.finish()?;
            Ok(out)
        };
        run().map_err(|fault: Fault| fault.named(&self.path, action))
    }

    /// Writes in one transaction, which is rolled back where anything fails.
    fn write<T>(
        &mut self,
        action: &'static str,
        work: impl FnOnce(&Connection) -> Outcome<T>,
    ) -> Result<T, StoreError> {
        let conn = &mut self.conn;
        let run = || {
            // Immediate: a lock that was asked for later could only be refused after all the work.
            let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let out = work(&tx)?;
            tx.commit()?;
            Ok(out)
        };
        run().map_err(|fault: Fault| fault.named(&self.path, action))
    }
}

impl Store for SqliteStore {
    fn scan_commit(&mut self, commit: &ScanCommit<'_>) -> Result<ScanReceipt, StoreError> {
        self.write("keep a scan", |conn| scan::commit(conn, commit))
    }

    fn scan_list(&self, target: Option<&str>, page: Page) -> Result<Vec<ScanRecord>, StoreError> {
        self.read("list scans", |conn| scan::list(conn, target, page))
    }

    fn scan_latest(&self, target: Option<&str>) -> Result<Option<ScanRecord>, StoreError> {
        self.read("find the latest scan", |conn| scan::latest(conn, target))
    }

    fn scan_previous(&self, target: Option<&str>) -> Result<Option<ScanRecord>, StoreError> {
        self.read("find the previous scan", |conn| scan::previous(conn, target))
    }

    fn verdict_previous(&self, target: &str) -> Result<HashMap<FindingKey, Remembered>, StoreError> {
        self.read("read the previous verdicts", |conn| finding::previous(conn, target))
    }

    fn snapshot_latest(&self, target: &str) -> Result<Option<Snapshot>, StoreError> {
        self.read("read the last state of a target", |conn| snapshot::latest(conn, target))
    }

    fn resource_list(&self, filter: &ResourceFilter, page: Page) -> Result<Vec<ResourceRecord>, StoreError> {
        self.read("list resources", |conn| resource::list(conn, filter, page))
    }

    fn resource_get(&self, id: &ResourceId) -> Result<ResourceRecord, StoreError> {
        self.read("read a resource", |conn| resource::get(conn, id))
    }

    fn facet_list(&self, id: &ResourceId, at: Option<Timestamp>) -> Result<Vec<FacetRecord>, StoreError> {
        self.read("list facets", |conn| facet::list(conn, id, at))
    }

    fn facet_missing(&self, target: Option<&str>, at: Option<Timestamp>) -> Result<Vec<MissingFacet>, StoreError> {
        self.read("list what was not read", |conn| facet::missing(conn, target, at))
    }

    fn edge_list(
        &self,
        id: &ResourceId,
        direction: Direction,
        at: Option<Timestamp>,
    ) -> Result<Vec<EdgeRecord>, StoreError> {
        self.read("list edges", |conn| edge::list(conn, id, direction, at))
    }

    fn resource_history(&self, id: &ResourceId) -> Result<Vec<HistoryEntry>, StoreError> {
        self.read("read a history", |conn| resource::history(conn, id))
    }

    fn estate_diff(&self, filter: &DiffFilter) -> Result<Vec<Change>, StoreError> {
        self.read("compare two times", |conn| diff::diff(conn, filter))
    }

    fn finding_list(&self, filter: &FindingFilter, page: Page) -> Result<Vec<Finding>, StoreError> {
        self.read("list findings", |conn| finding::list(conn, filter, page))
    }

    fn finding_get(&self, id: &str, now: Timestamp) -> Result<Finding, StoreError> {
        self.read("read a finding", |conn| finding::get(conn, id, now))
    }

    fn finding_events(&self, id: &str) -> Result<Vec<FindingEvent>, StoreError> {
        self.read("read the events of a finding", |conn| finding::events(conn, id))
    }

    fn finding_counts(&self, filter: &FindingFilter) -> Result<FindingCounts, StoreError> {
        self.read("count findings", |conn| finding::counts(conn, filter))
    }

    fn exemption_add(&mut self, new: &NewExemption, now: Timestamp) -> Result<Exemption, StoreError> {
        self.write("add an exemption", |conn| exemption::add(conn, new, now))
    }

    fn exemption_list(&self) -> Result<Vec<Exemption>, StoreError> {
        self.read("list exemptions", exemption::list)
    }

    fn exemption_remove(&mut self, id: &str, now: Timestamp) -> Result<Exemption, StoreError> {
        self.write("remove an exemption", |conn| exemption::remove(conn, id, now))
    }

    fn suppression_add(&mut self, new: &NewSuppression, now: Timestamp) -> Result<Suppression, StoreError> {
        self.write("add a suppression", |conn| suppression::add(conn, new, now))
    }

    fn suppression_list(&self) -> Result<Vec<Suppression>, StoreError> {
        self.read("list suppressions", suppression::list)
    }

    fn suppression_remove(&mut self, id: &str, now: Timestamp) -> Result<Suppression, StoreError> {
        self.write("remove a suppression", |conn| suppression::remove(conn, id, now))
    }

    fn acceptance_add(&mut self, new: &[NewAcceptance], now: Timestamp) -> Result<u64, StoreError> {
        self.write("accept a state", |conn| acceptance::add(conn, new, now))
    }

    fn acceptance_list(&self, target: Option<&str>) -> Result<Vec<Acceptance>, StoreError> {
        self.read("list accepted states", |conn| acceptance::list(conn, target))
    }

    fn acceptance_remove(&mut self, id: &ResourceId, facet: Option<&str>, now: Timestamp) -> Result<u64, StoreError> {
        self.write("forget an accepted state", |conn| acceptance::remove(conn, id, facet, now))
    }

    fn suppression_refresh(
        &mut self,
        now: Timestamp,
        suppress: &dyn Fn(&Finding) -> Option<String>,
    ) -> Result<u64, StoreError> {
        self.write("refresh suppressions", |conn| finding::suppress(conn, scan::clock_keep(conn, now)?, suppress))
    }

    fn outbox_read(&self, after: i64, limit: usize) -> Result<Vec<OutboxRow>, StoreError> {
        self.read("read the outbox", |conn| outbox::read(conn, after, limit))
    }

    fn outbox_trim(&mut self, through: i64) -> Result<u64, StoreError> {
        self.write("trim the outbox", |conn| outbox::trim(conn, through))
    }

    fn store_verify(&self) -> Result<Vec<String>, StoreError> {
        self.read("verify", |conn| {
            let mut out = Vec::new();
            let mut query = conn.prepare("PRAGMA integrity_check")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                out.push(row.get::<_, String>(0)?);
            }
            out.retain(|line| line != "ok");
            let mut query = conn.prepare("PRAGMA foreign_key_check")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let (table, number): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
                out.push(format!("row {} of `{table}` refers to nothing", number.unwrap_or_default()));
            }
            Ok(out)
        })
    }
}

#[cfg(test)]
mod tests {
    use casemate_estate::{ContentHash, Facet, Kind, Observation, Resource, Snapshot};
    use serde_json::json;

    use super::*;

    fn commit(store: &mut SqliteStore, second: i64) -> Result<ScanReceipt, StoreError> {
        let at = Timestamp::from_second(second).unwrap();
        let resource =
            Resource { id: ResourceId::host("m"), kind: Kind::new("host"), name: "m".into(), scope: "host://m".into() };
        let facet = Facet::collected(json!(vec![second; 20_000]), at);
        let snapshot = Snapshot {
            target: "host://m".into(),
            started: at,
            finished: at,
            observations: vec![Observation { resource, facets: [("f".to_owned(), facet)].into() }],
            edges: Vec::new(),
            listings: Vec::new(),
        };
        store.scan_commit(&ScanCommit {
            snapshot: &snapshot,
            judged: &[],
            suppress: &|_| None,
            now: at,
            baseline: "b",
            content_hash: ContentHash([0; 32]),
        })
    }

    #[test]
    fn a_full_disk_loses_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::open(&dir.path().join("s.db")).unwrap();
        commit(&mut store, 1).unwrap();
        let pages: i64 = store.conn.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        let limit = |store: &SqliteStore, pages: i64| {
            store.conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get::<_, i64>(0)).unwrap()
        };
        limit(&store, pages);
        let error = commit(&mut store, 2).unwrap_err();
        assert!(matches!(error, StoreError::Full { .. }), "{error:?}");
        assert!(error.to_string().contains("no space left"), "{error}");
        assert_eq!(store.scan_list(None, Page::ALL).unwrap().len(), 1);
        assert_eq!(store.store_verify().unwrap(), Vec::<String>::new());
        limit(&store, 1_000_000);
        commit(&mut store, 3).unwrap();
        assert_eq!(store.scan_list(None, Page::ALL).unwrap().len(), 2);
    }

    #[test]
    fn what_no_release_writes_is_damage() {
        for (sql, why) in [
            ("UPDATE facet SET reading = 9, blob = NULL", "a status without a word"),
            ("UPDATE blob SET value = '{'", "JSON that is cut off"),
            ("UPDATE blob SET hash = x'00'", "a hash that is too short"),
            ("UPDATE facet SET valid_from = 9000000000000000000", "a time after all times"),
        ] {
            let mut store = SqliteStore::open_in_memory().unwrap();
            commit(&mut store, 1).unwrap();
            store.conn.execute(sql, []).unwrap();
            let error = store.facet_list(&ResourceId::host("m"), None).unwrap_err();
            assert!(matches!(error, StoreError::Damaged { .. }), "{why}: {error:?}");
        }
    }

    #[test]
    fn ranked_lists_and_lists_of_a_target_walk_their_index() {
        use casemate_estate::State;

        let store = SqliteStore::open_in_memory().unwrap();
        let plan = |sql: &str| -> String {
            let mut query = store.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            // A plan needs no values.
            let lines = query.raw_query().mapped(|row| row.get::<_, String>(3));
            lines.collect::<Result<Vec<_>, _>>().unwrap().join("; ")
        };
        let failing = FindingFilter { states: vec![State::Fail], ..FindingFilter::default() };
        let target = FindingFilter { target: Some("t".into()), ..failing.clone() };
        for (filter, want, not, why) in [
            (failing, "finding_rank", "TEMP B-TREE", "nothing is sorted"),
            (target, "resource_target", "finding_sort", "no walk over the findings of others"),
        ] {
            let plan = plan(&finding::list_sql(&store.conn, &filter).unwrap());
            assert!(plan.contains(want) && !plan.contains(not), "{why}: {plan}");
        }
    }
}
