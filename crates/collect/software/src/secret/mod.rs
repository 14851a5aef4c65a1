//! Secrets in text. The table of detectors is `table::DETECTORS`, the files that are looked into are in `place`.
mod decode;
mod detector;
mod place;
mod private_key;
mod proof;
mod search;
mod table;
#[cfg(test)]
mod tests;

use crate::{Body, Entry, Facts, Secret, Want, body, entry::Candidate, package::problem};

/// Secrets of one file that are told.
const SECRETS_MAX: usize = 200;
/// Bytes at the beginning in which a NUL tells that a file is no text.
const SNIFF: usize = 8 << 10;

/// Whether, and how much of, this regular file that is not empty may hold a secret. As for packages: asked very often.
pub(crate) fn wants(file: &Candidate<'_>) -> Option<Want> {
    place::is_of_interest(file).then_some(Want::Whole(place::SIZE_MAX))
}

/// The secrets of one file; `body` stands at its beginning.
pub(crate) fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let bytes = match body::whole(body, place::SIZE_MAX) {
        Ok(bytes) => bytes,
        // No package is missing for it.
        Err(why) => return Facts::failed(problem(entry, format!("cannot read it for secrets: {why}"), false)),
    };
    let Some(text) = text(&bytes) else { return Facts::default() };
    let (secrets, more) = search::search(&entry.path, &text, SECRETS_MAX);
    let mut facts = Facts { secrets, ..Facts::default() };
    if more {
        let reason =
            format!("it holds more secrets than the limit secrets.file, {SECRETS_MAX}: the others are not told");
        facts.problems.push(problem(entry, reason, false));
    }
    facts
}

/// The secrets of a text that is no file: the environment and the history of an image. `path` says where it stands, and is
/// the path of each; at most 200 are told.
#[must_use]
pub fn secrets_in(path: &str, text: &str) -> Vec<Secret> {
    search::search(path, text, SECRETS_MAX).0
}

/// The bytes as text; none for a file that is none.
fn text(bytes: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    let wide = |rest: &[u8], number: fn([u8; 2]) -> u16| {
        let numbers = rest.as_chunks::<2>().0.iter().map(|pair| number(*pair));
        char::decode_utf16(numbers).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Some(wide(rest, u16::from_le_bytes).into());
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Some(wide(rest, u16::from_be_bytes).into());
    }
    let head = bytes.get(..SNIFF.min(bytes.len())).unwrap_or_default();
    if memchr::memchr(0, head).is_some() {
        return None;
    }
    Some(String::from_utf8_lossy(bytes))
}
