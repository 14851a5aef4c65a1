use std::collections::BTreeMap;

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::files::{FileFacts, PathFacts},
    host::Host,
    line,
};

/// `/etc/audit/auditd.conf` and the tools' own files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Auditd {
    /// Whether `auditd.conf` exists.
    pub(crate) present: bool,
    /// Setting, lower case, to value: `max_log_file_action` → `keep_logs`.
    pub(crate) settings: BTreeMap<String, String>,
    /// Directory of the log file.
    pub(crate) log_directory: Option<PathFacts>,
    /// The log files with modes.
    pub(crate) log_files: Vec<FileFacts>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "auditd",
    live_only: false,
    shape: crate::def::shape_of::<Auditd>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Auditd, Missing> {
    let root = &host.root;
    let Some(text) = root.read_text("/etc/audit/auditd.conf")? else { return Ok(Auditd::default()) };
    host.names_known()?;
    let settings = parse(&text);
    let log = settings.get("log_file").map_or("/var/log/audit/audit.log", String::as_str);
    let (directory, name) = log.rsplit_once('/').unwrap_or(("/var/log/audit", log));
    let directory = if directory.is_empty() { "/" } else { directory };
    let mut log_files = Vec::new();
    for entry in root.list(directory)?.unwrap_or_default() {
        let path = format!("{}/{}", directory.trim_end_matches('/'), entry.name);
        // Rotated logs are `audit.log.1`, `audit.log.2` …
        if entry.name.starts_with(name)
            && let Some(meta) = root.stat(&path)?
            && meta.kind == FileType::RegularFile
        {
            log_files.push(host.file_facts(&path, &meta));
        }
    }
    let log_directory = Some(host.path_facts(directory)?);
    Ok(Auditd { present: true, settings, log_directory, log_files })
}

/// `auditd.conf(5)`: `name = value`, names in any case; a later line wins.
fn parse(text: &str) -> BTreeMap<String, String> {
    line::settings(text).into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    #[test]
    fn a_root() {
        let dir = tempfile::tempdir().unwrap();
        let host = || Host::new(Root::mounted(dir.path()).unwrap());
        assert!(!collect(&host()).unwrap().present);
        for path in ["etc/audit", "var/log/other"] {
            std::fs::create_dir_all(dir.path().join(path)).unwrap();
        }
        std::fs::write(
            dir.path().join("etc/audit/auditd.conf"),
            "# c\nlog_file = /var/log/other/a.log\nMax_Log_File_Action=keep_logs\nspace_left = 75\nspace_left = 100\n",
        )
        .unwrap();
        for name in ["a.log", "a.log.1", "b"] {
            std::fs::write(dir.path().join("var/log/other").join(name), "").unwrap();
        }
        let got = collect(&host()).unwrap();
        assert_eq!(got.settings["max_log_file_action"], "keep_logs");
        assert_eq!(got.settings["space_left"], "100", "the later line wins");
        let files: Vec<_> = got.log_files.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(files, ["/var/log/other/a.log", "/var/log/other/a.log.1"]);
        assert_eq!(got.log_directory.unwrap().kind, "directory");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") { parse(&text); }
    }
}
