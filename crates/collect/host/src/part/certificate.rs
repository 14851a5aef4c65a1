use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of},
    host::Host,
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

fn list(_host: &Host) -> Result<Vec<Child>, Missing> {
    Err(Missing::failed("not written yet"))
}
