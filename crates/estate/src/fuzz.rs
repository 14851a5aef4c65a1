//! What fuzz targets share: the shape of a table of targets, and a smoke fuzzer that any test can run. Not part of the
//! public interface: only with the feature `fuzzing`.
//!
//! The same table feeds libFuzzer (`fuzz/`) and the smoke test of each crate, so that a target which no longer compiles
//! is seen by `cargo test`.
use serde_json::Value;

use crate::{ResourceId, value_diff};

/// One reader of untrusted bytes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Name, by which `FUZZ_TARGET` picks it: `sudoers`.
    pub name: &'static str,
    /// Reads the bytes and gives about how many bytes the result keeps.
    pub run: fn(&[u8]) -> usize,
    /// Inputs as they stand in real files, to start from.
    pub seeds: &'static [&'static str],
}

/// Bytes that a result may keep for each byte of input. The name of the file stands beside each line that was not
/// understood, so a line of two bytes may keep two hundred.
pub const GROWTH_MAX: usize = 256;
/// Bytes that a result may keep however short the input is.
pub const RESULT_MIN: usize = 128 << 10;

/// Pieces that parsers trip over.
const PIECES: &[&str] = &[
    "\0",
    "\u{1b}[31m",
    "\n",
    "\r\n",
    "\\\n",
    "\\",
    "\"",
    "'",
    "`",
    "$(",
    "${",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "=",
    ":=",
    "+=",
    ":",
    "::",
    ",",
    ";",
    "#",
    "!",
    "!!",
    "%",
    "%%",
    "@",
    "@include ",
    "*",
    "**",
    "?",
    "/",
    "../",
    "//",
    " ",
    "\t",
    "\u{b}",
    "\u{a0}",
    "\u{feff}",
    "\u{202e}",
    "\u{fffd}",
    "é",
    "𝕏",
    "-",
    "--",
    "-1",
    "0",
    "00",
    "0x",
    "1e999",
    "4294967296",
    "18446744073709551616",
    "-9223372036854775809",
    "Include *",
    "include",
    "ALL",
    "true",
    "null",
    "~",
    "&a ",
    "*a",
    "<<: *a",
    "|",
    ">-",
    "---\n",
    "...\n",
    "\\040",
    "\\377",
    "\\x",
    "%h",
    "%i",
    "=== /etc/x\n",
];

/// Inputs that are hostile whoever reads them, `size` bytes long or a little more.
#[must_use]
pub fn hostile(size: usize) -> Vec<Vec<u8>> {
    let mut out = vec![Vec::new(), vec![0; size], vec![0xff; size], vec![b'a'; size], vec![b' '; size]];
    for piece in [
        "\n",
        "\\\n",
        "a\n",
        "a=\n",
        "{",
        "[",
        "(",
        "\"",
        "'",
        "!",
        "\\",
        "#",
        ",",
        "-",
        "- ",
        "*",
        "**/",
        "[[",
        "{\"a\":",
        "a:\n ",
        "a=$a$a\n",
        "$",
        "${a",
        "%",
        ":",
        "/",
        "=",
        "1",
        "a ",
        "a,",
        "a=b ",
        "&a [*a,",
        "<a>",
        "[a]\n",
        "é",
        "a{\n",
        "if a {\n",
        "not ",
        "@",
        "include /etc/x\n",
        "\u{1b}]0;",
        "a b c\n",
        "::",
        "(a",
        "^",
        "+",
    ] {
        out.push(piece.repeat(size / piece.len() + 1).into_bytes());
    }
    // Nests that only begin after a name.
    for (start, piece) in [
        ("a = ", "["),
        ("a = ", "{a="),
        ("a: ", "{a: "),
        ("a: ", "["),
        ("{\"a\":", "["),
        ("x := ", "["),
        ("x := ", "{1: "),
        ("compliant if ", "("),
        ("compliant if ", "not "),
        ("a ALL=", "!"),
        ("A=", "${A"),
        ("a = \"", "\\\""),
        ("compliant if 1", " + 1"),
        ("compliant if 1", " == 1"),
        ("compliant if f", ".a"),
        ("compliant if f", "[0]"),
        ("compliant if true", "; true"),
        ("compliant if true", " with input as 1"),
        ("g(x) := 1 if x", " else := 1 if x"),
        ("true; 1", " + 1"),
        ("true", "; true"),
        ("a = 1", "\na = 1"),
        ("[a", ".a"),
        ("a", ".a = 1\na"),
        ("a ALL = (a) a", ", a"),
    ] {
        out.push(format!("{start}{}", piece.repeat(size / piece.len() + 1)).into_bytes());
    }
    out
}

/// A sequence of numbers that is the same on every machine (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn new(name: &str) -> Self {
        // FNV-1a of the name, so that two targets do not see the same mutations.
        Self(
            name.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
                | 1,
        )
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Below `end`; 0 where `end` is 0.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }
}

fn mutate(numbers: &mut Numbers, bytes: &mut Vec<u8>, seeds: &[&[u8]]) {
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + 1 + numbers.below(16)).min(bytes.len());
        match numbers.below(9) {
            0 => {
                let bit = 1 << numbers.below(8);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= bit;
                }
            }
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at.min(end)..end)),
            3 | 4 => {
                let piece = PIECES.get(numbers.below(PIECES.len())).copied().unwrap_or_default();
                bytes.splice(at..at, piece.bytes());
            }
            5 => {
                let piece = PIECES.get(numbers.below(PIECES.len())).copied().unwrap_or_default();
                let times = 1 + numbers.below(300);
                bytes.splice(at..at, piece.repeat(times).bytes());
            }
            6 => {
                let copy = bytes.get(at.min(end)..end).unwrap_or_default().repeat(1 + numbers.below(40));
                bytes.splice(at..at, copy);
            }
            7 => {
                let other = seeds.get(numbers.below(seeds.len())).copied().unwrap_or_default();
                let from = numbers.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend(other.get(from..).unwrap_or_default());
            }
            _ => {
                let byte = u8::try_from(numbers.below(256)).unwrap_or(0);
                bytes.insert(at, byte);
            }
        }
    }
}

/// Runs one input.
///
/// # Panics
/// Where the result is out of proportion to the input, and where the reader itself panics: both are what is looked for.
pub fn check(target: &Target, bytes: &[u8]) {
    let kept = (target.run)(bytes);
    let most = RESULT_MIN + bytes.len() * GROWTH_MAX;
    assert!(kept <= most, "{}: {} bytes of input became {kept}", target.name, bytes.len());
}

/// Runs the seeds, hostile inputs of `size` bytes and `rounds` mutations of the seeds through each target. The same
/// inputs every time.
///
/// # Panics
/// As [`check`]; the message names the target and holds the input.
pub fn smoke(targets: &[Target], rounds: usize, size: usize) {
    let bombs = hostile(size);
    let only = std::env::var("CASEMATE_FUZZ_TARGET").ok();
    for target in targets.iter().filter(|target| only.as_deref().is_none_or(|only| only == target.name)) {
        let seeds: Vec<&[u8]> = target.seeds.iter().map(|seed| seed.as_bytes()).collect();
        for seed in seeds.iter().copied().chain(bombs.iter().map(Vec::as_slice)) {
            check_named(target, seed);
        }
        let mut numbers = Numbers::new(target.name);
        for _ in 0..rounds {
            let seed = seeds.get(numbers.below(seeds.len())).copied().unwrap_or_default();
            let mut bytes = seed.to_vec();
            mutate(&mut numbers, &mut bytes, &seeds);
            check_named(target, &bytes);
        }
    }
}

/// Rounds of a smoke test: few by default, so that it takes seconds; `CASEMATE_FUZZ_ROUNDS` asks for more, and
/// `CASEMATE_FUZZ_TARGET` for one target alone.
#[must_use]
pub fn rounds(few: usize) -> usize {
    std::env::var("CASEMATE_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(few)
}

fn check_named(target: &Target, bytes: &[u8]) {
    let result = std::panic::catch_unwind(|| check(target, bytes));
    let shown = bytes.get(..4096).unwrap_or(bytes).escape_ascii();
    assert!(result.is_ok(), "target `{}` stopped on {} bytes: {shown}", target.name, bytes.len());
}

/// Picks a target by name (`sudoers`), or where `name` is none by the first byte of the input, and runs the rest. What
/// a libFuzzer target calls.
///
/// # Panics
/// As [`check`], and where no target has that name.
pub fn dispatch(targets: &[Target], name: Option<&str>, data: &[u8]) {
    match name {
        Some(name) => {
            let target = targets.iter().find(|target| target.name == name);
            let names = || targets.iter().map(|target| target.name).collect::<Vec<_>>().join(" ");
            assert!(target.is_some(), "no target `{name}`; there are: {}", names());
            if let Some(target) = target {
                check(target, data);
            }
        }
        None => {
            if let Some((first, rest)) = data.split_first()
                && let Some(target) = targets.get(usize::from(*first) % targets.len().max(1))
            {
                check(target, rest);
            }
        }
    }
}

/// Readers of this crate.
pub const TARGETS: &[Target] = &[
    Target {
        name: "resource_id",
        run: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let kept = ResourceId::new(text.as_ref()).map_or(0, |id| id.as_str().len());
            let child = ResourceId::host(&text).child(&text, &text);
            assert!(!child.as_str().chars().any(char::is_control), "an id holds a control character");
            kept + child.as_str().len()
        },
        seeds: &["host://0123456789abcdef0123456789abcdef/user/root", "arn:aws:s3:::Bucket/a b", "\\x1b[0m"],
    },
    Target {
        name: "value_diff",
        run: |bytes| {
            // Two values with a line of their own each; what is no JSON is a list of its bytes.
            let mut halves = bytes.splitn(2, |byte| *byte == b'\n');
            let mut value = || {
                let half = halves.next().unwrap_or_default();
                serde_json::from_slice::<Value>(half).unwrap_or_else(|_| Value::from(half.to_vec()))
            };
            let (before, after) = (value(), value());
            assert!(value_diff(&before, &before).is_empty(), "a value differs from itself");
            let changes = value_diff(&before, &after);
            assert_eq!(changes.is_empty(), before == after, "a difference was lost or made up");
            changes.iter().map(|(pointer, _, _)| pointer.len()).sum()
        },
        seeds: &[
            "{\"a\":{\"b\":[1,2,3]}}\n{\"a\":{\"b\":[1,9,2,3]}}",
            "[{\"x\":1},{\"x\":2}]\n[{\"x\":2}]",
            "{\"a/b\":null,\"~\":\"\"}\n{}",
            "[1,2]\n[2,1]",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fuzz_smoke() {
        smoke(TARGETS, rounds(2_000), 4_096);
    }

    #[test]
    fn a_target_is_picked_by_name_or_by_its_first_byte() {
        const PICKY: &[Target] = &[
            Target { name: "never", run: |bytes| if bytes.is_empty() { 0 } else { usize::MAX }, seeds: &[] },
            Target { name: "short", run: <[u8]>::len, seeds: &[] },
        ];
        dispatch(PICKY, Some("short"), b"any");
        dispatch(PICKY, None, b"\x01any");
        dispatch(PICKY, None, b"");
        for (name, data, why) in [
            (Some("never"), &b"x"[..], "too large a result is reported"),
            (None, b"\0x", "the first byte picks"),
            (Some("none"), b"", "a mistyped name would fuzz nothing"),
        ] {
            assert!(std::panic::catch_unwind(|| dispatch(PICKY, name, data)).is_err(), "{why}");
        }
    }
}
