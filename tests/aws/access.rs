//! `casemate access` on an estate whose attack paths and decoys are known.
use casemate_testkit::{Casemate, aws::Moto};
use serde_json::Value;

use crate::scan;

/// Steps of paths that are a question of permissions alone: pattern, and what the first of the two steps must be able
/// to do with the second.
const QUESTIONS: &[(&str, &str, usize)] = &[
    ("assume-chain-admin", "sts:AssumeRole", 0),
    ("assume-chain-admin", "sts:AssumeRole", 1),
    ("assume-chain-admin", "sts:AssumeRole", 2),
    ("user-policyversion-admin", "iam:CreatePolicyVersion", 0),
    ("internet-lambda-url-secret", "secretsmanager:GetSecretValue", 2),
    ("internet-instance-passrole-admin", "iam:PassRole", 2),
    ("public-bucket-sensitive", "s3:GetObject", 0),
];

fn effect(casemate: &Casemate, path: &Value, action: &str, step: usize) -> String {
    let text = |at: usize| path["steps"][at].as_str().unwrap().to_owned();
    let (mut who, mut what) = (text(step), text(step + 1));
    if who == "internet" {
        who = "*".into();
    }
    if action.starts_with("s3:") {
        what.push_str("/*");
    }
    let outcome = casemate.run(&["access", "can", &who, action, &what, "--format", "json"]);
    assert!(!outcome.stdout.is_empty(), "{}", outcome.stderr);
    let answer: Value = serde_json::from_str(&outcome.stdout).unwrap();
    answer["effect"].as_str().unwrap().to_owned()
}

#[test]
fn steps_of_paths_are_allowed_and_decoys_of_permissions_are_not() {
    let Some(moto) = Moto::start() else { return };
    let truth = moto.seed(1, 3);
    let truth: Value = serde_json::from_slice(&std::fs::read(truth).unwrap()).unwrap();
    let casemate = Casemate::new();
    scan(&casemate, moto.endpoint(), &[]);
    let mut asked = 0;
    for path in truth["attack_paths"].as_array().unwrap() {
        for (_, action, step) in QUESTIONS.iter().filter(|(pattern, ..)| path["pattern"] == *pattern) {
            assert_eq!(effect(&casemate, path, action, *step), "allowed", "{action}, step {step}: {path}");
            asked += 1;
        }
    }
    assert!(asked > 8, "{asked} questions");
    // What stops a decoy is a policy where the truth says so.
    let by_policy = ["den", "boundary", "trust", "another secret", "tag", "public access block", "no escalation"];
    for decoy in truth["decoys"].as_array().unwrap() {
        let why = decoy["blocked_by"].as_str().unwrap();
        let questions: Vec<_> = QUESTIONS.iter().filter(|(pattern, ..)| decoy["pattern"] == *pattern).collect();
        if questions.is_empty() || !by_policy.iter().any(|word| why.contains(word)) {
            continue;
        }
        let is_stopped = questions.iter().any(|(_, action, step)| effect(&casemate, decoy, action, *step) == "denied");
        assert!(is_stopped, "{why}: {decoy}");
    }
}
