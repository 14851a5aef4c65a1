//! Reading a version from its start, with the place kept for errors.

/// What is wrong with a text, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) why: &'static str,
    /// In bytes from the start.
    pub(crate) at: usize,
}

/// What is left of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    length: usize,
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { length: text.len(), rest: text.as_bytes() }
    }

    /// Over `text` without white space at its ends; places still count from the start of the whole.
    pub(crate) fn trimmed(text: &'a str) -> Self {
        let from_start = text.trim_ascii_start();
        Self {
            length: text.len() - (from_start.len() - from_start.trim_ascii_end().len()),
            rest: text.trim_ascii().as_bytes(),
        }
    }

    pub(crate) fn at(&self) -> usize {
        self.length.saturating_sub(self.rest.len())
    }

    pub(crate) fn flaw(&self, why: &'static str) -> Flaw {
        Flaw { why, at: self.at() }
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    pub(crate) fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Takes one byte where `is` holds for it.
    pub(crate) fn eat(&mut self, is: impl Fn(u8) -> bool) -> Option<u8> {
        let byte = self.peek().filter(|byte| is(*byte))?;
        self.skip(1);
        Some(byte)
    }

    /// Takes `word` where it comes next, in any case.
    pub(crate) fn eat_word(&mut self, word: &str) -> bool {
        let next = self.rest.get(..word.len()).is_some_and(|next| next.eq_ignore_ascii_case(word.as_bytes()));
        if next {
            self.skip(word.len());
        }
        next
    }

    /// Takes the bytes for which `is` holds; perhaps none.
    pub(crate) fn take(&mut self, is: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !is(*byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, b""));
        self.rest = rest;
        taken
    }

    /// Takes the digits that come next; perhaps none.
    pub(crate) fn digits(&mut self) -> &'a [u8] {
        self.take(|byte| byte.is_ascii_digit())
    }

    /// Takes a number: digits without leading zeros, so that zero is empty.
    pub(crate) fn number(&mut self) -> Result<&'a [u8], Flaw> {
        match self.peek() {
            Some(byte) if byte.is_ascii_digit() => Ok(crate::number::trimmed(self.digits())),
            _ => Err(self.flaw("a number is missing")),
        }
    }

    /// # Errors
    /// Where something is left.
    pub(crate) fn end(&self) -> Result<(), Flaw> {
        if self.is_empty() { Ok(()) } else { Err(self.flaw("what follows is not understood")) }
    }
}
