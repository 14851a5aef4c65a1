//! Takes what opens doors out of a configuration's texts, and tells which of them did. Better one word too many than one
//! too few: these texts are for people.
use casemate_collect_software::{Entry, EntryKind, Secret, SecretClass};

/// Last words of names whose values are secrets.
const NAMES: &[(&str, SecretClass)] = &[
    ("password", SecretClass::Password),
    ("passwd", SecretClass::Password),
    ("passphrase", SecretClass::Password),
    ("pass", SecretClass::Password),
    ("pw", SecretClass::Password),
    ("secret", SecretClass::Token),
    ("secret_key", SecretClass::CloudKey),
    ("secretkey", SecretClass::CloudKey),
    ("secret_access_key", SecretClass::CloudKey),
    ("token", SecretClass::Token),
    ("api_key", SecretClass::Token),
    ("apikey", SecretClass::Token),
    ("auth_key", SecretClass::Token),
    ("access_key", SecretClass::CloudKey),
    ("accesskey", SecretClass::CloudKey),
    ("account_key", SecretClass::CloudKey),
    ("private_key", SecretClass::PrivateKey),
    ("privatekey", SecretClass::PrivateKey),
    ("encryption_key", SecretClass::Token),
    ("signing_key", SecretClass::Token),
    ("credential", SecretClass::Password),
    ("credentials", SecretClass::Password),
];

/// Beginnings of tokens that say what they are.
const TOKENS: &[&str] = &[
    "AKIA",
    "ASIA",
    "AIza",
    "eyJ",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "sk_live_",
    "rk_live_",
    "sk-",
    "npm_",
    "pypi-",
    "hvs.",
    "dop_v1_",
    "SG.",
    "ya29.",
];

/// The class of secret that a value of this name is, by the name's last words: `DB_PASSWORD`, `--api-key`.
pub(crate) fn name_class(name: &str) -> Option<SecretClass> {
    let mut words = String::new();
    let mut lower = false;
    for c in name.chars() {
        // `dbPassword` is `db_password`.
        if c.is_ascii_uppercase() && lower {
            words.push('_');
        }
        lower = c.is_ascii_lowercase();
        words.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
    }
    let words = words.trim_matches('_');
    let ends = |end: &str| words.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'));
    NAMES.iter().filter(|(end, _)| ends(end)).max_by_key(|(end, _)| end.len()).map(|(_, class)| *class)
}

/// Whether a value could be a secret rather than a reference to one.
pub(crate) fn value_is_secret(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'']);
    let reference =
        value.starts_with(['$', '/', '<', '{', '%']) || value.starts_with("./") || value.starts_with("file:");
    let flag =
        ["true", "false", "yes", "no", "none", "null", "0", "1"].iter().any(|word| value.eq_ignore_ascii_case(word));
    !value.is_empty() && !reference && !flag
}

/// A text without its secrets, and the names of those it had.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Redacted {
    pub(crate) text: String,
    pub(crate) found: Vec<Found>,
}

/// A secret that stood in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// What it was called; empty for one known by its own form.
    pub(crate) name: String,
    pub(crate) class: SecretClass,
    /// Characters of the value.
    pub(crate) length: usize,
}

/// What the next words are the value of.
enum Pending {
    None,
    /// The next word, to its end.
    Word(String, SecretClass),
    /// All up to this quote.
    Quote(char),
}

/// Redacts a command, a label or a line of history.
pub(crate) fn text(text: &str) -> Redacted {
    let mut out = Redacted::default();
    let mut pending = Pending::None;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        let space = piece.get(word.len()..).unwrap_or_default();
        match &pending {
            Pending::Quote(quote) => {
                if let Some(at) = word.find(*quote) {
                    out.text.push_str(word.get(at..).unwrap_or_default());
                    out.text.push_str(space);
                    pending = Pending::None;
                }
                continue;
            }
            Pending::Word(..) if word.is_empty() => {}
            Pending::Word(name, class) => {
                let value = word;
                if value_is_secret(value) {
                    out.found.push(Found { name: name.clone(), class: *class, length: value.chars().count() });
                    out.text.push('…');
                    pending = quote_open(value);
                } else {
                    out.text.push_str(word);
                    pending = Pending::None;
                }
                out.text.push_str(space);
                continue;
            }
            Pending::None => {}
        }
        pending = self::word(word, &mut out);
        out.text.push_str(space);
    }
    out
}

/// A value that begins with a quote and does not end with it goes on in the next words.
fn quote_open(value: &str) -> Pending {
    let mut chars = value.chars();
    match chars.next() {
        Some(quote @ ('"' | '\'')) if !chars.as_str().contains(quote) => Pending::Quote(quote),
        _ => Pending::None,
    }
}

fn word(word: &str, out: &mut Redacted) -> Pending {
    // `NAME=VALUE`, `--name=value`, `"name":"value"`, `name:value`.
    if let Some(at) = word.find(['=', ':'])
        && let (Some(name), Some(rest)) = (word.get(..at), word.get(at + 1..))
        && let Some(class) = name_class(name.trim_matches(['"', '\'', '{', ',', '-', '|']))
        && !rest.starts_with("//")
    {
        let bare = name.trim_matches(['"', '\'', '{', ',', '-', '|']);
        out.text.push_str(word.get(..=at).unwrap_or_default());
        if rest.is_empty() {
            return Pending::Word(bare.to_owned(), class);
        }
        if !value_is_secret(rest) {
            out.text.push_str(rest);
            return Pending::None;
        }
        out.found.push(Found { name: bare.to_owned(), class, length: rest.chars().count() });
        out.text.push('…');
        return quote_open(rest);
    }
    // `--password VALUE`. A word without hyphens before it is prose.
    if let Some(flag) = word.strip_prefix('-')
        && let Some(class) = name_class(flag)
    {
        out.text.push_str(word);
        return Pending::Word(flag.trim_start_matches('-').to_owned(), class);
    }
    if matches!(word.trim_matches(['"', '\'']).to_ascii_lowercase().as_str(), "bearer" | "basic") {
        out.text.push_str(word);
        return Pending::Word("authorization".into(), SecretClass::Token);
    }
    match address(word).or_else(|| token(word)) {
        Some((shown, found)) => {
            out.text.push_str(&shown);
            out.found.push(found);
        }
        None => out.text.push_str(word),
    }
    Pending::None
}

/// `scheme://user:password@host`.
fn address(word: &str) -> Option<(String, Found)> {
    let at = word.find("://")? + 3;
    let rest = word.get(at..)?;
    let authority = rest.get(..rest.find(['/', '?', '#']).unwrap_or(rest.len()))?;
    let (user, _) = authority.rsplit_once('@')?;
    let (name, password) = user.split_once(':')?;
    if !value_is_secret(password) {
        return None;
    }
    let after = rest.get(user.len()..)?;
    let shown = format!("{}{name}:…{after}", word.get(..at)?);
    let found = Found { name: "address".into(), class: SecretClass::Password, length: password.chars().count() };
    Some((shown, found))
}

/// A token that says what it is, anywhere in the word.
fn token(word: &str) -> Option<(String, Found)> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let starts = TOKENS.iter().filter_map(|start| word.find(start).map(|at| (at, start.len())));
    let (at, length) = starts.min()?;
    let rest = word.get(at..)?;
    // In the middle of a word it is no beginning.
    if word.get(..at)?.ends_with(part) {
        return None;
    }
    let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
    if end < length + 12 {
        return None;
    }
    let shown = format!("{}…{}", word.get(..at + length)?, rest.get(end..)?);
    Some((shown, Found { name: String::new(), class: SecretClass::Token, length: end }))
}

/// What the detectors of files find in a text. `place` becomes the path, `line` the line.
pub(crate) fn detect(text: &str, place: &str, line: u64) -> Vec<Secret> {
    // A file whose name says that it may hold secrets, so that it is looked at whichever it is.
    let path = "/.env".to_owned();
    let entry = Entry { path, kind: EntryKind::File, mode: 0o600, uid: 0, gid: 0, size: text.len() as u64 };
    let facts = casemate_collect_software::read(&entry, Some(&mut std::io::Cursor::new(text)), true);
    let found = facts.secrets.into_iter();
    found.map(|secret| Secret { path: place.to_owned(), line, ..secret }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_tells_what_its_value_is() {
        for (name, want) in [
            ("DB_PASSWORD", Some(SecretClass::Password)),
            ("dbPassword", Some(SecretClass::Password)),
            ("--api-key", Some(SecretClass::Token)),
            ("AWS_SECRET_ACCESS_KEY", Some(SecretClass::CloudKey)),
            ("TOKEN", Some(SecretClass::Token)),
            ("PWD", None),
            ("COMPASS", None),
            ("TOKENIZER", None),
            ("PASSWORD_FILE", None),
            ("GPG_KEY", None),
            ("", None),
        ] {
            assert_eq!(name_class(name), want, "{name}");
        }
    }

    #[test]
    fn a_text_keeps_all_but_its_secrets() {
        for (given, want, why) in [
            ("/bin/sh -c apt-get install -y curl", "/bin/sh -c apt-get install -y curl", "nothing"),
            ("ENV DB_PASSWORD=hunter22 A=b", "ENV DB_PASSWORD=… A=b", "an assignment"),
            ("ENV DB_PASSWORD=\"two words\" A=b", "ENV DB_PASSWORD=… \" A=b", "a quoted one"),
            ("app --password hunter22 --port 80", "app --password … --port 80", "a flag"),
            ("app --password=hunter22", "app --password=…", "a flag with its value"),
            ("curl -H Authorization: Bearer abcdef x", "curl -H Authorization: Bearer … x", "a header"),
            ("git clone https://bob:hunter22@h.example/a?b", "git clone https://bob:…@h.example/a?b", "an address"),
            ("|1 token=abc /bin/sh", "|1 token=… /bin/sh", "a build argument"),
            ("export T=ghp_0123456789abcdefABCDEF01;", "export T=ghp_…;", "a token that says what it is"),
            ("{\"password\":\"x1y2\"}", "{\"password\":…", "JSON"),
            ("DB_PASSWORD=$SECRET --token /run/secrets/t", "DB_PASSWORD=$SECRET --token /run/secrets/t", "references"),
            ("the password is asked for", "the password is asked for", "prose"),
            ("--password", "--password", "at the end"),
        ] {
            let got = text(given);
            assert_eq!(got.text, want, "{why}");
            assert_eq!(got.found.is_empty(), given == want, "{why}: {:?}", got.found);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn a_secret_after_its_name_never_shows(
            before in "[a-z /-]{0,20}", name in "(DB_PASSWORD|api-key|token)", sign in "(=|: |=\")", secret in "[0-9]{6}[xyz]{4}",
            after in "[a-z /-]{0,20}",
        ) {
            let given = format!("{before} {name}{sign}{secret} {after}");
            prop_assert!(!text(&given).text.contains(&secret), "{given}");
        }

        #[test]
        fn no_text_breaks_it(given in "\\PC*") {
            let got = text(&given);
            prop_assert!(got.text.len() <= given.len() + got.found.len() * 4);
        }
    }
}
