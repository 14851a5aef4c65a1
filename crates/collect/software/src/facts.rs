use std::io::SeekFrom;

use casemate_estate::{Distribution, Package, PackageType, Problem};
use serde::{Deserialize, Serialize};

use crate::{Body, Entry, Want, assemble, entry::Candidate, interest, package, secret};

/// Raised where a reader makes other facts of the same bytes: who keeps facts by layer reads it again then.
pub const FACTS_VERSION: u32 = 1;

/// The sort of a secret: the checks ask for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecretClass {
    /// A private key without a passphrase, or one whose passphrase cannot be told.
    PrivateKey,
    /// A key of a cloud account.
    CloudKey,
    /// A token of a service.
    Token,
    /// A password in a connection string or a file that clients read it from.
    Password,
}

/// A secret that a file holds. What it says is enough to find it, and never enough to use it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Secret {
    /// The detector: `aws_access_key`, `github_token`.
    pub detector: String,
    /// Its sort.
    pub class: SecretClass,
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: u64,
    /// At most its first four characters (none of a key's or password's), then `…` and its length: `ghp_… (40 characters)`.
    pub redacted: String,
    /// Why it is believed to be one: `checksum`, `structure`, `pattern`.
    pub proof: String,
    /// The layer of an image that brought the file: its diff id. Set by who stacks layers; none outside images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// The layer that deletes or overwrites the file. Whoever has the image has the secret all the same: the tree hides
    /// it, the layer below does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_in_later_layer: Option<String>,
}

/// Paths that a distribution's package owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owned {
    /// How the owner is packed.
    pub kind: PackageType,
    /// Name of the package, with `:ARCH` where the database writes it so.
    pub package: String,
    /// Absolute paths of its files.
    pub paths: Vec<String>,
    /// Its files show that no distribution made it. (Of an rpm its vendor shows it.)
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub foreign: bool,
}

/// A file that matters by what it is rather than by what it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FileOfInterest {
    /// The file.
    pub path: String,
    /// `set_user_id`, `set_group_id`, `package_manager`, `shell`, `world_writable`.
    pub kind: String,
    /// `0o4755` as four octal digits.
    pub mode: String,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
}

/// What one file proves. Depends on the entry and its bytes alone; can be kept by the file's layer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Packages, with this file as their location.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<Package>,
    /// Who owns which files, from a package database.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owned: Vec<Owned>,
    /// The distribution, from `os-release`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<Distribution>,
    /// Secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<Secret>,
    /// What the entry is by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interest: Vec<FileOfInterest>,
    /// Where a symbolic link leads that whole trees are reached by (`/lib`), or the distribution's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What could not be understood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

impl Facts {
    /// Whether the file proves nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }

    /// A file of which nothing but a problem is known.
    pub(crate) fn failed(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }

    /// Adds what another reader of the same file found.
    pub(crate) fn join(&mut self, other: Self) {
        self.packages.extend(other.packages);
        self.owned.extend(other.owned);
        self.distribution = self.distribution.take().or(other.distribution);
        self.secrets.extend(other.secrets);
        self.interest.extend(other.interest);
        self.link = self.link.take().or(other.link);
        self.problems.extend(other.problems);
    }
}

/// Reads one file. `body` is none for an entry that is no regular file, and for one that [`crate::wants`] did not want:
/// what is known by the entry alone (set-user-id files, a file that is too large) is told all the same.
///
/// Never fails: what cannot be understood is among the problems.
pub fn read(entry: &Entry, body: Option<&mut dyn Body>, secrets: bool) -> Facts {
    let mut facts = Facts { interest: interest::of(entry), link: assemble::link(entry), ..Facts::default() };
    let Some(file) = Candidate::new(entry) else { return facts };
    let mut body = body;
    let readers = package::READERS.iter().map(|reader| (reader.name, (reader.wants)(&file), reader.read));
    let secrets =
        secrets.then(|| ("secrets", secret::wants(&file), secret::read as fn(&Entry, &mut dyn Body) -> Facts));
    for (name, want, read) in readers.chain(secrets) {
        match want {
            None => {}
            Some(Want::Whole(most)) if entry.size > most => {
                let reason = format!("not read for {name}: {} bytes, limit file.bytes is {most}", entry.size);
                facts.problems.push(package::problem(entry, reason, true));
            }
            Some(_) => {
                let Some(body) = body.as_mut() else { continue };
                match body.seek(SeekFrom::Start(0)) {
                    Ok(_) => facts.join(read(entry, *body)),
                    Err(why) => facts.problems.push(package::problem(entry, format!("cannot read it: {why}"), true)),
                }
            }
        }
    }
    facts
}
