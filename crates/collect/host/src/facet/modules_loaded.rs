use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Loaded kernel modules (`/proc/modules`). Live only.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct ModulesLoaded {
    /// Names with `_` for `-`, sorted.
    pub(crate) loaded: Vec<String>,
    /// `kernel.modules_disabled`: no module can be loaded until reboot. Also where the kernel has no modules at all.
    pub(crate) loading_disabled: bool,
    /// File systems the kernel knows now, built in or loaded (`/proc/filesystems`); sorted.
    pub(crate) filesystems: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "modules_loaded",
    live_only: true,
    shape: crate::def::shape_of::<ModulesLoaded>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<ModulesLoaded, Missing> {
    let text = host.root.read_text("/proc/modules")?;
    let filesystems = host
        .root
        .read_text("/proc/filesystems")?
        .ok_or_else(|| Missing::failed("cannot read `/proc/filesystems`: no such file; is `/proc` mounted?"))?;
    let disabled = host.root.read_text("/proc/sys/kernel/modules_disabled")?;
    Ok(ModulesLoaded {
        loading_disabled: text.is_none() || disabled.is_some_and(|value| value.trim() == "1"),
        loaded: names(text.as_deref().unwrap_or_default()),
        filesystems: filesystem_names(&filesystems),
    })
}

/// First words of the lines of `/proc/modules` (`proc_modules(5)`), sorted.
pub(crate) fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> =
        text.lines().filter_map(|line| line.split_whitespace().next()).map(|name| name.replace('-', "_")).collect();
    names.sort();
    names.dedup();
    names
}

/// Last words of the lines of `/proc/filesystems` (`proc_filesystems(5)`), sorted.
fn filesystem_names(text: &str) -> Vec<String> {
    let mut names: Vec<String> =
        text.lines().filter_map(|line| line.split_whitespace().last()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn listings() {
        let text = "usb_storage 81920 1 uas, Live 0xffffffffc0a3d000\nsnd-x 16384 0 - Live 0x0 (OE)\n\n";
        assert_eq!(names(text), ["snd_x", "usb_storage"], "dashes become underscores");
        assert_eq!(filesystem_names("nodev\tsysfs\n\text4\nnodev\ttmpfs\n"), ["ext4", "sysfs", "tmpfs"]);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            prop_assert!(names(&text).len() <= text.len());
            filesystem_names(&text);
        }
    }
}
