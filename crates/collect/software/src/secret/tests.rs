use std::{collections::BTreeMap, io::Cursor};

use super::{detector::Detector, proof, table::detectors};
use crate::{Facts, package::testing::file, read};

mod sample;

use sample::{Sample, negatives, positives};

fn facts(path: &str, text: &str) -> Facts {
    let entry = file(path, 0o644, text.len());
    read(&entry, Some(&mut Cursor::new(text.as_bytes())), true)
}

fn detector(name: &str) -> &'static Detector {
    detectors().find(|detector| detector.name == name).unwrap()
}

#[test]
fn each_detector_finds_its_own_and_shows_none_of_it() {
    let mut count: BTreeMap<&str, usize> = detectors().map(|detector| (detector.name, 0)).collect();
    for Sample { detector: name, path, before, secret, after, proof, why } in positives() {
        *count.get_mut(name).unwrap_or_else(|| panic!("no detector {name}")) += 1;
        let facts = facts(&path, &format!("first line\n{before}{secret}{after}\n"));
        let found: Vec<(&str, &str)> =
            facts.secrets.iter().map(|secret| (secret.detector.as_str(), secret.proof.as_str())).collect();
        assert_eq!(found, [(name, proof)], "{name}: {why}");
        assert!(facts.secrets[0].line >= 2, "{name}");
        let told = format!("{} {facts:?}", serde_json::to_string(&facts).unwrap());
        for part in secret.as_bytes().windows(7) {
            let part = String::from_utf8_lossy(part);
            let shown = name.contains(part.trim()) || path.contains(part.as_ref());
            assert!(
                shown || part.contains('\n') || !told.contains(part.as_ref()),
                "{name}: `{part}` of the secret is told"
            );
        }
        let (shown, _) = facts.secrets[0].redacted.split_once('…').unwrap();
        assert!(shown.len() <= 4 && secret.starts_with(shown), "{name}: {shown}");
    }
    let without: Vec<_> = count.iter().filter(|(_, count)| **count == 0).collect();
    assert!(without.is_empty(), "no sample for {without:?}");
}

#[test]
fn each_detector_leaves_out_what_is_none() {
    let mut count: BTreeMap<&str, usize> = detectors().map(|detector| (detector.name, 0)).collect();
    for (name, path, text, why) in negatives() {
        *count.get_mut(name).unwrap_or_else(|| panic!("no detector {name}")) += 1;
        let facts = facts(&path, &text);
        assert!(facts.secrets.iter().all(|secret| secret.detector != name), "{name}: {why}: {:?}", facts.secrets);
    }
    let without: Vec<_> = count.iter().filter(|(_, count)| **count == 0).collect();
    assert!(without.is_empty(), "no counter-example for {without:?}");
}

#[test]
fn a_text_is_a_secret_of_one_detector_only() {
    let all: Vec<Sample> = positives().into_iter().filter(|one| one.path == sample::PLAIN).collect();
    let text: String = all.iter().map(|one| format!("{}{}{}\n\n\n", one.before, one.secret, one.after)).collect();
    let facts = facts(sample::PLAIN, &text);
    assert_eq!(facts.secrets.len(), all.len(), "all in one file");
    assert!(facts.secrets.is_sorted_by_key(|secret| secret.line));
}

#[test]
fn limits_hold() {
    let one = positives().into_iter().find(|one| one.detector == "stripe_key").unwrap();
    let many = format!("{}\n", one.secret).repeat(super::SECRETS_MAX + 50);
    let facts = facts("/srv/x", &many);
    assert_eq!((facts.secrets.len(), facts.problems.len()), (super::SECRETS_MAX, 1));
    assert!(!facts.problems[0].incomplete, "no package is missing for it");
}

#[test]
fn only_text_is_read_whatever_its_width() {
    let token = positives().into_iter().find(|one| one.detector == "stripe_key").unwrap().secret;
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(token.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let binary = [&b"\x7fELF\0"[..], token.as_bytes()].concat();
    let latin = [&b"caf\xe9 "[..], token.as_bytes()].concat();
    for (bytes, want, why) in [(wide, 1, "UTF-16"), (binary, 0, "a program"), (latin, 1, "not UTF-8")] {
        let entry = file("/srv/x", 0o644, bytes.len());
        let facts = read(&entry, Some(&mut Cursor::new(bytes)), true);
        assert_eq!(facts.secrets.len(), want, "{why}");
    }
}

#[test]
fn files_of_the_distribution_and_of_packages_are_left_out() {
    for (path, want, why) in [
        ("/srv/app/main.py", true, "somebody's"),
        ("/home/a/.env.production", true, "somebody's configuration"),
        ("/usr/src/app/config.js", true, "where images put their program"),
        ("/usr/share/doc/x/README", false, "documentation"),
        ("/usr/lib/python3/dist-packages/x/y.py", false, "installed"),
        ("/app/node_modules/x/index.js", false, "installed"),
        ("/app/node_modules/x/.npmrc", true, "installed, yet a name that tells"),
        ("/app/node_modules/x/test/server.key", false, "a key for tests"),
        ("/usr/share/nginx/x.conf", true, "configuration"),
        ("/srv/logo.png", false, "no text"),
        ("/srv/app.min.js", false, "made by a program"),
        ("/srv/.git/objects/ab/cd", false, "packed"),
        ("/etc/ssl/private/x.key", true, "a key"),
    ] {
        let entry = file(path, 0o644, 100);
        let candidate = crate::entry::Candidate::new(&entry).unwrap();
        assert_eq!(super::wants(&candidate).is_some(), want, "{path}: {why}");
    }
    let large = file("/srv/x", 0o644, (1 << 20) + 1);
    assert!(super::wants(&crate::entry::Candidate::new(&large).unwrap()).is_none(), "too large for a text");
}

#[test]
fn what_is_shown_is_never_random() {
    for (name, secret, want) in [
        ("github_token", "ghp_abc", "ghp_… (7 characters)"),
        ("huggingface_token", "hf_abcdef", "hf_… (9 characters)"),
        ("datadog_key", "0123456789", "… (10 characters)"),
        ("aws_secret_key", "abcdef", "… (6 characters)"),
        ("private_key", "-----BEGIN", "… (10 characters)"),
        ("database_url", "hunter22", "… (8 characters)"),
    ] {
        assert_eq!(detector(name).redacted(secret), want, "{name}");
    }
}

#[test]
fn known_sums() {
    // The published example of GitHub's sum, and Grafana's own test vector, in parts.
    assert_eq!(sample::crc62(&["zQWBuTSOoRi4A9s", "pHcVY5ncnsDkxkJ"].concat()), "0mLq17");
    assert_eq!(sample::crc_le(&["glsa_", "yscW25imSKJIuav8zF37RZmnbiDvB05G"].concat()), "fcaaf58a");
    let told = crate::secrets_in("image configuration", &format!("PATH=/bin\nKEY={}", positives().remove(0).secret));
    assert_eq!((told.len(), told[0].line), (1, 2), "a text that is no file");
    assert!((proof::entropy("aabb") - 1.0).abs() < 1e-9);
    assert!(proof::placeholder("AKIAIOSFODNN7EXAMPLE") && proof::placeholder("aaaaaaaa"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_makes_it_panic_or_tell(text in "\\PC{0,300}", at in 0_usize..400, pick in 0_usize..1_000) {
        let all = positives();
        let one = &all[pick % all.len()];
        let mut whole = format!("{}{}{}", one.before, one.secret, one.after);
        let at = whole.floor_char_boundary(at % (whole.len() + 1));
        whole.insert_str(at, &text);
        let facts = facts(&one.path, &whole);
        let told = serde_json::to_string(&facts).unwrap();
        // What stands behind a well-known prefix is told to nobody.
        if one.secret.len() >= 24 && !one.secret.contains(' ') && !one.secret.starts_with("-----") {
            let tail = &one.secret[one.secret.len() - 8..];
            proptest::prop_assert!(!told.contains(tail) || one.path.contains(tail));
        }
    }
}
