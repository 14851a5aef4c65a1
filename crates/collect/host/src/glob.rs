//! Shell patterns: `fnmatch(3)` of one name, `glob(3)` below a root.
use crate::{
    reader::bounded,
    root::{ReadError, Root},
};

/// Paths that one [`expand`] returns at most; more is an error, never a silent cut.
const PATHS_MAX: usize = 10_000;

/// Whether `name` matches `pattern`: `*`, `?`, `[a-z]`, `[!a]`, `\x`. A slash has no special meaning here.
///
/// Takes at most `pattern.len() × name.len()` steps.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let (p, n): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    // A bracket after it is not closed. Looked for once: each of a thousand brackets would otherwise look for its own end.
    let closed = p.iter().rposition(|c| *c == ']').unwrap_or(0);
    let (mut at, mut on) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        match p.get(at) {
            Some('*') => {
                star = Some((at, on));
                at += 1;
                continue;
            }
            None if on == n.len() => return true,
            _ => {}
        }
        let step = n.get(on).and_then(|c| one(&p, at, closed, *c));
        match (step, star) {
            (Some(next), _) => {
                at = next;
                on += 1;
            }
            (None, Some((star_at, star_on))) if star_on < n.len() => {
                star = Some((star_at, star_on + 1));
                at = star_at + 1;
                on = star_on + 1;
            }
            _ => return false,
        }
    }
}

/// Matches one character against the element of `p` at `at`; the index after the element where it matches. `closed` is
/// the index of the last `]`.
fn one(p: &[char], at: usize, closed: usize, c: char) -> Option<usize> {
    match p.get(at)? {
        '?' => Some(at + 1),
        '\\' => (p.get(at + 1).copied().unwrap_or('\\') == c).then_some(at + 2),
        '[' if at > closed => (c == '[').then_some(at + 1),
        '[' => match set(p, at, c) {
            Some((hit, next)) => hit.then_some(next),
            None => (c == '[').then_some(at + 1),
        },
        literal => (*literal == c).then_some(at + 1),
    }
}

/// A bracket expression that starts at `at`; none where it is not closed.
fn set(p: &[char], at: usize, c: char) -> Option<(bool, usize)> {
    let mut i = at + 1;
    let negated = matches!(p.get(i)?, '!' | '^');
    if negated {
        i += 1;
    }
    let first = i;
    let mut hit = false;
    loop {
        let low = *p.get(i)?;
        if low == ']' && i > first {
            return Some((hit != negated, i + 1));
        }
        match (p.get(i + 1), p.get(i + 2)) {
            (Some('-'), Some(high)) if *high != ']' => {
                hit |= (low..=*high).contains(&c);
                i += 3;
            }
            _ => {
                hit |= low == c;
                i += 1;
            }
        }
    }
}

/// Whether a word has pattern characters.
pub(crate) fn is_pattern(word: &str) -> bool {
    word.contains(['*', '?', '['])
}

/// Existing paths that match an absolute pattern, sorted, as `glob(3)`: a leading dot is only matched by a dot.
///
/// # Errors
/// [`ReadError`] where a directory on the way cannot be listed, where more than 10,000 paths match, or where the patterns
/// of this scan have looked at two million entries.
pub(crate) fn expand(root: &Root, pattern: &str) -> Result<Vec<String>, ReadError> {
    let mut paths = vec![String::new()];
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let mut next = Vec::new();
        for base in &paths {
            if is_pattern(part) {
                let dir = if base.is_empty() { "/" } else { base };
                for entry in root.list_matching(dir, part, pattern)? {
                    if (!entry.name.starts_with('.') || part.starts_with('.')) && matches(part, &entry.name) {
                        next.push(format!("{base}/{}", entry.name));
                        bounded(next.len(), PATHS_MAX, pattern)?;
                    }
                }
            } else {
                next.push(format!("{base}/{part}"));
            }
        }
        paths = next;
    }
    let mut found = Vec::new();
    for path in paths {
        if root.lstat(&path)?.is_some() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_match_as_fnmatch() {
        for (pattern, name, want, why) in [
            ("*.conf", "a.conf", true, "a star takes any text"),
            ("*.conf", "a.conf~", false, "the whole name must match"),
            ("*a*b", "xxaxxaxb", true, "a star gives back what it took"),
            ("", "", true, "empty matches empty"),
            ("?", "", false, "a question mark takes one"),
            ("[a-c]x", "bx", true, "a range"),
            ("[!a-c]x", "bx", false, "a negated range"),
            ("[]]", "]", true, "a bracket first in a set stands for itself"),
            ("[", "[", true, "an unclosed set is a bracket"),
            ("\\*", "*", true, "a backslash takes the meaning away"),
            ("\\*", "a", false, "a backslash takes the meaning away"),
        ] {
            assert_eq!(matches(pattern, name), want, "{pattern} on {name}: {why}");
        }
    }

    #[test]
    fn brackets_without_end_take_no_time() {
        let many = "[".repeat(100_000);
        assert!(matches(&many, &many), "each stands for itself");
        assert!(!matches(&many, &many[1..]));
    }

    #[test]
    fn expands_below_the_root() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["etc/d/b.conf", "etc/d/a.conf", "etc/d/.c.conf", "etc/e/z.conf", "etc/d/a.txt"] {
            std::fs::create_dir_all(dir.path().join(path).parent().unwrap()).unwrap();
            std::fs::write(dir.path().join(path), "").unwrap();
        }
        let root = Root::mounted(dir.path()).unwrap();
        assert_eq!(expand(&root, "/etc/*/*.conf").unwrap(), ["/etc/d/a.conf", "/etc/d/b.conf", "/etc/e/z.conf"]);
        assert_eq!(expand(&root, "/etc/d/a.txt").unwrap(), ["/etc/d/a.txt"]);
        assert_eq!(expand(&root, "/none/*").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn patterns_cannot_work_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        for name in 0..2_000 {
            std::fs::write(dir.path().join(name.to_string()), "").unwrap();
        }
        let root = Root::mounted(dir.path()).unwrap();
        // As a configuration file does that has the same include on every line.
        let refused = (0..100).find_map(|_| expand(&root, "/x*").err());
        assert!(matches!(refused, Some(ReadError::TooMany { .. })), "{refused:?}");
    }

    proptest! {
        #[test]
        fn never_panics(pattern in ".{0,40}", name in ".{0,40}") { matches(&pattern, &name); }

        #[test]
        fn a_name_matches_itself(name in "[a-z.]{0,20}") { prop_assert!(matches(&name, &name)); }
    }
}
