//! One file a command.
mod access;
mod check;
mod db;
mod diff;
mod doctor;
mod drift;
mod exempt;
mod explain;
mod findings;
mod fix;
mod history;
mod manual;
mod paths;
mod resources;
mod rules;
mod sbom;
mod scan;
mod score;
mod suppress;
mod vex;
pub(crate) mod who;

use casemate_estate::Timestamp;

use crate::{
    cli::{Cli, Command},
    error::CommandError,
    exit::Exit,
};

/// Runs the command that the user named.
pub(crate) fn run(cli: &Cli) -> Result<Exit, CommandError> {
    let global = &cli.global;
    let now = Timestamp::now();
    match &cli.command {
        Command::Scan(args) => scan::run(global, args),
        Command::Findings(args) => findings::run(global, args, now),
        Command::Resources(args) => resources::run(global, args, now),
        Command::Access(command) => access::run(global, command),
        Command::Diff(args) => diff::run(global, args, now),
        Command::History(args) => history::run(global, args, now),
        Command::Paths(args) => paths::run(global, args),
        Command::Explain(args) => explain::run(global, args, now),
        Command::Score(args) => score::run(global, args, now),
        Command::Sbom(args) => sbom::run(global, args, now),
        Command::Fix(command) => fix::run(global, command, now),
        Command::Check(command) => check::run(global, command),
        Command::Db(command) => db::run(global, command, now),
        Command::Rules(command) => rules::run(global, command, now),
        Command::Vex(args) => vex::run(global, args, now),
        Command::Exempt(command) => exempt::run(global, command, now),
        Command::Drift(command) => drift::run(global, command, now),
        Command::Suppress(command) => suppress::run(global, command, now),
        Command::Doctor(args) => doctor::run(global, args, now),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { dir } => manual::pages(dir),
    }
}
