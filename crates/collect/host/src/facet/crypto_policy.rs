use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    line::joined,
    text::meaningful,
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
    /// GnuTLS's priority or disabled versions, as written (`/etc/gnutls/config`), without comments, at most 4,096 bytes;
    /// null where absent.
    pub(crate) gnutls: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "crypto_policy",
    live_only: false,
    shape: crate::def::shape_of::<CryptoPolicy>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const OPENSSL: [&str; 2] = ["/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf"];
/// Files that one configuration may include; real ones include a handful.
const INCLUDES_MAX: usize = 64;
const GNUTLS_MAX: usize = 4096;

fn collect(host: &Host) -> Result<CryptoPolicy, Missing> {
    let root = &host.root;
    let mut policy = CryptoPolicy::default();
    for path in OPENSSL {
        let Some(text) = root.read_text(path)? else { continue };
        let mut config = Config::default();
        openssl(host, &text, &mut config, &mut 0)?;
        (policy.openssl_min_protocol, policy.openssl_cipher_string) = config.system_default();
        break;
    }
    let text = root.read_text("/etc/crypto-policies/config")?.unwrap_or_default();
    policy.policy = meaningful(&text, &['#']).next().map(|(_, line)| line.to_owned());
    if host.is_live() {
        // A kernel that was built without it has no such file.
        let text = root.read_text("/proc/sys/crypto/fips_enabled")?;
        policy.fips_enabled = Some(text.is_some_and(|value| value.trim() == "1"));
    }
    policy.gnutls = root.read_text("/etc/gnutls/config")?.map(|text| gnutls(&text));
    Ok(policy)
}

/// Sections of an OpenSSL configuration, each with its settings in order (`config(5ssl)`).
#[derive(Debug, Default)]
struct Config {
    section: String,
    sections: HashMap<String, Vec<(String, String)>>,
}

/// What a text asks to include.
type Include = String;

impl Config {
    /// One logical line; gives the path of an `.include`, which stands for the text of that file.
    fn line(&mut self, line: &str) -> Option<Include> {
        let line = uncommented(line).trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            name.trim().clone_into(&mut self.section);
            return None;
        }
        if let Some(rest) = line.strip_prefix(".include") {
            let path = rest.trim_start().trim_start_matches('=').trim().trim_matches(['"', '\'']);
            return (!path.is_empty()).then(|| path.to_owned());
        }
        if let Some((name, value)) = line.split_once('=') {
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            self.sections.entry(self.section.clone()).or_default().push((name.trim().to_owned(), value));
        }
        None
    }

    fn get(&self, section: &str, name: &str) -> Option<&str> {
        let settings = self.sections.get(section)?;
        settings.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// `openssl_conf` → `ssl_conf` → `system_default`, then `MinProtocol` and `CipherString` there. A command's name
    /// has any case, and what stands before a dot in it only makes it unique (`SSL_CONF_cmd(3ssl)`).
    fn system_default(&self) -> (Option<String>, Option<String>) {
        let section = self
            .get("", "openssl_conf")
            .or_else(|| self.get("default", "openssl_conf"))
            .and_then(|section| self.get(section, "ssl_conf"))
            .and_then(|section| self.get(section, "system_default"))
            .and_then(|section| self.sections.get(section));
        let (mut protocol, mut ciphers) = (None, None);
        for (name, value) in section.into_iter().flatten() {
            let command = name.rsplit('.').next().unwrap_or(name);
            if command.eq_ignore_ascii_case("MinProtocol") && !value.starts_with("DTLS") {
                protocol = Some(value.clone());
            } else if command.eq_ignore_ascii_case("CipherString") {
                ciphers = Some(value.clone());
            }
        }
        (protocol, ciphers)
    }
}

fn uncommented(line: &str) -> &str {
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '#') => return line.get(..at).unwrap_or_default(),
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    line
}

fn openssl(host: &Host, text: &str, config: &mut Config, included: &mut usize) -> Result<(), Missing> {
    for (_, line) in joined(text, "") {
        let Some(path) = config.line(&line) else { continue };
        let mut files = Vec::new();
        match host.root.list(&path)? {
            Some(entries) => {
                let names = entries.into_iter().map(|entry| entry.name);
                files.extend(
                    names.filter(|n| n.ends_with(".cnf") || n.ends_with(".conf")).map(|n| format!("{path}/{n}")),
                );
            }
            None => files.push(path),
        }
        for file in files {
            *included += 1;
            if *included > INCLUDES_MAX {
                return Err(Missing::failed(format!(
                    "cannot read `{file}`: more than {INCLUDES_MAX} files are included"
                )));
            }
            if let Some(text) = host.root.read_text(&file)? {
                openssl(host, &text, config, included)?;
            }
        }
    }
    Ok(())
}

pub(crate) fn gnutls(text: &str) -> String {
    let mut out = String::new();
    for (_, line) in meaningful(text, &['#']) {
        if out.len() + line.len() >= GNUTLS_MAX {
            break;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CHAIN: &str = "openssl_conf = init\n[init]\nssl_conf = ssl\n[ssl]\nsystem_default = sys\n[sys]\n";

    fn scratch(files: &[(&str, &str)]) -> CryptoPolicy {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        collect(&Host::new(root)).unwrap()
    }

    #[test]
    fn system_default_section() {
        for (text, protocol, ciphers, why) in [
            (
                format!("{CHAIN}MinProtocol = TLSv1.2\nCipherString = DEFAULT@SECLEVEL=2 # note\n"),
                Some("TLSv1.2"),
                Some("DEFAULT@SECLEVEL=2"),
                "Debian",
            ),
            (
                format!("{CHAIN}TLS.MinProtocol = TLSv1.2\nDTLS.MinProtocol = DTLSv1.2\n"),
                Some("TLSv1.2"),
                None,
                "Red Hat",
            ),
            (
                format!("{CHAIN}MinProtocol = TLSv1\nminprotocol = TLSv1.3\n"),
                Some("TLSv1.3"),
                None,
                "the last one, in any case",
            ),
            ("[sys]\nMinProtocol = TLSv1.2\n".to_owned(), None, None, "nothing leads to the section"),
            (format!("#{CHAIN}MinProtocol = TLSv1.2\n"), None, None, "the chain is commented out at its start"),
            (CHAIN.to_owned(), None, None, "not set"),
            (format!("{CHAIN}CipherString = \\\n DEFAULT\n"), None, Some("DEFAULT"), "a continued line"),
        ] {
            let got = scratch(&[("etc/ssl/openssl.cnf", &text)]);
            assert_eq!(got.openssl_min_protocol.as_deref(), protocol, "{why}");
            assert_eq!(got.openssl_cipher_string.as_deref(), ciphers, "{why}");
        }
    }

    #[test]
    fn includes_stand_where_they_are_named() {
        let text = format!("{CHAIN}.include = /etc/crypto-policies/back-ends/opensslcnf.config\n");
        let got = scratch(&[
            ("etc/pki/tls/openssl.cnf", &text),
            ("etc/crypto-policies/back-ends/opensslcnf.config", "TLS.MinProtocol = TLSv1.2\n"),
            ("etc/crypto-policies/config", "# note\n\nFUTURE\n"),
            ("etc/gnutls/config", "[overrides]\n# x\ndisabled-version = tls1.0\n"),
        ]);
        assert_eq!(got.openssl_min_protocol.as_deref(), Some("TLSv1.2"));
        assert_eq!(got.policy.as_deref(), Some("FUTURE"));
        assert_eq!(got.gnutls.as_deref(), Some("[overrides]\ndisabled-version = tls1.0"));
        assert_eq!(got.fips_enabled, None, "a mounted root has no kernel");
    }

    #[test]
    fn a_file_that_includes_itself_ends() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("etc/ssl")).unwrap();
        std::fs::write(dir.path().join("etc/ssl/openssl.cnf"), ".include /etc/ssl/openssl.cnf\n").unwrap();
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        assert!(collect(&Host::new(root)).is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let mut config = Config::default();
            for (_, line) in joined(&text, "") {
                config.line(&line);
            }
            config.system_default();
            prop_assert!(gnutls(&text).len() <= GNUTLS_MAX);
        }
    }
}
