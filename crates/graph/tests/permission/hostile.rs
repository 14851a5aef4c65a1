//! Input that nobody sane writes.
use casemate_graph::permission::{Context, Effect, Hinge, Permissions, Question};
use serde_json::{Value, json};

use crate::estate::{A, Estate};

fn ask(estate: Estate, principal: &str, action: &str, resource: &str) -> casemate_graph::permission::Answer {
    let permissions = Permissions::of([&estate.snapshot()]);
    permissions.ask(&Question { principal, action, resource, context: Context::EMPTY })
}

#[test]
fn ten_thousand_statements_are_read() {
    let statements: Vec<Value> = (0..10_000)
        .map(|i| {
            json!({"Effect": if i == 9_999 { "Deny" } else { "Allow" }, "Action": "s3:*",
                "Resource": format!("arn:aws:s3:::bucket-{}/*a*a*a*{i}", i % 9_999)})
        })
        .collect();
    let user = format!("arn:aws:iam::{A}:user/u");
    let estate = || {
        Estate::new()
            .user(&user, &[json!({"Version": "2012-10-17", "Statement": statements})])
            .bucket("bucket-7", A, None)
            .bucket("bucket-0", A, None)
    };
    let long = "a".repeat(900);
    let answer = ask(estate(), &user, "s3:GetObject", &format!("arn:aws:s3:::bucket-7/{long}7"));
    assert_eq!((answer.effect, answer.cited[0].index), (Effect::Allowed, 7), "the one that fits is found");
    let answer = ask(estate(), &user, "s3:GetObject", &format!("arn:aws:s3:::bucket-0/{long}9999"));
    assert_eq!((answer.effect, answer.cited[0].index), (Effect::Denied, 9_999), "the last of them denies");
}

#[test]
fn cyclic_trusts_end() {
    let (a, b) = (format!("arn:aws:iam::{A}:role/a"), format!("arn:aws:iam::{A}:role/b"));
    let trust =
        |who: &str| json!({"Statement": {"Effect": "Allow", "Principal": {"AWS": who}, "Action": "sts:AssumeRole"}});
    let estate = Estate::new().role(&a, &[], &trust(&b)).role(&b, &[], &trust(&a));
    let permissions = Permissions::of([&estate.snapshot()]);
    for (from, to) in [(&a, &b), (&b, &a)] {
        let question = Question { principal: from, action: "sts:AssumeRole", resource: to, context: Context::EMPTY };
        assert_eq!(permissions.ask(&question).effect, Effect::Allowed, "{from} to {to}");
        assert_eq!(permissions.what_can(from, None).len(), 1);
        assert_eq!(permissions.who_can("sts:AssumeRole", to).len(), 1);
    }
}

#[test]
fn what_is_not_understood_is_named() {
    let user = format!("arn:aws:iam::{A}:user/u");
    let of = |condition: Value| {
        let allow = json!({"Version": "2012-10-17", "Statement": {
            "Sid": "Odd", "Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": condition}});
        ask(Estate::new().user(&user, &[allow]), &user, "ec2:RunInstances", "*")
    };
    for (condition, operator, key) in [
        (json!({"StringResembles": {"aws:PrincipalArn": "*"}}), "stringresembles", "aws:principalarn"),
        (json!({"StringEquals": {"acme:Mood": "good"}}), "stringequals", "acme:mood"),
        (json!({"StringNotEquals": {"acme:Mood": "good"}}), "stringnotequals", "acme:mood"),
        (json!({"ForAllValues:StringLike": {"acme:Moods": ["a*"]}}), "forallvalues:stringlike", "acme:moods"),
        (json!({"Null": {"acme:Mood": "true"}}), "null", "acme:mood"),
    ] {
        let answer = of(condition);
        assert_eq!(answer.effect, Effect::Depends, "{operator}");
        let [Hinge::Condition { operator: named, key: of_key, cited, .. }] = &answer.hinges[..] else {
            panic!("{:?}", answer.hinges)
        };
        assert_eq!((&**named, &**of_key, cited.sid.as_deref()), (operator, key, Some("Odd")));
    }
}

#[test]
fn what_was_not_read_is_never_a_no() {
    let user = format!("arn:aws:iam::{A}:user/u");
    let allow = json!({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}});
    let bucket = "arn:aws:s3:::b";
    let estate = || Estate::new().user(&user, std::slice::from_ref(&allow)).bucket("b", A, None);
    let root = format!("arn:aws:iam::{A}:root");
    for (id, facet) in
        [(&*user, "identity_policies"), (&*user, "boundary"), (bucket, "policy"), (&*root, "organization")]
    {
        let answer = ask(estate().without(id, facet), &user, "s3:GetObject", "arn:aws:s3:::b/x");
        assert_eq!(answer.effect, Effect::Depends, "{facet}");
        assert!(answer.hinges.iter().all(Hinge::is_unread), "{facet}: {:?}", answer.hinges);
        assert!(answer.hinges.iter().any(|h| h.to_string().contains(facet)), "{facet}: {:?}", answer.hinges);
    }
    for (principal, resource, why) in [
        (format!("arn:aws:iam::{A}:user/gone"), "arn:aws:s3:::b/x".to_owned(), "a principal that is not there"),
        (user.clone(), "arn:aws:s3:::elsewhere/x".to_owned(), "a bucket that is not there"),
    ] {
        let answer = ask(estate(), &principal, "s3:GetObject", &resource);
        assert_eq!(answer.effect, Effect::Depends, "{why}");
    }
}

#[test]
fn malformed_questions_and_documents_have_answers() {
    let user = format!("arn:aws:iam::{A}:user/u");
    let estate = || {
        Estate::new()
            .add(
                &user,
                "aws.iam.user",
                A,
                &[("identity_policies", json!({"items": [{"document": 5}, 7, null]})), ("boundary", json!([]))],
            )
            .add(
                "arn:aws:sqs:::",
                "aws.sqs.queue",
                "",
                &[("attributes", json!({"Policy": {"valid": true, "statements": 9}}))],
            )
            .add("x", "aws.kms.key", "", &[("policy", json!("text")), ("grants", json!({"items": [{}, 1]}))])
            .add("odd", "aws.account", "", &[("organization", json!({"MasterAccountId": "1", "Id": 4}))])
            .add("arn:aws:organizations::1:root/o/r", "aws.organizations.root", "", &[("configuration", json!(1))])
    };
    let texts =
        ["", "*", "::::::", "arn:", "s3", "s3:", ":x", "é:ü", "?", "arn:aws:s3:::", "x", "odd", "${aws:username}"];
    for principal in texts.iter().copied().chain([&*user]) {
        for action in texts {
            for resource in texts {
                drop(ask(estate(), principal, action, resource));
            }
        }
    }
}
