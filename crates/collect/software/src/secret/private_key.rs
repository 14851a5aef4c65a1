//! Private keys: what of them can be used without a passphrase.
use super::{
    decode::base64,
    detector::{Match, Proof},
};

/// The text between the first and the last line of a PEM, without white space. In JSON and `.env` files line breaks are
/// written `\n`.
fn body(pem: &str) -> Option<String> {
    let inner = pem.split_once("KEY-----").map_or(pem, |(_, rest)| rest);
    let inner = inner.split("-----END").next()?;
    Some(inner.replace("\\n", "").replace("\\r", "").chars().filter(|c| !c.is_whitespace()).collect())
}

/// PKCS #1, SEC 1 or PKCS #8: a sequence that begins with a version and is as long as it says (RFC 8017, 5915, 5958).
pub(super) fn der(found: &Match<'_>) -> Option<Proof> {
    let bytes = base64(&body(found.secret)?)?;
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, content) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0_usize, |all, digit| all << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    (*tag == 0x30 && length == content.len() && content.starts_with(&[0x02, 0x01])).then_some(Proof::Structure)
}

/// The key of a Google service account: the file says that it is one.
pub(super) fn service_account(found: &Match<'_>) -> Option<Proof> {
    if found.near.contains("service_account") { der(found) } else { None }
}

/// A field of SSH's wire format: its length in four bytes, then as many.
fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// OpenSSH's own format (PROTOCOL.key): the cipher comes first; `none` is a key without a passphrase.
pub(super) fn openssh(found: &Match<'_>) -> Option<Proof> {
    let bytes = base64(&body(found.secret)?)?;
    let (cipher, rest) = field(bytes.strip_prefix(b"openssh-key-v1\0")?)?;
    let (derivation, _) = field(rest)?;
    (cipher == b"none" && derivation == b"none").then_some(Proof::Structure)
}

/// PuTTY: the pattern holds `Encryption: none`; the lines are base 64.
pub(super) fn putty(found: &Match<'_>) -> Option<Proof> {
    (base64(found.secret)?.len() >= 32).then_some(Proof::Structure)
}

/// OpenPGP (RFC 9580, section 5.5.3): behind the public part stands how the private one is encrypted; 0 is not at all.
/// Where the public part cannot be passed over, the key counts.
pub(super) fn pgp(found: &Match<'_>) -> Option<Proof> {
    let inner = found.whole.split_once("BLOCK-----")?.1.split("-----END").next()?.replace("\\n", "\n");
    // Headers end at an empty line; the sum at the end begins with `=`.
    let lines = inner.lines().map(str::trim).filter(|line| !line.contains(':') && !line.starts_with('='));
    let bytes = base64(&lines.collect::<String>())?;
    match pgp_usage(&bytes) {
        Some(0) => Some(Proof::Structure),
        Some(_) => None,
        None => (bytes.len() >= 100).then_some(Proof::Pattern),
    }
}

fn pgp_usage(bytes: &[u8]) -> Option<u8> {
    let (tag, rest) = bytes.split_first()?;
    // The old form says the length of the length, the new one has it in the first byte.
    let (sort, skip) = if tag & 0x40 == 0 {
        (tag >> 2 & 0x0f, 1_usize << (tag & 3))
    } else {
        let skip = match rest.first()? {
            0..=191 => 1,
            192..=223 => 2,
            255 => 5,
            _ => return None,
        };
        (tag & 0x3f, skip)
    };
    let body = rest.get(skip..)?;
    // 5: a secret key. Version, time, algorithm; since version 5 the length of the public part.
    if sort != 5 {
        return None;
    }
    match body.first()? {
        4 => {}
        5 | 6 => {
            let (length, rest) = body.get(6..)?.split_first_chunk::<4>()?;
            return rest.get(usize::try_from(u32::from_be_bytes(*length)).ok()?).copied();
        }
        _ => return None,
    }
    let algorithm = *body.get(5)?;
    // X25519, X448, Ed25519 and Ed448 have keys of one length.
    if let Some(length) = [(25, 32), (26, 56), (27, 32), (28, 57)].iter().find(|(known, _)| *known == algorithm) {
        return body.get(6..)?.get(length.1..)?.first().copied();
    }
    let mut at = body.get(6..)?;
    let numbers = match algorithm {
        1..=3 => 2,
        16 => 3,
        17 => 4,
        18 | 19 | 22 => {
            let (length, rest) = at.split_first()?;
            at = rest.get(usize::from(*length)..)?;
            1
        }
        _ => return None,
    };
    for _ in 0..numbers {
        let (bits, rest) = at.split_first_chunk::<2>()?;
        at = rest.get(usize::from(u16::from_be_bytes(*bits)).div_ceil(8)..)?;
    }
    if algorithm == 18 {
        let (length, rest) = at.split_first()?;
        at = rest.get(usize::from(*length)..)?;
    }
    at.first().copied()
}

/// WireGuard: 32 bytes, clamped as those of Curve25519 are (RFC 7748, section 5).
pub(super) fn wireguard(found: &Match<'_>) -> Option<Proof> {
    let bytes = base64(found.secret)?;
    let (first, last) = (bytes.first()?, bytes.last()?);
    (bytes.len() == 32 && first & 7 == 0 && last & 0xc0 == 0x40).then_some(Proof::Structure)
}

/// A PEM in base 64 once more, as in a kubeconfig.
pub(super) fn wrapped(found: &Match<'_>) -> Option<Proof> {
    let text = String::from_utf8(base64(found.secret)?).ok()?;
    let plain = text.contains("PRIVATE KEY-----") && !text.contains("ENCRYPTED");
    plain.then_some(Proof::Structure)
}
