//! Limits on what is read: sizes of documents, lines and strings.
use std::io::{self, BufRead, Read};

use super::SourceError;

/// Bytes of one line of a list or a table.
const LINE_MAX: u64 = 4 << 20;
/// Bytes of one string in a streamed JSON document.
const STRING_MAX: usize = 1 << 20;

/// All of `input`, at most `limit` bytes.
pub(crate) fn read_whole(input: &mut dyn BufRead, limit: u64) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    let read = input.take(limit + 1).read_to_end(&mut bytes)?;
    if read as u64 > limit {
        return Err(SourceError::Large { what: "the document".into(), limit });
    }
    Ok(bytes)
}

/// Calls `take` with each line (without its end) and its number from 1. A line that is too long is an error.
pub(crate) fn lines(
    input: &mut dyn BufRead,
    mut take: impl FnMut(&str, u64) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        number += 1;
        let read = Read::take(&mut *input, LINE_MAX + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        if read as u64 > LINE_MAX {
            return Err(SourceError::Large { what: format!("line {number}"), limit: LINE_MAX });
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        take(if number == 1 { text.trim_start_matches('\u{feff}') } else { text }, number)?;
    }
}

/// Passes JSON on and refuses a string longer than a mebibyte, which a parser would keep whole.
pub(crate) struct StringGuard<R> {
    inner: R,
    in_string: bool,
    escaped: bool,
    length: usize,
}

impl<R: Read> StringGuard<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, in_string: false, escaped: false, length: 0 }
    }
}

impl<R: Read> Read for StringGuard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        for byte in buffer.iter().take(read) {
            if !self.in_string {
                self.in_string = *byte == b'"';
                self.length = 0;
                continue;
            }
            self.length += 1;
            if self.escaped {
                self.escaped = false;
            } else if *byte == b'\\' {
                self.escaped = true;
            } else if *byte == b'"' {
                self.in_string = false;
            }
            if self.length > STRING_MAX {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("a string longer than {STRING_MAX} bytes"),
                ));
            }
        }
        Ok(read)
    }
}

/// Passes XML on and refuses a tag or a text longer than a mebibyte.
pub(crate) struct TagGuard<R> {
    inner: R,
    length: usize,
}

impl<R: Read> TagGuard<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, length: 0 }
    }
}

impl<R: Read> Read for TagGuard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        for byte in buffer.iter().take(read) {
            self.length = if matches!(byte, b'<' | b'>') { 0 } else { self.length + 1 };
            if self.length > STRING_MAX {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("a tag or text longer than {STRING_MAX} bytes"),
                ));
            }
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_strings_stop_the_stream() {
        for (length, fits) in [(1 << 20, true), ((1 << 20) + 8, false)] {
            let text = format!("{{\"a\":\"{}\"}}", "x".repeat(length - 1));
            let mut out = Vec::new();
            let result = StringGuard::new(text.as_bytes()).read_to_end(&mut out);
            assert_eq!(result.is_ok(), fits, "a string of {length} bytes");
        }
        let many = "\"a\\\"b\",".repeat(400_000);
        assert!(StringGuard::new(many.as_bytes()).read_to_end(&mut Vec::new()).is_ok(), "many short strings");
    }

    #[test]
    fn documents_and_lines_are_bounded() {
        let bytes = [b'x'; 100];
        assert!(read_whole(&mut &bytes[..], 100).is_ok());
        assert!(matches!(read_whole(&mut &bytes[..], 99), Err(SourceError::Large { .. })));
        let mut seen = Vec::new();
        let collect = |line: &str, number| {
            seen.push((number, line.to_owned()));
            Ok(())
        };
        lines(&mut "\u{feff}a\r\nb".as_bytes(), collect).unwrap();
        assert_eq!(seen, [(1, "a".to_owned()), (2, "b".to_owned())]);
        let long = vec![b'x'; 5 << 20];
        assert!(matches!(lines(&mut &long[..], |_, _| Ok(())), Err(SourceError::Large { .. })));
    }
}
