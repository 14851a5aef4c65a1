use std::{io::Read, path::Path};

use serde::Deserialize;

use super::{Found, LayerRef, Source, document_read, files::Files};
use crate::{
    Digest, ImageError, Options,
    reference::{Name, Pick},
};

/// One image of `manifest.json`, as `docker save` writes it since 1.10.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Saved {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    #[serde(default)]
    layers: Option<Vec<String>>,
}

/// What `docker save` or `podman save` wrote.
pub(crate) fn docker_archive(path: &Path, pick: &Pick, options: &Options) -> Result<Found, ImageError> {
    image(super::files::open(path, options)?, pick, options)
}

pub(crate) fn image(files: Files, pick: &Pick, options: &Options) -> Result<Found, ImageError> {
    let place = files.place();
    let missing = |why: String, hint: &str| ImageError::Missing {
        reference: match pick {
            Pick::Only => place.clone(),
            Pick::Tag(tag) => tag.clone(),
            Pick::Digest(digest) => digest.to_string(),
        },
        place: place.clone(),
        why,
        hint: hint.into(),
    };
    if !files.has("manifest.json") {
        let why = if files.has("repositories") {
            "it was saved by Docker before 1.10, whose format is not read"
        } else {
            "it has no manifest.json"
        };
        return Err(missing(why.into(), "save it anew with `docker save`; an OCI layout is oci-archive:FILE"));
    }
    let (body, _) = files.open_known("manifest.json")?;
    let bytes = document_read(body, "manifest.json", &place, &options.limits)?;
    let saved: Vec<Saved> = serde_json::from_slice(&bytes).map_err(|error| {
        ImageError::document("manifest.json", &place, format!("it is not what Docker writes: {error}"))
    })?;
    let tags = |image: &Saved| image.repo_tags.clone().unwrap_or_default();
    let all: Vec<String> = saved.iter().flat_map(tags).take(20).collect();
    let listed = if all.is_empty() { "none has a name".to_owned() } else { format!("it has {}", all.join(", ")) };
    let mut fitting = saved.iter().filter(|image| match pick {
        Pick::Only => true,
        Pick::Tag(tag) => {
            let wanted = Name::parse(tag).ok();
            tags(image).iter().any(|have| {
                have == tag
                    || wanted.as_ref().is_some_and(|wanted| wanted.is(have))
                    || Name::parse(have).is_ok_and(|have| have.tag.as_deref() == Some(tag))
            })
        }
        Pick::Digest(digest) => image.config.contains(digest.hex()),
    });
    let hint = "name one of these: docker-archive:FILE:NAME";
    let Some(image) = fitting.next() else { return Err(missing(listed, hint)) };
    if fitting.next().is_some() {
        return Err(missing(format!("it holds several images; {listed}"), hint));
    }
    let (body, _) = files.open_known(&image.config)?;
    let config = document_read(body, &image.config, &place, &options.limits)?;
    let digest = Digest::of(&config);
    let hex = image.config.rsplit('/').next().unwrap_or_default().trim_end_matches(".json");
    if Digest::parse(&format!("sha256:{hex}")).is_some_and(|said| said != digest) {
        return Err(ImageError::document(
            format!("configuration {}", image.config),
            place,
            "its bytes have another digest",
        ));
    }
    let layers = image.layers.iter().flatten().map(|name| {
        // A layer that is missing is the layer's problem, when it is read.
        let size = files.open(name).ok().flatten().map(|(_, size)| size);
        let media_type = "application/vnd.docker.image.rootfs.diff.tar".to_owned();
        LayerRef { digest: None, as_stored: true, media_type, size, key: name.clone() }
    });
    let layers = layers.collect();
    let name = match tags(image).first() {
        Some(tag) => tag.clone(),
        None => place.clone(),
    };
    Ok(Found {
        name,
        tags: tags(image),
        place,
        manifest: None,
        config_digest: digest,
        config,
        layers,
        source: Box::new(Archived(files)),
    })
}

struct Archived(Files);

impl Source for Archived {
    fn layer_open(&self, layer: &LayerRef) -> Result<Box<dyn Read + Send>, ImageError> {
        self.0.open_known(&layer.key).map(|(body, _)| body)
    }
}
