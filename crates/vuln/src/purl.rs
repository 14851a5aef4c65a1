//! Package URLs (<https://github.com/package-url/purl-spec>): how packages are named in documents, both ways.
use std::{collections::BTreeSet, str::FromStr};

use casemate_estate::{Distribution, Package, PackageType, Source};
use packageurl::PackageUrl;

/// The purl of a package. Qualifiers: `arch`, `distro` (`debian-12`), `upstream` (`openssl@3.0.13-1`, where source and
/// package differ), `epoch` and `rpmmod` of an rpm. A version that is not known is left out.
///
/// A kernel has no type of its own there: it is `pkg:generic/linux`, and documents say the type beside it.
#[must_use]
pub fn purl_of(package: &Package, distribution: Option<&Distribution>) -> Option<String> {
    let kind = if package.kind == PackageType::Kernel { "generic" } else { package.kind.as_str() };
    // A Go module's path is one name to us, and a namespace with a name to a purl.
    let (namespace, name) = match (package.kind, package.namespace.as_deref(), package.name.rsplit_once('/')) {
        (PackageType::Golang | PackageType::Generic, None, Some((namespace, name))) => (Some(namespace), name),
        (_, Some(namespace), _) => (Some(namespace), package.name.as_str()),
        (kind, None, _) if kind.is_system() && kind != PackageType::Kernel => {
            (distribution.map(|d| d.id.as_str()).filter(|id| !id.is_empty()), package.name.as_str())
        }
        _ => (None, package.name.as_str()),
    };
    let mut purl = PackageUrl::new(kind, name).ok()?;
    if let Some(namespace) = namespace {
        purl.with_namespace(namespace.to_owned()).ok()?;
    }
    let (epoch, version) = match (package.kind, package.version.split_once(':')) {
        (PackageType::Rpm, Some((epoch, rest))) if epoch.chars().all(|c| c.is_ascii_digit()) => (Some(epoch), rest),
        _ => (None, package.version.as_str()),
    };
    if !version.is_empty() {
        purl.with_version(version.to_owned()).ok()?;
    }
    let distro = distribution
        .filter(|d| package.kind.is_system() && !d.id.is_empty())
        .map(|d| if d.version.is_empty() { d.id.clone() } else { format!("{}-{}", d.id, d.version) });
    let upstream = package
        .source
        .as_ref()
        .filter(|source| source.name != package.name || source.version != package.version)
        .map(|source| {
            if source.version.is_empty() { source.name.clone() } else { format!("{}@{}", source.name, source.version) }
        });
    let qualifiers = [
        ("arch", package.arch.clone()),
        ("distro", distro),
        ("upstream", upstream),
        ("epoch", epoch.map(str::to_owned)),
        ("rpmmod", package.module.clone()),
    ];
    for (key, value) in qualifiers {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            purl.add_qualifier(key, value).ok()?;
        }
    }
    Some(purl.to_string())
}

/// The package that a purl names, and its distribution where it says one. A type that is not known is generic.
///
/// # Errors
/// What is wrong with the text.
pub(crate) fn package_of(text: &str) -> Result<(Package, Option<Distribution>), String> {
    let purl = PackageUrl::from_str(text).map_err(|error| format!("`{text}` is no package URL: {error}"))?;
    let kind = PackageType::parse(purl.ty()).unwrap_or(PackageType::Generic);
    let qualifier = |key: &str| {
        purl.qualifiers().iter().find(|(name, _)| name.as_ref() == key).map(|(_, value)| value.as_ref().to_owned())
    };
    let namespace = purl.namespace().map(str::to_owned).filter(|namespace| !namespace.is_empty());
    let mut version = purl.version().unwrap_or_default().to_owned();
    if kind == PackageType::Rpm
        && let Some(epoch) = qualifier("epoch").filter(|epoch| epoch != "0" && !epoch.is_empty())
        && !version.contains(':')
    {
        version = format!("{epoch}:{version}");
    }
    let distribution = qualifier("distro")
        .filter(|_| kind.is_system())
        .map(|distro| distribution_of(&distro, namespace.as_deref()))
        .or_else(|| {
            namespace
                .as_ref()
                .filter(|_| kind.is_system())
                .map(|id| Distribution { id: id.clone(), ..Distribution::default() })
        });
    let (namespace, name) = match kind {
        PackageType::Golang => {
            (None, namespace.map_or_else(|| purl.name().to_owned(), |n| format!("{n}/{}", purl.name())))
        }
        kind if kind.is_system() => (None, purl.name().to_owned()),
        _ => (namespace, purl.name().to_owned()),
    };
    let source = kind.is_system().then(|| match qualifier("upstream") {
        Some(upstream) => match upstream.rsplit_once('@') {
            Some((name, version)) => Source { name: name.to_owned(), version: version.to_owned() },
            // An rpm's upstream is the file name of its source package.
            None => source_of(&upstream, &version),
        },
        None => Source { name: name.clone(), version: version.clone() },
    });
    Ok((
        Package {
            kind,
            namespace,
            name,
            version,
            arch: qualifier("arch").filter(|arch| arch != "all" && arch != "noarch"),
            source,
            module: qualifier("rpmmod"),
            vendor: None,
            dev: false,
            locations: BTreeSet::new(),
        },
        distribution,
    ))
}

/// `openssl`, or `openssl-3.0.7-24.el9.src.rpm`.
fn source_of(upstream: &str, version: &str) -> Source {
    let file = upstream.strip_suffix(".src.rpm").or_else(|| upstream.strip_suffix(".nosrc.rpm"));
    let parts = file.and_then(|stem| {
        let (rest, release) = stem.rsplit_once('-')?;
        let (name, version) = rest.rsplit_once('-')?;
        Some(Source { name: name.to_owned(), version: format!("{version}-{release}") })
    });
    parts.unwrap_or_else(|| Source { name: upstream.to_owned(), version: version.to_owned() })
}

/// `debian-12`, `alpine-3.19.1`, `bookworm`: the id is that before the last hyphen with a digit behind it.
fn distribution_of(distro: &str, namespace: Option<&str>) -> Distribution {
    match distro.rsplit_once('-') {
        Some((id, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
            Distribution { id: id.to_owned(), version: version.to_owned(), ..Distribution::default() }
        }
        _ => match namespace {
            Some(id) if distro.starts_with(|c: char| c.is_ascii_digit()) => {
                Distribution { id: id.to_owned(), version: distro.to_owned(), ..Distribution::default() }
            }
            Some(id) if id != distro => {
                Distribution { id: id.to_owned(), codename: Some(distro.to_owned()), ..Distribution::default() }
            }
            _ => Distribution { id: distro.to_owned(), ..Distribution::default() },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purl_says_what_matching_needs_and_reads_back() {
        let debian = Distribution { id: "debian".into(), version: "12".into(), ..Distribution::default() };
        let source = |name: &str, version: &str| Some(Source { name: name.into(), version: version.into() });
        let package = |kind, namespace: Option<&str>, name: &str, version: &str| Package {
            kind,
            namespace: namespace.map(str::to_owned),
            name: name.into(),
            version: version.into(),
            arch: None,
            source: None,
            module: None,
            vendor: None,
            dev: false,
            locations: BTreeSet::new(),
        };
        let deb = Package {
            arch: Some("amd64".into()),
            source: source("openssl", "1:3.0.13-1"),
            ..package(PackageType::Deb, None, "libssl3", "1:3.0.13-1+b1")
        };
        let rpm = Package {
            arch: Some("x86_64".into()),
            source: source("nodejs", "1:18.1-2"),
            module: Some("nodejs:18".into()),
            ..package(PackageType::Rpm, None, "nodejs-libs", "1:18.1-2")
        };
        for (package, distribution, want) in [
            (
                deb,
                Some(&debian),
                "pkg:deb/debian/libssl3@1:3.0.13-1%2Bb1?arch=amd64&distro=debian-12&upstream=openssl%401:3.0.13-1",
            ),
            (rpm, None, "pkg:rpm/nodejs-libs@18.1-2?arch=x86_64&epoch=1&rpmmod=nodejs:18&upstream=nodejs%401:18.1-2"),
            (package(PackageType::Npm, Some("@babel"), "core", "7.1.0"), Some(&debian), "pkg:npm/%40babel/core@7.1.0"),
            (package(PackageType::Golang, None, "github.com/a/b", "v1.0.0"), None, "pkg:golang/github.com/a/b@v1.0.0"),
            (package(PackageType::Golang, None, "stdlib", "1.21.0"), None, "pkg:golang/stdlib@1.21.0"),
            (package(PackageType::Maven, Some("org.a"), "b", ""), None, "pkg:maven/org.a/b"),
        ] {
            let purl = purl_of(&package, distribution).unwrap();
            assert_eq!(decoded(&purl), decoded(want), "{}", package.key());
            let (back, of) = package_of(&purl).unwrap();
            assert_eq!(back, package, "{purl}");
            if package.kind == PackageType::Deb {
                assert_eq!(of.unwrap(), debian);
            }
        }
    }

    /// Which characters are escaped beyond need is the library's choice.
    fn decoded(purl: &str) -> String {
        purl.replace("%3A", ":").replace("%2B", "+").replace("%40", "@")
    }

    #[test]
    fn what_others_write_is_understood() {
        for (text, name, version, source, distro) in [
            ("pkg:deb/debian/apt@2.6.1?arch=amd64&distro=debian-12", "apt", "2.6.1", "apt", "debian/12"),
            ("pkg:deb/ubuntu/apt@2.6.1?distro=jammy", "apt", "2.6.1", "apt", "ubuntu/"),
            ("pkg:apk/alpine/musl@1.2.4-r2?distro=3.19.1", "musl", "1.2.4-r2", "musl", "alpine/3.19.1"),
            (
                "pkg:rpm/rhel/libssl@3.0.7-24.el9?epoch=1&upstream=openssl-3.0.7-24.el9.src.rpm&distro=rhel-9.3",
                "libssl",
                "1:3.0.7-24.el9",
                "openssl",
                "rhel/9.3",
            ),
        ] {
            let (package, distribution) = package_of(text).unwrap();
            let distribution = distribution.unwrap();
            assert_eq!((package.name.as_str(), package.version.as_str()), (name, version), "{text}");
            assert_eq!(package.source.unwrap().name, source, "{text}");
            assert_eq!(format!("{}/{}", distribution.id, distribution.version), distro, "{text}");
        }
        assert!(package_of("openssl@1").is_err(), "no purl");
    }
}
