use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    systemd::{Fragment, UnitFiles},
    text::systemd_settings,
};

/// systemd units from their files, as `systemctl is-enabled` would answer, without asking systemd.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Units {
    /// Unit name (`ssh.service`) to what the files say. Services, sockets, timers, paths, targets.
    pub(crate) units: BTreeMap<String, UnitFile>,
    /// `default.target` resolved.
    pub(crate) default_target: Option<String>,
    /// What Ctrl-Alt-Del starts: target of `ctrl-alt-del.target`, `masked`, or null for systemd's own default (reboot).
    pub(crate) ctrl_alt_del: Option<String>,
    /// `CtrlAltDelBurstAction` of `system.conf`; null where not set.
    pub(crate) ctrl_alt_del_burst: Option<String>,
}

/// One unit.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UnitFile {
    /// `enabled`, `disabled`, `static`, `masked`, `indirect`, `alias`, `generated` (SysV).
    pub(crate) state: String,
    /// The fragment file.
    pub(crate) file: String,
    /// Names of `*.d` drop-ins that apply.
    pub(crate) drop_ins: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "units",
    live_only: false,
    shape: crate::def::shape_of::<Units>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Kinds of units that are told of.
const KINDS: &[&str] = &[".path", ".service", ".socket", ".target", ".timer"];

fn collect(host: &Host) -> Result<Units, Missing> {
    let root = &host.root;
    let Some(files) = UnitFiles::load(root)? else {
        return Err(Missing::unsupported("systemd is not installed: `/usr/lib/systemd/system` does not exist"));
    };
    let mut units = BTreeMap::new();
    for name in files.names() {
        if !KINDS.iter().any(|kind| name.ends_with(kind)) {
            continue;
        }
        let file = files.fragment(name).map(|fragment| fragment.path().to_owned()).unwrap_or_default();
        let drop_ins = files.drop_ins(root, name)?;
        let names = drop_ins.iter().filter_map(|path| path.rsplit('/').next()).map(str::to_owned).collect();
        units.insert(name.to_owned(), UnitFile { state: files.state(root, name)?.to_owned(), file, drop_ins: names });
    }
    let default_target = files
        .fragments
        .contains_key("default.target")
        .then(|| files.resolve("default.target"))
        .flatten()
        .map(str::to_owned);
    let ctrl_alt_del = match files.fragments.get("ctrl-alt-del.target") {
        Some(Fragment::Masked(_)) => Some("masked".to_owned()),
        Some(fragment) if fragment.path().starts_with("/etc/") => {
            files.resolve("ctrl-alt-del.target").map(str::to_owned)
        }
        _ => None,
    };
    let ctrl_alt_del_burst = systemd_settings(root, "systemd/system.conf")?
        .remove(&("Manager".to_owned(), "CtrlAltDelBurstAction".to_owned()));
    Ok(Units { units, default_target, ctrl_alt_del, ctrl_alt_del_burst })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use casemate_estate::FacetStatus;

    use super::*;
    use crate::root::Root;

    #[test]
    fn ctrl_alt_del_and_the_default_target() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        assert_eq!(collect(&host).unwrap_err().status, FacetStatus::Unsupported, "no systemd");
        for sub in ["usr/lib/systemd/system", "etc/systemd/system"] {
            std::fs::create_dir_all(at(sub)).unwrap();
        }
        std::fs::write(at("usr/lib/systemd/system/reboot.target"), "[Unit]\n").unwrap();
        std::fs::write(at("usr/lib/systemd/system/multi-user.target"), "[Unit]\n").unwrap();
        symlink("reboot.target", at("usr/lib/systemd/system/ctrl-alt-del.target")).unwrap();
        symlink("/lib/systemd/system/multi-user.target", at("etc/systemd/system/default.target")).unwrap();
        std::fs::write(at("etc/systemd/system.conf"), "[Manager]\nCtrlAltDelBurstAction=none\n").unwrap();
        let got = collect(&host).unwrap();
        assert_eq!(got.ctrl_alt_del, None, "the vendor's link is the default");
        assert_eq!(got.default_target.as_deref(), Some("multi-user.target"));
        assert_eq!(got.ctrl_alt_del_burst.as_deref(), Some("none"));
        assert_eq!(got.units["default.target"].state, "alias");
        symlink("/dev/null", at("etc/systemd/system/ctrl-alt-del.target")).unwrap();
        assert_eq!(collect(&host).unwrap().ctrl_alt_del.as_deref(), Some("masked"));
    }
}
