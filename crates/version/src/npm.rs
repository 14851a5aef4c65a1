//! npm: node-semver's loose form (<https://github.com/npm/node-semver#versions>): `v` and `=` before, white space
//! around, leading zeros, a label without its hyphen. Missing numbers are accepted as OSV asks.
use crate::{
    cursor::{Cursor, Flaw},
    semver::{Rules, Version, parse_rest},
};

/// JavaScript's largest whole number, beyond which node-semver refuses a version.
const NUMBER_MAX: u64 = (1 << 53) - 1;

pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    let mut rest = Cursor::trimmed(text);
    rest.take(|byte| matches!(byte, b'v' | b'=' | b' ' | b'\t'));
    let start = rest;
    let version = parse_rest(rest, &Rules { numbers: 3, plain_label: true })?;
    for number in version.numbers.iter().filter(|number| !number.is_empty()) {
        let value = std::str::from_utf8(number).ok().and_then(|number| number.parse::<u64>().ok());
        if value.is_none_or(|value| value > NUMBER_MAX) {
            return Err(start.flaw("a number is larger than npm allows"));
        }
    }
    Ok(version)
}

#[cfg(test)]
mod tests {
    use crate::{Scheme, scheme::check_table};
    use std::cmp::Ordering::{Equal, Less};

    #[test]
    fn versions_are_ordered_as_npm_says() {
        check_table(
            Scheme::Npm,
            &[
                ("1.2.3beta", "1.2.3-beta", Equal, "loose: a label without its hyphen"),
                ("1.2.3-beta", "1.2.3", Less, "a label comes before"),
                (" =v1.2.3 ", "1.2.3", Equal, "loose: marks before, white space around"),
                ("1.02.3", "1.2.3", Equal, "loose: leading zeros"),
                ("1.2.3-a.10", "1.2.3-a.9a", Less, "numbers before letters"),
                ("0", "0.0.0", Equal, "as OSV writes it"),
                ("1.2.3+build.1", "1.2.3", Equal, "builds have no order"),
            ],
        );
        for text in ["1.2.3.4", "9007199254740992.0.0", "latest", "1.2beta", "1.2.3-"] {
            assert!(Scheme::Npm.check(text).is_err(), "{text}");
        }
    }
}
