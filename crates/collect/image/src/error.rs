use casemate_http::HttpError;

/// An image could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The reference is none that is known.
    #[error("`{reference}` is no image reference: {why}\nhint: {hint}")]
    Reference {
        /// What was given.
        reference: String,
        /// What is wrong.
        why: String,
        /// What would do.
        hint: String,
    },
    /// Nothing of this name is where it was looked for.
    #[error("cannot find image `{reference}` in {place}: {why}\nhint: {hint}")]
    Missing {
        /// What was looked for.
        reference: String,
        /// Where: a directory, an archive, a registry, an engine's store.
        place: String,
        /// What was found instead.
        why: String,
        /// What would do.
        hint: String,
    },
    /// A file could not be opened or read.
    #[error("cannot read `{path}` of the image: {source}\nhint: {hint}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
        /// What to do.
        hint: &'static str,
    },
    /// A manifest, index or configuration is not what it should be.
    #[error("cannot use {what} of the image in {place}: {why}\nhint: {hint}")]
    Document {
        /// `manifest sha256:…`.
        what: String,
        /// Where it lies.
        place: String,
        /// What is wrong with it.
        why: String,
        /// What to do.
        hint: &'static str,
    },
    /// The index has no image for this platform.
    #[error("`{reference}` has no image for {platform}; it has {available}\nhint: name one of these platforms")]
    Platform {
        /// What was looked for.
        reference: String,
        /// `linux/amd64`.
        platform: String,
        /// `linux/arm64, linux/s390x`.
        available: String,
    },
    /// A registry refused.
    #[error("cannot get {what} from registry {registry}: {why}\nhint: {hint}")]
    Registry {
        /// `manifest 12 of library/debian`.
        what: String,
        /// Host and port.
        registry: String,
        /// Its answer.
        why: String,
        /// What to do.
        hint: &'static str,
    },
    /// A registry did not answer.
    #[error(transparent)]
    Http(#[from] HttpError),
}

impl ImageError {
    pub(crate) fn io(path: impl Into<String>, source: std::io::Error) -> Self {
        let hint = match source.kind() {
            std::io::ErrorKind::PermissionDenied => "run as a user who may read it",
            std::io::ErrorKind::NotFound => "the image is not whole: make it anew",
            _ => "see that the file is whole",
        };
        Self::Io { path: path.into(), source, hint }
    }

    pub(crate) fn document(what: impl Into<String>, place: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Document {
            what: what.into(),
            place: place.into(),
            why: why.into(),
            hint: "make or fetch the image anew; if the tool that made it reads it, report this",
        }
    }
}
