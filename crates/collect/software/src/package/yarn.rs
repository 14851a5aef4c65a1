//! `yarn.lock`, of yarn 1 (its own format) and of yarn 2 and later (a simple YAML). Both are blocks whose first line names
//! what was asked for, and whose indented lines say what was taken; one reader of lines reads both.
use casemate_estate::PackageType;

use super::{
    Reader,
    library::{LOCK_MAX, Libraries, shown},
    npm, text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: "yarn.lock", wants, read };

fn wants(file: &Candidate<'_>) -> Option<Want> {
    (file.base == "yarn.lock" && !file.dir.contains("/node_modules/")).then_some(Want::Whole(LOCK_MAX))
}

#[derive(Default)]
struct Block<'a> {
    /// The first of what was asked for: `@babel/core@^7.0.0`, `x@npm:^1`.
    asked: &'a str,
    version: Option<&'a str>,
    /// Since yarn 2: `@babel/core@npm:7.2.2`.
    resolution: Option<&'a str>,
    soft: bool,
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, LOCK_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Npm);
    let mut block: Option<Block<'_>> = None;
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            block_end(&mut found, block.take());
            match line.trim_end().strip_suffix(':') {
                Some(head) => {
                    // `"a@1", "a@2"` in yarn 1, `"a@npm:1, a@npm:2"` since.
                    let first = head.split(", ").next().unwrap_or(head);
                    block = Some(Block { asked: first.trim_matches('"'), ..Block::default() });
                }
                None => found.problem(format!("line {}: `{}` begins no entry", at + 1, shown(line)), true),
            }
        } else if let Some(block) = &mut block {
            // Deeper lines are the package's own dependencies.
            let field = line.strip_prefix("  ").filter(|rest| !rest.starts_with([' ', '\t']));
            let Some((key, value)) = field.and_then(|field| field.split_once([' ', ':'])) else { continue };
            let value = value.trim_start_matches(':').trim().trim_matches('"');
            match key {
                "version" => block.version = Some(value),
                "resolution" => block.resolution = Some(value),
                "linkType" => block.soft = value == "soft",
                _ => {}
            }
        }
    }
    block_end(&mut found, block);
    found.done()
}

fn block_end(found: &mut Libraries<'_>, block: Option<Block<'_>>) {
    let Some(block) = block else { return };
    if block.asked == "__metadata" || block.soft {
        return;
    }
    let (name, range) = parted(block.resolution.unwrap_or(block.asked));
    if block.resolution.is_some() {
        // A workspace, a link and a folder are the project's own.
        let own = ["workspace:", "link:", "portal:", "file:"].iter().any(|own| range.starts_with(own));
        if !own {
            found.add(name, block.version.unwrap_or_default(), false);
        }
        return;
    }
    // An alias names another package, whose version is the block's.
    if let Some((name, _)) = npm::resolved(name, range) {
        found.add(name, block.version.unwrap_or_default(), false);
    }
}

/// `@scope/name@range`: the name ends at the first `@` that is not its own first character.
fn parted(descriptor: &str) -> (&str, &str) {
    let at = descriptor.char_indices().skip(1).find(|(_, c)| *c == '@').map(|(at, _)| at);
    let (name, range) = at.and_then(|at| descriptor.split_at_checked(at)).unwrap_or((descriptor, ""));
    (name, range.trim_start_matches('@'))
}

#[cfg(test)]
mod tests {
    use crate::package::{library::listed, testing::facts};

    #[test]
    fn both_formats() {
        let one = "# yarn lockfile v1\n\n\n\"@babel/core@^7.0.0\", \"@babel/core@^7.1.0\":\n  version \"7.2.2\"\n  resolved \"https://h/x.tgz#0\"\n  \
            dependencies:\n    version \"^9\"\n    lodash \"^4\"\n\nalias@npm:real@^1.0:\n  version \"1.0.1\"\n\nown@file:./own:\n  version \"0.0.0\"\n\n\
            lodash@^4:\n  version \"4.17.20\"\n";
        let two = "__metadata:\n  version: 6\n  cacheKey: 8\n\n\"@babel/core@npm:^7.0.0, @babel/core@npm:^7.1.0\":\n  version: 7.2.2\n  \
            resolution: \"@babel/core@npm:7.2.2\"\n  dependencies:\n    lodash: ^4\n  checksum: 00\n  languageName: node\n  linkType: hard\n\n\
            \"alias@npm:real@^1.0\":\n  version: 1.0.1\n  resolution: \"real@npm:1.0.1\"\n  linkType: hard\n\n\
            \"app@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"app@workspace:.\"\n  linkType: soft\n\n\
            \"lodash@patch:lodash@^4#x\":\n  version: 4.17.20\n  resolution: \"lodash@patch:lodash@npm%3A4.17.20#x::version=4\"\n  linkType: hard\n";
        for text in [one, two] {
            let facts = facts("/app/yarn.lock", text.as_bytes());
            assert_eq!(listed(&facts), ["npm/lodash@4.17.20", "npm/real@1.0.1", "npm/@babel/core@7.2.2"]);
            assert_eq!(facts.problems, []);
        }
    }

    #[test]
    fn oddities_are_named() {
        for (text, packages, problems, why) in [
            ("<<<<<<< HEAD\na@1:\n  version \"1\"\n", 1, 1, "a merge that was not finished"),
            ("a@1:\n", 1, 1, "no version"),
            ("\"\":\n  version \"1\"\n", 0, 1, "no name"),
            ("a@1", 0, 1, "cut off"),
        ] {
            let facts = facts("/app/yarn.lock", text.as_bytes());
            assert_eq!((facts.packages.len(), facts.problems.len()), (packages, problems), "{why}: {facts:?}");
        }
    }
}
