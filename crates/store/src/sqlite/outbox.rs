use casemate_estate::Timestamp;
use rusqlite::{Connection, params};
use serde_json::Value;

use super::{Outcome, column};
use crate::OutboxRow;

/// Adds a row; the caller holds the transaction of the change that it tells of.
pub(super) fn add(
    conn: &Connection,
    kind: &str,
    resource: Option<&str>,
    payload: &Value,
    at: Timestamp,
) -> Outcome<()> {
    conn.prepare_cached("INSERT INTO outbox (resource, kind, payload, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![resource, kind, payload.to_string(), column::time(at)])?;
    Ok(())
}

pub(super) fn read(conn: &Connection, after: i64, limit: usize) -> Outcome<Vec<OutboxRow>> {
    let store: String = conn.query_row("SELECT id FROM store", [], |row| row.get(0))?;
    let mut query =
        conn.prepare_cached("SELECT id, resource, kind, payload, at FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    let mut rows = query.query(params![after, i64::try_from(limit).unwrap_or(i64::MAX)])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        out.push(OutboxRow {
            id,
            dedup_id: format!("{store}-{id}"),
            resource: row.get::<_, Option<String>>("resource")?.map(column::id_of).transpose()?,
            kind: row.get("kind")?,
            payload: column::json_of(row.get_ref("payload")?.as_str().unwrap_or_default())?,
            at: column::time_read(row, "at")?,
        });
    }
    Ok(out)
}

pub(super) fn trim(conn: &Connection, through: i64) -> Outcome<u64> {
    Ok(conn.execute("DELETE FROM outbox WHERE id <= ?1", [through])? as u64)
}
