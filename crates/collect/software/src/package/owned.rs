use casemate_estate::PackageType;

use crate::Owned;

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
        if path.is_empty() || dull(path) {
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
    if kept.is_empty() { Vec::new() } else { vec![Owned { kind, package: package.to_owned(), paths: kept }] }
}

fn dull(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or(path);
    DULL_TREES.iter().any(|tree| {
        // With or without the leading slash, as databases write them.
        path.starts_with(tree) || tree.strip_prefix('/').is_some_and(|tree| path.starts_with(tree))
    }) || base.rfind('.').is_some_and(|dot| base.get(dot..).is_some_and(|end| DULL_ENDS.contains(&end)))
}
