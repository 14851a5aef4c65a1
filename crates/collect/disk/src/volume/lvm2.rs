//! The logical volume manager of Linux, format `lvm2`, by its on-disk structures and `lvmsystemid(7)`, `vgcfgbackup(8)`:
//! a label in one of the first four sectors of a physical volume, areas of metadata that hold a text, and segments of
//! logical volumes in extents. Linear and striped segments are read, and the first copy of mirrors; others are named.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Found, SECTOR, Volume};
use crate::{
    bytes::{le32, le64, part},
    crc::crc32,
    fault::{Fault, Result},
    source::{Source, bytes_at, within},
};

/// What LVM's checksums start from.
const CRC_START: u32 = 0xf597_a6cf;
/// Bytes of a text; LVM's own default area is 1 MiB.
const TEXT_MAX: u64 = 16 << 20;
/// Braces within braces in a text; LVM nests three deep.
const DEPTH_MAX: usize = 8;
/// Values in a text.
const VALUES_MAX: usize = 1 << 20;
/// Logical volumes that refer to one another (copies of mirrors).
const REFER_MAX: usize = 4;
/// Header of an area, before the text.
const AREA_HEADER: u64 = 512;

/// A value of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Number(i64),
    Text(String),
    List(Vec<Value>),
    Section(BTreeMap<String, Value>),
}

impl Value {
    fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Section(map) => map.get(key),
            _ => None,
        }
    }

    fn section(&self, key: &str) -> Option<&BTreeMap<String, Value>> {
        match self.get(key) {
            Some(Self::Section(map)) => Some(map),
            _ => None,
        }
    }

    fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Self::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn number(&self, key: &str) -> Option<u64> {
        match self.get(key) {
            Some(Self::Number(number)) => u64::try_from(*number).ok(),
            _ => None,
        }
    }

    fn list(&self, key: &str) -> &[Value] {
        match self.get(key) {
            Some(Self::List(list)) => list,
            _ => &[],
        }
    }
}

/// Reads the text of a volume group.
struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    values: usize,
}

impl Parser<'_> {
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at)? {
                b' ' | b'\t' | b'\n' | b'\r' | 0 => self.at += 1,
                b'#' => {
                    let rest = self.bytes.get(self.at..)?;
                    self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                }
                byte => return Some(*byte),
            }
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn wrong<T>(&self, what: &str) -> Result<T> {
        Err(Fault::Damaged(format!("LVM metadata: {what} expected at byte {}", self.at)))
    }

    fn word(&mut self) -> Result<String> {
        self.peek();
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.+/:".contains(byte);
        let len = rest.iter().position(|byte| !is_word(byte)).unwrap_or(rest.len());
        if len == 0 {
            return self.wrong("a name");
        }
        self.at += len;
        Ok(String::from_utf8_lossy(rest.get(..len).unwrap_or_default()).into_owned())
    }

    fn value(&mut self) -> Result<Value> {
        self.values += 1;
        if self.values > VALUES_MAX {
            return Err(Fault::Limit { what: "values in LVM metadata", most: VALUES_MAX as u64 });
        }
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                let mut out = Vec::new();
                loop {
                    let Some(byte) = self.bytes.get(self.at) else { return self.wrong("the end of a string") };
                    self.at += 1;
                    match byte {
                        b'"' => return Ok(Value::Text(String::from_utf8_lossy(&out).into_owned())),
                        b'\\' => {
                            out.extend(self.bytes.get(self.at));
                            self.at += 1;
                        }
                        byte => out.push(*byte),
                    }
                }
            }
            Some(b'[') => {
                self.at += 1;
                let mut out = Vec::new();
                while !self.eat(b']') {
                    // No list of LVM holds a list.
                    if self.peek() == Some(b'[') {
                        return self.wrong("a value");
                    }
                    out.push(self.value()?);
                    if !self.eat(b',') && self.peek() != Some(b']') {
                        return self.wrong("`,` or `]`");
                    }
                }
                Ok(Value::List(out))
            }
            _ => {
                let word = self.word()?;
                Ok(word.parse().map_or(Value::Text(word), Value::Number))
            }
        }
    }

    fn section(&mut self, depth: usize) -> Result<BTreeMap<String, Value>> {
        if depth > DEPTH_MAX {
            return Err(Fault::Limit { what: "levels of LVM metadata", most: DEPTH_MAX as u64 });
        }
        let mut out = BTreeMap::new();
        loop {
            match self.peek() {
                None if depth == 0 => return Ok(out),
                Some(b'}') if depth > 0 => {
                    self.at += 1;
                    return Ok(out);
                }
                None => return self.wrong("`}`"),
                Some(_) => {}
            }
            let name = self.word()?;
            let value = match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    Value::Section(self.section(depth + 1)?)
                }
                Some(b'=') => {
                    self.at += 1;
                    self.value()?
                }
                _ => return self.wrong("`=` or `{`"),
            };
            out.insert(name, value);
        }
    }
}

/// Reads a text whole.
fn parse(text: &[u8]) -> Result<Value> {
    Parser { bytes: text, at: 0, values: 0 }.section(0).map(Value::Section)
}

/// Parses bytes for fuzzing; gives how much was kept.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn parse_size(text: &[u8]) -> usize {
    parse(text).map_or(0, |value| format!("{value:?}").len())
}

/// What the label of a physical volume says.
struct Label {
    /// 32 characters, without the hyphens of the text.
    id: String,
    /// Where texts are kept: offset and length.
    areas: Vec<(u64, u64)>,
}

/// The label; none where this is no physical volume.
fn label(source: &dyn Source) -> Result<Option<Label>> {
    for sector in 0..4 {
        let Ok(bytes) = bytes_at(source, sector * SECTOR, 512) else { return Ok(None) };
        if !bytes.starts_with(b"LABELONE") || part(&bytes, 24, 8) != Some(b"LVM2 001") {
            continue;
        }
        if crc32(CRC_START, bytes.get(20..).unwrap_or_default()) != le32(&bytes, 16) {
            return Err(Fault::damaged("the checksum of the LVM label is wrong"));
        }
        let start = usize::try_from(le32(&bytes, 20)).unwrap_or(usize::MAX);
        let Some(id) = part(&bytes, start, 32) else {
            return Err(Fault::damaged("the LVM label leads beyond its sector"));
        };
        // After id and size: two lists of (offset, length), each ended by zeros. The first is of data.
        let mut at = start.saturating_add(40);
        let mut lists: [Vec<(u64, u64)>; 2] = Default::default();
        for list in &mut lists {
            while let Some(entry) = part(&bytes, at, 16) {
                at = at.saturating_add(16);
                if le64(entry, 0) == 0 {
                    break;
                }
                list.push((le64(entry, 0), le64(entry, 8)));
            }
        }
        let [_, areas] = lists;
        return Ok(Some(Label { id: String::from_utf8_lossy(id).into_owned(), areas }));
    }
    Ok(None)
}

/// Whether this is a physical volume, sound or not.
fn is_physical(source: &dyn Source) -> bool {
    (0..4).any(|sector| {
        bytes_at(source, sector * SECTOR, 32)
            .is_ok_and(|bytes| bytes.starts_with(b"LABELONE") && bytes.ends_with(b"LVM2 001"))
    })
}

/// The newest text of an area; none where it holds none.
fn area_text(source: &dyn Source, at: u64, len: u64) -> Result<Option<Vec<u8>>> {
    let header = bytes_at(source, at, 512)?;
    if part(&header, 4, 16) != Some(b" LVM2 x[5A%r0N*>") {
        return Err(Fault::damaged("an area of LVM metadata does not begin as one"));
    }
    if crc32(CRC_START, header.get(4..).unwrap_or_default()) != le32(&header, 0) {
        return Err(Fault::damaged("the checksum of an area of LVM metadata is wrong"));
    }
    let (text_at, text_len, crc, flags) = (le64(&header, 40), le64(&header, 48), le32(&header, 56), le32(&header, 60));
    if text_at == 0 || text_len == 0 || flags & 1 == 1 {
        return Ok(None);
    }
    if text_len > TEXT_MAX {
        return Err(Fault::Limit { what: "bytes of LVM metadata", most: TEXT_MAX });
    }
    within(len, 0, text_at)?;
    within(len, 0, text_len)?;
    // The area is a ring behind its header.
    let first = text_len.min(len - text_at);
    let mut text = bytes_at(source, at + text_at, usize::try_from(first).unwrap_or(usize::MAX))?;
    if first < text_len {
        let rest = usize::try_from(text_len - first).unwrap_or(usize::MAX);
        text.extend(bytes_at(source, at + AREA_HEADER, rest)?);
    }
    if crc32(CRC_START, &text) != crc {
        return Err(Fault::damaged("the checksum of the LVM metadata is wrong"));
    }
    Ok(Some(text))
}

/// A source, and the byte of it where something begins.
type Place = (Arc<dyn Source>, u64);

/// One run of a logical volume.
struct Segment {
    /// In bytes, within the logical volume.
    start: u64,
    len: u64,
    /// Bytes of a stripe; all of it where there is but one.
    stripe: u64,
    /// What each stripe lies on, and from which byte.
    on: Vec<Place>,
}

/// A logical volume.
struct Logical {
    len: u64,
    /// By start, without gaps.
    segments: Vec<Segment>,
}

impl Source for Logical {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        within(self.len, offset, buf.len() as u64)?;
        let (mut offset, mut buf) = (offset, buf);
        while !buf.is_empty() {
            let at = self.segments.partition_point(|segment| segment.start <= offset);
            let segment = at.checked_sub(1).and_then(|at| self.segments.get(at));
            let segment = segment.filter(|segment| offset - segment.start < segment.len);
            let segment = segment.ok_or_else(|| Fault::damaged("a gap in a logical volume"))?;
            let inside = offset - segment.start;
            let rest = segment.len - inside;
            let (stripe, within_stripe) = (inside / segment.stripe, inside % segment.stripe);
            let count = segment.on.len().max(1) as u64;
            let (source, base) = usize::try_from(stripe % count)
                .ok()
                .and_then(|at| segment.on.get(at))
                .ok_or_else(|| Fault::damaged("a segment without a place"))?;
            let len = rest.min(segment.stripe - within_stripe).min(buf.len() as u64);
            let (now, later) = buf.split_at_mut(usize::try_from(len).unwrap_or(usize::MAX));
            source.read_at(base + stripe / count * segment.stripe + within_stripe, now)?;
            offset += len;
            buf = later;
        }
        Ok(())
    }
}

/// A volume group as its newest text says, and the physical volumes of it that are here.
struct Group<'a> {
    text: &'a Value,
    /// Bytes of an extent.
    extent: u64,
    /// Names in the text to the bytes, and where extents begin.
    physical: BTreeMap<&'a str, Place>,
}

impl Group<'_> {
    fn logical(&self, name: &str, depth: usize) -> Result<Logical> {
        if depth > REFER_MAX {
            return Err(Fault::Limit { what: "logical volumes one in the other", most: REFER_MAX as u64 });
        }
        let logical = self.text.section("logical_volumes").and_then(|all| all.get(name));
        let Some(logical) = logical else {
            return Err(Fault::Damaged(format!("logical volume `{name}` is not in the metadata")));
        };
        let bytes = |extents: u64| {
            extents.checked_mul(self.extent).ok_or_else(|| Fault::damaged("a logical volume larger than any disk"))
        };
        let mut segments = Vec::new();
        let count = logical.number("segment_count").unwrap_or(0);
        for number in 1..=count.min(VALUES_MAX as u64) {
            let Some(segment) = logical.get(&format!("segment{number}")) else {
                return Err(Fault::Damaged(format!("segment {number} of logical volume `{name}` is missing")));
            };
            let start = bytes(segment.number("start_extent").unwrap_or(0))?;
            let len = bytes(segment.number("extent_count").unwrap_or(0))?;
            let (stripe, on) = match segment.text("type").unwrap_or("") {
                "striped" | "linear" => self.stripes(segment, len)?,
                // All copies hold the same bytes.
                "mirror" | "raid1" => (len, vec![(self.copy(segment, depth)?, start)]),
                kind => {
                    return Err(Fault::Unsupported(format!(
                        "logical volume `{name}` has segments of the type `{kind}`, which are not read here"
                    )));
                }
            };
            if stripe == 0 || len == 0 {
                return Err(Fault::Damaged(format!("segment {number} of logical volume `{name}` has no length")));
            }
            segments.push(Segment { start, len, stripe, on });
        }
        segments.sort_by_key(|segment| segment.start);
        let mut end = 0u64;
        for segment in &segments {
            if segment.start != end {
                return Err(Fault::Damaged(format!(
                    "the segments of logical volume `{name}` do not follow each other"
                )));
            }
            end = end.checked_add(segment.len).ok_or_else(|| Fault::damaged("a logical volume without an end"))?;
        }
        if end == 0 {
            return Err(Fault::Damaged(format!("logical volume `{name}` has no segments")));
        }
        Ok(Logical { len: end, segments })
    }

    /// Pairs of a physical volume's name and its first extent.
    fn stripes(&self, segment: &Value, len: u64) -> Result<(u64, Vec<Place>)> {
        let mut on = Vec::new();
        let mut rest = segment.list("stripes").iter();
        while let (Some(Value::Text(name)), Some(Value::Number(extent))) = (rest.next(), rest.next()) {
            let Some((source, start)) = self.physical.get(name.as_str()) else {
                return Err(Fault::Damaged(format!(
                    "physical volume `{name}` is not on this disk\nhint: the group spans disks; one disk alone cannot be \
                     read"
                )));
            };
            let base = u64::try_from(*extent)
                .ok()
                .and_then(|extent| extent.checked_mul(self.extent))
                .and_then(|bytes| bytes.checked_add(*start))
                .ok_or_else(|| Fault::damaged("an extent beyond any disk"))?;
            on.push((Arc::clone(source), base));
        }
        if on.is_empty() || on.len() as u64 != segment.number("stripe_count").unwrap_or(0) {
            return Err(Fault::damaged("a segment does not have as many stripes as it says"));
        }
        if on.len() == 1 {
            return Ok((len, on));
        }
        let stripe = segment.number("stripe_size").and_then(|sectors| sectors.checked_mul(SECTOR)).unwrap_or(0);
        Ok((stripe, on))
    }

    /// The first copy that can be had of a mirror: a logical volume of its own.
    fn copy(&self, segment: &Value, depth: usize) -> Result<Arc<dyn Source>> {
        let (names, step) = match segment.text("type") {
            // Pairs of the copy's metadata and the copy.
            Some("raid1") => (segment.list("raids"), 2),
            // Pairs of the copy and its first extent.
            _ => (segment.list("mirrors"), 2),
        };
        let skip = usize::from(segment.text("type") == Some("raid1"));
        let mut last = Fault::damaged("a mirror without copies");
        for name in names.iter().skip(skip).step_by(step) {
            let Value::Text(name) = name else { continue };
            match self.logical(name, depth + 1) {
                Ok(logical) => return Ok(Arc::new(logical)),
                Err(fault) => last = fault,
            }
        }
        Err(last)
    }
}

/// Puts the logical volumes in the place of the physical ones.
pub(super) fn assemble(found: &mut Found) {
    let (physical, rest) = std::mem::take(&mut found.volumes)
        .into_iter()
        .partition::<Vec<_>, _>(|volume| is_physical(volume.source.as_ref()));
    found.volumes = rest;
    let mut here: BTreeMap<String, Arc<dyn Source>> = BTreeMap::new();
    // Name of the group to its newest text; each physical volume keeps a copy, and one that was away keeps an old one.
    let mut groups: BTreeMap<String, (u64, Value)> = BTreeMap::new();
    let mut ids_told: BTreeSet<String> = BTreeSet::new();
    for volume in &physical {
        let label = match label(volume.source.as_ref()) {
            Ok(Some(label)) => label,
            Ok(None) => continue,
            Err(fault) => {
                found.problem(&volume.name, fault.to_string(), true);
                continue;
            }
        };
        let mut any = label.areas.is_empty();
        let mut wrong = None;
        for (at, len) in label.areas {
            match area_text(volume.source.as_ref(), at, len).and_then(|text| text.map(|text| parse(&text)).transpose())
            {
                Ok(None) => any = true,
                Ok(Some(Value::Section(text))) => {
                    any = true;
                    for (name, group) in text {
                        let Some(seqno) = group.number("seqno") else { continue };
                        ids_told.extend(physical_ids(&group));
                        let known = groups.entry(name).or_insert_with(|| (seqno, group.clone()));
                        if known.0 < seqno {
                            *known = (seqno, group);
                        }
                    }
                }
                Ok(Some(_)) => {}
                Err(fault) => wrong = Some(fault),
            }
        }
        if let Some(fault) = wrong {
            found.problem(&volume.name, fault.to_string(), !any);
        }
        here.insert(label.id, Arc::clone(&volume.source));
    }
    for id in here.keys().filter(|id| !ids_told.contains(*id)) {
        found.problem("lvm", format!("physical volume {id} belongs to no group that is known on this disk"), true);
    }
    for (name, (_, text)) in &groups {
        volumes(name, text, &here, found);
    }
}

fn bare_id(id: &str) -> String {
    id.replace('-', "")
}

fn physical_ids(group: &Value) -> Vec<String> {
    let all = group.section("physical_volumes").into_iter().flatten();
    all.filter_map(|(_, physical)| physical.text("id")).map(bare_id).collect()
}

fn volumes(group_name: &str, text: &Value, here: &BTreeMap<String, Arc<dyn Source>>, found: &mut Found) {
    let extent = text.number("extent_size").and_then(|sectors| sectors.checked_mul(SECTOR)).unwrap_or(0);
    if extent == 0 {
        found.problem(group_name, "the volume group does not say how large an extent is", true);
        return;
    }
    let mut physical = BTreeMap::new();
    for (name, entry) in text.section("physical_volumes").into_iter().flatten() {
        let source = entry.text("id").and_then(|id| here.get(&bare_id(id)));
        let start = entry.number("pe_start").and_then(|sectors| sectors.checked_mul(SECTOR));
        if let (Some(source), Some(start)) = (source, start) {
            physical.insert(name.as_str(), (Arc::clone(source), start));
        }
    }
    let group = Group { text, extent, physical };
    for (name, logical) in text.section("logical_volumes").into_iter().flatten() {
        // Parts of others (copies of mirrors, pools' data) are not visible by themselves.
        let visible = logical.list("status").contains(&Value::Text("VISIBLE".into()));
        if !visible {
            continue;
        }
        let (source, unread): (Arc<dyn Source>, _) = match group.logical(name, 0) {
            Ok(logical) => (Arc::new(logical), None),
            Err(fault) => (Arc::new(Logical { len: 0, segments: Vec::new() }), Some(fault.to_string())),
        };
        found.volumes.push(Volume {
            name: format!("{group_name}/{name}"),
            scheme: "lvm",
            number: None,
            role: "logical volume".into(),
            bare: false,
            mount_hint: None,
            label: None,
            uuid: None,
            source,
            unread,
        });
    }
}
