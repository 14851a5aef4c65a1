use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
    io::Read,
};

use casemate_version::Scheme;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::{packages, repositories},
    host::Host,
};

/// Updates that the local package lists offer (`/var/lib/apt/lists`, apk's cached index). No network. Where there are
/// no lists, or one of an enabled source is missing, the facet is `unsupported`, never empty. The offer is the highest
/// version of the enabled sources: pins of apt_preferences(5) are not looked at, but an archive that says `NotAutomatic`
/// (backports) offers only what apt would take by itself.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Updates {
    /// Package name to the update.
    pub(crate) pending: BTreeMap<String, Update>,
    /// Day of the newest list since 1970-01-01.
    pub(crate) lists_day: i64,
    /// A reboot is asked for (`/run/reboot-required`, or a newer kernel is installed than runs).
    pub(crate) reboot_required: bool,
    /// Packages that asked for it.
    pub(crate) reboot_packages: Vec<String>,
}

/// One pending update.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Update {
    /// Installed version.
    pub(crate) installed: String,
    /// Offered version.
    pub(crate) candidate: String,
    /// It comes from a security suite.
    pub(crate) security: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "updates",
    live_only: false,
    shape: crate::def::shape_of::<Updates>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const LISTS: &str = "/var/lib/apt/lists";
/// Bytes of one list after decompression.
const LIST_MAX: u64 = 2 << 30;
/// Bytes of one paragraph.
const STANZA_MAX: usize = 4 << 20;

fn collect(host: &Host) -> Result<Updates, Missing> {
    let installed = packages::collect(host)?;
    if installed.manager != "dpkg" {
        return Err(Missing::unsupported(format!(
            "pending updates of `{}` cannot be told by this version",
            installed.manager
        )));
    }
    let sources = repositories::collect(host)?;
    if let Some(place) = sources.malformed.first() {
        return Err(Missing::failed(format!("line {} of `{}` is not understood", place.line, place.file)));
    }
    let files = host.root.list(LISTS)?.unwrap_or_default();
    let names: Vec<&str> = files.iter().map(|entry| entry.name.as_str()).collect();
    let lists = lists_of(host, &sources.sources, &names)?;
    if lists.is_empty() {
        return Err(Missing::unsupported(format!("no enabled package source has a list in `{LISTS}`")));
    }
    let mut wanted: HashMap<&[u8], Offer<'_>> = HashMap::new();
    for (name, package) in &installed.installed {
        wanted.insert(name.as_bytes(), Offer { package, plain: None, security: None, backport: None });
    }
    let mut lists_day = i64::MIN;
    for list in &lists {
        let path = format!("{LISTS}/{}", list.file);
        let Some(meta) = host.root.stat(&path)? else { continue };
        lists_day = lists_day.max(meta.mtime.div_euclid(86_400));
        list_read(host, &path, list, &mut wanted)?;
    }
    let mut pending = BTreeMap::new();
    for (name, offer) in &wanted {
        if let Some(update) = offer.update() {
            pending.insert(String::from_utf8_lossy(name).into_owned(), update);
        }
    }
    let (reboot_required, reboot_packages) = reboot(host, &installed)?;
    Ok(Updates { pending, lists_day, reboot_required, reboot_packages })
}

/// What the lists offer for one installed package.
struct Offer<'a> {
    package: &'a packages::Package,
    plain: Option<String>,
    security: Option<String>,
    backport: Option<String>,
}

impl Offer<'_> {
    fn update(&self) -> Option<Update> {
        let installed = self.package.version.as_str();
        let newer = |version: &Option<String>| version.as_ref().is_some_and(|v| compare(v, installed).is_gt());
        let best = [&self.plain, &self.security].into_iter().flatten().max_by(|a, b| compare(a, b));
        // apt takes from such an archive only what was installed from it: newer than all ordinary sources offer.
        let of_backport = best.is_none_or(|best| compare(best, installed).is_lt());
        let candidate = if of_backport { self.backport.as_ref() } else { best }?;
        compare(candidate, installed).is_gt().then(|| Update {
            installed: installed.to_owned(),
            candidate: candidate.clone(),
            security: newer(&self.security),
        })
    }
}

/// What kind of archive a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Archive {
    Plain,
    Security,
    /// `NotAutomatic` with `ButAutomaticUpgrades`.
    Backport,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct List {
    file: String,
    archive: Archive,
}

/// The lists of all enabled binary sources, and an error where one is missing.
fn lists_of(host: &Host, sources: &[repositories::Repository], names: &[&str]) -> Result<Vec<List>, Missing> {
    let mut lists: BTreeMap<String, Archive> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.kind == "deb") {
        let start = list_start(&source.uri);
        let suite = source.suite.replace('/', "_");
        let flat = source.suite.ends_with('/');
        let release = if flat { format!("{start}{suite}") } else { format!("{start}dists_{suite}_") };
        let text = ["InRelease", "Release"]
            .iter()
            .map(|name| format!("{release}{name}"))
            .find(|n| names.contains(&n.as_str()));
        let text = match text {
            Some(name) => host.root.read(&format!("{LISTS}/{name}"), 16 << 20)?.unwrap_or_default(),
            None => return Err(partial(source, "its Release file")),
        };
        let text = String::from_utf8_lossy(&text);
        let flag = |name: &str| {
            text.lines().take(64).any(|line| {
                line.split_once(':').is_some_and(|(key, value)| key.eq_ignore_ascii_case(name) && value.trim() == "yes")
            })
        };
        let archive = match (flag("NotAutomatic"), flag("ButAutomaticUpgrades"), source.security) {
            // Nothing of it comes by itself (experimental).
            (true, false, _) => continue,
            (true, true, _) => Archive::Backport,
            (false, _, true) => Archive::Security,
            (false, _, false) => Archive::Plain,
        };
        let components = if flat { vec![String::new()] } else { source.components.clone() };
        for component in components {
            let start =
                if flat { release.clone() } else { format!("{release}{}_binary-", component.replace('/', "_")) };
            let mut found = false;
            for name in
                names.iter().filter(|name| name.starts_with(&start) && is_list(name, flat.then_some(start.len())))
            {
                found = true;
                // A stronger claim wins where two sources share a list.
                let known = lists.entry((*name).to_owned()).or_insert(archive);
                if archive == Archive::Security {
                    *known = archive;
                }
            }
            // An index that is empty is not fetched.
            if !found && !release_says_empty(&text, &component) {
                return Err(partial(source, &format!("the list of `{component}`")));
            }
        }
    }
    Ok(lists.into_iter().map(|(file, archive)| List { file, archive }).collect())
}

fn partial(source: &repositories::Repository, what: &str) -> Missing {
    Missing::unsupported(format!(
        "package lists are not complete: {what} of `{} {}` is missing in `{LISTS}`\nhint: run `apt-get update`",
        source.uri, source.suite
    ))
}

fn is_list(name: &str, flat: Option<usize>) -> bool {
    match flat {
        Some(start) => name.get(start..).is_some_and(|rest| rest.split('.').next() == Some("Packages")),
        None => name.rsplit_once("_Packages").is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with('.')),
    }
}

/// How apt begins the names of an address's lists: without scheme and credentials, odd characters as `%xx`, `/` as `_`.
pub(crate) fn list_start(uri: &str) -> String {
    let rest =
        uri.split_once("://").map_or_else(|| uri.split_once(':').map_or(uri, |(_, rest)| rest), |(_, rest)| rest);
    let rest = rest.strip_prefix("***@").unwrap_or(rest);
    let mut out = String::new();
    for c in rest.trim_end_matches('/').chars().chain(['/']) {
        if c == '/' {
            out.push('_');
        } else if "\\|{}[]<>\"^~_=!@#$%^&*".contains(c) {
            out.push_str(&format!("%{:02x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a Release file lists no index of the component, or only empty ones.
fn release_says_empty(text: &str, component: &str) -> bool {
    let start = format!("{component}/binary-");
    let indexes = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let (_, size, path) = (words.next()?, words.next()?, words.next()?);
        (path.starts_with(&start) && path.ends_with("/Packages")).then_some(size)
    });
    let all = text.lines().any(|line| line.contains("/binary-"));
    all && indexes.into_iter().all(|size| size == "0")
}

fn list_read(host: &Host, path: &str, list: &List, wanted: &mut HashMap<&[u8], Offer<'_>>) -> Result<(), Missing> {
    let Some(file) = host.root.open_regular(path)? else { return Ok(()) };
    let reader: Box<dyn Read> = match path.rsplit_once("_Packages").or_else(|| path.rsplit_once("Packages")) {
        Some((_, "")) => Box::new(file),
        Some((_, ".lz4")) => Box::new(lz4_flex::frame::FrameDecoder::new(file)),
        Some((_, ".gz")) => Box::new(flate2::read::MultiGzDecoder::new(file)),
        _ => return Err(Missing::unsupported(format!("the compression of `{path}` is not known to this version"))),
    };
    let mut add = |stanza: &[u8]| stanza_add(stanza, list.archive, wanted);
    let mut reader = reader.take(LIST_MAX);
    stanzas(&mut reader, &mut add).map_err(|error| Missing::failed(format!("cannot read `{path}`: {error}")))?;
    // What lies beyond the limit may be the update that is missing.
    if reader.limit() == 0 {
        return Err(Missing::failed(format!("cannot read `{path}`: larger than {LIST_MAX} bytes when unpacked")));
    }
    Ok(())
}

/// Gives each paragraph of a list, without holding the list.
pub(crate) fn stanzas(mut reader: impl Read, each: &mut dyn FnMut(&[u8])) -> std::io::Result<()> {
    let end = memchr::memmem::Finder::new(b"\n\n");
    let mut buffer = vec![0_u8; 256 << 10];
    let mut filled = 0;
    loop {
        if filled == buffer.len() {
            if buffer.len() >= STANZA_MAX {
                return Err(std::io::Error::other("a paragraph is larger than 4 MiB"));
            }
            buffer.resize(buffer.len() * 2, 0);
        }
        let count = match reader.read(buffer.get_mut(filled..).unwrap_or_default()) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        filled += count;
        let whole = buffer.get(..filled).unwrap_or_default();
        if count == 0 {
            each(whole);
            return Ok(());
        }
        let mut start = 0;
        for at in end.find_iter(whole) {
            each(whole.get(start..=at).unwrap_or_default());
            start = at + 2;
        }
        buffer.copy_within(start..filled, 0);
        filled -= start;
    }
}

/// The value of a field of a paragraph.
fn field<'a>(stanza: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let start = if stanza.starts_with(name.get(1..)?) {
        name.len() - 1
    } else {
        memchr::memmem::find(stanza, name)? + name.len()
    };
    let rest = stanza.get(start..)?;
    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    Some(rest.get(..end)?.trim_ascii())
}

fn stanza_add(stanza: &[u8], archive: Archive, wanted: &mut HashMap<&[u8], Offer<'_>>) {
    let Some(offer) = field(stanza, b"\nPackage:").and_then(|name| wanted.get_mut(name)) else { return };
    let Some(version) = field(stanza, b"\nVersion:").and_then(|v| std::str::from_utf8(v).ok()) else { return };
    // A package that became `all`, or ceased to be, is still the same package.
    let arch = field(stanza, b"\nArchitecture:").unwrap_or_default();
    let known = offer.package.arch.iter().any(|have| have.as_bytes() == arch || have == "all");
    if !known && arch != b"all" {
        return;
    }
    let best = match archive {
        Archive::Plain => &mut offer.plain,
        Archive::Security => &mut offer.security,
        Archive::Backport => &mut offer.backport,
    };
    if best.as_ref().is_none_or(|best| compare(version, best) == Ordering::Greater) {
        *best = Some(version.to_owned());
    }
}

/// The order of dpkg, which has a place for every text: what the policy does not allow may stand in a list all the same.
fn compare(a: &str, b: &str) -> Ordering {
    Scheme::Debian.order(a, b)
}

/// Whether a reboot is asked for: by the mark that packages leave, or since the running kernel is not the newest that is
/// installed of its flavour.
fn reboot(host: &Host, installed: &packages::Packages) -> Result<(bool, Vec<String>), Missing> {
    let mut asked: BTreeSet<String> = BTreeSet::new();
    let mut required = host.root.exists("/run/reboot-required")?;
    for line in host.root.read_text("/run/reboot-required.pkgs")?.unwrap_or_default().lines() {
        if !line.trim().is_empty() {
            asked.insert(line.trim().to_owned());
        }
    }
    if host.is_live() {
        let release = host.root.read_text("/proc/sys/kernel/osrelease")?.unwrap_or_default();
        let build = host.root.read_text("/proc/version")?.unwrap_or_default();
        if let Some(package) = kernel_newer(release.trim(), &build, installed) {
            required = true;
            asked.insert(package);
        }
    }
    Ok((required, asked.into_iter().collect()))
}

/// The package of a newer kernel than the one that runs, of the same flavour; none where the running kernel is not one of
/// the installed packages (a container, a kernel of the hypervisor's).
fn kernel_newer(release: &str, build: &str, installed: &packages::Packages) -> Option<String> {
    let own = installed.installed.get(&format!("linux-image-{release}"))?;
    // `6.1.0-18-cloud-amd64`: what follows the numbers.
    let flavour_of = |release: &str| {
        let parts = release.split('-').skip_while(|part| part.starts_with(|c: char| c.is_ascii_digit()));
        parts.collect::<Vec<_>>().join("-")
    };
    let flavour = flavour_of(release);
    for name in installed.installed.keys() {
        let Some(other) = name.strip_prefix("linux-image-") else { continue };
        let numbered = other.starts_with(|c: char| c.is_ascii_digit());
        if numbered && flavour_of(other) == flavour && compare(other, release).is_gt() {
            return Some(name.clone());
        }
    }
    // Debian writes the package's version into the build: `… Debian 6.1.90-1 (2024-05-03)`.
    let running = build.split_whitespace().skip_while(|word| *word != "Debian").nth(1)?;
    compare(&own.version, running).is_gt().then(|| format!("linux-image-{release}"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use casemate_estate::FacetStatus;
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    const STATUS: &str = "Package: a\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0-1\n\n\
        Package: b\nStatus: install ok installed\nArchitecture: all\nVersion: 2\n\n\
        Package: c\nStatus: install ok installed\nArchitecture: amd64\nVersion: 3~bpo12+1\n";

    fn stanza(name: &str, version: &str, arch: &str) -> String {
        format!("Package: {name}\nArchitecture: {arch}\nVersion: {version}\nDescription: x\n\n")
    }

    fn scratch(sources: &str, lists: &[(&str, Vec<u8>)]) -> (tempfile::TempDir, Host) {
        let dir = tempfile::tempdir().unwrap();
        for sub in ["var/lib/apt/lists", "var/lib/dpkg", "etc/apt"] {
            std::fs::create_dir_all(dir.path().join(sub)).unwrap();
        }
        std::fs::write(dir.path().join("var/lib/dpkg/status"), STATUS).unwrap();
        std::fs::write(dir.path().join("etc/apt/sources.list"), sources).unwrap();
        for (name, bytes) in lists {
            std::fs::write(dir.path().join("var/lib/apt/lists").join(name), bytes).unwrap();
        }
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        (dir, host)
    }

    fn gz(text: &str) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    fn lz4(text: &str) -> Vec<u8> {
        let mut out = lz4_flex::frame::FrameEncoder::new(Vec::new());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    const MAIN: &str = "deb http://d/debian s main\ndeb http://d/debian-security s-security main\n";
    const REL: &[u8] = b"Suite: s\nSHA256:\n 00 10 main/binary-amd64/Packages\n";

    #[test]
    fn offers_are_found_in_every_form() {
        let plain = stanza("a", "1.0-1", "amd64") + &stanza("b", "2.1", "all") + &stanza("x", "9", "amd64");
        let security = stanza("a", "1.0-1+deb1u1", "amd64") + &stanza("a", "9", "i386");
        for (main, bytes, sec, sec_bytes, why) in [
            ("", plain.clone().into_bytes(), "", security.clone().into_bytes(), "plain"),
            (".gz", gz(&plain), ".lz4", lz4(&security), "compressed"),
        ] {
            let main = format!("d_debian_dists_s_main_binary-amd64_Packages{main}");
            let sec = format!("d_debian-security_dists_s-security_main_binary-amd64_Packages{sec}");
            let (_dir, host) = scratch(
                MAIN,
                &[
                    ("d_debian_dists_s_InRelease", REL.to_vec()),
                    ("d_debian-security_dists_s-security_InRelease", REL.to_vec()),
                    (&main, bytes),
                    (&sec, sec_bytes),
                    ("other_dists_s_main_binary-amd64_Packages", stanza("a", "99", "amd64").into_bytes()),
                ],
            );
            let got = collect(&host).unwrap();
            let rows: Vec<_> =
                got.pending.iter().map(|(n, u)| (n.as_str(), u.candidate.as_str(), u.security)).collect();
            assert_eq!(
                rows,
                [("a", "1.0-1+deb1u1", true), ("b", "2.1", false)],
                "{why}: only enabled sources, only the installed architecture"
            );
        }
    }

    #[test]
    fn archives_that_are_not_automatic_offer_little() {
        let release =
            |flags: &str| format!("Suite: s\n{flags}SHA256:\n 00 10 main/binary-amd64/Packages\n").into_bytes();
        let offers = (stanza("a", "5~bpo", "amd64") + &stanza("c", "3~bpo12+2", "amd64")).into_bytes();
        for (flags, want, why) in [
            ("NotAutomatic: yes\nButAutomaticUpgrades: yes\n", vec!["c"], "backports: only what came from there"),
            ("NotAutomatic: yes\n", vec![], "experimental: nothing"),
            ("", vec!["a", "c"], "an ordinary archive"),
        ] {
            let (_dir, host) = scratch(
                "deb http://d s main\ndeb http://e s main\n",
                &[
                    ("d_dists_s_InRelease", REL.to_vec()),
                    (
                        "d_dists_s_main_binary-amd64_Packages",
                        (stanza("a", "1.0-1", "amd64") + &stanza("c", "2", "amd64")).into_bytes(),
                    ),
                    ("e_dists_s_InRelease", release(flags)),
                    ("e_dists_s_main_binary-amd64_Packages", offers.clone()),
                ],
            );
            assert_eq!(collect(&host).unwrap().pending.keys().collect::<Vec<_>>(), want, "{why}");
        }
    }

    #[test]
    fn without_all_lists_nothing_is_said() {
        let list = ("d_dists_s_main_binary-amd64_Packages", stanza("a", "1.0-1", "amd64").into_bytes());
        let release = ("d_dists_s_InRelease", REL.to_vec());
        for (sources, lists, want, why) in [
            ("", vec![], Err(FacetStatus::Unsupported), "no source"),
            ("deb http://d s main", vec![], Err(FacetStatus::Unsupported), "never updated"),
            ("deb http://d s main", vec![release.clone()], Err(FacetStatus::Unsupported), "a list is missing"),
            (
                "deb http://d s main\ndeb http://e s main",
                vec![release.clone(), list.clone()],
                Err(FacetStatus::Unsupported),
                "one source was never fetched",
            ),
            (
                "deb http://d s main",
                vec![release.clone(), ("d_dists_s_main_binary-amd64_Packages.xz", vec![])],
                Err(FacetStatus::Unsupported),
                "xz",
            ),
            (
                "deb http://d s main",
                vec![release.clone(), ("d_dists_s_main_binary-amd64_Packages.lz4", vec![1, 2, 3, 4, 5])],
                Err(FacetStatus::Failed),
                "a broken list",
            ),
            (
                "deb http://d",
                vec![release.clone(), list.clone()],
                Err(FacetStatus::Failed),
                "a source that is not understood",
            ),
            (
                "deb http://d s main contrib",
                vec![release.clone(), list.clone()],
                Ok(0),
                "an empty index is not fetched",
            ),
            ("deb http://d s main", vec![release, list], Ok(0), "all there, nothing newer"),
        ] {
            let (_dir, host) = scratch(sources, &lists);
            assert_eq!(collect(&host).map(|u| u.pending.len()).map_err(|m| m.status), want, "{why}");
        }
    }

    #[test]
    fn lists_are_named_as_apt_does() {
        for (uri, want) in [
            ("http://deb.debian.org/debian/", "deb.debian.org_debian_"),
            ("https://***@d:8443/a_b", "d:8443_a%5fb_"),
            ("file:/srv/x", "_srv_x_"),
        ] {
            assert_eq!(list_start(uri), want);
        }
    }

    #[test]
    fn a_newer_kernel_wants_a_reboot() {
        let mut installed = packages::Packages::default();
        let text = "Package: linux-image-6.1.0-18-amd64\nVersion: 6.1.76-1\n\nPackage: linux-image-amd64\nVersion: 6.1.90-1\n\n\
            Package: linux-image-6.1.0-9-amd64\nVersion: 6.1.20-1\n\nPackage: linux-image-6.1.0-21-cloud-amd64\nVersion: 6.1.90-1\n";
        packages::dpkg_add(text, true, &mut installed);
        for (release, build, want, why) in [
            ("6.1.0-18-amd64", "Linux … Debian 6.1.76-1 (2024)", None, "the newest of its flavour"),
            (
                "6.1.0-18-amd64",
                "Linux … Debian 6.1.69-1 (2024)",
                Some("linux-image-6.1.0-18-amd64"),
                "the same release, built anew",
            ),
            ("6.1.0-9-amd64", "", Some("linux-image-6.1.0-18-amd64"), "an older one runs"),
            ("6.12.1", "", None, "a kernel that is no package here"),
        ] {
            assert_eq!(kernel_newer(release, build, &installed).as_deref(), want, "{why}");
        }
    }

    #[test]
    fn a_paragraph_without_end_is_refused() {
        let mut kept = 0;
        let result = stanzas(std::io::repeat(b'x'), &mut |stanza| kept += stanza.len());
        assert_eq!(result.unwrap_err().to_string(), "a paragraph is larger than 4 MiB");
        assert_eq!(kept, 0);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), lines in "(Package: a|\n|Version: 1|:| ){0,30}", uri in ".*") {
            let package = packages::Package::default();
            let mut wanted = HashMap::from([(&b"a"[..], Offer { package: &package, plain: None, security: None, backport: None })]);
            for input in [bytes.as_slice(), lines.as_bytes()] {
                stanzas(input, &mut |stanza| stanza_add(stanza, Archive::Plain, &mut wanted)).unwrap();
            }
            list_start(&uri);
        }
    }
}
