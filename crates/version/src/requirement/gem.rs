//! `Gem::Requirement` (<https://docs.ruby-lang.org/en/master/Gem/Requirement.html>).
use super::{Bound, Comparison, Interval, Requirement, Wrong};
use crate::Scheme;

pub(super) fn parse(expression: &str) -> Result<Requirement, Wrong> {
    Requirement::all_of(Scheme::Gem, expression.split(',').map(|part| comparator(part.trim())))
}

fn comparator(text: &str) -> Result<Requirement, Wrong> {
    let (pessimistic, version) = match text.strip_prefix("~>") {
        Some(version) => (true, version.trim_start()),
        None => (false, text),
    };
    let (comparison, version) = match Comparison::split(version) {
        Some(_) if pessimistic => return Err(Wrong::Form("two comparisons of one version")),
        Some(split) => split,
        None => (Comparison::Equal, version),
    };
    if version.is_empty() {
        return Err(Wrong::Form("a version is missing"));
    }
    if !pessimistic {
        return comparison.against(Scheme::Gem, version);
    }
    Scheme::Gem.check(version)?;
    let Some(next) = bumped(version) else { return Err(Wrong::Form("the number after the last is too large")) };
    Requirement::one(Scheme::Gem, Interval::between(Bound::at(version), Bound::beside(next)))
}

/// Up to where `~>` reaches: the last number but one, plus one; and its pre-releases are beyond it already. The lowest
/// label that a version has, `A`, says so; there is no lowest that it could have.
fn bumped(version: &str) -> Option<String> {
    let numbers = version.split(['.', '-']).take_while(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let mut numbers: Vec<&str> = numbers.collect();
    if numbers.len() > 1 {
        numbers.pop();
    }
    let last: u128 = numbers.pop()?.parse().ok()?;
    let next = last.checked_add(1)?;
    let start: String = numbers.iter().flat_map(|number| [*number, "."]).collect();
    Some(format!("{start}{next}.A"))
}
