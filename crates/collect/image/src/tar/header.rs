use super::TarError;

pub(crate) const BLOCK: usize = 512;

/// What sort of entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Directory,
    SymbolicLink,
    HardLink,
    /// A device or pipe.
    Other,
    /// No entry of the tree: a volume's label.
    Label,
}

impl Kind {
    /// Whether the size in the header counts. Go takes links, devices and directories as without data, whatever they say.
    pub(crate) fn has_data(self) -> bool {
        matches!(self, Self::File | Self::Label)
    }
}

/// One block of 512 bytes, as a header.
pub(crate) struct Block(pub(crate) [u8; BLOCK]);

impl Block {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.iter().all(|b| *b == 0)
    }

    fn field(&self, from: usize, length: usize) -> &[u8] {
        self.0.get(from..from + length).unwrap_or_default()
    }

    /// The checksum counts itself as spaces; old writers summed signed bytes.
    pub(crate) fn check(&self, at: u64) -> Result<(), TarError> {
        let want = number(self.field(148, 8)).ok_or(TarError::Header { at, why: "its checksum is no number" })?;
        let (mut unsigned, mut signed) = (0_i64, 0_i64);
        for (i, byte) in self.0.iter().enumerate() {
            let byte = if (148..156).contains(&i) { b' ' } else { *byte };
            unsigned += i64::from(byte);
            signed += i64::from(byte.cast_signed());
        }
        // Fuzzers do not find checksums, and what is behind one must hold without it.
        let good =
            cfg!(feature = "fuzzing") || i64::try_from(want).is_ok_and(|want| want == unsigned || want == signed);
        if good { Ok(()) } else { Err(TarError::Header { at, why: "its checksum is wrong" }) }
    }

    pub(crate) fn flag(&self) -> u8 {
        self.field(156, 1).first().copied().unwrap_or(0)
    }

    pub(crate) fn kind(&self, path: &[u8]) -> Kind {
        match self.flag() {
            b'1' => Kind::HardLink,
            b'2' => Kind::SymbolicLink,
            b'3' | b'4' | b'6' => Kind::Other,
            b'5' => Kind::Directory,
            b'V' | b'M' => Kind::Label,
            b'D' => Kind::Directory,
            // Before POSIX a directory was a file whose name ends with a slash.
            0 if path.ends_with(b"/") => Kind::Directory,
            // POSIX: what is not known is a file.
            _ => Kind::File,
        }
    }

    pub(crate) fn path(&self) -> Vec<u8> {
        let name = text(self.field(0, 100));
        // GNU's own form has times where POSIX has the beginning of a long name.
        let prefix = if self.field(257, 6) == b"ustar\0" { text(self.field(345, 155)) } else { b"" };
        if prefix.is_empty() { name.to_vec() } else { [prefix, b"/", name].concat() }
    }

    pub(crate) fn link(&self) -> Vec<u8> {
        text(self.field(157, 100)).to_vec()
    }

    pub(crate) fn mode(&self) -> Option<u64> {
        number(self.field(100, 8))
    }

    pub(crate) fn uid(&self) -> Option<u64> {
        number(self.field(108, 8))
    }

    pub(crate) fn gid(&self) -> Option<u64> {
        number(self.field(116, 8))
    }

    pub(crate) fn size(&self) -> Option<u64> {
        number(self.field(124, 12))
    }

    /// Of an old GNU sparse file, holes included.
    pub(crate) fn real_size(&self) -> Option<u64> {
        number(self.field(483, 12))
    }
}

/// Up to the first zero byte.
fn text(field: &[u8]) -> &[u8] {
    field.split(|b| *b == 0).next().unwrap_or_default()
}

/// Octal digits with spaces and zero bytes around them, or GNU's binary form (first bit set). None where it is neither,
/// negative, or beyond 64 bits. An empty field is 0.
pub(crate) fn number(field: &[u8]) -> Option<u64> {
    if let Some((first, rest)) = field.split_first()
        && first & 0x80 != 0
    {
        // The second bit is the sign.
        if first & 0x40 != 0 {
            return None;
        }
        let start = u64::from(first & 0x3f);
        return rest.iter().try_fold(start, |all, byte| all.checked_mul(256)?.checked_add(u64::from(*byte)));
    }
    let blank = |b: &u8| matches!(b, b' ' | 0);
    let from = field.iter().position(|b| !blank(b)).unwrap_or(field.len());
    let digits = field.get(from..).unwrap_or_default();
    let to = digits.iter().position(blank).unwrap_or(digits.len());
    let digits = digits.get(..to).unwrap_or_default();
    digits.iter().try_fold(0_u64, |all, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 8)?;
        all.checked_mul(8)?.checked_add(u64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_octal_or_binary() {
        for (field, want, why) in [
            (&b"0000644\0"[..], Some(0o644), "octal"),
            (b"  644 \0\0", Some(0o644), "with spaces"),
            (b"\0\0\0\0\0\0\0\0", Some(0), "empty"),
            (b"\x80\0\0\0\0\0\x01\0", Some(256), "binary"),
            (b"\xff\xff\xff\xff\xff\xff\xff\xff", None, "negative"),
            (b"\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff", Some(u64::MAX), "the largest"),
            (b"\x81\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff", None, "beyond 64 bits"),
            (b"0000 44\0", Some(0), "what follows a space is not the number's"),
            (b"12a", None, "no digit"),
            (b"9", None, "no octal digit"),
            (b"-1", None, "negative"),
        ] {
            assert_eq!(number(field), want, "{field:?}: {why}");
        }
    }
}
