//! Ranges of versions as ecosystems and advisories write them, as a union of intervals.
use std::cmp::Ordering;

use crate::{LENGTH_MAX, Scheme, VersionError};

mod gem;
mod maven;
mod plain;
mod semantic;

/// Bytes that an expression may have.
const EXPRESSION_MAX: usize = 16 << 10;
/// Intervals that an expression may make.
const INTERVALS_MAX: usize = 256;

/// How a range is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// RubyGems (<https://guides.rubygems.org/patterns/#pessimistic-version-constraint>) and ruby-advisory-db:
    /// `>= 1.2, < 2`, `~> 1.2.3`, `!= 1.3`.
    Gem,
    /// node-semver (<https://github.com/npm/node-semver#ranges>): `^1.2 || ~1.4 || 2 - 3.1`; also GHSA's commas:
    /// `>= 1.2, < 2`. Pre-releases belong to the range that their place in the order gives, whatever
    /// `includePrerelease` is; but those of an upper bound that `^`, `~`, `x` or ` - ` make are outside.
    Npm,
    /// Cargo (<https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html>), as RustSec writes `patched`
    /// and `unaffected`: `>= 1.2.3, < 2`, `^1.2`, `1.2.*`. Pre-releases as with [`Syntax::Npm`].
    Cargo,
    /// Maven (<https://maven.apache.org/pom.html#dependency-version-requirement-specification>): `[1,2)`, `(,1.0]`,
    /// `[1.0]`, `[1,2),[3,)`. A version alone is a preference, not a range, and an error.
    Maven,
    /// Comparisons and commas, as GHSA writes ranges of every ecosystem: `>= 1.2, < 2`, `= 1.0`.
    Plain(Scheme),
}

impl Syntax {
    /// By which scheme its versions are ordered.
    #[must_use]
    pub const fn scheme(self) -> Scheme {
        match self {
            Self::Gem => Scheme::Gem,
            Self::Npm => Scheme::Npm,
            Self::Cargo => Scheme::Semver,
            Self::Maven => Scheme::Maven,
            Self::Plain(scheme) => scheme,
        }
    }
}

/// Where an interval begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// A version that the scheme allows.
    pub version: String,
    /// Whether the version itself is inside.
    pub inclusive: bool,
}

impl Bound {
    fn at(version: impl Into<String>) -> Self {
        Self { version: version.into(), inclusive: true }
    }

    fn beside(version: impl Into<String>) -> Self {
        Self { version: version.into(), inclusive: false }
    }

    /// The bound that what lies on the other side has here.
    fn other_side(&self) -> Self {
        Self { version: self.version.clone(), inclusive: !self.inclusive }
    }
}

/// Versions between two bounds; a bound that is none leaves that side open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub from: Option<Bound>,
    /// The upper end.
    pub to: Option<Bound>,
}

impl Interval {
    fn from(bound: Bound) -> Self {
        Self { from: Some(bound), to: None }
    }

    fn to(bound: Bound) -> Self {
        Self { from: None, to: Some(bound) }
    }

    fn between(from: Bound, to: Bound) -> Self {
        Self { from: Some(from), to: Some(to) }
    }

    fn exactly(version: impl Into<String>) -> Self {
        let bound = Bound::at(version);
        Self { from: Some(bound.clone()), to: Some(bound) }
    }

    /// Whether `version` lies inside.
    ///
    /// # Errors
    /// [`VersionError`] where the scheme does not allow it, or one of the bounds.
    pub fn contains(&self, scheme: Scheme, version: &str) -> Result<bool, VersionError> {
        if let Some(from) = &self.from {
            let order = scheme.compare(version, &from.version)?;
            if order == Ordering::Less || (order == Ordering::Equal && !from.inclusive) {
                return Ok(false);
            }
        }
        if let Some(to) = &self.to {
            let order = scheme.compare(version, &to.version)?;
            if order == Ordering::Greater || (order == Ordering::Equal && !to.inclusive) {
                return Ok(false);
            }
        }
        if self.from.is_none() && self.to.is_none() {
            scheme.check(version)?;
        }
        Ok(true)
    }

    /// What both hold; none where that is nothing.
    fn intersect(&self, other: &Self, scheme: Scheme) -> Option<Self> {
        // The higher of the lower ends, the lower of the upper ends; of the same, the one that holds less.
        let later = |a: &Bound, b: &Bound| scheme.order(&a.version, &b.version).then(b.inclusive.cmp(&a.inclusive));
        let sooner = |a: &Bound, b: &Bound| scheme.order(&b.version, &a.version).then(b.inclusive.cmp(&a.inclusive));
        let pick = |a: &Option<Bound>, b: &Option<Bound>, order: &dyn Fn(&Bound, &Bound) -> Ordering| match (a, b) {
            (Some(a), Some(b)) => Some(if order(a, b).is_lt() { b.clone() } else { a.clone() }),
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        let both = Self { from: pick(&self.from, &other.from, &later), to: pick(&self.to, &other.to, &sooner) };
        (!both.is_empty(scheme)).then_some(both)
    }

    fn is_empty(&self, scheme: Scheme) -> bool {
        let (Some(from), Some(to)) = (&self.from, &self.to) else { return false };
        match scheme.order(&from.version, &to.version) {
            Ordering::Less => false,
            Ordering::Equal => !(from.inclusive && to.inclusive),
            Ordering::Greater => true,
        }
    }
}

/// A set of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// How its versions are ordered.
    pub scheme: Scheme,
    /// In rising order, none empty, none touching the next; no interval at all is no version at all.
    pub intervals: Vec<Interval>,
}

/// A text that is no range of its syntax.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequirementError {
    /// One of its versions is none.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// Its form is wrong.
    #[error("`{expression}` is no range of {scheme} versions: {why}")]
    Form {
        /// The text, at most its first 80 characters.
        expression: String,
        /// The name of the scheme.
        scheme: &'static str,
        /// What is wrong.
        why: &'static str,
    },
}

/// What a syntax's reader finds wrong.
enum Wrong {
    Version(VersionError),
    Form(&'static str),
}

impl From<VersionError> for Wrong {
    fn from(error: VersionError) -> Self {
        Self::Version(error)
    }
}

impl Requirement {
    /// Reads `expression`. White space alone is every version with npm and Cargo, and an error elsewhere.
    ///
    /// # Errors
    /// [`RequirementError`] where it is none, longer than 16 KiB, or of more than 256 intervals.
    pub fn parse(syntax: Syntax, expression: &str) -> Result<Self, RequirementError> {
        let scheme = syntax.scheme();
        let read = || {
            if expression.len() > EXPRESSION_MAX {
                return Err(Wrong::Form("more than 16 KiB"));
            }
            match syntax {
                Syntax::Gem => gem::parse(expression),
                Syntax::Npm => semantic::parse_npm(expression),
                Syntax::Cargo => semantic::parse_cargo(expression),
                Syntax::Maven => maven::parse(expression),
                Syntax::Plain(scheme) => plain::parse(scheme, expression),
            }
        };
        read().map_err(|wrong| match wrong {
            Wrong::Version(error) => RequirementError::Version(error),
            Wrong::Form(why) => {
                RequirementError::Form { expression: expression.chars().take(80).collect(), scheme: scheme.name(), why }
            }
        })
    }

    /// Every version.
    #[must_use]
    pub fn all(scheme: Scheme) -> Self {
        Self { scheme, intervals: vec![Interval::default()] }
    }

    /// No version.
    #[must_use]
    pub const fn none(scheme: Scheme) -> Self {
        Self { scheme, intervals: Vec::new() }
    }

    /// Whether `version` lies in one of the intervals.
    ///
    /// # Errors
    /// [`VersionError`] where the scheme does not allow it.
    pub fn contains(&self, version: &str) -> Result<bool, VersionError> {
        self.scheme.check(version)?;
        for interval in &self.intervals {
            if interval.contains(self.scheme, version)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What one of the two holds. Both are of one scheme.
    #[must_use]
    pub fn union(mut self, other: Self) -> Self {
        self.intervals.extend(other.intervals);
        Self::of(self.scheme, self.intervals)
    }

    /// What both hold. Both are of one scheme.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let pairs = self.intervals.iter().flat_map(|a| other.intervals.iter().map(move |b| (a, b)));
        let both = pairs.filter_map(|(a, b)| a.intersect(b, self.scheme)).collect();
        Self::of(self.scheme, both)
    }

    /// All other versions: `patched` and `unaffected` of an advisory, united and turned around, are what it affects.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut gaps = Vec::new();
        let mut from = None;
        for interval in &self.intervals {
            if let Some(start) = &interval.from {
                gaps.push(Interval { from: from.take(), to: Some(start.other_side()) });
            }
            match &interval.to {
                Some(end) => from = Some(end.other_side()),
                None => return Self { scheme: self.scheme, intervals: gaps },
            }
        }
        gaps.push(Interval { from, to: None });
        Self { scheme: self.scheme, intervals: gaps }
    }

    /// Sorts intervals, joins those that touch, and leaves out empty ones.
    fn of(scheme: Scheme, mut intervals: Vec<Interval>) -> Self {
        intervals.retain(|interval| !interval.is_empty(scheme));
        intervals.sort_by(|a, b| match (&a.from, &b.from) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => scheme.order(&a.version, &b.version).then(b.inclusive.cmp(&a.inclusive)),
        });
        let mut joined: Vec<Interval> = Vec::new();
        for next in intervals {
            let Some(last) = joined.last_mut() else {
                joined.push(next);
                continue;
            };
            // They touch unless there is a place between the end of the one and the start of the other.
            let touches = match (&last.to, &next.from) {
                (Some(end), Some(start)) => match scheme.order(&start.version, &end.version) {
                    Ordering::Less => true,
                    Ordering::Equal => start.inclusive || end.inclusive,
                    Ordering::Greater => false,
                },
                _ => true,
            };
            if !touches {
                joined.push(next);
                continue;
            }
            let further = match (&last.to, &next.to) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(a), Some(b)) => scheme.order(&a.version, &b.version).then(a.inclusive.cmp(&b.inclusive)).is_lt(),
            };
            if further {
                last.to = next.to;
            }
        }
        Self { scheme, intervals: joined }
    }

    /// Every requirement of a list holds.
    fn all_of(scheme: Scheme, parts: impl IntoIterator<Item = Result<Self, Wrong>>) -> Result<Self, Wrong> {
        let mut all = Self::all(scheme);
        for part in parts {
            all = all.intersect(&part?);
            if all.intervals.len() > INTERVALS_MAX {
                return Err(Wrong::Form("more than 256 intervals"));
            }
        }
        Ok(all)
    }

    /// One interval, whose bounds are checked.
    fn one(scheme: Scheme, interval: Interval) -> Result<Self, Wrong> {
        for bound in [&interval.from, &interval.to].into_iter().flatten() {
            scheme.check(&bound.version)?;
        }
        Ok(Self::of(scheme, vec![interval]))
    }
}

/// A comparison, as every syntax has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// Longer signs before those that they start with.
const COMPARISONS: &[(&str, Comparison)] = &[
    ("==", Comparison::Equal),
    ("=", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessEqual),
    ("<", Comparison::Less),
    (">=", Comparison::GreaterEqual),
    (">", Comparison::Greater),
];

impl Comparison {
    /// Parts `text` into a comparison and what follows; none where it starts with no sign.
    fn split(text: &str) -> Option<(Self, &str)> {
        let found = |(sign, comparison): &(&str, Self)| Some((*comparison, text.strip_prefix(sign)?.trim_start()));
        COMPARISONS.iter().find_map(found)
    }

    /// The versions for which it holds.
    fn against(self, scheme: Scheme, version: &str) -> Result<Requirement, Wrong> {
        if version.len() > LENGTH_MAX {
            scheme.check(version)?;
        }
        let exactly = || Requirement::one(scheme, Interval::exactly(version));
        Requirement::one(
            scheme,
            match self {
                Self::Equal => return exactly(),
                Self::NotEqual => return exactly().map(|one| one.complement()),
                Self::Less => Interval::to(Bound::beside(version)),
                Self::LessEqual => Interval::to(Bound::at(version)),
                Self::Greater => Interval::from(Bound::beside(version)),
                Self::GreaterEqual => Interval::from(Bound::at(version)),
            },
        )
    }
}

#[cfg(test)]
mod tests;
