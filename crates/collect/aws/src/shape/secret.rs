//! What is kept of texts that may hold secrets: their form, never the text.
use std::io::Read;

use base64::Engine;
use casemate_collect_software::secrets_in;
use serde_json::{Value, json};

/// Bytes of user data after decompression that are looked at; EC2 takes 16 KiB before.
const SCRIPT_MAX: u64 = 4 << 20;
/// Assignments that are told.
const ASSIGNMENTS_MAX: usize = 500;
/// Words that make a name one of a secret's.
const WORDS: &[&str] = &["password", "passwd", "secret", "token", "privatekey", "apikey", "accesskey", "credential"];

/// Whether a field of this name may hold a secret. Names of places (`SecretArn`, `TokenUrl`) do not.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let place = ["arn", "id", "name", "url", "uri", "status", "type", "date", "policy", "enabled", "days", "age"];
    WORDS.iter().any(|word| plain.contains(word)) && !place.iter().any(|end| plain.ends_with(end))
}

/// `{form, detected}` of a value: `empty`, `arn`, `reference` (a variable, a command, a template's place) or `literal`.
pub(super) fn literal(text: &str) -> Value {
    json!({"form": form(text), "detected": detected(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>()})
}

fn form(text: &str) -> &'static str {
    let text = text.trim();
    if text.is_empty() {
        "empty"
    } else if text.starts_with("arn:") {
        "arn"
    } else if is_reference(text) {
        "reference"
    } else {
        "literal"
    }
}

/// A value that says where the secret is to be had. A variable with a default (`${A:-x}`) holds the default.
fn is_reference(text: &str) -> bool {
    let defaulted = text.contains(":-") || text.contains(":=");
    (text.starts_with('$') && !defaulted && !text.starts_with("$'") && !text.starts_with("$1$"))
        || text.starts_with('`')
        || (text.starts_with("{{") && text.ends_with("}}"))
        || (text.starts_with('%') && text.ends_with('%') && text.len() > 2)
        || text.starts_with("ssm:")
        || text.starts_with("secretsmanager:")
}

fn detected(text: &str) -> Vec<(String, u64)> {
    let mut found: Vec<_> = secrets_in("", text).into_iter().map(|secret| (secret.detector, secret.line)).collect();
    found.sort();
    found.dedup();
    found
}

/// What a script in base64 (user data: plain, gzip, MIME parts) assigns and holds.
pub(super) fn script(text: &str) -> Value {
    let empty = |present: bool, readable: bool| json!({"present": present, "readable": readable, "assignments": [], "detected": []});
    let packed: String = text.split_whitespace().collect();
    if packed.is_empty() {
        return empty(false, true);
    }
    let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(&packed) else { return empty(true, false) };
    let Some(plain) = plain(bytes) else { return empty(true, false) };
    let found = assignments(&plain);
    json!({
        "present": true,
        "readable": found.len() < ASSIGNMENTS_MAX,
        "assignments": found,
        "detected": detected(&plain).into_iter()
            .map(|(detector, line)| json!({"detector": detector, "line": line})).collect::<Vec<_>>(),
    })
}

fn plain(bytes: Vec<u8>) -> Option<String> {
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut out = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).take(SCRIPT_MAX + 1).read_to_end(&mut out).ok()?;
        out
    } else {
        bytes
    };
    if bytes.len() as u64 > SCRIPT_MAX || bytes.contains(&0) { None } else { String::from_utf8(bytes).ok() }
}

/// Names that are given a value, with the form of the value: `A=b`, `export A="b"`, `A: b`, `"A": "b"`, `$env:A = 'b'`.
fn assignments(text: &str) -> Vec<Value> {
    let mut out = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('#') || line.starts_with("//") || line.starts_with("rem ") {
            continue;
        }
        for part in parts(line) {
            let Some((name, value)) = assignment(part) else { continue };
            if out.len() >= ASSIGNMENTS_MAX {
                return out;
            }
            out.push(json!({"name": name, "line": index + 1, "form": form(value)}));
        }
    }
    out
}

/// The commands of a line, and the words of one, where an assignment may begin.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split([';', '&', '|', ',']).map(str::trim).filter(|part| !part.is_empty())
}

fn assignment(part: &str) -> Option<(String, &str)> {
    let at = part.find(['=', ':'])?;
    // `$env:NAME = value`: the colon belongs to the name.
    let at = if part.get(..at).is_some_and(|start| start.ends_with("env")) && part.get(at..)?.starts_with(':') {
        at + part.get(at..)?.find('=')?
    } else {
        at
    };
    let (left, right) = (part.get(..at)?, part.get(at + 1..)?);
    // The last word before the sign is the name: `export NAME`, `docker run -e NAME`, `- name`.
    let name: String = left
        .split_whitespace()
        .next_back()?
        .trim_matches(|c: char| !(c.is_alphanumeric() || c == '_'))
        .rsplit(':')
        .next()?
        .to_owned();
    let value = right.trim_start_matches('=').trim().trim_matches(|c| c == '"' || c == '\'').trim();
    let good = !name.is_empty() && name.len() <= 128;
    // `http://…` and `==` are no assignments.
    (good && !right.starts_with('/') && !right.starts_with('=')).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_keeps_its_form_alone() {
        for (text, want) in [
            ("", "empty"),
            ("arn:aws:secretsmanager:eu-west-1:1:secret:x", "arn"),
            ("$DB_PASSWORD", "reference"),
            ("$(aws ssm get-parameter)", "reference"),
            ("${X:-hunter2}", "literal"),
            ("{{resolve:ssm:x}}", "reference"),
            ("hunter2", "literal"),
        ] {
            assert_eq!(literal(text)["form"], want, "{text}");
        }
    }

    fn script_of(text: &str) -> Value {
        script(&base64::engine::general_purpose::STANDARD.encode(text))
    }

    #[test]
    fn a_script_tells_what_it_assigns_and_not_what() {
        let got = script_of(
            "#!/bin/sh\nexport DB_PASSWORD=hunter2\nA=1; API_TOKEN='tok tok'\n# X_SECRET=old\n$env:WIN_SECRET = 'w'\n\
             secret_key: \"y\"\ncurl http://x/y\nTOKEN=$(fetch)\n",
        );
        let found: Vec<(String, String)> = got["assignments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|a| (a["name"].as_str().unwrap().to_owned(), a["form"].as_str().unwrap().to_owned()))
            .collect();
        let want = [
            ("DB_PASSWORD", "literal"),
            ("A", "literal"),
            ("API_TOKEN", "literal"),
            ("WIN_SECRET", "literal"),
            ("secret_key", "literal"),
            ("TOKEN", "reference"),
        ];
        assert_eq!(found, want.map(|(a, b)| (a.to_owned(), b.to_owned())));
        let shown = got.to_string();
        assert!(!shown.contains("hunter2") && !shown.contains("tok tok"), "{shown}");
    }

    #[test]
    fn data_that_is_no_text_proves_nothing() {
        for (text, present, readable) in [("", false, true), ("%%%", true, false), ("AAECAwQ=", true, false)] {
            let got = script(text);
            assert_eq!((&got["present"], &got["readable"]), (&json!(present), &json!(readable)), "{text}");
        }
    }

    #[test]
    fn gzip_is_opened_to_a_limit() {
        use std::io::Write;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(b"A_SECRET=x\n").unwrap();
        let got = script(&base64::engine::general_purpose::STANDARD.encode(packed.finish().unwrap()));
        assert_eq!(got["assignments"][0]["name"], "A_SECRET");
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        bomb.write_all(&vec![b'a'; 8 << 20]).unwrap();
        let got = script(&base64::engine::general_purpose::STANDARD.encode(bomb.finish().unwrap()));
        assert_eq!(got["readable"], false);
    }

    #[test]
    fn names_of_secrets_are_told_from_names_of_places() {
        for (name, want) in [
            ("MasterUserPassword", true),
            ("SecretAccessKey", true),
            ("AuthToken", true),
            ("SecretArn", false),
            ("MasterUserSecretStatus", false),
            ("Engine", false),
        ] {
            assert_eq!(is_secret_name(name), want, "{name}");
        }
    }
}
