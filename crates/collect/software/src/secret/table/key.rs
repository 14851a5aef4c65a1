//! Private keys.
use crate::secret::{detector::Detector, private_key, proof};

pub(super) const ROWS: &[Detector] = &[
    Detector::key(
        "google_service_account",
        &["private_key"],
        r#""private_key"\s*:\s*"(-----BEGIN (?:RSA )?PRIVATE KEY-----[^"-]+-----END (?:RSA )?PRIVATE KEY-----)"#,
        private_key::service_account,
    ),
    Detector::key(
        "openssh_private_key",
        &["BEGIN OPENSSH PRIVATE KEY"],
        r"-----BEGIN OPENSSH PRIVATE KEY-----[^-]+-----END OPENSSH PRIVATE KEY-----",
        private_key::openssh,
    ),
    Detector::key(
        "private_key",
        &["PRIVATE KEY-----"],
        r"-----BEGIN (?:RSA |EC |DSA )?PRIVATE KEY-----[^-]+-----END (?:RSA |EC |DSA )?PRIVATE KEY-----",
        private_key::der,
    ),
    Detector::key(
        "pgp_private_key",
        &["BEGIN PGP PRIVATE KEY BLOCK"],
        r"(?s)-----BEGIN PGP PRIVATE KEY BLOCK-----.+?-----END PGP PRIVATE KEY BLOCK-----",
        private_key::pgp,
    ),
    Detector::key(
        "putty_private_key",
        &["PuTTY-User-Key-File-"],
        r"(?s)PuTTY-User-Key-File-[123]: [^\r\n]+\r?\nEncryption: none\r?\n.+?Private-Lines: [0-9]+\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\nPrivate-(?:MAC|Hash):",
        private_key::putty,
    ),
    Detector::key(
        "age_secret_key",
        &["AGE-SECRET-KEY-1"],
        r"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
        proof::age,
    )
    .within(128),
    Detector::key(
        "wireguard_private_key",
        &["PrivateKey"],
        r"PrivateKey\s*=\s*([A-Za-z0-9+/]{43}=)",
        private_key::wireguard,
    )
    .within(128),
    Detector::key(
        "kubeconfig_client_key",
        &["client-key-data"],
        r#"client-key-data["']?\s*:\s*["']?([A-Za-z0-9+/]{100,}={0,2})"#,
        private_key::wrapped,
    ),
];
