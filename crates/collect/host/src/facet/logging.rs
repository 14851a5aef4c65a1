use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// journald, rsyslog and logrotate.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Logging {
    /// `journald.conf` with drop-ins: `Storage`, `Compress`, `ForwardToSyslog`, `SystemMaxUse` … as written.
    pub(crate) journald: BTreeMap<String, String>,
    /// `journal-upload.conf`: `URL`, `ServerKeyFile` …
    pub(crate) journal_upload: BTreeMap<String, String>,
    /// Whether `/etc/rsyslog.conf` exists.
    pub(crate) rsyslog_present: bool,
    /// `$FileCreateMode` or `FileCreateMode=`, octal text; null where not set.
    pub(crate) rsyslog_file_create_mode: Option<String>,
    /// Selectors to targets: `auth,authpriv.*` → `/var/log/auth.log`.
    pub(crate) rsyslog_rules: Vec<SyslogRule>,
    /// Remote targets (`@host`, `@@host`, omfwd).
    pub(crate) rsyslog_remote: Vec<String>,
    /// Inputs that accept messages from the network (imtcp, imudp).
    pub(crate) rsyslog_listens: Vec<String>,
    /// Whether logrotate is configured (`/etc/logrotate.conf`).
    pub(crate) logrotate: bool,
    /// `create MODE` directives of logrotate, octal text, each once.
    pub(crate) logrotate_create_modes: Vec<String>,
}

/// One rsyslog rule.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SyslogRule {
    /// Selector.
    pub(crate) selector: String,
    /// Action.
    pub(crate) action: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "logging",
    live_only: false,
    shape: crate::def::shape_of::<Logging>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Logging, Missing> {
    Err(Missing::failed("not written yet"))
}
