//! A real docker-registry, with and without TLS, users and good intentions.
use std::fs;

use casemate_collect_image::{ImageError, Options};
use casemate_testkit::{
    image::{LayerTar, Packing, TestImage},
    registry::{REGISTRY_USER, Registry, Security},
};
use tempfile::TempDir;

use crate::sample::{Sample, facts, good, paragraph, read};

/// A small image with one package, for registries whose tests need no more.
fn layout(name: &str) -> (TempDir, TestImage) {
    let directory = tempfile::tempdir().unwrap();
    let layer = LayerTar::new().file("var/lib/dpkg/status", paragraph(name, "1"));
    let image = TestImage::new(vec![(layer.end(), Packing::Gzip)]);
    image.oci(directory.path(), "t");
    (directory, image)
}

fn options(registry: &Registry) -> Options {
    let (user, password) = REGISTRY_USER;
    let credentials = Some((user.to_owned(), password.to_owned()));
    Options { ca_file: Some(registry.authority()), credentials, ..Options::default() }
}

#[test]
fn an_image_is_pulled_by_tls_with_a_password() {
    let Some(sample) = Sample::build() else { return };
    let Some(registry) = Registry::start(Security::Basic) else { return };
    registry.push(&sample.reference(), "team/app:1");
    let reference = format!("docker://{}/team/app:1", registry.address());
    let collected = read(&reference, &options(&registry)).unwrap();
    assert_eq!(facts(&collected), facts(&good(&sample.reference())));
    let config = collected.snapshot.observations[0].facets["config"].value.clone().unwrap();
    let digest = config["manifest"].as_str().unwrap();
    let by_digest = format!("docker://{}/team/app@{digest}", registry.address());
    assert_eq!(facts(&read(&by_digest, &options(&registry)).unwrap()), facts(&collected));
}

#[test]
fn who_may_not_or_does_not_know_is_told_so() {
    let Some(registry) = Registry::start(Security::Basic) else { return };
    let (directory, _) = layout("a");
    registry.push(&format!("oci:{}:t", directory.path().display()), "a:1");
    let address = registry.address();
    let with = |user: &str, password: &str| Options {
        credentials: Some((user.to_owned(), password.to_owned())),
        ..options(&registry)
    };
    for (name, options, want, why) in [
        ("a:1", options(&registry), None, "as it should be"),
        ("a:1", Options { credentials: None, ..options(&registry) }, Some("sign in"), "no password"),
        ("a:1", with("puller", "wr0ng-pw"), Some("that the password is right"), "a wrong password"),
        ("a:2", options(&registry), Some("manifest unknown"), "no such tag"),
        ("b:1", options(&registry), Some("status 404"), "no such image"),
        (
            "a:1",
            Options { ca_file: None, ..options(&registry) },
            Some("give the certificate authority"),
            "no authority",
        ),
    ] {
        match (read(&format!("docker://{address}/{name}"), &options), want) {
            (Ok(_), None) => {}
            (Err(error), Some(want)) => {
                let text = error.to_string();
                assert!(text.contains(want), "{why}: {text}");
                assert!(!text.contains("-pw"), "{why}: {text}");
            }
            (got, _) => panic!("{why}: {got:?}"),
        }
    }
    let by_other_name = format!("docker://localhost:{}/a:1", address.split(':').nth(1).unwrap());
    read(&by_other_name, &options(&registry)).unwrap();
}

#[test]
fn loopback_may_speak_plainly_and_the_rest_may_not() {
    let Some(registry) = Registry::start(Security::Plain) else { return };
    let (directory, image) = layout("plain");
    registry.push(&format!("oci:{}:t", directory.path().display()), "plain:1");
    let collected = good(&format!("docker://{}/plain:1", registry.address()));
    assert_eq!(collected.snapshot.target, format!("image://{}", image.id()));
    // Without a prefix: no engine has it, so the registry is asked.
    let again = good(&format!("{}/plain:1", registry.address()));
    assert_eq!(again.snapshot.target, collected.snapshot.target);
}

#[test]
fn a_registry_that_gives_other_bytes_is_found_out() {
    let Some(registry) = Registry::start(Security::Tls) else { return };
    let (directory, image) = layout("victim");
    registry.push(&format!("oci:{}:t", directory.path().display()), "victim:1");
    let reference = format!("docker://{}/victim:1", registry.address());
    let manifest: serde_json::Value = serde_json::from_slice(&image.manifest()).unwrap();
    let options = options(&registry);
    let change = |digest: &str| {
        let file = registry.blob(digest);
        let mut bytes = fs::read(&file).unwrap();
        let last = bytes.len() - 10;
        bytes[last] ^= 1;
        fs::write(file, bytes).unwrap();
    };
    // The layer: what could be read is kept, and the rest is a gap.
    change(manifest["layers"][0]["digest"].as_str().unwrap());
    let collected = read(&reference, &options).unwrap();
    let problem = &collected.assembled.inventory.problems[0];
    assert!(problem.incomplete && problem.path.starts_with("layer sha256:"), "{problem:?}");
    // The configuration: nothing can be believed.
    change(&image.id());
    let error = read(&reference, &options).unwrap_err();
    assert!(matches!(error, ImageError::Document { .. }), "{error}");
    assert!(error.to_string().contains("its bytes have another digest"), "{error}");
}
