//! RubyGems: `Gem::Version` (<https://docs.ruby-lang.org/en/master/Gem/Version.html>).
use std::cmp::Ordering;

use crate::{
    cursor::{Cursor, Flaw},
    number,
};

/// A text that was checked, without white space around it.
#[derive(Debug)]
pub(crate) struct Version<'a>(&'a [u8]);

/// Numbers, then parts of letters and digits between dots; a hyphen starts more parts, and means `.pre.`.
pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut rest = Cursor::trimmed(text);
    let whole = rest.rest();
    rest.number()?;
    let mut hyphen = false;
    loop {
        if rest.eat(|byte| byte == b'.').is_some() {
            let part = rest.take(|byte| byte.is_ascii_alphanumeric() || (hyphen && byte == b'-'));
            if part.is_empty() {
                return Err(rest.flaw("a part is missing"));
            }
        } else if !hyphen && rest.eat(|byte| byte == b'-').is_some() {
            hyphen = true;
            if rest.take(|byte| byte.is_ascii_alphanumeric() || byte == b'-').is_empty() {
                return Err(rest.flaw("a part is missing"));
            }
        } else {
            rest.end()?;
            return Ok(Version(whole));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Segment<'a> {
    /// Without leading zeros; zero is empty.
    Number(&'a [u8]),
    Text(&'a [u8]),
}

const ZERO: Segment<'static> = Segment::Number(b"");

/// Runs of digits and runs of letters, as they stand.
struct Segments<'a>(&'a [u8]);

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        loop {
            let first = *self.0.first()?;
            let end = |is: fn(&u8) -> bool| self.0.iter().position(|byte| !is(byte)).unwrap_or(self.0.len());
            let end = match first {
                b'0'..=b'9' => end(u8::is_ascii_digit),
                _ if first.is_ascii_alphabetic() => end(u8::is_ascii_alphabetic),
                _ => 1,
            };
            let (run, rest) = self.0.split_at_checked(end)?;
            self.0 = rest;
            match first {
                b'0'..=b'9' => return Some(Segment::Number(number::trimmed(run))),
                b'-' => return Some(Segment::Text(b"pre")),
                b'.' => {}
                _ => return Some(Segment::Text(run)),
            }
        }
    }
}

/// The same without the zeros at the end of the numbers before the first text, and at the end of all.
struct Canonical<'a> {
    segments: Segments<'a>,
    zeros: usize,
    next: Option<Segment<'a>>,
    text_seen: bool,
}

impl<'a> Canonical<'a> {
    fn new(version: &Version<'a>) -> Self {
        Self { segments: Segments(version.0), zeros: 0, next: None, text_seen: false }
    }
}

impl<'a> Iterator for Canonical<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        if self.next.is_none() {
            self.zeros = 0;
            self.next = self.segments.find(|segment| {
                let zero = *segment == ZERO;
                self.zeros += usize::from(zero);
                !zero
            });
            let next = self.next?;
            if matches!(next, Segment::Text(_)) && !self.text_seen {
                self.text_seen = true;
                self.zeros = 0;
            }
        }
        if self.zeros > 0 {
            self.zeros -= 1;
            return Some(ZERO);
        }
        self.next.take()
    }
}

pub(crate) fn order(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    let (mut a, mut b) = (Canonical::new(a), Canonical::new(b));
    loop {
        let (x, y) = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            // A missing segment is 0.
            (x, y) => (x.unwrap_or(ZERO), y.unwrap_or(ZERO)),
        };
        let order = match (x, y) {
            (Segment::Number(x), Segment::Number(y)) => number::order(x, y),
            (Segment::Text(x), Segment::Text(y)) => x.cmp(y),
            (Segment::Text(_), Segment::Number(_)) => Ordering::Less,
            (Segment::Number(_), Segment::Text(_)) => Ordering::Greater,
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Scheme, scheme::check_table};
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn versions_are_ordered_as_rubygems_says() {
        check_table(
            Scheme::Gem,
            &[
                ("1.0", "1", Equal, "zeros at the end do not count"),
                ("1.0.a", "1.a", Equal, "nor before the first text"),
                ("1.a.0", "1.a", Equal, "nor at the end after it"),
                ("1.0.a.1", "1.0.a.0.1", Greater, "zeros between count"),
                ("1.0.b1", "1.0", Less, "text is a pre-release"),
                ("1.0.a10", "1.0.a9", Greater, "digits in text are a number"),
                ("1.0.a", "1.0.b", Less, "text by bytes"),
                ("1.0.A", "1.0.a", Less, "capitals first"),
                ("1.0-a", "1.0.pre.a", Equal, "a hyphen means pre"),
                ("1.0.0-java", "1.0.0", Less, "even before a platform: Gem::Version knows none"),
                ("1.10", "1.9", Greater, "digits are a number"),
                ("1.0.1", "1.0.a.1", Greater, "numbers after text"),
                ("4.2.5.2", "4.2.5.1", Greater, "four numbers, as Rails has them"),
                ("5.0.0.beta1.1", "5.0.0.beta1", Greater, "as Rails has them"),
                ("1.8.23.2", "1.8.25", Less, "as RubyGems has them"),
                (" 1.0 ", "1.0", Equal, "white space around"),
                ("1.9.3.p194", "1.9.3", Less, "a patch level is text: so Gem::Version says"),
            ],
        );
    }

    #[test]
    fn what_rubygems_does_not_allow_is_named() {
        for (text, why, at) in [
            ("", "a number is missing", 0),
            ("junk", "a number is missing", 0),
            ("1.", "a part is missing", 2),
            ("1..2", "a part is missing", 2),
            ("1.2 3", "what follows is not understood", 3),
            ("1-", "a part is missing", 2),
            ("1a", "what follows is not understood", 1),
            ("1.2_3", "what follows is not understood", 3),
        ] {
            let error = Scheme::Gem.check(text).unwrap_err();
            assert_eq!((error.why, error.at), (why, at), "{text}");
        }
    }
}
