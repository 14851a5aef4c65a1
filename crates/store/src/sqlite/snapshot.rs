//! The last state of a target, in bulk: three queries, whatever its size.
use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    sync::Arc,
};

use casemate_estate::{ContentHash, Edge, EdgeKind, Facet, FacetStatus, Kind, Observation, Resource, Snapshot};
use rusqlite::{Connection, params};
use serde_json::Value;

use super::{Fault, Outcome, column};

/// What is known of the present resources of a target; none where it was never scanned.
pub(super) fn latest(conn: &Connection, target: &str) -> Outcome<Option<Snapshot>> {
    let (started, finished) = {
        let mut query =
            conn.prepare_cached("SELECT started, finished FROM scan WHERE target = ?1 ORDER BY id DESC LIMIT 1")?;
        let mut rows = query.query([target])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        (column::time_read(row, "started")?, column::time_read(row, "finished")?)
    };
    let mut at: HashMap<i64, usize> = HashMap::new();
    let mut observations = Vec::new();
    {
        let mut query = conn.prepare_cached(
            "SELECT id, rid, kind, name, scope FROM resource
             WHERE target = ?1 AND gone_at IS NULL AND first_seen IS NOT NULL ORDER BY rid",
        )?;
        let mut rows = query.query([target])?;
        while let Some(row) = rows.next()? {
            at.insert(row.get(0)?, observations.len());
            let kind: String = row.get(2)?;
            observations.push(Observation {
                resource: Resource {
                    id: column::id_of(row.get(1)?)?,
                    kind: Kind::new(kind),
                    name: row.get(3)?,
                    scope: row.get(4)?,
                },
                facets: BTreeMap::new(),
            });
        }
    }
    // Equal values are one row, and stay one in memory.
    let mut values: HashMap<i64, (ContentHash, Arc<Value>)> = HashMap::new();
    {
        let mut query = conn.prepare_cached(
            "SELECT f.resource, f.name, f.reading, f.reason, f.valid_from, f.blob, b.hash, b.value
             FROM resource r JOIN facet f ON f.resource = r.id LEFT JOIN blob b ON b.id = f.blob
             WHERE r.target = ?1 AND r.gone_at IS NULL AND f.valid_to IS NULL",
        )?;
        let mut rows = query.query([target])?;
        while let Some(row) = rows.next()? {
            let Some(observation) = at.get(&row.get(0)?).and_then(|index| observations.get_mut(*index)) else {
                continue;
            };
            let name: String = row.get(1)?;
            let status = column::reading_of(row.get(2)?)?;
            let (hash, value) = match row.get::<_, Option<i64>>(5)? {
                Some(blob) if status == FacetStatus::Collected => {
                    let (hash, value) = match values.entry(blob) {
                        Entry::Occupied(known) => known.into_mut(),
                        Entry::Vacant(place) => {
                            let text = row.get_ref(7)?;
                            let text = text
                                .as_str()
                                .map_err(|_| Fault::Damaged(format!("facet `{name}` has lost its value")))?;
                            place.insert((column::hash_read(row, "hash")?, Arc::new(column::json_of(text)?)))
                        }
                    };
                    (Some(*hash), Some(Arc::clone(value)))
                }
                _ => (None, None),
            };
            let facet = Facet { status, reason: row.get(3)?, at: column::time_read(row, "valid_from")?, hash, value };
            observation.facets.insert(name, facet);
        }
    }
    Ok(Some(Snapshot {
        target: target.to_owned(),
        started,
        finished,
        observations,
        edges: edges(conn, target)?,
        listings: Vec::new(),
    }))
}

/// The relations in force that start or end at a present resource of the target.
fn edges(conn: &Connection, target: &str) -> Outcome<Vec<Edge>> {
    let mut query = conn.prepare_cached(
        "SELECT s.rid AS source, e.kind, t.rid AS sink, e.evidence
         FROM edge e JOIN resource s ON s.id = e.source JOIN resource t ON t.id = e.sink
         WHERE e.valid_to IS NULL AND ((s.target = ?1 AND s.gone_at IS NULL) OR (t.target = ?1 AND t.gone_at IS NULL))
         ORDER BY s.rid, e.kind, t.rid, e.id",
    )?;
    let mut rows = query.query(params![target])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get("kind")?;
        out.push(Edge {
            from: column::id_of(row.get("source")?)?,
            kind: EdgeKind::parse(&kind).ok_or_else(|| Fault::Damaged(format!("`{kind}` is no kind of edge")))?,
            to: column::id_of(row.get("sink")?)?,
            evidence: column::json_of(row.get_ref("evidence")?.as_str().unwrap_or_default())?,
        });
    }
    Ok(out)
}
