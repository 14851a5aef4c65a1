use std::collections::{HashMap, HashSet};

use casemate_estate::{Edge, FacetStatus, FindingKey, ResourceId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Fault, Outcome, column, edge, exemption, facet, finding, resource};
use crate::{Page, ScanCommit, ScanCounts, ScanId, ScanReceipt, ScanRecord, StoreError};

/// The scan that is being committed.
#[derive(Clone, Copy)]
pub(super) struct Now {
    pub(super) scan: ScanId,
    pub(super) at: Timestamp,
}

/// The time of the latest change; the earliest time of all where there was none.
pub(super) fn clock(conn: &Connection) -> Outcome<Timestamp> {
    let micros: i64 = conn.prepare_cached("SELECT clock FROM store")?.query_row([], |row| row.get(0))?;
    Ok(Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MIN))
}

fn clock_set(conn: &Connection, micros: i64) -> Outcome<Timestamp> {
    conn.prepare_cached("UPDATE store SET clock = ?1")?.execute([micros])?;
    column::time_of(micros)
}

/// The time of a change at `now`: no earlier than the latest change, should the machine's clock have gone back.
pub(super) fn clock_keep(conn: &Connection, now: Timestamp) -> Outcome<Timestamp> {
    let micros = column::time(now.max(clock(conn)?));
    clock_set(conn, micros)
}

/// The time of a scan at `now`: later than every change before, so that it names the scan.
fn clock_next(conn: &Connection, now: Timestamp) -> Outcome<Timestamp> {
    let micros = column::time(now).max(column::time(clock(conn)?).saturating_add(1));
    clock_set(conn, micros)
}

fn invalid(what: String) -> Fault {
    StoreError::Invalid { what, hint: "this is a fault of casemate itself; please report it" }.into()
}

/// Refuses what names one thing twice: the second would silently replace the first.
fn check(commit: &ScanCommit<'_>) -> Outcome<()> {
    let mut seen = HashSet::new();
    for observation in &commit.snapshot.observations {
        if !seen.insert(&observation.resource.id) {
            return Err(invalid(format!("a snapshot that holds `{}` twice", observation.resource.id)));
        }
    }
    let mut seen = HashSet::new();
    for judged in commit.judged {
        if !seen.insert((&judged.check, &judged.resource)) {
            let id = FindingKey { check: judged.check.clone(), resource: judged.resource.clone() }.id();
            return Err(invalid(format!("two verdicts of `{}` on `{}` (`{id}`)", judged.check, judged.resource)));
        }
    }
    Ok(())
}

/// Writes a scan. The caller holds the transaction.
pub(super) fn commit(conn: &Connection, commit: &ScanCommit<'_>) -> Outcome<ScanReceipt> {
    check(commit)?;
    let snapshot = commit.snapshot;
    let at = clock_next(conn, commit.now)?;
    conn.prepare_cached(
        "INSERT INTO scan (target, started, finished, at, baseline, content_hash, counts)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, '{}')",
    )?
    .execute(params![
        snapshot.target,
        column::time(snapshot.started),
        column::time(snapshot.finished),
        column::time(at),
        commit.baseline,
        &commit.content_hash.0[..],
    ])?;
    let now = Now { scan: ScanId(conn.last_insert_rowid()), at };
    let mut counts = ScanCounts {
        edges: snapshot.edges.len() as u64,
        listings_incomplete: snapshot.listings.iter().filter(|listing| listing.status.is_incomplete()).count() as u64,
        ..ScanCounts::default()
    };

    let mut rows = HashMap::new();
    for observation in &snapshot.observations {
        let of = &observation.resource;
        let row = resource::observe(conn, of, &snapshot.target, at, &mut counts)?;
        facet::observe(conn, row, &of.id, &observation.facets, snapshot.started, at, &mut counts)?;
        rows.insert(&of.id, (row, observation));
    }

    // One refused listing is enough to leave its scope and kind alone, whatever the others say.
    let mut listed = HashSet::new();
    for listing in snapshot.listings.iter().filter(|l| l.status == FacetStatus::Collected) {
        listed.insert((listing.scope.as_str(), listing.kind.as_str()));
    }
    for listing in snapshot.listings.iter().filter(|l| l.status != FacetStatus::Collected) {
        listed.remove(&(listing.scope.as_str(), listing.kind.as_str()));
    }
    resource::end_unseen(conn, &snapshot.target, &listed, now, &mut counts)?;

    let mut edges: HashMap<&ResourceId, Vec<&Edge>> = HashMap::new();
    for edge in &snapshot.edges {
        edges.entry(&edge.from).or_default().push(edge);
    }
    for observation in &snapshot.observations {
        let id = &observation.resource.id;
        let Some((row, _)) = rows.get(id) else { continue };
        // An edge comes from some facet. Where one could not be read, an edge that is missing proves nothing.
        let whole = !observation.facets.values().any(|facet| facet.status.is_incomplete());
        edge::observe(conn, *row, &edges.remove(id).unwrap_or_default(), whole, at)?;
    }
    // What starts at a resource that this scan did not observe is added and ends nothing.
    let mut rest: Vec<_> = edges.into_iter().collect();
    rest.sort_by_key(|(id, _)| *id);
    for (id, edges) in rest {
        edge::observe(conn, resource::intern(conn, id)?, &edges, false, at)?;
    }

    let covers = exemption::covers(conn)?;
    let judging = finding::Commit { now, covers: &covers, suppress: commit.suppress };
    for judged in commit.judged {
        match rows.get(&judged.resource) {
            Some((row, observation)) => {
                finding::judge(conn, judged, *row, &observation.resource, &judging, &mut counts)?;
            }
            None => {
                let (row, of) = finding::subject(conn, &judged.resource)?;
                finding::judge(conn, judged, row, &of, &judging, &mut counts)?;
            }
        }
    }
    let text = serde_json::to_string(&counts).map_err(|e| Fault::Damaged(e.to_string()))?;
    conn.prepare_cached("UPDATE scan SET counts = ?2 WHERE id = ?1")?.execute(params![now.scan.0, text])?;
    Ok(ScanReceipt { scan: now.scan, at, counts })
}

const COLUMNS: &str = "id, target, started, finished, at, baseline, content_hash, counts FROM scan";

fn record(row: &Row<'_>) -> Outcome<ScanRecord> {
    let counts = row.get_ref("counts")?.as_str().unwrap_or_default();
    Ok(ScanRecord {
        id: ScanId(row.get("id")?),
        target: row.get("target")?,
        started: column::time_read(row, "started")?,
        finished: column::time_read(row, "finished")?,
        at: column::time_read(row, "at")?,
        baseline: row.get("baseline")?,
        content_hash: column::hash_read(row, "content_hash")?.to_hex(),
        counts: serde_json::from_str(counts).map_err(|e| Fault::Damaged(format!("the counts of a scan: {e}")))?,
    })
}

pub(super) fn list(conn: &Connection, target: Option<&str>, page: Page) -> Outcome<Vec<ScanRecord>> {
    let place = if target.is_some() { "target = ?1" } else { "?1 IS NULL" };
    let mut query =
        conn.prepare_cached(&format!("SELECT {COLUMNS} WHERE {place} ORDER BY id DESC LIMIT ?2 OFFSET ?3"))?;
    let (limit, offset) =
        (i64::try_from(page.limit).unwrap_or(i64::MAX), i64::try_from(page.offset).unwrap_or(i64::MAX));
    let mut rows = query.query(params![target, limit, offset])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(record(row)?);
    }
    Ok(out)
}

pub(super) fn latest(conn: &Connection, target: Option<&str>) -> Outcome<Option<ScanRecord>> {
    Ok(list(conn, target, Page::first(1))?.pop())
}

pub(super) fn previous(conn: &Connection, target: Option<&str>) -> Outcome<Option<ScanRecord>> {
    let Some(latest) = latest(conn, target)? else { return Ok(None) };
    Ok(list(conn, Some(&latest.target), Page { offset: 1, limit: 1 })?.pop())
}

/// The scan that all changes of a time belong to.
pub(super) fn at(conn: &Connection, at: Timestamp) -> Outcome<Option<ScanId>> {
    Ok(conn
        .prepare_cached("SELECT id FROM scan WHERE at = ?1")?
        .query_row([column::time(at)], |row| row.get(0).map(ScanId))
        .optional()?)
}

/// The time of the latest scan by a time.
pub(super) fn before(conn: &Connection, at: Timestamp) -> Outcome<Option<Timestamp>> {
    let micros: Option<i64> =
        conn.query_row("SELECT max(at) FROM scan WHERE at <= ?1", [column::time(at)], |row| row.get(0))?;
    micros.map(column::time_of).transpose()
}
