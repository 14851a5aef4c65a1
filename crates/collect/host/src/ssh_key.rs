//! OpenSSH public keys: type, size and fingerprint of the blob (RFC 4253 section 6.6, RFC 5656, RFC 8709).
use sha2::{Digest, Sha256};

/// Bytes of one blob that are looked at; a 16,384-bit RSA key has about 2,100.
const BLOB_MAX: usize = 1 << 16;

/// What a public key says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicKey {
    /// `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256` …
    pub(crate) algorithm: String,
    /// Modulus of RSA or DSA, curve size; none where unknown.
    pub(crate) bits: Option<u32>,
    /// `SHA256:` and base64 without padding, as `ssh-keygen -l` prints.
    pub(crate) fingerprint: String,
}

/// Reads the base64 text of a key; none where it is not one.
pub(crate) fn parse(base64: &str) -> Option<PublicKey> {
    let blob = decode(base64)?;
    let (algorithm, rest) = field(&blob)?;
    let algorithm = std::str::from_utf8(algorithm).ok()?;
    let plausible = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'@' | b'.');
    if algorithm.is_empty() || algorithm.len() > 64 || !algorithm.bytes().all(plausible) {
        return None;
    }
    let bits = bits(algorithm, rest);
    let fingerprint = format!("SHA256:{}", encode(&Sha256::digest(&blob)));
    Some(PublicKey { algorithm: algorithm.to_owned(), bits, fingerprint })
}

fn bits(algorithm: &str, rest: &[u8]) -> Option<u32> {
    // A certificate puts a nonce before the key's own fields.
    let (plain, rest) = match algorithm.split_once("-cert-v01@") {
        Some((plain, _)) => (plain, field(rest)?.1),
        None => (algorithm.trim_end_matches("@openssh.com"), rest),
    };
    match plain {
        "ssh-rsa" => integer_bits(field(field(rest)?.1)?.0),
        "ssh-dss" => integer_bits(field(rest)?.0),
        "ssh-ed25519" | "sk-ssh-ed25519" => Some(256),
        "ssh-ed448" => Some(448),
        _ => plain.rsplit_once("nistp").and_then(|(_, size)| size.parse().ok()),
    }
}

/// Bits of an `mpint`: leading zero bytes do not count.
fn integer_bits(bytes: &[u8]) -> Option<u32> {
    let start = bytes.iter().position(|b| *b != 0)?;
    let tail = bytes.get(start..)?;
    let top = tail.first()?;
    u32::try_from(tail.len()).ok()?.checked_mul(8)?.checked_sub(top.leading_zeros())
}

/// A `string`: four bytes of length, then that many bytes.
fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    rest.split_at_checked(length)
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with or without padding.
fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    if text.len() > BLOB_MAX * 4 / 3 {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut count) = (0u32, 0u32);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((held >> count) & 0xff).ok()?);
        }
    }
    Some(out)
}

fn encode(bytes: &[u8]) -> String {
    let letter = |index: u32| ALPHABET.get(index as usize & 63).map_or('A', |b| char::from(*b));
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let mut held = 0u32;
        for i in 0..3 {
            held = (held << 8) | u32::from(chunk.get(i).copied().unwrap_or(0));
        }
        for i in 0..=chunk.len() {
            let shift = 18 - 6 * u32::try_from(i).unwrap_or(3);
            out.push(letter(held >> shift));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_ed25519_key() {
        let key = parse("AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl").unwrap();
        assert_eq!(key.algorithm, "ssh-ed25519");
        assert_eq!(key.bits, Some(256));
        // GitHub publishes this fingerprint of its host key.
        assert_eq!(key.fingerprint, "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
    }

    #[test]
    fn what_is_no_key_is_none() {
        for (text, why) in [
            ("", "empty"),
            ("!!!!", "no base64"),
            ("AAAA", "no length"),
            ("/////wAA", "a length beyond the end"),
            ("AAAAAAAA", "no algorithm"),
        ] {
            assert_eq!(parse(text), None, "{why}");
        }
    }

    fn blob(parts: &[&[u8]]) -> String {
        let mut out = Vec::new();
        for part in parts {
            out.extend(u32::try_from(part.len()).unwrap().to_be_bytes());
            out.extend(*part);
        }
        encode(&out)
    }

    #[test]
    fn sizes() {
        let modulus = |bytes: usize| [&[0u8, 0x80][..], &vec![1u8; bytes - 1]].concat();
        let key = |parts: &[&[u8]]| parse(&blob(parts)).unwrap().bits;
        assert_eq!(key(&[b"ssh-rsa", &[1, 0, 1], &modulus(256)]), Some(2048), "a sign byte does not count");
        assert_eq!(key(&[b"ssh-rsa", &[1, 0, 1], &[1, 0]]), Some(9), "the top byte counts its bits");
        assert_eq!(key(&[b"ssh-rsa-cert-v01@openssh.com", b"nonce", &[3], &modulus(128)]), Some(1024), "a certificate");
        assert_eq!(key(&[b"ssh-dss", &modulus(128)]), Some(1024), "DSA");
        assert_eq!(key(&[b"ecdsa-sha2-nistp384", b"x"]), Some(384), "a curve");
        assert_eq!(key(&[b"sk-ecdsa-sha2-nistp256@openssh.com", b"x"]), Some(256), "a token's curve");
        assert_eq!(key(&[b"ssh-rsa", b""]), None, "a modulus that is missing");
    }

    proptest! {
        #[test]
        fn never_panics(text in "[A-Za-z0-9+/=]{0,200}") { parse(&text); }

        #[test]
        fn base64_round_trips(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }
    }
}
