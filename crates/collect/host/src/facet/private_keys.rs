use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    root::ReadError,
};

/// Private key files on known places (`/etc/ssl`, `/etc/pki`, `/etc/letsencrypt`, `/etc/ssh`, homes' `.ssh`, web and database
/// servers' directories): where they lie and who may read them. Never their content.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PrivateKeys {
    /// By path.
    pub(crate) keys: Vec<PrivateKey>,
    /// The walk stopped at its limit of entries: there may be more keys.
    pub(crate) truncated: bool,
}

/// One key file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PrivateKey {
    /// Path.
    pub(crate) path: String,
    /// `pkcs1`, `pkcs8`, `pkcs8_encrypted`, `ec`, `openssh`, `dsa`, `pgp`.
    pub(crate) format: String,
    /// Protected by a passphrase; null where it cannot be told.
    pub(crate) encrypted: Option<bool>,
    /// Mode, octal text.
    pub(crate) mode: String,
    /// Permission bits as a number.
    pub(crate) bits: u32,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Owner's name.
    pub(crate) owner: Option<String>,
    /// Group's name.
    pub(crate) group: Option<String>,
    /// Rights (4 read, 2 write, 1 run) that an access control list gives to users and groups by name; 0 where none.
    pub(crate) acl_rights: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "private_keys",
    live_only: false,
    shape: crate::def::shape_of::<PrivateKeys>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Bytes of a file that are looked at: a key's first line is near the start.
const LOOK: u64 = 4 << 10;

fn collect(host: &Host) -> Result<PrivateKeys, Missing> {
    host.names_known()?;
    let tree = host.tree();
    tree.complete()?;
    let mut keys = Vec::new();
    for found in &tree.candidates {
        if found.meta.kind != rustix::fs::FileType::RegularFile {
            continue;
        }
        let head = match host.root.read_up_to(&found.path, LOOK) {
            Ok(Some((head, _))) => head,
            // Gone, or made something else, since the walk.
            Ok(None) | Err(ReadError::NotRegular { .. }) => continue,
            Err(error) => return Err(error.into()),
        };
        let Some(Format { format, encrypted }) = format_of(&head) else { continue };
        keys.push(PrivateKey {
            path: found.path.clone(),
            format: format.to_owned(),
            encrypted,
            mode: found.meta.mode(),
            bits: found.meta.bits,
            uid: found.meta.uid,
            owner: host.user_name(found.meta.uid).map(str::to_owned),
            group: host.group_name(found.meta.gid).map(str::to_owned),
            acl_rights: host.root.acl_rights(&found.path)?,
        });
    }
    Ok(PrivateKeys { keys, truncated: tree.truncated })
}

/// What kind of key a file starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Format {
    format: &'static str,
    encrypted: Option<bool>,
}

/// The first private key in the head of a file, by its armour (RFC 7468; RFC 1421 headers of OpenSSL's older form;
/// OpenSSH's PROTOCOL.key). The label must stand at the start of a line. None where there is no key.
pub(crate) fn format_of(head: &[u8]) -> Option<Format> {
    const LABELS: &[(&str, &str)] = &[
        ("RSA PRIVATE KEY", "pkcs1"),
        ("PRIVATE KEY", "pkcs8"),
        ("ENCRYPTED PRIVATE KEY", "pkcs8_encrypted"),
        ("EC PRIVATE KEY", "ec"),
        ("OPENSSH PRIVATE KEY", "openssh"),
        ("DSA PRIVATE KEY", "dsa"),
        ("PGP PRIVATE KEY BLOCK", "pgp"),
    ];
    let text = String::from_utf8_lossy(head);
    let mut lines = text.lines();
    let format = lines.by_ref().find_map(|line| {
        let label = line.trim().strip_prefix("-----BEGIN ")?.strip_suffix("-----")?;
        LABELS.iter().find(|(name, _)| *name == label).map(|(_, format)| *format)
    })?;
    let encrypted = match format {
        "pkcs8_encrypted" => Some(true),
        "pkcs8" => Some(false),
        // Both cut short and armoured twice, an OpenPGP packet would have to be taken apart.
        "pgp" => None,
        "openssh" => openssh_encrypted(lines.next().unwrap_or_default().trim()),
        _ => Some(lines.take(4).any(|line| line.starts_with("Proc-Type:") && line.contains("ENCRYPTED"))),
    };
    Some(Format { format, encrypted })
}

/// After the magic `openssh-key-v1` and a zero byte stands the name of the cipher, a string with its length before it.
fn openssh_encrypted(first_line: &str) -> Option<bool> {
    let bytes = crate::pem::base64(first_line)?;
    let rest = bytes.strip_prefix(b"openssh-key-v1\0")?;
    let (length, rest) = rest.split_at_checked(4)?;
    let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
    rest.get(..length).map(|cipher| cipher != b"none")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    #[test]
    fn keys_are_told_by_their_head() {
        let some = |format, encrypted| Some(Format { format, encrypted });
        for (head, want, why) in [
            ("-----BEGIN RSA PRIVATE KEY-----\nMIIE", some("pkcs1", Some(false)), "PKCS#1"),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nx",
                some("pkcs1", Some(true)),
                "OpenSSL's older encryption",
            ),
            ("-----BEGIN PRIVATE KEY-----\nMC4", some("pkcs8", Some(false)), "PKCS#8"),
            ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC4", some("pkcs8_encrypted", Some(true)), "PKCS#8, encrypted"),
            (
                "-----BEGIN EC PARAMETERS-----\nBg==\n-----END EC PARAMETERS-----\n-----BEGIN EC PRIVATE KEY-----\n",
                some("ec", Some(false)),
                "parameters first",
            ),
            (
                "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\r\n-----BEGIN DSA PRIVATE KEY-----\r\nMC4",
                some("dsa", Some(false)),
                "after a certificate, with carriage returns",
            ),
            (
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n",
                some("openssh", Some(false)),
                "cipher none",
            ),
            (
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABBWJ8rY3v\n",
                some("openssh", Some(true)),
                "cipher aes256-ctr",
            ),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\n%%%%\n", some("openssh", None), "not what it says"),
            ("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nl", some("pgp", None), "OpenPGP"),
            ("-----BEGIN PUBLIC KEY-----\nMC4", None, "a public key"),
            ("see -----BEGIN PRIVATE KEY-----", None, "in the midst of a line"),
            ("ssh-ed25519 AAAA", None, "a public key of OpenSSH"),
            ("", None, "nothing"),
        ] {
            assert_eq!(format_of(head.as_bytes()), want, "{why}");
        }
    }

    #[test]
    fn only_the_place_of_a_key_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["etc/ssl/private", "home/ann/.ssh", "home/ann/src"] {
            std::fs::create_dir_all(dir.path().join(path)).unwrap();
        }
        let key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
        for path in ["etc/ssl/private/a.key", "home/ann/.ssh/work", "home/ann/src/sample.pem"] {
            std::fs::write(dir.path().join(path), key).unwrap();
        }
        std::fs::write(dir.path().join("home/ann/.ssh/config"), "Host *\n").unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        let got = collect(&host).unwrap();
        let paths: Vec<_> = got.keys.iter().map(|key| key.path.as_str()).collect();
        assert_eq!(paths, ["/etc/ssl/private/a.key", "/home/ann/.ssh/work"], "samples in source trees are none");
        assert!(!serde_json::to_string(&got).unwrap().contains("c2VjcmV0"));
    }

    proptest! {
        #[test]
        fn never_panics(head in proptest::collection::vec(any::<u8>(), 0..256), rest in "[A-Za-z0-9+/=]{0,80}") {
            format_of(&head);
            openssh_encrypted(&rest);
        }
    }
}
