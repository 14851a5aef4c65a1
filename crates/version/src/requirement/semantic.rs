//! Ranges of semantic versions: npm's and Cargo's, which differ in how parts are joined and in what a version alone means.
use super::{Bound, Comparison, INTERVALS_MAX, Interval, Requirement, Wrong};
use crate::Scheme;

pub(super) fn parse_npm(expression: &str) -> Result<Requirement, Wrong> {
    let mut any = Requirement::none(Scheme::Npm);
    for alternative in expression.split("||") {
        any = any.union(Requirement::all_of(Scheme::Npm, npm_alternative(alternative)?.into_iter().map(Ok))?);
        if any.intervals.len() > INTERVALS_MAX {
            return Err(Wrong::Form("more than 256 intervals"));
        }
    }
    Ok(any)
}

/// Comparators between spaces or commas; or two versions with ` - ` between.
fn npm_alternative(text: &str) -> Result<Vec<Requirement>, Wrong> {
    if let Some((from, to)) = text.split_once(" - ") {
        let (from, to) = (Partial::parse(from.trim())?, Partial::parse(to.trim())?);
        let from = Operator::Compare(Comparison::GreaterEqual).against(Scheme::Npm, &from)?;
        let to = Operator::Compare(Comparison::LessEqual).against(Scheme::Npm, &to)?;
        return Ok(vec![from, to]);
    }
    let mut comparators = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|char: char| char.is_ascii_whitespace() || char == ',');
        if rest.is_empty() {
            return Ok(comparators);
        }
        let (operator, after) = Operator::split(rest).unwrap_or((Operator::Compare(Comparison::Equal), rest));
        let end =
            after.find(|char: char| char.is_ascii_whitespace() || ",<>=^~|".contains(char)).unwrap_or(after.len());
        let (version, next) = after.split_at_checked(end).unwrap_or((after, ""));
        comparators.push(operator.against(Scheme::Npm, &Partial::parse(version)?)?);
        rest = next;
    }
}

pub(super) fn parse_cargo(expression: &str) -> Result<Requirement, Wrong> {
    if expression.trim().is_empty() {
        return Ok(Requirement::all(Scheme::Semver));
    }
    Requirement::all_of(
        Scheme::Semver,
        expression.split(',').map(|part| {
            let part = part.trim();
            let (operator, version) = Operator::split(part).map_or((None, part), |(sign, rest)| (Some(sign), rest));
            let partial = Partial::parse(version)?;
            // A version alone means `^`, but with a wildcard what it says.
            let alone = if partial.wildcard { Operator::Compare(Comparison::Equal) } else { Operator::Caret };
            operator.unwrap_or(alone).against(Scheme::Semver, &partial)
        }),
    )
}

/// `1`, `1.2`, `1.2.3-label`, `1.x`, `*`: numbers as far as they are given.
struct Partial {
    numbers: Vec<u64>,
    wildcard: bool,
    /// With its hyphen.
    label: String,
}

impl Partial {
    fn parse(text: &str) -> Result<Self, Wrong> {
        let text = text.trim().trim_start_matches(['v', 'V', '=']).trim_start();
        // What was built has no part in the order.
        let text = text.split_once('+').map_or(text, |(text, _)| text);
        let (numbers, label) = match text.find('-') {
            Some(at) => text.split_at_checked(at).unwrap_or((text, "")),
            None => (text, ""),
        };
        let mut given = Vec::new();
        let mut open = false;
        for number in numbers.split('.') {
            match number {
                "x" | "X" | "*" => open = true,
                _ if open => return Err(Wrong::Form("a number follows a wildcard")),
                _ => {
                    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
                    let number = number.parse().ok().filter(|number| digits && *number < u64::MAX);
                    given.push(number.ok_or(Wrong::Form("a version is missing, or has a part that is no number"))?);
                }
            }
        }
        if given.len() > 3 {
            return Err(Wrong::Form("a version of more than three numbers"));
        }
        if !label.is_empty() && given.len() < 3 {
            return Err(Wrong::Form("a label after fewer than three numbers"));
        }
        Ok(Self { numbers: given, wildcard: open, label: label.to_owned() })
    }

    fn number(&self, at: usize) -> u64 {
        self.numbers.get(at).copied().unwrap_or(0)
    }

    /// The lowest version that it can mean.
    fn lowest(&self) -> String {
        format!("{}.{}.{}{}", self.number(0), self.number(1), self.number(2), self.label)
    }

    /// The first release that has a greater number at `at` (0: major), without what comes after.
    fn next(&self, at: usize) -> String {
        let number = |place: usize| match place.cmp(&at) {
            std::cmp::Ordering::Less => self.number(place),
            std::cmp::Ordering::Equal => self.number(place).saturating_add(1),
            std::cmp::Ordering::Greater => 0,
        };
        format!("{}.{}.{}", number(0), number(1), number(2))
    }

    fn is_whole(&self) -> bool {
        self.numbers.len() == 3
    }
}

#[derive(Clone, Copy)]
enum Operator {
    Compare(Comparison),
    Caret,
    Tilde,
}

impl Operator {
    fn split(text: &str) -> Option<(Self, &str)> {
        for (sign, operator) in [("^", Self::Caret), ("~>", Self::Tilde), ("~", Self::Tilde)] {
            if let Some(rest) = text.strip_prefix(sign) {
                return Some((operator, rest.trim_start()));
            }
        }
        Comparison::split(text).map(|(comparison, rest)| (Self::Compare(comparison), rest))
    }

    fn against(self, scheme: Scheme, partial: &Partial) -> Result<Requirement, Wrong> {
        let given = partial.numbers.len();
        // Pre-releases of a bound that was not written are beyond it already; `0` is the lowest label.
        let below = |next: String| Bound::beside(format!("{next}-0"));
        let lowest = partial.lowest();
        let Some(last) = given.checked_sub(1) else {
            return Ok(match self {
                // Nothing is below or above everything.
                Self::Compare(Comparison::Less | Comparison::Greater | Comparison::NotEqual) => {
                    Requirement::none(scheme)
                }
                _ => Requirement::all(scheme),
            });
        };
        let interval = match self {
            Self::Compare(comparison) if partial.is_whole() => return comparison.against(scheme, &lowest),
            Self::Compare(Comparison::NotEqual) => {
                let range = Interval::between(Bound::at(lowest), below(partial.next(last)));
                return Requirement::one(scheme, range).map(|range| range.complement());
            }
            Self::Compare(Comparison::Equal) => Interval::between(Bound::at(lowest), below(partial.next(last))),
            Self::Compare(Comparison::Less) => Interval::to(below(lowest)),
            Self::Compare(Comparison::LessEqual) => Interval::to(below(partial.next(last))),
            Self::Compare(Comparison::Greater) => Interval::from(Bound::at(partial.next(last))),
            Self::Compare(Comparison::GreaterEqual) => Interval::from(Bound::at(lowest)),
            Self::Tilde => Interval::between(Bound::at(lowest), below(partial.next(last.min(1)))),
            Self::Caret => {
                // The first number that is not zero must stay; where all that is given are zeros, the last given.
                let kept = partial.numbers.iter().position(|number| *number > 0).unwrap_or(last);
                Interval::between(Bound::at(lowest), below(partial.next(kept)))
            }
        };
        Requirement::one(scheme, interval)
    }
}
