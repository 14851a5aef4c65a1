use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    systemd::UnitFiles,
};

/// Which units are active now (`/run/systemd/units`, cgroups). Live only; unsupported where systemd does not run.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UnitsActive {
    /// Names of active services and sockets, sorted. One-shot services and scopes are left out.
    pub(crate) active: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "units_active",
    live_only: true,
    shape: crate::def::shape_of::<UnitsActive>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Reads them; `host.unit` asks too.
///
/// systemd keeps a link `invocation:NAME` for each unit that is active (sd_booted(3) tells whether it runs at all); a unit
/// whose control group holds processes is active as well.
pub(crate) fn collect(host: &Host) -> Result<UnitsActive, Missing> {
    if host.root.lstat("/run/systemd/system")?.is_none() {
        return Err(Missing::unsupported("systemd is not process 1: `/run/systemd/system` does not exist"));
    }
    let Some(links) = host.root.list("/run/systemd/units")? else {
        return Err(Missing::unsupported("systemd is too old to name its active units in `/run/systemd/units`"));
    };
    let mut active: BTreeSet<String> =
        links.iter().filter_map(|entry| entry.name.strip_prefix("invocation:")).map(str::to_owned).collect();
    for base in ["/sys/fs/cgroup/system.slice", "/sys/fs/cgroup/unified/system.slice"] {
        for entry in host.root.list(base)?.unwrap_or_default() {
            if entry.name.ends_with(".service")
                && let Some(events) = host.root.read_text(&format!("{base}/{}/cgroup.events", entry.name))?
                && populated(&events)
            {
                active.insert(entry.name);
            }
        }
    }
    active.retain(|name| name.ends_with(".service") || name.ends_with(".socket"));
    if let Some(files) = UnitFiles::load(&host.root)? {
        let mut shots = Vec::new();
        for name in active.iter().filter(|name| name.ends_with(".service")) {
            if let Some((lines, _)) = files.settings(&host.root, name)? {
                let kind = lines.iter().rfind(|line| line.section == "Service" && line.key == "Type");
                if kind.is_some_and(|line| line.value == "oneshot") {
                    shots.push(name.clone());
                }
            }
        }
        for name in &shots {
            active.remove(name);
        }
    }
    Ok(UnitsActive { active: active.into_iter().collect() })
}

/// `populated 1` of `cgroup.events` (cgroup v2).
fn populated(events: &str) -> bool {
    events.lines().any(|line| line.trim() == "populated 1")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use casemate_estate::FacetStatus;

    use super::*;
    use crate::root::Root;

    #[test]
    fn active_units_are_listed_without_one_shots() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        assert_eq!(collect(&host).unwrap_err().status, FacetStatus::Unsupported, "systemd does not run");
        for sub in [
            "run/systemd/system",
            "run/systemd/units",
            "usr/lib/systemd/system",
            "sys/fs/cgroup/system.slice/b.service",
        ] {
            std::fs::create_dir_all(at(sub)).unwrap();
        }
        for name in ["a.service", "once.service", "s.socket", "x.scope", "y.mount"] {
            symlink("00", at(&format!("run/systemd/units/invocation:{name}"))).unwrap();
        }
        symlink("1", at("run/systemd/units/log-extra-fields:z.service")).unwrap();
        std::fs::write(at("usr/lib/systemd/system/once.service"), "[Service]\nType=oneshot\n").unwrap();
        std::fs::write(at("sys/fs/cgroup/system.slice/b.service/cgroup.events"), "populated 1\nfrozen 0\n").unwrap();
        assert_eq!(collect(&host).unwrap().active, ["a.service", "b.service", "s.socket"]);
    }
}
