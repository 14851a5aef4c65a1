//! Every reader of what a disk holds, as a table for fuzzers. Not part of the public interface: only with the feature
//! `fuzzing`.
use std::sync::Arc;

use casemate_estate::fuzz::Target;

use crate::{collect::disk_size, mount, source::Memory, volume::lvm2};

/// Readers of this crate.
pub const TARGETS: &[Target] = &[
    Target { name: "disk", run: |bytes| disk_size(Arc::new(Memory(bytes.to_vec()))), seeds: &["EFI PART", "LABELONE"] },
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
        smoke(TARGETS, rounds(500), 8_192);
    }
}
