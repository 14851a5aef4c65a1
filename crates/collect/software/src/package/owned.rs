use casemate_estate::PackageType;

use super::READERS;
use crate::{Entry, EntryKind, Owned, entry::Candidate};

/// Trees in which nothing is run, mapped or proves a package.
const DULL_TREES: &[&str] = &[
    "/usr/share/doc/",
    "/usr/share/man/",
    "/usr/share/locale/",
    "/usr/share/info/",
    "/usr/share/icons/",
    "/usr/share/zoneinfo/",
    "/usr/share/licenses/",
    "/usr/share/lintian/",
    "/usr/share/help/",
    "/usr/share/fonts/",
    "/usr/share/i18n/",
    "/usr/include/",
    "/usr/src/",
    "/usr/lib/.build-id/",
    "/usr/lib/debug/",
    "/usr/lib/firmware/",
    "/lib/firmware/",
    "/var/cache/",
];
/// Ends of names that are text, pictures or sources.
const DULL_ENDS: &[&str] = &[
    ".a", ".c", ".cc", ".conf", ".cpp", ".css", ".csv", ".gif", ".gz", ".h", ".hpp", ".htm", ".html", ".jpg", ".la",
    ".mo", ".md", ".o", ".pc", ".pl", ".pm", ".png", ".po", ".pod", ".py", ".pyc", ".pyi", ".rst", ".svg", ".tcl",
    ".ttf", ".vim", ".xz", ".ko",
];

/// Who owns those of `paths` that matter: what may be mapped by a process or prove a package of a language. Directories
/// are left out where their content follows them. None where nothing is left.
pub(crate) fn owned<'a>(kind: PackageType, package: &str, paths: impl IntoIterator<Item = &'a str>) -> Vec<Owned> {
    let mut kept: Vec<String> = Vec::new();
    for path in paths {
        if path.is_empty() || (dull(path) && !proves(path)) {
            continue;
        }
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{}", path.trim_start_matches("./")) };
        if let Some(last) = kept.last()
            && path.strip_prefix(last.as_str()).is_some_and(|rest| rest.starts_with('/'))
        {
            kept.pop();
        }
        if path != "/." {
            kept.push(path);
        }
    }
    if kept.is_empty() {
        Vec::new()
    } else {
        vec![Owned { kind, package: package.to_owned(), paths: kept, foreign: false }]
    }
}

/// Whether a reader would take a file of this name for a proof of packages.
fn proves(path: &str) -> bool {
    let entry = Entry { path: path.to_owned(), kind: EntryKind::File, mode: 0o644, uid: 0, gid: 0, size: 1 << 16 };
    Candidate::new(&entry).is_some_and(|file| READERS.iter().any(|reader| (reader.wants)(&file).is_some()))
}

fn dull(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or(path);
    DULL_TREES.iter().any(|tree| {
        // With or without the leading slash, as databases write them.
        path.starts_with(tree) || tree.strip_prefix('/').is_some_and(|tree| path.starts_with(tree))
    }) || base.rfind('.').is_some_and(|dot| base.get(dot..).is_some_and(|end| DULL_ENDS.contains(&end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_matter_are_kept() {
        for (paths, want, why) in [
            (
                &["/usr/bin/x", "/usr/lib/libx.so.1"][..],
                &["/usr/bin/x", "/usr/lib/libx.so.1"][..],
                "programs and libraries",
            ),
            (&["/usr/share/doc/x/README", "/usr/include/x.h"], &[], "what is neither run nor mapped"),
            (&["/usr/share/doc/x/requirements.txt"], &["/usr/share/doc/x/requirements.txt"], "a proof is one anywhere"),
            (&["/.", "/usr", "/usr/lib", "/usr/lib/x"], &["/usr/lib/x"], "directories are followed by what is in them"),
            (&["usr/lib/x", "./usr/lib/y"], &["/usr/lib/x", "/usr/lib/y"], "from the root, however it is written"),
            (&["/boot/vmlinuz-6.1"], &["/boot/vmlinuz-6.1"], "a kernel"),
            (&[""], &[], "nothing"),
        ] {
            let found = owned(PackageType::Deb, "x", paths.iter().copied());
            let kept: Vec<&str> = found.iter().flat_map(|owned| &owned.paths).map(String::as_str).collect();
            assert_eq!(kept, want, "{why}");
        }
    }
}
