//! Numbers at places of a byte string; none where it ends before.
use std::io::{Read, SeekFrom};

use crate::Body;

/// The order of bytes in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Little,
    Big,
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

impl Order {
    pub(crate) fn u16(self, bytes: &[u8], at: usize) -> Option<u16> {
        let raw = array(bytes, at)?;
        Some(if self == Self::Little { u16::from_le_bytes(raw) } else { u16::from_be_bytes(raw) })
    }

    pub(crate) fn u32(self, bytes: &[u8], at: usize) -> Option<u32> {
        let raw = array(bytes, at)?;
        Some(if self == Self::Little { u32::from_le_bytes(raw) } else { u32::from_be_bytes(raw) })
    }

    pub(crate) fn u64(self, bytes: &[u8], at: usize) -> Option<u64> {
        let raw = array(bytes, at)?;
        Some(if self == Self::Little { u64::from_le_bytes(raw) } else { u64::from_be_bytes(raw) })
    }
}

/// `length` bytes of `body` at `offset`. The caller has bounded `length`.
///
/// # Errors
/// A sentence that says what was there instead.
pub(crate) fn at(body: &mut dyn Body, offset: u64, length: usize) -> Result<Vec<u8>, String> {
    body.seek(SeekFrom::Start(offset)).map_err(|why| format!("cannot seek to byte {offset}: {why}"))?;
    // The length may be a lie: memory is taken as bytes come.
    let mut bytes = Vec::with_capacity(length.min(64 << 10));
    body.take(length as u64)
        .read_to_end(&mut bytes)
        .map_err(|why| format!("cannot read {length} bytes at {offset}: {why}"))?;
    if bytes.len() == length {
        Ok(bytes)
    } else {
        Err(format!("it ends {} bytes before the end of what should be at {offset}", length - bytes.len()))
    }
}

/// How many bytes there are.
pub(crate) fn size(body: &mut dyn Body) -> Result<u64, String> {
    body.seek(SeekFrom::End(0)).map_err(|why| format!("cannot seek to its end: {why}"))
}
