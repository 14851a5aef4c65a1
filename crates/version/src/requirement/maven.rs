//! Intervals in Maven's brackets.
use super::{Bound, Interval, Requirement, Wrong};
use crate::{Scheme, requirement::INTERVALS_MAX};

pub(super) fn parse(expression: &str) -> Result<Requirement, Wrong> {
    let mut rest = expression.trim();
    let mut intervals = Vec::new();
    loop {
        let (inclusive, after) = match (rest.strip_prefix('['), rest.strip_prefix('(')) {
            (Some(after), _) => (true, after),
            (_, Some(after)) => (false, after),
            _ if intervals.is_empty() => {
                return Err(Wrong::Form("a version alone is a preference, not a range\nhint: write `[1.0]`"));
            }
            _ => return Err(Wrong::Form("a bracket is missing")),
        };
        let end = after.find([']', ')']).ok_or(Wrong::Form("a bracket is not closed"))?;
        let (inside, close) = after.split_at_checked(end).ok_or(Wrong::Form("a bracket is not closed"))?;
        intervals.push(interval(inside, inclusive, close.starts_with(']'))?);
        if intervals.len() > INTERVALS_MAX {
            return Err(Wrong::Form("more than 256 intervals"));
        }
        rest = close.get(1..).unwrap_or_default().trim_start();
        if rest.is_empty() {
            return Ok(Requirement::of(Scheme::Maven, intervals));
        }
        rest = rest.strip_prefix(',').ok_or(Wrong::Form("a comma is missing between two ranges"))?.trim_start();
    }
}

fn interval(inside: &str, from_inclusive: bool, to_inclusive: bool) -> Result<Interval, Wrong> {
    let bound = |version: &str, inclusive| {
        let version = version.trim();
        if version.is_empty() {
            return Ok(None);
        }
        Scheme::Maven.check(version)?;
        Ok::<_, Wrong>(Some(Bound { version: version.to_owned(), inclusive }))
    };
    let Some((from, to)) = inside.split_once(',') else {
        let exact = bound(inside, true)?.ok_or(Wrong::Form("a version is missing"))?;
        if !(from_inclusive && to_inclusive) {
            return Err(Wrong::Form("one version needs square brackets"));
        }
        return Ok(Interval { from: Some(exact.clone()), to: Some(exact) });
    };
    Ok(Interval { from: bound(from, from_inclusive)?, to: bound(to, to_inclusive)? })
}
