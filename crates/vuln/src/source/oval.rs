use std::io::BufRead;

use super::{Head, Output, SourceError};

pub(crate) fn detect(_: &Head<'_>) -> bool {
    false
}

pub(crate) fn read(_: &mut dyn BufRead, _: &mut Output<'_>) -> Result<(), SourceError> {
    Ok(())
}
