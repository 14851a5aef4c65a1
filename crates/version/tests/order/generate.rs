//! Versions that a scheme allows, of few characters, so that many of them are near one another.
use casemate_version::Scheme;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

/// A pattern for each scheme; rpm has one with a release and one without.
pub(crate) const PATTERNS: &[(Scheme, &str)] = &[
    (Scheme::Debian, "([0-1]:)?[0-9]{1,2}([.+~-]{1,2}(0|[1-9]{1,2}|0[1-2]|[a-c]{1,2}|rc1)){0,3}"),
    (Scheme::Rpm, "([0-1]:)?[0-9]{1,2}([._~^+]{1,2}(0|[1-9]{1,2}|0[1-2]|[a-c]{1,2}|rc1)){0,3}"),
    (Scheme::Rpm, "([0-1]:)?[0-9]([.~^][0-2a]){0,2}-[0-2]([.~^][0-2a]){0,2}"),
    (
        Scheme::Apk,
        "[0-2]{1,2}(\\.[0-2]{1,2}){0,2}[ab]?(_(alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-2]?){0,2}(~[ab])?(-r[0-2])?",
    ),
    (Scheme::Semver, "(0|1|10|9)(\\.(0|1|10|9)){2}(-(0|1|10|9|a|B|-|a1)(\\.(0|1|10|9|a|B|-|1a)){0,2})?(\\+[a0]{1,2})?"),
    (
        Scheme::Pep440,
        "(v|0!|1!)?[0-2](\\.[0-2]){0,3}([._-]?(a|b|c|rc|alpha|beta|pre|preview|RC)[._-]?[0-2]?)?\
         ((-[0-2])|([._-]?(post|rev|r)[._-]?[0-2]?))?([._-]?(dev|DEV)[._-]?[0-2]?)?(\\+[0-2ab]{1,2}([._-][0-2aB]){0,2})?",
    ),
    (
        Scheme::Go,
        "(v?[0-2]\\.[0-2]\\.[0-2](-(0\\.2019010100000[0-2]-abcdefabcdef|rc\\.[0-2]|pre\\.0\\.20190101000000-aaaaaaaaaaaa))?\
         (\\+incompatible)?|go1\\.[0-2](\\.[0-2]|rc[1-2]|beta1)?)",
    ),
    (Scheme::Maven, "[0-2](\\.[0-2]){0,2}(-(alpha|beta|m|rc|cr|SNAPSHOT|ga|Final|sp|x|jre)([.-]?[0-2])?)?(-[0-2])?"),
    (Scheme::Gem, "[0-2](\\.[0-2]){0,3}(\\.(rc|a|b|pre|A)[0-2]?(\\.[0-2a]){0,2}|-[0-2a](\\.[0-2a]){0,2})?"),
    (Scheme::Npm, "[v= ]?(0|1|10|9)(\\.(0|1|10|01)){2}(-?(a|B|a1|rc)(\\.(0|1|10|9|a|B|1a)){0,2})?(\\+[a0]{1,2})?"),
    (Scheme::Nuget, "[0-2](\\.[0-2]){0,3}(-(0|1|10|a|A|rc)(\\.(0|9|10|b|B)){0,2})?(\\+a)?"),
    (
        Scheme::Composer,
        "v?[0-2](\\.[0-2]){0,3}([._-]?(alpha|beta|a|b|RC|rc|patch|pl|p|stable)([.-]?[0-2])?)?(-dev)?|[0-2](\\.[0-2])?\\.x-dev|\
         2010(-|\\.)?01(-|\\.)?0[12]",
    ),
];

pub(crate) fn versions(scheme: Scheme, pattern: &str) -> BoxedStrategy<String> {
    let text = proptest::string::string_regex(pattern).expect("the pattern is one");
    text.prop_filter("allowed by the scheme", move |text| scheme.check(text).is_ok()).boxed()
}

/// The same pairs in every run: half of them of two versions, half of one and what a small change makes of it.
pub(crate) fn pairs(scheme: Scheme, pattern: &str, count: usize) -> Vec<(String, String)> {
    let mut runner = TestRunner::deterministic();
    let pair = (versions(scheme, pattern), versions(scheme, pattern), 0..CHANGES.len(), any::<bool>());
    let allowed = |text: &str| scheme.check(text).is_ok();
    let tree = |_| {
        let (a, b, change, near) = pair.new_tree(&mut runner).expect("a pair").current();
        let changed = CHANGES.get(change).map(|change| change(&a)).filter(|changed| near && allowed(changed));
        (a, changed.unwrap_or(b))
    };
    (0..count).map(tree).collect()
}

/// Many of them leave a version what it is, in one scheme or another.
const CHANGES: &[fn(&str) -> String] = &[
    |text| format!("{text}.0"),
    |text| format!("{text}-0"),
    |text| format!("0:{text}"),
    |text| text.replace('1', "01"),
    |text| text.replace('-', "."),
    |text| text.replace('.', "-"),
    |text| text.replace(".0", ""),
    |text| text.replace("alpha", "a").replace("rc", "c"),
    |text| text.to_uppercase(),
    |text| text.split('+').next().unwrap_or_default().to_owned(),
    |text| text.chars().take(text.chars().count().saturating_sub(1)).collect(),
    |text| format!("{text}~"),
    |text| format!("{text}a"),
];
