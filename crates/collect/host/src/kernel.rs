//! The kernel that runs: its release, and the version of the package that it was built from. Start at [`running`].
use std::collections::BTreeSet;

use casemate_collect_software::Assembled;
use casemate_estate::{Distribution, Location, Package, PackageType, RunningKernel, Source};

use crate::host::Host;

/// Where the kernel says what it is (proc_version(5)).
const PROOF: &str = "/proc/version";

/// What the kernel says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// `uname -r`.
    pub(crate) release: String,
    /// `uname -v`.
    pub(crate) build: String,
    /// Ubuntu's `/proc/version_signature`; empty elsewhere.
    pub(crate) signature: String,
}

/// The running kernel. Where no installed package is the very version that runs, it joins the inventory as a package of
/// its own, named as the distribution's advisories name it; but only a kernel of the distribution's own: that of another
/// one (a container's host) has versions that this one's advisories do not speak of.
pub(crate) fn running(host: &Host, assembled: &mut Assembled) -> RunningKernel {
    // The kernel's own files are always there and always open; without /proc nothing is known.
    let text = |path: &str| host.root.read_text(path).ok().flatten().unwrap_or_default().trim().to_owned();
    let said = Said {
        release: text("/proc/sys/kernel/osrelease"),
        build: text("/proc/sys/kernel/version"),
        signature: text("/proc/version_signature"),
    };
    let (kernel, package) = told(&said, assembled);
    if let Some(package) = package {
        inventory_add(assembled, package);
    }
    kernel
}

fn inventory_add(assembled: &mut Assembled, package: Package) {
    let packages = &mut assembled.inventory.packages;
    match packages.iter_mut().find(|known| known.key() == package.key() && known.version == package.version) {
        Some(known) => known.locations.extend(package.locations),
        None => {
            packages.push(package);
            packages.sort_by_cached_key(|package| (package.key(), package.version.clone()));
        }
    }
}

/// The kernel, and the package that it is where no installed one is.
fn told(said: &Said, assembled: &Assembled) -> (RunningKernel, Option<Package>) {
    let by_hand = assembled.inventory.packages.iter().find(|package| {
        package.kind == PackageType::Kernel
            && !said.release.is_empty()
            && package.locations.iter().any(|location| release_of(&location.path) == Some(said.release.as_str()))
    });
    if let Some(package) = by_hand {
        // Somebody built it and put it there: it is in the inventory as it is.
        let (version, key) = (package.version.clone(), package.key());
        let release = said.release.clone();
        return (RunningKernel { release, version: Some(version), package: Some(key) }, None);
    }
    let key = holder(&said.release, assembled);
    let holders: Vec<&Package> = match &key {
        Some(key) => assembled.inventory.packages.iter().filter(|package| package.key() == *key).collect(),
        None => Vec::new(),
    };
    let distribution = assembled.inventory.distribution.as_ref();
    let own = holders.iter().copied().find(|package| is_release(&said.release, package));
    let (version, native) = match (debian(&said.build), ubuntu(&said.signature), own.or(holders.first().copied())) {
        (Some(version), _, _) => (Some(version), is(distribution, "debian")),
        (_, Some(version), _) => (Some(version), is(distribution, "ubuntu")),
        (None, None, Some(package)) => match (own, package.kind) {
            (Some(own), _) => (Some(own.version.clone()), true),
            (None, PackageType::Rpm) => (Some(rpm(&said.release)), true),
            (None, PackageType::Apk) => (apk(&said.release), true),
            _ => (None, false),
        },
        (None, None, None) => (None, false),
    };
    let package = version
        .as_ref()
        .filter(|version| native && holders.iter().all(|package| package.version != **version))
        .map(|version| package(version, said, holders.first().copied(), assembled));
    (RunningKernel { release: said.release.clone(), version, package: key }, package)
}

fn is(distribution: Option<&Distribution>, id: &str) -> bool {
    distribution.is_some_and(|distribution| distribution.id == id)
}

/// Key of the package that holds the image of this release, or else its modules.
fn holder(release: &str, assembled: &Assembled) -> Option<String> {
    if release.is_empty() || release.contains('/') {
        return None;
    }
    let images = [
        format!("/boot/vmlinuz-{release}"),
        format!("/boot/vmlinux-{release}"),
        format!("/usr/lib/modules/{release}/vmlinuz"),
        format!("/lib/modules/{release}/vmlinuz"),
    ];
    if let Some(key) = images.iter().find_map(|path| assembled.owner(path)) {
        return Some(key.to_owned());
    }
    let below = format!("/lib/modules/{release}");
    let holds = |path: &str| {
        let rest = path.strip_prefix("/usr").unwrap_or(path).strip_prefix(below.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    assembled.owners.iter().filter(|(path, _)| holds(path)).map(|(_, key)| key).min().cloned()
}

/// The release that the path of a kernel's image or of its modules names: `/boot/vmlinuz-6.1.0-18-amd64`.
pub(crate) fn release_of(path: &str) -> Option<&str> {
    let path = path.strip_prefix("/usr").unwrap_or(path);
    match path.strip_prefix("/lib/modules/") {
        Some(rest) => rest.split('/').next(),
        None => path.strip_prefix("/boot/vmlinuz-").or_else(|| path.strip_prefix("/boot/vmlinux-")),
    }
}

/// Whether the package's version is in the release: rpm `5.14.0-362.8.1.el9_3.x86_64`, apk `6.6.7-0-lts`.
fn is_release(release: &str, package: &Package) -> bool {
    let version = package.version.split_once(':').map_or(package.version.as_str(), |(_, rest)| rest);
    match package.kind {
        PackageType::Rpm => rpm(release) == version,
        PackageType::Apk => apk(release).as_deref() == Some(version),
        _ => false,
    }
}

/// `#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)`.
pub(crate) fn debian(build: &str) -> Option<String> {
    let version = build.split_whitespace().skip_while(|word| *word != "Debian").nth(1)?;
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| version.to_owned())
}

/// `Ubuntu 5.15.0-91.101-generic 5.15.131`: the version and the flavour.
pub(crate) fn ubuntu(signature: &str) -> Option<String> {
    let mut words = signature.split_whitespace();
    let version = words.next().filter(|word| *word == "Ubuntu").and(words.next())?;
    let mut parts = version.split('-');
    let (upstream, revision) = (parts.next()?, parts.next()?);
    upstream.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("{upstream}-{revision}"))
}

/// `5.14.0-362.8.1.el9_3.x86_64+rt` without architecture and variant.
fn rpm(release: &str) -> String {
    let plain = release.split('+').next().unwrap_or(release);
    match plain.rsplit_once('.') {
        Some((head, arch)) if arch.starts_with(|c: char| c.is_ascii_alphabetic()) && !arch.starts_with("el") => {
            head.to_owned()
        }
        _ => plain.to_owned(),
    }
}

/// `6.6.7-0-lts` to `6.6.7-r0`.
fn apk(release: &str) -> Option<String> {
    let mut parts = release.split('-');
    let (version, revision) = (parts.next()?, parts.next()?);
    revision.bytes().all(|b| b.is_ascii_digit()).then(|| format!("{version}-r{revision}"))
}

/// The running kernel as a package: dpkg's by the name of its source, others' by the name of the installed one.
fn package(version: &str, said: &Said, holder: Option<&Package>, assembled: &Assembled) -> Package {
    let packages = &assembled.inventory.packages;
    // Ubuntu builds images from `linux-signed-aws`, modules from `linux-aws`; advisories name the latter.
    let modules = format!("linux-modules-{}", said.release);
    let modules = packages.iter().find(|package| package.kind == PackageType::Deb && package.name == modules);
    let (name, source) = match holder {
        Some(holder) if holder.kind != PackageType::Deb => {
            (holder.name.clone(), holder.source.as_ref().map_or_else(|| holder.name.clone(), |s| s.name.clone()))
        }
        _ => {
            let source = modules.or(holder).and_then(|package| package.source.as_ref());
            let source = source.map_or_else(|| "linux".to_owned(), |source| unsigned(&source.name, holder));
            ("linux".to_owned(), source)
        }
    };
    Package {
        kind: PackageType::Kernel,
        namespace: None,
        name,
        version: version.to_owned(),
        arch: None,
        source: Some(Source { name: source, version: version.to_owned() }),
        module: None,
        vendor: holder.and_then(|holder| holder.vendor.clone()),
        dev: false,
        locations: BTreeSet::from([Location { path: PROOF.to_owned(), layer: None }]),
    }
}

/// `linux-signed-amd64` (Debian) to `linux`, `linux-signed-aws` (Ubuntu) to `linux-aws`.
fn unsigned(source: &str, holder: Option<&Package>) -> String {
    let Some(rest) = source.strip_prefix("linux-signed") else { return source.to_owned() };
    let arch = holder.and_then(|holder| holder.arch.as_deref());
    match rest.strip_prefix('-') {
        Some(word) if Some(word) != arch => format!("linux-{word}"),
        _ => "linux".to_owned(),
    }
}

/// Release, build and signature, each a line of `text`; gives how much is kept.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn fuzz(text: &str) -> usize {
    let mut lines = text.lines().map(str::to_owned);
    let mut next = || lines.next().unwrap_or_default();
    let said = Said { release: next(), build: next(), signature: next() };
    let mut assembled = Assembled::default();
    let mut kept = said.release.len();
    for id in ["debian", "ubuntu"] {
        assembled.inventory.distribution = Some(Distribution { id: id.to_owned(), ..Distribution::default() });
        let (kernel, package) = told(&said, &assembled);
        kept += kernel.version.map_or(0, |version| version.len()) + package.map_or(0, |package| package.version.len());
    }
    kept + rpm(&said.release).len() + apk(&said.release).map_or(0, |version| version.len())
}

#[cfg(test)]
mod tests {
    use casemate_collect_software::Assembled;
    use proptest::prelude::*;

    use super::*;

    fn installed(kind: PackageType, name: &str, version: &str, arch: &str, source: &str) -> Package {
        Package {
            kind,
            namespace: None,
            name: name.into(),
            version: version.into(),
            arch: Some(arch.into()),
            source: Some(Source { name: source.into(), version: version.into() }),
            module: None,
            vendor: None,
            dev: false,
            locations: BTreeSet::new(),
        }
    }

    fn host(distribution: &str, packages: Vec<Package>, owners: &[(&str, &str)]) -> Assembled {
        let mut assembled = Assembled::default();
        assembled.inventory.distribution = Some(Distribution { id: distribution.into(), ..Distribution::default() });
        assembled.inventory.packages = packages;
        assembled.owners = owners.iter().map(|(path, key)| ((*path).to_owned(), (*key).to_owned())).collect();
        assembled
    }

    #[test]
    fn the_running_kernel_is_told_from_the_installed_one() {
        let (release, image) = ("6.1.0-18-amd64", "deb/linux-image-6.1.0-18-amd64:amd64");
        let debian = |version: &str| {
            installed(PackageType::Deb, "linux-image-6.1.0-18-amd64", version, "amd64", "linux-signed-amd64")
        };
        let boot = [("/boot/vmlinuz-6.1.0-18-amd64", image)];
        let build = "#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)";
        let el = "5.14.0-362.8.1.el9_3.x86_64";
        let rpm = |version: &str| installed(PackageType::Rpm, "kernel-core", version, "x86_64", "kernel");
        let built = |path: &str| Package {
            version: release_of(path).unwrap().into(),
            arch: None,
            locations: BTreeSet::from([Location { path: path.into(), layer: None }]),
            ..installed(PackageType::Kernel, "linux", "", "", "linux")
        };
        let core = [("/usr/lib/modules/5.14.0-362.8.1.el9_3.x86_64/vmlinuz", "rpm/kernel-core:x86_64")];
        let ubuntu = "Ubuntu 5.15.0-91.101-generic 5.15.131";
        for (said, assembled, version, package, added, why) in [
            (
                (release, build, ""),
                host("debian", vec![debian("6.1.76-1")], &boot),
                Some("6.1.76-1"),
                Some(image),
                None,
                "what runs is what is installed",
            ),
            (
                (release, build, ""),
                host("debian", vec![debian("6.1.90-1")], &boot),
                Some("6.1.76-1"),
                Some(image),
                Some(("linux", "linux", "6.1.76-1")),
                "upgraded, not rebooted: the old one is a package of its own",
            ),
            (
                (release, build, ""),
                host("debian", vec![], &[]),
                Some("6.1.76-1"),
                None,
                Some(("linux", "linux", "6.1.76-1")),
                "a container of the same distribution: no package holds the kernel",
            ),
            (
                (release, build, ""),
                host("alpine", vec![], &[]),
                Some("6.1.76-1"),
                None,
                None,
                "Alpine's advisories do not speak of Debian's kernels",
            ),
            (
                ("5.15.0-91-generic", "#101-Ubuntu SMP Tue Nov 14 13:30:08 UTC 2023", ubuntu),
                host(
                    "ubuntu",
                    vec![installed(
                        PackageType::Deb,
                        "linux-modules-5.15.0-91-generic",
                        "5",
                        "amd64",
                        "linux-hwe-5.15",
                    )],
                    &[],
                ),
                Some("5.15.0-91.101"),
                None,
                Some(("linux", "linux-hwe-5.15", "5.15.0-91.101")),
                "Ubuntu, the source by the modules",
            ),
            (
                (el, "#1 SMP PREEMPT_DYNAMIC", ""),
                host("rhel", vec![rpm("5.14.0-362.8.1.el9_3"), rpm("5.14.0-400.el9")], &core),
                Some("5.14.0-362.8.1.el9_3"),
                Some("rpm/kernel-core:x86_64"),
                None,
                "one of two rpm kernels of the same name",
            ),
            (
                ("6.6.7-0-lts", "#1-Alpine SMP", ""),
                host(
                    "alpine",
                    vec![installed(PackageType::Apk, "linux-lts", "6.6.9-r0", "x86_64", "linux-lts")],
                    &[("/lib/modules/6.6.7-0-lts/modules.order", "apk/linux-lts:x86_64")],
                ),
                Some("6.6.7-r0"),
                Some("apk/linux-lts:x86_64"),
                Some(("linux-lts", "linux-lts", "6.6.7-r0")),
                "Alpine, whose modules are still there",
            ),
            (
                ("6.9.1-own", "#3 SMP", ""),
                host("debian", vec![built("/boot/vmlinuz-6.9.1-own"), built("/boot/vmlinuz-6.8")], &[]),
                Some("6.9.1-own"),
                Some("kernel/linux"),
                None,
                "built by hand, and lying there",
            ),
            (("6.18.44-own", "#1 SMP @0", ""), host("debian", vec![], &[]), None, None, None, "built by somebody else"),
            (("", "", ""), host("debian", vec![], &boot), None, None, None, "no /proc"),
        ] {
            let (release, build, signature) = said;
            let said = Said { release: release.into(), build: build.into(), signature: signature.into() };
            let (kernel, got) = told(&said, &assembled);
            assert_eq!(kernel.version.as_deref(), version, "{why}");
            assert_eq!(kernel.package.as_deref(), package, "{why}");
            let got = got.map(|package| (package.name, package.source.unwrap().name, package.version));
            let got = got.as_ref().map(|(name, source, version)| (name.as_str(), source.as_str(), version.as_str()));
            assert_eq!(got, added, "{why}");
        }
    }

    #[test]
    fn versions_stand_where_each_distribution_writes_them() {
        for (got, want, why) in [
            (ubuntu("Ubuntu 6.5.0-14.14~22.04.1-generic 6.5.3"), Some("6.5.0-14.14~22.04.1"), "a backport"),
            (ubuntu("Ubuntu 5.15.0-1052.57-aws 5.15.137"), Some("5.15.0-1052.57"), "a flavour"),
            (ubuntu("Ubuntu 5.4.0-1.2-lowlatency-64k 5"), Some("5.4.0-1.2"), "a flavour of two words"),
            (ubuntu("Debian 1-2-x"), None, "another distribution"),
            (debian("#1 SMP Debian 1:6.1.63-1+rpt1 (2023-11-24)"), Some("1:6.1.63-1+rpt1"), "with an epoch"),
            (debian("#1 SMP Debian"), None, "cut off"),
            (Some(rpm("5.14.0-362.el9.x86_64+rt")), Some("5.14.0-362.el9"), "a variant"),
            (Some(rpm("5.14.0-362.el9")), Some("5.14.0-362.el9"), "no architecture"),
            (apk("6.6.7-0-lts"), Some("6.6.7-r0"), "Alpine"),
            (apk("6.6.7-lts"), None, "not Alpine"),
        ] {
            assert_eq!(got.as_deref(), want, "{why}");
        }
        let image = |arch: &str| installed(PackageType::Deb, "linux-image", "1", arch, "x");
        for (source, holder, want) in [
            ("linux-signed-amd64", Some(image("amd64")), "linux"),
            ("linux-signed-aws", Some(image("amd64")), "linux-aws"),
            ("linux-signed", None, "linux"),
            ("linux-oem-6.5", None, "linux-oem-6.5"),
        ] {
            assert_eq!(unsigned(source, holder.as_ref()), want);
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,60}", words in "(Ubuntu|Debian|[0-9.]{1,5}|-| |[a-z]{1,4}|\\+|\n){0,16}") {
            fuzz(&text);
            fuzz(&words);
        }
    }
}
