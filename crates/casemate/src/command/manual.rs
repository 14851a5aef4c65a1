use std::{io::Write, path::Path};

use clap::CommandFactory;

use crate::{cli::Cli, error::CommandError, exit::Exit, output::Sink};

/// `casemate completions SHELL`, from the same definitions as the help.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<Exit, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "casemate", &mut script);
    let mut sink = Sink::open(None)?;
    let result = sink.write_all(&script);
    sink.finish(result)?;
    Ok(Exit::Done)
}

/// `casemate man DIR`: a page for the program and for each of its commands.
pub(crate) fn pages(dir: &Path) -> Result<Exit, CommandError> {
    std::fs::create_dir_all(dir).and_then(|()| clap_mangen::generate_to(Cli::command(), dir)).map_err(|source| {
        CommandError::Write {
            what: format!("man pages to `{}`", dir.display()),
            source,
            hint: "name a directory that you may write to; it is made where it does not exist",
        }
    })?;
    Ok(Exit::Done)
}
