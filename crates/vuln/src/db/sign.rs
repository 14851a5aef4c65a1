//! The signature, and the machine's own key.
//!
//! The signature is the end of the database file itself: SQLite takes the size of its database from its header and leaves
//! alone what follows. So database and signature are one file with one name: a rename replaces both at once, and nobody can
//! ever read one with the other's. (Two files would need a lock or a switched link to promise as much.)
//!
//! What is signed is the hash of a tree: SHA-256 of the hashes of each mebibyte. Leaves are hashed on all processors, which
//! keeps opening below a tenth of a second for the largest databases.
use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use ring::{
    digest::{Context, SHA256, digest},
    rand::SystemRandom,
    signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey},
};

use super::{DatabaseError, Trust, schema::FORMAT};

const MAGIC: &[u8; 16] = b"casemate-advdb\r\n";
/// Magic, format, length of the database, key, hash, signature.
const TRAILER: usize = 16 + 4 + 8 + 32 + 32 + 64;
const LEAF: u64 = 1 << 20;
/// What the signature is for, so that it is good for nothing else.
const PURPOSE: &[u8] = b"casemate advisory database\0";

/// What was verified.
#[derive(Debug, Clone)]
pub(super) struct Verified {
    /// Bytes of the SQLite database, which the trailer follows.
    pub(super) body: u64,
    /// Bytes of the whole file.
    pub(super) bytes: u64,
    pub(super) key: String,
    pub(super) hash: String,
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

/// The hash of the first `length` bytes.
fn tree_hash(file: &File, length: u64) -> std::io::Result<[u8; 32]> {
    let leaves = usize::try_from(length.div_ceil(LEAF)).unwrap_or(usize::MAX);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, 8).min(leaves.max(1));
    let next = AtomicU64::new(0);
    let work = || -> std::io::Result<Vec<(u64, [u8; 32])>> {
        let mut buffer = vec![0; LEAF as usize];
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed) * LEAF;
            if at >= length {
                return Ok(done);
            }
            let size = usize::try_from(LEAF.min(length - at)).unwrap_or_default();
            let Some(part) = buffer.get_mut(..size) else { return Ok(done) };
            file.read_exact_at(part, at)?;
            let mut context = Context::new(&SHA256);
            context.update(&[0]);
            context.update(part);
            let mut leaf = [0; 32];
            leaf.copy_from_slice(context.finish().as_ref());
            done.push((at, leaf));
        }
    };
    let mut hashes = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work()?;
        for other in others {
            all.extend(other.join().map_err(|_| std::io::Error::other("a thread that hashed ended early"))??);
        }
        Ok::<_, std::io::Error>(all)
    })?;
    hashes.sort_unstable_by_key(|(at, _)| *at);
    let mut context = Context::new(&SHA256);
    context.update(&[1]);
    context.update(&length.to_le_bytes());
    for (_, leaf) in &hashes {
        context.update(leaf);
    }
    let mut root = [0; 32];
    root.copy_from_slice(context.finish().as_ref());
    Ok(root)
}

fn message(format: u32, body: u64, hash: &[u8]) -> Vec<u8> {
    [PURPOSE, &format.to_le_bytes(), &body.to_le_bytes(), hash].concat()
}

/// Appends the signature to a finished database.
pub(super) fn sign(path: &Path, key: &Key) -> Result<(), DatabaseError> {
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .open(path)
        .map_err(|error| DatabaseError::io("sign", path, error))?;
    let body = file.metadata().map_err(|error| DatabaseError::io("sign", path, error))?.len();
    let hash = tree_hash(&file, body).map_err(|error| DatabaseError::io("sign", path, error))?;
    let signature = key.pair.sign(&message(FORMAT, body, &hash));
    let mut trailer = Vec::with_capacity(TRAILER);
    trailer.extend_from_slice(MAGIC);
    trailer.extend_from_slice(&FORMAT.to_le_bytes());
    trailer.extend_from_slice(&body.to_le_bytes());
    trailer.extend_from_slice(key.pair.public_key().as_ref());
    trailer.extend_from_slice(&hash);
    trailer.extend_from_slice(signature.as_ref());
    file.write_all(&trailer).and_then(|()| file.sync_all()).map_err(|error| DatabaseError::io("sign", path, error))
}

/// Checks the whole file: form, key, signature, hash of all bytes.
pub(super) fn verify(file: &File, path: &Path, trust: &Trust) -> Result<Verified, DatabaseError> {
    let shown = || path.display().to_string();
    let read = |error| DatabaseError::io("read", path, error);
    let bytes = file.metadata().map_err(read)?.len();
    let mut start = [0; 100];
    let is_sqlite = file.read_exact_at(&mut start, 0).is_ok() && start.starts_with(b"SQLite format 3\0");
    if !is_sqlite {
        return Err(DatabaseError::Foreign { path: shown() });
    }
    let mut trailer = [0; TRAILER];
    let at = bytes.saturating_sub(TRAILER as u64);
    file.read_exact_at(&mut trailer, at).map_err(read)?;
    let mut rest: &[u8] = &trailer;
    let mut take = |length: usize| -> &[u8] {
        let (part, more) = rest.split_at_checked(length).unwrap_or_default();
        rest = more;
        part
    };
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    if take(16) != MAGIC {
        // SQLite's header names the size of a page and their number: fewer bytes than that are a part of a file.
        let be = |at: usize, length: usize| {
            start.iter().skip(at).take(length).fold(0_u64, |value, byte| value << 8 | u64::from(*byte))
        };
        let page = if be(16, 2) == 1 { 65_536 } else { be(16, 2) };
        let promised = page * be(28, 4);
        return Err(if bytes == promised {
            DatabaseError::Unsigned { path: shown() }
        } else {
            DatabaseError::damaged(path, format!("{bytes} bytes, cut or followed by others: {promised} belong to it"))
        });
    }
    let format = u32::try_from(number(take(4))).unwrap_or_default();
    let (body, key, hash, signature) = (number(take(8)), take(32), take(32), take(64));
    if format != FORMAT {
        return Err(DatabaseError::Version { path: shown(), found: format, expected: FORMAT });
    }
    let name = hex(key);
    if !trust.keys.iter().any(|trusted| trusted.trim().eq_ignore_ascii_case(&name)) {
        return Err(DatabaseError::UnknownKey { path: shown(), key: name });
    }
    if UnparsedPublicKey::new(&ED25519, key).verify(&message(format, body, hash), signature).is_err() {
        return Err(DatabaseError::WrongSignature { path: shown() });
    }
    if body != at {
        return Err(DatabaseError::damaged(path, format!("{at} bytes stand before its signature, {body} were signed")));
    }
    if tree_hash(file, body).map_err(read)? != *hash {
        return Err(DatabaseError::damaged(path, "its bytes are not those that were signed"));
    }
    Ok(Verified { body, bytes, key: name, hash: hex(hash) })
}

/// The machine's own key.
pub(super) struct Key {
    pair: Ed25519KeyPair,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").finish_non_exhaustive()
    }
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(extension);
    path.with_file_name(name)
}

/// The key beside the database, made where there is none; and its public half.
pub(super) fn key_open(path: &Path) -> Result<(Key, String), DatabaseError> {
    let secret = beside(path, ".key");
    let mut document = Vec::new();
    match OpenOptions::new().read(true).custom_flags(nofollow()).open(&secret) {
        Ok(file) => {
            owner_check(&file.metadata().map_err(|error| DatabaseError::io("read", &secret, error))?, &secret, 0o077)?;
            file.take(1024).read_to_end(&mut document).map_err(|error| DatabaseError::io("read", &secret, error))?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
                .map_err(|_| DatabaseError::io("make", &secret, std::io::Error::other("no randomness")))?;
            document.extend_from_slice(made.as_ref());
            file_put(&secret, &document, 0o600)?;
        }
        Err(error) => return Err(DatabaseError::io("read", &secret, error)),
    }
    let pair = Ed25519KeyPair::from_pkcs8(&document).map_err(|_| DatabaseError::KeyDamaged {
        path: secret.display().to_string(),
        reason: "it is no ed25519 key in PKCS #8",
    })?;
    let public = hex(pair.public_key().as_ref());
    let public_path = beside(path, ".pub");
    if std::fs::read_to_string(&public_path).is_ok_and(|text| text.trim() == public) {
        return Ok((Key { pair }, public));
    }
    file_put(&public_path, format!("{public}\n").as_bytes(), 0o644)?;
    Ok((Key { pair }, public))
}

fn nofollow() -> i32 {
    i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or_default()
}

/// Writes a small file whole: under another name first, so that it is never seen half.
fn file_put(path: &Path, bytes: &[u8], mode: u32) -> Result<(), DatabaseError> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new()
            .permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
            .tempfile_in(directory)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| DatabaseError::io("write", path, error))
}

/// The machine's own public key, where it has one. It is believed only where nobody but its owner could have put it there,
/// and the owner is root or whoever runs this.
pub(super) fn key_public(path: &Path) -> Result<Option<String>, DatabaseError> {
    let public = beside(path, ".pub");
    let file = match OpenOptions::new().read(true).custom_flags(nofollow()).open(&public) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(DatabaseError::io("read", &public, error)),
    };
    let read = |error| DatabaseError::io("read", &public, error);
    owner_check(&file.metadata().map_err(read)?, &public, 0o022)?;
    let mut text = String::new();
    file.take(256).read_to_string(&mut text).map_err(read)?;
    let key = text.trim().to_ascii_lowercase();
    if unhex(&key).is_none_or(|key| key.len() != 32) {
        return Err(DatabaseError::KeyDamaged {
            path: public.display().to_string(),
            reason: "it holds no 64 hexadecimal digits",
        });
    }
    Ok(Some(key))
}

fn owner_check(metadata: &std::fs::Metadata, path: &Path, others: u32) -> Result<(), DatabaseError> {
    let own = rustix::process::geteuid().as_raw();
    if metadata.mode() & others != 0 {
        let hint = format!("chmod {} '{}'", if others == 0o077 { "600" } else { "644" }, path.display());
        return Err(DatabaseError::KeyUnsafe { path: path.display().to_string(), hint });
    }
    if metadata.uid() != own && metadata.uid() != 0 {
        let hint = "let root or yourself own it".to_owned();
        return Err(DatabaseError::KeyUnsafe { path: path.display().to_string(), hint });
    }
    Ok(())
}

/// SHA-256 of some bytes, its first half: to see whether a document changed.
pub(super) fn short_hash(bytes: &[u8]) -> [u8; 16] {
    half(digest(&SHA256, bytes).as_ref())
}

/// The same of all that a reader gives.
pub(super) fn short_hash_of(input: &mut dyn Read) -> std::io::Result<[u8; 16]> {
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 256 << 10];
    loop {
        let read = input.read(&mut buffer)?;
        if read == 0 {
            return Ok(half(context.finish().as_ref()));
        }
        context.update(buffer.get(..read).unwrap_or_default());
    }
}

fn half(hash: &[u8]) -> [u8; 16] {
    let mut out = [0; 16];
    for (to, from) in out.iter_mut().zip(hash) {
        *to = *from;
    }
    out
}
