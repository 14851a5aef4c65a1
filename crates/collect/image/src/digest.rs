use std::{
    fmt,
    io::{self, Read},
};

use sha2::{Digest as _, Sha256, Sha512};

/// A content digest: `sha256:` and 64, or `sha512:` and 128 lower-case hexadecimal digits (OCI image spec,
/// descriptor.md).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Digest {
    text: String,
    algorithm: Algorithm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Algorithm {
    Sha256,
    Sha512,
}

impl Digest {
    /// None where it is none of the two registered algorithms, or has other than that many digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (name, hex) = text.split_once(':')?;
        let (algorithm, digits) = match name {
            "sha256" => (Algorithm::Sha256, 64),
            "sha512" => (Algorithm::Sha512, 128),
            _ => return None,
        };
        let good = hex.len() == digits && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| Self { text: text.to_owned(), algorithm })
    }

    /// SHA-256 of these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::Sha256(Sha256::new());
        hasher.update(bytes);
        hasher.finish()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// `sha256`.
    pub(crate) fn algorithm(&self) -> &str {
        self.text.split_once(':').map_or("", |(name, _)| name)
    }

    /// The digits alone.
    pub(crate) fn hex(&self) -> &str {
        self.text.split_once(':').map_or("", |(_, hex)| hex)
    }

    /// Whether these bytes have this digest.
    pub(crate) fn matches(&self, bytes: &[u8]) -> bool {
        let mut hasher = Hasher::new(self);
        hasher.update(bytes);
        &hasher.finish() == self
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Computes a digest with the algorithm of another.
pub(crate) enum Hasher {
    Sha256(Sha256),
    Sha512(Sha512),
}

impl Hasher {
    pub(crate) fn new(like: &Digest) -> Self {
        match like.algorithm {
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
            Algorithm::Sha512 => Self::Sha512(Sha512::new()),
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(hasher) => hasher.update(bytes),
            Self::Sha512(hasher) => hasher.update(bytes),
        }
    }

    pub(crate) fn finish(self) -> Digest {
        match self {
            Self::Sha256(hasher) => {
                Digest { text: format!("sha256:{}", hex(&hasher.finalize())), algorithm: Algorithm::Sha256 }
            }
            Self::Sha512(hasher) => {
                Digest { text: format!("sha512:{}", hex(&hasher.finalize())), algorithm: Algorithm::Sha512 }
            }
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Hashes what is read through it.
pub(crate) struct Hashing<R> {
    inner: R,
    hasher: Option<Hasher>,
}

impl<R: Read> Hashing<R> {
    /// Without a digest nothing is hashed.
    pub(crate) fn new(inner: R, like: Option<&Digest>) -> Self {
        Self { inner, hasher: like.map(Hasher::new) }
    }

    /// The digest of what was read.
    pub(crate) fn finish(self) -> Option<Digest> {
        self.hasher.map(Hasher::finish)
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        if let (Some(hasher), Some(bytes)) = (&mut self.hasher, buf.get(..n)) {
            hasher.update(bytes);
        }
        Ok(n)
    }
}

/// The first eight bytes of a path's SHA-256: stands for the path in what is kept of a layer, of which there may be
/// millions. Who makes two paths collide hides one of his own files by his own image, which he could leave out as well.
pub(crate) fn path_hash(path: &str) -> u64 {
    let hash = Sha256::digest(path.as_bytes());
    hash.iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_of_a_known_algorithm_and_length() {
        let sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert!(Digest::parse(&format!("sha256:{sha256}")).unwrap().matches(b""));
        assert!(Digest::parse(&format!("sha512:{sha256}{sha256}")).is_some_and(|digest| !digest.matches(b"")));
        for (text, why) in [
            (format!("sha256:{}", sha256.to_uppercase()), "upper case"),
            (format!("sha512:{sha256}"), "too short"),
            (format!("md5:{sha256}"), "unknown"),
            (format!("sha256:{}", "../".repeat(21) + "a"), "a path"),
            (sha256.to_owned(), "no algorithm"),
        ] {
            assert_eq!(Digest::parse(&text), None, "{text}: {why}");
        }
        assert_eq!(Digest::of(b"").hex(), sha256);
    }
}
