//! Whether a version is affected, by the algorithm that OSV publishes
//! (<https://ossf.github.io/osv-schema/#evaluation>).
use std::cmp::Ordering;

use casemate_version::{Scheme, VersionError};

use crate::{Affected, Event, Range, RangeType};

/// Where a version lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Affected; the lowest fix above it, where there is one.
    In {
        /// See above.
        fixed: Option<String>,
    },
    /// Not affected.
    Out,
    /// The advisory names neither versions nor ranges of them; commits at most.
    Unsaid,
}

/// Whether `version` is affected.
///
/// # Errors
/// [`VersionError`] where it cannot be told because a version that matters cannot be ordered.
pub(crate) fn place(scheme: Scheme, version: &str, affected: &Affected) -> Result<Place, VersionError> {
    let ranges = || affected.ranges.iter().filter(|range| range.kind != RangeType::Git && !range.events.is_empty());
    if affected.versions.is_empty() && ranges().next().is_none() {
        return Ok(Place::Unsaid);
    }
    let mut error = None;
    for range in ranges() {
        let order = order_of(scheme, range.kind);
        match in_range(order, version, range) {
            Ok(Some(fixed)) => return Ok(Place::In { fixed: fixed.map(str::to_owned) }),
            Ok(None) => {}
            Err(unordered) => error = error.or(Some(unordered)),
        }
    }
    if is_listed(scheme, version, &affected.versions) {
        let fixed = fixes(affected)
            .filter(|fix| scheme.compare(fix, version).is_ok_and(Ordering::is_gt))
            .min_by(|a, b| scheme.order(a, b));
        return Ok(Place::In { fixed: fixed.map(str::to_owned) });
    }
    error.map_or(Ok(Place::Out), Err)
}

/// Versions that fix it, in the source's order.
pub(crate) fn fixes(affected: &Affected) -> impl Iterator<Item = &str> {
    affected.ranges.iter().filter(|range| range.kind != RangeType::Git).flat_map(|range| &range.events).filter_map(
        |event| match event {
            Event::Fixed(version) => Some(version.as_str()),
            _ => None,
        },
    )
}

/// Whether it says which version fixes it.
pub(crate) fn has_fix(affected: &Affected) -> bool {
    fixes(affected).next().is_some()
}

/// A range of semantic versions is ordered by them, but for ecosystems whose own order is theirs with more spellings (Go's
/// `v1.0.0`, npm's loose forms).
fn order_of(scheme: Scheme, kind: RangeType) -> Scheme {
    match (kind, scheme) {
        (RangeType::Semver, Scheme::Go | Scheme::Npm | Scheme::Nuget | Scheme::Composer) => scheme,
        (RangeType::Semver, _) => Scheme::Semver,
        _ => scheme,
    }
}

fn is_listed(scheme: Scheme, version: &str, versions: &[String]) -> bool {
    if versions.iter().any(|listed| listed == version) {
        return true;
    }
    // Other spellings of the same version; for dpkg, apk and rpm there are none that a list would use.
    !matches!(scheme, Scheme::Debian | Scheme::Apk | Scheme::Rpm)
        && versions.iter().any(|listed| scheme.same(listed, version))
}

/// Some where the version is in the range, with the fix that ends its interval.
fn in_range<'a>(scheme: Scheme, version: &str, range: &'a Range) -> Result<Option<Option<&'a str>>, VersionError> {
    if !before_limits(scheme, version, range)? {
        return Ok(None);
    }
    let mut events: Vec<&Event> = Vec::with_capacity(range.events.len());
    for event in range.events.iter().filter(|event| !matches!(event, Event::Limit(_))) {
        // Insertion, since an order that can fail is no `sort_by`; equal ones keep the source's order.
        let mut at = events.len();
        while let Some(before) = at.checked_sub(1).and_then(|before| events.get(before)) {
            if compare(scheme, text(before), text(event))? != Ordering::Greater {
                break;
            }
            at -= 1;
        }
        events.insert(at, event);
    }
    let mut affected = false;
    for event in &events {
        match event {
            Event::Introduced(at) => affected |= compare(scheme, version, at)?.is_ge(),
            Event::Fixed(at) => affected &= compare(scheme, version, at)?.is_lt(),
            Event::LastAffected(at) => affected &= compare(scheme, version, at)?.is_le(),
            Event::Limit(_) => {}
        }
    }
    if !affected {
        return Ok(None);
    }
    for event in events {
        if let Event::Fixed(at) = event
            && compare(scheme, version, at)?.is_lt()
        {
            return Ok(Some(Some(at)));
        }
    }
    Ok(Some(None))
}

/// A range without limits has none; with some, the version must be below one of them.
fn before_limits(scheme: Scheme, version: &str, range: &Range) -> Result<bool, VersionError> {
    let mut any = false;
    for event in &range.events {
        if let Event::Limit(limit) = event {
            if limit == "*" || compare(scheme, version, limit)?.is_lt() {
                return Ok(true);
            }
            any = true;
        }
    }
    Ok(!any)
}

fn text(event: &Event) -> &str {
    match event {
        Event::Introduced(at) | Event::Fixed(at) | Event::LastAffected(at) | Event::Limit(at) => at,
    }
}

/// `0` is before every version, also where the scheme has lower ones or does not allow it.
fn compare(scheme: Scheme, a: &str, b: &str) -> Result<Ordering, VersionError> {
    match (a, b) {
        ("0", "0") => Ok(Ordering::Equal),
        ("0", _) => Ok(Ordering::Less),
        (_, "0") => Ok(Ordering::Greater),
        _ => scheme.compare(a, b),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::tests::events;

    fn affected(kind: RangeType, ranges: &[&str], versions: &[&str]) -> Affected {
        Affected {
            ranges: ranges.iter().map(|text| Range { kind, events: events(text) }).collect(),
            versions: versions.iter().map(|version| (*version).to_owned()).collect(),
            ..Affected::default()
        }
    }

    #[test]
    fn the_algorithm_is_osvs() {
        let some = |fixed: Option<&str>| Place::In { fixed: fixed.map(str::to_owned) };
        let one = RangeType::Ecosystem;
        for (version, ranges, versions, want, why) in [
            ("1.0", &["introduced 0, fixed 1.1"][..], &[][..], some(Some("1.1")), "below the fix"),
            ("1.1", &["introduced 0, fixed 1.1"], &[], Place::Out, "the fix itself"),
            ("0.9", &["introduced 1.0, fixed 1.1"], &[], Place::Out, "before it came in"),
            ("1.0", &["introduced 1.0"], &[], some(None), "where it came in, and no fix"),
            ("1.5", &["introduced 0, last 1.5"], &[], some(None), "the last one that has it"),
            ("1.6", &["introduced 0, last 1.5"], &[], Place::Out, "after the last one"),
            (
                "2.1",
                &["introduced 0, fixed 1.5, introduced 2.0, fixed 2.3"],
                &[],
                some(Some("2.3")),
                "the fix of its branch",
            ),
            ("1.7", &["introduced 0, fixed 1.5, introduced 2.0, fixed 2.3"], &[], Place::Out, "between the branches"),
            (
                "2.1",
                &["fixed 2.3, introduced 2.0, fixed 1.5, introduced 0"],
                &[],
                some(Some("2.3")),
                "events in any order",
            ),
            ("1.0", &["introduced 0, fixed 2.0, limit 1.0"], &[], Place::Out, "at the limit"),
            ("0.9", &["introduced 0, fixed 2.0, limit 1.0"], &[], some(Some("2.0")), "below the limit"),
            ("9", &["introduced 0, limit *"], &[], some(None), "a limit that is none"),
            ("3", &["introduced 0, limit 1, limit 4"], &[], some(None), "below one of two limits"),
            ("1.0", &["introduced 2.0", "introduced 0, fixed 1.1"], &[], some(Some("1.1")), "in the second range"),
            ("1.0.0", &["introduced 2.0, fixed 2.1"], &["1.0"], some(Some("2.1")), "listed, in another spelling"),
            ("1.0.1", &[], &["1.0"], Place::Out, "listed are others"),
            ("1.0", &[], &[], Place::Unsaid, "nothing is said"),
            ("0a1", &["introduced 0"], &[], some(None), "0 is before what sorts below it too"),
        ] {
            assert_eq!(
                place(Scheme::Pep440, version, &affected(one, ranges, versions)).unwrap(),
                want,
                "{version}: {why}"
            );
        }
        assert_eq!(
            place(Scheme::Pep440, "1", &affected(RangeType::Git, &["introduced 0"], &[])).unwrap(),
            Place::Unsaid
        );
    }

    #[test]
    fn semantic_ranges_are_ordered_by_semver_and_gos_by_go() {
        let range = affected(RangeType::Semver, &["introduced 0, fixed 1.2.3"], &[]);
        for (scheme, version, inside) in [
            (Scheme::Semver, "1.2.3-rc.1", true),
            (Scheme::Go, "v1.2.2", true),
            (Scheme::Go, "v1.2.3", false),
            (Scheme::Npm, "1.2.2", true),
            (Scheme::Gem, "1.2.2", true),
        ] {
            let got = matches!(place(scheme, version, &range).unwrap(), Place::In { .. });
            assert_eq!(got, inside, "{scheme} {version}");
        }
    }

    #[test]
    fn one_range_that_cannot_be_ordered_hides_none_that_can() {
        let both = affected(RangeType::Ecosystem, &["introduced ???", "introduced 0, fixed 2"], &[]);
        assert!(matches!(place(Scheme::Pep440, "1", &both), Ok(Place::In { .. })), "affected all the same");
        assert!(place(Scheme::Pep440, "3", &both).is_err(), "but not clean");
        let listed = affected(RangeType::Ecosystem, &["introduced 0, fixed 2"], &["odd"]);
        assert!(
            matches!(place(Scheme::Pep440, "odd", &listed), Ok(Place::In { .. })),
            "the same text is the same version"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        /// Against the algorithm as OSV's page puts it, over integers.
        #[test]
        fn it_agrees_with_the_published_pseudocode(
            cuts in prop::collection::vec((0..4_u8, 1..20_u8), 0..8), version in 1..20_u8,
        ) {
            let events: Vec<Event> = cuts.iter().map(|(kind, at)| {
                let at = at.to_string();
                match kind { 0 => Event::Introduced(at), 1 => Event::Fixed(at), 2 => Event::LastAffected(at), _ => Event::Limit(at) }
            }).collect();
            let limits: Vec<u8> = cuts.iter().filter(|(kind, _)| *kind == 3).map(|(_, at)| *at).collect();
            let mut sorted: Vec<(u8, u8)> = cuts.iter().filter(|(kind, _)| *kind != 3).map(|(kind, at)| (*at, *kind)).collect();
            sorted.sort_by_key(|(at, _)| *at);
            let mut want = false;
            for (at, kind) in sorted {
                match kind {
                    0 if version >= at => want = true,
                    1 if version >= at => want = false,
                    2 if version > at => want = false,
                    _ => {}
                }
            }
            want &= limits.is_empty() || limits.iter().any(|limit| version < *limit);
            let affected = Affected { ranges: vec![Range { kind: RangeType::Ecosystem, events }], ..Affected::default() };
            let got = place(Scheme::Semver, &version.to_string(), &affected).unwrap();
            prop_assert_eq!(matches!(got, Place::In { .. }), want);
        }
    }
}
