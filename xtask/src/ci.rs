//! What `.ci/run` and `./test` run.
use std::process::Command;

use crate::{Chore, content, dependencies, layers, metadata::Metadata};

/// Formatting, lints, layers, dependencies, content, all tests; the test runner's closing line comes last.
pub(crate) fn run(_: &[String]) -> Chore {
    step("formatting", &["fmt", "--all", "--check"])?;
    step("lints", &["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
    layers::run(&[])?;
    dependencies::run(&[])?;
    content::run(&[])?;
    tests(&[])
}

/// Rewrites golden files.
pub(crate) fn bless(_: &[String]) -> Chore {
    content::build(&Metadata::load()?)?;
    tests(&[("CASEMATE_BLESS", "1")])
}

fn tests(environment: &[(&str, &str)]) -> Chore {
    let nextest =
        Command::new(env!("CARGO")).args(["nextest", "--version"]).output().is_ok_and(|out| out.status.success());
    let args: &[&str] = if nextest {
        &["nextest", "run", "--locked", "--workspace", "--no-fail-fast"]
    } else {
        &["test", "--locked", "--workspace", "--no-fail-fast"]
    };
    println!("== tests");
    let status = Command::new(env!("CARGO"))
        .args(args)
        .envs(environment.iter().copied())
        .status()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err("tests failed: see above".into()) }
}

fn step(name: &str, args: &[&str]) -> Chore {
    println!("== {name}");
    let status =
        Command::new(env!("CARGO")).args(args).status().map_err(|error| format!("cannot run cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{name} failed: see above")) }
}
