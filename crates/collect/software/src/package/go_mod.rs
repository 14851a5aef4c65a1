//! `go.mod` of a source tree (Go Modules Reference, "go.mod files"). What a program was built from is in the program; this
//! says what would be built.
use std::collections::HashMap;

use casemate_estate::PackageType;

use super::{
    Reader,
    library::{Libraries, shown},
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: "go.mod", wants, read };

const SIZE_MAX: u64 = 16 << 20;

fn wants(file: &Candidate<'_>) -> Option<Want> {
    // The cache of modules holds sources of which nothing was built as they stand; `testdata` is for tests by Go's rule.
    let cached = || ["/pkg/mod/", "/vendor/", "/testdata/"].iter().any(|part| file.path.contains(part));
    (file.base == "go.mod" && !cached()).then_some(Want::Whole(SIZE_MAX))
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, SIZE_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Golang);
    let mut required: Vec<(String, String)> = Vec::new();
    let mut replaced: HashMap<(String, Option<String>), Vec<String>> = HashMap::new();
    let mut go = None;
    let mut block: Option<String> = None;
    for (at, line) in text.lines().enumerate() {
        let words = words(line);
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (&block, words.as_slice()) {
            (_, []) => continue,
            (Some(_), [")"]) => {
                block = None;
                continue;
            }
            (None, [verb, "("]) => {
                block = Some((*verb).to_owned());
                continue;
            }
            (Some(verb), _) => words.insert(0, verb.as_str()),
            (None, _) => {}
        }
        match words.as_slice() {
            ["require", name, version] => required.push(((*name).to_owned(), (*version).to_owned())),
            ["replace", name, "=>", to @ ..] if matches!(to.len(), 1 | 2) => {
                replaced.insert(((*name).to_owned(), None), owned(to));
            }
            ["replace", name, version, "=>", to @ ..] if matches!(to.len(), 1 | 2) => {
                replaced.insert(((*name).to_owned(), Some((*version).to_owned())), owned(to));
            }
            ["require" | "replace", ..] => {
                found.problem(format!("line {}: `{}` is no requirement or replacement", at + 1, shown(line)), true);
            }
            ["go", version] => go = Some((*version).to_owned()),
            // `module`, `toolchain`, `exclude`, `retract`, `tool`, `godebug`, and what may come.
            _ => {}
        }
    }
    let any = !required.is_empty();
    for (name, version) in required {
        let exact = (name, Some(version));
        let to = replaced.get(&exact).or_else(|| replaced.get(&(exact.0.clone(), None)));
        match to.map(Vec::as_slice) {
            Some([name, version]) => found.add(name, version, false),
            // A directory beside: its own go.mod says what it needs.
            Some(_) => {}
            None => found.add(&exact.0, exact.1.as_deref().unwrap_or_default(), false),
        }
    }
    // Only since 1.17 does a go.mod name all modules that are needed, and not those alone that are asked for.
    if any && go.as_deref().is_none_or(old) {
        let go = go.as_deref().map_or("no version of Go".to_owned(), |go| format!("Go {}", shown(go)));
        found.problem(format!("it is for {go}: modules that others need are not named in it"), false);
    }
    found.done()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn old(go: &str) -> bool {
    let mut parts = go.split('.').map(|part| part.parse::<u32>().ok());
    matches!((parts.next().flatten(), parts.next().flatten()), (Some(1), Some(minor)) if minor < 17)
}

/// The words of a line without its comment; a word may be in quotes or backquotes.
fn words(line: &str) -> Vec<String> {
    let line = line.split("//").next().unwrap_or(line);
    let mut out = Vec::new();
    for word in line.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
        out.push(word.trim_matches(['"', '`']).to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::package::{
        library::listed,
        testing::{facts, file},
    };

    #[test]
    fn requirements_are_taken_with_their_replacements() {
        let text = "module example.com/app // ours\n\ngo 1.21\ntoolchain go1.22.1\n\nrequire github.com/a/b v1.0.0\nrequire (\n\t\"github.com/c/d/v2\" v2.1.0+incompatible // indirect\n\
            \tgolang.org/x/net v0.0.0-20210101000000-abcdefabcdef\n\tgopkg.in/yaml.v3 v3.0.1\n\texample.com/own v0.0.0\n)\n\
            replace github.com/a/b v1.0.0 => github.com/fork/b v1.0.1\nreplace (\n\texample.com/own => ../own\n\tgopkg.in/yaml.v3 v3.0.0 => gopkg.in/yaml.v3 v3.9.9\n)\n\
            exclude github.com/x/y v1.0.0\nretract [v1.0.0, v1.1.0]\n";
        let facts = facts("/src/go.mod", text.as_bytes());
        assert_eq!(
            listed(&facts),
            [
                "golang/github.com/c/d/v2@v2.1.0+incompatible",
                "golang/github.com/fork/b@v1.0.1",
                "golang/golang.org/x/net@v0.0.0-20210101000000-abcdefabcdef",
                "golang/gopkg.in/yaml.v3@v3.0.1",
            ]
        );
        assert_eq!(facts.problems, []);
    }

    #[test]
    fn what_it_does_not_say_is_told() {
        for (text, packages, problems, why) in [
            ("go 1.16\nrequire a.b/c v1.0.0\n", 1, 1, "before 1.17"),
            ("require a.b/c v1.0.0\n", 1, 1, "no version of Go"),
            ("go 1.20\nrequire a.b/c\nrequire a.b/d v1.0.0\n", 1, 1, "no version"),
            ("go 1.20\nrequire (\n a.b/d v1.0.0", 1, 0, "a block that does not end"),
            ("module x\n", 0, 0, "needs nothing"),
        ] {
            let facts = facts("/src/go.mod", text.as_bytes());
            assert_eq!((facts.packages.len(), facts.problems.len()), (packages, problems), "{why}");
        }
        for path in ["/root/go/pkg/mod/a.b/c@v1.0.0/go.mod", "/src/vendor/a/go.mod", "/src/testdata/go.mod"] {
            assert!(crate::wants(&file(path, 0o644, 9), false).is_none(), "{path}");
        }
    }
}
