use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use x509_parser::{
    certificate::X509Certificate,
    extensions::{GeneralName, ParsedExtension},
    prelude::FromDer,
    public_key::PublicKey,
    x509::{SubjectPublicKeyInfo, X509Name},
};

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of, value_of},
    host::Host,
    pem,
    root::ReadError,
};

/// An X.509 certificate in use by a service or laid for one (`/etc/ssl`, `/etc/pki`, `/etc/letsencrypt/live`, web servers'
/// directories); the distribution's bundle of authorities is left out.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Certificate {
    /// File.
    pub(crate) path: String,
    /// Position in the file, from 0.
    pub(crate) index: u32,
    /// RFC 4514 subject.
    pub(crate) subject: String,
    /// RFC 4514 issuer.
    pub(crate) issuer: String,
    /// Subject alternative names.
    pub(crate) names: Vec<String>,
    /// First valid day since 1970-01-01.
    pub(crate) not_before_day: i64,
    /// Last valid day since 1970-01-01.
    pub(crate) not_after_day: i64,
    /// `rsa`, `ec`, `ed25519`, `other`.
    pub(crate) key_algorithm: String,
    /// Key bits; 0 where unknown.
    pub(crate) key_bits: u32,
    /// Signature algorithm: `sha256WithRSAEncryption` …, or its OID.
    pub(crate) signature_algorithm: String,
    /// Basic constraints say CA.
    pub(crate) ca: bool,
    /// Subject and issuer are the same.
    pub(crate) self_signed: bool,
}

pub(crate) const DEF: ChildDef = ChildDef {
    kind: "host.certificate",
    facets: &[FacetShape { name: "certificate", shape: shape_of::<Certificate> }],
    list,
};

/// A file with more certificates is a bundle of authorities.
const BUNDLE: usize = 20;
/// Bytes of a file; what is larger is no certificate of a service.
const FILE_MAX: u64 = 1 << 20;
/// Where the distribution keeps its authorities, and certbot what it no longer uses.
const LEFT_OUT: &[&str] = &[
    "/etc/ca-certificates/",
    "/etc/letsencrypt/archive/",
    "/etc/pki/ca-trust/",
    "/etc/ssl/certs/",
    "/usr/share/ca-certificates/",
];

fn list(host: &Host) -> Result<Vec<Child>, Missing> {
    let tree = host.tree();
    tree.complete()?;
    if tree.truncated {
        return Err(Missing::failed(
            "the walk of the file system stopped at its limit: there may be more certificates",
        ));
    }
    let mut children = Vec::new();
    for found in &tree.candidates {
        if found.meta.size > FILE_MAX || LEFT_OUT.iter().any(|dir| found.path.starts_with(dir)) {
            continue;
        }
        let bytes = match host.root.read_up_to(&found.path, FILE_MAX) {
            Ok(Some((bytes, false))) => bytes,
            Ok(_) | Err(ReadError::NotRegular { .. } | ReadError::Loop { .. }) => continue,
            Err(error) => return Err(error.into()),
        };
        let Some(certificates) = certificates_of(&bytes) else { continue };
        for (index, der) in certificates.iter().enumerate() {
            let facet = match certificate_of(der) {
                Some(certificate) => value_of(&Certificate {
                    path: found.path.clone(),
                    index: u32::try_from(index).unwrap_or(u32::MAX),
                    ..certificate
                }),
                None => Err(Missing::failed(format!("certificate {index} of `{}` cannot be parsed", found.path))),
            };
            children.push(Child {
                name: if index == 0 { found.path.clone() } else { format!("{}#{index}", found.path) },
                facets: BTreeMap::from([("certificate", facet)]),
                edges: Vec::new(),
            });
        }
    }
    Ok(children)
}

/// The certificates of a file in DER: armoured ones, or the file itself where it is one. None for a bundle.
fn certificates_of(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    // A DER sequence with a length of two bytes; every certificate is one.
    if bytes.starts_with(&[0x30, 0x82]) {
        return Some(if certificate_of(bytes).is_some() { vec![bytes.to_vec()] } else { Vec::new() });
    }
    memchr::memmem::find(bytes, b"-----BEGIN ")?;
    pem::certificates(&String::from_utf8_lossy(bytes), BUNDLE)
}

/// What a certificate in DER says (RFC 5280); `path` and `index` stay empty. None where it cannot be parsed.
pub(crate) fn certificate_of(der: &[u8]) -> Option<Certificate> {
    let (_, x509) = X509Certificate::from_der(der).ok()?;
    let (mut names, mut ca) = (Vec::new(), false);
    for extension in x509.extensions() {
        match extension.parsed_extension() {
            ParsedExtension::SubjectAlternativeName(san) => {
                names.extend(san.general_names.iter().filter_map(alternative_name));
            }
            ParsedExtension::BasicConstraints(constraints) => ca = constraints.ca,
            _ => {}
        }
    }
    let day = |time: i64| time.div_euclid(86_400);
    let (key_algorithm, key_bits) = key_of(x509.public_key());
    Some(Certificate {
        path: String::new(),
        index: 0,
        subject: name_text(x509.subject()),
        issuer: name_text(x509.issuer()),
        names,
        not_before_day: day(x509.validity().not_before.timestamp()),
        not_after_day: day(x509.validity().not_after.timestamp()),
        key_algorithm: key_algorithm.to_owned(),
        key_bits,
        signature_algorithm: signature_name(&x509.signature_algorithm.algorithm.to_id_string()),
        ca,
        self_signed: x509.subject().as_raw() == x509.issuer().as_raw(),
    })
}

fn alternative_name(name: &GeneralName<'_>) -> Option<String> {
    Some(match name {
        GeneralName::DNSName(text) | GeneralName::RFC822Name(text) | GeneralName::URI(text) => (*text).to_owned(),
        GeneralName::IPAddress(bytes) => {
            if let Ok(four) = <[u8; 4]>::try_from(*bytes) {
                std::net::Ipv4Addr::from(four).to_string()
            } else if let Ok(sixteen) = <[u8; 16]>::try_from(*bytes) {
                std::net::Ipv6Addr::from(sixteen).to_string()
            } else {
                return None;
            }
        }
        GeneralName::DirectoryName(name) => name_text(name),
        _ => return None,
    })
}

fn key_of(key: &SubjectPublicKeyInfo<'_>) -> (&'static str, u32) {
    let bits = |number: &[u8]| {
        let zeros = number.iter().take_while(|b| **b == 0).count();
        let rest = number.get(zeros..).unwrap_or_default();
        let first = rest.first().map_or(0, |b| b.leading_zeros());
        u32::try_from(rest.len() * 8).unwrap_or(u32::MAX).saturating_sub(first)
    };
    match key.algorithm.algorithm.to_id_string().as_str() {
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" => match key.parsed() {
            Ok(PublicKey::RSA(rsa)) => ("rsa", bits(rsa.modulus)),
            _ => ("rsa", 0),
        },
        "1.2.840.10045.2.1" => {
            let curve = key.algorithm.parameters.as_ref().and_then(|p| p.as_oid().ok()).map(|oid| oid.to_id_string());
            (
                "ec",
                match curve.as_deref() {
                    Some("1.3.132.0.33") => 224,
                    Some("1.2.840.10045.3.1.7" | "1.3.132.0.10" | "1.3.36.3.3.2.8.1.1.7") => 256,
                    Some("1.3.132.0.34" | "1.3.36.3.3.2.8.1.1.11") => 384,
                    Some("1.3.36.3.3.2.8.1.1.13") => 512,
                    Some("1.3.132.0.35") => 521,
                    Some("1.2.840.10045.3.1.1") => 192,
                    _ => 0,
                },
            )
        }
        "1.3.101.112" => ("ed25519", 256),
        _ => ("other", 0),
    }
}

/// Names as OpenSSL prints them; an OID that is not in the list stays one.
fn signature_name(oid: &str) -> String {
    match oid {
        "1.2.840.113549.1.1.2" => "md2WithRSAEncryption",
        "1.2.840.113549.1.1.4" => "md5WithRSAEncryption",
        "1.2.840.113549.1.1.5" => "sha1WithRSAEncryption",
        "1.2.840.113549.1.1.10" => "rsassaPss",
        "1.2.840.113549.1.1.11" => "sha256WithRSAEncryption",
        "1.2.840.113549.1.1.12" => "sha384WithRSAEncryption",
        "1.2.840.113549.1.1.13" => "sha512WithRSAEncryption",
        "1.2.840.113549.1.1.14" => "sha224WithRSAEncryption",
        "1.2.840.10040.4.3" => "dsaWithSHA1",
        "2.16.840.1.101.3.4.3.2" => "dsa_with_SHA256",
        "1.2.840.10045.4.1" => "ecdsa-with-SHA1",
        "1.2.840.10045.4.3.1" => "ecdsa-with-SHA224",
        "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
        "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
        "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
        "1.3.101.112" => "ED25519",
        "1.3.101.113" => "ED448",
        other => other,
    }
    .to_owned()
}

/// RFC 4514: the last part first, `,` between parts, `+` within one. A type that has no short name there is its OID.
fn name_text(name: &X509Name<'_>) -> String {
    let mut parts: Vec<String> = name
        .iter_rdn()
        .map(|rdn| {
            let one = |attribute: &x509_parser::x509::AttributeTypeAndValue<'_>| {
                let oid = attribute.attr_type().to_id_string();
                let short = match oid.as_str() {
                    "2.5.4.3" => "CN",
                    "2.5.4.6" => "C",
                    "2.5.4.7" => "L",
                    "2.5.4.8" => "ST",
                    "2.5.4.9" => "STREET",
                    "2.5.4.10" => "O",
                    "2.5.4.11" => "OU",
                    "0.9.2342.19200300.100.1.1" => "UID",
                    "0.9.2342.19200300.100.1.25" => "DC",
                    other => other,
                };
                let value = attribute.as_str().map_or_else(|_| hex(attribute.as_slice()), value_text);
                format!("{short}={value}")
            };
            rdn.iter().map(one).collect::<Vec<_>>().join("+")
        })
        .collect();
    parts.reverse();
    parts.join(",")
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().take(64).fold(String::from("#"), |mut text, byte| {
        let written = write!(text, "{byte:02x}");
        debug_assert!(written.is_ok(), "a string takes all");
        text
    })
}

/// RFC 4514, section 2.4.
fn value_text(value: &str) -> String {
    let mut out = String::new();
    let last = value.chars().count().saturating_sub(1);
    for (i, c) in value.chars().enumerate() {
        match c {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => out.extend(['\\', c]),
            '#' if i == 0 => out.push_str("\\#"),
            ' ' if i == 0 || i == last => out.push_str("\\ "),
            '\0' => out.push_str("\\00"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    /// Self-signed, P-256, subject `O=Acme\, Inc., CN=web.test`, alternative names `web.test` and `192.0.2.1`,
    /// CA:TRUE. Made with openssl(1) for this test.
    const EC: &str = include_str!("../../tests/data/ec.pem");

    #[test]
    fn a_certificate_is_read() {
        let der = pem::certificates(EC, 1).unwrap();
        let got = certificate_of(&der[0]).unwrap();
        assert_eq!(got.subject, r"CN=web.test,O=Acme\, Inc.", "the last part first, with escapes");
        assert_eq!(got.issuer, got.subject);
        assert!(got.self_signed && got.ca);
        assert_eq!(got.names, ["web.test", "192.0.2.1"]);
        assert_eq!((got.key_algorithm.as_str(), got.key_bits), ("ec", 256));
        assert_eq!(got.signature_algorithm, "ecdsa-with-SHA256");
        assert!(got.not_before_day > 20_000 && got.not_after_day > got.not_before_day);
    }

    #[test]
    fn files_give_one_child_a_certificate() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        for path in ["etc/nginx/tls", "etc/ssl/certs", "etc/letsencrypt/archive/a", "etc/letsencrypt/live/a"] {
            std::fs::create_dir_all(at(path)).unwrap();
        }
        let junk = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
        std::fs::write(at("etc/nginx/tls/chain.pem"), format!("{EC}{junk}")).unwrap();
        std::fs::write(at("etc/nginx/tls/bundle.pem"), EC.repeat(21)).unwrap();
        std::fs::write(at("etc/ssl/certs/authority.pem"), EC).unwrap();
        std::fs::write(at("etc/letsencrypt/archive/a/cert1.pem"), EC).unwrap();
        std::os::unix::fs::symlink("../../archive/a/cert1.pem", at("etc/letsencrypt/live/a/cert.pem")).unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        let got = list(&host).unwrap();
        let rows: Vec<_> = got.iter().map(|child| (child.name.as_str(), child.facets["certificate"].is_ok())).collect();
        assert_eq!(
            rows,
            [
                ("/etc/letsencrypt/live/a/cert.pem", true),
                ("/etc/nginx/tls/chain.pem", true),
                ("/etc/nginx/tls/chain.pem#1", false)
            ],
            "bundles, authorities and certbot's archive are left out; what cannot be parsed is said"
        );
    }

    #[test]
    fn names_are_escaped() {
        for (value, want, why) in [
            ("plain", "plain", "nothing to escape"),
            (" a ", "\\ a\\ ", "blanks at both ends"),
            ("#a#", "\\#a#", "a number sign at the start"),
            ("a+b=c", "a\\+b=c", "an equals sign may stand"),
        ] {
            assert_eq!(value_text(value), want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..400, byte in any::<u8>()) {
            certificates_of(&bytes);
            certificate_of(&bytes);
            let mut der = pem::certificates(EC, 1).unwrap().remove(0);
            if let Some(place) = der.get_mut(at) {
                *place = byte;
            }
            certificate_of(&der);
        }
    }
}
