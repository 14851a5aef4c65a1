use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// The facet `disk`: how the disk is made, and what of it was read.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DiskFacet {
    /// `raw`, `qcow2`.
    pub(crate) format: String,
    /// Bytes that the disk has for who uses it.
    pub(crate) size: u64,
    /// In the order of the disk; logical volumes last.
    pub(crate) volumes: Vec<VolumeFacet>,
    /// What the format says about itself that a reader should know.
    pub(crate) notes: Vec<String>,
}

/// A partition, a logical volume, or the whole disk.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct VolumeFacet {
    /// `p1`, `vg/root`, `disk`.
    pub(crate) name: String,
    /// `gpt`, `mbr`, `lvm`, `whole`.
    pub(crate) scheme: String,
    /// What its table says it is for; empty for the whole disk.
    pub(crate) role: String,
    /// Bytes.
    pub(crate) size: u64,
    /// `ext4`, `swap`, `LUKS (encrypted)`; null where nothing is known.
    pub(crate) holds: Option<String>,
    /// Of the file system.
    pub(crate) uuid: Option<String>,
    /// Of the file system.
    pub(crate) label: Option<String>,
    /// Where its files are; null where it was not read.
    pub(crate) mount: Option<String>,
    /// Its files were read.
    pub(crate) read: bool,
}

/// Shapes of the facets that this crate makes, by kind and facet.
#[must_use]
pub fn shapes() -> BTreeMap<String, BTreeMap<String, Value>> {
    let shape = schemars::schema_for!(DiskFacet).to_value();
    BTreeMap::from([("disk".to_owned(), BTreeMap::from([("disk".to_owned(), shape)]))])
}
