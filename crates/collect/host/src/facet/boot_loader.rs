use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::files::PathFacts,
    host::Host,
};

/// GRUB (and systemd-boot's presence): what it starts and who may change it.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct BootLoader {
    /// `grub`, `systemd-boot`, `none` (containers and direct kernel boot).
    pub(crate) loader: String,
    /// `GRUB_CMDLINE_LINUX` and `_DEFAULT` of `/etc/default/grub` and `grub.d`, split into words; null where absent.
    pub(crate) default_cmdline: Option<Vec<String>>,
    /// Kernel arguments of each `linux` line in `grub.cfg`; null where absent.
    pub(crate) entries: Option<Vec<Vec<String>>>,
    /// A superuser and a `password_pbkdf2` are set; null where there is no grub.cfg.
    pub(crate) password_set: Option<bool>,
    /// Entries start without the password (`--unrestricted`); null where there is no grub.cfg.
    pub(crate) unrestricted: Option<bool>,
    /// grub.cfg's facts.
    pub(crate) config: PathFacts,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "boot_loader",
    live_only: false,
    shape: crate::def::shape_of::<BootLoader>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<BootLoader, Missing> {
    Err(Missing::failed("not written yet"))
}
