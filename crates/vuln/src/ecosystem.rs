//! Which advisories speak of a package: names of ecosystems, the name and version to ask for, the order of versions.
//! Start at [`Subject::of`].
use casemate_estate::{Distribution, Package, PackageType};
use casemate_version::Scheme;

/// The names under which the database may hold what is known of a package, most exact first, as in
/// [`crate::Affected::ecosystem`]; empty where no ecosystem is known for it. A distribution's release is needed: without
/// `distribution` a system package has none.
#[must_use]
pub fn ecosystems(package: &Package, distribution: Option<&Distribution>) -> Vec<String> {
    Subject::of(package, distribution).map(|subject| subject.ecosystems).unwrap_or_default()
}

/// What is looked up for a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    /// Most exact first.
    pub(crate) ecosystems: Vec<String>,
    /// Names under which advisories may know it, not normalised.
    pub(crate) names: Vec<String>,
    /// The version that advisories speak of: that of the source package where they name it.
    pub(crate) version: String,
    /// How it is ordered.
    pub(crate) scheme: Scheme,
}

impl Subject {
    /// What is looked up for `package` on `distribution`.
    ///
    /// # Errors
    /// One sentence that says why no advisory is known to speak of it.
    pub(crate) fn of(package: &Package, distribution: Option<&Distribution>) -> Result<Self, String> {
        let (ecosystems, names, version, scheme) = if package.kind.is_system() {
            let distribution = distribution.filter(|distribution| !distribution.id.is_empty()).ok_or_else(|| {
                "the target does not say which distribution it is, and advisories differ by it".to_owned()
            })?;
            let row = row_of(package, distribution)?;
            let (names, version) = system_names(package, row);
            foreign(package, &version, row, distribution)?;
            let ecosystems = (row.names)(distribution, package).ok_or_else(|| not_held(distribution))?;
            (ecosystems, names, version, scheme_of(row.family))
        } else {
            let (ecosystem, scheme) = language(package.kind).ok_or_else(|| {
                format!("packages of type {} are in no ecosystem that has advisories", package.kind.as_str())
            })?;
            (vec![ecosystem.to_owned()], vec![package.full_name()], package.version.clone(), scheme)
        };
        if version.trim().is_empty() {
            return Err("nothing says which version it is".to_owned());
        }
        Ok(Self { ecosystems, names, version, scheme })
    }
}

/// Ecosystem and order of a language's packages.
fn language(kind: PackageType) -> Option<(&'static str, Scheme)> {
    Some(match kind {
        PackageType::Pypi => ("PyPI", Scheme::Pep440),
        PackageType::Npm => ("npm", Scheme::Npm),
        PackageType::Golang => ("Go", Scheme::Go),
        PackageType::Cargo => ("crates.io", Scheme::Semver),
        PackageType::Maven => ("Maven", Scheme::Maven),
        PackageType::Gem => ("RubyGems", Scheme::Gem),
        PackageType::Composer => ("Packagist", Scheme::Composer),
        PackageType::Nuget => ("NuGet", Scheme::Nuget),
        _ => return None,
    })
}

/// How versions of a system package are ordered.
pub(crate) fn scheme_of(family: PackageType) -> Scheme {
    match family {
        PackageType::Apk => Scheme::Apk,
        PackageType::Rpm => Scheme::Rpm,
        PackageType::Deb | PackageType::Kernel => Scheme::Debian,
        other => language(other).map_or(Scheme::Semver, |(_, scheme)| scheme),
    }
}

/// How versions of `package` are ordered; that of a running kernel as its distribution's packages.
pub(crate) fn scheme(package: &Package, distribution: Option<&str>) -> Scheme {
    let family = distribution
        .filter(|_| package.kind == PackageType::Kernel)
        .and_then(|id| DISTRIBUTIONS.iter().find(|row| row.id == id))
        .map_or(package.kind, |row| row.family);
    scheme_of(family)
}

/// A distribution whose advisories are known to hold, and for what.
struct Row {
    /// `ID` of `os-release`.
    id: &'static str,
    family: PackageType,
    /// Names of its ecosystems; none where the release is not one of which advisories speak.
    names: fn(&Distribution, &Package) -> Option<Vec<String>>,
    /// What the vendor of its own rpms holds, in lower case.
    vendors: &'static [&'static str],
    /// What marks the versions of packages that a derived distribution changed: the advisories of its parent do not speak
    /// of them, and their versions would sort above the parent's fixes.
    changed: &'static [&'static str],
}

const fn row(
    id: &'static str,
    family: PackageType,
    names: fn(&Distribution, &Package) -> Option<Vec<String>>,
    vendors: &'static [&'static str],
    changed: &'static [&'static str],
) -> Row {
    Row { id, family, names, vendors, changed }
}

/// `ID_LIKE` is not followed: a distribution that is like another builds, delays and changes packages on its own, so that
/// versions do not mean the same. What stands here besides the distributions that publish advisories themselves:
///
/// - `raspbian`: Debian's sources, rebuilt; `+rpi` marks what was changed. `devuan`: Debian's own packages; `devuan` marks
///   forks. Mint and Pop!_OS install from Ubuntu's (LMDE: Debian's) archive; `mint` and `pop` mark their own.
/// - Rocky Linux and CentOS Linux are rebuilds of Red Hat's sources with the same versions; what Rocky says itself comes
///   first. AlmaLinux and CentOS Stream are none (since 2023, and by design), so only their own advisories count.
/// - Chainguard's images are made of Wolfi's packages as well.
///
/// Kali, Parrot and other rolling derivatives take packages from several suites: their versions prove nothing.
const DISTRIBUTIONS: &[Row] = &[
    row("debian", PackageType::Deb, debian, &[], &[]),
    row("raspbian", PackageType::Deb, debian, &[], &["+rpi", "+rpt"]),
    row("devuan", PackageType::Deb, devuan, &[], &["devuan"]),
    row("ubuntu", PackageType::Deb, ubuntu, &[], &[]),
    row("pop", PackageType::Deb, ubuntu, &[], &["pop"]),
    row("linuxmint", PackageType::Deb, mint, &[], &["mint", "lmde"]),
    row("alpine", PackageType::Apk, alpine, &[], &[]),
    row("wolfi", PackageType::Apk, |_, _| names(["Wolfi"]), &[], &[]),
    row("chainguard", PackageType::Apk, |_, _| names(["Chainguard", "Wolfi"]), &[], &[]),
    row("rhel", PackageType::Rpm, |d, _| major("Red Hat", d), &["red hat"], &[]),
    row("centos", PackageType::Rpm, centos, &["centos"], &[]),
    row("rocky", PackageType::Rpm, rocky, &["rocky"], &[]),
    row("almalinux", PackageType::Rpm, |d, _| major("AlmaLinux", d), &["almalinux"], &[]),
    row("ol", PackageType::Rpm, |d, _| major("Oracle Linux", d), &["oracle"], &[]),
    row("fedora", PackageType::Rpm, |d, _| major("Fedora", d), &["fedora project"], &[]),
    row("amzn", PackageType::Rpm, |d, _| major("Amazon Linux", d), &["amazon"], &[]),
    row("opensuse-leap", PackageType::Rpm, leap, &["suse"], &[]),
    row("opensuse-tumbleweed", PackageType::Rpm, |_, _| names(["openSUSE:Tumbleweed"]), &["suse"], &[]),
    row("sles", PackageType::Rpm, suse, &["suse"], &[]),
    row("sles_sap", PackageType::Rpm, suse, &["suse"], &[]),
    row("mageia", PackageType::Rpm, |d, _| major("Mageia", d), &["mageia"], &[]),
    row("photon", PackageType::Rpm, |d, _| whole("Photon OS", d), &["vmware", "broadcom"], &[]),
    row("azurelinux", PackageType::Rpm, |d, _| major("Azure Linux", d), &["microsoft"], &[]),
];

fn row_of(package: &Package, distribution: &Distribution) -> Result<&'static Row, String> {
    let row = DISTRIBUTIONS.iter().find(|row| row.id == distribution.id).ok_or_else(|| not_held(distribution))?;
    if package.kind != PackageType::Kernel && package.kind != row.family {
        return Err(format!(
            "it is a {} package, and `{}` is made of {} packages",
            package.kind.as_str(),
            distribution.id,
            row.family.as_str()
        ));
    }
    if package.kind == PackageType::Kernel && package.source.is_none() {
        return Err(format!(
            "nothing says that `{}` built this kernel, and its advisories speak of no other",
            distribution.id
        ));
    }
    Ok(row)
}

fn not_held(distribution: &Distribution) -> String {
    format!(
        "no advisories are known to hold for `{}`",
        format!("{} {}", distribution.id, distribution.version).trim_end()
    )
}

/// Whether another than the distribution built or changed it. An rpm always says who built it; a package of another format
/// only where that is not the distribution.
fn foreign(package: &Package, version: &str, row: &Row, distribution: &Distribution) -> Result<(), String> {
    if let Some(vendor) = package.vendor.as_deref().filter(|vendor| !vendor.is_empty() && *vendor != "(none)") {
        let lower = vendor.to_lowercase();
        if !row.vendors.iter().any(|own| lower.contains(own)) {
            return Err(format!("`{vendor}` built it, and the advisories of `{}` do not speak of it", distribution.id));
        }
    }
    match row.changed.iter().find(|mark| version.contains(*mark)) {
        Some(_) => Err(format!("`{}` changed it, and publishes no advisories of its own", distribution.id)),
        None => Ok(()),
    }
}

/// Names and version by which the distribution's advisories know a package: dpkg by source package and its version, apk
/// by origin, rpm by the binary's name.
fn system_names(package: &Package, row: &Row) -> (Vec<String>, String) {
    let own = || (package.name.clone(), package.version.clone());
    let (name, version) = match (&package.source, row.family) {
        (Some(source), PackageType::Deb) if !source.name.is_empty() => {
            let name = kernel_source(&source.name);
            // `linux-signed-amd64 6.1.90+1` is made of `linux 6.1.90-1`, and its binaries carry the latter's version.
            let signed = name != source.name || source.version.is_empty();
            (name, if signed { package.version.clone() } else { source.version.clone() })
        }
        (Some(source), PackageType::Apk) if !source.name.is_empty() => (source.name.clone(), package.version.clone()),
        // A kernel's images, modules and headers are packages of one source; Red Hat writes of `kernel`.
        (Some(source), PackageType::Rpm) if package.kind == PackageType::Kernel => {
            return (vec![source.name.clone(), package.name.clone()], package.version.clone());
        }
        _ => own(),
    };
    let mut names = vec![name];
    if row.family == PackageType::Apk
        && matches!(row.id, "wolfi" | "chainguard")
        && names.first() != Some(&package.name)
    {
        // Their advisories name subpackages too.
        names.push(package.name.clone());
    }
    (names, version)
}

/// The source of the kernel that a signed image was made of: `linux-signed-amd64` (Debian) and `linux-signed` (Ubuntu) are
/// `linux`, `linux-signed-aws` (Ubuntu) is `linux-aws`.
pub(crate) fn kernel_source(source: &str) -> String {
    const DEBIAN: &[&str] = &["amd64", "arm64", "i386", "armhf", "686", "686-pae", "riscv64", "loong64"];
    match source.strip_prefix("linux-signed") {
        Some("") => "linux".to_owned(),
        Some(rest) => match rest.strip_prefix('-') {
            Some(arch) if DEBIAN.contains(&arch) => "linux".to_owned(),
            Some(flavour) => format!("linux-{flavour}"),
            None => source.to_owned(),
        },
        None => source.to_owned(),
    }
}

fn names<const N: usize>(names: [&str; N]) -> Option<Vec<String>> {
    Some(names.into_iter().map(str::to_owned).collect())
}

fn first(version: &str, parts: usize) -> Option<String> {
    let parts: Vec<&str> = version.split('.').take(parts).collect();
    (!parts.is_empty() && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())))
        .then(|| parts.join("."))
}

fn major(ecosystem: &str, distribution: &Distribution) -> Option<Vec<String>> {
    Some(vec![format!("{ecosystem}:{}", first(&distribution.version, 1)?)])
}

fn whole(ecosystem: &str, distribution: &Distribution) -> Option<Vec<String>> {
    Some(vec![format!("{ecosystem}:{}", first(&distribution.version, 2)?)])
}

/// Code names of Debian and, after it, Devuan.
const CODENAMES: &[(&str, &str, &str)] = &[
    ("stretch", "ascii", "9"),
    ("buster", "beowulf", "10"),
    ("bullseye", "chimaera", "11"),
    ("bookworm", "daedalus", "12"),
    ("trixie", "excalibur", "13"),
    ("forky", "freia", "14"),
    ("duke", "", "15"),
];

/// The release, and `Debian` for what is said of unstable where nothing is said of the release. Testing has no number
/// before it is released, only a code name; unstable says that of testing (`forky/sid`).
fn debian(distribution: &Distribution, _: &Package) -> Option<Vec<String>> {
    let code = distribution.codename.as_deref().or_else(|| {
        let pretty = distribution.pretty.as_deref()?;
        pretty.split_whitespace().last()?.split('/').next()
    });
    let release = first(&distribution.version, 1).or_else(|| {
        let code = code?;
        if code == "sid" {
            return Some("sid".to_owned());
        }
        CODENAMES.iter().find(|(debian, ..)| *debian == code).map(|(_, _, number)| (*number).to_owned())
    })?;
    Some(vec![format!("Debian:{release}"), "Debian".to_owned()])
}

fn devuan(distribution: &Distribution, package: &Package) -> Option<Vec<String>> {
    let code = distribution.codename.as_deref()?.split_whitespace().next()?;
    let (_, _, number) = CODENAMES.iter().find(|(_, devuan, _)| *devuan == code)?;
    debian(&Distribution { version: (*number).to_owned(), ..Distribution::default() }, package)
}

/// Ubuntu Pro's fixes (`esm` in their versions) are kept apart: what it says comes first for packages from there, and last
/// for others, which are vulnerable all the same where Pro alone has a fix. Its FIPS packages are others again.
fn ubuntu(distribution: &Distribution, package: &Package) -> Option<Vec<String>> {
    let release = first(&distribution.version, 2)?;
    let (year, month) = release.split_once('.')?;
    let lts = month == "04" && year.parse::<u32>().ok()? % 2 == 0;
    let long = if lts { format!("{release}:LTS") } else { release.clone() };
    let mut out = vec![format!("Ubuntu:{long}")];
    if lts {
        out.push(format!("Ubuntu:{release}"));
    }
    let version = package.version.to_lowercase();
    if version.contains("fips") {
        return Some(vec![format!("Ubuntu:Pro:FIPS-updates:{long}"), format!("Ubuntu:Pro:FIPS:{long}")]);
    }
    let pro = format!("Ubuntu:Pro:{long}");
    if version.contains("esm") {
        out.insert(0, pro);
    } else {
        out.push(pro);
    }
    Some(out)
}

fn mint(distribution: &Distribution, package: &Package) -> Option<Vec<String>> {
    let of = |version: &str| Distribution { version: version.to_owned(), ..Distribution::default() };
    let release = first(&distribution.version, 1)?;
    if distribution.like.iter().any(|like| like == "ubuntu") {
        let parent = match release.as_str() {
            "20" => "20.04",
            "21" => "22.04",
            "22" => "24.04",
            _ => return None,
        };
        return ubuntu(&of(parent), package);
    }
    let parent = match release.as_str() {
        "4" => "10",
        "5" => "11",
        "6" => "12",
        "7" => "13",
        _ => return None,
    };
    debian(&of(parent), package)
}

fn alpine(distribution: &Distribution, _: &Package) -> Option<Vec<String>> {
    let version = &distribution.version;
    if version.contains("alpha") || version.contains("edge") {
        return names(["Alpine:edge"]);
    }
    Some(vec![format!("Alpine:v{}", first(version, 2)?)])
}

/// CentOS Linux, not Stream, which is ahead of the release whose number it bears.
fn centos(distribution: &Distribution, _: &Package) -> Option<Vec<String>> {
    let release = first(&distribution.version, 1)?;
    let linux = match release.as_str() {
        "5" | "6" | "7" => true,
        "8" => distribution.pretty.as_deref().is_some_and(|pretty| pretty.starts_with("CentOS Linux")),
        _ => false,
    };
    linux.then(|| vec![format!("Red Hat:{release}")])
}

fn rocky(distribution: &Distribution, _: &Package) -> Option<Vec<String>> {
    let release = first(&distribution.version, 1)?;
    Some(vec![format!("Rocky Linux:{release}"), format!("Red Hat:{release}")])
}

fn leap(distribution: &Distribution, _: &Package) -> Option<Vec<String>> {
    Some(vec![format!("openSUSE:Leap {}", first(&distribution.version, 2)?)])
}

/// SUSE's advisories name the module that a package comes from; one package is in one of them.
fn suse(distribution: &Distribution, _: &Package) -> Option<Vec<String>> {
    const MODULES: &[&str] = &[
        "Linux Enterprise Server",
        "Linux Enterprise Module for Basesystem",
        "Linux Enterprise Module for Server Applications",
        "Linux Enterprise Module for Web and Scripting",
        "Linux Enterprise Module for Development Tools",
        "Linux Enterprise Module for Containers",
        "Linux Enterprise Module for Public Cloud",
        "Linux Enterprise Module for Python 3",
        "Linux Enterprise Module for Legacy",
        "Linux Enterprise Module for Desktop Applications",
        "Linux Enterprise High Performance Computing",
        "Linux Enterprise Server for SAP Applications",
    ];
    let release = match distribution.version.split_once('.') {
        Some((major, pack)) => format!("{} SP{}", first(major, 1)?, first(pack, 1)?),
        None => first(&distribution.version, 1)?,
    };
    Some(MODULES.iter().map(|module| format!("SUSE:{module} {release}")).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use casemate_estate::Source;

    use super::*;

    fn package(kind: PackageType, name: &str, version: &str, source: Option<(&str, &str)>) -> Package {
        Package {
            kind,
            namespace: None,
            name: name.into(),
            version: version.into(),
            arch: None,
            source: source.map(|(name, version)| Source { name: name.into(), version: version.into() }),
            module: None,
            vendor: None,
            dev: false,
            locations: BTreeSet::new(),
        }
    }

    fn distribution(id: &str, version: &str, codename: &str, pretty: &str) -> Distribution {
        Distribution {
            id: id.into(),
            like: Vec::new(),
            version: version.into(),
            codename: Some(codename.to_owned()).filter(|c| !c.is_empty()),
            pretty: Some(pretty.to_owned()).filter(|c| !c.is_empty()),
        }
    }

    #[test]
    fn a_release_gives_the_names_of_its_ecosystems() {
        for (id, version, codename, pretty, installed, want, why) in [
            ("debian", "12", "bookworm", "", "1", "Debian:12, Debian", "by number"),
            ("debian", "12.5", "", "", "1", "Debian:12, Debian", "a point release is the release"),
            ("debian", "", "trixie", "", "1", "Debian:13, Debian", "testing has a code name only"),
            ("debian", "", "", "Debian GNU/Linux forky/sid", "1", "Debian:14, Debian", "from its long name"),
            ("debian", "", "sid", "", "1", "Debian:sid, Debian", "unstable"),
            ("debian", "", "zurg", "", "1", "", "a release that is not known"),
            ("raspbian", "12", "bookworm", "", "1", "Debian:12, Debian", "Debian's sources, rebuilt"),
            ("raspbian", "12", "bookworm", "", "1-2+rpi1", "", "but not what was changed: it sorts above +deb12u1"),
            ("devuan", "5", "daedalus", "", "1", "Debian:12, Debian", "its own numbers, Debian's packages"),
            ("devuan", "5", "daedalus", "", "1-1+devuan2", "", "a fork"),
            ("kali", "2024.1", "kali-rolling", "", "1", "", "rolling, from several suites"),
            (
                "ubuntu",
                "22.04",
                "jammy",
                "",
                "1",
                "Ubuntu:22.04:LTS, Ubuntu:22.04, Ubuntu:Pro:22.04:LTS",
                "what only Pro fixes is open without it",
            ),
            (
                "ubuntu",
                "20.04",
                "",
                "",
                "1-1ubuntu1+esm2",
                "Ubuntu:Pro:20.04:LTS, Ubuntu:20.04:LTS, Ubuntu:20.04",
                "a package from Pro",
            ),
            ("ubuntu", "23.10", "", "", "1", "Ubuntu:23.10, Ubuntu:Pro:23.10", "no LTS"),
            ("ubuntu", "21.04", "", "", "1", "Ubuntu:21.04, Ubuntu:Pro:21.04", "April of an odd year is no LTS"),
            (
                "ubuntu",
                "20.04",
                "",
                "",
                "1.1.1f-1ubuntu2.fips.7",
                "Ubuntu:Pro:FIPS-updates:20.04:LTS, Ubuntu:Pro:FIPS:20.04:LTS",
                "a build of its own",
            ),
        ] {
            let package = package(PackageType::Deb, "x", installed, Some(("x", installed)));
            let got = ecosystems(&package, Some(&distribution(id, version, codename, pretty))).join(", ");
            assert_eq!(got, want, "{id} {version} {codename}: {why}");
        }
        for (id, version, pretty, kind, want, why) in [
            ("alpine", "3.19.1", "", PackageType::Apk, "Alpine:v3.19", ""),
            ("alpine", "3.21_alpha20240807", "", PackageType::Apk, "Alpine:edge", "edge bears the next number"),
            ("wolfi", "20230201", "", PackageType::Apk, "Wolfi", "rolling, one stream"),
            ("chainguard", "20230214", "", PackageType::Apk, "Chainguard, Wolfi", ""),
            ("rhel", "9.3", "", PackageType::Rpm, "Red Hat:9", ""),
            ("rocky", "9.3", "", PackageType::Rpm, "Rocky Linux:9, Red Hat:9", "a rebuild; its own word first"),
            ("almalinux", "9.3", "", PackageType::Rpm, "AlmaLinux:9", "no rebuild any more"),
            ("centos", "7", "CentOS Linux 7 (Core)", PackageType::Rpm, "Red Hat:7", ""),
            ("centos", "8", "CentOS Linux 8", PackageType::Rpm, "Red Hat:8", ""),
            ("centos", "8", "CentOS Stream 8", PackageType::Rpm, "", "Stream is ahead"),
            ("centos", "9", "CentOS Stream 9", PackageType::Rpm, "", "Stream is ahead"),
            ("amzn", "2023", "", PackageType::Rpm, "Amazon Linux:2023", ""),
            ("opensuse-leap", "15.6", "", PackageType::Rpm, "openSUSE:Leap 15.6", ""),
            ("nixos", "23.11", "", PackageType::Rpm, "", "not known"),
        ] {
            let package = package(kind, "x", "1-1", None);
            let got = ecosystems(&package, Some(&distribution(id, version, "", pretty))).join(", ");
            assert_eq!(got, want, "{id} {version}: {why}");
        }
        let sles = ecosystems(&package(PackageType::Rpm, "x", "1", None), Some(&distribution("sles", "15.5", "", "")));
        assert_eq!(sles.first().map(String::as_str), Some("SUSE:Linux Enterprise Server 15 SP5"));
    }

    #[test]
    fn advisories_are_asked_for_what_they_name() {
        let debian = distribution("debian", "12", "bookworm", "");
        for (name, version, source, want, why) in [
            ("libssl3", "3.0.11-1", Some(("openssl", "3.0.11-1")), ("openssl", "3.0.11-1"), "by source"),
            (
                "bash",
                "5.2.15-2+b8",
                Some(("bash", "5.2.15-2")),
                ("bash", "5.2.15-2"),
                "a rebuild has its source's version",
            ),
            (
                "gcc",
                "4:12.2.0-3",
                Some(("gcc-defaults", "1.203")),
                ("gcc-defaults", "1.203"),
                "the source's own version",
            ),
            ("x", "1", None, ("x", "1"), "where nothing else is said the source has its name"),
            (
                "linux-image-6.1.0-21-amd64",
                "6.1.90-1",
                Some(("linux-signed-amd64", "6.1.90+1")),
                ("linux", "6.1.90-1"),
                "a signed image is made of linux, whose version the binary bears",
            ),
        ] {
            let subject = Subject::of(&package(PackageType::Deb, name, version, source), Some(&debian)).unwrap();
            assert_eq!((subject.names[0].as_str(), subject.version.as_str()), want, "{name}: {why}");
        }
        assert_eq!(kernel_source("linux-signed-aws"), "linux-aws", "Ubuntu's flavours are sources of their own");
        assert_eq!(kernel_source("linux-signed"), "linux");

        let alpine = distribution("alpine", "3.19", "", "");
        let subject =
            Subject::of(&package(PackageType::Apk, "libcrypto3", "3.1.4-r5", Some(("openssl", ""))), Some(&alpine));
        assert_eq!(subject.unwrap().names, ["openssl"], "apk by origin");
        let rhel = distribution("rhel", "9", "", "");
        let subject =
            Subject::of(&package(PackageType::Rpm, "openssl-libs", "1:3.0.7-1", Some(("openssl", ""))), Some(&rhel));
        assert_eq!(subject.unwrap().names, ["openssl-libs"], "rpm by the binary");
    }

    #[test]
    fn what_no_advisory_speaks_of_is_said() {
        let rhel = distribution("rhel", "9", "", "");
        let mut epel = package(PackageType::Rpm, "htop", "3.2.1-1.el9", None);
        epel.vendor = Some("Fedora Project".into());
        let mut own = epel.clone();
        own.vendor = Some("Red Hat, Inc.".into());
        let debian = distribution("debian", "12", "bookworm", "");
        let mut docker = package(PackageType::Deb, "docker-ce", "5:24.0.7-1", None);
        docker.vendor = Some("Docker".into());
        for (package, distribution, want, why) in [
            (epel, Some(&rhel), Some("`Fedora Project` built it"), "EPEL on Red Hat"),
            (own, Some(&rhel), None, "its own"),
            (docker, Some(&debian), Some("`Docker` built it"), "a deb that says who made it"),
            (package(PackageType::Deb, "x", "1", None), Some(&rhel), Some("it is a deb package"), "a mixture"),
            (package(PackageType::Deb, "x", "1", None), None, Some("the target does not say"), "no os-release"),
            (package(PackageType::Generic, "x", "1", None), None, Some("packages of type generic"), ""),
            (package(PackageType::Npm, "x", "", None), None, Some("nothing says which version"), ""),
            (
                package(PackageType::Kernel, "linux", "6.18.44", None),
                Some(&rhel),
                Some("nothing says that"),
                "home-made",
            ),
        ] {
            match (Subject::of(&package, distribution), want) {
                (Ok(_), None) => {}
                (Err(reason), Some(start)) => assert!(reason.starts_with(start), "{why}: {reason}"),
                (got, want) => panic!("{why}: {got:?} against {want:?}"),
            }
        }
    }
}
