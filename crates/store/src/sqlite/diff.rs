use std::collections::BTreeMap;

use casemate_estate::{Change, ChangeKind, Timestamp};
use rusqlite::{Connection, params};

use super::{Outcome, column, facet, resource};
use crate::DiffFilter;

/// The differences between two times.
///
/// Only what began or ended in between can differ, so the work is that of the changes, not of the estate.
pub(super) fn diff(conn: &Connection, filter: &DiffFilter) -> Outcome<Vec<Change>> {
    let since = filter.since;
    let until = filter.until.unwrap_or(Timestamp::MAX);
    if until < since {
        return Err(crate::StoreError::Invalid {
            what: format!("a comparison from {since} to {until}, which is earlier"),
            hint: "give the earlier time first",
        }
        .into());
    }
    let span = params![column::time(since), column::time(until)];
    let mut touched: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    {
        let mut query = conn.prepare_cached(
            "SELECT resource FROM presence WHERE valid_from > ?1 AND valid_from <= ?2
             UNION SELECT resource FROM presence WHERE valid_to > ?1 AND valid_to <= ?2",
        )?;
        let mut rows = query.query(span)?;
        while let Some(row) = rows.next()? {
            touched.entry(row.get(0)?).or_default();
        }
        let mut query = conn.prepare_cached(
            "SELECT resource, name FROM facet WHERE valid_from > ?1 AND valid_from <= ?2
             UNION SELECT resource, name FROM facet WHERE valid_to > ?1 AND valid_to <= ?2 ORDER BY 1, 2",
        )?;
        let mut rows = query.query(span)?;
        while let Some(row) = rows.next()? {
            touched.entry(row.get(0)?).or_default().push(row.get(1)?);
        }
    }
    let mut by_id = Vec::new();
    for (row, facets) in touched {
        let record = resource::get_row(conn, row)?;
        let wanted = filter.target.as_ref().is_none_or(|target| *target == record.target)
            && filter.resource.as_ref().is_none_or(|id| *id == record.resource.id);
        if wanted {
            by_id.push((record.resource, row, facets));
        }
    }
    by_id.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let mut out = Vec::new();
    for (of, row, facets) in by_id {
        let before = resource::present_at(conn, row, since)?;
        let after = resource::present_at(conn, row, until)?;
        let whole = match (before, after) {
            (None, None) => continue,
            (None, Some(came)) => Some((ChangeKind::Added, came)),
            (Some(_), None) => Some((ChangeKind::Removed, resource::gone_by(conn, row, until)?)),
            (Some(_), Some(_)) => None,
        };
        if let Some((change, at)) = whole {
            out.push(Change {
                resource: of.id,
                kind: of.kind,
                name: of.name,
                facet: None,
                pointer: String::new(),
                change,
                before: None,
                after: None,
                at,
            });
            continue;
        }
        for name in facets {
            let old = facet::version_at(conn, row, &name, since)?;
            let new = facet::version_at(conn, row, &name, until)?;
            let known = facet::version_collected(conn, row, &name, since)?;
            let latest = facet::version_collected(conn, row, &name, until)?;
            let end = if new.is_none() { facet::ended_by(conn, row, &name, until)? } else { until };
            out.extend(resource::facet_changes(&of, old.as_ref(), known.as_ref(), new.as_ref(), latest.as_ref(), end));
        }
    }
    Ok(out)
}
