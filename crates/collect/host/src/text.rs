//! Small grammars that several files share: shell assignments, systemd's INI, directories of drop-ins, redaction.
use std::{cell::Cell, collections::BTreeMap};

use crate::root::{ReadError, Root};

/// Bytes that one shell variable may grow to; `A="$A$A"` on many lines would otherwise double without end.
const VALUE_MAX: usize = 64 << 10;

/// Lines of all files that one facet keeps line by line. A value names file and line, so that a few megabytes of short
/// lines below a hostile root would otherwise grow to gigabytes.
const LINES_MAX: usize = 100_000;

/// Reads the text files of one facet, so many lines in all.
pub(crate) struct Texts<'a> {
    root: &'a Root,
    left: Cell<usize>,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(root: &'a Root) -> Self {
        Self { root, left: Cell::new(LINES_MAX) }
    }

    /// The same as [`Root::read_text`], and an error where the lines are too many.
    pub(crate) fn read(&self, path: &str) -> Result<Option<String>, ReadError> {
        let Some(text) = self.root.read_text(path)? else { return Ok(None) };
        match self.left.get().checked_sub(text.lines().count().max(1)) {
            Some(left) => self.left.set(left),
            None => {
                let error = format!("more than {LINES_MAX} lines in all files of this kind");
                return Err(ReadError::Io { path: path.to_owned(), error });
            }
        }
        Ok(Some(text))
    }
}

/// Lines with their numbers from 1.
pub(crate) fn numbered(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1u32..).zip(text.lines())
}

/// Lines with their numbers that are neither blank nor start with one of `comment`; white space at both ends removed.
pub(crate) fn meaningful<'a>(text: &'a str, comment: &'a [char]) -> impl Iterator<Item = (u32, &'a str)> {
    numbered(text)
        .map(|(line, words)| (line, words.trim()))
        .filter(move |(_, words)| !words.is_empty() && !words.starts_with(comment))
}

/// Reads `NAME=value` lines as a shell would and adds them to `vars`; gives the lines that are something else.
///
/// Quotes may span lines. Where `expand`, `$NAME` and `${NAME}` stand for what `vars` holds (`sh(1)`); `os-release(5)`
/// has no expansion. Commands, substitutions and conditions are not run: their lines are in the result.
pub(crate) fn shell_assignments(text: &str, expand: bool, vars: &mut BTreeMap<String, String>) -> Vec<u32> {
    let mut shell = Shell { rest: text.chars().peekable(), line: 1, expand };
    let mut malformed = Vec::new();
    loop {
        shell.skip(|c| c.is_whitespace() || c == ';');
        let start = shell.line;
        match shell.rest.peek() {
            None => return malformed,
            Some('#') => {
                shell.skip_line();
                continue;
            }
            Some(_) => {}
        }
        let Some((name, append)) = shell.name() else {
            malformed.push(start);
            shell.skip_line();
            continue;
        };
        let value = shell.value(vars);
        shell.skip(|c| c == ' ' || c == '\t' || c == '\r');
        let ends = matches!(shell.rest.peek(), None | Some('\n' | ';' | '#'));
        match value {
            Some(value) if ends => {
                let slot = vars.entry(name).or_default();
                if !append {
                    slot.clear();
                }
                if slot.len() + value.len() > VALUE_MAX {
                    malformed.push(start);
                } else {
                    slot.push_str(&value);
                }
            }
            _ => {
                malformed.push(start);
                shell.skip_line();
            }
        }
    }
}

struct Shell<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: u32,
    expand: bool,
}

impl Shell<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.next();
        if c == Some('\n') {
            self.line = self.line.saturating_add(1);
        }
        c
    }

    fn skip(&mut self, which: impl Fn(char) -> bool) {
        while self.rest.peek().is_some_and(|c| which(*c)) {
            self.next();
        }
    }

    fn skip_line(&mut self) {
        while self.rest.peek().is_some_and(|c| *c != '\n') {
            self.next();
        }
    }

    /// The name before `=` or `+=`, `export` before it dropped.
    fn name(&mut self) -> Option<(String, bool)> {
        let mut name = String::new();
        loop {
            match self.rest.peek()? {
                '=' => {
                    self.next();
                    return (!name.is_empty()).then_some((name, false));
                }
                '+' => {
                    self.next();
                    return (self.rest.next_if_eq(&'=').is_some() && !name.is_empty()).then_some((name, true));
                }
                ' ' | '\t' if name == "export" => {
                    self.skip(|c| c == ' ' || c == '\t');
                    name.clear();
                }
                c if c.is_ascii_alphanumeric() || *c == '_' => {
                    if name.is_empty() && c.is_ascii_digit() {
                        return None;
                    }
                    name.extend(self.next());
                }
                _ => return None,
            }
        }
    }

    /// One word with its quotes removed; none where a quote does not end or the word is too long.
    fn value(&mut self, vars: &BTreeMap<String, String>) -> Option<String> {
        let mut out = String::new();
        let mut quote = None;
        loop {
            if out.len() > VALUE_MAX {
                return None;
            }
            let Some(&c) = self.rest.peek() else { return quote.is_none().then_some(out) };
            match (quote, c) {
                (None, c) if c.is_whitespace() || c == ';' => return Some(out),
                (None, '\'' | '"') => {
                    quote = Some(c);
                    self.next();
                }
                (Some(q), c) if q == c => {
                    quote = None;
                    self.next();
                }
                (None | Some('"'), '\\') => {
                    self.next();
                    let escaped = self.next()?;
                    if quote.is_some() && !matches!(escaped, '"' | '\\' | '$' | '`' | '\n') {
                        out.push('\\');
                    }
                    if escaped != '\n' {
                        out.push(escaped);
                    }
                }
                (None | Some('"'), '$') if self.expand => {
                    self.next();
                    let braced = self.rest.next_if_eq(&'{').is_some();
                    let mut name = String::new();
                    while let Some(c) = self.rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
                        name.push(c);
                    }
                    if name.is_empty() || (braced && self.rest.next_if_eq(&'}').is_none()) {
                        return None;
                    }
                    out.push_str(vars.get(&name).map_or("", String::as_str));
                }
                (None | Some('"'), '`') if self.expand => return None,
                _ => out.extend(self.next()),
            }
        }
    }
}

/// A setting of an INI file as systemd writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IniLine {
    /// Without brackets; empty before the first.
    pub(crate) section: String,
    pub(crate) key: String,
    pub(crate) value: String,
    /// From 1; the first of a continued line.
    pub(crate) line: u32,
}

/// `systemd.syntax(7)`: sections, `#` and `;` comments, lines continued by a backslash. Gives also the lines that are
/// none of these.
pub(crate) fn ini(text: &str) -> (Vec<IniLine>, Vec<u32>) {
    let (mut lines, mut malformed) = (Vec::new(), Vec::new());
    let mut section = String::new();
    let mut open: Option<(u32, String)> = None;
    for (number, raw) in numbered(text) {
        let trimmed = raw.trim();
        // A comment within a continued line is dropped and the line goes on.
        if trimmed.starts_with(['#', ';']) || (trimmed.is_empty() && open.is_none()) {
            continue;
        }
        let (start, mut whole) = open.take().unwrap_or((number, String::new()));
        if let Some(part) = trimmed.strip_suffix('\\') {
            whole.push_str(part);
            whole.push(' ');
            open = Some((start, whole));
            continue;
        }
        whole.push_str(trimmed);
        ini_line(whole.trim(), start, &mut section, &mut lines, &mut malformed);
    }
    if let Some((start, whole)) = open {
        ini_line(whole.trim(), start, &mut section, &mut lines, &mut malformed);
    }
    (lines, malformed)
}

fn ini_line(whole: &str, line: u32, section: &mut String, lines: &mut Vec<IniLine>, malformed: &mut Vec<u32>) {
    if let Some(name) = whole.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        name.clone_into(section);
    } else if let Some((key, value)) = whole.split_once('=')
        && !key.trim().is_empty()
    {
        lines.push(IniLine {
            section: section.clone(),
            key: key.trim().to_owned(),
            value: value.trim().to_owned(),
            line,
        });
    } else if !whole.is_empty() {
        malformed.push(line);
    }
}

/// Files of a set of drop-in directories, by name; `dirs` goes from the strongest to the weakest, and a name in a
/// stronger one hides the same name in a weaker one. A link to `/dev/null` hides and is not given itself
/// (`sysctl.d(5)`, `modprobe.d(5)`, `systemd.unit(5)`).
pub(crate) fn drop_ins(root: &Root, dirs: &[&str], suffix: &str) -> Result<Vec<String>, ReadError> {
    let mut by_name: BTreeMap<String, String> = BTreeMap::new();
    for dir in dirs {
        for path in root.list_suffix(dir, suffix)? {
            if let Some(name) = path.rsplit('/').next() {
                by_name.entry(name.to_owned()).or_insert(path);
            }
        }
    }
    let mut out = Vec::with_capacity(by_name.len());
    for path in by_name.into_values() {
        if !masked(root, &path)? {
            out.push(path);
        }
    }
    Ok(out)
}

/// Whether `path` is a link to `/dev/null`.
pub(crate) fn masked(root: &Root, path: &str) -> Result<bool, ReadError> {
    Ok(root.read_link(path)?.is_some_and(|target| target == "/dev/null" || target.ends_with("../dev/null")))
}

/// Directories that systemd reads, strongest first.
const SYSTEMD_DIRS: [&str; 5] = ["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"];

/// Settings of `NAME` (`systemd/coredump.conf`) and its drop-ins as `section.key` to the value that wins: the strongest
/// main file, then all drop-ins by name (`coredump.conf(5)`). An empty value gives the default back and is left out.
pub(crate) fn systemd_settings(root: &Root, name: &str) -> Result<BTreeMap<(String, String), String>, ReadError> {
    let mut files = Vec::new();
    for dir in SYSTEMD_DIRS {
        let path = format!("{dir}/{name}");
        if root.lstat(&path)?.is_some() {
            if !masked(root, &path)? {
                files.push(path);
            }
            break;
        }
    }
    let dirs: Vec<String> = SYSTEMD_DIRS.iter().map(|dir| format!("{dir}/{name}.d")).collect();
    let dirs: Vec<&str> = dirs.iter().map(String::as_str).collect();
    files.extend(drop_ins(root, &dirs, ".conf")?);
    let texts = Texts::new(root);
    let mut out = BTreeMap::new();
    for path in files {
        for line in ini(&texts.read(&path)?.unwrap_or_default()).0 {
            let key = (line.section, line.key);
            if line.value.is_empty() {
                out.remove(&key);
            } else {
                out.insert(key, line.value);
            }
        }
    }
    Ok(out)
}

/// What stands for a secret.
pub(crate) const REDACTED: &str = "REDACTED";

/// Whether a setting of this name holds a password, a key or a token.
pub(crate) fn secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["passw", "passphrase", "secret", "token", "credential", "apikey", "api_key", "rootpw"]
        .iter()
        .any(|word| name.contains(word))
        || ["pwd", "_pw", ".pw", "-pw", "key"].iter().any(|end| name.ends_with(end))
        || matches!(name.as_str(), "pass" | "pw" | "systemd.setenv")
}

/// `value` of a setting, or [`REDACTED`] where its name says secret or it is an address with a password in it.
pub(crate) fn redacted<'a>(name: &str, value: &'a str) -> &'a str {
    let address = value.split_once("://").and_then(|(_, rest)| rest.split('/').next()).is_some_and(|a| a.contains('@'));
    if !value.is_empty() && (secret_name(name) || address) { REDACTED } else { value }
}

/// Undoes the octal escapes that `fstab(5)` and `/proc/self/mountinfo` have: `\040` is a space.
pub(crate) fn unescape_octal(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte == b'\\'
            && let [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', tail @ ..] = rest
        {
            out.push((a - b'0') * 64 + (b - b'0') * 8 + (c - b'0'));
            rest = tail;
        } else {
            out.push(byte);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shell_words() {
        for (text, want, bad, why) in [
            ("A=1", "1", vec![], "bare"),
            ("A='a b'", "a b", vec![], "single quotes"),
            ("export A=\"x y\" # note", "x y", vec![], "export, and a comment behind"),
            ("A=x\nA+=\" y\"", "x y", vec![], "appended"),
            ("A=x\nA=\"$A ${A} z\"", "x x z", vec![], "variables are expanded"),
            ("A='$A'", "$A", vec![], "not in single quotes"),
            ("A=\"a\nb\"", "a\nb", vec![], "a quote spans lines"),
            ("A=\"a\\\"b\\q\"", "a\"b\\q", vec![], "only some escapes in double quotes"),
            ("A=1\nA=`id`", "1", vec![2], "a command is not run"),
            ("A=1\nA=$(id)", "1", vec![2], "nor this one"),
            ("A=1\nA=2 run", "1", vec![2], "a variable for one command only"),
            ("A=1\n. /etc/other\nif true", "1", vec![2, 3], "other lines are counted"),
            ("A=1\nA=\"open", "1", vec![2], "a quote without an end"),
        ] {
            let mut vars = BTreeMap::new();
            let malformed = shell_assignments(text, true, &mut vars);
            assert_eq!((vars.get("A").map(String::as_str), malformed), (Some(want), bad), "{text}: {why}");
        }
    }

    #[test]
    fn a_variable_cannot_double_without_end() {
        let text = format!("A={}\n{}", "x".repeat(1000), "A=\"$A$A\"\n".repeat(100));
        let mut vars = BTreeMap::new();
        shell_assignments(&text, true, &mut vars);
        assert!(vars["A"].len() <= VALUE_MAX);
    }

    #[test]
    fn ini_lines() {
        let (lines, bad) = ini("[A]\nx = 1\n; note\ny=a \\\n # inside\n b\nrubbish\n[B]\nz=\n");
        let got: Vec<_> = lines.iter().map(|l| (&*l.section, &*l.key, &*l.value, l.line)).collect();
        assert_eq!(got, [("A", "x", "1", 2), ("A", "y", "a  b", 4), ("B", "z", "", 9)]);
        assert_eq!(bad, [7]);
    }

    #[test]
    fn lines_are_bounded_over_all_files() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a"), "x\n".repeat(LINES_MAX - 1)).unwrap();
        std::fs::write(dir.path().join("b"), "x").unwrap();
        let root = Root::mounted(dir.path()).unwrap();
        let texts = Texts::new(&root);
        assert!(texts.read("/a").unwrap().is_some());
        assert!(texts.read("/b").unwrap().is_some(), "the last line that fits");
        assert!(texts.read("/b").is_err());
        assert_eq!(texts.read("/absent"), Ok(None));
    }

    #[test]
    fn secrets_are_seen_by_name_or_address() {
        for (name, value, want, why) in [
            ("inst.rootpw", "abc", REDACTED, "a password"),
            ("rd.luks.key", "/key", REDACTED, "a key"),
            ("ds", "nocloud;s=http://u:p@h/", REDACTED, "an address with a password"),
            ("root", "UUID=1", "UUID=1", "plain"),
            ("vt.keymap", "us", "us", "a key map is no key"),
            ("password", "", "", "nothing to hide"),
        ] {
            assert_eq!(redacted(name, value), want, "{why}");
        }
    }

    #[test]
    fn octal() {
        for (text, want) in [("a\\040b", "a b"), ("a\\", "a\\"), ("\\9", "\\9"), ("\\134", "\\"), ("\\303\\251", "é")]
        {
            assert_eq!(unescape_octal(text), want);
        }
    }

    #[test]
    fn stronger_directories_hide_weaker_ones() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["etc/x.d", "usr/lib/x.d"] {
            std::fs::create_dir_all(dir.path().join(path)).unwrap();
        }
        for path in [
            "etc/x.d/20-a.conf",
            "etc/x.d/30.txt",
            "usr/lib/x.d/20-a.conf",
            "usr/lib/x.d/10-b.conf",
            "usr/lib/x.d/30-c.conf",
        ] {
            std::fs::write(dir.path().join(path), "").unwrap();
        }
        std::os::unix::fs::symlink("/dev/null", dir.path().join("etc/x.d/30-c.conf")).unwrap();
        let root = Root::mounted(dir.path()).unwrap();
        let got = drop_ins(&root, &["/etc/x.d", "/usr/lib/x.d", "/absent"], ".conf").unwrap();
        assert_eq!(got, ["/usr/lib/x.d/10-b.conf", "/etc/x.d/20-a.conf"]);
    }

    proptest! {
        #[test]
        fn grammars_never_panic(text in any::<String>()) {
            shell_assignments(&text, true, &mut BTreeMap::new());
            shell_assignments(&text, false, &mut BTreeMap::new());
            let lines = u32::try_from(text.lines().count()).unwrap();
            let (found, malformed) = ini(&text);
            prop_assert!(found.len() + malformed.len() <= text.lines().count());
            prop_assert!(malformed.iter().all(|line| (1..=lines).contains(line)));
            unescape_octal(&text);
        }

        #[test]
        fn shell_soup_never_panics(text in "[A=+$\\{\\}\"'\\\\#;` \n\\w]{0,80}") {
            shell_assignments(&text, true, &mut BTreeMap::new());
        }
    }
}
