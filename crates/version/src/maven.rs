//! Maven: `ComparableVersion`, as Maven 3 has it
//! (<https://maven.apache.org/pom.html#version-order-specification>, and the class's own description).
use std::{borrow::Cow, cmp::Ordering};

use crate::{
    cursor::{Cursor, Flaw},
    number,
};

/// Hyphens, and changes between digits and letters, start a list within the list.
#[derive(Debug)]
pub(crate) enum Version<'a> {
    /// Digits and dots alone, as most versions are: no list is needed to order two of them.
    Plain(&'a [u8]),
    Lists(List<'a>),
}

type List<'a> = Vec<Item<'a>>;

#[derive(Debug)]
pub(crate) enum Item<'a> {
    /// Digits without leading zeros.
    Number(Cow<'a, [u8]>),
    Qualifier(Qualifier),
    List(List<'a>),
}

/// In Maven's order; the release itself is the empty one. What Maven does not know comes last, by its letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Qualifier {
    Alpha,
    Beta,
    Milestone,
    Candidate,
    Snapshot,
    Release,
    ServicePack,
    Other(String),
}

impl Qualifier {
    fn new(text: &str, before_digit: bool) -> Self {
        match text {
            "alpha" => Self::Alpha,
            "beta" => Self::Beta,
            "milestone" => Self::Milestone,
            "a" if before_digit => Self::Alpha,
            "b" if before_digit => Self::Beta,
            "m" if before_digit => Self::Milestone,
            "rc" | "cr" => Self::Candidate,
            "snapshot" => Self::Snapshot,
            "" | "ga" | "final" | "release" => Self::Release,
            "sp" => Self::ServicePack,
            _ => Self::Other(text.to_owned()),
        }
    }
}

/// What Maven does not allow in a file's name or in a range.
const FORBIDDEN: &[u8] = b"\\/:\"<>|?*[](){},";

pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut rest = Cursor::new(text);
    if rest.is_empty() {
        return Err(rest.flaw("it is empty"));
    }
    rest.take(|byte| !byte.is_ascii_control() && byte != b' ' && !FORBIDDEN.contains(&byte));
    if !rest.is_empty() {
        return Err(rest.flaw("a character that Maven does not allow"));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Ok(Version::Plain(text.as_bytes()));
    }
    Ok(Version::Lists(lists(&text.to_lowercase())))
}

/// Lists that are open, the innermost last.
struct Builder {
    open: Vec<List<'static>>,
}

impl Builder {
    fn add(&mut self, item: Item<'static>) {
        if let Some(list) = self.open.last_mut() {
            list.push(item);
        }
    }

    fn add_text(&mut self, text: &str, digits: bool, before_digit: bool) {
        self.add(if digits {
            Item::Number(Cow::Owned(number::trimmed(text.as_bytes()).to_vec()))
        } else {
            Item::Qualifier(Qualifier::new(text, before_digit))
        });
    }

    fn begin(&mut self) {
        self.open.push(Vec::new());
    }

    /// Whether nothing stands in the innermost list yet.
    fn is_fresh(&self) -> bool {
        self.open.last().is_none_or(Vec::is_empty)
    }

    /// Closes every list, and takes away what means nothing at the end of each.
    fn finish(mut self) -> List<'static> {
        let mut inner: Option<List<'static>> = None;
        while let Some(mut list) = self.open.pop() {
            list.extend(inner.take().map(Item::List));
            normalise(&mut list);
            inner = Some(list);
        }
        inner.unwrap_or_default()
    }
}

/// Zeros, release qualifiers and empty lists before the end, or before a list, mean nothing.
fn normalise(list: &mut List<'_>) {
    let mut at = list.len();
    while at > 0 {
        at -= 1;
        match list.get(at) {
            Some(item) if item.is_null() => drop(list.remove(at)),
            Some(Item::List(_)) => {}
            _ => break,
        }
    }
}

fn lists(text: &str) -> List<'static> {
    let mut builder = Builder { open: vec![Vec::new()] };
    let mut start = 0;
    let mut digits = false;
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    for (at, char) in text.char_indices() {
        match char {
            '.' | '-' => {
                if at == start {
                    builder.add(Item::Number(Cow::Borrowed(b"")));
                } else {
                    builder.add_text(part(start, at), digits, false);
                }
                start = at + 1;
                if char == '-' {
                    builder.begin();
                }
            }
            '0'..='9' => {
                if !digits && at > start {
                    // `1.x1` is `1-x-1`: a qualifier after a dot is one after a hyphen.
                    if !builder.is_fresh() {
                        builder.begin();
                    }
                    builder.add_text(part(start, at), false, true);
                    start = at;
                    builder.begin();
                }
                digits = true;
            }
            _ => {
                if digits && at > start {
                    builder.add_text(part(start, at), true, false);
                    start = at;
                    builder.begin();
                }
                digits = false;
            }
        }
    }
    if text.len() > start {
        if !digits && !builder.is_fresh() {
            builder.begin();
        }
        builder.add_text(part(start, text.len()), digits, false);
    }
    builder.finish()
}

impl Item<'_> {
    fn is_null(&self) -> bool {
        match self {
            Self::Number(number) => number.is_empty(),
            Self::Qualifier(qualifier) => *qualifier == Qualifier::Release,
            Self::List(list) => list.is_empty(),
        }
    }

    /// Against nothing.
    fn against_end(&self) -> Ordering {
        match self {
            Self::Number(number) => (!number.is_empty()).cmp(&false),
            Self::Qualifier(qualifier) => qualifier.cmp(&Qualifier::Release),
            Self::List(list) => {
                list.iter().map(Item::against_end).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
            }
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => number::order(a, b),
            (Self::Qualifier(a), Self::Qualifier(b)) => a.cmp(b),
            (Self::List(a), Self::List(b)) => list_order(a, b),
            _ => self.kind().cmp(&other.kind()),
        }
    }

    /// `1-sp` before `1-1` before `1.1`.
    fn kind(&self) -> u8 {
        match self {
            Self::Qualifier(_) => 0,
            Self::List(_) => 1,
            Self::Number(_) => 2,
        }
    }
}

fn list_order(a: &[Item<'_>], b: &[Item<'_>]) -> Ordering {
    let (mut a, mut b) = (a.iter(), b.iter());
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (Some(a), None) => a.against_end(),
            (None, Some(b)) => b.against_end().reverse(),
            (Some(a), Some(b)) => a.order(b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn plain_items(text: &[u8]) -> impl Iterator<Item = Item<'_>> {
    text.split(|byte| *byte == b'.').map(|digits| Item::Number(Cow::Borrowed(number::trimmed(digits))))
}

pub(crate) fn order(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    let list = |text| {
        let mut list: List<'_> = plain_items(text).collect();
        normalise(&mut list);
        list
    };
    match (a, b) {
        (Version::Plain(a), Version::Plain(b)) => {
            let (mut a, mut b) = (a.split(|byte| *byte == b'.'), b.split(|byte| *byte == b'.'));
            loop {
                let (x, y) = (a.next(), b.next());
                if x.is_none() && y.is_none() {
                    return Ordering::Equal;
                }
                let number = |part: Option<_>| number::trimmed(part.unwrap_or_default());
                match number::order(number(x), number(y)) {
                    Ordering::Equal => {}
                    order => return order,
                }
            }
        }
        (Version::Plain(a), Version::Lists(b)) => list_order(&list(a), b),
        (Version::Lists(a), Version::Plain(b)) => list_order(a, &list(b)),
        (Version::Lists(a), Version::Lists(b)) => list_order(a, b),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Scheme, scheme::check_table};
    use std::cmp::Ordering::{Equal, Greater, Less};

    fn check_rising(rising: &[&str], why: &str) {
        for (at, a) in rising.iter().enumerate() {
            for b in &rising[at + 1..] {
                assert_eq!(Scheme::Maven.compare(a, b), Ok(Less), "{a} against {b}: {why}");
                assert_eq!(Scheme::Maven.compare(b, a), Ok(Greater), "{b} against {a}: {why}");
            }
        }
    }

    #[test]
    fn versions_are_ordered_as_maven_says() {
        check_rising(
            &[
                "1-alpha2snapshot",
                "1-alpha2",
                "1-alpha-123",
                "1-beta-2",
                "1-beta123",
                "1-m2",
                "1-m11",
                "1-rc",
                "1-cr2",
                "1-rc123",
                "1-SNAPSHOT",
                "1",
                "1-sp",
                "1-sp2",
                "1-sp123",
                "1-abc",
                "1-def",
                "1-pom-1",
                "1-1-snapshot",
                "1-1",
                "1-2",
                "1-123",
            ],
            "qualifiers",
        );
        check_rising(
            &["2.0", "2.0.a", "2-1", "2.0.2", "2.0.123", "2.1.0", "2.1-a", "2.1b", "2.1-c", "2.1-1", "2.1.0.1", "2.2"],
            "numbers",
        );
        check_table(
            Scheme::Maven,
            &[
                ("1", "1.0.0", Equal, "zeros at the end do not count"),
                ("1-ga", "1", Equal, "a release"),
                ("1.0.Final", "1.0.RELEASE", Equal, "a release, in any case"),
                ("1-0", "1.0-ga", Equal, "at the end of each list"),
                ("1-0.alpha", "1-alpha", Greater, "a list within a list, as the class has it"),
                ("1a1", "1-alpha-1", Equal, "short, before a digit"),
                ("1a", "1-alpha", Greater, "not so at the end: a qualifier that Maven does not know"),
                ("1x", "1-x", Equal, "from digits to letters is a hyphen"),
                ("1.0.0x", "1-x", Equal, "after zeros too"),
                ("1.0-cr1", "1.0-RC1", Equal, "two names of one"),
                ("1.01", "1.1", Equal, "leading zeros"),
                ("2.0.1-xyz", "2.0.1", Greater, "an unknown qualifier is newer than the release"),
                ("5.3.18.RELEASE", "5.3.20", Less, "as Spring has them"),
                ("2.15.0-rc1", "2.15.0", Less, "as Log4j has them"),
                ("30.0-jre", "30.1-android", Less, "as Guava has them"),
                ("99999999999999999999.1", "100000000000000000000.0", Less, "longer than any integer"),
            ],
        );
    }

    #[test]
    fn what_maven_does_not_allow_is_named() {
        for (text, at) in [("", 0), ("1 2", 1), ("[1,2)", 0), ("1:2", 1), ("1\u{7}", 1)] {
            assert_eq!(Scheme::Maven.check(text).unwrap_err().at, at, "{text}");
        }
        let deep = "1-".repeat(500);
        assert_eq!(Scheme::Maven.compare(&deep, &deep), Ok(Equal), "lists within lists end somewhere");
    }
}
