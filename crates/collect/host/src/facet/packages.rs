use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// Installed packages: dpkg's status (and `status.d`), apk's database, rpm's database where it can be read.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Packages {
    /// `dpkg`, `apk`, `rpm` or `none`.
    pub(crate) manager: String,
    /// Package name to what is installed; only packages in state installed.
    pub(crate) installed: BTreeMap<String, Package>,
    /// Names in a half-installed or unpacked state, or removed with configuration left (`rc`).
    pub(crate) residual: Vec<String>,
}

/// One package.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Package {
    /// Version as the manager writes it. Where several architectures are installed, the highest in text order.
    pub(crate) version: String,
    /// Architectures.
    pub(crate) arch: Vec<String>,
    /// Source package where it differs from the name; null otherwise.
    pub(crate) source: Option<String>,
    /// Held back from upgrades.
    pub(crate) held: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "packages",
    live_only: false,
    shape: crate::def::shape_of::<Packages>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Bytes of a package database.
const DATABASE_MAX: u64 = 128 << 20;

/// Databases that this facet does not read, by their mark. rpm's is read for the inventory of packages (`host.package`), but
/// checks that ask by name know the names of Debian and Alpine: `nfs-utils` must not pass for want of `nfs-kernel-server`.
const OTHERS: &[(&str, &str)] = &[
    ("/var/lib/rpm/rpmdb.sqlite", "rpm"),
    ("/var/lib/rpm/Packages.db", "rpm"),
    ("/var/lib/rpm/Packages", "rpm"),
    ("/usr/lib/sysimage/rpm/rpmdb.sqlite", "rpm"),
    ("/usr/lib/sysimage/rpm/Packages.db", "rpm"),
    ("/var/lib/pacman/local", "pacman"),
    ("/var/db/pkg", "portage"),
    ("/usr/lib/opkg/status", "opkg"),
    ("/var/db/xbps", "xbps"),
    ("/nix/var/nix/db/db.sqlite", "nix"),
];

/// Reads the databases; other facets ask too.
pub(crate) fn collect(host: &Host) -> Result<Packages, Missing> {
    let mut packages = Packages { manager: "none".into(), ..Packages::default() };
    let status = host.root.read("/var/lib/dpkg/status", DATABASE_MAX)?;
    let parts = host.root.list("/var/lib/dpkg/status.d")?;
    if let Some(bytes) = status {
        packages.manager = "dpkg".into();
        dpkg_add(&String::from_utf8_lossy(&bytes), false, &mut packages);
        if packages.installed.is_empty() && packages.residual.is_empty() && !bytes.trim_ascii().is_empty() {
            return Err(Missing::failed("`/var/lib/dpkg/status` holds no package"));
        }
    }
    // Images without a shell keep one file for each package, without a state.
    for entry in parts.unwrap_or_default() {
        packages.manager = "dpkg".into();
        if entry.name.ends_with(".md5sums") || entry.name.starts_with('.') {
            continue;
        }
        if let Some(text) = host.root.read_text(&format!("/var/lib/dpkg/status.d/{}", entry.name))? {
            dpkg_add(&text, true, &mut packages);
        }
    }
    if packages.manager == "dpkg" {
        packages.residual.sort();
        packages.residual.dedup();
        if !packages.installed.is_empty() {
            return Ok(packages);
        }
    }
    for database in ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"] {
        if let Some(bytes) = host.root.read(database, DATABASE_MAX)? {
            packages.manager = "apk".into();
            apk_add(&String::from_utf8_lossy(&bytes), &mut packages);
            return Ok(packages);
        }
    }
    for (mark, manager) in OTHERS {
        if host.root.exists(mark)? {
            return Err(Missing::unsupported(format!("{manager} database `{mark}` cannot be read by this version")));
        }
    }
    Ok(packages)
}

/// The fields of one paragraph of deb822(5) that are wanted; continuation lines are left out.
fn paragraph_fields(paragraph: &str) -> impl Iterator<Item = (&str, &str)> {
    paragraph
        .lines()
        .filter(|line| !line.starts_with([' ', '\t', '#']))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name, value.trim()))
}

/// dpkg's status file: paragraphs with `Status: WANT FLAG STATE`. `installed` takes a paragraph without a state as installed.
pub(crate) fn dpkg_add(text: &str, installed: bool, packages: &mut Packages) {
    for paragraph in paragraphs(text) {
        let (mut name, mut version, mut arch, mut source, mut status) = ("", "", "", None, None);
        for (field, value) in paragraph_fields(paragraph) {
            match field.to_ascii_lowercase().as_str() {
                "package" => name = value,
                "version" => version = value,
                "architecture" => arch = value,
                // `Source: glibc (2.36-9)`: the version stands there only where it differs.
                "source" => source = value.split_whitespace().next(),
                "status" => status = Some(value),
                _ => {}
            }
        }
        if name.is_empty() {
            continue;
        }
        let (want, state) = match status {
            Some(status) => {
                let mut words = status.split_whitespace();
                (words.next().unwrap_or_default(), words.nth(1).unwrap_or_default())
            }
            None if installed => ("install", "installed"),
            None => continue,
        };
        match state {
            // Unpacked and configured; only the triggers of others are still to run.
            "installed" | "triggers-pending" | "triggers-awaited" => {
                let source = source.filter(|source| *source != name);
                package_add(packages, name, version, arch, source, want == "hold");
            }
            "not-installed" => {}
            _ => packages.residual.push(name.to_owned()),
        }
    }
}

/// Text between empty lines.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut from = 0;
        loop {
            match text.get(from..).and_then(|tail| tail.find('\n')).map(|at| from + at + 1) {
                Some(next) => {
                    let line_end = text.get(next..).and_then(|tail| tail.find('\n')).map_or(text.len(), |at| next + at);
                    if text.get(next..line_end).is_some_and(|line| line.trim().is_empty()) {
                        rest = text.get(line_end..).filter(|tail| !tail.is_empty());
                        return text.get(..next);
                    }
                    from = next;
                }
                None => {
                    rest = None;
                    return Some(text);
                }
            }
        }
    })
}

/// apk's installed database: `P:` name, `V:` version, `A:` architecture, `o:` origin; an empty line ends a package.
pub(crate) fn apk_add(text: &str, packages: &mut Packages) {
    for paragraph in paragraphs(text) {
        let (mut name, mut version, mut arch, mut origin) = ("", "", "", None);
        for line in paragraph.lines() {
            match line.split_once(':') {
                Some(("P", value)) => name = value,
                Some(("V", value)) => version = value,
                Some(("A", value)) => arch = value,
                Some(("o", value)) => origin = Some(value),
                _ => {}
            }
        }
        if !name.is_empty() {
            package_add(packages, name, version, arch, origin.filter(|origin| *origin != name), false);
        }
    }
}

fn package_add(packages: &mut Packages, name: &str, version: &str, arch: &str, source: Option<&str>, held: bool) {
    let package = packages.installed.entry(name.to_owned()).or_default();
    if version > package.version.as_str() {
        version.clone_into(&mut package.version);
    }
    if !arch.is_empty() && !package.arch.iter().any(|known| known == arch) {
        package.arch.push(arch.to_owned());
        package.arch.sort();
    }
    package.source = source.map(str::to_owned).or(package.source.take());
    package.held |= held;
}

#[cfg(test)]
mod tests {
    use casemate_estate::FacetStatus;
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    #[test]
    fn states_of_dpkg_are_told_apart() {
        let text = "Package: a\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\nSource: src (0.9)\n\n\
            Package: b\nStatus: deinstall ok config-files\nVersion: 1\n\n\
            Package: c\nStatus: hold ok installed\nArchitecture: amd64\nVersion: 2\nDescription: x\n Package: no\n\n\
            Package: c\nStatus: install ok installed\nArchitecture: i386\nVersion: 1\n\n\
            Package: d\nStatus: install reinstreq half-installed\nVersion: 1\n\n\
            Package: e\nStatus: purge ok not-installed\n\n\n\
            Package: f\nStatus: install ok triggers-pending\nVersion: 3\nSource: f\n";
        let mut got = Packages::default();
        dpkg_add(text, false, &mut got);
        assert_eq!(got.installed.keys().collect::<Vec<_>>(), ["a", "c", "f"]);
        assert_eq!(got.installed["a"].source.as_deref(), Some("src"));
        assert_eq!(got.installed["f"].source, None, "the same name says nothing");
        let c = &got.installed["c"];
        assert_eq!((c.version.as_str(), c.arch.as_slice(), c.held), ("2", &["amd64".into(), "i386".into()][..], true));
        assert_eq!(got.residual, ["b", "d"]);
    }

    #[test]
    fn the_manager_is_the_one_whose_database_is_there() {
        let status = "Package: a\nStatus: install ok installed\nVersion: 1\n";
        for (file, text, want, why) in [
            ("var/lib/dpkg/status", status, Ok(("dpkg", 1)), "dpkg"),
            ("var/lib/dpkg/status.d/a", "Package: a\nVersion: 1\n", Ok(("dpkg", 1)), "an image without a shell"),
            ("lib/apk/db/installed", "C:Q1\nP:a\nV:1-r0\nA:x86_64\no:b\n\nP:b\nV:2\n\n", Ok(("apk", 2)), "apk"),
            ("var/lib/rpm/rpmdb.sqlite", "x", Err(FacetStatus::Unsupported), "rpm is said, not empty"),
            ("var/lib/dpkg/status", "junk", Err(FacetStatus::Failed), "a database without a package"),
            ("etc/x", "", Ok(("none", 0)), "no manager"),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
            let host = Host::new(Root::mounted(dir.path()).unwrap());
            let got = collect(&host);
            let got = got.as_ref().map(|p| (p.manager.as_str(), p.installed.len())).map_err(|missing| missing.status);
            assert_eq!(got, want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn parsers_never_panic(text in "(?s).*", lines in "(Package: a|Status: install ok installed|P:b|F:x| |\n|:){0,30}") {
            for text in [&text, &lines] {
                dpkg_add(text, true, &mut Packages::default());
                apk_add(text, &mut Packages::default());
                prop_assert_eq!(paragraphs(text).map(str::len).sum::<usize>() <= text.len(), true);
            }
        }
    }
}
