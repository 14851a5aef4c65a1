//! What the store knows of targets: a question about one that was never scanned must not be answered by silence.
use std::collections::BTreeMap;

use casemate_estate::{ResourceId, Timestamp};
use casemate_store::{Page, ScanRecord, Store};

use crate::{cloud, error::CommandError, report::Gap};

/// The latest scan of each target by `at` (none: by now), in the order of their names; of `wanted` alone where it is
/// given.
///
/// # Errors
/// [`CommandError::NoScan`] where there is none at all or none by `at`; [`CommandError::Usage`] where there is none of
/// `wanted`.
pub(crate) fn latest(
    store: &dyn Store,
    wanted: Option<&str>,
    at: Option<Timestamp>,
) -> Result<Vec<ScanRecord>, CommandError> {
    let scans = store.scan_list(None, Page::ALL)?;
    if scans.is_empty() {
        return Err(CommandError::NoScan("holds no scan".into()));
    }
    if let Some(target) = wanted
        && !scans.iter().any(|scan| scan.target == target)
    {
        let mut known: Vec<&str> = scans.iter().map(|scan| scan.target.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        let more = known.len().saturating_sub(5);
        known.truncate(5);
        return Err(CommandError::Usage(format!(
            "no scan of target `{target}` is in the store\nhint: it holds {}{}",
            known.join(", "),
            if more > 0 { format!(" and {more} more") } else { String::new() }
        )));
    }
    let mut latest: BTreeMap<String, ScanRecord> = BTreeMap::new();
    let mut first = None;
    // Latest first: what is met again is older.
    for scan in scans.into_iter().filter(|scan| wanted.is_none_or(|target| scan.target == target)) {
        first = Some(scan.at);
        if at.is_none_or(|at| scan.at <= at) {
            latest.entry(scan.target.clone()).or_insert(scan);
        }
    }
    match (at, first) {
        (Some(at), Some(first)) if latest.is_empty() => {
            Err(CommandError::NoScan(format!("holds no scan by {at:.0}; the first was at {first:.0}")))
        }
        _ => Ok(latest.into_values().collect()),
    }
}

/// The name of a target's own resource, else its id.
pub(crate) fn name(store: &dyn Store, target: &str) -> String {
    ResourceId::new(target)
        .ok()
        .and_then(|id| store.resource_get(&id).ok())
        .map_or_else(|| target.to_owned(), |record| named(target, record.resource.name))
}

/// An account of a cloud is known by its number as well as by its name.
fn named(target: &str, name: String) -> String {
    match cloud::account(target).filter(|account| cloud::is_aws(target) && *account != name) {
        Some(account) => format!("{name} ({account})"),
        None => name,
    }
}

/// What the latest scans could not read.
pub(crate) fn gaps(
    store: &dyn Store,
    wanted: Option<&str>,
    at: Option<Timestamp>,
    scans: &[ScanRecord],
) -> Result<Vec<Gap>, CommandError> {
    let mut gaps: Vec<Gap> = store
        .facet_missing(wanted, at)?
        .into_iter()
        .map(|missing| Gap {
            resource: missing.resource.to_string(),
            facet: Gap::facet_name(&missing.kind, &missing.facet),
            status: missing.status.to_string(),
            reason: missing.reason.unwrap_or_default(),
            incomplete: missing.status.is_incomplete(),
        })
        .collect();
    for scan in scans.iter().filter(|scan| scan.counts.listings_incomplete > 0) {
        gaps.push(Gap {
            resource: scan.target.clone(),
            facet: "lists of resources".into(),
            status: "failed".into(),
            reason: format!("{} lists could not be read in scan {}", scan.counts.listings_incomplete, scan.id),
            incomplete: true,
        });
    }
    gaps.sort();
    Ok(gaps)
}
