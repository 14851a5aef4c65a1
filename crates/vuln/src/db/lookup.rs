use std::collections::HashSet;

use rusqlite::types::Value;

use super::{Database, DatabaseError, codec::Damaged, open::Reader};
use crate::{
    model::{Advisory, Affected, Event, VulnerabilityRecord},
    source::{base, cve_number, ecosystem_tidy, normalise},
};

impl Database {
    /// All that is said of a package: `ecosystem` as in [`Affected::ecosystem`], `package` in any form that
    /// [`normalise`] takes. With each, its advisory (whose `affected` is empty). Sorted by advisory.
    ///
    /// Of a Debian release it gives what is said of the release, and what is said without naming one (unstable) for the
    /// vulnerabilities that the release has no word of its own for: those end with [`Event::Limit`], since unstable's fix
    /// is none for the release.
    ///
    /// # Errors
    /// [`DatabaseError`] where a row is damaged.
    pub fn lookup(&self, ecosystem: &str, package: &str) -> Result<Vec<(Advisory, Affected)>, DatabaseError> {
        let ecosystem = ecosystem_tidy(ecosystem);
        let package = normalise(&ecosystem, package);
        let mut reader = self.reader.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut found = self.rows(&mut reader, &ecosystem, &package)?;
        if base(&ecosystem) == "Debian" && ecosystem != "Debian" {
            let general = self.rows(&mut reader, "Debian", &package)?;
            let rest = general_for(&ecosystem, general, &found);
            found.extend(rest);
        }
        // Two sources may tell the same: rows of a release and the advisory that they were taken from.
        found.sort_by(|(a, x), (b, y)| (&a.id, &a.cves, x.state).cmp(&(&b.id, &b.cves, y.state)));
        found.dedup_by(|(a, x), (b, y)| a.id == b.id && a.cves == b.cves && x == y);
        Ok(found)
    }

    fn rows(
        &self,
        reader: &mut Reader,
        ecosystem: &str,
        package: &str,
    ) -> Result<Vec<(Advisory, Affected)>, DatabaseError> {
        let sqlite = |error| DatabaseError::sqlite(self.path.as_ref(), error);
        let damaged = |_: Damaged| {
            DatabaseError::damaged(self.path.as_ref(), format!("a row of `{package}` in `{ecosystem}` cannot be read"))
        };
        let Reader { connection, unpacker } = reader;
        let mut statement = connection
            .prepare_cached(
                "SELECT v.data, a.data FROM package p JOIN affected a ON a.package = p.id JOIN advisory v ON v.id = a.advisory \
                 WHERE p.name = ?1 AND p.ecosystem = ?2",
            )
            .map_err(sqlite)?;
        let mut rows = statement.query((package, ecosystem)).map_err(sqlite)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(sqlite)? {
            let blob = |at| row.get_ref(at)?.as_blob().map_err(rusqlite::Error::from);
            let advisory = unpacker.advisory(blob(0).map_err(sqlite)?).map_err(damaged)?;
            let mut affected = unpacker.affected(blob(1).map_err(sqlite)?).map_err(damaged)?;
            ecosystem.clone_into(&mut affected.ecosystem);
            package.clone_into(&mut affected.package);
            found.push((advisory, affected));
        }
        Ok(found)
    }

    /// What is known of a CVE; none where no source speaks of it.
    ///
    /// # Errors
    /// [`DatabaseError`] where the row is damaged.
    pub fn vulnerability(&self, cve: &str) -> Result<Option<VulnerabilityRecord>, DatabaseError> {
        let sqlite = |error| DatabaseError::sqlite(self.path.as_ref(), error);
        let mut reader = self.reader.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Reader { connection, unpacker } = &mut *reader;
        // Oldest first: what a later document says stands.
        let mut statement = connection
            .prepare_cached(
                "SELECT v.data FROM vulnerability v JOIN document d ON d.id = v.document WHERE v.cve = ?1 \
                 ORDER BY d.until, d.format, d.key, v.n",
            )
            .map_err(sqlite)?;
        let mut rows = statement.query([cve_key(cve)]).map_err(sqlite)?;
        let mut whole: Option<VulnerabilityRecord> = None;
        while let Some(row) = rows.next().map_err(sqlite)? {
            let data = row.get_ref(0).map_err(sqlite)?.as_blob().map_err(|error| sqlite(error.into()))?;
            let part = unpacker
                .vulnerability(data)
                .map_err(|_| DatabaseError::damaged(self.path.as_ref(), format!("a row of `{cve}` cannot be read")))?;
            let whole = whole.get_or_insert_default();
            merge(whole, part);
        }
        Ok(whole.map(|whole| VulnerabilityRecord { cve: cve.to_owned(), ..whole }))
    }
}

/// A CVE as it is kept: its number, or its text.
pub(super) fn cve_key(cve: &str) -> Value {
    cve_number(cve).map_or_else(|| Value::Text(cve.to_owned()), Value::Integer)
}

/// What is said of all releases, for one that says nothing of its own.
fn general_for(
    ecosystem: &str,
    general: Vec<(Advisory, Affected)>,
    own: &[(Advisory, Affected)],
) -> Vec<(Advisory, Affected)> {
    let spoken: HashSet<&str> = own
        .iter()
        .filter(|(advisory, _)| !advisory.withdrawn)
        .flat_map(|(advisory, _)| advisory.cves.iter().chain(std::iter::once(&advisory.id)))
        .map(String::as_str)
        .collect();
    let rolling = matches!(ecosystem, "Debian:sid" | "Debian:unstable");
    let mut rest = Vec::new();
    for (mut advisory, mut affected) in general {
        if advisory.cves.is_empty() {
            if spoken.contains(advisory.id.as_str()) {
                continue;
            }
        } else {
            advisory.cves.retain(|cve| !spoken.contains(cve.as_str()));
            if advisory.cves.is_empty() {
                continue;
            }
        }
        ecosystem.clone_into(&mut affected.ecosystem);
        if !rolling {
            for event in affected.ranges.iter_mut().flat_map(|range| &mut range.events) {
                if let Event::Fixed(version) = event {
                    *event = Event::Limit(std::mem::take(version));
                }
            }
        }
        rest.push((advisory, affected));
    }
    rest
}

/// Adds what a later document says.
fn merge(whole: &mut VulnerabilityRecord, part: VulnerabilityRecord) {
    whole.rejected |= part.rejected;
    whole.kev = match (whole.kev.take(), part.kev) {
        // The catalogue's own entry has a name; others only say when.
        (Some(before), Some(after)) if after.name.is_empty() && !before.name.is_empty() => Some(before),
        (before, after) => after.or(before),
    };
    if part.epss.is_some() {
        (whole.epss, whole.epss_percentile) = (part.epss, part.epss_percentile);
    }
    whole.ssvc = match (whole.ssvc.take(), part.ssvc) {
        (Some(before), Some(after)) if after.date < before.date => Some(before),
        (before, after) => after.or(before),
    };
    for cvss in part.cvss {
        if !whole.cvss.contains(&cvss) {
            whole.cvss.push(cvss);
        }
    }
    for cwe in part.cwe {
        if !whole.cwe.contains(&cwe) {
            whole.cwe.push(cwe);
        }
    }
}
