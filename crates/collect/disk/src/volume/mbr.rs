//! The partition table of the PC: four entries in the first sector, one of which may hold a chain of more.
use std::{collections::BTreeSet, sync::Arc};

use super::{Found, SECTOR, Volume, run, sector};
use crate::{
    bytes::{le16, le32, part, u8_at},
    source::Source,
};

/// Logical partitions; Linux itself makes at most 60.
const LOGICAL_MAX: usize = 128;

struct Entry {
    kind: u8,
    start: u64,
    len: u64,
}

const NAMES: &[(u8, &str)] = &[
    (0x01, "FAT"),
    (0x04, "FAT"),
    (0x06, "FAT"),
    (0x07, "NTFS or exFAT"),
    (0x0b, "FAT"),
    (0x0c, "FAT"),
    (0x0e, "FAT"),
    (0x82, "Linux swap"),
    (0x83, "Linux"),
    (0x8e, "Linux LVM"),
    (0xa5, "FreeBSD"),
    (0xee, "GPT protective"),
    (0xef, "EFI system"),
    (0xfd, "Linux RAID"),
];

fn is_extended(kind: u8) -> bool {
    matches!(kind, 0x05 | 0x0f | 0x85)
}

/// The four entries; none where the sector is no partition table. The boot sector of a FAT file system ends with the
/// same two bytes, but its code does not read as four entries that each are marked 0x00 or 0x80.
fn entries(sector: &[u8]) -> Option<Vec<Entry>> {
    if le16(sector, 510) != 0xaa55 {
        return None;
    }
    let mut out = Vec::with_capacity(4);
    for at in [446, 462, 478, 494] {
        let raw = part(sector, at, 16)?;
        if u8_at(raw, 0) & 0x7f != 0 {
            return None;
        }
        out.push(Entry { kind: u8_at(raw, 4), start: u64::from(le32(raw, 8)), len: u64::from(le32(raw, 12)) });
    }
    Some(out)
}

/// Adds the partitions. False where there is no table, or nothing in it.
pub(super) fn find(disk: &Arc<dyn Source>, found: &mut Found) -> bool {
    let Some(first) = sector(disk.as_ref(), 0) else { return false };
    let Some(primary) = entries(&first) else { return false };
    let used = |entry: &&Entry| entry.kind != 0 && entry.len > 0 && entry.start > 0;
    if !primary.iter().any(|entry| used(&entry)) {
        return false;
    }
    let serial = le32(&first, 440);
    let mut number = 0;
    for entry in &primary {
        number += 1;
        if !used(&entry) {
            continue;
        }
        if is_extended(entry.kind) {
            logical(disk, entry.start, serial, found);
        } else {
            push(disk, entry, entry.start, number, serial, found);
        }
    }
    true
}

/// Follows the chain: each link holds a partition relative to itself, and the next link relative to the first.
fn logical(disk: &Arc<dyn Source>, base: u64, serial: u32, found: &mut Found) {
    let mut seen = BTreeSet::new();
    let mut at = base;
    for number in 5.. {
        if seen.len() >= LOGICAL_MAX {
            found.problem("extended partition", format!("more than {LOGICAL_MAX} logical partitions, the limit"), true);
            return;
        }
        if !seen.insert(at) {
            found.problem("extended partition", "the chain of logical partitions leads back to itself", true);
            return;
        }
        let Some(table) = sector(disk.as_ref(), at * SECTOR).as_deref().and_then(entries) else {
            found.problem(
                "extended partition",
                format!("no partition table at sector {at}, where one was named"),
                true,
            );
            return;
        };
        let mut link = table.into_iter();
        let (Some(own), Some(next)) = (link.next(), link.next()) else { return };
        if own.kind != 0 && own.len > 0 {
            push(disk, &own, at + own.start, number, serial, found);
        }
        if !is_extended(next.kind) || next.len == 0 {
            return;
        }
        at = base + next.start;
    }
}

fn push(disk: &Arc<dyn Source>, entry: &Entry, start: u64, number: u32, serial: u32, found: &mut Found) {
    let name = format!("p{number}");
    let source = run(disk, start * SECTOR, entry.len * SECTOR, &name, found);
    let known = NAMES.iter().find(|(kind, _)| *kind == entry.kind);
    found.volumes.push(Volume {
        name,
        scheme: "mbr",
        number: Some(number),
        role: known.map_or_else(|| format!("type {:02x}", entry.kind), |(_, name)| (*name).to_owned()),
        bare: entry.kind == 0xee,
        mount_hint: None,
        label: None,
        uuid: (serial != 0).then(|| format!("{serial:08x}-{number:02x}")),
        source,
        unread: None,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    fn entry(kind: u8, start: u32, len: u32) -> Vec<u8> {
        let mut out = vec![0, 0, 0, 0, kind, 0, 0, 0];
        out.extend(start.to_le_bytes());
        out.extend(len.to_le_bytes());
        out
    }

    fn put(disk: &mut [u8], sector: usize, rows: &[Vec<u8>]) {
        for (at, row) in rows.iter().enumerate() {
            let from = sector * 512 + 446 + at * 16;
            disk[from..from + 16].copy_from_slice(row);
        }
        disk[sector * 512 + 510..sector * 512 + 512].copy_from_slice(&[0x55, 0xaa]);
    }

    fn read(bytes: Vec<u8>) -> (bool, Vec<(String, u64)>, Vec<String>) {
        let mut found = Found::default();
        let disk: Arc<dyn Source> = Arc::new(Memory(bytes));
        let any = find(&disk, &mut found);
        let volumes = found.volumes.iter().map(|volume| (volume.name.clone(), volume.source.len())).collect();
        (any, volumes, found.problems.into_iter().map(|(_, reason, _)| reason).collect())
    }

    #[test]
    fn partitions_and_chains_are_found_and_a_chain_that_bites_its_tail_ends() {
        let mut disk = vec![0; 100 * 512];
        put(&mut disk, 0, &[entry(0x83, 1, 9), entry(0x05, 10, 80)]);
        put(&mut disk, 10, &[entry(0x83, 1, 9), entry(0x05, 20, 20)]);
        put(&mut disk, 30, &[entry(0x8e, 2, 8)]);
        let (any, volumes, problems) = read(disk.clone());
        assert!(any && problems.is_empty(), "{problems:?}");
        assert_eq!(volumes, [("p1".into(), 9 * 512), ("p5".into(), 9 * 512), ("p6".into(), 8 * 512)]);

        put(&mut disk, 30, &[entry(0x8e, 2, 8), entry(0x05, 0, 20)]);
        let (_, volumes, problems) = read(disk.clone());
        assert_eq!((volumes.len(), problems.len()), (3, 1));
        assert!(problems[0].contains("leads back to itself"), "{problems:?}");

        put(&mut disk, 0, &[entry(0x83, 90, 4_000_000_000), entry(0x05, 4_000_000_000, 80)]);
        let (_, volumes, problems) = read(disk);
        assert_eq!(volumes, [("p1".into(), 10 * 512)], "what is there is read");
        assert_eq!(problems.len(), 2, "{problems:?}");
    }

    #[test]
    fn other_boot_sectors_are_no_tables() {
        let mut empty = vec![0; 512];
        put(&mut empty, 0, &[]);
        let mut code = vec![0xeb; 512];
        code[510..].copy_from_slice(&[0x55, 0xaa]);
        for (bytes, why) in
            [(empty, "an empty table"), (code, "code"), (vec![0; 512], "nothing"), (vec![1], "no sector")]
        {
            assert!(!read(bytes).0, "{why}");
        }
    }
}
