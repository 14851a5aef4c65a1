use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    glob,
    host::Host,
    place::Place,
    text::{Texts, drop_ins, meaningful, shell_assignments},
};

/// Kernel parameters as the next boot will set them: `sysctl.d(5)` order over `/etc/sysctl.d`, `/run/sysctl.d`,
/// `/usr/local/lib/sysctl.d`, `/usr/lib/sysctl.d`, `/lib/sysctl.d`, then `/etc/sysctl.conf`, then ufw's own file.
///
/// systemd does not read `/etc/sysctl.conf` unless a name in `sysctl.d` links to it, so it counts by itself only where
/// systemd-sysctl is not installed. ufw's file counts where `/etc/ufw/ufw.conf` turns ufw on.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SysctlPersisted {
    /// Dotted name to the setting that wins. A pattern (`net.ipv4.conf.*.rp_filter`) stands under its own text, and
    /// under `all` and `default` where it reaches them: not set by name, not excluded by `-name`.
    pub(crate) values: BTreeMap<String, PersistedSysctl>,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// A setting and where it stands.
#[derive(Debug, Default, Clone, Serialize, JsonSchema)]
pub(crate) struct PersistedSysctl {
    /// The value as written, trimmed.
    pub(crate) value: String,
    /// The file that sets it.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "sysctl_persisted",
    live_only: false,
    shape: crate::def::shape_of::<SysctlPersisted>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const DIRS: [&str; 5] =
    ["/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d"];

fn collect(host: &Host) -> Result<SysctlPersisted, Missing> {
    let root = &host.root;
    let mut files = drop_ins(root, &DIRS, ".conf")?;
    let systemd = root.exists("/usr/lib/systemd/systemd-sysctl")? || root.exists("/lib/systemd/systemd-sysctl")?;
    if !systemd {
        files.push("/etc/sysctl.conf".to_owned());
    }
    files.extend(ufw(host)?);
    let texts = Texts::new(root);
    let mut settings = Settings::default();
    for file in files {
        if let Some(text) = texts.read(&file)? {
            settings.add(&file, &text);
        }
    }
    Ok(settings.finish())
}

/// The file that ufw sets parameters from, where ufw is on (`ufw-framework(8)`).
fn ufw(host: &Host) -> Result<Option<String>, Missing> {
    let mut vars = BTreeMap::new();
    for file in ["/etc/ufw/ufw.conf", "/etc/default/ufw"] {
        if let Some(text) = host.root.read_text(file)? {
            shell_assignments(&text, false, &mut vars);
        }
    }
    if vars.get("ENABLED").is_none_or(|value| !value.eq_ignore_ascii_case("yes")) {
        return Ok(None);
    }
    Ok(vars.remove("IPT_SYSCTL").filter(|path| path.starts_with('/')))
}

/// What the lines of all files come to.
#[derive(Debug, Default)]
struct Settings {
    named: BTreeMap<String, PersistedSysctl>,
    /// In the order in which they are applied.
    patterns: Vec<(String, PersistedSysctl)>,
    excluded: BTreeSet<String>,
    malformed: Vec<Place>,
}

impl Settings {
    fn add(&mut self, file: &str, text: &str) {
        let (lines, malformed) = parse(text);
        self.malformed.extend(malformed.into_iter().map(|line| Place { file: file.to_owned(), line }));
        for Line { key, value, line } in lines {
            let Some(value) = value else {
                self.excluded.insert(key);
                continue;
            };
            let setting = PersistedSysctl { value, file: file.to_owned(), line };
            if glob::is_pattern(&key) {
                self.patterns.retain(|(known, _)| *known != key);
                self.patterns.push((key, setting));
            } else {
                self.named.insert(key, setting);
            }
        }
    }

    fn finish(self) -> SysctlPersisted {
        let mut values = BTreeMap::new();
        for (pattern, setting) in self.patterns {
            for name in reached(&pattern) {
                if !self.excluded.contains(&name) {
                    values.insert(name, setting.clone());
                }
            }
            values.insert(pattern, setting);
        }
        values.extend(self.named);
        SysctlPersisted { values, malformed: self.malformed }
    }
}

/// Names below `all` and `default` that a pattern of interfaces reaches.
fn reached(pattern: &str) -> Vec<String> {
    let parts: Vec<&str> = pattern.split('.').collect();
    let [net, family, group, interface, rest @ ..] = parts.as_slice() else { return Vec::new() };
    if *net != "net"
        || !matches!(*family, "ipv4" | "ipv6")
        || !matches!(*group, "conf" | "neigh")
        || rest.iter().any(|part| glob::is_pattern(part))
    {
        return Vec::new();
    }
    let interfaces = ["all", "default"].into_iter().filter(|name| glob::matches(interface, name));
    interfaces.map(|name| format!("net.{family}.{group}.{name}.{}", rest.join("."))).collect()
}

/// A line that means something. Without a value it excludes the key from patterns.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    key: String,
    value: Option<String>,
    line: u32,
}

/// `sysctl.d(5)`: `key = value`, `-key = value` (errors do not count), `-key`; comments start with `#` or `;`.
/// Gives also the lines that are none of these.
pub(crate) fn parse(text: &str) -> (Vec<Line>, Vec<u32>) {
    let (mut lines, mut malformed) = (Vec::new(), Vec::new());
    for (line, words) in meaningful(text, &['#', ';']) {
        let (key, value) = match words.split_once('=') {
            Some((key, value)) => (key.trim(), Some(value.trim().to_owned())),
            None if words.starts_with('-') => (words, None),
            None => {
                malformed.push(line);
                continue;
            }
        };
        let key = dotted(key.strip_prefix('-').unwrap_or(key).trim());
        if key.is_empty() || key.contains(char::is_whitespace) {
            malformed.push(line);
        } else {
            lines.push(Line { key, value, line });
        }
    }
    (lines, malformed)
}

/// A name whose first separator is a slash has slashes and dots the other way round.
fn dotted(key: &str) -> String {
    if key.find(['.', '/']).and_then(|at| key.get(at..)).is_some_and(|rest| rest.starts_with('/')) {
        key.chars()
            .map(|c| {
                if c == '/' {
                    '.'
                } else if c == '.' {
                    '/'
                } else {
                    c
                }
            })
            .collect()
    } else {
        key.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines() {
        for (text, want, bad, why) in [
            ("kernel.sysrq = 0", Some(("kernel.sysrq", Some("0"))), false, "plain"),
            ("kernel/sysrq=0", Some(("kernel.sysrq", Some("0"))), false, "slashes"),
            (
                "net/ipv4/conf/eth0.1/rp_filter=1",
                Some(("net.ipv4.conf.eth0/1.rp_filter", Some("1"))),
                false,
                "a dot in a name",
            ),
            (
                "net.ipv4.conf.eth0/1.rp_filter=1",
                Some(("net.ipv4.conf.eth0/1.rp_filter", Some("1"))),
                false,
                "the same in dots",
            ),
            ("-kernel.x = 1", Some(("kernel.x", Some("1"))), false, "errors do not count"),
            ("-net.ipv4.conf.all.rp_filter", Some(("net.ipv4.conf.all.rp_filter", None)), false, "an exclusion"),
            (
                "kernel.core_pattern=|/bin/a x=%p",
                Some(("kernel.core_pattern", Some("|/bin/a x=%p"))),
                false,
                "the first sign splits",
            ),
            ("kernel.x =", Some(("kernel.x", Some(""))), false, "empty"),
            ("; note", None, false, "a comment"),
            ("kernel.x 1", None, true, "no sign"),
            ("= 1", None, true, "no name"),
            ("a b = 1", None, true, "a name has no blanks"),
        ] {
            let (lines, malformed) = parse(text);
            let got = lines.first().map(|line| (line.key.as_str(), line.value.as_deref()));
            assert_eq!((got, !malformed.is_empty()), (want, bad), "{text}: {why}");
        }
    }

    #[test]
    fn patterns_reach_what_is_not_named() {
        let mut settings = Settings::default();
        settings.add("/a", "net.ipv4.conf.*.rp_filter=2\n-net.ipv4.conf.all.rp_filter\n");
        settings.add("/b", "net.ipv4.conf.default.accept_redirects=1\nnet.ipv4.conf.*.accept_redirects=0\n");
        let got = settings.finish().values;
        let value = |name: &str| got.get(name).map(|setting| setting.value.as_str());
        for (name, want, why) in [
            ("net.ipv4.conf.*.rp_filter", Some("2"), "the pattern itself"),
            ("net.ipv4.conf.default.rp_filter", Some("2"), "reached"),
            ("net.ipv4.conf.all.rp_filter", None, "excluded"),
            ("net.ipv4.conf.all.accept_redirects", Some("0"), "reached"),
            ("net.ipv4.conf.default.accept_redirects", Some("1"), "its own line is stronger, wherever it stands"),
        ] {
            assert_eq!(value(name), want, "{name}: {why}");
        }
    }

    fn scratch(files: &[(&str, &str)]) -> SysctlPersisted {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        collect(&Host::new(root)).unwrap()
    }

    #[test]
    fn which_file_wins() {
        let systemd = ("usr/lib/systemd/systemd-sysctl", "");
        let ufw = ("etc/ufw/sysctl.conf", "kernel/x=ufw\n");
        let ufw_default = ("etc/default/ufw", "IPT_SYSCTL=/etc/ufw/sysctl.conf\n");
        for (files, want, why) in [
            (
                vec![("etc/sysctl.d/10.conf", "kernel.x=a"), ("usr/lib/sysctl.d/50.conf", "kernel.x=b")],
                Some("b"),
                "the later name",
            ),
            (
                vec![("etc/sysctl.d/50.conf", "kernel.x=a"), ("usr/lib/sysctl.d/50.conf", "kernel.x=b")],
                Some("a"),
                "etc hides usr",
            ),
            (
                vec![("etc/sysctl.d/99.conf", "kernel.x=a"), ("etc/sysctl.conf", "kernel.x=c")],
                Some("c"),
                "procps reads it last",
            ),
            (
                vec![systemd, ("etc/sysctl.d/99.conf", "kernel.x=a"), ("etc/sysctl.conf", "kernel.x=c")],
                Some("a"),
                "systemd does not",
            ),
            (vec![systemd, ("etc/sysctl.conf", "kernel.x=c")], None, "nothing applies it"),
            (vec![("etc/sysctl.conf", "kernel.x=c"), ufw, ufw_default], Some("c"), "ufw is off"),
            (
                vec![("etc/sysctl.conf", "kernel.x=c"), ufw, ufw_default, ("etc/ufw/ufw.conf", "ENABLED=yes\n")],
                Some("ufw"),
                "ufw is on",
            ),
        ] {
            let got = scratch(&files);
            assert_eq!(got.values.get("kernel.x").map(|setting| setting.value.as_str()), want, "{why}");
        }
    }

    #[test]
    fn a_link_to_the_old_file_counts_by_its_name() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("etc/sysctl.d")).unwrap();
        std::fs::create_dir_all(dir.path().join("lib/systemd")).unwrap();
        std::fs::write(dir.path().join("lib/systemd/systemd-sysctl"), "").unwrap();
        std::fs::write(dir.path().join("etc/sysctl.conf"), "kernel.x=1\nrubbish\n").unwrap();
        std::os::unix::fs::symlink("../sysctl.conf", dir.path().join("etc/sysctl.d/99-sysctl.conf")).unwrap();
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        let got = collect(&Host::new(root)).unwrap();
        let setting = &got.values["kernel.x"];
        assert_eq!(
            (setting.value.as_str(), setting.file.as_str(), setting.line),
            ("1", "/etc/sysctl.d/99-sysctl.conf", 1)
        );
        assert_eq!(got.malformed, [Place { file: "/etc/sysctl.d/99-sysctl.conf".into(), line: 2 }]);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let mut settings = Settings::default();
            settings.add("/x", &text);
            let got = settings.finish();
            prop_assert!(got.values.len() <= 3 * text.lines().count());
        }

        #[test]
        fn soup_never_panics(text in "[a./*\\[\\]=; #\n-]{0,60}") {
            let mut settings = Settings::default();
            settings.add("/x", &text);
            settings.finish();
        }
    }
}
