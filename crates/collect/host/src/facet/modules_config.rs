use std::collections::{BTreeMap, BTreeSet};

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::kernel_cmdline,
    host::Host,
    line::joined,
    place::Place,
    text::{Texts, drop_ins, meaningful},
    walk::{Bounds, walk},
};

/// What may be loaded: `modprobe.d(5)`, `modules-load.d(5)` and the modules that lie on disk.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct ModulesConfig {
    /// Names (with `_`) that are blacklisted.
    pub(crate) blacklisted: BTreeMap<String, Place>,
    /// Names (with `_`) to the command that `install` runs instead: `/bin/false`, `/bin/true` …
    pub(crate) install: BTreeMap<String, InstallOverride>,
    /// Names (with `_`) that are loaded at boot.
    pub(crate) loaded_at_boot: Vec<String>,
    /// Names (with `_`) of all modules found below `/lib/modules/*`, whatever the kernel; sorted.
    pub(crate) available: Vec<String>,
    /// Names (with `_`) in `modules.builtin` of any installed kernel; sorted.
    pub(crate) builtin: Vec<String>,
    /// Kernel releases below `/lib/modules`.
    pub(crate) releases: Vec<String>,
    /// Whether the running kernel's release is among them; null below a mounted root.
    pub(crate) running_release_present: Option<bool>,
}

/// An `install` line of `modprobe.d`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct InstallOverride {
    /// The command.
    pub(crate) command: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "modules_config",
    live_only: false,
    shape: crate::def::shape_of::<ModulesConfig>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const MODPROBE: [&str; 5] =
    ["/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d"];
const LOAD: [&str; 5] = [
    "/etc/modules-load.d",
    "/run/modules-load.d",
    "/usr/local/lib/modules-load.d",
    "/usr/lib/modules-load.d",
    "/lib/modules-load.d",
];
const MODULES: &str = "/lib/modules";
/// Over all kernels; one has about 6,000 entries.
const BOUNDS: Bounds = Bounds { depth: 13, entries: 400_000 };

fn collect(host: &Host) -> Result<ModulesConfig, Missing> {
    let root = &host.root;
    let texts = Texts::new(root);
    let mut config = ModulesConfig::default();
    for file in drop_ins(root, &MODPROBE, ".conf")? {
        if let Some(text) = texts.read(&file)? {
            config.add(&file, &text);
        }
    }
    let mut boot = BTreeSet::new();
    let mut load = drop_ins(root, &LOAD, ".conf")?;
    load.push("/etc/modules".to_owned());
    for file in load {
        if let Some(text) = texts.read(&file)? {
            boot.extend(load_names(&text));
        }
    }
    if host.is_live()
        && let Some(text) = root.read_text("/proc/cmdline")?
    {
        let (blacklisted, loaded) = cmdline(&text);
        for name in blacklisted {
            config.blacklisted.entry(name).or_insert_with(|| Place { file: "/proc/cmdline".into(), line: 1 });
        }
        boot.extend(loaded);
    }
    config.loaded_at_boot = boot.into_iter().collect();

    let (mut available, mut builtin) = (BTreeSet::new(), BTreeSet::new());
    for entry in root.list(MODULES)?.unwrap_or_default() {
        if entry.kind != FileType::Directory {
            continue;
        }
        let text = texts.read(&format!("{MODULES}/{}/modules.builtin", entry.name))?.unwrap_or_default();
        builtin.extend(text.lines().filter_map(module_name));
        config.releases.push(entry.name);
    }
    walk(host, MODULES, BOUNDS, &mut |found| {
        if found.kind != FileType::Directory {
            available.extend(module_name(found.path));
        }
        true
    })?;
    config.available = available.into_iter().collect();
    config.builtin = builtin.into_iter().collect();
    if host.is_live() {
        let release = rustix::system::uname().release().to_string_lossy().into_owned();
        config.running_release_present = Some(config.releases.contains(&release));
    }
    Ok(config)
}

impl ModulesConfig {
    /// `modprobe.d(5)`. The first `install` line of a name is the one that libkmod runs.
    pub(crate) fn add(&mut self, file: &str, text: &str) {
        for (line, whole) in joined(text, "") {
            let whole = whole.trim();
            let Some((command, rest)) = whole.split_once(char::is_whitespace) else { continue };
            let rest = rest.trim_start();
            let (name, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            if name.is_empty() {
                continue;
            }
            let name = underscored(name);
            match command {
                "blacklist" => {
                    self.blacklisted.entry(name).or_insert_with(|| Place { file: file.to_owned(), line });
                }
                "install" => {
                    let command = rest.trim().to_owned();
                    self.install.entry(name).or_insert_with(|| InstallOverride {
                        command,
                        file: file.to_owned(),
                        line,
                    });
                }
                _ => {}
            }
        }
    }
}

fn underscored(name: &str) -> String {
    name.replace('-', "_")
}

/// `modules-load.d(5)`, and `modules(5)` where a module's options follow its name.
pub(crate) fn load_names(text: &str) -> Vec<String> {
    meaningful(text, &['#', ';']).filter_map(|(_, line)| line.split_whitespace().next()).map(underscored).collect()
}

/// Names that `modprobe.blacklist=` and `module_blacklist=` refuse, and that `modules-load=` asks for.
pub(crate) fn cmdline(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut blacklisted, mut loaded) = (Vec::new(), Vec::new());
    for word in kernel_cmdline::words(text) {
        let Some((name, value)) = word.split_once('=') else { continue };
        let names = value.split(',').filter(|name| !name.is_empty()).map(underscored);
        match name {
            "modprobe.blacklist" | "module_blacklist" => blacklisted.extend(names),
            "modules-load" | "modules_load" => loaded.extend(names),
            _ => {}
        }
    }
    (blacklisted, loaded)
}

/// `kernel/fs/ext4/ext4.ko.xz` → `ext4`; none where the path is no module.
fn module_name(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let stem = [".ko", ".ko.gz", ".ko.xz", ".ko.zst"].iter().find_map(|end| name.strip_suffix(end))?;
    (!stem.is_empty()).then(|| underscored(stem))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn modprobe_lines() {
        let mut config = ModulesConfig::default();
        config.add(
            "/a",
            "# blacklist no\nblacklist usb-storage\ninstall cramfs /bin/false\ninstall cramfs /bin/true\n\
             install udf \\\n /bin/sh -c \\\n 'exit 1'\noptions x y=1\nblacklist\n  blacklist\tdccp  \nalias a b\n",
        );
        let blacklisted: Vec<_> = config.blacklisted.iter().map(|(name, place)| (name.as_str(), place.line)).collect();
        assert_eq!(blacklisted, [("dccp", 10), ("usb_storage", 2)]);
        let install: Vec<_> = config.install.iter().map(|(n, o)| (n.as_str(), o.command.as_str(), o.line)).collect();
        assert_eq!(install, [("cramfs", "/bin/false", 3), ("udf", "/bin/sh -c  'exit 1'", 5)], "the first line wins");
    }

    #[test]
    fn names_of_modules() {
        for (path, want, why) in [
            ("kernel/fs/ext4/ext4.ko", Some("ext4"), "plain"),
            ("/lib/modules/6.1/kernel/snd-x.ko.zst", Some("snd_x"), "packed, with a dash"),
            ("modules.dep", None, "another file"),
            (".ko", None, "no name"),
            ("x.ko.sig", None, "a signature"),
        ] {
            assert_eq!(module_name(path).as_deref(), want, "{why}");
        }
        assert_eq!(load_names("# x\nloop max=1\n;y\nusb-storage\n"), ["loop", "usb_storage"]);
        let (black, load) = cmdline("modprobe.blacklist=a-b,c quiet modules-load=d module_blacklist=e,\n");
        assert_eq!((black, load), (vec!["a_b".into(), "c".into(), "e".into()], vec!["d".to_owned()]));
    }

    #[test]
    fn a_root_with_two_kernels() {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("lib/modules/6.1/kernel/fs/cramfs/cramfs.ko.xz", ""),
            ("lib/modules/6.1/modules.builtin", "kernel/fs/ext4/ext4.ko\n"),
            ("lib/modules/6.2/updates/dkms/x-y.ko", ""),
            ("etc/modprobe.d/a.conf", "install cramfs /bin/false\n"),
            ("etc/modprobe.d/b.txt", "install udf /bin/false\n"),
            ("etc/modules", "loop\n"),
        ] {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        let got = collect(&Host::new(root)).unwrap();
        assert_eq!(got.releases, ["6.1", "6.2"]);
        assert_eq!(got.available, ["cramfs", "x_y"]);
        assert_eq!(got.builtin, ["ext4"]);
        assert_eq!(got.loaded_at_boot, ["loop"]);
        assert_eq!(got.install.keys().collect::<Vec<_>>(), ["cramfs"], "only `.conf` files count");
        assert_eq!(got.running_release_present, None);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let mut config = ModulesConfig::default();
            config.add("/x", &text);
            prop_assert!(config.blacklisted.len() + config.install.len() <= text.lines().count());
            load_names(&text);
            cmdline(&text);
            module_name(&text);
        }
    }
}
