//! Sets of addresses as sorted ranges: unions, cuts and what is left over are exact, however networks are written.
use std::net::IpAddr;

/// Networks of IPv4 that hold no public address (IANA's registry of special addresses), and multicast.
const PRIVATE4: [&str; 13] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",
];

/// The version of IP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

impl Family {
    fn last(self) -> u128 {
        match self {
            Self::V4 => u128::from(u32::MAX),
            Self::V6 => u128::MAX,
        }
    }

    /// The family of a network's text.
    pub(crate) fn of(cidr: &str) -> Self {
        if cidr.contains(':') { Self::V6 } else { Self::V4 }
    }

    /// `IPv4`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::V4 => "IPv4",
            Self::V6 => "IPv6",
        }
    }
}

/// A set of addresses of one family.
///
/// **Invariant:** ranges (both ends in) are sorted, apart and not empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ranges(Vec<(u128, u128)>);

impl Ranges {
    pub(crate) fn all(family: Family) -> Self {
        Self(vec![(0, family.last())])
    }

    /// All addresses that the internet routes: IPv4 without special networks; `2000::/3` of IPv6.
    pub(crate) fn public(family: Family) -> Self {
        match family {
            Family::V4 => Self::all(family).minus(&Self::of(family, PRIVATE4)),
            Family::V6 => Self::of(family, ["2000::/3"]),
        }
    }

    /// The union of networks of this family; what is no network is left out.
    pub(crate) fn of<'a>(family: Family, cidrs: impl IntoIterator<Item = &'a str>) -> Self {
        let cidrs = cidrs.into_iter().filter(|cidr| Family::of(cidr) == family);
        Self::from_list(cidrs.filter_map(|cidr| network(cidr, family)).collect())
    }

    fn from_list(mut list: Vec<(u128, u128)>) -> Self {
        list.sort_unstable();
        let mut out: Vec<(u128, u128)> = Vec::with_capacity(list.len());
        for (from, to) in list {
            match out.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => out.push((from, to)),
            }
        }
        Self(out)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self::from_list(self.0.iter().chain(&other.0).copied().collect())
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.0.iter().copied().peekable(), other.0.iter().copied().peekable());
        let mut out = Vec::new();
        while let (Some(&x), Some(&y)) = (a.peek(), b.peek()) {
            let (from, to) = (x.0.max(y.0), x.1.min(y.1));
            if from <= to {
                out.push((from, to));
            }
            if x.1 <= y.1 {
                a.next();
            } else {
                b.next();
            }
        }
        Self(out)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        let mut out = Vec::new();
        for &(mut from, to) in &self.0 {
            let mut rest = true;
            for &(cut, end) in &other.0 {
                if end < from || cut > to {
                    continue;
                }
                if cut > from {
                    out.push((from, cut - 1));
                }
                if end >= to {
                    rest = false;
                    break;
                }
                from = end + 1;
            }
            if rest {
                out.push((from, to));
            }
        }
        Self(out)
    }

    /// Thousandths of the public addresses of the family that are in the set.
    pub(crate) fn share(&self, family: Family) -> u32 {
        let size = |set: &Self| set.0.iter().fold(0_f64, |sum, (from, to)| sum + ((to - from) as f64) + 1.0);
        let public = Self::public(family);
        let share = size(&self.and(&public)) / size(&public) * 1000.0;
        // At least 0 and at most 1,000.
        share.round() as u32
    }
}

/// The range of `ADDRESS/BITS`, or of an address alone; bits behind the prefix do not count.
fn network(text: &str, family: Family) -> Option<(u128, u128)> {
    let width = if family == Family::V4 { 32 } else { 128 };
    let (address, bits) = match text.trim().split_once('/') {
        Some((address, bits)) => (address, bits.parse::<u32>().ok()?),
        None => (text.trim(), width),
    };
    let address = match address.parse::<IpAddr>().ok()? {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    };
    let host = width.checked_sub(bits)?;
    let mask = if host >= 128 { u128::MAX } else { (1_u128 << host) - 1 };
    let from = address & !mask & family.last();
    Some((from, from | (mask & family.last())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_internet_is_what_its_networks_hold_together() {
        for (cidrs, family, want, why) in [
            (vec!["0.0.0.0/0"], Family::V4, 1000, "all"),
            (vec!["0.0.0.0/1", "128.0.0.0/1"], Family::V4, 1000, "two halves"),
            (vec!["10.0.0.0/8"], Family::V4, 0, "private"),
            (vec!["203.0.113.0/24", "8.8.8.8"], Family::V4, 0, "a few addresses"),
            (vec!["::/0"], Family::V6, 1000, "all"),
            (vec!["2000::/4", "3000::/4"], Family::V6, 1000, "two halves of what is public"),
            (vec!["::/0"], Family::V4, 0, "another family"),
            (vec!["0.0.0.0/33", "x", ""], Family::V4, 0, "no networks"),
        ] {
            assert_eq!(Ranges::of(family, cidrs).share(family), want, "{why}");
        }
    }

    proptest::proptest! {
        #[test]
        fn sets_obey_their_laws(a in proptest::collection::vec((0_u8..=255, 0_u32..=32), 0..6),
                                b in proptest::collection::vec((0_u8..=255, 0_u32..=32), 0..6),
                                x: u32) {
            let set = |list: &[(u8, u32)]| {
                let texts: Vec<String> = list.iter().map(|(head, bits)| format!("{head}.7.9.1/{bits}")).collect();
                Ranges::of(Family::V4, texts.iter().map(String::as_str))
            };
            let (a, b) = (set(&a), set(&b));
            let has = |set: &Ranges| set.0.iter().any(|(from, to)| (*from..=*to).contains(&u128::from(x)));
            proptest::prop_assert_eq!(has(&a.plus(&b)), has(&a) || has(&b));
            proptest::prop_assert_eq!(has(&a.and(&b)), has(&a) && has(&b));
            proptest::prop_assert_eq!(has(&a.minus(&b)), has(&a) && !has(&b));
        }
    }
}
