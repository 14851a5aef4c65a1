use std::{
    collections::BTreeMap,
    io::{self, Read},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{
    Found, LayerRef, Source, containerd, document_read,
    files::file_open,
    tar_split::{Directories, TarSplit},
};
use crate::{
    Digest, ImageError, Options, document,
    reference::{Name, Stored},
};

/// Drivers that keep the files of a layer unpacked, and where: the part after `ROOT/DRIVER`, and after the layer's id.
const DRIVERS: &[(&str, &str, &str)] =
    &[("overlay2", "", "diff"), ("vfs", "dir", ""), ("fuse-overlayfs", "", "diff"), ("overlay", "", "root")];

#[derive(Debug, Deserialize)]
struct Repositories {
    #[serde(rename = "Repositories", default)]
    repositories: BTreeMap<String, BTreeMap<String, String>>,
}

/// An image in the store of a Docker engine. The engine is not asked and need not run. Where it keeps its images in
/// containerd, they are sought there.
pub(crate) fn docker_engine(stored: &Stored, options: &Options) -> Result<Found, ImageError> {
    let roots = match &stored.root {
        Some(root) => vec![root.clone()],
        None => roots(),
    };
    let mut searched = Vec::new();
    for root in &roots {
        for driver in DRIVERS {
            let image = root.join("image").join(driver.0);
            let list = image.join("repositories.json");
            let file = match file_open(&list) {
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                    continue;
                }
                Err(error) => return Err(ImageError::io(list.display().to_string(), error)),
                Ok(file) => file,
            };
            let shown = list.display().to_string();
            searched.push(root.display().to_string());
            let bytes = document_read(file, "the list", &shown, &options.limits)?;
            let list: Repositories = serde_json::from_slice(&bytes)
                .map_err(|error| ImageError::document("the list", shown, format!("it is damaged: {error}")))?;
            if let Some((digest, tags)) = pick(&list, &image, &stored.name) {
                return found(root, *driver, digest, tags, options);
            }
        }
        // Since Docker 29 its own containerd has the images.
        for below in ["containerd/daemon", "."] {
            let name = format!("moby/{}", stored.name);
            let store = Stored { root: Some(root.join(below)), name };
            match containerd(&store, options) {
                Err(ImageError::Missing { .. }) => {}
                other => return other,
            }
        }
    }
    let place = if searched.is_empty() { "Docker's store".to_owned() } else { searched.join(", ") };
    let why = if searched.is_empty() {
        let roots: Vec<_> = roots.iter().map(|root| root.display().to_string()).collect();
        format!("there is no store of the overlay2 or vfs driver below {}", roots.join(" or "))
    } else {
        "no image has this name or id".into()
    };
    let hint = "list them with `docker images`; another store is docker-daemon:[ROOT]NAME; where the engine keeps its \
                images in containerd, use containerd:moby/NAME";
    Err(ImageError::Missing { reference: stored.name.clone(), place, why, hint: hint.into() })
}

fn roots() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    let rootless = home.map(|home| home.join(".local/share/docker"));
    rootless.into_iter().chain([PathBuf::from("/var/lib/docker")]).collect()
}

/// The image of this name, or this id from its first 12 digits on, and the names it has.
fn pick(list: &Repositories, image: &Path, name: &str) -> Option<(Digest, Vec<String>)> {
    let wanted = Name::parse(name).ok();
    let all = || list.repositories.values().flatten();
    let is = |have: &String| have == name || wanted.as_ref().is_some_and(|wanted| wanted.is(have));
    let by_name = all().find(|(have, _)| is(have)).and_then(|(_, digest)| Digest::parse(digest));
    let digest = by_name.or_else(|| {
        let id = name.trim_start_matches("sha256:");
        if id.len() < 12 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let names = std::fs::read_dir(image.join("imagedb/content/sha256")).ok()?.flatten();
        let mut names = names.filter_map(|entry| entry.file_name().into_string().ok());
        let hex = names.find(|have| have.starts_with(id))?;
        Digest::parse(&format!("sha256:{hex}"))
    })?;
    let tags = all().filter(|(name, id)| *id == digest.as_str() && !name.contains('@')).map(|(name, _)| name.clone());
    let tags = tags.collect();
    Some((digest, tags))
}

fn found(
    root: &Path,
    driver: (&str, &str, &str),
    config_digest: Digest,
    tags: Vec<String>,
    options: &Options,
) -> Result<Found, ImageError> {
    let place = root.display().to_string();
    let image = root.join("image").join(driver.0);
    let path = image.join("imagedb/content/sha256").join(config_digest.hex());
    let file = file_open(&path).map_err(|error| ImageError::io(path.display().to_string(), error))?;
    let what = format!("configuration {config_digest}");
    let config = document_read(file, &what, &place, &options.limits)?;
    if !config_digest.matches(&config) {
        return Err(ImageError::document(what, place, "its bytes have another digest"));
    }
    let parsed = document::config_parse(&config, &what, &place)?;
    let mut layers = Vec::new();
    let mut chain: Option<Digest> = None;
    for diff_id in parsed.rootfs.iter().flat_map(|rootfs| &rootfs.diff_ids) {
        let next = match &chain {
            None => Digest::parse(diff_id),
            // OCI image spec, config.md, "Layer ChainID".
            Some(chain) => Some(Digest::of(format!("{chain} {diff_id}").as_bytes())),
        };
        let next = next.ok_or_else(|| ImageError::document(&what, &place, "one of its diff ids is no digest"))?;
        layers.push(LayerRef {
            digest: None,
            as_stored: false,
            media_type: "application/vnd.docker.image.rootfs.diff.tar".into(),
            size: None,
            key: next.hex().to_owned(),
        });
        chain = Some(next);
    }
    Ok(Found {
        name: tags.first().cloned().unwrap_or_else(|| config_digest.to_string()),
        tags,
        place,
        manifest: None,
        config_digest,
        config,
        layers,
        source: Box::new(Engine { root: root.to_owned(), driver: (driver.0.into(), driver.1.into(), driver.2.into()) }),
    })
}

struct Engine {
    root: PathBuf,
    driver: (String, String, String),
}

impl Source for Engine {
    fn layer_open(&self, layer: &LayerRef) -> Result<Box<dyn Read + Send>, ImageError> {
        let (driver, before, after) = &self.driver;
        let kept = self.root.join(format!("image/{driver}/layerdb/sha256/{}", layer.key));
        let error = |path: &Path, error| ImageError::io(path.display().to_string(), error);
        let id = kept.join("cache-id");
        let mut cache_id = String::new();
        let read = file_open(&id).and_then(|file| file.take(256).read_to_string(&mut cache_id));
        read.map_err(|cause| error(&id, cause))?;
        let cache_id = cache_id.trim();
        if cache_id.is_empty() || !cache_id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(ImageError::document(id.display().to_string(), self.root.display().to_string(), "it is no id"));
        }
        let list = kept.join("tar-split.json.gz");
        let files = self.root.join(driver).join(before).join(cache_id).join(after);
        let lines = file_open(&list).map_err(|cause| error(&list, cause))?;
        let files = Directories::open(&[&files]).map_err(|cause| error(&files, cause))?;
        Ok(Box::new(TarSplit::new(flate2::read::GzDecoder::new(lines), Box::new(files))))
    }
}
