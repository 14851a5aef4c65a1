use std::{collections::BTreeSet, io::Read, path::Path};

use super::{Blobs, Found, What, blob_image, document_read, files::Files};
use crate::{
    Digest, ImageError, Options,
    document::{self, Descriptor, Document},
    reference::{Name, Pick},
};

/// An OCI layout (image spec, image-layout.md) in a directory or an archive.
pub(crate) fn oci_layout(path: &Path, pick: &Pick, options: &Options) -> Result<Found, ImageError> {
    image(super::files::open(path, options)?, pick, options)
}

pub(crate) fn image(files: Files, pick: &Pick, options: &Options) -> Result<Found, ImageError> {
    let place = files.place();
    if !files.has("index.json") {
        return Err(ImageError::Missing {
            reference: place.clone(),
            place,
            why: "it has neither index.json of an OCI layout nor manifest.json of `docker save`".into(),
            hint: "name a directory or archive of an image; for a plain directory scan the directory".into(),
        });
    }
    let (body, _) = files.open_known("index.json")?;
    let bytes = document_read(body, "index.json", &place, &options.limits)?;
    let manifests = match document::manifest_parse(&bytes, "index.json", &place)? {
        Document::Index(manifests) => manifests,
        Document::Image { .. } => return Err(ImageError::document("index.json", place, "it is no index")),
    };
    let picked = manifest_pick(&manifests, pick, &place, options)?;
    let name = match pick {
        Pick::Only => names(&picked).next().map_or_else(|| place.clone(), |tag| format!("{place}:{tag}")),
        Pick::Tag(tag) => format!("{place}:{tag}"),
        Pick::Digest(digest) => format!("{place}@{digest}"),
    };
    let tags = names(&picked).map(|name| tag_full(name, &place)).collect();
    blob_image(Layout { files, place }, &picked, name, tags, options)
}

/// A layout gives its images tags alone, or whole names; a tag alone is that of the layout.
fn tag_full(name: &str, place: &str) -> String {
    if name.contains([':', '/', '@']) {
        return name.to_owned();
    }
    let layout = place.rsplit('/').find(|part| !part.is_empty()).unwrap_or("layout");
    format!("{layout}:{name}")
}

/// The names that an index gives a manifest.
fn names(descriptor: &Descriptor) -> impl Iterator<Item = &str> {
    let keys = ["io.containerd.image.name", "org.opencontainers.image.ref.name"];
    keys.into_iter().filter_map(|key| descriptor.annotations.get(key)).map(String::as_str)
}

fn manifest_pick(
    manifests: &[Descriptor],
    pick: &Pick,
    place: &str,
    options: &Options,
) -> Result<Descriptor, ImageError> {
    let missing = |reference: &str, why: String, hint: String| ImageError::Missing {
        reference: reference.into(),
        place: place.into(),
        why,
        hint,
    };
    let all: BTreeSet<&str> = manifests.iter().flat_map(names).collect();
    let listed = || match all.len() {
        0 => "none of its images has a name".to_owned(),
        _ => format!("it has {}", all.iter().take(20).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    };
    let hint = || "name one of these, or the digest of its manifest: oci:DIR@sha256:…".to_owned();
    let fitting: Vec<Descriptor> = match pick {
        // Any manifest that the layout holds may be named, also one that an index leads to.
        Pick::Digest(digest) => {
            let found = manifests.iter().find(|descriptor| descriptor.digest == digest.as_str()).cloned();
            return Ok(found.unwrap_or_else(|| Descriptor { digest: digest.to_string(), ..Descriptor::default() }));
        }
        Pick::Tag(tag) => {
            let wanted = Name::parse(tag).ok();
            let is = |name: &str| name == tag || wanted.as_ref().is_some_and(|wanted| wanted.is(name));
            manifests.iter().filter(|descriptor| names(descriptor).any(is)).cloned().collect()
        }
        Pick::Only => manifests.to_vec(),
    };
    if let (Pick::Tag(tag), []) = (pick, fitting.as_slice()) {
        return Err(missing(tag, listed(), hint()));
    }
    if let ([], _) = (fitting.as_slice(), pick) {
        return Err(missing(place, "it has no images".into(), "make it anew".into()));
    }
    let different: BTreeSet<Vec<&str>> = fitting.iter().map(|descriptor| names(descriptor).collect()).collect();
    if different.len() > 1 {
        return Err(missing(place, format!("it holds {} images; {}", fitting.len(), listed()), hint()));
    }
    document::image_pick(&fitting, super::platform(options)?.as_ref(), place).cloned()
}

struct Layout {
    files: Files,
    place: String,
}

impl Blobs for Layout {
    fn blob_open(&self, digest: &Digest, _: What) -> Result<Box<dyn Read + Send>, ImageError> {
        let name = format!("blobs/{}/{}", digest.algorithm(), digest.hex());
        self.files.open_known(&name).map(|(body, _)| body)
    }

    fn place(&self) -> &str {
        &self.place
    }
}
