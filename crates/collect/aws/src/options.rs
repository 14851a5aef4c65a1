use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    time::Duration,
};

use casemate_estate::Timestamp;

/// What to read, and as whom.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which accounts.
    pub accounts: Accounts,
    /// Name of the role that is assumed in accounts other than the present one.
    pub role: Option<String>,
    /// External id for assuming it.
    pub external_id: Option<String>,
    /// Which regions.
    pub regions: Regions,
    /// Profile of the shared files; none for `AWS_PROFILE` or `default`.
    pub profile: Option<String>,
    /// Which facets.
    pub wanted: Wanted,
    /// Most calls under way at once; 0 for 16.
    pub concurrency: usize,
    /// Most calls of the whole run; what is left is `failed`.
    pub calls_max: Option<u64>,
    /// Longest the whole run may take; what is left is `failed`.
    pub deadline: Option<Duration>,
    /// What of the last snapshot is believed.
    pub reuse: Reuse,
    /// Certificate authority of proxies and endpoints, PEM.
    pub ca_file: Option<PathBuf>,
}

/// Which accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Accounts {
    /// That of the credentials.
    #[default]
    Present,
    /// All active accounts of the organisation.
    Organization,
    /// These: twelve digits each.
    These(Vec<String>),
}

/// Which regions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Regions {
    /// Those that are enabled in each account.
    #[default]
    Enabled,
    /// These.
    These(Vec<String>),
}

/// Which facets are read: those that loaded checks need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Wanted {
    /// All of all tables.
    #[default]
    Everything,
    /// Kind to facets. A kind with no facets is listed. Kinds that are not named are not read.
    These(BTreeMap<String, BTreeSet<String>>),
}

/// What of the last snapshot is believed without asking again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reuse {
    /// Nothing.
    #[default]
    Nothing,
    /// Facets of calls for single resources that are younger than this. Lists are made all the same.
    Younger(Duration),
    /// Everything that CloudTrail's management events do not name since the last scan began.
    SinceTrail,
}

/// An account that is to be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// Its name in the organisation; empty where not known.
    pub name: String,
    /// `arn:aws:iam::ID:root`: the id of its resource and the target of its snapshot.
    pub arn: String,
    /// When it was last scanned, where it was and the store knows; set by the caller.
    pub last_started: Option<Timestamp>,
    /// When the last scan of it that believed nothing began; set by the caller.
    pub last_full: Option<Timestamp>,
}

/// Nothing can be read at all.
#[derive(Debug, thiserror::Error)]
pub enum AwsError {
    /// No source has credentials.
    #[error("cannot find AWS credentials: {tried}\nhint: {hint}")]
    NoCredentials {
        /// Each source that was tried, and why it has none.
        tried: String,
        /// What to do.
        hint: String,
    },
    /// They are there but do not work.
    #[error("cannot use the AWS credentials from {source_name}: {reason}\nhint: {hint}")]
    Credentials {
        /// `environment`, `profile NAME` …
        source_name: String,
        /// What was answered.
        reason: String,
        /// What to do.
        hint: String,
    },
    /// A configuration file is malformed, or an option makes no sense.
    #[error("{0}")]
    Configuration(String),
    /// A call without which nothing can begin failed.
    #[error("cannot {doing}: {reason}\nhint: {hint}")]
    Call {
        /// `list the accounts of the organisation`.
        doing: String,
        /// What was answered.
        reason: String,
        /// What to do.
        hint: String,
    },
}

/// What was called.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stats {
    /// By action: `sqs:GetQueueAttributes`.
    pub calls: BTreeMap<String, CallCount>,
    /// Seconds in which calls were under way, summed over all.
    pub seconds: f64,
    /// Seconds spent waiting before tries.
    pub waited: f64,
}

/// Counts of one action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallCount {
    /// Requests sent, tries included.
    pub sent: u64,
    /// Of these, tries after the first.
    pub retried: u64,
    /// Calls refused for want of a permission.
    pub denied: u64,
    /// Calls throttled to the end.
    pub throttled: u64,
    /// Calls that failed otherwise.
    pub failed: u64,
}

impl Stats {
    /// Requests of all actions.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.calls.values().map(|count| count.sent).sum()
    }
}
