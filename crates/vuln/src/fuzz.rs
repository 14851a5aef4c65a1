//! Readers of what others publish, of bills of materials, statements and the policy, and of what package managers say, as a
//! table for fuzzers. Not part of the public interface: only with the feature `fuzzing`.
use std::io::Cursor;

use casemate_estate::{Timestamp, fuzz::Target};

use crate::{
    Policy, SourceSetting, sbom_read,
    source::{Output, SourceError, document_read, format_detect, format_named},
    vex_read,
};

/// Reads the bytes as a document of the format, and gives about how many bytes its records keep.
fn document(format: &str, name: &str, bytes: &[u8]) -> usize {
    // What the beginning looks like is asked of every format, as it is of a file.
    let detected = format_detect(name, bytes, None).map_or(0, |format| format.name.len());
    let Some(format) = format_named(format) else { return detected };
    let mut kept = 0;
    let mut emit = |record| -> Result<(), SourceError> {
        kept += format!("{record:?}").len();
        Ok(())
    };
    let mut output = Output::new(name, Timestamp::UNIX_EPOCH, &mut emit);
    let result = document_read(format, &mut Cursor::new(bytes), &mut output);
    let problems: usize = output.problems.iter().map(String::len).sum();
    detected + kept + problems + result.err().map_or(0, |error| error.to_string().len())
}

macro_rules! document {
    ($format:literal, $name:literal, [$($seed:expr),* $(,)?]) => {
        Target { name: $format, run: |bytes| document($format, $name, bytes), seeds: &[$($seed),*] }
    };
}

const OSV: &str = r#"{"id":"GHSA-a","modified":"2024-01-02T03:04:05Z","aliases":["CVE-2024-0001"],"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N"}],"affected":[{"package":{"ecosystem":"PyPI","name":"A.b"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1"}]}],"versions":["1.5"],"ecosystem_specific":{"urgency":"low"},"database_specific":{"last_known_affected_version_range":"<= 2"}}]}"#;
const CSAF: &str = r#"{"document":{"csaf_version":"2.0","publisher":{"namespace":"https://www.redhat.com"},"tracking":{"id":"R-1"}},"product_tree":{"branches":[{"product":{"product_id":"P","product_identification_helper":{"cpe":"cpe:/o:redhat:enterprise_linux:9"}}},{"product":{"product_id":"z","product_identification_helper":{"purl":"pkg:rpm/redhat/z@1-1?arch=src&epoch=1&rpmmod=a:1"}}}],"relationships":[{"full_product_name":{"product_id":"P:z"},"product_reference":"z","relates_to_product_reference":"P"}]},"vulnerabilities":[{"cve":"CVE-2024-0001","product_status":{"fixed":["P:z"],"known_affected":["P:z"]},"remediations":[{"category":"no_fix_planned","details":"x","product_ids":["P:z"]}]}]}"#;
const OVAL: &str = "<oval_definitions><definitions><definition class=\"patch\"><metadata><title>t</title><reference ref_id=\"R-1\"/><platform>Red Hat Enterprise Linux 8</platform></metadata><criteria><criterion comment=\"Module a:1 is enabled\" test_ref=\"m\"/><criterion comment=\"z is earlier than 0:1-1\" test_ref=\"t\"/></criteria></definition></definitions><tests><rpminfo_test id=\"t\"><object object_ref=\"o\"/><state state_ref=\"s\"/></rpminfo_test></tests><objects><rpminfo_object id=\"o\"><name>z</name></rpminfo_object></objects><states><rpminfo_state id=\"s\"><arch>a|b</arch><evr>0:1-1</evr></rpminfo_state></states></oval_definitions>";

const CYCLONEDX: &str = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"container","name":"n","bom-ref":"r"}},"components":[{"type":"library","bom-ref":"a","name":"b","version":"1.0","purl":"pkg:pypi/b@1.0","properties":[{"name":"p","value":"v"}],"components":[{"type":"operating-system","name":"debian","version":"12"}]},{"type":"library","name":"openssl","version":"3-1","purl":"pkg:deb/debian/openssl@3-1?arch=amd64&epoch=1&upstream=openssl%401:3-1&distro=debian-12"}],"dependencies":[{"ref":"r","dependsOn":["a"]}],"vulnerabilities":[{"id":"CVE-2024-0001","affects":[{"ref":"a"}],"analysis":{"state":"not_affected","justification":"code_not_reachable","detail":"d"}}]}"#;
const SPDX: &str = r#"{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"n","packages":[{"SPDXID":"SPDXRef-a","name":"b","versionInfo":"1.0","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/%40c/b@1.0"}]}],"relationships":[{"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-a"}]}"#;
const TAG_VALUE: &str = "SPDXVersion: SPDX-2.3\nDocumentName: n\nPackageName: b\nSPDXID: SPDXRef-a\nPackageVersion: 1.0\nExternalRef: PACKAGE-MANAGER purl pkg:pypi/b@1.0\nPackageComment: <text>a\nb</text>\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a\n";
const OPENVEX: &str = r#"{"@context":"https://openvex.dev/ns/v0.2.0","@id":"i","author":"a","timestamp":"2024-01-02T03:04:05Z","version":1,"statements":[{"vulnerability":{"name":"CVE-2024-0001","aliases":["GHSA-a"]},"products":[{"@id":"pkg:oci/n","subcomponents":[{"@id":"pkg:pypi/b@1.0"}]}],"status":"not_affected","justification":"component_not_present","impact_statement":"x"}]}"#;
const CSAF_VEX: &str = r#"{"document":{"category":"csaf_vex","csaf_version":"2.0","publisher":{"name":"a"},"tracking":{"id":"i"}},"product_tree":{"full_product_names":[{"product_id":"P","product_identification_helper":{"purl":"pkg:pypi/b@1.0"}}]},"vulnerabilities":[{"cve":"CVE-2024-0001","product_status":{"known_not_affected":["P"]},"flags":[{"label":"component_not_present","product_ids":["P"]}]}]}"#;

/// Every reader of a published format, of documents and of the configuration.
pub const TARGETS: &[Target] = &[
    document!(
        "debian-tracker",
        "json",
        [
            r#"{"zlib":{"CVE-2023-0001":{"description":"d","releases":{"bookworm":{"status":"open","fixed_version":"1-2","urgency":"low","nodsa":"x","nodsa_reason":"ignored"}}}}}"#
        ]
    ),
    document!(
        "debian-cve-list",
        "list",
        [
            "CVE-2024-0001 (One)\n\t- a 2-1 (low; bug #1)\n\t[bookworm] - a <no-dsa> (Minor)\n\tREJECTED\nCVE-2024-XXXX [two]\n\t- b <unfixed>\n"
        ]
    ),
    document!(
        "debian-advisory-list",
        "list",
        ["[14 Feb 2025] DSA-1-1 a - security update\n\t{CVE-2024-0001 CVE-2024-0002}\n\t[bookworm] - a 1-2\n"]
    ),
    document!(
        "debian-fixes",
        "x.jsonl",
        [
            r#"{"cve":"CVE-2023-0001","source_package":"a","release":"bookworm","status":"fixed","fixed_version":"1-1","urgency":null,"advisory":"DSA-1-1","date":"2023-06-03"}"#
        ]
    ),
    document!(
        "debian-advisories",
        "x.jsonl",
        [
            r#"{"id":"DSA-2-1","date":"2021-08-11","source_package":"b","kind":"security update","cves":["CVE-2021-0001"],"fixes":[{"release":"bullseye","source_package":"b","version":"1-1"}]}"#
        ]
    ),
    document!(
        "debian-annotations",
        "x.jsonl",
        [
            r#"{"cve":"CVE-2023-0001","annotations":[{"release":null,"source_package":"a","kind":"fixed","version":"2-1","severity":null},{"release":"bookworm","source_package":"a","kind":"no-dsa"}]}"#
        ]
    ),
    document!("osv", "x.json", [OSV]),
    document!(
        "osv-yaml",
        "x.yaml",
        [
            "id: PYSEC-1\nmodified: 2022-07-05\naffected:\n- package: {name: a, ecosystem: PyPI}\n  ranges:\n  - type: ECOSYSTEM\n    events:\n    - introduced: 1.10\n  versions: [1.1, *a]\n"
        ]
    ),
    document!(
        "rustsec",
        "x.md",
        [
            "```toml\n[advisory]\nid = \"R-1\"\npackage = \"a\"\ndate = \"2024-12-09\"\n[versions]\npatched = [\"^1.2\", \">= 2\"]\nunaffected = [\"< 1\"]\n```\n# T\n"
        ]
    ),
    document!(
        "ruby-advisory-db",
        "x.yml",
        [
            "gem: a\ncve: 2024-0001\nurl: u\ntitle: t\ndate: 2024-01-01\npatched_versions:\n  - \"~> 1.2, >= 1.2.3\"\nunaffected_versions:\n  - \"< 1\"\n"
        ]
    ),
    document!(
        "alpine-secdb",
        "x.json",
        [
            r#"{"distroversion":"v3.19","reponame":"main","apkurl":"x","packages":[{"pkg":{"name":"a","secfixes":{"1-r3":["CVE-2024-0001 XSA-3 (+ x)"],"0":["CVE-2024-0004"]}}}]}"#
        ]
    ),
    document!("csaf", "x.json", [CSAF]),
    document!("oval", "x.xml", [OVAL]),
    document!(
        "kev",
        "x.json",
        [
            r#"{"catalogVersion":"1","dateReleased":"2024-02-01T00:00:00Z","vulnerabilities":[{"cveID":"CVE-2024-0001","vulnerabilityName":"n","dateAdded":"2024-01-02","cwes":["CWE-79"]}]}"#
        ]
    ),
    document!(
        "kev-csv",
        "x.csv",
        ["cveID,vulnerabilityName,dateAdded,cwes\nCVE-2024-0001,\"A, b\",2024-01-02,CWE-79\n"]
    ),
    document!(
        "vulnrichment",
        "x.jsonl",
        [
            r#"{"cve":"CVE-2024-0001","exploitation":"active","automatable":"yes","technical_impact":"total","ssvc_date":"2024-08-01","cvss":[{"source":"a","vector":"CVSS:3.1/AV:N","score":9.8}],"cwe":["CWE-121"]}"#
        ]
    ),
    document!(
        "cve",
        "x.json",
        [
            r#"{"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2024-0001","state":"PUBLISHED"},"containers":{"cna":{"metrics":[{"cvssV3_1":{"vectorString":"CVSS:3.1/AV:L","baseScore":8.4}}]},"adp":[{"metrics":[{"other":{"type":"ssvc","content":{"options":[{"Exploitation":"none"},{"Automatable":"no"},{"Technical Impact":"total"}]}}}]}]}}"#
        ]
    ),
    document!(
        "epss",
        "x.csv",
        ["#model_version:v1,score_date:2024-01-02\ncve,epss,percentile\nCVE-2024-0001,0.5,0.9\n"]
    ),
    Target {
        name: "sources_yaml",
        run: |bytes| match SourceSetting::parse("x", &String::from_utf8_lossy(bytes)) {
            Ok(sources) => sources.iter().map(|source| source.name.len() + source.url.len()).sum(),
            Err(error) => error.to_string().len(),
        },
        seeds: &["sources:\n- {name: a, format: osv, url: \"https://h/\"}\n"],
    },
    Target {
        name: "sbom",
        run: |bytes| match sbom_read("x", bytes) {
            Ok((name, inventory)) => name.len() + format!("{inventory:?}").len(),
            Err(error) => error.to_string().len(),
        },
        seeds: &[CYCLONEDX, SPDX, TAG_VALUE],
    },
    Target {
        name: "vex",
        run: |bytes| match vex_read("x", bytes) {
            Ok(statements) => format!("{statements:?}").len(),
            Err(error) => error.to_string().len(),
        },
        seeds: &[OPENVEX, CYCLONEDX, CSAF_VEX],
    },
    Target {
        name: "policy_yaml",
        run: |bytes| match Policy::parse("x", &String::from_utf8_lossy(bytes)) {
            Ok(policy) => policy.environments.iter().map(|environment| environment.name.len()).sum(),
            Err(error) => error.to_string().len(),
        },
        seeds: &[
            "environments:\n- {name: a, targets: ['b*'], mission: high, alert: {risk: 60, epss: 0.1, kev: true}}\n",
        ],
    },
    Target {
        name: "cvss_vector",
        run: |bytes| crate::rank::cvss::fuzz(&String::from_utf8_lossy(bytes)),
        seeds: &[
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
            "(AV:N/AC:L/Au:N/C:C/I:C/A:C)",
        ],
    },
    Target {
        name: "fix_simulation",
        run: |bytes| crate::fix::fuzz(&String::from_utf8_lossy(bytes)),
        seeds: &[
            "Inst a:i386 [1] (2 Debian:12 [amd64])\nRemv b [1]\n",
            "(1/2) Upgrading a (1-r0 -> 2-r0)\n",
            "Upgrading:\n a   x86_64   1:2-1.el9   baseos   2.1 M\n",
            "Would install a-2\nchange a 1 => 2\n    Updating a v1 -> v2\n  - Upgrading a/b (v1 => v2)\n",
        ],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::source::FORMATS;

    #[test]
    fn fuzz_smoke() {
        casemate_estate::fuzz::smoke(TARGETS, casemate_estate::fuzz::rounds(60), 1024);
    }

    #[test]
    fn every_format_has_a_row() {
        let names: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
        assert_eq!(names.len(), TARGETS.len(), "a name picks one target");
        for format in FORMATS {
            assert!(names.contains(format.name), "{} is read by no row", format.name);
        }
    }
}
