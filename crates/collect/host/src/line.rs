//! Lines of configuration files: continuation, words, quotes.

/// Logical lines with the number of their first physical line, from 1. A backslash before the line's end joins the next
/// line with `glue` between them.
pub(crate) fn joined(text: &str, glue: &str) -> Vec<(u32, String)> {
    let mut out: Vec<(u32, String)> = Vec::new();
    let mut open = false;
    for (number, line) in (1u32..).zip(text.lines()) {
        let (body, more) = match line.strip_suffix('\\') {
            Some(body) => (body, true),
            None => (line, false),
        };
        match out.last_mut() {
            Some((_, last)) if open => {
                last.push_str(glue);
                last.push_str(body);
            }
            _ => out.push((number, body.to_owned())),
        }
        open = more;
    }
    out
}

/// Physical lines with their numbers, from 1, trimmed; blank lines and those that start with `#` are left out.
pub(crate) fn plain(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1u32..)
        .zip(text.lines())
        .map(|(number, line)| (number, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// Names of a list file (`cron.allow`, `shells`): one a line, comments left out.
pub(crate) fn names(text: &str) -> Vec<String> {
    plain(text).map(|(_, line)| line.to_owned()).collect()
}

/// `name = value`, `name value` or a bare `name` (`true`); comments start a line with `#`. A later line wins.
pub(crate) fn settings(text: &str) -> std::collections::BTreeMap<String, String> {
    plain(text)
        .map(|(_, line)| {
            let (name, rest) = line.split_at(line.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(line.len()));
            let rest = rest.trim_start();
            let value = rest.strip_prefix('=').unwrap_or(rest).trim();
            let bare = rest.is_empty();
            (name.to_owned(), if bare { "true".to_owned() } else { value.to_owned() })
        })
        .collect()
}

/// `NAME=value` assignments as a shell reads them: `export` and one pair of quotes taken off; other lines are left out.
pub(crate) fn assignments(text: &str) -> Vec<(u32, String, String)> {
    let mut out = Vec::new();
    for (number, line) in plain(text) {
        let line = line.strip_prefix("export ").map_or(line, str::trim_start);
        let Some((name, value)) = line.split_once('=') else { continue };
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            out.push((number, name.to_owned(), shell_word(value)));
        }
    }
    out
}

/// The first shell word of `text`, quotes and backslashes resolved; it ends at blank, `;`, `&`, `|`, `)` or ` #`.
pub(crate) fn shell_word(text: &str) -> String {
    let mut out = String::new();
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None | Some('"'), '\\') => out.extend(chars.next()),
            (None, c) if c.is_whitespace() || matches!(c, ';' | '&' | '|' | ')') => break,
            _ => out.push(c),
        }
    }
    out
}

/// Words split at blanks; `"` and `'` keep blanks, a backslash keeps the next character. A word that starts with `#`
/// ends the line where `comments`. None where a quote is not closed.
pub(crate) fn words(text: &str, comments: bool) -> Option<Vec<String>> {
    let mut out = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => out.extend(word.take()),
            (None, '#') if comments && word.is_none() => break,
            (_, '\\') => {
                // Only what a backslash can protect loses it: a path on `C:\` keeps its own.
                match chars.clone().next() {
                    Some(next @ ('"' | '\'' | '\\')) => {
                        word.get_or_insert_default().push(next);
                        chars.next();
                    }
                    Some(' ') if quote.is_none() => {
                        word.get_or_insert_default().push(' ');
                        chars.next();
                    }
                    _ => word.get_or_insert_default().push('\\'),
                }
            }
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return None;
    }
    out.extend(word.take());
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_join_at_a_backslash() {
        assert_eq!(
            joined("a\\\n b\nc\\", ""),
            [(1, "a b".to_owned()), (3, "c".to_owned())],
            "the number is that of the first line; a backslash at the end of the file joins nothing"
        );
    }

    #[test]
    fn words_keep_quotes_together() {
        let owned = |words: &[&str]| Some(words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
        for (text, want, why) in [
            ("a  b\t c", owned(&["a", "b", "c"]), "blanks split"),
            (r#"a "b c" d"#, owned(&["a", "b c", "d"]), "double quotes"),
            (r#"a"b c"d"#, owned(&["ab cd"]), "a quote inside a word"),
            ("'' x", owned(&["", "x"]), "an empty word"),
            (r#""a\"b""#, owned(&["a\"b"]), "a protected quote"),
            (r"a\ b", owned(&["a b"]), "a protected blank"),
            (r"a\d", owned(&[r"a\d"]), "other backslashes stay"),
            ("a # b", owned(&["a"]), "a comment"),
            ("a#b", owned(&["a#b"]), "no comment inside a word"),
            (r#"a "b"#, None, "an open quote"),
        ] {
            assert_eq!(words(text, true), want, "{text}: {why}");
        }
    }

    #[test]
    fn settings_have_one_form() {
        for (text, want, why) in [
            ("a = b c", ("a", "b c"), "blanks around"),
            ("a=b=c", ("a", "b=c"), "the first sign splits"),
            ("a 8", ("a", "8"), "a blank alone"),
            ("  a  ", ("a", "true"), "a flag"),
            ("a =", ("a", ""), "an empty value is not a flag"),
            ("a = 1\na = 2", ("a", "2"), "the later line wins"),
        ] {
            let got: Vec<_> = settings(text).into_iter().collect();
            assert_eq!(got, [(want.0.to_owned(), want.1.to_owned())], "{text}: {why}");
        }
    }

    #[test]
    fn assignments_are_read_as_a_shell() {
        let got = assignments("# c\nexport A=\"b c\" # x\nB='d'\nif x; then C=1; fi\nD=e;f\n");
        let want = [(2, "A", "b c"), (3, "B", "d"), (5, "D", "e")];
        assert_eq!(got, want.map(|(n, a, b)| (n, a.to_owned(), b.to_owned())));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") {
            joined(&text, " ");
            words(&text, true);
            assignments(&text);
            settings(&text);
        }
    }
}
