//! Disks made by `mkfs.ext4`, `sfdisk` and `qemu-img`: each gives what the directory gives that it was made
//! of. No device, no mount and no privilege is needed; where a tool is not here the test says that it skips.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot go on ends loudly, and one that skips says why"
)]
mod lvm;

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    os::unix::fs::{FileExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use casemate_collect_disk::{Collected, DiskError, collect, shapes};
use casemate_collect_software::{DirectoryOptions, collect_directory};
use casemate_estate::{FacetStatus, Timestamp};
use serde_json::Value;

/// None where a tool is not here.
fn run(program: &str, arguments: &[&str]) -> Option<()> {
    let found = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"].map(|dir| Path::new(dir).join(program));
    let Some(path) = found.into_iter().find(|path| path.exists()) else {
        eprintln!("skipped: `{program}` is not here");
        return None;
    };
    let output = Command::new(path).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(())
}

fn write(path: PathBuf, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// The files of a small Debian.
fn root(dir: &Path) {
    let package = |name: &str| {
        format!("Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.2-3\nMaintainer: x\n\n")
    };
    write(dir.join("var/lib/dpkg/status"), &["bash", "libc6", "openssl"].map(package).concat());
    write(dir.join("usr/lib/os-release"), "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n");
    fs::create_dir_all(dir.join("etc")).unwrap();
    symlink("../usr/lib/os-release", dir.join("etc/os-release")).unwrap();
    write(
        dir.join("usr/lib/python3/dist-packages/requests-2.0.dist-info/METADATA"),
        "Metadata-Version: 2.1\nName: requests\nVersion: 2.0\n\n",
    );
    write(dir.join("usr/bin/tool"), "#!/bin/sh\n");
    fs::set_permissions(dir.join("usr/bin/tool"), fs::Permissions::from_mode(0o4755)).unwrap();
}

/// A file system of `dir`, of 24 MiB, with a UUID and a label.
fn ext4(dir: &Path, file: &Path, uuid: &str, label: &str) -> Option<()> {
    let (dir, file) = (dir.display().to_string(), file.display().to_string());
    run("mkfs.ext4", &["-q", "-F", "-U", uuid, "-L", label, "-d", &dir, &file, "24M"])
}

const ROOT: &str = "11111111-2222-3333-4444-555555555555";
const VAR: &str = "66666666-7777-8888-9999-aaaaaaaaaaaa";
const MIB: u64 = 1 << 20;

/// A disk of `len` bytes with the files at their offsets.
fn disk(at: &Path, len: u64, parts: &[(u64, &Path)]) {
    let disk = fs::File::create(at).unwrap();
    disk.set_len(len).unwrap();
    for (offset, part) in parts {
        disk.write_all_at(&fs::read(part).unwrap(), *offset).unwrap();
    }
}

fn read(file: &Path) -> Result<Collected, DiskError> {
    collect(file, true, &|| Timestamp::UNIX_EPOCH, &|_, _, _| {})
}

fn packages(collected: &Collected) -> BTreeSet<String> {
    let packages = collected.assembled.inventory.packages.iter();
    packages.map(|package| format!("{} {} {:?}", package.key(), package.version, package.locations)).collect()
}

fn problems(collected: &Collected) -> Vec<String> {
    let problems = collected.assembled.inventory.problems.iter();
    problems.map(|problem| format!("{}: {} ({})", problem.path, problem.reason, problem.incomplete)).collect()
}

/// What the directory itself gives.
fn of_directory(dir: &Path) -> BTreeSet<String> {
    let (_, assembled) =
        collect_directory(dir, "test", DirectoryOptions::default(), &|| Timestamp::UNIX_EPOCH, &|_| {}).unwrap();
    let packages = assembled.inventory.packages.iter();
    packages.map(|package| format!("{} {} {:?}", package.key(), package.version, package.locations)).collect()
}

struct Scratch {
    dir: tempfile::TempDir,
    want: BTreeSet<String>,
}

impl Scratch {
    /// Splits `var` off the tree and makes file systems `fs` (with `spec` as what `/etc/fstab` mounts) and `var.fs`.
    fn split(&self, spec: &str) {
        let (tree, var) = (self.path("tree"), self.path("var"));
        if !var.exists() {
            fs::rename(tree.join("var"), &var).unwrap();
            // What lies below a mount point is hidden by it.
            write(tree.join("var/lib/dpkg/status"), "Package: hidden\nStatus: install ok installed\nVersion: 1\n\n");
            ext4(&var, &self.path("var.fs"), VAR, "var").unwrap();
        }
        write(tree.join("etc/fstab"), &format!("UUID={ROOT} / ext4 defaults 0 1\n{spec} /var ext4 defaults 0 2\n"));
        ext4(&tree, &self.path("fs"), ROOT, "root").unwrap();
    }

    /// A directory `tree` and its file system `fs`; none where there is no `mkfs.ext4`.
    fn new() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let tree = dir.path().join("tree");
        fs::create_dir(&tree).unwrap();
        root(&tree);
        ext4(&tree, &dir.path().join("fs"), ROOT, "root")?;
        let want = of_directory(&tree);
        assert_eq!(want.len(), 4, "{want:?}");
        Some(Self { want, dir })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

fn disk_facet(collected: &Collected) -> Value {
    let facet = collected.snapshot.observations[0].facets.get("disk").unwrap();
    facet.value.as_deref().unwrap().clone()
}

#[test]
fn raw_and_qcow2_disks_give_what_the_directory_gives() {
    let Some(scratch) = Scratch::new() else { return };
    let raw = scratch.path("fs");
    let collected = read(&raw).unwrap();
    assert_eq!(packages(&collected), scratch.want);
    assert_eq!(problems(&collected), [""; 0]);
    assert_eq!(collected.snapshot.target, format!("disk://{ROOT}"));
    let distribution = collected.assembled.inventory.distribution.as_ref().unwrap();
    assert_eq!((distribution.id.as_str(), distribution.version.as_str()), ("debian", "12"));
    assert!(collected.assembled.interest.iter().any(|file| file.path == "/usr/bin/tool"), "{:?}", collected.assembled);
    let facets = &collected.snapshot.observations[0].facets;
    assert!(facets.values().all(|facet| facet.status == FacetStatus::Collected), "{facets:?}");
    assert!(collected.snapshot.listings.iter().all(|listing| listing.status == FacetStatus::Collected));
    assert!(shapes()["disk"].contains_key("disk"));
    let facet = disk_facet(&collected);
    assert_eq!(facet["volumes"][0]["holds"], "ext4");
    assert_eq!((facet["format"].as_str(), facet["volumes"][0]["mount"].as_str()), (Some("raw"), Some("/")));

    for (options, why) in [
        (&[][..], "as qemu-img makes it"),
        (&["-c"], "packed by zlib"),
        (&["-c", "-o", "compression_type=zstd"], "packed by zstd"),
        (&["-o", "compat=0.10"], "version 2"),
        (&["-o", "cluster_size=512"], "the smallest clusters"),
        (&["-c", "-o", "cluster_size=2M"], "the largest clusters"),
        (&["-o", "extended_l2=on,cluster_size=128k"], "parts of clusters"),
        (&["-c", "-o", "extended_l2=on"], "parts of clusters, packed"),
        (&["-o", "preallocation=metadata"], "clusters reserved"),
    ] {
        let file = scratch.path("disk.qcow2");
        let names = (raw.display().to_string(), file.display().to_string());
        let mut all = vec!["convert", "-O", "qcow2"];
        all.extend(options);
        all.extend([names.0.as_str(), &names.1]);
        if run("qemu-img", &all).is_none() {
            return;
        }
        let collected = read(&file).unwrap();
        assert_eq!(packages(&collected), scratch.want, "{why}");
        assert_eq!(problems(&collected), [""; 0], "{why}");
        assert_eq!(disk_facet(&collected)["format"], "qcow2", "{why}");
    }
}

#[test]
fn a_disk_that_names_other_files_is_followed_in_its_own_directory_only() {
    let Some(scratch) = Scratch::new() else { return };
    let (raw, over) = (scratch.path("fs").display().to_string(), scratch.path("over.qcow2").display().to_string());
    let Some(()) = run("qemu-img", &["create", "-q", "-f", "qcow2", "-F", "raw", "-b", &raw, &over]) else { return };
    let over = scratch.path("over.qcow2");
    assert_eq!(packages(&read(&over).unwrap()), scratch.want, "a backing file beside it");

    // The data in a file of its own.
    let (apart, data) = (scratch.path("apart.qcow2"), scratch.path("apart.raw"));
    let option = format!("data_file={},data_file_raw=on", data.display());
    run("qemu-img", &["convert", "-O", "qcow2", "-o", &option, &raw, &apart.display().to_string()]).unwrap();
    assert_eq!(packages(&read(&apart).unwrap()), scratch.want, "a data file beside it");

    let elsewhere = scratch.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::rename(&over, elsewhere.join("over.qcow2")).unwrap();
    let error = read(&elsewhere.join("over.qcow2")).unwrap_err().to_string();
    assert!(error.contains("backing file") && error.contains("another directory") && error.contains("hint"), "{error}");

    // Not through a link either: a disk must not choose which file of this machine is read.
    let overlay = elsewhere.join("link.qcow2");
    symlink(scratch.path("fs"), elsewhere.join("base")).unwrap();
    let name = overlay.display().to_string();
    run("qemu-img", &["create", "-q", "-f", "qcow2", "-F", "raw", "-u", "-b", "base", &name, "24M"]).unwrap();
    let error = read(&overlay).unwrap_err().to_string();
    assert!(error.contains("not followed"), "{error}");

    // One that is its own backing file.
    let own = elsewhere.join("own.qcow2");
    let name = own.display().to_string();
    run("qemu-img", &["create", "-q", "-f", "qcow2", "-F", "qcow2", "-u", "-b", "own.qcow2", &name, "24M"]).unwrap();
    let error = read(&own).unwrap_err().to_string();
    assert!(error.contains("the limit"), "{error}");
}

#[test]
fn partitions_are_found_and_fstab_says_what_lies_where() {
    let Some(scratch) = Scratch::new() else { return };
    // /var apart: the database of packages is then found where the root mounts it.
    for (spec, table, why) in [
        (format!("UUID={VAR}"), "gpt", "by id"),
        ("LABEL=var".to_owned(), "gpt", "by label"),
        ("/dev/vda2".to_owned(), "gpt", "by device"),
        ("PARTLABEL=second".to_owned(), "gpt", "by the partition's name"),
        (format!("UUID={VAR}"), "mbr", "by id, in a PC's table"),
        ("/dev/disk/by-label/var".to_owned(), "logical", "in a logical partition"),
    ] {
        scratch.split(&spec);
        let (root, var, file) = (scratch.path("fs"), scratch.path("var.fs"), scratch.path("disk"));
        disk(&file, 64 * MIB, &[(MIB, &root), (32 * MIB, &var)]);
        let made = match table {
            "gpt" => sfdisk(&file, "label: gpt\nstart=2048,size=49152\nstart=65536,size=49152,name=second\n"),
            "mbr" => sfdisk(&file, "label: dos\nstart=2048,size=49152,type=83\nstart=65536,size=49152,type=83\n"),
            _ => sfdisk(
                &file,
                "label: dos\nstart=2048,size=49152,type=83\nstart=63488,size=60000,type=5\n\n\nstart=65536,size=49152,type=83\n",
            ),
        };
        if made.is_none() {
            continue;
        }
        let collected = read(&file).unwrap();
        assert_eq!(problems(&collected), [""; 0], "{why}");
        assert_eq!(packages(&collected), scratch.want, "{why}");
        let volumes = disk_facet(&collected)["volumes"].as_array().unwrap().clone();
        let mounts: Vec<&str> = volumes.iter().filter_map(|volume| volume["mount"].as_str()).collect();
        assert_eq!(mounts, ["/", "/var"], "{why}");
    }

    // A /var that is not there: a gap, not an empty system.
    scratch.split("UUID=no-such-id");
    let collected = read(&scratch.path("fs")).unwrap();
    let told = problems(&collected);
    assert!(told.iter().any(|told| told.starts_with("/var: ") && told.ends_with("(true)")), "{told:?}");
    assert!(collected.snapshot.listings.iter().any(|listing| listing.status == FacetStatus::Failed));
}

fn sfdisk(file: &Path, script: &str) -> Option<()> {
    let Some(program) = ["/usr/sbin/sfdisk", "/sbin/sfdisk"].into_iter().find(|path| Path::new(path).exists()) else {
        eprintln!("skipped: `sfdisk` is not here");
        return None;
    };
    let mut child = Command::new(program)
        .args(["-q", "--wipe", "never", "--wipe-partitions", "never", "--no-reread", "--no-tell-kernel"])
        .arg(file)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "{script}");
    Some(())
}

#[test]
fn an_xfs_gives_what_the_directory_gives() {
    let Some(scratch) = Scratch::new() else { return };
    let tree = scratch.path("tree");
    // What `mkfs.xfs -p` reads: names, modes and where the bytes are; `$` goes up.
    fn list(dir: &Path, out: &mut String) {
        for entry in fs::read_dir(dir).unwrap() {
            let entry = entry.unwrap();
            let (name, path) = (entry.file_name().into_string().unwrap(), entry.path());
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                out.push_str(&format!("{name} d--755 0 0\n"));
                list(&path, out);
                out.push_str("$\n");
            } else if kind.is_symlink() {
                out.push_str(&format!("{name} l--777 0 0 {}\n", fs::read_link(&path).unwrap().display()));
            } else {
                out.push_str(&format!("{name} ---644 0 0 {}\n", path.display()));
            }
        }
    }
    let mut proto = "/none\n0 0\nd--755 0 0\n".to_owned();
    list(&tree, &mut proto);
    proto.push_str("$\n");
    fs::write(scratch.path("proto"), proto).unwrap();
    let file = scratch.path("xfs");
    disk(&file, 320 * MIB, &[]);
    let (list, name) = (scratch.path("proto").display().to_string(), file.display().to_string());
    if run("mkfs.xfs", &["-q", "-f", "-p", &list, &name]).is_none() {
        return;
    }
    let collected = read(&file).unwrap();
    assert_eq!(problems(&collected), [""; 0]);
    assert_eq!(packages(&collected), scratch.want);
    assert_eq!(disk_facet(&collected)["volumes"][0]["holds"], "xfs");
}

#[test]
fn what_could_hold_packages_and_is_not_read_is_told() {
    let Some(scratch) = Scratch::new() else { return };
    let root = fs::read(scratch.path("fs")).unwrap();
    let signature = |at: usize, magic: &[u8]| {
        let mut bytes = vec![0u8; 4 << 20];
        bytes[at..at + magic.len()].copy_from_slice(magic);
        bytes
    };
    for (second, want, why) in [
        (signature(0, b"LUKS\xba\xbe"), Some("LUKS"), "encrypted"),
        (signature(0x1_0040, b"_BHRfS_M"), Some("btrfs"), "another file system"),
        (signature(4096, b"noise"), Some("not known"), "something else"),
        (signature(4086, b"SWAPSPACE2"), None, "swap"),
        (vec![0; 4 << 20], None, "nothing"),
        (root.clone(), Some("another system"), "a second system"),
    ] {
        fs::write(scratch.path("second"), &second).unwrap();
        let file = scratch.path("disk");
        disk(&file, 64 * MIB, &[(MIB, &scratch.path("fs")), (32 * MIB, &scratch.path("second"))]);
        let table = "label: gpt\nstart=2048,size=49152\nstart=65536,size=49152\n";
        if sfdisk(&file, table).is_none() {
            return;
        }
        let collected = read(&file).unwrap();
        assert_eq!(packages(&collected), scratch.want, "{why}: what can be read is read");
        let told = problems(&collected);
        match want {
            None => assert_eq!(told, [""; 0], "{why}"),
            Some(want) => {
                assert!(told.iter().any(|told| told.contains(want) && told.ends_with("(true)")), "{why}: {told:?}");
            }
        }
    }
}

#[test]
fn hostile_and_foreign_files_are_named() {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("file");
    let mut header = vec![0u8; 1 << 16];
    header[..8].copy_from_slice(b"QFI\xfb\0\0\0\x03");
    header[20..24].copy_from_slice(&16u32.to_be_bytes());
    header[24..32].copy_from_slice(&(1u64 << 29).to_be_bytes());
    header[36..40].copy_from_slice(&1u32.to_be_bytes());
    header[100..104].copy_from_slice(&104u32.to_be_bytes());
    let with = |at: usize, bytes: &[u8]| {
        let mut out = header.clone();
        out[at..at + bytes.len()].copy_from_slice(bytes);
        out
    };
    for (bytes, want, why) in [
        (Vec::new(), "empty", "nothing"),
        (b"KDMV".repeat(100), "VMware", "another format"),
        (b"\x1f\x8b\x08".repeat(100), "gzip", "a packed disk"),
        (vec![0; 100_000], "nothing known", "zeros"),
        (b"noise".repeat(10_000), "not known here", "noise"),
        (b"QFI\xfb".to_vec(), "cut short", "a cut header"),
        (with(32, &2u32.to_be_bytes()), "encrypted (LUKS)", "encryption"),
        (with(20, &63u32.to_be_bytes()), "2^63", "a cluster size"),
        (with(36, &u32::MAX.to_be_bytes()), "the limit", "a huge table"),
        (with(40, &(1u64 << 40).to_be_bytes()), "beyond the end", "a table outside"),
        (with(40, &5u64.to_be_bytes()), "begin at a cluster", "a table askew"),
        (with(24, &u64::MAX.to_be_bytes()), "needs", "a size that the table does not cover"),
        (with(72, &(1u64 << 40).to_be_bytes()), "not known here", "a feature of the future"),
        (
            with(16, &2000u32.to_be_bytes())
                .into_iter()
                .enumerate()
                .map(|(at, byte)| if at == 15 { 1 } else { byte })
                .collect(),
            "1023",
            "a long name",
        ),
        (with(72, &4u64.to_be_bytes()), "does not say which", "data elsewhere"),
        // The table of tables is the header itself: two steps are made, and no more.
        (header.clone(), "beyond the end", "tables that name each other"),
    ] {
        fs::write(&file, bytes).unwrap();
        let error = read(&file).expect_err(why).to_string();
        assert!(error.contains(want), "{why}: {error}");
    }
    let error = read(&scratch.path().join("none")).unwrap_err().to_string();
    assert!(error.contains("hint"), "{error}");
    assert!(read(Path::new("/dev/null")).is_err(), "no disk is a character device");
}
