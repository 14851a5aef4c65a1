//! `casemate`: the program. Start at [`command::run`].
//!
//! `cli.rs` defines the command line, `command/` has one file a command, `output/` one file a format.
//!
//! **Invariant:** only this crate parses command lines; only `output` prints.
mod cli;
mod cloud;
mod command;
mod content;
mod drift;
mod error;
mod exit;
mod output;
mod place;
mod progress;
mod reading;
mod report;
mod stop;
mod target;
mod vulnerability;
mod when;

use std::process::ExitCode;

use casemate_assess::AssessError;
use casemate_collect_aws::AwsError;
use clap::Parser;

use crate::{cli::Cli, error::CommandError, exit::Exit};

fn main() -> ExitCode {
    let cli = Cli::parse();
    match command::run(&cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            output::complain(&error);
            match error {
                CommandError::Usage(_)
                | CommandError::Aws(AwsError::Configuration(_))
                | CommandError::Assess(AssessError::UnknownBaseline { .. }) => ExitCode::from(2),
                _ => Exit::Failed.into(),
            }
        }
    }
}
