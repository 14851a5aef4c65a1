use casemate_estate::Finding;

use crate::CheckMeta;

/// A compiled suppression expression.
#[derive(Debug)]
pub struct SuppressionRule {
    expression: String,
}

/// An expression that cannot be compiled or evaluated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SuppressionError {
    /// It is not an expression of the language.
    #[error("cannot read the expression at line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
        /// What is wrong.
        message: String,
    },
    /// It failed on a finding; it hides nothing there.
    #[error("cannot evaluate the expression on finding `{finding}`: {message}")]
    Evaluation {
        /// The finding's id.
        finding: String,
        /// What is wrong.
        message: String,
    },
    /// It gave something other than true or false.
    #[error("the expression gives {got} on finding `{finding}`, not true or false")]
    NotBoolean {
        /// The finding's id.
        finding: String,
        /// The type it gave.
        got: String,
    },
}

impl SuppressionRule {
    /// Compiles an expression.
    ///
    /// # Errors
    /// [`SuppressionError::Syntax`] with the place.
    pub fn compile(expression: &str) -> Result<Self, SuppressionError> {
        Ok(Self { expression: expression.to_owned() })
    }

    /// The expression as written.
    #[must_use]
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// Whether it hides the finding. `meta` is the METADATA of the finding's check, where it is still loaded.
    ///
    /// # Errors
    /// [`SuppressionError::Evaluation`] or [`SuppressionError::NotBoolean`]; the finding is then not hidden.
    pub fn matches(&self, finding: &Finding, meta: Option<&CheckMeta>) -> Result<bool, SuppressionError> {
        let _ = (finding, meta);
        Ok(false)
    }
}
