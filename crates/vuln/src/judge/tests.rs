use std::collections::BTreeMap;

use casemate_estate::{
    Facet, FacetStatus, Kind, Loaded, LoadedPackage, LoadingProcess, PackageType, Resource, RunningKernel, StaleCopy,
};
use serde_json::{Value, json};

use super::*;
use crate::{
    Advisory, Affected, CvssVector, Exploited, FixState, Ssvc, VexStatus,
    matching::tests::{Double, advisory, affected, distribution, package},
};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// A host with packages; what is not said is not read.
struct Host {
    packages: Vec<Package>,
    loaded: Option<Loaded>,
    listeners: Option<Value>,
    distribution: Option<Distribution>,
    kind: &'static str,
}

impl Host {
    fn new(packages: Vec<Package>) -> Self {
        Self { packages, loaded: None, listeners: None, distribution: Some(distribution("debian", "12")), kind: "host" }
    }

    fn snapshot(&self) -> Snapshot {
        let target = ResourceId::host("m");
        let resource = |id: ResourceId, kind: &str, name: String| Resource {
            id,
            kind: Kind::new(kind),
            name,
            scope: "host://m".into(),
        };
        let mut facets = BTreeMap::from([(
            "software".to_owned(),
            Facet::collected(json!({"distribution": self.distribution}), NOW),
        )]);
        if let Some(loaded) = &self.loaded {
            facets.insert("loaded".into(), Facet::collected(json!(loaded), NOW));
        }
        if let Some(listeners) = &self.listeners {
            facets.insert("listeners".into(), Facet::collected(listeners.clone(), NOW));
        }
        let mut observations =
            vec![Observation { resource: resource(target.clone(), self.kind, "web-1".into()), facets }];
        for package in &self.packages {
            observations.push(Observation {
                resource: resource(target.child("package", &package.key()), "host.package", package.name.clone()),
                facets: BTreeMap::from([("package".to_owned(), Facet::collected(json!(package), NOW))]),
            });
        }
        Snapshot {
            target: target.as_str().to_owned(),
            started: NOW,
            finished: NOW,
            observations,
            edges: Vec::new(),
            listings: Vec::new(),
        }
    }

    fn judge(&self, database: &Double) -> Judgement {
        self.judge_after(database, &[], &[])
    }

    fn judge_after(&self, database: &Double, vex: &[VexStatement], previous: &[FindingKey]) -> Judgement {
        let previous = previous.iter().cloned().collect();
        judge_with(&self.snapshot(), Some(database), &Policy::default(), vex, &previous, NOW).unwrap()
    }
}

fn openssl(version: &str) -> Package {
    package(PackageType::Deb, "libssl3", version, Some(("openssl", version)))
}

fn row(cve: &str, package: &str, text: &str) -> (Advisory, Affected) {
    (advisory(cve, &[cve], &[]), affected("Debian:12", package, text, FixState::Affected))
}

fn key(package: &Package, check: &str) -> FindingKey {
    FindingKey { check: CheckId(check.into()), resource: ResourceId::host("m").child("package", &package.key()) }
}

fn process(executable: &str, listens: &[&str], exposed: bool) -> LoadingProcess {
    LoadingProcess {
        executable: executable.into(),
        user: "www-data".into(),
        unit: Some("nginx.service".into()),
        count: 2,
        listens: listens.iter().map(|socket| (*socket).to_owned()).collect(),
        exposed,
    }
}

fn in_memory(package: &Package, processes: Vec<LoadingProcess>, stale: Option<StaleCopy>) -> Loaded {
    let entry = LoadedPackage { package: package.key(), files: vec!["/usr/lib/x.so".into()], stale, processes };
    Loaded { complete: true, packages: vec![entry], ..Loaded::default() }
}

fn body(judged: &Judged) -> &Value {
    &judged.verdict.evidence[0]
}

fn states(judgement: &Judgement) -> Vec<(&str, State)> {
    judgement.judged.iter().map(|judged| (judged.check.as_str(), judged.verdict.state)).collect()
}

#[test]
fn a_line_holds_all_that_is_known() {
    let mut database = Double::new(vec![row("CVE-2024-1", "openssl", "introduced 0, fixed 3.0.13-1~deb12u1")]);
    database.records.push(VulnerabilityRecord {
        cve: "CVE-2024-1".into(),
        kev: Some(Exploited { added: "2024-02-01".into(), due: None, ransomware: true, name: "OpenSSL".into() }),
        epss: Some(0.93),
        epss_percentile: Some(0.99),
        ssvc: Some(Ssvc {
            exploitation: "poc".into(),
            automatable: "yes".into(),
            technical_impact: "total".into(),
            date: None,
        }),
        cvss: vec![CvssVector {
            vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H".into(),
            source: "nvd".into(),
            score: Some(9.8),
        }],
        ..VulnerabilityRecord::default()
    });
    let installed = openssl("3.0.11-1");
    let host = Host {
        loaded: Some(in_memory(&installed, vec![process("/usr/sbin/nginx", &["tcp 0.0.0.0:443"], true)], None)),
        listeners: Some(json!({"sockets": [{"address": "0.0.0.0", "reach": "any"}]})),
        ..Host::new(vec![installed])
    };
    let judgement = host.judge(&database);
    let [judged] = judgement.judged.as_slice() else { panic!("{:?}", judgement.judged) };
    assert_eq!((judged.verdict.state, judged.severity), (State::Fail, Severity::Critical));
    assert!(judged.risk >= 90, "loaded, reachable, exploited: {}", judged.risk);
    let body = body(judged);
    for (field, want) in [
        ("/cve", json!("CVE-2024-1")),
        ("/package/name", json!("libssl3")),
        ("/package/purl", json!("pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12&upstream=openssl%403.0.11-1")),
        ("/fixed", json!("3.0.13-1~deb12u1")),
        ("/fix_state", json!("fixed")),
        ("/action", json!("upgrade")),
        ("/manager", json!("apt")),
        ("/ssvc", json!("act")),
        ("/ssvc_points/exploitation", json!("active")),
        ("/kev", json!(true)),
        ("/kev_details/added", json!("2024-02-01")),
        ("/epss", json!(0.93)),
        ("/cvss/score", json!(9.8)),
        ("/loaded", json!(true)),
        ("/exposure", json!("adjacent")),
        ("/exposure_from", json!("listeners")),
        ("/alert", json!(true)),
        ("/environment", Value::Null),
        ("/risk", json!(judged.risk)),
        ("/advisory_url", json!("https://security-tracker.debian.org/tracker/CVE-2024-1")),
    ] {
        let got = body.pointer(field).unwrap_or(&Value::Null);
        let same = got == &want
            || (field.ends_with("purl")
                && got.as_str().is_some_and(|purl| purl.starts_with("pkg:deb/debian/libssl3@3.0.11-1")));
        assert!(same, "{field}: {got}");
    }
    let parts: u64 = body["risk_parts"].as_object().unwrap().values().map(|part| part.as_u64().unwrap()).sum();
    assert_eq!(parts, u64::from(judged.risk), "the parts are the number");
    let reasons: Vec<&str> =
        body["reasons"].as_array().unwrap().iter().map(|reason| reason.as_str().unwrap()).collect();
    assert!(
        reasons.contains(&"`nginx` (user www-data) has it in memory and listens on 0.0.0.0:443"),
        "full sentences: {reasons:?}"
    );
    assert_eq!(judgement.coverage.assessed, 1);
    assert_eq!(judgement.coverage.database, Some(("h".into(), NOW, 0)));
}

#[test]
fn what_nobody_said_is_null_or_unknown() {
    let database = Double::new(vec![row("CVE-1", "openssl", "introduced 0")]);
    let judgement = Host::new(vec![openssl("1")]).judge(&database);
    let body = body(&judgement.judged[0]);
    for field in ["fixed", "ssvc", "epss", "epss_percentile", "cvss", "kev_details", "exposure", "published"] {
        assert_eq!(body[field], Value::Null, "{field}");
    }
    assert_eq!(
        (&body["loaded"], &body["kev"], &body["fix_state"]),
        (&json!("unknown"), &json!(false), &json!("not_fixed"))
    );
    assert_eq!(body["severity_from"], json!("unknown"));
    assert_eq!(judgement.judged[0].severity, Severity::Medium, "medium stands for unknown");
}

#[test]
fn what_runs_raises_the_rank_and_what_is_stopped_lowers_it() {
    let database = Double::new(vec![row("CVE-1", "openssl", "introduced 0, fixed 2")]);
    let installed = openssl("1");
    let risk = |loaded: Option<Loaded>| {
        let host = Host { loaded, ..Host::new(vec![openssl("1")]) };
        host.judge(&database).judged[0].risk
    };
    let stopped = risk(Some(Loaded { complete: true, ..Loaded::default() }));
    let closed = risk(Some(Loaded { complete: false, ..Loaded::default() }));
    let untellable = risk(Some(Loaded { complete: true, untellable: vec![installed.key()], ..Loaded::default() }));
    let running = risk(Some(in_memory(&installed, vec![process("/usr/bin/x", &[], false)], None)));
    let listening = risk(Some(in_memory(&installed, vec![process("/usr/bin/x", &["tcp 10.0.0.1:1"], true)], None)));
    assert!(stopped < closed && closed == untellable && closed == risk(None), "{stopped} {closed} {untellable}");
    assert!(closed < running && running < listening, "{closed} {running} {listening}");
}

#[test]
fn an_older_copy_in_memory_is_closed_by_a_restart() {
    let database = Double::new(vec![
        row("CVE-1", "openssl", "introduced 0, fixed 3.0.13-1"),
        row("CVE-2", "openssl", "introduced 0, fixed 9"),
    ]);
    let installed = openssl("3.0.13-1");
    let stale = |version: Option<&str>| StaleCopy {
        version: version.map(str::to_owned),
        executables: vec!["/usr/sbin/nginx".into()],
    };
    let host = |version| Host {
        loaded: Some(in_memory(&installed, vec![process("/usr/sbin/nginx", &[], false)], Some(stale(version)))),
        ..Host::new(vec![openssl("3.0.13-1")])
    };
    let judgement = host(Some("3.0.11-1")).judge(&database);
    assert_eq!(states(&judgement), [("vuln.CVE-1", State::Fail), ("vuln.CVE-2", State::Fail)]);
    let first = body(&judgement.judged[0]);
    assert_eq!(
        (&first["action"], &first["stale"], &first["fixed"]),
        (&json!("restart"), &json!(true), &json!("3.0.13-1"))
    );
    assert_eq!((&first["restart"], &first["stale_version"]), (&json!(["nginx.service"]), &json!("3.0.11-1")));
    assert_eq!(body(&judgement.judged[1])["action"], json!("upgrade"), "the installed version has it too");

    let known = [key(&installed, "vuln.CVE-1"), key(&installed, "vuln.CVE-2")];
    let judgement = host(None).judge_after(&database, &[], &known);
    assert_eq!(
        states(&judgement),
        [("vuln.CVE-1", State::Unknown), ("vuln.CVE-2", State::Fail)],
        "of which version the copy is is not known, so nothing is over"
    );
    let none = Host::new(vec![openssl("3.0.13-1")]).judge_after(&database, &[], &known);
    assert_eq!(states(&none), [("vuln.CVE-1", State::Pass), ("vuln.CVE-2", State::Fail)], "no copy: it is over");
}

#[test]
fn an_older_kernel_that_runs_is_closed_by_a_reboot() {
    let database = Double::new(vec![
        row("CVE-1", "linux", "introduced 0, fixed 6.1.99-1"),
        row("CVE-2", "linux", "introduced 0, fixed 6.1.120-1"),
    ]);
    let image = |name: &str, version: &str| {
        package(PackageType::Deb, name, version, Some(("linux-signed-amd64", &version.replace('-', "+"))))
    };
    let old = image("linux-image-6.1.0-21-amd64", "6.1.90-1");
    let host = Host {
        loaded: Some(Loaded {
            complete: true,
            kernel: Some(RunningKernel {
                release: "6.1.0-21-amd64".into(),
                version: Some("6.1.90-1".into()),
                package: Some(old.key()),
            }),
            ..Loaded::default()
        }),
        ..Host::new(vec![old, image("linux-image-6.1.0-23-amd64", "6.1.99-1")])
    };
    let judgement = host.judge(&database);
    let got: Vec<(&str, &str, &Value, &Value)> = judgement
        .judged
        .iter()
        .map(|judged| {
            let body = body(judged);
            (judged.check.as_str(), body["package"]["version"].as_str().unwrap(), &body["action"], &body["loaded"])
        })
        .collect();
    assert_eq!(
        got,
        [
            ("vuln.CVE-1", "6.1.90-1", &json!("reboot"), &json!(true)),
            ("vuln.CVE-2", "6.1.90-1", &json!("upgrade"), &json!(true)),
            ("vuln.CVE-2", "6.1.99-1", &json!("upgrade"), &json!(false)),
        ]
    );
}

#[test]
fn what_is_over_is_proven_or_unknown() {
    let mut withdrawn = row("CVE-3", "openssl", "introduced 0");
    withdrawn.0.withdrawn = true;
    let mut denied = row("CVE-4", "openssl", "");
    denied.1.state = FixState::NotAffected;
    let mut database = Double::new(vec![
        row("CVE-1", "openssl", "introduced 0, fixed 3.0.11-1"),
        row("CVE-2", "openssl", "introduced 0"),
        withdrawn,
        denied,
        row("CVE-5", "openssl", "introduced 0, limit 2"),
        row("CVE-7", "openssl", "introduced 0"),
    ]);
    database.records.push(VulnerabilityRecord {
        cve: "CVE-7".into(),
        rejected: true,
        ..VulnerabilityRecord::default()
    });
    let installed = openssl("3.0.13-1");
    let checks = ["vuln.CVE-1", "vuln.CVE-2", "vuln.CVE-3", "vuln.CVE-4", "vuln.CVE-5", "vuln.CVE-6", "vuln.CVE-7"];
    let known = checks.map(|check| key(&installed, check));
    let elsewhere = key(&package(PackageType::Deb, "gone", "1", None), "vuln.CVE-9");
    let previous: Vec<FindingKey> = known.into_iter().chain([elsewhere]).collect();
    let judgement = Host::new(vec![installed]).judge_after(&database, &[], &previous);
    let got: Vec<(&str, State, &str)> = judgement
        .judged
        .iter()
        .map(|judged| (judged.check.as_str(), judged.verdict.state, judged.verdict.reason.as_str()))
        .collect();
    for ((check, state, reason), (want_check, want, words)) in got.iter().zip([
        ("vuln.CVE-1", State::Pass, "installed 3.0.13-1 is not below the fix 3.0.11-1"),
        ("vuln.CVE-2", State::Fail, "there is no fix"),
        ("vuln.CVE-3", State::Pass, "withdrawn"),
        ("vuln.CVE-4", State::Pass, "does not have it"),
        ("vuln.CVE-5", State::Pass, "not among those"),
        ("vuln.CVE-6", State::Unknown, "no advisory of the database speaks of it".split_at(12).0),
        ("vuln.CVE-7", State::Pass, "rejected"),
    ]) {
        assert_eq!((*check, *state), (want_check, want), "{reason}");
        assert!(reason.contains(words), "{check}: {reason}");
    }
    assert_eq!(got.len(), checks.len(), "a resource that is gone is the store's to end");
}

#[test]
fn what_cannot_be_assessed_is_unknown_and_said() {
    let known = key(&openssl("1"), "vuln.CVE-1");
    let previous: HashSet<FindingKey> = HashSet::from([known]);
    let snapshot = Host::new(vec![openssl("1")]).snapshot();
    let judgement = judge_with(&snapshot, None, &Policy::default(), &[], &previous, NOW).unwrap();
    assert_eq!(states(&judgement), [("vuln.CVE-1", State::Unknown)]);
    assert_eq!((judgement.coverage.assessed, &judgement.coverage.database), (0, &None));
    assert_eq!(judgement.coverage.not_assessed[0].0.reason, "there is no vulnerability database");

    // A facet that was not read.
    let mut denied = snapshot.clone();
    denied.observations[1].facets.insert("package".into(), Facet::missing(FacetStatus::Denied, "closed", NOW));
    let database = Double::new(vec![row("CVE-1", "openssl", "introduced 0")]);
    let judgement = judge_with(&denied, Some(&database), &Policy::default(), &[], &previous, NOW).unwrap();
    assert_eq!(states(&judgement), [("vuln.CVE-1", State::Unknown)]);

    // No distribution, another kind, no version.
    let odd = Host {
        distribution: None,
        ..Host::new(vec![
            openssl("1"),
            package(PackageType::Generic, "blob", "1", None),
            package(PackageType::Npm, "x", "", None),
            package(PackageType::Npm, "y", "1.0.0", None),
            package(PackageType::Npm, "z", "1.0.0", None),
        ])
    };
    let judgement = odd.judge(&database);
    assert_eq!(judgement.judged, []);
    let not: Vec<(&str, u64)> =
        judgement.coverage.not_assessed.iter().map(|(what, count)| (what.package.as_str(), *count)).collect();
    assert_eq!(
        not,
        [("deb/libssl3", 1), ("generic/blob@1", 1), ("npm/x@", 1), ("npm", 2)],
        "by type and reason; one alone by its key"
    );
}

#[test]
fn a_version_that_cannot_be_ordered_is_one_unknown_and_ends_when_it_can() {
    let mut database = Double::new(vec![
        (advisory("CVE-1", &[], &[]), affected("PyPI", "x", "introduced 0, fixed 2", FixState::Affected)),
        (advisory("CVE-2", &[], &[]), affected("PyPI", "x", "introduced 0, fixed 3", FixState::Affected)),
    ]);
    let odd = package(PackageType::Pypi, "x", "latest", None);
    let judgement = Host::new(vec![odd.clone()]).judge_after(&database, &[], &[key(&odd, "vuln.CVE-1")]);
    assert_eq!(states(&judgement), [("vuln.CVE-1", State::Unknown), (UNORDERED, State::Unknown)]);
    assert_eq!(judgement.coverage.not_assessed.len(), 1);

    // One advisory alone.
    database.said.push((advisory("CVE-3", &[], &[]), affected("PyPI", "x", "introduced odd one", FixState::Affected)));
    let even = package(PackageType::Pypi, "x", "2.5", None);
    let judgement = Host::new(vec![even.clone()]).judge_after(&database, &[], &[key(&even, UNORDERED)]);
    assert_eq!(
        states(&judgement),
        [("vuln.CVE-2", State::Fail), ("vuln.CVE-3", State::Unknown), (UNORDERED, State::Pass)]
    );
}

#[test]
fn statements_take_matches_away_with_their_author() {
    let database = Double::new(vec![
        row("CVE-1", "openssl", "introduced 0, fixed 2"),
        row("CVE-2", "openssl", "introduced 0, fixed 2"),
        row("CVE-3", "openssl", "introduced 0, fixed 2"),
    ]);
    let statement = |cve: &str, status, at: i64| VexStatement {
        ids: vec![cve.into()],
        purl: Some("pkg:deb/debian/libssl3".into()),
        product: None,
        status,
        justification: Some("vulnerable_code_not_present".into()),
        statement: String::new(),
        author: "Ops".into(),
        at: Timestamp::from_second(at).ok(),
        file: "a.vex.json".into(),
    };
    let vex = [
        statement("CVE-1", VexStatus::NotAffected, 1),
        statement("CVE-2", VexStatus::Affected, 9),
        statement("CVE-2", VexStatus::NotAffected, 1),
        statement("CVE-3", VexStatus::UnderInvestigation, 1),
    ];
    let judgement = Host::new(vec![openssl("1")]).judge_after(&database, &vex, &[]);
    assert_eq!(
        states(&judgement),
        [("vuln.CVE-1", State::Pass), ("vuln.CVE-2", State::Fail), ("vuln.CVE-3", State::Fail)],
        "the later of two holds; under investigation stays"
    );
    let first = &judgement.judged[0];
    assert_eq!(first.risk, 0);
    assert!(
        first.verdict.reason.contains("Ops") && first.verdict.reason.contains("a.vex.json"),
        "{}",
        first.verdict.reason
    );
    assert_eq!(body(first)["vex"]["justification"], json!("vulnerable_code_not_present"));
    assert_eq!(judgement.coverage.vex_not_affected, 1);
}

#[test]
fn inputs_change_with_what_a_verdict_is_made_from() {
    let database = Double::new(vec![row("CVE-1", "openssl", "introduced 0, fixed 2")]);
    let hash = |host: &Host, database: &Double| host.judge(database).judged[0].inputs;
    let plain = Host::new(vec![openssl("1")]);
    let first = hash(&plain, &database);
    assert_eq!(first, hash(&plain, &database), "the same again");
    let mut newer = Double::new(database.said.clone());
    newer.status.hash = "another".into();
    assert_ne!(first, hash(&plain, &newer), "another database");
    let running = Host { loaded: Some(Loaded::default()), ..Host::new(vec![openssl("1")]) };
    assert_ne!(first, hash(&running, &database), "memory");
    assert_ne!(first, hash(&Host::new(vec![openssl("1.1")]), &database), "the package");
}

#[test]
fn a_policy_sets_environment_exposure_and_threshold() {
    let mut database = Double::new(vec![row("CVE-1", "openssl", "introduced 0, fixed 2")]);
    database.records.push(VulnerabilityRecord {
        cve: "CVE-1".into(),
        cvss: vec![CvssVector {
            vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H".into(),
            source: "nvd".into(),
            score: None,
        }],
        ..VulnerabilityRecord::default()
    });
    let snapshot = Host::new(vec![openssl("1")]).snapshot();
    let with = |text: &str| {
        let policy = Policy::parse("p", text).unwrap();
        let judgement = judge_with(&snapshot, Some(&database), &policy, &[], &HashSet::new(), NOW).unwrap();
        (judgement.judged[0].risk, body(&judgement.judged[0]).clone())
    };
    let (open, body) =
        with("environments: [{name: prod, targets: ['web-*'], exposure: internet, mission: high, alert: {risk: 10}}]");
    assert_eq!(
        (&body["environment"], &body["exposure"], &body["alert"]),
        (&json!("prod"), &json!("internet"), &json!(true))
    );
    assert_eq!(body["ssvc_points"]["mission"], json!("high"));
    let (closed, body) = with("environments: [{name: lab, targets: ['host://m'], exposure: isolated}]");
    assert_eq!((&body["cvss"]["score"], &body["cvss"]["environmental"]), (&json!(9.8), &json!(8.4)));
    assert_eq!(body["alert"], json!(false));
    assert!(closed < open, "{closed} {open}");
}

#[test]
fn an_images_system_packages_are_rebuilt() {
    let database = Double::new(vec![row("CVE-1", "openssl", "introduced 0, fixed 2")]);
    let judgement = Host { kind: "image", ..Host::new(vec![openssl("1")]) }.judge(&database);
    assert_eq!(body(&judgement.judged[0])["action"], json!("rebuild"));
}

#[test]
fn a_thousand_packages_with_many_advisories_are_judged_once_each() {
    let said: Vec<(Advisory, Affected)> = (0..300)
        .flat_map(|n| (0..4).map(move |m| (n, m)))
        .map(|(n, m)| row(&format!("CVE-{n}-{m}"), &format!("source{n}"), &format!("introduced 0, fixed {m}")))
        .collect();
    let mut database = Double::new(said);
    database.status.fixed_only = vec!["Debian:12".into(), "Alpine:v3.19".into()];
    let packages = (0..1000)
        .map(|n| {
            let source = format!("source{}", n % 300);
            package(PackageType::Deb, &format!("binary{n}"), "2", Some((&source, "2")))
        })
        .collect();
    let judgement = Host::new(packages).judge(&database);
    assert_eq!(judgement.judged.len(), 1000, "of four, one is above 2");
    assert_eq!(judgement.coverage.assessed, 1000);
    assert_eq!(judgement.coverage.fixed_only, ["Debian:12"], "of what was used");
}
