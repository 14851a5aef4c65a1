//! Go: module versions (<https://go.dev/ref/mod#versions>), which are semantic versions with a `v`, pseudo-versions and
//! `+incompatible` among them; and versions of the toolchain (<https://go.dev/doc/toolchain#version>): `go1.21rc2`.
//!
//! The `v` may be missing, as OSV writes them.
use crate::{
    cursor::{Cursor, Flaw},
    semver::{Rules, Version, numbers, parse_rest},
};

const LABELS: &[&str] = &["alpha", "beta", "rc"];

pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut rest = Cursor::new(text);
    if rest.eat_word("devel") || rest.eat_word("(devel)") {
        return Err(Cursor::new(text).flaw("a development build has no place in the order"));
    }
    if rest.eat_word("go") {
        return toolchain(rest, true);
    }
    rest.eat(|byte| byte == b'v');
    // `1.21rc2`: numbers, then letters at once.
    let mut ahead = rest;
    ahead.take(|byte| byte.is_ascii_digit() || byte == b'.');
    if ahead.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
        return toolchain(rest, false);
    }
    parse_rest(rest, &Rules { numbers: 3, plain_label: false })
}

/// `1.21`, `1.21.3`, `1.21rc2`; after `go` also the name of who built it, which has no part in the order:
/// `go1.21.3-vendor`, `go1.21.3 X:boringcrypto`.
fn toolchain(mut rest: Cursor<'_>, named: bool) -> Result<Version<'_>, Flaw> {
    let mut version = Version::default();
    numbers(&mut rest, &mut version, 3)?;
    let start = rest;
    let label = rest.take(|byte| byte.is_ascii_lowercase());
    if !label.is_empty() {
        if !LABELS.iter().any(|known| known.as_bytes() == label) {
            return Err(start.flaw("a label that Go does not have"));
        }
        version.pre = label;
        let digits = rest.digits();
        if digits.is_empty() {
            return Err(rest.flaw("a number is missing"));
        }
        version.pre_number = digits;
    }
    if named && matches!(rest.peek(), Some(b'-' | b' ' | b'+')) {
        if rest.rest().starts_with(b"-devel") {
            return Err(rest.flaw("a development build has no place in the order"));
        }
        return Ok(version);
    }
    rest.end()?;
    Ok(version)
}

#[cfg(test)]
mod tests {
    use crate::{Scheme, scheme::check_table};
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn versions_are_ordered_as_go_says() {
        check_table(
            Scheme::Go,
            &[
                ("v1.2.3", "1.2.3", Equal, "the v may be missing"),
                ("v2.0.0+incompatible", "v2.0.0", Equal, "the mark has no order"),
                ("v0.0.0-20190101000000-abcdefabcdef", "v0.0.0-20200101000000-000000000000", Less, "by their time"),
                ("v0.0.0-20190101000000-abcdefabcdef", "v0.0.0", Less, "before the first release"),
                ("v1.2.4-0.20190101000000-abcdefabcdef", "v1.2.3", Greater, "after a release: the next patch, `0.`"),
                ("v1.2.4-0.20190101000000-abcdefabcdef", "v1.2.4", Less, "before the next"),
                ("v1.2.3-pre.0.20190101000000-abcdefabcdef", "v1.2.3-pre", Greater, "after a label"),
                ("v1.2.3-pre.0.20190101000000-abcdefabcdef", "v1.2.3-pre.1", Less, "before the next label"),
                ("go1.21rc2", "1.21.0-rc.2", Equal, "toolchain: as the vulnerability database writes it"),
                ("go1.21rc2", "go1.21rc10", Less, "toolchain: candidates by number"),
                ("go1.21beta1", "go1.21rc1", Less, "toolchain: beta before rc"),
                ("go1.21rc2", "go1.21", Less, "toolchain: a label comes before"),
                ("go1.20", "1.20.0", Equal, "toolchain: a missing patch is 0"),
                ("1.21rc2", "go1.21rc2", Equal, "toolchain: without its name"),
                ("go1.21.5-vendor", "go1.21.5", Equal, "toolchain: who built it has no order"),
                ("go1.21.5 X:boringcrypto", "go1.21.5", Equal, "toolchain: nor how"),
                ("1.21.0-0", "go1.21rc1", Less, "the lowest label there is"),
            ],
        );
        for text in
            ["(devel)", "devel go1.23-abcdef", "go1.22-devel_x", "v1.2.3.4", "go", "go1.21foo2", "1.21rc", "master"]
        {
            assert!(Scheme::Go.check(text).is_err(), "{text}");
        }
    }
}
