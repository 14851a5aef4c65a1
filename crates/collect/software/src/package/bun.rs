//! `bun.lock`: JSON with comments and trailing commas (Bun docs, "Lockfile").
use casemate_estate::PackageType;
use serde::Deserialize;

use super::{
    Reader,
    library::{Fields, LOCK_MAX, Libraries, List, Word, json_failed, shown},
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: "bun.lock", wants, read };

fn wants(file: &Candidate<'_>) -> Option<Want> {
    (file.base == "bun.lock" && !file.dir.contains("/node_modules/")).then_some(Want::Whole(LOCK_MAX))
}

#[derive(Deserialize)]
struct Lock {
    /// By the place in the tree: `[NAME@VERSION, …]`.
    #[serde(default)]
    packages: Fields<List<Word>>,
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, LOCK_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let lock: Lock = match serde_json::from_str(&plain(&text)) {
        Ok(lock) => lock,
        Err(why) => return json_failed(entry, &why),
    };
    let mut found = Libraries::new(entry, PackageType::Npm);
    for (place, package) in &lock.packages.0 {
        let Some(locked) = package.0.first().and_then(Word::get) else {
            found.problem(format!("package `{}` names no version", shown(place)), true);
            continue;
        };
        let at = locked.char_indices().skip(1).find(|(_, c)| *c == '@').map(|(at, _)| at);
        let (name, version) = at.and_then(|at| locked.split_at_checked(at)).unwrap_or((locked, ""));
        let version = version.trim_start_matches('@');
        let own = ["workspace:", "link:", "file:", "root:"].iter().any(|own| version.starts_with(own));
        if !own {
            // An address says no version.
            let version = if version.contains([':', '/']) { "" } else { version };
            found.add(name, version, false);
        }
    }
    found.done()
}

/// Without comments, and without commas before a closing bracket; line breaks stay, so that lines keep their numbers.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    // A comma waits until it is known that no bracket closes after it; white space waits with it.
    let mut waiting = String::new();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('/', Some('/')) => {
                while chars.next_if(|c| *c != '\n').is_some() {}
                continue;
            }
            ('/', Some('*')) => {
                let mut last = ' ';
                for c in chars.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    if c == '\n' {
                        waiting.push(c);
                    }
                    last = c;
                }
                continue;
            }
            _ => {}
        }
        match c {
            ',' => {
                out.push_str(&waiting);
                waiting.clear();
                waiting.push(',');
                continue;
            }
            c if c.is_ascii_whitespace() => {
                waiting.push(c);
                continue;
            }
            '}' | ']' => out.push_str(waiting.strip_prefix(',').unwrap_or(&waiting)),
            _ => out.push_str(&waiting),
        }
        waiting.clear();
        out.push(c);
        if c == '"' {
            let mut escaped = false;
            for c in chars.by_ref() {
                out.push(c);
                match c {
                    '"' if !escaped => break,
                    '\\' => escaped = !escaped,
                    _ => escaped = false,
                }
            }
        }
    }
    out.push_str(&waiting);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::{library::listed, testing::facts};

    #[test]
    fn comments_and_commas_are_left_out() {
        for (text, want) in [
            ("{\"a\": [1, 2, ], }", "{\"a\": [1, 2 ] }"),
            ("[\"a,]//\\\"\", /* x\n */ 1 // y\n]", "[\"a,]//\\\"\", \n 1 \n]"),
            ("\"", "\""),
            (",,", ",,"),
        ] {
            assert_eq!(plain(text), want, "{text}");
        }
    }

    #[test]
    fn what_a_registry_gave_is_a_package() {
        let text = r#"{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "app", "dependencies": { "a": "^1", }, }, },
  "packages": {
    "a": ["a@1.2.3", "", {}, "sha512-x"],
    "@s/b": ["@s/b@2.0.0", "", { "dependencies": { "a": "1" } }, "sha512-x"],
    "own": ["own@workspace:packages/own"],
    "git": ["git@github:o/r#c", {}, "x"],
    "odd": [],
  },
}"#;
        let facts = facts("/app/bun.lock", text.as_bytes());
        assert_eq!(listed(&facts), ["npm/a@1.2.3", "npm/git@", "npm/@s/b@2.0.0"]);
        assert_eq!(facts.problems.len(), 2);
    }
}
