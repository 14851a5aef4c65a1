//! Long lists in files of JSON, gzip or plain: one item at a time, so that a file of any size takes the memory of its
//! largest item.
use std::{
    cell::RefCell,
    fmt,
    io::{BufReader, Read},
    marker::PhantomData,
};

use flate2::read::MultiGzDecoder;
use serde::{
    Deserializer,
    de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// How much is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes after decompression.
    pub(crate) bytes: u64,
    /// Items.
    pub(crate) items: usize,
    /// What an item is called: `record`.
    pub(crate) what: &'static str,
}

/// Reads the list that a file's object has under `key`. Each item is given to `take`; its `Err` ends the reading.
///
/// # Errors
/// What is wrong with the file, without its content: it cannot be unpacked, is too large, is no such JSON, or has no list
/// of this name. What `take` was given before is right all the same.
pub(crate) fn read<T: DeserializeOwned>(
    mut from: impl Read,
    key: &'static str,
    limits: Limits,
    take: &mut dyn FnMut(T) -> Result<(), String>,
) -> Result<(), String> {
    let mut start = Vec::new();
    from.by_ref().take(2).read_to_end(&mut start).map_err(|error| format!("it cannot be read: {error}"))?;
    let packed = start == [0x1f, 0x8b];
    let whole = std::io::Cursor::new(start).chain(from);
    if packed { plain(MultiGzDecoder::new(whole), key, limits, take) } else { plain(whole, key, limits, take) }
}

fn plain<T: DeserializeOwned>(
    from: impl Read,
    key: &'static str,
    limits: Limits,
    take: &mut dyn FnMut(T) -> Result<(), String>,
) -> Result<(), String> {
    let problem = RefCell::new(None);
    let bounded = Bounded { from, left: limits.bytes, most: limits.bytes };
    let mut reader = serde_json::Deserializer::from_reader(BufReader::with_capacity(64 << 10, bounded));
    let state = State { key, limits, take: RefCell::new(take), problem: &problem, count: RefCell::new(0) };
    let outcome = File(&state).deserialize(&mut reader).and_then(|found| reader.end().map(|()| found));
    if let Some(problem) = problem.take() {
        return Err(problem);
    }
    match outcome {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!("it has no list `{key}`")),
        Err(error) if error.is_eof() => Err("it ends too early".into()),
        Err(error) if error.is_io() => Err(format!("it cannot be unpacked: {error}")),
        Err(error) => {
            Err(format!("it is no JSON with a list `{key}`, at line {} column {}", error.line(), error.column()))
        }
    }
}

/// Reads no more than is left, then fails: a file that goes on is a bomb, not a short file.
struct Bounded<R> {
    from: R,
    left: u64,
    most: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(into)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| std::io::Error::other(format!("it has more than {} bytes", self.most)))?;
        Ok(count)
    }
}

struct State<'a, T> {
    key: &'static str,
    limits: Limits,
    take: RefCell<&'a mut dyn FnMut(T) -> Result<(), String>>,
    problem: &'a RefCell<Option<String>>,
    count: RefCell<usize>,
}

impl<T> State<'_, T> {
    fn taken(&self, item: T) -> bool {
        *self.count.borrow_mut() += 1;
        let outcome = if *self.count.borrow() > self.limits.items {
            Err(format!("it has more than {} {}s", self.limits.items, self.limits.what))
        } else {
            (self.take.borrow_mut())(item)
        };
        match outcome {
            Ok(()) => true,
            Err(problem) => {
                *self.problem.borrow_mut() = Some(problem);
                false
            }
        }
    }
}

/// The file's object; gives whether the list was there.
struct File<'s, 'a, T>(&'s State<'a, T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for File<'_, '_, T> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for File<'_, '_, T> {
    type Value = bool;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.0.key)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.0.key {
                map.next_value_seed(Items(self.0, PhantomData))?;
                found = true;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

struct Items<'s, 'a, T>(&'s State<'a, T>, PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Items<'_, '_, T> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Items<'_, '_, T> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}s", self.0.limits.what)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element::<T>()? {
            if !self.0.taken(item) {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
