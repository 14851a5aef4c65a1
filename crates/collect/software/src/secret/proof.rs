//! How a text is proved to be a secret. Formats with a checksum or a structure are decoded; entropy is for the rest.
use flate2::Crc;
use serde_json::Value;

pub(super) use super::detector::Proof;

use super::{
    decode::{base32, base64, bech32_checked},
    detector::Match,
};

/// Shannon's entropy of the characters, in bits for each.
pub(super) fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let all = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX)).max(1.0);
    counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / all).map(|p| -p * p.log2()).sum()
}

/// Words of documents and templates where a secret is meant to be put.
const PLACEHOLDERS: &[&str] = &[
    "example",
    "xxxx",
    "changeme",
    "change_me",
    "change-me",
    "placeholder",
    "your_",
    "your-",
    "yourpass",
    "yourtoken",
    "yourkey",
    "yoursecret",
    "dummy",
    "redacted",
    "insert",
    "replace",
    "fixme",
    "todo",
    "****",
    "....",
    "----",
    "____",
    "123456789",
    "abcdefgh",
    "deadbeef",
    "00000000",
    "1111111",
    "foobar",
    "fake",
    "notreal",
    "<",
    "${",
    "{{",
    "%(",
    "$(",
    "#{",
    "@@",
    "%s",
];

/// Whether the text stands where a secret is to be put in.
pub(super) fn placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut bytes = text.bytes();
    let first = bytes.next();
    PLACEHOLDERS.iter().any(|word| lower.contains(word)) || bytes.all(|byte| Some(byte) == first)
}

/// Whether the characters behind the last `_`, `-`, `.` or `:` within the first dozen are as mixed as random ones.
pub(super) fn random(text: &str) -> bool {
    let head = text.char_indices().take(12).filter(|(_, c)| matches!(c, '_' | '-' | '.' | ':')).last();
    let body = head.and_then(|(at, _)| text.get(at + 1..)).unwrap_or(text);
    let bits = entropy(body);
    match body.len() {
        0..12 => bits >= 2.2,
        12..24 => bits >= 2.7,
        24..50 => bits >= 2.9,
        _ => bits >= 3.1,
    }
}

pub(super) fn pattern(found: &Match<'_>) -> Option<Proof> {
    random(found.secret).then_some(Proof::Pattern)
}

/// For formats with a part that nothing else has, which the pattern holds already.
pub(super) fn structure(found: &Match<'_>) -> Option<Proof> {
    random(found.secret).then_some(Proof::Structure)
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// A number in base 62, digits before upper before lower case, six characters.
pub(super) fn base62(mut number: u32) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut out = [b'0'; 6];
    for place in out.iter_mut().rev() {
        *place = DIGITS.get(usize::try_from(number % 62).unwrap_or(0)).copied().unwrap_or(b'0');
        number /= 62;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The last six of 36 characters are the CRC-32 of the 30 before (GitHub, "Behind GitHub's new authentication token
/// formats").
fn crc_of_thirty(secret: &str) -> Option<bool> {
    let body = secret.rsplit_once('_')?.1;
    let (random, sum) = (body.get(..30)?, body.get(30..)?);
    (sum.len() == 6).then(|| base62(crc32(random.as_bytes())) == sum)
}

pub(super) fn github(found: &Match<'_>) -> Option<Proof> {
    match crc_of_thirty(found.secret) {
        Some(true) => Some(Proof::Checksum),
        // Of this length every token has the sum: it is none.
        Some(false) => None,
        None => pattern(found),
    }
}

/// npm says that its tokens have such a sum; those seen do not all have it, so that a wrong one disproves nothing.
pub(super) fn npm(found: &Match<'_>) -> Option<Proof> {
    if crc_of_thirty(found.secret) == Some(true) { Some(Proof::Checksum) } else { pattern(found) }
}

/// `glsa_RANDOM_SUM`: the sum is the CRC-32 of all before it, little end first, in hexadecimal.
pub(super) fn grafana(found: &Match<'_>) -> Option<Proof> {
    let (head, sum) = found.secret.rsplit_once('_')?;
    let bytes = crc32(head.as_bytes()).to_le_bytes();
    let want: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    want.eq_ignore_ascii_case(sum).then_some(Proof::Checksum)
}

/// Atlassian writes the CRC-32 of all before the last `=` behind it; whether all tokens hold to it is not published.
pub(super) fn atlassian(found: &Match<'_>) -> Option<Proof> {
    let (head, sum) = found.secret.rsplit_once('=')?;
    let right = format!("{:08X}", crc32(head.as_bytes())) == sum;
    if right { Some(Proof::Checksum) } else { structure(found) }
}

/// Bech32 (BIP 173).
pub(super) fn age(found: &Match<'_>) -> Option<Proof> {
    bech32_checked(found.secret).then_some(Proof::Checksum)
}

/// A macaroon of version 2 (libmacaroons): version, location, identifier, caveats, and a signature of 32 bytes at the end.
pub(super) fn pypi(found: &Match<'_>) -> Option<Proof> {
    let bytes = base64(found.secret.strip_prefix("pypi-")?)?;
    // The signature is field 6 of 32 bytes; some encoders leave nothing behind it.
    let signature = bytes.len().checked_sub(34).and_then(|at| bytes.get(at..at + 2));
    let head = bytes.starts_with(b"\x02\x01\x08pypi.org\x02") || bytes.starts_with(b"\x02\x01\x0dtest.pypi.org\x02");
    (head && signature == Some(&[6, 32])).then_some(Proof::Structure)
}

/// The identifier of a key holds the number of its account in base 32: twelve decimal digits.
pub(super) fn aws_id(found: &Match<'_>) -> Option<Proof> {
    let bytes = base32(found.secret.get(4..)?)?;
    let number = bytes.get(..6)?.iter().fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    let account = (number & 0x7fff_ffff_ff80) >> 7;
    // Those made before 2019 hold none.
    if account <= 999_999_999_999 { structure(found) } else { pattern(found) }
}

/// 40 characters of base 64 beside the name of such a key or an identifier. Sums of files are hexadecimal.
pub(super) fn aws_secret(found: &Match<'_>) -> Option<Proof> {
    let mixed = mixed(found.secret) == 3 && !found.secret.bytes().all(|byte| byte.is_ascii_hexdigit());
    (mixed && entropy(found.secret) >= 4.0).then_some(Proof::Pattern)
}

/// How many of lower case, upper case and digits there are.
fn mixed(text: &str) -> usize {
    [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit]
        .iter()
        .filter(|sort| text.bytes().any(|byte| sort(&byte)))
        .count()
}

fn decoded_is<const N: usize>(text: &str) -> Option<Proof> {
    (base64(text)?.len() == N && random(text)).then_some(Proof::Structure)
}

/// The key of a storage account: 64 bytes. That of the emulator is the same for all and public.
pub(super) fn azure_storage(found: &Match<'_>) -> Option<Proof> {
    if found.secret.starts_with("Eby8vdM02xNO") { None } else { decoded_is::<64>(found.secret) }
}

/// 32 bytes.
pub(super) fn bytes_32(found: &Match<'_>) -> Option<Proof> {
    decoded_is::<32>(found.secret)
}

/// A signature of 32 bytes, with the version of the service beside it.
pub(super) fn azure_sas(found: &Match<'_>) -> Option<Proof> {
    let plain = found.secret.replace("%2B", "+").replace("%2b", "+").replace("%2F", "/").replace("%2f", "/");
    let plain = plain.replace("%3D", "=").replace("%3d", "=");
    if found.near.contains("sv=20") { decoded_is::<32>(&plain) } else { None }
}

/// `SG.ID.SECRET`: 16 and 32 bytes.
pub(super) fn sendgrid(found: &Match<'_>) -> Option<Proof> {
    let mut parts = found.secret.split('.').skip(1);
    let (id, secret) = (base64(parts.next()?)?, base64(parts.next()?)?);
    (id.len() == 16 && secret.len() == 32 && random(found.secret)).then_some(Proof::Structure)
}

/// The first part is the number of the bot in base 64.
pub(super) fn discord(found: &Match<'_>) -> Option<Proof> {
    let id = base64(found.secret.split('.').next()?)?;
    (id.len() >= 17 && id.iter().all(u8::is_ascii_digit)).then_some(Proof::Structure)
}

/// What follows the prefix is JSON in base 64.
pub(super) fn json_inside(found: &Match<'_>) -> Option<Proof> {
    let start = found.secret.find("eyJ")?;
    let text = found.secret.get(start..)?;
    let end = text.find(['_', '.']).unwrap_or(text.len());
    let bytes = base64(text.get(..end)?)?;
    serde_json::from_slice::<Value>(&bytes).ok()?.is_object().then_some(Proof::Structure)
}

/// Seconds that a token may be of use and still count as one for a session.
const SESSION: i64 = 30 * 24 * 3_600;

/// A signed token (RFC 7519) that does not end within a month of its making. Those of sessions are stale before anybody
/// reads of them, and the role `anon` is for everybody.
pub(super) fn jwt(found: &Match<'_>) -> Option<Proof> {
    let mut parts = found.secret.split('.');
    let mut next = || serde_json::from_slice::<Value>(&base64(parts.next()?)?).ok();
    let (header, claims) = (next()?, next()?);
    let signed = header.get("alg")?.as_str().is_some_and(|alg| !alg.eq_ignore_ascii_case("none"));
    let time = |name: &str| claims.get(name).and_then(Value::as_i64);
    let lasting = match (time("exp"), time("iat").or_else(|| time("nbf"))) {
        (None, _) => true,
        (Some(end), Some(start)) => end.saturating_sub(start) > SESSION,
        (Some(_), None) => false,
    };
    let word = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    let public = word("role") == "anon" || (word("sub") == "1234567890" && word("name") == "John Doe");
    (signed && lasting && claims.is_object() && !public).then_some(Proof::Structure)
}

/// `USER:PASSWORD` in base 64.
pub(super) fn user_and_password(found: &Match<'_>) -> Option<Proof> {
    let text = String::from_utf8(base64(found.secret)?).ok()?;
    let (user, password) = text.split_once(':')?;
    let plain = !text.chars().any(char::is_control) && !user.is_empty();
    (plain && password.len() >= 3 && !weak_word(password)).then_some(Proof::Structure)
}

/// Texts that stand for a password where none is.
const WORDS: &[&str] = &[
    "password",
    "passwd",
    "pass",
    "pwd",
    "secret",
    "token",
    "user",
    "username",
    "none",
    "null",
    "nil",
    "true",
    "false",
    "undefined",
    "string",
    "required",
    "optional",
    "default",
    "prompt",
    "xxx",
    "***",
    "...",
    "pw",
    "key",
    "apikey",
    "my-secret-pw",
    "mypassword",
    "mysecretpassword",
    "p@ssw0rd",
    "passw0rd",
    "enabled",
    "disabled",
    "yes",
    "no",
];

fn weak_word(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    WORDS.contains(&lower.as_str()) || placeholder(text) || text.starts_with(['$', '%', '{', '[', '(', '*', '!', '&'])
}

/// A password in a place that can hold nothing else: whatever is no word of a template.
pub(super) fn password(found: &Match<'_>) -> Option<Proof> {
    let secret = found.secret.trim();
    (secret.len() >= 3 && !weak_word(secret)).then_some(Proof::Pattern)
}

/// A value beside a name that tells of a secret. Words, paths, addresses, references and code are none; what is left must
/// be as mixed as a password that somebody was given.
pub(super) fn assigned(found: &Match<'_>) -> Option<Proof> {
    let secret = found.secret;
    let code = secret.contains(['/', '\\', '(', ')', '<', '>', '{', '}', '[', ']', ' ', ',', ';'])
        || secret.contains("::")
        || secret.contains("->");
    let digits = secret.bytes().filter(u8::is_ascii_digit).count();
    let letters = secret.bytes().filter(u8::is_ascii_alphabetic).count();
    let name = found.whole.to_ascii_lowercase();
    let password = name.contains("pass") || name.contains("pwd");
    let bits = entropy(secret);
    let mixed = if password { secret.len() >= 8 && bits >= 2.8 } else { secret.len() >= 16 && bits >= 3.3 };
    // Hashes of passwords (`$6$…`) begin with a `$`, encrypted values (`ENC[`, `enc:`, `{cipher}`) say so.
    let hidden = ["enc:", "encrypted:", "vault:", "sha1:", "sha256:", "sha512:", "md5:", "arn:", "env:", "file:"]
        .iter()
        .any(|word| secret.to_ascii_lowercase().starts_with(word));
    (mixed && !code && !hidden && digits > 0 && letters > 0 && digits < secret.len() && !weak_word(secret))
        .then_some(Proof::Pattern)
}
