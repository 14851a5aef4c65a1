//! dpkg: Debian Policy, section 5.6.12 (<https://www.debian.org/doc/debian-policy/ch-controlfields.html#version>).
use std::cmp::Ordering;

use crate::{
    cursor::{Cursor, Flaw},
    number,
};

/// `[epoch:]upstream[-revision]`.
#[derive(Debug)]
pub(crate) struct Version<'a> {
    epoch: &'a [u8],
    upstream: &'a [u8],
    revision: &'a [u8],
}

/// dpkg keeps the epoch in an `int`.
const EPOCH_MAX: u64 = i32::MAX as u64;

/// The parts of any text. An epoch that is no number is taken as a part of the upstream version.
pub(crate) fn split(text: &str) -> Version<'_> {
    let text = text.trim_ascii();
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) if number::is_number(epoch.as_bytes()) => (number::trimmed(epoch.as_bytes()), rest),
        _ => (&b""[..], text),
    };
    // At the last hyphen, not the first: an upstream version may itself hold hyphens.
    let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, ""));
    Version { epoch, upstream: upstream.as_bytes(), revision: revision.as_bytes() }
}

/// As the policy allows them; that an upstream version starts with a digit is only its wish, and dpkg's warning.
pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut rest = Cursor::trimmed(text);
    let has_epoch = rest.rest().contains(&b':');
    if has_epoch {
        let start = rest;
        let epoch = rest.digits();
        if epoch.is_empty() || rest.eat(|byte| byte == b':').is_none() {
            return Err(start.flaw("the epoch is no number"));
        }
        let value = std::str::from_utf8(epoch).ok().and_then(|epoch| epoch.parse::<u64>().ok());
        if value.is_none_or(|value| value > EPOCH_MAX) {
            return Err(start.flaw("the epoch is too large"));
        }
    }
    if rest.is_empty() || rest.peek() == Some(b'-') {
        return Err(rest.flaw("the upstream version is missing"));
    }
    if rest.rest().last() == Some(&b'-') {
        rest.skip(rest.rest().len());
        return Err(rest.flaw("the revision is missing"));
    }
    rest.take(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'~') || (has_epoch && byte == b':')
    });
    if !rest.is_empty() {
        return Err(rest.flaw("a character that Debian's policy does not allow"));
    }
    let version = split(text);
    if version.revision.contains(&b':') {
        return Err(rest.flaw("a colon in the revision"));
    }
    Ok(version)
}

pub(crate) fn order(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    number::order(a.epoch, b.epoch)
        .then_with(|| part_order(a.upstream, b.upstream))
        .then_with(|| part_order(a.revision, b.revision))
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

fn part_order(mut a: &[u8], mut b: &[u8]) -> Ordering {
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
        match number::order(digits(&mut a), digits(&mut b)) {
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
    number::trimmed(run)
}

#[cfg(test)]
mod tests {
    use crate::{Scheme, scheme::check_table};
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn versions_are_ordered_as_the_policy_says() {
        check_table(
            Scheme::Debian,
            &[
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
                ("1:1:2", "1:1:10", Less, "a colon in the upstream version, where there is an epoch"),
            ],
        );
    }

    #[test]
    fn what_the_policy_does_not_allow_is_named() {
        for (text, why, at) in [
            ("", "the upstream version is missing", 0),
            ("1:", "the upstream version is missing", 2),
            ("-1", "the upstream version is missing", 0),
            ("1-", "the revision is missing", 2),
            ("a:1", "the epoch is no number", 0),
            (":1", "the epoch is no number", 0),
            ("2147483648:1", "the epoch is too large", 0),
            ("1.0_2", "a character that Debian's policy does not allow", 3),
            ("1.0 2", "a character that Debian's policy does not allow", 3),
            ("1.é", "a character that Debian's policy does not allow", 2),
        ] {
            let error = Scheme::Debian.check(text).unwrap_err();
            assert_eq!((error.why, error.at), (why, at), "{text}");
        }
        assert!(Scheme::Debian.check(" 1.0\n").is_ok(), "dpkg trims");
        assert!(Scheme::Debian.check("a1").is_ok(), "only a warning of dpkg");
    }
}
