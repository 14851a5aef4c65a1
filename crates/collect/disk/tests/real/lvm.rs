//! Logical volumes: of physical volumes written here by the format, and of those that LVM itself makes.
use std::{fs, os::unix::fs::FileExt, path::Path, process::Command};

use super::{MIB, Scratch, packages, problems, read, run, sfdisk};

/// LVM's checksum, bit by bit.
fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0xf597_a6cf, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// A physical volume of `len` bytes without extents: label, header of its area, and `text`, which begins `at` bytes into
/// the area and goes on at its start where it does not fit.
fn physical(file: &Path, len: u64, id: &str, text: &str, at: usize) {
    const AREA: usize = 4096;
    const AREA_LEN: usize = 64 << 10;
    let mut bytes = vec![0; AREA + AREA_LEN];
    let mut label = vec![0; 512];
    label[..8].copy_from_slice(b"LABELONE");
    label[8] = 1;
    label[20] = 32;
    label[24..32].copy_from_slice(b"LVM2 001");
    label[32..64].copy_from_slice(id.as_bytes());
    label[64..72].copy_from_slice(&len.to_le_bytes());
    label[72..80].copy_from_slice(&MIB.to_le_bytes());
    label[104..112].copy_from_slice(&(AREA as u64).to_le_bytes());
    label[112..120].copy_from_slice(&(AREA_LEN as u64).to_le_bytes());
    let crc = sum(&label[20..]);
    label[16..20].copy_from_slice(&crc.to_le_bytes());
    bytes[512..1024].copy_from_slice(&label);

    let mut header = vec![0; 512];
    header[4..20].copy_from_slice(b" LVM2 x[5A%r0N*>");
    header[20] = 1;
    header[24..32].copy_from_slice(&(AREA as u64).to_le_bytes());
    header[32..40].copy_from_slice(&(AREA_LEN as u64).to_le_bytes());
    header[40..48].copy_from_slice(&(at as u64).to_le_bytes());
    header[48..56].copy_from_slice(&(text.len() as u64).to_le_bytes());
    header[56..60].copy_from_slice(&sum(text.as_bytes()).to_le_bytes());
    let crc = sum(&header[4..]);
    header[..4].copy_from_slice(&crc.to_le_bytes());
    bytes[AREA..AREA + 512].copy_from_slice(&header);
    for (number, byte) in text.bytes().enumerate() {
        let place = at + number;
        bytes[AREA + if place < AREA_LEN { place } else { place - AREA_LEN + 512 }] = byte;
    }
    let disk = fs::File::options().write(true).create(true).truncate(false).open(file).unwrap();
    disk.set_len(len).unwrap();
    disk.write_all_at(&bytes, 0).unwrap();
}

const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

/// A group of two physical volumes: `root` in two pieces that lie the wrong way round, `var` in stripes over both, `mir`
/// a mirror, `thin` of a kind that is not read. Extents of 1 MiB.
fn group(seqno: u32) -> String {
    let segment = |number: u32, start: u32, count: u32, rest: &str| {
        format!("segment{number} {{\nstart_extent = {start}\nextent_count = {count} # MiB\n{rest}\n}}\n")
    };
    let linear = |on: &str, from: u32| format!("type = \"striped\"\nstripe_count = 1\nstripes = [\"{on}\", {from}]");
    let logical = |name: &str, status: &str, segments: &[String]| {
        format!(
            "{name} {{\nid = \"x\"\nstatus = [\"READ\", {status}]\nsegment_count = {}\n{}}}\n",
            segments.len(),
            segments.concat()
        )
    };
    let striped = "type = \"striped\"\nstripe_count = 2\nstripe_size = 128\nstripes = [\n\"pv0\", 40,\n\"pv1\", 0\n]";
    let raid = "type = \"raid1\"\ndevice_count = 1\nraids = [\n\"mir_rmeta_0\", \"mir_rimage_0\"\n]";
    let volumes = [
        logical("root", "\"VISIBLE\"", &[segment(1, 0, 10, &linear("pv0", 20)), segment(2, 10, 14, &linear("pv0", 0))]),
        logical("var", "\"VISIBLE\"", &[segment(1, 0, 24, striped)]),
        logical("mir", "\"VISIBLE\"", &[segment(1, 0, 1, raid)]),
        logical("mir_rimage_0", "\"WRITE\"", &[segment(1, 0, 1, &linear("pv1", 30))]),
        logical("mir_rmeta_0", "\"WRITE\"", &[segment(1, 0, 1, &linear("pv1", 31))]),
    ];
    let hyphened = |id: &str| format!("{}-{}", &id[..6], &id[6..]);
    format!(
        "my-vg {{\nid = \"v\"\nseqno = {seqno}\nformat = \"lvm2\"\nstatus = [\"RESIZEABLE\"]\nextent_size = 2048\n\
         physical_volumes {{\npv0 {{\nid = \"{}\"\npe_start = 2048\npe_count = 60\n}}\npv1 {{\nid = \"{}\"\n\
         pe_start = 2048\n}}\n}}\nlogical_volumes {{\n{}}}\n}}\n# generated\ncontents = \"Text Format Volume Group\"\n",
        hyphened(A),
        hyphened(B),
        volumes.concat()
    )
}

/// Writes runs of `from` to places of `to`.
fn copy(from: &Path, to: &Path, runs: &[(usize, usize, u64)]) {
    let bytes = fs::read(from).unwrap();
    let file = fs::File::options().write(true).open(to).unwrap();
    for (start, len, at) in runs {
        file.write_all_at(&bytes[*start..*start + *len], *at).unwrap();
    }
}

const M: usize = 1 << 20;

/// Two physical volumes at 1 MiB and 66 MiB of a disk; none where there is no tool for its table.
fn disk(scratch: &Scratch) -> Option<std::path::PathBuf> {
    let (first, second, file) = (scratch.path("pv0"), scratch.path("pv1"), scratch.path("disk"));
    // The newer text counts; it goes around the end of its area.
    physical(&first, 64 * MIB, A, &group(7), (64 << 10) - 100);
    physical(&second, 64 * MIB, B, &group(6).replace("\"VISIBLE\"", "\"HIDDEN\""), 512);
    let (root, var) = (scratch.path("fs"), scratch.path("var.fs"));
    copy(&root, &first, &[(0, 10 * M, 21 * MIB), (10 * M, 14 * M, MIB)]);
    for stripe in 0..24 * M / (64 << 10) {
        let (pv, base) = if stripe % 2 == 0 { (&first, 41 * MIB) } else { (&second, MIB) };
        copy(&var, pv, &[(stripe * (64 << 10), 64 << 10, base + (stripe as u64 / 2) * (64 << 10))]);
    }
    super::disk(&file, 131 * MIB, &[(MIB, &first), (66 * MIB, &second)]);
    sfdisk(&file, "label: gpt\nstart=2048,size=131072\nstart=135168,size=131072\n")?;
    Some(file)
}

#[test]
fn segments_and_stripes_are_put_together_and_the_newest_text_counts() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.split("/dev/mapper/my--vg-var");
    let Some(file) = disk(&scratch) else { return };
    let collected = read(&file).unwrap();
    assert_eq!(problems(&collected), [""; 0]);
    assert_eq!(packages(&collected), scratch.want);
    let facet = super::disk_facet(&collected);
    let names: Vec<&str> = facet["volumes"].as_array().unwrap().iter().filter_map(|v| v["name"].as_str()).collect();
    assert_eq!(names, ["my-vg/mir", "my-vg/root", "my-vg/var"]);

    // One of the two physical volumes is damaged: what lies on the other alone is read, the rest is told.
    let disk = fs::File::options().write(true).open(&file).unwrap();
    disk.write_all_at(&[0xff; 4], 66 * MIB + 512 + 40).unwrap();
    let collected = read(&file).unwrap();
    let told = problems(&collected);
    assert!(told.iter().any(|told| told.contains("checksum of the LVM label")), "{told:?}");
    assert!(
        told.iter().any(|told| told.starts_with("/[my-vg/var]") && told.contains("`pv1` is not on this disk")),
        "{told:?}"
    );
    assert!(told.iter().any(|told| told.starts_with("/var: ") && told.ends_with("(true)")), "{told:?}");
    assert_eq!(packages(&collected).len(), 1, "the package outside /var");
}

#[test]
fn damaged_texts_are_named() {
    let Some(scratch) = Scratch::new() else { return };
    let file = scratch.path("pv0");
    for (text, want, why) in [
        ("a {".repeat(100), "levels", "sections without end"),
        ("a = [".to_owned() + &"[".repeat(10_000), "expected", "lists without end"),
        ("my-vg {".to_owned(), "`}`", "a cut text"),
        (group(1).replace("extent_size = 2048", "extent_size = 0"), "extent", "no extents"),
        (group(1).replace("start_extent = 10", "start_extent = 11"), "follow", "a gap"),
        (group(1).replace("type = \"striped\"", "type = \"thin\""), "thin", "another type"),
        (group(1).replace("mir_rimage_0\"\n]", "mir\"\n]"), "the limit", "a mirror of itself"),
        (group(1).replace("\"pv0\", 20", "\"pv0\", 9000000000000000000"), "beyond", "an extent outside"),
        (group(1).replace("extent_count = 10 ", "extent_count = 9000000000000000000 "), "larger than", "a huge volume"),
    ] {
        physical(&file, 64 * MIB, A, &text, 512);
        let error = read(&file).expect_err(why).to_string();
        assert!(error.contains(want), "{why}: {error}");
    }
}

#[test]
fn what_lvm_itself_makes_is_read() {
    let Some(scratch) = Scratch::new() else { return };
    let tool = |name: &str| ["/usr/sbin", "/sbin"].into_iter().any(|dir| Path::new(dir).join(name).exists());
    if !tool("vgcreate") || !tool("losetup") || !Path::new("/dev/loop-control").exists() {
        eprintln!("skipped: LVM or loop devices are not here");
        return;
    }
    scratch.split("/dev/test-vg/var");
    let file = scratch.path("disk");
    super::disk(&file, 96 * MIB, &[]);
    let attached = Command::new("losetup").args(["-f", "--show"]).arg(&file).output().unwrap();
    let device = String::from_utf8_lossy(&attached.stdout).trim().to_owned();
    if !attached.status.success() || device.is_empty() {
        eprintln!("skipped: no loop device may be used");
        return;
    }
    let options =
        ["--driverloaded", "n", "-y", "--config", "devices/use_devicesfile=0 backup/backup=0 backup/archive=0"];
    let lvm = |program: &str, arguments: &[&str]| run(program, &[&options[..], arguments].concat());
    // The device is let go before anything is asserted.
    let made = std::panic::catch_unwind(|| {
        lvm("vgcreate", &["test-vg", &device]).unwrap();
        for name in ["root", "var"] {
            lvm("lvcreate", &["-an", "-Zn", "-Wn", "-L", "24M", "-n", name, "test-vg"]).unwrap();
        }
    });
    assert!(Command::new("losetup").args(["-d", &device]).status().unwrap().success());
    made.unwrap();
    let (root, var) = (scratch.path("fs"), scratch.path("var.fs"));
    copy(&root, &file, &[(0, 24 * M, MIB)]);
    copy(&var, &file, &[(0, 24 * M, 25 * MIB)]);
    let collected = read(&file).unwrap();
    assert_eq!(problems(&collected), [""; 0]);
    assert_eq!(packages(&collected), scratch.want);
}
