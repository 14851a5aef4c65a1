//! Semantic Versioning 2.0.0 (<https://semver.org/spec/v2.0.0.html>), and what Go, npm and NuGet make of it.
//!
//! OSV asks that minor and patch may be missing (`0`, `1.2`); a leading `v` and leading zeros are accepted too.
use std::cmp::Ordering;

use crate::{
    cursor::{Cursor, Flaw},
    number,
};

/// A version. Build metadata has no part in the order and is not kept.
#[derive(Debug, Default)]
pub(crate) struct Version<'a> {
    /// Major, minor, patch and, with NuGet, revision; without leading zeros.
    pub(crate) numbers: [&'a [u8]; 4],
    /// Identifiers between dots; empty where there are none.
    pub(crate) pre: &'a [u8],
    /// One more identifier: Go's `rc2` is `rc` and `2`.
    pub(crate) pre_number: &'a [u8],
}

/// What an ecosystem allows.
pub(crate) struct Rules {
    /// Numbers that a version may have.
    pub(crate) numbers: usize,
    /// A label may follow the last number without a hyphen.
    pub(crate) plain_label: bool,
}

pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut rest = Cursor::new(text);
    rest.eat(|byte| matches!(byte, b'v' | b'V'));
    parse_rest(rest, &Rules { numbers: 3, plain_label: false })
}

/// Reads all that is left as a version.
pub(crate) fn parse_rest<'a>(mut rest: Cursor<'a>, rules: &Rules) -> Result<Version<'a>, Flaw> {
    let mut version = Version::default();
    let count = numbers(&mut rest, &mut version, rules.numbers)?;
    let hyphen = rest.eat(|byte| byte == b'-').is_some();
    let plain =
        rules.plain_label && count == rules.numbers && rest.peek().is_some_and(|byte| byte.is_ascii_alphabetic());
    if hyphen || plain {
        version.pre = identifiers(&mut rest)?;
    }
    if rest.eat(|byte| byte == b'+').is_some() {
        identifiers(&mut rest)?;
    }
    rest.end()?;
    Ok(version)
}

/// Takes numbers between dots, at most `most`, and says how many.
pub(crate) fn numbers<'a>(rest: &mut Cursor<'a>, version: &mut Version<'a>, most: usize) -> Result<usize, Flaw> {
    let mut count = 0;
    for number in version.numbers.iter_mut().take(most) {
        if count > 0 && rest.eat(|byte| byte == b'.').is_none() {
            break;
        }
        *number = rest.number()?;
        count += 1;
    }
    Ok(count)
}

/// Takes identifiers of letters, digits and hyphens between dots; none may be empty.
fn identifiers<'a>(rest: &mut Cursor<'a>) -> Result<&'a [u8], Flaw> {
    let start = *rest;
    loop {
        if rest.take(|byte| byte.is_ascii_alphanumeric() || byte == b'-').is_empty() {
            return Err(rest.flaw("an identifier is missing"));
        }
        if rest.eat(|byte| byte == b'.').is_none() {
            break;
        }
    }
    let length = rest.at() - start.at();
    Ok(start.rest().get(..length).unwrap_or_default())
}

/// Section 11 of the specification.
pub(crate) fn order(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    order_by(a, b, |a, b| a.cmp(b))
}

/// The same, with letters of labels in any case.
pub(crate) fn order_folded(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    order_by(a, b, |a, b| a.iter().map(u8::to_ascii_lowercase).cmp(b.iter().map(u8::to_ascii_lowercase)))
}

fn order_by(a: &Version<'_>, b: &Version<'_>, text: fn(&[u8], &[u8]) -> Ordering) -> Ordering {
    for (a, b) in a.numbers.iter().zip(&b.numbers) {
        match number::order(a, b) {
            Ordering::Equal => {}
            order => return order,
        }
    }
    match (a.pre.is_empty(), b.pre.is_empty()) {
        (true, true) => return Ordering::Equal,
        // What has a label comes before what has none.
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let (mut a, mut b) = (a.identifiers(), b.identifiers());
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (number::is_number(a), number::is_number(b)) {
                (true, true) => number::order(number::trimmed(a), number::trimmed(b)),
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => text(a, b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

impl<'a> Version<'a> {
    fn identifiers(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let number = Some(self.pre_number).filter(|number| !number.is_empty());
        self.pre.split(|byte| *byte == b'.').chain(number)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Scheme, scheme::check_table};
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn versions_are_ordered_as_the_specification_says() {
        check_table(
            Scheme::Semver,
            &[
                ("1.0.0-alpha", "1.0.0-alpha.1", Less, "section 11: more identifiers are newer"),
                ("1.0.0-alpha.1", "1.0.0-alpha.beta", Less, "section 11: numbers before letters"),
                ("1.0.0-alpha.beta", "1.0.0-beta", Less, "section 11"),
                ("1.0.0-beta", "1.0.0-beta.2", Less, "section 11"),
                ("1.0.0-beta.2", "1.0.0-beta.11", Less, "section 11: numbers by value"),
                ("1.0.0-beta.11", "1.0.0-rc.1", Less, "section 11"),
                ("1.0.0-rc.1", "1.0.0", Less, "section 11: a label comes before"),
                ("1.0.0+a", "1.0.0+b", Equal, "section 10: builds have no order"),
                ("1.0.0-Beta", "1.0.0-alpha", Less, "by ASCII: capitals first"),
                ("1.10.0", "1.9.0", Greater, "numbers by value"),
                ("v1.2.3", "1.2.3", Equal, "accepted: a leading v"),
                ("1", "1.0.0", Equal, "accepted: missing numbers are 0"),
                ("1.2-rc1", "1.2.0-rc1", Equal, "accepted: also before a label"),
                ("01.2.3", "1.2.3", Equal, "accepted: leading zeros"),
                ("1.0.0--", "1.0.0-a", Less, "a hyphen may be an identifier"),
                ("99999999999999999999.0.0", "100000000000000000000.0.0", Less, "longer than any integer"),
            ],
        );
    }

    #[test]
    fn what_is_no_version_is_named() {
        for (text, why, at) in [
            ("", "a number is missing", 0),
            ("1.", "a number is missing", 2),
            ("1.2.3.4", "what follows is not understood", 5),
            ("1.2.3-", "an identifier is missing", 6),
            ("1.2.3-a..b", "an identifier is missing", 8),
            ("1.2.3+", "an identifier is missing", 6),
            ("1.2.3beta", "what follows is not understood", 5),
            (" 1.2.3", "a number is missing", 0),
        ] {
            let error = Scheme::Semver.check(text).unwrap_err();
            assert_eq!((error.why, error.at), (why, at), "{text}");
        }
    }
}
