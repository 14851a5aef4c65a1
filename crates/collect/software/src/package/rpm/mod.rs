//! rpm's databases: SQLite since Fedora 33 and RHEL 9, `Packages.db` of SUSE, Berkeley DB before. Each holds a header for
//! each package; which of the keepers, the name of the file says.
mod bdb;
mod header;
mod ndb;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod sample;
mod sqlite;
#[cfg(test)]
mod tests;

use casemate_estate::{PackageType, Source};

use self::header::Header;
use super::{Reader, owned, package, problem};
use crate::{Body, Entry, Facts, Want, bytes, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: "rpm's database", wants, read };
pub(crate) const JOURNAL: Reader = Reader { name: "rpm's journal", wants: journal_wants, read: journal_read };

/// Bytes of one header. rpm takes 256 MiB; the largest of distributions have 30.
const HEADER_MAX: usize = 64 << 20;
/// Packages of one database; whole distributions have 70,000.
const PACKAGES_MAX: usize = 200_000;
/// Problems named one by one; the rest is one more.
const NAMED_MAX: usize = 20;

fn database(file: &Candidate<'_>) -> bool {
    matches!(file.dir, "/var/lib/rpm" | "/usr/lib/sysimage/rpm" | "/usr/share/rpm")
}

fn wants(file: &Candidate<'_>) -> Option<Want> {
    (matches!(file.base, "rpmdb.sqlite" | "Packages.db" | "Packages") && database(file)).then_some(Want::Parts)
}

fn journal_wants(file: &Candidate<'_>) -> Option<Want> {
    (file.base == "rpmdb.sqlite-wal" && database(file)).then_some(Want::Parts)
}

/// Takes the header of one package, or why there is none where one should be; false for enough.
type Each<'a> = &'a mut dyn FnMut(Result<Vec<u8>, String>) -> bool;

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let mut facts = Facts::default();
    let mut failed = 0;
    let mut complain = |facts: &mut Facts, reason: String| {
        failed += 1;
        if failed <= NAMED_MAX {
            facts.problems.push(problem(entry, reason, true));
        }
    };
    let size = match bytes::size(body) {
        Ok(size) => size,
        Err(why) => return Facts::failed(problem(entry, why, true)),
    };
    let (mut count, mut taken) = (0_usize, 0_u64);
    let mut stopped = None;
    let mut each = |blob: Result<Vec<u8>, String>| {
        count += 1;
        if count > PACKAGES_MAX {
            stopped = Some(format!("limit rpm.packages is {PACKAGES_MAX}: the rest was not read"));
            return false;
        }
        match blob {
            Ok(blob) => {
                taken += blob.len() as u64;
                // Each byte belongs to one header: a database in which they overlap may unfold without end.
                if taken > size {
                    stopped = Some("its headers overlap: the rest was not read".to_owned());
                    return false;
                }
                match Header::parse(&blob) {
                    Ok(header) => header_read(entry, &header, &mut facts),
                    Err(why) => complain(&mut facts, format!("a package's header cannot be read: {why}")),
                }
            }
            Err(why) => complain(&mut facts, format!("a package's header cannot be read: {why}")),
        }
        true
    };
    let result = match entry.path.rsplit('/').next() {
        Some("rpmdb.sqlite") => sqlite::blobs(body, size, &mut each),
        Some("Packages.db") => ndb::blobs(body, size, &mut each),
        _ => bdb::blobs(body, size, &mut each),
    };
    facts.problems.extend(result.err().or(stopped).map(|why| problem(entry, why, true)));
    if failed > NAMED_MAX {
        facts.problems.push(problem(entry, format!("{} more headers cannot be read", failed - NAMED_MAX), true));
    }
    facts
}

/// One package. The keys of vendors, which rpm keeps as packages `gpg-pubkey`, are none.
fn header_read(entry: &Entry, header: &Header<'_>, facts: &mut Facts) {
    let Some(name) = header.string(header::NAME).filter(|name| !name.is_empty()) else {
        facts.problems.push(problem(entry, "a package has no name", true));
        return;
    };
    if name == "gpg-pubkey" {
        return;
    }
    let (version, release) = (header.string(header::VERSION), header.string(header::RELEASE));
    let epoch = header.number(header::EPOCH).filter(|epoch| *epoch > 0);
    let evr = |version: &str, release: Option<&str>| {
        let epoch = epoch.map(|epoch| format!("{epoch}:")).unwrap_or_default();
        let release = release.map(|release| format!("-{release}")).unwrap_or_default();
        format!("{epoch}{version}{release}")
    };
    let version = match &version {
        Some(version) if !version.is_empty() => evr(version, release.as_deref()),
        _ => {
            facts.problems.push(problem(entry, format!("package `{name}` has no version"), false));
            String::new()
        }
    };
    let arch = header.string(header::ARCH).filter(|arch| !matches!(arch.as_ref(), "" | "noarch" | "(none)"));
    let mut found = package(entry, PackageType::Rpm, name.as_ref(), version.as_str());
    let source = header.string(header::SOURCERPM);
    // The file's name has no epoch: packages of one source have one, but for rare ones that set their own.
    found.source = Some(match source.as_deref().and_then(source_parts) {
        Some((name, version, release)) => Source { name: name.to_owned(), version: evr(version, Some(release)) },
        None => Source { name: name.to_string(), version },
    });
    found.arch = arch.as_deref().map(str::to_owned);
    found.vendor =
        header.string(header::VENDOR).filter(|vendor| !matches!(vendor.as_ref(), "" | "(none)")).map(Into::into);
    found.module = header.string(header::MODULARITYLABEL).and_then(|label| {
        // `NAME:STREAM:VERSION:CONTEXT:ARCH`
        let mut parts = label.split(':');
        Some(format!("{}:{}", parts.next().filter(|name| !name.is_empty())?, parts.next()?))
    });
    let owner = arch.as_deref().map_or_else(|| name.to_string(), |arch| format!("{name}:{arch}"));
    match header.paths() {
        Ok(paths) => facts.owned.extend(owned(PackageType::Rpm, &owner, paths.iter().map(String::as_str))),
        Err(why) => {
            facts.problems.push(problem(entry, format!("the files of package `{name}` cannot be told: {why}"), false));
        }
    }
    facts.packages.push(found);
}

/// Name, version and release of `NAME-VERSION-RELEASE.src.rpm`.
fn source_parts(file: &str) -> Option<(&str, &str, &str)> {
    let stem = file.strip_suffix(".src.rpm").or_else(|| file.strip_suffix(".nosrc.rpm"))?;
    let (rest, release) = stem.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    (!name.is_empty()).then_some((name, version, release))
}

/// A journal beside the database that holds changes which are not in it yet.
fn journal_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    // After a header of 32 bytes come frames, each of a page; one without frames says nothing new.
    match bytes::size(body) {
        Ok(size) if size <= 32 => Facts::default(),
        Ok(_) => Facts::failed(problem(
            entry,
            "changes in this journal were not read: packages may be missing\nhint: `rpm -qa` as root folds them in",
            true,
        )),
        Err(why) => Facts::failed(problem(entry, why, true)),
    }
}
