use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Which cloud the machine runs on, from DMI and cloud-init's instance data; no network.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct CloudInstance {
    /// `aws`, `azure`, `gcp`, `openstack`, `oracle`, `digitalocean`, `alibaba`, `hetzner`; null where none is recognised.
    pub(crate) provider: Option<String>,
    /// Instance id; null where unknown.
    pub(crate) instance_id: Option<String>,
    /// Region; null where unknown.
    pub(crate) region: Option<String>,
    /// DMI's system vendor.
    pub(crate) vendor: Option<String>,
    /// DMI's product name.
    pub(crate) product: Option<String>,
    /// cloud-init is installed.
    pub(crate) cloud_init: bool,
    /// User data files that others than root may read.
    pub(crate) readable_user_data: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "cloud_instance",
    live_only: false,
    shape: crate::def::shape_of::<CloudInstance>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<CloudInstance, Missing> {
    Err(Missing::failed("not written yet"))
}
