//! The contract, run against the SQLite backend in memory and on disk.
use casemate_store::{SqliteStore, Store, store_contract};

#[test]
fn sqlite_in_memory_keeps_the_contract() {
    store_contract(|| Box::new(SqliteStore::open_in_memory().unwrap()));
}

#[test]
fn sqlite_on_disk_keeps_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let number = std::cell::Cell::new(0);
    store_contract(|| {
        number.set(number.get() + 1);
        Box::new(SqliteStore::open(&dir.path().join(format!("{}.db", number.get()))).unwrap()) as Box<dyn Store>
    });
}
