//! Measures questions about permissions on the accounts of a store: `permission STORE`. Prints one JSON object.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement prints, and a failure ends it")]
use std::time::Instant;

use casemate_graph::permission::{Context, Permissions, Question};
use casemate_store::{Page, ResourceFilter, SqliteStore, Store};

/// Actions by which a principal gets more than it has.
const ESCALATING: &[&str] = &[
    "iam:CreatePolicyVersion",
    "iam:SetDefaultPolicyVersion",
    "iam:PassRole",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:UpdateLoginProfile",
    "iam:AttachUserPolicy",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:PutUserPolicy",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:AddUserToGroup",
    "iam:UpdateAssumeRolePolicy",
    "sts:AssumeRole",
    "lambda:CreateFunction",
    "lambda:InvokeFunction",
    "lambda:UpdateFunctionCode",
    "ec2:RunInstances",
    "cloudformation:CreateStack",
    "glue:CreateDevEndpoint",
    "ssm:SendCommand",
    "s3:GetObject",
    "secretsmanager:GetSecretValue",
    "kms:Decrypt",
];

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let store = SqliteStore::open(std::path::Path::new(&path)).unwrap();
    let mut targets: Vec<String> = store.scan_list(None, Page::ALL).unwrap().into_iter().map(|s| s.target).collect();
    targets.sort_unstable();
    targets.dedup();
    let snapshots: Vec<_> = targets.iter().filter_map(|t| store.snapshot_latest(t).unwrap()).collect();
    let start = Instant::now();
    let permissions = Permissions::of(&snapshots);
    let build = start.elapsed();
    let principals: Vec<&str> = permissions.principals().collect();
    let resources: Vec<String> = store
        .resource_list(&ResourceFilter::default(), Page::ALL)
        .unwrap()
        .into_iter()
        .map(|r| r.resource.id.to_string())
        .filter(|id| id.starts_with("arn:"))
        .collect();
    let mut counts = [0_u64; 3];
    let mut ask = |principal: &str, action: &str, resource: &str| {
        let answer = permissions.ask(&Question { principal, action, resource, context: Context::EMPTY });
        if let Some(count) = counts.get_mut(answer.effect as usize) {
            *count += 1;
        }
    };
    let start = Instant::now();
    for principal in &principals {
        for action in ESCALATING {
            ask(principal, action, "*");
        }
    }
    let escalation = start.elapsed();
    let start = Instant::now();
    let mut asked = 0_u32;
    for (i, principal) in principals.iter().enumerate() {
        for (k, resource) in resources.iter().enumerate() {
            if let Some(action) = ESCALATING.get((i + k) % ESCALATING.len()) {
                ask(principal, action, resource);
                asked += 1;
            }
        }
    }
    let questions = start.elapsed();
    let [denied, depends, allowed] = counts;
    println!(
        r#"{{"principals":{},"resources":{},"build_ms":{:.1},"escalation_ms":{:.1},"questions":{asked},"question_us":{:.2},"allowed":{allowed},"depends":{depends},"denied":{denied}}}"#,
        principals.len(),
        resources.len(),
        build.as_secs_f64() * 1e3,
        escalation.as_secs_f64() * 1e3,
        questions.as_secs_f64() * 1e6 / f64::from(asked.max(1)),
    );
}
