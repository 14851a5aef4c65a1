use std::collections::BTreeSet;

use casemate_estate::{Edge, EdgeKind, ResourceId, Timestamp};
use rusqlite::{Connection, params};

use super::{Fault, Outcome, column, resource};
use crate::{Direction, EdgeRecord};

/// Brings the edges that start at a resource to what the snapshot holds. `whole`: an edge that is not in it ends.
pub(super) fn observe(conn: &Connection, source: i64, edges: &[&Edge], whole: bool, at: Timestamp) -> Outcome<()> {
    let mut wanted = BTreeSet::new();
    for edge in edges {
        wanted.insert((edge.kind.as_str().to_owned(), resource::intern(conn, &edge.to)?, edge.evidence.to_string()));
    }
    let mut ended = Vec::new();
    {
        let mut query =
            conn.prepare_cached("SELECT id, kind, sink, evidence FROM edge WHERE source = ?1 AND valid_to IS NULL")?;
        let mut rows = query.query([source])?;
        while let Some(row) = rows.next()? {
            if !wanted.remove(&(row.get(1)?, row.get(2)?, row.get(3)?)) && whole {
                ended.push(row.get::<_, i64>(0)?);
            }
        }
    }
    for id in ended {
        conn.prepare_cached("UPDATE edge SET valid_to = ?2 WHERE id = ?1")?.execute(params![id, column::time(at)])?;
    }
    for (kind, sink, evidence) in wanted {
        conn.prepare_cached("INSERT INTO edge (source, kind, sink, evidence, valid_from) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![source, kind, sink, evidence, column::time(at)])?;
    }
    Ok(())
}

/// Ends all edges that start or end at a resource.
pub(super) fn end(conn: &Connection, resource: i64, at: Timestamp) -> Outcome<()> {
    for sql in [
        "UPDATE edge SET valid_to = ?2 WHERE source = ?1 AND valid_to IS NULL",
        "UPDATE edge SET valid_to = ?2 WHERE sink = ?1 AND valid_to IS NULL",
    ] {
        conn.prepare_cached(sql)?.execute(params![resource, column::time(at)])?;
    }
    Ok(())
}

pub(super) fn list(
    conn: &Connection,
    id: &ResourceId,
    direction: Direction,
    at: Option<Timestamp>,
) -> Outcome<Vec<EdgeRecord>> {
    let row = resource::find(conn, id)?.ok_or_else(|| resource::missing(id))?;
    let place = match direction {
        Direction::Out => "e.source = ?1",
        Direction::In => "e.sink = ?1",
        Direction::Both => "(e.source = ?1 OR e.sink = ?1)",
    };
    let time = match at {
        Some(_) => "e.valid_from <= ?2 AND (e.valid_to IS NULL OR ?2 < e.valid_to)",
        None => "e.valid_to IS NULL AND ?2 IS NULL",
    };
    let mut query = conn.prepare_cached(&format!(
        "SELECT s.rid AS source, e.kind, t.rid AS sink, e.evidence, e.valid_from, e.valid_to
         FROM edge e JOIN resource s ON s.id = e.source JOIN resource t ON t.id = e.sink
         WHERE {place} AND {time} ORDER BY s.rid, e.kind, t.rid, e.id"
    ))?;
    let mut rows = query.query(params![row, at.map(column::time)])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get("kind")?;
        out.push(EdgeRecord {
            edge: Edge {
                from: column::id_of(row.get("source")?)?,
                kind: EdgeKind::parse(&kind).ok_or_else(|| Fault::Damaged(format!("`{kind}` is no kind of edge")))?,
                to: column::id_of(row.get("sink")?)?,
                evidence: column::json_of(row.get_ref("evidence")?.as_str().unwrap_or_default())?,
            },
            valid_from: column::time_read(row, "valid_from")?,
            valid_to: column::time_read_opt(row, "valid_to")?,
        });
    }
    Ok(out)
}
