use std::{
    io::{self, Read},
    path::PathBuf,
};

use super::{
    Blobs, Found, What, blob_image,
    bolt::{Bolt, BoltError, Bucket, Item},
    document_read,
    files::file_open,
};
use crate::{
    Digest, ImageError, Limits, Options,
    document::Descriptor,
    reference::{Name, Stored},
};

/// Where containerd keeps its names and its blobs.
const NAMES: &str = "io.containerd.metadata.v1.bolt/meta.db";
const CONTENT: &str = "io.containerd.content.v1.content/blobs";
/// Bytes of its database.
const NAMES_MAX: u64 = 512 << 20;

/// A name of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    namespace: String,
    name: String,
    digest: String,
}

/// An image in containerd's store: `[NAMESPACE/]NAME`. The engine is not asked and need not run.
///
/// Read are the blobs as they were pulled, whichever snapshotter unpacked them. Where containerd was told to discard them
/// (`discard_unpacked_layers`), layers are missing, and that is told.
pub(crate) fn containerd(stored: &Stored, options: &Options) -> Result<Found, ImageError> {
    let roots = match &stored.root {
        Some(root) => vec![root.clone()],
        None => vec![PathBuf::from("/var/lib/containerd"), PathBuf::from("/var/lib/rancher/k3s/agent/containerd")],
    };
    let mut place = "containerd's store".to_owned();
    let mut why = format!(
        "there is no database of names below {}",
        roots.iter().map(|root| root.display().to_string()).collect::<Vec<_>>().join(" or ")
    );
    for root in roots {
        let path = root.join(NAMES);
        let shown = path.display().to_string();
        let file = match file_open(&path) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => continue,
            Err(error) => return Err(ImageError::io(shown, error)),
            Ok(file) => file,
        };
        let limits = Limits { document_bytes: NAMES_MAX, ..Limits::default() };
        let bytes = document_read(file, "the database of names", &shown, &limits)?;
        let all = names(bytes).map_err(|error| ImageError::document("the store", &shown, error.to_string()))?;
        place = root.display().to_string();
        if let Some(found) = pick(&all, &stored.name) {
            let start = Descriptor { digest: found.digest.clone(), ..Descriptor::default() };
            let tags = all.iter().filter(|other| other.digest == found.digest).map(|other| other.name.clone());
            let mut tags: Vec<String> = tags.collect();
            tags.sort();
            tags.dedup();
            let content = Content { blobs: root.join(CONTENT), place };
            return blob_image(content, &start, found.name.clone(), tags, options);
        }
        why = match all.len() {
            0 => "it has no images".into(),
            n => format!("none of its {n} images has this name"),
        };
    }
    let hint = "list them with `ctr --namespace NAMESPACE images ls`; another store is containerd:[ROOT]NAME".into();
    Err(ImageError::Missing { reference: stored.name.clone(), place, why, hint })
}

/// All names of images in all namespaces.
fn names(bytes: Vec<u8>) -> Result<Vec<Named>, BoltError> {
    let bolt = Bolt::new(bytes)?;
    let mut out = Vec::new();
    let buckets = |bucket: &Bucket| {
        let items = bolt.items(bucket)?.into_iter();
        let all = items.filter_map(|(key, item)| match item {
            Item::Bucket(bucket) => Some((String::from_utf8_lossy(&key).into_owned(), bucket)),
            Item::Value(_) => None,
        });
        Ok(all.collect::<Vec<_>>())
    };
    let Some(v1) = bolt.bucket(&bolt.root(), b"v1")? else { return Ok(out) };
    for (namespace, bucket) in buckets(&v1)? {
        let Some(images) = bolt.bucket(&bucket, b"images")? else { continue };
        for (name, image) in buckets(&images)? {
            let Some(target) = bolt.bucket(&image, b"target")? else { continue };
            let digest = bolt.items(&target)?.into_iter().find_map(|(key, item)| match item {
                Item::Value(value) if key == b"digest" => String::from_utf8(value).ok(),
                _ => None,
            });
            out.extend(digest.map(|digest| Named { namespace: namespace.clone(), name, digest }));
        }
    }
    Ok(out)
}

/// The name in the namespace it begins with, or in any.
fn pick<'a>(all: &'a [Named], name: &str) -> Option<&'a Named> {
    let within = name.split_once('/').filter(|(first, _)| all.iter().any(|named| named.namespace == *first));
    let is =
        |named: &&Named, name: &str| named.name == name || Name::parse(name).is_ok_and(|wanted| wanted.is(&named.name));
    let inside =
        within.and_then(|(namespace, name)| all.iter().find(|named| named.namespace == namespace && is(named, name)));
    inside.or_else(|| all.iter().find(|named| is(named, name)))
}

struct Content {
    blobs: PathBuf,
    place: String,
}

impl Blobs for Content {
    fn blob_open(&self, digest: &Digest, _: What) -> Result<Box<dyn Read + Send>, ImageError> {
        let path = self.blobs.join(digest.algorithm()).join(digest.hex());
        match file_open(&path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(ImageError::io(path.display().to_string(), error)),
        }
    }

    fn place(&self) -> &str {
        &self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::bolt;

    #[test]
    fn a_name_is_sought_in_its_namespace_then_in_all() {
        let bytes = bolt::tests::database(&[
            ("default", "docker.io/library/a:1", "sha256:1"),
            ("k8s.io", "docker.io/library/a:1", "sha256:2"),
            ("moby", "docker.io/library/b:latest", "sha256:3"),
        ]);
        let all = names(bytes).unwrap();
        for (name, want) in [
            ("docker.io/library/a:1", Some("sha256:1")),
            ("a:1", Some("sha256:1")),
            ("k8s.io/a:1", Some("sha256:2")),
            ("moby/b", Some("sha256:3")),
            ("b", Some("sha256:3")),
            ("moby/a:1", None),
            ("c", None),
        ] {
            assert_eq!(pick(&all, name).map(|named| named.digest.as_str()), want, "{name}");
        }
    }
}
