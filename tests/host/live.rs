//! The machine that the tests run on: as root, as nobody, and with one kernel parameter changed.
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::chown,
    process::{Command, Stdio},
};

use casemate_testkit::{Casemate, Outcome, is_root, program_for_everybody};
use serde_json::Value;

/// Whether the test can run; it says why not.
fn root() -> bool {
    if !is_root() {
        eprintln!("skipped: only root can change a kernel parameter or become nobody");
    }
    is_root()
}

#[test]
fn this_machine_is_scanned_and_the_exit_status_says_whether_all_was_read() {
    let outcome = Casemate::new().run_bounded(&["scan"]);
    assert!(matches!(outcome.status, 0 | 3), "{}", outcome.stderr);
    let last = outcome.stdout.lines().last().unwrap();
    assert_eq!(outcome.status == 3, last.starts_with("incomplete: "), "the last line says so too: {last}");
    assert!(outcome.stdout.contains(" unknown  "), "the counts stand at the end");
}

/// A kernel parameter that gets its value back.
struct Parameter {
    path: &'static str,
    before: String,
}

impl Parameter {
    /// None where this machine does not let root write it, as in many containers.
    fn flip(path: &'static str) -> Option<Self> {
        let before = fs::read_to_string(path).ok()?.trim().to_owned();
        let parameter = Self { path, before };
        match fs::write(path, parameter.after()) {
            Ok(()) => Some(parameter),
            Err(error) => {
                eprintln!("skipped: cannot write {path}: {error}");
                None
            }
        }
    }

    fn after(&self) -> &'static str {
        if self.before == "1" { "0" } else { "1" }
    }
}

impl Drop for Parameter {
    fn drop(&mut self) {
        fs::write(self.path, &self.before).unwrap();
    }
}

#[test]
fn a_changed_kernel_parameter_is_exactly_the_difference() {
    if !root() {
        return;
    }
    let casemate = Casemate::new();
    let scan = || {
        let lines = casemate.lines(&["scan", "--check", "host.sysctl.*", "--format", "jsonl"]);
        lines.into_iter().find(|line| line["check"] == "host.sysctl.ipv4_log_martians").unwrap()
    };
    // Whether odd packets of the loopback interface are logged: nothing that runs notices.
    let path = "/proc/sys/net/ipv4/conf/lo/log_martians";
    let before = scan();
    let Some(parameter) = Parameter::flip(path) else { return };
    let during = scan();
    let changes = casemate.lines(&["diff", "--format", "jsonl"]);
    // The machine lives: its sockets and processes may change beside what this test changes.
    let parameters: Vec<_> = changes.iter().filter(|change| change["facet"] == "sysctl_running").collect();
    assert_eq!(parameters.len(), 1, "{parameters:#?}");
    let change = parameters[0];
    assert!(change["pointer"].as_str().unwrap().contains("net.ipv4.conf.lo.log_martians"), "{change}");
    assert_eq!(change["before"], Value::from(parameter.before.as_str()));
    assert_eq!(change["after"], Value::from(parameter.after()));
    drop(parameter);
    let after = scan();
    assert_eq!(before["state"], after["state"], "back again");
    assert_eq!(before["id"], during["id"], "the same finding throughout");
    let back = casemate.lines(&["diff", "--format", "jsonl"]);
    let back: Vec<_> = back.iter().filter(|change| change["facet"] == "sysctl_running").collect();
    assert_eq!(back.len(), 1, "{back:#?}");
    assert_eq!(back[0]["after"], change["before"]);
}

/// `resource id` and `facet name` of all that has this status.
fn missing(summary: &Value, status: &[&str]) -> BTreeSet<(String, String)> {
    let gaps = summary["gaps"].as_array().unwrap().iter();
    gaps.filter(|gap| status.contains(&gap["status"].as_str().unwrap()))
        .map(|gap| {
            // A part's facet is written with its kind before it.
            let facet = gap["facet"].as_str().unwrap().rsplit(' ').next().unwrap().to_owned();
            (gap["resource"].as_str().unwrap().to_owned(), facet)
        })
        .collect()
}

#[test]
fn nobody_gets_no_pass_from_a_file_that_only_root_may_read() {
    if !root() {
        return;
    }
    let casemate = Casemate::new();
    let privileged = casemate.lines(&["scan", "--format", "jsonl"]);
    let (place, program) = program_for_everybody(&Casemate::path());
    chown(place.path(), Some(65_534), Some(65_534)).unwrap();
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"])
        .arg(&program)
        .args(["scan", "--format", "jsonl"])
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", place.path())
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let nobody = Outcome::of(output);
    assert_eq!(nobody.status, 3, "it is incomplete: {}", nobody.stderr);
    assert!(nobody.stderr.contains("incomplete"), "and says so: {}", nobody.stderr);
    let lines = nobody.lines();
    let (summary, findings) = lines.split_last().unwrap();
    let (root_summary, root_findings) = privileged.split_last().unwrap();

    let denied = missing(summary, &["denied"]);
    for facet in ["accounts", "sudoers"] {
        assert!(denied.iter().any(|(_, name)| name == facet), "{facet} is denied to nobody: {denied:?}");
    }
    let needs: BTreeMap<String, Vec<String>> = casemate
        .lines(&["check", "list", "--format", "jsonl"])
        .iter()
        .map(|check| {
            let names = ["needs", "needs_if_supported"].iter().flat_map(|key| check[*key].as_array().unwrap());
            (check["id"].as_str().unwrap().to_owned(), names.map(|n| n.as_str().unwrap().to_owned()).collect())
        })
        .collect();
    let mut judged = 0;
    for finding in findings {
        let resource = finding["resource"]["id"].as_str().unwrap();
        let needed = &needs[finding["check"].as_str().unwrap()];
        if needed.iter().any(|facet| denied.contains(&(resource.to_owned(), facet.clone()))) {
            judged += 1;
            assert_eq!(finding["state"], "unknown", "{} needs what nobody cannot read", finding["check"]);
        }
    }
    assert!(judged >= 50, "only {judged} checks need what is denied");

    // More than the rule asks: where both could read, nobody never sees a pass that root does not see.
    let states = |findings: &[Value]| -> BTreeMap<(String, String), String> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        findings.iter().map(|f| ((text(&f["check"]), text(&f["resource"]["id"])), text(&f["state"]))).collect()
    };
    let unread = missing(root_summary, &["denied", "failed", "throttled"]);
    let rooted = states(root_findings);
    let wrong: Vec<_> = states(findings)
        .into_iter()
        .filter(|(_, state)| state == "pass")
        .filter(|(key, _)| rooted.get(key).is_some_and(|state| state == "fail" || state == "unknown"))
        .filter(|((check, resource), _)| {
            !needs[check].iter().any(|facet| unread.contains(&(resource.clone(), facet.clone())))
        })
        .collect();
    assert!(wrong.is_empty(), "nobody passes what root does not: {wrong:#?}");
}
