//! The order of Debian versions (Debian Policy, section 5.6.12; as dpkg compares them).
use std::cmp::Ordering;

/// Orders two versions `[epoch:]upstream[-revision]`. A missing epoch or revision is 0; `~` sorts before the end. An epoch
/// that is no number is taken as a part of the upstream version, so that every two texts have an order.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (Parts::of(a), Parts::of(b));
    a.epoch
        .cmp(&b.epoch)
        .then_with(|| part_compare(a.upstream.as_bytes(), b.upstream.as_bytes()))
        .then_with(|| part_compare(a.revision.as_bytes(), b.revision.as_bytes()))
}

struct Parts<'a> {
    epoch: u64,
    upstream: &'a str,
    revision: &'a str,
}

impl<'a> Parts<'a> {
    fn of(version: &'a str) -> Self {
        let version = version.trim();
        let (epoch, rest) = match version.split_once(':') {
            Some((epoch, rest)) if !epoch.is_empty() && epoch.bytes().all(|b| b.is_ascii_digit()) => {
                (epoch.parse().unwrap_or(u64::MAX), rest)
            }
            _ => (0, version),
        };
        // At the last hyphen, not the first: an upstream version may itself hold hyphens.
        let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, ""));
        Self { epoch, upstream, revision }
    }
}

/// Letters before everything else that is no digit, `~` before the end, the end before letters.
fn weight(byte: Option<u8>) -> u16 {
    match byte {
        Some(b'~') => 0,
        None => 1,
        Some(b) if b.is_ascii_digit() => 1,
        Some(b) if b.is_ascii_alphabetic() => 2 + u16::from(b),
        Some(b) => 300 + u16::from(b),
    }
}

fn part_compare(mut a: &[u8], mut b: &[u8]) -> Ordering {
    loop {
        // First the run of what is no digit …
        loop {
            let (x, y) = (a.first().copied(), b.first().copied());
            let text = |byte: Option<u8>| byte.is_some_and(|b| !b.is_ascii_digit());
            if !text(x) && !text(y) {
                break;
            }
            match weight(x).cmp(&weight(y)) {
                Ordering::Equal => {}
                order => return order,
            }
            a = a.get(1..).unwrap_or_default();
            b = b.get(1..).unwrap_or_default();
        }
        if a.is_empty() && b.is_empty() {
            return Ordering::Equal;
        }
        // … then the run of digits as a number of any length.
        let (x, y) = (digits(&mut a), digits(&mut b));
        match x.len().cmp(&y.len()).then_with(|| x.cmp(y)) {
            Ordering::Equal => {}
            order => return order,
        }
    }
}

/// Takes the digits at the start, without leading zeros.
fn digits<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let end = rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
    let (run, after) = rest.split_at_checked(end).unwrap_or((rest, b""));
    *rest = after;
    let zeros = run.iter().take_while(|b| **b == b'0').count();
    run.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn versions_are_ordered_as_the_policy_says() {
        use Ordering::{Equal, Greater, Less};
        for (a, b, want, why) in [
            ("1.0~rc1", "1.0", Less, "a tilde sorts before the end"),
            ("1.0~~", "1.0~", Less, "two tildes before one"),
            ("1.0~~a", "1.0~", Less, "the policy's own row"),
            ("1.0~", "1.0", Less, "even an empty rest after the tilde"),
            ("1:0", "9", Greater, "an epoch outranks the rest"),
            ("0:1", "1", Equal, "a missing epoch is 0"),
            ("1.0-0", "1.0", Equal, "a missing revision is 0"),
            ("1.0-1", "1.0-2", Less, "the revision decides last"),
            ("1.10", "1.9", Greater, "digits are a number"),
            ("1.010", "1.10", Equal, "leading zeros do not count"),
            ("1.0a", "1.0+", Less, "letters before other characters"),
            ("1.0", "1.0a", Less, "the end before letters"),
            ("1-2-3", "1-2-4", Less, "only the last hyphen parts the revision"),
            ("1-2-3", "1-3", Greater, "the upstream version is `1-2`, which is more than `1`"),
            ("2.36-9+deb12u10", "2.36-9+deb12u9", Greater, "a security revision of Debian"),
            ("99999999999999999999999", "100000000000000000000000", Less, "longer than any integer"),
            ("", "0", Equal, "nothing is zero"),
        ] {
            assert_eq!(compare(a, b), want, "{a} against {b}: {why}");
            assert_eq!(compare(b, a), want.reverse(), "{b} against {a}: {why}");
        }
    }

    proptest! {
        #[test]
        fn order_is_total(a in "[0-9a-z.+~:-]{0,12}", b in "[0-9a-z.+~:-]{0,12}", c in "[0-9a-z.+~:-]{0,12}") {
            prop_assert_eq!(compare(&a, &a), Ordering::Equal);
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le());
            }
        }

        #[test]
        fn never_panics(a in ".*", b in ".*") {
            compare(&a, &b);
        }
    }
}
