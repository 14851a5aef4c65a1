//! The checks, baselines and frameworks in force: those built in, and the operator's folders over them.
use std::borrow::Cow;

use casemate_assess::{Content, ContentSource, LoadOptions, Shapes};

use crate::cli::Global;

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
