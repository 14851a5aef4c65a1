//! Names and patterns with `*` and `?` (IAM User Guide, "IAM JSON policy elements: Resource"). What is asked for may have
//! wildcards too: then a pattern covers all of it, meets a part of it, or has nothing to do with it.
use super::truth::Truth;

/// A `*` and a `?` that a policy variable stands for, and that mean themselves.
pub(super) const STAR: char = '\u{1}';
pub(super) const MARK: char = '\u{2}';
/// Beyond this product of lengths nobody compares two patterns with wildcards: they may meet.
const COMPARED_MAX: usize = 1 << 22;

/// Whether what is asked for has wildcards.
pub(super) fn is_wild(text: &str) -> bool {
    text.bytes().any(|b| b == b'*' || b == b'?')
}

/// Whether the pattern fits the text.
pub(super) fn fits(pattern: &str, asked: &str, wild: bool) -> Truth {
    if covers(pattern.as_bytes(), asked.as_bytes(), !wild) {
        Truth::Yes
    } else if wild && meets(pattern.as_bytes(), asked.as_bytes()) {
        Truth::Maybe
    } else {
        Truth::No
    }
}

/// Whether everything that `asked` stands for fits the pattern; `literal` where `asked` stands for itself. Linear where the
/// pattern has one `*`, at worst the product of the lengths.
pub(super) fn covers(pattern: &[u8], asked: &[u8], literal: bool) -> bool {
    let (mut p, mut t) = (0, 0);
    // Where the last `*` stood, and what it has eaten so far.
    let mut back: Option<(usize, usize)> = None;
    loop {
        let wanted = pattern.get(p).copied();
        if wanted == Some(b'*') {
            p += 1;
            back = Some((p, t));
            continue;
        }
        let step = match (wanted, asked.get(t).copied()) {
            (None, None) => return true,
            (Some(b'?'), Some(byte)) if literal || byte != b'*' => Some(character(asked, t)),
            (Some(want), Some(byte)) if same(want, byte, literal) => Some(1),
            // The end was reached with more of the pattern to come: eating more does not help.
            (_, None) => return false,
            _ => None,
        };
        match (step, back) {
            (Some(step), _) => {
                p += 1;
                t += step;
            }
            (None, Some((after, eaten))) => {
                let next = eaten + 1;
                back = Some((after, next));
                p = after;
                t = next;
            }
            (None, None) => return false,
        }
    }
}

fn same(want: u8, byte: u8, literal: bool) -> bool {
    match byte {
        // A wildcard that is asked for is fitted by one of the pattern alone.
        b'*' | b'?' if !literal => false,
        b'*' => want == STAR as u8,
        b'?' => want == MARK as u8,
        _ => want == byte,
    }
}

/// Bytes of the character that begins at `at`.
fn character(text: &[u8], at: usize) -> usize {
    let rest = text.get(at + 1..).unwrap_or_default();
    1 + rest.iter().take_while(|b| **b & 0b1100_0000 == 0b1000_0000).count()
}

/// Whether some text fits both patterns.
fn meets(a: &[u8], b: &[u8]) -> bool {
    if a.len().saturating_mul(b.len()) > COMPARED_MAX {
        return true;
    }
    // A row says for each length of `b` whether what was read of `a` and that much of `b` fit a common text.
    let mut row: Vec<bool> = Vec::with_capacity(b.len() + 1);
    row.push(true);
    for byte in b {
        let before = row.last() == Some(&true);
        row.push(before && *byte == b'*');
    }
    for left in a {
        let mut next = Vec::with_capacity(row.len());
        next.push(row.first() == Some(&true) && *left == b'*');
        for (right, pair) in b.iter().zip(row.windows(2)) {
            let (diagonal, above) = match pair {
                [diagonal, above] => (*diagonal, *above),
                _ => (false, false),
            };
            let beside = next.last() == Some(&true);
            let meet = match (left, right) {
                // A star takes nothing, or one more of the other side.
                (b'*', _) | (_, b'*') => above || beside || diagonal,
                (b'?', _) | (_, b'?') => diagonal,
                (x, y) => diagonal && x == y,
            };
            next.push(meet);
        }
        row = next;
    }
    row.last() == Some(&true)
}

/// Actions of a statement, in lower case, found by their service.
#[derive(Debug, Default)]
pub(super) struct Actions {
    /// `NotAction`.
    negated: bool,
    /// Those whose service is plain, sorted.
    plain: Vec<Box<str>>,
    /// `*`, and those whose service has wildcards.
    loose: Vec<Box<str>>,
}

impl Actions {
    pub(super) fn new(negated: bool, patterns: impl Iterator<Item = String>) -> Self {
        let mut out = Self { negated, ..Self::default() };
        for pattern in patterns {
            match pattern.split_once(':') {
                Some((service, _)) if !is_wild(service) => out.plain.push(pattern.into()),
                _ => out.loose.push(pattern.into()),
            }
        }
        out.plain.sort_unstable();
        out.plain.dedup();
        out
    }

    /// The services it speaks of; none where it may speak of any.
    pub(super) fn services(&self) -> Option<impl Iterator<Item = &str>> {
        (!self.negated && self.loose.is_empty()).then(|| self.plain.iter().filter_map(|p| p.split(':').next()))
    }

    /// The patterns as written; none of them where it is a `NotAction`.
    pub(super) fn patterns(&self) -> Option<impl Iterator<Item = &str>> {
        (!self.negated).then(|| self.loose.iter().chain(&self.plain).map(AsRef::as_ref))
    }

    pub(super) fn fit(&self, asked: &str, wild: bool) -> Truth {
        let found = self.find(asked, wild);
        if self.negated { found.not() } else { found }
    }

    fn find(&self, asked: &str, wild: bool) -> Truth {
        let mut best = Truth::No;
        for pattern in &self.loose {
            best = best.max(fits(pattern, asked, wild));
            if best == Truth::Yes {
                return best;
            }
        }
        let service = asked.split_inclusive(':').next().unwrap_or(asked);
        let of_service = if is_wild(service) {
            self.plain.as_slice()
        } else {
            let from = self.plain.partition_point(|p| p.as_ref() < service);
            let rest = self.plain.get(from..).unwrap_or_default();
            rest.get(..rest.partition_point(|p| p.starts_with(service))).unwrap_or_default()
        };
        if !wild && of_service.binary_search_by(|p| p.as_ref().cmp(asked)).is_ok() {
            return Truth::Yes;
        }
        for pattern in of_service {
            best = best.max(fits(pattern, asked, wild));
            if best == Truth::Yes {
                return best;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_as_iam_says() {
        for (pattern, asked, want, why) in [
            ("*", "", Truth::Yes, "a star takes nothing too"),
            ("s3:get*", "s3:getobject", Truth::Yes, "a prefix"),
            ("s3:get*", "s3:putobject", Truth::No, "another"),
            ("s3:*object", "s3:getobject", Truth::Yes, "a suffix"),
            ("s3:*object", "s3:getobjectacl", Truth::No, "anchored at the end"),
            ("*a*b*", "xxaxxbxx", Truth::Yes, "several"),
            ("*a*b", "aab", Truth::Yes, "it goes back"),
            ("*ab", "aaab", Truth::Yes, "it goes back again"),
            ("a?c", "abc", Truth::Yes, "one character"),
            ("a?c", "ac", Truth::No, "not none"),
            ("a?c", "aéc", Truth::Yes, "a character, not a byte"),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b/*", Truth::Yes, "all of what is asked"),
            ("arn:aws:s3:::b/x*", "arn:aws:s3:::b/*", Truth::Maybe, "a part"),
            ("arn:aws:s3:::*", "arn:aws:s3:::b/*", Truth::Yes, "more than what is asked"),
            ("arn:aws:s3:::b/?", "arn:aws:s3:::b/*", Truth::Maybe, "a mark does not cover a star"),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b/?", Truth::Yes, "a star covers a mark"),
            ("arn:aws:s3:::b/?", "arn:aws:s3:::b/?", Truth::Yes, "a mark covers a mark"),
            ("arn:aws:s3:::c/*", "arn:aws:s3:::b/*", Truth::No, "elsewhere"),
            ("*/x", "b/*", Truth::Maybe, "both open"),
            ("a*", "*b", Truth::Maybe, "ab"),
            ("a", "*", Truth::Maybe, "one of all"),
        ] {
            assert_eq!(fits(pattern, asked, is_wild(asked)), want, "{pattern} {asked}: {why}");
        }
    }

    #[test]
    fn a_hostile_pattern_ends() {
        let pattern = "*a".repeat(2_000) + "b";
        let text = "a".repeat(4_000);
        assert_eq!(fits(&pattern, &text, false), Truth::No);
        assert_eq!(fits(&pattern, &"*a".repeat(2_000), true), Truth::Maybe);
    }

    #[test]
    fn actions_are_found_by_service() {
        let some =
            Actions::new(false, ["s3:get*", "s3:putobject", "ec2:*", "s3express:*"].map(String::from).into_iter());
        for (asked, want) in [
            ("s3:getobject", Truth::Yes),
            ("s3:putobject", Truth::Yes),
            ("s3:putobjectacl", Truth::No),
            ("s3:*", Truth::Maybe),
            ("ec2:x", Truth::Yes),
            ("*", Truth::Maybe),
            ("iam:x", Truth::No),
        ] {
            assert_eq!(some.fit(asked, is_wild(asked)), want, "{asked}");
        }
        let none = Actions::new(true, ["iam:*"].map(String::from).into_iter());
        assert_eq!((none.fit("iam:x", false), none.fit("s3:x", false)), (Truth::No, Truth::Yes));
        assert_eq!(none.fit("*", true), Truth::Maybe, "all but a part");
    }

    /// Slow and obvious.
    fn reference(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some((&'*', rest)), _) => {
                reference(rest, text) || text.split_first().is_some_and(|(_, t)| reference(pattern, t))
            }
            (Some((&'?', rest)), Some((_, t))) => reference(rest, t),
            (Some((p, rest)), Some((c, t))) => p == c && reference(rest, t),
            _ => false,
        }
    }

    proptest::proptest! {
        #[test]
        fn fits_as_the_reference(pattern in "[ab*?]{0,7}", text in "[ab]{0,7}") {
            let slow = reference(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
            proptest::prop_assert_eq!(fits(&pattern, &text, false), Truth::from(slow));
        }

        #[test]
        fn covers_and_meets_are_sound(pattern in "[ab*?]{0,5}", asked in "[ab*?]{0,5}", text in "[ab]{0,6}") {
            let of = |p: &str| reference(&p.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
            if of(&asked) {
                let got = fits(&pattern, &asked, is_wild(&asked));
                let wrong = if of(&pattern) { Truth::No } else { Truth::Yes };
                proptest::prop_assert_ne!(got, wrong);
            }
        }
    }
}
