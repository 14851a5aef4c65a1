use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;

use super::{
    Found, LayerRef, Source, document_read,
    files::file_open,
    tar_split::{Directories, TarSplit},
};
use crate::{
    Digest, ImageError, Limits, Options,
    document::{self, Document},
    reference::{Name, Stored},
};

/// Layers from one image to its lowest; a chain that is longer goes in a circle.
const CHAIN_MAX: usize = 4096;
/// Drivers that keep the files of a layer unpacked, and where: the part after `ROOT/DRIVER`, and after the layer's id.
const DRIVERS: &[(&str, &str, &str)] = &[("overlay", "", "diff"), ("vfs", "dir", "")];
/// Bytes of the lists of images and layers.
const LIST_MAX: u64 = 256 << 20;

#[derive(Debug, Deserialize)]
struct Image {
    id: String,
    #[serde(default)]
    digest: Option<String>,
    #[serde(default)]
    names: Option<Vec<String>>,
    #[serde(default)]
    layer: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Layer {
    id: String,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    diff_size: Option<u64>,
}

/// An image in a store of containers/storage: podman, buildah, CRI-O.
pub(crate) fn podman(stored: &Stored, options: &Options) -> Result<Found, ImageError> {
    let roots = match &stored.root {
        Some(root) => vec![root.clone()],
        None => roots(),
    };
    let mut searched = Vec::new();
    for root in &roots {
        for driver in DRIVERS {
            let list = root.join(format!("{}-images/images.json", driver.0));
            let images: Vec<Image> = match list_read(&list)? {
                None => continue,
                Some(images) => images,
            };
            searched.push(root.display().to_string());
            if let Some(image) = pick(&images, &stored.name) {
                return found(root, *driver, image, options);
            }
        }
    }
    let place = if searched.is_empty() { "podman's store".to_owned() } else { searched.join(", ") };
    let why = if searched.is_empty() {
        let roots: Vec<_> = roots.iter().map(|root| root.display().to_string()).collect();
        format!("there is no store of the overlay or vfs driver below {}", roots.join(" or "))
    } else {
        "no image has this name or id".into()
    };
    let hint = "list them with `podman images`; another store is podman:[ROOT]NAME".into();
    Err(ImageError::Missing { reference: stored.name.clone(), place, why, hint })
}

/// Where podman of this user keeps its images, and of the system.
fn roots() -> Vec<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = variable("HOME");
    let mut configurations: Vec<PathBuf> = variable("CONTAINERS_STORAGE_CONF").into_iter().collect();
    configurations.extend(home.iter().map(|home| home.join(".config/containers/storage.conf")));
    configurations.push("/etc/containers/storage.conf".into());
    let mut out: Vec<PathBuf> = configurations.iter().filter_map(|file| graph_root(file)).collect();
    let data = variable("XDG_DATA_HOME").or_else(|| home.map(|home| home.join(".local/share")));
    out.extend(data.map(|data| data.join("containers/storage")));
    out.push("/var/lib/containers/storage".into());
    let mut seen = std::collections::HashSet::new();
    out.retain(|root| seen.insert(root.clone()));
    out
}

/// `graphroot` of a `storage.conf(5)`.
fn graph_root(file: &Path) -> Option<PathBuf> {
    let mut text = String::new();
    file_open(file).ok()?.take(1 << 20).read_to_string(&mut text).ok()?;
    let mut values =
        text.lines().filter_map(|line| line.trim().strip_prefix("graphroot")?.trim_start().strip_prefix('='));
    let value = values.next_back()?.trim().trim_matches(['"', '\'']);
    value.starts_with('/').then(|| value.into())
}

fn list_read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Option<Vec<T>>, ImageError> {
    let shown = path.display().to_string();
    let file = match file_open(path) {
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(ImageError::io(shown, error)),
        Ok(file) => file,
    };
    let limits = Limits { document_bytes: LIST_MAX, ..Limits::default() };
    let bytes = document_read(file, "the list", &shown, &limits)?;
    let list = serde_json::from_slice(&bytes);
    list.map(Some).map_err(|error| ImageError::document("the list", shown, format!("it is damaged: {error}")))
}

/// The image of this name, or this id from its first 12 digits on.
fn pick<'a>(images: &'a [Image], name: &str) -> Option<&'a Image> {
    let names = |image: &'a Image| image.names.iter().flatten();
    let exact = images.iter().find(|image| names(image).any(|have| have == name));
    let wanted = Name::parse(name).ok();
    let by_name = || {
        let wanted = wanted.as_ref()?;
        images.iter().find(|image| {
            let digest = wanted.digest.as_ref().is_some_and(|digest| image.digest.as_deref() == Some(digest.as_str()));
            let repository = |have: &String| {
                Name::parse(have).is_ok_and(|have| have.domain == wanted.domain && have.path == wanted.path)
            };
            names(image).any(|have| wanted.is(have) || (digest && repository(have)))
        })
    };
    let by_id = || {
        let id = name.trim_start_matches("sha256:");
        let is_id = id.len() >= 12 && id.bytes().all(|b| b.is_ascii_hexdigit());
        images.iter().find(|image| is_id && image.id.starts_with(id))
    };
    exact.or_else(by_name).or_else(by_id)
}

fn found(root: &Path, driver: (&str, &str, &str), image: &Image, options: &Options) -> Result<Found, ImageError> {
    let place = root.display().to_string();
    let name = image.names.iter().flatten().next().cloned().unwrap_or_else(|| image.id.clone());
    let config_digest = Digest::parse(&format!("sha256:{}", image.id)).ok_or_else(|| {
        ImageError::document(format!("image `{}`", image.id.escape_debug()), &place, "its id is no digest")
    })?;
    let directory = root.join(format!("{}-images", driver.0)).join(config_digest.hex());
    let data = |key: &str| {
        let what = format!("{key} of image {}", config_digest.hex());
        let file = file_open(&directory.join(data_name(key)));
        let file = file.map_err(|error| ImageError::io(format!("{place}: {what}"), error))?;
        document_read(file, &what, &place, &options.limits)
    };
    let config = data(config_digest.as_str())?;
    if !config_digest.matches(&config) {
        return Err(ImageError::document(
            format!("configuration {config_digest}"),
            place,
            "its bytes have another digest",
        ));
    }
    // What the layers were when they were pulled: told, and not needed.
    let manifest = data("manifest").ok();
    let descriptors = manifest.as_deref().and_then(|bytes| match document::manifest_parse(bytes, "manifest", &place) {
        Ok(Document::Image { layers, .. }) => Some(layers),
        _ => None,
    });
    let layers: Vec<Layer> = list_read(&root.join(format!("{}-layers/layers.json", driver.0)))?.unwrap_or_default();
    let mut volatile: Vec<Layer> =
        list_read(&root.join(format!("{}-layers/volatile-layers.json", driver.0)))?.unwrap_or_default();
    volatile.extend(layers);
    let by_id: BTreeMap<&str, &Layer> = volatile.iter().map(|layer| (layer.id.as_str(), layer)).collect();
    let mut chain = Vec::new();
    let mut next = image.layer.as_deref().filter(|id| !id.is_empty());
    while let Some(id) = next {
        let layer = by_id.get(id).filter(|_| chain.len() < CHAIN_MAX && id.bytes().all(|b| b.is_ascii_alphanumeric()));
        let layer = layer.ok_or_else(|| {
            ImageError::document(format!("layer `{}`", id.escape_debug()), &place, "the store does not list it")
        })?;
        chain.push(*layer);
        next = layer.parent.as_deref().filter(|id| !id.is_empty());
    }
    chain.reverse();
    let layers = chain.iter().enumerate().map(|(index, layer)| {
        let descriptor = descriptors.as_ref().filter(|all| all.len() == chain.len()).and_then(|all| all.get(index));
        LayerRef {
            digest: descriptor.and_then(|descriptor| Digest::parse(&descriptor.digest)),
            as_stored: false,
            media_type: descriptor.map(|descriptor| descriptor.media_type.clone()).unwrap_or_default(),
            size: layer.diff_size,
            key: layer.id.clone(),
        }
    });
    let layers = layers.collect();
    Ok(Found {
        name,
        tags: image.names.clone().unwrap_or_default(),
        place,
        manifest: image.digest.as_deref().and_then(Digest::parse),
        config_digest,
        config,
        layers,
        source: Box::new(Storage {
            root: root.to_owned(),
            driver: (driver.0.into(), driver.1.into(), driver.2.into()),
        }),
    })
}

/// The file of an item beside an image: what is not plain is in base64, as containers/storage does.
fn data_name(key: &str) -> String {
    let plain = |c: char| c == '.' || c.is_ascii_digit() || c.is_ascii_lowercase();
    if key.chars().all(plain) { key.to_owned() } else { format!("={}", STANDARD.encode(key)) }
}

struct Storage {
    root: PathBuf,
    driver: (String, String, String),
}

impl Source for Storage {
    fn layer_open(&self, layer: &LayerRef) -> Result<Box<dyn Read + Send>, ImageError> {
        let (driver, before, after) = &self.driver;
        let list = self.root.join(format!("{driver}-layers/{}.tar-split.gz", layer.key));
        let files = self.root.join(driver).join(before).join(&layer.key).join(after);
        let error = |path: &Path, error| ImageError::io(path.display().to_string(), error);
        let lines = file_open(&list).map_err(|cause| error(&list, cause))?;
        let files = Directories::open(&[&files]).map_err(|cause| error(&files, cause))?;
        Ok(Box::new(TarSplit::new(flate2::read::GzDecoder::new(lines), Box::new(files))))
    }
}
