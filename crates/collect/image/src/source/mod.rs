//! Where images lie. Each source finds an image's configuration and says how the bytes of its layers may be had.
//!
//! What has blobs by digest (layouts, registries, containerd) is a [`Blobs`]; the manifest is followed in one place,
//! [`blob_image`]. Engines that keep files unpacked (podman, Docker) are read through [`tar_split`], which gives the very
//! archive that was unpacked, so that all sources of one image give the same bytes.
mod bolt;
mod containerd;
mod docker_archive;
mod docker_engine;
pub(crate) mod files;
mod oci_layout;
mod podman;
mod registry;
mod tar_split;

use std::io::Read;

use casemate_http::{BodyError, read_bounded};

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use self::{bolt::bolt_fuzz, registry::challenge_fuzz, tar_split::tar_split_fuzz};
pub(crate) use self::{
    containerd::containerd, docker_archive::docker_archive, docker_engine::docker_engine, oci_layout::oci_layout,
    podman::podman, registry::registry,
};
use crate::{
    Digest, ImageError, Limits, Options,
    document::{self, Descriptor, Document, Platform},
    reference::Reference,
};

/// Indexes within indexes.
const DEPTH_MAX: usize = 4;

/// An image as its source holds it.
pub(crate) struct Found {
    /// What people call it.
    pub(crate) name: String,
    /// Names it has in its source.
    pub(crate) tags: Vec<String>,
    /// Where it lies, for errors.
    pub(crate) place: String,
    /// Digest of its manifest, where it has one.
    pub(crate) manifest: Option<Digest>,
    pub(crate) config_digest: Digest,
    pub(crate) config: Vec<u8>,
    /// From the lowest.
    pub(crate) layers: Vec<LayerRef>,
    pub(crate) source: Box<dyn Source>,
}

/// A layer, before it is read.
#[derive(Debug, Clone)]
pub(crate) struct LayerRef {
    /// As the manifest says.
    pub(crate) digest: Option<Digest>,
    /// The source gives the bytes that `digest` and `size` are of, rather than the archive that was in them.
    pub(crate) as_stored: bool,
    pub(crate) media_type: String,
    /// Bytes, as the manifest or the store says.
    pub(crate) size: Option<u64>,
    /// The source's own name for it.
    pub(crate) key: String,
}

/// Gives the bytes of layers. May be asked more than once for the same, and from several threads.
pub(crate) trait Source: Send + Sync {
    fn layer_open(&self, layer: &LayerRef) -> Result<Box<dyn Read + Send>, ImageError>;
}

/// Opens what the reference names.
pub(crate) fn open(reference: &Reference, options: &Options) -> Result<Found, ImageError> {
    match reference {
        Reference::Oci { path, pick } => oci_layout(path, pick, options),
        Reference::DockerArchive { path, pick } => docker_archive(path, pick, options),
        Reference::Registry(name) => registry(name, options),
        Reference::Podman(stored) => podman(stored, options),
        Reference::Docker(stored) => docker_engine(stored, options),
        Reference::Containerd(stored) => containerd(stored, options),
        Reference::Path(path) => {
            let files = files::open(path, options)?;
            let pick = crate::reference::Pick::Only;
            // Docker writes both documents into one archive since version 25; only its own has the names.
            if files.has("manifest.json") {
                docker_archive::image(files, &pick, options)
            } else {
                oci_layout::image(files, &pick, options)
            }
        }
        Reference::Anywhere(name) => anywhere(name, options),
    }
}

/// Asks the local engines, then the registry. An engine that is not there, or not ours, is passed over; one that has the image and
/// cannot give it is an error.
fn anywhere(name: &crate::reference::Name, options: &Options) -> Result<Found, ImageError> {
    let stored = crate::reference::Stored { root: None, name: name.full() };
    for engine in [podman, docker_engine, containerd] {
        match engine(&stored, options) {
            Err(ImageError::Missing { .. }) => {}
            // Other users' engines are not ours to ask.
            Err(ImageError::Io { source, .. }) if source.kind() == std::io::ErrorKind::PermissionDenied => {}
            other => return other,
        }
    }
    registry(name, options)
}

/// Which of the two places of a registry a blob is in; elsewhere they are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Manifest,
    Blob,
}

/// Blobs by digest.
pub(crate) trait Blobs: Send + Sync {
    /// The bytes, not yet verified.
    fn blob_open(&self, digest: &Digest, what: What) -> Result<Box<dyn Read + Send>, ImageError>;
    /// For errors: `registry.example`, `/tmp/a.tar`.
    fn place(&self) -> &str;
}

struct BlobSource<B>(B);

impl<B: Blobs> Source for BlobSource<B> {
    fn layer_open(&self, layer: &LayerRef) -> Result<Box<dyn Read + Send>, ImageError> {
        match &layer.digest {
            Some(digest) => self.0.blob_open(digest, What::Blob),
            None => Err(ImageError::document("a layer", self.0.place(), "it has no digest")),
        }
    }
}

/// A document of at most `limits.document_bytes`, verified.
pub(crate) fn blob_bytes(
    blobs: &dyn Blobs,
    descriptor: &Descriptor,
    what: What,
    name: &str,
    limits: &Limits,
) -> Result<(Digest, Vec<u8>), ImageError> {
    let digest = descriptor.digest_parse(blobs.place())?;
    let what_said = format!("{name} {digest}");
    let bytes = document_read(blobs.blob_open(&digest, what)?, &what_said, blobs.place(), limits)?;
    if !digest.matches(&bytes) {
        let why = "its bytes have another digest";
        return Err(ImageError::document(what_said, blobs.place(), why));
    }
    if let Some(size) = descriptor.size
        && size != bytes.len() as u64
    {
        let why = format!("it has {} bytes, and what names it says {size}", bytes.len());
        return Err(ImageError::document(what_said, blobs.place(), why));
    }
    Ok((digest, bytes))
}

/// Takes a document whole, within its limit.
pub(crate) fn document_read(body: impl Read, what: &str, place: &str, limits: &Limits) -> Result<Vec<u8>, ImageError> {
    read_bounded(body, limits.document_bytes).map_err(|error| match error {
        BodyError::Read { source, .. } => ImageError::io(format!("{place}: {what}"), source),
        BodyError::Limit { limit } => {
            ImageError::document(what, place, format!("limit document_bytes is {limit}, and it is longer"))
        }
    })
}

/// Follows a descriptor through indexes to an image.
pub(crate) fn blob_image<B: Blobs + 'static>(
    blobs: B,
    start: &Descriptor,
    name: String,
    tags: Vec<String>,
    options: &Options,
) -> Result<Found, ImageError> {
    let (digest, bytes) = blob_bytes(&blobs, start, What::Manifest, "manifest", &options.limits)?;
    blob_image_from(blobs, (digest, bytes), name, tags, options)
}

/// As [`blob_image`], from a manifest or index that was read already.
pub(crate) fn blob_image_from<B: Blobs + 'static>(
    blobs: B,
    (mut digest, mut bytes): (Digest, Vec<u8>),
    name: String,
    tags: Vec<String>,
    options: &Options,
) -> Result<Found, ImageError> {
    let limits = &options.limits;
    let wanted = platform(options)?;
    for _ in 0..DEPTH_MAX {
        match document::manifest_parse(&bytes, &format!("manifest {digest}"), blobs.place())? {
            Document::Index(manifests) => {
                let picked = document::image_pick(&manifests, wanted.as_ref(), &name)?;
                (digest, bytes) = blob_bytes(&blobs, picked, What::Manifest, "manifest", limits)?;
            }
            Document::Image { config, layers } => {
                let (config_digest, config) = blob_bytes(&blobs, &config, What::Blob, "configuration", limits)?;
                let layers = layers.into_iter().map(|layer| {
                    let digest = layer.digest_parse(blobs.place())?;
                    let key = digest.to_string();
                    Ok(LayerRef {
                        digest: Some(digest),
                        as_stored: true,
                        media_type: layer.media_type,
                        size: layer.size,
                        key,
                    })
                });
                return Ok(Found {
                    name,
                    tags,
                    place: blobs.place().to_owned(),
                    manifest: Some(digest),
                    config_digest,
                    config,
                    layers: layers.collect::<Result<_, ImageError>>()?,
                    source: Box::new(BlobSource(blobs)),
                });
            }
        }
    }
    let why = format!("limit index.depth is {DEPTH_MAX}: indexes lead to more indexes");
    Err(ImageError::document(format!("index {digest}"), blobs.place(), why))
}

/// The platform that was asked for.
pub(crate) fn platform(options: &Options) -> Result<Option<Platform>, ImageError> {
    let Some(text) = &options.platform else { return Ok(None) };
    Platform::parse(text).map(Some).map_err(|why| ImageError::Reference {
        reference: text.chars().take(100).flat_map(char::escape_debug).collect(),
        why,
        hint: "give it as linux/amd64".into(),
    })
}
