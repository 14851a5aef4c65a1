use super::{header, pax::decimal};

/// A region with data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) offset: u64,
    pub(crate) length: u64,
}

/// Where the data of a sparse file lie in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Map {
    /// Bytes of the file, holes included.
    pub(crate) size: u64,
    pub(crate) regions: Vec<Region>,
}

impl Map {
    /// Regions follow one another, end within the file, and are together what the archive stores.
    pub(crate) fn check(&self, stored: u64) -> Result<(), &'static str> {
        const BAD: &str = "the map of a sparse file contradicts itself";
        let (mut end, mut sum) = (0_u64, 0_u64);
        for region in &self.regions {
            if region.offset < end {
                return Err(BAD);
            }
            end = region.offset.checked_add(region.length).ok_or(BAD)?;
            sum = sum.checked_add(region.length).ok_or(BAD)?;
        }
        if end > self.size || sum > stored || self.size > i64::MAX as u64 { Err(BAD) } else { Ok(()) }
    }
}

/// Reads `count` pairs of an old GNU block from byte `from`; whether another block follows.
pub(crate) fn gnu_read(
    block: &[u8],
    from: usize,
    count: usize,
    regions: &mut Vec<Region>,
) -> Result<bool, &'static str> {
    const BAD: &str = "a number in the map of a sparse file is none";
    for i in 0..count {
        let at = from + i * 24;
        let field = |at: usize| block.get(at..at + 12).unwrap_or_default();
        // The map ends with an empty pair.
        if field(at).first().is_none_or(|b| *b == 0) || field(at + 12).first().is_none_or(|b| *b == 0) {
            break;
        }
        let offset = header::number(field(at)).ok_or(BAD)?;
        let length = header::number(field(at + 12)).ok_or(BAD)?;
        regions.push(Region { offset, length });
    }
    Ok(block.get(from + count * 24).is_some_and(|more| *more != 0))
}

/// The map of the PAX form 1.0: decimal numbers, each with a new line; the first says how many pairs follow.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    partial: Vec<u8>,
    numbers: Vec<u64>,
    pairs: Option<usize>,
}

impl Numbers {
    pub(crate) fn complete(&self) -> bool {
        self.pairs.is_some_and(|pairs| self.numbers.len() >= pairs * 2)
    }

    pub(crate) fn read(&mut self, block: &[u8], most: usize) -> Result<(), &'static str> {
        const BAD: &str = "a number in the map of a sparse file is none";
        for byte in block {
            if self.complete() {
                break;
            }
            if *byte != b'\n' {
                self.partial.push(*byte);
                if self.partial.len() > 20 {
                    return Err(BAD);
                }
                continue;
            }
            let number = decimal(&self.partial).ok_or(BAD)?;
            self.partial.clear();
            if self.pairs.is_some() {
                self.numbers.push(number);
            } else {
                let pairs = usize::try_from(number).ok().filter(|pairs| *pairs <= most);
                self.pairs = Some(pairs.ok_or("limit tar.regions: the map of a sparse file has too many regions")?);
            }
        }
        Ok(())
    }

    pub(crate) fn regions(&self) -> Vec<Region> {
        let region = |pair: &[u64]| match pair {
            [offset, length] => Some(Region { offset: *offset, length: *length }),
            _ => None,
        };
        self.numbers.chunks_exact(2).filter_map(region).collect()
    }
}
