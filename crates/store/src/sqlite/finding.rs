use std::collections::HashMap;

use casemate_estate::{
    CheckId, Finding, FindingKey, Judged, Kind, Life, LifeStatus, Resource, ResourceId, Severity, State, Timestamp,
    Verdict,
};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params, types::Value as Sql};
use serde_json::{Value, json};

use super::{Fault, Outcome, column, exemption, exemption::Cover, outbox, scan, suppression};
use crate::{FindingCounts, FindingEvent, FindingFilter, Page, Remembered, ScanCounts, ScanId, StoreError};

/// A row of the table with what a commit compares.
struct Kept {
    row: i64,
    judged: Judged,
    life: Life,
    gone: bool,
    exemption: Option<i64>,
    suppression: Option<i64>,
}

/// The columns that [`kept`] and [`finding`] read.
const COLUMNS: &str = "f.id, f.check_id, f.rid, f.state, f.severity, f.risk, f.status, f.gone, f.exemption,
    f.suppression, f.first_seen, f.last_seen, f.opened_at, f.resolved_at, f.reopened, f.inputs, f.reason, f.evidence";

/// The columns of a finding as an event left it.
const COLUMNS_THEN: &str = "f.id, f.check_id, f.rid, e.state, e.severity, e.risk, e.status, 0 AS gone,
    NULL AS exemption, NULL AS suppression, f.first_seen, f.last_seen, e.opened_at, e.resolved_at, e.reopened,
    f.inputs, e.reason, e.evidence";

fn kept(row: &Row<'_>) -> Outcome<Kept> {
    let Value::Array(evidence) = column::json_of(row.get_ref("evidence")?.as_str().unwrap_or_default())? else {
        return Err(Fault::Damaged("evidence that is no list".into()));
    };
    Ok(Kept {
        row: row.get("id")?,
        judged: Judged {
            check: CheckId(row.get("check_id")?),
            resource: column::id_of(row.get("rid")?)?,
            severity: column::severity_of(row.get("severity")?)?,
            risk: row.get("risk")?,
            verdict: Verdict { state: column::state_of(row.get("state")?)?, reason: row.get("reason")?, evidence },
            inputs: column::hash_read(row, "inputs")?,
        },
        life: Life {
            status: column::status_of(row.get("status")?)?,
            first_seen: column::time_read(row, "first_seen")?,
            last_seen: column::time_read(row, "last_seen")?,
            opened_at: column::time_read_opt(row, "opened_at")?,
            resolved_at: column::time_read_opt(row, "resolved_at")?,
            reopened: row.get("reopened")?,
        },
        gone: row.get::<_, i64>("gone")? != 0,
        exemption: row.get("exemption")?,
        suppression: row.get("suppression")?,
    })
}

/// A finding's number, in the order of its id's digits.
fn public(key: &FindingKey) -> i64 {
    let digits = key.id();
    public_of(u64::from_str_radix(digits.trim_start_matches("f-"), 16).unwrap_or_default())
}

fn public_of(number: u64) -> i64 {
    // Turning the first bit maps the order of unsigned numbers to that of the column's signed ones.
    (number ^ (1 << 63)).cast_signed()
}

/// What one commit needs for each finding.
pub(super) struct Commit<'a> {
    pub(super) now: scan::Now,
    pub(super) covers: &'a [Cover],
    pub(super) suppress: &'a dyn Fn(&Finding) -> Option<String>,
}

/// Keeps a verdict on a resource, and what it changes in the life of its finding.
pub(super) fn judge(
    conn: &Connection,
    judged: &Judged,
    row: i64,
    resource: &Resource,
    commit: &Commit<'_>,
    counts: &mut ScanCounts,
) -> Outcome<()> {
    let at = commit.now.at;
    let state = judged.verdict.state;
    let previous = {
        let mut query =
            conn.prepare_cached(&format!("SELECT {COLUMNS} FROM finding f WHERE f.resource = ?1 AND f.check_id = ?2"))?;
        let mut rows = query.query(params![row, judged.check.as_str()])?;
        rows.next()?.map(kept).transpose()?
    };
    let mut life = Life::advance(previous.as_ref().map(|p| &p.life), state, at);
    let key = FindingKey { check: judged.check.clone(), resource: judged.resource.clone() };
    let cover = if life.status.is_open() { exemption::cover(commit.covers, &key, at) } else { None };
    let was = previous.as_ref().and_then(|p| p.exemption);
    let mut cause = judged.verdict.reason.clone();
    if state == State::Fail
        && cover.is_none()
        && let Some(number) = was
    {
        life.status = LifeStatus::Reopened;
        cause = exemption::ended(commit.covers, number);
    }
    // Not knowing ends no exemption's memory: the next failure must still be seen to be reopened.
    let exemption = match cover {
        Some(cover) => Some(cover.number),
        None if state == State::Unknown && life.status.is_open() => was,
        None => None,
    };
    let mut shown = Finding {
        id: key.id(),
        kind: resource.kind.clone(),
        name: resource.name.clone(),
        scope: resource.scope.clone(),
        severity: judged.severity,
        risk: judged.risk,
        verdict: judged.verdict.clone(),
        life,
        inputs: judged.inputs,
        exemption: cover.map(|c| c.exemption.id.clone()),
        suppression: None,
        key,
    };
    shown.suppression = (commit.suppress)(&shown);
    let suppression = shown.suppression.as_deref().map(suppression::number).transpose()?;
    count(counts, state, cover.is_some(), suppression.is_some());

    let now = Kept { row: 0, judged: judged.clone(), life, gone: false, exemption, suppression };
    let finding = match &previous {
        Some(old) if same(old, &now) => {
            conn.prepare_cached("UPDATE finding SET last_seen = ?2 WHERE id = ?1")?
                .execute(params![old.row, column::time(at)])?;
            return Ok(());
        }
        Some(old) => {
            update(conn, old.row, &now)?;
            old.row
        }
        None => insert(conn, row, public(&shown.key), &now)?,
    };
    let changed =
        previous.as_ref().is_none_or(|old| old.judged.verdict.state != state || old.life.status != life.status);
    if changed {
        let before = previous.as_ref().map(|old| (old.judged.verdict.state, old.life.status));
        if before.map(|b| b.1) != Some(life.status) {
            counts.opened += u64::from(life.status == LifeStatus::New);
            counts.resolved += u64::from(life.status == LifeStatus::Resolved);
            counts.reopened += u64::from(life.status == LifeStatus::Reopened);
        }
        event(conn, finding, &now, before, &cause, at, Some(commit.now.scan))?;
    }
    Ok(())
}

fn count(counts: &mut ScanCounts, state: State, exempted: bool, suppressed: bool) {
    counts.judged += 1;
    match state {
        State::Pass => counts.pass += 1,
        State::Fail => counts.fail += 1,
        State::Unknown => counts.unknown += 1,
        State::NotApplicable => counts.not_applicable += 1,
    }
    counts.exempted += u64::from(exempted);
    counts.suppressed += u64::from(suppressed);
}

/// Whether nothing but the time of the last verdict differs.
fn same(old: &Kept, new: &Kept) -> bool {
    old.judged == new.judged
        && Life { last_seen: new.life.last_seen, ..old.life } == new.life
        && (old.gone, old.exemption, old.suppression) == (new.gone, new.exemption, new.suppression)
}

fn evidence(verdict: &Verdict) -> String {
    Value::Array(verdict.evidence.clone()).to_string()
}

fn insert(conn: &Connection, resource: i64, public: i64, new: &Kept) -> Outcome<i64> {
    let (judged, life) = (&new.judged, &new.life);
    conn.prepare_cached(
        "INSERT INTO finding (public, resource, check_id, rid, state, severity, risk, status, gone, exemption,
         suppression, first_seen, last_seen, opened_at, resolved_at, reopened, inputs, reason, evidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?
    .execute(params![
        public,
        resource,
        judged.check.as_str(),
        judged.resource.as_str(),
        column::state(judged.verdict.state),
        column::severity(judged.severity),
        judged.risk,
        column::status(life.status),
        new.exemption,
        new.suppression,
        column::time(life.first_seen),
        column::time(life.last_seen),
        life.opened_at.map(column::time),
        life.resolved_at.map(column::time),
        life.reopened,
        &judged.inputs.0[..],
        judged.verdict.reason,
        evidence(&judged.verdict),
    ])?;
    Ok(conn.last_insert_rowid())
}

fn update(conn: &Connection, row: i64, new: &Kept) -> Outcome<()> {
    let (judged, life) = (&new.judged, &new.life);
    conn.prepare_cached(
        "UPDATE finding SET state = ?2, severity = ?3, risk = ?4, status = ?5, gone = ?6, exemption = ?7,
         suppression = ?8, last_seen = ?9, opened_at = ?10, resolved_at = ?11, reopened = ?12, inputs = ?13,
         reason = ?14, evidence = ?15 WHERE id = ?1",
    )?
    .execute(params![
        row,
        column::state(judged.verdict.state),
        column::severity(judged.severity),
        judged.risk,
        column::status(life.status),
        i64::from(new.gone),
        new.exemption,
        new.suppression,
        column::time(life.last_seen),
        life.opened_at.map(column::time),
        life.resolved_at.map(column::time),
        life.reopened,
        &judged.inputs.0[..],
        judged.verdict.reason,
        evidence(&judged.verdict),
    ])?;
    Ok(())
}

/// Writes the event of a change and its outbox row.
fn event(
    conn: &Connection,
    row: i64,
    now: &Kept,
    before: Option<(State, LifeStatus)>,
    cause: &str,
    at: Timestamp,
    scan: Option<ScanId>,
) -> Outcome<()> {
    let (judged, life) = (&now.judged, &now.life);
    conn.prepare_cached(
        "INSERT INTO finding_event (finding, at, scan, state_before, state, status_before, status, severity, risk,
         opened_at, resolved_at, reopened, cause, reason, evidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        row,
        column::time(at),
        scan.map(|s| s.0),
        before.map(|b| column::state(b.0)),
        column::state(judged.verdict.state),
        before.map(|b| column::status(b.1)),
        column::status(life.status),
        column::severity(judged.severity),
        judged.risk,
        life.opened_at.map(column::time),
        life.resolved_at.map(column::time),
        life.reopened,
        cause,
        judged.verdict.reason,
        evidence(&judged.verdict),
    ])?;
    let key = FindingKey { check: judged.check.clone(), resource: judged.resource.clone() };
    let payload = json!({
        "finding": key.id(),
        "check": judged.check.as_str(),
        "resource": judged.resource.as_str(),
        "state_before": before.map(|b| b.0.as_str()),
        "state": judged.verdict.state.as_str(),
        "status_before": before.map(|b| b.1.as_str()),
        "status": life.status.as_str(),
        "severity": judged.severity.as_str(),
        "risk": judged.risk,
        "reason": cause,
        "scan": scan,
    });
    outbox::add(conn, "finding.changed", Some(judged.resource.as_str()), &payload, at)
}

/// Resolves the open findings of a resource that is gone, and takes all of its findings out of lists.
pub(super) fn end_all(conn: &Connection, resource: i64, now: scan::Now, counts: &mut ScanCounts) -> Outcome<()> {
    for mut kept in kept_where(conn, "f.resource = ?1 AND +f.gone = 0 ORDER BY f.check_id", &[&resource])? {
        kept.gone = true;
        kept.exemption = None;
        let before = (kept.judged.verdict.state, kept.life.status);
        if kept.life.status.is_open() {
            kept.life.status = LifeStatus::Resolved;
            kept.life.resolved_at = Some(now.at);
            counts.resolved += 1;
            event(conn, kept.row, &kept, Some(before), "the resource is gone", now.at, Some(now.scan))?;
        }
        update(conn, kept.row, &kept)?;
    }
    Ok(())
}

fn kept_where(conn: &Connection, condition: &str, values: &[&dyn ToSql]) -> Outcome<Vec<Kept>> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM finding f WHERE {condition}"))?;
    let mut rows = query.query(values)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(kept(row)?);
    }
    Ok(out)
}

/// Remembers which open findings a new exemption covers, so that its end reopens them.
pub(super) fn exempt(conn: &Connection, cover: &Cover, at: Timestamp) -> Outcome<()> {
    let mut covered = Vec::new();
    {
        let mut query = conn.prepare_cached(
            "SELECT id, check_id, rid FROM finding WHERE gone = 0 AND status IN (1, 2, 4) AND exemption IS NULL",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let key = FindingKey { check: CheckId(row.get(1)?), resource: column::id_of(row.get(2)?)? };
            if cover.exemption.covers(&key, at) {
                covered.push(row.get::<_, i64>(0)?);
            }
        }
    }
    for row in covered {
        conn.prepare_cached("UPDATE finding SET exemption = ?2 WHERE id = ?1")?.execute(params![row, cover.number])?;
    }
    Ok(())
}

/// Reopens the failures that only a removed exemption covered. `covers` are the others.
pub(super) fn unexempt(conn: &Connection, number: i64, covers: &[Cover], at: Timestamp) -> Outcome<()> {
    for mut kept in kept_where(conn, "f.exemption = ?1 ORDER BY f.id", &[&number])? {
        let key = FindingKey { check: kept.judged.check.clone(), resource: kept.judged.resource.clone() };
        kept.exemption = exemption::cover(covers, &key, at).map(|cover| cover.number);
        let before = (kept.judged.verdict.state, kept.life.status);
        if kept.exemption.is_none() && before.0 == State::Fail {
            kept.life.status = LifeStatus::Reopened;
            let cause = format!("exemption `e-{number}` was removed");
            event(conn, kept.row, &kept, Some(before), &cause, at, None)?;
        }
        update(conn, kept.row, &kept)?;
    }
    Ok(())
}

/// Asks `suppress` for every finding, and gives the number of those hidden.
pub(super) fn suppress(
    conn: &Connection,
    now: Timestamp,
    suppress: &dyn Fn(&Finding) -> Option<String>,
) -> Outcome<u64> {
    let (covers, active) = (exemption::covers(conn)?, suppression::active(conn, now)?);
    let mut changed = Vec::new();
    let mut hidden = 0;
    {
        let mut query = conn.prepare_cached(&format!(
            "SELECT {COLUMNS}, r.kind, r.name, r.scope FROM finding f JOIN resource r ON r.id = f.resource
             WHERE f.gone = 0 ORDER BY f.id"
        ))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let kept = kept(row)?;
            let (id, old) = (kept.row, kept.suppression);
            let mut finding = shown(kept, row, &covers, &active, now)?;
            finding.suppression = None;
            let new = suppress(&finding).as_deref().map(suppression::number).transpose()?;
            hidden += u64::from(new.is_some());
            if old != new {
                changed.push((id, new));
            }
        }
    }
    for (id, new) in changed {
        conn.prepare_cached("UPDATE finding SET suppression = ?2 WHERE id = ?1")?.execute(params![id, new])?;
    }
    Ok(hidden)
}

/// Whether an exemption that covered a failure has ended without a scan since, and the failure is back.
fn is_back(state: State, was: Option<i64>, cover: Option<&Cover>) -> bool {
    state == State::Fail && was.is_some() && cover.is_none()
}

/// A finding as it is shown at `now`.
fn shown(kept: Kept, row: &Row<'_>, covers: &[Cover], active: &[i64], now: Timestamp) -> Outcome<Finding> {
    let Judged { check, resource, severity, risk, verdict, inputs } = kept.judged;
    let key = FindingKey { check, resource };
    let mut life = kept.life;
    let cover = if life.status.is_open() { exemption::cover(covers, &key, now) } else { None };
    if is_back(verdict.state, kept.exemption, cover) {
        life.status = LifeStatus::Reopened;
    }
    Ok(Finding {
        id: key.id(),
        kind: Kind::new(row.get::<_, String>("kind")?),
        name: row.get("name")?,
        scope: row.get("scope")?,
        severity,
        risk,
        verdict,
        life,
        inputs,
        exemption: cover.map(|c| c.exemption.id.clone()),
        suppression: kept.suppression.filter(|s| active.contains(s)).map(|s| format!("s-{s}")),
        key,
    })
}

/// A filter as SQL: what comes after `FROM`, and its values.
struct Selection {
    from: String,
    values: Vec<Sql>,
    /// The time of a past state.
    then: Option<Timestamp>,
}

impl Selection {
    /// `ranked`: in the order of the ranked list, where its index can give it.
    fn new(conn: &Connection, filter: &FindingFilter, ranked: bool) -> Outcome<Option<Self>> {
        let mut values: Vec<Sql> = Vec::new();
        let mut conditions: Vec<String> = Vec::new();
        let mut bind = |value: Sql| {
            values.push(value);
            format!("?{}", values.len())
        };
        // The planner does not know how few rows each way leaves, so each is spelt out: through the resources where
        // few are wanted, through the ranked index where it holds all that is wanted, else through all findings.
        let with_gone = filter.include_gone || filter.statuses.contains(&LifeStatus::Resolved);
        let narrow = filter.resource_prefix.is_some() || filter.scope.is_some() || filter.target.is_some();
        let ranked = ranked && !narrow && !with_gone && filter.at.is_none() && filter.states == [State::Fail];
        let mut from = if narrow {
            "resource r CROSS JOIN finding f ON f.resource = r.id".to_owned()
        } else if ranked {
            "finding f INDEXED BY finding_rank CROSS JOIN resource r ON r.id = f.resource".to_owned()
        } else {
            "finding f CROSS JOIN resource r ON r.id = f.resource".to_owned()
        };
        let table = if filter.at.is_some() { "e" } else { "f" };
        if let Some(at) = filter.at {
            let at = bind(Sql::Integer(column::time(at)));
            from.push_str(&format!(
                " CROSS JOIN finding_event e ON e.id = (SELECT id FROM finding_event
                  WHERE finding = f.id AND at <= {at} ORDER BY at DESC, id DESC LIMIT 1)"
            ));
            if !with_gone {
                conditions.push(format!(
                    "EXISTS (SELECT 1 FROM presence p WHERE p.resource = f.resource AND p.valid_from <= {at}
                     AND (p.valid_to IS NULL OR {at} < p.valid_to))"
                ));
            }
        } else if !with_gone {
            // The plus sign keeps the index that starts with this column out of a walk through the resources.
            conditions.push(if narrow { "+f.gone = 0" } else { "f.gone = 0" }.into());
        }
        match filter.states[..] {
            [] => {}
            // The form that the ranked index's own condition has.
            [state] => conditions.push(format!("{table}.state = {}", column::state(state))),
            _ => {
                let states: Vec<String> = filter.states.iter().map(|s| column::state(*s).to_string()).collect();
                conditions.push(format!("{table}.state IN ({})", states.join(", ")));
            }
        }
        if let Some(severity) = filter.min_severity {
            conditions.push(format!("{table}.severity >= {}", column::severity(severity)));
        }
        if let Some(check) = &filter.check {
            match check.strip_suffix('*') {
                Some(prefix) => {
                    let start = bind(Sql::Text(prefix.into()));
                    let end = bind(Sql::Blob(column::prefix_end(prefix)));
                    conditions.push(format!("f.check_id >= {start} AND f.check_id < CAST({end} AS TEXT)"));
                }
                None => conditions.push(format!("f.check_id = {}", bind(Sql::Text(check.clone())))),
            }
        }
        if let Some(prefix) = &filter.resource_prefix {
            let start = bind(Sql::Text(prefix.clone()));
            let end = bind(Sql::Blob(column::prefix_end(prefix)));
            conditions.push(format!("r.rid >= {start} AND r.rid < CAST({end} AS TEXT)"));
        }
        if let Some(scope) = &filter.scope {
            conditions.push(format!("r.scope = {}", bind(Sql::Text(scope.clone()))));
        }
        if let Some(target) = &filter.target {
            conditions.push(format!("r.target = {}", bind(Sql::Text(target.clone()))));
            if !with_gone && filter.at.is_none() {
                // Implied by `f.gone = 0`; lets the index of present resources serve.
                conditions.push("r.gone_at IS NULL".into());
            }
        }
        if let Some(scan) = filter.scan {
            let at: Option<i64> =
                conn.query_row("SELECT at FROM scan WHERE id = ?1", [scan.0], |row| row.get(0)).optional()?;
            let Some(at) = at else { return Ok(None) };
            conditions.push(format!("f.last_seen = {}", bind(Sql::Integer(at))));
        }
        if !conditions.is_empty() {
            from.push_str(" WHERE ");
            from.push_str(&conditions.join(" AND "));
        }
        Ok(Some(Self { from, values, then: filter.at }))
    }

    fn list_sql(&self) -> String {
        let (columns, table) = if self.then.is_some() { (COLUMNS_THEN, "e") } else { (COLUMNS, "f") };
        format!(
            "SELECT {columns}, r.kind, r.name, r.scope FROM {} ORDER BY {table}.risk DESC, {table}.severity DESC,
             f.check_id, f.rid",
            self.from
        )
    }
}

/// The time at which exemptions and suppressions count: no earlier than the latest change.
fn effective(conn: &Connection, filter: &FindingFilter) -> Outcome<Timestamp> {
    match filter.at {
        Some(at) => Ok(at),
        None => Ok(filter.now.max(scan::clock(conn)?)),
    }
}

/// The query of a list, for tests of its plan.
#[cfg(test)]
pub(super) fn list_sql(conn: &Connection, filter: &FindingFilter) -> Outcome<String> {
    Ok(Selection::new(conn, filter, true)?.map(|selection| selection.list_sql()).unwrap_or_default())
}

pub(super) fn list(conn: &Connection, filter: &FindingFilter, page: Page) -> Outcome<Vec<Finding>> {
    let now = effective(conn, filter)?;
    let Some(selection) = Selection::new(conn, filter, true)? else { return Ok(Vec::new()) };
    let covers = exemption::covers(conn)?;
    let active = if selection.then.is_some() { Vec::new() } else { suppression::active(conn, now)? };
    let past = selection.then.map(|at| Past::new(conn, at)).transpose()?;
    let mut sql = selection.list_sql();
    // What is left out below is not known to SQLite; where nothing can be, it need not sort more than the page.
    if filter.statuses.is_empty() && covers.is_empty() && active.is_empty() {
        sql.push_str(&format!(" LIMIT {}", i64::try_from(page.offset.saturating_add(page.limit)).unwrap_or(i64::MAX)));
    }
    let mut query = conn.prepare_cached(&sql)?;
    let mut rows = query.query(rusqlite::params_from_iter(&selection.values))?;
    let (mut out, mut skip) = (Vec::new(), page.offset);
    while out.len() < page.limit {
        let Some(row) = rows.next()? else { break };
        let mut kept = kept(row)?;
        if let Some(past) = &past {
            past.adjust(&mut kept, &covers);
        }
        let finding = shown(kept, row, &covers, &active, now)?;
        let wanted = (filter.statuses.is_empty() || filter.statuses.contains(&finding.life.status))
            && (filter.include_exempted || finding.exemption.is_none())
            && (filter.include_suppressed || finding.suppression.is_none());
        if !wanted {
            continue;
        }
        if skip > 0 {
            skip -= 1;
            continue;
        }
        out.push(finding);
    }
    Ok(out)
}

/// What is needed to show a finding as it was.
struct Past {
    /// The latest scan by then.
    scan: Option<Timestamp>,
}

impl Past {
    fn new(conn: &Connection, at: Timestamp) -> Outcome<Self> {
        Ok(Self { scan: scan::before(conn, at)? })
    }

    fn adjust(&self, kept: &mut Kept, covers: &[Cover]) {
        let Some(scan) = self.scan else { return };
        kept.life.last_seen = kept.life.last_seen.min(scan);
        let key = FindingKey { check: kept.judged.check.clone(), resource: kept.judged.resource.clone() };
        if kept.life.status.is_open() {
            kept.exemption = exemption::cover(covers, &key, scan).map(|cover| cover.number);
        }
    }
}

pub(super) fn counts(conn: &Connection, filter: &FindingFilter) -> Outcome<FindingCounts> {
    let mut out = FindingCounts::default();
    let now = effective(conn, filter)?;
    let covers = exemption::covers(conn)?;
    if filter.at.is_some() || !filter.statuses.is_empty() {
        let all = FindingFilter { include_exempted: true, include_suppressed: true, ..filter.clone() };
        for finding in list(conn, &all, Page::ALL)? {
            let class = Class {
                state: finding.verdict.state,
                status: finding.life.status,
                severity: finding.severity,
                exempted: finding.exemption.is_some(),
                suppressed: finding.suppression.is_some(),
            };
            class.add(&mut out, 1);
        }
        return Ok(out);
    }
    let Some(selection) = Selection::new(conn, filter, false)? else { return Ok(out) };
    let active = suppression::active(conn, now)?;
    // The join is needed only where its table narrows; without it the small index serves.
    let from = selection.from.replace(" CROSS JOIN resource r ON r.id = f.resource", "");
    let joint = if from.contains(" WHERE ") { "AND" } else { "WHERE" };
    // Where no exemption was ever made, SQLite counts; else the open findings are looked at one by one.
    let closed = if covers.is_empty() { String::new() } else { format!("{joint} f.status IN (0, 3)") };
    let mut query = conn.prepare_cached(&format!(
        "SELECT f.state, f.status, f.severity, f.suppression, count(*) FROM {from} {closed} GROUP BY 1, 2, 3, 4"
    ))?;
    let mut rows = query.query(rusqlite::params_from_iter(&selection.values))?;
    while let Some(row) = rows.next()? {
        let class = Class {
            state: column::state_of(row.get(0)?)?,
            status: column::status_of(row.get(1)?)?,
            severity: column::severity_of(row.get(2)?)?,
            exempted: false,
            suppressed: row.get::<_, Option<i64>>(3)?.is_some_and(|s| active.contains(&s)),
        };
        class.add(&mut out, row.get::<_, i64>(4)?.unsigned_abs());
    }
    if covers.is_empty() {
        return Ok(out);
    }
    let mut query = conn.prepare_cached(&format!(
        "SELECT f.state, f.status, f.severity, f.suppression, f.exemption, f.check_id, f.rid FROM {from}
         {joint} f.status IN (1, 2, 4)"
    ))?;
    let mut rows = query.query(rusqlite::params_from_iter(&selection.values))?;
    while let Some(row) = rows.next()? {
        let key = FindingKey { check: CheckId(row.get(5)?), resource: column::id_of(row.get(6)?)? };
        let cover = exemption::cover(&covers, &key, now);
        let state = column::state_of(row.get(0)?)?;
        let status = match is_back(state, row.get(4)?, cover) {
            true => LifeStatus::Reopened,
            false => column::status_of(row.get(1)?)?,
        };
        let class = Class {
            state,
            status,
            severity: column::severity_of(row.get(2)?)?,
            exempted: cover.is_some(),
            suppressed: row.get::<_, Option<i64>>(3)?.is_some_and(|s| active.contains(&s)),
        };
        class.add(&mut out, 1);
    }
    Ok(out)
}

/// What decides where a finding is counted.
struct Class {
    state: State,
    status: LifeStatus,
    severity: Severity,
    exempted: bool,
    suppressed: bool,
}

impl Class {
    fn add(&self, counts: &mut FindingCounts, number: u64) {
        if self.suppressed {
            counts.suppressed += number;
            return;
        }
        if self.exempted {
            counts.exempted += number;
            return;
        }
        match self.state {
            State::Pass => counts.pass += number,
            State::Fail => counts.fail += number,
            State::Unknown => counts.unknown += number,
            State::NotApplicable => counts.not_applicable += number,
        }
        match self.status {
            LifeStatus::None => {}
            LifeStatus::New => counts.new += number,
            LifeStatus::Open => counts.open += number,
            LifeStatus::Resolved => counts.resolved += number,
            LifeStatus::Reopened => counts.reopened += number,
        }
        if self.state == State::Fail {
            match self.severity {
                Severity::Low => counts.low += number,
                Severity::Medium => counts.medium += number,
                Severity::High => counts.high += number,
                Severity::Critical => counts.critical += number,
            }
        }
    }
}

/// The row of the one finding whose id starts with `id`.
fn find(conn: &Connection, id: &str) -> Outcome<i64> {
    let missing = || StoreError::NotFound {
        what: "finding",
        id: id.to_owned(),
        hint: "list them with `casemate findings`; an id is `f-` and hexadecimal digits, which may be shortened",
    };
    let digits = id.strip_prefix("f-").unwrap_or(id);
    if digits.is_empty() || digits.len() > 16 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(missing().into());
    }
    let rest = u32::try_from(16 - digits.len()).unwrap_or(0) * 4;
    let low = u64::from_str_radix(digits, 16).unwrap_or_default().checked_shl(rest).unwrap_or_default();
    let high = low | 1_u64.checked_shl(rest).map_or(u64::MAX, |n| n - 1);
    let mut query = conn.prepare_cached("SELECT id FROM finding WHERE public BETWEEN ?1 AND ?2 LIMIT 10")?;
    let found: Vec<i64> = query
        .query_map(params![public_of(low), public_of(high)], |row| row.get(0))?
        .collect::<Result<_, rusqlite::Error>>()?;
    match found[..] {
        [] => Err(missing().into()),
        [row] => Ok(row),
        _ => Err(StoreError::Ambiguous { prefix: id.to_owned(), count: found.len() }.into()),
    }
}

pub(super) fn get(conn: &Connection, id: &str, now: Timestamp) -> Outcome<Finding> {
    let row = find(conn, id)?;
    let now = now.max(scan::clock(conn)?);
    let (covers, active) = (exemption::covers(conn)?, suppression::active(conn, now)?);
    let mut query = conn.prepare_cached(&format!(
        "SELECT {COLUMNS}, r.kind, r.name, r.scope FROM finding f JOIN resource r ON r.id = f.resource WHERE f.id = ?1"
    ))?;
    let mut rows = query.query([row])?;
    let row = rows.next()?.ok_or_else(|| Fault::Damaged(format!("finding {row} is lost")))?;
    shown(kept(row)?, row, &covers, &active, now)
}

pub(super) fn events(conn: &Connection, id: &str) -> Outcome<Vec<FindingEvent>> {
    let row = find(conn, id)?;
    events_where(conn, "f.id = ?1", row)
}

pub(super) fn events_of_resource(conn: &Connection, resource: i64) -> Outcome<Vec<FindingEvent>> {
    events_where(conn, "f.resource = ?1", resource)
}

fn events_where(conn: &Connection, condition: &str, value: i64) -> Outcome<Vec<FindingEvent>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT f.check_id, f.rid, e.at, e.scan, e.state_before, e.state, e.status_before, e.status, e.cause
         FROM finding f JOIN finding_event e ON e.finding = f.id WHERE {condition} ORDER BY e.at, f.check_id, e.id"
    ))?;
    let mut rows = query.query([value])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let key = FindingKey { check: CheckId(row.get("check_id")?), resource: column::id_of(row.get("rid")?)? };
        out.push(FindingEvent {
            finding: key.id(),
            key,
            at: column::time_read(row, "at")?,
            scan: row.get::<_, Option<i64>>("scan")?.map(ScanId),
            state_before: row.get::<_, Option<i64>>("state_before")?.map(column::state_of).transpose()?,
            state: column::state_of(row.get("state")?)?,
            status_before: row.get::<_, Option<i64>>("status_before")?.map(column::status_of).transpose()?,
            status: column::status_of(row.get("status")?)?,
            reason: row.get("cause")?,
        });
    }
    Ok(out)
}

/// The last verdicts on the present resources of a target.
pub(super) fn previous(conn: &Connection, target: &str) -> Outcome<HashMap<FindingKey, Remembered>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM resource r CROSS JOIN finding f ON f.resource = r.id
         WHERE r.target = ?1 AND r.gone_at IS NULL AND +f.gone = 0"
    ))?;
    let mut rows = query.query([target])?;
    let mut out = HashMap::new();
    while let Some(row) = rows.next()? {
        let Judged { check, resource, severity, risk, verdict, inputs } = kept(row)?.judged;
        out.insert(FindingKey { check, resource }, Remembered { inputs, verdict, severity, risk });
    }
    Ok(out)
}

/// Refuses a resource that the store does not hold as present; gives its row and what it is.
pub(super) fn subject(conn: &Connection, id: &ResourceId) -> Outcome<(i64, Resource)> {
    let record = super::resource::get(conn, id).ok().filter(|record| record.gone_at.is_none());
    let row = super::resource::find(conn, id)?;
    match (row, record) {
        (Some(row), Some(record)) => Ok((row, record.resource)),
        _ => Err(StoreError::Invalid {
            what: format!("a verdict on `{id}`: it is neither in the snapshot nor present in the store"),
            hint: "judge only what was observed",
        }
        .into()),
    }
}
