//! What the store keeps between scans: differences, the life of findings, decisions, verdicts taken over.
use casemate_estate::{ExemptionKind, Timestamp};
use casemate_store::{NewExemption, SqliteStore, Store};
use casemate_testkit::{Casemate, ScratchRoot};
use jiff::SignedDuration;
use serde_json::{Value, json};

const HOST: &str = "host://00112233445566778899aabbccddeeff";
const CHECK: &str = "host.sysctl.kptr_restrict";
const SETTING: &str = "etc/sysctl.d/local.conf";

/// A machine that is scanned again and again with the checks of one parameter and its neighbour.
struct Machine {
    root: ScratchRoot,
    casemate: Casemate,
}

impl Machine {
    fn new() -> Self {
        Self { root: ScratchRoot::new(), casemate: Casemate::new() }
    }

    fn set(&self, value: u8) {
        self.root.write(SETTING, format!("kernel.kptr_restrict = {value}\n"));
    }

    /// Scans; gives the check's finding and the summary.
    fn scan(&self) -> (Value, Value) {
        let args = ["scan", "--root", self.root.path(), "--check", "host.sysctl.*", "--format", "jsonl"];
        let lines = self.casemate.lines(&args);
        (found(&lines), lines.last().unwrap().clone())
    }

    fn findings(&self, more: &[&str]) -> Vec<Value> {
        self.casemate.lines(&[&["findings", "--format", "jsonl"], more].concat())
    }
}

fn found(lines: &[Value]) -> Value {
    lines.iter().find(|line| line["check"] == CHECK).cloned().unwrap_or_default()
}

fn states(finding: &Value) -> Value {
    json!([finding["state"], finding["status"]])
}

#[test]
fn an_edited_file_is_the_one_difference_and_its_finding_lives() {
    let machine = Machine::new();
    machine.set(2);
    assert_eq!(states(&machine.scan().0), json!(["pass", "none"]));
    let nothing = machine.casemate.run(&["diff"]);
    assert!(nothing.stdout.contains("no earlier scan"), "{}", nothing.stdout);
    let first = Timestamp::now().to_string();

    for (value, want, why) in [
        (0, ["fail", "new"], "it fails for the first time"),
        (0, ["fail", "open"], "it fails still"),
        (1, ["pass", "resolved"], "1 is right too"),
        (0, ["fail", "reopened"], "it fails again"),
    ] {
        machine.set(value);
        assert_eq!(states(&machine.scan().0), json!(want), "{why}");
        assert_eq!(states(&found(&machine.findings(&[]))), json!(want), "the store says so too: {why}");
    }
    let changes = machine.casemate.lines(&["diff", "--format", "jsonl"]);
    assert_eq!(changes.len(), 1, "exactly the edit: {changes:#?}");
    for (name, want) in [
        ("resource", json!(HOST)),
        ("facet", json!("sysctl_persisted")),
        ("pointer", json!("/values/kernel.kptr_restrict/value")),
        ("change", json!("changed")),
        ("before", json!("1")),
        ("after", json!("0")),
    ] {
        assert_eq!(changes[0][name], want, "{name}");
    }
    let shown = machine.casemate.run(&["diff"]).stdout;
    assert!(shown.contains("sysctl_persisted/values/kernel.kptr_restrict/value"), "people read it too: {shown}");

    // Two parameters at once, one of them new: each is named by its own place, and nothing else.
    machine.root.write(SETTING, "kernel.kptr_restrict = 2\nkernel.dmesg_restrict = 1\n");
    let _ = machine.scan();
    let changes = machine.casemate.lines(&["diff", "--format", "jsonl"]);
    let places: Vec<_> = changes.iter().map(|c| json!([c["change"], c["pointer"]])).collect();
    assert_eq!(
        places,
        [json!(["added", "/values/kernel.dmesg_restrict"]), json!(["changed", "/values/kernel.kptr_restrict/value"])]
    );

    // The past is still there.
    assert_eq!(found(&machine.findings(&["--at", &first]))["state"], "pass");
    let since = machine.casemate.lines(&["diff", "--since", &first, "--format", "jsonl"]);
    assert_eq!(since.len(), 1, "2, 0, 1, 0 and 2 again: only the new parameter differs: {since:#?}");
    let history = machine.casemate.lines(&["history", HOST, "--format", "jsonl"]);
    let count = |event: &str, facet: &str| {
        history.iter().filter(|h| h["event"] == event && (facet.is_empty() || h["facet"] == facet)).count()
    };
    assert_eq!(count("appeared", ""), 1);
    assert_eq!(count("facet", "sysctl_persisted"), 5, "the first value and four edits");
    let id = found(&machine.findings(&[]))["id"].as_str().unwrap().to_owned();
    let events = machine.casemate.lines(&["history", &id, "--format", "jsonl"]);
    let told: Vec<_> = events.iter().map(|event| event["status"].as_str().unwrap()).collect();
    assert_eq!(told, ["none", "new", "open", "resolved", "reopened", "resolved"]);
}

#[test]
fn an_unchanged_root_is_not_judged_again() {
    let root = ScratchRoot::new();
    let casemate = Casemate::new();
    let scan = |more: &[&str]| {
        let lines = casemate.lines(&[&["scan", "--root", root.path(), "--format", "jsonl"], more].concat());
        let summary = lines.last().unwrap();
        let number = |value: &Value| value.as_u64().unwrap();
        (number(&summary["evaluated"]), number(&summary["reused"]), number(&summary["states"]["unknown"]))
    };
    let (all, reused, unknown) = scan(&[]);
    assert!(all >= 250 && reused == 0, "the first time all are judged: {all}, {reused}");
    // What could not be judged is tried again: a limit of time may hold this time.
    assert_eq!(scan(&[]), (unknown, all - unknown, unknown), "the second time, none of the others is");
    assert_eq!(scan(&["--fresh"]), (all, 0, unknown), "unless it is asked for");
    root.append(SETTING, "kernel.dmesg_restrict = 1\n");
    let (some, rest, unknown) = scan(&[]);
    assert!(some > unknown && some - unknown < all / 2, "only what reads the changed facet: {some} of {all}");
    assert_eq!(some + rest, all);
}

#[test]
fn an_exemption_is_counted_keeps_the_true_state_and_reopens_when_it_expires() {
    let machine = Machine::new();
    machine.set(0);
    assert_eq!(machine.scan().1["exempted"], 0);
    let add =
        machine.casemate.run(&["exempt", "add", "--check", CHECK, "--reason", "lab", "--author", "kay", "--mitigated"]);
    assert_eq!(add.status, 0, "{}", add.stderr);
    let (finding, summary) = machine.scan();
    assert_eq!(finding["state"], "fail", "the true state stays");
    assert_eq!(finding["exemption"]["kind"], "mitigated");
    assert_eq!(finding["exemption"]["reason"], "lab");
    assert_eq!(summary["exempted"], 1, "and it is counted");
    let fail_on = ["scan", "--root", machine.root.path(), "--check", CHECK, "--fail-on", "low"];
    assert_ne!(machine.casemate.run(&fail_on).status, 1, "what is exempted does not fail a pipeline");
    let hidden = machine.findings(&["--hide-exempted"]);
    assert_eq!(found(&hidden), Value::Null);
    assert_eq!(hidden.last().unwrap()["exempted"], 1, "hidden, but counted");

    let remove = machine.casemate.run(&["exempt", "remove", "e-1"]);
    assert_eq!(remove.status, 0, "{}", remove.stderr);
    assert_eq!(found(&machine.findings(&[]))["exemption"], Value::Null);
    assert_eq!(machine.casemate.run(&fail_on).status, 1, "now it does");

    let past = machine.casemate.run(&["exempt", "add", "--check", CHECK, "--reason", "lab", "--expires", "2020-01-01"]);
    assert_eq!(past.status, 4, "an exemption that is over before it begins is refused: {}", past.stderr);
    // One that ends at the next millisecond: a new process takes longer than that to start and scan.
    let now = Timestamp::now();
    let new = NewExemption {
        kind: ExemptionKind::Waiver,
        check: CHECK.into(),
        resource: "*".into(),
        reason: "until the move".into(),
        author: "kay".into(),
        expires: Some(now.checked_add(SignedDuration::from_millis(1)).unwrap()),
    };
    drop(SqliteStore::open(&machine.casemate.store()).unwrap().exemption_add(&new, now).unwrap());
    let (finding, summary) = machine.scan();
    assert_eq!(states(&finding), json!(["fail", "reopened"]), "an expired exemption reopens the finding");
    assert_eq!(finding["exemption"], Value::Null);
    assert_eq!(summary["exempted"], 0);
    let list = machine.casemate.run(&["exempt", "list"]).stdout;
    assert!(list.contains("expired"), "the list says so: {list}");
}

#[test]
fn a_suppression_hides_and_is_counted() {
    let machine = Machine::new();
    machine.set(0);
    let before = machine.scan().1["counts"]["fail"].as_u64().unwrap();
    let add = |expression: &str| machine.casemate.run(&["suppress", "add", expression, "--reason", "noise"]);
    let wrong = add("finding.chekc == 1");
    assert_eq!(wrong.status, 2, "a mistake is refused where its author sees it: {}", wrong.stderr);
    let right = add("finding.check == \"host.sysctl.kptr_restrict\"");
    assert_eq!(right.status, 0, "{}", right.stderr);

    let hidden = machine.findings(&[]);
    assert_eq!(found(&hidden), Value::Null, "it is out of the list");
    assert_eq!(hidden.last().unwrap()["suppressed"], 1, "but not out of the count");
    let shown = found(&machine.findings(&["--show-suppressed"]));
    assert_eq!(shown["state"], "fail", "with its true state");
    assert_eq!(shown["suppression"]["reason"], "noise");
    let (_, summary) = machine.scan();
    assert_eq!(summary["suppressed"], 1, "a new scan counts it too");
    assert_eq!(summary["counts"]["fail"], before - 1);
    assert_eq!(summary["states"]["fail"], before, "and all in their true states");
    let table = machine.casemate.run(&["findings"]).stdout;
    assert!(table.contains("1 suppressed"), "{table}");

    assert_eq!(machine.casemate.run(&["suppress", "remove", "s-1"]).status, 0);
    assert_eq!(found(&machine.findings(&[]))["state"], "fail");
}
