use std::path::PathBuf;

/// A command failed. Exit status 4, or 2 where what the user wrote cannot be understood.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    /// What was written on the command line cannot be understood.
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Store(#[from] casemate_store::StoreError),
    #[error(transparent)]
    Assess(#[from] casemate_assess::AssessError),
    #[error(transparent)]
    Host(#[from] casemate_collect_host::HostError),
    #[error(transparent)]
    Image(#[from] casemate_collect_image::ImageError),
    #[error(transparent)]
    Disk(#[from] casemate_collect_disk::DiskError),
    #[error(transparent)]
    Directory(#[from] casemate_collect_software::DirectoryError),
    #[error(transparent)]
    Aws(#[from] casemate_collect_aws::AwsError),
    #[error(transparent)]
    Sbom(#[from] casemate_vuln::SbomError),
    #[error(transparent)]
    Vex(#[from] casemate_vuln::VexError),
    #[error(transparent)]
    Database(#[from] casemate_vuln::DatabaseError),
    #[error(transparent)]
    Policy(#[from] casemate_vuln::PolicyError),
    /// A file that the user named cannot be read.
    #[error("cannot read {what}: {source}\nhint: {hint}")]
    Read { what: String, source: std::io::Error, hint: &'static str },
    /// Output could not be written.
    #[error("cannot write {what}: {source}\nhint: {hint}")]
    Write { what: String, source: std::io::Error, hint: &'static str },
    /// The report could not be made.
    #[error("cannot make the {format} report: {reason}\nhint: this is a fault of casemate; please report it")]
    Render { format: &'static str, reason: String },
    /// Content tests failed, or checks are broken.
    #[error("{0}")]
    Content(String),
    /// The store has nothing to answer from. No answer would read as an answer of "nothing is wrong".
    #[error("cannot answer from the store: it {0}\nhint: run `casemate scan`, or name another store with `--store`")]
    NoScan(String),
    /// No place for the store.
    #[error(
        "cannot tell where to keep the store: neither XDG_DATA_HOME nor HOME is set\nhint: name a file with `--store`"
    )]
    NoHome,
}

impl CommandError {
    pub(crate) fn write(what: &std::path::Path, source: std::io::Error) -> Self {
        Self::Write {
            what: format!("`{}`", PathBuf::from(what).display()),
            source,
            hint: "name another file with `--out`",
        }
    }
}
