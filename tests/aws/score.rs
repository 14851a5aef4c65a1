//! Precision and recall over seeds, and no `pass` on what was refused.
use std::fs;

use casemate_testkit::{
    Casemate,
    aws::{Moto, score},
};

use crate::scan;

#[test]
fn every_control_is_judged_as_the_truth_says() {
    let Some(moto) = Moto::start() else { return };
    for seed in [1, 2, 3, 4, 5] {
        let truth = moto.seed(1, seed);
        let casemate = Casemate::new();
        let outcome = scan(&casemate, moto.endpoint(), &[]);
        let Some(score) = score(&outcome.stdout, &truth, None) else { return };
        println!("seed {seed}\n{}", score.text);
        let figures = &score.figures;
        assert_eq!(figures["precision"].as_f64(), Some(1.0), "seed {seed}: {}\n{}", score.text, outcome.stderr);
        assert!(figures["recall"].as_f64() > Some(0.95), "seed {seed}: {}\n{}", score.text, outcome.stderr);
    }
}

/// Each mode of the proxy, and the estate's own example of rules. Accounts must be entered, so the token service is
/// left alone.
#[test]
fn what_was_refused_is_unknown_and_the_rest_is_judged() {
    let Some(moto) = Moto::start() else { return };
    let truth = moto.seed(1, 11);
    let rules = [
        r#"{"action": "s3:*", "mode": "denied"}"#,
        r#"{"action": "*:Describe*", "mode": "denied", "region": "eu-west-1"}"#,
        r#"{"action": "[!io]*:List*", "mode": "error500"}"#,
        r#"{"action": "[!si]*:Get*", "mode": "close"}"#,
        r#"{"action": "*:Describe*", "mode": "truncate"}"#,
        r#"{"action": "kms:*", "mode": "timeout", "delay_s": 1}"#,
        r#"{"action": "s3:GetBucketPolicy", "mode": "denied"}, {"action": "iam:ListMFADevices", "mode": "denied"},
           {"action": "ec2:DescribeSnapshotAttribute", "mode": "error500"},
           {"action": "kms:GetKeyRotationStatus", "mode": "denied", "region": "eu-west-1"},
           {"action": "rds:DescribeDBInstances", "mode": "close", "region": "ap-southeast-2"},
           {"action": "sqs:GetQueueAttributes", "mode": "throttle"},
           {"action": "dynamodb:DescribeTable", "mode": "throttle", "first": 2},
           {"action": "cloudwatch:DescribeAlarms", "mode": "denied"}, {"action": "eks:DescribeCluster", "mode": "denied"}"#,
    ];
    for rule in rules {
        let path = moto.directory().join("rules.json");
        fs::write(&path, format!(r#"{{"rules": [{rule}]}}"#)).unwrap();
        let proxy = moto.proxy(Some(&path));
        let casemate = Casemate::new();
        let outcome = scan(&casemate, proxy.endpoint(), &[]);
        drop(proxy);
        assert_eq!(outcome.status, 3, "{rule}: {}", outcome.stderr);
        let Some(score) = score(&outcome.stdout, &truth, Some(&path)) else { return };
        let denied = &score.figures["denied"];
        for wrong in ["false_assurance", "fail_wrong"] {
            assert_eq!(denied[wrong].as_u64().unwrap_or(0), 0, "{rule}: {wrong}\n{}", score.text);
        }
        assert_eq!(score.figures["precision"].as_f64(), Some(1.0), "{rule}: {}", score.text);
    }
}
