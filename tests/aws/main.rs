//! `casemate scan aws` against moto, seeded with estates whose truth is known.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on ends loudly")]
mod access;
mod bad_input;
mod change;
mod doctor;
mod score;
mod trail;

use std::process::Command;

use casemate_testkit::{
    Casemate, Outcome,
    aws::{REGIONS, ROLE},
};

/// The program with the credentials that moto takes for the organisation's management account.
fn command(casemate: &Casemate, endpoint: &str, args: &[&str]) -> Command {
    let mut command = casemate.command(args);
    command.env("AWS_ENDPOINT_URL", endpoint).env("AWS_DEFAULT_REGION", "us-east-1");
    command.env("AWS_ACCESS_KEY_ID", "testing").env("AWS_SECRET_ACCESS_KEY", "testing");
    command
}

/// A scan of the whole organisation.
fn scan(casemate: &Casemate, endpoint: &str, more: &[&str]) -> Outcome {
    let args = ["scan", "aws", "--accounts", "organization", "--role", ROLE, "--regions", REGIONS, "--format", "jsonl"];
    run(casemate, endpoint, &[&args[..], more].concat())
}

fn run(casemate: &Casemate, endpoint: &str, args: &[&str]) -> Outcome {
    Outcome::of(command(casemate, endpoint, args).output().unwrap())
}
