use std::{cmp::Ordering, fmt};

use crate::{apk, composer, cursor::Flaw, debian, gem, go, maven, npm, nuget, pep440, rpm, semver};

/// Bytes that a version may have.
pub const LENGTH_MAX: usize = 1024;

/// Characters of a version that an error repeats.
const SHOWN_MAX: usize = 80;

/// How versions are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// dpkg: Debian Policy 5.6.12.
    Debian,
    /// rpm: `rpmvercmp` with epoch and release, `~` and `^`. A version without a release equals all its releases, so
    /// this order is transitive only among versions that have one, or have none.
    Rpm,
    /// apk-tools: Alpine's package versions.
    Apk,
    /// Semantic Versioning 2.0.0; also crates.io. Accepted beyond it: a leading `v`, missing minor and patch numbers,
    /// leading zeros.
    Semver,
    /// Python: PEP 440.
    Pep440,
    /// Go modules: semantic versions with `v`, pseudo-versions, `+incompatible`; also the toolchain's `go1.21rc2`.
    Go,
    /// Maven's ComparableVersion, as it is: of texts that nobody would choose (`.b12'r0`) three may stand in a circle.
    Maven,
    /// RubyGems' Gem::Version.
    Gem,
    /// npm's node-semver, loose.
    Npm,
    /// NuGet: four parts, case-insensitive labels.
    Nuget,
    /// Composer's normalised versions.
    Composer,
}

/// A text that is no version of its scheme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{version}` is no {scheme} version: {why} at byte {at}")]
pub struct VersionError {
    /// The text, at most its first 80 characters.
    pub version: String,
    /// The name of the scheme.
    pub scheme: &'static str,
    /// What is wrong.
    pub why: &'static str,
    /// Where, in bytes from the start.
    pub at: usize,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: [Self; 11] = [
        Self::Debian,
        Self::Rpm,
        Self::Apk,
        Self::Semver,
        Self::Pep440,
        Self::Go,
        Self::Maven,
        Self::Gem,
        Self::Npm,
        Self::Nuget,
        Self::Composer,
    ];

    /// The name, in lower case: `debian`, `pep440`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Debian => "debian",
            Self::Rpm => "rpm",
            Self::Apk => "apk",
            Self::Semver => "semver",
            Self::Pep440 => "pep440",
            Self::Go => "go",
            Self::Maven => "maven",
            Self::Gem => "gem",
            Self::Npm => "npm",
            Self::Nuget => "nuget",
            Self::Composer => "composer",
        }
    }

    /// Orders `a` and `b`.
    ///
    /// # Errors
    /// [`VersionError`] for the first of the two that the scheme does not allow.
    pub fn compare(self, a: &str, b: &str) -> Result<Ordering, VersionError> {
        match self {
            Self::Debian => self.both(a, b, debian::parse, debian::order),
            Self::Rpm => self.both(a, b, rpm::parse, rpm::order),
            Self::Apk => self.both(a, b, apk::parse, apk::order),
            Self::Semver => self.both(a, b, semver::parse, semver::order),
            Self::Pep440 => self.both(a, b, pep440::parse, pep440::order),
            Self::Go => self.both(a, b, go::parse, semver::order),
            Self::Maven => self.both(a, b, maven::parse, maven::order),
            Self::Gem => self.both(a, b, gem::parse, gem::order),
            Self::Npm => self.both(a, b, npm::parse, semver::order),
            Self::Nuget => self.both(a, b, nuget::parse, semver::order_folded),
            Self::Composer => self.both(a, b, composer::parse, composer::order),
        }
    }

    /// Whether the scheme allows `version`.
    ///
    /// # Errors
    /// [`VersionError`] where it does not.
    pub fn check(self, version: &str) -> Result<(), VersionError> {
        self.compare(version, version).map(|_| ())
    }

    /// Whether both are versions, and the same one: `1.0` and `1.0.0`. Quick where they are not, as most of a long list.
    #[must_use]
    pub fn same(self, a: &str, b: &str) -> bool {
        // Versions that are equal have the same numbers but zero, in the same order, before any build; not so with rpm's
        // missing release, Go's builders of toolchains and Composer's `stable4`.
        let told_by_numbers = !matches!(self, Self::Rpm | Self::Go | Self::Composer);
        (!told_by_numbers || numbers(a).eq(numbers(b))) && self.compare(a, b) == Ok(Ordering::Equal)
    }

    /// An order of any two texts, for sorting: what the scheme does not allow stands before what it allows, by its bytes.
    /// For Debian and rpm every text has its place by the scheme's own algorithm, as dpkg and rpm themselves hold it.
    #[must_use]
    pub fn order(self, a: &str, b: &str) -> Ordering {
        match self {
            Self::Debian => debian::order(&debian::split(a), &debian::split(b)),
            Self::Rpm => rpm::order(&rpm::split(a), &rpm::split(b)),
            _ => match (self.check(a).is_ok(), self.check(b).is_ok()) {
                // Both are allowed, so there is an order.
                (true, true) => self.compare(a, b).unwrap_or_else(|_| a.cmp(b)),
                (false, false) => a.cmp(b),
                (a, b) => a.cmp(&b),
            },
        }
    }

    fn both<'a, T>(
        self,
        a: &'a str,
        b: &'a str,
        parse: impl Fn(&'a str) -> Result<T, Flaw>,
        order: impl Fn(&T, &T) -> Ordering,
    ) -> Result<Ordering, VersionError> {
        let parse = |text: &'a str| {
            let parsed = if text.len() > LENGTH_MAX {
                Err(Flaw { why: "more than 1,024 bytes", at: LENGTH_MAX })
            } else {
                parse(text)
            };
            parsed.map_err(|flaw| VersionError {
                version: text.chars().take(SHOWN_MAX).collect(),
                scheme: self.name(),
                why: flaw.why,
                at: flaw.at,
            })
        };
        Ok(order(&parse(a)?, &parse(b)?))
    }
}

/// The numbers of a text before its first `+`, without leading zeros and without zeros.
fn numbers(text: &str) -> impl Iterator<Item = &[u8]> {
    let runs = text.as_bytes().split(|byte| !byte.is_ascii_digit() && *byte != b'+');
    runs.scan(false, |ended, run| {
        // `+` stays within a run, so that the run which holds it is the last.
        let at = run.iter().position(|byte| *byte == b'+');
        let kept = if *ended { None } else { Some(run.get(..at.unwrap_or(run.len())).unwrap_or_default()) };
        *ended |= at.is_some();
        kept
    })
    .map(crate::number::trimmed)
    .filter(|number| !number.is_empty())
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Compares each pair both ways, and each version with itself. For the tests beside the schemes.
#[cfg(test)]
pub(crate) fn check_table(scheme: Scheme, rows: &[(&str, &str, Ordering, &str)]) {
    for (a, b, want, why) in rows {
        assert_eq!(scheme.compare(a, b), Ok(*want), "{scheme}: {a} against {b}: {why}");
        assert_eq!(scheme.compare(b, a), Ok(want.reverse()), "{scheme}: {b} against {a}: {why}");
        assert_eq!(scheme.compare(a, a), Ok(Ordering::Equal), "{scheme}: {a} is itself");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_is_listed_once_with_its_own_name() {
        let names: std::collections::BTreeSet<&str> = Scheme::ALL.iter().map(|scheme| scheme.name()).collect();
        assert_eq!(names.len(), Scheme::ALL.len());
    }

    #[test]
    fn errors_show_the_text_its_flaw_and_the_place() {
        let error = Scheme::Semver.check("1.x").unwrap_err();
        assert_eq!(error.to_string(), "`1.x` is no semver version: a number is missing at byte 2");
        let long = "1".repeat(LENGTH_MAX + 1);
        for scheme in Scheme::ALL {
            let error = scheme.check(&long).unwrap_err();
            assert_eq!((error.version.len(), error.at), (SHOWN_MAX, LENGTH_MAX), "{scheme}: bounded");
            assert!(scheme.check("").is_err(), "{scheme}: nothing is no version");
            assert!(scheme.check("1.2.3").is_ok(), "{scheme}: three numbers are a version everywhere");
        }
    }

    #[test]
    fn numbers_are_those_before_a_build() {
        let numbers = |text| numbers(text).map(|run| std::str::from_utf8(run).unwrap()).collect::<Vec<_>>().join(" ");
        for (text, want) in [("1.0.20rc3", "1 20 3"), ("v01-2+3.4", "1 2"), ("+1", ""), ("1+2+3", "1"), ("", "")] {
            assert_eq!(numbers(text), want, "{text}");
        }
    }

    #[test]
    fn any_two_texts_have_a_place_for_sorting() {
        for (scheme, a, b, want, why) in [
            (Scheme::Semver, "?", "0.0.0", Ordering::Less, "what is no version comes first"),
            (Scheme::Semver, "a", "b", Ordering::Less, "and among its like by its bytes"),
            (Scheme::Semver, "1.10", "1.9", Ordering::Greater, "versions by the scheme"),
            (Scheme::Debian, "", "0", Ordering::Equal, "dpkg: nothing is zero"),
            (Scheme::Debian, "1_9", "1_10", Ordering::Less, "dpkg warns of an underscore and goes on"),
            (Scheme::Rpm, "1 9", "1 10", Ordering::Less, "rpm takes what it does not know for a separator"),
        ] {
            assert_eq!(scheme.order(a, b), want, "{scheme} {a:?} {b:?}: {why}");
            assert_eq!(scheme.order(b, a), want.reverse(), "{scheme} {b:?} {a:?}: {why}");
        }
    }
}
