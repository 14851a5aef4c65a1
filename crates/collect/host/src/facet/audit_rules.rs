use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// Audit rules as written: `/etc/audit/rules.d/*.rules` in order, or `/etc/audit/audit.rules` where it has none.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct AuditRules {
    /// Rules, in order, normalised: words split by one space, `-F auid!=-1` and `4294967295` written as `unset`.
    pub(crate) rules: Vec<AuditRule>,
    /// Whether `-e 2` is the last control rule.
    pub(crate) immutable: bool,
    /// `-f` value; null where none.
    pub(crate) failure_mode: Option<String>,
    /// `-b` value; null where none.
    pub(crate) backlog_limit: Option<i64>,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// One rule of either form.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct AuditRule {
    /// `watch` (`-w`), or `syscall` (`-a`/`-A`).
    pub(crate) form: String,
    /// Watched path of a watch or of `-F path=`/`-F dir=`; null where none.
    pub(crate) path: Option<String>,
    /// Permissions watched, of `-p` or `-F perm=`, letters sorted: `aw`; empty where none is given.
    pub(crate) perms: String,
    /// `always,exit` …; null for a watch.
    pub(crate) list: Option<String>,
    /// `b32`, `b64`; null where none is given.
    pub(crate) arch: Option<String>,
    /// System calls of `-S`, split.
    pub(crate) syscalls: Vec<String>,
    /// Other fields as written: `auid>=1000`, `auid!=unset`, `exit=-EACCES`, `euid=0` …
    pub(crate) fields: Vec<String>,
    /// Comparisons of `-C` as written.
    pub(crate) compares: Vec<String>,
    /// Key of `-k` or `-F key=`; null where none.
    pub(crate) key: Option<String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "audit_rules",
    live_only: false,
    shape: crate::def::shape_of::<AuditRules>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<AuditRules, Missing> {
    Err(Missing::failed("not written yet"))
}
