use super::{Head, Output, SourceError};

pub(crate) fn detect(_: &Head<'_>) -> bool {
    false
}

pub(crate) fn read(_: &[u8], _: &mut Output<'_>) -> Result<(), SourceError> {
    Ok(())
}
