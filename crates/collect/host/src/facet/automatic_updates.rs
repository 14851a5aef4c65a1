use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    apt_conf::AptConf,
    def::{FacetDef, Missing},
    host::Host,
    text::ini,
};

/// Whether updates install themselves: unattended-upgrades, dnf-automatic.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct AutomaticUpdates {
    /// `APT::Periodic::Update-Package-Lists`; null where not set.
    pub(crate) update_lists: Option<String>,
    /// `APT::Periodic::Unattended-Upgrade`; null where not set.
    pub(crate) unattended_upgrade: Option<String>,
    /// Origins or patterns that unattended-upgrades takes.
    pub(crate) origins: Vec<String>,
    /// `apply_updates` of dnf-automatic; null where it is not installed.
    pub(crate) dnf_apply: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "automatic_updates",
    live_only: false,
    shape: crate::def::shape_of::<AutomaticUpdates>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<AutomaticUpdates, Missing> {
    let conf = AptConf::load(&host.root)?;
    if let Some(place) = conf.malformed.first() {
        // apt refuses to run on such a file; what the rest says does not count.
        return Err(Missing::failed(format!("line {} of `{}` is not understood", place.line, place.file)));
    }
    let get = |name: &str| conf.get(name).map(str::to_owned);
    let list = |name: &str| conf.lists.get(name).cloned().unwrap_or_default();
    let mut origins = list("unattended-upgrade::allowed-origins");
    origins.extend(list("unattended-upgrade::origins-pattern"));
    let mut dnf_apply = None;
    if let Some(text) = host.root.read_text("/etc/dnf/automatic.conf")? {
        for line in ini(&text).0 {
            if line.section == "commands" && line.key == "apply_updates" {
                dnf_apply = Some(line.value);
            }
        }
    }
    Ok(AutomaticUpdates {
        update_lists: get("apt::periodic::update-package-lists"),
        unattended_upgrade: get("apt::periodic::unattended-upgrade"),
        origins,
        dnf_apply,
    })
}

#[cfg(test)]
mod tests {
    use casemate_estate::FacetStatus;

    use super::*;
    use crate::root::Root;

    #[test]
    fn settings_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        assert_eq!(collect(&host).unwrap().unattended_upgrade, None, "nothing is set");
        for sub in ["etc/apt/apt.conf.d", "etc/dnf"] {
            std::fs::create_dir_all(dir.path().join(sub)).unwrap();
        }
        let write = |file: &str, text: &str| std::fs::write(dir.path().join(file), text).unwrap();
        write(
            "etc/apt/apt.conf.d/20auto",
            "APT::Periodic::Update-Package-Lists \"1\";\nAPT::Periodic::Unattended-Upgrade \"0\";",
        );
        write("etc/apt/apt.conf.d/50u", "Unattended-Upgrade::Origins-Pattern { \"origin=Debian\"; };");
        write("etc/dnf/automatic.conf", "[commands]\napply_updates = yes\n");
        let got = collect(&host).unwrap();
        assert_eq!((got.update_lists.as_deref(), got.unattended_upgrade.as_deref()), (Some("1"), Some("0")));
        assert_eq!((got.origins, got.dnf_apply.as_deref()), (vec!["origin=Debian".to_owned()], Some("yes")));
        write("etc/apt/apt.conf.d/90x", "APT {");
        assert_eq!(collect(&host).unwrap_err().status, FacetStatus::Failed, "apt would refuse to run");
    }
}
