//! One pass over a text for the keywords of all detectors; only around those that are there do patterns run.
use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{LazyLock, OnceLock},
};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;

use super::{
    detector::{Detector, Match, Proof},
    proof::placeholder,
    table::detectors,
};
use crate::{Secret, SecretClass};

/// Bytes before a keyword that are looked at: what may stand before it, and names.
const BEFORE: usize = 160;
/// Bytes around a match that a proof sees.
const NEAR: usize = 1_024;
/// Characters in which a template would show.
const PLACEHOLDER_WITHIN: usize = 80;

/// A detector with its pattern, which is compiled when it is first needed: most never are.
struct Ready {
    detector: &'static Detector,
    pattern: OnceLock<Option<Regex>>,
}

impl Ready {
    fn pattern(&self) -> Option<&Regex> {
        // A pattern that does not compile finds nothing; a test compiles them all.
        self.pattern.get_or_init(|| Regex::new(self.detector.pattern).ok()).as_ref()
    }
}

struct Index {
    ready: Vec<Ready>,
    keywords: Option<AhoCorasick>,
    /// For each keyword, which detector asked for it.
    owners: Vec<usize>,
    /// Detectors that have no keyword.
    whole: Vec<usize>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let ready: Vec<Ready> = detectors().map(|detector| Ready { detector, pattern: OnceLock::new() }).collect();
    let (mut words, mut owners, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for (at, one) in ready.iter().enumerate() {
        if one.detector.keywords.is_empty() {
            whole.push(at);
        }
        for keyword in one.detector.keywords {
            words.push(*keyword);
            owners.push(at);
        }
    }
    let keywords =
        AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(words).ok();
    Index { ready, keywords, owners, whole }
});

/// A secret in a text.
struct Found {
    detector: usize,
    range: Range<usize>,
    proof: Proof,
}

/// The secrets of a text, at most `most`, by their place; whether there are more.
pub(super) fn search(path: &str, text: &str, most: usize) -> (Vec<Secret>, bool) {
    let index = &*INDEX;
    let mut windows: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    let here: Vec<bool> = index.ready.iter().map(|one| (one.detector.only)(path)).collect();
    for at in index.whole.iter().filter(|at| here.get(**at) == Some(&true)) {
        windows.entry(*at).or_default().push(0..text.len());
    }
    for hit in index.keywords.iter().flat_map(|keywords| keywords.find_overlapping_iter(text)) {
        let Some(at) = index.owners.get(hit.pattern().as_usize()) else { continue };
        let (Some(one), Some(true)) = (index.ready.get(*at), here.get(*at)) else { continue };
        let start = text.floor_char_boundary(hit.start().saturating_sub(BEFORE));
        let end = text.floor_char_boundary(hit.end().saturating_add(one.detector.reach));
        let ranges = windows.entry(*at).or_default();
        match ranges.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => ranges.push(start..end),
        }
    }
    let mut found: Vec<Found> = Vec::new();
    let mut more = false;
    for (at, ranges) in windows {
        let Some(one) = index.ready.get(at) else { continue };
        for range in ranges {
            more |= !window_search(at, one, text, range, most, &mut found);
        }
    }
    found.sort_by_key(|one| one.range.start);
    let secrets = found.iter().filter_map(|one| secret(index, path, text, one)).collect();
    (secrets, more)
}

/// Adds what the pattern finds in the window and no earlier detector has found; false where there are more than `most`.
fn window_search(
    at: usize,
    one: &Ready,
    text: &str,
    window: Range<usize>,
    most: usize,
    found: &mut Vec<Found>,
) -> bool {
    let (Some(pattern), Some(head)) = (one.pattern(), text.get(..window.end)) else { return true };
    let mut from = window.start;
    while let Some(groups) = (from <= head.len()).then(|| pattern.captures_at(head, from)).flatten() {
        let Some(whole) = groups.get(0) else { break };
        let inner = groups.iter().skip(1).flatten().next().unwrap_or(whole);
        // An empty match would stand still.
        from = text.ceil_char_boundary(whole.end().max(from + 1));
        let range = inner.range();
        if !bounded(text, &range) || found.iter().any(|known| overlap(&known.range, &range)) {
            continue;
        }
        let near = text.floor_char_boundary(range.start.saturating_sub(NEAR))
            ..text.floor_char_boundary(range.end.saturating_add(NEAR));
        let candidate =
            Match { secret: inner.as_str(), whole: whole.as_str(), near: text.get(near).unwrap_or_default() };
        let Some(proof) = (one.detector.proof)(&candidate) else { continue };
        let start =
            candidate.secret.get(..candidate.secret.floor_char_boundary(PLACEHOLDER_WITHIN)).unwrap_or_default();
        if proof != Proof::Checksum && one.detector.class != SecretClass::PrivateKey && placeholder(start) {
            continue;
        }
        if found.len() >= most {
            return false;
        }
        found.push(Found { detector: at, range, proof });
    }
    true
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether no character of a word stands right before or behind. A letter after a backslash is an escape, as in `\nghp_`.
fn bounded(text: &str, range: &Range<usize>) -> bool {
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let bytes = text.as_bytes();
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    let escape = range.start.checked_sub(2).and_then(|at| bytes.get(at)) == Some(&b'\\');
    !bytes.get(range.end).is_some_and(word) && (escape || !before.is_some_and(word))
}

fn secret(index: &Index, path: &str, text: &str, found: &Found) -> Option<Secret> {
    let detector = index.ready.get(found.detector)?.detector;
    let before = text.as_bytes().get(..found.range.start)?;
    Some(Secret {
        detector: detector.name.to_owned(),
        class: detector.class,
        path: path.to_owned(),
        line: 1 + memchr::memchr_iter(b'\n', before).count() as u64,
        redacted: detector.redacted(text.get(found.range.clone())?),
        proof: found.proof.as_str().to_owned(),
        layer: None,
        deleted_in_later_layer: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile_and_all_keywords_are_found() {
        for one in &INDEX.ready {
            assert!(one.pattern().is_some(), "{}", one.detector.name);
        }
        assert!(INDEX.keywords.is_some());
        let mut names: Vec<&str> = detectors().map(|detector| detector.name).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "each name once");
        assert!(all >= 45);
    }
}
