//! Ruby: what RubyGems installed (`specifications/*.gemspec`) and Bundler's `Gemfile.lock`.
use casemate_estate::PackageType;

use super::{
    Reader,
    library::{LOCK_MAX, Libraries, METADATA_MAX, shown},
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const INSTALLED: Reader = Reader { name: "installed gems", wants: installed_wants, read: installed_read };
pub(crate) const LOCK: Reader = Reader { name: "Gemfile.lock", wants: lock_wants, read: lock_read };

fn installed_wants(file: &Candidate<'_>) -> Option<Want> {
    let installed = file.base.ends_with(".gemspec")
        && (file.parent() == "specifications" || file.dir.ends_with("/specifications/default"));
    installed.then_some(Want::Whole(METADATA_MAX))
}

/// RubyGems writes `# stub: NAME VERSION PLATFORM PATHS` for its own fast reading, and `s.name = "NAME".freeze`. The Ruby
/// is never run.
fn installed_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, METADATA_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Gem);
    let stub = text.lines().take(4).find_map(|line| {
        let mut words = line.strip_prefix("# stub:")?.split_whitespace();
        Some((words.next()?, words.next()?))
    });
    let field = |name: &str| {
        text.lines().find_map(|line| {
            let rest = line.trim_start().strip_prefix("s.")?.strip_prefix(name)?.trim_start().strip_prefix('=')?;
            // `"1.0".freeze`, `Gem::Version.new("1.0")`.
            let mut quoted = rest.split(['"', '\'']);
            quoted.nth(1)
        })
    };
    match stub.or_else(|| Some((field("name")?, field("version").unwrap_or_default()))) {
        Some((name, version)) => found.add(name, version, false),
        None => {
            // `NAME-VERSION.gemspec`: something is there.
            let base = entry.path.rsplit('/').next().unwrap_or_default();
            let stem = base.strip_suffix(".gemspec").unwrap_or(base);
            let at = stem
                .match_indices('-')
                .find(|(at, _)| stem.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())));
            let (name, version) = at.and_then(|(at, _)| stem.split_at_checked(at)).unwrap_or((stem, ""));
            found.problem("it names no gem in a way that is known; the name of the file counts", false);
            found.add(name, version.trim_start_matches('-'), false);
        }
    }
    found.done()
}

fn lock_wants(file: &Candidate<'_>) -> Option<Want> {
    // The lock file of an installed gem says what its authors tested with.
    let lock = matches!(file.base, "Gemfile.lock" | "gems.locked") && !file.dir.contains("/gems/");
    lock.then_some(Want::Whole(LOCK_MAX))
}

fn lock_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, LOCK_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Gem);
    let (mut section, mut specs, mut any) = ("", false, false);
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.starts_with("<<<<<<<") || line.starts_with("=======") || line.starts_with(">>>>>>>") {
            found.problem(format!("line {}: a merge that was not finished", at + 1), true);
        } else if !line.starts_with(' ') {
            (section, specs) = (line, false);
            any |= matches!(section, "GEM" | "GIT" | "PATH" | "PLUGIN SOURCE" | "DEPENDENCIES");
        } else if line == "  specs:" {
            specs = true;
        } else if specs && matches!(section, "GEM" | "GIT" | "PLUGIN SOURCE") {
            // Four spaces: a gem. Six: what it needs. `PATH` is the project's own.
            let Some(gem) = line.strip_prefix("    ").filter(|gem| !gem.starts_with(' ')) else { continue };
            match gem.split_once(" (").and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?))) {
                // A platform follows: `1.13.0-x86_64-linux`. A version itself has no hyphen once it is built.
                Some((name, version)) => found.add(name, version.split('-').next().unwrap_or(version), false),
                None => found.problem(format!("line {}: `{}` is no gem with its version", at + 1, shown(gem)), true),
            }
        }
    }
    if !any && !text.trim().is_empty() {
        found.problem("it has none of the sections of a Gemfile.lock", false);
    }
    found.done()
}

#[cfg(test)]
mod tests {
    use crate::package::{library::listed, testing::facts};

    #[test]
    fn installed_gems() {
        for (path, text, want, problems, why) in [
            (
                "/usr/lib/ruby/gems/3.1.0/specifications/rack-2.2.3.gemspec",
                "# -*- encoding: utf-8 -*-\n# stub: rack 2.2.3 ruby lib\n\nGem::Specification.new do |s|\n  s.name = \"other\"\n",
                "gem/rack@2.2.3",
                0,
                "the stub",
            ),
            (
                "/usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec",
                "Gem::Specification.new do |s|\n  s.name = \"json\".freeze\n  s.version = Gem::Version.new(\"2.6.1\")\n",
                "gem/json@2.6.1",
                0,
                "the fields",
            ),
            ("/g/specifications/a-b-1.0.gemspec", "eval(1)\n", "gem/a-b@1.0", 1, "neither"),
        ] {
            let facts = facts(path, text.as_bytes());
            assert_eq!((listed(&facts), facts.problems.len()), (vec![want.to_owned()], problems), "{why}");
        }
    }

    #[test]
    fn locked_gems() {
        let text = "GIT\n  remote: https://h/r.git\n  revision: 0\n  specs:\n    g (0.1.0)\n\nPATH\n  remote: .\n  specs:\n    own (1.0)\n\n\
            GEM\n  remote: https://rubygems.org/\n  specs:\n    nokogiri (1.13.0-x86_64-linux)\n      racc (~> 1.4)\n    rack (2.2.3)\n\n\
            PLATFORMS\n  ruby\n\nDEPENDENCIES\n  rack\n\nBUNDLED WITH\n   2.3.7\n";
        let facts = facts("/app/Gemfile.lock", text.as_bytes());
        assert_eq!(listed(&facts), ["gem/g@0.1.0", "gem/nokogiri@1.13.0", "gem/rack@2.2.3"]);
        assert_eq!(facts.problems, []);
    }

    #[test]
    fn oddities_are_named() {
        for (text, packages, why) in [
            ("GEM\n  specs:\n    rack\n    b (1)\n", 1, "no version"),
            ("GEM\n  specs:\n    b (1)\n<<<<<<< HEAD\n", 1, "a merge"),
            ("something else\n", 0, "no lock file"),
        ] {
            let facts = facts("/app/Gemfile.lock", text.as_bytes());
            assert_eq!((facts.packages.len(), facts.problems.len()), (packages, 1), "{why}");
        }
    }
}
