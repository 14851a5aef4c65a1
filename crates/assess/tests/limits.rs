//! Checks that explode: each is `unknown: exceeded limits` (or refused when loaded), and the others are still judged.
//! One test, since what one evaluation builds counts for the whole process.
#![expect(clippy::unwrap_used, reason = "helpers of tests; a failure there is a failure of the test")]
use std::{borrow::Cow, collections::BTreeMap};

use casemate_assess::{Assessor, Content, ContentSource, LoadOptions, Options, Shapes};
use casemate_estate::{Facet, Kind, Observation, Resource, ResourceId, Snapshot, State, Timestamp};
use serde_json::json;

fn check(name: &str, body: &str) -> (String, String) {
    let text = format!(
        "# METADATA\n# title: t\n# custom:\n#   id: t.{name}\n#   kind: host\n#   needs: [f]\n#   severity: low\n\
         #   area: kernel\n#   remediation: {{text: x}}\npackage casemate.t.{name}\n\nf := input.facets.f\n\n{body}\n\n\
         deny contains {{\"message\": \"no\"}} if not compliant\n"
    );
    (format!("checks/t/{name}.rego"), text)
}

#[test]
fn a_check_that_explodes_is_unknown_and_the_scan_goes_on() {
    let bombs = [
        (
            "loop",
            "compliant if { count([1 | some a in f.list; some b in f.list; some c in f.list; some d in f.list]) > 0 }",
        ),
        ("range", "compliant if count(numbers.range(1, 1000000000)) > 0"),
        ("range_step", "compliant if count(numbers.range_step(1, 1000000000000000, 1)) > 0"),
        ("range_edge", "compliant if count(numbers.range(-9000000000000000000, 9000000000000000000)) > 0"),
        ("shift", "compliant if bits.lsh(1, 100000000000) > 0"),
        (
            "double",
            "compliant if { a0 := f.text; a1 := concat(\"\", [a0, a0, a0, a0, a0, a0, a0, a0]); a2 := concat(\"\", [a1, a1, a1, a1, a1, a1, a1, a1]); a3 := concat(\"\", [a2, a2, a2, a2, a2, a2, a2, a2]); a4 := concat(\"\", [a3, a3, a3, a3, a3, a3, a3, a3]); a5 := concat(\"\", [a4, a4, a4, a4, a4, a4, a4, a4]); a6 := concat(\"\", [a5, a5, a5, a5, a5, a5, a5, a5]); a7 := concat(\"\", [a6, a6, a6, a6, a6, a6, a6, a6]); count(a7) > 0 }",
        ),
        (
            "print",
            "compliant if { a0 := f.text; a1 := sprintf(\"%s%s%s%s%s%s%s%s\", [a0, a0, a0, a0, a0, a0, a0, a0]); a2 := sprintf(\"%s%s%s%s%s%s%s%s\", [a1, a1, a1, a1, a1, a1, a1, a1]); a3 := sprintf(\"%s%s%s%s%s%s%s%s\", [a2, a2, a2, a2, a2, a2, a2, a2]); a4 := sprintf(\"%s%s%s%s%s%s%s%s\", [a3, a3, a3, a3, a3, a3, a3, a3]); a5 := sprintf(\"%s%s%s%s%s%s%s%s\", [a4, a4, a4, a4, a4, a4, a4, a4]); a6 := sprintf(\"%s%s%s%s%s%s%s%s\", [a5, a5, a5, a5, a5, a5, a5, a5]); count(a6) > 0 }",
        ),
        ("width", "compliant if count(sprintf(\"%1000000000d\", [1])) > 0"),
        (
            "replace",
            "compliant if { a := replace(f.text, \"x\", f.text); b := replace(a, \"x\", f.text); c := replace(b, \"x\", f.text); d := replace(c, \"x\", f.text); count(d) > 0 }",
        ),
        (
            "regex_replace",
            "compliant if { a := regex.replace(f.text, \"x\", f.text); b := regex.replace(a, \"x\", f.text); c := regex.replace(b, \"x\", f.text); d := regex.replace(c, \"x\", f.text); count(d) > 0 }",
        ),
        (
            "collect",
            "compliant if { a := [concat(\"\", [f.text, sprintf(\"%v\", [x + y])]) | some x in f.list; some y in f.list; some z in f.list; some w in f.list]; count(a) > 0 }",
        ),
        (
            "shared",
            "compliant if { a0 := [f.list, f.list]; a1 := [a0, a0, a0, a0, a0, a0, a0, a0]; a2 := [a1, a1, a1, a1, a1, a1, a1, a1]; a3 := [a2, a2, a2, a2, a2, a2, a2, a2]; a4 := [a3, a3, a3, a3, a3, a3, a3, a3]; a5 := [a4, a4, a4, a4, a4, a4, a4, a4]; a6 := [a5, a5, a5, a5, a5, a5, a5, a5]; a7 := [a6, a6, a6, a6, a6, a6, a6, a6]; count(json.marshal(a7)) > 0 }",
        ),
        (
            "lists",
            "compliant if { a0 := array.concat(f.list, f.list); a1 := array.concat(a0, a0); a2 := array.concat(a1, a1); a3 := array.concat(a2, a2); a4 := array.concat(a3, a3); a5 := array.concat(a4, a4); a6 := array.concat(a5, a5); a7 := array.concat(a6, a6); a8 := array.concat(a7, a7); a9 := array.concat(a8, a8); b0 := array.concat(a9, a9); b1 := array.concat(b0, b0); b2 := array.concat(b1, b1); b3 := array.concat(b2, b2); count(b3) > 0 }",
        ),
        ("regex", "compliant if regex.match(`((a{1,100}){1,100}){1,100}b`, f.text)"),
        (
            "power",
            "compliant if { a := 123456789123456789123456789; b := a * a * a * a * a * a * a * a; c := b * b * b * b * b * b * b * b; d := c * c * c * c * c * c * c * c; g := [1 | some x in f.list; some y in f.list; d * d * x * y > 1]; count(g) > 0 }",
        ),
    ];
    let mut files: Vec<(Cow<'static, str>, Cow<'static, str>)> =
        vec![("baselines/all.yaml".into(), "{id: all, title: All, description: All., checks: ['*']}".into())];
    let good = ("good", "compliant if count(f.list) > 0");
    for (name, body) in bombs.iter().chain([&good]) {
        let (path, text) = check(name, body);
        files.push((path.into(), text.into()));
    }
    let content = Content::load(&[ContentSource::Embedded(files)], &Shapes::new(), &LoadOptions::default());
    assert!(content.errors().is_empty(), "{:?}", content.errors());
    let value = json!({"text": "x".repeat(4096), "list": (0..400).collect::<Vec<i32>>()});
    let at = Timestamp::UNIX_EPOCH;
    let resource = Resource { id: ResourceId::host("m"), kind: Kind::new("host"), name: "m".into(), scope: "m".into() };
    let facets = BTreeMap::from([("f".to_owned(), Facet::collected(value, at))]);
    let snapshot = Snapshot {
        target: "m".into(),
        started: at,
        finished: at,
        observations: vec![Observation { resource, facets }],
        edges: Vec::new(),
        listings: Vec::new(),
    };
    let verdict = |name: &str| {
        // Shorter than the default, since each bomb takes all of it.
        let time_limit = std::time::Duration::from_millis(250);
        let options = Options { time_limit, only: vec![format!("t.{name}")], ..Options::default() };
        let assessor = Assessor::new(&content, "all", options).unwrap();
        let mut assessment = assessor.assess(&snapshot, &|_| None, at, &|_, _| {});
        assert_eq!(assessment.judged.len(), 1, "{name}");
        assessment.judged.remove(0).verdict
    };
    // One by one, so that the peak of each can be told.
    for (name, _) in &bombs {
        let verdict = verdict(name);
        assert_eq!((verdict.state, verdict.reason.as_str()), (State::Unknown, "exceeded limits"), "{name}");
        let peak = peak_mib();
        assert!(peak < 400, "{name} took {peak} MiB");
    }
    assert_eq!(verdict("good").state, State::Pass, "the others are still judged");
    // And all together.
    let assessor = Assessor::new(&content, "all", Options::default()).unwrap();
    let assessment = assessor.assess(&snapshot, &|_| None, at, &|_, _| {});
    assert_eq!(assessment.judged.len(), bombs.len() + 1);
    for judged in &assessment.judged {
        let want = if judged.check.as_str() == "t.good" { State::Pass } else { State::Unknown };
        assert_eq!(judged.verdict.state, want, "{}", judged.check);
    }
}

/// The most memory that this process ever held.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}
