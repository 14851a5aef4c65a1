//! Reading of many files for one facet within one budget, so that a hostile root cannot fill the memory file by file.
use std::cell::Cell;

use crate::{
    place::Place,
    root::{ReadError, Root},
};

/// Bytes that the files of one facet may have in all.
const TOTAL_MAX: u64 = 8 << 20;
/// Places that one facet keeps of lines that it could not understand; more say nothing new.
const MALFORMED_MAX: usize = 1_000;

/// Reads files of a root until its budget is spent.
pub(crate) struct Reader<'a> {
    root: &'a Root,
    left: Cell<u64>,
}

impl<'a> Reader<'a> {
    /// A whole budget.
    pub(crate) fn new(root: &'a Root) -> Self {
        Self { root, left: Cell::new(TOTAL_MAX) }
    }

    /// As [`Root::read_text`].
    ///
    /// # Errors
    /// Also [`ReadError::TooLarge`] where all files together are larger than 8 MB.
    pub(crate) fn read_text(&self, path: &str) -> Result<Option<String>, ReadError> {
        let text = self.root.read_text(path)?;
        let length = text.as_ref().map_or(0, |text| text.len() as u64);
        match self.left.get().checked_sub(length) {
            Some(left) => self.left.set(left),
            None => return Err(ReadError::TooLarge { path: path.to_owned(), limit: TOTAL_MAX }),
        }
        Ok(text)
    }
}

/// Adds a line that could not be understood, up to a limit.
pub(crate) fn note(malformed: &mut Vec<Place>, file: &str, line: u32) {
    if malformed.len() < MALFORMED_MAX {
        malformed.push(Place { file: file.to_owned(), line });
    }
}

/// Fails where a list has grown beyond what any real file gives.
pub(crate) fn bounded(length: usize, limit: usize, path: &str) -> Result<(), ReadError> {
    if length > limit { Err(ReadError::TooMany { path: path.to_owned(), limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_for_all_files() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a"), vec![b'x'; 3 << 20]).unwrap();
        let root = Root::mounted(dir.path()).unwrap();
        let reader = Reader::new(&root);
        assert!(reader.read_text("/a").unwrap().is_some());
        assert!(reader.read_text("/none").unwrap().is_none());
        assert!(reader.read_text("/a").is_ok());
        assert_eq!(reader.read_text("/a"), Err(ReadError::TooLarge { path: "/a".into(), limit: TOTAL_MAX }));
    }
}
