//! Encodings, decoded for proofs.

/// Bytes of base 64 in either alphabet (RFC 4648, sections 4 and 5), with or without padding; white space is left out.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    bits(text.trim_end_matches('='), 6, |c| {
        Some(match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        })
    })
}

/// Bytes of base 32 in upper case (RFC 4648, section 6).
pub(super) fn base32(text: &str) -> Option<Vec<u8>> {
    bits(text, 5, |c| {
        Some(match c {
            b'A'..=b'Z' => c - b'A',
            b'2'..=b'7' => c - b'2' + 26,
            _ => return None,
        })
    })
}

fn bits(text: &str, width: u32, value: impl Fn(u8) -> Option<u8>) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut all, mut have) = (0_u32, 0_u32);
    for c in text.bytes().filter(|c| !c.is_ascii_whitespace()) {
        all = (all << width | u32::from(value(c)?)) & 0xffff;
        have += width;
        if have >= 8 {
            have -= 8;
            out.push(u8::try_from(all >> have & 0xff).ok()?);
        }
    }
    Some(out)
}

const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// The remainder of a text of bech32 and its six characters of checksum (BIP 173).
pub(super) fn bech32_remainder(human: &str, values: &[u8]) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let high = human.bytes().map(|c| c >> 5);
    let low = human.bytes().map(|c| c & 31);
    high.chain([0]).chain(low).chain(values.iter().copied()).fold(1_u32, |sum, value| {
        let top = sum >> 25;
        let sum = (sum & 0x01ff_ffff) << 5 ^ u32::from(value);
        GENERATOR.iter().enumerate().fold(sum, |sum, (bit, term)| if top >> bit & 1 == 1 { sum ^ term } else { sum })
    })
}

/// The values of characters of bech32.
pub(super) fn bech32_values(text: &str) -> Option<Vec<u8>> {
    text.bytes().map(|c| BECH32.iter().position(|known| *known == c).and_then(|at| u8::try_from(at).ok())).collect()
}

/// Whether the checksum of a text of bech32 is right.
pub(super) fn bech32_checked(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let Some((human, data)) = lower.rsplit_once('1') else { return false };
    bech32_values(data).is_some_and(|values| values.len() >= 6 && bech32_remainder(human, &values) == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_encodings() {
        for (text, want) in [
            ("", Some(&b""[..])),
            ("Zg==", Some(b"f")),
            ("Zm9v\nYmFy", Some(b"foobar")),
            ("-_8", Some(b"\xfb\xff")),
            ("a*", None),
        ] {
            assert_eq!(base64(text).as_deref(), want, "{text}");
        }
        assert_eq!(base32("MZXW6YTB").as_deref(), Some(&b"fooba"[..]));
        assert_eq!(base32("mz"), None);
        // Vectors of BIP 173.
        for (text, want) in [
            ("A12UEL5L", true),
            ("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", true),
            ("A1G7SGD8", false),
            ("1", false),
        ] {
            assert_eq!(bech32_checked(text), want, "{text}");
        }
    }
}
