//! The same image from layouts and archives that real tools wrote.
use std::fs;

use casemate_collect_image::Options;
use casemate_testkit::registry::run;

use crate::sample::{Sample, count, facts, good, packages, read};

#[test]
fn layouts_and_archives_of_real_tools_are_the_same_image() {
    let Some(sample) = Sample::build() else { return };
    let want = facts(&good(&sample.reference()));
    for (to, options, why) in [
        (format!("oci:{}:app", sample.path("again")), &[][..], "a layout"),
        (format!("oci:{}:app", sample.path("zstd")), &["--dest-compress-format", "zstd"], "a layout in zstd"),
        (format!("oci-archive:{}:app", sample.path("oci.tar")), &[], "an archive of a layout"),
        (format!("docker-archive:{}:example.org/app:1", sample.path("docker.tar")), &[], "docker's archive"),
    ] {
        sample.copy(&to, options);
        let collected = good(&to);
        assert_eq!(facts(&collected), want, "{why}");
        assert_eq!(collected.layers.0, 2, "{why}");
    }
    run("gzip", &["-k", &sample.path("docker.tar")]);
    assert_eq!(facts(&good(&sample.path("docker.tar.gz"))), want, "a path alone, compressed");
    assert_eq!(facts(&good(&sample.layout().replace("layout", "again"))), want, "a directory alone");
}

#[test]
fn several_images_of_one_archive_are_told_apart() {
    let Some(sample) = Sample::build() else { return };
    let reference = format!("oci:{}:base", sample.layout());
    assert_eq!(packages(&good(&reference)), ["gone 1", "libc6 2.36-9", "oldpad 1.0.0", "openssl 3.0.1-1"]);
    let error = read(&format!("oci:{}", sample.layout()), &Options::default()).unwrap_err().to_string();
    assert!(error.contains("it holds 2 images; it has `app`, `base`"), "{error}");
}

#[test]
fn known_layers_are_not_read_from_another_source() {
    let Some(sample) = Sample::build() else { return };
    let cache = sample.directory.path().join("cache");
    let options = Options { cache: Some(cache.clone()), ..Options::default() };
    let first = read(&sample.reference(), &options).unwrap();
    assert_eq!((first.layers, count(&cache)), ((2, 0), 2));
    let archive = format!("docker-archive:{}:app:1", sample.path("docker.tar"));
    sample.copy(&archive, &[]);
    let second = read(&archive, &options).unwrap();
    assert_eq!((second.layers, facts(&second)), ((0, 2), facts(&first)));
    // The base alone shares the lowest layer.
    let base = read(&format!("oci:{}:base", sample.layout()), &options).unwrap();
    assert_eq!(base.layers, (0, 1));
    for entry in fs::read_dir(&cache).unwrap() {
        fs::write(entry.unwrap().path(), "damaged").unwrap();
    }
    let third = read(&archive, &options).unwrap();
    assert_eq!((third.layers, facts(&third)), ((2, 0), facts(&first)), "what is damaged is read anew");
}

#[test]
fn the_layer_that_brought_a_package_is_told() {
    let Some(sample) = Sample::build() else { return };
    let collected = good(&sample.reference());
    let layers = collected.snapshot.observations[0].facets["layers"].value.clone().unwrap();
    let number = |id: &str| {
        let layers = layers["layers"].as_array().unwrap();
        layers.iter().position(|layer| layer["diff_id"] == id).unwrap()
    };
    for (name, want) in [("libc6", 0), ("openssl", 1), ("curl", 1), ("leftpad", 1), ("linked", 1)] {
        let package = collected.assembled.inventory.packages.iter().find(|package| package.name == name).unwrap();
        let at: Vec<usize> = package.locations.iter().map(|at| number(at.layer.as_ref().unwrap())).collect();
        assert_eq!(at, [want], "{name}");
    }
}

#[test]
fn another_reader_sees_the_tree_that_we_read() {
    let Some(sample) = Sample::build() else { return };
    let bundle = sample.path("check");
    run("umoci", &["unpack", "--image", &format!("{}:app", sample.layout()), &bundle]);
    let root = std::path::Path::new(&bundle).join("rootfs");
    assert!(root.join("var/lib/dpkg/status.d/linked").exists() && !root.join("var/lib/dpkg/status.d/gone").exists());
    assert!(root.join("opt/old/note").exists() && !root.join("opt/old/package-lock.json").exists());
}
