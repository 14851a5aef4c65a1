//! One file a way to divide a disk. [`find`] gives every volume that may hold a file system.
pub(crate) mod gpt;
pub(crate) mod lvm2;
pub(crate) mod mbr;

use std::sync::Arc;

use crate::source::{Slice, Source, bytes_at};

/// Bytes of a sector in partition tables, whatever the disk calls its own; GPT is also looked for at 4096.
pub(crate) const SECTOR: u64 = 512;
/// Volumes of one disk.
const VOLUMES_MAX: usize = 512;

/// Something on a disk that may hold a file system.
#[derive(Clone)]
pub(crate) struct Volume {
    /// `disk`, `p1`, `vg/lv`.
    pub(crate) name: String,
    /// `whole`, `mbr`, `gpt`, `lvm`.
    pub(crate) scheme: &'static str,
    /// The number of the partition, by which `/etc/fstab` may name it.
    pub(crate) number: Option<u32>,
    /// What the table says it is for: `Linux`, `EFI system`; the bare code where that is not known here.
    pub(crate) role: String,
    /// Nothing to be found in it by its role: a boot loader's code, a reserve.
    pub(crate) bare: bool,
    /// Where it is mounted by its role, where nothing else says (Discoverable Partitions Specification).
    pub(crate) mount_hint: Option<&'static str>,
    /// GPT's name of the partition.
    pub(crate) label: Option<String>,
    /// GPT's id of the partition, or that of an MBR's (`SERIAL-NN`).
    pub(crate) uuid: Option<String>,
    /// Its bytes.
    pub(crate) source: Arc<dyn Source>,
    /// What keeps it from being read though it is there.
    pub(crate) unread: Option<String>,
}

/// The volumes of a disk, and what stands in the way of seeing all of them.
#[derive(Default)]
pub(crate) struct Found {
    /// Physical volumes of LVM are not among them; their logical volumes are.
    pub(crate) volumes: Vec<Volume>,
    /// `(where, reason, whether a volume may be missing because of it)`.
    pub(crate) problems: Vec<(String, String, bool)>,
}

impl Found {
    pub(crate) fn problem(&mut self, place: &str, reason: impl Into<String>, incomplete: bool) {
        self.problems.push((place.to_owned(), reason.into(), incomplete));
    }
}

/// A run of `disk`; one that reaches beyond the end is cut and told.
pub(crate) fn run(disk: &Arc<dyn Source>, start: u64, len: u64, name: &str, found: &mut Found) -> Arc<dyn Source> {
    if start.checked_add(len).is_none_or(|end| end > disk.len()) {
        let size = disk.len();
        found.problem(name, format!("{len} bytes at {start} reach beyond the end of the disk at {size}"), true);
    }
    Arc::new(Slice::new(Arc::clone(disk), start, len))
}

/// Finds all volumes: by GPT, else MBR, else the whole disk; then puts LVM's together.
pub(crate) fn find(disk: &Arc<dyn Source>) -> Found {
    let mut found = Found::default();
    let partitioned = gpt::find(disk, &mut found) || mbr::find(disk, &mut found);
    if !partitioned {
        found.volumes.push(Volume {
            name: "disk".into(),
            scheme: "whole",
            number: None,
            role: String::new(),
            bare: false,
            mount_hint: None,
            label: None,
            uuid: None,
            source: Arc::clone(disk),
            unread: None,
        });
    }
    lvm2::assemble(&mut found);
    if found.volumes.len() > VOLUMES_MAX {
        found.volumes.truncate(VOLUMES_MAX);
        found.problem("disk", format!("more than {VOLUMES_MAX} volumes, the limit; the rest is not read"), true);
    }
    found
}

/// The first sector; none where the disk has not even that.
fn sector(disk: &dyn Source, at: u64) -> Option<Vec<u8>> {
    bytes_at(disk, at, 512).ok()
}
