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

/// One rule each, and the pack of the estate's own example.
#[test]
fn what_was_refused_is_unknown_and_the_rest_is_judged() {
    let Some(moto) = Moto::start() else { return };
    let truth = moto.seed(1, 11);
    let rules = [
        r#"{"action": "s3:*", "mode": "denied"}"#,
        r#"{"action": "*:Describe*", "mode": "denied", "region": "eu-west-1"}"#,
        r#"{"action": "*:List*", "mode": "error500"}"#,
        r#"{"action": "*:Get*", "mode": "close"}"#,
        r#"{"action": "*:Describe*", "mode": "truncate"}"#,
        r#"{"action": "kms:*", "mode": "timeout", "delay_s": 1}"#,
        r#"{"action": "*", "mode": "throttle", "first": 40}"#,
    ];
    for rule in rules {
        let path = moto.directory().join("rules.json");
        fs::write(&path, format!(r#"{{"rules": [{rule}]}}"#)).unwrap();
        let proxy = moto.proxy(Some(&path));
        let casemate = Casemate::new();
        let outcome = scan(&casemate, proxy.endpoint(), &[]);
        drop(proxy);
        let Some(score) = score(&outcome.stdout, &truth, Some(&path)) else { return };
        let denied = &score.figures["denied"];
        for wrong in ["false_assurance", "fail_wrong"] {
            assert_eq!(denied[wrong].as_u64().unwrap_or(0), 0, "{rule}: {wrong}\n{}", score.text);
        }
        assert_eq!(score.figures["precision"].as_f64(), Some(1.0), "{rule}: {}", score.text);
    }
}
