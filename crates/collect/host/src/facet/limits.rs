use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
    text::{Texts, meaningful, systemd_settings},
};

/// `limits.conf(5)`, core dumps, `coredump.conf(5)`, systemd's `DumpCore`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Limits {
    /// Lines of `/etc/security/limits.conf` and `limits.d`, in order.
    pub(crate) entries: Vec<LimitEntry>,
    /// `coredump.conf` with drop-ins: `Storage`, `ProcessSizeMax` …
    pub(crate) coredump: BTreeMap<String, String>,
    /// systemd-coredump is installed.
    pub(crate) systemd_coredump: bool,
    /// `DumpCore` and `DefaultLimitCORE` of `system.conf` with drop-ins.
    pub(crate) system_conf: BTreeMap<String, String>,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// One limit.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct LimitEntry {
    /// `*`, user, `@group`.
    pub(crate) domain: String,
    /// `soft`, `hard` or `-`.
    pub(crate) kind: String,
    /// `core`, `nproc`, `maxlogins` …
    pub(crate) item: String,
    /// Value as written.
    pub(crate) value: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "limits",
    live_only: false,
    shape: crate::def::shape_of::<Limits>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Limits, Missing> {
    let root = &host.root;
    let mut limits = Limits::default();
    let texts = Texts::new(root);
    let mut files = vec!["/etc/security/limits.conf".to_owned()];
    files.extend(root.list_suffix("/etc/security/limits.d", ".conf")?);
    for file in files {
        if let Some(text) = texts.read(&file)? {
            limits.add(&file, &text);
        }
    }
    let coredump = systemd_settings(root, "systemd/coredump.conf")?;
    limits.coredump = section(coredump, "Coredump", |_| true);
    for path in ["/usr/lib/systemd/systemd-coredump", "/lib/systemd/systemd-coredump"] {
        limits.systemd_coredump |= root.exists(path)?;
    }
    let system = systemd_settings(root, "systemd/system.conf")?;
    limits.system_conf = section(system, "Manager", |key| matches!(key, "DumpCore" | "DefaultLimitCORE"));
    Ok(limits)
}

fn section(
    settings: BTreeMap<(String, String), String>,
    name: &str,
    wanted: impl Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    settings
        .into_iter()
        .filter(|((section, key), _)| section == name && wanted(key))
        .map(|((_, key), value)| (key, value))
        .collect()
}

impl Limits {
    /// `limits.conf(5)`: domain, type, item, value; a type `-` alone frees the domain from all limits. Types and items
    /// are taken in any case, as pam_limits does.
    pub(crate) fn add(&mut self, file: &str, text: &str) {
        for (line, words) in meaningful(text, &['#']) {
            let words = words.split('#').next().unwrap_or_default();
            let fields: Vec<&str> = words.split_whitespace().collect();
            let (domain, kind, item, value) = match fields.as_slice() {
                [domain, kind, item, value] => (*domain, kind.to_ascii_lowercase(), *item, *value),
                [domain, "-"] => (*domain, "-".to_owned(), "", ""),
                _ => {
                    self.malformed.push(Place { file: file.to_owned(), line });
                    continue;
                }
            };
            if !matches!(kind.as_str(), "soft" | "hard" | "-") {
                self.malformed.push(Place { file: file.to_owned(), line });
                continue;
            }
            self.entries.push(LimitEntry {
                domain: domain.to_owned(),
                kind,
                item: item.to_ascii_lowercase(),
                value: value.to_owned(),
                file: file.to_owned(),
                line,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines() {
        for (text, want, why) in [
            ("* hard core 0", Some(("*", "hard", "core", "0")), "plain"),
            ("@students\t-\tMaxLogins\t4", Some(("@students", "-", "maxlogins", "4")), "tabs and capitals"),
            ("root -", Some(("root", "-", "", "")), "no limits at all"),
            ("* hard core 0 # none", Some(("*", "hard", "core", "0")), "a comment behind"),
            ("* hard core", None, "no value"),
            ("* firm core 0", None, "no such type"),
            ("* hard core 0 1", None, "too many"),
        ] {
            let mut limits = Limits::default();
            limits.add("/x", text);
            let got = limits.entries.first();
            assert_eq!(
                got.map(|e| (e.domain.as_str(), e.kind.as_str(), e.item.as_str(), e.value.as_str())),
                want,
                "{why}"
            );
            assert_eq!(limits.malformed.len(), usize::from(want.is_none()), "{why}");
        }
    }

    #[test]
    fn files_in_order_and_systemd() {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("etc/security/limits.d/10.conf", "* soft core 1\n"),
            ("etc/security/limits.conf", "# x\n* hard core 0\n"),
            ("etc/systemd/coredump.conf", "[Coredump]\nStorage=external\nProcessSizeMax=\n#Compress=no\n"),
            ("etc/systemd/coredump.conf.d/a.conf", "[Coredump]\nStorage=none\n[Other]\nX=1\n"),
            ("usr/lib/systemd/coredump.conf", "[Coredump]\nMaxUse=1\n"),
            ("etc/systemd/system.conf", "[Manager]\nDumpCore=no\nLogLevel=info\n"),
            ("usr/lib/systemd/systemd-coredump", ""),
        ] {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        let got = collect(&Host::new(root)).unwrap();
        assert_eq!(got.entries.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(), ["hard", "soft"]);
        assert_eq!(
            got.coredump,
            BTreeMap::from([("Storage".to_owned(), "none".to_owned())]),
            "a main file hides the weaker one"
        );
        assert_eq!(got.system_conf, BTreeMap::from([("DumpCore".to_owned(), "no".to_owned())]));
        assert!(got.systemd_coredump);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let mut limits = Limits::default();
            limits.add("/x", &text);
            prop_assert!(limits.entries.len() + limits.malformed.len() <= text.lines().count());
        }
    }
}
