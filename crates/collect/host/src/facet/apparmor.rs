use std::collections::BTreeMap;

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// AppArmor: kernel state (`/sys/kernel/security/apparmor`) and profiles on disk.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Apparmor {
    /// AppArmor's tools are installed (`/sbin/apparmor_parser`).
    pub(crate) installed: bool,
    /// The kernel runs with it (`/sys/module/apparmor/parameters/enabled`); null below a mounted root.
    pub(crate) enabled: Option<bool>,
    /// Loaded profile to mode (`enforce`, `complain`, `kill`, `unconfined`); null below a mounted root or where off.
    pub(crate) loaded: Option<BTreeMap<String, String>>,
    /// Profile files below `/etc/apparmor.d`, first level.
    pub(crate) profiles: Vec<String>,
    /// Names linked into `/etc/apparmor.d/disable`.
    pub(crate) disabled: Vec<String>,
    /// Names linked into `/etc/apparmor.d/force-complain`, or with `flags=(complain)`.
    pub(crate) complain: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "apparmor",
    live_only: false,
    shape: crate::def::shape_of::<Apparmor>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const LOADED: &str = "/sys/kernel/security/apparmor/profiles";
const DIR: &str = "/etc/apparmor.d";

fn collect(host: &Host) -> Result<Apparmor, Missing> {
    let mut apparmor = Apparmor::default();
    for path in ["/sbin/apparmor_parser", "/usr/sbin/apparmor_parser"] {
        apparmor.installed |= host.root.exists(path)?;
    }
    if host.is_live() {
        let enabled = host.root.read_text("/sys/module/apparmor/parameters/enabled")?;
        let enabled = enabled.is_some_and(|value| value.trim() == "Y");
        apparmor.enabled = Some(enabled);
        if enabled {
            let text = host.root.read_text(LOADED)?;
            let text = text.ok_or_else(|| {
                Missing::failed(format!("cannot read `{LOADED}`: no such file, though AppArmor is on"))
            })?;
            apparmor.loaded = Some(loaded(&text));
        }
    }
    for entry in host.root.list(DIR)?.unwrap_or_default() {
        if entry.kind == FileType::Directory || !is_profile(&entry.name) {
            continue;
        }
        let path = format!("{DIR}/{}", entry.name);
        if host.root.read_text(&path)?.is_some_and(|text| complains(&text)) {
            apparmor.complain.push(entry.name.clone());
        }
        apparmor.profiles.push(entry.name);
    }
    let names = |dir: &str| -> Result<Vec<String>, Missing> {
        let entries = host.root.list(&format!("{DIR}/{dir}"))?.unwrap_or_default();
        Ok(entries.into_iter().map(|entry| entry.name).filter(|name| is_profile(name)).collect())
    };
    apparmor.disabled = names("disable")?;
    apparmor.complain.extend(names("force-complain")?);
    apparmor.complain.sort();
    apparmor.complain.dedup();
    Ok(apparmor)
}

/// Whether `apparmor_parser(8)` would read a file of this name in a directory of profiles.
fn is_profile(name: &str) -> bool {
    let ends = [".dpkg-new", ".dpkg-old", ".dpkg-dist", ".dpkg-bak", ".dpkg-remove", ".pacsave", ".pacnew", ".rpmnew"];
    !name.starts_with('.')
        && name != "README"
        && !name.ends_with('~')
        && !name.ends_with(".rpmsave")
        && !name.ends_with(".orig")
        && !name.ends_with(".rej")
        && !ends.iter().any(|end| name.ends_with(end))
}

/// `NAME (MODE)` lines of the kernel; a name may hold blanks and parentheses.
pub(crate) fn loaded(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter_map(|line| line.trim_end().strip_suffix(')')?.rsplit_once(" ("))
        .map(|(name, mode)| (name.to_owned(), mode.to_owned()))
        .collect()
}

/// Whether a profile of the file has the flag `complain` (`apparmor.d(5)`: `flags=(complain,…)` before its brace).
pub(crate) fn complains(text: &str) -> bool {
    let code = |line: &'_ str| line.split('#').next().unwrap_or_default().to_owned();
    let lines: Vec<String> = text.lines().map(code).collect();
    lines.join(" ").split("flags").skip(1).any(|rest| {
        let Some(rest) = rest.trim_start().strip_prefix('=') else { return false };
        let Some((list, _)) = rest.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
            return false;
        };
        list.split(|c: char| c == ',' || c.is_whitespace()).any(|flag| flag == "complain")
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn kernel_list() {
        let got = loaded("/usr/bin/man (enforce)\na (b) c (complain)\nnoise\n");
        let want = [("/usr/bin/man", "enforce"), ("a (b) c", "complain")];
        assert_eq!(got.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect::<Vec<_>>(), want);
    }

    #[test]
    fn flags_of_a_profile() {
        for (text, want, why) in [
            ("profile x /bin/x flags=(complain) {\n}", true, "alone"),
            ("/bin/x flags=(attach_disconnected, complain) {", true, "in a list"),
            ("/bin/x flags = ( complain ) {", true, "with blanks"),
            ("/bin/x flags=(attach_disconnected) {", false, "another flag"),
            ("# flags=(complain)\n/bin/x {", false, "a comment"),
            ("/bin/x { # complain\n mount options=(rw), }", false, "no flags"),
        ] {
            assert_eq!(complains(text), want, "{text}: {why}");
        }
    }

    #[test]
    fn directories() {
        let dir = tempfile::tempdir().unwrap();
        let etc = dir.path().join("etc/apparmor.d");
        for sub in ["disable", "force-complain", "abstractions"] {
            std::fs::create_dir_all(etc.join(sub)).unwrap();
        }
        for (name, text) in [
            ("usr.bin.a", "/usr/bin/a {}"),
            ("usr.bin.b", "/usr/bin/b flags=(complain) {}"),
            ("x.dpkg-old", ""),
            ("force-complain/usr.bin.a", ""),
            ("disable/usr.bin.c", ""),
        ] {
            std::fs::write(etc.join(name), text).unwrap();
        }
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        let got = collect(&Host::new(root)).unwrap();
        assert_eq!(got.profiles, ["usr.bin.a", "usr.bin.b"]);
        assert_eq!(got.complain, ["usr.bin.a", "usr.bin.b"]);
        assert_eq!(got.disabled, ["usr.bin.c"]);
        assert_eq!((got.enabled, got.loaded), (None, None), "a mounted root has no kernel");
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            loaded(&text);
            complains(&text);
        }
    }
}
