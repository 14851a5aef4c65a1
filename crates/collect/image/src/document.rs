//! The documents of an image: OCI index, manifest and configuration, and Docker's of the same meaning (OCI image spec
//! 1.1; distribution, manifest v2 schema 2). Fields that nobody here asks for are not read.
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use crate::{Digest, ImageError};

/// A field that Go writes as `null` where it is empty.
fn null<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Descriptor {
    pub(crate) media_type: String,
    pub(crate) digest: String,
    pub(crate) size: Option<u64>,
    pub(crate) platform: Option<Platform>,
    #[serde(deserialize_with = "null")]
    pub(crate) annotations: BTreeMap<String, String>,
    pub(crate) artifact_type: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Platform {
    pub(crate) os: String,
    pub(crate) architecture: String,
    pub(crate) variant: Option<String>,
}

/// An index (manifest list) or a manifest: the two are told apart by what they hold, since `mediaType` may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Manifest {
    pub(crate) schema_version: Option<u64>,
    pub(crate) media_type: Option<String>,
    pub(crate) artifact_type: Option<String>,
    pub(crate) manifests: Option<Vec<Descriptor>>,
    pub(crate) config: Option<Descriptor>,
    #[serde(deserialize_with = "null")]
    pub(crate) layers: Vec<Descriptor>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Config {
    pub(crate) created: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) architecture: Option<String>,
    pub(crate) os: Option<String>,
    pub(crate) variant: Option<String>,
    #[serde(deserialize_with = "null")]
    pub(crate) config: Run,
    pub(crate) rootfs: Option<RootFs>,
    #[serde(deserialize_with = "null")]
    pub(crate) history: Vec<History>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RootFs {
    #[serde(deserialize_with = "null")]
    pub(crate) diff_ids: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct History {
    pub(crate) created: Option<String>,
    #[serde(deserialize_with = "null")]
    pub(crate) created_by: String,
    #[serde(deserialize_with = "null")]
    pub(crate) comment: String,
    #[serde(deserialize_with = "null")]
    pub(crate) empty_layer: bool,
}

/// How a container of the image is run.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Run {
    #[serde(deserialize_with = "null")]
    pub(crate) user: String,
    #[serde(deserialize_with = "null")]
    pub(crate) exposed_ports: BTreeMap<String, serde_json::Value>,
    #[serde(deserialize_with = "null")]
    pub(crate) env: Vec<String>,
    #[serde(deserialize_with = "words")]
    pub(crate) entrypoint: Vec<String>,
    #[serde(deserialize_with = "words")]
    pub(crate) cmd: Vec<String>,
    #[serde(deserialize_with = "null")]
    pub(crate) volumes: BTreeMap<String, serde_json::Value>,
    #[serde(deserialize_with = "null")]
    pub(crate) working_dir: String,
    #[serde(deserialize_with = "null")]
    pub(crate) labels: BTreeMap<String, String>,
    #[serde(deserialize_with = "null")]
    pub(crate) stop_signal: String,
    pub(crate) healthcheck: Option<Healthcheck>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Healthcheck {
    #[serde(deserialize_with = "words")]
    pub(crate) test: Vec<String>,
    /// Nanoseconds, as the three below.
    pub(crate) interval: Option<i64>,
    pub(crate) timeout: Option<i64>,
    pub(crate) start_period: Option<i64>,
    pub(crate) retries: Option<i64>,
}

/// A command: a list of words, or one that old builders wrote as a single text.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Words {
        List(Vec<String>),
        One(String),
        None(()),
    }
    Ok(match Words::deserialize(deserializer)? {
        Words::List(list) => list,
        Words::One(one) => vec![one],
        Words::None(()) => Vec::new(),
    })
}

/// What a manifest's bytes are.
#[derive(Debug, Clone)]
pub(crate) enum Document {
    Index(Vec<Descriptor>),
    Image { config: Descriptor, layers: Vec<Descriptor> },
}

/// Takes an index or a manifest apart. `what` and `place` name it in errors.
pub(crate) fn manifest_parse(bytes: &[u8], what: &str, place: &str) -> Result<Document, ImageError> {
    let error = |why: String| ImageError::document(what, place, why);
    object_check(bytes).map_err(&error)?;
    let manifest: Manifest = serde_json::from_slice(bytes)
        .map_err(|cause| error(format!("it is not what the specification says: {cause}")))?;
    if manifest.schema_version == Some(1) {
        return Err(ImageError::Document {
            what: what.into(),
            place: place.into(),
            why: "it is of schema 1, which lost its digests' meaning and is not read".into(),
            hint: "push the image anew with a builder or registry of this decade",
        });
    }
    match (manifest.manifests, manifest.config) {
        // RFC of the two confusable documents (CVE-2021-41190): what is both is neither.
        (Some(_), Some(_)) => Err(error("it is an index and a manifest at once".into())),
        (Some(_), None) if !manifest.layers.is_empty() => Err(error("it is an index and a manifest at once".into())),
        (Some(manifests), None) => Ok(Document::Index(manifests)),
        (None, Some(config)) => {
            let artifact = manifest.artifact_type.as_deref().or(match config.media_type.as_str() {
                "" | "application/vnd.oci.image.config.v1+json" | "application/vnd.docker.container.image.v1+json" => {
                    None
                }
                other => Some(other),
            });
            if let Some(artifact) = artifact {
                return Err(error(format!("it is an artifact of type `{artifact}`, no container image")));
            }
            Ok(Document::Image { config, layers: manifest.layers })
        }
        (None, None) => {
            let media = manifest.media_type.unwrap_or_else(|| "none given".into());
            Err(error(format!("it is neither an index nor a manifest (media type: {media})")))
        }
    }
}

/// A list would be taken for the fields in their order.
fn object_check(bytes: &[u8]) -> Result<(), String> {
    match bytes.trim_ascii_start().first() {
        Some(b'{') => Ok(()),
        _ => Err("it is not what the specification says: no JSON object".into()),
    }
}

/// Takes a configuration apart.
pub(crate) fn config_parse(bytes: &[u8], what: &str, place: &str) -> Result<Config, ImageError> {
    object_check(bytes).map_err(|why| ImageError::document(what, place, why))?;
    let config: Config = serde_json::from_slice(bytes).map_err(|cause| {
        ImageError::document(what, place, format!("it is not what the specification says: {cause}"))
    })?;
    if config.rootfs.is_none() {
        return Err(ImageError::document(what, place, "it has no `rootfs`, so it is no container image's"));
    }
    Ok(config)
}

impl Descriptor {
    /// Its digest, checked.
    pub(crate) fn digest_parse(&self, place: &str) -> Result<Digest, ImageError> {
        Digest::parse(&self.digest).ok_or_else(|| {
            let shown: String = self.digest.chars().take(100).collect();
            ImageError::document(
                format!("descriptor `{}`", shown.escape_debug()),
                place,
                "it is no digest of sha256 or sha512",
            )
        })
    }

    /// Whether it is an image at all, rather than a signature, SBOM or provenance beside one.
    fn is_image(&self) -> bool {
        let attestation =
            self.annotations.get("vnd.docker.reference.type").is_some_and(|kind| kind.contains("attestation"));
        let unknown = self.platform.as_ref().is_some_and(|p| p.os == "unknown" && p.architecture == "unknown");
        !attestation && !unknown && self.artifact_type.is_none()
    }
}

impl Platform {
    /// `linux/arm64/v8`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = text.split('/');
        let (Some(os), Some(architecture)) = (parts.next(), parts.next()) else {
            return Err("a platform is OS/ARCHITECTURE[/VARIANT], such as linux/arm64".into());
        };
        let variant = parts.next().map(str::to_owned);
        if os.is_empty() || architecture.is_empty() || parts.next().is_some() {
            return Err("a platform is OS/ARCHITECTURE[/VARIANT], such as linux/arm64".into());
        }
        Ok(Self { os: os.to_owned(), architecture: arch(architecture).to_owned(), variant })
    }

    /// This machine's, for containers: always Linux.
    pub(crate) fn here() -> Self {
        Self { os: "linux".into(), architecture: arch(std::env::consts::ARCH).into(), variant: None }
    }

    /// Whether an image for `self` is one for `wanted`; a variant that is not asked for does not matter, and `arm64` is
    /// `arm64/v8`.
    fn serves(&self, wanted: &Self) -> bool {
        let variant = |platform: &Self| match (platform.architecture.as_str(), platform.variant.as_deref()) {
            ("arm64", Some("v8")) | (_, Some("")) => None,
            (_, variant) => variant.map(str::to_owned),
        };
        self.os == wanted.os
            && arch(&self.architecture) == wanted.architecture
            && (wanted.variant.is_none() || variant(self) == variant(wanted))
    }
}

impl std::fmt::Display for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        match self.variant.as_deref() {
            None | Some("") => Ok(()),
            Some(variant) => write!(f, "/{variant}"),
        }
    }
}

/// Go's word for an architecture.
fn arch(word: &str) -> &str {
    match word {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" | "i686" => "386",
        "powerpc64" | "ppc64el" => "ppc64le",
        "loongarch64" => "loong64",
        other => other,
    }
}

/// Picks an image of an index: the one for `wanted`, or the only one where none is wanted.
pub(crate) fn image_pick<'a>(
    manifests: &'a [Descriptor],
    wanted: Option<&Platform>,
    reference: &str,
) -> Result<&'a Descriptor, ImageError> {
    let images: Vec<&Descriptor> = manifests.iter().filter(|descriptor| descriptor.is_image()).collect();
    if let ([one], None) = (images.as_slice(), wanted) {
        return Ok(one);
    }
    let here = Platform::here();
    let platform = wanted.unwrap_or(&here);
    let serving = images.iter().filter(|d| d.platform.as_ref().is_some_and(|p| p.serves(platform)));
    // Where the variant is not asked for, the one without any suits most machines.
    if let Some(found) = serving.min_by_key(|d| d.platform.as_ref().and_then(|p| p.variant.clone())) {
        return Ok(found);
    }
    // An index that says nothing of its only image is believed; the configuration is asked then.
    if let [one] = images.as_slice()
        && one.platform.is_none()
    {
        return Ok(one);
    }
    let mut names: Vec<String> = images
        .iter()
        .map(|d| d.platform.as_ref().map_or_else(|| "one without a platform".into(), Platform::to_string))
        .take(32)
        .collect();
    names.sort();
    names.dedup();
    Err(ImageError::Platform {
        reference: reference.into(),
        platform: platform.to_string(),
        available: if names.is_empty() { "none at all".into() } else { names.join(", ") },
    })
}

/// Whether the configuration is for the platform that was asked for. One that names none is believed.
pub(crate) fn platform_check(config: &Config, wanted: Option<&Platform>, reference: &str) -> Result<(), ImageError> {
    let (Some(wanted), Some(os), Some(architecture)) = (wanted, &config.os, &config.architecture) else {
        return Ok(());
    };
    let have = Platform { os: os.clone(), architecture: architecture.clone(), variant: config.variant.clone() };
    // A configuration seldom names its variant, even where the index does.
    let good = have.serves(&Platform { variant: have.variant.as_ref().and(wanted.variant.clone()), ..wanted.clone() });
    if good || architecture.is_empty() {
        return Ok(());
    }
    let available = have.to_string();
    Err(ImageError::Platform { reference: reference.into(), platform: wanted.to_string(), available })
}
