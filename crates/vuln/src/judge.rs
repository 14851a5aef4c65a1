//! Judges the packages of a snapshot: what each has, what matters of it, and what of what was known is over. Start at
//! [`judge`].
mod finding;
mod kernel;
mod previous;
mod target;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    rc::Rc,
};

use casemate_estate::{
    CheckId, ContentHash, Distribution, FindingKey, Judged, Observation, Package, ResourceId, Severity, Snapshot,
    State, Timestamp, Verdict,
};
use serde::{Deserialize, Serialize};

use self::{
    finding::{Finder, Found},
    target::Target,
};
use crate::{
    Database, DatabaseError, Policy, VexStatement, VulnerabilityRecord,
    ecosystem::Subject,
    matching::{self, Advisories, Assessed, Row},
};

/// What was not assessed, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct NotAssessed {
    /// The package's key, or its type where it holds for all of them.
    pub package: String,
    /// One sentence: `no vulnerability database`, `no advisories for Red Hat:9`, `version …`.
    pub reason: String,
}

/// How much of a target was assessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Packages assessed.
    pub assessed: u64,
    /// Packages not assessed, with the number of packages for each reason.
    pub not_assessed: Vec<(NotAssessed, u64)>,
    /// Ecosystems of which only fixed vulnerabilities are known: what has no fix is not known there.
    pub fixed_only: Vec<String>,
    /// Hash, build time and age in days of the database; none where there is none.
    pub database: Option<(String, Timestamp, i64)>,
    /// Statements of VEX that took a match away, by CVE and package.
    pub vex_not_affected: u64,
}

/// What a snapshot is judged with.
pub struct JudgeContext<'a> {
    /// None: nothing is assessed.
    pub database: Option<&'a Database>,
    /// Environments and thresholds.
    pub policy: &'a Policy,
    /// Statements of vendors and of the operator.
    pub vex: &'a [VexStatement],
    /// Vulnerability findings that are known on the target's present resources (check ids that start with `vuln.`): those
    /// that are no longer true get a proven `pass`, those that could not be judged `unknown`.
    pub previous: &'a HashSet<FindingKey>,
    /// The present time.
    pub now: Timestamp,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Judgement {
    /// One for each vulnerability on each package, check `vuln.CVE-…`, resource the package; `evidence` has one object,
    /// the body of a `vulnerability` line (`docs/vulnerabilities.md`).
    pub judged: Vec<Judged>,
    /// How much was assessed.
    pub coverage: Coverage,
}

/// What the ids of checks on vulnerabilities begin with.
pub(crate) const CHECK: &str = "vuln.";
/// The check that is unknown where a package's version cannot be ordered at all.
const UNORDERED: &str = "vuln.version";
/// Hours of a day.
const DAY: i64 = 24;

/// Judges every package of the snapshot.
///
/// # Errors
/// [`crate::DatabaseError`] where the database is damaged; nothing is judged then.
pub fn judge(snapshot: &Snapshot, context: &JudgeContext<'_>) -> Result<Judgement, DatabaseError> {
    let database = context.database.map(|database| database as &dyn Advisories);
    judge_with(snapshot, database, context.policy, context.vex, context.previous, context.now)
}

/// As [`judge`], with any database.
fn judge_with(
    snapshot: &Snapshot,
    database: Option<&dyn Advisories>,
    policy: &Policy,
    vex: &[VexStatement],
    previous: &HashSet<FindingKey>,
    now: Timestamp,
) -> Result<Judgement, DatabaseError> {
    let target = Target::of(snapshot);
    let mut judging = Judging {
        inputs: target.inputs(database, policy, vex),
        database,
        target: &target,
        finder: Finder::new(&target, policy, vex),
        rows: HashMap::new(),
        assessed: HashMap::new(),
        records: HashMap::new(),
        left: BTreeMap::new(),
        out: Judgement::default(),
        used: BTreeMap::new(),
    };
    let packages = packages(snapshot);
    let mut known: HashMap<&ResourceId, Vec<&FindingKey>> = HashMap::new();
    for key in previous.iter().filter(|key| key.check.as_str().starts_with(CHECK)) {
        known.entry(&key.resource).or_default().push(key);
    }
    // Kernels first: whether a reboot closes what the running one has depends on those that are installed.
    let kernels = judging.kernels(&packages)?;
    for present in &packages {
        let known = known.remove(&present.observation.resource.id).unwrap_or_default();
        judging.package(present, &kernels, known)?;
    }
    Ok(judging.finish(now))
}

/// A package that is in the snapshot.
pub(crate) struct Present<'a> {
    observation: &'a Observation,
    /// None where its facet could not be read, with why.
    package: Result<Package, String>,
    hash: ContentHash,
}

fn packages(snapshot: &Snapshot) -> Vec<Present<'_>> {
    snapshot
        .observations
        .iter()
        .filter_map(|observation| {
            let facet = observation.facets.get("package")?;
            let package = match &facet.value {
                Some(value) => Package::deserialize(value.as_ref())
                    .map_err(|error| format!("its facet `package` has another form: {error}")),
                None => Err(facet.reason.clone().unwrap_or_else(|| format!("its facet `package` is {}", facet.status))),
            };
            let hash = facet.hash.unwrap_or(ContentHash([0; 32]));
            Some(Present { observation, package, hash })
        })
        .collect()
}

/// One run of [`judge_with`].
struct Judging<'a> {
    inputs: ContentHash,
    database: Option<&'a dyn Advisories>,
    target: &'a Target,
    finder: Finder<'a>,
    /// What the database says, by ecosystems and names: binaries of one source ask once.
    rows: HashMap<Asked, Rc<Vec<Row>>>,
    /// What that means for a version, by subject, architecture and module.
    assessed: HashMap<(Asked, Compared), Rc<Assessed>>,
    records: HashMap<String, Option<Rc<VulnerabilityRecord>>>,
    /// Packages that were not assessed, by type and reason.
    left: BTreeMap<(&'static str, String), (String, u64)>,
    out: Judgement,
    used: BTreeMap<String, ()>,
}

/// What is looked up: ecosystems and names.
type Asked = (Vec<String>, Vec<String>);
/// What it is compared with: version, architecture, module stream.
type Compared = (String, Option<String>, Option<String>);

/// A package with all that was said of it.
pub(crate) struct Answer {
    subject: Subject,
    rows: Rc<Vec<Row>>,
    assessed: Rc<Assessed>,
}

impl<'a> Judging<'a> {
    fn distribution(&self) -> Option<&'a Distribution> {
        self.target.distribution.as_ref()
    }

    /// What the database says of a package; the outer error is a damaged database, the inner one why nothing is known.
    fn answer(&mut self, package: &Package) -> Result<Result<Answer, String>, DatabaseError> {
        let Some(database) = self.database else { return Ok(Err("there is no vulnerability database".into())) };
        let subject = match matching::subject(database, package, self.distribution()) {
            Ok(subject) => subject,
            Err(reason) => return Ok(Err(reason)),
        };
        let asked = (subject.ecosystems.clone(), subject.names.clone());
        let rows = match self.rows.get(&asked) {
            Some(rows) => Rc::clone(rows),
            None => {
                let rows = matching::rows(database, &subject)?;
                self.rows.insert(asked.clone(), Rc::clone(&rows));
                rows
            }
        };
        let key = (asked, (subject.version.clone(), package.arch.clone(), package.module.clone()));
        let assessed = match self.assessed.get(&key) {
            Some(assessed) => Rc::clone(assessed),
            None => {
                let assessed = Rc::new(matching::assess(&subject, package, &rows));
                self.assessed.insert(key, Rc::clone(&assessed));
                assessed
            }
        };
        Ok(Ok(Answer { subject, rows, assessed }))
    }

    fn record(&mut self, cve: &str) -> Result<Option<Rc<VulnerabilityRecord>>, DatabaseError> {
        if let Some(known) = self.records.get(cve) {
            return Ok(known.clone());
        }
        let record = match self.database {
            Some(database) => database.vulnerability(cve)?.map(Rc::new),
            None => None,
        };
        self.records.insert(cve.to_owned(), record.clone());
        Ok(record)
    }

    fn package(
        &mut self,
        present: &Present<'a>,
        kernels: &kernel::Kernels,
        known: Vec<&FindingKey>,
    ) -> Result<(), DatabaseError> {
        let resource = &present.observation.resource.id;
        let package = match &present.package {
            Ok(package) => package,
            Err(reason) => {
                self.left("package", resource.as_str(), reason);
                for key in known {
                    self.unknown(present, &key.check.0, reason.clone());
                }
                return Ok(());
            }
        };
        let answer = match self.answer(package)? {
            Ok(answer) => answer,
            Err(reason) => {
                self.left(package.kind.as_str(), &package.key(), &reason);
                for key in known {
                    self.unknown(present, &key.check.0, format!("it cannot be assessed now: {reason}"));
                }
                return Ok(());
            }
        };
        self.out.coverage.assessed += 1;
        for ecosystem in &answer.subject.ecosystems {
            self.used.entry(ecosystem.clone()).or_default();
        }
        let mut told: HashSet<String> = HashSet::new();
        for found in &answer.assessed.matches {
            let Some(record) = self.admitted(&found.cve)? else { continue };
            let reboot = kernels.closed_by(self.target, package, &found.cve);
            let found = Found {
                package,
                found,
                record: record.as_deref(),
                answer: &answer,
                restart: None,
                reboot: reboot.as_deref(),
            };
            self.tell(present, &found);
            told.insert(found.check());
        }
        self.unclear(present, package, &answer, &mut told)?;
        let stale_unknown = self.stale(present, package, &answer, &mut told)?;
        for key in known {
            if told.contains(key.check.as_str()) {
                continue;
            }
            match &stale_unknown {
                Some(reason) if key.check.as_str() != UNORDERED => self.unknown(present, &key.check.0, reason.clone()),
                _ => self.over(present, package, &answer, key)?,
            }
        }
        Ok(())
    }

    /// The record of a CVE; none where the CVE was rejected.
    fn admitted(&mut self, cve: &str) -> Result<Option<Option<Rc<VulnerabilityRecord>>>, DatabaseError> {
        let record = self.record(cve)?;
        Ok(if record.as_ref().is_some_and(|record| record.rejected) { None } else { Some(record) })
    }

    fn unclear(
        &mut self,
        present: &Present<'_>,
        package: &Package,
        answer: &Answer,
        told: &mut HashSet<String>,
    ) -> Result<(), DatabaseError> {
        if answer.assessed.unclear.is_empty() {
            return Ok(());
        }
        if let Err(error) = answer.subject.scheme.check(&answer.subject.version) {
            // All for one reason: one answer, and one each for what was known.
            let reason = format!("it cannot be said which vulnerabilities it has: {error}");
            self.left(package.kind.as_str(), &package.key(), &error.to_string());
            self.unknown(present, UNORDERED, reason);
            told.insert(UNORDERED.to_owned());
            return Ok(());
        }
        for unclear in &answer.assessed.unclear {
            if self.admitted(&unclear.cve)?.is_none() {
                continue;
            }
            let check = format!("{CHECK}{}", unclear.cve);
            let name = package.full_name();
            let reason =
                format!("whether {name} {} has {} is not known: {}", package.version, unclear.cve, unclear.reason);
            self.unknown(present, &check, reason);
            told.insert(check);
        }
        Ok(())
    }

    /// What an older copy in memory has and the installed version has not: a restart closes it. Gives the reason why
    /// nothing can be said to be over, where it is not known which version the copy is.
    fn stale(
        &mut self,
        present: &Present<'_>,
        package: &Package,
        answer: &Answer,
        told: &mut HashSet<String>,
    ) -> Result<Option<String>, DatabaseError> {
        let Some(copy) = self.target.stale(package) else { return Ok(None) };
        let holders = copy.executables.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
        let old = match target::older(package, copy.version.as_deref()) {
            Some(old) => self.answer(&old)?.map(|answer| (old, answer)),
            None => Err("which version it is is not known".to_owned()),
        };
        let (old, old_answer) = match old {
            Ok(both) => both,
            Err(reason) => {
                let reason = format!("an older copy of it is still in memory ({holders}): {reason}");
                self.left(package.kind.as_str(), &package.key(), &reason);
                return Ok(Some(reason));
            }
        };
        let present_cves: HashSet<&str> = answer.assessed.matches.iter().map(|found| found.cve.as_str()).collect();
        for found in old_answer.assessed.matches.iter().filter(|found| !present_cves.contains(found.cve.as_str())) {
            let check = format!("{CHECK}{}", found.cve);
            // Where it is not clear whether the installed version has it, a restart closes nothing for certain.
            if told.contains(&check) || answer.assessed.unclear.iter().any(|unclear| unclear.cve == found.cve) {
                continue;
            }
            let Some(record) = self.admitted(&found.cve)? else { continue };
            let found = Found {
                package,
                found,
                record: record.as_deref(),
                answer: &old_answer,
                restart: Some((copy, old.version.as_str())),
                reboot: None,
            };
            self.tell(present, &found);
            told.insert(check);
        }
        Ok(None)
    }

    /// What became of a finding that is no longer true.
    fn over(
        &mut self,
        present: &Present<'_>,
        package: &Package,
        answer: &Answer,
        key: &FindingKey,
    ) -> Result<(), DatabaseError> {
        let check = key.check.as_str();
        let cve = check.strip_prefix(CHECK).unwrap_or(check);
        let rejected = self.record(cve)?.is_some_and(|record| record.rejected);
        let verdict = previous::over(package, answer, check == UNORDERED, cve, rejected);
        self.push(present, check, Severity::Low, 0, verdict);
        Ok(())
    }

    fn tell(&mut self, present: &Present<'_>, found: &Found<'_>) {
        let told = self.finder.tell(found);
        if told.by_vex {
            self.out.coverage.vex_not_affected += 1;
        }
        self.push(present, &found.check(), told.severity, told.risk, told.verdict);
    }

    fn unknown(&mut self, present: &Present<'_>, check: &str, reason: String) {
        let verdict = Verdict { state: State::Unknown, reason, evidence: Vec::new() };
        self.push(present, check, Severity::Medium, 0, verdict);
    }

    fn push(&mut self, present: &Present<'_>, check: &str, severity: Severity, risk: u8, verdict: Verdict) {
        self.out.judged.push(Judged {
            check: CheckId(check.to_owned()),
            resource: present.observation.resource.id.clone(),
            severity,
            risk,
            verdict,
            inputs: ContentHash::of_parts([self.inputs.0.as_slice(), present.hash.0.as_slice(), check.as_bytes()]),
        });
    }

    fn left(&mut self, kind: &'static str, key: &str, reason: &str) {
        self.left.entry((kind, reason.to_owned())).or_insert_with(|| (key.to_owned(), 0)).1 += 1;
    }

    fn finish(mut self, now: Timestamp) -> Judgement {
        self.out.coverage.not_assessed = std::mem::take(&mut self.left)
            .into_iter()
            .map(|((kind, reason), (key, count))| {
                let package = if count == 1 { key } else { kind.to_owned() };
                (NotAssessed { package, reason }, count)
            })
            .collect();
        if let Some(database) = self.database {
            let status = database.status();
            self.out.coverage.fixed_only =
                status.fixed_only.iter().filter(|name| self.used.contains_key(*name)).cloned().collect();
            let age = now.duration_since(status.built).as_hours() / DAY;
            self.out.coverage.database = Some((status.hash.clone(), status.built, age));
        }
        self.out.judged.sort_by(|a, b| (&a.resource, &a.check).cmp(&(&b.resource, &b.check)));
        self.out
    }
}
