//! What a second scan says and costs.
use casemate_testkit::{Casemate, aws::Moto};
use serde_json::Value;

use crate::{run, scan};

fn summary(lines: &[Value]) -> &Value {
    lines.iter().find(|line| line["type"] == "summary").unwrap()
}

#[test]
fn a_changed_bucket_policy_is_named_and_nothing_else_is_judged_again() {
    let Some(moto) = Moto::start() else { return };
    drop(moto.seed(1, 21));
    let casemate = Casemate::new();
    let first = scan(&casemate, moto.endpoint(), &[]);
    assert!(first.status == 0 || first.status == 3, "{}", first.stderr);
    let bucket = moto
        .python(
            "s = boto3.client('s3')\n\
             name = sorted(b['Name'] for b in s.list_buckets()['Buckets'])[0]\n\
             s.put_bucket_policy(Bucket=name, Policy=json.dumps({'Version': '2012-10-17', 'Statement': [{'Sid': 'open',\n\
             'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': f'arn:aws:s3:::{name}/*'}]}))\n\
             print(name)",
        )
        .trim()
        .to_owned();
    let second = scan(&casemate, moto.endpoint(), &[]).lines();
    let (judged, reused) =
        (summary(&second)["evaluated"].as_u64().unwrap(), summary(&second)["reused"].as_u64().unwrap());
    assert!(judged < reused / 10, "{judged} judged again of {}", judged + reused);
    let diff = run(&casemate, moto.endpoint(), &["diff", "--format", "jsonl"]).lines();
    let of_policy: Vec<&Value> = diff.iter().filter(|line| line["facet"] == "policy").collect();
    assert!(!of_policy.is_empty(), "{diff:#?}");
    for line in &of_policy {
        assert_eq!(line["resource"], format!("arn:aws:s3:::{bucket}"), "{line}");
    }
    let others: Vec<&Value> =
        diff.iter().filter(|line| line["facet"] != "policy" && line["facet"] != "last_change").collect();
    assert!(others.is_empty(), "what nobody changed is not in the difference: {others:#?}");
    let table = run(&casemate, moto.endpoint(), &["diff"]);
    assert!(table.stdout.contains(&bucket), "{}", table.stdout);
}

#[test]
fn one_check_makes_only_its_calls() {
    let Some(moto) = Moto::start() else { return };
    drop(moto.seed(1, 22));
    let proxy = moto.proxy(None);
    let casemate = Casemate::new();
    let outcome = run(
        &casemate,
        proxy.endpoint(),
        &["scan", "aws", "--regions", "us-east-1", "--check", "aws.sqs.encrypted", "--format", "jsonl"],
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let calls = proxy.finish();
    let names: Vec<&String> = calls["calls"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["sqs:GetQueueAttributes", "sqs:ListQueues", "sts:GetCallerIdentity"], "{calls}");
}

#[test]
fn one_account_that_cannot_be_entered_does_not_end_the_others() {
    let Some(moto) = Moto::start() else { return };
    drop(moto.seed(1, 23));
    let rules = moto.directory().join("rules.json");
    let other = moto.python("print([a['Id'] for a in boto3.client('organizations').list_accounts()['Accounts']][1])");
    std::fs::write(
        &rules,
        format!(r#"{{"rules": [{{"action": "sts:AssumeRole", "mode": "denied", "match": "{}"}}]}}"#, other.trim()),
    )
    .unwrap();
    let proxy = moto.proxy(Some(&rules));
    let casemate = Casemate::new();
    let outcome = scan(&casemate, proxy.endpoint(), &["--check", "aws.sqs.encrypted"]);
    assert_eq!(outcome.status, 3, "{}", outcome.stderr);
    let lines = outcome.lines();
    let gaps = summary(&lines)["gaps"].to_string();
    assert!(gaps.contains(other.trim()) && gaps.contains("AccessDenied"), "{gaps}");
    let scans = summary(&lines)["scans"].as_array().unwrap();
    assert_eq!(scans.len(), 3, "{scans:#?}");
    assert!(lines.iter().any(|line| line["type"] == "finding"), "the others are judged");
}
