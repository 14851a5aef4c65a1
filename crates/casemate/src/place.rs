//! Where the store lies, and how it is opened.
use std::path::{Path, PathBuf};

use casemate_estate::Timestamp;
use casemate_store::{SqliteStore, Store, StoreError};
use jiff::SignedDuration;

use crate::{cli::Global, error::CommandError, output::note};

/// The file: `--store`, else `/var/lib/casemate` for root, else `$XDG_DATA_HOME/casemate`, else `~/.local/share/casemate`.
fn store_path(global: &Global) -> Result<(PathBuf, bool), CommandError> {
    if let Some(path) = &global.store {
        return Ok((path.clone(), true));
    }
    if rustix::process::geteuid().is_root() {
        return Ok((PathBuf::from("/var/lib/casemate/casemate.db"), false));
    }
    let directory = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let data = directory("XDG_DATA_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| directory("HOME").map(|home| home.join(".local/share")))
        .ok_or(CommandError::NoHome)?;
    Ok((data.join("casemate/casemate.db"), false))
}

/// The vulnerability database: `--db`, else beside where the default store lies.
pub(crate) fn database_path(global: &Global) -> Result<PathBuf, CommandError> {
    if let Some(path) = &global.db {
        return Ok(path.clone());
    }
    let (store, _) = store_path(&Global { store: None, ..global.clone() })?;
    Ok(store.with_file_name("vulnerabilities.db"))
}

/// Where facts of image layers are kept; none where there is no such place.
pub(crate) fn layer_cache() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CASEMATE_CACHE").filter(|path| !path.is_empty()) {
        return Some(PathBuf::from(path).join("layers"));
    }
    if rustix::process::geteuid().is_root() {
        return Some(PathBuf::from("/var/cache/casemate/layers"));
    }
    let directory = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    directory("XDG_CACHE_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| directory("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("casemate/layers"))
}

/// An operator's file of this name: below `$XDG_CONFIG_HOME/casemate` (or `~/.config/casemate`), else `/etc/casemate`.
pub(crate) fn config_file(name: &str) -> Option<PathBuf> {
    let directory = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let own = directory("XDG_CONFIG_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| directory("HOME").map(|home| home.join(".config")))
        .map(|config| config.join("casemate"));
    [own, Some(PathBuf::from("/etc/casemate"))].into_iter().flatten().map(|at| at.join(name)).find(|path| path.exists())
}

/// Opens the store for a scan. Where the default place cannot be written, the scan goes on without history and says so;
/// a store that the user named must open.
pub(crate) fn open_for_scan(global: &Global) -> Result<Box<dyn Store>, CommandError> {
    let (path, named) = match store_path(global) {
        Ok(place) => place,
        Err(CommandError::NoHome) => {
            note(global, "history is not kept: neither XDG_DATA_HOME nor HOME is set; name a file with --store");
            return Ok(Box::new(SqliteStore::open_in_memory()?));
        }
        Err(error) => return Err(error),
    };
    match SqliteStore::open(&path) {
        Ok(store) => Ok(Box::new(store)),
        Err(error @ (StoreError::Denied { .. } | StoreError::ReadOnly { .. } | StoreError::Missing { .. }))
            if !named =>
        {
            let why = error.to_string();
            note(global, &format!("history is not kept: {}", why.lines().next().unwrap_or(&why)));
            Ok(Box::new(SqliteStore::open_in_memory()?))
        }
        Err(error) => Err(error.into()),
    }
}

/// Where history is kept, for people: the file and whether a scan could write to it.
pub(crate) fn describe(global: &Global) -> String {
    let path = match store_path(global) {
        Ok((path, _)) => path,
        Err(error) => return format!("store: none; {}", error.to_string().lines().next().unwrap_or_default()),
    };
    let shown = path.display();
    match SqliteStore::open_read_only(&path) {
        Ok(_) | Err(StoreError::Older { .. }) if rustix::fs::access(&path, rustix::fs::Access::WRITE_OK).is_ok() => {
            format!("store: {shown}")
        }
        Ok(_) | Err(StoreError::Older { .. }) => format!("store: {shown}, which this user can read only"),
        Err(StoreError::Missing { .. }) => format!("store: {shown}, which the first scan makes"),
        Err(error) => format!("store: {}", error.to_string().lines().next().unwrap_or_default()),
    }
}

/// What to say where the store's latest change is later than now: a clock went back, and what ends by its own time, an
/// exemption or a suppression, ends by the store's.
pub(crate) fn clock_note(latest: Timestamp, now: Timestamp) -> Option<String> {
    // Clocks that are set right every few minutes differ by less.
    let ahead = latest.duration_since(now);
    (ahead > SignedDuration::from_mins(5)).then(|| {
        format!(
            "the store is ahead of this machine's clock: its latest change is of {latest:.0}, and it is {now:.0} now; \
             exemptions and suppressions that end before that count as ended"
        )
    })
}

/// Opens the store for questions; reading alone is enough.
pub(crate) fn open_for_reading(global: &Global) -> Result<Box<dyn Store>, CommandError> {
    let (path, _) = store_path(global)?;
    Ok(Box::new(open_reading(&path)?))
}

fn open_reading(path: &Path) -> Result<SqliteStore, StoreError> {
    match SqliteStore::open_read_only(path) {
        // An older store is brought up to date by whoever may write to it.
        Err(StoreError::Older { .. }) => SqliteStore::open(path),
        other => other,
    }
}

/// Opens the store for a decision: an exemption or a suppression.
pub(crate) fn open_for_writing(global: &Global) -> Result<Box<dyn Store>, CommandError> {
    let (path, _) = store_path(global)?;
    if !path.exists() {
        return Err(StoreError::Missing { path }.into());
    }
    Ok(Box::new(SqliteStore::open(&path)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_from_the_future_is_told_of() {
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        for (latest, told, why) in [
            ("2026-11-24T12:00:00.000001Z", false, "the next moment: two scans at once"),
            ("2026-11-24T12:04:00Z", false, "a clock that was set right"),
            ("2036-11-24T12:00:00Z", true, "a scan while the clock was wrong"),
            ("2026-11-24T11:00:00Z", false, "the past"),
        ] {
            assert_eq!(clock_note(latest.parse().unwrap(), now).is_some(), told, "{why}");
        }
    }
}
