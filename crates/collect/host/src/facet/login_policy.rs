use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// What new passwords, sessions and files get: `login.defs(5)`, `useradd(8)` defaults, `securetty`, umask and timeout
/// in the shells' start-up files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct LoginPolicy {
    /// Settings of `/etc/login.defs`, upper-case name to value: `PASS_MAX_DAYS` → `"99999"`.
    pub(crate) login_defs: BTreeMap<String, String>,
    /// Settings of `/etc/default/useradd`: `INACTIVE`, `SHELL` …
    pub(crate) useradd: BTreeMap<String, String>,
    /// Every `umask` command in `/etc/profile`, `/etc/profile.d/*.sh`, `/etc/bash.bashrc`, `/etc/bashrc`, `/etc/zsh/*`.
    pub(crate) umasks: Vec<ShellSetting>,
    /// Every assignment of `TMOUT` in the same files; `readonly` and `export` are told apart.
    pub(crate) timeouts: Vec<ShellTimeout>,
    /// Umask set by `pam_umask` on the session stack, octal text; null where none.
    pub(crate) pam_umask: Option<String>,
    /// Shells of `/etc/shells`.
    pub(crate) shells: Vec<String>,
    /// Consoles of `/etc/securetty`; null where the file is absent.
    pub(crate) securetty: Option<Vec<String>>,
    /// Root's own shell files that set `umask`: value by file (`/root/.bashrc`, `/root/.bash_profile`, `/root/.profile`).
    pub(crate) root_umasks: Vec<ShellSetting>,
}

/// A value set in a shell file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct ShellSetting {
    /// The value as written.
    pub(crate) value: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// An assignment of `TMOUT`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct ShellTimeout {
    /// Seconds; null where it is not a number.
    pub(crate) seconds: Option<i64>,
    /// Made read-only in the same file.
    pub(crate) readonly: bool,
    /// Exported in the same file.
    pub(crate) exported: bool,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "login_policy",
    live_only: false,
    shape: crate::def::shape_of::<LoginPolicy>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<LoginPolicy, Missing> {
    Err(Missing::failed("not written yet"))
}
