use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// cron and at: who may use them and what they run.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Cron {
    /// cron is installed (a daemon's binary exists).
    pub(crate) cron_installed: bool,
    /// at is installed.
    pub(crate) at_installed: bool,
    /// Users of `/etc/cron.allow`; null where absent.
    pub(crate) cron_allow: Option<Vec<String>>,
    /// Users of `/etc/cron.deny`; null where absent.
    pub(crate) cron_deny: Option<Vec<String>>,
    /// Users of `/etc/at.allow`; null where absent.
    pub(crate) at_allow: Option<Vec<String>>,
    /// Users of `/etc/at.deny`; null where absent.
    pub(crate) at_deny: Option<Vec<String>>,
    /// Jobs of system crontabs, `cron.{hourly,daily,…}` and users' crontabs.
    pub(crate) jobs: Vec<CronJob>,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// One job. Only the first word of a command that is a path is kept, since arguments may hold secrets.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct CronJob {
    /// User it runs as.
    pub(crate) user: String,
    /// Schedule as written, or the directory's word: `daily`.
    pub(crate) schedule: String,
    /// Program.
    pub(crate) program: String,
    /// Whether somebody other than root (or the job's user) may write the program or a directory above it; null where
    /// the program is no absolute path or does not exist.
    pub(crate) program_writable: Option<bool>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1; 0 for a script in a directory.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "cron",
    live_only: false,
    shape: crate::def::shape_of::<Cron>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Cron, Missing> {
    Err(Missing::failed("not written yet"))
}
