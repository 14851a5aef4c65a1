//! Which sources there are: the public ones, an operator's file, or what lies in a directory.
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{FORMATS, archive, format_detect, walk};
use crate::DatabaseError;

/// The public sources.
const DEFAULT: &str = include_str!("../../sources.yaml");
/// Bytes by which a file's format is known.
const HEAD: u64 = 256 << 10;
const NAME_MAX: usize = 64;
/// Directories whose advisories show a format. Taken for a source, they would make it seem that their products are assessed.
const SAMPLES: &[&str] =
    &["example", "examples", "sample", "samples", "schema", "schemas", "test", "tests", "testdata"];

/// One source in the configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSetting {
    /// `debian`, `osv-pypi`, `kev` …
    pub name: String,
    /// The format or family (`csaf`, `osv`, `debian`): a row of `source::FORMATS`; none to find it out.
    #[serde(default)]
    pub format: Option<String>,
    /// `https://…`, or a path.
    pub url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    sources: Vec<SourceSetting>,
}

impl SourceSetting {
    /// Reads a configuration of sources: `sources:`, a list of `{name, format, url}`. `file` is its name in errors.
    ///
    /// # Errors
    /// [`DatabaseError::Setting`] with line and field.
    pub fn parse(file: &str, text: &str) -> Result<Vec<Self>, DatabaseError> {
        let wrong = |line: usize, field: String, reason: String| DatabaseError::Setting {
            file: file.to_owned(),
            line,
            field,
            reason,
        };
        let settings: Settings = serde_yaml_ng::from_str(text).map_err(|error| {
            let line = error.location().map_or(1, |at| at.line());
            wrong(line, "sources".into(), error.to_string())
        })?;
        let mut names = BTreeSet::new();
        for (index, source) in settings.sources.iter().enumerate() {
            let fault = |field: &str, reason: String| {
                Err(wrong(item_line(text, index), format!("sources[{index}].{field}"), reason))
            };
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
            if source.name.is_empty() || source.name.len() > NAME_MAX || !source.name.chars().all(plain) {
                return fault("name", format!("`{}` is no name of letters, digits, `-`, `_`, `.`", source.name));
            }
            if !names.insert(source.name.as_str()) {
                return fault("name", format!("`{}` stands twice", source.name));
            }
            if let Some(wanted) = &source.format
                && !FORMATS.iter().any(|format| format.name == wanted || format.family == wanted)
            {
                let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
                return fault("format", format!("`{wanted}` is none of {}", known.join(", ")));
            }
            match source.url.split_once("://") {
                _ if source.url.trim().is_empty() => return fault("url", "is empty".into()),
                Some((scheme, _)) if !matches!(scheme, "https" | "http" | "file") => {
                    return fault("url", format!("`{scheme}` is none of https, http, file"));
                }
                _ => {}
            }
        }
        Ok(settings.sources)
    }
}

/// The public sources that are asked where the operator names no others.
#[must_use]
pub fn sources_default() -> Vec<SourceSetting> {
    // The file is part of the program and read by its tests.
    SourceSetting::parse("sources.yaml", DEFAULT).unwrap_or_default()
}

/// The line on which the item of the list begins, counted from 1. Items are found by their hyphens, which is enough for an
/// error's place.
fn item_line(text: &str, index: usize) -> usize {
    let items = text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("- "));
    items.map(|(number, _)| number + 1).nth(index).unwrap_or(1)
}

/// The sources that lie below a directory, or the one that a file is: files of one publisher in one of the directory's
/// children are a source, with the deepest directory that holds them all. What is of no known format is left out, and what
/// lies in a directory of examples or tests.
///
/// # Errors
/// [`DatabaseError::Io`] where the directory cannot be read.
pub fn sources_in(directory: &Path) -> Result<Vec<SourceSetting>, DatabaseError> {
    let read = |source| DatabaseError::Io { verb: "read", path: directory.display().to_string(), source };
    let (files, _) = walk::files_below(directory).map_err(read)?;
    // Family and first name of the path to the directory that holds all of its files.
    let mut groups: BTreeMap<(&str, String), PathBuf> = BTreeMap::new();
    for file in files {
        let mut holders = file.key.split('/').rev().skip(1);
        if holders.any(|name| SAMPLES.contains(&name.to_ascii_lowercase().as_str())) {
            continue;
        }
        // A file that cannot be read is named when its source is read.
        let Ok(Some(family)) = family(&file.path, &file.key) else { continue };
        let child = file.key.split_once('/').map_or("", |(child, _)| child).to_owned();
        let holder =
            if file.path == directory { file.path.clone() } else { file.path.parent().unwrap_or(directory).to_owned() };
        groups
            .entry((family, child))
            .and_modify(|common| while !holder.starts_with(&*common) && common.pop() {})
            .or_insert(holder);
    }
    let single = |family: &str| groups.keys().filter(|(other, _)| *other == family).count() == 1;
    let sources = groups.iter().map(|((family, child), path)| SourceSetting {
        name: if single(family) || child.is_empty() {
            (*family).to_owned()
        } else {
            format!("{family}@{}", tidy(child))
        },
        format: Some((*family).to_owned()),
        url: path.display().to_string(),
    });
    Ok(sources.collect())
}

fn tidy(name: &str) -> String {
    name.chars()
        .take(40)
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect()
}

/// The family of a file's format; of an archive, that of the first entry that has one.
fn family(path: &Path, key: &str) -> io::Result<Option<&'static str>> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut head)?;
    let detect = |name: &str, head: &[u8]| format_detect(name, head, None).map(|format| format.family);
    let Some(container) = archive::container(&head) else { return Ok(detect(key, &head)) };
    io::Seek::rewind(&mut file)?;
    let size = file.metadata()?.len();
    let mut found = None;
    let mut entries = 0;
    let result = archive::each(container, file, size, &mut |name, input| {
        let mut head = Vec::new();
        BufReader::new(input.take(HEAD)).read_to_end(&mut head)?;
        found = detect(name.unwrap_or(key.trim_end_matches(".gz").trim_end_matches(".zst")), &head);
        entries += 1;
        // An archive that begins with a hundred foreign files is no publisher's.
        if found.is_some() || entries >= 100 { Err(io::Error::other("found")) } else { Ok(()) }
    });
    match result {
        Err(error) if found.is_none() && entries < 100 => Err(error),
        _ => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_sources_are_well_formed() {
        let sources = SourceSetting::parse("sources.yaml", DEFAULT).unwrap();
        assert!(sources.len() > 10);
        for source in sources {
            assert!(source.url.starts_with("https://"), "{}", source.url);
            assert!(source.format.is_some(), "{}: the format of a public source is known", source.name);
        }
    }

    #[test]
    fn errors_have_line_and_field() {
        for (text, want) in [
            ("sources: 1\n", "s.yaml: line 1: sources: "),
            ("sources:\n- {name: a, url: u, colour: red}\n", "s.yaml: line 2: sources: "),
            (
                "sources:\n- {name: a, url: u}\n# a note\n- {name: a, url: u}\n",
                "s.yaml: line 4: sources[1].name: `a` stands",
            ),
            ("sources:\n- {name: a b, url: u}\n", "s.yaml: line 2: sources[0].name: `a b` is no name"),
            ("sources:\n- {name: a, url: u, format: x}\n", "s.yaml: line 2: sources[0].format: `x` is none of debian-"),
            ("sources:\n- {name: a, url: 'ftp://h/'}\n", "s.yaml: line 2: sources[0].url: `ftp` is none of"),
            ("sources:\n- {name: a, url: ''}\n", "s.yaml: line 2: sources[0].url: is empty"),
        ] {
            let error = SourceSetting::parse("s.yaml", text).unwrap_err().to_string();
            assert!(error.starts_with(want), "{error}");
        }
        let sources = SourceSetting::parse("s.yaml", "sources:\n- {name: a, url: /x, format: osv}\n").unwrap();
        assert_eq!(sources[0].format.as_deref(), Some("osv"));
    }

    #[test]
    fn only_what_is_a_source_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let osv = r#"{"id":"A-1","modified":"2024-01-01T00:00:00Z","affected":[]}"#;
        put("one/x/go/a.json", osv);
        put("one/x/npm/a.json", osv);
        put("two/a.json", osv);
        put("two/kev.csv", "cveID,dateAdded\n");
        put("three/bom.json", r#"{"bomFormat":"CycloneDX","vulnerabilities":[]}"#);
        put("three/README.md", "# Words\n");
        put(".four/a.json", osv);
        put("five/examples/a.json", osv);
        let found: Vec<_> = sources_in(dir.path())
            .unwrap()
            .into_iter()
            .map(|source| {
                let below = source.url.strip_prefix(&format!("{}/", dir.path().display())).unwrap().to_owned();
                (source.name, source.format.unwrap(), below)
            })
            .collect();
        let row = |name: &str, format: &str, below: &str| (name.to_owned(), format.to_owned(), below.to_owned());
        assert_eq!(found, [row("kev", "kev", "two"), row("osv@one", "osv", "one/x"), row("osv@two", "osv", "two")]);
        let alone = sources_in(&dir.path().join("two/kev.csv")).unwrap();
        assert_eq!((alone.len(), alone[0].name.as_str()), (1, "kev"));
        assert!(sources_in(&dir.path().join("absent")).is_err());
    }
}
