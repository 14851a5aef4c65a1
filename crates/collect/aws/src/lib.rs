//! Reads AWS accounts. Start at [`Aws::connect`], then [`Aws::collect`] for each of [`Aws::accounts`].
//!
//! `service/` has one file a service, each a table (`table.rs` has its words); `engine/` carries the tables out;
//! `api/` speaks the protocols, signs and retries; `credential/` finds keys; `shape/` says what answers look like and
//! turns XML and JSON into facets; `policy.rs` puts policy documents into one form.
//!
//! **Invariant:** knows no check: callers say which facets are wanted. **Invariant:** every call reads; none changes.
//! **Invariant:** what was refused, throttled or failed is a status of its facet or listing with the action's name,
//! never an empty value. **Invariant:** no secret (user data, variables, keys) leaves the parser of an answer.
#![expect(dead_code, reason = "the words of tables whose services come next: recordings, trails, batches")]
mod api;
mod credential;
mod engine;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzz;
mod inventory;
mod options;
mod policy;
#[cfg(test)]
mod recorded;
mod service;
mod shape;
mod stream;
mod table;
mod template;
mod trail;

pub use engine::{Progress, operations, permissions, shapes};
pub use inventory::accounts as config_snapshots;
pub use options::{Account, Accounts, AwsError, CallCount, Options, Regions, Reuse, Stats, Wanted};

use std::sync::{Mutex, PoisonError, atomic::AtomicBool};

use casemate_estate::{Snapshot, Timestamp};

/// A connection to AWS: credentials that work, and the accounts that are to be read.
#[derive(Debug)]
pub struct Aws {
    pub(crate) options: Options,
    pub(crate) client: api::Client,
    pub(crate) partition: String,
    pub(crate) accounts: Vec<Account>,
    /// The organisation's accounts as the management account names them, for checks that ask who is an outsider.
    pub(crate) organization: engine::Organization,
    pub(crate) notes: Mutex<Vec<String>>,
}

impl Aws {
    /// Finds credentials, asks whose they are, and lists the accounts.
    ///
    /// # Errors
    /// [`AwsError`] where there are no credentials, they do not work, or the organisation cannot be listed.
    pub fn connect(options: Options) -> Result<Self, AwsError> {
        engine::connect(options)
    }

    /// The accounts to be read, in order.
    #[must_use]
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Reads one account. Nothing in it fails: what could not be read is in the snapshot's statuses. `previous` is the
    /// account's last snapshot from the store; `cancel` stops it early, and `None` comes back.
    ///
    /// May be called from several threads for several accounts; what is called at once is bounded for all together.
    pub fn collect(
        &self,
        account: &Account,
        previous: Option<&Snapshot>,
        clock: &(dyn Fn() -> Timestamp + Sync),
        progress: &Progress<'_>,
        cancel: &AtomicBool,
    ) -> Option<Snapshot> {
        engine::collect(self, account, previous, clock, progress, cancel)
    }

    /// What people should know of the reading so far: what CloudTrail proved, and what not.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was called so far, by action.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.client.stats()
    }

    /// Tries each action that [`permissions`] names on whatever resource there is, for `casemate doctor aws`: action to
    /// whether it was allowed; none where there was nothing to try it on.
    #[must_use]
    pub fn permissions_try(&self, account: &Account, cancel: &AtomicBool) -> Vec<(String, Option<bool>)> {
        engine::permissions_try(self, account, cancel)
    }
}
