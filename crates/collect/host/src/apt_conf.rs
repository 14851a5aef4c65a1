//! apt's settings (apt.conf(5)), merged from all of their files.
use std::collections::BTreeMap;

use rustix::fs::FileType;

use crate::{
    place::Place,
    root::{ReadError, Root},
};

/// Settings by name, lower-cased: `apt::periodic::unattended-upgrade`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct AptConf {
    /// Values; the last one set counts.
    pub(crate) values: BTreeMap<String, String>,
    /// Lists by the name of their scope, in order.
    pub(crate) lists: BTreeMap<String, Vec<String>>,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// Items of all lists together; configuration has some hundred.
const ITEMS_MAX: usize = 100_000;
/// Names that one file may clear; each looks at all that is set.
const CLEARS_MAX: usize = 1_000;
/// Scopes within scopes.
const DEPTH_MAX: usize = 32;

impl AptConf {
    /// Reads `apt.conf.d` in the order of names, then `apt.conf`. Names with odd characters or an extension other than
    /// `.conf` are left out, as apt does.
    pub(crate) fn load(root: &Root) -> Result<Self, ReadError> {
        let mut conf = Self::default();
        for entry in root.list("/etc/apt/apt.conf.d")?.unwrap_or_default() {
            let plain = entry.name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
            let extension = entry.name.rsplit_once('.').map(|(_, extension)| extension);
            if !plain || entry.name.starts_with('.') || !matches!(extension, None | Some("conf")) {
                continue;
            }
            let path = format!("/etc/apt/apt.conf.d/{}", entry.name);
            if entry.kind != FileType::Directory
                && let Some(text) = root.read_text(&path)?
            {
                conf.add(&path, &text);
            }
        }
        if let Some(text) = root.read_text("/etc/apt/apt.conf")? {
            conf.add("/etc/apt/apt.conf", &text);
        }
        Ok(conf)
    }

    /// A value by its lower-case name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Adds the settings of one file over those before.
    pub(crate) fn add(&mut self, file: &str, text: &str) {
        let mut tokens = Tokens { rest: text, line: 1 };
        let mut scopes: Vec<String> = Vec::new();
        // Words of the statement so far: a name, a value.
        let mut words: Vec<String> = Vec::new();
        let mut clears = 0;
        let mut items = self.lists.values().map(Vec::len).sum::<usize>() + self.values.len();
        while let Some(token) = tokens.token() {
            let mut odd = false;
            match token {
                Token::Word(word) => {
                    odd = words.len() == 2;
                    words.push(word);
                }
                Token::Open if scopes.len() >= DEPTH_MAX => {
                    // Each scope holds the names of all above it: a file of braces alone would fill the memory.
                    self.malformed.push(Place { file: file.to_owned(), line: tokens.line });
                    return;
                }
                Token::Open => {
                    let name = words.first().map(|name| joined(scopes.last(), name)).unwrap_or_default();
                    if let (Some(value), false) = (words.get(1), name.ends_with("::")) {
                        self.values.insert(name.clone(), value.clone());
                    }
                    odd = words.is_empty();
                    scopes.push(name.trim_end_matches(':').to_owned());
                    words.clear();
                }
                Token::Close | Token::End => {
                    odd = items >= ITEMS_MAX || !self.statement(scopes.last(), &words);
                    items += usize::from(!words.is_empty());
                    if token_closes(&token) {
                        // A statement before the brace wants its semicolon.
                        odd |= !words.is_empty();
                        odd |= scopes.pop().is_none();
                    }
                    words.clear();
                }
                Token::Clear(names) => {
                    clears += names.len();
                    if clears > CLEARS_MAX {
                        self.malformed.push(Place { file: file.to_owned(), line: tokens.line });
                        return;
                    }
                    for name in names {
                        self.clear(&name.to_ascii_lowercase());
                    }
                }
                Token::Odd => odd = true,
            }
            if odd && self.malformed.len() < 1_000 {
                self.malformed.push(Place { file: file.to_owned(), line: tokens.line });
            }
            if items >= ITEMS_MAX {
                return;
            }
        }
        if !words.is_empty() || !scopes.is_empty() {
            self.malformed.push(Place { file: file.to_owned(), line: tokens.line });
        }
    }

    /// One statement; whether it is one.
    fn statement(&mut self, scope: Option<&String>, words: &[String]) -> bool {
        match words {
            [] => true,
            // A value alone within a scope is an item of the scope's list.
            [value] => {
                if let Some(scope) = scope {
                    self.lists.entry(scope.clone()).or_default().push(value.clone());
                }
                scope.is_some()
            }
            [name, value] => {
                let name = joined(scope, name);
                if let Some(list) = name.strip_suffix("::") {
                    self.lists.entry(list.to_owned()).or_default().push(value.clone());
                } else {
                    self.values.insert(name, value.clone());
                }
                true
            }
            _ => false,
        }
    }

    fn clear(&mut self, name: &str) {
        let name = name.trim_end_matches(':');
        let below = |key: &str| key.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        self.values.retain(|key, _| !below(key));
        self.lists.retain(|key, _| !below(key));
    }
}

fn token_closes(token: &Token) -> bool {
    matches!(token, Token::Close)
}

fn joined(scope: Option<&String>, name: &str) -> String {
    let name = name.to_ascii_lowercase();
    match scope {
        Some(scope) if !scope.is_empty() => format!("{scope}::{name}"),
        _ => name,
    }
}

enum Token {
    Word(String),
    Open,
    Close,
    End,
    /// `#clear NAME …;`
    Clear(Vec<String>),
    /// `#include`, or a quotation without an end.
    Odd,
}

struct Tokens<'a> {
    rest: &'a str,
    line: u32,
}

impl<'a> Tokens<'a> {
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        let lines = memchr::memchr_iter(b'\n', taken.as_bytes()).count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        taken
    }

    fn line_end(&self) -> usize {
        self.rest.find('\n').unwrap_or(self.rest.len())
    }

    fn token(&mut self) -> Option<Token> {
        loop {
            let blanks = self.rest.len() - self.rest.trim_start().len();
            self.take(blanks);
            if self.rest.starts_with("//") {
                self.take(self.line_end());
            } else if self.rest.starts_with("/*") {
                self.take(self.rest.find("*/").map_or(self.rest.len(), |at| at + 2));
            } else if let Some(after) = self.rest.strip_prefix('#') {
                let directive: String = after.chars().take_while(char::is_ascii_alphabetic).collect();
                let line = self.rest.get(..self.line_end()).unwrap_or_default();
                if directive.eq_ignore_ascii_case("clear") {
                    let end = self.rest.find(';').map_or(self.rest.len(), |at| at + 1);
                    let text = self.take(end);
                    let names = text.trim_end_matches(';').split_whitespace().skip(1);
                    return Some(Token::Clear(names.map(|name| name.trim_matches('"').to_owned()).collect()));
                }
                self.take(line.len());
                if directive.eq_ignore_ascii_case("include") {
                    return Some(Token::Odd);
                }
            } else {
                break;
            }
        }
        let first = self.rest.chars().next()?;
        let token = match first {
            '{' => Token::Open,
            '}' => Token::Close,
            ';' => Token::End,
            '"' => return Some(self.quoted()),
            _ => {
                let end = self.bare_end();
                return Some(Token::Word(self.take(end).to_owned()));
            }
        };
        self.take(1);
        Some(token)
    }

    fn quoted(&mut self) -> Token {
        let inside = self.rest.get(1..).unwrap_or_default();
        match inside.find('"') {
            // A quotation does not end on another line in practice: one that does has lost its end.
            Some(end) => {
                let word = self.take(end + 2);
                Token::Word(word.trim_matches('"').split_whitespace().collect::<Vec<_>>().join(" "))
            }
            None => {
                self.take(self.rest.len());
                Token::Odd
            }
        }
    }

    /// A bare word ends before a blank, a brace, a semicolon, a quotation or a comment.
    fn bare_end(&self) -> usize {
        let mut before = ' ';
        for (at, c) in self.rest.char_indices() {
            if c.is_whitespace() || "{};\"".contains(c) {
                return at;
            }
            // A comment, but not the one in `http://`.
            if c == '/' && before == '/' && at > 1 && !self.rest.get(..at - 1).unwrap_or_default().ends_with(':') {
                return at - 1;
            }
            before = c;
        }
        self.rest.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_grammar_is_understood() {
        let value = |k: &str, v: &str| (vec![(k.to_owned(), v.to_owned())], vec![]);
        let list = |k: &str, v: &[&str]| (vec![], vec![(k.to_owned(), v.iter().map(|v| (*v).to_owned()).collect())]);
        for (text, want, odd, why) in [
            (r#"APT::Periodic::Enable "1";"#, value("apt::periodic::enable", "1"), 0, "a whole name"),
            (r#"APT { Periodic { Enable "1"; }; };"#, value("apt::periodic::enable", "1"), 0, "scopes"),
            ("APT { Periodic { Enable 1; } }", value("apt::periodic::enable", "1"), 0, "no semicolon after a brace"),
            (r#"A::B { "x"; "y z"; };"#, list("a::b", &["x", "y z"]), 0, "a list"),
            (r#"A::B:: "x"; A::B:: "y";"#, list("a::b", &["x", "y"]), 0, "items one by one"),
            (r#"A "1"; A "2";"#, value("a", "2"), 0, "the last counts"),
            ("A \"1\"; B::C \"2\";\n#clear B;\n", value("a", "1"), 0, "what is cleared is gone"),
            ("A:: \"1\";\n#clear A;\nA:: \"2\";", list("a", &["2"]), 0, "and may come again"),
            ("// A \"1\";\n# B \"2\";\n/* C \"3\"; */ D \"4\"; // x", value("d", "4"), 0, "comments"),
            (r#"A "http://x/y//z";"#, value("a", "http://x/y//z"), 0, "two slashes in a quotation"),
            ("A http://x;", value("a", "http://x"), 0, "two slashes in a bare address"),
            ("A 1//x\n;", value("a", "1"), 0, "a comment after a bare word"),
            (r#"A "1" { B "2"; };"#, (vec![("a".into(), "1".into()), ("a::b".into(), "2".into())], vec![]), 0, "both"),
            (r#"A "1""#, (vec![], vec![]), 1, "no end"),
            (r#"A "1"#, (vec![], vec![]), 2, "a quotation without an end"),
            ("};", (vec![], vec![]), 1, "a brace too many"),
            ("A \"1\" \"2\";", (vec![], vec![]), 2, "a word too many"),
            ("#include \"x\";\nA 1;", value("a", "1"), 1, "other files are not read"),
            ("", (vec![], vec![]), 0, "nothing"),
        ] {
            let mut conf = AptConf::default();
            conf.add("f", text);
            assert_eq!((conf.values.into_iter().collect(), conf.lists.into_iter().collect()), want, "{why}");
            assert_eq!(conf.malformed.len(), odd, "{why}");
        }
    }

    #[test]
    fn what_would_never_end_is_refused() {
        for (text, why) in [
            ("{\"a\":".repeat(200_000), "scopes within scopes, each with the names of all above"),
            (format!("#clear {};", "a ".repeat(200_000)), "names to clear"),
        ] {
            let mut conf = AptConf::default();
            conf.add("/f", &text);
            assert_eq!(conf.malformed.last().map(|place| place.line), Some(1), "{why}");
        }
    }

    #[test]
    fn files_are_merged_in_order() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("etc/apt/apt.conf.d")).unwrap();
        for (name, text) in [
            ("apt.conf.d/10a", "A 1; B 1;"),
            ("apt.conf.d/20b.conf", "A 2;"),
            ("apt.conf.d/30c.bak", "A 3;"),
            ("apt.conf", "B 9;"),
        ] {
            std::fs::write(dir.path().join("etc/apt").join(name), text).unwrap();
        }
        let conf = AptConf::load(&Root::mounted(dir.path()).unwrap()).unwrap();
        assert_eq!(conf.get("a"), Some("2"), "by name; a copy with another extension is left out");
        assert_eq!(conf.get("b"), Some("9"), "the main file is last");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*", tokens in r#"(A|::|"|\{|\}|;|//|/\*|#clear | |\n|é){0,40}"#) {
            AptConf::default().add("f", &text);
            AptConf::default().add("f", &tokens);
        }
    }
}
