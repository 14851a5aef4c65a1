//! Every chore of the project is a verb here, and `.ci/run` calls the same verbs as people do.
//!
//! `layers.rs`, `dependencies.rs`, `content.rs` and `ci.rs` are one verb each; `aws.rs` has those of its estate.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "chores speak to people")]
mod aws;
mod ci;
mod content;
mod dependencies;
mod layers;
mod metadata;

use std::process::ExitCode;

/// What a chore gives: an error is one line that says what is wrong and what to do.
type Chore = Result<(), String>;

/// A verb: its name, what it does, the chore itself.
struct Verb(&'static str, &'static str, fn(&[String]) -> Chore);

const VERBS: &[Verb] = &[
    Verb("ci", "fmt, clippy, layers, dependencies, content, tests: what .ci/run runs", ci::run),
    Verb("layers", "fail on a dependency that points against the layers of DESIGN", layers::run),
    Verb("dependencies", "licences, advisories and duplicates of all dependencies", dependencies::run),
    Verb("content", "run every case and mutant of every check; --write renews docs/checks.md", content::run),
    Verb("up", "up moto: a seeded estate of AWS, for people", aws::up),
    Verb("aws-score", "score the findings of a scan of that estate against its truth", aws::scored),
    Verb("bless", "rewrite golden files from what the program prints now", ci::bless),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let verb = args.first().map(String::as_str).unwrap_or_default();
    let Some(Verb(_, _, chore)) = VERBS.iter().find(|Verb(name, ..)| *name == verb) else {
        eprintln!("usage: cargo xtask VERB");
        for Verb(name, what, _) in VERBS {
            eprintln!("  {name:<14}{what}");
        }
        return ExitCode::from(2);
    };
    match chore(args.get(1..).unwrap_or_default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {verb}: {error}");
            ExitCode::FAILURE
        }
    }
}
