use std::process::ExitCode;

/// Exit status of every command (DESIGN §7). Where a scan is both incomplete and above `--fail-on`, `Findings` wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// Findings at or above `--fail-on`.
    Findings,
    /// Done, but something could not be read or a check could not be loaded.
    Incomplete,
    /// Failed.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Incomplete => 3,
            Exit::Failed => 4,
        })
    }
}
