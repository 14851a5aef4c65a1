//! An accepted state, and what differs from it: `casemate drift`.
use casemate_testkit::{Casemate, ScratchRoot};
use serde_json::{Value, json};

const HOST: &str = "host://00112233445566778899aabbccddeeff";
const FACET: &str = "sysctl_persisted";
const SETTING: &str = "etc/sysctl.d/local.conf";

fn set(root: &ScratchRoot, value: u8) {
    root.write(SETTING, format!("kernel.kptr_restrict = {value}\n"));
}

/// Scans; gives the finding of drift, `null` where there is none.
fn scan(casemate: &Casemate, root: &ScratchRoot, more: &[&str]) -> Value {
    let args = ["scan", "--root", root.path(), "--format", "jsonl"];
    let lines = casemate.lines(&[&args[..], more].concat());
    lines.into_iter().find(|line| line["check"] == "drift.accepted_state").unwrap_or_default()
}

fn state(finding: &Value) -> Value {
    json!([finding["state"], finding["status"]])
}

#[test]
fn what_differs_from_an_accepted_state_is_a_finding_until_it_is_forgotten() {
    let (root, casemate) = (ScratchRoot::new(), Casemate::new());
    set(&root, 2);
    assert_eq!(scan(&casemate, &root, &[]), Value::Null, "nothing is accepted");
    let accept = ["drift", "accept", HOST, "--facet", FACET, "--note", "as built", "--author", "ana"];
    let said = casemate.run(&accept);
    assert_eq!(said.status, 0, "{}", said.stderr);
    let list = casemate.lines(&["drift", "list", "--format", "jsonl"]);
    assert_eq!(list.len(), 1, "{list:#?}");
    assert_eq!(
        (&list[0]["facet"], &list[0]["author"], &list[0]["note"]),
        (&json!(FACET), &json!("ana"), &json!("as built"))
    );

    for (value, want, why) in [
        (2, ["pass", "none"], "it is as it was accepted"),
        (0, ["fail", "new"], "it was changed"),
        (2, ["pass", "resolved"], "it was put back"),
        (1, ["fail", "reopened"], "changed again"),
    ] {
        set(&root, value);
        assert_eq!(state(&scan(&casemate, &root, &[])), json!(want), "{why}");
    }
    let failed = scan(&casemate, &root, &[]);
    assert_eq!(
        failed["evidence"],
        json!([{"facet": FACET, "path": "/values/kernel.kptr_restrict/value", "accepted": "2", "present": "1"}])
    );
    let shown = casemate.lines(&["drift", "show", HOST, "--format", "jsonl"]);
    assert_eq!((&shown[0]["state"], &shown[0]["path"]), (&json!("differs"), &failed["evidence"][0]["path"]));
    assert_eq!(scan(&casemate, &root, &["--check", "host.sysctl.*"]), Value::Null, "other checks were asked for");

    assert_eq!(casemate.run(&accept).status, 0);
    assert_eq!(state(&scan(&casemate, &root, &[])), json!(["pass", "resolved"]), "the present state was accepted");
    assert_eq!(casemate.run(&["drift", "forget", HOST]).status, 0);
    assert_eq!(scan(&casemate, &root, &[])["state"], "not_applicable");
    assert!(casemate.lines(&["drift", "list", "--format", "jsonl"]).is_empty());
}

#[test]
fn what_cannot_be_accepted_is_said() {
    let (root, casemate) = (ScratchRoot::new(), Casemate::new());
    set(&root, 2);
    scan(&casemate, &root, &[]);
    for (args, want) in [
        (vec!["accept"], "required"),
        (vec!["accept", HOST, "--tag", "a=b"], "cannot be used with"),
        (vec!["accept", HOST, "--facet", "nothing"], "has no facet `nothing`"),
        (vec!["accept", "host://other"], "host://other"),
        (vec!["accept", "--tag", "env"], "KEY=VALUE"),
        (vec!["accept", "--tag", "env=prod"], "no present resource has the tag"),
        (vec!["show", "host://other"], "host://other"),
        (vec!["forget", HOST], "casemate drift list"),
        (vec!["forget", "--tag", "env=prod"], "no state was accepted by this tag"),
    ] {
        let got = casemate.run(&[&["drift"], &args[..]].concat());
        assert_ne!(got.status, 0, "{args:?}");
        assert!(got.stderr.contains(want), "{args:?}: {}", got.stderr);
    }
}
