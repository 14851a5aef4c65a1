//! Text that grows by lines.

/// Lines to be written at once.
#[derive(Debug, Default)]
pub(crate) struct Text(String);

impl Text {
    /// Adds a line; white space at its end goes.
    pub(crate) fn line(&mut self, words: impl AsRef<str>) {
        self.0.push_str(words.as_ref().trim_end());
        self.0.push('\n');
    }

    /// All lines.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
