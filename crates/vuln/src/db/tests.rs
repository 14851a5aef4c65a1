use std::{
    io::Write as _,
    os::unix::fs::{FileExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use casemate_estate::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::{Advisory, Affected, Event, FixState, SourceSetting, sources_in};

const NOW: &str = "2026-11-25T00:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A directory of sources and a place for the database.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().unwrap() };
        place.put("osv/A-1.json", osv("A-1", "CVE-2024-0001", "2.0"));
        place.put("osv/A-2.json", osv("A-2", "CVE-2024-0002", "3.0"));
        place.put("osv/README.md", "# Not an advisory\n");
        place.put(
            "kev/kev.csv",
            "cveID,vulnerabilityName,dateAdded,dueDate\nCVE-2024-0001,A name,2024-01-02,2024-01-23\n",
        );
        place
    }

    fn sources(&self) -> PathBuf {
        self.dir.path().join("sources")
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.sources().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.sources().join(name)).unwrap();
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("state/advisories.db")
    }

    fn settings(&self) -> Vec<SourceSetting> {
        sources_in(&self.sources()).unwrap()
    }

    fn update_with(&self, sources: &[SourceSetting], options: &UpdateOptions) -> Result<UpdateReport, DatabaseError> {
        update(&self.path(), sources, options, now(), &|_, _, _| {})
    }

    fn update(&self) -> UpdateReport {
        self.update_with(&self.settings(), &UpdateOptions::default()).unwrap()
    }

    fn open(&self) -> Database {
        Database::open(&self.path(), &Trust::default()).unwrap()
    }
}

fn osv(id: &str, cve: &str, fixed: &str) -> String {
    format!(
        r#"{{"id":"{id}","modified":"2024-01-02T00:00:00Z","aliases":["{cve}"],"affected":[{{"package":{{"ecosystem":"PyPI","name":"A.b"}},"ranges":[{{"type":"ECOSYSTEM","events":[{{"introduced":"0"}},{{"fixed":"{fixed}"}}]}}]}}]}}"#
    )
}

fn fixes(found: &[(Advisory, Affected)]) -> Vec<String> {
    let events = |affected: &Affected| {
        let events = affected.ranges.iter().flat_map(|range| &range.events);
        let ends = events.filter(|event| !matches!(event, Event::Introduced(_))).map(|event| format!("{event:?}"));
        ends.collect::<Vec<_>>().join(",")
    };
    found
        .iter()
        .map(|(advisory, affected)| format!("{} {:?} {}", advisory.id, affected.state, events(affected)))
        .collect()
}

#[test]
fn a_package_is_found_by_any_of_its_names() {
    let place = Place::new();
    let report = place.update();
    assert_eq!((report.changed, report.unchanged, report.removed, report.ignored), (3, 0, 0, 1));
    let database = place.open();
    for name in ["a-b", "A.b", "a_b"] {
        let found = database.lookup("PyPI", name).unwrap();
        assert_eq!(fixes(&found), ["A-1 Affected Fixed(\"2.0\")", "A-2 Affected Fixed(\"3.0\")"], "{name}");
        assert_eq!((found[0].1.package.as_str(), found[0].1.ecosystem.as_str()), ("a-b", "PyPI"));
        assert!(found[0].0.affected.is_empty());
    }
    assert!(database.lookup("PyPI", "other").unwrap().is_empty());
    assert!(database.lookup("npm", "a-b").unwrap().is_empty());
    assert!(database.covers("PyPI") && !database.covers("npm"));
    let record = database.vulnerability("CVE-2024-0001").unwrap().unwrap();
    assert_eq!((record.cve.as_str(), record.kev.unwrap().name.as_str()), ("CVE-2024-0001", "A name"));
    assert_eq!(database.vulnerability("CVE-2024-0009").unwrap(), None);
    let status = database.status();
    let names: Vec<_> = status.sources.iter().map(|source| (source.name.as_str(), source.documents)).collect();
    assert_eq!(names, [("kev", 1), ("osv", 2)]);
    assert_eq!(status.built, now());
    assert_eq!(status.sources[1].data_until.unwrap().to_string(), "2024-01-02T00:00:00Z");
    assert_eq!(status.bytes, std::fs::metadata(place.path()).unwrap().len());
    assert!(status.fixed_only.is_empty());
}

#[test]
fn what_a_debian_release_does_not_say_unstable_says() {
    let place = Place::new();
    place.put(
        "debian/list",
        "CVE-2024-0001 (One)\n\t- a 2-1\n\t[bookworm] - a 1-2\nCVE-2024-0002 (Two)\n\t- a 3-1\nCVE-2024-0003 (Three)\n\t- a <unfixed>\n\
         \t[bookworm] - a <not-affected> (No such code)\nCVE-2024-0004 (Four)\n\t- a 4-1\n\t[bullseye] - a <ignored> (Old)\n",
    );
    place.put("debian/DSA", "[02 Jan 2024] DSA-1-1 a - security update\n\t{CVE-2024-0004}\n\t[bookworm] - a 1-3\n");
    place.update();
    let database = place.open();
    for (ecosystem, want, why) in [
        (
            "Debian:12",
            vec![
                "CVE-2024-0001 Affected Fixed(\"1-2\")",
                "CVE-2024-0002 Affected Limit(\"3-1\")",
                "CVE-2024-0003 NotAffected ",
                "DSA-1-1 Affected Fixed(\"1-3\")",
            ],
            "its own words; unstable's fix is none for it; an advisory is a word of its own",
        ),
        (
            "Debian:11",
            vec![
                "CVE-2024-0001 Affected Limit(\"2-1\")",
                "CVE-2024-0002 Affected Limit(\"3-1\")",
                "CVE-2024-0003 Affected ",
                "CVE-2024-0004 Ignored Limit(\"4-1\")",
            ],
            "mostly unstable's",
        ),
        (
            "Debian:sid",
            vec![
                "CVE-2024-0001 Affected Fixed(\"2-1\")",
                "CVE-2024-0002 Affected Fixed(\"3-1\")",
                "CVE-2024-0003 Affected ",
                "CVE-2024-0004 Affected Fixed(\"4-1\")",
            ],
            "unstable itself",
        ),
    ] {
        assert_eq!(fixes(&database.lookup(ecosystem, "a").unwrap()), want, "{ecosystem}: {why}");
    }
    assert!(database.covers("Debian:12") && database.covers("Debian:sid"));
    assert!(!database.covers("Debian:9"), "no source has a word for it");
    assert!(database.status().fixed_only.is_empty(), "the list of CVEs tells all");
}

#[test]
fn lists_of_fixes_alone_are_said_to_be_so() {
    let place = Place::new();
    place.put("debian/DSA", "[02 Jan 2024] DSA-1-1 a - security update\n\t{CVE-2024-0004}\n\t[bookworm] - a 1-3\n");
    place.update();
    let database = place.open();
    assert_eq!(database.status().fixed_only, ["Debian:12"]);
    let debian = database.status().sources.iter().find(|source| source.name == "debian").unwrap().clone();
    assert!(debian.fixed_only);
}

#[test]
fn the_same_said_twice_is_found_once() {
    let place = Place::new();
    place.put("osv/copy/A-1.json", osv("A-1", "CVE-2024-0001", "2.0"));
    place.update();
    assert_eq!(place.open().lookup("PyPI", "a-b").unwrap().len(), 2);
}

#[test]
fn what_did_not_change_is_not_read_again() {
    let place = Place::new();
    place.update();
    let again = place.update();
    assert_eq!((again.changed, again.unchanged, again.removed), (0, 3, 0));
    place.put("osv/A-2.json", osv("A-2", "CVE-2024-0002", "3.5"));
    place.put("osv/A-3.json", osv("A-3", "CVE-2024-0003", "4.0"));
    place.remove("osv/A-1.json");
    let changed = place.update();
    assert_eq!((changed.changed, changed.unchanged, changed.removed), (2, 1, 1));
    let database = place.open();
    let found = database.lookup("PyPI", "a-b").unwrap();
    assert_eq!(fixes(&found), ["A-2 Affected Fixed(\"3.5\")", "A-3 Affected Fixed(\"4.0\")"]);
    let full = place.update_with(&place.settings(), &UpdateOptions { full: true, ..UpdateOptions::default() }).unwrap();
    assert_eq!((full.changed, full.unchanged, full.removed), (3, 0, 0));
    assert_eq!(fixes(&place.open().lookup("PyPI", "a-b").unwrap()).len(), 2);
}

#[test]
fn a_damaged_document_keeps_what_it_said_and_is_named() {
    let place = Place::new();
    place.update();
    place.put("osv/A-1.json", &osv("A-1", "CVE-2024-0001", "2.0")[..60]);
    place.put("osv/A-4.json", &osv("A-4", "CVE-2024-0004", "2.0")[..60]);
    for round in 0..2 {
        place.update();
        let database = place.open();
        assert_eq!(database.lookup("PyPI", "a-b").unwrap().len(), 2, "round {round}: nothing is lost");
        let osv = database.status().sources.iter().find(|source| source.name == "osv").unwrap().clone();
        assert_eq!(osv.problem_count, 2, "{:?}", osv.problems);
        assert!(
            osv.problems.iter().any(|problem| problem.starts_with("A-1.json: line 1 column 60")),
            "{:?}",
            osv.problems
        );
        assert!(
            osv.problems.iter().any(|problem| problem.starts_with("A-4.json: line 1 column 60")),
            "{:?}",
            osv.problems
        );
    }
    place.put("osv/A-1.json", osv("A-1", "CVE-2024-0001", "2.1"));
    place.remove("osv/A-4.json");
    place.update();
    let database = place.open();
    assert_eq!(database.status().sources.iter().map(|source| source.problem_count).sum::<u64>(), 0);
    assert_eq!(fixes(&database.lookup("PyPI", "a-b").unwrap())[0], "A-1 Affected Fixed(\"2.1\")");
}

#[test]
fn a_source_that_fails_keeps_what_it_had() {
    let place = Place::new();
    place.update();
    let settings = place.settings();
    std::fs::remove_dir_all(place.sources().join("osv")).unwrap();
    let report = place.update_with(&settings, &UpdateOptions::default()).unwrap();
    let osv = report.sources.iter().find(|source| source.name == "osv").unwrap();
    assert_eq!((osv.documents, osv.problem_count), (2, 1), "{:?}", osv.problems);
    assert!(osv.problems[0].contains("No such file"), "{:?}", osv.problems);
    assert_eq!(place.open().lookup("PyPI", "a-b").unwrap().len(), 2);
    // The directory is there, and holds nothing.
    std::fs::create_dir_all(place.sources().join("osv")).unwrap();
    let report = place.update_with(&settings, &UpdateOptions::default()).unwrap();
    let osv = report.sources.iter().find(|source| source.name == "osv").unwrap();
    assert!(osv.problems[0].contains("no advisories were found there"), "{:?}", osv.problems);
    assert_eq!(place.open().lookup("PyPI", "a-b").unwrap().len(), 2);
    // A source that is not named stays too, until all is built anew.
    let kev = settings.iter().filter(|source| source.name == "kev").cloned().collect::<Vec<_>>();
    place.update_with(&kev, &UpdateOptions::default()).unwrap();
    assert_eq!(place.open().lookup("PyPI", "a-b").unwrap().len(), 2);
    place.update_with(&kev, &UpdateOptions { full: true, ..UpdateOptions::default() }).unwrap();
    let database = place.open();
    assert!(database.lookup("PyPI", "a-b").unwrap().is_empty());
    assert_eq!(database.status().sources.len(), 1);
}

#[test]
fn nothing_at_all_leaves_the_old_database() {
    let place = Place::new();
    let nowhere =
        [SourceSetting { name: "x".into(), format: None, url: place.dir.path().join("no").display().to_string() }];
    let error = place.update_with(&nowhere, &UpdateOptions::default()).unwrap_err();
    assert!(matches!(error, DatabaseError::Empty { .. }) && error.to_string().contains("No such file"), "{error}");
    assert!(!place.path().exists(), "an empty database would say that all is well");
    place.update();
    let before = std::fs::read(place.path()).unwrap();
    // A document larger than any of its kind.
    let huge = place.sources().join("osv/huge.json");
    std::fs::write(&huge, r#"{"id":"H-1","modified":"2024-01-01T00:00:00Z","details":""#).unwrap();
    std::fs::OpenOptions::new().write(true).open(&huge).unwrap().set_len((64 << 20) + 100).unwrap();
    let report = place.update();
    let osv = report.sources.iter().find(|source| source.name == "osv").unwrap();
    assert!(osv.problems[0].contains("larger than 67108864 bytes"), "{:?}", osv.problems);
    assert_ne!(std::fs::read(place.path()).unwrap(), before);
}

#[test]
fn packed_sources_are_unpacked() {
    let place = Place::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("Z-1.json", osv("Z-1", "CVE-2024-0011", "1")), ("Z-2.json", osv("Z-2", "CVE-2024-0012", "1"))]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    place.put("osv/all.zip", &zip);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(b"cve,epss,percentile\nCVE-2024-0001,0.5,0.9\n").unwrap();
    place.put("epss/epss.csv.gz", gzip.finish().unwrap());
    let report = place.update();
    assert_eq!(report.sources.iter().map(|source| source.problem_count).sum::<u64>(), 0, "{:?}", report.sources);
    let database = place.open();
    assert_eq!(database.lookup("PyPI", "a-b").unwrap().len(), 4);
    assert_eq!(database.vulnerability("CVE-2024-0001").unwrap().unwrap().epss, Some(0.5));
    let again = place.update();
    assert_eq!((again.changed, again.removed), (0, 0));
    assert_eq!(again.unchanged, 6);
    // An archive that was cut keeps what it gave.
    place.put("osv/all.zip", &zip[..zip.len() - 30]);
    let report = place.update();
    assert_eq!(report.sources.iter().map(|source| source.problem_count).sum::<u64>(), 1);
    assert_eq!(place.open().lookup("PyPI", "a-b").unwrap().len(), 4);
}

#[test]
fn a_database_that_was_touched_is_not_opened() {
    let place = Place::new();
    place.update();
    let path = place.path();
    let whole = std::fs::read(&path).unwrap();
    let open = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        Database::open(&path, &Trust::default()).map(drop)
    };
    assert!(open(&whole).is_ok());
    for at in (0..whole.len()).step_by(whole.len() / 97).chain(whole.len() - 156..whole.len()) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        let error = open(&bytes).expect_err("a flipped bit");
        assert!(error.to_string().contains("hint: "), "byte {at}: {error}");
    }
    let trailer = whole.len() - 156;
    for (bytes, want, why) in [
        (whole[..trailer].to_vec(), "is not signed", "no signature"),
        (whole[..trailer / 2].to_vec(), "is damaged", "half a file"),
        (whole[..whole.len() - 1].to_vec(), "is damaged", "a byte less"),
        ([&whole[..trailer], &[0; 4096], &whole[trailer..]].concat(), "is damaged", "bytes between"),
        ([&whole[..], &[0; 1]].concat(), "is damaged", "a byte more"),
        (b"{}".to_vec(), "is no vulnerability database", "another file"),
        (Vec::new(), "is no vulnerability database", "an empty file"),
    ] {
        let error = open(&bytes).expect_err(why).to_string();
        assert!(error.contains(want), "{why}: {error}");
    }
    let mut newer = whole.clone();
    newer[trailer + 16] = 2;
    assert!(matches!(open(&newer), Err(DatabaseError::Version { found: 2, expected: 1, .. })));
    let mut forged = whole.clone();
    forged[trailer + 100] ^= 0xff;
    assert!(matches!(open(&forged), Err(DatabaseError::WrongSignature { .. })));
    // An update builds it anew and says why.
    std::fs::write(&path, &forged).unwrap();
    let report = place.update();
    assert!(report.notes[0].starts_with("built anew: the signature of"), "{:?}", report.notes);
    assert_eq!(place.open().lookup("PyPI", "a-b").unwrap().len(), 2);
    std::fs::remove_file(&path).unwrap();
    let error = Database::open(&path, &Trust::default()).unwrap_err();
    assert!(matches!(error, DatabaseError::Absent { .. }) && error.to_string().contains("casemate db update"));
}

#[test]
fn keys_are_believed_only_where_they_are_safe() {
    let place = Place::new();
    place.update();
    let key = place.path().with_file_name("advisories.db.key");
    let public = place.path().with_file_name("advisories.db.pub");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&key), mode(&public), mode(&place.path())), (0o600, 0o644, 0o644));
    let own = keys_make(&place.path()).unwrap();
    assert_eq!(own, place.open().status().signed_by, "the key is made once");
    let allow = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(&public, 0o666);
    let error = Database::open(&place.path(), &Trust::default()).unwrap_err();
    assert!(error.to_string().contains("may be changed by others"), "{error}");
    assert!(Database::open(&place.path(), &Trust { keys: vec![own.to_uppercase()] }).is_ok(), "named by the operator");
    allow(&public, 0o644);
    allow(&key, 0o640);
    let error = place.update_with(&place.settings(), &UpdateOptions::default()).unwrap_err();
    assert!(error.to_string().contains("chmod 600"), "{error}");
    allow(&key, 0o600);
    std::fs::write(&key, "nonsense").unwrap();
    let error = place.update_with(&place.settings(), &UpdateOptions::default()).unwrap_err();
    assert!(matches!(error, DatabaseError::KeyDamaged { .. }), "{error}");
    // A new key: what the old one signed is not believed any more.
    std::fs::remove_file(&key).unwrap();
    assert_ne!(keys_make(&place.path()).unwrap(), own);
    assert!(matches!(Database::open(&place.path(), &Trust::default()), Err(DatabaseError::UnknownKey { .. })));
    assert!(!format!("{:?}", sign::key_open(&place.path()).unwrap()).contains("seed"), "a key is not shown");
}

#[test]
fn another_machine_imports_what_it_trusts() {
    let (here, there) = (Place::new(), Place::new());
    here.update();
    let file = here.dir.path().join("export.db");
    let status = export(&here.path(), &Trust::default(), &file).unwrap();
    assert_eq!(status.hash, here.open().status().hash);
    let error = import(&there.path(), &Trust::default(), &file).unwrap_err();
    assert!(matches!(&error, DatabaseError::UnknownKey { key, .. } if *key == status.signed_by), "{error}");
    assert!(!there.path().exists());
    let trust = Trust { keys: vec![status.signed_by.clone()] };
    assert_eq!(import(&there.path(), &trust, &file).unwrap().hash, status.hash);
    let database = Database::open(&there.path(), &trust).unwrap();
    assert_eq!(database.lookup("PyPI", "a-b").unwrap().len(), 2);
    // A file that was cut on its way leaves what is there.
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() - 4096]).unwrap();
    assert!(import(&there.path(), &trust, &file).is_err());
    assert_eq!(Database::open(&there.path(), &trust).unwrap().status().hash, status.hash);
    // Refreshing it here signs it with the machine's own key.
    let options = UpdateOptions { trust, ..UpdateOptions::default() };
    let report = there.update_with(&there.settings(), &options).unwrap();
    assert_eq!((report.unchanged, report.notes.len()), (3, 0), "{:?}", report.notes);
    assert_ne!(there.open().status().signed_by, status.signed_by);
}

#[test]
fn an_open_database_stays_what_it_was() {
    let place = Place::new();
    place.update();
    let before = place.open();
    place.put("osv/A-1.json", osv("A-1", "CVE-2024-0001", "9.0"));
    place.update();
    let after = place.open();
    assert_eq!(fixes(&before.lookup("PyPI", "a-b").unwrap())[0], "A-1 Affected Fixed(\"2.0\")");
    assert_eq!(fixes(&after.lookup("PyPI", "a-b").unwrap())[0], "A-1 Affected Fixed(\"9.0\")");
    assert_ne!(before.status().hash, after.status().hash);
}

#[test]
fn opening_while_it_is_replaced_gives_one_of_the_two() {
    let place = Place::new();
    place.update();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut opened = 0_u32;
            while !done.load(std::sync::atomic::Ordering::Relaxed) || opened == 0 {
                let database = place.open();
                let fixed = fixes(&database.lookup("PyPI", "a-b").unwrap());
                assert_eq!(fixed.len(), 2, "{fixed:?}");
                opened += 1;
            }
        });
        for round in 0..10 {
            place.put("osv/A-1.json", osv("A-1", "CVE-2024-0001", &format!("{round}.0")));
            place.update();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        reader.join().unwrap();
    });
}

#[test]
fn one_update_at_a_time_and_nothing_is_left_of_a_killed_one() {
    let place = Place::new();
    place.update();
    let left = place.path().with_file_name(".advisories.db.abc.tmp");
    std::fs::write(&left, "half").unwrap();
    let lock = build::lock(&place.path()).unwrap();
    let error = place.update_with(&place.settings(), &UpdateOptions::default()).unwrap_err();
    assert!(matches!(error, DatabaseError::Busy { .. }), "{error}");
    assert!(left.exists(), "it may be the other's");
    drop(lock);
    place.update();
    assert!(!left.exists());
    let names = std::fs::read_dir(place.path().parent().unwrap()).unwrap();
    assert_eq!(names.count(), 4, "database, key, its public half, lock");
}

#[test]
fn later_documents_of_a_cve_stand() {
    let place = Place::new();
    let row = |exploitation: &str, date: &str| {
        format!(
            r#"{{"cve":"CVE-2024-0001","exploitation":"{exploitation}","automatable":"no","technical_impact":"partial","ssvc_date":"{date}","kev_added":"2024-01-02","cwe":["CWE-79"]}}"#
        )
    };
    place.put("v/a.jsonl", row("active", "2024-06-01"));
    place.put("v/b.jsonl", row("none", "2024-05-01"));
    place.put("e/new.csv", "#model_version:v1,score_date:2024-02-02\ncve,epss,percentile\nCVE-2024-0001,0.2,0.5\n");
    place.put("e/old.csv", "#model_version:v1,score_date:2024-02-01\ncve,epss,percentile\nCVE-2024-0001,0.9,0.9\n");
    place.update();
    let record = place.open().vulnerability("CVE-2024-0001").unwrap().unwrap();
    assert_eq!(record.ssvc.unwrap().exploitation, "active");
    assert_eq!(record.epss, Some(0.2));
    let kev = record.kev.unwrap();
    assert_eq!((kev.name.as_str(), kev.due.as_deref()), ("A name", Some("2024-01-23")), "the catalogue's entry");
    assert_eq!(record.cwe, ["CWE-79"]);
}

#[test]
fn a_path_may_have_any_character() {
    let place = Place::new();
    let path = place.dir.path().join("a b?c#d%41é/x.db");
    let report = update(&path, &place.settings(), &UpdateOptions::default(), now(), &|_, _, _| {}).unwrap();
    assert_eq!(report.changed, 3);
    assert_eq!(Database::open(&path, &Trust::default()).unwrap().lookup("PyPI", "a-b").unwrap().len(), 2);
}

#[test]
fn a_file_changed_in_place_is_named_not_misread() {
    let place = Place::new();
    place.update();
    let database = place.open();
    // Nobody should; SQLite finds pages that are none, and rows check themselves.
    let file = std::fs::OpenOptions::new().write(true).open(place.path()).unwrap();
    let bytes = file.metadata().unwrap().len();
    for at in (4096..bytes).step_by(4096) {
        file.write_all_at(&[0xa5; 4096], at).unwrap();
    }
    match database.lookup("PyPI", "a-b") {
        Ok(found) => assert_eq!(found.len(), 2, "read before"),
        Err(error) => assert!(error.to_string().contains("hint: "), "{error}"),
    }
    assert!(matches!(
        Database::open(&place.path(), &Trust::default()),
        Err(DatabaseError::Foreign { .. } | DatabaseError::Damaged { .. })
    ));
}

#[test]
fn an_advisory_without_packages_still_scores_its_cve() {
    let place = Place::new();
    let severity = r#"[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}]"#;
    for (id, rest) in [("GHSA-1", "\"affected\":[]"), ("GHSA-2", "\"withdrawn\":\"2024-01-03T00:00:00Z\"")] {
        let text = format!(
            r#"{{"id":"{id}","modified":"2024-01-02T00:00:00Z","aliases":["CVE-2024-0007"],"severity":{severity},{rest}}}"#
        );
        place.put(&format!("osv/{id}.json"), text);
    }
    let report = place.update();
    let database = place.open();
    assert_eq!(
        database.vulnerability("CVE-2024-0007").unwrap().unwrap().cvss.len(),
        1,
        "what was withdrawn says nothing"
    );
    assert_eq!(report.sources.iter().map(|source| source.advisories).sum::<u64>(), 4);
}

#[test]
fn not_affected_is_kept_apart() {
    let place = Place::new();
    place.put(
        "alpine/main.json",
        r#"{"distroversion":"v3.19","reponame":"main","urlprefix":"u","apkurl":"x","packages":[{"pkg":{"name":"a","secfixes":{"0":["CVE-2024-0004"],"1-r1":["CVE-2024-0005"]}}}]}"#,
    );
    place.update();
    let database = place.open();
    let found = database.lookup("Alpine:v3.19", "a").unwrap();
    assert_eq!(
        found.iter().map(|(_, affected)| affected.state).collect::<Vec<_>>(),
        [FixState::NotAffected, FixState::Affected]
    );
    assert_eq!(database.status().fixed_only, ["Alpine:v3.19"]);
}
