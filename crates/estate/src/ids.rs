use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest accepted id, in bytes. ARM resource ids, the longest in use, stay below 2,048.
const ID_MAX: usize = 4096;

/// The provider's own global id of a resource, kept with its case: an ARN, an ARM resource id,
/// `host://MACHINE_ID`, `host://MACHINE_ID/KIND/NAME`. 1 to 4,096 bytes, no control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ResourceId(String);

/// A text that cannot be an id.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum IdError {
    /// The text is empty.
    #[error("a resource id is empty")]
    Empty,
    /// The text is longer than 4,096 bytes.
    #[error("a resource id has {0} bytes, more than 4096")]
    TooLong(usize),
    /// The text holds a control character at this byte.
    #[error("a resource id holds a control character at byte {0}")]
    Control(usize),
}

impl ResourceId {
    /// Checks and keeps `text` as it is.
    ///
    /// # Errors
    /// [`IdError`] where the text is empty, too long or holds a control character.
    pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
        let text = text.into();
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        if text.len() > ID_MAX {
            return Err(IdError::TooLong(text.len()));
        }
        if let Some((at, _)) = text.char_indices().find(|(_, c)| c.is_control()) {
            return Err(IdError::Control(at));
        }
        Ok(Self(text))
    }

    /// The id of a host: `host://MACHINE_ID`. Control characters in `machine` are escaped.
    #[must_use]
    pub fn host(machine: &str) -> Self {
        Self(format!("host://{}", printable(machine)))
    }

    /// The id of a part of a host: `host://MACHINE_ID/KIND/NAME`; `kind` is the last word of the [`Kind`].
    #[must_use]
    pub fn child(&self, kind: &str, name: &str) -> Self {
        Self(format!("{}/{}/{}", self.0, printable(kind), printable(name)))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// File and unit names may hold any byte; an id holds the escaped form, so that one name gives one id.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || c == '\\' {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

impl TryFrom<String> for ResourceId {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl From<ResourceId> for String {
    fn from(id: ResourceId) -> Self {
        id.0
    }
}

impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of thing a resource is: dotted lower-case words, `host`, `host.sshd`, `aws.s3.bucket`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kind(String);

impl Kind {
    /// Keeps `text` as a kind.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The kind as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_refuse_what_cannot_be_one() {
        for (text, want, why) in [
            ("", Err(IdError::Empty), "nothing names nothing"),
            ("a\nb", Err(IdError::Control(1)), "a line break would forge a line of output"),
            ("arn:aws:s3:::Bucket", Ok(()), "an ARN keeps its case"),
        ] {
            assert_eq!(ResourceId::new(text).map(|_| ()), want, "{why}");
        }
        assert_eq!(ResourceId::new("x".repeat(5000)), Err(IdError::TooLong(5000)));
    }

    #[test]
    fn a_child_name_with_a_line_break_is_escaped() {
        assert_eq!(ResourceId::host("m").child("unit", "a\nb").as_str(), "host://m/unit/a\\nb");
    }
}
