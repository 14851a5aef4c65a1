//! Reads a disk and prints how many packages, entries of interest and problems it gives: what `benches/disk_scan.sh`
//! measures. `packages FILE [--secrets]`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for benchmarks")]
use std::{path::PathBuf, process::ExitCode};

use casemate_estate::Timestamp;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(file) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: packages FILE [--secrets]");
        return ExitCode::from(2);
    };
    let secrets = arguments.any(|argument| argument == "--secrets");
    match casemate_collect_disk::collect(&file, secrets, &Timestamp::now, &|_, _, _| {}) {
        Ok(collected) => {
            let assembled = &collected.assembled;
            println!(
                "{}: {} packages, {} files of interest, {} secrets, {} problems",
                collected.snapshot.target,
                assembled.inventory.packages.len(),
                assembled.interest.len(),
                assembled.secrets.len(),
                assembled.inventory.problems.len(),
            );
            for problem in &assembled.inventory.problems {
                println!("problem: {}: {}", problem.path, problem.reason);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
