//! What the beginning of a document shows of its format.
use std::{borrow::Cow, cell::OnceCell};

/// Nesting of keys that is kept.
const DEPTH_MAX: usize = 4;
/// Keys that are kept.
const KEYS_MAX: usize = 4096;

/// The beginning of a document, and its name.
pub(crate) struct Head<'a> {
    name: String,
    text: Cow<'a, str>,
    keys: OnceCell<Vec<(usize, String)>>,
}

impl<'a> Head<'a> {
    pub(crate) fn new(name: &str, bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Self { name: name.to_ascii_lowercase(), text: String::from_utf8_lossy(bytes), keys: OnceCell::new() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn extension(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether it may be JSON at all.
    pub(crate) fn is_json(&self) -> bool {
        self.text.trim_start().starts_with('{')
    }

    /// Keys of the first JSON value with their nesting (1: of the outermost object).
    pub(crate) fn keys(&self) -> &[(usize, String)] {
        self.keys.get_or_init(|| if self.is_json() { json_keys(&self.text) } else { Vec::new() })
    }

    /// Whether the JSON's outermost object has the key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.has_at(1, key)
    }

    pub(crate) fn has_at(&self, depth: usize, key: &str) -> bool {
        self.keys().iter().any(|(at, name)| *at == depth && name == key)
    }

    /// Whether YAML has a line `key:` without indentation.
    pub(crate) fn has_yaml(&self, key: &str) -> bool {
        self.text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
    }

    /// The first lines that are neither empty nor a comment.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
    }
}

/// The keys of the first value of a text that may end anywhere.
fn json_keys(text: &str) -> Vec<(usize, String)> {
    let mut keys = Vec::new();
    // For each open container: whether it is an object that awaits a key.
    let mut open: Vec<bool> = Vec::new();
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' => open.push(true),
            b'[' => open.push(false),
            b'}' | b']' => {
                open.pop();
                if open.is_empty() {
                    return keys;
                }
            }
            b':' => {
                if let Some(awaits) = open.last_mut() {
                    *awaits = false;
                }
            }
            b'"' => {
                let mut escaped = false;
                let end = loop {
                    match bytes.next() {
                        None => return keys,
                        Some((_, b'\\')) if !escaped => escaped = true,
                        Some((end, b'"')) if !escaped => break end,
                        Some(_) => escaped = false,
                    }
                };
                // A key is followed by a colon.
                let rest = text.get(end + 1..).unwrap_or_default().trim_start();
                if rest.starts_with(':') && open.len() <= DEPTH_MAX {
                    keys.push((open.len(), text.get(at + 1..end).unwrap_or_default().to_owned()));
                    if keys.len() >= KEYS_MAX {
                        return keys;
                    }
                }
            }
            _ => {}
        }
        if open.len() > 64 {
            return keys;
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_beginning() {
        let keys = |text: &str| {
            let head = Head::new("x.json", text.as_bytes());
            head.keys().iter().map(|(depth, key)| format!("{depth}{key}")).collect::<Vec<_>>().join(" ")
        };
        for (text, want, why) in [
            (r#"{"a":1,"b":{"c":["d",{"e":0}]},"f":"g"}"#, "1a 1b 2c 4e 1f", "nesting"),
            (r#"{"a":"b:\"c","d":"#, "1a 1d", "an escaped quote, and no end"),
            (r#"{"a":1}{"b":2}"#, "1a", "one value only"),
            ("[1]", "", "no object"),
            (r#"{"a"#, "", "cut inside the first key"),
        ] {
            assert_eq!(keys(text), want, "{text}: {why}");
        }
        assert_eq!(Head::new("x", &[b'['; 100_000]).keys().len(), 0, "deep nesting");
    }
}
