//! The store: what scans found, kept with its history. Start at [`Store`]; the backend is [`SqliteStore`].
//!
//! Words: a *target* is what one scan reads (a host, an account); a *version* of a facet is a reading that stayed the
//! same from one scan to another; an *event* is a change of a finding; an *outbox* row tells others of a change.
//!
//! **Invariant:** a scan is one transaction; a process that dies at any point leaves the previous scan whole.
//! **Invariant:** nothing ends for want of data: only a listing, facet or verdict that succeeded ends anything.
//! **Invariant:** each change that others must hear of writes its outbox row in its own transaction.
//! **Invariant:** no clock; callers pass `now`. All that one scan changes has one time, later than that of every scan
//! before it, in whole microseconds.
mod contract;
mod error;
mod record;
mod sqlite;
mod store;

pub use contract::store_contract;
pub use error::StoreError;
pub use record::{
    Acceptance, DiffFilter, Direction, EdgeRecord, FacetRecord, FindingCounts, FindingEvent, FindingFilter,
    HistoryEntry, HistoryEvent, MissingFacet, NewAcceptance, NewExemption, NewSuppression, OutboxRow, Page, Remembered,
    ResourceFilter, ResourceRecord, ScanCommit, ScanCounts, ScanId, ScanReceipt, ScanRecord,
};
pub use sqlite::SqliteStore;
pub use store::Store;
