use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use casemate_estate::{ContentHash, Facet, FacetStatus, Kind, ResourceId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use super::{Fault, Outcome, column, resource};
use crate::{FacetRecord, MissingFacet, ScanCounts, StoreError};

/// What stands in the store of a facet in force.
struct Current {
    reading: i64,
    reason: Option<String>,
    hash: Option<Vec<u8>>,
}

/// Brings the facets of an observed resource to what the scan read. Unchanged ones write nothing.
pub(super) fn observe(
    conn: &Connection,
    resource: i64,
    id: &ResourceId,
    facets: &BTreeMap<String, Facet>,
    started: Timestamp,
    at: Timestamp,
    counts: &mut ScanCounts,
) -> Outcome<()> {
    let mut current: HashMap<String, Current> = HashMap::new();
    {
        let mut query = conn.prepare_cached(
            "SELECT f.name, f.reading, f.reason, b.hash FROM facet f LEFT JOIN blob b ON b.id = f.blob
             WHERE f.resource = ?1 AND f.valid_to IS NULL",
        )?;
        let mut rows = query.query([resource])?;
        while let Some(row) = rows.next()? {
            current.insert(row.get(0)?, Current { reading: row.get(1)?, reason: row.get(2)?, hash: row.get(3)? });
        }
    }
    for (name, facet) in facets {
        counts.facets += 1;
        counts.facets_believed += u64::from(facet.at < started);
        counts.facets_incomplete += u64::from(facet.status.is_incomplete());
        let (hash, value) = parts(id, name, facet)?;
        if let Some(old) = current.remove(name) {
            let same = old.reading == column::reading(facet.status)
                && old.reason == facet.reason
                && old.hash.as_deref() == hash.map(|h| &h.0[..]);
            if same {
                continue;
            }
            end(conn, resource, name, at)?;
        }
        counts.facets_changed += 1;
        let blob = match (hash, value) {
            (Some(hash), Some(value)) => Some(blob_keep(conn, hash, value)?),
            _ => None,
        };
        conn.prepare_cached(
            "INSERT INTO facet (resource, name, valid_from, reading, reason, blob) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            resource,
            name,
            column::time(at),
            column::reading(facet.status),
            facet.reason,
            blob
        ])?;
    }
    for name in current.keys() {
        end(conn, resource, name, at)?;
    }
    Ok(())
}

/// Hash and value of a facet, which are there exactly where it was collected.
fn parts<'a>(
    id: &ResourceId,
    name: &str,
    facet: &'a Facet,
) -> Result<(Option<&'a ContentHash>, Option<&'a Value>), StoreError> {
    let (hash, value) = (facet.hash.as_ref(), facet.value.as_deref());
    let collected = facet.status == FacetStatus::Collected;
    if hash.is_some() == collected && value.is_some() == collected {
        return Ok((hash, value));
    }
    Err(StoreError::Invalid {
        what: format!(
            "facet `{name}` of `{id}`: it is {} and {}",
            facet.status,
            if value.is_some() { "has a value" } else { "has no value" }
        ),
        hint: "make facets with `Facet::collected` and `Facet::missing`",
    })
}

/// The row of a value, made where there is none.
pub(super) fn blob_keep(conn: &Connection, hash: &ContentHash, value: &Value) -> Outcome<i64> {
    let known = conn
        .prepare_cached("SELECT id FROM blob WHERE hash = ?1")?
        .query_row([&hash.0[..]], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    conn.prepare_cached("INSERT INTO blob (hash, value) VALUES (?1, ?2)")?
        .execute(params![&hash.0[..], value.to_string()])?;
    Ok(conn.last_insert_rowid())
}

fn end(conn: &Connection, resource: i64, name: &str, at: Timestamp) -> Outcome<()> {
    conn.prepare_cached("UPDATE facet SET valid_to = ?3 WHERE resource = ?1 AND name = ?2 AND valid_to IS NULL")?
        .execute(params![resource, name, column::time(at)])?;
    Ok(())
}

/// Ends all facets of a resource.
pub(super) fn end_all(conn: &Connection, resource: i64, at: Timestamp) -> Outcome<()> {
    conn.prepare_cached("UPDATE facet SET valid_to = ?2 WHERE resource = ?1 AND valid_to IS NULL")?
        .execute(params![resource, column::time(at)])?;
    Ok(())
}

/// The columns that [`record`] reads.
const COLUMNS: &str = "f.name, f.reading, f.reason, f.valid_from, f.valid_to, b.hash, b.value
    FROM facet f LEFT JOIN blob b ON b.id = f.blob";

fn record(row: &Row<'_>) -> Outcome<FacetRecord> {
    let name: String = row.get("name")?;
    let valid_from = column::time_read(row, "valid_from")?;
    let status = column::reading_of(row.get("reading")?)?;
    let (hash, value) = if status == FacetStatus::Collected {
        let text = row.get_ref("value")?;
        let text = text.as_str().map_err(|_| Fault::Damaged(format!("facet `{name}` has lost its value")))?;
        (Some(column::hash_read(row, "hash")?), Some(Arc::new(column::json_of(text)?)))
    } else {
        (None, None)
    };
    Ok(FacetRecord {
        name,
        facet: Facet { status, reason: row.get("reason")?, at: valid_from, hash, value },
        valid_from,
        valid_to: column::time_read_opt(row, "valid_to")?,
    })
}

pub(super) fn list(conn: &Connection, id: &ResourceId, at: Option<Timestamp>) -> Outcome<Vec<FacetRecord>> {
    let resource = resource::find(conn, id)?.ok_or_else(|| resource::missing(id))?;
    let time = match at {
        Some(_) => "f.valid_from <= ?2 AND (f.valid_to IS NULL OR ?2 < f.valid_to)",
        None => "f.valid_to IS NULL AND ?2 IS NULL",
    };
    let mut query =
        conn.prepare_cached(&format!("SELECT {COLUMNS} WHERE f.resource = ?1 AND {time} ORDER BY f.name"))?;
    let mut rows = query.query(params![resource, at.map(column::time)])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(record(row)?);
    }
    Ok(out)
}

/// The facets of present resources that are not collected.
pub(super) fn missing(conn: &Connection, target: Option<&str>, at: Option<Timestamp>) -> Outcome<Vec<MissingFacet>> {
    let time = match at {
        Some(_) => "f.valid_from <= ?2 AND (f.valid_to IS NULL OR ?2 < f.valid_to)",
        None => "f.valid_to IS NULL AND ?2 IS NULL",
    };
    let mut query = conn.prepare_cached(&format!(
        "SELECT r.rid, r.kind, f.name, f.reading, f.reason FROM facet f JOIN resource r ON r.id = f.resource
         WHERE f.reading != 0 AND {time} AND (?1 IS NULL OR r.target = ?1) ORDER BY r.rid, f.name"
    ))?;
    let mut rows = query.query(params![target, at.map(column::time)])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(MissingFacet {
            resource: column::id_of(row.get("rid")?)?,
            kind: Kind::new(row.get::<_, String>("kind")?),
            facet: row.get("name")?,
            status: column::reading_of(row.get("reading")?)?,
            reason: row.get("reason")?,
        });
    }
    Ok(out)
}

/// All versions of a resource's facets, by name and then by time.
pub(super) fn versions(conn: &Connection, resource: i64) -> Outcome<Vec<FacetRecord>> {
    let mut query =
        conn.prepare_cached(&format!("SELECT {COLUMNS} WHERE f.resource = ?1 ORDER BY f.name, f.valid_from"))?;
    let mut rows = query.query([resource])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(record(row)?);
    }
    Ok(out)
}

/// The version in force at a time.
pub(super) fn version_at(conn: &Connection, resource: i64, name: &str, at: Timestamp) -> Outcome<Option<FacetRecord>> {
    one(conn, "(f.valid_to IS NULL OR ?3 < f.valid_to)", resource, name, at)
}

/// The latest version that began by a time and has a value.
pub(super) fn version_collected(
    conn: &Connection,
    resource: i64,
    name: &str,
    at: Timestamp,
) -> Outcome<Option<FacetRecord>> {
    one(conn, "f.reading = 0", resource, name, at)
}

fn one(conn: &Connection, what: &str, resource: i64, name: &str, at: Timestamp) -> Outcome<Option<FacetRecord>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} WHERE f.resource = ?1 AND f.name = ?2 AND f.valid_from <= ?3 AND {what}
         ORDER BY f.valid_from DESC LIMIT 1"
    ))?;
    let mut rows = query.query(params![resource, name, column::time(at)])?;
    rows.next()?.map(record).transpose()
}

/// When a facet that was not there at a time had ended.
pub(super) fn ended_by(conn: &Connection, resource: i64, name: &str, at: Timestamp) -> Outcome<Timestamp> {
    let end: Option<i64> = conn
        .prepare_cached("SELECT max(valid_to) FROM facet WHERE resource = ?1 AND name = ?2 AND valid_to <= ?3")?
        .query_row(params![resource, name, column::time(at)], |row| row.get(0))?;
    end.map_or(Ok(at), column::time_of)
}
