//! How far from an attacker a target stands.
use std::net::IpAddr;

use serde_json::Value;

/// Nearest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exposure {
    /// No network reaches it.
    Isolated,
    /// Reached from the target itself, or from a network that the operator calls internal.
    Internal,
    /// Reached from the networks that it is in.
    Adjacent,
    /// Reached from the internet.
    Internet,
}

impl Exposure {
    /// All, farthest first.
    pub(crate) const ALL: [Self; 4] = [Self::Isolated, Self::Internal, Self::Adjacent, Self::Internet];

    /// The word in outputs and policies.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Isolated => "isolated",
            Self::Internal => "internal",
            Self::Adjacent => "adjacent",
            Self::Internet => "internet",
        }
    }

    /// The exposure of this word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|exposure| exposure.as_str() == word)
    }

    /// What the host's `listeners` facet says: a socket on an address that is routed in the internet, on another address
    /// than loopback, or none. `isolated` is only the operator's to say. None where the value has another form.
    pub(crate) fn from_listeners(value: &Value) -> Option<Self> {
        let sockets = value.get("sockets")?.as_array()?;
        let mut out = Self::Internal;
        for socket in sockets {
            let reach = socket.get("reach").and_then(Value::as_str)?;
            let address = socket.get("address").and_then(Value::as_str).and_then(|text| text.parse().ok());
            out = out.max(match reach {
                "loopback" => Self::Internal,
                "address" if address.is_some_and(is_global) => Self::Internet,
                _ => Self::Adjacent,
            });
        }
        Some(out)
    }
}

/// Whether the internet routes the address (RFC 6890 and its registries; multicast is not).
fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_documentation()
                || v4.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (18..20).contains(&b)))
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_global(IpAddr::V4(v4)),
            // Global unicast is 2000::/3, without documentation.
            None => v6.segments().first().is_some_and(|first| first & 0xe000 == 0x2000) && !is_documentation(v6),
        },
    }
}

fn is_documentation(address: std::net::Ipv6Addr) -> bool {
    matches!(address.segments(), [0x2001, 0xdb8, ..] | [0x3fff, ..])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sockets_tell_how_far_they_reach() {
        let socket = |address: &str, reach: &str| json!({"address": address, "reach": reach});
        for (sockets, want, why) in [
            (vec![], Some(Exposure::Internal), "nothing listens"),
            (vec![socket("127.0.0.1", "loopback")], Some(Exposure::Internal), "only for itself"),
            (vec![socket("0.0.0.0", "any")], Some(Exposure::Adjacent), "its networks, whichever they are"),
            (vec![socket("10.0.0.5", "address")], Some(Exposure::Adjacent), "a private network"),
            (vec![socket("100.64.0.1", "address")], Some(Exposure::Adjacent), "carrier-grade NAT"),
            (vec![socket("fe80::1", "address")], Some(Exposure::Adjacent), "this link"),
            (vec![socket("8.8.8.8", "address")], Some(Exposure::Internet), "a routed address"),
            (vec![socket("2a00::1", "address"), socket("::", "any")], Some(Exposure::Internet), "the nearest counts"),
            (vec![json!({})], None, "another form"),
        ] {
            assert_eq!(Exposure::from_listeners(&json!({"sockets": sockets})), want, "{why}");
        }
        assert_eq!(Exposure::from_listeners(&json!({})), None);
    }
}
