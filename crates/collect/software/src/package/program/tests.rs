use std::io::Write as _;

use super::{
    sample::{elf, framed, inline},
    *,
};
use crate::{Entry, package::testing, read};

const MODULES: &str = "path\tcommand-line-arguments\nmod\texample.org/app\t(devel)\t\ndep\texample.org/a\tv1.2.3\th1:x=\n\
                       dep\texample.org/b\tv1.0.0\n=>\texample.org/c\tv2.0.0\th1:y=\ndep\texample.org/d\tv0.1.0\n=>\t./d\t(devel)\n\
                       build\t-compiler=gc\n";

/// Build information that points at its strings; it will lie at `address`.
fn pointed(version: &str, modules: &str, address: u64, wide: bool, big: bool) -> Vec<u8> {
    let number = |value: u64| match (wide, big) {
        (true, true) => value.to_be_bytes().to_vec(),
        (true, false) => value.to_le_bytes().to_vec(),
        (false, true) => (value as u32).to_be_bytes().to_vec(),
        (false, false) => (value as u32).to_le_bytes().to_vec(),
    };
    let size = if wide { 8 } else { 4 };
    let modules = framed(modules);
    let mut out = Vec::from(&b"\xff Go buildinf:"[..]);
    out.extend([size, u8::from(big)]);
    let headers = address + 32;
    let texts = headers + 4 * u64::from(size);
    out.extend(number(headers));
    out.extend(number(headers + 2 * u64::from(size)));
    out.resize(32, 0);
    for (at, length) in [(texts, version.len()), (texts + version.len() as u64, modules.len())] {
        out.extend(number(at));
        out.extend(number(length as u64));
    }
    out.extend(version.as_bytes());
    out.extend(modules);
    out
}

/// A PE with one writable section of this name.
fn pe(section: &str, data: &[u8], address: u32) -> Vec<u8> {
    let mut out = vec![0_u8; 0x200];
    out[..2].copy_from_slice(b"MZ");
    out[0x3c] = 0x40;
    out[0x40..0x44].copy_from_slice(b"PE\0\0");
    out[0x46] = 1;
    out[0x54] = 32;
    out[0x58..0x5a].copy_from_slice(&0x20b_u16.to_le_bytes());
    out[0x70..0x78].copy_from_slice(&0x40_0000_u64.to_le_bytes());
    let entry = &mut out[0x78..0xa0];
    entry[..section.len()].copy_from_slice(section.as_bytes());
    for (place, value) in [(12, address), (16, data.len() as u32), (20, 0x200), (36, 0xc000_0040)] {
        entry[place..place + 4].copy_from_slice(&value.to_le_bytes());
    }
    out.extend(data);
    out.resize(out.len().max(1_100), 0);
    out
}

/// A Mach-O of 64 bits with one section of this name.
fn mach(section: &str, data: &[u8], address: u64) -> Vec<u8> {
    let mut out = Vec::new();
    for value in [0xfeed_facf_u32, 0x0100_0007, 3, 2, 1, 152, 0, 0, 0x19, 152] {
        out.extend(value.to_le_bytes());
    }
    let name = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.resize(16, 0);
        bytes
    };
    out.extend(name("__DATA"));
    let size = data.len() as u64;
    out.extend([address, size, 0x200, size].into_iter().flat_map(u64::to_le_bytes));
    out.extend([3_u32, 3, 1, 0].into_iter().flat_map(u32::to_le_bytes));
    out.extend([name(section), name("__DATA")].concat());
    out.extend([address, size].into_iter().flat_map(u64::to_le_bytes));
    out.extend(0x200_u32.to_le_bytes());
    out.resize(0x200, 0);
    out.extend(data);
    out.resize(out.len().max(1_100), 0);
    out
}

fn facts(bytes: &[u8]) -> Facts {
    let entry = testing::file("/usr/bin/x", 0o755, bytes.len());
    assert!(crate::wants(&entry, false).is_some());
    read(&entry, Some(&mut std::io::Cursor::new(bytes)), false)
}

fn list(facts: &Facts) -> Vec<String> {
    facts.packages.iter().map(|package| format!("{} {}", package.name, package.version).trim().to_owned()).collect()
}

#[test]
fn a_go_program_tells_its_modules_in_every_format() {
    let want = ["stdlib 1.21.5", "example.org/app", "example.org/a v1.2.3", "example.org/c v2.0.0", "example.org/d"]
        .map(String::from);
    let version = "go1.21.5 X:boringcrypto";
    for (bytes, why) in [
        (elf(".go.buildinfo", &inline(version, MODULES), 0x1000, true, false), "ELF, in place"),
        (elf(".data", &inline(version, MODULES), 0x1000, true, false), "ELF without the section: the data segment"),
        (elf(".go.buildinfo", &pointed(version, MODULES, 0x1000, true, false), 0x1000, true, false), "ELF, pointed at"),
        (
            elf(".go.buildinfo", &pointed(version, MODULES, 0x1000, false, true), 0x1000, false, true),
            "ELF of 32 bits, big-endian",
        ),
        (pe(".data", &inline(version, MODULES), 0x1000), "PE, in place"),
        (pe(".data", &pointed(version, MODULES, 0x40_1000, true, false), 0x1000), "PE, pointed at"),
        (mach("__go_buildinfo", &inline(version, MODULES), 0x1000), "Mach-O, in place"),
        (mach("__go_buildinfo", &pointed(version, MODULES, 0x1000, true, false), 0x1000), "Mach-O, pointed at"),
    ] {
        let facts = facts(&bytes);
        assert_eq!(list(&facts), want, "{why}");
        assert_eq!(facts.problems.len(), 1, "{why}: the main module and the directory have no version");
        assert!(facts.problems.iter().all(|problem| !problem.incomplete), "{why}");
    }
}

#[test]
fn a_go_program_of_odd_birth_is_told_as_far_as_it_goes() {
    let elf = |info: Vec<u8>| elf(".go.buildinfo", &info, 0x1000, true, false);
    for (bytes, want, problems, why) in [
        (elf(inline("go1.13", "")), &["stdlib 1.13"][..], 1, "built without modules"),
        (elf(inline("devel go1.22-abc Mon", "")), &["stdlib"], 2, "an unreleased Go"),
        (elf([vec![0; 48], inline("go1.20", "")].concat()), &["stdlib 1.20"], 1, "not at the very beginning"),
        (elf([vec![0; 8], inline("go1.20", "")].concat()), &[], 0, "not where the linker aligns it"),
        (elf(inline("go1.20", MODULES)[..40].to_vec()), &[], 1, "cut off"),
        (elf(pointed("go1.20", "", 0x9999, true, false)), &[], 1, "pointers to nowhere"),
        (elf(vec![0; 64]), &[], 0, "no Go program"),
    ] {
        let facts = facts(&bytes);
        assert_eq!(
            (list(&facts), facts.problems.len()),
            (want.iter().map(ToString::to_string).collect(), problems),
            "{why}"
        );
    }
}

fn zlib(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn an_auditable_program_tells_its_crates() {
    let json = br#"{"packages":[{"name":"a","version":"1.0.0","source":"crates.io","kind":"build"},
        {"name":"b","version":"0.2.0","source":"local","dependencies":[0],"root":true}],"new":1}"#;
    for (bytes, why) in [
        (elf(".dep-v0", &zlib(json), 0x1000, true, false), "ELF"),
        (pe(".dep-v0", &zlib(json), 0x1000), "PE"),
        (mach(".dep-v0", &zlib(json), 0x1000), "Mach-O"),
    ] {
        let facts = facts(&bytes);
        assert_eq!(
            (list(&facts), facts.problems.len()),
            (vec!["a 1.0.0".to_owned(), "b 0.2.0".to_owned()], 0),
            "{why}"
        );
        assert_eq!(facts.packages.iter().map(|package| package.dev).collect::<Vec<_>>(), [true, false], "{why}");
    }
    let bomb = zlib(&vec![b' '; PLAIN]);
    for (bytes, want, why) in [
        (bomb.as_slice(), "limit rust.audit.plain is 16777216 bytes", "a bomb"),
        (b"not zlib", "it does not unpack", "no zlib"),
        (&zlib(b"{\"packages\":7}"), "line 1: it is no list of crates", "another shape"),
    ] {
        let facts = facts(&elf(".dep-v0", bytes, 0x1000, true, false));
        let [problem] = facts.problems.as_slice() else { panic!("{why}: {facts:?}") };
        assert!(problem.reason.contains(want) && problem.incomplete, "{why}: {}", problem.reason);
    }
}

const PLAIN: usize = (16 << 20) + 1;

#[test]
fn damaged_programs_end_in_no_panic() {
    let whole = [
        elf(".go.buildinfo", &inline("go1.20", MODULES), 0x1000, true, false),
        elf(".go.buildinfo", &pointed("go1.20", MODULES, 0x1000, false, true), 0x1000, false, true),
        pe(".data", &inline("go1.20", MODULES), 0x1000),
        mach("__go_buildinfo", &inline("go1.20", MODULES), 0x1000),
    ];
    for bytes in whole {
        for at in 0..0x100 {
            for value in [0, 0x7f, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] = value;
                drop(facts(&damaged));
            }
        }
        let entry = |length| Entry { size: length as u64, ..testing::file("/x", 0o755, 0) };
        for length in (0..bytes.len()).step_by(7) {
            drop(read(&entry(length), Some(&mut std::io::Cursor::new(&bytes[..length])), false));
        }
    }
}

#[test]
fn programs_are_told_from_scripts_and_data() {
    for (path, mode, size, want, why) in [
        ("/usr/bin/x", 0o755, 5_000, true, "a program"),
        ("/usr/bin/x", 0o644, 5_000, false, "nobody may run it"),
        ("/usr/bin/x.sh", 0o755, 5_000, false, "a script"),
        ("/usr/bin/x", 0o755, 100, false, "too small to say anything"),
        ("/srv/setup.EXE", 0o644, 5_000, true, "a program of Windows has no such bits"),
    ] {
        let entry = testing::file(path, mode, size);
        assert_eq!(crate::entry::Candidate::new(&entry).and_then(|file| wants(&file)).is_some(), want, "{path}: {why}");
    }
    assert!(!is_program(&[0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52]), "a class of Java");
}
