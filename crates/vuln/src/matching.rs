//! Which advisories a package's version falls under. Start at [`match_package`]; [`assess`] keeps what is needed to prove
//! that one no longer does.
#[cfg(test)]
pub(crate) mod tests;

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use casemate_estate::{Distribution, Package};
use casemate_version::Scheme;

use crate::{
    Advisory, Affected, Database, DatabaseError, DatabaseStatus, FixState, VulnerabilityRecord,
    ecosystem::Subject,
    judge::NotAssessed,
    range::{self, Place},
    source::normalise,
};

/// A vulnerability that a package has.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The CVE; the advisory's id where it has none.
    pub cve: String,
    /// The advisory that says so; where several do, the distribution's own first.
    pub advisory: Advisory,
    /// What it says of this package.
    pub affected: Affected,
    /// The version to go to: the lowest fix above the installed version, of the source package where advisories name it.
    pub fixed: Option<String>,
    /// Fixed, ignored, postponed …
    pub state: FixState,
}

/// What matching asks of a database; tests have one in memory.
pub(crate) trait Advisories {
    /// As [`Database::lookup`].
    fn lookup(&self, ecosystem: &str, package: &str) -> Result<Vec<(Advisory, Affected)>, DatabaseError>;
    /// As [`Database::vulnerability`].
    fn vulnerability(&self, cve: &str) -> Result<Option<VulnerabilityRecord>, DatabaseError>;
    /// As [`Database::covers`].
    fn covers(&self, ecosystem: &str) -> bool;
    /// As [`Database::status`].
    fn status(&self) -> &DatabaseStatus;
}

impl Advisories for Database {
    fn lookup(&self, ecosystem: &str, package: &str) -> Result<Vec<(Advisory, Affected)>, DatabaseError> {
        Self::lookup(self, ecosystem, package)
    }
    fn vulnerability(&self, cve: &str) -> Result<Option<VulnerabilityRecord>, DatabaseError> {
        Self::vulnerability(self, cve)
    }
    fn covers(&self, ecosystem: &str) -> bool {
        Self::covers(self, ecosystem)
    }
    fn status(&self) -> &DatabaseStatus {
        Self::status(self)
    }
}

/// All that a package has, each CVE once, sorted by CVE; and what could not be judged.
///
/// # Errors
/// [`NotAssessed`] where nothing can be said of the package at all: no ecosystem, none in the database, no version, a
/// damaged database.
pub fn match_package(
    database: &Database,
    package: &Package,
    distribution: Option<&Distribution>,
) -> Result<(Vec<Match>, Vec<NotAssessed>), NotAssessed> {
    let not = |reason: String| NotAssessed { package: package.key(), reason };
    let subject = subject(database, package, distribution).map_err(not)?;
    let rows = rows(database, &subject).map_err(|error| not(format!("the database cannot be read: {error}")))?;
    let assessed = assess(&subject, package, &rows);
    Ok((assessed.matches, assessed.unclear.into_iter().map(|unclear| not(unclear.reason)).collect()))
}

/// What to ask for a package, where the database speaks of its ecosystem at all.
pub(crate) fn subject(
    database: &dyn Advisories,
    package: &Package,
    distribution: Option<&Distribution>,
) -> Result<Subject, String> {
    let subject = Subject::of(package, distribution)?;
    let names = || subject.ecosystems.iter().filter(|name| !is_general(&subject, name));
    if names().any(|name| database.covers(name)) {
        return Ok(subject);
    }
    Err(format!("the database has no advisories for {}", names().next().map_or("its ecosystem", String::as_str)))
}

/// Whether an ecosystem's rows say only what holds where a release has no word of its own: `Debian`, which is what the
/// tracker says of unstable. It shows what is vulnerable, but not what the release's fix is.
fn is_general(subject: &Subject, ecosystem: &str) -> bool {
    ecosystem == "Debian" && !subject.ecosystems.iter().any(|name| name == "Debian:sid")
}

/// What is said of one package, with the place of its ecosystem in [`Subject::ecosystems`].
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) level: usize,
    pub(crate) advisory: Advisory,
    pub(crate) affected: Affected,
}

/// All rows of a subject, most exact first.
pub(crate) fn rows(database: &dyn Advisories, subject: &Subject) -> Result<Rc<Vec<Row>>, DatabaseError> {
    let mut out = Vec::new();
    for (level, ecosystem) in subject.ecosystems.iter().enumerate() {
        let mut asked: Vec<String> = Vec::new();
        for name in &subject.names {
            let name = normalise(ecosystem, name).into_owned();
            if asked.contains(&name) {
                continue;
            }
            let said = database.lookup(ecosystem, &name)?;
            out.extend(said.into_iter().map(|(advisory, affected)| Row { level, advisory, affected }));
            asked.push(name);
        }
    }
    Ok(Rc::new(out))
}

/// A vulnerability of which it cannot be said whether the package has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unclear {
    pub(crate) cve: String,
    pub(crate) reason: String,
}

/// What the rows say of a package.
#[derive(Debug, Clone)]
pub(crate) struct Assessed {
    /// Each CVE once, sorted.
    pub(crate) matches: Vec<Match>,
    /// Sorted by CVE.
    pub(crate) unclear: Vec<Unclear>,
    /// The lowest version that has none of those that have a fix; none where nothing has one.
    pub(crate) upgrade_to: Option<String>,
}

/// What one row says of the version.
enum Said {
    Affected(Option<String>),
    Clear,
    Unclear(String),
}

/// Judges the package's version by the rows.
pub(crate) fn assess(subject: &Subject, package: &Package, rows: &[Row]) -> Assessed {
    let names = Names::of(rows.iter().map(|row| &row.advisory));
    let mut by_cve: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.advisory.withdrawn && applies(&row.affected, package)) {
        for cve in names.of_advisory(&row.advisory) {
            by_cve.entry(cve).or_default().push(row);
        }
    }
    let mut out = Assessed { matches: Vec::new(), unclear: Vec::new(), upgrade_to: None };
    let system = package.kind.is_system();
    for (cve, rows) in by_cve {
        // The most exact ecosystem that speaks of it decides; what others say does not count beside it.
        let Some(level) = rows.iter().map(|row| row.level).min() else { continue };
        let rows: Vec<&Row> = rows.into_iter().filter(|row| row.level == level).collect();
        let rows = counting(rows, package, system);
        let mut best: Option<(&Row, Option<String>)> = None;
        let mut unclear = None;
        for row in rows {
            match said(subject, &row.affected, system) {
                Said::Affected(fixed) => best = Some(better(subject.scheme, best, row, fixed)),
                Said::Clear => {}
                Said::Unclear(reason) => unclear = unclear.or(Some(reason)),
            }
        }
        match (best, unclear) {
            (Some((row, fixed)), _) => {
                let general = subject.ecosystems.get(level).is_some_and(|name| is_general(subject, name));
                out.matches.push(Match {
                    cve: cve.to_owned(),
                    advisory: row.advisory.clone(),
                    affected: row.affected.clone(),
                    // What fixed unstable is not in this release.
                    fixed: fixed.filter(|_| !general),
                    state: row.affected.state,
                });
            }
            (None, Some(reason)) => out.unclear.push(Unclear { cve: cve.to_owned(), reason }),
            (None, None) => {}
        }
    }
    out.upgrade_to = upgrade_to(subject, package, rows, &out.matches);
    out
}

/// Of several rows that say that it is affected: the one with the highest fix, which closes them all; with any before none.
fn better<'a>(
    scheme: Scheme,
    best: Option<(&'a Row, Option<String>)>,
    row: &'a Row,
    fixed: Option<String>,
) -> (&'a Row, Option<String>) {
    let Some((known, known_fixed)) = best else { return (row, fixed) };
    let higher = match (&known_fixed, &fixed) {
        (None, Some(_)) => true,
        (Some(known), Some(new)) => scheme.order(known, new) == Ordering::Less,
        _ => false,
    };
    if higher { (row, fixed) } else { (known, known_fixed) }
}

/// The rows of one CVE and one ecosystem that count.
///
/// A distribution says one thing of a CVE in a package, but sources of different age may say both that there is no fix yet
/// and which version fixes it: then the fix counts. Rows of the package's module stream count before those of none.
fn counting<'a>(rows: Vec<&'a Row>, package: &Package, system: bool) -> Vec<&'a Row> {
    if !system {
        return rows;
    }
    let narrow = |rows: Vec<&'a Row>, keep: &dyn Fn(&Row) -> bool| {
        if rows.iter().any(|row| keep(row)) { rows.into_iter().filter(|row| keep(row)).collect() } else { rows }
    };
    let rows = if package.module.is_some() { narrow(rows, &|row| row.affected.module.is_some()) } else { rows };
    narrow(rows, &|row| row.affected.state != FixState::NotAffected && range::has_fix(&row.affected))
}

/// Whether the row is about packages of this architecture and module stream.
fn applies(affected: &Affected, package: &Package) -> bool {
    let arch = match package.arch.as_deref() {
        None | Some("all" | "noarch" | "any") => true,
        Some(arch) => affected.arches.is_empty() || affected.arches.iter().any(|known| known == arch),
    };
    let module = match (affected.module.as_deref(), package.module.as_deref()) {
        (None, _) => true,
        (Some(_), None) => false,
        // A package may say version and context of its stream as well: `nodejs:18:8080020230…:63b34585`.
        (Some(wanted), Some(has)) => {
            has.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        }
    };
    arch && module
}

fn said(subject: &Subject, affected: &Affected, system: bool) -> Said {
    if affected.state == FixState::NotAffected {
        return Said::Clear;
    }
    match range::place(subject.scheme, &subject.version, affected) {
        Ok(Place::In { fixed }) => Said::Affected(fixed),
        Ok(Place::Out) => Said::Clear,
        // A distribution that says that it has it and names no version means every version.
        Ok(Place::Unsaid) if system => Said::Affected(None),
        Ok(Place::Unsaid) => Said::Unclear("the advisory names no versions that packages have".to_owned()),
        Err(error) => Said::Unclear(error.to_string()),
    }
}

/// The lowest of all fixes at or above each match's that is not itself affected by what is known of the package.
fn upgrade_to(subject: &Subject, package: &Package, rows: &[Row], matches: &[Match]) -> Option<String> {
    let scheme = subject.scheme;
    let highest = |versions: &mut dyn Iterator<Item = &String>| versions.max_by(|a, b| scheme.order(a, b)).cloned();
    let needed = highest(&mut matches.iter().filter_map(|found| found.fixed.as_ref()))?;
    if package.kind.is_system() {
        return Some(needed);
    }
    let mut candidates: Vec<&str> = rows
        .iter()
        .filter(|row| !row.advisory.withdrawn)
        .flat_map(|row| range::fixes(&row.affected))
        .filter(|version| scheme.order(version, &subject.version) == Ordering::Greater)
        .collect();
    candidates.sort_by(|a, b| scheme.order(a, b));
    candidates.dedup();
    // Only those that have a fix can be asked to be gone.
    let fixable: HashMap<&str, ()> =
        matches.iter().filter(|found| found.fixed.is_some()).map(|found| (found.advisory.id.as_str(), ())).collect();
    let clean = |version: &str| {
        rows.iter()
            .filter(|row| !row.advisory.withdrawn && row.affected.state != FixState::NotAffected)
            .filter(|row| range::has_fix(&row.affected) || fixable.contains_key(row.advisory.id.as_str()))
            .all(|row| matches!(range::place(scheme, version, &row.affected), Ok(Place::Out)))
    };
    // A bound, since candidates × rows comparisons grow with the square.
    candidates.into_iter().take(200).find(|version| clean(version)).map(str::to_owned).or(Some(needed))
}

/// CVEs of advisories, joined over aliases: `GHSA-…`, `PYSEC-…` and `RUSTSEC-…` of one CVE are one.
pub(crate) struct Names {
    cves: HashMap<String, Vec<String>>,
}

impl Names {
    /// Joins the advisories of one package.
    pub(crate) fn of<'a>(advisories: impl Iterator<Item = &'a Advisory> + Clone) -> Self {
        let mut cves: HashMap<String, Vec<String>> = HashMap::new();
        for advisory in advisories.clone() {
            let own = own_cves(advisory);
            if !own.is_empty() {
                for id in ids(advisory).filter(|id| !is_cve(id)) {
                    let known = cves.entry(id.to_owned()).or_default();
                    known.extend(own.iter().map(|cve| (*cve).to_owned()));
                    known.sort_unstable();
                    known.dedup();
                }
            }
        }
        // Those without a CVE take it from an alias, or all take the first of their names. Chains are short.
        for _ in 0..4 {
            let mut changed = false;
            for advisory in advisories.clone().filter(|advisory| own_cves(advisory).is_empty()) {
                let known: Option<Vec<String>> = ids(advisory).find_map(|id| cves.get(id).cloned());
                let joined = known.unwrap_or_else(|| ids(advisory).min().map(str::to_owned).into_iter().collect());
                for id in ids(advisory) {
                    if !cves.contains_key(id) {
                        cves.insert(id.to_owned(), joined.clone());
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        Self { cves }
    }

    /// What stands for the advisory: its CVEs, or the id that stands for them.
    pub(crate) fn of_advisory<'a>(&'a self, advisory: &'a Advisory) -> Vec<&'a str> {
        let own = own_cves(advisory);
        if !own.is_empty() {
            return own;
        }
        self.cves
            .get(&advisory.id)
            .map_or_else(|| vec![advisory.id.as_str()], |cves| cves.iter().map(String::as_str).collect())
    }
}

fn is_cve(id: &str) -> bool {
    id.starts_with("CVE-")
}

fn ids(advisory: &Advisory) -> impl Iterator<Item = &str> {
    std::iter::once(advisory.id.as_str()).chain(advisory.aliases.iter().map(String::as_str))
}

fn own_cves(advisory: &Advisory) -> Vec<&str> {
    let mut out: Vec<&str> =
        advisory.cves.iter().map(String::as_str).chain(ids(advisory).filter(|id| is_cve(id))).collect();
    out.sort_unstable();
    out.dedup();
    out
}
