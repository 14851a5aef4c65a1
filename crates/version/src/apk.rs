//! apk-tools 3: `{digits}{.digits}…{letter}{_suffix{digits}}…{~hash}{-r#}`
//! (<https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd>, `pkgver`).
use std::cmp::Ordering;

use crate::{
    cursor::{Cursor, Flaw},
    number,
};

/// In rising order: those before the plain version, then those after it.
const SUFFIXES: &[(&str, i8)] =
    &[("alpha", -4), ("beta", -3), ("pre", -2), ("rc", -1), ("cvs", 1), ("svn", 2), ("git", 3), ("hg", 4), ("p", 5)];

/// A text that was checked.
#[derive(Debug)]
pub(crate) struct Version<'a>(&'a str);

/// A part of a version. Kinds stand in the order in which they may follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Initial(&'a [u8]),
    Digits(&'a [u8]),
    Letter(u8),
    Suffix(i8),
    SuffixNumber(&'a [u8]),
    Hash(&'a [u8]),
    Revision(&'a [u8]),
    End,
}

impl Token<'_> {
    fn kind(self) -> u8 {
        match self {
            Self::Initial(_) => 0,
            Self::Digits(_) => 1,
            Self::Letter(_) => 2,
            Self::Suffix(_) => 3,
            Self::SuffixNumber(_) => 4,
            Self::Hash(_) => 5,
            Self::Revision(_) => 6,
            Self::End => 7,
        }
    }
}

struct Tokens<'a> {
    rest: Cursor<'a>,
    /// Kind of the token before.
    last: Option<u8>,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: Cursor::new(text), last: None }
    }

    fn next(&mut self) -> Result<Token<'a>, Flaw> {
        let token = self.read()?;
        self.last = Some(token.kind());
        Ok(token)
    }

    fn digits(&mut self) -> Result<&'a [u8], Flaw> {
        let digits = self.rest.digits();
        if digits.is_empty() { Err(self.rest.flaw("a number is missing")) } else { Ok(digits) }
    }

    fn read(&mut self) -> Result<Token<'a>, Flaw> {
        let Some(last) = self.last else { return self.digits().map(Token::Initial) };
        let start = self.rest;
        match self.rest.peek() {
            None => Ok(Token::End),
            Some(b'.') if last <= 1 => {
                self.rest.skip(1);
                self.digits().map(Token::Digits)
            }
            Some(byte) if byte.is_ascii_lowercase() && last <= 1 => {
                self.rest.skip(1);
                Ok(Token::Letter(byte))
            }
            Some(b'_') if last <= 4 => {
                self.rest.skip(1);
                let name = self.rest.take(|byte| byte.is_ascii_lowercase());
                let suffix = SUFFIXES.iter().find(|(suffix, _)| suffix.as_bytes() == name);
                suffix
                    .map(|(_, rank)| Token::Suffix(*rank))
                    .ok_or_else(|| start.flaw("a suffix that apk does not know"))
            }
            Some(byte) if byte.is_ascii_digit() && last == 3 => self.digits().map(Token::SuffixNumber),
            Some(b'~') if last <= 4 => {
                self.rest.skip(1);
                let hash = self.rest.take(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
                if hash.is_empty() { Err(start.flaw("a hash is missing")) } else { Ok(Token::Hash(hash)) }
            }
            Some(b'-') if last <= 5 && self.rest.rest().starts_with(b"-r") => {
                self.rest.skip(2);
                self.digits().map(Token::Revision)
            }
            Some(_) => Err(start.flaw("what follows is not understood")),
        }
    }
}

pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut tokens = Tokens::new(text);
    while tokens.next()? != Token::End {}
    Ok(Version(text))
}

pub(crate) fn order(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    let (mut a, mut b) = (Tokens::new(a.0), Tokens::new(b.0));
    loop {
        // Both were read to their end before.
        let (x, y) = (a.next().unwrap_or(Token::End), b.next().unwrap_or(Token::End));
        let order = match (x, y) {
            (Token::End, Token::End) => return Ordering::Equal,
            // With a leading zero it is a fraction: 1.05 is less than 1.1.
            (Token::Digits(x), Token::Digits(y)) if x.first() == Some(&b'0') || y.first() == Some(&b'0') => x.cmp(y),
            (Token::Initial(x), Token::Initial(y))
            | (Token::Digits(x), Token::Digits(y))
            | (Token::SuffixNumber(x), Token::SuffixNumber(y))
            | (Token::Revision(x), Token::Revision(y)) => number::order(number::trimmed(x), number::trimmed(y)),
            (Token::Letter(x), Token::Letter(y)) => x.cmp(&y),
            (Token::Suffix(x), Token::Suffix(y)) => x.cmp(&y),
            (Token::Hash(x), Token::Hash(y)) => x.cmp(y),
            // One goes on where the other does not: it is newer, unless it goes on with a mark of what came before.
            (Token::Suffix(rank), _) if rank < 0 => Ordering::Less,
            (_, Token::Suffix(rank)) if rank < 0 => Ordering::Greater,
            (x, y) => y.kind().cmp(&x.kind()),
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
    fn versions_are_ordered_as_apk_says() {
        check_table(
            Scheme::Apk,
            &[
                ("1.0_alpha", "1.0_beta", Less, "the order of suffixes"),
                ("1.0_beta", "1.0_pre", Less, "the order of suffixes"),
                ("1.0_pre", "1.0_rc", Less, "the order of suffixes"),
                ("1.0_rc1", "1.0", Less, "before the plain version"),
                ("1.0", "1.0_cvs1", Less, "after the plain version"),
                ("1.0_cvs", "1.0_svn", Less, "the order of suffixes"),
                ("1.0_svn", "1.0_git", Less, "the order of suffixes"),
                ("1.0_git", "1.0_hg", Less, "the order of suffixes"),
                ("1.0_hg", "1.0_p", Less, "the order of suffixes"),
                ("1.0_p1", "1.0_p10", Less, "numbers of suffixes are numbers"),
                ("1.0_p", "1.0_p1", Less, "a suffix without a number comes first"),
                ("1.0_alpha_beta", "1.0_alpha", Less, "a suffix of a suffix"),
                ("1.0-r1", "1.0-r10", Less, "the build"),
                ("1.0", "1.0-r0", Less, "more is newer"),
                ("1.0-r9", "1.0_p1", Less, "a suffix outranks a build"),
                ("1.0a", "1.0b", Less, "letters"),
                ("1.0", "1.0a", Less, "a letter is newer than none"),
                ("1.0a", "1.0.1", Less, "a further number outranks a letter"),
                ("1.10", "1.9", Greater, "numbers are numbers"),
                ("1.05", "1.1", Less, "a leading zero makes a fraction"),
                ("1.05", "1.5", Less, "even of the same value"),
                ("01", "1", Equal, "not so in the first number"),
                ("2.0~abc12", "2.0", Greater, "a hash is newer than none"),
                ("2.0_git20230101~abc", "2.0_git20230102", Less, "the number comes before it"),
                ("3.1.4-r5", "3.1.4-r6", Less, "as secdb has it"),
                ("6.5_p20250503-r0", "6.5_p20250504-r0", Less, "as ncurses has it"),
            ],
        );
    }

    #[test]
    fn what_apk_does_not_allow_is_named() {
        for (text, why, at) in [
            ("", "a number is missing", 0),
            ("a", "a number is missing", 0),
            ("1.", "a number is missing", 2),
            ("1ab", "what follows is not understood", 2),
            ("1_foo1", "a suffix that apk does not know", 1),
            ("1-1", "what follows is not understood", 1),
            ("1-r", "a number is missing", 3),
            ("1-r1_p1", "what follows is not understood", 4),
            ("1~", "a hash is missing", 1),
            ("1 ", "what follows is not understood", 1),
        ] {
            let error = Scheme::Apk.check(text).unwrap_err();
            assert_eq!((error.why, error.at), (why, at), "{text}");
        }
    }
}
