use std::collections::BTreeSet;

use casemate_estate::{Distribution, Location, Package, PackageType, Source};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn at() -> Timestamp {
    "2026-11-25T12:00:00Z".parse().unwrap()
}

fn package(kind: PackageType, namespace: Option<&str>, name: &str, version: &str) -> Package {
    let system = kind.is_system();
    Package {
        kind,
        namespace: namespace.map(str::to_owned),
        name: name.into(),
        version: version.into(),
        arch: system.then(|| "amd64".to_owned()),
        source: system.then(|| Source { name: format!("src-{name}"), version: version.into() }),
        module: (kind == PackageType::Rpm).then(|| "nodejs:18".to_owned()),
        vendor: (kind == PackageType::Rpm).then(|| "Red Hat, Inc.".to_owned()),
        dev: kind == PackageType::Npm,
        locations: BTreeSet::from([
            Location { path: "/a b/ü".into(), layer: Some("sha256:00".into()) },
            Location { path: "/z".into(), layer: None },
        ]),
    }
}

fn inventory() -> Inventory {
    let mut packages: Vec<Package> = PackageType::ALL
        .into_iter()
        .map(|kind| {
            let namespace = match kind {
                PackageType::Maven => Some("org.a"),
                PackageType::Npm => Some("@scope"),
                PackageType::Composer => Some("vendor"),
                _ => None,
            };
            package(kind, namespace, "thing", if kind == PackageType::Rpm { "1:2.3-4" } else { "1:2.3+b~1" })
        })
        .collect();
    packages.push(package(PackageType::Golang, None, "github.com/a/b/v2", "v2.0.0-20240101000000-abcdefabcdef"));
    packages.push(package(PackageType::Pypi, None, "no-version", ""));
    packages.sort_by_key(|p| (p.key(), p.version.clone()));
    Inventory {
        distribution: Some(Distribution {
            id: "debian".into(),
            like: vec!["x".into()],
            version: "12".into(),
            codename: Some("bookworm".into()),
            pretty: Some("Debian GNU/Linux 12 (bookworm)".into()),
        }),
        packages,
        problems: Vec::new(),
    }
}

#[test]
fn what_is_written_reads_back_as_the_same_packages() {
    for format in [SbomFormat::CycloneDx, SbomFormat::Spdx] {
        let text = sbom_write(format, "host://m", "web 1", &inventory(), at()).unwrap();
        assert_eq!(text, sbom_write(format, "host://m", "web 1", &inventory(), at()).unwrap(), "the same bytes");
        let (name, back) = sbom_read("x.json", text.as_bytes()).unwrap();
        assert_eq!(name, "host://m", "{format:?}: what it describes");
        assert_eq!(back.distribution, inventory().distribution, "{format:?}");
        assert_eq!(back.packages, inventory().packages, "{format:?}");
    }
}

#[test]
fn cyclonedx_is_valid_by_its_schema() {
    let Some(corpus) = casemate_testkit::corpus("schemas") else { return };
    let directory = corpus.join("cyclonedx");
    let mut found = None;
    let mut others = Vec::new();
    let mut stack = vec![directory];
    while let Some(directory) = stack.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                stack.push(path);
            } else if name == "bom-1.6.schema.json" {
                found = Some(path);
            } else if name.ends_with(".schema.json") {
                others.push(path);
            }
        }
    }
    let read = |path: &std::path::Path| -> Value { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
    let Some(schema) = found else {
        println!("skipped: the corpus has no bom-1.6.schema.json");
        return;
    };
    let mut registry = jsonschema::Registry::new();
    for other in &others {
        let name = other.file_name().unwrap().to_string_lossy().into_owned();
        registry = registry.add(format!("http://cyclonedx.org/schema/{name}"), read(other)).unwrap();
    }
    let registry = registry.prepare().unwrap();
    let validator = jsonschema::options().with_registry(&registry).build(&read(&schema)).unwrap();
    let text = sbom_write(SbomFormat::CycloneDx, "image://sha256:0", "web:1", &inventory(), at()).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn documents_of_the_corpus_read_or_say_why_not() {
    let Some(corpus) = casemate_testkit::corpus("schemas") else { return };
    let (mut read, mut refused, mut packages) = (0, 0, 0);
    let mut stack = vec![corpus.join("cyclonedx")];
    while let Some(directory) = stack.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                stack.push(path);
            } else if name.ends_with(".json") && !name.ends_with(".schema.json") {
                match sbom_read(&name, &std::fs::read(&path).unwrap()) {
                    Ok((_, inventory)) => {
                        read += 1;
                        packages += inventory.packages.len();
                    }
                    Err(error) => {
                        refused += 1;
                        assert!(error.to_string().contains(&name), "{error}");
                    }
                }
            }
        }
    }
    println!("read {read} documents with {packages} packages, refused {refused}");
    assert!(read > 50, "most samples are read: {read}, {refused} refused");
}

#[test]
fn what_others_write_is_understood() {
    let trivy = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5",
        "metadata": {"component": {"type": "container", "name": "web", "version": "1"}},
        "components": [
            {"type": "operating-system", "name": "debian", "version": "12.5"},
            {"type": "library", "name": "libssl3", "version": "3.0.11-1~deb12u2",
             "purl": "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12.5",
             "properties": [{"name": "aquasecurity:trivy:SrcName", "value": "openssl"},
                            {"name": "aquasecurity:trivy:SrcVersion", "value": "3.0.11"},
                            {"name": "aquasecurity:trivy:SrcRelease", "value": "1~deb12u2"}]},
            {"type": "application", "name": "app/package-lock.json"},
            {"type": "library", "name": "no-purl", "version": "1", "components": [
                {"type": "library", "name": "inner", "purl": "pkg:npm/inner@2"}]},
            {"type": "library", "name": "bad", "version": "1", "purl": "nonsense"},
            {"type": "library"},
        ],
    });
    let (name, inventory) = sbom_read("t.json", trivy.to_string().as_bytes()).unwrap();
    assert_eq!(name, "web@1");
    assert_eq!(inventory.distribution.as_ref().unwrap().version, "12.5");
    let keys: Vec<String> = inventory.packages.iter().map(Package::key).collect();
    assert_eq!(keys, ["deb/libssl3:amd64", "generic/bad@1", "generic/no-purl@1", "npm/inner@2"]);
    let source = inventory.packages[0].source.as_ref().unwrap();
    assert_eq!((source.name.as_str(), source.version.as_str()), ("openssl", "3.0.11-1~deb12u2"));
    assert_eq!(inventory.problems.len(), 2, "what cannot be matched is said: {:?}", inventory.problems);

    let tags = "SPDXVersion: SPDX-2.3\nDocumentName: web\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a\n\
        PackageName: web\nSPDXID: SPDXRef-a\n\
        PackageName: lodash\nSPDXID: SPDXRef-b\nPackageVersion: 4.17.20\nPackageComment: <text>two\nlines</text>\n\
        ExternalRef: PACKAGE-MANAGER purl pkg:npm/lodash@4.17.20\n";
    let (name, inventory) = sbom_read("t.spdx", tags.as_bytes()).unwrap();
    assert_eq!((name.as_str(), inventory.packages.len()), ("web", 1));
    assert_eq!(inventory.packages[0].key(), "npm/lodash@4.17.20");
}

#[test]
fn what_is_no_bill_of_materials_is_refused_with_its_place() {
    for (bytes, part, why) in [
        (&b"{\"bomFormat\":\"CycloneDX\",\n  oops}"[..], "line 2, column", "malformed"),
        (b"{}", "neither", "another document"),
        (b"\xff", "byte 0 is not UTF-8", "no text"),
        (b"<bom/>", "XML", "XML"),
        (b"{\"spdxVersion\":\"SPDX-3.0\"}", "`SPDX-3.0`", "another version"),
        (b"{\"bomFormat\":\"CycloneDX\",\"components\":5}", "no list", "another type"),
        (b"SPDXVersion: SPDX-2.3\nPackageName: <text>a", "line 2", "a text without end"),
    ] {
        let error = sbom_read("x", bytes).unwrap_err().to_string();
        assert!(error.contains(part), "{why}: {error}");
    }
    let mut deep = "{\"type\":\"library\",\"name\":\"x\",\"components\":[".repeat(40);
    deep.push_str(&"]}".repeat(40));
    let text = format!("{{\"bomFormat\":\"CycloneDX\",\"components\":[{deep}]}}");
    let error = sbom_read("x", text.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("deeper") || error.contains("recursion"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_name_and_version_reads_back(
        names in proptest::collection::vec(("[a-zA-Z0-9+._~/-]{1,20}", "[ -~]{0,20}"), 1..8),
        kind in proptest::sample::select(vec![PackageType::Deb, PackageType::Pypi, PackageType::Cargo, PackageType::Apk]),
    ) {
        let packages: BTreeMap<(String, String), Package> = names
            .iter()
            .map(|(name, version)| package(kind, None, &name.replace('/', "-"), version.trim()))
            .map(|p| ((p.key(), p.version.clone()), p))
            .collect();
        let inventory = Inventory {
            distribution: Some(Distribution { id: "debian".into(), version: "12".into(), ..Distribution::default() }),
            packages: packages.into_values().collect(),
            problems: Vec::new(),
        };
        for format in [SbomFormat::CycloneDx, SbomFormat::Spdx] {
            let text = sbom_write(format, "host://m", "n", &inventory, at()).unwrap();
            let (_, back) = sbom_read("x", text.as_bytes()).unwrap();
            prop_assert_eq!(&back.packages, &inventory.packages);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "(SPDX[A-Z]*: .{0,9}\n|[{}\\[\\]\",:a-z]|bomFormat){0,40}") {
        drop(sbom_read("x", &bytes));
        drop(sbom_read("x", text.as_bytes()));
    }
}
