//! How rows are kept: compact, and checked when they are read. Integers are LEB128, texts are their length and bytes, CVEs
//! their year and number; a row of more than half a kibibyte is compressed.
use casemate_estate::Timestamp;

use crate::{
    model::{Advisory, Affected, CvssVector, Event, Exploited, FixState, Range, RangeType, Ssvc, VulnerabilityRecord},
    source::{cve_from_number, cve_number},
};

/// Bytes from which a row is compressed: below, it costs more time than it saves space.
const COMPRESS_MIN: usize = 512;
/// Bytes of a row.
const ROW_MAX: usize = 64 << 20;
const PLAIN: u8 = 0;
const ZSTD: u8 = 1;

/// A row that was not written by this program, or was damaged since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damaged;

// ---- writing ----

#[derive(Default)]
struct Encoder(Vec<u8>);

impl Encoder {
    fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn id(&mut self, id: &str) {
        match cve_number(id) {
            Some(number) => {
                self.number(0);
                self.number(number.unsigned_abs());
            }
            None => {
                self.number(id.len() as u64 + 1);
                self.0.extend_from_slice(id.as_bytes());
            }
        }
    }

    fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            None => self.0.push(0),
            Some(value) => {
                self.0.push(1);
                write(self, value);
            }
        }
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(items.len() as u64);
        for item in items {
            write(self, item);
        }
    }

    /// Seconds; dates of advisories are not before 1970.
    fn time(&mut self, time: Option<Timestamp>) {
        self.number(time.map_or(0, |time| u64::try_from(time.as_second()).unwrap_or(0)));
    }

    /// Published numbers have at most six decimals; others keep all their bits.
    fn float(&mut self, value: f64) {
        let scaled = (value * 1e6).round();
        if value.is_sign_positive() && (0.0..1e12).contains(&scaled) && (scaled / 1e6).to_bits() == value.to_bits() {
            self.number(scaled as u64 + 1);
        } else {
            self.number(0);
            self.0.extend_from_slice(&value.to_bits().to_le_bytes());
        }
    }

    fn cvss(&mut self, cvss: &[CvssVector]) {
        self.list(cvss, |out, cvss| {
            out.text(&cvss.vector);
            out.text(&cvss.source);
            out.option(cvss.score, Self::float);
        });
    }

    fn finish(self) -> Vec<u8> {
        if self.0.len() >= COMPRESS_MIN
            && let Ok(packed) = zstd::bulk::compress(&self.0, 3)
            && packed.len() < self.0.len()
        {
            let mut out = Self(vec![ZSTD]);
            out.number(self.0.len() as u64);
            out.0.extend_from_slice(&packed);
            return out.0;
        }
        let mut out = vec![PLAIN];
        out.extend_from_slice(&self.0);
        out
    }
}

/// An advisory without what it affects.
pub(super) fn advisory_encode(advisory: &Advisory) -> Vec<u8> {
    let mut out = Encoder::default();
    out.id(&advisory.id);
    out.0.push(u8::from(advisory.withdrawn));
    out.list(&advisory.cves, |out, id| out.id(id));
    out.list(&advisory.aliases, |out, id| out.id(id));
    out.text(&advisory.summary);
    out.time(advisory.published);
    out.time(advisory.modified);
    out.cvss(&advisory.cvss);
    out.finish()
}

/// What is affected, without ecosystem and package: their row stands elsewhere.
pub(super) fn affected_encode(affected: &Affected) -> Vec<u8> {
    let mut out = Encoder::default();
    out.0.push(state_code(affected.state));
    out.list(&affected.ranges, |out, range| {
        out.0.push(match range.kind {
            RangeType::Ecosystem => 0,
            RangeType::Semver => 1,
            RangeType::Git => 2,
        });
        out.list(&range.events, |out, event| {
            out.0.push(match event {
                Event::Introduced(_) => 0,
                Event::Fixed(_) => 1,
                Event::LastAffected(_) => 2,
                Event::Limit(_) => 3,
            });
            out.text(event.version());
        });
    });
    out.list(&affected.versions, |out, version| out.text(version));
    out.option(affected.urgency.as_deref(), Encoder::text);
    out.option(affected.module.as_deref(), Encoder::text);
    out.list(&affected.arches, |out, arch| out.text(arch));
    out.finish()
}

/// What is known of a CVE, without its id.
pub(super) fn vulnerability_encode(record: &VulnerabilityRecord) -> Vec<u8> {
    let mut out = Encoder::default();
    out.0.push(u8::from(record.rejected));
    out.option(record.kev.as_ref(), |out, kev| {
        out.text(&kev.added);
        out.option(kev.due.as_deref(), Encoder::text);
        out.0.push(u8::from(kev.ransomware));
        out.text(&kev.name);
    });
    out.option(record.epss, Encoder::float);
    out.option(record.epss_percentile, Encoder::float);
    out.option(record.ssvc.as_ref(), |out, ssvc| {
        out.text(&ssvc.exploitation);
        out.text(&ssvc.automatable);
        out.text(&ssvc.technical_impact);
        out.option(ssvc.date.as_deref(), Encoder::text);
    });
    out.cvss(&record.cvss);
    out.list(&record.cwe, |out, cwe| out.text(cwe));
    out.finish()
}

const STATES: [FixState; 6] = [
    FixState::Affected,
    FixState::NotAffected,
    FixState::Ignored,
    FixState::Postponed,
    FixState::EndOfLife,
    FixState::UnderInvestigation,
];

fn state_code(state: FixState) -> u8 {
    STATES.iter().position(|known| *known == state).unwrap_or_default() as u8
}

// ---- reading ----

/// Unpacks rows. Kept between them: its tables are larger than most rows.
#[derive(Default)]
pub(super) struct Unpacker {
    zstd: Option<zstd::bulk::Decompressor<'static>>,
    buffer: Vec<u8>,
}

impl Unpacker {
    fn unpack<'a>(&'a mut self, row: &'a [u8]) -> Result<Decoder<'a>, Damaged> {
        let (kind, rest) = row.split_first().ok_or(Damaged)?;
        if *kind == PLAIN {
            return Ok(Decoder(rest));
        }
        if *kind != ZSTD {
            return Err(Damaged);
        }
        let mut decoder = Decoder(rest);
        let length = usize::try_from(decoder.number()?).map_err(|_| Damaged)?;
        if length > ROW_MAX {
            return Err(Damaged);
        }
        if self.zstd.is_none() {
            self.zstd = Some(zstd::bulk::Decompressor::new().map_err(|_| Damaged)?);
        }
        let zstd = self.zstd.as_mut().ok_or(Damaged)?;
        self.buffer.clear();
        self.buffer.reserve(length);
        let read = zstd.decompress_to_buffer(decoder.0, &mut self.buffer).map_err(|_| Damaged)?;
        if read != length {
            return Err(Damaged);
        }
        Ok(Decoder(&self.buffer))
    }

    pub(super) fn advisory(&mut self, row: &[u8]) -> Result<Advisory, Damaged> {
        let mut decoder = self.unpack(row)?;
        let id = decoder.id()?;
        let withdrawn = decoder.flag()?;
        let cves = decoder.list(Decoder::id)?;
        let aliases = decoder.list(Decoder::id)?;
        let summary = decoder.text()?.to_owned();
        let (published, modified) = (decoder.time()?, decoder.time()?);
        let cvss = decoder.cvss()?;
        decoder.end()?;
        Ok(Advisory { id, cves, aliases, summary, published, modified, withdrawn, cvss, affected: Vec::new() })
    }

    pub(super) fn affected(&mut self, row: &[u8]) -> Result<Affected, Damaged> {
        let mut decoder = self.unpack(row)?;
        let state = *STATES.get(usize::from(decoder.byte()?)).ok_or(Damaged)?;
        let ranges = decoder.list(|decoder| {
            let kind = match decoder.byte()? {
                0 => RangeType::Ecosystem,
                1 => RangeType::Semver,
                2 => RangeType::Git,
                _ => return Err(Damaged),
            };
            let events = decoder.list(|decoder| {
                let kind = decoder.byte()?;
                let version = decoder.owned()?;
                Ok(match kind {
                    0 => Event::Introduced(version),
                    1 => Event::Fixed(version),
                    2 => Event::LastAffected(version),
                    3 => Event::Limit(version),
                    _ => return Err(Damaged),
                })
            })?;
            Ok(Range { kind, events })
        })?;
        let versions = decoder.list(Decoder::owned)?;
        let urgency = decoder.option(Decoder::owned)?;
        let module = decoder.option(Decoder::owned)?;
        let arches = decoder.list(Decoder::owned)?;
        decoder.end()?;
        let (ecosystem, package) = (String::new(), String::new());
        Ok(Affected { ecosystem, package, ranges, versions, state, urgency, module, arches })
    }

    pub(super) fn vulnerability(&mut self, row: &[u8]) -> Result<VulnerabilityRecord, Damaged> {
        let mut decoder = self.unpack(row)?;
        let rejected = decoder.flag()?;
        let kev = decoder.option(|decoder| {
            Ok(Exploited {
                added: decoder.owned()?,
                due: decoder.option(Decoder::owned)?,
                ransomware: decoder.flag()?,
                name: decoder.owned()?,
            })
        })?;
        let (epss, epss_percentile) = (decoder.option(Decoder::float)?, decoder.option(Decoder::float)?);
        let ssvc = decoder.option(|decoder| {
            Ok(Ssvc {
                exploitation: decoder.owned()?,
                automatable: decoder.owned()?,
                technical_impact: decoder.owned()?,
                date: decoder.option(Decoder::owned)?,
            })
        })?;
        let (cvss, cwe) = (decoder.cvss()?, decoder.list(Decoder::owned)?);
        decoder.end()?;
        Ok(VulnerabilityRecord { cve: String::new(), kev, epss, epss_percentile, ssvc, cvss, cwe, rejected })
    }
}

struct Decoder<'a>(&'a [u8]);

impl<'a> Decoder<'a> {
    fn byte(&mut self) -> Result<u8, Damaged> {
        let (first, rest) = self.0.split_first().ok_or(Damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    fn flag(&mut self) -> Result<bool, Damaged> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Damaged),
        }
    }

    fn number(&mut self) -> Result<u64, Damaged> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Damaged)
    }

    fn bytes(&mut self, length: u64) -> Result<&'a [u8], Damaged> {
        let length = usize::try_from(length).map_err(|_| Damaged)?;
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(Damaged)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn text(&mut self) -> Result<&'a str, Damaged> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| Damaged)
    }

    fn owned(&mut self) -> Result<String, Damaged> {
        self.text().map(str::to_owned)
    }

    fn id(&mut self) -> Result<String, Damaged> {
        match self.number()?.checked_sub(1) {
            None => Ok(cve_from_number(i64::try_from(self.number()?).map_err(|_| Damaged)?)),
            Some(length) => std::str::from_utf8(self.bytes(length)?).map(str::to_owned).map_err(|_| Damaged),
        }
    }

    fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Damaged>) -> Result<Option<T>, Damaged> {
        if self.flag()? { read(self).map(Some) } else { Ok(None) }
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T, Damaged>) -> Result<Vec<T>, Damaged> {
        let length = self.number()?;
        // Each item has a byte at least, so a lying length does not reserve more than the row can hold.
        if length > self.0.len() as u64 {
            return Err(Damaged);
        }
        (0..length).map(|_| read(self)).collect()
    }

    fn time(&mut self) -> Result<Option<Timestamp>, Damaged> {
        match i64::try_from(self.number()?).map_err(|_| Damaged)? {
            0 => Ok(None),
            second => Timestamp::from_second(second).map(Some).map_err(|_| Damaged),
        }
    }

    fn float(&mut self) -> Result<f64, Damaged> {
        match self.number()?.checked_sub(1) {
            Some(scaled) => Ok(scaled as f64 / 1e6),
            None => {
                let bits: [u8; 8] = self.bytes(8)?.try_into().map_err(|_| Damaged)?;
                Ok(f64::from_bits(u64::from_le_bytes(bits)))
            }
        }
    }

    fn cvss(&mut self) -> Result<Vec<CvssVector>, Damaged> {
        self.list(|decoder| {
            Ok(CvssVector { vector: decoder.owned()?, source: decoder.owned()?, score: decoder.option(Self::float)? })
        })
    }

    fn end(&self) -> Result<(), Damaged> {
        if self.0.is_empty() { Ok(()) } else { Err(Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn advisory() -> Advisory {
        Advisory {
            id: "GHSA-1".into(),
            cves: vec!["CVE-2024-0001".into(), "CVE-2024-123456".into()],
            aliases: vec!["X".into(), String::new()],
            summary: "A summary. ".repeat(60),
            published: Some("2024-01-02T03:04:05Z".parse().unwrap()),
            modified: None,
            withdrawn: true,
            cvss: vec![CvssVector { vector: "CVSS:3.1/x".into(), source: "ghsa".into(), score: Some(9.8) }],
            affected: Vec::new(),
        }
    }

    fn affected() -> Affected {
        let events = ["0", "1", "2", "3"].map(str::to_owned);
        let [a, b, c, d] = events;
        Affected {
            ranges: vec![Range {
                kind: RangeType::Semver,
                events: vec![Event::Introduced(a), Event::Fixed(b), Event::LastAffected(c), Event::Limit(d)],
            }],
            versions: (0..100).map(|n| format!("1.{n}")).collect(),
            state: FixState::EndOfLife,
            urgency: Some("low".into()),
            module: Some("nodejs:18".into()),
            arches: vec!["x86_64".into()],
            ..Affected::default()
        }
    }

    fn vulnerability() -> VulnerabilityRecord {
        VulnerabilityRecord {
            cve: String::new(),
            kev: Some(Exploited { added: "2024-01-01".into(), due: None, ransomware: true, name: "n".into() }),
            epss: Some(0.00043),
            epss_percentile: Some(f64::MIN_POSITIVE),
            ssvc: Some(Ssvc {
                exploitation: "poc".into(),
                automatable: "no".into(),
                technical_impact: "total".into(),
                date: Some("2024-01-01".into()),
            }),
            cvss: Vec::new(),
            cwe: vec!["CWE-79".into()],
            rejected: false,
        }
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let mut unpacker = Unpacker::default();
        assert_eq!(unpacker.advisory(&advisory_encode(&advisory())), Ok(advisory()));
        assert_eq!(unpacker.affected(&affected_encode(&affected())), Ok(affected()));
        assert_eq!(unpacker.vulnerability(&vulnerability_encode(&vulnerability())), Ok(vulnerability()));
        assert_eq!(advisory_encode(&advisory())[0], ZSTD, "the test covers both forms");
        assert_eq!(vulnerability_encode(&vulnerability())[0], PLAIN);
        for state in STATES {
            let row = affected_encode(&Affected { state, ..Affected::default() });
            assert_eq!(unpacker.affected(&row).unwrap().state, state);
        }
    }

    #[test]
    fn a_cut_row_is_damaged() {
        let mut unpacker = Unpacker::default();
        for row in [advisory_encode(&advisory()), affected_encode(&affected()), vulnerability_encode(&vulnerability())]
        {
            for end in 0..row.len() {
                let cut = &row[..end];
                assert!(unpacker.advisory(cut).is_err());
                assert!(unpacker.affected(cut).is_err());
                assert!(unpacker.vulnerability(cut).is_err());
            }
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(row in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut unpacker = Unpacker::default();
            drop(unpacker.advisory(&row));
            drop(unpacker.affected(&row));
            drop(unpacker.vulnerability(&row));
        }

        #[test]
        fn floats_keep_their_bits(value in any::<f64>()) {
            let mut out = Encoder::default();
            out.float(value);
            prop_assert_eq!(Decoder(&out.0).float().unwrap().to_bits(), value.to_bits());
        }
    }
}
