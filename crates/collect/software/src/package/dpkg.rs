//! dpkg: `status`, the `status.d/` of images without dpkg, and who owns which files (dpkg(1), deb-control(5)).
use std::collections::BTreeSet;

use casemate_estate::{PackageType, Source};

use super::{Reader, owned, package, problem, text};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

/// Bytes of a status file; one of 3,000 packages has 4 MiB.
const STATUS_MAX: u64 = 128 << 20;
/// Bytes of a list of files; that of the largest packages has some MiB.
const LIST_MAX: u64 = 64 << 20;
const DATABASE: &str = "/var/lib/dpkg";

pub(crate) const STATUS: Reader = Reader { name: "dpkg's status", wants: status_wants, read: status_read };
pub(crate) const FILES: Reader = Reader { name: "dpkg's lists of files", wants: files_wants, read: files_read };

fn status_wants(file: &Candidate<'_>) -> Option<Want> {
    let status = file.base == "status" && file.dir == DATABASE;
    let part = file.dir.len() == DATABASE.len() + "/status.d".len()
        && file.dir.starts_with(DATABASE)
        && file.parent() == "status.d"
        && !file.base.ends_with(".md5sums")
        && !file.base.starts_with('.');
    (status || part).then_some(Want::Whole(STATUS_MAX))
}

fn files_wants(file: &Candidate<'_>) -> Option<Want> {
    let rest = file.dir.strip_prefix(DATABASE)?;
    // A package that dpkg installed has a list of all its files; the sums are of some of them.
    let list = rest == "/info" && file.base.ends_with(".list");
    let sums = rest == "/status.d" && file.base.ends_with(".md5sums");
    (list || sums).then_some(Want::Whole(LIST_MAX))
}

/// The fields of a paragraph that are of use.
#[derive(Debug, Default, Clone, Copy)]
struct Paragraph<'a> {
    package: Option<&'a str>,
    status: Option<&'a str>,
    version: Option<&'a str>,
    arch: Option<&'a str>,
    source: Option<&'a str>,
    maintainer: Option<&'a str>,
    vendor: Option<&'a str>,
    /// Any field at all.
    any: bool,
}

impl<'a> Paragraph<'a> {
    fn field(&mut self, line: &'a str) {
        self.any = true;
        // A line that goes on belongs to a field that is of no use: none of ours has more than one line.
        if line.starts_with([' ', '\t']) {
            return;
        }
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        // Names are in any case (deb-control(5)).
        for (known, slot) in [
            ("package", &mut self.package),
            ("status", &mut self.status),
            ("version", &mut self.version),
            ("architecture", &mut self.arch),
            ("source", &mut self.source),
            ("maintainer", &mut self.maintainer),
            ("vendor", &mut self.vendor),
        ] {
            if name.eq_ignore_ascii_case(known) {
                *slot = Some(value);
            }
        }
    }
}

fn status_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, STATUS_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let mut facts = Facts::default();
    let mut seen = BTreeSet::new();
    let mut paragraph = Paragraph::default();
    // An empty line ends the last one too.
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            paragraph.field(line);
        } else if paragraph.any {
            paragraph_read(entry, paragraph, &mut seen, &mut facts);
            paragraph = Paragraph::default();
        }
    }
    if !text.is_empty() && !text.ends_with('\n') && entry.path.ends_with("/status") {
        facts.problems.push(problem(entry, "it ends in the middle of a line: packages may be missing", true));
    }
    facts
}

/// What the third word of `Status` says of the files of a package.
enum State {
    /// All there.
    Installed,
    /// All there, although scripts of the package have not run to the end.
    Unfinished,
    /// Some may be there.
    Partly,
    /// None but configuration.
    Gone,
    /// No word that dpkg has.
    Odd,
}

fn state(status: &str) -> State {
    match status.split_whitespace().nth(2) {
        Some("installed" | "triggers-pending" | "triggers-awaited") => State::Installed,
        Some("unpacked" | "half-configured") => State::Unfinished,
        Some("half-installed") => State::Partly,
        Some("config-files" | "not-installed") => State::Gone,
        _ => State::Odd,
    }
}

fn paragraph_read<'a>(
    entry: &Entry,
    paragraph: Paragraph<'a>,
    seen: &mut BTreeSet<(&'a str, &'a str, &'a str)>,
    facts: &mut Facts,
) {
    let Some(name) = paragraph.package.filter(|name| !name.is_empty()) else {
        facts.problems.push(problem(entry, "a paragraph names no package", true));
        return;
    };
    let version = paragraph.version.unwrap_or_default();
    let arch = paragraph.arch.unwrap_or_default();
    match paragraph.status {
        Some(status) => match state(status) {
            State::Installed => {}
            State::Gone => return,
            State::Unfinished => {
                let reason = format!("package `{name}` is `{status}`: its files are there, its scripts have not run");
                facts.problems.push(problem(entry, reason, false));
            }
            State::Partly => {
                let reason = format!("package `{name}` is `{status}`: some of its files may be there; not counted");
                facts.problems.push(problem(entry, reason, true));
                return;
            }
            State::Odd => {
                let reason = format!("package `{name}` has the status `{status}`, which dpkg does not know; counted");
                facts.problems.push(problem(entry, reason, false));
            }
        },
        // The parts of `status.d` never say it.
        None if !entry.path.ends_with("/dpkg/status") => {}
        None => {
            let reason = format!("package `{name}` has no status; counted as installed");
            facts.problems.push(problem(entry, reason, false));
        }
    }
    if version.is_empty() {
        facts.problems.push(problem(entry, format!("package `{name}` has no version"), false));
    }
    if !seen.insert((name, arch, version)) {
        facts.problems.push(problem(entry, format!("package `{name}` stands there twice"), false));
        return;
    }
    let mut found = package(entry, PackageType::Deb, name, version);
    found.arch = Some(arch).filter(|arch| !matches!(*arch, "" | "all")).map(str::to_owned);
    found.source = Some(source(paragraph.source, name, version));
    // Debian's packages have no such field, and name a maintainer with an address (Policy 5.6.2): of both it is told who
    // made a package that is not the distribution's.
    let maintainer = paragraph.maintainer.filter(|maintainer| !maintainer.is_empty());
    let other = |maintainer: &&str| !maintainer.contains('@') || is_others(version);
    let maker = paragraph.vendor.filter(|vendor| !vendor.is_empty()).or(maintainer.filter(other));
    found.vendor = maker.map(str::to_owned);
    facts.packages.push(found);
}

/// Whether a version is one that only others than distributions give: a revision `0`, where theirs begin with 1, or one that
/// names the release it was built for (`1~debian.12~bookworm`, `1~jammy`, `1.pgdg120+1`), where theirs say `+deb12u1` or
/// `~bpo12+1`.
fn is_others(version: &str) -> bool {
    let Some((_, revision)) = version.rsplit_once('-') else { return false };
    let word = |rest: &str| rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let named = revision.match_indices('~').any(|(at, _)| {
        let rest = revision.get(at + 1..).unwrap_or_default();
        word(rest) >= 5 && !["alpha", "preview", "really"].iter().any(|known| rest.starts_with(known))
    });
    revision == "0" || named || revision.contains(".pgdg")
}

/// `Source: NAME [(VERSION)]`; the package's own where it is not said.
fn source(field: Option<&str>, name: &str, version: &str) -> Source {
    let field = field.filter(|field| !field.is_empty()).unwrap_or(name);
    let (source, own) = field.split_once('(').map_or((field, None), |(source, rest)| (source, rest.split(')').next()));
    Source {
        name: source.trim().to_owned(),
        version: own.map(str::trim).filter(|own| !own.is_empty()).unwrap_or(version).to_owned(),
    }
}

fn files_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, LIST_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let base = entry.path.rsplit('/').next().unwrap_or_default();
    let (name, paths): (_, Vec<&str>) = match base.strip_suffix(".list") {
        Some(name) => (name, text.lines().filter(|line| line.starts_with('/')).collect()),
        // `SUM  PATH`, from the root without its slash.
        None => (
            base.strip_suffix(".md5sums").unwrap_or(base),
            text.lines().filter_map(|line| Some(line.split_once(' ')?.1.trim_start())).collect(),
        ),
    };
    let foreign = foreign(name, &paths);
    let mut owned = owned(PackageType::Deb, name, paths);
    owned.iter_mut().for_each(|owned| owned.foreign = foreign);
    Facts { owned, ..Facts::default() }
}

/// Debian Policy asks of each package its copyright in `/usr/share/doc/NAME`, or that this is a link to the directory of
/// another one (12.5), and forbids files in `/opt` and `/usr/local` (9.1): what breaks it is somebody else's.
fn foreign(name: &str, paths: &[&str]) -> bool {
    let name = name.split(':').next().unwrap_or(name);
    let doc = format!("/usr/share/doc/{name}");
    let (mut link, mut below, mut copyright, mut elsewhere) = (false, false, false, false);
    for path in paths {
        let path = path.strip_prefix('/').unwrap_or(path);
        elsewhere |= path.starts_with("opt/");
        if let Some(rest) = path.strip_prefix(doc.trim_start_matches('/')) {
            link |= rest.is_empty();
            below |= rest.starts_with('/');
            copyright |= rest == "/copyright" || rest == "/copyright.gz";
        }
    }
    elsewhere || !(copyright || (link && !below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::testing::facts;

    const STATUS_PATH: &str = "/var/lib/dpkg/status";

    #[test]
    fn what_is_installed_counts_and_the_rest_is_said() {
        for (status, counted, problems, why) in [
            ("Status: install ok installed\n", true, 0, "installed"),
            ("status:   hold ok installed  \n", true, 0, "held back, yet installed; the field in lower case"),
            ("Status: install ok triggers-pending\n", true, 0, "a trigger waits"),
            ("Status: install ok half-configured\n", true, 1, "the files are there"),
            ("Status: install reinstreq half-installed\n", false, 1, "some files may be there"),
            ("Status: deinstall ok config-files\n", false, 0, "only configuration is left"),
            ("Status: purge ok not-installed\n", false, 0, "gone"),
            ("Status: install ok great\n", true, 1, "a word that dpkg does not know hides nothing"),
            ("", true, 1, "without a status it may be there"),
        ] {
            let text = format!("Package: x\n{status}Architecture: amd64\nVersion: 1-1\n");
            let facts = facts(STATUS_PATH, text.as_bytes());
            assert_eq!((!facts.packages.is_empty(), facts.problems.len()), (counted, problems), "{status}: {why}");
        }
    }

    #[test]
    fn a_source_has_its_own_version_where_it_is_said() {
        for (field, want, why) in [
            (None, ("x", "1:2-3+b1"), "the package's own"),
            (Some("y"), ("y", "1:2-3+b1"), "another name"),
            (Some("y (1:2-3)"), ("y", "1:2-3"), "another version"),
            (Some("y ("), ("y", "1:2-3+b1"), "a broken one keeps the name"),
            (Some(""), ("x", "1:2-3+b1"), "an empty one is none"),
        ] {
            let source = source(field, "x", "1:2-3+b1");
            assert_eq!((source.name.as_str(), source.version.as_str()), want, "{field:?}: {why}");
        }
    }

    #[test]
    fn a_maker_other_than_the_distribution_is_told() {
        for (field, want, why) in [
            ("Maintainer: Ann <ann@debian.org>", None, "a maintainer of Debian"),
            (
                "Maintainer: Cloud Authors <https://example.org/>",
                Some("Cloud Authors <https://example.org/>"),
                "no address",
            ),
            ("Vendor: Example Inc.\nMaintainer: a <a@b.c>", Some("Example Inc."), "a vendor"),
        ] {
            let text = format!("Package: x\nStatus: install ok installed\n{field}\nVersion: 1\n");
            assert_eq!(facts(STATUS_PATH, text.as_bytes()).packages[0].vendor.as_deref(), want, "{why}");
        }
        for (version, want) in [
            ("3.0.15-1~deb12u1", false),
            ("1:2.36-9+deb12u4", false),
            ("6.1-1~bpo12+1", false),
            ("2.0-1+b3", false),
            ("5.15-0ubuntu1.2", false),
            ("3.134", false),
            ("2.0~alpha1-1", false),
            ("1.0-1~alpha2", false),
            ("1:528.0.0-0", true),
            ("5:24.0.7-1~debian.12~bookworm", true),
            ("1.24.0-1~jammy", true),
            ("15.5-1.pgdg120+1", true),
        ] {
            assert_eq!(is_others(version), want, "{version}");
        }
    }

    #[test]
    fn oddities_of_a_status_are_named_and_lose_nothing() {
        let installed = "Status: install ok installed\n";
        for (text, packages, reasons, why) in [
            (format!("Package: x\n{installed}"), 1, &["package `x` has no version"][..], "no version"),
            (
                format!("{installed}Version: 1\n\nPackage: x\n{installed}Version: 1\n"),
                1,
                &["a paragraph names no package"],
                "no name",
            ),
            (
                format!("Package: x\n{installed}Version: 1\n\n\n \nPackage: x\n{installed}Version: 1\n"),
                1,
                &["package `x` stands there twice"],
                "twice",
            ),
            (
                format!(
                    "Package: x\n{installed}Version: 1\nArchitecture: i386\n\nPackage: x\n{installed}Version: 1\nArchitecture: amd64\n"
                ),
                2,
                &[],
                "two architectures",
            ),
            (
                format!("Package: x\r\n{installed}Version: 1"),
                1,
                &["it ends in the middle of a line: packages may be missing"],
                "cut off",
            ),
            (
                format!("Package: x\nDescription: a\n Version: 9\n{installed}Version: 1\n"),
                1,
                &[],
                "a line that goes on",
            ),
        ] {
            let facts = facts(STATUS_PATH, text.as_bytes());
            let found: Vec<&str> = facts.problems.iter().map(|problem| problem.reason.as_str()).collect();
            assert_eq!((facts.packages.len(), found.as_slice()), (packages, reasons), "{why}");
            assert!(facts.packages.iter().all(|package| package.name == "x" && package.source.is_some()), "{why}");
        }
    }

    #[test]
    fn an_image_without_dpkg_has_parts_and_sums() {
        let part = facts("/var/lib/dpkg/status.d/base", b"Package: base-files\nVersion: 12\nArchitecture: all\n\n");
        assert_eq!((part.packages[0].arch.as_deref(), part.problems.len()), (None, 0));
        let sums =
            facts("/var/lib/dpkg/status.d/base.md5sums", b"d41d8cd98f00b204e9800998ecf8427e  usr/lib/libx.so.1\nbad\n");
        assert!(sums.packages.is_empty());
        assert_eq!(
            (sums.owned[0].package.as_str(), sums.owned[0].paths.as_slice()),
            ("base", &["/usr/lib/libx.so.1".to_owned()][..])
        );
    }

    #[test]
    fn a_package_that_breaks_the_policy_is_somebody_else_s() {
        for (list, want, why) in [
            ("/usr/bin/x\n/usr/share/doc/x\n/usr/share/doc/x/copyright\n", false, "a package of Debian"),
            ("/usr/bin/x\n/usr/share/doc/x\n", false, "its documents are those of another one"),
            ("/usr/bin/x\n/usr/share/doc/x\n/usr/share/doc/x/README\n", true, "documents without the copyright"),
            ("/usr/bin/x\n", true, "no documents"),
            ("/opt/x/x\n/usr/share/doc/x/copyright\n", true, "in /opt"),
        ] {
            assert_eq!(facts("/var/lib/dpkg/info/x:amd64.list", list.as_bytes()).owned[0].foreign, want, "{why}");
        }
    }

    #[test]
    fn a_list_names_files_and_no_directories() {
        let list = facts(
            "/var/lib/dpkg/info/libc6:amd64.list",
            b"/.\n/lib\n/lib/x\n/lib/x/libc.so.6\n/usr/share/doc/libc6/copyright\n/usr/bin/ld.so\n",
        );
        assert_eq!(list.owned[0].package, "libc6:amd64");
        assert_eq!(list.owned[0].paths, ["/lib/x/libc.so.6", "/usr/bin/ld.so"]);
    }
}
