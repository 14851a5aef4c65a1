//! One vulnerability on one package: severity, risk, reasons, and the body of its line.
use std::collections::HashMap;

use casemate_estate::{LoadingProcess, Package, Severity, StaleCopy, State, Verdict};
use serde_json::{Map, Value, json};

use super::{Answer, CHECK, previous, target::Target};
use crate::{
    Advisory, Environment, FixState, Policy, Threshold, VexStatement, VexStatus, VulnerabilityRecord,
    fix::manager,
    matching::Match,
    purl,
    rank::{
        cvss::{self, Scored, Setting},
        exposure::Exposure,
        risk::{InMemory, Inputs, Parts, Reach},
        severity,
        ssvc::{self, Decision, Points},
    },
    vex,
};

/// Programs that a line names.
const PROCESSES_MAX: usize = 16;
/// Programs that a sentence names.
const NAMED_MAX: usize = 3;

/// A vulnerability that a package has.
pub(crate) struct Found<'a> {
    pub(crate) package: &'a Package,
    pub(crate) found: &'a Match,
    pub(crate) record: Option<&'a VulnerabilityRecord>,
    pub(crate) answer: &'a Answer,
    /// Only an older copy in memory has it: the copy, and its version.
    pub(crate) restart: Option<(&'a StaleCopy, &'a str)>,
    /// Only the running kernel has it: the version of the installed one that has not.
    pub(crate) reboot: Option<&'a str>,
}

impl Found<'_> {
    /// The check that it fails.
    pub(crate) fn check(&self) -> String {
        format!("{CHECK}{}", self.found.cve)
    }

    fn ids(&self) -> Vec<&str> {
        let advisory = &self.found.advisory;
        let mut ids = vec![self.found.cve.as_str(), advisory.id.as_str()];
        ids.extend(advisory.aliases.iter().map(String::as_str));
        ids
    }
}

/// The verdict on it.
pub(crate) struct Told {
    pub(crate) severity: Severity,
    pub(crate) risk: u8,
    pub(crate) verdict: Verdict,
    /// A statement says that it is not affected, or fixed.
    pub(crate) by_vex: bool,
}

/// What holds for all of a target.
pub(crate) struct Finder<'a> {
    target: &'a Target,
    environment: Option<&'a Environment>,
    setting: Setting,
    threshold: Threshold,
    exposure: Option<(Exposure, &'static str)>,
    distribution: Option<String>,
    statements: HashMap<&'a str, Vec<&'a VexStatement>>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(target: &'a Target, policy: &'a Policy, vex: &'a [VexStatement]) -> Self {
        let environment = policy.environment(&target.id, &target.name);
        let setting = environment.map(Environment::setting).unwrap_or_default();
        let mut statements: HashMap<&str, Vec<&VexStatement>> = HashMap::new();
        for statement in vex {
            for id in &statement.ids {
                statements.entry(id).or_default().push(statement);
            }
        }
        let distribution = target.distribution.as_ref().map(|distribution| match distribution.version.as_str() {
            "" => distribution.id.clone(),
            version => format!("{}-{version}", distribution.id),
        });
        Self {
            target,
            environment,
            setting,
            threshold: environment.and_then(|e| e.alert.clone()).unwrap_or_else(Threshold::standard),
            exposure: setting
                .exposure
                .map(|exposure| (exposure, "policy"))
                .or_else(|| target.exposure.map(|exposure| (exposure, "listeners"))),
            distribution,
            statements,
        }
    }

    /// The latest statement about it; of two at one time, the later one.
    fn statement(&self, found: &Found<'_>) -> Option<&'a VexStatement> {
        if self.statements.is_empty() {
            return None;
        }
        let ids = found.ids();
        ids.iter()
            .filter_map(|id| self.statements.get(id))
            .flatten()
            .copied()
            .filter(|said| vex::covers(said, &ids, found.package, self.distribution.as_deref(), &self.target.id))
            .max_by_key(|said| said.at)
    }

    /// Judges it.
    pub(crate) fn tell(&self, found: &Found<'_>) -> Told {
        let statement = self.statement(found);
        let facts = Facts::of(self, found);
        let mut body = facts.body(self, found);
        let mut verdict = Verdict { state: State::Fail, reason: facts.sentence(found), evidence: Vec::new() };
        let mut risk = facts.parts.sum();
        let mut by_vex = false;
        if let Some(said) = statement {
            body.insert("vex".into(), previous::statement(said));
            if matches!(said.status, VexStatus::NotAffected | VexStatus::Fixed) {
                by_vex = true;
                risk = 0;
                body.insert("alert".into(), json!(false));
                let word = if said.status == VexStatus::Fixed { "fixed" } else { "not affected" };
                let why = said.justification.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
                verdict.state = State::Pass;
                verdict.reason = format!("{} says that it is {word}{why} (`{}`)", author(said), said.file);
            }
        }
        body.insert("risk".into(), json!(risk));
        verdict.evidence = vec![Value::Object(body)];
        Told { severity: facts.severity.severity, risk, verdict, by_vex }
    }
}

fn author(said: &VexStatement) -> &str {
    if said.author.is_empty() { "an author that is not named" } else { &said.author }
}

/// What is known of a found vulnerability.
struct Facts<'a> {
    kev: Option<&'a crate::Exploited>,
    epss: Option<f64>,
    scored: Option<Scored>,
    severity: severity::Rated,
    points: Points<'a>,
    decision: Option<Decision>,
    memory: InMemory,
    kernel: bool,
    processes: Vec<&'a LoadingProcess>,
    fixed: Option<String>,
    action: &'static str,
    parts: Parts,
    reasons: Vec<String>,
}

impl<'a> Facts<'a> {
    fn of(finder: &'a Finder<'_>, found: &'a Found<'_>) -> Self {
        let record = found.record;
        let kev = record.and_then(|record| record.kev.as_ref());
        let epss = record.and_then(|record| record.epss).filter(|epss| epss.is_finite());
        let vectors = record.iter().flat_map(|record| &record.cvss).chain(&found.found.advisory.cvss);
        let scored = cvss::best(vectors, finder.setting);
        let score =
            scored.as_ref().map(|scored| scored.environmental.as_ref().map_or(scored.score, |(_, score)| *score));
        let severity = severity::rate(
            found.found.affected.urgency.as_deref(),
            scored.as_ref().map(|scored| scored.score),
            found.package.kind.is_system(),
        );
        let points = points(finder, record, kev.is_some());
        let decision = ssvc::decide(points);
        let memory = finder.target.memory(found.package);
        let processes: Vec<&LoadingProcess> = match found.restart {
            Some((copy, _)) => memory.processes.iter().filter(|p| copy.executables.contains(&p.executable)).collect(),
            None => memory.processes.iter().collect(),
        };
        // Whoever has the older copy mapped is known by name only where the log of its package is gone.
        let state = if found.restart.is_some() { InMemory::Yes } else { memory.state };
        let reach = match (state, processes.iter().any(|p| p.exposed), processes.iter().any(|p| !p.listens.is_empty()))
        {
            (InMemory::Yes, true, _) => Reach::Network,
            (InMemory::Yes, false, true) => Reach::Loopback,
            _ => Reach::None,
        };
        let fixed = match (found.restart, found.reboot) {
            (Some(_), _) => Some(found.package.version.clone()),
            (None, Some(version)) => Some(version.to_owned()),
            (None, None) => found.found.fixed.clone(),
        };
        let stale = found.restart.is_some() || found.reboot.is_some();
        let inputs = Inputs {
            severity: severity.severity,
            score,
            kev: kev.is_some(),
            active: points.exploitation == Some("active"),
            poc: points.exploitation == Some("poc"),
            epss,
            decision,
            loaded: state,
            reach,
            exposure: finder.exposure.map(|(exposure, _)| exposure),
            fix: fixed.is_some(),
            stale,
        };
        let mut facts = Self {
            kev,
            epss,
            action: action(finder, found, fixed.is_some()),
            scored,
            severity,
            points,
            decision,
            memory: state,
            kernel: memory.kernel,
            processes,
            fixed,
            parts: Parts::of(&inputs),
            reasons: Vec::new(),
        };
        facts.reasons = facts.reasons(finder, found);
        facts
    }

    fn reasons(&self, finder: &Finder<'_>, found: &Found<'_>) -> Vec<String> {
        let mut out = Vec::new();
        if let Some(kev) = self.kev {
            let ransomware = if kev.ransomware { ", also for ransomware" } else { "" };
            out.push(format!("it is known to be exploited since {} (CISA KEV){ransomware}", kev.added));
        } else if self.points.exploitation == Some("active") {
            out.push("it is exploited now (CISA, SSVC)".to_owned());
        } else if self.points.exploitation == Some("poc") {
            out.push("code that exploits it is public (CISA, SSVC)".to_owned());
        }
        match self.epss {
            Some(epss) if epss >= 0.1 => {
                out.push(format!("the chance that it is exploited within 30 days is {:.0} % (EPSS)", epss * 100.0));
            }
            Some(_) => {}
            None if self.kev.is_none() => out.push("how likely it is exploited is not known: no EPSS score".to_owned()),
            None => {}
        }
        out.extend(self.memory_reasons(found));
        out.extend(finder.exposure.map(|(exposure, from)| exposure_reason(exposure, from)));
        if let Some(decision) = self.decision.filter(|decision| *decision >= Decision::Attend) {
            out.push(format!("SSVC decides `{}`", decision.as_str()));
        }
        if self.severity.from == "unknown" {
            out.push("no source rates it: medium stands for unknown".to_owned());
        }
        out.push(self.fix_reason(found));
        if found.found.affected.ecosystem.starts_with("Ubuntu:Pro") && self.fixed.is_some() {
            out.push("the fix is in Ubuntu Pro".to_owned());
        }
        if found.package.dev {
            out.push("it is needed to build or test only".to_owned());
        }
        out
    }

    fn memory_reasons(&self, found: &Found<'_>) -> Vec<String> {
        if let Some((copy, version)) = found.restart {
            let names = list(copy.executables.iter().map(|path| format!("`{}`", base_name(path))));
            let holds = if copy.executables.len() == 1 { "has" } else { "have" };
            return vec![format!("the fix is installed, but {names} still {holds} the older {version} in memory")];
        }
        if self.kernel {
            let mut out = vec!["it is the kernel that runs".to_owned()];
            out.extend(
                found.reboot.map(|version| format!("the fix is installed as {version}, and runs after a reboot")),
            );
            return out;
        }
        match self.memory {
            InMemory::No => vec!["nothing has it in memory".to_owned()],
            InMemory::Unknown => vec!["whether it is in memory is not known".to_owned()],
            InMemory::Yes => {
                let mut processes = self.processes.clone();
                processes.sort_by_key(|p| (!p.exposed, p.listens.is_empty(), p.executable.clone(), p.user.clone()));
                let mut out: Vec<String> = processes
                    .iter()
                    .take(NAMED_MAX)
                    .map(|process| {
                        let who = format!("`{}` (user {})", base_name(&process.executable), process.user);
                        match sockets(&process.listens) {
                            Some(sockets) => format!("{who} has it in memory and listens on {sockets}"),
                            None => format!("{who} has it in memory"),
                        }
                    })
                    .collect();
                if let Some(more) = processes.len().checked_sub(NAMED_MAX).filter(|more| *more > 0) {
                    out.push(format!("{more} more programs have it in memory"));
                }
                if out.is_empty() {
                    out.push("it is in memory".to_owned());
                }
                out
            }
        }
    }

    fn fix_reason(&self, found: &Found<'_>) -> String {
        match (&self.fixed, found.found.state) {
            (Some(version), _) if found.restart.is_some() || found.reboot.is_some() => {
                format!("{version} is installed and fixes it")
            }
            (Some(version), _) => format!("{version} fixes it"),
            (None, FixState::Ignored) => "the distribution will not fix it".to_owned(),
            (None, FixState::Postponed) => "the distribution has put the fix off".to_owned(),
            (None, FixState::EndOfLife) => "the package is no longer supported".to_owned(),
            (None, FixState::UnderInvestigation) => "whether it is affected is still being looked into".to_owned(),
            (None, _) => "there is no fix".to_owned(),
        }
    }

    /// One sentence: what, where, and what makes it matter.
    fn sentence(&self, found: &Found<'_>) -> String {
        let mut parts = Vec::new();
        if self.kev.is_some() || self.points.exploitation == Some("active") {
            parts.push("exploited".to_owned());
        }
        let memory = self.memory_reasons(found).into_iter().next();
        parts.extend(memory.filter(|_| self.memory == InMemory::Yes));
        if found.restart.is_none() && found.reboot.is_none() {
            parts.push(self.fix_reason(found));
        }
        format!("{} {} has {}: {}", found.package.full_name(), found.package.version, found.found.cve, parts.join("; "))
    }

    fn body(&self, finder: &Finder<'_>, found: &Found<'_>) -> Map<String, Value> {
        let package = found.package;
        let advisory = &found.found.advisory;
        let distribution = finder.target.distribution.as_ref();
        let restart = found.restart.map(|_| units(&self.processes)).unwrap_or_default();
        let value = json!({
            "cve": found.found.cve,
            "aliases": aliases(&found.found.cve, advisory),
            "advisory": advisory.id,
            "advisory_url": advisory_url(&advisory.id, &found.found.affected.ecosystem),
            "target": finder.target.id,
            "package": {
                "type": package.kind.as_str(),
                "name": package.full_name(),
                "version": package.version,
                "arch": package.arch,
                "purl": purl::purl_of(package, distribution),
                "source": package.source,
                "module": package.module,
                "dev": package.dev,
            },
            "ecosystem": found.found.affected.ecosystem,
            "locations": package.locations,
            "fixed": self.fixed,
            "fix_state": fix_state(found.found.state, self.fixed.is_some()),
            "upgrade_to": if found.restart.is_some() || found.reboot.is_some() {
                None
            } else {
                found.answer.assessed.upgrade_to.as_ref().filter(|_| self.fixed.is_some())
            },
            "action": self.action,
            "manager": manager(package, distribution.map(|d| d.id.as_str())),
            "restart": restart,
            "ssvc": self.decision.map(Decision::as_str),
            "ssvc_points": {
                "exploitation": self.points.exploitation,
                "automatable": self.points.automatable,
                "technical_impact": self.points.impact,
                "mission": self.points.mission,
            },
            "kev": self.kev.is_some(),
            "kev_details": self.kev,
            "epss": self.epss,
            "epss_percentile": found.record.and_then(|record| record.epss_percentile),
            "cvss": self.scored.as_ref().map(|scored| json!({
                "version": scored.version,
                "vector": scored.vector,
                "score": scored.score,
                "environmental": scored.environmental.as_ref().map(|(_, score)| score),
                "environmental_vector": scored.environmental.as_ref().map(|(vector, _)| vector),
                "source": scored.source,
            })),
            "cwe": found.record.map(|record| record.cwe.as_slice()).unwrap_or_default(),
            "severity_from": self.severity.from,
            "loaded": self.memory.value(),
            "processes": self.processes.iter().take(PROCESSES_MAX).collect::<Vec<_>>(),
            "exposure": finder.exposure.map(|(exposure, _)| exposure.as_str()),
            "exposure_from": finder.exposure.map(|(_, from)| from),
            "stale": found.restart.is_some() || found.reboot.is_some(),
            "stale_version": found.restart.map(|(_, version)| version),
            "reasons": self.reasons,
            "risk_parts": self.parts.value(),
            "alert": finder.threshold.reached(self.parts.sum(), self.decision, self.epss, self.kev.is_some()),
            "environment": finder.environment.map(|environment| environment.name.as_str()),
            "summary": advisory.summary,
            "published": advisory.published,
        });
        match value {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }
}

fn points<'a>(finder: &'a Finder<'_>, record: Option<&'a VulnerabilityRecord>, kev: bool) -> Points<'a> {
    let known = |word: Option<&'a str>, words: &[&str]| word.filter(|word| words.contains(word));
    let said = record.and_then(|record| record.ssvc.as_ref());
    Points {
        // An entry in KEV is CISA's word that it is exploited, whatever an older assessment said.
        exploitation: if kev {
            Some("active")
        } else {
            known(said.map(|said| said.exploitation.as_str()), &ssvc::EXPLOITATION)
        },
        automatable: known(said.map(|said| said.automatable.as_str()), &ssvc::AUTOMATABLE),
        impact: known(said.map(|said| said.technical_impact.as_str()), &ssvc::IMPACT),
        mission: Some(finder.environment.and_then(|e| e.mission.as_deref()).unwrap_or("medium")),
    }
}

fn action(finder: &Finder<'_>, found: &Found<'_>, fix: bool) -> &'static str {
    match (found.restart, found.reboot, fix, found.found.state) {
        (Some(_), ..) => "restart",
        (None, Some(_), ..) => "reboot",
        (None, None, true, _) if finder.target.kind == "image" && found.package.kind.is_system() => "rebuild",
        (None, None, true, _) => "upgrade",
        (None, None, false, FixState::EndOfLife) => "replace",
        (None, None, false, _) => "wait",
    }
}

fn fix_state(state: FixState, fix: bool) -> &'static str {
    match (state, fix) {
        (FixState::Affected, true) => "fixed",
        (FixState::Affected, false) => "not_fixed",
        (FixState::NotAffected, _) => "not_affected",
        (FixState::Ignored, _) => "ignored",
        (FixState::Postponed, _) => "postponed",
        (FixState::EndOfLife, _) => "end_of_life",
        (FixState::UnderInvestigation, _) => "under_investigation",
    }
}

fn exposure_reason(exposure: Exposure, from: &str) -> String {
    match (exposure, from) {
        (Exposure::Internet, "policy") => "the policy says that the internet reaches this target",
        (Exposure::Adjacent, "policy") => "the policy says that neighbouring networks reach this target",
        (Exposure::Internal, "policy") => "the policy says that only internal networks reach this target",
        (Exposure::Isolated, _) => "the policy says that no network reaches this target",
        (Exposure::Internet, _) => "the target listens on an address of the internet",
        (Exposure::Adjacent, _) => "the target listens on its networks",
        (Exposure::Internal, _) => "nothing on the target listens but for itself",
    }
    .to_owned()
}

/// Units whose restart takes an older copy out of memory, sorted.
fn units(processes: &[&LoadingProcess]) -> Vec<String> {
    let mut units: Vec<String> = processes.iter().filter_map(|process| process.unit.clone()).collect();
    units.sort_unstable();
    units.dedup();
    units
}

fn aliases<'a>(cve: &str, advisory: &'a Advisory) -> Vec<&'a str> {
    let mut out: Vec<&str> = advisory
        .aliases
        .iter()
        .map(String::as_str)
        .chain([advisory.id.as_str()])
        .filter(|alias| *alias != cve && (!alias.starts_with("CVE-") || !advisory.cves.iter().any(|c| c == alias)))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Where an advisory can be read, by the form of its id.
fn advisory_url(id: &str, ecosystem: &str) -> Option<String> {
    const PAGES: &[(&str, &str)] = &[
        ("GHSA-", "https://github.com/advisories/"),
        ("RUSTSEC-", "https://rustsec.org/advisories/"),
        ("GO-", "https://pkg.go.dev/vuln/"),
        ("PYSEC-", "https://osv.dev/vulnerability/"),
        ("DSA-", "https://security-tracker.debian.org/tracker/"),
        ("DLA-", "https://security-tracker.debian.org/tracker/"),
        ("USN-", "https://ubuntu.com/security/notices/"),
        ("UBUNTU-CVE-", "https://osv.dev/vulnerability/"),
        ("RHSA-", "https://access.redhat.com/errata/"),
        ("RLSA-", "https://errata.rockylinux.org/"),
        ("ALSA-", "https://osv.dev/vulnerability/"),
        ("SUSE-SU-", "https://osv.dev/vulnerability/"),
        ("ALPINE-CVE-", "https://osv.dev/vulnerability/"),
    ];
    // An id goes into a link that people follow: letters, digits and a few marks.
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')) {
        return None;
    }
    if id.starts_with("CVE-") {
        return Some(match ecosystem.split(':').next().unwrap_or_default() {
            "Debian" => format!("https://security-tracker.debian.org/tracker/{id}"),
            "Ubuntu" => format!("https://ubuntu.com/security/{id}"),
            "Red Hat" => format!("https://access.redhat.com/security/cve/{id}"),
            "Alpine" => format!("https://security.alpinelinux.org/vuln/{id}"),
            _ => format!("https://www.cve.org/CVERecord?id={id}"),
        });
    }
    PAGES.iter().find(|(start, _)| id.starts_with(start)).map(|(_, page)| format!("{page}{id}"))
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(path)
}

/// `0.0.0.0:443 and 2 more`, of `tcp 0.0.0.0:443`.
fn sockets(listens: &[String]) -> Option<String> {
    let first = listens.first()?;
    let address = first.split_once(' ').map_or(first.as_str(), |(_, address)| address);
    Some(match listens.len() {
        1 => address.to_owned(),
        n => format!("{address} and {} more", n - 1),
    })
}

/// `a, b, c and 4 more`.
fn list(names: impl ExactSizeIterator<Item = String>) -> String {
    let more = names.len().saturating_sub(NAMED_MAX);
    let named: Vec<String> = names.take(NAMED_MAX).collect();
    let named = named.join(", ");
    if more == 0 { named } else { format!("{named} and {more} more") }
}
