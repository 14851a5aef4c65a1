use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// How a package is packed: the `type` of a package URL (<https://github.com/package-url/purl-spec>), which also says
/// how its versions are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackageType {
    /// Debian and its kin: dpkg.
    Deb,
    /// Alpine: apk.
    Apk,
    /// Red Hat, SUSE and their kin: rpm.
    Rpm,
    /// The kernel that runs now; its version is that of the package it was built from where it says so.
    Kernel,
    /// Python.
    Pypi,
    /// Node.js, whichever of npm, yarn or pnpm.
    Npm,
    /// Go modules; `stdlib` is the toolchain's own library.
    Golang,
    /// Rust.
    Cargo,
    /// Java; the namespace is the group.
    Maven,
    /// Ruby.
    Gem,
    /// PHP; the namespace is the vendor.
    Composer,
    /// .NET.
    Nuget,
    /// Anything else that an SBOM names; never matched, always said.
    Generic,
}

impl PackageType {
    /// All types.
    pub const ALL: [Self; 13] = [
        Self::Deb,
        Self::Apk,
        Self::Rpm,
        Self::Kernel,
        Self::Pypi,
        Self::Npm,
        Self::Golang,
        Self::Cargo,
        Self::Maven,
        Self::Gem,
        Self::Composer,
        Self::Nuget,
        Self::Generic,
    ];

    /// The word of a package URL.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deb => "deb",
            Self::Apk => "apk",
            Self::Rpm => "rpm",
            Self::Kernel => "kernel",
            Self::Pypi => "pypi",
            Self::Npm => "npm",
            Self::Golang => "golang",
            Self::Cargo => "cargo",
            Self::Maven => "maven",
            Self::Gem => "gem",
            Self::Composer => "composer",
            Self::Nuget => "nuget",
            Self::Generic => "generic",
        }
    }

    /// The type of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether a distribution's package manager installs it.
    #[must_use]
    pub fn is_system(self) -> bool {
        matches!(self, Self::Deb | Self::Apk | Self::Rpm | Self::Kernel)
    }
}

/// The source package that a distribution's binary package was built from: what its advisories name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// `openssl`.
    pub name: String,
    /// Its version, which may differ from the binary's (`binNMU`, epochs).
    pub version: String,
}

/// Where a package lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The file that proves it, from the root of the target: `/var/lib/dpkg/status`, `/app/package-lock.json`. Inside an
    /// archive: `/app/a.war!/WEB-INF/lib/b.jar`.
    pub path: String,
    /// The layer of an image that brought it: its diff id, `sha256:…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
}

/// One package that files prove to be there. Two copies of the same version are one package with two locations.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Package {
    /// How it is packed.
    #[serde(rename = "type")]
    pub kind: PackageType,
    /// The group, scope or vendor, as in a package URL: `org.apache.logging.log4j`, `@babel`, `symfony`. None for
    /// packages of a distribution, whose namespace is the distribution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The name, as its ecosystem spells it.
    pub name: String,
    /// The version as the evidence writes it, with epoch: `1:2.36-9+deb12u4`. Empty where the evidence gives none.
    pub version: String,
    /// `amd64`, `x86_64`; none where it has none or the package is for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arch: Option<String>,
    /// The source package; for a distribution's package always there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The module stream of an rpm: `nodejs:18`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// Who built an rpm (`Vendor`), where it says so: it tells the distribution's own packages from others'. Of a deb, who
    /// built it where that is not the distribution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Needed to build or test only (a lock file says so).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dev: bool,
    /// Where it lies; at least one.
    pub locations: BTreeSet<Location>,
}

impl Package {
    /// Names the package within its target: `deb/openssl:amd64`, `npm/@babel/core@7.1.0`. A system package keeps its
    /// name over an upgrade, so that what was wrong with it is resolved; a library of another version is another one.
    #[must_use]
    pub fn key(&self) -> String {
        let mut out = format!("{}/", self.kind.as_str());
        if let Some(namespace) = &self.namespace {
            out.push_str(namespace);
            out.push('/');
        }
        out.push_str(&self.name);
        if self.kind.is_system() {
            if let Some(arch) = &self.arch {
                out.push(':');
                out.push_str(arch);
            }
        } else {
            out.push('@');
            out.push_str(&self.version);
        }
        out
    }

    /// The name as its ecosystem's tools and advisories write it: `org.apache:log4j`, `@babel/core`, `symfony/yaml`.
    #[must_use]
    pub fn full_name(&self) -> String {
        match (&self.namespace, self.kind) {
            (Some(namespace), PackageType::Maven) => format!("{namespace}:{}", self.name),
            (Some(namespace), _) => format!("{namespace}/{}", self.name),
            (None, _) => self.name.clone(),
        }
    }
}

/// The distribution of a target, from `os-release(5)`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Distribution {
    /// `ID`: `debian`, `ubuntu`, `alpine`, `rhel`.
    pub id: String,
    /// `ID_LIKE`, split at white space.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub like: Vec<String>,
    /// `VERSION_ID`: `12`, `22.04`, `3.19.1`; empty for a rolling one.
    pub version: String,
    /// `VERSION_CODENAME`: `bookworm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codename: Option<String>,
    /// `PRETTY_NAME`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pretty: Option<String>,
}

/// What could not be read while packages were sought: a gap, never silence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// The file, from the root of the target.
    pub path: String,
    /// What was being done and why it failed, in one sentence.
    pub reason: String,
    /// Packages may be missing because of it: a database, an archive or a directory that could not be read whole. False
    /// for a file that is not what its name says, as test data of libraries often is.
    pub incomplete: bool,
}

/// All packages of a target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    /// The distribution; none where the target says none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<Distribution>,
    /// Each once by [`Package::key`] and version, in that order.
    pub packages: Vec<Package>,
    /// What could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// Whether, and by whom, files of a package are in memory now. Only for running systems.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// All processes could be looked into; where not, a package that is not here is `unknown`, not unloaded.
    pub complete: bool,
    /// By [`Package::key`], sorted.
    pub packages: Vec<LoadedPackage>,
    /// Keys of packages that have nothing that could be mapped and seen (data, pure scripts): always `unknown`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub untellable: Vec<String>,
    /// The running kernel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernel: Option<RunningKernel>,
    /// Commands of the processes that could not be looked into, sorted: why it is not complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<String>,
}

/// The kernel that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningKernel {
    /// `uname -r`.
    pub release: String,
    /// Version of the package that it was built from, where `uname -v` says so.
    pub version: Option<String>,
    /// [`Package::key`] of the installed package that holds it; none where no installed package does.
    pub package: Option<String>,
}

/// One package in memory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LoadedPackage {
    /// [`Package::key`].
    pub package: String,
    /// The mapped files, sorted, at most 8.
    pub files: Vec<String>,
    /// An older copy, deleted from the disk, is mapped still: the version before the upgrade where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale: Option<StaleCopy>,
    /// Who has it mapped, one for each executable, user and unit; at most 32, of more those that listen.
    pub processes: Vec<LoadingProcess>,
}

/// A deleted file that is still mapped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StaleCopy {
    /// The version that the copy belongs to; none where no log of the package manager says.
    pub version: Option<String>,
    /// The executables that hold it.
    pub executables: Vec<String>,
}

/// A program that has files of a package mapped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LoadingProcess {
    /// Path of the executable.
    pub executable: String,
    /// Name of the user.
    pub user: String,
    /// systemd unit or container scope from the cgroup.
    pub unit: Option<String>,
    /// How many processes.
    pub count: u32,
    /// Sockets it listens on: `tcp 0.0.0.0:443`. Sorted.
    pub listens: Vec<String>,
    /// Whether one of them is on an address other than loopback.
    pub exposed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(kind: PackageType, namespace: Option<&str>, name: &str, version: &str, arch: Option<&str>) -> Package {
        Package {
            kind,
            namespace: namespace.map(str::to_owned),
            name: name.into(),
            version: version.into(),
            arch: arch.map(str::to_owned),
            source: None,
            module: None,
            vendor: None,
            dev: false,
            locations: BTreeSet::new(),
        }
    }

    #[test]
    fn a_key_keeps_a_system_package_over_an_upgrade_and_tells_libraries_apart() {
        for (package, key, name) in [
            (package(PackageType::Deb, None, "openssl", "3.0.1-1", Some("amd64")), "deb/openssl:amd64", "openssl"),
            (package(PackageType::Npm, Some("@babel"), "core", "7.1.0", None), "npm/@babel/core@7.1.0", "@babel/core"),
            (package(PackageType::Maven, Some("org.a"), "b", "1", None), "maven/org.a/b@1", "org.a:b"),
        ] {
            assert_eq!((package.key().as_str(), package.full_name().as_str()), (key, name));
        }
    }
}
