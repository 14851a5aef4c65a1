//! Snapshots of AWS Config (*AWS Config, configuration item*): what its recorder saw, in files, read without any call.
//! Start at [`accounts`]. The tables do the rest: a [`Book`] answers their calls from the items.
//!
//! **Invariant:** only facets that an item holds whole are collected ([`held`]); every other facet is `failed` and says so.
//! **Invariant:** what a file does not have is not gone: Config records the types that it is told to.
mod answer;
mod held;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
    sync::atomic::AtomicBool,
};

use casemate_estate::{Facet, FacetStatus, Snapshot, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Account, AwsError, Wanted,
    engine::{Run, account_of_items},
    stream::{self, Limits},
};
pub(crate) use answer::Book;
use held::is_held;

/// What one file may have.
const LIMITS: Limits = Limits {
    bytes: if cfg!(test) { 8 << 20 } else { 1 << 30 },
    items: if cfg!(test) { 5_000 } else { 500_000 },
    what: "item",
};
/// Why facets are missing.
const NOT_HELD: &str = "AWS Config's snapshot does not hold it";
/// Why nothing ends.
const NOT_ALL: &str = "AWS Config may leave out resources: it records the types that it is told to";

/// One configuration item, as far as it is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Item {
    aws_account_id: Option<String>,
    aws_region: Option<String>,
    resource_type: Option<String>,
    resource_id: Option<String>,
    resource_name: Option<String>,
    #[serde(rename = "ARN", alias = "arn")]
    arn: Option<String>,
    configuration_item_status: Option<String>,
    configuration_item_capture_time: Option<String>,
    resource_creation_time: Option<String>,
    configuration: Option<Value>,
    supplementary_configuration: Option<Value>,
    tags: Option<Value>,
}

/// Reads the files and gives each account that they speak of with its snapshot, whose time is that of the newest item.
///
/// `files`: name, for messages, and content: JSON or gzip of it.
///
/// # Errors
/// [`AwsError::Configuration`] with the file's name where one cannot be read whole, or has no item of an account.
pub fn accounts<R: Read>(
    files: Vec<(String, R)>,
    wanted: &Wanted,
    cancel: &AtomicBool,
) -> Result<Vec<(Account, Snapshot)>, AwsError> {
    let mut books: BTreeMap<String, Book> = BTreeMap::new();
    for (name, file) in files {
        let wrong = |why: String| {
            AwsError::Configuration(format!(
                "cannot read `{name}` as a snapshot of AWS Config: {why}\nhint: give a file that Config delivered, \
                 `…_ConfigSnapshot_….json.gz`"
            ))
        };
        let mut count = 0_usize;
        let read = stream::read(file, "configurationItems", LIMITS, &mut |item: Item| {
            let account = item.aws_account_id.clone().unwrap_or_default();
            if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
                return Err("an item has no awsAccountId".into());
            }
            count += 1;
            books.entry(account).or_default().take(item)
        });
        read.map_err(wrong)?;
        if count == 0 {
            return Err(wrong("it has no item".into()));
        }
    }
    Ok(books.into_iter().filter_map(|(id, book)| snapshot(&id, &book, wanted, cancel)).collect())
}

fn snapshot(id: &str, book: &Book, wanted: &Wanted, cancel: &AtomicBool) -> Option<(Account, Snapshot)> {
    let partition = book.partition();
    let account = account_of_items(&partition, id);
    let time = book.newest().unwrap_or(Timestamp::UNIX_EPOCH);
    let regions = crate::Regions::These(book.regions().into_iter().collect());
    let run = Run {
        api: book,
        partition: &partition,
        present: id,
        shared: &crate::engine::Memo::default(),
        regions: &regions,
        wanted,
        sample: None,
        clock: &|| time,
        progress: &|_, _, _| {},
        cancel,
    };
    let mut snapshot = run.account(&account, None, crate::engine::Belief::Nothing, None)?;
    for one in &mut snapshot.observations {
        let kind = one.resource.kind.as_str();
        for (name, facet) in &mut one.facets {
            if name == "coverage" {
                // Nothing may be believed for the lists of such a scan.
                if let Some(Value::Object(map)) = facet.value.as_deref() {
                    let unsure = json!({"status": FacetStatus::Unsupported.as_str(), "reason": NOT_ALL});
                    let map: serde_json::Map<_, _> = map.keys().map(|kind| (kind.clone(), unsure.clone())).collect();
                    *facet = Facet::collected(Value::Object(map), facet.at);
                }
            } else if facet.status == FacetStatus::Collected && !is_held(kind, name) {
                *facet = Facet::missing(FacetStatus::Failed, NOT_HELD, facet.at);
            }
        }
    }
    // One line says what hundreds would.
    let kinds: BTreeSet<_> = snapshot.listings.iter().map(|listing| listing.kind.clone()).collect();
    snapshot.listings = kinds
        .into_iter()
        .map(|kind| casemate_estate::Listing {
            scope: id.to_owned(),
            kind,
            status: FacetStatus::Unsupported,
            reason: Some(NOT_ALL.into()),
        })
        .collect();
    Some((account, snapshot))
}
