use std::{io::Cursor, process::Command};

use casemate_testkit::image::LayerTar;
use proptest::prelude::*;

use super::*;

struct Sink(Vec<u8>);

impl Output for Sink {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn hole(&mut self, length: u64) -> io::Result<()> {
        self.0.resize(self.0.len() + usize::try_from(length).unwrap(), 0);
        Ok(())
    }
}

/// All entries with their bytes.
fn all(bytes: &[u8]) -> Result<Vec<(Header, Vec<u8>)>, TarError> {
    // A reader that gives little at a time.
    struct Slow<'a>(&'a [u8]);
    impl Read for Slow<'_> {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let n = buf.len().min(700);
            self.0.read(&mut buf[..n])
        }
    }
    let mut tar = Tar::new(Slow(bytes));
    let mut out = Vec::new();
    while let Some(header) = tar.next()? {
        let mut sink = Sink(Vec::new());
        match tar.data_copy(&header, &mut sink) {
            Ok(()) => {}
            Err(CopyError::Tar(error)) => return Err(error),
            Err(CopyError::Write(error)) => panic!("{error}"),
        }
        assert_eq!(sink.0.len() as u64, header.size);
        out.push((header, sink.0));
    }
    Ok(out)
}

fn pax(records: &str) -> LayerTar {
    let padded = records.len().next_multiple_of(512);
    let mut bytes = records.as_bytes().to_vec();
    bytes.resize(padded, 0);
    LayerTar::new().raw(b"pax", b'x', records.len() as u64, b"").bytes(&bytes)
}

#[test]
fn entries_have_names_kinds_and_bytes() {
    let long = "d/".repeat(100) + "x";
    let target = "e/".repeat(80) + "y";
    let tar = LayerTar::new()
        .directory("a/")
        .file("a/b", "hello")
        .link("l", &target)
        .hard_link(&long, "a/b")
        .file(&long, vec![7; 3000])
        .raw(b"dev", b'3', 999, b"")
        .end();
    let entries = all(&tar).unwrap();
    let shown: Vec<_> = entries.iter().map(|(header, _)| (header.kind, header.path.len(), header.size)).collect();
    let want = [
        (Kind::Directory, 2, 0),
        (Kind::File, 3, 5),
        (Kind::SymbolicLink, 1, 0),
        (Kind::HardLink, 201, 0),
        (Kind::File, 201, 3000),
        (Kind::Other, 3, 0),
    ];
    assert_eq!(shown, want);
    assert_eq!((entries[1].1.as_slice(), entries[2].0.link.as_slice()), (&b"hello"[..], target.as_bytes()));
}

#[test]
fn pax_records_replace_what_the_header_says() {
    for (records, path, size, why) in [
        ("11 path=ab\n", "ab", 0, "a path"),
        ("20 size=00000000000\n", "x", 0, "a size"),
        ("8 path=\n", "x", 0, "an empty value takes back"),
        ("9 path=a\n9 path=b\n", "b", 0, "the last counts"),
    ] {
        let tar = pax(records).file("x", "").end();
        let entries = all(&tar).unwrap();
        assert_eq!((entries[0].0.path.as_slice(), entries[0].0.size), (path.as_bytes(), size), "{why}");
    }
    let error = all(&pax("12 path=a\u{0}b\n").file("x", "").end()).unwrap_err();
    assert!(error.to_string().contains("a name holds a zero byte"), "{error}");
    let tar = LayerTar::new().raw(b"g", b'g', 11, b"").bytes(&{
        let mut bytes = b"11 path=ab\n".to_vec();
        bytes.resize(512, 0);
        bytes
    });
    assert_eq!(all(&tar.file("x", "").end()).unwrap()[0].0.path, b"x", "records for all are not applied, as in Go");
}

#[test]
fn gnu_tar_writes_what_we_read() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("sparse");
    // Data at the beginning, in the middle and, for many regions, every 64 KiB.
    let mut content = vec![0; 3 << 20];
    content[..5].copy_from_slice(b"begin");
    for at in (1 << 20..2 << 20).step_by(64 << 10) {
        content[at..at + 3].copy_from_slice(b"abc");
    }
    // tar looks for holes only in what takes less room than its length.
    let sparse = std::fs::File::create(&file).unwrap();
    sparse.set_len(content.len() as u64).unwrap();
    for (at, chunk) in content.chunks(4096).enumerate().filter(|(_, chunk)| chunk.iter().any(|b| *b != 0)) {
        std::os::unix::fs::FileExt::write_all_at(&sparse, chunk, at as u64 * 4096).unwrap();
    }
    let deep = directory.path().join("d".repeat(90)).join("e".repeat(90));
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(deep.join("f"), "deep").unwrap();
    for format in [
        "--format=gnu",
        "--format=pax",
        "--format=ustar",
        "--sparse-version=0.0",
        "--sparse-version=0.1",
        "--sparse-version=1.0",
    ] {
        let mut command = Command::new("tar");
        if format.starts_with("--sparse-version") {
            command.arg("--format=pax");
        }
        if format != "--format=ustar" {
            command.args(["--sparse", "--hole-detection=raw"]);
        }
        let output =
            command.args([format, "-cf", "-", "-C"]).arg(directory.path()).args(["sparse", &"d".repeat(90)]).output();
        let Ok(output) = output else {
            eprintln!("skipped: there is no tar(1)");
            return;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.len() < 2 << 20 || format.contains("ustar"), "{format}: holes are not stored");
        let entries = all(&output.stdout).unwrap();
        let named = |name: &str| entries.iter().find(|(header, _)| header.path.ends_with(name.as_bytes())).unwrap();
        assert!(named("sparse").1 == content, "{format}: the sparse file");
        assert_eq!(named("/f").1, b"deep", "{format}: the long name");
    }
}

#[test]
fn what_breaks_off_says_where() {
    let tar = LayerTar::new().file("a", vec![1; 1000]).end();
    for (cut, want) in [
        (0, Ok(0)),
        (100, Err("it breaks off at byte 100, within a header")),
        (512, Err("it breaks off at byte 512, within the data of an entry")),
        (1511, Err("it breaks off at byte 1511, within the data of an entry")),
        (1512, Ok(1)),
        (1536, Ok(1)),
        (2048, Ok(1)),
        (2560, Ok(1)),
    ] {
        let got = all(&tar[..cut]).map(|all| all.len()).map_err(|error| error.to_string());
        assert_eq!(got.as_ref().map_err(String::as_str), want.as_ref().map_err(|e| *e), "{cut}");
    }
}

#[test]
fn leaping_over_data_finds_the_same_entries() {
    let tar = LayerTar::new().file("a", vec![1; 600_000]).file("b", "x").file("c", vec![2; 300_000]).end();
    let mut leaping = Tar::new(Cursor::new(tar.clone()));
    let mut found = Vec::new();
    loop {
        let far = leaping.leap();
        if far > 0 {
            let at = leaping.inner_mut().position();
            leaping.inner_mut().set_position(at + far);
        }
        let Some(header) = leaping.next().unwrap() else { break };
        found.push(header);
    }
    let want: Vec<Header> = all(&tar).unwrap().into_iter().map(|(header, _)| header).collect();
    assert_eq!(found, want);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn changed_archives_break_nothing(at in 0_usize..4096, byte: u8, cut in 0_usize..5000) {
        let mut tar = pax("30 GNU.sparse.map=0,5,600,2000\n").file("a", vec![3; 900]).link("b", "c").end();
        if let Some(slot) = tar.get_mut(at) {
            *slot = byte;
        }
        tar.truncate(cut.max(1));
        if let Err(error) = all(&tar) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
