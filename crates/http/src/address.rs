use reqwest::Url;
use std::net::{IpAddr, Ipv4Addr};

/// The address without its user information, query and fragment, for people. What is no address is not shown at all
/// beyond its scheme: nobody knows what in it is a credential.
pub(crate) fn shown(url: &str) -> String {
    let Ok(mut parsed) = Url::parse(url) else {
        return match url.split_once("://") {
            Some((scheme, _)) if scheme.chars().all(|c| c.is_ascii_alphanumeric()) => format!("{scheme}://…"),
            _ => "…".into(),
        };
    };
    user_remove(&mut parsed);
    parsed.set_query(None);
    parsed.set_fragment(None);
    parsed.to_string()
}

/// Takes user name and password out of the address.
pub(crate) fn user_remove(url: &mut Url) {
    // Both fail only for an address that can hold neither.
    let failed = url.set_username("").is_err() | url.set_password(None).is_err();
    debug_assert!(!failed || url.host().is_none(), "an address with a host may have a user");
}

/// Whether the host is this machine, by its name or number. A name that merely resolves to loopback is not.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.trim_end_matches('.');
    if host.eq_ignore_ascii_case("localhost") {
        return true;
    }
    match host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback(),
        Ok(IpAddr::V6(ip)) => ip.is_loopback() || ip.to_ipv4_mapped().is_some_and(|v4: Ipv4Addr| v4.is_loopback()),
        Err(_) => false,
    }
}

/// Whether credentials for `a` may be sent to `b`: same scheme, host and port (RFC 6454).
pub(crate) fn same_origin(a: &Url, b: &Url) -> bool {
    a.scheme() == b.scheme() && a.host() == b.host() && a.port_or_known_default() == b.port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_what_opens_doors() {
        for (url, want) in [
            ("https://u:p@h.example:8443/a/b?sig=s#f", "https://h.example:8443/a/b"),
            ("http://h/", "http://h/"),
            ("https://u:p@[bad", "https://…"),
            ("to ken", "…"),
        ] {
            assert_eq!(shown(url), want, "{url}");
        }
    }

    #[test]
    fn loopback_is_told_by_what_the_address_says() {
        for (url, want) in [
            ("http://localhost/", true),
            ("http://LOCALHOST.:1/", true),
            ("http://127.9.9.9:80/", true),
            ("http://[::1]:5/", true),
            ("http://[::ffff:127.0.0.1]/", true),
            ("http://0x7f000001/", true),
            ("http://localhost.example.org/", false),
            ("http://127.0.0.1.example.org/", false),
            ("http://10.0.0.1/", false),
            ("http://0.0.0.0/", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(url).unwrap()), want, "{url}");
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for (a, b, want) in [
            ("https://h/a", "https://H:443/b", true),
            ("https://h/", "http://h/", false),
            ("https://h/", "https://h:444/", false),
            ("https://h/", "https://h.evil/", false),
        ] {
            assert_eq!(same_origin(&Url::parse(a).unwrap(), &Url::parse(b).unwrap()), want, "{a} {b}");
        }
    }
}
