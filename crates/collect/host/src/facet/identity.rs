use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Who the host is: machine id, OS release, kernel, kind of machine.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Identity {
    /// Host name from the kernel (live) or `/etc/hostname`.
    pub(crate) hostname: String,
    /// From `/etc/machine-id`; null where there is none.
    pub(crate) machine_id: Option<String>,
    /// Whether this is the running system; false below a mounted root.
    pub(crate) live: bool,
    /// From `os-release(5)`.
    pub(crate) os: Os,
    /// `x86_64`, `aarch64` …; null below a mounted root where it cannot be told.
    pub(crate) arch: Option<String>,
    /// Kernel release as `uname -r` gives it; null below a mounted root.
    pub(crate) kernel_release: Option<String>,
    /// `container`, `vm`, `metal` or `unknown`.
    pub(crate) machine: String,
    /// Whether process 1 is systemd (live), or systemd is installed (mounted root).
    pub(crate) systemd: bool,
    /// Whether the firmware is UEFI (`/sys/firmware/efi`); null where it cannot be told.
    pub(crate) uefi: Option<bool>,
    /// Whether UEFI secure boot is on; null where it cannot be told.
    pub(crate) secure_boot: Option<bool>,
    /// A graphical login manager is installed.
    pub(crate) graphical: bool,
}

/// `os-release(5)`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Os {
    /// `ID`, lower case: `debian`, `ubuntu`, `rhel`, `alpine` …
    pub(crate) id: String,
    /// `ID_LIKE`, split.
    pub(crate) id_like: Vec<String>,
    /// `VERSION_ID`; null for a rolling or testing release.
    pub(crate) version_id: Option<String>,
    /// `VERSION_CODENAME`.
    pub(crate) version_codename: Option<String>,
    /// `PRETTY_NAME`.
    pub(crate) pretty_name: String,
    /// `debian` (Debian, Ubuntu and their kin), `rhel` (RHEL, Fedora, Alma …), `alpine`, `suse`, `arch` or `other`.
    pub(crate) family: String,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "identity",
    live_only: false,
    shape: crate::def::shape_of::<Identity>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Identity, Missing> {
    Err(Missing::failed("not written yet"))
}
