//! One file a command.
mod check;
mod diff;
mod doctor;
mod exempt;
mod explain;
mod findings;
mod history;
mod manual;
mod resources;
mod scan;
mod score;
mod suppress;

use casemate_estate::Timestamp;

use crate::{
    cli::{Cli, Command, ScanTarget},
    error::CommandError,
    exit::Exit,
};

/// Runs the command that the user named.
pub(crate) fn run(cli: &Cli) -> Result<Exit, CommandError> {
    let global = &cli.global;
    let now = Timestamp::now();
    match &cli.command {
        Command::Scan(args) => match &args.target {
            Some(ScanTarget::Host) | None => scan::run(global, &args.options),
        },
        Command::Findings(args) => findings::run(global, args, now),
        Command::Resources(args) => resources::run(global, args, now),
        Command::Diff(args) => diff::run(global, args, now),
        Command::History(args) => history::run(global, args, now),
        Command::Explain(args) => explain::run(global, args, now),
        Command::Score(args) => score::run(global, args, now),
        Command::Check(command) => check::run(global, command),
        Command::Exempt(command) => exempt::run(global, command, now),
        Command::Suppress(command) => suppress::run(global, command, now),
        Command::Doctor(args) => doctor::run(global, args, now),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { dir } => manual::pages(dir),
    }
}
