use casemate_estate::{Exemption, ExemptionKind, FindingKey, Timestamp};
use rusqlite::{Connection, params};
use serde_json::json;

use super::{Fault, Outcome, column, finding, outbox, scan};
use crate::{NewExemption, StoreError};

/// An exemption, in force or not.
pub(super) struct Cover {
    pub(super) number: i64,
    pub(super) exemption: Exemption,
    removed_at: Option<Timestamp>,
}

/// The first exemption that covers a finding at a time.
pub(super) fn cover<'a>(covers: &'a [Cover], key: &FindingKey, now: Timestamp) -> Option<&'a Cover> {
    covers.iter().find(|cover| {
        cover.exemption.created <= now
            && cover.removed_at.is_none_or(|end| now < end)
            && cover.exemption.covers(key, now)
    })
}

/// Why an exemption covers nothing any more.
pub(super) fn ended(covers: &[Cover], number: i64) -> String {
    match covers.iter().find(|cover| cover.number == number).and_then(|cover| cover.exemption.expires) {
        Some(end) => format!("exemption `e-{number}` expired at {end}"),
        None => format!("exemption `e-{number}` no longer covers it"),
    }
}

/// All exemptions that were ever made, oldest first.
pub(super) fn covers(conn: &Connection) -> Outcome<Vec<Cover>> {
    let mut query = conn.prepare_cached(
        "SELECT id, kind, check_pattern, resource_pattern, reason, author, created, expires, removed_at
         FROM exemption ORDER BY id",
    )?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get("id")?;
        let kind: String = row.get("kind")?;
        let kind = [ExemptionKind::Waiver, ExemptionKind::Mitigated].into_iter().find(|k| k.as_str() == kind);
        out.push(Cover {
            number,
            exemption: Exemption {
                id: format!("e-{number}"),
                kind: kind.ok_or_else(|| Fault::Damaged(format!("exemption `e-{number}` is of no known sort")))?,
                check: row.get("check_pattern")?,
                resource: row.get("resource_pattern")?,
                reason: row.get("reason")?,
                author: row.get("author")?,
                created: column::time_read(row, "created")?,
                expires: column::time_read_opt(row, "expires")?,
            },
            removed_at: column::time_read_opt(row, "removed_at")?,
        });
    }
    Ok(out)
}

pub(super) fn list(conn: &Connection) -> Outcome<Vec<Exemption>> {
    Ok(covers(conn)?.into_iter().filter(|c| c.removed_at.is_none()).map(|c| c.exemption).collect())
}

/// Refuses what says nothing or ends before it begins.
pub(super) fn decision_check(
    texts: &[(&'static str, &str)],
    expires: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if let Some((name, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(StoreError::Invalid {
            what: format!("a decision without {name}"),
            hint: "say what it is about, why, and who decided it",
        });
    }
    if expires.is_some_and(|end| end <= now) {
        return Err(StoreError::Invalid {
            what: "a decision that has ended before it begins".into(),
            hint: "give a time in the future, or none",
        });
    }
    Ok(())
}

pub(super) fn add(conn: &Connection, new: &NewExemption, now: Timestamp) -> Outcome<Exemption> {
    decision_check(
        &[
            ("a check", &new.check),
            ("a resource", &new.resource),
            ("a reason", &new.reason),
            ("an author", &new.author),
        ],
        new.expires,
        now,
    )?;
    let at = scan::clock_keep(conn, now)?;
    conn.execute(
        "INSERT INTO exemption (kind, check_pattern, resource_pattern, reason, author, created, expires)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.kind.as_str(),
            new.check,
            new.resource,
            new.reason,
            new.author,
            column::time(at),
            new.expires.map(column::time),
        ],
    )?;
    let number = conn.last_insert_rowid();
    let lost = || Fault::Damaged(format!("exemption `e-{number}` is lost"));
    let cover = covers(conn)?.into_iter().find(|cover| cover.number == number).ok_or_else(lost)?;
    finding::exempt(conn, &cover, at)?;
    outbox::add(conn, "exemption.added", None, &json!(cover.exemption), at)?;
    Ok(cover.exemption)
}

pub(super) fn remove(conn: &Connection, id: &str, now: Timestamp) -> Outcome<Exemption> {
    let missing =
        || StoreError::NotFound { what: "exemption", id: id.to_owned(), hint: "list them with `casemate exempt list`" };
    let mut others = covers(conn)?;
    let place = others.iter().position(|cover| cover.exemption.id == id && cover.removed_at.is_none());
    let cover = others.swap_remove(place.ok_or_else(missing)?);
    others.sort_by_key(|cover| cover.number);
    let at = scan::clock_keep(conn, now)?;
    conn.execute("UPDATE exemption SET removed_at = ?2 WHERE id = ?1", params![cover.number, column::time(at)])?;
    finding::unexempt(conn, cover.number, &others, at)?;
    outbox::add(conn, "exemption.removed", None, &json!(cover.exemption), at)?;
    Ok(cover.exemption)
}
