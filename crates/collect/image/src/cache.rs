use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use casemate_collect_software::FACTS_VERSION;
use serde::{Deserialize, Serialize};

use crate::{Digest, Limits, layer::LayerFacts};

/// Raised where what is kept of a layer changes; [`FACTS_VERSION`] is raised where readers do.
const FORMAT: u32 = 1;
/// Bytes of one layer's facts, compressed and not.
const FILE_MAX: u64 = 256 << 20;
const JSON_MAX: u64 = 1 << 30;
const LEVEL: i32 = 3;
/// Bytes of all files; what was not used for longest goes first.
const TOTAL_MAX: u64 = 1 << 30;

/// Facts of layers by diff id, in one directory: `HEX[-s].VERSION.zst`. Whatever is wrong with a file makes it as if it
/// were not there.
#[derive(Debug, Clone)]
pub(crate) struct Cache {
    directory: PathBuf,
}

/// What a file holds: a line with the digest of the rest, then this.
#[derive(Serialize, Deserialize)]
struct Kept<F> {
    key: String,
    facts: F,
}

impl Cache {
    pub(crate) fn new(directory: &Path) -> Self {
        Self { directory: directory.to_owned() }
    }

    /// All that the facts depend on beside the layer's bytes.
    fn key(diff_id: &Digest, secrets: bool, limits: &Limits) -> String {
        let entries = limits.entries;
        format!("{FORMAT} {FACTS_VERSION} {} {diff_id} secrets={secrets} entries={entries}", env!("CARGO_PKG_VERSION"))
    }

    fn path(&self, key: &str) -> PathBuf {
        self.directory.join(format!("{}.layer", Digest::of(key.as_bytes()).hex()))
    }

    /// The facts of the layer, where they are known.
    pub(crate) fn get(&self, diff_id: &Digest, secrets: bool, limits: &Limits) -> Option<LayerFacts> {
        let key = Self::key(diff_id, secrets, limits);
        let mut bytes = Vec::new();
        let file = fs::File::open(self.path(&key)).ok()?;
        (&file).take(FILE_MAX).read_to_end(&mut bytes).ok()?;
        let at = bytes.iter().position(|b| *b == b'\n')?;
        let (line, rest) = bytes.split_at_checked(at)?;
        let rest = rest.get(1..)?;
        if !Digest::parse(std::str::from_utf8(line).ok()?)?.matches(rest) {
            return None;
        }
        let json = zstd::stream::read::Decoder::with_buffer(rest).ok()?.take(JSON_MAX);
        let kept: Kept<LayerFacts> = serde_json::from_reader(io::BufReader::new(json)).ok()?;
        if kept.key != key {
            return None;
        }
        // Says that it is of use; a cache that is read only works as well.
        drop(file.set_modified(std::time::SystemTime::now()));
        Some(kept.facts)
    }

    /// Keeps the facts of a layer whose archive had the digest it should. All of a file appears at once or not at all.
    ///
    /// # Errors
    /// Those of the writing; the image is read all the same.
    pub(crate) fn put(&self, diff_id: &Digest, secrets: bool, limits: &Limits, facts: &LayerFacts) -> io::Result<()> {
        let key = Self::key(diff_id, secrets, limits);
        let path = self.path(&key);
        let json = serde_json::to_vec(&Kept { key, facts })?;
        let bytes = zstd::encode_all(json.as_slice(), LEVEL)?;
        // Readable for its owner alone: it says where secrets lie.
        fs::DirBuilder::new().recursive(true).create(&self.directory)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.directory)?;
        writeln!(file, "{}", Digest::of(&bytes))?;
        file.write_all(&bytes)?;
        file.persist(path).map(drop).map_err(|error| error.error)?;
        self.prune(TOTAL_MAX)
    }

    /// Removes what was used longest ago until no more than `most` bytes are left.
    fn prune(&self, most: u64) -> io::Result<()> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.directory)? {
            let entry = entry?;
            // Only what is ours: the directory may be shared with other caches.
            if entry.path().extension().is_some_and(|extension| extension == "layer") {
                let metadata = entry.metadata()?;
                files.push((metadata.modified()?, metadata.len(), entry.path()));
            }
        }
        files.sort();
        let mut total: u64 = files.iter().map(|(_, length, _)| length).sum();
        for (_, length, path) in files {
            if total <= most {
                break;
            }
            match fs::remove_file(path) {
                // Another scan may have removed it.
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => total -= length,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let directory = tempfile::tempdir().unwrap();
        let cache = Cache::new(directory.path());
        let limits = Limits::default();
        let ids: Vec<Digest> = [b"a", b"b", b"c"].iter().map(|id| Digest::of(*id)).collect();
        fs::write(directory.path().join("other"), vec![0; 4096]).unwrap();
        for (age, id) in ids.iter().enumerate() {
            cache.put(id, false, &limits, &LayerFacts::default()).unwrap();
            let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000 + age as u64);
            let path = cache.path(&Cache::key(id, false, &limits));
            fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
        }
        // The oldest is used now.
        assert!(cache.get(&ids[0], false, &limits).is_some());
        let one = fs::metadata(cache.path(&Cache::key(&ids[0], false, &limits))).unwrap().len();
        cache.prune(one * 2 + 8).unwrap();
        let left: Vec<bool> = ids.iter().map(|id| cache.get(id, false, &limits).is_some()).collect();
        assert_eq!(left, [true, false, true]);
        assert!(directory.path().join("other").exists(), "what is not ours stays");
    }

    #[test]
    fn what_was_put_comes_back_and_what_was_changed_does_not() {
        let directory = tempfile::tempdir().unwrap();
        let cache = Cache::new(&directory.path().join("a/b"));
        let (id, other, limits) = (Digest::of(b"a"), Digest::of(b"b"), Limits::default());
        let facts = LayerFacts { entries: 7, files: vec![1, u64::MAX], ..LayerFacts::default() };
        assert_eq!(cache.get(&id, false, &limits), None, "nothing yet");
        cache.put(&id, false, &limits, &facts).unwrap();
        assert_eq!(cache.get(&id, false, &limits), Some(facts.clone()));
        assert_eq!(cache.get(&other, false, &limits), None, "another layer");
        assert_eq!(cache.get(&id, true, &limits), None, "secrets were not sought");
        assert_eq!(cache.get(&id, false, &Limits { entries: 1, ..limits }), None, "another limit");
        let file = cache.path(&Cache::key(&id, false, &limits));
        let bytes = fs::read(&file).unwrap();
        for (changed, why) in [
            (bytes[..bytes.len() - 1].to_vec(), "truncated"),
            ([&bytes[..], b"x"].concat(), "longer"),
            (Vec::new(), "empty"),
            (vec![b'\n'], "a line alone"),
        ] {
            fs::write(&file, changed).unwrap();
            assert_eq!(cache.get(&id, false, &limits), None, "{why}");
        }
        // A file of another layer under this name: its digest is right, its key is not.
        cache.put(&other, false, &limits, &LayerFacts::default()).unwrap();
        fs::copy(cache.path(&Cache::key(&other, false, &limits)), &file).unwrap();
        assert_eq!(cache.get(&id, false, &limits), None, "another layer's");
        cache.put(&id, false, &limits, &facts).unwrap();
        assert_eq!(cache.get(&id, false, &limits), Some(facts), "written over");
    }
}
