use proptest::prelude::*;

use super::*;

fn check(syntax: Syntax, expression: &str, inside: &[&str], outside: &[&str]) {
    let requirement = Requirement::parse(syntax, expression).unwrap();
    for version in inside {
        assert_eq!(requirement.contains(version), Ok(true), "{version} is in {expression}: {requirement:?}");
        assert_eq!(requirement.complement().contains(version), Ok(false), "{version} is not beside {expression}");
    }
    for version in outside {
        assert_eq!(requirement.contains(version), Ok(false), "{version} is not in {expression}: {requirement:?}");
        assert_eq!(requirement.complement().contains(version), Ok(true), "{version} is beside {expression}");
    }
}

#[test]
fn ranges_of_rubygems() {
    for (expression, inside, outside) in [
        (">= 1.2, < 2", &["1.2", "1.9.9", "2.0.rc1"][..], &["1.1.9", "1.2.rc1", "2"][..]),
        ("~> 1.2.3", &["1.2.3", "1.2.10", "1.2.3.1"], &["1.2.2", "1.3", "1.3.0.rc1", "1.3.a"]),
        ("~> 1.2", &["1.2", "1.9"], &["1.1", "2.0", "2.0.0.beta1"]),
        ("~> 1", &["1", "1.9"], &["0.9", "2"]),
        ("~> 2.0.0.rc1", &["2.0.0.rc1", "2.0.0", "2.0.9"], &["2.0.0.beta1", "2.1"]),
        ("~> 2.1.0-rc1", &["2.1.0", "2.1.5"], &["2.2"]),
        ("~> 4.2.5, >= 4.2.5.1", &["4.2.5.1", "4.2.9"], &["4.2.5", "4.3"]),
        ("!= 1.3", &["1.2", "1.3.1"], &["1.3", "1.3.0"]),
        ("1.3", &["1.3", "1.3.0"], &["1.3.1"]),
        ("= 1.3", &["1.3"], &["1.2"]),
        ("<= 1.3", &["1.3", "0"], &["1.3.0.1"]),
        (">1.3", &["1.3.1"], &["1.3"]),
    ] {
        check(Syntax::Gem, expression, inside, outside);
    }
}

#[test]
fn ranges_of_npm() {
    for (expression, inside, outside) in [
        ("^1.2.3", &["1.2.3", "1.9.0", "1.9.0-rc.1"][..], &["1.2.2", "1.2.3-rc.1", "2.0.0", "2.0.0-rc.1"][..]),
        ("^0.2.3", &["0.2.3", "0.2.9"], &["0.3.0"]),
        ("^0.0.3", &["0.0.3"], &["0.0.4"]),
        ("^0.0", &["0.0.0", "0.0.9"], &["0.1.0"]),
        ("^0", &["0.9.0"], &["1.0.0"]),
        ("^1.x", &["1.0.0", "1.9.9"], &["2.0.0"]),
        ("~1.2.3", &["1.2.3", "1.2.9"], &["1.3.0"]),
        ("~1", &["1.0.0", "1.9.0"], &["2.0.0"]),
        ("~> 1.2", &["1.2.9"], &["1.3.0"]),
        ("1.2", &["1.2.0", "1.2.9"], &["1.3.0-0", "1.1.9"]),
        ("1.x || >=2.5.0 || 5.0.0 - 7.2.3", &["1.3.0", "2.5.0", "6.0.0"], &["2.4.9", "0.9.0"]),
        ("1.2 - 2", &["1.2.0", "2.9.9"], &["3.0.0", "1.1.9"]),
        (">1.2", &["1.3.0"], &["1.2.9"]),
        ("<=1.2", &["1.2.9"], &["1.3.0", "1.3.0-0"]),
        ("<1.2", &["1.1.9"], &["1.2.0", "1.2.0-0"]),
        (">= 1.2.0, < 1.2.5", &["1.2.0", "1.2.4"], &["1.2.5"]),
        (">=1.2.0<1.2.5", &["1.2.4"], &["1.2.5"]),
        ("= 1.0.0", &["1.0.0"], &["1.0.1"]),
        ("*", &["0.0.0", "9.9.9"], &[]),
        ("", &["0.0.0-0"], &[]),
        ("v1.2.3+build", &["1.2.3"], &["1.2.4"]),
        (">1.2.3-beta.1 <2", &["1.2.3-beta.2", "1.2.3"], &["1.2.3-beta.1", "2.0.0"]),
    ] {
        check(Syntax::Npm, expression, inside, outside);
    }
}

#[test]
fn ranges_of_cargo() {
    for (expression, inside, outside) in [
        (">= 1.2.3, < 2", &["1.2.3", "1.99.0"][..], &["1.2.2", "2.0.0", "2.0.0-alpha"][..]),
        ("< 2, >= 1.2.3", &["1.2.3"], &["2.0.0"]),
        ("^1.2", &["1.2.0", "1.9.0"], &["2.0.0", "1.1.0"]),
        ("0.5.2", &["0.5.2", "0.5.9"], &["0.6.0"]),
        ("=0.5.2", &["0.5.2"], &["0.5.3"]),
        ("~1.2", &["1.2.9"], &["1.3.0"]),
        ("1.2.*", &["1.2.9"], &["1.3.0"]),
        ("*", &["0.0.1"], &[]),
        (">1.2.3-alpha", &["1.2.3"], &["1.2.3-alpha"]),
        (" > 1.2.3 ", &["1.2.4-0"], &["1.2.3"]),
    ] {
        check(Syntax::Cargo, expression, inside, outside);
    }
}

#[test]
fn ranges_of_maven_and_plain_ones() {
    for (expression, inside, outside) in [
        ("[1,2)", &["1", "1.9"][..], &["0.9", "2"][..]),
        ("(,1.0]", &["0.1", "1"], &["1.1"]),
        ("[1.0]", &["1.0", "1"], &["1.0.1"]),
        ("[1,2),[3,)", &["1", "3", "9"], &["2", "2.9"]),
        ("( 1 , 2 ]", &["2"], &["1"]),
        ("(,)", &["1"], &[]),
    ] {
        check(Syntax::Maven, expression, inside, outside);
    }
    check(Syntax::Plain(Scheme::Pep440), ">= 1.0, < 2.0, != 1.5", &["1.0", "1.4", "1.6"], &["1.5", "2.0"]);
    check(Syntax::Plain(Scheme::Debian), "<= 1.0-2", &["1.0-1"], &["1.0-3"]);
    check(Syntax::Plain(Scheme::Nuget), "1.0.0.1", &["1.0.0.1"], &["1.0.0"]);
}

#[test]
fn what_is_no_range_is_named() {
    let many = ">1,".repeat(EXPRESSION_MAX);
    for (syntax, expression, want) in [
        (Syntax::Gem, "", "a version is missing"),
        (Syntax::Gem, "~>", "a version is missing"),
        (Syntax::Gem, "~> >= 1", "two comparisons of one version"),
        (Syntax::Gem, ">= 1,", "a version is missing"),
        (Syntax::Gem, "one", "`one` is no gem version"),
        (Syntax::Gem, "~> 999999999999999999999999999999999999999999999", "too large"),
        (Syntax::Npm, "^", "a version is missing"),
        (Syntax::Npm, "latest", "no number"),
        (Syntax::Npm, "1.x.2", "a number follows a wildcard"),
        (Syntax::Npm, "1.2.3.4", "more than three numbers"),
        (Syntax::Cargo, ">= 1.2-beta", "fewer than three numbers"),
        (Syntax::Cargo, ">= 1,,", "a version is missing"),
        (Syntax::Maven, "1.0", "a preference, not a range"),
        (Syntax::Maven, "[1,2", "a bracket is not closed"),
        (Syntax::Maven, "(1)", "square brackets"),
        (Syntax::Maven, "[1,2)[3,4)", "a comma is missing"),
        (Syntax::Plain(Scheme::Pep440), ">= french", "no pep440 version"),
        (Syntax::Plain(Scheme::Pep440), &many, "more than 16 KiB"),
    ] {
        let error = Requirement::parse(syntax, expression).unwrap_err().to_string();
        assert!(error.contains(want), "{expression}: {error}");
    }
}

#[test]
fn intervals_are_sorted_and_joined() {
    let parse = |expression| Requirement::parse(Syntax::Npm, expression).unwrap();
    assert_eq!(parse(">=2.0.0 <3.0.0 || >=1.0.0 <2.0.0").intervals.len(), 1, "they touch");
    assert_eq!(parse(">2.0.0 || <2.0.0").intervals.len(), 2, "but for one version");
    assert_eq!(parse(">=3.0.0 <2.0.0").intervals.len(), 0, "nothing");
    assert_eq!(parse("<1.0.0 || <3.0.0 || <2.0.0").intervals, parse("<3.0.0").intervals, "one within another");
    let error = Requirement::parse(Syntax::Gem, &"!= 1,".repeat(2).replace("1,", "1, ")).unwrap_err();
    assert!(error.to_string().contains("a version is missing"));
    let holes: Vec<String> = (0..300).map(|n| format!("!= {n}")).collect();
    let error = Requirement::parse(Syntax::Gem, &holes.join(", ")).unwrap_err();
    assert!(error.to_string().contains("intervals"), "{error}");
}

fn requirements() -> impl Strategy<Value = Requirement> {
    let comparator = ("(<|<=|>|>=|!=|=|~>) [0-3](\\.[0-3]){0,2}(\\.rc1)?").prop_map(|text: String| text);
    proptest::collection::vec(proptest::collection::vec(comparator, 1..3), 1..3).prop_map(|any| {
        any.iter().fold(Requirement::none(Scheme::Gem), |all, part| {
            all.union(Requirement::parse(Syntax::Gem, &part.join(", ")).unwrap())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn sets_behave_as_sets(a in requirements(), b in requirements(), v in "[0-3](\\.[0-3]){0,3}(\\.rc[12])?") {
        let (in_a, in_b) = (a.contains(&v).unwrap(), b.contains(&v).unwrap());
        prop_assert_eq!(a.complement().contains(&v).unwrap(), !in_a);
        prop_assert_eq!(a.complement().complement(), a.clone());
        prop_assert_eq!(a.intersect(&b).contains(&v).unwrap(), in_a && in_b);
        prop_assert_eq!(a.clone().union(b.clone()).contains(&v).unwrap(), in_a || in_b);
        prop_assert!(a.clone().union(a.complement()).intervals == vec![Interval::default()]);
        prop_assert!(a.intersect(&a.complement()).intervals.is_empty());
    }
}
