use std::{collections::HashMap, path::Path};

use casemate_estate::{Change, Exemption, Finding, FindingKey, ResourceId, Suppression, Timestamp};

use crate::{
    DiffFilter, Direction, EdgeRecord, FacetRecord, FindingCounts, FindingEvent, FindingFilter, HistoryEntry,
    NewExemption, NewSuppression, OutboxRow, Page, Remembered, ResourceFilter, ResourceRecord, ScanCommit, ScanReceipt,
    ScanRecord, Store, StoreError,
};

/// The embedded backend: one SQLite file with its write-ahead log beside it.
#[derive(Debug)]
pub struct SqliteStore {
    conn: rusqlite::Connection,
}

fn unfinished<T>() -> Result<T, StoreError> {
    Err(StoreError::Invalid { what: "anything yet".into(), hint: "wait for the next commit" })
}

impl SqliteStore {
    /// Opens the store at `path` for reading and writing; makes it, and its directory, where there is none.
    ///
    /// # Errors
    /// Each way in which a path is not a usable store has its own [`StoreError`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let _ = path;
        unfinished()
    }

    /// Opens the store at `path` for reading only. It must exist and be of this release's schema.
    ///
    /// # Errors
    /// As [`SqliteStore::open`], [`StoreError::Missing`] and [`StoreError::Older`].
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let _ = path;
        unfinished()
    }

    /// A new store in memory, gone when dropped.
    ///
    /// # Errors
    /// [`StoreError::Backend`] where there is no memory.
    pub fn open_in_memory() -> Result<Self, StoreError> {
        let _ = rusqlite::Connection::open_in_memory().map(|conn| Self { conn }.conn);
        unfinished()
    }
}

impl Store for SqliteStore {
    fn scan_commit(&mut self, commit: &ScanCommit<'_>) -> Result<ScanReceipt, StoreError> {
        let _ = (commit,);
        unfinished()
    }
    fn scan_list(&self, target: Option<&str>, page: Page) -> Result<Vec<ScanRecord>, StoreError> {
        let _ = (target, page);
        unfinished()
    }
    fn scan_latest(&self, target: Option<&str>) -> Result<Option<ScanRecord>, StoreError> {
        let _ = (target,);
        unfinished()
    }
    fn scan_previous(&self, target: Option<&str>) -> Result<Option<ScanRecord>, StoreError> {
        let _ = (target,);
        unfinished()
    }
    fn verdict_previous(&self, target: &str) -> Result<HashMap<FindingKey, Remembered>, StoreError> {
        let _ = (target,);
        unfinished()
    }
    fn resource_list(&self, filter: &ResourceFilter, page: Page) -> Result<Vec<ResourceRecord>, StoreError> {
        let _ = (filter, page);
        unfinished()
    }
    fn resource_get(&self, id: &ResourceId) -> Result<ResourceRecord, StoreError> {
        let _ = (id,);
        unfinished()
    }
    fn facet_list(&self, id: &ResourceId, at: Option<Timestamp>) -> Result<Vec<FacetRecord>, StoreError> {
        let _ = (id, at);
        unfinished()
    }
    fn edge_list(
        &self,
        id: &ResourceId,
        direction: Direction,
        at: Option<Timestamp>,
    ) -> Result<Vec<EdgeRecord>, StoreError> {
        let _ = (id, direction, at);
        unfinished()
    }
    fn resource_history(&self, id: &ResourceId) -> Result<Vec<HistoryEntry>, StoreError> {
        let _ = (id,);
        unfinished()
    }
    fn estate_diff(&self, filter: &DiffFilter) -> Result<Vec<Change>, StoreError> {
        let _ = (filter,);
        unfinished()
    }
    fn finding_list(&self, filter: &FindingFilter, page: Page) -> Result<Vec<Finding>, StoreError> {
        let _ = (filter, page);
        unfinished()
    }
    fn finding_get(&self, id: &str, now: Timestamp) -> Result<Finding, StoreError> {
        let _ = (id, now);
        unfinished()
    }
    fn finding_events(&self, id: &str) -> Result<Vec<FindingEvent>, StoreError> {
        let _ = (id,);
        unfinished()
    }
    fn finding_counts(&self, filter: &FindingFilter) -> Result<FindingCounts, StoreError> {
        let _ = (filter,);
        unfinished()
    }
    fn exemption_add(&mut self, new: &NewExemption, now: Timestamp) -> Result<Exemption, StoreError> {
        let _ = (new, now);
        unfinished()
    }
    fn exemption_list(&self) -> Result<Vec<Exemption>, StoreError> {
        let _ = ();
        unfinished()
    }
    fn exemption_remove(&mut self, id: &str, now: Timestamp) -> Result<Exemption, StoreError> {
        let _ = (id, now);
        unfinished()
    }
    fn suppression_add(&mut self, new: &NewSuppression, now: Timestamp) -> Result<Suppression, StoreError> {
        let _ = (new, now);
        unfinished()
    }
    fn suppression_list(&self) -> Result<Vec<Suppression>, StoreError> {
        let _ = ();
        unfinished()
    }
    fn suppression_remove(&mut self, id: &str, now: Timestamp) -> Result<Suppression, StoreError> {
        let _ = (id, now);
        unfinished()
    }
    fn suppression_refresh(
        &mut self,
        now: Timestamp,
        suppress: &dyn Fn(&Finding) -> Option<String>,
    ) -> Result<u64, StoreError> {
        let _ = (now, suppress);
        unfinished()
    }
    fn outbox_read(&self, after: i64, limit: usize) -> Result<Vec<OutboxRow>, StoreError> {
        let _ = (after, limit);
        unfinished()
    }
    fn outbox_trim(&mut self, through: i64) -> Result<u64, StoreError> {
        let _ = (through,);
        unfinished()
    }
    fn store_verify(&self) -> Result<Vec<String>, StoreError> {
        let _ = ();
        unfinished()
    }
}
