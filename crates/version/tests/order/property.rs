use std::cmp::Ordering;

use casemate_version::{LENGTH_MAX, Scheme};
use proptest::{prelude::*, test_runner::TestRunner};

use crate::generate::{PATTERNS, versions};

/// Without a file of failures: the cases are printed.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

#[test]
fn every_order_is_one() {
    for (scheme, pattern) in PATTERNS {
        let one = || versions(*scheme, pattern);
        let mut runner = TestRunner::new(config(1500));
        let compare = |a: &str, b: &str| scheme.compare(a, b).expect("both are versions");
        let result = runner.run(&(one(), one(), one()), |(a, b, c)| {
            prop_assert_eq!(compare(&a, &a), Ordering::Equal, "reflexive");
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse(), "antisymmetric");
            // All six orders of three versions, so that each case counts.
            for (a, b, c) in [(&a, &b, &c), (&a, &c, &b), (&b, &a, &c), (&b, &c, &a), (&c, &a, &b), (&c, &b, &a)] {
                if compare(a, b).is_le() && compare(b, c).is_le() {
                    prop_assert!(compare(a, c).is_le(), "transitive: {} {} {}", a, b, c);
                }
                if compare(a, b).is_eq() {
                    prop_assert_eq!(compare(a, c), compare(b, c), "equals stand at one place: {} {} {}", a, b, c);
                }
            }
            Ok(())
        });
        if let Err(error) = result {
            panic!("{scheme}: {error}");
        }
    }
}

#[test]
fn the_same_is_what_compares_equal() {
    let mut same = 0;
    for (scheme, pattern) in PATTERNS {
        for (a, b) in crate::generate::pairs(*scheme, pattern, 2000) {
            let equal = scheme.compare(&a, &b) == Ok(Ordering::Equal);
            assert_eq!(scheme.same(&a, &b), equal, "{scheme}: {a} {b}");
            same += usize::from(equal);
        }
    }
    assert!(same > 2000, "both answers were asked for: {same}");
}

#[test]
fn no_text_is_too_strange() {
    let mut runner = TestRunner::new(config(500));
    runner
        .run(&(".{0,20}", "[0-9a-zA-Z.:~^+_=!@\\- ]{0,20}"), |(a, b)| {
            for scheme in Scheme::ALL {
                prop_assert_eq!(scheme.compare(&a, &b).is_ok(), scheme.check(&a).is_ok() && scheme.check(&b).is_ok());
                prop_assert_eq!(scheme.order(&a, &b), scheme.order(&b, &a).reverse());
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_longest_versions_are_ordered() {
    for unit in ["1.", "1-", "a", "1a", "~", "^", "0", "_p", "--", "1!", "é"] {
        let mut text = String::from("1");
        while text.len() + unit.len() < LENGTH_MAX {
            text.push_str(unit);
        }
        text.push('1');
        for scheme in Scheme::ALL {
            if scheme.check(&text).is_ok() {
                assert_eq!(scheme.compare(&text, &text), Ok(Ordering::Equal), "{scheme}");
            }
        }
    }
}

#[test]
fn normal_forms_equal_what_they_are_made_of() {
    for (scheme, a, b) in [
        (Scheme::Debian, "0:1.00-0", "1.0"),
        (Scheme::Rpm, "0:1.00-01", "1_0-1"),
        (Scheme::Apk, "01.0-r01", "1.0-r1"),
        (Scheme::Semver, "v1.2+b", "1.2.0"),
        (Scheme::Pep440, "V0!1.0.0-ALPHA_01.Post-2.DEV", "1.0a1.post2.dev0"),
        (Scheme::Go, "go1.21rc3", "v1.21.0-rc.3"),
        (Scheme::Maven, "1.0.0-CR-1", "1-rc1"),
        (Scheme::Gem, "1.0.0.a", "1.a"),
        (Scheme::Npm, " =v1.02.3beta+x", "1.2.3-beta"),
        (Scheme::Nuget, "01.0.0.0-RC", "1-rc"),
        (Scheme::Composer, "v1.0.B-02+x", "1.0.0.0-beta2"),
    ] {
        assert_eq!(scheme.compare(a, b), Ok(Ordering::Equal), "{scheme}: {a} {b}");
    }
}
