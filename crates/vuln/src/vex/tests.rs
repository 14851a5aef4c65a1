use std::collections::BTreeSet;

use casemate_estate::{CheckId, ContentHash, FindingKey, Kind, Life, ResourceId, Severity, Source, State, Verdict};
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn deb(name: &str, source: &str, version: &str) -> Package {
    Package {
        kind: PackageType::Deb,
        namespace: None,
        name: name.into(),
        version: version.into(),
        arch: Some("amd64".into()),
        source: Some(Source { name: source.into(), version: version.into() }),
        module: None,
        vendor: None,
        dev: false,
        locations: BTreeSet::new(),
    }
}

fn statement(purl: &str, product: Option<&str>) -> VexStatement {
    VexStatement {
        ids: vec!["CVE-2024-1".into()],
        purl: Some(purl.into()),
        product: product.map(str::to_owned),
        status: VexStatus::NotAffected,
        justification: None,
        statement: String::new(),
        author: "a".into(),
        at: None,
        file: "f".into(),
    }
}

#[test]
fn a_statement_reaches_no_further_than_it_says() {
    let package = deb("libssl3", "openssl", "3.0.13-1");
    for (purl, product, want, why) in [
        ("pkg:deb/debian/libssl3", None, true, "no version: all of them"),
        ("pkg:deb/debian/libssl3@3.0.13-1", None, true, "the version"),
        ("pkg:deb/debian/libssl3@3.0.12-1", None, false, "another version"),
        ("pkg:deb/debian/libssl3?arch=arm64", None, false, "another architecture"),
        ("pkg:deb/debian/openssl?arch=source", None, true, "the source package"),
        ("pkg:deb/debian/openssl", None, false, "a binary of the source's name is another package"),
        ("pkg:deb/ubuntu/libssl3", None, false, "another distribution"),
        ("pkg:deb/debian/libssl3?distro=debian-11", None, false, "another release"),
        ("pkg:deb/debian/libssl3?distro=debian-12", None, true, "the release"),
        ("pkg:rpm/redhat/libssl3", None, false, "another type"),
        ("nonsense", None, false, "no purl"),
        ("pkg:deb/debian/libssl3", Some("host://m"), true, "in this target"),
        ("pkg:deb/debian/libssl3", Some("host://n"), false, "in another target"),
        ("pkg:deb/debian/libssl3", Some("cpe:/o:debian:debian_linux:12"), true, "in this release"),
        ("pkg:deb/debian/libssl3", Some("cpe:/o:debian:debian_linux:1"), false, "1 is not 12"),
        ("pkg:deb/debian/libssl3", Some("cpe:2.3:o:debian:debian_linux:*:*"), false, "a release that is not said"),
        ("pkg:deb/debian/libssl3", Some("whatever"), false, "a product that nobody knows"),
    ] {
        let got = covers(&statement(purl, product), &["CVE-2024-1"], &package, Some("debian-12"), "host://m");
        assert_eq!(got, want, "{purl} in {product:?}: {why}");
    }
    let one = statement("pkg:deb/debian/libssl3", None);
    assert!(!covers(&one, &["CVE-2024-2"], &package, Some("debian-12"), "host://m"), "another vulnerability");
}

#[test]
fn every_form_is_read() {
    let openvex = json!({
        "@context": "https://openvex.dev/ns/v0.2.0", "author": "v", "timestamp": "2026-01-01T00:00:00Z",
        "statements": [
            {"vulnerability": {"name": "CVE-2024-1", "aliases": ["GHSA-x"]}, "status": "not_affected",
             "justification": "vulnerable_code_not_present",
             "products": [{"@id": "host://m", "subcomponents": [{"@id": "pkg:deb/debian/a"}, {"identifiers": {"purl": "pkg:deb/debian/b"}}]}]},
            {"vulnerability": "CVE-2024-2", "status": "fixed", "products": ["pkg:npm/x@1"]},
        ],
    });
    let csaf = json!({
        "document": {"csaf_version": "2.0", "publisher": {"name": "v"}, "tracking": {"current_release_date": "2026-01-01T00:00:00Z"}},
        "product_tree": {
            "branches": [{"branches": [
                {"product": {"product_id": "RHEL-9", "product_identification_helper": {"cpe": "cpe:/o:redhat:enterprise_linux:9"}}},
                {"product": {"product_id": "openssl", "product_identification_helper": {"purl": "pkg:rpm/redhat/openssl?arch=src"}}},
            ]}],
            "relationships": [{"category": "default_component_of", "product_reference": "openssl",
                "relates_to_product_reference": "RHEL-9", "full_product_name": {"product_id": "RHEL-9:openssl"}}],
        },
        "vulnerabilities": [{"cve": "CVE-2024-1",
            "product_status": {"known_not_affected": ["RHEL-9:openssl"], "known_affected": ["nowhere"]},
            "flags": [{"label": "component_not_present", "product_ids": ["RHEL-9:openssl"]}]}],
    });
    let cyclonedx = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6",
        "components": [{"type": "library", "name": "a", "bom-ref": "r", "purl": "pkg:npm/a@1"}],
        "vulnerabilities": [
            {"id": "CVE-2024-1", "analysis": {"state": "false_positive", "detail": "no"}, "affects": [{"ref": "r"}]},
            {"id": "CVE-2024-2", "affects": [{"ref": "r"}]},
        ],
    });
    for (document, want) in [
        (
            openvex,
            &[
                ("CVE-2024-1", "pkg:deb/debian/a", "host://m", VexStatus::NotAffected),
                ("CVE-2024-1", "pkg:deb/debian/b", "host://m", VexStatus::NotAffected),
                ("CVE-2024-2", "pkg:npm/x@1", "", VexStatus::Fixed),
            ][..],
        ),
        (
            csaf,
            &[(
                "CVE-2024-1",
                "pkg:rpm/redhat/openssl?arch=src",
                "cpe:/o:redhat:enterprise_linux:9",
                VexStatus::NotAffected,
            )],
        ),
        (cyclonedx, &[("CVE-2024-1", "pkg:npm/a@1", "", VexStatus::NotAffected)]),
    ] {
        let got = vex_read("f", document.to_string().as_bytes()).unwrap();
        let got: Vec<_> = got
            .iter()
            .map(|s| (s.ids[0].as_str(), s.purl.as_deref().unwrap(), s.product.as_deref().unwrap_or(""), s.status))
            .collect();
        assert_eq!(got, want);
    }
    for (text, part) in [
        ("{", "line 1"),
        ("{}", "neither"),
        ("{\"@context\":\"https://openvex.dev/ns\",\"statements\":[{\"status\":\"x\"}]}", "statements[0].status"),
        ("{\"@context\":\"https://openvex.dev/ns\",\"statements\":[{\"status\":\"fixed\"}]}", "names none"),
    ] {
        let error = vex_read("f", text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
}

fn finding(state: State, evidence: Value) -> Finding {
    let key = FindingKey {
        check: CheckId("vuln.CVE-2024-1".into()),
        resource: ResourceId::new("host://m/package/deb/a:amd64").unwrap(),
    };
    Finding {
        id: key.id(),
        key,
        kind: Kind::new("host.package"),
        name: "a 1".into(),
        scope: "host://m".into(),
        severity: Severity::High,
        risk: 50,
        verdict: Verdict { state, reason: "why".into(), evidence: vec![evidence] },
        life: Life::advance(None, state, Timestamp::UNIX_EPOCH),
        inputs: ContentHash([0; 32]),
        exemption: None,
        suppression: None,
    }
}

#[test]
fn what_is_written_is_valid_and_reads_back() {
    let now = Timestamp::UNIX_EPOCH;
    let package = json!({"purl": "pkg:deb/debian/a@1?arch=amd64"});
    for (state, evidence, want) in [
        (State::Fail, json!({"package": package, "fixed": "2"}), VexStatus::Affected),
        (State::Unknown, json!({"package": package}), VexStatus::UnderInvestigation),
        (State::Pass, json!({"package": package}), VexStatus::Fixed),
        (
            State::Pass,
            json!({"package": package, "vex": {"status": "not_affected", "justification": "component_not_present"}}),
            VexStatus::NotAffected,
        ),
    ] {
        let finding = finding(state, evidence);
        let text = vex_write("me", &[&finding], now).unwrap();
        let back = vex_read("f", text.as_bytes()).unwrap();
        assert_eq!((back.len(), back[0].status, back[0].product.as_deref()), (1, want, Some("host://m")));
        assert!(covers(&back[0], &["CVE-2024-1"], &deb("a", "a", "1"), Some("debian-12"), "host://m"));
        let Some(corpus) = casemate_testkit::corpus("schemas") else { continue };
        let mut schemas = std::fs::read_dir(corpus.join("openvex")).unwrap().map(|entry| entry.unwrap().path());
        let Some(schema) = schemas.find(|path| path.to_string_lossy().ends_with("schema.json")) else {
            println!("skipped: the corpus has no schema of OpenVEX");
            continue;
        };
        let schema: Value = serde_json::from_slice(&std::fs::read(schema).unwrap()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{want:?}: {errors:#?}\n{text}");
    }
    assert!(vex_write("me", &[], now).is_err(), "nothing to say");
}

#[test]
fn documents_of_the_corpus_are_read() {
    let Some(corpus) = casemate_testkit::corpus("schemas") else { return };
    let (mut read, mut statements) = (0, 0);
    let mut stack = vec![corpus.join("csaf"), corpus.join("openvex"), corpus.join("cyclonedx")];
    while let Some(directory) = stack.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                stack.push(path);
            } else if let Ok(found) = vex_read("f", &std::fs::read(&path).unwrap()) {
                read += 1;
                statements += found.len();
            }
        }
    }
    println!("read {read} documents with {statements} statements");
    assert!(read > 20, "{read}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        drop(vex_read("f", &bytes));
    }
}
