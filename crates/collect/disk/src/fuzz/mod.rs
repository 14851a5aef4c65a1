//! Every reader of what a disk holds, as a table for fuzzers. Not part of the public interface: only with the feature
//! `fuzzing`.
//!
//! The rows with a disk beside this file take the input as changes of that disk: three bytes say where (from the lowest),
//! the fourth what stands there then. Bytes that make a disk by themselves would end at the first magic or checksum.
//!
//! The disks were made of a small tree by `mkfs.ext4 -b 1024 -d TREE`: `ext4.img` with data in inodes, `ext2.img` with
//! block maps, `journal.img` with transactions that `debugfs` left in its journal; `clusters.qcow2` and `packed.qcow2` by
//! `qemu-img convert` of the first; `parts.raw` by `sfdisk`, with the first and an LVM of a few extents.
use std::{
    io::Read,
    path::Path,
    sync::{Arc, OnceLock},
};

use casemate_estate::fuzz::Target;

use crate::{
    collect::disk_size,
    format::qcow2,
    mount,
    source::{Memory, Source},
    volume::lvm2,
};

/// Changes of one input.
const CHANGES_MAX: usize = 1_024;
/// Changes that do little, to start from: of the magic, of the middle, of the first block of data.
const CHANGES: &[&str] = &["", "8\u{4}\0S", "\0\u{8}\0A\u{1}\u{8}\0B", "\0\0\u{2}x", "\u{4}\u{1}\0\u{1}"];

/// A packed disk, unpacked once.
struct Base {
    packed: &'static [u8],
    whole: OnceLock<Vec<u8>>,
}

impl Base {
    const fn new(packed: &'static [u8]) -> Self {
        Self { packed, whole: OnceLock::new() }
    }

    /// The disk with changes.
    fn changed(&self, changes: &[u8]) -> Vec<u8> {
        let mut disk = self
            .whole
            .get_or_init(|| {
                let mut whole = Vec::new();
                // What lies beside this file is sound, and a test sees that it is.
                drop(flate2::read::GzDecoder::new(self.packed).take(64 << 20).read_to_end(&mut whole));
                whole
            })
            .clone();
        for change in changes.chunks_exact(4).take(CHANGES_MAX) {
            let [a, b, c, byte] = change else { continue };
            let at = usize::from(*a) | usize::from(*b) << 8 | usize::from(*c) << 16;
            let len = disk.len().max(1);
            if let Some(place) = disk.get_mut(at % len) {
                *place = *byte;
            }
        }
        disk
    }

    fn source(&self, changes: &[u8]) -> Arc<dyn Source> {
        Arc::new(Memory(self.changed(changes)))
    }
}

static EXT4: Base = Base::new(include_bytes!("ext4.img.gz"));
static EXT2: Base = Base::new(include_bytes!("ext2.img.gz"));
static JOURNAL: Base = Base::new(include_bytes!("journal.img.gz"));
static PARTS: Base = Base::new(include_bytes!("parts.raw.gz"));
static CLUSTERS: Base = Base::new(include_bytes!("clusters.qcow2.gz"));
static PACKED: Base = Base::new(include_bytes!("packed.qcow2.gz"));

/// A qcow2 and what it holds. It lies nowhere, so that no file that it names is found.
fn qcow2_size(base: &Base, changes: &[u8]) -> usize {
    qcow2::open(Path::new("/nowhere/disk"), base.source(changes), 0).map_or(0, |opened| disk_size(opened.source))
}

/// Readers of this crate.
pub const TARGETS: &[Target] = &[
    Target {
        name: "disk",
        run: |bytes| disk_size(Arc::new(Memory(bytes.to_vec()))),
        seeds: &["EFI PART", "LABELONE", "XFSB"],
    },
    Target { name: "ext4", run: |bytes| disk_size(EXT4.source(bytes)), seeds: CHANGES },
    Target { name: "ext2", run: |bytes| disk_size(EXT2.source(bytes)), seeds: CHANGES },
    Target { name: "ext4_journal", run: |bytes| disk_size(JOURNAL.source(bytes)), seeds: CHANGES },
    Target { name: "partitions", run: |bytes| disk_size(PARTS.source(bytes)), seeds: CHANGES },
    Target { name: "qcow2", run: |bytes| qcow2_size(&CLUSTERS, bytes), seeds: CHANGES },
    Target { name: "qcow2_packed", run: |bytes| qcow2_size(&PACKED, bytes), seeds: CHANGES },
    Target {
        name: "lvm_metadata",
        run: lvm2::parse_size,
        seeds: &["vg {\nid = \"a-b\"\nseqno = 2\nstatus = [\"READ\", \"WRITE\"]\nflags = []\nextent_size = 8192\n\
             physical_volumes {\npv0 {\nid = \"c\"\npe_start = 2048\n}\n}\nlogical_volumes {\nroot {\n\
             segment_count = 1\nsegment1 {\nstart_extent = 0\nextent_count = 4\ntype = \"striped\"\n\
             stripe_count = 1\nstripes = [\n\"pv0\", 0\n]\n}\n}\n}\n}\n# comment\ncontents = \"Text\"\nversion = 1\n"],
    },
    Target {
        name: "fstab",
        run: |bytes| mount::lines_size(&String::from_utf8_lossy(bytes)),
        seeds: &[
            "UUID=1 / ext4 defaults 0 1\n/dev/mapper/a-b /var ext4 rw 0 2\n# c\nLABEL=x /a\\040b auto nofail 0 0\n",
        ],
    },
];

#[cfg(test)]
mod tests {
    use casemate_estate::fuzz::{rounds, smoke};

    use super::*;

    #[test]
    fn fuzz_smoke() {
        smoke(TARGETS, rounds(100), 4_096);
    }

    #[test]
    fn the_disks_are_sound() {
        for (base, least) in [(&EXT4, 4), (&EXT2, 4), (&JOURNAL, 4), (&PARTS, 4)] {
            let found = crate::collect::disk_facts(base.source(b""));
            assert!(found.iter().any(|(path, _, facts)| path == "/var/lib/dpkg/status" && facts.packages.len() == 1));
            assert!(found.iter().filter(|(_, _, facts)| !facts.problems.is_empty()).count() < least, "{found:?}");
        }
        for base in [&CLUSTERS, &PACKED] {
            assert!(qcow2_size(base, b"") > 0);
        }
    }
}
