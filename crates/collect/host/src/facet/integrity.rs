use std::collections::BTreeMap;

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    line,
    reader::Reader,
    root::{ReadError, Root},
};

/// File integrity checkers: AIDE and others.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Integrity {
    /// Installed checkers: `aide`, `tripwire`, `samhain`, `debsums` …
    pub(crate) installed: Vec<String>,
    /// AIDE's database exists.
    pub(crate) aide_database: bool,
    /// A timer, cron job or daily script runs AIDE.
    pub(crate) aide_scheduled: bool,
    /// Selection lines of aide.conf and aide.conf.d that name audit tools: path to attributes.
    pub(crate) aide_audit_tools: BTreeMap<String, String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "integrity",
    live_only: false,
    shape: crate::def::shape_of::<Integrity>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Integrity, Missing> {
    let root = &host.root;
    let mut out = Integrity::default();
    for (name, programs) in CHECKERS {
        for program in *programs {
            if root.exists(program)? && !out.installed.iter().any(|seen| seen == name) {
                out.installed.push((*name).to_owned());
            }
        }
    }
    if !out.installed.iter().any(|name| name == "aide") {
        return Ok(out);
    }
    let reader = Reader::new(root);
    let mut texts = Vec::new();
    for path in ["/etc/aide/aide.conf", "/etc/aide.conf"] {
        texts.extend(reader.read_text(path)?);
    }
    for entry in root.list("/etc/aide/aide.conf.d")?.unwrap_or_default() {
        let path = format!("/etc/aide/aide.conf.d/{}", entry.name);
        if root.stat(&path)?.is_some_and(|meta| meta.kind == FileType::RegularFile) {
            texts.extend(reader.read_text(&path)?);
        }
    }
    let mut databases: Vec<String> = DATABASES.iter().map(|path| (*path).to_owned()).collect();
    for text in &texts {
        let (tools, database) = aide(text);
        out.aide_audit_tools.extend(tools);
        databases.extend(database);
    }
    for path in &databases {
        out.aide_database |= root.exists(path)?;
    }
    out.aide_scheduled = scheduled(root)?;
    Ok(out)
}

/// Checkers and their programs.
const CHECKERS: &[(&str, &[&str])] = &[
    ("aide", &["/usr/bin/aide", "/usr/sbin/aide"]),
    ("tripwire", &["/usr/sbin/tripwire"]),
    ("samhain", &["/usr/sbin/samhain"]),
    ("debsums", &["/usr/bin/debsums"]),
    ("integrit", &["/usr/sbin/integrit"]),
    ("wazuh", &["/var/ossec/bin/wazuh-syscheckd", "/var/ossec/bin/ossec-syscheckd"]),
    ("osquery", &["/usr/bin/osqueryd", "/opt/osquery/bin/osqueryd"]),
];
/// Where the packages put AIDE's database.
const DATABASES: &[&str] = &["/var/lib/aide/aide.db", "/var/lib/aide/aide.db.gz"];
/// Programs of the audit package whose change AIDE should see.
const AUDIT_TOOLS: &[&str] = &["auditctl", "auditd", "ausearch", "aureport", "autrace", "augenrules"];

/// `aide.conf(5)`: selection lines that name an audit tool, and the databases that `database_in` or `database` names.
fn aide(text: &str) -> (BTreeMap<String, String>, Vec<String>) {
    let (mut tools, mut databases) = (BTreeMap::new(), Vec::new());
    for (_, line) in line::plain(text) {
        if let Some((name, value)) = line.split_once('=')
            && matches!(name.trim(), "database" | "database_in")
            && let Some(path) = value.trim().strip_prefix("file:")
            && !path.contains("@@")
        {
            databases.push(path.to_owned());
        }
        let mut words = line.split_whitespace();
        let (Some(first), attributes) = (words.next(), words.collect::<Vec<_>>().join(" ")) else { continue };
        // `=/path` stands for that entry alone; `!` takes out.
        let path = first.strip_prefix('=').unwrap_or(first).trim_end_matches('$').replace('\\', "");
        let name = path.rsplit('/').next().unwrap_or_default();
        if path.starts_with('/') && AUDIT_TOOLS.contains(&name) && !attributes.is_empty() {
            tools.insert(path.clone(), attributes);
        }
    }
    (tools, databases)
}

/// Whether a timer that is enabled, a crontab or a periodic script runs AIDE.
fn scheduled(root: &Root) -> Result<bool, ReadError> {
    for directory in ["/etc/systemd/system/timers.target.wants", "/etc/systemd/system/multi-user.target.wants"] {
        let entries = root.list(directory)?.unwrap_or_default();
        if entries.iter().any(|entry| entry.name.contains("aide") && entry.name.ends_with(".timer")) {
            return Ok(true);
        }
    }
    let mut files = vec!["/etc/crontab".to_owned(), "/etc/anacrontab".to_owned()];
    files.extend(["crontabs/root", "root"].map(|name| format!("/var/spool/cron/{name}")));
    for directory in ["cron.d", "cron.hourly", "cron.daily", "cron.weekly", "cron.monthly"] {
        for entry in root.list(&format!("/etc/{directory}"))?.unwrap_or_default() {
            // Names with a dot are leftovers, which cron does not run.
            if !entry.name.contains('.') && !entry.name.ends_with('~') {
                files.push(format!("/etc/{directory}/{}", entry.name));
            }
        }
    }
    for path in files {
        let Some(meta) = root.stat(&path)? else { continue };
        let script = path.starts_with("/etc/cron.") && !path.starts_with("/etc/cron.d/");
        if meta.kind != FileType::RegularFile || (script && meta.bits & 0o111 == 0) {
            continue;
        }
        if root.read_text(&path)?.is_some_and(|text| runs_aide(&text)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a line that is no comment has a word whose last part is one of AIDE's programs.
fn runs_aide(text: &str) -> bool {
    line::plain(text).any(|(_, line)| {
        line.split(|c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|' | '"' | '\'' | '(' | ')'))
            .map(|word| word.rsplit('/').next().unwrap_or(word))
            .any(|name| matches!(name, "aide" | "aide.wrapper" | "dailyaidecheck"))
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn selection_lines() {
        let (tools, databases) = aide(
            "# /sbin/auditctl x\ndatabase_in=file:/srv/aide.db\ndatabase_out=file:/n\ndatabase_in=file:@@{X}/y\n\
             /sbin/auditctl p+i+n+u+g+s+b+acl+xattrs+sha512\n/usr/sbin/auditd$ Full\n=/sbin/ausearch p + i\n!/sbin/aureport\n\
             /sbin/autrace\n/bin/ls p\n",
        );
        let tools: Vec<_> = tools.iter().map(|(k, v)| format!("{k} {v}")).collect();
        assert_eq!(
            tools,
            ["/sbin/auditctl p+i+n+u+g+s+b+acl+xattrs+sha512", "/sbin/ausearch p + i", "/usr/sbin/auditd Full"]
        );
        assert_eq!(databases, ["/srv/aide.db"]);
    }

    #[test]
    fn schedules() {
        for (text, want, why) in [
            ("0 5 * * * root /usr/sbin/aide --check", true, "a crontab"),
            ("0 5 * * * root nice /usr/bin/aide.wrapper", true, "behind a wrapper"),
            ("# /usr/sbin/aide --check", false, "a comment"),
            ("0 5 * * * root /usr/sbin/laide", false, "another program"),
            ("cat /etc/aide/x", false, "a directory of that name"),
        ] {
            assert_eq!(runs_aide(text), want, "{text}: {why}");
        }
    }

    #[test]
    fn a_root() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let host = || Host::new(Root::mounted(dir.path()).unwrap());
        write("etc/cron.daily/dailyaidecheck", "exec /usr/share/aide/bin/dailyaidecheck\n");
        write("var/lib/aide/aide.db", "");
        let got = collect(&host()).unwrap();
        assert!(got.installed.is_empty() && !got.aide_database && !got.aide_scheduled, "nothing without the program");
        write("usr/bin/aide", "");
        let got = collect(&host()).unwrap();
        assert!(got.aide_database && !got.aide_scheduled, "a script that is not executable does not run");
        let script = dir.path().join("etc/cron.daily/dailyaidecheck");
        std::fs::set_permissions(script, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert!(collect(&host()).unwrap().aide_scheduled);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") { aide(&text); runs_aide(&text); }
    }
}
