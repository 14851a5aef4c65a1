use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use casemate_estate::{ContentHash, Kind, Resource, ResourceId, Timestamp};
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};

use super::{Fault, Outcome, column, exemption, facet, outbox, resource, scan};
use crate::{Acceptance, NewAcceptance, StoreError};

const COLUMNS: &str = "r.rid, r.kind, r.name, r.scope, r.target, a.facet, a.blob, a.tag, a.note, a.author, a.created,
    b.hash, b.value
    FROM acceptance a JOIN resource r ON r.id = a.resource JOIN blob b ON b.id = a.blob WHERE a.removed_at IS NULL";

/// Those in force, in the order of resource and facet.
pub(super) fn list(conn: &Connection, target: Option<&str>) -> Outcome<Vec<Acceptance>> {
    let mut query =
        conn.prepare_cached(&format!("SELECT {COLUMNS} AND (?1 IS NULL OR r.target = ?1) ORDER BY r.rid, a.facet"))?;
    let mut rows = query.query([target])?;
    // Equal values are one row, and stay one in memory.
    let mut values = HashMap::new();
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(record(row, &mut values)?);
    }
    Ok(out)
}

fn record(row: &Row<'_>, values: &mut HashMap<i64, (ContentHash, Arc<Value>)>) -> Outcome<Acceptance> {
    let facet: String = row.get("facet")?;
    let (hash, value) = match values.entry(row.get("blob")?) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => {
            let text = row.get_ref("value")?;
            let text = text.as_str().map_err(|_| Fault::Damaged(format!("accepted `{facet}` has lost its value")))?;
            place.insert((column::hash_read(row, "hash")?, Arc::new(column::json_of(text)?)))
        }
    };
    Ok(Acceptance {
        hash: *hash,
        value: Arc::clone(value),
        resource: Resource {
            id: column::id_of(row.get("rid")?)?,
            kind: Kind::new(row.get::<_, String>("kind")?),
            name: row.get("name")?,
            scope: row.get("scope")?,
        },
        target: row.get("target")?,
        facet,
        tag: row.get("tag")?,
        note: row.get("note")?,
        author: row.get("author")?,
        created: column::time_read(row, "created")?,
    })
}

/// Accepts values; one that was accepted before for the same facet ends.
pub(super) fn add(conn: &Connection, new: &[NewAcceptance], now: Timestamp) -> Outcome<u64> {
    let at = scan::clock_keep(conn, now)?;
    for one in new {
        exemption::decision_check(&[("a facet", &one.facet), ("an author", &one.author)], None, now)?;
        let row = resource::find(conn, &one.resource)?.ok_or_else(|| resource::missing(&one.resource))?;
        end(conn, row, Some(&one.facet), at)?;
        let blob = facet::blob_keep(conn, &ContentHash::of_value(&one.value), &one.value)?;
        conn.prepare_cached(
            "INSERT INTO acceptance (resource, facet, blob, tag, note, author, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![row, one.facet, blob, one.tag, one.note, one.author, column::time(at)])?;
        let told = json!({"facet": one.facet, "tag": one.tag, "note": one.note, "author": one.author});
        outbox::add(conn, "acceptance.added", Some(one.resource.as_str()), &told, at)?;
    }
    Ok(new.len() as u64)
}

/// Ends what is accepted of a resource, or of one facet of it.
pub(super) fn remove(conn: &Connection, id: &ResourceId, facet: Option<&str>, now: Timestamp) -> Outcome<u64> {
    let at = scan::clock_keep(conn, now)?;
    let ended = match resource::find(conn, id)? {
        Some(row) => end(conn, row, facet, at)?,
        None => 0,
    };
    if ended == 0 {
        return Err(StoreError::NotFound {
            what: "accepted state",
            id: facet.map_or_else(|| id.to_string(), |facet| format!("{id} {facet}")),
            hint: "list them with `casemate drift list`",
        }
        .into());
    }
    outbox::add(conn, "acceptance.removed", Some(id.as_str()), &json!({"facet": facet}), at)?;
    Ok(ended)
}

fn end(conn: &Connection, row: i64, facet: Option<&str>, at: Timestamp) -> Outcome<u64> {
    let ended = conn
        .prepare_cached(
            "UPDATE acceptance SET removed_at = ?3
             WHERE resource = ?1 AND (?2 IS NULL OR facet = ?2) AND removed_at IS NULL",
        )?
        .execute(params![row, facet, column::time(at)])?;
    Ok(ended as u64)
}
