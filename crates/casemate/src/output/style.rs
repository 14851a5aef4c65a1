//! Colour, width and the removal of control characters: names of files and users may hold anything.
use std::{borrow::Cow, io::IsTerminal};

use anstyle::{AnsiColor, Style};
use casemate_estate::{Severity, State};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether and how to colour. `NO_COLOR` (any value but empty) and `TERM=dumb` turn it off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paint {
    colour: bool,
    /// Columns of the terminal; none where output is no terminal: nothing is cut then.
    pub(crate) width: Option<usize>,
}

impl Paint {
    /// For standard output, where that is where output goes.
    pub(crate) fn detect(to_stdout: bool) -> Self {
        let terminal = to_stdout && std::io::stdout().is_terminal();
        let width = terminal.then(|| terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)));
        Self { colour: terminal && colour_allowed(), width }
    }

    /// For standard error.
    pub(crate) fn for_stderr() -> Self {
        Self { colour: std::io::stderr().is_terminal() && colour_allowed(), width: None }
    }

    /// Without colour or cuts.
    #[cfg(test)]
    pub(crate) fn none() -> Self {
        Self { colour: false, width: None }
    }

    fn paint(self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.paint(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), text)
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.paint(Style::new().fg_color(Some(AnsiColor::Green.into())), text)
    }

    pub(crate) fn warn(self, text: &str) -> String {
        self.paint(Style::new().fg_color(Some(AnsiColor::Yellow.into())), text)
    }

    pub(crate) fn severity(self, severity: Severity, text: &str) -> String {
        let style = match severity {
            Severity::Critical => Style::new().bold().fg_color(Some(AnsiColor::BrightRed.into())),
            Severity::High => Style::new().fg_color(Some(AnsiColor::Red.into())),
            Severity::Medium => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
            Severity::Low => Style::new().fg_color(Some(AnsiColor::Cyan.into())),
        };
        self.paint(style, text)
    }

    pub(crate) fn state(self, state: State, text: &str) -> String {
        match state {
            State::Pass => self.good(text),
            State::Fail => self.bad(text),
            State::Unknown => self.warn(text),
            State::NotApplicable => self.dim(text),
        }
    }
}

fn colour_allowed() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Whether a character commands a terminal or makes a text read as another: control characters, line separators,
/// directional marks and overrides (Unicode TR 36), and what takes no room, but the joiners that some scripts need.
pub(crate) fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text without odd characters, so that a file name can neither forge a line nor command a terminal (CWE-150).
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            c if is_odd(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Columns that a text takes on a terminal: most East Asian characters take two.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// At most `width` columns; a cut text ends in `…`.
pub(crate) fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if columns(text) <= width {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut room = width.saturating_sub(1);
    for c in text.chars() {
        let Some(left) = room.checked_sub(c.width().unwrap_or(0)) else { break };
        room = left;
        out.push(c);
    }
    out.push('…');
    Cow::Owned(out)
}

/// Lines of at most `width` columns, broken at spaces where there are some; at most `most` lines, the last one cut.
pub(crate) fn wrap(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if lines.len() + 1 >= most || columns(rest) <= width {
            lines.push(cut(rest, width).into_owned());
            break;
        }
        let (mut room, mut end, mut space) = (width, 0, None);
        for (at, c) in rest.char_indices() {
            if c == ' ' {
                space = Some(at);
            }
            match room.checked_sub(c.width().unwrap_or(0)) {
                Some(left) => room = left,
                None => break,
            }
            end = at + c.len_utf8();
        }
        // A character that is wider than the line stands alone rather than never.
        let end = space.unwrap_or(end).max(rest.chars().next().map_or(0, char::len_utf8));
        let (line, more) = rest.split_at(end);
        lines.push(line.trim_end().to_owned());
        rest = more.trim_start();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_command_the_terminal() {
        for (text, want, why) in [
            ("plain", "plain", "nothing to do"),
            ("a\x1b[31mb", "a\\u{1b}[31mb", "an escape sequence is shown, not obeyed"),
            ("a\nb", "a b", "a line break cannot forge a line"),
            ("a\u{202e}b", "a\\u{202e}b", "nor can a right-to-left override"),
            ("a\u{2028}b\u{200b}\u{feff}", "a\\u{2028}b\\u{200b}\\u{feff}", "nor what is not seen"),
            ("نمی\u{200c}خواهم", "نمی\u{200c}خواهم", "a joiner that Persian needs stays"),
        ] {
            assert_eq!(plain(text), want, "{why}");
        }
    }

    #[test]
    fn a_cut_counts_columns() {
        for (text, width, want) in [
            ("äöü", 3, "äöü"),
            ("äöüß", 3, "äö…"),
            ("日本語", 6, "日本語"),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("ab", 0, "…"),
        ] {
            assert_eq!(cut(text, width), want, "{text} to {width}");
        }
    }

    #[test]
    fn a_text_is_broken_at_spaces_and_where_there_are_none() {
        for (text, width, most, want) in [
            ("lock the account", 20, 3, &["lock the account"] as &[_]),
            ("lock the account", 8, 3, &["lock the", "account"]),
            ("lock the account now", 8, 2, &["lock the", "account…"]),
            ("aaaaaaaaaa b", 4, 9, &["aaaa", "aaaa", "aa b"]),
            ("日本語", 1, 9, &["日", "本", "語"]),
            ("", 4, 9, &[]),
        ] {
            assert_eq!(wrap(text, width, most), want, "{text} to {width}");
        }
    }
}
