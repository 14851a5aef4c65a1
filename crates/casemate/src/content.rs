//! The checks, baselines and frameworks in force: those built in, and the operator's folders over them.
use std::borrow::Cow;

use casemate_assess::{Content, ContentSource, LoadOptions, Shapes};

use crate::cli::Global;

/// Most bytes of one pattern.
const PATTERN_BYTES: u64 = 1 << 20;

/// `content/` of this repository, as it was when the program was built.
#[derive(rust_embed::RustEmbed)]
#[folder = "../../content"]
#[include = "*.rego"]
#[include = "*.yaml"]
struct BuiltIn;

/// Loads everything. What is wrong is in [`Content::errors`]; it is shown, counted and makes a scan incomplete.
pub(crate) fn load(global: &Global, options: &LoadOptions) -> Content {
    let wanted = |path: &str| options.cases || !path.ends_with(".test.yaml");
    let embedded = BuiltIn::iter()
        .filter(|path| wanted(path))
        .filter_map(|path| {
            let file = BuiltIn::get(&path)?;
            Some((path, text(file.data)))
        })
        .collect();
    let mut sources = vec![ContentSource::Embedded(embedded)];
    sources.extend(global.content.iter().cloned().map(ContentSource::Directory));
    Content::load(&sources, &shapes(), options)
}

/// The patterns of attack paths in force: those built in, and `paths/*.yaml` of the operator's folders over them. What is
/// wrong with one is told, and the others are used.
pub(crate) fn patterns(global: &Global) -> (Vec<casemate_graph::Pattern>, Vec<String>) {
    let mut files: Vec<(String, Cow<'static, str>)> = BuiltIn::iter()
        .filter(|path| path.starts_with("paths/") && path.ends_with(".yaml"))
        .filter_map(|path| Some((format!("content/{path}"), text(BuiltIn::get(&path)?.data))))
        .collect();
    files.sort();
    let mut errors = Vec::new();
    for folder in &global.content {
        let folder = folder.join("paths");
        // A folder without patterns of its own is the usual case.
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
        paths.sort();
        for path in paths {
            let name = path.display().to_string();
            let size = std::fs::metadata(&path).map_or(0, |meta| meta.len());
            if size > PATTERN_BYTES {
                errors.push(format!(
                    "cannot use attack path pattern {name}: it has {size} bytes, more than {PATTERN_BYTES}"
                ));
                continue;
            }
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push((name, text.into())),
                Err(error) => errors.push(format!("cannot read attack path pattern {name}: {error}")),
            }
        }
    }
    let (patterns, wrong) = casemate_graph::patterns(files.iter().map(|(name, text)| (name.as_str(), text.as_ref())));
    errors.extend(wrong.iter().map(ToString::to_string));
    (patterns, errors)
}

fn text(data: Cow<'static, [u8]>) -> Cow<'static, str> {
    match data {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

/// The shapes of all facets of all collectors.
pub(crate) fn shapes() -> Shapes {
    let mut shapes = Shapes::new();
    // The host last: it has a facet `files` of its own.
    let all = [
        casemate_collect_software::shapes(),
        casemate_collect_image::shapes(),
        casemate_collect_disk::shapes(),
        casemate_collect_aws::shapes(),
        casemate_collect_host::shapes(),
    ];
    for (kind, facets) in all.into_iter().flatten() {
        for (facet, schema) in facets {
            shapes.insert(kind.clone(), facet, schema);
        }
    }
    shapes
}
