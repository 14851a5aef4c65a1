use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// `sudoers(5)` with its includes, as rules and defaults.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Sudoers {
    /// Whether `/etc/sudoers` exists.
    pub(crate) present: bool,
    /// Files read, in order.
    pub(crate) files: Vec<String>,
    /// `Defaults` entries, in order; a later one of the same scope wins.
    pub(crate) defaults: Vec<SudoDefault>,
    /// Global defaults after all files: name to value; a flag is `true` or `false`, a list its words joined by a space.
    pub(crate) effective: BTreeMap<String, String>,
    /// User specifications, one entry a (who, command list) pair; aliases expanded.
    pub(crate) rules: Vec<SudoRule>,
    /// Lines that could not be understood, and include loops or missing includes.
    pub(crate) malformed: Vec<Place>,
}

/// One setting of a `Defaults` line.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SudoDefault {
    /// `` for all, else the binding as written: `:alice`, `@host`, `!cmd`, `>runas`.
    pub(crate) scope: String,
    /// Setting name without `!`.
    pub(crate) name: String,
    /// `=`, `+=`, `-=` or `` for a flag.
    pub(crate) op: String,
    /// The value; `true` or `false` for a flag.
    pub(crate) value: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// One user specification.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SudoRule {
    /// Users: `alice`, `%group`, `#1000`, `ALL`; a leading `!` negates.
    pub(crate) users: Vec<String>,
    /// Hosts.
    pub(crate) hosts: Vec<String>,
    /// Target users; `root` where none is given.
    pub(crate) run_as: Vec<String>,
    /// Commands with their arguments; `ALL`; a leading `!` negates.
    pub(crate) commands: Vec<String>,
    /// Tags in force: `NOPASSWD`, `SETENV`, `NOEXEC` …
    pub(crate) tags: Vec<String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "sudoers",
    live_only: false,
    shape: crate::def::shape_of::<Sudoers>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Sudoers, Missing> {
    Err(Missing::failed("not written yet"))
}
