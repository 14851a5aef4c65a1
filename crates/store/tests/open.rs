//! What can stand where a store is expected, and what is said of it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use casemate_estate::{ContentHash, Snapshot, Timestamp};
use casemate_store::{Page, ScanCommit, SqliteStore, Store, StoreError};
use rusqlite::Connection;

fn commit(store: &mut SqliteStore, second: i64) -> Result<(), StoreError> {
    let at = Timestamp::from_second(second).unwrap();
    let snapshot = Snapshot {
        target: "host://m".into(),
        started: at,
        finished: at,
        observations: Vec::new(),
        edges: Vec::new(),
        listings: Vec::new(),
    };
    store
        .scan_commit(&ScanCommit {
            snapshot: &snapshot,
            judged: &[],
            suppress: &|_| None,
            now: at,
            baseline: "b",
            content_hash: ContentHash([0; 32]),
        })
        .map(|_| ())
}

/// The variant's name and the message, for tables.
fn refusal(result: Result<SqliteStore, StoreError>) -> (String, String) {
    let error = result.expect_err("it opens");
    let debug = format!("{error:?}");
    let name = debug.split([' ', '{', '(']).next().unwrap_or_default().to_owned();
    (name, error.to_string())
}

#[test]
fn what_is_no_store_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let place = |name: &str| dir.path().join(name);
    fs::create_dir(place("dir")).unwrap();
    assert!(Command::new("mkfifo").arg(place("pipe")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(place("socket")).unwrap();
    fs::write(place("text"), "not a database, and longer than the header of one would be. ".repeat(40)).unwrap();
    fs::write(place("short"), "x").unwrap();
    Connection::open(place("other")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    Connection::open(place("numbered")).unwrap().execute_batch("PRAGMA user_version = 1").unwrap();
    std::os::unix::fs::symlink(place("loop"), place("loop")).unwrap();
    drop(SqliteStore::open(&place("newer")).unwrap());
    Connection::open(place("newer")).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    for (path, want, words, why) in [
        (place("dir"), "NotAFile", "a directory", "a directory"),
        (place("pipe"), "NotAFile", "a pipe", "a pipe would hang"),
        (place("socket"), "NotAFile", "a socket", "a socket"),
        (PathBuf::from("/dev/null"), "NotAFile", "a device", "a device"),
        (place("text"), "NotAStore", "not a casemate store", "some text"),
        (place("short"), "NotAStore", "not a casemate store", "shorter than a header"),
        (place("other"), "NotAStore", "not a casemate store", "a database of somebody else"),
        (place("numbered"), "NotAStore", "not a casemate store", "a database of somebody else, empty"),
        (place("newer"), "Newer", "schema version 99", "a later release wrote it"),
        (place("text").join("x"), "Backend", "cannot open", "a file where a directory should be"),
        (place("loop"), "Backend", "open", "a symbolic link to itself"),
    ] {
        let before = path.is_file().then(|| fs::read(&path).unwrap());
        for (way, result) in [("open", SqliteStore::open(&path)), ("read", SqliteStore::open_read_only(&path))] {
            let (name, message) = refusal(result);
            // Nothing is made for reading, so nothing is missing but the file.
            if way == "open" || (name != "Missing" && name != "Backend") {
                assert_eq!(name, want, "{why}: {message}");
                assert!(message.contains(words), "{why}: {message}");
            }
            assert!(message.contains("hint: "), "{why}: {message}");
            assert!(message.contains(&*path.to_string_lossy()), "{why}: {message}");
        }
        if let Some(before) = before {
            assert!(fs::read(&path).unwrap() == before, "{why}: it was written to");
        }
    }
    let (_, message) = refusal(SqliteStore::open(&place("newer")));
    assert!(message.contains("versions up to 2") && message.contains("later one"), "both versions: {message}");
    assert_eq!(refusal(SqliteStore::open_read_only(&place("nothing"))).0, "Missing");
    assert!(!place("nothing").exists());
}

#[test]
fn only_its_maker_can_read_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a/b/casemate.db");
    let mut store = SqliteStore::open(&path).unwrap();
    commit(&mut store, 1).unwrap();
    for (path, want) in [
        (dir.path().join("a"), 0o700),
        (dir.path().join("a/b"), 0o700),
        (path.clone(), 0o600),
        (dir.path().join("a/b/casemate.db-wal"), 0o600),
        (dir.path().join("a/b/casemate.db-shm"), 0o600),
    ] {
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, want, "{}", path.display());
    }
    assert_eq!(store.path(), path);
}

#[test]
fn an_empty_file_becomes_a_store() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x ?#%&.db");
    fs::write(&path, "").unwrap();
    commit(&mut SqliteStore::open(&path).unwrap(), 1).unwrap();
    assert_eq!(SqliteStore::open(&path).unwrap().scan_list(None, Page::ALL).unwrap().len(), 1);
}

#[test]
fn a_store_in_use_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.db");
    let mut store = SqliteStore::open(&path).unwrap();
    store.patience_set(Duration::ZERO).unwrap();
    commit(&mut store, 1).unwrap();
    let mut other = Connection::open(&path).unwrap();
    let lock = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let error = commit(&mut store, 2).unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error:?}");
    assert!(error.to_string().contains("in use"), "{error}");
    assert_eq!(store.scan_list(None, Page::ALL).unwrap().len(), 1, "it can be read all the same");
    assert!(SqliteStore::open(&path).is_ok(), "and opened");
    drop(lock);
    commit(&mut store, 2).unwrap();
}

#[test]
fn a_reader_sees_what_was_committed_and_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.db");
    let mut writer = SqliteStore::open(&path).unwrap();
    commit(&mut writer, 1).unwrap();
    let mut reader = SqliteStore::open_read_only(&path).unwrap();
    assert_eq!(reader.scan_list(None, Page::ALL).unwrap().len(), 1);
    commit(&mut writer, 2).unwrap();
    assert_eq!(reader.scan_list(None, Page::ALL).unwrap().len(), 2, "beside a writer");
    let error = commit(&mut reader, 3).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    drop((writer, reader));
    assert_eq!(SqliteStore::open_read_only(&path).unwrap().scan_list(None, Page::ALL).unwrap().len(), 2);
}

#[test]
fn damage_is_said_and_never_a_panic() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.db");
    let mut store = SqliteStore::open(&path).unwrap();
    for second in 1..50 {
        commit(&mut store, second).unwrap();
    }
    drop(store);
    let whole = fs::read(&path).unwrap();
    for (from, to) in [(100, 4096), (4096, 8192), (0, 200), (8192, whole.len()), (20, 24), (96, 104)] {
        let mut bytes = whole.clone();
        bytes[from..to].fill(0x5a);
        fs::write(&path, &bytes).unwrap();
        for suffix in ["-wal", "-shm"] {
            drop(fs::remove_file(format!("{}{suffix}", path.display())));
        }
        let outcome = SqliteStore::open(&path).and_then(|mut store| {
            store.scan_list(None, Page::ALL)?;
            commit(&mut store, 99)?;
            store.store_verify()
        });
        match outcome {
            Ok(_) => {}
            Err(error) => assert!(
                matches!(error, StoreError::Damaged { .. } | StoreError::NotAStore { .. }),
                "{from}..{to}: {error:?}"
            ),
        }
    }
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let cut = SqliteStore::open(&path).and_then(|store| store.store_verify());
    assert!(matches!(&cut, Err(StoreError::Damaged { .. })) || cut.is_ok_and(|lines| !lines.is_empty()), "cut in half");
}

/// The part of the test below that runs as somebody else: opens what it is told and prints what it is told back.
#[test]
fn child_opens() {
    let Some(path) = std::env::var_os("STORE_CHILD_OPENS").map(PathBuf::from) else { return };
    println!();
    for (way, result) in [("open", SqliteStore::open(&path)), ("read", SqliteStore::open_read_only(&path))] {
        match result {
            Ok(store) => println!("{way} ok {}", store.scan_list(None, Page::ALL).map_or(-1, |s| s.len() as i64)),
            Err(_) => println!("{way} {}", refusal(result).0),
        }
    }
}

#[test]
fn what_may_not_be_read_or_written_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // Root may read all, so the question is asked as `nobody`, by a copy of this program that `nobody` may run.
    let program = dir.path().join("program");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let ask = |path: &Path| -> Vec<String> {
        let mut command = Command::new(&program);
        command.args(["--exact", "child_opens", "--nocapture"]).env("STORE_CHILD_OPENS", path).current_dir("/");
        if root {
            command.uid(65534).gid(65534);
        }
        let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
        out.lines().filter(|l| l.starts_with("open ") || l.starts_with("read ")).map(str::to_owned).collect()
    };
    let path = dir.path().join("stores/s.db");
    commit(&mut SqliteStore::open(&path).unwrap(), 1).unwrap();
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let parent = path.parent().unwrap();
    if root {
        for (directory, file, want, why) in [
            (0o700, 0o600, ["open Denied", "read Denied"], "a directory that is closed to others"),
            (0o755, 0o600, ["open Denied", "read Denied"], "a file that is closed to others"),
            (0o755, 0o644, ["open ReadOnly", "read ok 1"], "a file that others may read"),
        ] {
            set(parent, directory);
            set(&path, file);
            assert_eq!(ask(&path), want, "{why}");
        }
        assert_eq!(ask(&parent.join("new/s.db")), ["open Denied", "read Missing"], "a directory that cannot be made");
    } else {
        set(&path, 0o400);
        set(parent, 0o500);
        assert_eq!(ask(&path), ["open ReadOnly", "read ok 1"], "a file and a directory without write permission");
        set(&path, 0o000);
        assert_eq!(ask(&path), ["open Denied", "read Denied"], "a file without any permission");
        set(parent, 0o700);
    }
}
