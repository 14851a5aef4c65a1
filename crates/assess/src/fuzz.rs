//! Every reader of content and of expressions, as a table for fuzzers, and the evaluation of checks that are hostile.
//! Not part of the public interface: only with the feature `fuzzing`.
use std::{borrow::Cow, collections::BTreeMap, fmt::Debug, time::Duration};

use casemate_estate::{
    CheckId, ContentHash, Facet, Finding, FindingKey, Kind, Life, Observation, Resource, ResourceId, Severity,
    Snapshot, State, Timestamp, Verdict, fuzz::Target,
};
use serde_json::{Value, json};

use crate::{
    Assessor, Content, ContentSource, LoadOptions, Options, Shapes, SuppressionRule, baseline, eval, framework, meta,
    yaml,
};

const HEAD: &str = "# METADATA\n# title: t\n# custom:\n#   id: t.x\n#   kind: host\n#   needs: [f]\n#   severity: low\n\
                    #   area: kernel\n#   params:\n#     least: {type: int, default: 1, description: x}\n\
                    #   remediation: {text: x}\npackage casemate.t.x\n\nf := input.facets.f\n\n";
const CHECK: &str = "compliant if f.number >= data.params.least\n\ndeny contains {\"message\": \"no\", \"evidence\": f.number} if not compliant\n";
const BASELINE: &str = "id: all\ntitle: All\ndescription: All.\nchecks:\n  - '*'\n  - {id: t.x, severity: high, params: {least: 2}}\nexclude: [t.y]\n";
const FRAMEWORK: &str = "id: fw\ntitle: T\nversion: \"1\"\nlevels:\n  - {id: a}\n  - {id: b, inherits: [a]}\ncontrols:\n\
                         \x20 - {id: \"1.1\", title: x, levels: [a], status: automated}\n  - {id: \"1.2\", title: y, levels: [b], status: manual}\n";
const CASES: &str = "shared: &s {number: 2}\ncases:\n  - {note: good, facets: {f: *s}, want: pass}\n\
                     \x20 - {note: bad, facets: {f: {<<: *s, number: 0}}, params: {least: 1}, want: fail}\nempty_may_pass: {f: why}\n";

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// About how many bytes a result keeps.
fn size(result: &impl Debug) -> usize {
    format!("{result:?}").len()
}

fn shapes() -> Shapes {
    let mut shapes = Shapes::new();
    let list = json!({"type": "array", "items": {"type": "string"}});
    let properties = json!({"number": {"type": "integer"}, "text": {"type": "string"}, "list": list});
    shapes.insert("host", "f", json!({"type": "object", "properties": properties, "additionalProperties": false}));
    shapes
}

fn load(files: Vec<(&str, String)>, shapes: &Shapes, cases: bool) -> Content {
    let files = files.into_iter().map(|(path, text)| (Cow::Owned(path.to_owned()), Cow::Owned(text))).collect();
    let options = LoadOptions { cases, trust_embedded: false };
    Content::load(&[ContentSource::Embedded(files)], shapes, &options)
}

/// Bytes that what was loaded keeps: its errors.
fn errors_size(content: &Content) -> usize {
    size(&content.errors())
}

fn finding() -> Finding {
    let resource = ResourceId::host("m");
    let key = FindingKey { check: CheckId("host.sysctl.kptr".into()), resource };
    Finding {
        id: key.id(),
        key,
        kind: Kind::new("host"),
        name: "web-1".into(),
        scope: "web-1".into(),
        severity: Severity::Low,
        risk: 20,
        verdict: Verdict { state: State::Fail, reason: "too low".into(), evidence: Vec::new() },
        life: Life::advance(None, State::Fail, Timestamp::UNIX_EPOCH),
        inputs: ContentHash([0; 32]),
        exemption: None,
        suppression: None,
    }
}

fn snapshot(facet: Facet) -> Snapshot {
    let at = Timestamp::UNIX_EPOCH;
    let resource = Resource { id: ResourceId::host("m"), kind: Kind::new("host"), name: "m".into(), scope: "m".into() };
    Snapshot {
        target: "m".into(),
        started: at,
        finished: at,
        observations: vec![Observation { resource, facets: BTreeMap::from([("f".to_owned(), facet)]) }],
        edges: Vec::new(),
        listings: Vec::new(),
    }
}

/// Loads a check of this body and judges one host by it. The host whose facet was refused is never judged.
fn evaluate(body: &str) -> usize {
    let files = vec![("checks/t/x.rego", format!("{HEAD}{body}")), ("baselines/all.yaml", BASELINE.to_owned())];
    let content = load(files, &shapes(), false);
    let options =
        Options { time_limit: Duration::from_millis(50), memory_limit: 4 << 20, threads: 1, ..Options::default() };
    let Ok(assessor) = Assessor::new(&content, "all", options) else { return errors_size(&content) };
    let at = Timestamp::UNIX_EPOCH;
    let judge = |facet: Facet| assessor.assess(&snapshot(facet), &|_| None, at, &|_, _| {});
    let value = json!({"number": 2, "text": "x".repeat(200), "list": ["a", "b", "c"]});
    let seen = judge(Facet::collected(value, at));
    let refused = judge(Facet::missing(casemate_estate::FacetStatus::Denied, "cannot read `/x`".to_owned(), at));
    for judged in &refused.judged {
        assert_eq!(judged.verdict.state, State::Unknown, "what was not read was judged");
    }
    size(&seen)
}

/// Every row.
pub const TARGETS: &[Target] = &[
    Target {
        name: "yaml",
        run: |bytes| match yaml::parse("f", &lossy(bytes), 1, 0) {
            Ok(node) => node.to_json().to_string().len() / 8,
            Err(error) => size(&error),
        },
        seeds: &[
            BASELINE,
            FRAMEWORK,
            CASES,
            "a: &a [x, y]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
            "- !!str 1\n- |\n  text\n- >-\n  more\n- 0x1F\n- .5\n- ~\n- 'a''b'\n- \"\\x41\\u00e9\"\n",
            "? [a]\n: b\n",
        ],
    },
    Target {
        name: "metadata",
        run: |bytes| size(&meta::parse("f", &lossy(bytes))),
        seeds: &[
            HEAD,
            "# METADATA\n# title: t\n# description: d\n# custom:\n#   id: t.x\n#   kind: host.user\n#   needs: [a]\n#   needs_if_supported: [b]\n\
             #   related: [{edge: contains, direction: in, kind: host, facets: [c]}]\n#   severity: critical\n#   frameworks: {cis: [\"1.1\"]}\n\
             #   attack: [T1078.003]\n#   clock: day\n#   remediation: {text: x, command: y}\npackage casemate.t.x\n",
        ],
    },
    Target {
        name: "baseline",
        run: |bytes| {
            let text = lossy(bytes);
            let files = vec![
                ("checks/t/x.rego", format!("{HEAD}{CHECK}")),
                ("frameworks/fw.yaml", FRAMEWORK.to_owned()),
                ("baselines/all.yaml", text.clone()),
            ];
            size(&baseline::parse("f", &text)) + errors_size(&load(files, &shapes(), false))
        },
        seeds: &[
            BASELINE,
            "id: all\ntitle: A\ndescription: B\nextends: [all]\nframework: {id: fw, levels: [b]}\nassume: pass\n",
        ],
    },
    Target {
        name: "framework",
        run: |bytes| {
            let text = lossy(bytes);
            let parsed = framework::parse("f", &text);
            let levels = ["b".to_owned()];
            let controls = parsed.as_ref().map_or(0, |framework| framework.controls_at(&levels).len());
            controls + size(&parsed) + errors_size(&load(vec![("frameworks/fw.yaml", text)], &shapes(), false))
        },
        seeds: &[
            FRAMEWORK,
            "id: fw\ntitle: T\nversion: \"1\"\nlevels: [{id: a, inherits: [b]}, {id: b, inherits: [a]}]\ncontrols: []\n",
        ],
    },
    Target {
        name: "cases",
        run: |bytes| {
            let files = vec![("checks/t/x.rego", format!("{HEAD}{CHECK}")), ("checks/t/x.test.yaml", lossy(bytes))];
            errors_size(&load(files, &shapes(), true))
        },
        seeds: &[
            CASES,
            "cases:\n  - note: a\n    resource: {name: x}\n    facets: {}\n    statuses: {f: denied}\n    want: unknown\n    reason_contains: f\n",
        ],
    },
    Target {
        name: "check",
        run: |bytes| {
            let library = "package casemate.lib.k\n\nover(a, b) if a > b\n".to_owned();
            let files = vec![("checks/t/x.rego", lossy(bytes)), ("checks/lib/k.rego", library)];
            errors_size(&load(files, &shapes(), false))
        },
        seeds: &[
            "# METADATA\n# title: t\n# custom:\n#   id: t.x\n#   kind: host\n#   needs: [f]\n#   severity: low\n#   area: kernel\n\
             #   remediation: {text: x}\npackage casemate.t.x\n\nimport data.casemate.lib.k\n\ncompliant if k.over(input.facets.f.number, 1)\n\n\
             compliant if {\n\tsome i, x in input.facets.f.list\n\tevery y in [x] { y != \"\" }\n\tnot startswith(x, `a`)\n}\n\n\
             deny contains {\"message\": sprintf(\"%v\", [i])} if { some i; input.facets.f.list[i] == \"\" }\n",
        ],
    },
    Target {
        name: "library",
        run: |bytes| {
            let import = format!("{HEAD}import data.casemate.lib.k\n\ncompliant if k.over(f.number, 1)\n");
            errors_size(&load(vec![("checks/t/x.rego", import), ("checks/lib/k.rego", lossy(bytes))], &shapes(), false))
        },
        seeds: &[
            "package casemate.lib.k\n\nimport data.casemate.lib.k as k\n\nover(a, b) if a > b\n\nover(a, b) := k.over(b, a)\n",
        ],
    },
    Target {
        name: "evaluate",
        run: |bytes| evaluate(&lossy(bytes)),
        seeds: &[
            CHECK,
            "compliant if regex.match(`^(a+)+$`, f.text)\n\ndeny contains {\"message\": concat(\",\", f.list)} if not compliant\n",
            "compliant if count([1 | some a in f.list; some b in numbers.range(1, 1000000)]) > 0\n\ndeny contains {\"message\": f.text} if not compliant\n",
            "g(x) := y if y := [x, x]\n\ncompliant if count(g(g(g(f.list)))) > 1\n\ndeny contains {\"message\": json.marshal(f)} if not compliant\n",
        ],
    },
    Target {
        name: "suppression",
        run: |bytes| match SuppressionRule::compile(&lossy(bytes)) {
            Ok(rule) => size(&rule.matches(&finding(), None)),
            Err(error) => size(&error),
        },
        seeds: &[
            "startswith(finding.check, \"host.sysctl.\"); finding.risk < 30",
            "finding.severity in {\"low\", \"medium\"}\nnot startswith(resource.name, \"db-\") # x",
            "regex.match(`^(a+)+$`, resource.name)\nsome x in [1, 2]; x > 1",
            "true } else := false { true",
        ],
    },
    Target {
        name: "shapes",
        run: |bytes| {
            let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
            let Ok(shapes) = Shapes::from_json(value) else { return 0 };
            errors_size(&load(vec![("checks/t/x.rego", format!("{HEAD}{CHECK}"))], &shapes, false))
        },
        seeds: &[
            "{\"host\":{\"f\":{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"object\",\"properties\":{\"number\":{\"type\":[\"integer\",\"null\"]}}}}}}}",
            "{\"host\":{\"f\":{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/a\"}},\"$ref\":\"#/$defs/a\"}}}",
            "{\"host\":{\"f\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}},{\"type\":\"null\"}]}}}",
        ],
    },
    Target {
        name: "engine_error",
        run: |bytes| size(&eval::engine_error(&lossy(bytes)).1),
        seeds: &[
            "--> f:3:9\n  |\n3 | compliant if x\n  |         ^\nerror: use of undefined variable `x`",
            "--> a:b:99999999999:1\n",
        ],
    },
];
