//! Comparisons between commas; a version alone is itself.
use super::{Comparison, Requirement, Wrong};
use crate::Scheme;

pub(super) fn parse(scheme: Scheme, expression: &str) -> Result<Requirement, Wrong> {
    Requirement::all_of(scheme, expression.split(',').map(|part| comparator(scheme, part.trim())))
}

fn comparator(scheme: Scheme, text: &str) -> Result<Requirement, Wrong> {
    let (comparison, version) = Comparison::split(text).unwrap_or((Comparison::Equal, text));
    if version.is_empty() {
        return Err(Wrong::Form("a version is missing"));
    }
    comparison.against(scheme, version)
}
