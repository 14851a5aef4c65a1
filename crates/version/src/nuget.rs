//! NuGet (<https://learn.microsoft.com/nuget/concepts/package-versioning>): one to four numbers, labels as in Semantic
//! Versioning, in any case.
use crate::{
    cursor::{Cursor, Flaw},
    semver::{Rules, Version, parse_rest},
};

pub(crate) fn parse(text: &str) -> Result<Version<'_>, Flaw> {
    parse_rest(Cursor::trimmed(text), &Rules { numbers: 4, plain_label: false })
}

#[cfg(test)]
mod tests {
    use crate::{Scheme, scheme::check_table};
    use std::cmp::Ordering::{Equal, Less};

    #[test]
    fn versions_are_ordered_as_nuget_says() {
        check_table(
            Scheme::Nuget,
            &[
                ("1.0.0.0", "1.0.0", Equal, "normal form: a revision of 0 is none"),
                ("1.0.0", "1.0.0.1", Less, "the fourth number"),
                ("1.01.1", "1.1.1", Equal, "normal form: leading zeros"),
                ("1.0.0-ALPHA", "1.0.0-alpha", Equal, "labels in any case"),
                ("1.0.0-alpha.2", "1.0.0-ALPHA.10", Less, "numbers by value"),
                ("1.0.0-rc.1", "1.0.0", Less, "a label comes before"),
                ("1.0.0+git", "1.0.0", Equal, "builds have no order"),
                ("1", "1.0.0.0", Equal, "missing numbers are 0"),
            ],
        );
        for text in ["1.2.3.4.5", "v1", "1.*", "1.0.0beta"] {
            assert!(Scheme::Nuget.check(text).is_err(), "{text}");
        }
    }
}
