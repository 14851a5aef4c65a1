use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::{Fault, Outcome};
use crate::StoreError;

/// `CSMT`: says that a SQLite file is ours.
const APPLICATION: i64 = 0x4353_4d54;

/// What brings a store from version N to N + 1. Never changed once released; a new version adds a line.
const MIGRATIONS: &[&str] =
    &[include_str!("../../migrations/0001_initial.sql"), include_str!("../../migrations/0002_acceptance.sql")];

/// The version that this release writes.
pub(super) fn latest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The version of a store; 0 for an empty file. Writes nothing, so that a file of somebody else stays as it is.
pub(super) fn version(conn: &Connection, path: &Path) -> Outcome<i64> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let application: i64 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    if application == APPLICATION || (application == 0 && version == 0 && tables == 0) {
        if version > latest() {
            return Err(StoreError::Newer { path: path.into(), found: version, known: latest() }.into());
        }
        if version < 0 || (version == 0 && tables > 0) {
            return Err(Fault::Damaged(format!("it has schema version {version}")));
        }
        return Ok(version);
    }
    Err(StoreError::NotAStore { path: path.into(), source: None }.into())
}

/// Brings a store to the latest version in one transaction.
pub(super) fn migrate(conn: &mut Connection, path: &Path) -> Outcome<()> {
    if version(conn, path)? == latest() {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited for the lock.
    let found = version(&tx, path)?;
    for sql in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        tx.execute_batch(sql)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION)?;
    tx.pragma_update(None, "user_version", latest())?;
    tx.commit()?;
    Ok(())
}
