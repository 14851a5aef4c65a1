use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BTreeSet},
};

use casemate_estate::{Finding, PackageType, Source};
use casemate_version::Scheme;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ecosystem::scheme_of, fix};

/// Findings that one action closes: `upgrade openssl to 3.0.13-1~deb12u1: closes 14, two of them exploited`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The target that it is on.
    pub target: String,
    /// `upgrade`, `restart`, `reboot`, `rebuild` (the base of an image), `replace_program` (one that libraries are built
    /// into), `replace` (end of life), `wait` (no fix).
    pub action: String,
    /// One sentence that says what to do and what it closes.
    pub title: String,
    /// Source package or library; of a program its path.
    pub package: String,
    /// The version to go to.
    pub to: Option<String>,
    /// Ids of the findings, highest risk first.
    pub findings: Vec<String>,
    /// CVEs, sorted.
    pub cves: Vec<String>,
    /// How many of the CVEs are known to be exploited.
    pub exploited: usize,
    /// How many of the findings are on packages that are in memory now.
    pub loaded: usize,
    /// The highest risk.
    pub risk: u8,
    /// Exact commands, where the package manager has them.
    pub commands: Vec<String>,
    /// What installs its packages: `apt`, `apk`, `dnf`, `zypper`, `pip`, `npm` …
    pub manager: String,
    /// The packages that it is about, by name.
    pub members: Vec<Member>,
    /// Units to restart, sorted.
    pub units: Vec<String>,
}

/// An installed package that a group is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Member {
    /// As its manager calls it.
    pub name: String,
    /// The type: `deb`, `npm`.
    #[serde(rename = "type")]
    pub kind: PackageType,
    /// Installed.
    pub version: String,
    /// Architecture, where it has one.
    pub arch: Option<String>,
    /// The source package.
    pub source: Option<Source>,
    /// The version to go to, as the source numbers it; for an image's package, whose group has more than one source.
    pub to: Option<String>,
    /// Files that prove it, sorted.
    pub paths: Vec<String>,
}

impl Member {
    /// How its versions are ordered; a running kernel's as its manager's packages.
    pub(crate) fn scheme(&self, manager: &str) -> Scheme {
        scheme_of(match (self.kind, manager) {
            (PackageType::Kernel, "apk") => PackageType::Apk,
            (PackageType::Kernel, "dnf" | "yum" | "zypper") => PackageType::Rpm,
            (kind, _) => kind,
        })
    }
}

/// What grouping reads of a finding's evidence.
#[derive(Deserialize)]
struct Body {
    cve: String,
    target: String,
    package: PackageBody,
    #[serde(default)]
    locations: Vec<PathBody>,
    fixed: Option<String>,
    upgrade_to: Option<String>,
    action: String,
    #[serde(default)]
    manager: String,
    #[serde(default)]
    restart: Vec<String>,
    #[serde(default)]
    kev: bool,
    #[serde(default)]
    loaded: Value,
}

#[derive(Deserialize)]
struct PackageBody {
    #[serde(rename = "type")]
    kind: PackageType,
    name: String,
    version: String,
    arch: Option<String>,
    source: Option<Source>,
}

#[derive(Deserialize)]
struct PathBody {
    path: String,
}

/// What puts findings together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    target: String,
    action: String,
    manager: String,
    /// Empty for a rebuild, which takes all packages of an image.
    package: String,
    /// Of libraries, each of which is upgraded by itself.
    version: String,
}

/// Groups open vulnerability findings; highest risk first, then the number closed. Each finding is in one group; one without
/// readable evidence is in none.
#[must_use]
pub fn groups(findings: &[&Finding]) -> Vec<Group> {
    let mut parts: BTreeMap<Key, Vec<(&Finding, Body)>> = BTreeMap::new();
    for finding in findings {
        let Some(body) = finding.verdict.evidence.first().and_then(|value| Body::deserialize(value).ok()) else {
            continue;
        };
        parts.entry(key(&body)).or_default().push((finding, body));
    }
    let mut out: Vec<Group> = parts.into_iter().map(|(key, part)| group(key, part)).collect();
    out.sort_by(|a, b| {
        (Reverse(a.risk), Reverse(a.cves.len()), &a.title, &a.target).cmp(&(
            Reverse(b.risk),
            Reverse(b.cves.len()),
            &b.title,
            &b.target,
        ))
    });
    out
}

/// What replaces a program whole: the libraries that are built into it cannot be upgraded one by one.
pub(crate) const PROGRAM: &str = "replace_program";

/// Whether a package is built into programs, as Go's build information and Rust's auditable section prove it. One that a
/// source tree names too is upgraded there.
fn in_programs(body: &Body) -> bool {
    let of_source = |path: &str| path.ends_with("/go.mod") || path.ends_with("/Cargo.lock");
    body.action == "upgrade"
        && matches!(body.package.kind, PackageType::Golang | PackageType::Cargo)
        && !body.locations.is_empty()
        && !body.locations.iter().any(|location| of_source(&location.path))
}

fn key(body: &Body) -> Key {
    if in_programs(body) {
        let mut paths: Vec<&str> = body.locations.iter().map(|location| location.path.as_str()).collect();
        paths.sort_unstable();
        return Key {
            target: body.target.clone(),
            action: PROGRAM.to_owned(),
            manager: body.manager.clone(),
            package: paths.join("\n"),
            version: String::new(),
        };
    }
    let system = body.package.kind.is_system();
    let package = match (&body.package.source, body.action.as_str()) {
        (_, "rebuild") => String::new(),
        (Some(source), _) if system => crate::ecosystem::kernel_source(&source.name),
        _ => body.package.name.clone(),
    };
    Key {
        target: body.target.clone(),
        action: body.action.clone(),
        manager: body.manager.clone(),
        package,
        version: if system { String::new() } else { body.package.version.clone() },
    }
}

fn group(key: Key, mut part: Vec<(&Finding, Body)>) -> Group {
    part.sort_by(|(a, _), (b, _)| (Reverse(a.risk), &a.id).cmp(&(Reverse(b.risk), &b.id)));
    let cves: BTreeSet<&str> = part.iter().map(|(_, body)| body.cve.as_str()).collect();
    let exploited: BTreeSet<&str> =
        part.iter().filter(|(_, body)| body.kev).map(|(_, body)| body.cve.as_str()).collect();
    let mut members: BTreeMap<(String, Option<String>, String), Member> = BTreeMap::new();
    for (_, body) in &part {
        let package = &body.package;
        let at = (package.name.clone(), package.arch.clone(), package.version.clone());
        let member = members.entry(at).or_insert_with(|| Member {
            name: package.name.clone(),
            kind: package.kind,
            version: package.version.clone(),
            arch: package.arch.clone(),
            source: package.source.clone(),
            to: None,
            paths: body.locations.iter().map(|location| location.path.clone()).collect(),
        });
        let wanted = body.upgrade_to.as_ref().or(body.fixed.as_ref());
        let scheme = member.scheme(&key.manager);
        member.to = higher(scheme, member.to.take(), wanted.cloned());
    }
    let mut units: Vec<String> = part.iter().flat_map(|(_, body)| body.restart.iter().cloned()).collect();
    units.sort_unstable();
    units.dedup();
    let mut out = Group {
        target: key.target,
        action: key.action,
        title: String::new(),
        package: key.package,
        to: None,
        findings: part.iter().map(|(finding, _)| finding.id.clone()).collect(),
        exploited: exploited.len(),
        loaded: part.iter().filter(|(_, body)| body.loaded == Value::Bool(true)).count(),
        risk: part.iter().map(|(finding, _)| finding.risk).max().unwrap_or(0),
        cves: cves.into_iter().map(str::to_owned).collect(),
        commands: Vec::new(),
        manager: key.manager,
        members: members.into_values().collect(),
        units,
    };
    if out.action == PROGRAM {
        let paths: Vec<String> = out.package.lines().map(str::to_owned).collect();
        out.package = some(&paths);
    } else if out.action != "rebuild" {
        let scheme = out.members.first().map_or(Scheme::Semver, |member| member.scheme(&out.manager));
        out.to = out.members.iter().fold(None, |to, member| higher(scheme, to, member.to.clone()));
    }
    // Names are from the target: a line break in one would forge a line of a report.
    out.title = title(&out).chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    out.commands = fix::commands(&out);
    out
}

fn higher(scheme: Scheme, a: Option<String>, b: Option<String>) -> Option<String> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if scheme.order(&a, &b) == Ordering::Less { b } else { a }),
        (a, b) => a.or(b),
    }
}

fn title(group: &Group) -> String {
    let Group { package, .. } = group;
    let to = group.to.as_deref().unwrap_or_default();
    let closes = format!("closes {}{}", group.cves.len(), exploited(group));
    match group.action.as_str() {
        "upgrade" => match place(group) {
            Some(path) => format!("upgrade {package} to {to} in {path}: {closes}"),
            None => format!("upgrade {package} to {to}: {closes}"),
        },
        "restart" if group.units.is_empty() => {
            format!("restart what still runs with an older {package}: {closes}")
        }
        "restart" => format!("restart {} to take up {package} {to}: {closes}", some(&group.units)),
        "reboot" => format!("reboot into {package} {to}: {closes}"),
        "rebuild" => format!("rebuild on a newer base with {}: {closes}", some(&wanted(group))),
        PROGRAM => format!("replace {package} by a build with {}: {closes}", some(&wanted(group))),
        "replace" => format!("replace {package}, which is no longer supported: {closes}"),
        _ => format!("no fix for {package} yet: {} open{}", group.cves.len(), exploited(group)),
    }
}

/// Where a library lies, which tells two copies of it apart; a system package is in one place.
fn place(group: &Group) -> Option<String> {
    let library = group.members.first().filter(|member| !member.kind.is_system())?;
    (!library.paths.is_empty()).then(|| some(&library.paths))
}

/// Each member with the version that is wanted of it, by its source where it has one.
fn wanted(group: &Group) -> Vec<String> {
    let name = |member: &Member| {
        let name = member.source.as_ref().map_or(member.name.as_str(), |source| source.name.as_str());
        format!("{name} {}", member.to.as_deref().unwrap_or_default())
    };
    let mut names: Vec<String> = group.members.iter().map(name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn exploited(group: &Group) -> String {
    match (group.exploited, group.cves.len()) {
        (0, _) => String::new(),
        (1, 1) => ", and it is exploited".to_owned(),
        (exploited, all) if exploited == all => ", all of them exploited".to_owned(),
        (exploited, _) => format!(", {} of them exploited", number(exploited)),
    }
}

fn number(n: usize) -> String {
    const WORDS: [&str; 11] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];
    n.checked_sub(1).and_then(|at| WORDS.get(at)).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// The first three, and how many more.
fn some(names: &[String]) -> String {
    let named: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    match names.len().saturating_sub(3) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use casemate_estate::{
        CheckId, ContentHash, FindingKey, Kind, Life, ResourceId, Severity, State, Timestamp, Verdict,
    };
    use serde_json::json;

    use super::*;

    /// A finding of `cve` on the binary `name` of `source`.
    #[expect(clippy::too_many_arguments, reason = "a row of a table of cases")]
    pub(crate) fn finding(
        target: &str,
        kind: &str,
        name: &str,
        version: &str,
        source: Option<(&str, &str)>,
        cve: &str,
        risk: u8,
        more: Value,
    ) -> Finding {
        let mut body = json!({
            "cve": cve, "target": target, "action": "upgrade", "manager": "apt", "kev": false, "loaded": false,
            "package": {"type": kind, "name": name, "version": version, "arch": null,
                "source": source.map(|(name, version)| json!({"name": name, "version": version}))},
            "locations": [{"path": "/var/lib/dpkg/status"}], "fixed": null, "upgrade_to": null, "restart": [],
        });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        let key = FindingKey {
            check: CheckId(format!("vuln.{cve}")),
            resource: ResourceId::new(target).unwrap().child("package", &format!("{kind}/{name}")),
        };
        Finding {
            id: key.id(),
            key,
            kind: Kind::new("host.package"),
            name: name.into(),
            scope: target.into(),
            severity: Severity::High,
            risk,
            verdict: Verdict { state: State::Fail, reason: String::new(), evidence: vec![body] },
            life: Life::advance(None, State::Fail, Timestamp::UNIX_EPOCH),
            inputs: ContentHash([0; 32]),
            exemption: None,
            suppression: None,
        }
    }

    #[test]
    fn one_action_closes_one_group() {
        let openssl = Some(("openssl", "3.0.11-1"));
        let all = [
            finding("host://a", "deb", "openssl", "3.0.11-1", openssl, "CVE-1", 40, json!({"fixed": "3.0.13-1"})),
            finding(
                "host://a",
                "deb",
                "libssl3",
                "3.0.11-1",
                openssl,
                "CVE-1",
                60,
                json!({"fixed": "3.0.13-1", "loaded": true}),
            ),
            finding(
                "host://a",
                "deb",
                "libssl3",
                "3.0.11-1",
                openssl,
                "CVE-2",
                90,
                json!({"fixed": "3.0.9-1", "kev": true}),
            ),
            finding("host://b", "deb", "openssl", "3.0.11-1", openssl, "CVE-1", 40, json!({"fixed": "3.0.13-1"})),
            finding("host://a", "deb", "libssl3", "3.0.11-1", openssl, "CVE-3", 20, json!({"action": "wait"})),
            finding("host://a", "deb", "old", "1", None, "CVE-4", 10, json!({"action": "replace", "kev": true})),
            finding(
                "host://a",
                "npm",
                "lodash",
                "4.0.0",
                None,
                "CVE-5",
                30,
                json!({"fixed": "4.1.0", "upgrade_to": "4.2.0", "manager": "npm"}),
            ),
            finding(
                "host://a",
                "npm",
                "lodash",
                "3.0.0",
                None,
                "CVE-5",
                30,
                json!({"fixed": "4.1.0", "upgrade_to": "4.1.0", "manager": "npm"}),
            ),
        ];
        let got = groups(&all.iter().collect::<Vec<_>>());
        let titles: Vec<(&str, &str, u8)> =
            got.iter().map(|group| (group.title.as_str(), group.target.as_str(), group.risk)).collect();
        assert_eq!(
            titles,
            [
                ("upgrade openssl to 3.0.13-1: closes 2, one of them exploited", "host://a", 90),
                ("upgrade openssl to 3.0.13-1: closes 1", "host://b", 40),
                ("upgrade lodash to 4.1.0 in /var/lib/dpkg/status: closes 1", "host://a", 30),
                ("upgrade lodash to 4.2.0 in /var/lib/dpkg/status: closes 1", "host://a", 30),
                ("no fix for openssl yet: 1 open", "host://a", 20),
                ("replace old, which is no longer supported: closes 1, and it is exploited", "host://a", 10),
            ]
        );
        let first = &got[0];
        assert_eq!((first.findings.len(), first.cves.len(), first.loaded, first.exploited), (3, 2, 1, 1));
        assert_eq!(first.findings[0], all[2].id, "highest risk first");
        assert_eq!(got.iter().map(|group| group.findings.len()).sum::<usize>(), all.len(), "each in one group");
    }

    #[test]
    fn restarts_reboots_and_rebuilds_say_what_they_close() {
        let source = Some(("openssl", "2"));
        let all = [
            finding(
                "host://a",
                "deb",
                "libssl3",
                "2",
                source,
                "CVE-1",
                40,
                json!({"action": "restart", "fixed": "2", "restart": ["nginx.service"]}),
            ),
            finding(
                "host://a",
                "deb",
                "libssl3",
                "2",
                source,
                "CVE-2",
                40,
                json!({"action": "restart", "fixed": "2", "restart": ["ssh.service"]}),
            ),
            finding(
                "host://a",
                "kernel",
                "linux",
                "6.1.1-1",
                Some(("linux", "6.1.1-1")),
                "CVE-3",
                30,
                json!({"action": "reboot", "fixed": "6.1.9-1"}),
            ),
            finding(
                "image://i",
                "deb",
                "zlib1g",
                "1",
                Some(("zlib", "1")),
                "CVE-4",
                20,
                json!({"action": "rebuild", "fixed": "3"}),
            ),
            finding(
                "image://i",
                "deb",
                "libssl3",
                "1",
                Some(("openssl", "1")),
                "CVE-5",
                20,
                json!({"action": "rebuild", "fixed": "2"}),
            ),
        ];
        let titles: Vec<String> =
            groups(&all.iter().collect::<Vec<_>>()).into_iter().map(|group| group.title).collect();
        assert_eq!(
            titles,
            [
                "restart nginx.service, ssh.service to take up openssl 2: closes 2",
                "reboot into linux 6.1.9-1: closes 1",
                "rebuild on a newer base with openssl 2, zlib 3: closes 2",
            ]
        );
    }

    #[test]
    fn evidence_of_another_form_is_in_no_group() {
        let mut odd = finding("host://a", "deb", "x", "1", None, "CVE-1", 1, json!({}));
        odd.verdict.evidence = vec![json!("text")];
        let mut none = odd.clone();
        none.verdict.evidence.clear();
        assert_eq!(groups(&[&odd, &none]), []);
    }

    #[test]
    fn libraries_in_a_program_are_replaced_with_it() {
        let go = |name: &str, cve: &str, paths: &[&str]| {
            let locations: Vec<Value> = paths.iter().map(|path| json!({"path": path})).collect();
            let more = json!({"fixed": "2.0.0", "manager": "go", "locations": locations});
            finding("host://a", "golang", name, "1.0.0", None, cve, 30, more)
        };
        let all = [
            go("stdlib", "CVE-1", &["/usr/bin/x"]),
            go("example.org/a", "CVE-2", &["/usr/bin/x"]),
            go("example.org/b", "CVE-3", &["/usr/bin/y", "/usr/bin/x"]),
            go("example.org/c", "CVE-4", &["/src/go.mod"]),
        ];
        let got = groups(&all.iter().collect::<Vec<_>>());
        let titles: Vec<&str> = got.iter().map(|group| group.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "replace /usr/bin/x by a build with example.org/a 2.0.0, stdlib 2.0.0: closes 2",
                "replace /usr/bin/x, /usr/bin/y by a build with example.org/b 2.0.0: closes 1",
                "upgrade example.org/c to 2.0.0 in /src/go.mod: closes 1",
            ]
        );
    }
}
