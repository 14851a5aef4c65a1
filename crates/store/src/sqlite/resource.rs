use std::collections::HashSet;

use casemate_estate::{Change, ChangeKind, Kind, Resource, ResourceId, Timestamp, value_diff};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use serde_json::{Value, json};

use super::{Fault, Outcome, column, facet, finding, outbox, scan};
use crate::{FacetRecord, HistoryEntry, HistoryEvent, Page, ResourceFilter, ResourceRecord, ScanCounts, StoreError};

/// The row of a resource, seen or only named by an edge.
pub(super) fn find(conn: &Connection, id: &ResourceId) -> Outcome<Option<i64>> {
    Ok(conn
        .prepare_cached("SELECT id FROM resource WHERE rid = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?)
}

pub(super) fn missing(id: &ResourceId) -> Fault {
    StoreError::NotFound {
        what: "resource",
        id: id.to_string(),
        hint: "list them with `casemate resources`; ids keep their case",
    }
    .into()
}

/// The row of a resource; made where an edge is the first to name it.
pub(super) fn intern(conn: &Connection, id: &ResourceId) -> Outcome<i64> {
    if let Some(row) = find(conn, id)? {
        return Ok(row);
    }
    conn.prepare_cached("INSERT INTO resource (rid, kind, name, scope, target) VALUES (?1, '', '', '', '')")?
        .execute([id.as_str()])?;
    Ok(conn.last_insert_rowid())
}

/// Keeps that a scan saw a resource, and gives its row.
pub(super) fn observe(
    conn: &Connection,
    resource: &Resource,
    target: &str,
    at: Timestamp,
    counts: &mut ScanCounts,
) -> Outcome<i64> {
    let micros = column::time(at);
    let known = conn
        .prepare_cached("SELECT id, first_seen, gone_at, kind, name, scope, target FROM resource WHERE rid = ?1")?
        .query_row([resource.id.as_str()], |row| {
            let same = row.get_ref(3)?.as_str()? == resource.kind.as_str()
                && row.get_ref(4)?.as_str()? == resource.name
                && row.get_ref(5)?.as_str()? == resource.scope
                && row.get_ref(6)?.as_str()? == target;
            let present = row.get::<_, Option<i64>>(1)?.is_some() && row.get::<_, Option<i64>>(2)?.is_none();
            Ok((row.get::<_, i64>(0)?, same, present))
        })
        .optional()?;
    counts.resources += 1;
    let row = match known {
        Some((row, true, true)) => {
            conn.prepare_cached("UPDATE resource SET last_seen = ?2 WHERE id = ?1")?.execute(params![row, micros])?;
            return Ok(row);
        }
        Some((row, _, present)) => {
            conn.prepare_cached(
                "UPDATE resource SET kind = ?2, name = ?3, scope = ?4, target = ?5, last_seen = ?6, gone_at = NULL,
                 first_seen = coalesce(first_seen, ?6) WHERE id = ?1",
            )?
            .execute(params![
                row,
                resource.kind.as_str(),
                resource.name,
                resource.scope,
                target,
                micros
            ])?;
            if present {
                return Ok(row);
            }
            row
        }
        None => {
            conn.prepare_cached(
                "INSERT INTO resource (rid, kind, name, scope, target, first_seen, last_seen)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
            )?
            .execute(params![
                resource.id.as_str(),
                resource.kind.as_str(),
                resource.name,
                resource.scope,
                target,
                micros
            ])?;
            conn.last_insert_rowid()
        }
    };
    counts.resources_appeared += 1;
    conn.prepare_cached("INSERT INTO presence (resource, valid_from) VALUES (?1, ?2)")?
        .execute(params![row, micros])?;
    outbox::add(conn, "resource.appeared", Some(resource.id.as_str()), &told(resource, target), at)?;
    Ok(row)
}

fn told(resource: &Resource, target: &str) -> Value {
    json!({
        "resource": resource.id.as_str(),
        "kind": resource.kind.as_str(),
        "name": resource.name,
        "scope": resource.scope,
        "target": target,
    })
}

/// Ends the present resources of `target` that this scan did not see and that `listed` says it would have seen.
pub(super) fn end_unseen(
    conn: &Connection,
    target: &str,
    listed: &HashSet<(&str, &str)>,
    scan: scan::Now,
    counts: &mut ScanCounts,
) -> Outcome<()> {
    if listed.is_empty() {
        return Ok(());
    }
    let mut gone = Vec::new();
    {
        let mut query = conn.prepare_cached(
            "SELECT id, rid, kind, name, scope, target FROM resource
             WHERE target = ?1 AND gone_at IS NULL AND last_seen < ?2 ORDER BY rid",
        )?;
        let mut rows = query.query(params![target, column::time(scan.at)])?;
        while let Some(row) = rows.next()? {
            let resource = resource(row)?;
            if listed.contains(&(resource.scope.as_str(), resource.kind.as_str())) {
                gone.push((row.get::<_, i64>("id")?, resource));
            }
        }
    }
    let micros = column::time(scan.at);
    for (row, resource) in gone {
        counts.resources_gone += 1;
        conn.prepare_cached("UPDATE resource SET gone_at = ?2 WHERE id = ?1")?.execute(params![row, micros])?;
        conn.prepare_cached("UPDATE presence SET valid_to = ?2 WHERE resource = ?1 AND valid_to IS NULL")?
            .execute(params![row, micros])?;
        super::edge::end(conn, row, scan.at)?;
        facet::end_all(conn, row, scan.at)?;
        outbox::add(conn, "resource.gone", Some(resource.id.as_str()), &told(&resource, target), scan.at)?;
        finding::end_all(conn, row, scan, counts)?;
    }
    Ok(())
}

fn resource(row: &Row<'_>) -> Outcome<Resource> {
    Ok(Resource {
        id: column::id_of(row.get("rid")?)?,
        kind: Kind::new(row.get::<_, String>("kind")?),
        name: row.get("name")?,
        scope: row.get("scope")?,
    })
}

/// The columns that [`record`] reads; a row that only an edge names is none.
const COLUMNS: &str = "r.id, r.rid, r.kind, r.name, r.scope, r.target, r.first_seen, r.last_seen, r.gone_at
    FROM resource r WHERE r.first_seen IS NOT NULL";

fn record(row: &Row<'_>) -> Outcome<ResourceRecord> {
    Ok(ResourceRecord {
        resource: resource(row)?,
        target: row.get("target")?,
        first_seen: column::time_read(row, "first_seen")?,
        last_seen: column::time_read(row, "last_seen")?,
        gone_at: column::time_read_opt(row, "gone_at")?,
    })
}

pub(super) fn list(conn: &Connection, filter: &ResourceFilter, page: Page) -> Outcome<Vec<ResourceRecord>> {
    let at = filter.at.map(column::time);
    let kind = filter.kind.as_ref().map(Kind::as_str);
    let mut sql = format!("SELECT {COLUMNS}");
    let mut values: Vec<(&str, &dyn ToSql)> = Vec::new();
    if let Some(at) = &at {
        sql.push_str(if filter.include_gone {
            " AND r.first_seen <= :at"
        } else {
            " AND EXISTS (SELECT 1 FROM presence p WHERE p.resource = r.id AND p.valid_from <= :at
              AND (p.valid_to IS NULL OR :at < p.valid_to))"
        });
        values.push((":at", at));
    } else if !filter.include_gone {
        sql.push_str(" AND r.gone_at IS NULL");
    }
    if let Some(kind) = &kind {
        sql.push_str(" AND r.kind = :kind");
        values.push((":kind", kind));
    }
    if let Some(target) = &filter.target {
        sql.push_str(" AND r.target = :target");
        values.push((":target", target));
    }
    if let Some(scope) = &filter.scope {
        sql.push_str(" AND r.scope = :scope");
        values.push((":scope", scope));
    }
    if let Some(text) = &filter.name_contains {
        sql.push_str(" AND (instr(lower(r.name), lower(:text)) > 0 OR instr(lower(r.rid), lower(:text)) > 0)");
        values.push((":text", text));
    }
    let limit = i64::try_from(page.limit).unwrap_or(i64::MAX);
    let offset = i64::try_from(page.offset).unwrap_or(i64::MAX);
    sql.push_str(" ORDER BY r.rid LIMIT :limit OFFSET :offset");
    values.push((":limit", &limit));
    values.push((":offset", &offset));
    let mut query = conn.prepare_cached(&sql)?;
    let mut rows = query.query(&values[..])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let mut record = record(row)?;
        if let Some(at) = filter.at {
            // A later end or sighting was not known at that time.
            record.last_seen = record.last_seen.min(at);
            record.gone_at = record.gone_at.filter(|gone| *gone <= at);
        }
        out.push(record);
    }
    Ok(out)
}

pub(super) fn get(conn: &Connection, id: &ResourceId) -> Outcome<ResourceRecord> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} AND r.rid = ?1"))?;
    let mut rows = query.query([id.as_str()])?;
    rows.next()?.map(record).transpose()?.ok_or_else(|| missing(id))
}

/// The resource of a row that a scan saw.
pub(super) fn get_row(conn: &Connection, row: i64) -> Outcome<ResourceRecord> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} AND r.id = ?1"))?;
    let mut rows = query.query([row])?;
    rows.next()?.map(record).transpose()?.ok_or_else(|| Fault::Damaged(format!("resource {row} is lost")))
}

/// Since when a resource that was there at a time had been there.
pub(super) fn present_at(conn: &Connection, row: i64, at: Timestamp) -> Outcome<Option<Timestamp>> {
    conn.prepare_cached(
        "SELECT valid_from FROM presence WHERE resource = ?1 AND valid_from <= ?2
         AND (valid_to IS NULL OR ?2 < valid_to)",
    )?
    .query_row(params![row, column::time(at)], |row| row.get(0))
    .optional()?
    .map(column::time_of)
    .transpose()
}

/// When a resource that was gone at a time had gone.
pub(super) fn gone_by(conn: &Connection, row: i64, at: Timestamp) -> Outcome<Timestamp> {
    let end: Option<i64> = conn
        .prepare_cached("SELECT max(valid_to) FROM presence WHERE resource = ?1 AND valid_to <= ?2")?
        .query_row(params![row, column::time(at)], |row| row.get(0))?;
    end.map_or(Ok(at), column::time_of)
}

/// The differences between two versions of one facet, and between the last values that could be read.
///
/// `known`: the latest version with a value at or before `before`; `latest`: the same for `after`.
pub(super) fn facet_changes(
    resource: &Resource,
    before: Option<&FacetRecord>,
    known: Option<&FacetRecord>,
    after: Option<&FacetRecord>,
    latest: Option<&FacetRecord>,
    end: Timestamp,
) -> Vec<Change> {
    let name = after.or(before).map(|version| version.name.clone());
    let at = after.map_or(end, |version| version.valid_from);
    let change = |change, pointer: String, before, after, at| Change {
        resource: resource.id.clone(),
        kind: resource.kind.clone(),
        name: resource.name.clone(),
        facet: name.clone(),
        pointer,
        change,
        before,
        after,
        at,
    };
    let value = |version: &FacetRecord| version.facet.value.as_deref().cloned();
    let status = |version: &FacetRecord| Value::from(version.facet.status.as_str());
    let mut out = Vec::new();
    match (before, after) {
        (None, None) => {}
        (None, Some(after)) => out.push(match value(after) {
            Some(value) => change(ChangeKind::Added, String::new(), None, Some(value), at),
            None => change(ChangeKind::Readability, String::new(), None, Some(status(after)), at),
        }),
        (Some(before), None) => out.push(match value(before) {
            Some(value) => change(ChangeKind::Removed, String::new(), Some(value), None, at),
            None => change(ChangeKind::Readability, String::new(), Some(status(before)), None, at),
        }),
        (Some(before), Some(after)) => {
            if before.facet.status != after.facet.status {
                out.push(change(ChangeKind::Readability, String::new(), Some(status(before)), Some(status(after)), at));
            }
            if let (Some(known), Some(latest)) = (known, latest)
                && known.facet.hash != latest.facet.hash
                && let (Some(old), Some(new)) = (&known.facet.value, &latest.facet.value)
            {
                for (pointer, before, after) in value_diff(old, new) {
                    let kind = match (&before, &after) {
                        (None, _) => ChangeKind::Added,
                        (_, None) => ChangeKind::Removed,
                        _ => ChangeKind::Changed,
                    };
                    out.push(change(kind, pointer, before, after, latest.valid_from));
                }
            }
        }
    }
    out
}

pub(super) fn history(conn: &Connection, id: &ResourceId) -> Outcome<Vec<HistoryEntry>> {
    let of = get(conn, id)?.resource;
    let row = find(conn, id)?.ok_or_else(|| missing(id))?;
    // The second part orders what has one time: a resource appears before its facets do, and goes after them.
    let mut entries: Vec<(Timestamp, u8, HistoryEvent)> = Vec::new();
    let mut ends = HashSet::new();
    {
        let mut query =
            conn.prepare_cached("SELECT valid_from, valid_to FROM presence WHERE resource = ?1 ORDER BY valid_from")?;
        let mut rows = query.query([row])?;
        while let Some(row) = rows.next()? {
            entries.push((column::time_read(row, "valid_from")?, 0, HistoryEvent::Appeared));
            if let Some(end) = column::time_read_opt(row, "valid_to")? {
                entries.push((end, 4, HistoryEvent::Gone));
                ends.insert(end);
            }
        }
    }
    let versions = facet::versions(conn, row)?;
    let mut previous: Option<&FacetRecord> = None;
    let mut known: Option<&FacetRecord> = None;
    let mut following = versions.iter().skip(1);
    for version in &versions {
        if previous.is_some_and(|p| p.name != version.name) {
            (previous, known) = (None, None);
        }
        let latest = if version.facet.value.is_some() { Some(version) } else { known };
        // A version that follows a gap (the resource was gone) is compared like one that follows directly.
        let changes = match previous {
            Some(_) => facet_changes(&of, previous, known, Some(version), latest, version.valid_from),
            None => Vec::new(),
        };
        entries.push((
            version.valid_from,
            1,
            HistoryEvent::Facet {
                facet: version.name.clone(),
                status: version.facet.status,
                reason: version.facet.reason.clone(),
                changes,
            },
        ));
        let next = following.next().filter(|next| next.name == version.name).map(|next| next.valid_from);
        if let Some(end) = version.valid_to
            && next != Some(end)
            && !ends.contains(&end)
        {
            entries.push((end, 2, HistoryEvent::FacetEnded { facet: version.name.clone() }));
        }
        (previous, known) = (Some(version), latest);
    }
    for change in finding::events_of_resource(conn, row)? {
        entries.push((change.at, 3, HistoryEvent::Finding { change }));
    }
    entries.sort_by_key(|(at, rank, _)| (*at, *rank));
    entries
        .into_iter()
        .map(|(at, _, event)| {
            let scan = match &event {
                HistoryEvent::Finding { change } => change.scan,
                _ => scan::at(conn, at)?,
            };
            Ok(HistoryEntry { at, scan, event })
        })
        .collect()
}
