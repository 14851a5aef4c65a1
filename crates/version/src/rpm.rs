//! rpm: `rpmvercmp` over epoch, version and release
//! (<https://rpm-software-management.github.io/rpm/manual/dependencies.html#versioning>, `rpm-version(7)`).
use std::cmp::Ordering;

use crate::{
    cursor::{Cursor, Flaw},
    number,
};

/// `[epoch:]version[-release]`.
#[derive(Debug)]
pub(crate) struct Version<'a> {
    epoch: &'a [u8],
    version: &'a [u8],
    release: Option<&'a [u8]>,
}

/// The parts of any text.
pub(crate) fn split(text: &str) -> Version<'_> {
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) if epoch.bytes().all(|byte| byte.is_ascii_digit()) => {
            (number::trimmed(epoch.as_bytes()), rest)
        }
        _ => (&b""[..], text),
    };
    let (version, release) = match rest.rsplit_once('-') {
        Some((version, release)) => (version, Some(release.as_bytes())),
        None => (rest, None),
    };
    Version { epoch, version: version.as_bytes(), release }
}

/// rpm itself compares any text; what `rpmbuild` would not build is no version.
pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut rest = Cursor::new(text);
    if rest.rest().contains(&b':') {
        let start = rest;
        let epoch = rest.digits();
        if rest.eat(|byte| byte == b':').is_none() {
            return Err(start.flaw("the epoch is no number"));
        }
        let value = std::str::from_utf8(epoch).ok().map_or(Ok(0), |epoch| {
            // As rpm does, an empty epoch is 0.
            if epoch.is_empty() { Ok(0) } else { epoch.parse::<u32>() }
        });
        if value.is_err() {
            return Err(start.flaw("the epoch is too large"));
        }
    }
    if rest.is_empty() || rest.peek() == Some(b'-') {
        return Err(rest.flaw("the version is missing"));
    }
    rest.take(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'~' | b'^' | b'-' | b'%'));
    if !rest.is_empty() {
        return Err(rest.flaw("a character that rpm does not allow"));
    }
    let version = split(text);
    if version.release == Some(b"") {
        return Err(rest.flaw("the release is missing"));
    }
    Ok(version)
}

pub(crate) fn order(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    number::order(a.epoch, b.epoch).then_with(|| part_order(a.version, b.version)).then_with(|| {
        match (a.release, b.release) {
            (Some(a), Some(b)) => part_order(a, b),
            // `foo >= 1.0` holds for every release of 1.0: what names none means all.
            _ => Ordering::Equal,
        }
    })
}

fn skipped(text: &[u8]) -> &[u8] {
    let is = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(*byte, b'~' | b'^');
    let start = text.iter().position(is).unwrap_or(text.len());
    text.get(start..).unwrap_or_default()
}

/// Takes the run of bytes for which `is` holds.
fn run<'a>(rest: &mut &'a [u8], is: fn(&u8) -> bool) -> &'a [u8] {
    let end = rest.iter().position(|byte| !is(byte)).unwrap_or(rest.len());
    let (run, after) = rest.split_at_checked(end).unwrap_or((rest, b""));
    *rest = after;
    run
}

fn part_order(mut a: &[u8], mut b: &[u8]) -> Ordering {
    while !a.is_empty() || !b.is_empty() {
        (a, b) = (skipped(a), skipped(b));
        let (x, y) = (a.first().copied(), b.first().copied());
        let mark = match (x, y) {
            // A tilde before everything, even the end.
            (Some(b'~'), Some(b'~')) | (Some(b'^'), Some(b'^')) => Ordering::Equal,
            (Some(b'~'), _) => Ordering::Less,
            (_, Some(b'~')) => Ordering::Greater,
            // A caret after the end, before all else.
            (Some(b'^'), None) => Ordering::Greater,
            (None, Some(b'^')) => Ordering::Less,
            (Some(b'^'), _) => Ordering::Less,
            (_, Some(b'^')) => Ordering::Greater,
            (None, _) | (_, None) => break,
            (Some(x), Some(y)) => {
                let segment = match (x.is_ascii_digit(), y.is_ascii_digit()) {
                    (true, true) => number::order(
                        number::trimmed(run(&mut a, u8::is_ascii_digit)),
                        number::trimmed(run(&mut b, u8::is_ascii_digit)),
                    ),
                    // Numbers are newer than letters.
                    (true, false) => Ordering::Greater,
                    (false, true) => Ordering::Less,
                    (false, false) => run(&mut a, u8::is_ascii_alphabetic).cmp(run(&mut b, u8::is_ascii_alphabetic)),
                };
                if segment == Ordering::Equal {
                    continue;
                }
                segment
            }
        };
        if mark != Ordering::Equal {
            return mark;
        }
        a = a.get(1..).unwrap_or_default();
        b = b.get(1..).unwrap_or_default();
    }
    // Who has more is newer.
    (!a.is_empty()).cmp(&!b.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::{Scheme, scheme::check_table};
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn versions_are_ordered_as_rpm_says() {
        check_table(
            Scheme::Rpm,
            &[
                ("1.0~rc1", "1.0", Less, "a tilde sorts before the end"),
                ("1.0~rc1", "1.0~rc2", Less, "and then by what follows"),
                ("1.0~rc1~git1", "1.0~rc1", Less, "twice"),
                ("1.0^", "1.0", Greater, "a caret after the end"),
                ("1.0^git1", "1.0.1", Less, "before a further part"),
                ("1.0^git1", "1.01", Less, "before another number"),
                ("1.0^git1~pre", "1.0^git1", Less, "both marks"),
                ("1.0", "1.0.0", Less, "more parts are newer"),
                ("1.0.", "1.0", Equal, "separators alone are nothing"),
                ("1_0", "1.0", Equal, "any separator parts"),
                ("2.0", "2_0.1", Less, "and again"),
                ("1.010", "1.10", Equal, "leading zeros do not count"),
                ("1.a", "1.1", Less, "letters before numbers"),
                ("5.5p1", "5.5p10", Less, "letters and digits part"),
                ("5.5p2", "5.6p1", Less, "by the first difference"),
                ("10xyz", "10.1xyz", Less, "letters before numbers"),
                ("1.0", "1.0a", Less, "more is newer"),
                ("abc", "ABC", Greater, "by bytes"),
                ("1:0-1", "9-9", Greater, "an epoch outranks the rest"),
                ("0:1-1", "1-1", Equal, "a missing epoch is 0"),
                (":1-1", "1-1", Equal, "so is an empty one"),
                ("1-1", "1-2", Less, "the release decides last"),
                ("1", "1-2", Equal, "a missing release equals all"),
                ("2.34-60.el9_2.7", "2.34-60.el9", Greater, "an update of a minor release"),
                ("99999999999999999999999", "100000000000000000000000", Less, "longer than any integer"),
            ],
        );
    }

    #[test]
    fn what_rpm_does_not_build_is_named() {
        for (text, why, at) in [
            ("", "the version is missing", 0),
            ("-1", "the version is missing", 0),
            ("1-", "the release is missing", 2),
            ("a:1", "the epoch is no number", 0),
            ("4294967296:1", "the epoch is too large", 0),
            ("1 2", "a character that rpm does not allow", 1),
            ("1:2:3", "a character that rpm does not allow", 3),
        ] {
            let error = Scheme::Rpm.check(text).unwrap_err();
            assert_eq!((error.why, error.at), (why, at), "{text}");
        }
    }
}
