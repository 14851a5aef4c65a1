//! Colour, width and the removal of control characters: names of files and users may hold anything.
use std::{borrow::Cow, io::IsTerminal};

use anstyle::{AnsiColor, Style};
use casemate_estate::{Severity, State};

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

/// The text without control characters, so that a file name can neither forge a line nor command a terminal
/// (CWE-150). Bidirectional overrides go too.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let odd = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            c if odd(c) => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// At most `width` characters; a cut text ends in `…`.
pub(crate) fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.chars().count() <= width {
        return Cow::Borrowed(text);
    }
    let mut out: String = text.chars().take(width.saturating_sub(1)).collect();
    out.push('…');
    Cow::Owned(out)
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
        ] {
            assert_eq!(plain(text), want, "{why}");
        }
    }

    #[test]
    fn a_cut_counts_characters() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
    }
}
