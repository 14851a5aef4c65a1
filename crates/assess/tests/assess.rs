//! Content as operators write it, and the verdicts that come from it.
#![expect(clippy::unwrap_used, reason = "helpers of tests; a failure there is a failure of the test")]
use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use casemate_assess::{Assessment, Assessor, Content, ContentSource, LoadOptions, Options, Remembered, Shapes};
use casemate_estate::{
    Edge, EdgeKind, Facet, FacetStatus, FindingKey, Kind, Listing, Observation, Resource, ResourceId, Snapshot, State,
    Timestamp,
};
use serde_json::{Value, json};

type Files = Vec<(Cow<'static, str>, Cow<'static, str>)>;

const BASELINE: &str = "{id: all, title: All, description: All., checks: ['*']}";

/// A METADATA block with the lines of `more` in `custom`, and the package.
fn head(id: &str, more: &str) -> String {
    let more: String = more.lines().map(|l| format!("#   {l}\n")).collect();
    format!(
        "# METADATA\n# title: A title\n# custom:\n#   id: {id}\n#   kind: host\n#   severity: medium\n#   area: kernel\n\
         {more}#   remediation: {{text: Do it.}}\npackage casemate.{id}\n\n"
    )
}

fn check(id: &str, more: &str, body: &str) -> (Cow<'static, str>, Cow<'static, str>) {
    (format!("checks/{}.rego", id.replace('.', "/")).into(), format!("{}{body}\n", head(id, more)).into())
}

fn load(mut files: Files) -> Content {
    files.push(("baselines/all.yaml".into(), BASELINE.into()));
    Content::load(&[ContentSource::Embedded(files)], &Shapes::new(), &LoadOptions::default())
}

fn at() -> Timestamp {
    "2026-01-31T10:00:00Z".parse().unwrap()
}

fn resource(kind: &str, name: &str) -> Resource {
    let id = if kind == "host" { ResourceId::host("m") } else { ResourceId::host("m").child(kind, name) };
    Resource { id, kind: Kind::new(kind), name: name.into(), scope: "m".into() }
}

fn snapshot(facets: &[(&str, Facet)]) -> Snapshot {
    let facets = facets.iter().map(|(n, f)| ((*n).to_owned(), f.clone())).collect();
    Snapshot {
        target: "m".into(),
        started: at(),
        finished: at(),
        observations: vec![Observation { resource: resource("host", "m"), facets }],
        edges: Vec::new(),
        listings: Vec::new(),
    }
}

fn collected(value: Value) -> Facet {
    Facet::collected(value, at())
}

fn assess(content: &Content, snapshot: &Snapshot) -> Assessment {
    assert_eq!(content.errors(), &[], "the content is right");
    Assessor::new(content, "all", Options::default()).unwrap().assess(snapshot, &|_| None, at(), &|_, _| {})
}

#[test]
fn the_verdict_rule() {
    let f = || collected(json!({"a": 1, "text": "x"}));
    let denied = || Facet::missing(FacetStatus::Denied, "cannot read /etc/x: permission denied", at());
    let unsupported = || Facet::missing(FacetStatus::Unsupported, "no running system", at());
    let deny = "deny contains {\"message\": \"a is wrong\", \"evidence\": input.facets.f.a} if input.facets.f.a == 2";
    let needs = "needs: [f]";
    let both = "needs: [f]\nneeds_if_supported: [g]";
    for (more, body, facets, want, reason, faults, why) in [
        (needs, format!("compliant if input.facets.f.a == 1\n{deny}"), vec![("f", f())], State::Pass, "", 0, "proven right"),
        (needs, format!("compliant if input.facets.f.a == 3\n{deny}"), vec![("f", f())], State::Unknown, "undecided: the check proves neither a pass nor a failure", 0, "neither proven right nor wrong"),
        (needs, format!("compliant if input.facets.f.missing == 1\n{deny}"), vec![("f", f())], State::Unknown, "undecided", 0, "a missing field is no pass"),
        (needs, "compliant if false\ndeny contains {\"message\": \"a is wrong\"} if input.facets.f.a == 1".into(), vec![("f", f())], State::Fail, "a is wrong", 0, "proven wrong"),
        (needs, "default compliant := false\ndeny contains {\"message\": \"b\"} if not compliant\ndeny contains {\"message\": \"a\"} if not compliant".into(), vec![("f", f())], State::Fail, "a; b", 0, "messages are sorted"),
        (needs, "compliant if input.facets.f.a == 1\ndeny contains {\"message\": \"wrong\"} if input.facets.f.a == 1".into(), vec![("f", f())], State::Unknown, "contradictory", 1, "both at once"),
        (needs, format!("applies if input.facets.f.a == 9\ncompliant if true\n{deny}"), vec![("f", f())], State::NotApplicable, "", 0, "applies is undefined"),
        (needs, format!("applies := input.facets.f.a == 9\ncompliant if to_number(input.facets.f.text) == 1\n{deny}"), vec![("f", f())], State::NotApplicable, "", 0, "applies is false, so the rest is not evaluated"),
        (needs, format!("applies if input.facets.f.a == 1\ncompliant if true\n{deny}"), vec![("f", f())], State::Pass, "", 0, "applies is true"),
        (needs, format!("applies := 1\ncompliant if true\n{deny}"), vec![("f", f())], State::Unknown, "`applies` gave a number", 1, "applies must be boolean"),
        (needs, format!("compliant := \"yes\"\n{deny}"), vec![("f", f())], State::Unknown, "`compliant` gave a text", 1, "compliant must be boolean"),
        (needs, "compliant if false\ndeny contains \"wrong\" if true".into(), vec![("f", f())], State::Unknown, "`deny` holds a text", 1, "deny holds objects"),
        (needs, "compliant if false\ndeny contains {\"evidence\": 1} if true".into(), vec![("f", f())], State::Unknown, "without `message`", 1, "a failure says why"),
        (needs, "compliant if false\ndeny contains {\"message\": \"m\", \"other\": 1} if true".into(), vec![("f", f())], State::Unknown, "a field beside", 1, "no other fields"),
        (needs, "compliant if false\ndeny contains {\"message\": 1} if true".into(), vec![("f", f())], State::Unknown, "a message that is a number", 1, "a message is a text"),
        (needs, format!("compliant if to_number(input.facets.f.text) == 1\n{deny}"), vec![("f", f())], State::Unknown, "evaluation failed at c.rego:", 0, "an error of a function is no verdict"),
        (needs, format!("compliant if not to_number(input.facets.f.text)\n{deny}"), vec![("f", f())], State::Unknown, "evaluation failed at c.rego:", 0, "nor below a negation"),
        (needs, format!("h(x) := to_number(x)\nh(x) := 1 if x == \"x\"\ncompliant if h(input.facets.f.text) == 1\n{deny}"), vec![("f", f())], State::Unknown, "evaluation failed", 0, "nor in one of two definitions"),
        (needs, format!("compliant if true\n{deny}"), vec![("f", denied())], State::Unknown, "facet `f` is denied: cannot read /etc/x: permission denied", 0, "a denied facet"),
        (needs, format!("compliant if true\n{deny}"), vec![("f", unsupported())], State::Unknown, "facet `f` is unsupported", 0, "needed and unsupported"),
        (needs, format!("compliant if true\n{deny}"), vec![], State::Unknown, "facet `f` was not read", 0, "an absent facet"),
        (needs, format!("applies if false\ncompliant if true\n{deny}"), vec![("f", denied())], State::Unknown, "facet `f` is denied", 0, "whether it applies is not known either"),
        (both, format!("compliant if not input.facets.g\n{deny}"), vec![("f", f()), ("g", unsupported())], State::Pass, "", 0, "judged on the rest"),
        (both, format!("compliant if input.facets.g.a == 1\n{deny}"), vec![("f", f()), ("g", unsupported())], State::Unknown, "undecided without what is unsupported here: `g` (no running system)", 0, "says what it lacks"),
        (both, format!("compliant if not input.facets.g\n{deny}"), vec![("f", f()), ("g", denied())], State::Unknown, "facet `g` is denied", 0, "denied is not unsupported"),
        (both, format!("compliant if not input.facets.g\n{deny}"), vec![("f", denied()), ("g", denied())], State::Unknown, "facet `f` is denied: cannot read /etc/x: permission denied; facet `g` is denied", 0, "each is named"),
        (needs, format!("compliant if input.facets.f.a == 1\n{deny}"), vec![("f", collected(json!({"a": 1, "malformed": [{"file": "/etc/x", "line": 3}]})))], State::Unknown, "not proven: 1 lines of facet `f` were not understood, the first at /etc/x:3", 0, "what was not understood may say otherwise"),
        (needs, format!("compliant if input.facets.f.a == 1\n{deny}"), vec![("f", collected(json!({"a": 1, "malformed": [], "truncated": false})))], State::Pass, "", 0, "all was understood"),
        (needs, format!("compliant if input.facets.f.a == 1\n{deny}"), vec![("f", collected(json!({"a": 1, "truncated": true})))], State::Unknown, "not proven: facet `f` is cut off", 0, "what was not looked at may say otherwise"),
        (needs, format!("compliant if input.facets.f.a == 1\n{deny}"), vec![("f", collected(json!({"a": 2, "malformed": [1], "truncated": true})))], State::Fail, "a is wrong", 0, "a failure that was found stands"),
        (needs, format!("compliant if count(object.keys(input.facets)) == 1\n{deny}"), vec![("f", f()), ("secret", f())], State::Pass, "", 0, "only what is needed is given"),
    ] {
        // The rule that says why is checked by the load; a check here may break it on purpose.
        let (path, text) = check("t.c", more, &body);
        let options = LoadOptions { trust_embedded: true, ..LoadOptions::default() };
        let files: Files = vec![(path, text), ("baselines/all.yaml".into(), BASELINE.into())];
        let content = Content::load(&[ContentSource::Embedded(files)], &Shapes::new(), &options);
        let assessment = assess(&content, &snapshot(&facets));
        let judged = &assessment.judged[0];
        assert_eq!(judged.verdict.state, want, "{why}: {}", judged.verdict.reason);
        assert!(judged.verdict.reason.starts_with(reason) || (!reason.is_empty() && judged.verdict.reason.contains(reason)), "{why}: {}", judged.verdict.reason);
        assert_eq!(assessment.content_errors.len(), faults, "{why}: {:?}", assessment.content_errors);
        assert_eq!(judged.risk > 0, want == State::Fail, "{why}");
    }
}

#[test]
fn evidence_is_kept_and_bounded() {
    let many = check(
        "t.c",
        "needs: [f]",
        "compliant if false\ndeny contains {\"message\": \"bad\", \"evidence\": x} if some x in input.facets.f.list",
    );
    let content = load(vec![many]);
    let list: Vec<u32> = (0..500).collect();
    let assessment = assess(&content, &snapshot(&[("f", collected(json!({"list": list})))]));
    let evidence = &assessment.judged[0].verdict.evidence;
    assert_eq!(evidence.len(), 101);
    assert_eq!(evidence[100], json!("400 more left out"));
    let pass = check(
        "t.c",
        "needs: [f]",
        "compliant if input.facets.f.a\nevidence := {\"a\": input.facets.f.a}\ndeny contains {\"message\": \"bad\"} if not compliant",
    );
    let assessment = assess(&load(vec![pass]), &snapshot(&[("f", collected(json!({"a": true})))]));
    assert_eq!(assessment.judged[0].verdict.evidence, [json!({"a": true})]);
}

#[test]
fn parameters_clock_and_related_resources() {
    let files = vec![
        check(
            "t.params",
            "needs: [f]\nparams:\n  least: {type: int, default: 5, description: d}",
            "compliant if input.facets.f.a >= data.params.least\ndeny contains {\"message\": sprintf(\"below %d\", [data.params.least])} if not compliant",
        ),
        check(
            "t.clock",
            "needs: [f]\nclock: day",
            "compliant if { input.today == \"2026-01-31\"; input.today_days == 20484; input.facets.f.a }\ndeny contains {\"message\": \"no\"} if not compliant",
        ),
        check(
            "t.related",
            "needs: [f]\nrelated:\n  - {edge: contains, direction: out, kind: host.user, facets: [account]}",
            "bad contains r.resource.name if { some r in data.estate.related; r.edge == \"contains\"; r.facets.account.uid == 0 }\ncompliant if { input.facets.f; count(bad) == 0 }\ndeny contains {\"message\": sprintf(\"%v\", [bad])} if count(bad) > 0",
        ),
    ];
    let mut baseline = files.clone();
    baseline.push((
        "baselines/strict.yaml".into(),
        "{id: strict, title: S, description: S., extends: [all], checks: [{id: t.params, params: {least: 9}, severity: critical}]}".into(),
    ));
    baseline.push(("baselines/all.yaml".into(), BASELINE.into()));
    let content = Content::load(&[ContentSource::Embedded(baseline)], &Shapes::new(), &LoadOptions::default());
    let mut seen = snapshot(&[("f", collected(json!({"a": 7})))]);
    let user = resource("host.user", "root");
    seen.edges.push(Edge {
        from: ResourceId::host("m"),
        kind: EdgeKind::Contains,
        to: user.id.clone(),
        evidence: Value::Null,
    });
    let facets = BTreeMap::from([("account".to_owned(), collected(json!({"uid": 0})))]);
    seen.observations.push(Observation { resource: user, facets });
    let states = |assessment: &Assessment| {
        assessment.judged.iter().map(|j| (j.check.as_str().to_owned(), j.verdict.state)).collect::<Vec<_>>()
    };
    let first = assess(&content, &seen);
    let want = [("t.clock", State::Pass), ("t.params", State::Pass), ("t.related", State::Fail)];
    assert_eq!(states(&first), want.map(|(id, s)| (id.to_owned(), s)));
    assert_eq!(first.judged[2].verdict.reason, "{\"root\"}");

    let strict = Assessor::new(&content, "strict", Options::default()).unwrap();
    let judged = strict.assess(&seen, &|_| None, at(), &|_, _| {}).judged;
    assert_eq!(judged[1].verdict.reason, "below 9");
    assert_eq!(judged[1].severity.as_str(), "critical");
    assert_ne!(judged[1].inputs, first.judged[1].inputs, "a parameter is an input");
    assert_eq!(judged[0].inputs, first.judged[0].inputs, "a baseline that changes nothing is not");

    let tomorrow = strict.assess(&seen, &|_| None, "2026-02-01T00:00:00Z".parse().unwrap(), &|_, _| {});
    assert_ne!(tomorrow.judged[0].inputs, judged[0].inputs, "the day is an input of a check with a clock");
    assert_eq!(tomorrow.judged[1].inputs, judged[1].inputs, "and of no other");

    seen.observations[1].facets.insert("account".into(), Facet::missing(FacetStatus::Denied, "no", at()));
    let denied = assess(&content, &seen);
    assert_eq!(denied.judged[2].verdict.state, State::Unknown);
    assert_eq!(denied.judged[2].verdict.reason, "facet `account` is denied: no of `root`");

    let verdict = |seen: &Snapshot| assess(&content, seen).judged[2].verdict.clone();
    seen.observations[1].facets.insert("account".into(), collected(json!({"uid": 5})));
    assert_eq!(verdict(&seen).state, State::Pass, "no related resource is wrong");
    let malformed = json!({"uid": 5, "malformed": [{"file": "/etc/passwd", "line": 2}]});
    seen.observations[1].facets.insert("account".into(), collected(malformed));
    assert_eq!(verdict(&seen).state, State::Unknown, "a related facet that was half understood proves nothing");
    seen.observations.truncate(1);
    let proven = assess(&content, &seen).judged.remove(2);
    assert_eq!(proven.verdict.state, State::Pass, "there is none");
    seen.listings.push(Listing {
        scope: "m".into(),
        kind: Kind::new("host.user"),
        status: FacetStatus::Denied,
        reason: Some("cannot read `/etc/passwd`".into()),
    });
    assert_eq!(verdict(&seen).reason, "list of `host.user` is denied: cannot read `/etc/passwd`", "none that is known");
    let remember =
        |_: &FindingKey| Some(casemate_assess::Remembered { inputs: proven.inputs, verdict: proven.verdict.clone() });
    let all = Assessor::new(&content, "all", Options::default()).unwrap();
    let again = all.assess(&seen, &remember, at(), &|_, _| {}).judged.remove(2);
    assert_eq!(again.verdict.state, State::Unknown, "nor is the earlier pass taken over");
    assert!(Assessor::new(&content, "nosuch", Options::default()).unwrap_err().to_string().contains("all, strict"));

    let explained = content.explain("t.params", Some("strict")).unwrap();
    assert_eq!(explained.params[0].value, json!(9));
    assert_eq!(explained.params[0].origin, casemate_assess::Origin::Baseline("strict".into()));
    assert_eq!(explained.baselines, ["all", "strict"]);
}

#[test]
fn what_has_not_changed_is_not_judged_again() {
    let body = "compliant if input.facets.f.a == 1\ndeny contains {\"message\": \"no\"} if not compliant";
    let content = load(vec![
        check("t.one", "needs: [f]", body),
        check("t.two", "needs: [g]", body.replace(".f.", ".g.").as_str()),
    ]);
    let facets = |f: i32, g: Facet| snapshot(&[("f", collected(json!({"a": f}))), ("g", g)]);
    let one = || collected(json!({"a": 1}));
    let first = assess(&content, &facets(1, one()));
    assert_eq!((first.evaluated, first.reused), (2, 0));
    let remembered: BTreeMap<FindingKey, Remembered> = first
        .judged
        .iter()
        .map(|j| {
            let key = FindingKey { check: j.check.clone(), resource: j.resource.clone() };
            (key, Remembered { inputs: j.inputs, verdict: j.verdict.clone() })
        })
        .collect();
    let assessor = Assessor::new(&content, "all", Options::default()).unwrap();
    let progress = AtomicUsize::new(0);
    let again = |s: &Snapshot| {
        assessor
            .assess(s, &|key| remembered.get(key).cloned(), at(), &|_, total| progress.store(total, Ordering::Relaxed))
    };
    for (snapshot, want, why) in [
        (facets(1, one()), (0, 2), "nothing changed"),
        (facets(2, one()), (1, 1), "one facet changed"),
        (facets(1, Facet::missing(FacetStatus::Denied, "no", at())), (1, 1), "a facet that cannot be read any more"),
    ] {
        let second = again(&snapshot);
        assert_eq!((second.evaluated, second.reused), want, "{why}");
        assert_eq!(second.judged.len(), 2, "{why}");
    }
    assert_eq!(again(&facets(1, one())).judged, first.judged, "and says the same");
    assert_eq!(progress.load(Ordering::Relaxed), 2);
    let changed = load(vec![check("t.one", "needs: [f]", &format!("{body}\n# changed"))]);
    let assessor = Assessor::new(&changed, "all", Options::default()).unwrap();
    let third = assessor.assess(&facets(1, one()), &|key| remembered.get(key).cloned(), at(), &|_, _| {});
    assert_eq!((third.evaluated, third.reused), (1, 0), "a changed check is judged again");
}

#[test]
fn a_library_is_part_of_the_check() {
    let body = "import data.casemate.lib.h\n\ncompliant if h.one(input.facets.f)\ndeny contains {\"message\": \"no\"} if not compliant";
    let with = |library: &'static str| {
        load(vec![check("t.c", "needs: [f]", body), ("checks/lib/h.rego".into(), library.into())])
    };
    let first = with("package casemate.lib.h\n\none(f) if f.a == 1\n");
    let second = with("package casemate.lib.h\n\none(f) if f.a == 2\n");
    let seen = snapshot(&[("f", collected(json!({"a": 1})))]);
    let (a, b) = (assess(&first, &seen), assess(&second, &seen));
    assert_eq!((a.judged[0].verdict.state, b.judged[0].verdict.state), (State::Pass, State::Fail));
    assert_ne!(a.judged[0].inputs, b.judged[0].inputs);
}

#[test]
fn metadata_errors_have_their_place() {
    let good = head("t.c", "needs: [f]");
    let body = "compliant if input.facets.f\ndeny contains {\"message\": \"no\"} if not compliant\n";
    for (from, to, want, why) in [
        (
            "#   severity: medium",
            "#   severity: mild",
            "checks/t/c.rego:6:15: custom.severity: is `mild`",
            "an unknown severity",
        ),
        ("# title: A title\n", "", "title: is missing", "no title"),
        (
            "#   id: t.c",
            "#   id: t.d",
            "checks/t/c.rego:4: custom.id: is `t.d`; the file's place asks for `t.c`",
            "an id of another place",
        ),
        ("#   id: t.c", "#   id: T c", "custom.id: is `T c`", "a malformed id"),
        (
            "package casemate.t.c",
            "package casemate.t.d",
            ":10: package: is `casemate.t.d`",
            "a package of another place",
        ),
        ("#   needs: [f]", "#   needs: []", ":8:12: custom.needs: is empty", "needs nothing"),
        ("#   needs: [f]", "#   needs: [f, f]", "custom.needs: names `f` twice", "twice"),
        ("#   needs: [f]", "#   needs: f", "custom.needs: is a text; expected a list", "no list"),
        ("#   needs: [f]", "#   needs: [f, g]", "custom.needs: `g` is never read", "declared, never read"),
        ("#   needs: [f]", "#   needs: [g]", "facet `f` is read but stands neither", "read, not declared"),
        (
            "#   needs: [f]",
            "#   needs: [f]\n#   nedes: [f]",
            ":9:5: custom.nedes: is not known here",
            "an unknown field",
        ),
        ("#   needs: [f]", "#   needs: [f", "malformed YAML", "broken YAML"),
        ("#   needs: [f]", "#   needs: [f]\n#   attack: [X1]", "custom.attack: holds `X1`", "no technique"),
        (
            "#   needs: [f]",
            "#   needs: [f]\n#   frameworks: {cis: [1.1]}",
            "custom.frameworks.cis: holds a number",
            "a control id that lost its digits",
        ),
        (
            "#   needs: [f]",
            "#   needs: [f]\n#   params: {x: {type: int, default: a, description: d}}",
            "custom.params.x.default: is a text; expected a whole number",
            "a default of another type",
        ),
        ("#   needs: [f]", "#   needs: [f]\n#   clock: hour", "custom.clock: is `hour`", "a finer clock"),
        (
            "#   needs: [f]",
            "#   needs: [f]\n#   related: [{edge: near, direction: out, kind: host.user}]",
            "custom.related.edge: is `near`",
            "no edge",
        ),
        (
            "#   remediation: {text: Do it.}",
            "#   remediation: {command: x}",
            "custom.remediation.text: is missing",
            "no advice",
        ),
        ("# METADATA", "# NOTHING", "no METADATA block", "no block"),
        (
            "#   needs: [f]",
            "#   needs: [f]\n#no space",
            ":9: a METADATA line must begin with `# `",
            "no space after the mark",
        ),
        ("compliant if", "compliant iff", "malformed Rego", "broken Rego"),
    ] {
        let text = format!("{good}{body}");
        assert!(text.contains(from), "{why}");
        let text = text.replacen(from, to, 1);
        let content = load(vec![("checks/t/c.rego".into(), text.into())]);
        let errors: Vec<String> = content.errors().iter().map(ToString::to_string).collect();
        assert!(errors.iter().any(|e| e.contains(want)), "{why}: {errors:#?}");
        assert_eq!(content.checks().count(), 0, "{why}: it is not loaded");
    }
}

#[test]
fn one_broken_check_does_not_stop_the_others() {
    let body = "compliant if input.facets.f\ndeny contains {\"message\": \"no\"} if not compliant";
    let content = load(vec![
        check("t.good", "needs: [f]", body),
        check("t.bad", "needs: [f]", "compliant if {"),
        check("t.worse", "needs: []", body),
    ]);
    assert_eq!(content.checks().map(|c| c.meta.id.as_str().to_owned()).collect::<Vec<_>>(), ["t.good"]);
    assert!(content.errors().iter().any(|e| e.file == "checks/t/bad.rego"));
    assert!(content.errors().iter().any(|e| e.file == "checks/t/worse.rego"));
    assert!(content.baseline("all").is_some());
}

#[test]
fn recursion_and_long_chains_are_refused() {
    let deny = "deny contains {\"message\": \"no\"} if not compliant";
    let mut chain = String::from("compliant if { input.facets.f; f0(1) }\n");
    for i in 0..200 {
        chain.push_str(&format!("f{i}(x) := f{}(x)\n", i + 1));
    }
    chain.push_str("f200(x) := x\n");
    for (body, want, why) in [
        ("r(x) := r(x + 1)\n\ncompliant if { input.facets.f; r(1) }", Some("`r` uses itself"), "a function"),
        ("p(x) := q(x)\n\nq(x) := p(x)\n\ncompliant if { input.facets.f; p(1) }", Some("uses itself"), "two functions"),
        ("a if b\n\nb if a\n\ncompliant if { input.facets.f; a }", Some("uses itself"), "two rules"),
        (
            "import data.casemate.lib.loop\n\ncompliant if { input.facets.f; loop.x(1) }",
            Some("`x` uses itself"),
            "a library",
        ),
        (chain.as_str(), Some("a chain of more than 64"), "a chain as long as the stack"),
        (
            "x(y) := z(y)\n\nz(x) := x\n\ncompliant if { input.facets.f; x(1) == 1 }",
            None,
            "an argument with the name of a rule",
        ),
    ] {
        let library: Cow<'static, str> = "package casemate.lib.loop\n\nx(n) := y(n)\n\ny(n) := x(n)\n".into();
        let mut files = vec![check("t.c", "needs: [f]", &format!("{body}\n{deny}"))];
        if body.contains("lib.loop") {
            files.push(("checks/lib/loop.rego".into(), library));
        }
        let errors: Vec<String> = load(files).errors().iter().map(ToString::to_string).collect();
        match want {
            None => assert!(errors.is_empty(), "{why}: {errors:#?}"),
            Some(part) => assert!(errors.iter().any(|e| e.contains(part)), "{why}: {errors:#?}"),
        }
    }
}

#[test]
fn an_operators_check_may_use_a_built_in_library() {
    let dir = tempfile::tempdir().unwrap();
    let body = "import data.casemate.lib.h\n\ncompliant if h.one(input.facets.f)\ndeny contains {\"message\": \"no\"} if not compliant";
    let (path, text) = check("t.mine", "needs: [f]", body);
    write(dir.path(), &path, &text);
    let embedded: Files = vec![("checks/lib/h.rego".into(), "package casemate.lib.h\n\none(f) if f.a == 1\n".into())];
    let options = LoadOptions { trust_embedded: true, ..LoadOptions::default() };
    let sources = [ContentSource::Embedded(embedded), ContentSource::Directory(dir.path().to_owned())];
    assert_eq!(Content::load(&sources, &Shapes::new(), &options).errors(), &[]);
}

fn shapes() -> Shapes {
    Shapes::from_json(json!({"host": {
        "f": {
            "type": "object",
            "properties": {
                "users": {"type": "array", "items": {"$ref": "#/$defs/User"}},
                "values": {"type": "object", "additionalProperties": {"type": "string"}},
                "mode": {"anyOf": [{"$ref": "#/$defs/Mode"}, {"type": "null"}]},
                "free": true,
            },
            "$defs": {
                "User": {"type": "object", "properties": {"name": {"type": "string"}, "uid": {"type": "integer"}, "shell": {"type": ["string", "null"]}}},
                "Mode": {"oneOf": [
                    {"type": "object", "properties": {"kind": {"const": "a"}, "one": {"type": "integer"}}},
                    {"type": "object", "properties": {"kind": {"const": "b"}, "two": {"type": "boolean"}}},
                ]},
            },
        },
        "g": {"type": "object", "properties": {"x": {"type": "boolean"}}},
    }}))
    .unwrap()
}

#[test]
fn a_check_reads_only_what_its_facets_have() {
    let library = "package casemate.lib.u\n\nnamed(users, name) := {u | some u in users; u.name == name}\n\nroot := named(input.facets.f.users, \"root\")\n\nwrong(u) := u.nmae\n";
    for (body, want, why) in [
        ("input.facets.f.users[0].name == \"a\"", None, "a path"),
        (
            "input.facets.f.user",
            Some("there is no field `user` here; there are free, mode, users, values"),
            "a mistyped field",
        ),
        ("x := input.facets.f; x.userz", Some("`userz`"), "through a variable"),
        ("some u in input.facets.f.users; u.nmae == \"a\"", Some("`nmae`"), "through an iteration"),
        ("u := input.facets.f.users[_]; u.nmae", Some("`nmae`"), "through a wildcard"),
        ("u := input.facets.f.users[i]; u.name; i > 0", None, "through an index"),
        ("every u in input.facets.f.users { u.uidd > 0 }", Some("`uidd`"), "through every"),
        ("count([u | some u in input.facets.f.users; u.uidd == 0]) > 0", Some("`uidd`"), "in a comprehension"),
        (
            "some n in {u.name | some u in input.facets.f.users}; n.first",
            Some("`first` here; it is a text"),
            "out of a comprehension",
        ),
        ("input.facets.f.values[\"any.key\"] == \"1\"", None, "a key of a map"),
        ("input.facets.f.values.any.deeper", Some("`deeper`"), "a value of a map is a text"),
        ("input.facets.f.free.anything.goes", None, "nothing is known of it"),
        ("input.facets.f.mode.one == 1; input.facets.f.mode.two", None, "either variant"),
        ("input.facets.f.mode.three", Some("`three`"), "no variant"),
        ("object.get(input.facets.f, \"userz\", []) == []", Some("`userz`"), "a default would hide it"),
        ("object.get(input.facets.f, [\"mode\", \"three\"], 1) == 1", Some("`three`"), "nor does a path"),
        ("\"x\" in input.facets.f.users[0].uid", Some("nothing can be looked up"), "a number holds nothing"),
        ("helper(input.facets.f.users[0])", Some("`naam`"), "in a function of the check"),
        ("u.wrong(input.facets.f.users[0])", Some("checks/lib/u.rego:7:"), "in a library, at its own line"),
        ("some r in u.root; r.nmae", Some("`nmae`"), "what a library gives"),
        ("count(u.named(input.facets.f.users, \"a\")) == 1", None, "a library is right"),
        ("u.nosuch(1)", Some("has no function `nosuch`"), "an unknown library function"),
        ("lenght(input.facets.f.users) == 1", Some("there is no function `lenght`"), "an unknown function"),
        ("input.facets.g.x", Some("facet `g` is read but stands neither"), "an undeclared facet"),
        ("input.facets.h.x", Some("`host` has no facet `h`"), "no facet at all"),
        ("input.facets[input.resource.name]", Some("must be read by name"), "a facet by a computed name"),
        ("input.facet.f", Some("`input` has no `facet`"), "a mistyped root"),
        ("data.params.x", Some("`x` is no parameter"), "an unknown parameter"),
        ("data.estate.related", Some("needs `related`"), "related without METADATA"),
        ("data.casemate.t.other.compliant", Some("does not exist; a check sees"), "another check"),
        ("data.other", Some("`data.other` does not exist"), "other data"),
        ("input.today == \"x\"", Some("needs `clock: day`"), "a clock that is not declared"),
        ("print(1)", Some("`print` cannot be used"), "printing"),
        ("rand.intn(\"x\", 2) == 1", Some("`rand.intn` cannot be used"), "chance"),
        ("input.facets.f.users with input as {}", Some("`with` cannot be used"), "another input"),
    ] {
        let body = format!(
            "import data.casemate.lib.u\n\nhelper(u) if {{ {} }}\n\nok if input.facets.f\n\ncompliant if {{ ok; {body} }}\n\ndeny contains {{\"message\": \"no\"}} if not compliant",
            if want == Some("`naam`") { "u.naam" } else { "u.name" },
        );
        let files: Files = vec![check("t.c", "needs: [f]", &body), ("checks/lib/u.rego".into(), library.into())];
        let content = Content::load(&[ContentSource::Embedded(files)], &shapes(), &LoadOptions::default());
        let errors: Vec<String> = content.errors().iter().map(ToString::to_string).collect();
        match want {
            None => assert!(errors.is_empty(), "{why}: {errors:#?}"),
            Some(part) => assert!(errors.iter().any(|e| e.contains(part)), "{why}: {errors:#?}"),
        }
        // What was proven before is believed.
        let (path, text) = check("t.c", "needs: [f]", &body);
        let files = vec![(path, text), ("checks/lib/u.rego".into(), library.into())];
        let options = LoadOptions { trust_embedded: true, ..LoadOptions::default() };
        let content = Content::load(&[ContentSource::Embedded(files)], &shapes(), &options);
        assert!(content.errors().is_empty(), "{why}: {:?}", content.errors());
    }
}

const CASES: &str = "cases:\n  - {note: right, facets: {f: {values: {a: '1'}}}, want: pass}\n  - {note: wrong, facets: {f: {values: {a: '2'}}}, want: fail, reason_contains: is 2}\n";

fn tested(body: &str, cases: &str) -> (Content, Vec<String>) {
    let files: Files = vec![check("t.c", "needs: [f]", body), ("checks/t/c.test.yaml".into(), cases.to_owned().into())];
    let options = LoadOptions { cases: true, ..LoadOptions::default() };
    let content = Content::load(&[ContentSource::Embedded(files)], &shapes(), &options);
    let errors = content.errors().iter().map(ToString::to_string).collect();
    (content, errors)
}

const GOOD: &str = "v := input.facets.f.values.a\n\ncompliant if v == \"1\"\n\ndeny contains {\"message\": sprintf(\"a is %s\", [v])} if v != \"1\"";

#[test]
fn cases_are_run_with_those_that_the_engine_adds() {
    let (content, errors) = tested(GOOD, CASES);
    assert_eq!(errors, [""; 0]);
    let report = content.test(None);
    assert_eq!((report.checks, report.cases, report.automatic), (1, 5, 3));
    assert_eq!(report.failures, []);
    let report = content.mutate(None);
    assert_eq!((report.total, report.killed), (2, 2), "{:?}", report.survivors);
    assert_eq!(content.test(Some("nosuch")).checks, 0);

    let careless =
        "compliant if not input.facets.f.values.a == \"2\"\n\ndeny contains {\"message\": \"a is 2\"} if not compliant";
    let (content, errors) = tested(careless, CASES);
    assert_eq!(errors, [""; 0]);
    let failures = content.test(None).failures;
    assert_eq!(failures.len(), 1, "an empty facet passes: {failures:?}");
    assert_eq!((failures[0].want.as_str(), failures[0].got), ("anything but pass", State::Pass));
    let allowed = format!("{CASES}empty_may_pass: {{f: nothing set means the default, which is right}}\n");
    assert_eq!(tested(careless, &allowed).0.test(None).failures, []);
}

#[test]
fn cases_that_prove_nothing_are_errors() {
    for (from, to, want, why) in [
        ("want: fail, reason_contains: is 2", "want: unknown", "has no case with want: fail", "no failing case"),
        ("want: pass", "want: unknown", "has no case with want: pass", "no passing case"),
        ("note: wrong", "note: right", "the note `right` stands in line 2 too", "a note twice"),
        ("{a: '2'}", "{a: 2}", "cases[1].facets.f.values.a: is 2; the facet's shape says a text", "another type"),
        (
            "f: {values: {a: '2'}}",
            "f: {valuez: {a: '2'}}",
            ":3:32: cases[1].facets.f.valuez: is no field",
            "a mistyped field",
        ),
        (
            "f: {values: {a: '2'}}",
            "g: {x: true}",
            "cases[1].facets.g: is no facet that the check needs",
            "a facet that is not needed",
        ),
        ("want: fail", "wants: fail", "cases[1].wants: is not known here", "a mistyped field of a case"),
        ("want: fail", "want: fail, params: {x: 1}", "cases[1].params.x: is no parameter", "an unknown parameter"),
        (
            "want: fail",
            "want: fail, statuses: {f: collected}",
            "cases[1].statuses.f: is `collected`",
            "a status that is none",
        ),
        ("cases:", "casez:", "cases: is missing", "no cases"),
    ] {
        assert!(CASES.contains(from), "{why}");
        let (_, errors) = tested(GOOD, &CASES.replacen(from, to, 1));
        assert!(errors.iter().any(|e| e.contains(want)), "{why}: {errors:#?}");
    }
    let options = LoadOptions { cases: true, ..LoadOptions::default() };
    let lone = vec![check("t.c", "needs: [f]", GOOD), ("checks/t/d.test.yaml".into(), CASES.into())];
    let content = Content::load(&[ContentSource::Embedded(lone)], &shapes(), &options);
    let errors: Vec<String> = content.errors().iter().map(ToString::to_string).collect();
    assert_eq!(
        errors,
        [
            "checks/t/c.rego: has no cases; expected `c.test.yaml` beside it",
            "checks/t/d.test.yaml: holds cases, but no check of this name is beside it",
        ]
    );
}

#[test]
fn mutants_that_no_case_notices_are_listed() {
    let cases = "cases:\n  - {note: right, facets: {f: {values: {a: '1'}}}, want: pass}\n  - {note: wrong, facets: {f: {values: {a: '2'}}}, want: unknown}\n  - {note: worse, facets: {f: {values: {a: '3'}}}, want: fail}\n";
    let body =
        "v := input.facets.f.values.a\n\ncompliant if v == \"1\"\n\ndeny contains {\"message\": \"a\"} if v == \"3\"";
    let (content, errors) = tested(body, cases);
    assert_eq!(errors, [""; 0]);
    assert_eq!(content.mutate(None).survivors, []);
}

#[test]
fn baselines_and_frameworks_say_what_is_wrong() {
    let framework = "{id: fw, title: F, version: '1', levels: [{id: low}, {id: high, inherits: [low]}], controls: [{id: A1, title: t, levels: [low], status: automated}, {id: A2, title: t, levels: [high], status: manual}]}";
    let mapped = |id: &str, control: &str| check(id, &format!("needs: [f]\nframeworks: {{fw: [{control}]}}"), GOOD);
    let load = |baseline: &str| {
        let files: Files = vec![
            mapped("t.one", "A1"),
            mapped("t.two", "A2"),
            ("frameworks/fw.yaml".into(), framework.into()),
            ("baselines/b.yaml".into(), baseline.to_owned().into()),
        ];
        Content::load(&[ContentSource::Embedded(files)], &Shapes::new(), &LoadOptions::default())
    };
    for (baseline, want, why) in [
        ("checks: ['t.*']", vec!["t.one", "t.two"], "a pattern"),
        ("checks: ['t.*'], exclude: [t.two]", vec!["t.one"], "an exclusion"),
        ("framework: {id: fw, levels: [low]}", vec!["t.one"], "a level"),
        ("framework: {id: fw, levels: [high]}", vec!["t.one", "t.two"], "a level that holds another"),
    ] {
        let content = load(&format!("{{id: b, title: B, description: B., {baseline}}}"));
        assert_eq!(content.errors(), &[], "{why}");
        let ids: Vec<&str> = content.baseline("b").unwrap().checks.keys().map(|id| id.as_str()).collect();
        assert_eq!(ids, want, "{why}");
    }
    for (baseline, want, why) in [
        ("checks: [t.three]", "checks: `t.three` names no check", "no such check"),
        ("checks: [{id: t.one, params: {x: 1}}]", "checks.params.x: is no parameter of `t.one`", "no such parameter"),
        ("checks: [{id: t.one, severity: dire}]", "checks.severity: is `dire`", "no such severity"),
        ("checks: [{id: t.one, sevrity: low}]", "checks.sevrity: is not known here", "a mistyped field"),
        ("extends: [c]", "extends: no baseline is called `c`", "no such baseline"),
        ("extends: [b]", "extends: `b` extends itself", "a circle"),
        ("framework: {id: other}", "framework.id: no framework is called `other`", "no such framework"),
        ("framework: {id: fw, levels: [mid]}", "framework.levels: `fw` has no level `mid`", "no such level"),
        ("checks: ['t.*'], exclude: [x.*]", "exclude: `x.*` names no check", "an exclusion of nothing"),
        ("assume: fail, checks: ['*']", "assume: is `fail`", "another assumption"),
        ("checks: []", "is missing", "an empty baseline"),
    ] {
        let content = load(&format!("{{id: b, title: B, description: B., {baseline}}}"));
        let errors: Vec<String> = content.errors().iter().map(ToString::to_string).collect();
        assert!(errors.iter().any(|e| e.contains(want) && e.starts_with("baselines/b.yaml:1")), "{why}: {errors:#?}");
        assert!(content.baseline("b").is_none(), "{why}");
    }
    let coverage = load("{id: b, title: B, description: B., checks: ['*']}").coverage("fw").unwrap();
    assert_eq!(coverage.controls.iter().map(|c| c.checks.len()).collect::<Vec<_>>(), [1, 1]);
    let wrong = vec![mapped("t.one", "A9"), ("frameworks/fw.yaml".into(), framework.into())];
    let content = Content::load(&[ContentSource::Embedded(wrong)], &Shapes::new(), &LoadOptions::default());
    let errors: Vec<String> = content.errors().iter().map(ToString::to_string).collect();
    assert_eq!(errors, ["checks/t/one.rego:9: custom.frameworks.fw: `fw` has no control `A9`"]);
}

#[test]
fn a_check_that_only_denies_needs_an_assumption() {
    let body = "deny contains {\"message\": \"no\"} if input.facets.f.a == 2";
    let with = |baseline: &'static str| {
        let files: Files = vec![check("t.c", "needs: [f]", body), ("baselines/all.yaml".into(), baseline.into())];
        Content::load(&[ContentSource::Embedded(files)], &Shapes::new(), &LoadOptions::default())
    };
    let errors = with(BASELINE).errors().to_vec();
    assert!(errors[0].to_string().contains("say `assume: pass`"), "{errors:?}");
    let content = with("{id: all, title: A, description: A., checks: ['*'], assume: pass}");
    let judged = assess(&content, &snapshot(&[("f", collected(json!({"a": 1})))])).judged;
    assert_eq!(judged[0].verdict.state, State::Pass);
    assert!(judged[0].verdict.reason.starts_with("assumed"), "{}", judged[0].verdict.reason);
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_directory_lies_over_what_is_built_in() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    let (path, replaced) = check(
        "t.one",
        "needs: [f]",
        "compliant if input.facets.f.a == 2\ndeny contains {\"message\": \"mine\"} if not compliant",
    );
    write(root, &path, &replaced);
    let (path, added) = check("t.three", "needs: [f]", GOOD);
    write(root, &path, &added);
    write(root, "baselines/mine.yaml", "{id: mine, title: M, description: M., checks: [t.one, t.three]}");
    let embedded: Files = vec![
        check("t.one", "needs: [f]", GOOD),
        check("t.two", "needs: [f]", GOOD),
        ("baselines/all.yaml".into(), BASELINE.into()),
    ];
    let sources = [ContentSource::Embedded(embedded), ContentSource::Directory(root.to_owned())];
    let content = Content::load(&sources, &Shapes::new(), &LoadOptions::default());
    assert_eq!(content.errors(), &[]);
    assert_eq!(content.checks().count(), 3);
    assert_eq!(content.baseline("mine").unwrap().checks.len(), 2);
    let seen = snapshot(&[("f", collected(json!({"a": 1, "values": {"a": "1"}})))]);
    assert_eq!(assess(&content, &seen).judged[0].verdict.reason, "mine");
    assert_eq!(content.check("t.one").unwrap().file, root.join("checks/t/one.rego").display().to_string());
}

#[test]
fn odd_files_are_refused_with_their_path() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    let outside = tempfile::NamedTempFile::new().unwrap();
    write(root, "checks/t/large.rego", &"#".repeat((1 << 20) + 1));
    fs::write(root.join("checks/t/binary.rego"), b"\xff\xfe").unwrap();
    std::os::unix::fs::symlink(outside.path(), root.join("checks/t/leaves.rego")).unwrap();
    std::os::unix::fs::symlink("loop.rego", root.join("checks/t/loop.rego")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", root.join("checks/t/zero.rego")).unwrap();
    let fifo = root.join("checks/t/fifo.rego");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    write(root, "checks/t/old.yml", "a: 1");
    write(root, "checks/t/other.yaml", "a: 1");
    write(root, "checks/README.md", "not content");
    write(root, "checks/.hidden.rego", "not content");
    let content = Content::load(&[ContentSource::Directory(root.to_owned())], &Shapes::new(), &LoadOptions::default());
    let errors: Vec<String> = content.errors().iter().map(ToString::to_string).collect();
    for (name, want) in [
        ("large.rego", "larger than 1 MiB"),
        ("binary.rego", "not UTF-8"),
        ("leaves.rego", "leaves the content directory"),
        ("loop.rego", "cannot be followed"),
        ("zero.rego", "leaves the content directory"),
        ("fifo.rego", "not a regular file"),
        ("old.yml", "expected `.yaml`"),
        ("other.yaml", "neither a check nor a file of cases"),
    ] {
        assert!(errors.iter().any(|e| e.contains(name) && e.contains(want)), "{name}: {errors:#?}");
    }
    assert_eq!(errors.len(), 8, "{errors:#?}");
    for (path, want) in [(root.join("nowhere"), "cannot open"), (root.join("checks/t"), "holds none of")] {
        let content = Content::load(&[ContentSource::Directory(path)], &Shapes::new(), &LoadOptions::default());
        assert!(content.errors()[0].to_string().contains(want), "{:?}", content.errors());
    }
}

#[test]
fn risk_grows_with_severity_and_exposure() {
    let area = |area: &str, attack: &str| {
        let (path, text) = check(
            "t.c",
            &format!("needs: [f]\n{attack}"),
            "compliant if not input.facets.f\ndeny contains {\"message\": \"no\"} if input.facets.f",
        );
        (path, Cow::Owned(text.replace("area: kernel", &format!("area: {area}"))))
    };
    let sockets = |reach: &str| collected(json!({"sockets": [{"reach": reach}]}));
    for (content, reach, want, why) in [
        (area("kernel", ""), "any", 40, "medium"),
        (area("network", ""), "loopback", 40, "nobody else reaches it"),
        (area("network", ""), "any", 48, "others reach it"),
        (area("kernel", "attack: [T1190]"), "any", 45, "a way in"),
        (area("network", "attack: [T1110.001]"), "address", 53, "both"),
    ] {
        let seen = snapshot(&[("f", collected(json!({"a": 1}))), ("listeners", sockets(reach))]);
        let assessment = assess(&load(vec![content]), &seen);
        assert_eq!(assessment.judged[0].risk, want, "{why}");
        let reasons = assessment.risk_reasons.values().next().unwrap();
        assert_eq!(reasons[0], "medium severity: 40", "{why}");
        assert_eq!(reasons.len() > 1, want > 40, "{why}: {reasons:?}");
    }
}
