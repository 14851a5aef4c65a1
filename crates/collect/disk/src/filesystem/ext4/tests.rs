//! Against file systems that `mkfs.ext4` makes of a directory: everything reads as in that directory.
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{FileExt, MetadataExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use super::*;
use crate::{
    filesystem::{self, NodeKind},
    source::{FileSource, Memory},
};

/// None where a tool is not here; the test then says that it skips.
fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let found = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"].map(|dir| Path::new(dir).join(program));
    let Some(path) = found.into_iter().find(|path| path.exists()) else {
        eprintln!("skipped: `{program}` is not here");
        return None;
    };
    let output = Command::new(path).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {}", text(&output.stderr));
    Some(text(&output.stdout))
}

/// Bytes that differ from place to place.
fn noise(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

fn tree(dir: &Path) {
    for path in ["etc", "usr/lib", "many", "a/b/c/d/e/f/g/h", "empty"] {
        fs::create_dir_all(dir.join(path)).unwrap();
    }
    fs::write(dir.join("usr/lib/os-release"), "ID=debian\n").unwrap();
    symlink("../usr/lib/os-release", dir.join("etc/os-release")).unwrap();
    symlink("x".repeat(200), dir.join("long-link")).unwrap();
    fs::write(dir.join("a/b/c/d/e/f/g/h/deep"), "deep").unwrap();
    for (name, len) in
        [("none", 0), ("tiny", 50), ("small", 130), ("block", 4096), ("odd", 70_001), ("large", 3_000_000)]
    {
        fs::write(dir.join(name), noise(len)).unwrap();
    }
    fs::hard_link(dir.join("odd"), dir.join("odd-too")).unwrap();
    fs::set_permissions(dir.join("tiny"), fs::Permissions::from_mode(0o4755)).unwrap();
    for number in 0..1_500 {
        fs::write(dir.join(format!("many/{number}-{}", "n".repeat(number % 60))), number.to_string()).unwrap();
    }
    let holes = fs::File::create(dir.join("holes")).unwrap();
    for at in [300_000, 1_000_000, 9_000_000] {
        holes.write_all_at(b"here", at).unwrap();
    }
    // Data at the end: mkfs 1.47 forgets a last hole where it keeps data in inodes.
    holes.write_all_at(b"end", 12_000_000).unwrap();
}

/// An image of `dir` by `mkfs.ext4`.
fn image(dir: &Path, at: &Path, options: &[&str]) -> Option<PathBuf> {
    let file = at.join("image");
    drop(fs::remove_file(&file));
    let (dir, name) = (dir.display().to_string(), file.display().to_string());
    let mut all = vec!["-q", "-F", "-d", &dir];
    all.extend(options);
    all.extend([name.as_str(), "64M"]);
    run("mkfs.ext4", &all)?;
    Some(file)
}

fn open(file: &Path) -> Arc<dyn FileSystem> {
    Arc::new(Ext4::open(Arc::new(FileSource::open(file, true).unwrap())).unwrap())
}

/// Compares a directory with the one it was made of; gives how many entries there are.
fn compare(system: &Arc<dyn FileSystem>, number: u64, dir: &Path) -> usize {
    let mut found = BTreeMap::new();
    system
        .directory(number, &mut |name, number| {
            found.insert(String::from_utf8(name.to_vec()).unwrap(), number);
            ControlFlow::Continue(())
        })
        .unwrap_or_else(|fault| panic!("{}: {fault}", dir.display()));
    found.remove("lost+found");
    let names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(found.len(), names.len(), "{}", dir.display());
    let mut count = names.len();
    for name in names {
        let path = dir.join(&name);
        let node = system.node(found[&name]).unwrap();
        let real = fs::symlink_metadata(&path).unwrap();
        assert_eq!(
            (node.mode, node.uid, node.gid),
            (real.mode() & 0o7777, real.uid(), real.gid()),
            "{}",
            path.display()
        );
        match node.kind {
            NodeKind::Directory => count += compare(system, node.number, &path),
            NodeKind::Link => {
                let link = filesystem::link(system, node.number).unwrap();
                assert_eq!(Path::new(&link), fs::read_link(&path).unwrap());
            }
            NodeKind::File => {
                let bytes = filesystem::read(system, node.number, 1 << 30).unwrap();
                let real = fs::read(&path).unwrap();
                let first = bytes.iter().zip(&real).position(|(a, b)| a != b);
                let lens = (bytes.len(), real.len());
                assert!(bytes == real, "{} reads otherwise, {lens:?} bytes, from byte {first:?}", path.display());
            }
            NodeKind::Other => panic!("{}", path.display()),
        }
    }
    count
}

#[test]
fn all_forms_of_the_format_read_as_the_directory_they_were_made_of() {
    let scratch = tempfile::tempdir().unwrap();
    let dir = scratch.path().join("tree");
    tree(&dir);
    for (options, kind, why) in [
        (&[][..], "ext4", "as mkfs makes it"),
        (&["-b", "1024"], "ext4", "small blocks"),
        (&["-b", "1024", "-O", "^extents,^64bit,^flex_bg,^metadata_csum"], "ext3", "block maps"),
        (&["-b", "1024", "-O", "^has_journal,^extents,^64bit,^flex_bg,^metadata_csum", "-I", "128"], "ext2", "ext2"),
        (&["-O", "^metadata_csum"], "ext4", "no checksums"),
        (&["-O", "inline_data"], "ext4", "data in inodes"),
        (&["-O", "meta_bg,^resize_inode", "-b", "1024"], "ext4", "descriptors in groups"),
        (&["-O", "bigalloc"], "ext4", "clusters of blocks"),
        (&["-O", "^64bit"], "ext4", "32 bits"),
        (&["-O", "sparse_super2"], "ext4", "two copies of the superblock"),
        (&["-O", "metadata_csum_seed,ea_inode,large_dir,casefold,mmp"], "ext4", "all that is new"),
        (&["-b", "16384"], "ext4", "blocks larger than a page"),
    ] {
        let Some(file) = image(&dir, scratch.path(), options) else { return };
        let system = open(&file);
        println!("{why}");
        let count = compare(&system, system.root(), &dir);
        assert!(count > 1_500, "{why}: {count}");
        assert_eq!(system.problems(), [], "{why}");
        assert_eq!(system.kind(), kind, "{why}");
        assert!(system.uuid().is_some(), "{why}");
    }
}

#[test]
fn what_the_journal_holds_is_read_from_it() {
    let scratch = tempfile::tempdir().unwrap();
    let dir = scratch.path().join("tree");
    fs::create_dir(&dir).unwrap();
    for name in ["kept", "written", "taken-back", "magic"] {
        fs::write(dir.join(name), vec![b'0'; 4096]).unwrap();
    }
    for (options, sums) in
        [("^metadata_csum,^64bit", ""), ("^metadata_csum", "-c"), ("64bit", "-c"), ("64bit", "-v 2 -c")]
    {
        let Some(file) = image(&dir, scratch.path(), &["-O", options, "-b", "4096"]) else { return };
        let name = file.display().to_string();
        let block = |path: &str| {
            let told = run("debugfs", &["-R", &format!("bmap {path} 0"), &name]);
            told.map(|text| text.trim().lines().last().unwrap().trim().to_owned())
        };
        let Some(written) = block("/written") else { return };
        let (taken_back, magic) = (block("/taken-back").unwrap(), block("/magic").unwrap());
        let data = scratch.path().join("data");
        fs::write(&data, vec![b'1'; 4096]).unwrap();
        let starts_with_magic = scratch.path().join("magic");
        let mut bytes = MAGIC_BLOCK.to_vec();
        bytes.resize(4096, b'2');
        fs::write(&starts_with_magic, &bytes).unwrap();
        let script = scratch.path().join("script");
        let (data, magic_data) = (data.display(), starts_with_magic.display());
        fs::write(
            &script,
            format!(
                "jo {sums}\njw -b {written},{taken_back} {data}\njc\njo {sums}\njw -r {taken_back}\njc\njo {sums}\n\
                 jw -b {magic} {magic_data}\njc\n"
            ),
        )
        .unwrap();
        // Both blocks of the first transaction come from one file of two blocks.
        fs::write(scratch.path().join("data"), vec![b'1'; 8192]).unwrap();
        run("debugfs", &["-w", "-f", &script.display().to_string(), &name]).unwrap();
        let system = open(&file);
        let read = |path: &str| {
            let node = filesystem::find(system.as_ref(), path).unwrap().unwrap();
            filesystem::read(&system, node.number, 1 << 20).unwrap()
        };
        assert_eq!(system.problems(), [], "{options} {sums}");
        assert_eq!(read("/kept")[0], b'0', "{options} {sums}: what was not written");
        assert_eq!(read("/written")[4095], b'1', "{options} {sums}: what was written");
        assert_eq!(read("/taken-back")[0], b'0', "{options} {sums}: what was revoked");
        assert_eq!(read("/magic"), bytes, "{options} {sums}: what looks like the journal itself");
    }
}

const MAGIC_BLOCK: [u8; 4] = journal::MAGIC.to_be_bytes();

/// A small image as bytes; none where there is no `mkfs.ext4`.
fn small(options: &[&str]) -> Option<Vec<u8>> {
    let scratch = tempfile::tempdir().unwrap();
    let dir = scratch.path().join("tree");
    fs::create_dir_all(dir.join("etc/sub")).unwrap();
    fs::write(dir.join("etc/os-release"), "ID=debian\n").unwrap();
    fs::write(dir.join("etc/sub/file"), noise(40_000)).unwrap();
    symlink("os-release", dir.join("etc/link")).unwrap();
    let file = scratch.path().join("image");
    let (dir, name) = (dir.display().to_string(), file.display().to_string());
    let mut all = vec!["-q", "-F", "-d", &dir];
    all.extend(options);
    all.extend([name.as_str(), "2M"]);
    run("mkfs.ext4", &all)?;
    Some(fs::read(&file).unwrap())
}

#[test]
fn a_wrong_checksum_is_told_and_what_it_guards_read() {
    let Some(whole) = small(&["-b", "1024"]) else { return };
    let system = Ext4::open(Arc::new(Memory(whole.clone()))).unwrap();
    let etc = filesystem::find(&system, "/etc").unwrap().unwrap();
    let table = group::inode_table(&system, 0).unwrap();
    let at = usize::try_from(table * 1024 + (etc.number - 1) * system.superblock.inode_len).unwrap();
    let mut bytes = whole;
    bytes[at + 16] ^= 1; // its time
    bytes[1024 + 120] = b'L'; // the label
    let system: Arc<dyn FileSystem> = Arc::new(Ext4::open(Arc::new(Memory(bytes))).unwrap());
    assert!(filesystem::find(system.as_ref(), "/etc/sub/file").unwrap().is_some());
    let problems = system.problems();
    assert!(problems.iter().any(|(reason, _)| reason.contains("inode") && reason.contains("checksum")), "{problems:?}");
    assert!(problems.iter().any(|(reason, _)| reason.contains("superblock")), "{problems:?}");
}

#[test]
fn damage_anywhere_ends_in_a_fault_or_a_problem_never_in_a_panic_or_a_loop() {
    for options in
        [&["-b", "1024"][..], &["-b", "1024", "-O", "^extents,^metadata_csum,^64bit"], &["-O", "inline_data"]]
    {
        let Some(whole) = small(options) else { return };
        // Where something stands: most of the image is empty.
        let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
        let mut number = 1u64;
        let mut next = || {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(number >> 33).unwrap()
        };
        for round in 0..400 {
            let mut bytes = whole.clone();
            for _ in 0..=round % 8 {
                let at = used[next() % used.len()];
                bytes[at] = if next() % 3 == 0 { 0xff } else { next() as u8 };
            }
            if round % 10 == 0 {
                bytes.truncate(next() % whole.len());
            }
            crate::collect::disk_size(Arc::new(Memory(bytes)));
        }
    }
}

#[test]
fn directories_and_maps_that_lead_back_to_themselves_end() {
    let scratch = tempfile::tempdir().unwrap();
    let dir = scratch.path().join("tree");
    fs::create_dir_all(dir.join("a/b")).unwrap();
    fs::create_dir_all(dir.join("etc")).unwrap();
    fs::write(dir.join("etc/os-release"), "ID=debian\n").unwrap();
    fs::write(dir.join("pointers"), vec![b'p'; 1024]).unwrap();
    fs::write(dir.join("package-lock.json"), vec![b'v'; 1024]).unwrap();
    let Some(file) = image(&dir, scratch.path(), &["-b", "1024", "-O", "^extents,^metadata_csum,^64bit"]) else {
        return;
    };
    let name = file.display().to_string();
    let Some(told) = run("debugfs", &["-R", "bmap /pointers 0", &name]) else { return };
    let block: u32 = told.trim().lines().last().unwrap().trim().parse().unwrap();
    // A block full of pointers to itself, three levels deep, for a file that many readers want.
    fs::File::options()
        .write(true)
        .open(&file)
        .unwrap()
        .write_all_at(&block.to_le_bytes().repeat(256), u64::from(block) * 1024)
        .unwrap();
    let script = scratch.path().join("script");
    fs::write(
        &script,
        format!(
            "ln /a /a/b/again\nset_inode_field /package-lock.json block[TIND] {block}\n\
             set_inode_field /package-lock.json size 30000000000\n"
        ),
    )
    .unwrap();
    run("debugfs", &["-w", "-f", &script.display().to_string(), &name]).unwrap();
    let system = open(&file);
    let node = filesystem::find(system.as_ref(), "/package-lock.json").unwrap().unwrap();
    let fault = system.extent(node.number).unwrap_err().to_string();
    assert!(fault.contains("the limit"), "{fault}");
    let facts = crate::collect::disk_facts(Arc::new(FileSource::open(&file, true).unwrap()));
    let told: Vec<_> = facts.iter().flat_map(|(_, _, facts)| &facts.problems).map(|p| format!("{p:?}")).collect();
    assert!(told.iter().any(|told| told.contains("/a/b/again") && told.contains("second place")), "{told:?}");
}

#[test]
fn lying_superblocks_are_named() {
    let Some(whole) = small(&["-b", "1024", "-O", "^metadata_csum"]) else { return };
    for (at, bytes, want, why) in [
        (24, &[40, 0, 0, 0][..], "blocks of 2^50", "a block size"),
        (32, &[0; 4], "without blocks", "no blocks in a group"),
        (40, &[0; 4], "without blocks or inodes", "no inodes in a group"),
        (88, &[3, 0], "inodes of 3 bytes", "an inode size"),
        (96, &[0xff; 4], "compressed", "all features"),
        (96, &[0, 0, 0, 0x80], "not known here", "a feature of the future"),
        (254, &[5, 0], "descriptors of 5", "a descriptor size"),
    ] {
        let mut image = whole.clone();
        image[1024 + at..1024 + at + bytes.len()].copy_from_slice(bytes);
        match Ext4::open(Arc::new(Memory(image))) {
            Err(fault) => assert!(fault.to_string().contains(want), "{why}: {fault}"),
            Ok(_) => panic!("{why} was taken"),
        }
    }
    // Four billion blocks: what is not there is told, what is there is read, and nothing is made room for.
    let mut image = whole;
    image[1024 + 4..1024 + 8].fill(0xff);
    let system = Ext4::open(Arc::new(Memory(image))).unwrap();
    assert!(system.problems()[0].0.contains("only"), "{:?}", system.problems());
    assert!(filesystem::find(&system, "/etc/os-release").unwrap().is_some());
}
