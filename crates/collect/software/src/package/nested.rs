//! Databases of package managers that are not at their place: those of another root below this one (a chroot, a machine of
//! systemd-nspawn). What they hold is not installed here and its distribution may be another one, so it is not counted; that
//! it is there is said.
use super::{Reader, problem};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: "databases of other roots", wants, read };

/// Where a database stands in its root.
const PLACES: &[&str] = &[
    "/var/lib/dpkg/status",
    "/lib/apk/db/installed",
    "/var/lib/rpm/rpmdb.sqlite",
    "/var/lib/rpm/Packages",
    "/usr/lib/sysimage/rpm/rpmdb.sqlite",
    "/usr/lib/sysimage/rpm/Packages.db",
];

fn wants(file: &Candidate<'_>) -> Option<Want> {
    let named = matches!(file.base, "status" | "installed" | "rpmdb.sqlite" | "Packages" | "Packages.db");
    (named && root_of(file.path).is_some()).then_some(Want::Parts)
}

/// The other root; none where the database is this root's.
fn root_of(path: &str) -> Option<&str> {
    let root = PLACES.iter().filter_map(|place| path.strip_suffix(place)).min_by_key(|root| root.len())?;
    // `/usr/lib/apk` is a place of its own in a merged /usr.
    (!matches!(root, "" | "/usr")).then_some(root)
}

fn read(entry: &Entry, _: &mut dyn Body) -> Facts {
    let root = root_of(&entry.path).unwrap_or_default();
    let reason = format!(
        "the packages of another root, `{root}`, are not counted here\nhint: scan it as a directory of its own, `casemate scan fs`"
    );
    Facts::failed(problem(entry, reason, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_another_root_is_told_from_ours() {
        for (path, want) in [
            ("/var/lib/dpkg/status", None),
            ("/usr/lib/apk/db/installed", None),
            ("/lib/apk/db/installed", None),
            ("/usr/lib/sysimage/rpm/rpmdb.sqlite", None),
            ("/srv/chroot/sid/var/lib/dpkg/status", Some("/srv/chroot/sid")),
            ("/var/lib/machines/a/usr/lib/apk/db/installed", Some("/var/lib/machines/a/usr")),
            ("/home/a/status", None),
        ] {
            assert_eq!(root_of(path), want, "{path}");
        }
        let facts = crate::package::testing::facts("/srv/a/var/lib/rpm/Packages", b"x");
        assert!(facts.packages.is_empty() && facts.problems[0].reason.contains("`/srv/a`"));
    }
}
