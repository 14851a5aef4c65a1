use std::fmt;

/// One thing that is wrong in the content, with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentError {
    /// The file, as its source names it: `checks/host/…` for built-in content, the path for a directory.
    pub file: String,
    /// Line, from 1; none where the file as a whole is wrong.
    pub line: Option<u32>,
    /// Column, from 1.
    pub column: Option<u32>,
    /// The field, as in `custom.needs`; none where no field is meant.
    pub field: Option<String>,
    /// What is wrong and what is expected.
    pub message: String,
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        if let Some(field) = &self.field {
            write!(f, ": {field}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for ContentError {}

impl ContentError {
    /// An error of a whole file.
    pub(crate) fn file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, column: None, field: None, message: message.into() }
    }

    /// An error of a line.
    pub(crate) fn line(file: impl Into<String>, line: u32, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: Some(line), column: None, field: None, message: message.into() }
    }

    /// The same with a column.
    pub(crate) fn column(mut self, column: u32) -> Self {
        self.column = Some(column);
        self
    }

    /// The same with a field.
    pub(crate) fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

/// The assessment could not be made at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssessError {
    /// No baseline has this id.
    #[error("no baseline is called `{id}`\nhint: there are {known}")]
    UnknownBaseline {
        /// What was asked for.
        id: String,
        /// The ids that exist, joined.
        known: String,
    },
}
