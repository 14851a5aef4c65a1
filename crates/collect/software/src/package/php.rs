//! PHP: `composer.lock` and what Composer installed, `vendor/composer/installed.json`, of Composer 1 and 2.
use std::collections::BTreeSet;

use casemate_estate::PackageType;
use serde::Deserialize;

use super::{
    Reader,
    library::{Flag, LOCK_MAX, Libraries, List, Object, Word, json_failed},
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: "Composer's packages", wants, read };

fn wants(file: &Candidate<'_>) -> Option<Want> {
    let installed = file.base == "installed.json" && file.parent() == "composer";
    // The lock file of an installed library says what its authors tested with.
    let lock = file.base == "composer.lock" && !file.dir.contains("/vendor/");
    (installed || lock).then_some(Want::Whole(LOCK_MAX))
}

/// Both files: the lock has `packages` and `packages-dev`, the installed ones `packages` and `dev-package-names`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Lock {
    #[serde(default)]
    packages: List<Object<Package>>,
    #[serde(default)]
    packages_dev: List<Object<Package>>,
    #[serde(default)]
    dev_package_names: List<Word>,
}

#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    name: Word,
    #[serde(default)]
    version: Word,
    #[serde(default)]
    dist: Object<Dist>,
    /// Composer 1: needed to build.
    #[serde(default, rename = "dev")]
    dev: Flag,
}

#[derive(Deserialize)]
struct Dist {
    #[serde(default, rename = "type")]
    kind: Word,
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, LOCK_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    // Composer 1 wrote the list alone.
    let lock = if text.trim_start().starts_with('[') {
        serde_json::from_str(&text).map(|packages| Lock {
            packages,
            packages_dev: List::default(),
            dev_package_names: List::default(),
        })
    } else {
        serde_json::from_str(&text)
    };
    let lock: Lock = match lock {
        Ok(lock) => lock,
        Err(why) => return json_failed(entry, &why),
    };
    let names: BTreeSet<&str> = lock.dev_package_names.0.iter().filter_map(Word::get).collect();
    let mut found = Libraries::new(entry, PackageType::Composer);
    for (packages, dev) in [(&lock.packages, false), (&lock.packages_dev, true)] {
        for package in &packages.0 {
            let Some(package) = &package.0 else {
                found.problem("a package is no object", true);
                continue;
            };
            // A directory of the project itself.
            if package.dist.0.as_ref().and_then(|dist| dist.kind.get()) == Some("path") {
                continue;
            }
            let name = package.name.or_empty();
            let dev = dev || package.dev.is_set() || names.contains(name);
            // Packagist takes no upper case any more; older files have it.
            found.add(&name.to_ascii_lowercase(), package.version.or_empty(), dev);
        }
    }
    found.done()
}

#[cfg(test)]
mod tests {
    use crate::package::{library::listed, testing::facts};

    #[test]
    fn locked_and_installed_packages() {
        let a = r#"{"name": "Symfony/yaml", "version": "v5.4.1", "dist": {"type": "zip", "url": "x"}}"#;
        let b = r#"{"name": "phpunit/phpunit", "version": "9.5.0"}"#;
        let own = r#"{"name": "me/lib", "version": "dev-main", "dist": {"type": "path", "url": "../lib"}}"#;
        let want = ["composer/phpunit/phpunit@9.5.0 dev", "composer/symfony/yaml@v5.4.1"];
        for (path, text, why) in [
            (
                "/app/composer.lock",
                format!(r#"{{"packages": [{a}, {own}], "packages-dev": [{b}], "platform": []}}"#),
                "the lock",
            ),
            (
                "/app/vendor/composer/installed.json",
                format!(r#"{{"packages": [{a}, {b}], "dev": true, "dev-package-names": ["phpunit/phpunit"]}}"#),
                "Composer 2",
            ),
        ] {
            let facts = facts(path, text.as_bytes());
            assert_eq!((listed(&facts).as_slice(), facts.problems.len()), (&want.map(str::to_owned)[..], 0), "{why}");
        }
        let old = facts("/app/vendor/composer/installed.json", format!("[{a}, {b}, 3]").as_bytes());
        assert_eq!((old.packages.len(), old.problems.len()), (2, 1), "Composer 1, with something odd in it");
    }
}
