use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use casemate_collect_software::{Facts, Secret};
use casemate_estate::{Location, Package, Problem};

use crate::{digest::path_hash, layer::LayerFacts, path};

/// What the layers prove together.
#[derive(Debug, Default)]
pub(crate) struct Merged {
    /// Path, layer and facts of the files that are there in the end. A path may come more than once: packages that a lower
    /// layer had in the same file are that layer's.
    pub(crate) facts: Vec<(String, usize, Facts)>,
    /// Secrets in files that a later layer deleted or replaced: whoever has the image has them still.
    pub(crate) buried: Vec<Buried>,
    pub(crate) problems: Vec<Problem>,
}

/// A secret that the tree no longer shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Buried {
    pub(crate) secret: Secret,
    /// The layer that holds it, and the one that hides it.
    pub(crate) layer: usize,
    pub(crate) hidden_by: usize,
}

/// A file that proves something, at some height of the layers.
struct State {
    layer: usize,
    facts: Arc<Facts>,
    /// For each package the lowest layer that had it in this file, without a gap since.
    since: BTreeMap<String, usize>,
    /// Of its path, and of the directories above it.
    hash: u64,
    above: Vec<u64>,
}

/// Joins layers from the lowest to the topmost. A layer that could not be read is as if it were empty; that is told
/// elsewhere.
pub(crate) fn merge(layers: Vec<LayerFacts>) -> Merged {
    let mut out = Merged::default();
    let mut tree: BTreeMap<String, State> = BTreeMap::new();
    let root = path_hash("/");
    for (index, layer) in layers.into_iter().enumerate() {
        out.problems.extend(layer.problems);
        let has = |list: &[u64], hash: u64| list.binary_search(&hash).is_ok();
        let mut gone: BTreeMap<String, State> = BTreeMap::new();
        let lists = [&layer.whiteouts, &layer.opaques, &layer.files, &layer.directories];
        if lists.iter().any(|list| !list.is_empty()) {
            // Whiteouts are of the layers below only, wherever in the archive they stand, so they go first.
            gone.extend(tree.extract_if(.., |_, state| {
                has(&layer.whiteouts, state.hash)
                    || has(&layer.files, state.hash)
                    || has(&layer.directories, state.hash)
                    || has(&layer.opaques, root)
                    || state.above.iter().any(|above| {
                        has(&layer.whiteouts, *above) || has(&layer.opaques, *above) || has(&layer.files, *above)
                    })
            }));
        }
        for (path, target) in layer.links {
            link_below(&mut tree, &gone, path, &target, index, &mut out.problems);
        }
        for (path, facts) in layer.facts {
            // Deleted and made again is no file that was kept.
            let before = gone.get(&path).filter(|state| has(&layer.files, state.hash));
            let state = State::new(&path, index, Arc::new(facts), before);
            tree.insert(path, state);
        }
        for (path, state) in gone {
            let now: BTreeSet<_> = tree.get(&path).into_iter().flat_map(|now| &now.facts.secrets).map(same).collect();
            let hidden = state.facts.secrets.iter().filter(|secret| !now.contains(&same(secret)));
            let buried = |secret: &Secret| Buried { secret: secret.clone(), layer: state.layer, hidden_by: index };
            out.buried.extend(hidden.map(buried));
        }
    }
    for (path, state) in tree {
        state.into_facts(path, &mut out.facts);
    }
    out
}

/// What makes a secret the same after its file was written anew: the line may differ.
fn same(secret: &Secret) -> (String, String) {
    (secret.detector.clone(), secret.redacted.clone())
}

/// A hard link to a file of a lower layer: it proves what that file proves, at its own path. Its bytes cannot be asked
/// again, so where nothing is known of the file that is told.
fn link_below(
    tree: &mut BTreeMap<String, State>,
    gone: &BTreeMap<String, State>,
    path: String,
    target: &str,
    index: usize,
    problems: &mut Vec<Problem>,
) {
    let Some(facts) = tree.get(target).or_else(|| gone.get(target)).map(|state| Arc::clone(&state.facts)) else {
        let reason = format!("a hard link to `{target}`, which is no entry of its layer; not followed");
        problems.push(Problem { path, reason, incomplete: true });
        return;
    };
    let facts = Arc::new(facts_move(&facts, target, &path));
    let state = State::new(&path, index, facts, None);
    tree.insert(path, state);
}

/// The same facts, of the same bytes at another path.
fn facts_move(facts: &Facts, from: &str, to: &str) -> Facts {
    let swap = |path: &str| match path.strip_prefix(from) {
        Some(rest) => format!("{to}{rest}"),
        None => path.to_owned(),
    };
    let mut facts = facts.clone();
    for package in &mut facts.packages {
        let old = std::mem::take(&mut package.locations).into_iter();
        package.locations = old.map(|at| Location { path: swap(&at.path), layer: at.layer }).collect();
    }
    let secrets = facts.secrets.iter_mut().map(|secret| &mut secret.path);
    let interest = facts.interest.iter_mut().map(|interest| &mut interest.path);
    let problems = facts.problems.iter_mut().map(|problem| &mut problem.path);
    for path in secrets.chain(interest).chain(problems) {
        *path = swap(path);
    }
    facts
}

/// What makes a package the same in two versions of the same file.
fn name(package: &Package) -> String {
    format!("{}\0{}", package.key(), package.version)
}

impl State {
    fn new(path: &str, layer: usize, facts: Arc<Facts>, before: Option<&Self>) -> Self {
        let old = |name: &String| before.and_then(|before| before.since.get(name)).copied();
        let since = facts.packages.iter().map(name).map(|name| (old(&name).unwrap_or(layer), name));
        let since = since.map(|(layer, name)| (name, layer)).collect();
        Self { layer, since, hash: path_hash(path), above: path::ancestors(path).map(path_hash).collect(), facts }
    }

    fn into_facts(self, path: String, out: &mut Vec<(String, usize, Facts)>) {
        let mut facts = Arc::unwrap_or_clone(self.facts);
        let mut lower: BTreeMap<usize, Vec<Package>> = BTreeMap::new();
        if self.since.values().any(|since| *since != self.layer) {
            for package in std::mem::take(&mut facts.packages) {
                let since = self.since.get(&name(&package)).copied().unwrap_or(self.layer);
                lower.entry(since).or_default().push(package);
            }
            facts.packages = lower.remove(&self.layer).unwrap_or_default();
        }
        for (layer, packages) in lower {
            out.push((path.clone(), layer, Facts { packages, ..Facts::default() }));
        }
        out.push((path, self.layer, facts));
    }
}

#[cfg(test)]
mod tests {
    use casemate_collect_software::SecretClass;
    use casemate_estate::PackageType;

    use super::*;

    fn package(name: &str, version: &str) -> Package {
        Package {
            kind: PackageType::Deb,
            namespace: None,
            name: name.into(),
            version: version.into(),
            arch: None,
            source: None,
            module: None,
            vendor: None,
            dev: false,
            locations: BTreeSet::from([Location { path: "/db".into(), layer: None }]),
        }
    }

    fn secret(path: &str, redacted: &str) -> Secret {
        serde_json::from_value(serde_json::json!({
            "detector": "t", "class": SecretClass::Token, "path": path, "line": 1, "redacted": redacted, "proof": "pattern",
        }))
        .unwrap()
    }

    /// A layer of these entries: `dir/`, `file`, `file=package,package`, `-deleted`, `!opaque`, `link>target`,
    /// `file!secret`.
    fn layer(entries: &[&str]) -> LayerFacts {
        let mut out = LayerFacts::default();
        for entry in entries {
            if let Some(path) = entry.strip_prefix('-') {
                out.whiteouts.push(path_hash(path));
            } else if let Some(path) = entry.strip_prefix('!') {
                out.opaques.push(path_hash(path));
            } else if let Some(path) = entry.strip_suffix('/') {
                out.directories.push(path_hash(path));
            } else if let Some((path, target)) = entry.split_once('>') {
                out.files.push(path_hash(path));
                out.links.push((path.into(), target.into()));
            } else if let Some((path, packages)) = entry.split_once('=') {
                out.files.push(path_hash(path));
                let packages = packages.split(',').map(|name| package(name, "1")).collect();
                out.facts.push((path.into(), Facts { packages, ..Facts::default() }));
            } else if let Some((path, text)) = entry.split_once('!') {
                out.files.push(path_hash(path));
                out.facts.push((path.into(), Facts { secrets: vec![secret(path, text)], ..Facts::default() }));
            } else {
                out.files.push(path_hash(entry));
            }
        }
        for list in [&mut out.files, &mut out.directories, &mut out.whiteouts, &mut out.opaques] {
            list.sort_unstable();
        }
        out
    }

    #[test]
    fn the_upper_layer_decides_what_is_there() {
        for (layers, want, why) in [
            (&[&["/a/db=x"][..]][..], "/a/db@0=x", "one layer"),
            (&[&["/a/db=x"], &["/a/db"]], "", "replaced by what proves nothing"),
            (&[&["/a/db=x"], &["-/a/db"]], "", "deleted"),
            (&[&["/a/db=x"], &["-/a"]], "", "its directory deleted"),
            (&[&["/a/db=x"], &["-/a", "/a/db2=y"]], "/a/db2@1=y", "made anew in the same layer"),
            (&[&["/a/b/db=x", "/c=z"], &["!/a", "/a/db=y"]], "/a/db@1=y /c@0=z", "an opaque directory"),
            (&[&["/a/db=x"], &["!/"]], "", "an opaque root"),
            (&[&["/ab/db=x"], &["-/a", "!/a", "/a"]], "/ab/db@0=x", "a name that begins the same"),
            (&[&["/a/db=x"], &["/a"]], "", "a file in the directory's place"),
            (&[&["/a=x"], &["/a/", "/a/db=y"]], "/a/db@1=y", "a directory in the file's place"),
            (&[&["/a/db=x"], &["/a/"]], "/a/db@0=x", "a directory that is named again"),
            (&[&["/a/db=x"], &["-/a/db"], &["/a/db=x"]], "/a/db@2=x", "deleted, then back"),
            (&[&["/db=x"], &["/db=x,y"], &["/db=x,y,z"]], "/db@0=x /db@1=y /db@2=z", "packages are of their layer"),
            (&[&["/db=x,y"], &["/db=y"], &["/db=x,y"]], "/db@0=y /db@2=x", "removed, then back"),
            (&[&["/a=x"], &["/b>/a"]], "/a@0=x /b@1=x", "a hard link to a lower layer"),
            (&[&["/a=x"], &["/b>/a", "-/a"]], "/b@1=x", "which is deleted at once"),
        ] {
            let merged = merge(layers.iter().map(|entries| layer(entries)).collect());
            let shown = merged.facts.iter().filter(|(_, _, facts)| !facts.packages.is_empty());
            let shown = shown.map(|(path, layer, facts)| {
                let names: Vec<_> = facts.packages.iter().map(|p| p.name.as_str()).collect();
                format!("{path}@{layer}={}", names.join(","))
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), want, "{why}");
            assert_eq!(merged.problems, [], "{why}");
        }
    }

    #[test]
    fn a_hard_link_to_nowhere_is_told() {
        let merged = merge(vec![layer(&["/c=x"]), layer(&["/b>/a"])]);
        assert_eq!(merged.problems.len(), 1);
        assert!(merged.problems[0].incomplete && merged.problems[0].path == "/b", "{:?}", merged.problems);
    }

    #[test]
    fn a_secret_that_was_deleted_is_still_in_the_image() {
        for (layers, want, why) in [
            (&[&["/a!k"][..]][..], &[][..], "it is there"),
            (&[&["/a!k"], &["-/a"]], &[(0, 1)][..], "deleted"),
            (&[&["/a!k"], &["/a"]], &[(0, 1)], "overwritten"),
            (&[&["/a!k"], &["/a!k"]], &[], "written again"),
            (&[&["/a!k"], &["/a!j"], &["!/"]], &[(0, 1), (1, 2)], "two, one after the other"),
        ] {
            let merged = merge(layers.iter().map(|entries| layer(entries)).collect());
            let got: Vec<_> = merged.buried.iter().map(|buried| (buried.layer, buried.hidden_by)).collect();
            assert_eq!(got, want, "{why}");
        }
    }
}
