//! `casemate scan image`, from the command line to the store.
use std::{collections::BTreeSet, fs, process::Command};

use casemate_testkit::{
    Casemate, Outcome,
    registry::{REGISTRY_USER, Registry, Security, run},
};

use crate::sample::Sample;

/// The ids of all findings of a scan, and the scan's exit status.
fn findings(command: &mut Command) -> (BTreeSet<String>, i32) {
    let outcome = Outcome::of(command.output().unwrap());
    let lines = outcome.lines().into_iter().filter(|line| line["type"] == "finding");
    let found = lines.map(|line| format!("{} {} {}", line["check"], line["resource"]["id"], line["state"])).collect();
    assert!(!matches!(outcome.status, 2 | 4..), "{}: {}", outcome.status, outcome.stderr);
    (found, outcome.status)
}

#[test]
fn a_scan_takes_the_credentials_that_podman_login_left() {
    let Some(sample) = Sample::build() else { return };
    let Some(registry) = Registry::start(Security::Basic) else { return };
    registry.push(&sample.reference(), "team/app:1");
    let casemate = Casemate::new();
    let auth = casemate.directory().join("auth.json");
    let (user, password) = REGISTRY_USER;
    let (file, authority) = (auth.to_str().unwrap(), registry.authority());
    run("skopeo", &["login", "--authfile", file, "--tls-verify=false", "-u", user, "-p", password, registry.address()]);
    let image = format!("docker://{}/team/app:1", registry.address());
    let args = ["scan", "image", &image, "--format", "jsonl", "--ca-file", authority.to_str().unwrap()];
    let (found, status) = findings(casemate.command(&args).env("REGISTRY_AUTH_FILE", &auth));
    assert!(!found.is_empty());
    // The same image from its layout: the same findings of the same resource.
    let (again, again_status) =
        findings(&mut casemate.command(&["scan", "image", &sample.reference(), "--format", "jsonl"]));
    assert_eq!((found, status), (again, again_status));
    // Without the file nothing is given, and what would help is said.
    let outcome = casemate.run(&args);
    assert_ne!(outcome.status, 0);
    assert!(outcome.stderr.contains("sign in: give a user and a password"), "{}", outcome.stderr);
    let all = format!("{}{}", outcome.stdout, outcome.stderr);
    assert!(!all.contains(password) && !fs::read_to_string(auth).unwrap().is_empty());
}
