//! Composer: versions as its parser normalises them, ordered as PHP's `version_compare` does
//! (<https://getcomposer.org/doc/articles/versions.md>, <https://www.php.net/version_compare>).
use std::cmp::Ordering;

use crate::{
    cursor::{Cursor, Flaw},
    number,
};

/// A version in its parts.
#[derive(Debug)]
pub(crate) struct Version<'a> {
    /// Between dots; for dates any separator, or none.
    numbers: Numbers<'a>,
    stability: Option<Stability>,
    /// Digits with dots and hyphens between.
    stability_numbers: &'a [u8],
    dev: bool,
}

#[derive(Debug, Clone, Copy)]
enum Numbers<'a> {
    /// One to four; missing ones are 0.
    Classic(&'a [u8]),
    /// A date, perhaps with time and more.
    Date(&'a [u8]),
    /// `1.x-dev`: what is missing is larger than any number that is released.
    Branch(&'a [u8]),
}

/// In rising order; a plain version stands between the last two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stability {
    Alpha,
    Beta,
    Candidate,
    Patch,
}

/// What Composer puts for `x` in a branch.
const ANY: &[u8] = b"9999999";

/// Longer words before those that they start with. `stable` says nothing.
const STABILITIES: &[(&str, Option<Stability>)] = &[
    ("stable", None),
    ("alpha", Some(Stability::Alpha)),
    ("a", Some(Stability::Alpha)),
    ("beta", Some(Stability::Beta)),
    ("b", Some(Stability::Beta)),
    ("rc", Some(Stability::Candidate)),
    ("patch", Some(Stability::Patch)),
    ("pl", Some(Stability::Patch)),
    ("p", Some(Stability::Patch)),
];

pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut rest = Cursor::trimmed(text);
    for branch in ["dev-", "master", "trunk", "default"] {
        let mut ahead = rest;
        if ahead.eat_word(branch) {
            return Err(rest.flaw("a branch has no place in the order"));
        }
    }
    rest.eat(|byte| matches!(byte, b'v' | b'V'));
    let numbers = numbers(&mut rest)?;
    if let Numbers::Branch(_) = numbers {
        rest.eat(|byte| matches!(byte, b'-' | b'.'));
        if !rest.eat_word("dev") {
            return Err(rest.flaw("a branch ends with `-dev`"));
        }
        rest.end()?;
        return Ok(Version { numbers, stability: None, stability_numbers: b"", dev: true });
    }
    let (stability, stability_numbers) = stability(&mut rest);
    let mut ahead = rest;
    ahead.eat(|byte| matches!(byte, b'-' | b'.'));
    let dev = ahead.eat_word("dev");
    if dev {
        rest = ahead;
    }
    if rest.eat(|byte| byte == b'+').is_some() && rest.take(|byte| byte.is_ascii_graphic() && byte != b',').is_empty() {
        return Err(rest.flaw("the build is missing"));
    }
    if rest.eat(|byte| byte == b'@').is_some() && rest.take(|byte| byte.is_ascii_alphabetic()).is_empty() {
        return Err(rest.flaw("the stability is missing"));
    }
    rest.end()?;
    // `1.2.3-stable4` is 1.2.3.
    let stability_numbers = if stability.is_some() { stability_numbers } else { b"" };
    Ok(Version { numbers, stability, stability_numbers, dev })
}

fn numbers<'a>(rest: &mut Cursor<'a>) -> Result<Numbers<'a>, Flaw> {
    let start = *rest;
    let taken = |rest: &Cursor<'a>| start.rest().get(..rest.at() - start.at()).unwrap_or_default();
    let first = rest.digits();
    if first.is_empty() {
        return Err(rest.flaw("a number is missing"));
    }
    let (mut count, mut branch) = (1, false);
    while count < 4 && first.len() <= 5 {
        let mut ahead = *rest;
        if ahead.eat(|byte| byte == b'.').is_none() {
            break;
        }
        if ahead.eat(|byte| matches!(byte, b'x' | b'X' | b'*')).is_some() {
            branch = true;
        } else if branch || ahead.digits().is_empty() {
            break;
        }
        *rest = ahead;
        count += 1;
    }
    if branch {
        return Ok(Numbers::Branch(taken(rest)));
    }
    if first.len() <= 5 && !matches!(rest.rest(), [b'.' | b'-' | b':', next, ..] if next.is_ascii_digit()) {
        return Ok(Numbers::Classic(taken(rest)));
    }
    *rest = start;
    if date(rest) {
        return Ok(Numbers::Date(taken(rest)));
    }
    Err(start.flaw("neither up to four numbers nor a date"))
}

/// Takes a date: a year, then pairs of digits, then at most two numbers.
fn date(rest: &mut Cursor<'_>) -> bool {
    fn group(rest: &mut Cursor<'_>, most: usize, least: usize) -> bool {
        let mut ahead = *rest;
        ahead.eat(|byte| matches!(byte, b'.' | b'-' | b':'));
        let digits = ahead.rest().iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        ahead.skip(digits);
        if digits >= least {
            *rest = ahead;
        }
        digits >= least
    }
    if !group(rest, 4, 4) {
        return false;
    }
    let pairs = (0..6).take_while(|_| group(rest, 2, 2)).count();
    let _more = (0..2).take_while(|_| group(rest, 3, 1)).count();
    pairs > 0 && !rest.peek().is_some_and(|byte| byte.is_ascii_digit())
}

/// Takes `[._-]?(stable|beta|…)(numbers)?`, where it comes next.
fn stability<'a>(rest: &mut Cursor<'a>) -> (Option<Stability>, &'a [u8]) {
    let mut ahead = *rest;
    ahead.eat(|byte| matches!(byte, b'.' | b'_' | b'-'));
    let Some((_, stability)) = STABILITIES.iter().find(|(word, _)| ahead.eat_word(word)) else { return (None, b"") };
    let start = ahead;
    loop {
        let mut group = ahead;
        group.eat(|byte| matches!(byte, b'.' | b'-'));
        if group.digits().is_empty() {
            break;
        }
        ahead = group;
    }
    *rest = ahead;
    (*stability, start.rest().get(..ahead.at() - start.at()).unwrap_or_default())
}

/// A part as `version_compare` sees it.
#[derive(PartialEq, Eq)]
enum Part<'a> {
    Dev,
    Stability(Stability),
    End,
    /// Without leading zeros.
    Number(&'a [u8]),
}

impl Part<'_> {
    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => number::order(a, b),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Dev => 0,
            Self::Stability(Stability::Alpha) => 1,
            Self::Stability(Stability::Beta) => 2,
            Self::Stability(Stability::Candidate) => 3,
            Self::End => 4,
            Self::Number(_) => 5,
            Self::Stability(Stability::Patch) => 6,
        }
    }
}

impl<'a> Version<'a> {
    fn parts(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let split = |text: &'a [u8]| {
            text.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'*').filter(|part| !part.is_empty())
        };
        let (text, fill, least): (_, &'static [u8], _) = match self.numbers {
            Numbers::Classic(text) => (text, b"", 4),
            Numbers::Date(text) => (text, b"", 0),
            Numbers::Branch(text) => (text, ANY, 4),
        };
        let count = split(text).count();
        let numbers = split(text).map(move |part| match part {
            b"x" | b"X" | b"*" => Part::Number(ANY),
            digits => Part::Number(number::trimmed(digits)),
        });
        let missing = std::iter::repeat_n(fill, least.max(count) - count).map(Part::Number);
        let stability = self.stability.map(Part::Stability);
        let more = split(self.stability_numbers).map(|digits| Part::Number(number::trimmed(digits)));
        numbers.chain(missing).chain(stability).chain(more).chain(self.dev.then_some(Part::Dev))
    }
}

pub(crate) fn order(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    let (mut a, mut b) = (a.parts(), b.parts());
    loop {
        let (x, y) = (a.next().unwrap_or(Part::End), b.next().unwrap_or(Part::End));
        if x == Part::End && y == Part::End {
            return Ordering::Equal;
        }
        match x.order(&y) {
            Ordering::Equal => {}
            order => return order,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Scheme, scheme::check_table};
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn versions_are_ordered_as_composer_says() {
        check_table(
            Scheme::Composer,
            &[
                ("1", "1.0.0.0", Equal, "missing numbers are 0"),
                ("v1.2", "1.2.0", Equal, "a leading v"),
                ("1.0-dev", "1.0-alpha1", Less, "the order of stabilities"),
                ("1.0-alpha1", "1.0-beta1", Less, "the order of stabilities"),
                ("1.0-beta1", "1.0-RC1", Less, "the order of stabilities"),
                ("1.0-RC1", "1.0", Less, "the order of stabilities"),
                ("1.0", "1.0-p1", Less, "the order of stabilities"),
                ("1.0-alpha", "1.0-alpha1", Less, "more is newer"),
                ("1.0-alpha1-dev", "1.0-alpha1", Less, "unless it is dev"),
                ("1.0a1", "1.0-alpha1", Equal, "spellings"),
                ("1.0.B2", "1.0_beta.2", Equal, "spellings"),
                ("1.0-pl1", "1.0-patch1", Equal, "spellings"),
                ("1.0rc1", "1.0-RC1", Equal, "case"),
                ("1.0-stable", "1.0", Equal, "stable says nothing"),
                ("1.0+build.1", "1.0", Equal, "nor does the build"),
                ("1.0@dev", "1.0", Equal, "nor a flag of a requirement"),
                ("1.10", "1.9", Greater, "numbers by value"),
                ("2010.01.02", "2010.1.3", Less, "a date of three numbers"),
                ("20100102", "20100103", Less, "a date without separators"),
                ("2010-01-02", "2010.01.03", Less, "with any separator"),
                ("1.x-dev", "1.999.0", Greater, "a branch is newer than its releases"),
                ("1.x-dev", "2.0", Less, "and older than the next"),
                ("2.1.x-dev", "2.x-dev", Less, "branches among themselves"),
            ],
        );
    }

    #[test]
    fn what_composer_does_not_order_is_named() {
        for (text, why, at) in [
            ("", "a number is missing", 0),
            ("dev-main", "a branch has no place in the order", 0),
            ("master", "a branch has no place in the order", 0),
            ("1.2.3.4.5", "neither up to four numbers nor a date", 0),
            ("1.0-foo", "what follows is not understood", 3),
            ("1.x", "a branch ends with `-dev`", 3),
            ("1.0+", "the build is missing", 4),
            ("12345-6", "neither up to four numbers nor a date", 0),
        ] {
            let error = Scheme::Composer.check(text).unwrap_err();
            assert_eq!((error.why, error.at), (why, at), "{text}");
        }
    }
}
