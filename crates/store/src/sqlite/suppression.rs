use casemate_estate::{Suppression, Timestamp};
use rusqlite::{Connection, Row, params};
use serde_json::json;

use super::{Fault, Outcome, column, exemption, outbox, scan};
use crate::{NewSuppression, StoreError};

/// The number in `s-N`.
pub(super) fn number(id: &str) -> Outcome<i64> {
    id.strip_prefix("s-").and_then(|digits| digits.parse().ok()).ok_or_else(|| {
        StoreError::Invalid {
            what: format!("a finding as suppressed by `{id}`"),
            hint: "name a suppression of this store, `s-` and a number",
        }
        .into()
    })
}

/// The numbers of the suppressions in force.
pub(super) fn active(conn: &Connection, now: Timestamp) -> Outcome<Vec<i64>> {
    let mut query = conn
        .prepare_cached("SELECT id FROM suppression WHERE removed_at IS NULL AND (expires IS NULL OR ?1 < expires)")?;
    let numbers = query.query_map([column::time(now)], |row| row.get(0))?.collect::<Result<_, rusqlite::Error>>()?;
    Ok(numbers)
}

const COLUMNS: &str = "id, expression, reason, author, created, expires FROM suppression WHERE removed_at IS NULL";

fn record(row: &Row<'_>) -> Outcome<Suppression> {
    Ok(Suppression {
        id: format!("s-{}", row.get::<_, i64>("id")?),
        expression: row.get("expression")?,
        reason: row.get("reason")?,
        author: row.get("author")?,
        created: column::time_read(row, "created")?,
        expires: column::time_read_opt(row, "expires")?,
    })
}

pub(super) fn list(conn: &Connection) -> Outcome<Vec<Suppression>> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} ORDER BY id"))?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(record(row)?);
    }
    Ok(out)
}

fn get(conn: &Connection, number: i64) -> Outcome<Option<Suppression>> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} AND id = ?1"))?;
    let mut rows = query.query([number])?;
    rows.next()?.map(record).transpose()
}

pub(super) fn add(conn: &Connection, new: &NewSuppression, now: Timestamp) -> Outcome<Suppression> {
    exemption::decision_check(
        &[("an expression", &new.expression), ("a reason", &new.reason), ("an author", &new.author)],
        new.expires,
        now,
    )?;
    let at = scan::clock_keep(conn, now)?;
    conn.execute(
        "INSERT INTO suppression (expression, reason, author, created, expires) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![new.expression, new.reason, new.author, column::time(at), new.expires.map(column::time)],
    )?;
    let number = conn.last_insert_rowid();
    let made = get(conn, number)?.ok_or_else(|| Fault::Damaged(format!("suppression `s-{number}` is lost")))?;
    outbox::add(conn, "suppression.added", None, &json!(made), at)?;
    Ok(made)
}

pub(super) fn remove(conn: &Connection, id: &str, now: Timestamp) -> Outcome<Suppression> {
    let missing = || StoreError::NotFound {
        what: "suppression",
        id: id.to_owned(),
        hint: "list them with `casemate suppress list`",
    };
    let number = number(id).map_err(|_| missing())?;
    let removed = get(conn, number)?.ok_or_else(missing)?;
    let at = scan::clock_keep(conn, now)?;
    conn.execute("UPDATE suppression SET removed_at = ?2 WHERE id = ?1", params![number, column::time(at)])?;
    // What it hid is shown at once, even where another would hide it: the next refresh or scan asks them all.
    conn.execute("UPDATE finding SET suppression = NULL WHERE suppression = ?1", [number])?;
    outbox::add(conn, "suppression.removed", None, &json!(removed), at)?;
    Ok(removed)
}
