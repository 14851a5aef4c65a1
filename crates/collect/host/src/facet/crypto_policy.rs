use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// System-wide cryptography: OpenSSL's default section, crypto-policies, FIPS.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct CryptoPolicy {
    /// `MinProtocol` of the system default section of `openssl.cnf`; null where not set.
    pub(crate) openssl_min_protocol: Option<String>,
    /// `CipherString`, as written; null where not set.
    pub(crate) openssl_cipher_string: Option<String>,
    /// `/etc/crypto-policies/config`; null where absent.
    pub(crate) policy: Option<String>,
    /// `/proc/sys/crypto/fips_enabled`; null below a mounted root.
    pub(crate) fips_enabled: Option<bool>,
    /// GnuTLS's priority or disabled versions, as written (`/etc/gnutls/config`); null where absent.
    pub(crate) gnutls: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "crypto_policy",
    live_only: false,
    shape: crate::def::shape_of::<CryptoPolicy>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<CryptoPolicy, Missing> {
    Err(Missing::failed("not written yet"))
}
