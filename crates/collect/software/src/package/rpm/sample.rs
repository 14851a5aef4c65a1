//! Small databases as rpm and Berkeley DB lay them out, for tests and fuzzers.
#![allow(clippy::indexing_slicing, reason = "made here, in known sizes; it ends loudly where it is wrong")]
#![allow(clippy::cast_possible_truncation, reason = "small numbers")]
use super::header;

/// Tags of a header as rpm lays them out.
#[derive(Default)]
pub(crate) struct Draft {
    index: Vec<[u32; 4]>,
    data: Vec<u8>,
}

impl Draft {
    pub(super) fn add(mut self, tag: u32, kind: u32, count: usize, bytes: &[u8]) -> Self {
        self.index.push([tag, kind, self.data.len() as u32, count as u32]);
        self.data.extend_from_slice(bytes);
        self
    }

    pub(super) fn string(self, tag: u32, text: &str) -> Self {
        self.add(tag, 6, 1, format!("{text}\0").as_bytes())
    }

    pub(super) fn strings(self, tag: u32, all: &[&str]) -> Self {
        let bytes: String = all.iter().map(|text| format!("{text}\0")).collect();
        self.add(tag, 8, all.len(), bytes.as_bytes())
    }

    pub(super) fn numbers(self, tag: u32, all: &[u32]) -> Self {
        let bytes: Vec<u8> = all.iter().flat_map(|number| number.to_be_bytes()).collect();
        self.add(tag, 4, all.len(), &bytes)
    }

    pub(crate) fn blob(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend((self.index.len() as u32).to_be_bytes());
        out.extend((self.data.len() as u32).to_be_bytes());
        out.extend(self.index.iter().flatten().flat_map(|number| number.to_be_bytes()));
        out.extend(&self.data);
        out
    }
}

pub(crate) fn named(name: &str) -> Draft {
    Draft::default().string(header::NAME, name).string(header::VERSION, "1.2").string(header::RELEASE, "3.el9")
}

/// The same with an epoch and two files.
pub(crate) fn filed(name: &str) -> Draft {
    named(name)
        .numbers(header::EPOCH, &[1])
        .numbers(1116, &[0, 1])
        .strings(1117, &["x", "libx.so.1"])
        .strings(1118, &["/usr/bin/", "/usr/lib64/"])
}

/// A `Packages.db` of these blobs, as rpm's ndb lays it out.
pub(crate) fn ndb(blobs: &[Vec<u8>]) -> Vec<u8> {
    let pages = (blobs.len() + 2) / 256 + 1;
    let mut out = vec![0_u8; pages * 4096];
    out[..4].copy_from_slice(b"RpmP");
    out[12..16].copy_from_slice(&(pages as u32).to_le_bytes());
    out[16..20].copy_from_slice(&(blobs.len() as u32 + 1).to_le_bytes());
    for slot in 2..pages * 256 {
        out[slot * 16..][..4].copy_from_slice(b"Slot");
    }
    for (at, blob) in blobs.iter().enumerate() {
        let (index, offset) = (at as u32 + 1, out.len() as u32 / 16);
        let mut room = Vec::from(&b"BlbS"[..]);
        for number in [index, 7, blob.len() as u32] {
            room.extend(number.to_le_bytes());
        }
        room.extend(blob);
        // The end, whose sum is not looked at, fills the last block.
        room.resize((room.len() + 12).div_ceil(16) * 16, 0);
        let slot = &mut out[(at + 2) * 16..][..16];
        for (place, number) in [index, offset, room.len() as u32 / 16].into_iter().enumerate() {
            slot[4 + place * 4..][..4].copy_from_slice(&number.to_le_bytes());
        }
        out.extend(room);
    }
    out
}

/// A `Packages` of these blobs as Berkeley DB lays it out: one page of the hash a blob, long ones on overflow pages.
pub(crate) fn bdb(blobs: &[Vec<u8>], big: bool) -> Vec<u8> {
    const PAGE: usize = 512;
    let u16_of = |number: usize| if big { (number as u16).to_be_bytes() } else { (number as u16).to_le_bytes() };
    let u32_of = |number: usize| if big { (number as u32).to_be_bytes() } else { (number as u32).to_le_bytes() };
    let mut pages: Vec<Vec<u8>> = vec![vec![0; PAGE]];
    for (at, blob) in blobs.iter().enumerate() {
        let number = pages.len();
        let value = if blob.len() < 200 {
            [&[1], blob.as_slice()].concat()
        } else {
            [&[3, 0, 0, 0][..], &u32_of(number + 1), &u32_of(blob.len())].concat()
        };
        let mut page = vec![0; PAGE];
        page[25] = 13;
        page[20..22].copy_from_slice(&u16_of(2));
        let key = PAGE - 5;
        page[key] = 1;
        page[key + 1..].copy_from_slice(&u32_of(at + 1));
        let start = key - value.len();
        page[start..key].copy_from_slice(&value);
        page[26..28].copy_from_slice(&u16_of(key));
        page[28..30].copy_from_slice(&u16_of(start));
        pages.push(page);
        if blob.len() >= 200 {
            let chunks: Vec<&[u8]> = blob.chunks(PAGE - 26).collect();
            for (place, chunk) in chunks.iter().enumerate() {
                let mut page = vec![0; PAGE];
                page[25] = 7;
                let next = if place + 1 < chunks.len() { pages.len() + 1 } else { 0 };
                page[16..20].copy_from_slice(&u32_of(next));
                page[22..24].copy_from_slice(&u16_of(chunk.len()));
                page[26..26 + chunk.len()].copy_from_slice(chunk);
                pages.push(page);
            }
        }
    }
    let last = pages.len() - 1;
    pages[0][12..16].copy_from_slice(&u32_of(0x0006_1561));
    pages[0][20..24].copy_from_slice(&u32_of(PAGE));
    pages[0][25] = 8;
    pages[0][32..36].copy_from_slice(&u32_of(last));
    pages.concat()
}

/// An `rpmdb.sqlite` of one page of rows for these blobs, each of which goes on in a chain of pages. For fuzzers: tests let
/// SQLite write theirs.
pub(crate) fn sqlite(blobs: &[Vec<u8>]) -> Vec<u8> {
    const PAGE: usize = 1024;
    fn varint(mut value: usize) -> Vec<u8> {
        let mut out = vec![(value & 0x7f) as u8];
        while value >= 0x80 {
            value >>= 7;
            out.insert(0, (value & 0x7f) as u8 | 0x80);
        }
        out
    }
    fn leaf(start: usize, cells: &[Vec<u8>]) -> Vec<u8> {
        let mut page = vec![0; PAGE];
        page[start] = 0x0d;
        page[start + 3..start + 5].copy_from_slice(&(cells.len() as u16).to_be_bytes());
        let mut end = PAGE;
        for (at, cell) in cells.iter().enumerate() {
            let place = start + 8 + at * 2;
            page[place..place + 2].copy_from_slice(&((end - cell.len()) as u16).to_be_bytes());
            page[end - cell.len()..end].copy_from_slice(cell);
            end -= cell.len();
        }
        page
    }
    let text = |text: &str| (13 + 2 * text.len(), text.as_bytes().to_vec());
    let record = |columns: &[(usize, Vec<u8>)]| {
        let types: Vec<u8> = columns.iter().flat_map(|(kind, _)| varint(*kind)).collect();
        let mut out = varint(types.len() + 1);
        out.extend(types);
        out.extend(columns.iter().flat_map(|(_, bytes)| bytes.clone()));
        out
    };
    let schema = record(&[text("table"), text("Packages"), text("Packages"), (1, vec![2]), text("CREATE TABLE x")]);
    let first = leaf(100, &[[varint(schema.len()), varint(1), schema].concat()]);
    let mut chains: Vec<Vec<u8>> = Vec::new();
    let mut cells = Vec::new();
    for (at, blob) in blobs.iter().enumerate() {
        let record = record(&[(0, Vec::new()), (12 + 2 * blob.len(), blob.clone())]);
        let least = (PAGE - 12) * 32 / 255 - 23;
        let fits = least + record.len().saturating_sub(least) % (PAGE - 4);
        let local = if record.len() <= PAGE - 35 {
            record.len()
        } else if fits <= PAGE - 35 {
            fits
        } else {
            least
        };
        let mut cell = [varint(record.len()), varint(at + 1), record[..local].to_vec()].concat();
        if local < record.len() {
            cell.extend((chains.len() as u32 + 3).to_be_bytes());
            let parts: Vec<&[u8]> = record[local..].chunks(PAGE - 4).collect();
            for (place, part) in parts.iter().enumerate() {
                let next = if place + 1 < parts.len() { chains.len() as u32 + 4 } else { 0 };
                let mut page = [&next.to_be_bytes()[..], part].concat();
                page.resize(PAGE, 0);
                chains.push(page);
            }
        }
        cells.push(cell);
    }
    let mut out = [first, leaf(0, &cells)].into_iter().chain(chains).collect::<Vec<_>>().concat();
    out[..16].copy_from_slice(b"SQLite format 3\0");
    out[16..18].copy_from_slice(&(PAGE as u16).to_be_bytes());
    out
}
