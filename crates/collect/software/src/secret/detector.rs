use crate::SecretClass;

/// Why a text is believed to be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// A checksum that is part of it is right.
    Checksum,
    /// Its parts are what the format has there: lengths, decoded fields, a signature of the issuer.
    Structure,
    /// It looks like one, and its characters are as mixed as those of one.
    Pattern,
}

impl Proof {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Checksum => "checksum",
            Self::Structure => "structure",
            Self::Pattern => "pattern",
        }
    }
}

/// A place that a detector's pattern fits.
#[derive(Clone, Copy)]
pub(super) struct Match<'a> {
    /// The secret alone.
    pub(super) secret: &'a str,
    /// All that the pattern took, with names and quotes around the secret.
    pub(super) whole: &'a str,
    /// The text up to 1,024 bytes around it.
    pub(super) near: &'a str,
}

/// One sort of secret.
pub(super) struct Detector {
    /// Its name in findings.
    pub(super) name: &'static str,
    /// What it opens.
    pub(super) class: SecretClass,
    /// One of them, in any case, stands in each text that holds such a secret; all are sought in one pass. Empty: only
    /// files of `only` are looked at, whole.
    pub(super) keywords: &'static [&'static str],
    /// What is looked for around a keyword. The first group that took part is the secret; without groups all of it.
    pub(super) pattern: &'static str,
    /// Bytes behind the keyword that are looked at.
    pub(super) reach: usize,
    /// Only in files of which this holds.
    pub(super) only: fn(&str) -> bool,
    /// Whether it is one.
    pub(super) proof: fn(&Match<'_>) -> Option<Proof>,
}

/// Bytes behind a keyword for what stands on one line.
const REACH: usize = 512;

impl Detector {
    const fn new(
        name: &'static str,
        class: SecretClass,
        keywords: &'static [&'static str],
        pattern: &'static str,
        proof: fn(&Match<'_>) -> Option<Proof>,
    ) -> Self {
        Self { name, class, keywords, pattern, reach: REACH, only: anywhere, proof }
    }

    pub(super) const fn token(
        name: &'static str,
        keywords: &'static [&'static str],
        pattern: &'static str,
        proof: fn(&Match<'_>) -> Option<Proof>,
    ) -> Self {
        Self::new(name, SecretClass::Token, keywords, pattern, proof)
    }

    pub(super) const fn cloud(
        name: &'static str,
        keywords: &'static [&'static str],
        pattern: &'static str,
        proof: fn(&Match<'_>) -> Option<Proof>,
    ) -> Self {
        Self::new(name, SecretClass::CloudKey, keywords, pattern, proof)
    }

    pub(super) const fn key(
        name: &'static str,
        keywords: &'static [&'static str],
        pattern: &'static str,
        proof: fn(&Match<'_>) -> Option<Proof>,
    ) -> Self {
        // The longest key in use, RSA of 16,384 bits, has 13 kB as PEM.
        Self { reach: 16 << 10, ..Self::new(name, SecretClass::PrivateKey, keywords, pattern, proof) }
    }

    pub(super) const fn password(
        name: &'static str,
        keywords: &'static [&'static str],
        pattern: &'static str,
        proof: fn(&Match<'_>) -> Option<Proof>,
    ) -> Self {
        Self::new(name, SecretClass::Password, keywords, pattern, proof)
    }

    pub(super) const fn within(self, reach: usize) -> Self {
        Self { reach, ..self }
    }

    pub(super) const fn only(self, only: fn(&str) -> bool) -> Self {
        Self { only, ..self }
    }

    /// What of a secret may be shown: the part of its first four characters that every secret of this sort begins with.
    pub(super) fn shown<'a>(&self, secret: &'a str) -> &'a str {
        if matches!(self.class, SecretClass::PrivateKey | SecretClass::Password) {
            return "";
        }
        let fixed = self.keywords.iter().filter(|keyword| secret.starts_with(**keyword)).map(|keyword| keyword.len());
        secret.get(..fixed.max().unwrap_or(0).min(4)).unwrap_or_default()
    }

    /// `ghp_… (40 characters)`.
    pub(super) fn redacted(&self, secret: &str) -> String {
        format!("{}… ({} characters)", self.shown(secret), secret.chars().count())
    }
}

fn anywhere(_: &str) -> bool {
    true
}
