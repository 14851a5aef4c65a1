//! What the readers of languages' packages share: how packages are gathered, and how JSON, TOML and YAML that others wrote
//! are taken without one odd entry spoiling the rest.
use std::{collections::BTreeSet, fmt, marker::PhantomData};

use casemate_estate::{Location, Package, PackageType, Problem};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

use super::{package, problem, text};
use crate::{Body, Entry, Facts};

/// Bytes of a lock file or manifest; those of the largest repositories have some MiB.
pub(super) const LOCK_MAX: u64 = 64 << 20;
/// Bytes of the metadata of one installed package; a long description is part of some.
pub(super) const METADATA_MAX: u64 = 8 << 20;
/// Bytes of a name or version; registries allow at most 214 or so.
const WORD_MAX: usize = 512;
/// Problems that are told of one file; the rest are counted.
const PROBLEMS_MAX: usize = 8;

/// The packages of one kind that one file proves.
pub(super) struct Libraries<'a> {
    entry: &'a Entry,
    kind: PackageType,
    /// The file, or the archive within it, that is being read.
    place: String,
    facts: Facts,
    untold: usize,
    untold_incomplete: bool,
}

impl<'a> Libraries<'a> {
    pub(super) fn new(entry: &'a Entry, kind: PackageType) -> Self {
        let place = entry.path.clone();
        Self { entry, kind, place, facts: Facts::default(), untold: 0, untold_incomplete: false }
    }

    /// Where the next package lies: the file itself, or `FILE!/WITHIN`.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) fn place_set(&mut self, place: String) {
        self.place = place;
    }

    /// One package. `name` as its ecosystem writes it, with scope or vendor; what cannot be a name is a problem, what
    /// cannot be a version leaves the version empty.
    pub(super) fn add(&mut self, name: &str, version: &str, dev: bool) {
        let (namespace, name) = split(self.kind, name.trim());
        self.add_in(namespace, name, version, dev);
    }

    /// As [`Self::add`], with the namespace known.
    pub(super) fn add_in(&mut self, namespace: Option<&str>, name: &str, version: &str, dev: bool) {
        let namespace = namespace.map(str::trim).filter(|namespace| !namespace.is_empty());
        let (name, version) = (name.trim(), version.trim());
        if name.is_empty() || !wordlike(name) || namespace.is_some_and(|namespace| !wordlike(namespace)) {
            self.problem(format!("an entry has no name that could be a package's: `{}`", shown(name)), true);
            return;
        }
        let good = if wordlike(version) { version } else { "" };
        if good.is_empty() {
            // What stands there may be an address with a password in it: it is not repeated.
            let why = if version.is_empty() { "has no version" } else { "has a version that cannot be one" };
            self.problem(format!("package `{}` {why}", shown(name)), false);
        }
        let mut found = package(self.entry, self.kind, name, good);
        found.namespace = namespace.map(str::to_owned);
        found.dev = dev;
        found.locations = BTreeSet::from([Location { path: self.place.clone(), layer: None }]);
        if self.kind == PackageType::Pypi {
            found.name = pypi(&found.name);
        }
        self.facts.packages.push(found);
    }

    /// Something that could not be understood.
    pub(super) fn problem(&mut self, reason: impl Into<String>, incomplete: bool) {
        if self.facts.problems.len() < PROBLEMS_MAX {
            self.facts.problems.push(Problem { path: self.place.clone(), reason: reason.into(), incomplete });
        } else {
            self.untold += 1;
            self.untold_incomplete |= incomplete;
        }
    }

    /// All of it, each package once; needed to run outweighs needed to build.
    pub(super) fn done(mut self) -> Facts {
        if self.untold > 0 {
            let reason = format!("and {} more problems of this file", self.untold);
            self.facts.problems.push(problem(self.entry, reason, self.untold_incomplete));
        }
        let same =
            |a: &Package, b: &Package| (&a.namespace, &a.name, &a.version) == (&b.namespace, &b.name, &b.version);
        // `false` sorts before `true`, so that of two the one needed to run stays.
        self.facts.packages.sort_by(|a, b| {
            (&a.namespace, &a.name, &a.version, a.dev).cmp(&(&b.namespace, &b.name, &b.version, b.dev))
        });
        self.facts.packages.dedup_by(|later, earlier| {
            let twice = same(later, earlier);
            if twice {
                earlier.locations.append(&mut later.locations);
            }
            twice
        });
        self.facts
    }
}

/// Parts the namespace from a name: the scope of npm, the vendor of Composer, the group of Maven. The path of
/// a Go module is its name.
fn split(kind: PackageType, name: &str) -> (Option<&str>, &str) {
    let parts = match kind {
        PackageType::Npm if name.starts_with('@') => name.split_once('/'),
        PackageType::Composer => name.split_once('/'),
        PackageType::Maven => name.split_once(':'),
        _ => None,
    };
    parts.map_or((None, name), |(namespace, name)| (Some(namespace), name))
}

/// The name that the index knows a Python package by (PyPA, "Names and normalization", PEP 503): lower case, runs of `-`,
/// `_` and `.` are one `-`. Without it a lock file and what it installed would be two packages.
pub(super) fn pypi(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '.' if out.ends_with('-') => {}
            '-' | '_' | '.' => out.push('-'),
            c => out.push(c.to_ascii_lowercase()),
        }
    }
    out
}

/// Whether it may be a name or version: short, without white space and control characters, and no address, which may hold
/// a password.
fn wordlike(word: &str) -> bool {
    word.len() <= WORD_MAX && !word.chars().any(|c| c.is_control() || c.is_whitespace()) && !word.contains("://")
}

/// The start of a text that may be anything.
pub(super) fn shown(text: &str) -> String {
    let end = text.find("://").unwrap_or(text.len());
    text.chars().take(60.min(end)).filter(|c| !c.is_control()).collect()
}

/// Which of `edges.len()` nodes can be reached from `roots`.
pub(super) fn reached(roots: impl IntoIterator<Item = usize>, edges: &[Vec<usize>]) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut waiting: Vec<usize> = roots.into_iter().collect();
    while let Some(node) = waiting.pop() {
        if let Some(flag) = seen.get_mut(node).filter(|flag| !**flag) {
            *flag = true;
            waiting.extend(edges.get(node).into_iter().flatten());
        }
    }
    seen
}

/// The file as JSON.
pub(super) fn json<T: DeserializeOwned>(entry: &Entry, body: &mut dyn Body, most: u64) -> Result<T, Facts> {
    let text = text(entry, body, most)?;
    serde_json::from_str(&text).map_err(|why| json_failed(entry, &why))
}

/// Messages about data quote what they met, which may be a secret: only the place is told then.
pub(super) fn json_failed(entry: &Entry, why: &serde_json::Error) -> Facts {
    use serde_json::error::Category;
    let (line, column) = (why.line(), why.column());
    let (reason, incomplete) = match why.classify() {
        Category::Eof => (format!("it ends in the middle, at line {line}: packages may be missing"), true),
        Category::Data => (format!("line {line}, column {column}: a field is not what the format has there"), false),
        Category::Syntax | Category::Io => (format!("it is no JSON: {why}"), false),
    };
    Facts::failed(problem(entry, reason, incomplete))
}

/// The file as TOML.
pub(super) fn toml<T: DeserializeOwned>(entry: &Entry, body: &mut dyn Body, most: u64) -> Result<T, Facts> {
    let text = text(entry, body, most)?;
    toml::from_str(&text).map_err(|why| {
        let at = why.span().map_or(0, |span| span.start);
        let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
        let cut = at + 1 >= text.trim_end().len();
        let reason = if cut {
            format!("it ends in the middle, at line {line}: packages may be missing")
        } else {
            format!("line {line}: it is no TOML, or a field is not what the format has there")
        };
        Facts::failed(problem(entry, reason, cut))
    })
}

/// The file as YAML.
pub(super) fn yaml<T: DeserializeOwned>(entry: &Entry, text: &str) -> Result<T, Facts> {
    serde_yaml_ng::from_str(text).map_err(|why| {
        let line = why.location().map_or(0, |at| at.line());
        let reason = format!("line {line}: it is no YAML, or a field is not what the format has there");
        Facts::failed(problem(entry, reason, false))
    })
}

/// A text, where it is one; anything else is none and spoils nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Word(pub(super) Option<String>);

impl Word {
    pub(super) fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }

    pub(super) fn or_empty(&self) -> &str {
        self.get().unwrap_or_default()
    }
}

/// A yes or no, where it is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flag(pub(super) Option<bool>);

impl Flag {
    pub(super) fn is_set(self) -> bool {
        self.0 == Some(true)
    }
}

/// An object, where it is one.
#[derive(Debug, Clone)]
pub(super) struct Object<T>(pub(super) Option<T>);

impl<T> Default for Object<T> {
    fn default() -> Self {
        Self(None)
    }
}

/// The elements of a list, where it is one.
#[derive(Debug, Clone)]
pub(super) struct List<T>(pub(super) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// The fields of an object in their order, where it is one; a name that comes twice is there twice.
#[derive(Debug, Clone)]
pub(super) struct Fields<T>(pub(super) Vec<(String, T)>);

impl<T> Default for Fields<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// What a value is, whichever it is.
enum Any<T> {
    Text(String),
    Truth(bool),
    Object(T),
    Other,
}

struct AnyVisitor<T>(PhantomData<T>);

/// Takes whatever comes.
impl<'de, T: Deserialize<'de>> Visitor<'de> for AnyVisitor<T> {
    type Value = Any<T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }
    fn visit_bool<E>(self, truth: bool) -> Result<Any<T>, E> {
        Ok(Any::Truth(truth))
    }
    fn visit_i64<E>(self, _: i64) -> Result<Any<T>, E> {
        Ok(Any::Other)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Any<T>, E> {
        Ok(Any::Other)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Any<T>, E> {
        Ok(Any::Other)
    }
    fn visit_unit<E>(self) -> Result<Any<T>, E> {
        Ok(Any::Other)
    }
    fn visit_str<E>(self, text: &str) -> Result<Any<T>, E> {
        Ok(Any::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Any<T>, E> {
        Ok(Any::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Any<T>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Any::Other)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Any<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Any::Object)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match from.deserialize_any(AnyVisitor::<IgnoredAny>(PhantomData))? {
            Any::Text(text) => Self(Some(text)),
            _ => Self(None),
        })
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match from.deserialize_any(AnyVisitor::<IgnoredAny>(PhantomData))? {
            Any::Truth(truth) => Self(Some(truth)),
            _ => Self(None),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match from.deserialize_any(AnyVisitor::<T>(PhantomData))? {
            Any::Object(object) => Self(Some(object)),
            _ => Self(None),
        })
    }
}

struct ManyVisitor<T>(PhantomData<T>);

/// Both shapes of many; what is neither is empty.
enum Many<T> {
    List(Vec<T>),
    Fields(Vec<(String, T)>),
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ManyVisitor<T> {
    type Value = Many<T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }
    fn visit_bool<E>(self, _: bool) -> Result<Many<T>, E> {
        Ok(Many::List(Vec::new()))
    }
    fn visit_i64<E>(self, _: i64) -> Result<Many<T>, E> {
        Ok(Many::List(Vec::new()))
    }
    fn visit_u64<E>(self, _: u64) -> Result<Many<T>, E> {
        Ok(Many::List(Vec::new()))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Many<T>, E> {
        Ok(Many::List(Vec::new()))
    }
    fn visit_unit<E>(self) -> Result<Many<T>, E> {
        Ok(Many::List(Vec::new()))
    }
    fn visit_str<E>(self, _: &str) -> Result<Many<T>, E> {
        Ok(Many::List(Vec::new()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Many<T>, A::Error> {
        let mut out = Vec::new();
        while let Some(element) = seq.next_element()? {
            out.push(element);
        }
        Ok(Many::List(out))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Many<T>, A::Error> {
        let mut out = Vec::new();
        while let Some(field) = map.next_entry()? {
            out.push(field);
        }
        Ok(Many::Fields(out))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match from.deserialize_any(ManyVisitor(PhantomData))? {
            Many::List(list) => Self(list),
            Many::Fields(_) => Self(Vec::new()),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fields<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match from.deserialize_any(ManyVisitor(PhantomData))? {
            Many::Fields(fields) => Self(fields),
            Many::List(_) => Self(Vec::new()),
        })
    }
}

/// Keys of the packages, with ` dev` after those needed to build only.
#[cfg(test)]
pub(super) fn listed(facts: &Facts) -> Vec<String> {
    let of = |package: &Package| format!("{}{}", package.key(), if package.dev { " dev" } else { "" });
    facts.packages.iter().map(of).collect()
}
