//! The GUID partition table (UEFI 2.10, chapter 5). Its copy at the end of the disk is used where the first is damaged.
use std::sync::Arc;

use super::{Found, Volume, run};
use crate::{
    bytes::{guid, le32, le64, part},
    crc::crc32,
    fault::{Fault, Result},
    source::{Source, bytes_at},
};

/// Bytes of the table of partitions: 1,024 entries of the usual size are 128 KiB.
const TABLE_MAX: u64 = 1 << 20;

/// What is known of a type: id, name, nothing in it, where it is mounted by the Discoverable Partitions Specification.
const TYPES: &[(&str, &str, bool, Option<&str>)] = &[
    ("c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "EFI system", false, None),
    ("21686148-6449-6e6f-744e-656564454649", "BIOS boot", true, None),
    ("9e1a2d38-c612-4316-aa26-8b49521e5a8b", "PowerPC PReP boot", true, None),
    ("e3c9e316-0b5c-4db8-817d-f92df00215ae", "Microsoft reserved", true, None),
    ("0fc63daf-8483-4772-8e79-3d69d8477de4", "Linux", false, None),
    ("4f68bce3-e8cd-4db1-96e7-fbcaf984b709", "Linux root (x86-64)", false, None),
    ("b921b045-1df0-41c3-af44-4c6f280d3fae", "Linux root (arm64)", false, None),
    ("8484680c-9521-48c6-9c11-b0720656f69e", "Linux /usr (x86-64)", false, Some("/usr")),
    ("b0e01050-ee5f-4390-949a-9101b17104e9", "Linux /usr (arm64)", false, Some("/usr")),
    ("4d21b016-b534-45c2-a9fb-5c16e091fd2d", "Linux /var", false, Some("/var")),
    ("933ac7e1-2eb4-4f13-b844-0e14e2aef915", "Linux /home", false, Some("/home")),
    ("3b8f8425-20e0-4f3b-907f-1a25a76f98e8", "Linux /srv", false, Some("/srv")),
    ("bc13c2ff-59e6-4262-a352-b275fd6f7172", "Linux extended boot", false, Some("/boot")),
    ("0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", "Linux swap", false, None),
    ("e6d6d379-f507-44c2-a23c-238f2a3df928", "Linux LVM", false, None),
    ("a19d880f-05fc-4d3b-a006-743f0f84911e", "Linux RAID", false, None),
    ("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "Microsoft basic data", false, None),
];

struct Header {
    alternate: u64,
    entries_at: u64,
    entries: u32,
    entry_len: u32,
    entries_crc: u32,
}

fn header(disk: &dyn Source, at: u64, sector: u64) -> Result<Option<Header>> {
    let bytes = bytes_at(disk, at, usize::try_from(sector).unwrap_or(512))?;
    if !bytes.starts_with(b"EFI PART") {
        return Ok(None);
    }
    let len = le32(&bytes, 12);
    let own = usize::try_from(len).ok().filter(|len| (92..=bytes.len()).contains(len));
    let Some(own) = own else {
        return Err(Fault::Damaged(format!("a header of {len} bytes")));
    };
    let mut summed = bytes.get(..own).unwrap_or_default().to_vec();
    summed.splice(16..20, [0; 4]);
    if !crc32(!0, &summed) != le32(&bytes, 16) {
        return Err(Fault::damaged("the checksum of the header is wrong"));
    }
    Ok(Some(Header {
        alternate: le64(&bytes, 32),
        entries_at: le64(&bytes, 72),
        entries: le32(&bytes, 80),
        entry_len: le32(&bytes, 84),
        entries_crc: le32(&bytes, 88),
    }))
}

fn table(disk: &dyn Source, header: &Header, sector: u64) -> Result<Vec<u8>> {
    if header.entry_len < 128 || !header.entry_len.is_multiple_of(8) {
        return Err(Fault::Damaged(format!("partition entries of {} bytes", header.entry_len)));
    }
    let len = u64::from(header.entries) * u64::from(header.entry_len);
    if len > TABLE_MAX {
        return Err(Fault::Limit { what: "bytes of partition entries", most: TABLE_MAX });
    }
    let at = header.entries_at.checked_mul(sector).ok_or_else(|| Fault::damaged("entries beyond any disk"))?;
    let bytes = bytes_at(disk, at, usize::try_from(len).unwrap_or(usize::MAX))?;
    if !crc32(!0, &bytes) != header.entries_crc {
        return Err(Fault::damaged("the checksum of the entries is wrong"));
    }
    Ok(bytes)
}

/// A header and its table, or that there is no header.
fn read(disk: &dyn Source, at: u64, sector: u64) -> Result<Option<(Header, Vec<u8>)>> {
    match header(disk, at, sector)? {
        None => Ok(None),
        Some(header) => {
            let table = table(disk, &header, sector)?;
            Ok(Some((header, table)))
        }
    }
}

/// Adds the partitions. False where there is no such table.
pub(super) fn find(disk: &Arc<dyn Source>, found: &mut Found) -> bool {
    for sector in [512, 4096] {
        let is_here = bytes_at(disk.as_ref(), sector, 8).is_ok_and(|magic| magic == b"EFI PART");
        let last = (disk.len() / sector).saturating_sub(1) * sector;
        let is_last = last > 0 && bytes_at(disk.as_ref(), last, 8).is_ok_and(|magic| magic == b"EFI PART");
        // A copy alone, without the entry that guards it in the first sector, is what is left of an earlier table.
        if !is_here && (!is_last || !is_guarded(disk.as_ref())) {
            continue;
        }
        let first = match read(disk.as_ref(), sector, sector) {
            Ok(Some((header, table))) => {
                if header.alternate.checked_mul(sector).is_none_or(|at| at != last) {
                    found.problem(
                        "gpt",
                        "the copy of the table is not at the end of the disk, which may be cut",
                        false,
                    );
                }
                partitions(disk, &table, usize::try_from(header.entry_len).unwrap_or(128), sector, found);
                return true;
            }
            Ok(None) => "there is none".to_owned(),
            Err(fault) => fault.to_string(),
        };
        match read(disk.as_ref(), last, sector) {
            Ok(Some((header, table))) => {
                found.problem("gpt", format!("the first table cannot be used ({first}); its copy was"), false);
                partitions(disk, &table, usize::try_from(header.entry_len).unwrap_or(128), sector, found);
            }
            Ok(None) => found.problem("gpt", format!("the table cannot be used ({first}), and has no copy"), true),
            Err(fault) => {
                found.problem("gpt", format!("the table cannot be used ({first}), nor its copy ({fault})"), true);
            }
        }
        return true;
    }
    false
}

fn is_guarded(disk: &dyn Source) -> bool {
    bytes_at(disk, 0, 512).is_ok_and(|first| {
        first.ends_with(&[0x55, 0xaa]) && [450, 466, 482, 498].into_iter().any(|at| first.get(at) == Some(&0xee))
    })
}

fn partitions(disk: &Arc<dyn Source>, table: &[u8], entry_len: usize, sector: u64, found: &mut Found) {
    for (number, entry) in (1..).zip(table.chunks_exact(entry_len)) {
        let Some(kind) = guid(entry) else { continue };
        let name = format!("p{number}");
        let (first, last) = (le64(entry, 32), le64(entry, 40));
        let bytes = last.checked_sub(first).and_then(|len| len.checked_add(1)).and_then(|len| len.checked_mul(sector));
        let (Some(start), Some(len)) = (first.checked_mul(sector), bytes) else {
            found.problem(&name, format!("the partition goes from sector {first} to {last}"), true);
            continue;
        };
        let source = run(disk, start, len, &name, found);
        let known = TYPES.iter().find(|(id, ..)| *id == kind);
        let label: Vec<u16> =
            part(entry, 56, 72).unwrap_or_default().chunks_exact(2).map(|unit| crate::bytes::le16(unit, 0)).collect();
        let label = String::from_utf16_lossy(label.split(|unit| *unit == 0).next().unwrap_or_default());
        found.volumes.push(Volume {
            name,
            scheme: "gpt",
            number: Some(number),
            role: known.map_or_else(|| format!("type {kind}"), |(_, name, ..)| (*name).to_owned()),
            bare: known.is_some_and(|(_, _, bare, _)| *bare),
            mount_hint: known.and_then(|(.., mount)| *mount),
            label: (!label.is_empty()).then_some(label),
            uuid: guid(entry.get(16..).unwrap_or_default()),
            source,
            unread: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    const SECTORS: usize = 128;

    /// A header at `lba` for entries at `entries_at`, with its checksums.
    fn put(disk: &mut [u8], lba: usize, entries_at: u64, count: u32, entry_len: u32) {
        let table = usize::try_from(entries_at).unwrap() * 512;
        let crc = disk.get(table..table + 512).map_or(0, |bytes| !crc32(!0, bytes));
        let mut header = vec![0; 512];
        header[..8].copy_from_slice(b"EFI PART");
        header[12..16].copy_from_slice(&92u32.to_le_bytes());
        header[32..40].copy_from_slice(&(SECTORS as u64 - 1).to_le_bytes());
        header[72..80].copy_from_slice(&entries_at.to_le_bytes());
        header[80..84].copy_from_slice(&count.to_le_bytes());
        header[84..88].copy_from_slice(&entry_len.to_le_bytes());
        header[88..92].copy_from_slice(&crc.to_le_bytes());
        let own = !crc32(!0, &header[..92]);
        header[16..20].copy_from_slice(&own.to_le_bytes());
        disk[lba * 512..lba * 512 + 512].copy_from_slice(&header);
    }

    fn disk() -> Vec<u8> {
        let mut disk = vec![0; SECTORS * 512];
        disk[450] = 0xee;
        disk[510..512].copy_from_slice(&[0x55, 0xaa]);
        for table in [2, SECTORS - 2] {
            let at = table * 512;
            disk[at..at + 16].copy_from_slice(&[1; 16]);
            disk[at + 32..at + 40].copy_from_slice(&34u64.to_le_bytes());
            disk[at + 40..at + 48].copy_from_slice(&40u64.to_le_bytes());
            disk[at + 56] = b'r';
        }
        put(&mut disk, 1, 2, 4, 128);
        put(&mut disk, SECTORS - 1, SECTORS as u64 - 2, 4, 128);
        disk
    }

    /// Whether there is a table, the partitions with their length, the problems with whether something may be missing.
    type Read = (bool, Vec<(String, u64)>, Vec<(String, bool)>);

    fn read(bytes: Vec<u8>) -> Read {
        let mut found = Found::default();
        let disk: Arc<dyn Source> = Arc::new(Memory(bytes));
        let any = find(&disk, &mut found);
        let volumes = found.volumes.iter().map(|volume| (volume.name.clone(), volume.source.len())).collect();
        (any, volumes, found.problems.into_iter().map(|(_, reason, missing)| (reason, missing)).collect())
    }

    #[test]
    fn a_table_or_its_copy_is_read() {
        let whole = disk();
        assert_eq!(read(whole.clone()), (true, vec![("p1".into(), 7 * 512)], Vec::new()));
        let mut broken = whole.clone();
        broken[512 + 60] ^= 1;
        let (_, volumes, problems) = read(broken.clone());
        assert_eq!(volumes.len(), 1, "{problems:?}");
        assert!(problems[0].0.contains("its copy was") && !problems[0].1);
        broken[512..520].fill(0);
        assert_eq!(read(broken.clone()).1.len(), 1, "the guard in the first sector leads to the copy");
        broken[(SECTORS - 2) * 512] ^= 1;
        let (any, volumes, problems) = read(broken);
        assert!(any && volumes.is_empty() && problems[0].1, "both lost: {problems:?}");
    }

    #[test]
    fn lying_tables_are_named_and_not_followed() {
        for (count, len, entries_at, want, why) in [
            (u32::MAX, 128, 2, "the limit", "four billion entries"),
            (4, 1, 2, "entries of 1 bytes", "entries that are too small"),
            (4, 128, u64::MAX, "beyond any disk", "entries at the end of the world"),
            (4, 128, 1 << 40, "beyond the end", "entries outside"),
        ] {
            let mut bytes = disk();
            let last = SECTORS - 1;
            for lba in [1, last] {
                put(&mut bytes, lba, 2, count, len);
                let at = lba * 512;
                bytes[at + 72..at + 80].copy_from_slice(&entries_at.to_le_bytes());
                bytes[at + 16..at + 20].fill(0);
                let crc = !crc32(!0, &bytes[at..at + 92]);
                bytes[at + 16..at + 20].copy_from_slice(&crc.to_le_bytes());
            }
            let (any, volumes, problems) = read(bytes);
            assert!(any && volumes.is_empty(), "{why}");
            assert!(problems[0].0.contains(want) && problems[0].1, "{why}: {problems:?}");
        }
    }
}
