//! `casemate doctor aws`: the policy that it prints is all that a scan needs.
use std::fs;

use casemate_testkit::{
    Casemate,
    aws::{Moto, REGIONS, ROLE},
};
use serde_json::{Value, json};

use crate::{run, scan};

fn states(lines: &[Value]) -> Vec<String> {
    let mut out: Vec<String> = lines
        .iter()
        .filter(|line| line["type"] == "finding")
        .map(|line| format!("{} {} {}", line["check"], line["resource"]["id"], line["state"]))
        .collect();
    out.sort();
    out
}

#[test]
fn a_scan_needs_no_more_than_the_policy_allows() {
    let Some(moto) = Moto::start() else { return };
    drop(moto.seed(1, 31));
    let casemate = Casemate::new();
    let rows = run(
        &casemate,
        moto.endpoint(),
        &["doctor", "aws", "--accounts", "organization", "--role", ROLE, "--regions", REGIONS, "--format", "jsonl"],
    )
    .lines();
    let actions: Vec<&str> = rows.iter().filter_map(|row| row["action"].as_str()).collect();
    let policies =
        run(&casemate, moto.endpoint(), &["doctor", "aws", "--policy", "--accounts", "organization"]).lines();
    let allowed: Vec<&str> = policies
        .iter()
        .flat_map(|policy| policy["Statement"].as_array().unwrap())
        .flat_map(|statement| statement["Action"].as_array().unwrap())
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(sorted(&actions), sorted(&allowed));
    assert!(rows.iter().all(|row| row["status"] != "denied"), "{rows:#?}");

    // The proxy knows operations: those of the policy's actions pass, in the order of rules the rest is refused.
    let mut rules: Vec<Value> = rows
        .iter()
        .flat_map(|row| row["calls"].as_array().unwrap())
        .map(|operation| json!({"action": format!("*:{}", operation.as_str().unwrap()), "mode": "allow"}))
        .collect();
    rules.push(json!({"action": "*", "mode": "denied"}));
    let path = moto.directory().join("rules.json");
    fs::write(&path, json!({"rules": rules}).to_string()).unwrap();
    let proxy = moto.proxy(Some(&path));
    let narrow = scan(&Casemate::new(), proxy.endpoint(), &[]).lines();
    let calls = proxy.finish();
    let refused: Vec<&String> =
        calls["spoiled"].as_object().unwrap().keys().filter(|key| key.ends_with(" denied")).collect();
    assert!(refused.is_empty(), "not in the policy: {refused:?}");
    let free = scan(&Casemate::new(), moto.endpoint(), &[]).lines();
    assert_eq!(states(&narrow), states(&free));
}

fn sorted<'a>(items: &[&'a str]) -> Vec<&'a str> {
    let mut items = items.to_vec();
    items.sort_unstable();
    items.dedup();
    items
}
