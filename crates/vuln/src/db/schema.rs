//! The tables.

/// The format of the file: tables, rows and trailer. A database of another one is built anew.
pub(super) const FORMAT: u32 = 1;
/// Raised where a reader or a row changes what it makes of the same document: then nothing is taken over from before.
pub(super) const READERS: u32 = 1;

/// Advisories of a document have its number in the upper bits of theirs, so that no index from one to the other is needed.
pub(super) const DOCUMENT_SHIFT: u32 = 24;

pub(super) const TABLES: &str = "
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -131072;
PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
-- `etag` and `modified`: what the server said of the file that was taken in last.
CREATE TABLE IF NOT EXISTS source (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, format TEXT NOT NULL, url TEXT NOT NULL,
    updated INTEGER NOT NULL, etag TEXT, modified TEXT
);
CREATE TABLE IF NOT EXISTS document (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, key TEXT NOT NULL, hash BLOB NOT NULL, format TEXT NOT NULL,
    until INTEGER, advisories INTEGER NOT NULL, affected INTEGER NOT NULL, vulnerabilities INTEGER NOT NULL,
    problems INTEGER NOT NULL, fixed_only INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS problem (document INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS package (
    id INTEGER PRIMARY KEY, ecosystem TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (name, ecosystem)
);
CREATE TABLE IF NOT EXISTS advisory (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS affected (
    package INTEGER NOT NULL, advisory INTEGER NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (package, advisory, n)
) WITHOUT ROWID;
-- `cve` is a number (year and sequence), or a text where the id has another form.
CREATE TABLE IF NOT EXISTS vulnerability (cve, document INTEGER NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (cve, document, n)) WITHOUT ROWID;
";
