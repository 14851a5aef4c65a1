//! Reads a bbolt database, as containerd keeps its names in (<https://github.com/etcd-io/bbolt>, page.go, bucket.go):
//! pages of a B+tree, copied on write, so that a reading while it is written sees one of its states.
use std::collections::HashSet;

const MAGIC: u32 = 0xed0c_daed;
const VERSION: u32 = 2;
const HEADER: usize = 16;
const BRANCH: u16 = 1;
const LEAF: u16 = 2;
const IS_BUCKET: u32 = 1;
const SIZES: [usize; 8] = [4096, 8192, 16384, 32768, 65536, 2048, 1024, 512];

/// What is wrong with a database.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database of names is damaged: {0}")]
pub(crate) struct BoltError(&'static str);

/// A database in memory.
pub(crate) struct Bolt {
    bytes: Vec<u8>,
    page: usize,
    root: u64,
}

/// A set of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Bucket {
    Page(u64),
    /// A small one lies in its parent's value.
    Inline(Vec<u8>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Value(Vec<u8>),
    Bucket(Bucket),
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// FNV-1a, 64 bits.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

/// Transaction, root and page size of a meta page, where it is whole.
fn meta(bytes: &[u8], at: usize) -> Option<(u64, u64, usize)> {
    let meta = bytes.get(at + HEADER..at + HEADER + 64)?;
    let sums = fnv(meta.get(..56)?) == u64_at(meta, 56)?;
    let known = u32_at(meta, 0)? == MAGIC && u32_at(meta, 4)? == VERSION;
    let page = usize::try_from(u32_at(meta, 8)?).ok().filter(|page| SIZES.contains(page))?;
    (sums && known).then_some((u64_at(meta, 48)?, u64_at(meta, 16)?, page))
}

impl Bolt {
    pub(crate) fn new(bytes: Vec<u8>) -> Result<Self, BoltError> {
        // The second meta page stands one page on, however large a page is; the first may be the one that is torn.
        let all = std::iter::once(0).chain(SIZES).filter_map(|at| meta(&bytes, at).filter(|m| at == 0 || m.2 == at));
        let (_, root, page) = all.max_by_key(|meta| meta.0).ok_or(BoltError("neither meta page is whole"))?;
        Ok(Self { bytes, page, root })
    }

    pub(crate) fn root(&self) -> Bucket {
        Bucket::Page(self.root)
    }

    /// All items of a bucket.
    pub(crate) fn items(&self, bucket: &Bucket) -> Result<Vec<(Vec<u8>, Item)>, BoltError> {
        let mut out = Vec::new();
        match bucket {
            Bucket::Inline(page) => leaf(page, &mut out)?,
            Bucket::Page(root) => {
                let mut seen = HashSet::new();
                let mut todo = vec![*root];
                while let Some(id) = todo.pop() {
                    if !seen.insert(id) {
                        return Err(BoltError("its pages lead in a circle"));
                    }
                    let page = self.page(id)?;
                    match u16_at(page, 8) {
                        Some(LEAF) => leaf(page, &mut out)?,
                        Some(BRANCH) => branch(page, &mut todo)?,
                        _ => return Err(BoltError("a page is of no known kind")),
                    }
                    // Many pages that share one overlapping tail may not grow without end.
                    if out.len() > self.bytes.len() {
                        return Err(BoltError("it has more keys than bytes"));
                    }
                }
            }
        }
        Ok(out)
    }

    /// The bucket of this name within another.
    pub(crate) fn bucket(&self, within: &Bucket, name: &[u8]) -> Result<Option<Bucket>, BoltError> {
        let found = self.items(within)?.into_iter().find(|(key, _)| key == name);
        Ok(match found {
            Some((_, Item::Bucket(bucket))) => Some(bucket),
            _ => None,
        })
    }

    fn page(&self, id: u64) -> Result<&[u8], BoltError> {
        let at = usize::try_from(id).ok().and_then(|id| id.checked_mul(self.page));
        let start = at.and_then(|at| self.bytes.get(at..)).ok_or(BoltError("a page lies beyond its end"))?;
        let more = u32_at(start, 12).ok_or(BoltError("a page lies beyond its end"))?;
        let length = usize::try_from(more).ok().and_then(|more| more.checked_add(1)?.checked_mul(self.page));
        length.and_then(|length| start.get(..length)).ok_or(BoltError("a page lies beyond its end"))
    }
}

fn branch(page: &[u8], todo: &mut Vec<u64>) -> Result<(), BoltError> {
    const BAD: BoltError = BoltError("a branch lies beyond its page");
    let count = usize::from(u16_at(page, 10).ok_or(BAD)?);
    for i in 0..count {
        todo.push(u64_at(page, HEADER + i * 16 + 8).ok_or(BAD)?);
    }
    Ok(())
}

fn leaf(page: &[u8], out: &mut Vec<(Vec<u8>, Item)>) -> Result<(), BoltError> {
    const BAD: BoltError = BoltError("a key lies beyond its page");
    let count = usize::from(u16_at(page, 10).ok_or(BAD)?);
    let mut budget = page.len();
    for i in 0..count {
        let at = HEADER + i * 16;
        let number = |offset: usize| u32_at(page, at + offset).and_then(|n| usize::try_from(n).ok()).ok_or(BAD);
        let (flags, position, key, value) = (u32_at(page, at).ok_or(BAD)?, number(4)?, number(8)?, number(12)?);
        // Keys and values lie side by side, so together they are no longer than the page.
        budget = budget.checked_sub(key).and_then(|left| left.checked_sub(value)).ok_or(BAD)?;
        let from = at.checked_add(position).ok_or(BAD)?;
        let bytes = page.get(from..from + key + value).ok_or(BAD)?;
        let (key, value) = bytes.split_at_checked(key).ok_or(BAD)?;
        let item = if flags & IS_BUCKET == 0 {
            Item::Value(value.to_vec())
        } else {
            match u64_at(value, 0).ok_or(BAD)? {
                0 => Item::Bucket(Bucket::Inline(value.get(16..).ok_or(BAD)?.to_vec())),
                root => Item::Bucket(Bucket::Page(root)),
            }
        };
        out.push((key.to_vec(), item));
    }
    Ok(())
}

/// For the table of fuzz targets: the bytes as a page, and as a database.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn bolt_fuzz(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    drop(leaf(bytes, &mut out));
    let Ok(bolt) = Bolt::new(bytes.to_vec()) else { return 0 };
    let mut todo = vec![bolt.root()];
    for _ in 0..100 {
        let Some(items) = todo.pop().and_then(|bucket| bolt.items(&bucket).ok()) else { break };
        todo.extend(items.into_iter().filter_map(|(_, item)| match item {
            Item::Bucket(bucket) => Some(bucket),
            Item::Value(_) => None,
        }));
    }
    out.len()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A leaf page of these items.
    fn leaf_page(items: &[(&[u8], u32, &[u8])]) -> Vec<u8> {
        let mut page = vec![0; HEADER + items.len() * 16];
        page[8..10].copy_from_slice(&LEAF.to_le_bytes());
        page[10..12].copy_from_slice(&(items.len() as u16).to_le_bytes());
        for (i, (key, flags, value)) in items.iter().enumerate() {
            let at = HEADER + i * 16;
            let position = (page.len() - at) as u32;
            for (j, number) in [*flags, position, key.len() as u32, value.len() as u32].into_iter().enumerate() {
                page[at + j * 4..at + j * 4 + 4].copy_from_slice(&number.to_le_bytes());
            }
            page.extend_from_slice(key);
            page.extend_from_slice(value);
        }
        page
    }

    fn bucket_value(root: u64, inline: &[u8]) -> Vec<u8> {
        [&root.to_le_bytes()[..], &[0; 8], inline].concat()
    }

    fn meta_page(id: u64, transaction: u64, root: u64) -> Vec<u8> {
        let mut page = vec![0; 4096];
        page[..8].copy_from_slice(&id.to_le_bytes());
        let mut meta = Vec::new();
        for number in [MAGIC, VERSION, 4096, 0] {
            meta.extend_from_slice(&number.to_le_bytes());
        }
        for number in [root, 0, 2, 9, transaction] {
            meta.extend_from_slice(&number.to_le_bytes());
        }
        meta.extend_from_slice(&fnv(&meta).to_le_bytes());
        page[HEADER..HEADER + 64].copy_from_slice(&meta);
        page
    }

    /// A database whose names are as containerd writes them: namespace, name, digest.
    pub(crate) fn database(images: &[(&str, &str, &str)]) -> Vec<u8> {
        let mut namespaces: Vec<(&[u8], Vec<u8>)> = Vec::new();
        for (namespace, name, digest) in images {
            let target =
                leaf_page(&[(b"digest", 0, digest.as_bytes()), (b"mediatype", 0, b"x"), (b"size", 0, b"\x08")]);
            let image = leaf_page(&[(b"createdat", 0, b"y"), (b"target", IS_BUCKET, &bucket_value(0, &target))]);
            let list = leaf_page(&[(name.as_bytes(), IS_BUCKET, &bucket_value(0, &image))]);
            let whole = leaf_page(&[(b"images", IS_BUCKET, &bucket_value(0, &list))]);
            namespaces.push((namespace.as_bytes(), bucket_value(0, &whole)));
        }
        let items: Vec<_> = namespaces.iter().map(|(name, value)| (*name, IS_BUCKET, value.as_slice())).collect();
        let mut names = leaf_page(&items);
        names.resize(4096, 0);
        let mut root = leaf_page(&[(b"v1", IS_BUCKET, &bucket_value(4, &[]))]);
        root.resize(4096, 0);
        let mut branch = vec![0; 4096];
        branch[8..10].copy_from_slice(&BRANCH.to_le_bytes());
        branch[10..12].copy_from_slice(&1_u16.to_le_bytes());
        branch[HEADER + 8..HEADER + 16].copy_from_slice(&5_u64.to_le_bytes());
        [meta_page(0, 6, 3), meta_page(1, 7, 3), vec![0; 4096], root, branch, names].concat()
    }

    #[test]
    fn buckets_are_found_through_pages_and_inline() {
        let bolt = Bolt::new(database(&[("default", "a", "sha256:1")])).unwrap();
        let v1 = bolt.bucket(&bolt.root(), b"v1").unwrap().unwrap();
        let default = bolt.bucket(&v1, b"default").unwrap().unwrap();
        let images = bolt.bucket(&default, b"images").unwrap().unwrap();
        let a = bolt.bucket(&images, b"a").unwrap().unwrap();
        let target = bolt.bucket(&a, b"target").unwrap().unwrap();
        assert_eq!(bolt.items(&target).unwrap()[0], (b"digest".to_vec(), Item::Value(b"sha256:1".to_vec())));
        assert_eq!(bolt.bucket(&v1, b"k8s.io").unwrap(), None);
    }

    #[test]
    fn a_torn_meta_page_leaves_the_other_and_damage_is_named() {
        let good = database(&[("default", "a", "sha256:1")]);
        let change = |at: usize, byte: u8| {
            let mut bytes = good.clone();
            bytes[at] ^= byte;
            Bolt::new(bytes).and_then(|bolt| {
                let v1 = bolt.bucket(&bolt.root(), b"v1")?.ok_or(BoltError("no v1"))?;
                bolt.items(&v1).map(|items| items.len())
            })
        };
        for (at, byte, want, why) in [
            (HEADER, 1, Ok(1), "the first meta page is torn"),
            (4096 + HEADER, 1, Ok(1), "the second is"),
            (4096 * 3 + 8, 8, Err(BoltError("a page is of no known kind")), "a page's kind"),
            (4096 * 3 + 12, 9, Err(BoltError("a page lies beyond its end")), "its overflow"),
            (4096 * 3 + 20, 0xff, Err(BoltError("no v1")), "a key's place"),
            (4096 * 3 + 27, 0x7f, Err(BoltError("a key lies beyond its page")), "a key's length"),
            (4096 * 4 + 24, 1, Err(BoltError("its pages lead in a circle")), "a branch to itself"),
        ] {
            assert_eq!(change(at, byte), want, "{why}");
        }
        for cut in [0, 100, 4096, 9000] {
            let whole = Bolt::new(good[..cut].to_vec()).and_then(|bolt| bolt.items(&bolt.root()));
            assert!(whole.is_err(), "{cut}");
        }
    }
}
