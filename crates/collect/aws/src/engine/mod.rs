//! Carries out the tables: which calls are needed, in which scopes, and what becomes of their answers.
use std::{collections::BTreeMap, sync::atomic::AtomicBool};

use casemate_estate::{Snapshot, Timestamp};
use serde_json::Value;

use crate::{Account, Aws, AwsError, Options, Wanted};

/// Told from any thread how far an account is: calls of lists done, and to be done, and what is read now.
pub type Progress<'a> = dyn Fn(usize, usize, &str) + Sync + 'a;

/// The organisation as its management account sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Organization {}

/// Finds out who we are and which accounts there are.
pub(crate) fn connect(options: Options) -> Result<Aws, AwsError> {
    let client = crate::api::Client::new(&options)?;
    let identity = client.identity()?;
    Ok(Aws {
        options,
        client,
        partition: identity.partition,
        accounts: Vec::new(),
        organization: Organization::default(),
    })
}

/// Reads one account.
pub(crate) fn collect(
    aws: &Aws,
    account: &Account,
    previous: Option<&Snapshot>,
    clock: &(dyn Fn() -> Timestamp + Sync),
    progress: &Progress<'_>,
    cancel: &AtomicBool,
) -> Option<Snapshot> {
    let _ = (aws, account, previous, clock, progress, cancel);
    None
}

/// See [`Aws::permissions_try`].
pub(crate) fn permissions_try(aws: &Aws, account: &Account, cancel: &AtomicBool) -> Vec<(String, Option<bool>)> {
    let _ = (aws, account, cancel);
    Vec::new()
}

/// The published shape of every facet: kind, facets and their JSON Schemas.
#[must_use]
pub fn shapes() -> BTreeMap<String, BTreeMap<String, Value>> {
    BTreeMap::new()
}

/// The IAM actions that reading these facets needs, sorted; for a policy.
#[must_use]
pub fn permissions(wanted: &Wanted) -> Vec<String> {
    let _ = wanted;
    Vec::new()
}
