use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// `/etc/fstab` and systemd mount units (`*.mount` below `/etc/systemd/system` and `/usr/lib/systemd/system`).
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Fstab {
    /// Mount point to its entry; `none`/swap entries under `swap:SOURCE`.
    pub(crate) points: BTreeMap<String, FstabEntry>,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// One entry.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FstabEntry {
    /// Device, `UUID=…`, share. Passwords in options (`password=`) are redacted.
    pub(crate) source: String,
    /// File system type.
    pub(crate) fstype: String,
    /// Options as written, `defaults` kept.
    pub(crate) options: Vec<String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "fstab",
    live_only: false,
    shape: crate::def::shape_of::<Fstab>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Fstab, Missing> {
    Err(Missing::failed("not written yet"))
}
