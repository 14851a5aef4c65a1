//! Against file systems that `mkfs.xfs` makes of a list of files: everything reads as it was given.
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::Command,
};

use super::*;
use crate::{
    filesystem::{self, NodeKind},
    source::FileSource,
};

fn tool(name: &str) -> Option<PathBuf> {
    let found = ["/usr/sbin", "/sbin"].map(|dir| Path::new(dir).join(name)).into_iter().find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: `{name}` is not here");
    }
    found
}

/// Bytes that differ from place to place.
fn noise(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

/// A long link as the kernel writes it. `mkfs.xfs` forgot the headers of version 5 until 6.8.
fn link_mend(file: &Path, header: bool) {
    let disk = fs::File::options().read(true).write(true).open(file).unwrap();
    let mut block = vec![0; 4096];
    for at in (0..400u64 << 20).step_by(4096).filter(|_| header) {
        disk.read_exact_at(&mut block, at).unwrap();
        if block.starts_with(&b"y".repeat(LINK_LEN)) {
            let mut whole = vec![0; 56];
            whole[..4].copy_from_slice(b"XSLM");
            whole[8..12].copy_from_slice(&(LINK_LEN as u32).to_be_bytes());
            whole.extend(b"y".repeat(LINK_LEN));
            disk.write_all_at(&whole, at).unwrap();
            return;
        }
    }
}

const LINK_LEN: usize = 900;

/// What is put in: path, mode with its type, bytes or the target of a link.
type Given = BTreeMap<String, (NodeKind, u32, Vec<u8>)>;

fn given() -> Given {
    let mut all = Given::new();
    let mut put = |path: &str, kind, mode, bytes: &[u8]| all.insert(path.to_owned(), (kind, mode, bytes.to_vec()));
    for dir in ["etc", "usr", "usr/lib", "many", "some"] {
        put(dir, NodeKind::Directory, 0o755, b"");
    }
    put("usr/lib/os-release", NodeKind::File, 0o644, b"ID=rocky\nVERSION_ID=\"9.4\"\n");
    put("etc/os-release", NodeKind::Link, 0o777, b"../usr/lib/os-release");
    put("etc/long-link", NodeKind::Link, 0o777, &b"y".repeat(LINK_LEN));
    put("none", NodeKind::File, 0o600, b"");
    put("suid", NodeKind::File, 0o4755, &noise(100));
    put("large", NodeKind::File, 0o644, &noise(3_000_001));
    // A directory of one block, and one whose blocks lie between those of its files.
    for number in 0..60 {
        put(&format!("some/{number}"), NodeKind::File, 0o644, number.to_string().as_bytes());
    }
    for number in 0..1_500 {
        let name = format!("many/{number}-{}", "n".repeat(number % 90));
        put(&name, NodeKind::File, 0o644, number.to_string().repeat(1_000).as_bytes());
    }
    all
}

/// The list of files as `mkfs.xfs -p` reads it; the bytes of files are put below `dir`.
fn list(all: &Given, dir: &Path) -> String {
    fn below(all: &Given, prefix: &str, dir: &Path, out: &mut String) {
        for (path, (kind, mode, bytes)) in all {
            let Some(name) = path.strip_prefix(prefix).filter(|name| !name.is_empty() && !name.contains('/')) else {
                continue;
            };
            let set = if mode & 0o4000 != 0 { 'u' } else { '-' };
            let mode = mode & 0o777;
            match kind {
                NodeKind::Directory => {
                    out.push_str(&format!("{name} d{set}-{mode:03o} 0 0\n"));
                    below(all, &format!("{path}/"), dir, out);
                    out.push_str("$\n");
                }
                NodeKind::Link => {
                    let target = String::from_utf8_lossy(bytes);
                    out.push_str(&format!("{name} l{set}-{mode:03o} 0 0 {target}\n"));
                }
                _ => {
                    let file = dir.join(path.replace('/', "_"));
                    fs::write(&file, bytes).unwrap();
                    out.push_str(&format!("{name} -{set}-{mode:03o} 1000 1001 {}\n", file.display()));
                }
            }
        }
    }
    let mut out = "/none\n0 0\nd--755 0 0\n".to_owned();
    below(all, "", dir, &mut out);
    out.push_str("$\n");
    out
}

fn image(scratch: &Path, list: &str, options: &[&str]) -> Option<PathBuf> {
    let program = tool("mkfs.xfs")?;
    let (proto, file) = (scratch.join("proto"), scratch.join("image"));
    fs::write(&proto, list).unwrap();
    fs::File::create(&file).unwrap().set_len(400 << 20).unwrap();
    let output = Command::new(program).args(["-q", "-f", "-p"]).arg(&proto).args(options).arg(&file).output().unwrap();
    assert!(output.status.success(), "{options:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(file)
}

fn open(file: &Path) -> Arc<dyn FileSystem> {
    Arc::new(Xfs::open(Arc::new(FileSource::open(file, true).unwrap())).unwrap())
}

fn compare(system: &Arc<dyn FileSystem>, number: u64, prefix: &str, all: &Given) -> usize {
    let mut found = Vec::new();
    system
        .directory(number, &mut |name, number| {
            found.push((String::from_utf8(name.to_vec()).unwrap(), number));
            ControlFlow::Continue(())
        })
        .unwrap_or_else(|fault| panic!("{prefix}: {fault}"));
    let mut count = found.len();
    for (name, number) in found {
        let path = format!("{prefix}{name}");
        let (kind, mode, bytes) = all.get(&path).unwrap_or_else(|| panic!("{path} is not in the list"));
        let node = system.node(number).unwrap();
        assert_eq!((node.kind, node.mode), (*kind, *mode), "{path}");
        match kind {
            NodeKind::Directory => count += compare(system, number, &format!("{path}/"), all),
            NodeKind::Link => assert_eq!(filesystem::link(system, number).unwrap().as_bytes(), bytes, "{path}"),
            _ => {
                assert_eq!((node.uid, node.gid), (1000, 1001), "{path}");
                assert!(filesystem::read(system, number, 1 << 30).unwrap() == *bytes, "{path} reads otherwise");
            }
        }
    }
    count
}

#[test]
fn all_forms_of_the_format_read_as_they_were_given() {
    let scratch = tempfile::tempdir().unwrap();
    let all = given();
    let list = list(&all, scratch.path());
    let mut forms = Vec::new();
    for (options, why) in [
        (&[][..], "as mkfs makes it"),
        (&["-m", "crc=0"], "version 4"),
        (&["-m", "crc=0", "-n", "ftype=0"], "version 4 without types"),
        (&["-m", "crc=0", "-b", "size=1024", "-n", "size=8192"], "blocks of directories of several blocks"),
        (&["-i", "size=2048,nrext64=1"], "large inodes, many extents"),
        (&["-d", "agcount=5", "-m", "bigtime=1,reflink=1,rmapbt=1"], "many groups"),
    ] {
        let Some(file) = image(scratch.path(), &list, options) else { return };
        link_mend(&file, !options.contains(&"crc=0"));
        let system = open(&file);
        assert_eq!(system.problems(), [], "{why}");
        assert_eq!(compare(&system, system.root(), "", &all), all.len(), "{why}");
        assert_eq!(system.problems(), [], "{why}");
        assert!(system.uuid().is_some(), "{why}");
        let disk = Xfs::open(Arc::new(FileSource::open(&file, true).unwrap())).unwrap();
        for path in ["", "some", "many", "large"] {
            let node = filesystem::find(&disk, path).unwrap().unwrap();
            forms.push(disk.inode(node.number).unwrap().form);
        }
    }
    for form in [inode::Form::Local, inode::Form::Extents, inode::Form::Tree] {
        assert!(forms.contains(&form), "no {form:?} was read");
    }
}

#[test]
fn damage_anywhere_ends_in_a_fault_or_a_problem_never_in_a_panic_or_a_loop() {
    let scratch = tempfile::tempdir().unwrap();
    let mut all = given();
    all.retain(|path, _| !path.starts_with("many/") || path.starts_with("many/1"));
    let list = list(&all, scratch.path());
    let Some(file) = image(scratch.path(), &list, &["-b", "size=1024"]) else { return };
    let whole = fs::File::options().read(true).write(true).open(&file).unwrap();
    // The superblock, and inodes and directories wherever they stand.
    let mut places = vec![0];
    let mut block = vec![0; 1024];
    for at in (0..100u64 << 20).step_by(1024) {
        whole.read_exact_at(&mut block, at).unwrap();
        if [&b"IN"[..], b"XD", b"BMA", b"XSLM"].iter().any(|magic| block.starts_with(magic)) {
            places.push(at);
        }
        if places.len() > 400 {
            break;
        }
    }
    assert!(places.len() > 20, "{}", places.len());
    let mut number = 1u64;
    let mut next = || {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(number >> 33).unwrap()
    };
    for round in 0..120 {
        let mut undo = Vec::new();
        for _ in 0..=round % 6 {
            let at = places[if round % 4 == 0 { 0 } else { next() % places.len() }] + next() as u64 % 260;
            let mut old = [0];
            whole.read_exact_at(&mut old, at).unwrap();
            undo.push((at, old));
            whole.write_all_at(&[if next() % 3 == 0 { 0xff } else { next() as u8 }], at).unwrap();
        }
        crate::collect::disk_size(Arc::new(FileSource::open(&file, true).unwrap()));
        for (at, old) in undo.into_iter().rev() {
            whole.write_all_at(&old, at).unwrap();
        }
    }
}

#[test]
fn wrong_checksums_and_a_log_that_is_not_empty_are_told() {
    let scratch = tempfile::tempdir().unwrap();
    let mut all = given();
    all.retain(|path, _| !path.starts_with("many/"));
    let list = list(&all, scratch.path());
    let Some(file) = image(scratch.path(), &list, &[]) else { return };
    let disk = fs::File::options().read(true).write(true).open(&file).unwrap();
    let superblock = {
        let source = FileSource::open(&file, true).unwrap();
        Xfs::open(Arc::new(source)).unwrap().superblock
    };
    // The label, and the time of the root's inode.
    disk.write_all_at(b"L", 108).unwrap();
    let system = Xfs::open(Arc::new(FileSource::open(&file, true).unwrap())).unwrap();
    let root = system.place(superblock.root >> superblock.inode_bits, 1).unwrap()
        + (superblock.root & ((1 << superblock.inode_bits) - 1)) * superblock.inode_len;
    disk.write_all_at(&[0x55], root + 40).unwrap();
    assert!(filesystem::find(&system, "/etc/os-release").unwrap().is_some(), "it is read all the same");
    let told = system.problems();
    assert!(told.iter().any(|(reason, _)| reason.contains("superblock")), "{told:?}");
    assert!(told.iter().any(|(reason, _)| reason.contains("inode")), "{told:?}");

    // The last record is one of several operations: something was going on.
    let log = (superblock.log_start >> superblock.group_bits) * superblock.blocks_per_group
        + (superblock.log_start & ((1 << superblock.group_bits) - 1));
    let log = log * superblock.block_len;
    disk.write_all_at(&5u32.to_be_bytes(), log + 40).unwrap();
    let system = Xfs::open(Arc::new(FileSource::open(&file, true).unwrap())).unwrap();
    assert!(system.problems().iter().any(|(reason, incomplete)| reason.contains("not unmounted") && *incomplete));
}
