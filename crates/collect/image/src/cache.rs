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
        fs::File::open(self.path(&key)).ok()?.take(FILE_MAX).read_to_end(&mut bytes).ok()?;
        let at = bytes.iter().position(|b| *b == b'\n')?;
        let (line, rest) = bytes.split_at_checked(at)?;
        let rest = rest.get(1..)?;
        if !Digest::parse(std::str::from_utf8(line).ok()?)?.matches(rest) {
            return None;
        }
        let json = zstd::stream::read::Decoder::with_buffer(rest).ok()?.take(JSON_MAX);
        let kept: Kept<LayerFacts> = serde_json::from_reader(io::BufReader::new(json)).ok()?;
        (kept.key == key).then_some(kept.facts)
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
        file.persist(path).map(drop).map_err(|error| error.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
