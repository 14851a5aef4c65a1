use super::sparse::Region;

/// What the PAX records before an entry say of it (POSIX.1-2001, pax, "pax Extended Header").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pax {
    pub(crate) path: Option<Vec<u8>>,
    pub(crate) link: Option<Vec<u8>>,
    pub(crate) size: Option<u64>,
    pub(crate) uid: Option<u64>,
    pub(crate) gid: Option<u64>,
    pub(crate) sparse: PaxSparse,
}

/// What GNU tar writes of sparse files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PaxSparse {
    pub(crate) name: Option<Vec<u8>>,
    /// Of the forms 0.0 and 0.1.
    pub(crate) size: Option<u64>,
    /// Of the form 1.0.
    pub(crate) real_size: Option<u64>,
    map: Option<Vec<u64>>,
    /// Of the form 0.0: one record a number.
    pairs: Vec<u64>,
    major: Option<u64>,
}

impl PaxSparse {
    pub(crate) fn is_any(&self) -> bool {
        self.major.is_some() || self.map.is_some() || !self.pairs.is_empty()
    }

    /// The map, where it is in the records.
    pub(crate) fn regions(&self) -> Result<Option<Vec<Region>>, &'static str> {
        let numbers = match (&self.map, self.pairs.as_slice()) {
            (Some(map), _) => map,
            (None, []) => return Ok(None),
            (None, pairs) => pairs,
        };
        let pairs = numbers.chunks_exact(2);
        if !pairs.remainder().is_empty() {
            return Err("the map of a sparse file has an odd number of numbers");
        }
        let region = |pair: &[u64]| match pair {
            [offset, length] => Some(Region { offset: *offset, length: *length }),
            _ => None,
        };
        Ok(Some(pairs.filter_map(region).collect()))
    }
}

impl Pax {
    /// Reads `LENGTH KEY=VALUE\n` records. Later ones replace earlier ones; an empty value takes back.
    pub(crate) fn read(&mut self, mut bytes: &[u8]) -> Result<(), &'static str> {
        const BAD: &str = "a PAX record is not as long as it says";
        while !bytes.is_empty() {
            let space = bytes.iter().take(21).position(|b| *b == b' ').ok_or(BAD)?;
            let length = decimal(bytes.get(..space).unwrap_or_default()).ok_or(BAD)?;
            let length = usize::try_from(length).map_err(|_| BAD)?;
            let record = bytes.get(space + 1..length).ok_or(BAD)?;
            bytes = bytes.get(length..).ok_or(BAD)?;
            let record = record.strip_suffix(b"\n").ok_or(BAD)?;
            let equals = record.iter().position(|b| *b == b'=').ok_or(BAD)?;
            let (key, value) = (record.get(..equals).ok_or(BAD)?, record.get(equals + 1..).ok_or(BAD)?);
            self.record(key, value)?;
        }
        Ok(())
    }

    fn record(&mut self, key: &[u8], value: &[u8]) -> Result<(), &'static str> {
        const BAD: &str = "a number of a PAX record is none";
        let text = || (!value.is_empty()).then(|| value.to_vec());
        let number = || if value.is_empty() { Ok(None) } else { decimal(value).map(Some).ok_or(BAD) };
        match key {
            b"path" => self.path = text(),
            b"linkpath" => self.link = text(),
            b"size" => self.size = number()?,
            b"uid" => self.uid = number()?,
            b"gid" => self.gid = number()?,
            b"GNU.sparse.name" => self.sparse.name = text(),
            b"GNU.sparse.size" => self.sparse.size = number()?,
            b"GNU.sparse.realsize" => self.sparse.real_size = number()?,
            b"GNU.sparse.major" => self.sparse.major = number()?,
            b"GNU.sparse.offset" | b"GNU.sparse.numbytes" => self.sparse.pairs.push(decimal(value).ok_or(BAD)?),
            b"GNU.sparse.map" => {
                let numbers = value.split(|b| *b == b',').filter(|part| !part.is_empty());
                self.sparse.map = Some(numbers.map(decimal).collect::<Option<_>>().ok_or(BAD)?);
            }
            _ => {}
        }
        Ok(())
    }
}

/// At least one digit and nothing else.
pub(crate) fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u64, |all, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        all.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_as_long_as_they_say() {
        let read = |bytes: &[u8]| {
            let mut pax = Pax::default();
            pax.read(bytes).map(|()| pax)
        };
        let pax =
            read(b"12 path=a=b\n9 size=7\n11 path=ab\n13 linkpath=\n15 SCHILY.x=y\nz").map(|pax| (pax.path, pax.size));
        assert_eq!(pax, Err("a PAX record is not as long as it says"), "a value that ends without a new line");
        let pax = read(b"12 path=a=b\n10 size=7\n13 linkpath=\n11 uid=100\n").unwrap();
        assert_eq!((pax.path.as_deref(), pax.size, pax.link, pax.uid), (Some(&b"a=b"[..]), Some(7), None, Some(100)));
        for (bytes, why) in [
            (&b"99999999999999999999999 a=b\n"[..], "a length without end"),
            (b"5 a=b\n", "too short"),
            (b"60 a=b\n", "too long"),
            (b"1 a=b\n", "shorter than itself"),
            (b"6 abc\n", "no value"),
            (b"10 size=x\n", "no number"),
            (b"30 size=18446744073709551616\n", "beyond 64 bits"),
        ] {
            assert!(read(bytes).is_err(), "{why}");
        }
    }
}
