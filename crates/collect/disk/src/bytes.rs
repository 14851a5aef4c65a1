//! Numbers in bytes. Callers hold buffers of a known size; what lies outside reads as 0, which no structure here takes for
//! more than "none".

fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    at.checked_add(N).and_then(|end| bytes.get(at..end)).and_then(|part| part.try_into().ok()).unwrap_or([0; N])
}

pub(crate) fn u8_at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

pub(crate) fn le16(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(array(bytes, at))
}

pub(crate) fn le32(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(array(bytes, at))
}

pub(crate) fn le64(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(array(bytes, at))
}

pub(crate) fn be16(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes(array(bytes, at))
}

pub(crate) fn be32(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(array(bytes, at))
}

pub(crate) fn be64(bytes: &[u8], at: usize) -> u64 {
    u64::from_be_bytes(array(bytes, at))
}

/// Two halves of a 64-bit number, as file systems that grew keep them.
pub(crate) fn join(high: u32, low: u32) -> u64 {
    (u64::from(high) << 32) | u64::from(low)
}

/// `len` bytes from `at`; none where they are not all there.
pub(crate) fn part(bytes: &[u8], at: usize, len: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(len)?)
}

/// Text up to the first NUL, with bytes that are not UTF-8 replaced and white space at the ends removed.
pub(crate) fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).trim().to_owned()
}

/// A UUID in the order of its bytes (as file systems store it): `6ba7b810-9dad-11d1-80b4-00c04fd430c8`. None where it is
/// all zero.
pub(crate) fn uuid(bytes: &[u8]) -> Option<String> {
    let raw: [u8; 16] = bytes.get(..16)?.try_into().ok()?;
    if raw == [0; 16] {
        return None;
    }
    let mut out = String::with_capacity(36);
    for (at, byte) in raw.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        for nibble in [byte >> 4, byte & 15] {
            out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    Some(out)
}

/// A GUID as GPT stores it: the first three groups are little-endian (UEFI 2.10, appendix A).
pub(crate) fn guid(bytes: &[u8]) -> Option<String> {
    let raw: [u8; 16] = bytes.get(..16)?.try_into().ok()?;
    let [a, b, c, d, e, f, g, h, rest @ ..] = raw;
    let mut swapped = vec![d, c, b, a, f, e, h, g];
    swapped.extend(rest);
    uuid(&swapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_outside_are_zero_and_ids_have_their_usual_form() {
        assert_eq!((le32(&[1, 2, 3], 0), le16(&[1, 2], usize::MAX), be16(&[1, 2], 0)), (0, 0, 0x0102));
        let raw: Vec<u8> = (1..=16).collect();
        assert_eq!(uuid(&raw).as_deref(), Some("01020304-0506-0708-090a-0b0c0d0e0f10"));
        assert_eq!(guid(&raw).as_deref(), Some("04030201-0605-0807-090a-0b0c0d0e0f10"));
        assert_eq!((uuid(&[0; 16]), uuid(&[1; 15])), (None, None));
        assert_eq!(text(b" a\xff b \0c"), "a\u{fffd} b");
    }
}
