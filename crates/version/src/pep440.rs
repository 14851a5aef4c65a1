//! Python: PEP 440, now the version specifiers specification
//! (<https://packaging.python.org/en/latest/specifications/version-specifiers/>), with all its accepted spellings.
use std::cmp::Ordering;

use crate::{
    cursor::{Cursor, Flaw},
    number,
};

/// A version in its parts; numbers are digits without leading zeros.
#[derive(Debug, Default)]
pub(crate) struct Version<'a> {
    epoch: &'a [u8],
    /// Numbers between dots.
    release: &'a [u8],
    pre: Option<(Pre, &'a [u8])>,
    post: Option<&'a [u8]>,
    dev: Option<&'a [u8]>,
    /// Letters and digits between dots, hyphens and underscores.
    local: Option<&'a [u8]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pre {
    Alpha,
    Beta,
    Candidate,
}

/// Spellings, longer ones before those that they start with.
const PRE: &[(&str, Pre)] = &[
    ("alpha", Pre::Alpha),
    ("a", Pre::Alpha),
    ("beta", Pre::Beta),
    ("b", Pre::Beta),
    ("preview", Pre::Candidate),
    ("pre", Pre::Candidate),
    ("rc", Pre::Candidate),
    ("c", Pre::Candidate),
];
const POST: &[(&str, ())] = &[("post", ()), ("rev", ()), ("r", ())];
const DEV: &[(&str, ())] = &[("dev", ())];

fn separator(byte: u8) -> bool {
    matches!(byte, b'.' | b'-' | b'_')
}

/// Takes `[-_.]?WORD[-_.]?[digits]?`, where it comes next.
fn labelled<'a, T: Copy>(rest: &mut Cursor<'a>, words: &[(&str, T)]) -> Option<(T, &'a [u8])> {
    let mut ahead = *rest;
    ahead.eat(separator);
    let (_, label) = words.iter().find(|(word, _)| ahead.eat_word(word))?;
    ahead.eat(separator);
    let number = number::trimmed(ahead.digits());
    *rest = ahead;
    Some((*label, number))
}

/// Takes `-N`, which is a post-release.
fn implicit_post<'a>(rest: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let mut ahead = *rest;
    ahead.eat(|byte| byte == b'-')?;
    let digits = ahead.digits();
    if digits.is_empty() {
        return None;
    }
    *rest = ahead;
    Some(number::trimmed(digits))
}

/// Takes parts for which `part` holds between separators; none may be empty.
fn parts<'a>(rest: &mut Cursor<'a>, separator: fn(u8) -> bool, part: fn(u8) -> bool) -> Option<&'a [u8]> {
    let start = *rest;
    if rest.take(part).is_empty() {
        return None;
    }
    loop {
        let mut ahead = *rest;
        if ahead.eat(separator).is_none() || ahead.take(part).is_empty() {
            break;
        }
        *rest = ahead;
    }
    start.rest().get(..rest.at() - start.at())
}

pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut rest = Cursor::trimmed(text);
    let mut version = Version::default();
    rest.eat(|byte| matches!(byte, b'v' | b'V'));
    let mut ahead = rest;
    let epoch = ahead.digits();
    if !epoch.is_empty() && ahead.eat(|byte| byte == b'!').is_some() {
        version.epoch = number::trimmed(epoch);
        rest = ahead;
    }
    let digit = |byte: u8| byte.is_ascii_digit();
    version.release = parts(&mut rest, |byte| byte == b'.', digit).ok_or_else(|| rest.flaw("a number is missing"))?;
    version.pre = labelled(&mut rest, PRE);
    version.post = implicit_post(&mut rest).or_else(|| labelled(&mut rest, POST).map(|(_, number)| number));
    version.dev = labelled(&mut rest, DEV).map(|(_, number)| number);
    if rest.eat(|byte| byte == b'+').is_some() {
        let local = parts(&mut rest, separator, |byte| byte.is_ascii_alphanumeric());
        version.local = Some(local.ok_or_else(|| rest.flaw("the local version is missing"))?);
    }
    rest.end()?;
    Ok(version)
}

pub(crate) fn order(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    number::order(a.epoch, b.epoch)
        .then_with(|| release_order(a.release, b.release))
        .then_with(|| a.stage().cmp(&b.stage()))
        .then_with(|| number::order(a.pre.unwrap_or((Pre::Alpha, b"")).1, b.pre.unwrap_or((Pre::Alpha, b"")).1))
        .then_with(|| option_order(a.post, b.post, Ordering::Less))
        .then_with(|| option_order(a.dev, b.dev, Ordering::Greater))
        .then_with(|| local_order(a.local, b.local))
}

/// Where a version stands before its release.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// `1.0.dev1`: of no pre-release and no post-release, so before all of them.
    Dev,
    Pre(Pre),
    Release,
}

impl Version<'_> {
    fn stage(&self) -> Stage {
        match self.pre {
            Some((pre, _)) => Stage::Pre(pre),
            None if self.post.is_none() && self.dev.is_some() => Stage::Dev,
            None => Stage::Release,
        }
    }
}

/// `none`: where what has no number stands against what has one.
fn option_order(a: Option<&[u8]>, b: Option<&[u8]>, none: Ordering) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => none,
        (Some(_), None) => none.reverse(),
        (Some(a), Some(b)) => number::order(a, b),
    }
}

/// Numbers one by one; missing ones are 0.
fn release_order(a: &[u8], b: &[u8]) -> Ordering {
    let (mut a, mut b) = (a.split(|byte| *byte == b'.'), b.split(|byte| *byte == b'.'));
    loop {
        let (x, y) = (a.next(), b.next());
        if x.is_none() && y.is_none() {
            return Ordering::Equal;
        }
        match number::order(number::trimmed(x.unwrap_or_default()), number::trimmed(y.unwrap_or_default())) {
            Ordering::Equal => {}
            order => return order,
        }
    }
}

/// Part by part: numbers after letters, letters in any case, more after fewer.
fn local_order(a: Option<&[u8]>, b: Option<&[u8]>) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else { return a.is_some().cmp(&b.is_some()) };
    let (mut a, mut b) = (a.split(|byte| separator(*byte)), b.split(|byte| separator(*byte)));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (number::is_number(a), number::is_number(b)) {
                (true, true) => number::order(number::trimmed(a), number::trimmed(b)),
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                (false, false) => a.iter().map(u8::to_ascii_lowercase).cmp(b.iter().map(u8::to_ascii_lowercase)),
            },
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
    fn versions_are_ordered_as_the_pep_says() {
        let rising = [
            "1.dev0",
            "1.0.dev456",
            "1.0a1",
            "1.0a2.dev456",
            "1.0a12.dev456",
            "1.0a12",
            "1.0b1.dev456",
            "1.0b2",
            "1.0b2.post345.dev456",
            "1.0b2.post345",
            "1.0rc1.dev456",
            "1.0rc1",
            "1.0",
            "1.0+abc.5",
            "1.0+abc.7",
            "1.0+5",
            "1.0.post456.dev34",
            "1.0.post456",
            "1.0.15",
            "1.1.dev1",
            "1!0.1",
        ];
        for (at, a) in rising.iter().enumerate() {
            for b in &rising[at + 1..] {
                assert_eq!(Scheme::Pep440.compare(a, b), Ok(Less), "{a} against {b}: the PEP's own list");
            }
        }
        check_table(
            Scheme::Pep440,
            &[
                ("1.0", "1.0.0", Equal, "missing numbers are 0"),
                ("v1.0", "1.0", Equal, "a leading v"),
                ("1.1RC1", "1.1rc1", Equal, "case"),
                ("1.1.a1", "1.1a1", Equal, "separators before a label"),
                ("1.1-a.1", "1.1a1", Equal, "separators within"),
                ("1.1alpha1", "1.1a1", Equal, "spellings"),
                ("1.1beta2", "1.1b2", Equal, "spellings"),
                ("1.1preview3", "1.1rc3", Equal, "spellings"),
                ("1.1c3", "1.1pre3", Equal, "spellings"),
                ("1.2a", "1.2a0", Equal, "an implicit number"),
                ("1.2.post", "1.2.post0", Equal, "an implicit number"),
                ("1.0-r4", "1.0.post4", Equal, "spellings"),
                ("1.0-1", "1.0.post1", Equal, "an implicit post-release"),
                ("1.2-DEV2", "1.2.dev2", Equal, "spellings"),
                ("1.0+ubuntu-1", "1.0+ubuntu.1", Equal, "separators of local versions"),
                ("00!01.02rc001", "1.2rc1", Equal, "leading zeros"),
                (" 1.0\n", "1.0", Equal, "white space around"),
                ("1.0+1", "1.0+a", Greater, "local: numbers after letters"),
                ("1.0+a", "1.0+a.1", Less, "local: more after fewer"),
                ("2013.10", "1!1", Less, "an epoch outranks the rest"),
            ],
        );
    }

    #[test]
    fn what_the_pep_does_not_allow_is_named() {
        for (text, why, at) in [
            ("", "a number is missing", 0),
            ("french toast", "a number is missing", 0),
            ("1.0+", "the local version is missing", 4),
            ("1.0+a+b", "what follows is not understood", 5),
            ("2004d", "what follows is not understood", 4),
            ("1.0-foo", "what follows is not understood", 3),
            ("1.0.*", "what follows is not understood", 3),
            ("1!", "a number is missing", 2),
            ("1.é", "what follows is not understood", 1),
        ] {
            let error = Scheme::Pep440.check(text).unwrap_err();
            assert_eq!((error.why, error.at), (why, at), "{text}");
        }
    }
}
