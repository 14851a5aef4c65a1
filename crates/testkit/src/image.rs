//! Small images, written in every form that images are kept in.
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// How a layer is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As it is.
    Plain,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

/// The archive of one layer, written entry by entry.
#[derive(Default)]
pub struct LayerTar {
    bytes: Vec<u8>,
}

/// A name that is longer than a header holds goes before it, as GNU tar does.
fn header(path: &[u8], kind: u8, mode: u32, size: u64, link: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (long, flag) in [(path, b'L'), (link, b'K')] {
        if long.len() > 100 {
            out.extend(header(b"././@LongLink", flag, 0, long.len() as u64 + 1, b""));
            out.extend_from_slice(long);
            out.push(0);
            out.resize(out.len().next_multiple_of(512), 0);
        }
    }
    let mut block = [0_u8; 512];
    let put = |block: &mut [u8; 512], at: usize, bytes: &[u8]| block[at..at + bytes.len()].copy_from_slice(bytes);
    put(&mut block, 0, &path[..path.len().min(100)]);
    put(&mut block, 100, format!("{mode:07o}\0").as_bytes());
    put(&mut block, 108, b"0000000\0");
    put(&mut block, 116, b"0000000\0");
    put(&mut block, 124, format!("{size:011o}\0").as_bytes());
    put(&mut block, 136, b"00000000000\0");
    block[156] = kind;
    put(&mut block, 157, &link[..link.len().min(100)]);
    put(&mut block, 257, b"ustar  \0");
    put(&mut block, 148, b"        ");
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    put(&mut block, 148, format!("{sum:06o}\0 ").as_bytes());
    out.extend_from_slice(&block);
    out
}

impl LayerTar {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A regular file of mode 0644, or 0755 below a `bin`.
    #[must_use]
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let mode = if path.contains("bin/") { 0o755 } else { 0o644 };
        self.file_mode(path, mode, bytes)
    }

    /// A regular file.
    #[must_use]
    pub fn file_mode(mut self, path: &str, mode: u32, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.bytes.extend(header(path.as_bytes(), b'0', mode, bytes.len() as u64, b""));
        self.bytes.extend_from_slice(bytes);
        self.bytes.resize(self.bytes.len().next_multiple_of(512), 0);
        self
    }

    /// A directory.
    #[must_use]
    pub fn directory(self, path: &str) -> Self {
        self.raw(path.as_bytes(), b'5', 0, b"")
    }

    /// A symbolic link.
    #[must_use]
    pub fn link(self, path: &str, target: &str) -> Self {
        self.raw(path.as_bytes(), b'2', 0, target.as_bytes())
    }

    /// A hard link.
    #[must_use]
    pub fn hard_link(self, path: &str, target: &str) -> Self {
        self.raw(path.as_bytes(), b'1', 0, target.as_bytes())
    }

    /// A mark that deletes `path` from the layers below.
    #[must_use]
    pub fn whiteout(self, path: &str) -> Self {
        let (parent, name) = path.rsplit_once('/').map_or(("", path), |(parent, name)| (parent, name));
        let slash = if parent.is_empty() { "" } else { "/" };
        self.file(&format!("{parent}{slash}.wh.{name}"), b"")
    }

    /// A mark that deletes what the layers below have in the directory.
    #[must_use]
    pub fn opaque(self, directory: &str) -> Self {
        self.file(&format!("{directory}/.wh..wh..opq"), b"")
    }

    /// A header that may lie about what follows it.
    #[must_use]
    pub fn raw(mut self, path: &[u8], kind: u8, size: u64, link: &[u8]) -> Self {
        self.bytes.extend(header(path, kind, 0o755, size, link));
        self
    }

    /// Bytes as they are.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// The archive, ended as it should be.
    #[must_use]
    pub fn end(mut self) -> Vec<u8> {
        self.bytes.resize(self.bytes.len() + 1024, 0);
        self.bytes
    }
}

/// Packs bytes.
///
/// # Panics
/// Where packing in memory fails.
#[must_use]
pub fn pack(bytes: &[u8], packing: Packing) -> Vec<u8> {
    match packing {
        Packing::Plain => bytes.to_vec(),
        Packing::Gzip => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        Packing::Zstd => zstd::encode_all(bytes, 1).unwrap(),
    }
}

/// `sha256:…` of these bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>())
}

/// A small image, to be written in any of the forms that images are kept in.
pub struct TestImage {
    layers: Vec<(Vec<u8>, Vec<u8>, Packing)>,
    config: Value,
}

impl TestImage {
    /// An image of these layers: archives and how they are packed.
    #[must_use]
    pub fn new(layers: Vec<(Vec<u8>, Packing)>) -> Self {
        let layers = layers.into_iter().map(|(tar, packing)| {
            let packed = pack(&tar, packing);
            (tar, packed, packing)
        });
        let layers: Vec<_> = layers.collect();
        let diff_ids: Vec<String> = layers.iter().map(|(tar, _, _)| digest(tar)).collect();
        let architecture = match std::env::consts::ARCH {
            "x86_64" => "amd64",
            "aarch64" => "arm64",
            other => other,
        };
        let config = json!({
            "architecture": architecture, "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": diff_ids},
            "history": (0..layers.len()).map(|i| json!({"created_by": format!("step {i}")})).collect::<Vec<_>>(),
        });
        Self { layers, config }
    }

    /// Changes the configuration.
    #[must_use]
    pub fn configure(mut self, change: impl FnOnce(&mut Value)) -> Self {
        change(&mut self.config);
        self
    }

    /// Replaces the packed bytes of a layer by others, so that nothing fits them any more.
    ///
    /// # Panics
    /// Where there is no such layer.
    #[must_use]
    pub fn tamper(mut self, layer: usize, packed: Vec<u8>) -> Self {
        self.layers[layer].1 = packed;
        self
    }

    /// The configuration's bytes.
    #[must_use]
    pub fn config(&self) -> Vec<u8> {
        self.config.to_string().into_bytes()
    }

    /// The image's id.
    #[must_use]
    pub fn id(&self) -> String {
        digest(&self.config())
    }

    /// The manifest, which names the layers as they were before [`TestImage::tamper`].
    #[must_use]
    pub fn manifest(&self) -> Vec<u8> {
        let layers = self.layers.iter().map(|(tar, _, packing)| {
            let packed = pack(tar, *packing);
            let suffix = match packing {
                Packing::Plain => "",
                Packing::Gzip => "+gzip",
                Packing::Zstd => "+zstd",
            };
            json!({
                "mediaType": format!("application/vnd.oci.image.layer.v1.tar{suffix}"),
                "digest": digest(&packed), "size": packed.len(),
            })
        });
        let config = self.config();
        json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest(&config), "size": config.len()},
            "layers": layers.collect::<Vec<_>>(),
        })
        .to_string()
        .into_bytes()
    }

    /// Writes its blobs below `directory`, and gives the descriptor of its manifest.
    ///
    /// # Panics
    /// Where nothing can be written there.
    #[must_use]
    pub fn blobs(&self, directory: &Path) -> Value {
        let blobs = directory.join("blobs/sha256");
        fs::create_dir_all(&blobs).unwrap();
        let write =
            |name: &str, bytes: &[u8]| fs::write(blobs.join(name.trim_start_matches("sha256:")), bytes).unwrap();
        for (tar, packed, packing) in &self.layers {
            write(&digest(&pack(tar, *packing)), packed);
        }
        let (config, manifest) = (self.config(), self.manifest());
        write(&digest(&config), &config);
        write(&digest(&manifest), &manifest);
        json!({
            "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest(&manifest), "size": manifest.len(),
            "platform": {"os": "linux", "architecture": self.config["architecture"]},
        })
    }

    /// Writes an OCI layout with this one image, called `tag`.
    ///
    /// # Panics
    /// Where nothing can be written there.
    pub fn oci(&self, directory: &Path, tag: &str) {
        let mut descriptor = self.blobs(directory);
        descriptor["annotations"] = json!({"org.opencontainers.image.ref.name": tag});
        oci_index(directory, &[descriptor]);
    }

    /// What `docker save` writes: layers in directories of their own and a plain `manifest.json`.
    #[must_use]
    pub fn docker_archive(&self, tag: &str) -> Vec<u8> {
        let config = self.config();
        let name = format!("{}.json", digest(&config).trim_start_matches("sha256:"));
        let mut out = LayerTar::new().file(&name, &config);
        let mut layers = Vec::new();
        for (i, (tar, packed, packing)) in self.layers.iter().enumerate() {
            let bytes = if *packed == pack(tar, *packing) { tar } else { packed };
            let path = format!("{i:064}/layer.tar");
            // The second of two equal layers is a link, as Docker writes it.
            match self.layers[..i].iter().position(|(before, _, _)| before == tar) {
                Some(same) => out = out.link(&path, &format!("../{same:064}/layer.tar")),
                None => out = out.file(&path, bytes),
            }
            layers.push(path);
        }
        let manifest = json!([{"Config": name, "RepoTags": [tag], "Layers": layers}]).to_string();
        out.file("manifest.json", manifest).end()
    }
}

/// Writes `index.json` and `oci-layout`.
///
/// # Panics
/// Where nothing can be written there.
pub fn oci_index(directory: &Path, manifests: &[Value]) {
    let index =
        json!({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": manifests});
    fs::write(directory.join("index.json"), index.to_string()).unwrap();
    fs::write(directory.join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#).unwrap();
}

/// Writes bytes as a blob of a layout, and gives their digest.
///
/// # Panics
/// Where nothing can be written there.
#[must_use]
pub fn blob(directory: &Path, bytes: &[u8]) -> String {
    let digest = digest(bytes);
    fs::create_dir_all(directory.join("blobs/sha256")).unwrap();
    fs::write(directory.join("blobs/sha256").join(digest.trim_start_matches("sha256:")), bytes).unwrap();
    digest
}

/// Archives a directory of plain files, as `oci-archive` does.
///
/// # Panics
/// Where the directory cannot be read.
#[must_use]
pub fn archive(directory: &Path) -> Vec<u8> {
    let mut todo = vec![directory.to_owned()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(next) = todo.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { todo.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut out = LayerTar::new();
    for file in files {
        let name = file.strip_prefix(directory).unwrap().to_str().unwrap().to_owned();
        out = out.file(&name, fs::read(file).unwrap());
    }
    out.end()
}
