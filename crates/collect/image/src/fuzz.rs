//! Every reader of what an image says, as a table for fuzzers. Not part of the public interface: only with the feature
//! `fuzzing`.
use casemate_estate::fuzz::Target;

use crate::{Limits, document, layer, path, redact, reference::Reference, source, stream::Given};

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn layer_run(bytes: &[u8]) -> usize {
    let limits = Limits { entries: 10_000, layer_bytes: 4 << 20, ..Limits::default() };
    let owned = bytes.to_vec();
    let given = Given {
        digest: None,
        diff_id: None,
        size: None,
        open: &|| Ok(Box::new(std::io::Cursor::new(owned.clone()))),
        progress: &|_| {},
    };
    let read = layer::read(&given, true, &limits);
    let paths = read.facts.facts.iter().map(|(path, _)| path.len()).sum::<usize>();
    let problems = read.facts.problems.iter().map(|problem| problem.path.len() + problem.reason.len()).sum::<usize>();
    paths + problems + read.broken.iter().map(String::len).sum::<usize>()
}

/// An archive of an image as a file, whichever of the two kinds it turns out to be.
fn archive_run(bytes: &[u8]) -> usize {
    let Ok(file) = tempfile::NamedTempFile::new() else { return 0 };
    if std::fs::write(file.path(), bytes).is_err() {
        return 0;
    }
    let options = crate::Options { secrets: true, ..crate::Options::default() };
    let clock = || casemate_estate::Timestamp::UNIX_EPOCH;
    match crate::collect(&file.path().display().to_string(), &options, &clock, &|_, _, _| {}) {
        Ok(collected) => collected.assembled.inventory.problems.len(),
        Err(error) => error.to_string().len(),
    }
}

/// One row each.
pub const TARGETS: &[Target] = &[
    Target {
        name: "layer",
        run: layer_run,
        seeds: &[include_str!("fuzz/layer-gnu.tar"), include_str!("fuzz/layer-pax.tar"), "BZh"],
    },
    Target {
        name: "image_archive",
        run: archive_run,
        seeds: &[include_str!("fuzz/docker.tar"), include_str!("fuzz/oci.tar")],
    },
    Target {
        name: "manifest",
        run: |bytes| match document::manifest_parse(bytes, "manifest", "fuzz") {
            Ok(document::Document::Index(all)) => {
                document::image_pick(&all, None, "fuzz").map_or(0, |d| d.digest.len())
            }
            Ok(document::Document::Image { layers, .. }) => layers.len(),
            Err(error) => error.to_string().len(),
        },
        seeds: &[
            r#"{"schemaVersion":2,"manifests":[{"digest":"sha256:a","size":1,"platform":{"os":"linux","architecture":"amd64"}}]}"#,
            r#"{"config":{"digest":"sha256:a","mediaType":""},"layers":[{"digest":"x","annotations":null}]}"#,
        ],
    },
    Target {
        name: "image_config",
        run: |bytes| document::config_parse(bytes, "configuration", "fuzz").map_or(0, |config| config.history.len()),
        seeds: &[
            r#"{"rootfs":{"diff_ids":["sha256:a"]},"config":{"Env":["A=b"],"Cmd":"x","Healthcheck":{"Test":null}},"history":[{"created_by":"x"}]}"#,
        ],
    },
    Target {
        name: "image_reference",
        run: |bytes| match Reference::parse(&lossy(bytes), &|_| false) {
            Ok(reference) => format!("{reference:?}").len(),
            Err(error) => error.to_string().len(),
        },
        seeds: &["docker://h:1/a/b:c@sha256:d", "oci:/a:b", "podman:[/r]a", "debian:12"],
    },
    Target { name: "archive_path", run: |bytes| path::clean(bytes).path.len(), seeds: &["../a/./b//c", "/"] },
    Target {
        name: "redact",
        run: |bytes| redact::text(&lossy(bytes)).text.len(),
        seeds: &["ENV A_PASSWORD=\"b c\" --token d"],
    },
    Target { name: "bolt", run: source::bolt_fuzz, seeds: &["\0\0\0\0\0\0\0\0\x02\0\x01\0"] },
    Target {
        name: "www_authenticate",
        run: source::challenge_fuzz,
        seeds: &["Bearer realm=\"a\",service=b, Basic realm=\"c\\\"\""],
    },
    Target {
        name: "tar_split",
        run: source::tar_split_fuzz,
        seeds: &["{\"type\":2,\"payload\":\"YQ==\"}\n{\"type\":1,\"name\":\"a\",\"size\":3}\n"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fuzz_smoke() {
        casemate_estate::fuzz::smoke(TARGETS, casemate_estate::fuzz::rounds(40), 1024);
    }
    #[test]
    fn seeds_are_what_they_should_be() {
        for (seed, why) in [(include_str!("fuzz/docker.tar"), "docker"), (include_str!("fuzz/oci.tar"), "oci")] {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), seed).unwrap();
            let reference = file.path().display().to_string();
            let clock = || casemate_estate::Timestamp::UNIX_EPOCH;
            let collected = crate::collect(&reference, &crate::Options::default(), &clock, &|_, _, _| {}).unwrap();
            assert_eq!(collected.assembled.inventory.packages.len(), 1, "{why}");
            assert_eq!(collected.assembled.inventory.problems, [], "{why}");
        }
        assert!(layer_run(include_str!("fuzz/layer-gnu.tar").as_bytes()) > 50);
    }
}
