//! Python packages that are installed: `*.dist-info/METADATA`, `*.egg-info`, eggs and conda (PyPA, "Recording installed
//! projects" and "Core metadata specifications").
use casemate_estate::PackageType;
use serde::Deserialize;

use super::{
    Reader,
    library::{Libraries, METADATA_MAX, Word, json},
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const INSTALLED: Reader =
    Reader { name: "installed Python packages", wants: installed_wants, read: installed_read };
pub(crate) const CONDA: Reader = Reader { name: "conda's packages", wants: conda_wants, read: conda_read };

fn installed_wants(file: &Candidate<'_>) -> Option<Want> {
    let proves = match file.base {
        "METADATA" => file.dir.ends_with(".dist-info"),
        "PKG-INFO" => file.dir.ends_with(".egg-info") || file.dir.ends_with(".egg/EGG-INFO"),
        base => base.ends_with(".egg-info"),
    };
    proves.then_some(Want::Whole(METADATA_MAX))
}

fn installed_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, METADATA_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Pypi);
    let (mut name, mut version) = (None, None);
    // Headers end at the first empty line; the description follows, and may hold lines that look like headers.
    for line in text.lines().take_while(|line| !line.trim().is_empty()) {
        let Some((key, value)) = line.split_once(':') else { continue };
        if key.eq_ignore_ascii_case("name") {
            name.get_or_insert(value.trim());
        } else if key.eq_ignore_ascii_case("version") {
            version.get_or_insert(value.trim());
        }
    }
    match name {
        Some(name) => found.add(name, version.unwrap_or_default(), false),
        // The directory is named after the package: something is there.
        None => match folder(&entry.path) {
            Some((name, version)) => {
                found.problem("it has no field `Name`; the name of its directory counts", false);
                found.add(name, version, false);
            }
            None => found.problem("it has no field `Name`", true),
        },
    }
    found.done()
}

/// `NAME-VERSION` of a `.dist-info` or `.egg-info`.
fn folder(path: &str) -> Option<(&str, &str)> {
    let part = path.rsplit('/').find_map(|part| {
        [".dist-info", ".egg-info", ".egg"].into_iter().find_map(|suffix| part.strip_suffix(suffix))
    })?;
    let (name, rest) = part.split_once('-')?;
    // An egg has the version of Python at the end: `x-1.0-py3.11`.
    Some((name, rest.split_once("-py").map_or(rest, |(version, _)| version)))
}

fn conda_wants(file: &Candidate<'_>) -> Option<Want> {
    (file.base.ends_with(".json") && file.parent() == "conda-meta").then_some(Want::Whole(METADATA_MAX))
}

#[derive(Deserialize)]
struct Conda {
    #[serde(default)]
    name: Word,
    #[serde(default)]
    version: Word,
}

/// Conda has no type of its own and no advisories: its packages are named, and never matched. Its Python packages have a
/// `.dist-info` as well.
fn conda_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let conda: Conda = match json(entry, body, METADATA_MAX) {
        Ok(conda) => conda,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Generic);
    found.add_in(Some("conda"), conda.name.or_empty(), conda.version.or_empty(), false);
    found.done()
}

#[cfg(test)]
mod tests {
    use crate::package::{library::listed, testing::facts};

    #[test]
    fn what_is_installed_is_read_from_its_metadata() {
        for (path, text, want, why) in [
            (
                "/v/Flask-2.0.dist-info/METADATA",
                "Metadata-Version: 2.1\nName: Flask\nVersion: 2.0.1\n\nName: other\n",
                &["pypi/flask@2.0.1"][..],
                "the description is no header",
            ),
            ("/v/a_b.egg-info", "name: A_.b\nVERSION: 1\n", &["pypi/a-b@1"], "a file of distutils, names in any case"),
            ("/v/a.egg-info/PKG-INFO", "Name: a\nVersion: 1.0\nName: b\n", &["pypi/a@1.0"], "the first name counts"),
            ("/v/a-1-py3.11.egg/EGG-INFO/PKG-INFO", "Name: a\nVersion: 1\n", &["pypi/a@1"], "an egg"),
            ("/v/a-1.2.dist-info/METADATA", "nothing\n", &["pypi/a@1.2"], "the directory names it"),
            ("/v/a.dist-info/METADATA", "Name: a\n", &["pypi/a@"], "no version"),
            (
                "/c/conda-meta/zlib-1.2.13-h.json",
                r#"{"name": "zlib", "version": "1.2.13", "files": ["a", {"b": 1}]}"#,
                &["generic/conda/zlib@1.2.13"],
                "conda",
            ),
        ] {
            assert_eq!(listed(&facts(path, text.as_bytes())), want, "{path}: {why}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        for (path, text, incomplete) in [
            ("/v/a.dist-info/METADATA", "\n", true),
            ("/v/a-1.dist-info/METADATA", "Version: 2\n", false),
            ("/v/a.egg-info", "Name: a b\nVersion: 1\n", true),
            ("/c/conda-meta/x.json", r#"{"name": "zlib", "vers"#, true),
            ("/c/conda-meta/x.json", "no", false),
        ] {
            let facts = facts(path, text.as_bytes());
            assert_eq!(facts.problems.len(), 1, "{text}: {:?}", facts.problems);
            assert_eq!(facts.problems[0].incomplete, incomplete, "{text}");
        }
    }
}
