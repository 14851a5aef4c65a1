use std::collections::{BTreeMap, BTreeSet};

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    glob,
    host::Host,
    line,
    reader::Reader,
    root::{ReadError, Root},
};

/// Graphical login (GDM, LightDM): present or not, and the settings that matter.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct DisplayManager {
    /// Installed managers: `gdm3`, `lightdm`, `sddm`, `xdm`.
    pub(crate) installed: Vec<String>,
    /// `[xdmcp] Enable=true` in gdm's configuration.
    pub(crate) xdmcp: bool,
    /// Automatic or timed login is on.
    pub(crate) automatic_login: bool,
    /// dconf keys that matter, from `/etc/dconf/db/*.d`: `org/gnome/login-screen/banner-message-enable` → `true`.
    pub(crate) dconf: BTreeMap<String, String>,
    /// dconf keys that are locked, without the first slash.
    pub(crate) dconf_locks: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "display_manager",
    live_only: false,
    shape: crate::def::shape_of::<DisplayManager>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<DisplayManager, Missing> {
    let root = &host.root;
    let mut out = DisplayManager::default();
    for (name, programs) in MANAGERS {
        for program in *programs {
            if root.exists(program)? && !out.installed.iter().any(|seen| seen == name) {
                out.installed.push((*name).to_owned());
            }
        }
    }
    // Of gdm's files the distribution reads one; each is looked at.
    let mut gdm = Vec::new();
    for path in ["/etc/gdm3/daemon.conf", "/etc/gdm3/custom.conf", "/etc/gdm/custom.conf"] {
        gdm.extend(root.read_text(path)?);
    }
    for text in &gdm {
        let settings = keys(text);
        out.xdmcp |= is_on(&settings, "xdmcp", "Enable");
        out.automatic_login |= is_on(&settings, "daemon", "AutomaticLoginEnable");
        out.automatic_login |= is_on(&settings, "daemon", "TimedLoginEnable");
    }
    let reader = Reader::new(root);
    let mut lightdm = BTreeMap::new();
    let directories =
        ["/etc/xdg/lightdm/lightdm.conf.d", "/usr/share/lightdm/lightdm.conf.d", "/etc/lightdm/lightdm.conf.d"];
    let mut paths = Vec::new();
    for directory in directories {
        paths.extend(root.list_suffix(directory, ".conf")?);
    }
    paths.push("/etc/lightdm/lightdm.conf".to_owned());
    for path in paths {
        lightdm.extend(keys(&reader.read_text(&path)?.unwrap_or_default()));
    }
    out.xdmcp |= is_on(&lightdm, "XDMCPServer", "enabled");
    out.automatic_login |= lightdm
        .iter()
        .any(|((section, key), value)| section.starts_with("Seat:") && key == "autologin-user" && !value.is_empty());
    let mut sddm = root.list_suffix("/etc/sddm.conf.d", ".conf")?;
    sddm.push("/etc/sddm.conf".to_owned());
    for path in sddm {
        let settings = keys(&root.read_text(&path)?.unwrap_or_default());
        out.automatic_login |=
            settings.get(&("Autologin".to_owned(), "User".to_owned())).is_some_and(|user| !user.is_empty());
    }
    dconf(root, &mut out)?;
    Ok(out)
}

/// Managers and their programs. Debian names GNOME's `gdm3`, others `gdm`: one manager.
const MANAGERS: &[(&str, &[&str])] = &[
    ("gdm3", &["/usr/sbin/gdm3", "/usr/sbin/gdm", "/usr/bin/gdm"]),
    ("lightdm", &["/usr/sbin/lightdm", "/usr/bin/lightdm"]),
    ("sddm", &["/usr/bin/sddm"]),
    ("xdm", &["/usr/bin/xdm", "/usr/sbin/xdm"]),
];
/// Beginnings of the keys that matter.
const KEYS: &[&str] = &[
    "org/gnome/login-screen/",
    "org/gnome/desktop/lockdown/",
    "org/gnome/desktop/media-handling/",
    "org/gnome/desktop/notifications/",
    "org/gnome/desktop/privacy/",
    "org/gnome/desktop/screensaver/",
    "org/gnome/desktop/session/",
    "org/gnome/settings-daemon/plugins/media-keys/",
];

type Settings = BTreeMap<(String, String), String>;

/// A key file: sections and keys keep their case, a later line wins, `#` starts a comment.
fn keys(text: &str) -> Settings {
    let mut out = Settings::new();
    let mut section = String::new();
    for (_, line) in line::plain(text) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.trim().clone_into(&mut section);
        } else if let Some((key, value)) = line.split_once('=') {
            out.insert((section.clone(), key.trim().to_owned()), value.trim().to_owned());
        }
    }
    out
}

fn is_on(settings: &Settings, section: &str, key: &str) -> bool {
    let value = settings.get(&(section.to_owned(), key.to_owned()));
    value.is_some_and(|value| matches!(value.to_ascii_lowercase().as_str(), "true" | "1" | "yes"))
}

/// The administrator's databases of `dconf(7)`, each file by name, and their locks; gdm's own defaults in Debian.
fn dconf(root: &Root, out: &mut DisplayManager) -> Result<(), ReadError> {
    let reader = Reader::new(root);
    let mut files = vec!["/etc/gdm3/greeter.dconf-defaults".to_owned()];
    let mut locks = BTreeSet::new();
    for directory in glob::expand(root, "/etc/dconf/db/*.d")? {
        for path in glob::expand(root, &format!("{directory}/*"))? {
            if root.stat(&path)?.is_some_and(|meta| meta.kind == FileType::RegularFile) {
                files.push(path);
            }
        }
        for path in glob::expand(root, &format!("{directory}/locks/*"))? {
            let text = reader.read_text(&path)?.unwrap_or_default();
            locks.extend(line::plain(&text).map(|(_, line)| line.trim_start_matches('/').to_owned()));
        }
    }
    for path in files {
        for ((section, key), value) in keys(&reader.read_text(&path)?.unwrap_or_default()) {
            let name = format!("{}/{key}", section.trim_matches('/'));
            if KEYS.iter().any(|start| name.starts_with(start)) {
                out.dconf.insert(name, value);
            }
        }
    }
    out.dconf_locks = locks.into_iter().collect();
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_root() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let host = || Host::new(Root::mounted(dir.path()).unwrap());
        let got = collect(&host()).unwrap();
        assert!(got.installed.is_empty() && !got.xdmcp && !got.automatic_login);
        write("usr/sbin/gdm3", "");
        write("etc/gdm3/daemon.conf", "[daemon]\n# AutomaticLoginEnable=true\n[xdmcp]\nEnable = True\n");
        write("etc/gdm3/greeter.dconf-defaults", "[org/gnome/login-screen]\nbanner-message-enable=false\n");
        write(
            "etc/dconf/db/local.d/00-x",
            "[org/gnome/login-screen]\nbanner-message-enable=true\n[org/gnome/desktop/session]\nidle-delay=uint32 900\n[org/x]\na=b\n",
        );
        write("etc/dconf/db/local.d/locks/l", "# c\n/org/gnome/desktop/session/idle-delay\n");
        let got = collect(&host()).unwrap();
        assert_eq!((got.installed, got.xdmcp, got.automatic_login), (vec!["gdm3".to_owned()], true, false));
        let keys: Vec<_> = got.dconf.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(
            keys,
            ["org/gnome/desktop/session/idle-delay=uint32 900", "org/gnome/login-screen/banner-message-enable=true"]
        );
        assert_eq!(got.dconf_locks, ["org/gnome/desktop/session/idle-delay"]);
    }

    #[test]
    fn automatic_logins() {
        for (path, text, want, why) in [
            ("etc/gdm3/custom.conf", "[daemon]\nAutomaticLoginEnable=true\n", true, "gdm"),
            ("etc/gdm/custom.conf", "[daemon]\nTimedLoginEnable=true\n", true, "gdm, timed"),
            ("etc/gdm3/daemon.conf", "[x]\nAutomaticLoginEnable=true\n", false, "another section"),
            ("etc/lightdm/lightdm.conf", "[Seat:*]\nautologin-user=a\n", true, "lightdm"),
            ("etc/lightdm/lightdm.conf", "[Seat:*]\nautologin-user=\n", false, "lightdm, nobody"),
            ("etc/sddm.conf.d/a.conf", "[Autologin]\nUser=a\n", true, "sddm"),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
            let host = Host::new(Root::mounted(dir.path()).unwrap());
            assert_eq!(collect(&host).unwrap().automatic_login, want, "{path}: {why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") { is_on(&keys(&text), "a", "b"); }
    }
}
