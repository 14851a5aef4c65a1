use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use super::{
    sample::{Draft, bdb, named, ndb},
    *,
};
use crate::package::testing::facts;

const SQLITE: &str = "/var/lib/rpm/rpmdb.sqlite";
const NDB: &str = "/usr/lib/sysimage/rpm/Packages.db";
const BDB: &str = "/var/lib/rpm/Packages";

/// An `rpmdb.sqlite` of these blobs, by SQLite.
fn sqlite(blobs: &[Vec<u8>], page: u32) -> Vec<u8> {
    let db = rusqlite::Connection::open_in_memory().unwrap();
    db.pragma_update(None, "page_size", page).unwrap();
    db.execute_batch(
        "CREATE TABLE 'Name' (key TEXT NOT NULL, hnum INTEGER NOT NULL, idx INTEGER NOT NULL);
         CREATE TABLE IF NOT EXISTS 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL);",
    )
    .unwrap();
    for blob in blobs {
        db.execute("INSERT INTO Packages (blob) VALUES (?1)", [blob]).unwrap();
    }
    db.serialize(rusqlite::MAIN_DB).unwrap().to_vec()
}

fn names(facts: &Facts) -> Vec<String> {
    facts.packages.iter().map(|package| format!("{} {}", package.name, package.version)).collect()
}

fn reasons(facts: &Facts) -> Vec<&str> {
    facts.problems.iter().map(|problem| problem.reason.as_str()).collect()
}

#[test]
fn a_header_tells_what_rpm_tells() {
    let blob = named("nodejs")
        .numbers(header::EPOCH, &[1])
        .string(header::ARCH, "x86_64")
        .string(header::VENDOR, "Red Hat, Inc.")
        .string(header::SOURCERPM, "nodejs-src-1.2-4.el9.src.rpm")
        .string(header::MODULARITYLABEL, "nodejs:18:8060020220523160029:ad008a3a:x86_64")
        .numbers(1116, &[0, 1, 0, 0])
        .strings(1117, &["node", "libnode.so.1", "gone", "x.1.gz"])
        .strings(1118, &["/usr/bin/", "/usr/lib64/"])
        .add(1029, 1, 4, &[0, 0, 2, 0])
        .blob();
    let facts = facts(NDB, &ndb(&[blob]));
    assert_eq!(facts.problems, []);
    let package = &facts.packages[0];
    assert_eq!((package.name.as_str(), package.version.as_str()), ("nodejs", "1:1.2-3.el9"));
    assert_eq!(package.source, Some(Source { name: "nodejs-src".into(), version: "1:1.2-4.el9".into() }));
    assert_eq!(package.module.as_deref(), Some("nodejs:18"));
    assert_eq!(package.vendor.as_deref(), Some("Red Hat, Inc."));
    assert_eq!(facts.owned[0].package, "nodejs:x86_64");
    assert_eq!(
        facts.owned[0].paths,
        ["/usr/bin/node", "/usr/lib64/libnode.so.1"],
        "what is not installed is not there"
    );
}

#[test]
fn oddities_of_headers_are_named_and_lose_nothing() {
    for (blob, want, reason, why) in [
        (named("x").string(header::ARCH, "noarch").blob(), &["x 1.2-3.el9"][..], None, "for all architectures"),
        (named("gpg-pubkey").blob(), &[], None, "a key is no package"),
        (Draft::default().string(header::NAME, "x").blob(), &["x "], Some("package `x` has no version"), "no version"),
        (Draft::default().string(header::VERSION, "1").blob(), &[], Some("a package has no name"), "no name"),
        (Draft::default().numbers(header::NAME, &[7]).blob(), &[], Some("a package has no name"), "a name of numbers"),
        (named("x").numbers(header::EPOCH, &[0]).blob(), &["x 1.2-3.el9"], None, "an epoch of 0 is none"),
        (
            named("x").strings(1117, &["a"]).strings(1118, &["/"]).numbers(1116, &[9]).blob(),
            &["x 1.2-3.el9"],
            Some("the files of package `x` cannot be told: a name has no directory"),
            "a directory that is none",
        ),
        (
            vec![0xff; 40],
            &[],
            Some(
                "a package's header cannot be read: it claims 4294967295 tags and 4294967295 bytes of data, and has 40 in all",
            ),
            "lengths that lie",
        ),
    ] {
        let facts = facts(NDB, &ndb(&[blob]));
        assert_eq!(
            (names(&facts), reasons(&facts)),
            (want.iter().map(ToString::to_string).collect(), reason.into_iter().collect::<Vec<_>>()),
            "{why}"
        );
    }
}

#[test]
fn the_three_keepers_tell_the_same() {
    // Short and long headers, more than one page of anything.
    let long = "y".repeat(3_000);
    let blobs: Vec<Vec<u8>> = (0..600)
        .map(|at| {
            let draft = named(&format!("p{at:03}"));
            if at % 7 == 0 { draft.string(header::VENDOR, &long).blob() } else { draft.blob() }
        })
        .collect();
    let want: Vec<String> = (0..600).map(|at| format!("p{at:03} 1.2-3.el9")).collect();
    for (path, bytes, why) in [
        (NDB, ndb(&blobs), "ndb"),
        (BDB, bdb(&blobs, false), "bdb, little-endian"),
        (BDB, bdb(&blobs, true), "bdb, big-endian"),
        (SQLITE, sqlite(&blobs, 4096), "sqlite"),
        (SQLITE, sqlite(&blobs, 512), "sqlite, small pages"),
        (SQLITE, sqlite(&blobs, 65_536), "sqlite, the largest pages"),
    ] {
        let facts = facts(path, &bytes);
        assert_eq!(facts.problems, [], "{why}");
        assert!(names(&facts) == want, "{why}: {} packages", facts.packages.len());
    }
}

#[test]
fn what_is_cut_off_is_said() {
    let blobs: Vec<Vec<u8>> =
        (0..40).map(|at| named(&format!("p{at}")).string(1011, &"v".repeat(900)).blob()).collect();
    for (path, bytes) in [(NDB, ndb(&blobs)), (BDB, bdb(&blobs, false)), (SQLITE, sqlite(&blobs, 512))] {
        for length in [1, 90, bytes.len() / 3, bytes.len() / 2, bytes.len() - 600] {
            let facts = facts(path, &bytes[..length]);
            assert!(facts.packages.len() < 40, "{path}, {length} bytes");
            assert!(
                facts.problems.iter().any(|problem| problem.incomplete),
                "{path}, {length} bytes: {:?}",
                reasons(&facts)
            );
        }
    }
}

#[test]
fn what_leads_in_circles_ends() {
    let long = named("x").string(1011, &"v".repeat(2_000)).blob();
    let mut chain = bdb(std::slice::from_ref(&long), false);
    // The first overflow page leads to itself, and holds nothing of use after that.
    chain[2 * 512 + 16..][..4].copy_from_slice(&2_u32.to_le_bytes());
    let facts_of_chain = facts(BDB, &chain);
    assert!(facts_of_chain.packages.len() <= 1);
    let mut tree = sqlite(&(0..300).map(|_| long.clone()).collect::<Vec<_>>(), 512);
    // Every page of the table's inside leads to the first of them.
    let inside: Vec<usize> = (1..tree.len() / 512).filter(|page| tree[page * 512] == INTERIOR_PAGE).collect();
    for page in &inside {
        tree[page * 512 + 8..][..4].copy_from_slice(&(inside[0] as u32 + 1).to_be_bytes());
    }
    assert!(reasons(&facts(SQLITE, &tree)).iter().any(|reason| reason.contains("again")));
    // A thousand slots for one blob.
    let mut many = ndb(&(0..200).map(|_| long.clone()).collect::<Vec<_>>());
    let first: [u8; 12] = many[36..48].try_into().unwrap();
    for slot in 3..202 {
        many[slot * 16 + 4..][..12].copy_from_slice(&first);
    }
    many.truncate(4096 + 3 * 4096);
    assert!(reasons(&facts(NDB, &many)).iter().any(|reason| reason.contains("overlap")));
}

const INTERIOR_PAGE: u8 = 5;

#[test]
fn a_journal_with_changes_is_said() {
    let path = "/var/lib/rpm/rpmdb.sqlite-wal";
    assert!(facts(path, &[0; 32]).is_empty(), "a header alone");
    assert!(facts(path, &[0; 4_200]).problems[0].incomplete);
}

/// Builds packages with rpmbuild and installs them into a scratch root; none, with the reason, where that cannot be.
fn real(dir: &Path) -> Option<()> {
    if Command::new("rpmbuild").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("skipped: rpmbuild is not there");
        return None;
    }
    let mut spec = String::from(
        "Name: sample\nVersion: 1.2\nRelease: 3\nEpoch: 2\nSummary: s\nLicense: MIT\nVendor: Sample Vendor\n\
         %description\nd\n%install\nmkdir -p %{buildroot}/usr/lib64/sample %{buildroot}/usr/bin\n\
         for i in $(seq 900); do : > %{buildroot}/usr/lib64/sample/libsample-with-a-long-name-$i.so.1; done\n: > %{buildroot}/usr/bin/sample\n\
         %files\n/usr/bin/sample\n",
    );
    for part in 0..30 {
        let files = if part == 3 { "/usr/lib64/sample\n" } else { "" };
        write!(
            spec,
            "%package part{part}\nSummary: s\n{}%description part{part}\nd\n%files part{part}\n{files}",
            if part == 5 { "BuildArch: noarch\n" } else { "" }
        )
        .unwrap();
    }
    std::fs::write(dir.join("sample.spec"), spec).unwrap();
    let top = format!("_topdir {}", dir.join("top").display());
    let built = Command::new("rpmbuild")
        .args(["-bb", "--quiet", "--define", &top, "--define", "_binary_payload w1.gzdio"])
        .arg(dir.join("sample.spec"))
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let rpms: Vec<_> = ["x86_64", "aarch64", "noarch"]
        .iter()
        .filter_map(|arch| std::fs::read_dir(dir.join("top/RPMS").join(arch)).ok())
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect();
    let installed = rpm(dir).args(["--nodeps", "--justdb", "-i"]).args(rpms).output().unwrap();
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    Some(())
}

fn rpm(dir: &Path) -> Command {
    let mut rpm = Command::new("rpm");
    rpm.arg("--dbpath").arg(dir.join("db"));
    rpm
}

fn lines(command: &mut Command) -> BTreeSet<String> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn check(facts: &Facts, packages: &BTreeSet<String>, files: &BTreeSet<String>, why: &str) {
    assert_eq!(facts.problems, [], "{why}");
    let ours: BTreeSet<String> = facts
        .packages
        .iter()
        .map(|package| {
            let arch = package.arch.as_deref().unwrap_or("noarch");
            let vendor = package.vendor.as_deref().unwrap_or_default();
            format!("{} {} {arch} {vendor}", package.name, package.version)
        })
        .collect();
    assert_eq!(&ours, packages, "{why}");
    let paths: BTreeSet<String> = facts.owned.iter().flat_map(|owned| owned.paths.clone()).collect();
    assert_eq!(&paths, files, "{why}");
}

#[test]
fn databases_that_rpm_and_berkeley_db_wrote_read_as_rpm_reads_them() {
    let dir = tempfile::tempdir().unwrap();
    let Some(()) = real(dir.path()) else { return };
    let query = "%{NAME} %|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE} %{ARCH} %{VENDOR}\n";
    let packages = lines(rpm(dir.path()).args(["-qa", "--qf", query]));
    let mut files = lines(rpm(dir.path()).args(["-qa", "--qf", "[%{FILENAMES}\n]"]));
    files.remove("/usr/lib64/sample");
    files.retain(|path| !path.starts_with("/usr/lib/.build-id"));
    assert!(packages.len() > 30 && files.len() > 900, "{} packages, {} files", packages.len(), files.len());
    let database = std::fs::read(dir.path().join("db/rpmdb.sqlite")).unwrap();
    check(&facts(SQLITE, &database), &packages, &files, "rpm's own database");

    let mut blobs = Vec::new();
    sqlite::blobs(&mut std::io::Cursor::new(&database), database.len() as u64, &mut |blob| {
        blobs.push(blob.unwrap());
        true
    })
    .unwrap();
    check(&facts(NDB, &ndb(&blobs)), &packages, &files, "ndb");
    let Some(written) = berkeley(dir.path(), &blobs) else { return };
    check(&facts(BDB, &written), &packages, &files, "Berkeley DB's own hash");
}

/// The blobs in a hash that Berkeley DB itself writes, by perl's module.
fn berkeley(dir: &Path, blobs: &[Vec<u8>]) -> Option<Vec<u8>> {
    let script = r#"use DB_File; use Fcntl; binmode STDIN;
        tie(my %h, "DB_File", $ARGV[0], O_RDWR|O_CREAT, 0644, $DB_HASH) or die "$!";
        $h{pack("L", 0)} = pack("L", 99); my $n = 0;
        while (read(STDIN, my $l, 4)) { read(STDIN, my $b, unpack("N", $l)); $h{pack("L", ++$n)} = $b; } untie %h;"#;
    let file = dir.join("Packages");
    if !Command::new("perl")
        .args(["-MDB_File", "-e", "1"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
    {
        eprintln!("skipped: perl's DB_File is not there");
        return None;
    }
    let mut perl = Command::new("perl").args(["-e", script]).arg(&file).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = perl.stdin.take().unwrap();
    for blob in blobs {
        stdin.write_all(&(blob.len() as u32).to_be_bytes()).unwrap();
        stdin.write_all(blob).unwrap();
    }
    drop(stdin);
    assert!(perl.wait().unwrap().success());
    Some(std::fs::read(file).unwrap())
}
