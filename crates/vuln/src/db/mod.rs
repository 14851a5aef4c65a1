//! The advisory database: one SQLite file with a signature beside it, replaced as a whole. Start at [`Database::open`].
use std::path::Path;

use casemate_estate::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{Advisory, Affected, VulnerabilityRecord};

/// Whose signatures are believed: ed25519 public keys, 64 hexadecimal digits each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    /// The keys; the machine's own is always among them where it has one.
    pub keys: Vec<String>,
}

/// One source in the configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSetting {
    /// `debian`, `osv-pypi`, `kev` …
    pub name: String,
    /// The format: a row of `source::FORMATS`; none to find it out.
    pub format: Option<String>,
    /// `https://…`, or a path.
    pub url: String,
}

/// How to build or refresh.
#[derive(Debug, Clone, Default)]
pub struct UpdateOptions {
    /// Parse all anew even where the input is unchanged.
    pub full: bool,
    /// A certificate authority for mirrors.
    pub ca_file: Option<std::path::PathBuf>,
}

/// What an update did with one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceStatus {
    /// Its name.
    pub name: String,
    /// Its format.
    pub format: String,
    /// Where it came from.
    pub url: String,
    /// When it was last taken in.
    pub updated: Timestamp,
    /// The date that the data carry themselves, where they do: the latest advisory.
    pub data_until: Option<Timestamp>,
    /// Documents.
    pub documents: u64,
    /// Advisories.
    pub advisories: u64,
    /// Rows of affected packages.
    pub affected: u64,
    /// Facts of CVEs.
    pub vulnerabilities: u64,
    /// Documents that could not be read, with place and reason; the first hundred.
    pub problems: Vec<String>,
    /// How many there are.
    pub problem_count: u64,
    /// Holds only what was fixed: a package that is absent here is unknown, not clean.
    pub fixed_only: bool,
}

/// What an update did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UpdateReport {
    /// Documents that were new or changed, unchanged, and gone.
    pub changed: u64,
    /// See above.
    pub unchanged: u64,
    /// See above.
    pub removed: u64,
    /// Every source as it is now.
    pub sources: Vec<SourceStatus>,
    /// Bytes of the database.
    pub bytes: u64,
}

/// The state of a database.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DatabaseStatus {
    /// When it was built.
    pub built: Timestamp,
    /// The key that signed it, 64 hexadecimal digits.
    pub signed_by: String,
    /// Hash of its bytes, 64 hexadecimal digits; verdicts made with it carry it.
    pub hash: String,
    /// Bytes.
    pub bytes: u64,
    /// Its sources.
    pub sources: Vec<SourceStatus>,
    /// Ecosystem to number of rows.
    pub ecosystems: std::collections::BTreeMap<String, u64>,
    /// Ecosystems of which only fixed vulnerabilities are known.
    pub fixed_only: Vec<String>,
}

/// What went wrong with a database.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// There is none.
    #[error("no vulnerability database at `{path}`\nhint: casemate db update")]
    Absent {
        /// Where it was looked for.
        path: String,
    },
}

/// An open database. It reads the file that was there when it was opened, whatever replaces it meanwhile.
#[derive(Debug)]
pub struct Database {}

impl Database {
    /// Opens and verifies: signature, hash, version of the schema.
    ///
    /// # Errors
    /// [`DatabaseError`]: absent, unsigned, signed by an unknown key, damaged, or of another version.
    pub fn open(path: &Path, trust: &Trust) -> Result<Self, DatabaseError> {
        let _ = trust;
        Err(DatabaseError::Absent { path: path.display().to_string() })
    }

    /// All that is said of a package: `ecosystem` as in [`Affected::ecosystem`], `package` normalised. With each, its
    /// advisory (whose `affected` is empty). At most 50 µs.
    ///
    /// # Errors
    /// [`DatabaseError`] where a row is damaged.
    pub fn lookup(&self, ecosystem: &str, package: &str) -> Result<Vec<(Advisory, Affected)>, DatabaseError> {
        let (_, _) = (ecosystem, package);
        Ok(Vec::new())
    }

    /// What is known of a CVE; none where no source speaks of it.
    ///
    /// # Errors
    /// [`DatabaseError`] where the row is damaged.
    pub fn vulnerability(&self, cve: &str) -> Result<Option<VulnerabilityRecord>, DatabaseError> {
        let _ = cve;
        Ok(None)
    }

    /// Whether any source speaks of the ecosystem at all; a package of one that none does is not assessed.
    #[must_use]
    pub fn covers(&self, ecosystem: &str) -> bool {
        let _ = (self, ecosystem);
        false
    }

    /// Age, counts and signature.
    #[must_use]
    pub fn status(&self) -> &DatabaseStatus {
        let _ = self;
        unreachable_status()
    }
}

fn unreachable_status() -> &'static DatabaseStatus {
    static STATUS: std::sync::OnceLock<DatabaseStatus> = std::sync::OnceLock::new();
    STATUS.get_or_init(|| DatabaseStatus {
        built: Timestamp::UNIX_EPOCH,
        signed_by: String::new(),
        hash: String::new(),
        bytes: 0,
        sources: Vec::new(),
        ecosystems: std::collections::BTreeMap::new(),
        fixed_only: Vec::new(),
    })
}

/// Builds or refreshes the database at `path` from `sources`, in a new file that takes the old one's place at the end.
/// A source that cannot be read keeps what it had, and is named in the report's problems.
///
/// # Errors
/// [`DatabaseError`] where nothing could be built; the old database is untouched then.
pub fn update(
    path: &Path,
    sources: &[SourceSetting],
    options: &UpdateOptions,
    now: Timestamp,
    progress: &(dyn Fn(u64, u64, &str) + Sync),
) -> Result<UpdateReport, DatabaseError> {
    let (_, _, _, _) = (sources, options, now, progress);
    Err(DatabaseError::Absent { path: path.display().to_string() })
}

/// Writes the database and its signature as one file for a machine without a network.
///
/// # Errors
/// [`DatabaseError`] as [`Database::open`], or where `to` cannot be written.
pub fn export(path: &Path, trust: &Trust, to: &Path) -> Result<DatabaseStatus, DatabaseError> {
    let (_, _) = (trust, to);
    Err(DatabaseError::Absent { path: path.display().to_string() })
}

/// Verifies an exported file and puts it in the place of the database.
///
/// # Errors
/// [`DatabaseError`] as [`Database::open`]; the old database is untouched then.
pub fn import(path: &Path, trust: &Trust, from: &Path) -> Result<DatabaseStatus, DatabaseError> {
    let (_, _) = (trust, from);
    Err(DatabaseError::Absent { path: path.display().to_string() })
}

/// Makes the machine's own signing key beside the database where there is none (mode 0600), and gives its public half.
///
/// # Errors
/// [`DatabaseError`] where it cannot be written.
pub fn keys_make(path: &Path) -> Result<String, DatabaseError> {
    Err(DatabaseError::Absent { path: path.display().to_string() })
}
