//! Every format of one scan, against what each format's own readers demand.
use std::collections::{BTreeMap, BTreeSet};

use casemate_testkit::{Casemate, Ocsf, ScratchRoot, corpus, junit_schema, xml_lint};
use serde_json::Value;

const FORMATS: [&str; 8] = ["table", "json", "jsonl", "html", "sarif", "ocsf", "csv", "junit"];
const STATES: [&str; 4] = ["pass", "fail", "unknown", "not_applicable"];

/// A scan of a scratch root, in every format; all but the first come from the store.
fn all_formats(root: &ScratchRoot) -> (Casemate, BTreeMap<&'static str, String>) {
    let casemate = Casemate::new();
    let scan = casemate.run(&["scan", "--root", root.path(), "--format", "jsonl"]);
    assert!(matches!(scan.status, 0 | 3), "{}", scan.stderr);
    let mut texts = BTreeMap::from([("scan", scan.stdout)]);
    for format in FORMATS {
        // The table of the store shows failures alone unless it is asked for all.
        let states = STATES.join(",");
        let outcome =
            casemate.run(&["findings", "--format", format, "--limit", "0", "--state", &states, "--show-suppressed"]);
        assert_eq!(outcome.status, 0, "{format}: {}", outcome.stderr);
        texts.insert(format, outcome.stdout);
    }
    (casemate, texts)
}

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn jsonl_has_every_field_of_the_interface_for_250_checks_of_this_machine() {
    let outcome = Casemate::new().run(&["scan", "--format", "jsonl"]);
    assert!(matches!(outcome.status, 0 | 3), "{}", outcome.stderr);
    let lines = outcome.lines();
    let findings: Vec<_> = lines.iter().filter(|line| line["type"] == "finding").collect();
    let checks: BTreeSet<_> = findings.iter().filter_map(|f| f["check"].as_str()).collect();
    assert!(checks.len() >= 250, "{} checks", checks.len());
    for finding in &findings {
        for (pointer, fits) in [
            ("/id", Value::is_string as fn(&Value) -> bool),
            ("/check", Value::is_string),
            ("/resource/id", Value::is_string),
            ("/resource/kind", Value::is_string),
            ("/resource/name", Value::is_string),
            ("/resource/scope", Value::is_string),
            ("/state", Value::is_string),
            ("/severity", Value::is_string),
            ("/risk", Value::is_u64),
            ("/reason", Value::is_string),
            ("/evidence", Value::is_array),
            ("/remediation/text", Value::is_string),
            ("/frameworks", Value::is_object),
            ("/first_seen", Value::is_string),
            ("/last_seen", Value::is_string),
        ] {
            assert!(finding.pointer(pointer).is_some_and(fits), "{pointer} of {finding}");
        }
        let state = finding["state"].as_str().unwrap();
        assert!(STATES.contains(&state), "{finding}");
        assert!(["low", "medium", "high", "critical"].contains(&finding["severity"].as_str().unwrap()), "{finding}");
        let explained = !finding["reason"].as_str().unwrap().is_empty();
        assert!(explained || !matches!(state, "fail" | "unknown"), "a failure and an unknown say why: {finding}");
    }
    let ids: BTreeSet<_> = findings.iter().filter_map(|f| f["id"].as_str()).collect();
    assert_eq!(ids.len(), findings.len(), "each finding has an id of its own");

    let summary = lines.last().unwrap();
    assert_eq!(summary["type"], "summary", "the summary is the last line");
    let counted: u64 = STATES.iter().map(|state| summary["states"][state].as_u64().unwrap()).sum();
    assert_eq!(counted, findings.len() as u64, "the four states add up to all");
    assert_eq!(summary["incomplete"] == true, outcome.status == 3, "the exit status says what the summary says");
}

#[test]
fn a_scan_of_a_root_has_all_four_states_and_every_format_tells_the_same() {
    let (casemate, texts) = all_formats(&ScratchRoot::new());
    let findings: Vec<Value> = objects(&texts["jsonl"]).into_iter().filter(|o| o["type"] == "finding").collect();
    let scanned = objects(&texts["scan"]);
    assert_eq!(scanned.len() - 1, findings.len(), "the store gives what the scan gave");
    let count = |state: &str| findings.iter().filter(|f| f["state"] == state).count();
    for state in STATES {
        assert!(count(state) > 0, "none is {state}");
    }

    let document: Value = serde_json::from_str(&texts["json"]).unwrap();
    assert_eq!(document["findings"].as_array().unwrap(), &findings);

    let mut reader = csv::Reader::from_reader(texts["csv"].as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let told = |id: &str, state: &str| (id.to_owned(), state.to_owned());
    let want: BTreeSet<_> =
        findings.iter().map(|f| told(f["id"].as_str().unwrap(), f["state"].as_str().unwrap())).collect();
    assert_eq!(rows.iter().map(|row| told(&row["id"], &row["state"])).collect::<BTreeSet<_>>(), want);

    for id in want.iter().filter(|(_, state)| state == "fail").map(|(id, _)| id) {
        assert!(texts["table"].contains(id.as_str()), "{id} is not in the table");
    }

    let sarif: Value = serde_json::from_str(&texts["sarif"]).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let kinds = |kind: &str| results.iter().filter(|result| result["kind"] == kind).count();
    for (kind, state) in [("pass", "pass"), ("fail", "fail"), ("open", "unknown"), ("notApplicable", "not_applicable")]
    {
        assert_eq!(kinds(kind), count(state), "SARIF's {kind} is {state}");
    }
    if let Some(schemas) = corpus("schemas") {
        let schema = std::fs::read_to_string(schemas.join("sarif/sarif-schema-2.1.0.json")).unwrap();
        let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
        let errors: Vec<_> =
            validator.iter_errors(&sarif).take(5).map(|e| format!("{e} {}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");

        let ocsf = Ocsf::load(&schemas.join("ocsf"));
        let events = objects(&texts["ocsf"]);
        assert_eq!(events.len(), findings.len() - count("not_applicable"), "an event for each judged finding");
        let wrong: BTreeSet<_> =
            events.iter().flat_map(|event| ocsf.problems("events/findings/compliance_finding.json", event)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        for (id, state) in [(1, "pass"), (2, "unknown"), (3, "fail")] {
            let n = events.iter().filter(|event| event["compliance"]["status_id"] == id).count();
            assert_eq!(n, count(state), "OCSF's compliance status {id} is {state}");
        }
    }

    let junit = casemate.directory().join("junit.xml");
    std::fs::write(&junit, &texts["junit"]).unwrap();
    for schema in [None, junit_schema().as_deref()] {
        if let Some(Err(complaint)) = xml_lint(&junit, schema) {
            panic!("{}", complaint.lines().take(5).collect::<Vec<_>>().join("\n"));
        }
    }
    let elements = |tag: &str| texts["junit"].matches(tag).count();
    assert_eq!(elements("<testcase "), findings.len());
    assert_eq!(elements("<failure "), count("fail"), "what fails is a failure");
    assert_eq!(elements("<error "), count("unknown"), "what could not be judged is never green");
}

#[test]
fn the_validator_of_ocsf_sees_what_is_wrong() {
    let Some(schemas) = corpus("schemas") else { return };
    let ocsf = Ocsf::load(&schemas.join("ocsf"));
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    let events =
        casemate.lines(&["scan", "--root", root.path(), "--check", "host.sshd.permit_root_login", "--format", "ocsf"]);
    let good = events.first().expect("one event");
    for (pointer, value, want, why) in [
        ("/class_uid", Value::from("2003"), "is no integer_t", "a number in quotes"),
        ("/severity_id", Value::from(7), "is none of", "a severity that does not exist"),
        ("/severity", Value::from("Awful"), "the text beside it says", "a caption of another value"),
        ("/type_uid", Value::from(200_399), "the class makes it", "a type of another activity"),
        ("/resources", Value::from("host"), "is no array", "one where several are expected"),
        ("/resources/0/colour", Value::from("red"), "is no attribute of", "a word that the schema does not know"),
        ("/finding_info/uid", Value::Null, "is required", "no id"),
        ("/impact_id", Value::from(1), "profile `incident`", "an attribute of a profile that is not applied"),
        ("/resource", serde_json::json!({"uid": "x"}), "is deprecated", "an attribute on its way out"),
        ("/metadata/version", Value::from("1.0.0"), "the schema is", "another release"),
    ] {
        let mut event = good.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let object = event.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        if value.is_null() {
            drop(object.remove(name));
        } else {
            drop(object.insert(name.to_owned(), value));
        }
        let problems = ocsf.problems("events/findings/compliance_finding.json", &event);
        assert!(problems.iter().any(|problem| problem.contains(want)), "{why}: {problems:?}");
    }
}

/// Names that command a terminal, forge a line, run in a spreadsheet or a browser.
const NAMES: [&str; 4] =
    ["=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "\u{1b}[31mred\u{1b}]0;x\u{7}", "a\u{202e}b"];

#[test]
fn hostile_names_are_harmless_in_every_format() {
    let root = ScratchRoot::new();
    for (i, name) in NAMES.iter().enumerate() {
        // A second root, so that checks name it.
        root.append("etc/passwd", &format!("{name}:x:0:0::/home/evil{i}:/bin/bash\n"));
        root.append("etc/shadow", &format!("{name}::19700:0:99999:7:::\n"));
        root.write(&format!("etc/sudoers.d/x{i}"), format!("\"{name}\" ALL=(ALL) NOPASSWD: ALL\n"));
    }
    let forged = "usr/bin/evil\n   0  low  forged\u{1b}[2J</script><script>alert(1)</script>";
    let (directory, _) = forged.rsplit_once('/').unwrap();
    std::fs::create_dir_all(root.at(directory)).unwrap();
    root.write(forged, "x");
    root.set_mode(forged, 0o6777);

    let (casemate, texts) = all_formats(&root);
    let named = objects(&texts["jsonl"]);
    for name in NAMES {
        assert!(named.iter().any(|f| f.to_string().contains(&Value::from(name).to_string()[1..][..4])), "{name:?}");
    }
    for (format, text) in &texts {
        let commands: BTreeSet<char> = text.chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert!(commands.is_empty(), "{format} holds control characters: {commands:?}");
    }
    assert!(!texts["table"].contains('\u{202e}'), "no text runs backwards");
    let forgeries = |text: &str| text.lines().any(|line| line.trim_start().starts_with("0  low  forged"));
    assert!(!forgeries(&texts["table"]), "a file name forged a line");

    let mut reader = csv::Reader::from_reader(texts["csv"].as_bytes());
    for row in reader.records().map(Result::unwrap) {
        for cell in &row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "a spreadsheet would run {cell:?}");
        }
    }
    assert!(!texts["html"].contains("<img"), "a name became an element");
    let scripts = texts["html"].matches("<script").count();
    let plain = all_formats(&ScratchRoot::new()).1["html"].matches("<script").count();
    assert_eq!(scripts, plain, "a name became a script");
    let junit = casemate.directory().join("junit.xml");
    std::fs::write(&junit, &texts["junit"]).unwrap();
    if let Some(Err(complaint)) = xml_lint(&junit, None) {
        panic!("{complaint}");
    }
}

#[test]
fn lists_are_read_by_people_and_by_programs() {
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    let scan = casemate.lines(&["scan", "--root", root.path(), "--check", "host.sysctl.*", "--format", "jsonl"]);
    let finding = scan[0]["id"].as_str().unwrap();
    let host = scan[0]["resource"]["id"].as_str().unwrap();
    for (args, least, why) in [
        (&["resources"] as &[&str], 3, "the host, sshd and users"),
        (&["resources", host], 1, "one resource"),
        (&["history", host], 10, "its facets appeared"),
        (&["history", finding], 1, "a finding appeared"),
        (&["explain", finding], 1, "a finding"),
        (&["explain", "host.sysctl.kptr_restrict"], 1, "a check"),
        (&["check", "explain", "host.sysctl.kptr_restrict"], 1, "a check, asked otherwise"),
        (&["check", "list"], 250, "checks"),
        (&["check", "list", "--baselines"], 7, "baselines"),
        (&["check", "list", "--frameworks"], 3, "frameworks"),
        (&["score"], 2, "an area and all"),
        (&["exempt", "list"], 0, "none is exempted"),
        (&["suppress", "list"], 0, "none is suppressed"),
        (&["doctor", "--root", root.path()], 1, "what needs a running system"),
    ] {
        let run = |format: &str| {
            let outcome = casemate.run(&[args, &["--format", format]].concat());
            assert!(matches!(outcome.status, 0 | 3), "{why}: {}", outcome.stderr);
            outcome
        };
        let table = run("table").stdout;
        assert!(!table.trim().is_empty(), "{why}: a table says something even where there is nothing");
        let lines = run("jsonl").lines();
        assert!(lines.len() >= least, "{why}: {} lines", lines.len());
        let document: Value = serde_json::from_str(&run("json").stdout).unwrap();
        match document.as_array() {
            Some(list) => assert_eq!(*list, lines, "{why}: the same as lines"),
            None => assert_eq!(vec![document], lines, "{why}: the same as a line"),
        }
    }
}
