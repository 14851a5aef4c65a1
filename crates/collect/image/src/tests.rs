//! Whole images, written by hand and read back. Real tools and servers are met in `tests/image`.
use std::{collections::BTreeSet, fs, path::Path};

use casemate_estate::{FacetStatus, Timestamp};
use casemate_testkit::image::{LayerTar, Packing, TestImage, archive, blob, digest, oci_index, pack};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Collected, ImageError, Limits, Options, collect};

fn status(packages: &[(&str, &str)]) -> String {
    let one = |(name, version): &(&str, &str)| {
        format!("Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n\n")
    };
    packages.iter().map(one).collect()
}

const STATUS: &str = "var/lib/dpkg/status";

/// Two layers: Debian with two packages, then one more and an upgrade.
fn debian() -> TestImage {
    let base = LayerTar::new()
        .directory("./")
        .file("./etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
        .file(STATUS, status(&[("libc6", "2.36-9"), ("openssl", "3.0.1-1")]))
        .file("usr/bin/sudo", "x");
    let upper = LayerTar::new().file(STATUS, status(&[("libc6", "2.36-9"), ("openssl", "3.0.2-1"), ("curl", "7.88")]));
    TestImage::new(vec![(base.end(), Packing::Gzip), (upper.end(), Packing::Zstd)])
}

fn options() -> Options {
    Options::default()
}

fn read(reference: &str, options: &Options) -> Result<Collected, ImageError> {
    collect(reference, options, &|| Timestamp::UNIX_EPOCH, &|_, _, _| {})
}

fn good(reference: &str) -> Collected {
    read(reference, &options()).unwrap()
}

/// `name version @layer` of each package.
fn packages(collected: &Collected) -> Vec<String> {
    let layers = &facet(collected, "layers")["layers"];
    let layers = layers.as_array().unwrap();
    let number = |id: &str| layers.iter().position(|layer| layer["diff_id"] == id).unwrap();
    let all = collected.assembled.inventory.packages.iter().map(|package| {
        let at: Vec<String> = package
            .locations
            .iter()
            .map(|location| location.layer.as_deref().map_or("-".into(), |id| number(id).to_string()))
            .collect();
        format!("{} {} @{}", package.name, package.version, at.join(","))
    });
    all.collect()
}

fn facet(collected: &Collected, name: &str) -> Value {
    let facet = &collected.snapshot.observations[0].facets[name];
    assert_eq!(facet.status, FacetStatus::Collected, "{name}: {:?}", facet.reason);
    Value::clone(facet.value.as_ref().unwrap())
}

/// An OCI layout of the image, with the tag `t`.
fn layout(image: &TestImage) -> (TempDir, String) {
    let directory = tempfile::tempdir().unwrap();
    image.oci(directory.path(), "t");
    let reference = format!("oci:{}", directory.path().display());
    (directory, reference)
}

#[test]
fn one_image_is_the_same_in_every_form() {
    let image = debian();
    let (directory, oci) = layout(&image);
    let write = |name: &str, bytes: &[u8]| {
        let path = directory.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let oci_archive = archive(directory.path());
    let docker = image.docker_archive("example/app:1");
    let want = ["curl 7.88 @1", "libc6 2.36-9 @0", "openssl 3.0.2-1 @1"];
    for (reference, name, why) in [
        (oci.clone(), format!("{}:t", directory.path().display()), "a layout"),
        (format!("{oci}:t"), format!("{}:t", directory.path().display()), "by its tag"),
        (format!("{oci}@{}", digest(&image.manifest())), String::new(), "by its digest"),
        (format!("oci-archive:{}:t", write("a.tar", &oci_archive)), String::new(), "an archive of it"),
        (write("a.tar.gz", &pack(&oci_archive, Packing::Gzip)), String::new(), "which is compressed"),
        (format!("docker-archive:{}", write("d.tar", &docker)), "example/app:1".into(), "docker's archive"),
        (format!("docker-archive:{}:example/app:1", write("d.tar", &docker)), String::new(), "by its name"),
        (write("d.tar.zst", &pack(&docker, Packing::Zstd)), "example/app:1".into(), "which is compressed"),
    ] {
        let collected = good(&reference);
        assert_eq!(packages(&collected), want, "{why}");
        assert_eq!(collected.assembled.inventory.problems, [], "{why}");
        assert_eq!(collected.snapshot.target, format!("image://{}", image.id()), "{why}");
        let resource = &collected.snapshot.observations[0].resource;
        assert!(name.is_empty() || resource.name == name, "{why}: {}", resource.name);
        assert_eq!((resource.kind.as_str(), collected.layers), ("image", (2, 0)), "{why}");
        assert_eq!(collected.snapshot.listings[0].status, FacetStatus::Collected, "{why}");
        assert_eq!(collected.snapshot.edges.len(), 3, "{why}");
    }
}

#[test]
fn what_is_not_there_is_said_with_what_is() {
    let image = debian();
    let (directory, oci) = layout(&image);
    let docker = directory.path().join("d.tar");
    fs::write(&docker, image.docker_archive("example/app:1")).unwrap();
    let empty = tempfile::tempdir().unwrap();
    let root = empty.path().display().to_string();
    for (reference, want) in [
        (format!("{oci}:other"), "it has `t`"),
        (format!("docker-archive:{}:other", docker.display()), "it has example/app:1"),
        (format!("oci:{root}"), "neither index.json"),
        ("oci:/nowhere/at/all".to_owned(), "no such file or directory"),
        (format!("podman:[{root}]a"), "no store of the overlay or vfs driver"),
        (format!("docker-daemon:[{root}]a"), "no store of the overlay2 or vfs driver"),
        (format!("containerd:[{root}]a"), "no database of names"),
    ] {
        let error = read(&reference, &options()).unwrap_err();
        assert!(matches!(error, ImageError::Missing { .. }), "{reference}: {error:?}");
        assert!(error.to_string().contains(want), "{reference}: {error}");
    }
}

#[test]
fn an_index_is_followed_to_the_platform() {
    let directory = tempfile::tempdir().unwrap();
    let image = |name: &str, architecture: &str| {
        let layer = LayerTar::new().file(STATUS, status(&[(name, "1")]));
        let image = TestImage::new(vec![(layer.end(), Packing::Plain)]);
        image.configure(|config| config["architecture"] = json!(architecture))
    };
    let descriptor = |name: &str, architecture: &str, variant: Option<&str>| {
        let mut descriptor = image(name, architecture).blobs(directory.path());
        descriptor["platform"] = json!({"os": "linux", "architecture": architecture, "variant": variant});
        descriptor
    };
    let mut attestation = descriptor("no", "unknown", None);
    attestation["platform"] = json!({"os": "unknown", "architecture": "unknown"});
    let inner = json!({"schemaVersion": 2, "manifests": [
        attestation,
        descriptor("v6", "arm", Some("v6")),
        descriptor("v7", "arm", Some("v7")),
        descriptor("arm64", "arm64", Some("v8")),
        descriptor("amd64", "amd64", None),
        descriptor("s390x", "s390x", None),
    ]})
    .to_string();
    let digest = blob(directory.path(), inner.as_bytes());
    oci_index(directory.path(), &[json!({"digest": digest, "size": inner.len(), "mediaType": "x"})]);
    let reference = format!("oci:{}", directory.path().display());
    for (platform, want, why) in [
        (Some("linux/amd64"), Ok("amd64"), "by name"),
        (Some("linux/x86_64"), Ok("amd64"), "by uname's name"),
        (Some("linux/arm64"), Ok("arm64"), "the variant is not asked for"),
        (Some("linux/arm64/v8"), Ok("arm64"), "the variant every arm64 has"),
        (Some("linux/arm/v7"), Ok("v7"), "with a variant"),
        (Some("linux/arm"), Ok("v6"), "the least of its variants"),
        (Some("linux/riscv64"), Err("has no image for linux/riscv64; it has linux/amd64, linux/arm/v6"), "none"),
        (Some("windows/amd64"), Err("no image for windows/amd64"), "another system"),
        (Some("linux"), Err("a platform is OS/ARCHITECTURE"), "half a platform"),
    ] {
        let options = Options { platform: platform.map(str::to_owned), ..options() };
        let got = read(&reference, &options).map(|collected| collected.assembled.inventory.packages[0].name.clone());
        match (got, want) {
            (Ok(got), Ok(want)) => assert_eq!(got, want, "{why}"),
            (Err(error), Err(want)) => assert!(error.to_string().contains(want), "{why}: {error}"),
            (got, _) => panic!("{why}: {got:?}"),
        }
    }
    // An image that is alone is read whatever it is for, unless another platform is asked for.
    let alone = tempfile::tempdir().unwrap();
    image("s390x", "s390x").oci(alone.path(), "t");
    let reference = format!("oci:{}", alone.path().display());
    assert_eq!(packages(&good(&reference)), ["s390x 1 @0"]);
    let other = Options { platform: Some("linux/amd64".into()), ..options() };
    assert!(matches!(read(&reference, &other), Err(ImageError::Platform { .. })));
}

#[test]
fn a_layout_with_several_images_wants_a_name() {
    let directory = tempfile::tempdir().unwrap();
    let named = |name: &str| {
        let layer = LayerTar::new().file(STATUS, status(&[(name, "1")]));
        let mut descriptor = TestImage::new(vec![(layer.end(), Packing::Plain)]).blobs(directory.path());
        descriptor["annotations"] = json!({"org.opencontainers.image.ref.name": name});
        descriptor.as_object_mut().unwrap().remove("platform");
        descriptor
    };
    oci_index(directory.path(), &[named("a"), named("b")]);
    let reference = format!("oci:{}", directory.path().display());
    assert_eq!(packages(&good(&format!("{reference}:b"))), ["b 1 @0"]);
    let error = read(&reference, &options()).unwrap_err().to_string();
    assert!(error.contains("it holds 2 images; it has `a`, `b`"), "{error}");
}

#[test]
fn documents_that_lie_are_refused_by_name() {
    for (index, manifest, want) in [
        (json!({}), None, "neither an index nor a manifest"),
        (json!({"manifests": []}), None, "it has no images"),
        (json!({"manifests": [], "layers": [{}]}), None, "an index and a manifest at once"),
        (json!({"manifests": [{"digest": "sha256:../../etc/passwd"}]}), None, "it is no digest"),
        (json!({"manifests": [{"digest": digest(b"nothing")}]}), None, "the image is not whole"),
        (json!([1]), None, "not what the specification says"),
        (json!({"schemaVersion": 1}), None, "schema 1"),
        (json!({"manifests": [{"digest": "$"}]}), Some(json!({"config": {"digest": "sha256:x"}})), "it is no digest"),
        (
            json!({"manifests": [{"digest": "$"}]}),
            Some(json!({"config": {"mediaType": "application/vnd.cncf.helm.config.v1+json"}})),
            "an artifact of type `application/vnd.cncf.helm.config.v1+json`",
        ),
        (json!({"manifests": [{"digest": "$", "size": 1}]}), Some(json!({"config": {}})), "what names it says 1"),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let manifest = manifest.map(|manifest| blob(directory.path(), manifest.to_string().as_bytes()));
        let index = index.to_string().replace('$', &manifest.unwrap_or_default());
        fs::write(directory.path().join("index.json"), index).unwrap();
        let error = read(&format!("oci:{}", directory.path().display()), &options()).unwrap_err().to_string();
        assert!(error.contains(want), "{want}: {error}");
        assert!(error.contains("hint: "), "{error}");
    }
    // A blob whose bytes have another digest, and one that is too long.
    let (directory, reference) = layout(&debian());
    let config = directory.path().join("blobs/sha256").join(&debian().id()[7..]);
    let bytes = fs::read(&config).unwrap();
    fs::write(&config, [&bytes[..], b" "].concat()).unwrap();
    let error = read(&reference, &options()).unwrap_err().to_string();
    assert!(error.contains("its bytes have another digest"), "{error}");
    let limits = Limits { document_bytes: 100, ..Limits::default() };
    let error = read(&reference, &Options { limits, ..options() }).unwrap_err().to_string();
    assert!(error.contains("limit document_bytes is 100"), "{error}");
    // Indexes that lead to indexes.
    let directory = tempfile::tempdir().unwrap();
    let mut inner = json!({"manifests": []}).to_string();
    for _ in 0..6 {
        let digest = blob(directory.path(), inner.as_bytes());
        inner = json!({"manifests": [{"digest": digest}]}).to_string();
    }
    fs::write(directory.path().join("index.json"), inner).unwrap();
    let error = read(&format!("oci:{}", directory.path().display()), &options()).unwrap_err().to_string();
    assert!(error.contains("limit index.depth is 4"), "{error}");
}

#[test]
fn a_pipe_in_a_blobs_place_is_no_wait_without_end() {
    let (directory, reference) = layout(&debian());
    let manifest = directory.path().join("blobs/sha256").join(&digest(&debian().manifest())[7..]);
    fs::remove_file(&manifest).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &manifest,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    let error = read(&reference, &options()).unwrap_err().to_string();
    assert!(error.contains("no regular file"), "{error}");
}

/// One layer above a base with the package `base`; what is told of it.
fn hostile(upper: Vec<u8>, limits: Limits) -> (Vec<String>, Vec<String>) {
    let base = LayerTar::new().file("srv/base/var/lib/x", "").file(STATUS, status(&[("base", "1")]));
    let good = LayerTar::new().file("var/lib/dpkg/status.d/last", "Package: last\nVersion: 1\nArchitecture: amd64\n");
    let upper_tar = upper.clone();
    let image =
        TestImage::new(vec![(base.end(), Packing::Plain), (upper_tar, Packing::Plain), (good.end(), Packing::Plain)]);
    let (_directory, reference) = layout(&image);
    let collected = read(&reference, &Options { limits, ..options() }).unwrap();
    let names = collected.assembled.inventory.packages.iter().map(|package| package.name.clone());
    let problems = collected.assembled.inventory.problems.iter();
    let problems = problems.map(|problem| format!("{}: {} {}", problem.path, problem.reason, problem.incomplete));
    (names.collect(), problems.collect())
}

#[test]
fn a_hostile_layer_is_a_problem_and_the_rest_goes_on() {
    let small = Limits { entries: 1_000, layer_bytes: 1 << 20, ..Limits::default() };
    let dpkg = |name: &str| status(&[(name, "1")]);
    let distroless = |name: &str| format!("Package: {name}\nVersion: 1\nArchitecture: amd64\n");
    let many = (0..1_200).fold(LayerTar::new(), |tar, i| tar.file(&format!("a/{i}"), ""));
    let long = format!("{}/x", "a".repeat(2 << 20));
    for (layer, found, want, why) in [
        (
            LayerTar::new().file("../../var/lib/dpkg/status.d/up", distroless("up")).end(),
            &["base", "last", "up"][..],
            &["which leaves the image"][..],
            "a path that climbs out",
        ),
        (
            LayerTar::new().file("/var/lib/dpkg/status", dpkg("absolute")).end(),
            &["absolute", "last"],
            &[],
            "an absolute path is the image's",
        ),
        (
            LayerTar::new().hard_link("a", "../../../etc/shadow").end(),
            &["base", "last"],
            &["a hard link that leads out of the image"],
            "a hard link that climbs out",
        ),
        (
            LayerTar::new().link("var/lib/dpkg/status.d/l", "../../../../../etc/passwd").link("b", "b").end(),
            &["base", "last"],
            &[],
            "links that lead out or in a circle are not followed",
        ),
        (
            LayerTar::new().hard_link("var/lib/dpkg/status.d/l", "nowhere").end(),
            &["base", "last"],
            &["a hard link to `/nowhere`, which is no entry of its layer"],
            "a hard link to what is missing",
        ),
        (LayerTar::new().hard_link("a", "a").end(), &["base", "last"], &[], "a hard link to itself"),
        (
            LayerTar::new().file(STATUS, dpkg("first")).file(STATUS, dpkg("second")).end(),
            &["last", "second"],
            &[],
            "the last of two entries counts",
        ),
        (
            LayerTar::new().file(STATUS, dpkg("first")).link("var", "srv/base/var").end(),
            &["last"],
            &[],
            "a link in the place of a directory",
        ),
        (
            many.file(STATUS, dpkg("hidden")).end(),
            &["base", "last"],
            &["limit layers.entries is 1000, and the entry at byte"],
            "more entries than are allowed",
        ),
        (
            LayerTar::new().file("a", vec![0; 2 << 20]).end(),
            &["base", "last"],
            &["limit layers.layer_bytes is 1048576"],
            "more bytes than are allowed",
        ),
        (
            LayerTar::new().raw(b"././@LongLink", b'L', 1 << 30, b"").bytes(b"aaaa").end(),
            &["base", "last"],
            &["limit tar.name_bytes is 1048576, and the entry at byte 0 has 1073741824"],
            "a name of 1 GB",
        ),
        (
            LayerTar::new().raw(b"x", b'x', 1 << 40, b"").end(),
            &["base", "last"],
            &["limit tar.pax_bytes is 1048576"],
            "a huge PAX header",
        ),
        (
            LayerTar::new().file(&long[long.len() - 90..], "").file(&"b/".repeat(20_000), "").end(),
            &["base", "last"],
            &["a path longer than any system allows"],
            "a path longer than any system allows",
        ),
        (
            LayerTar::new().file("a", "b").bytes(&[7; 512]).end(),
            &["base", "last"],
            &["at byte 1024 is no header of an entry: its checksum"],
            "no header",
        ),
        (
            LayerTar::new().file(STATUS, dpkg("seen")).raw(b"big", b'0', 1 << 40, b"").end(),
            &["last", "seen"],
            &["it breaks off at byte"],
            "an entry that is longer than the layer",
        ),
        (
            LayerTar::new().raw(STATUS.as_bytes(), b'0', 4 << 40, b"").end(),
            &["last"],
            &["it breaks off at byte", "not read"],
            "a database that says it has 4 TB",
        ),
        (
            LayerTar::new().file("var/lib/dpkg/.wh...", "").file("a/.wh.", "").file("a/.wh..wh.plnk", "").end(),
            &["base", "last"],
            &["a whiteout of what is no name", "a whiteout of what is no name"],
            "whiteouts of nothing",
        ),
        (
            LayerTar::new().file("var/lib/dpkg/status.d/a\u{0}b", distroless("nul")).end(),
            &["base", "last", "nul"],
            &[],
            "a name ends with its first zero byte",
        ),
        (b"BZh91AY&SY".to_vec(), &["base", "last"], &["is compressed with bzip2, which is not read"], "bzip2"),
        (pack(&[0; 1024], Packing::Gzip)[..20].to_vec(), &["base", "last"], &["it breaks off at byte"], "half of gzip"),
        (Vec::new(), &["base", "last"], &[], "an empty layer"),
    ] {
        let (names, problems) = hostile(layer, small);
        assert_eq!(names, found, "{why}: {problems:?}");
        for want in want {
            assert!(problems.iter().any(|problem| problem.contains(want)), "{why}: {problems:?}");
        }
        if want.is_empty() {
            assert!(problems.iter().all(|problem| problem.ends_with("false")), "{why}: {problems:?}");
        } else {
            assert!(problems.iter().any(|problem| problem.ends_with("true")), "{why}: {problems:?}");
        }
    }
}

#[test]
fn bombs_end_at_their_ratio() {
    let zeros = LayerTar::new().file("a", vec![0; 80 << 20]).end();
    for packing in [Packing::Gzip, Packing::Zstd] {
        let image = TestImage::new(vec![(zeros.clone(), packing)]);
        let (_directory, reference) = layout(&image);
        let limits = Limits { ratio: 20, ..Limits::default() };
        let collected = read(&reference, &Options { limits, ..options() }).unwrap();
        let problems = &collected.assembled.inventory.problems;
        assert!(problems.iter().any(|p| p.reason.contains("limit layers.ratio is 20") && p.incomplete), "{problems:?}");
        assert_eq!(collected.snapshot.listings[0].status, FacetStatus::Failed);
        // gzip cannot reach the usual one with so little.
        let usual = good(&reference).assembled.inventory.problems.len();
        assert_eq!(usual, usize::from(packing == Packing::Zstd), "{packing:?}");
    }
}

#[test]
fn a_layer_that_is_not_what_the_image_says_is_told() {
    let tar = |name: &str| LayerTar::new().file(STATUS, status(&[(name, "1")])).end();
    let same_length = |a: &str, b: &str| (tar(a), tar(b));
    let (good, bad) = same_length("a", "b");
    for (image, want, why) in [
        (
            TestImage::new(vec![(good.clone(), Packing::Plain)]).tamper(0, bad.clone()),
            &["the digest of its bytes is", "the digest of its archive is"][..],
            "other bytes",
        ),
        (
            TestImage::new(vec![(good.clone(), Packing::Plain)])
                .configure(|config| config["rootfs"]["diff_ids"][0] = json!(digest(b"x"))),
            &["the digest of its archive is"],
            "another diff id",
        ),
        (
            TestImage::new(vec![(good.clone(), Packing::Gzip)]).tamper(0, pack(&good, Packing::Gzip)[..60].to_vec()),
            &["it breaks off at byte"],
            "truncated",
        ),
        (
            TestImage::new(vec![(good.clone(), Packing::Plain)]).tamper(0, [&good[..], &good[..]].concat()),
            &["longer than the 2048 bytes that its manifest says"],
            "longer",
        ),
        (
            TestImage::new(vec![(good.clone(), Packing::Plain)])
                .configure(|config| config["rootfs"]["diff_ids"] = json!([])),
            &["it lists 0 layers, and the image has 1"],
            "no diff ids",
        ),
    ] {
        let (_directory, reference) = layout(&image);
        let cache = tempfile::tempdir().unwrap();
        let options = Options { cache: Some(cache.path().to_owned()), ..options() };
        let collected = read(&reference, &options).unwrap();
        let problems = &collected.assembled.inventory.problems;
        for want in want {
            let told = problems.iter().any(|p| p.incomplete && (p.reason.contains(want)));
            assert!(told, "{why}: {problems:?}");
        }
        assert_eq!(fs::read_dir(cache.path()).map_or(0, Iterator::count), 0, "{why}: nothing is cached");
    }
}

#[test]
fn a_layer_that_is_missing_is_a_problem() {
    let image = debian();
    let (directory, reference) = layout(&image);
    let layers: Value = serde_json::from_slice(&image.manifest()).unwrap();
    let first = layers["layers"][0]["digest"].as_str().unwrap();
    fs::remove_file(directory.path().join("blobs/sha256").join(&first[7..])).unwrap();
    let collected = good(&reference);
    let problem = &collected.assembled.inventory.problems[0];
    assert!(problem.incomplete && problem.reason.contains("cannot be opened"), "{problem:?}");
    assert_eq!(packages(&collected).len(), 3, "the other layer is read");
}

#[test]
fn a_known_layer_is_not_read_again() {
    let image = debian();
    let (directory, reference) = layout(&image);
    let cache = tempfile::tempdir().unwrap();
    let with = |secrets| Options { cache: Some(cache.path().join("c")), secrets, ..options() };
    let first = read(&reference, &with(false)).unwrap();
    assert_eq!(first.layers, (2, 0));
    // Without the blobs nothing could be read.
    let manifest: Value = serde_json::from_slice(&image.manifest()).unwrap();
    for layer in manifest["layers"].as_array().unwrap() {
        let digest = layer["digest"].as_str().unwrap();
        fs::remove_file(directory.path().join("blobs/sha256").join(&digest[7..])).unwrap();
    }
    let second = read(&reference, &with(false)).unwrap();
    assert_eq!(second.layers, (0, 2));
    assert_eq!(second.assembled, first.assembled);
    assert_eq!(second.snapshot, first.snapshot, "nothing tells the two apart");
    assert_eq!(read(&reference, &with(true)).unwrap().layers, (2, 0), "secrets were not sought the first time");
}

#[test]
fn hard_links_prove_what_their_file_proves() {
    let text = "Package: linked\nVersion: 1\nArchitecture: amd64\n";
    let link = "var/lib/dpkg/status.d/linked";
    // More than is kept for links between the file and the link, so that the layer is read twice.
    let big = || {
        (0..5).fold(LayerTar::new().file("opt/plain", text), |tar, i| {
            tar.file(&format!("opt/{i}/package-lock.json"), vec![b' '; 8 << 20])
        })
    };
    for (layers, why) in [
        (vec![LayerTar::new().file("opt/plain", text).hard_link(link, "opt/plain")], "a file that nobody wanted"),
        (
            vec![LayerTar::new().file("var/lib/dpkg/status.d/a", text).hard_link(link, "var/lib/dpkg/status.d/a")],
            "a file that is kept",
        ),
        (
            vec![LayerTar::new().file("opt/plain", text).hard_link("opt/b", "./opt/plain").hard_link(link, "/opt/b")],
            "a link to a link",
        ),
        (vec![big().hard_link(link, "opt/plain")], "a file that is long gone"),
        (
            vec![
                LayerTar::new()
                    .file("opt/plain", "")
                    .file("opt/plain", text)
                    .hard_link(link, "opt/plain")
                    .file("opt/plain", ""),
            ],
            "the entry before the link counts",
        ),
        (
            vec![
                LayerTar::new().file("var/lib/dpkg/status.d/a", text),
                LayerTar::new().hard_link(link, "var/lib/dpkg/status.d/a").whiteout("var/lib/dpkg/status.d/a"),
            ],
            "a file of a lower layer",
        ),
    ] {
        let image = TestImage::new(layers.into_iter().map(|layer| (layer.end(), Packing::Zstd)).collect());
        let (_directory, reference) = layout(&image);
        let collected = good(&reference);
        let package = collected.assembled.inventory.packages.iter().find(|package| package.name == "linked");
        let package = package.unwrap_or_else(|| panic!("{why}: {:?}", collected.assembled.inventory.problems));
        let paths: BTreeSet<&str> = package.locations.iter().map(|location| location.path.as_str()).collect();
        assert!(paths.contains("/var/lib/dpkg/status.d/linked"), "{why}: {paths:?}");
        // Those of the files between, which are no lock files at all.
        let problems = collected.assembled.inventory.problems.iter();
        let problems: Vec<_> = problems.filter(|problem| !problem.path.ends_with("package-lock.json")).collect();
        assert!(problems.is_empty(), "{why}: {problems:?}");
    }
}

#[test]
fn the_configuration_is_told_without_its_secrets() {
    let image = debian().configure(|config| {
        config["created"] = json!("2026-01-02T03:04:05Z");
        config["config"] = json!({
            "User": "root:root",
            "ExposedPorts": {"80/tcp": {}, "22/tcp": {}},
            "Env": ["PATH=/bin", "DB_PASSWORD=hunter22hunter", "EMPTY=", "URL=https://u:hunter22hunter@h/"],
            "Entrypoint": ["/app", "--token", "hunter22hunter"],
            "Cmd": ["sh", "-c", "echo a b"],
            "Labels": {"a": "b", "api_key": "hunter22hunter", "org.opencontainers.image.base.name": "debian:12"},
            "Volumes": {"/data": {}},
            "Healthcheck": {"Test": ["CMD", "true"], "Interval": 5_000_000_000_i64},
        });
        config["history"] = json!([
            {"created_by": "ADD base", "created": "2026-01-01T00:00:00Z"},
            {"created_by": "ENV DB_PASSWORD=hunter22hunter", "empty_layer": true},
            {"created_by": "RUN |1 token=hunter22hunter /bin/sh -c make"},
        ]);
    });
    let (_directory, reference) = layout(&image);
    let collected = read(&reference, &Options { secrets: true, ..options() }).unwrap();
    let config = facet(&collected, "config");
    for (pointer, want) in [
        ("/user", json!("root:root")),
        ("/root", json!(true)),
        ("/exposed_ports", json!(["22/tcp", "80/tcp"])),
        ("/env/0", json!({"name": "PATH", "set": true, "secret_like": false})),
        ("/env/1", json!({"name": "DB_PASSWORD", "set": true, "secret_like": true})),
        ("/env/2", json!({"name": "EMPTY", "set": false, "secret_like": false})),
        ("/env/3", json!({"name": "URL", "set": true, "secret_like": true})),
        ("/entrypoint", json!(["/app", "--token", "…"])),
        ("/cmd", json!(["sh", "-c", "echo a b"])),
        ("/labels/api_key", json!("…")),
        ("/base/name", json!("debian:12")),
        ("/volumes", json!(["/data"])),
        ("/healthcheck/interval", json!(5.0)),
        ("/history/2/created_by", json!("RUN |1 token=… /bin/sh -c make")),
        ("/created", json!("2026-01-02T03:04:05Z")),
        ("/digest", json!(image.id())),
    ] {
        assert_eq!(config.pointer(pointer), Some(&want), "{pointer}");
    }
    let layers = facet(&collected, "layers");
    assert_eq!(layers.pointer("/layers/1/created_by"), Some(&json!("RUN |1 token=… /bin/sh -c make")));
    assert_eq!(layers.pointer("/layers/0/packages"), Some(&json!(1)));
    assert_eq!(layers.pointer("/layers/1/packages"), Some(&json!(2)));
    let secrets: Vec<&str> = collected.assembled.secrets.iter().map(|secret| secret.path.as_str()).collect();
    for place in ["Env/DB_PASSWORD", "Env/URL", "Entrypoint", "Labels/api_key", "history"] {
        assert!(secrets.iter().any(|path| path.contains(place)), "{place}: {secrets:?}");
    }
    let all = format!("{:?} {:?}", collected.snapshot, collected.assembled);
    assert!(!all.contains("hunter22hunter"), "no secret leaves the crate");
}

#[test]
fn a_secret_that_a_later_layer_deleted_is_told_with_both_layers() {
    // Nobody's.
    let key = format!("AWS_ACCESS_KEY_ID={}{}\n", "AKIA", "QX7TZ5B2NVMEJKLP");
    let layers =
        [LayerTar::new().file("root/.env", &key).file("srv/.env", &key), LayerTar::new().whiteout("root/.env")];
    let image = TestImage::new(layers.into_iter().map(|layer| (layer.end(), Packing::Gzip)).collect());
    let (_directory, reference) = layout(&image);
    let collected = read(&reference, &Options { secrets: true, ..options() }).unwrap();
    let layers = facet(&collected, "layers");
    let id = |index: usize| layers["layers"][index]["diff_id"].as_str().map(str::to_owned);
    let told: Vec<_> = facet(&collected, "secrets")["secrets"].as_array().unwrap().clone();
    let of =
        |path: &str| told.iter().find(|secret| secret["path"] == path).unwrap_or_else(|| panic!("{path}: {told:?}"));
    for (path, deleted) in [("/root/.env", id(1)), ("/srv/.env", None)] {
        assert_eq!(of(path)["layer"], json!(id(0)), "{path}");
        assert_eq!(of(path)["deleted_in_later_layer"], json!(deleted), "{path}");
    }
}

#[test]
fn facets_have_the_shapes_that_are_published() {
    let (_directory, reference) = layout(&debian());
    let collected = read(&reference, &Options { secrets: true, ..options() }).unwrap();
    let shapes = crate::shapes();
    for observation in &collected.snapshot.observations {
        let kind = observation.resource.kind.as_str();
        for (name, facet) in &observation.facets {
            let shape = shapes.get(kind).and_then(|shapes| shapes.get(name));
            let shape = shape.unwrap_or_else(|| panic!("{kind} {name} has no shape"));
            let known: BTreeSet<&String> = shape["properties"].as_object().unwrap().keys().collect();
            for key in facet.value.as_ref().unwrap().as_object().unwrap().keys() {
                assert!(known.contains(key), "{kind} {name}: {key}");
            }
        }
    }
}

#[test]
fn limits_of_layers_are_named() {
    let layers = (0..5).map(|i| (LayerTar::new().file(&format!("a{i}"), "").end(), Packing::Plain)).collect();
    let (_directory, reference) = layout(&TestImage::new(layers));
    let limits = Limits { layers: 3, ..Limits::default() };
    let collected = read(&reference, &Options { limits, ..options() }).unwrap();
    let problem = &collected.assembled.inventory.problems[0];
    assert!(problem.incomplete && problem.reason.contains("limit layers.count is 3: 2 layers"), "{problem:?}");
    assert_eq!(collected.layers, (3, 0));
}

#[test]
fn nothing_is_written_beside_the_cache() {
    let (directory, reference) = layout(&debian());
    let before = tree(directory.path());
    good(&reference);
    assert_eq!(tree(directory.path()), before);
}

fn tree(root: &Path) -> BTreeSet<String> {
    let mut todo = vec![root.to_owned()];
    let mut out = BTreeSet::new();
    while let Some(next) = todo.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            out.insert(path.display().to_string());
            if path.is_dir() {
                todo.push(path);
            }
        }
    }
    out
}
