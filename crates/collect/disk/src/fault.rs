use std::io;

/// Why bytes of a disk could not be had. Callers add what was being read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// The file of the disk could not be read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// What the disk says contradicts itself or leads outside.
    #[error("{0}")]
    Damaged(String),
    /// Sound as far as it goes, but made in a way that is not read here.
    #[error("{0}")]
    Unsupported(String),
    /// A bound of this program.
    #[error("more than {most} {what}, the limit")]
    Limit {
        /// Of what there is too much.
        what: &'static str,
        /// How much is read.
        most: u64,
    },
}

impl Fault {
    /// Something contradicts itself.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    /// For readers that know the standard library's errors only.
    pub(crate) fn into_io(self) -> io::Error {
        match self {
            Self::Io(error) => error,
            Self::Damaged(_) => io::Error::new(io::ErrorKind::InvalidData, self.to_string()),
            Self::Unsupported(_) => io::Error::new(io::ErrorKind::Unsupported, self.to_string()),
            Self::Limit { .. } => io::Error::new(io::ErrorKind::FileTooLarge, self.to_string()),
        }
    }
}

/// The result of a reading.
pub(crate) type Result<T> = std::result::Result<T, Fault>;
