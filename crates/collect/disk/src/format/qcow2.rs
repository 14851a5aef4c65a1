//! QEMU's copy-on-write format, versions 2 and 3, by its published specification (`docs/interop/qcow2.rst` of QEMU).
//!
//! Guest offsets are looked up in two steps: a table of tables (L1), then a table of clusters (L2). Two steps are all
//! there are, so tables that point at one another cannot make a loop. Nothing is written, so reference counts, snapshots
//! and bitmaps are not looked at.
//!
//! A disk may name other files: the one it was copied from (backing file), and one that holds its data. A file named by a
//! disk that somebody else made could be any file of this machine, so only a plain name in the directory of the disk is
//! opened, never through a symbolic link.
use std::{
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::Opened;
use crate::{
    bytes::{be32, be64, text, u8_at},
    cache::Cache,
    fault::{Fault, Result},
    source::{FileSource, Source, bytes_at, within},
};

pub(crate) const MAGIC: &[u8] = b"QFI\xfb";

/// Bytes of the first table; QEMU itself takes no more.
const L1_MAX: u64 = 32 << 20;
/// Files that may lie one behind the other.
const BACKING_MAX: usize = 8;
/// Bytes of the header with its extensions that are looked at.
const HEADER_MAX: u64 = 64 << 10;
/// Bytes of tables and of unpacked clusters that are kept, each.
const KEPT: usize = 8 << 20;
/// Bits of an entry that hold the offset in the file.
const OFFSET: u64 = 0x00ff_ffff_ffff_fe00;
/// Windows of zstd frames up to 128 MiB; clusters are at most 2 MiB, so real frames need far less.
const WINDOW_LOG_MAX: u32 = 27;

/// Bits of `incompatible_features`.
const CORRUPT: u64 = 1 << 1;
const EXTERNAL_DATA: u64 = 1 << 2;
const COMPRESSION: u64 = 1 << 3;
const EXTENDED_L2: u64 = 1 << 4;
const KNOWN: u64 = 0b1_1111;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compression {
    Zlib,
    Zstd,
}

/// What the header says, checked.
#[derive(Debug, PartialEq, Eq)]
struct Header {
    version: u32,
    cluster_bits: u32,
    size: u64,
    l1_offset: u64,
    l1_entries: u64,
    features: u64,
    compression: Compression,
    backing: Option<String>,
    backing_format: Option<String>,
    data_file: Option<String>,
}

impl Header {
    fn read(file: &dyn Source) -> Result<Self> {
        let bytes = bytes_at(file, 0, usize::try_from(file.len().min(HEADER_MAX)).unwrap_or(0))?;
        if bytes.len() < 72 {
            return Err(Fault::damaged("the qcow2 header is cut short"));
        }
        let version = be32(&bytes, 4);
        if !(2..=3).contains(&version) {
            return Err(Fault::Unsupported(format!("qcow2 version {version} is not read here, only 2 and 3")));
        }
        let cluster_bits = be32(&bytes, 20);
        if !(9..=21).contains(&cluster_bits) {
            return Err(Fault::Damaged(format!("qcow2 clusters of 2^{cluster_bits} bytes; 2^9 to 2^21 are allowed")));
        }
        match be32(&bytes, 32) {
            0 => {}
            method => {
                let name = if method == 1 { "AES" } else { "LUKS" };
                return Err(Fault::Unsupported(format!(
                    "the disk is encrypted ({name})\nhint: `qemu-img convert` it to an unencrypted copy, and scan that"
                )));
            }
        }
        let (features, header_length) =
            if version == 2 { (0, 72) } else { (be64(&bytes, 72), u64::from(be32(&bytes, 100))) };
        if features & !KNOWN != 0 {
            return Err(Fault::Unsupported(format!("qcow2 features {:#x} are not known here", features & !KNOWN)));
        }
        if version == 3 && header_length < 104 {
            return Err(Fault::Damaged(format!("a qcow2 header of {header_length} bytes; 104 are the least")));
        }
        let compression = match (features & COMPRESSION, u8_at(&bytes, 104)) {
            (0, _) | (_, 0) => Compression::Zlib,
            (_, 1) => Compression::Zstd,
            (_, other) => {
                return Err(Fault::Unsupported(format!("qcow2 compression type {other} is not known here")));
            }
        };
        let name_at = |at: u64, len: u64| -> Result<String> {
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            crate::bytes::part(&bytes, at, usize::try_from(len).unwrap_or(usize::MAX))
                .map(text)
                .ok_or_else(|| Fault::damaged("a name in the qcow2 header lies beyond it"))
        };
        let (backing_at, backing_len) = (be64(&bytes, 8), be32(&bytes, 16));
        let backing = match backing_at {
            0 => None,
            _ if backing_len > 1023 => return Err(Fault::damaged("the backing file's name has over 1023 bytes")),
            at => Some(name_at(at, u64::from(backing_len))?),
        };
        let (mut backing_format, mut data_file) = (None, None);
        // Extensions: type, length, data padded to 8 bytes; type 0 ends them. Each takes 8 bytes at least.
        let mut at = header_length;
        while at + 8 <= bytes.len() as u64 {
            let place = usize::try_from(at).unwrap_or(usize::MAX);
            let (kind, len) = (be32(&bytes, place), u64::from(be32(&bytes, place.saturating_add(4))));
            match kind {
                0 => break,
                0xe279_2aca => backing_format = Some(name_at(at + 8, len)?),
                0x4441_5441 => data_file = Some(name_at(at + 8, len)?),
                _ => {}
            }
            at += 8 + len.next_multiple_of(8);
        }
        Ok(Self {
            version,
            cluster_bits,
            size: be64(&bytes, 24),
            l1_offset: be64(&bytes, 40),
            l1_entries: u64::from(be32(&bytes, 36)),
            features,
            compression,
            backing,
            backing_format,
            data_file,
        })
    }
}

/// Where the bytes of a cluster are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nowhere: in the backing file, or zero.
    Unallocated,
    /// All zero.
    Zero,
    /// In the file, from this offset.
    At(u64),
    /// Packed, from this offset, this many bytes at most.
    Packed(u64, u64),
}

struct Qcow2 {
    file: Arc<dyn Source>,
    header: Header,
    l1: Vec<u64>,
    data: Option<FileSource>,
    backing: Option<Arc<dyn Source>>,
    tables: Cache<[u8]>,
    clusters: Cache<[u8]>,
}

/// Opens `file`, which lies at `path` and is the `depth`th of a chain.
pub(crate) fn open(path: &Path, file: Arc<dyn Source>, depth: usize) -> Result<Opened> {
    let header = Header::read(file.as_ref())?;
    let cluster = 1u64 << header.cluster_bits;
    let mut notes = Vec::new();
    if header.features & CORRUPT != 0 {
        notes.push("the disk is marked corrupt by QEMU: what is read may be wrong".to_owned());
    }
    let l1_len = header.l1_entries * 8;
    if l1_len > L1_MAX {
        return Err(Fault::Limit { what: "bytes of the qcow2 table of tables", most: L1_MAX });
    }
    if header.l1_offset % cluster != 0 {
        return Err(Fault::damaged("the qcow2 table of tables does not begin at a cluster"));
    }
    let raw = bytes_at(file.as_ref(), header.l1_offset, usize::try_from(l1_len).unwrap_or(usize::MAX))?;
    let l1: Vec<u64> = raw.chunks_exact(8).map(|entry| be64(entry, 0)).collect();
    let per_table = cluster / header.entry_len();
    let needed = header.size.div_ceil(cluster).div_ceil(per_table);
    if (l1.len() as u64) < needed {
        return Err(Fault::Damaged(format!(
            "the qcow2 table of tables has {} entries, a disk of {} bytes needs {needed}",
            l1.len(),
            header.size
        )));
    }
    let data = match (&header.data_file, header.features & EXTERNAL_DATA != 0) {
        (_, false) => None,
        (Some(name), true) => Some(beside(path, name, "data file")?.1),
        (None, true) => return Err(Fault::damaged("the disk keeps its data in another file, and does not say which")),
    };
    let backing = match &header.backing {
        None => None,
        Some(_) if depth >= BACKING_MAX => {
            return Err(Fault::Limit { what: "backing files one behind the other", most: BACKING_MAX as u64 });
        }
        Some(name) => {
            let (path, file) = beside(path, name, "backing file")?;
            let is_qcow2 = super::starts(&file, MAGIC, 0);
            // Where the format is written it counts: a guest may write what it likes to the start of a raw disk.
            match header.backing_format.as_deref() {
                Some("raw") => Some(Arc::new(file) as Arc<dyn Source>),
                Some("qcow2") | None if is_qcow2 => {
                    let opened = open(&path, Arc::new(file), depth + 1)?;
                    notes.extend(opened.notes);
                    Some(opened.source)
                }
                None => Some(Arc::new(file) as Arc<dyn Source>),
                Some(format) => {
                    return Err(Fault::Unsupported(format!("backing file `{name}` is not of the format `{format}`")));
                }
            }
        }
    };
    let size = 1usize << header.cluster_bits;
    let disk =
        Qcow2 { file, l1, data, backing, tables: Cache::new(KEPT, size), clusters: Cache::new(KEPT, size), header };
    Ok(Opened { source: Arc::new(disk), format: "qcow2", notes })
}

/// Opens a file that a disk names, if it lies beside the disk.
fn beside(disk: &Path, name: &str, role: &str) -> Result<(PathBuf, FileSource)> {
    let refused = |why: &str| {
        Fault::Unsupported(format!(
            "the disk needs its {role} `{name}`, which is not followed: {why}\nhint: put it beside the disk under its \
             plain name, or `qemu-img convert -O qcow2 FILE OUT` and scan that"
        ))
    };
    let named = Path::new(name);
    let plain = match (named.parent(), named.file_name()) {
        // An absolute name of the same directory is as good.
        (Some(parent), Some(file)) if named.is_absolute() => {
            let here = disk.parent().and_then(|here| here.canonicalize().ok());
            if here.as_deref() != Some(parent) {
                return Err(refused("it lies in another directory"));
            }
            file
        }
        (_, Some(file)) if named.as_os_str() == file => file,
        _ => return Err(refused("it is no plain name")),
    };
    let path = disk.with_file_name(plain);
    match FileSource::open(&path, false) {
        Ok(file) => Ok((path, file)),
        Err(error) => Err(refused(&error.to_string())),
    }
}

impl Header {
    /// Bytes of an entry of the second table.
    fn entry_len(&self) -> u64 {
        if self.features & EXTENDED_L2 == 0 { 8 } else { 16 }
    }
}

impl Qcow2 {
    fn cluster_len(&self) -> u64 {
        1 << self.header.cluster_bits
    }

    /// Where the guest's byte `offset` is, and how many bytes from there on are told by the same entry.
    fn place(&self, offset: u64) -> Result<(Place, u64)> {
        let cluster_len = self.cluster_len();
        let (cluster, inside) = (offset / cluster_len, offset % cluster_len);
        let per_table = cluster_len / self.header.entry_len();
        let table_at = usize::try_from(cluster / per_table).ok().and_then(|at| self.l1.get(at)).copied().unwrap_or(0);
        let table_at = table_at & OFFSET;
        let rest = cluster_len - inside;
        if table_at == 0 {
            return Ok((Place::Unallocated, rest));
        }
        if !table_at.is_multiple_of(cluster_len) {
            return Err(Fault::Damaged(format!("the qcow2 table for {offset} does not begin at a cluster")));
        }
        let table = self.tables.get(table_at, || {
            let len = usize::try_from(cluster_len).unwrap_or(usize::MAX);
            bytes_at(self.file.as_ref(), table_at, len).map(Arc::from)
        })?;
        let entry_at = usize::try_from(cluster % per_table * self.header.entry_len()).unwrap_or(usize::MAX);
        let entry = be64(&table, entry_at);
        if entry >> 62 & 1 == 1 {
            let shift = 62 - (self.header.cluster_bits - 8);
            let at = entry & ((1 << shift) - 1);
            let sectors = (entry >> shift) & ((1 << (self.header.cluster_bits - 8)) - 1);
            return Ok((Place::Packed(at, (sectors + 1) * 512 - (at & 511)), rest));
        }
        let host = entry & OFFSET;
        // In a file that holds nothing but data the first cluster may lie at 0; the uppermost bit then says so.
        let allocated = host != 0 || (self.data.is_some() && entry >> 63 == 1);
        if allocated && !host.is_multiple_of(cluster_len) {
            return Err(Fault::Damaged(format!("the qcow2 cluster for {offset} does not begin at a cluster")));
        }
        if self.header.features & EXTENDED_L2 != 0 {
            let map = be64(&table, entry_at.saturating_add(8));
            let sub_len = cluster_len / 32;
            let sub = inside / sub_len;
            let rest = sub_len - inside % sub_len;
            let place = match (map >> sub & 1, map >> (sub + 32) & 1) {
                (_, 1) => Place::Zero,
                (1, _) => Place::At(host + inside),
                _ => Place::Unallocated,
            };
            return Ok((place, rest));
        }
        let place = match (self.header.version >= 3 && entry & 1 == 1, allocated) {
            (true, _) => Place::Zero,
            (_, true) => Place::At(host + inside),
            _ => Place::Unallocated,
        };
        Ok((place, rest))
    }

    fn unpacked(&self, at: u64, len: u64) -> Result<Arc<[u8]>> {
        self.clusters.get(at, || {
            // The length counts whole sectors, which may reach beyond the end of the file.
            let len = len.min(self.file.len().saturating_sub(at));
            let packed = bytes_at(self.file.as_ref(), at, usize::try_from(len).unwrap_or(usize::MAX))?;
            let mut out = vec![0; usize::try_from(self.cluster_len()).unwrap_or(usize::MAX)];
            let read = match self.header.compression {
                Compression::Zlib => flate2::read::DeflateDecoder::new(packed.as_slice()).read_exact(&mut out),
                Compression::Zstd => zstd::stream::read::Decoder::with_buffer(packed.as_slice()).and_then(|decoder| {
                    let mut decoder = decoder.single_frame();
                    decoder.window_log_max(WINDOW_LOG_MAX)?;
                    decoder.read_exact(&mut out)
                }),
            };
            read.map_err(|error| {
                Fault::Damaged(format!("the packed qcow2 cluster at {at} cannot be unpacked: {error}"))
            })?;
            Ok(Arc::from(out))
        })
    }

    fn part_read(&self, place: Place, offset: u64, buf: &mut [u8]) -> Result<()> {
        match place {
            Place::Zero => buf.fill(0),
            Place::Unallocated => match &self.backing {
                None => buf.fill(0),
                // A disk may have grown over the one it was copied from.
                Some(backing) => {
                    let there = backing.len().saturating_sub(offset).min(buf.len() as u64);
                    let (inside, beyond) = buf.split_at_mut(usize::try_from(there).unwrap_or(0));
                    beyond.fill(0);
                    if !inside.is_empty() {
                        backing.read_at(offset, inside)?;
                    }
                }
            },
            Place::At(at) => match &self.data {
                Some(data) => data.read_at(at, buf)?,
                None => self.file.read_at(at, buf)?,
            },
            Place::Packed(at, len) => {
                let cluster = self.unpacked(at, len)?;
                let inside = usize::try_from(offset % self.cluster_len()).unwrap_or(usize::MAX);
                let part = crate::bytes::part(&cluster, inside, buf.len());
                buf.copy_from_slice(part.ok_or_else(|| Fault::damaged("a packed cluster is too short"))?);
            }
        }
        Ok(())
    }
}

impl Source for Qcow2 {
    fn len(&self) -> u64 {
        self.header.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        within(self.header.size, offset, buf.len() as u64)?;
        let (mut offset, mut buf) = (offset, buf);
        while !buf.is_empty() {
            let (place, rest) = self.place(offset)?;
            let len = usize::try_from(rest).unwrap_or(usize::MAX).min(buf.len());
            let (now, later) = buf.split_at_mut(len);
            self.part_read(place, offset, now)?;
            offset += len as u64;
            buf = later;
        }
        Ok(())
    }
}
