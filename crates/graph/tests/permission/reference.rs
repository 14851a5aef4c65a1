//! A slow, obvious evaluator, written from the documentation ("Policy evaluation logic"), against which the real one is
//! held: where all of a request is known they agree; where a part of it is not, whatever that part is, an "allowed" or
//! "denied" of the real one is what the reference says.
use std::collections::BTreeMap;

use casemate_graph::permission::{Context, Effect, Permissions, Question};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::estate::{A, Estate, normalise};

const USER: &str = "arn:aws:iam::111111111111:user/u";
const ROLE: &str = "arn:aws:iam::222222222222:role/r";

/// A request of which all is known: keys in lower case.
struct Request<'a> {
    principal: &'a str,
    action: &'a str,
    resource: &'a str,
    keys: BTreeMap<&'a str, &'a str>,
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect(),
        Value::String(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}

fn glob(pattern: &[char], text: &[char]) -> bool {
    match (pattern.first(), text.first()) {
        (None, None) => true,
        (Some('*'), _) => glob(&pattern[1..], text) || (!text.is_empty() && glob(pattern, &text[1..])),
        (Some('?'), Some(_)) => glob(&pattern[1..], &text[1..]),
        (Some(p), Some(t)) => p == t && glob(&pattern[1..], &text[1..]),
        _ => false,
    }
}

fn like(pattern: &str, text: &str) -> bool {
    glob(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>())
}

/// `${aws:username}` is the only variable of these tests; nothing fits where the key is absent.
fn filled(text: &str, request: &Request<'_>) -> Option<String> {
    if !text.contains("${aws:username}") {
        return Some(text.to_owned());
    }
    Some(text.replace("${aws:username}", request.keys.get("aws:username")?))
}

fn condition(operator: &str, key: &str, values: &[String], request: &Request<'_>) -> bool {
    let have = request.keys.get(key.to_lowercase().as_str()).copied();
    if operator == "Null" {
        return values.iter().any(|v| (v == "true") == have.is_none());
    }
    let (operator, if_exists) = match operator.strip_suffix("IfExists") {
        Some(operator) => (operator, true),
        None => (operator, false),
    };
    let (set, operator) = operator.split_once(':').unwrap_or(("", operator));
    let negated = operator.contains("Not");
    let Some(have) = have else {
        return match set {
            "ForAllValues" => true,
            "ForAnyValue" => false,
            _ => negated || if_exists,
        };
    };
    let any = values.iter().filter_map(|v| filled(v, request)).any(|want| match operator {
        "StringEquals" | "StringNotEquals" => want == have,
        "StringLike" | "StringNotLike" => like(&want, have),
        "Bool" => want == have,
        "NumericLessThan" => have.parse::<i64>().unwrap() < want.parse::<i64>().unwrap(),
        other => panic!("{other}"),
    });
    any != negated
}

fn names(principal: &Value, request: &Request<'_>) -> Vec<&'static str> {
    let account = request.principal.split(':').nth(4).unwrap();
    let mut out = Vec::new();
    let entries = match principal {
        Value::String(text) => vec![text.clone()],
        other => list(&other["AWS"]),
    };
    for one in entries {
        if one == "*" {
            out.push("all");
        } else if one == request.principal {
            out.push("itself");
        } else if one == account || one == format!("arn:aws:iam::{account}:root") {
            out.push("account");
        }
    }
    out
}

fn speaks(statement: &Value, request: &Request<'_>) -> bool {
    let action =
        |key: &str| list(&statement[key]).iter().any(|p| like(&p.to_lowercase(), &request.action.to_lowercase()));
    let resource =
        |key: &str| list(&statement[key]).iter().filter_map(|p| filled(p, request)).any(|p| like(&p, request.resource));
    let acts = if statement.get("Action").is_some() { action("Action") } else { !action("NotAction") };
    let on = if statement.get("Resource").is_some() { resource("Resource") } else { !resource("NotResource") };
    let holds = statement["Condition"].as_object().into_iter().flatten().all(|(operator, keys)| {
        keys.as_object().unwrap().iter().all(|(key, values)| condition(operator, key, &list(values), request))
    });
    acts && on && holds
}

fn says(policies: &[Value], effect: &str, request: &Request<'_>) -> bool {
    policies
        .iter()
        .any(|p| p["Statement"].as_array().unwrap().iter().any(|s| s["Effect"] == effect && speaks(s, request)))
}

/// Whether the request is allowed: the owner of the resource is account A.
fn allowed(identity: &[Value], boundary: Option<&Value>, bucket: &Value, request: &Request<'_>) -> bool {
    let empty = Vec::new();
    let statements = bucket["Statement"].as_array().unwrap_or(&empty);
    let named = |effect: &str, ways: &[&str]| {
        statements.iter().any(|s| {
            s["Effect"] == effect
                && speaks(s, request)
                && names(&s["Principal"], request).iter().any(|way| ways.contains(way))
        })
    };
    let bound = boundary.map(std::slice::from_ref);
    // An explicit denial anywhere.
    if says(identity, "Deny", request)
        || bound.is_some_and(|b| says(b, "Deny", request))
        || named("Deny", &["all", "itself", "account"])
    {
        return false;
    }
    let in_bounds = bound.is_none_or(|b| says(b, "Allow", request));
    let own = says(identity, "Allow", request) && in_bounds;
    let account = request.principal.split(':').nth(4).unwrap();
    if account == A {
        // A user here: what the resource grants it passes its boundary.
        own || named("Allow", &["all", "itself"])
    } else {
        own && named("Allow", &["all", "itself", "account"])
    }
}

fn pick(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(of).prop_map(str::to_owned)
}

fn conditions() -> impl Strategy<Value = Value> {
    let one = prop_oneof![
        (
            pick(&[
                "StringEquals",
                "StringNotEquals",
                "StringLikeIfExists",
                "StringNotLike",
                "ForAnyValue:StringEquals",
                "ForAllValues:StringLike",
                "ForAllValues:StringNotEquals",
                "StringEqualsIfExists",
                "ForAnyValue:StringNotLike"
            ]),
            pick(&["acme:Team", "aws:username", "aws:SourceVpc"]),
            proptest::collection::vec(pick(&["a", "b*", "u", "${aws:username}", "?"]), 1..3),
        )
            .prop_map(|(operator, key, values)| json!({operator: {key: values}})),
        (pick(&["Null"]), pick(&["acme:Team", "aws:username"]), pick(&["true", "false"]))
            .prop_map(|(operator, key, value)| json!({operator: {key: value}})),
        (pick(&["Bool", "BoolIfExists"]), pick(&["acme:Flag"]), pick(&["true", "false"]))
            .prop_map(|(operator, key, value)| json!({operator: {key: value}})),
        (pick(&["NumericLessThan", "NumericLessThanIfExists"]), pick(&["acme:Count"]), pick(&["3", "10"]))
            .prop_map(|(operator, key, value)| json!({operator: {key: value}})),
    ];
    prop_oneof![3 => Just(json!({})), 4 => one]
}

fn statement() -> impl Strategy<Value = Value> {
    (
        prop_oneof![3 => Just("Allow"), 1 => Just("Deny")],
        (any::<bool>(), any::<bool>(), 0..5_u8, 0..5_u8),
        proptest::collection::vec(pick(&["*", "s3:*", "s3:Get*", "S3:getobject", "s3:Put?bject", "ec2:*"]), 1..3),
        proptest::collection::vec(
            pick(&["*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/u/x", "arn:aws:s3:::c"]),
            1..3,
        ),
        conditions(),
        prop_oneof![
            Just(json!("*")),
            Just(json!({"AWS": USER})),
            Just(json!({"AWS": [ROLE]})),
            Just(json!({"AWS": [A, "arn:aws:iam::222222222222:root"]})),
            Just(json!({"AWS": "333333333333"})),
        ],
    )
        .prop_map(|(effect, (_, _, not_action, not_resource), actions, resources, condition, principal)| {
            let action = if not_action == 0 { "NotAction" } else { "Action" };
            let resource = if not_resource == 0 { "NotResource" } else { "Resource" };
            json!({"Effect": effect, action: actions, resource: resources, "Condition": condition, "Principal": principal})
        })
}

fn policy(most: usize) -> impl Strategy<Value = Value> {
    proptest::collection::vec(statement(), 1..=most).prop_map(|s| json!({"Version": "2012-10-17", "Statement": s}))
}

/// A policy of an identity names no principal.
fn own(mut policy: Value) -> Value {
    for statement in policy["Statement"].as_array_mut().unwrap() {
        statement.as_object_mut().unwrap().remove("Principal");
    }
    policy
}

/// Each key with a value, absent, or not known to the evaluator: then both values and the absence are tried.
fn keys() -> impl Strategy<Value = Vec<(&'static str, Option<&'static str>, bool)>> {
    let key = |name: &'static str, values: &'static [&'static str]| {
        (proptest::option::of(proptest::sample::select(values)), any::<bool>())
            .prop_map(move |(v, known)| (name, v, known))
    };
    (
        key("acme:team", &["a", "bb", "u"]),
        key("aws:sourcevpc", &["a", "b"]),
        key("acme:flag", &["true", "false"]),
        key("acme:count", &["1", "5", "20"]),
    )
        .prop_map(|(a, b, c, d)| vec![a, b, c, d])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn says_what_the_reference_says(
        identity in proptest::collection::vec(policy(3), 0..3),
        boundary in proptest::option::weighted(0.3, policy(2)),
        bucket in policy(3),
        principal in proptest::sample::select(&[USER, ROLE][..]),
        action in proptest::sample::select(&["s3:GetObject", "s3:PutObject"][..]),
        resource in proptest::sample::select(&["arn:aws:s3:::b/u/x", "arn:aws:s3:::b/y"][..]),
        keys in keys(),
    ) {
        let identity: Vec<Value> = identity.into_iter().map(own).collect();
        let boundary = boundary.map(own);
        // A role is limited by its boundary in another way: see the published cases.
        let boundary = boundary.filter(|_| principal == USER);
        let trust = json!({"Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}});
        let trust = (principal == ROLE).then_some(&trust);
        let estate = Estate::new()
            .principal(principal, &identity, boundary.as_ref(), trust, json!({}))
            .bucket("b", A, Some(&bucket));
        prop_assert_eq!(normalise(&bucket)["valid"].clone(), json!(true));
        let permissions = Permissions::of([&estate.snapshot()]);
        let context = keys.iter().filter(|(.., known)| *known).fold(Context::default(), |context, (key, value, _)| {
            match value {
                Some(value) => context.with(key, [*value]),
                None => context.without(key),
            }
        });
        let answer = permissions.ask(&Question { principal, action, resource, context: &context });

        let mut request = Request { principal, action, resource, keys: BTreeMap::new() };
        if principal == USER {
            request.keys.insert("aws:username", "u");
        }
        request.keys.extend(keys.iter().filter_map(|(key, value, _)| Some((*key, (*value)?))));
        let want = allowed(&identity, boundary.as_ref(), &bucket, &request);
        let all_known = keys.iter().all(|(.., known)| *known);
        if all_known {
            prop_assert_ne!(answer.effect, Effect::Depends, "all is known: {:?}", answer);
        }
        match answer.effect {
            Effect::Allowed => prop_assert!(want, "{:?}", answer),
            Effect::Denied => prop_assert!(!want, "{:?}", answer),
            Effect::Depends => prop_assert!(!answer.hinges.is_empty()),
        }
    }
}
