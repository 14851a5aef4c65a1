//! Readers of versions and requirements as a table for fuzzers. Not part of the public interface: only with the feature
//! `fuzzing`.
use std::cmp::Ordering;

use casemate_estate::fuzz::Target;

use crate::{Requirement, Scheme, Syntax};

/// Three texts, of as many lines: an order has two sides, is transitive, and refuses a text whatever it meets.
fn order(scheme: Scheme, bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.splitn(3, '\n');
    let a = lines.next().unwrap_or_default();
    let b = lines.next().unwrap_or(a);
    let c = lines.next().unwrap_or(b);
    let checked = |version| scheme.check(version).is_ok();
    for (x, y) in [(a, b), (b, c), (a, c)] {
        let compared = scheme.compare(x, y);
        assert_eq!(compared.is_ok(), checked(x) && checked(y), "{scheme}: a version is one whatever it meets");
        assert_eq!(compared.ok(), scheme.compare(y, x).ok().map(Ordering::reverse), "{scheme}: an order has two sides");
        assert_eq!(scheme.order(x, y), scheme.order(y, x).reverse(), "{scheme}: so has the order for sorting");
    }
    // Of rpm and Maven only the versions in use are a line: see their schemes.
    if !matches!(scheme, Scheme::Rpm | Scheme::Maven) && checked(a) && checked(b) && checked(c) {
        let le = |x, y| scheme.compare(x, y).is_ok_and(Ordering::is_le);
        assert!(!(le(a, b) && le(b, c)) || le(a, c), "{scheme}: an order is transitive");
    }
    0
}

/// An expression, and on the next line a version.
fn requirement(syntax: Syntax, bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let (expression, version) = text.split_once('\n').unwrap_or((&text, "1"));
    let Ok(requirement) = Requirement::parse(syntax, expression) else { return 0 };
    let other = requirement.complement();
    if let (Ok(inside), Ok(outside)) = (requirement.contains(version), other.contains(version)) {
        // Sets of intervals need an order, which Maven's is not for every text.
        assert!(syntax == Syntax::Maven || inside != outside, "{syntax:?}: a version is in a range or beside it");
    }
    let bounds = requirement.intervals.iter().flat_map(|interval| [&interval.from, &interval.to]).flatten();
    bounds.map(|bound| bound.version.len()).sum()
}

macro_rules! order {
    ($name:literal, $scheme:ident, [$($seed:expr),* $(,)?]) => {
        Target { name: $name, run: |bytes| order(Scheme::$scheme, bytes), seeds: &[$($seed),*] }
    };
}

macro_rules! requirement {
    ($name:literal, $syntax:expr, [$($seed:expr),* $(,)?]) => {
        Target { name: $name, run: |bytes| requirement($syntax, bytes), seeds: &[$($seed),*] }
    };
}

/// Every reader of this crate.
pub const TARGETS: &[Target] = &[
    order!("debian", Debian, ["1:2.3~rc1-4+b1\n2.3-4\n1:2.3", "0\n00\n0~", "1.0a\n1.0+\n1.0"]),
    order!("rpm", Rpm, ["1:2.3~rc1-4.el9\n2.3^git1-4\n2.3-1", "1.0\n1_0\n1.0."]),
    order!("apk", Apk, ["1.2.3a_rc1_p2~abc-r4\n1.05_alpha\n1.5", "0\n00\n1.0"]),
    order!("semver", Semver, ["1.0.0-alpha.1+b\n1.0.0-alpha.beta\nv1", "1.0.0--\n1.0.0-0\n1"]),
    order!("pep440", Pep440, ["1!1.0rc1.post2.dev3+u.1\n1.0-1\nv1.0.dev1", "1.0a-.1\n1.0a\n1.0b"]),
    order!("go", Go, ["v1.2.3-0.20190101000000-abcdefabcdef\ngo1.21rc2\n1.21.0-0", "v2.0.0+incompatible\n2\n3"]),
    order!("maven", Maven, ["1.0-alpha-1\n1.0.Final\n1-0.x1", "1-ga.1\n1..1\n1-sp"]),
    order!("gem", Gem, ["1.0.0.rc1\n1.0-a\n1.a.0", "4.2.5.1\n4.2\n4"]),
    order!("npm", Npm, ["=v1.2.3beta\n1.2.3-beta.1\n0", "1.2.3\n1.2.4\n01.2.3"]),
    order!("nuget", Nuget, ["1.2.3.4-RC.1+x\n1.2.3-rc.2\n1", "1\n2\n3"]),
    order!("composer", Composer, ["v1.2.3.4-beta.2-dev\n1.x-dev\n20100102", "2010-01-02.1\n1.0@dev\n1.0+b"]),
    requirement!("range_gem", Syntax::Gem, [">= 1.2, < 2, != 1.3\n1.2.rc1", "~> 2.0.0.rc1\n2.1"]),
    requirement!("range_npm", Syntax::Npm, ["^1.2 || ~1.4 || 2 - 3.1 || >=5<6\n1.2.3", "1.x\n2"]),
    requirement!("range_cargo", Syntax::Cargo, [">= 1.2.3, < 2\n1.2.3", "^0.0.3, 1.2.*\n1"]),
    requirement!("range_maven", Syntax::Maven, ["[1,2),(3,4],[5]\n1.0", "(,)\n1"]),
    requirement!("range_plain", Syntax::Plain(Scheme::Pep440), [">= 1.0rc1, != 1.5\n1.0", "= 1\n1"]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn fuzz_smoke() {
        casemate_estate::fuzz::smoke(TARGETS, casemate_estate::fuzz::rounds(60), 1024);
    }

    #[test]
    fn every_scheme_has_its_own_row() {
        let names: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
        assert_eq!(names.len(), TARGETS.len(), "a name picks one target");
        for scheme in Scheme::ALL {
            assert!(names.contains(scheme.name()), "{scheme} is read by no row");
        }
    }
}
