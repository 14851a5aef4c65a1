//! Which version a package had before it was upgraded: logs of dpkg and dnf.
use std::{collections::BTreeSet, io::Read};

use casemate_estate::Timestamp;
use jiff::{civil::DateTime, tz::TimeZone};

use crate::host::Host;

/// Bytes of all logs of one scan, unpacked.
const LOGS_MAX: u64 = 64 << 20;
/// Older logs than these are not asked: logrotate keeps twelve.
const ROTATED: u32 = 12;

/// Upgrades of the packages that are asked for.
#[derive(Debug, Default)]
pub(crate) struct Log {
    upgrades: Vec<Upgrade>,
}

/// One upgrade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upgrade {
    at: Timestamp,
    name: String,
    /// None where the package is for all architectures.
    arch: Option<String>,
    /// The version that it had.
    old: String,
}

impl Log {
    /// The version that a process started at `started` found: what the first upgrade since then replaced. None where no
    /// log says.
    pub(crate) fn version_before(&self, key: &str, started: Timestamp) -> Option<String> {
        let (name, arch) = named(key);
        self.upgrades
            .iter()
            .filter(|upgrade| upgrade.at >= started && upgrade.name == name)
            .filter(|upgrade| upgrade.arch.is_none() || arch.is_none() || upgrade.arch.as_deref() == arch)
            .min_by_key(|upgrade| upgrade.at)
            .map(|upgrade| upgrade.old.clone())
    }
}

/// Name and architecture of a [`casemate_estate::Package::key`].
fn named(key: &str) -> (&str, Option<&str>) {
    let name = key.split_once('/').map_or(key, |(_, name)| name);
    match name.rsplit_once(':') {
        Some((name, arch)) => (name, Some(arch)),
        None => (name, None),
    }
}

/// Reads the logs for the packages of these keys; nothing where there are none. A log that cannot be read says nothing.
pub(crate) fn read(host: &Host, keys: &BTreeSet<&str>) -> Log {
    let names: BTreeSet<&str> = keys.iter().map(|key| named(key).0).collect();
    let mut log = Log::default();
    let mut left = LOGS_MAX;
    for (kind, path) in [("deb/", "/var/log/dpkg.log"), ("rpm/", "/var/log/dnf.rpm.log")] {
        if !keys.iter().any(|key| key.starts_with(kind)) {
            continue;
        }
        let zone = zone(host);
        for rotated in 0..=ROTATED {
            let name = if rotated == 0 { path.to_owned() } else { format!("{path}.{rotated}") };
            for text in [plain(host, &name, &mut left), packed(host, &format!("{name}.gz"), &mut left)] {
                let upgrades = text.lines().filter_map(|line| match kind {
                    "deb/" => dpkg(line, &zone),
                    _ => dnf(line),
                });
                log.upgrades.extend(upgrades.filter(|upgrade| names.contains(upgrade.name.as_str())));
            }
        }
    }
    log
}

fn plain(host: &Host, path: &str, left: &mut u64) -> String {
    let bytes = host.root.read_up_to(path, *left).ok().flatten().map(|(bytes, _)| bytes).unwrap_or_default();
    *left = left.saturating_sub(bytes.len() as u64);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn packed(host: &Host, path: &str, left: &mut u64) -> String {
    let Ok(Some(file)) = host.root.open_regular(path) else { return String::new() };
    let mut bytes = Vec::new();
    // Of a damaged log what comes before the damage is of use.
    drop(flate2::read::MultiGzDecoder::new(file).take(*left).read_to_end(&mut bytes));
    *left = left.saturating_sub(bytes.len() as u64);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The host's time zone, in which dpkg writes.
fn zone(host: &Host) -> TimeZone {
    let rules = host.root.read("/etc/localtime", 1 << 20).ok().flatten();
    rules.and_then(|rules| TimeZone::tzif("localtime", &rules).ok()).unwrap_or(TimeZone::UTC)
}

/// `2026-05-09 07:29:02 upgrade gpgv:amd64 2.2.40-1.1 2.2.40-1.1+deb12u2`.
fn dpkg(line: &str, zone: &TimeZone) -> Option<Upgrade> {
    let mut words = line.split(' ');
    let (day, time, verb) = (words.next()?, words.next()?, words.next()?);
    if verb != "upgrade" {
        return None;
    }
    let (package, old) = (words.next()?, words.next()?);
    let at: DateTime = format!("{day}T{time}").parse().ok()?;
    let at = zone.to_ambiguous_zoned(at).compatible().ok()?.timestamp();
    let (name, arch) = package.split_once(':').unwrap_or((package, "all"));
    Some(Upgrade {
        at,
        name: name.to_owned(),
        arch: Some(arch).filter(|arch| *arch != "all").map(str::to_owned),
        old: Some(old).filter(|old| *old != "<none>")?.to_owned(),
    })
}

/// `2023-05-09T09:51:16-0400 SUBDEBUG Upgraded: openssl-libs-1:3.0.1-43.el9_0.x86_64`: what was replaced.
fn dnf(line: &str) -> Option<Upgrade> {
    let mut words = line.split(' ');
    let (time, level, verb, package) = (words.next()?, words.next()?, words.next()?, words.next()?);
    if (level, verb) != ("SUBDEBUG", "Upgraded:") {
        return None;
    }
    let at = Timestamp::strptime("%Y-%m-%dT%H:%M:%S%z", time).ok()?;
    let (rest, arch) = package.rsplit_once('.')?;
    let (rest, release) = rest.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    Some(Upgrade {
        at,
        name: name.to_owned(),
        arch: Some(arch).filter(|arch| *arch != "noarch").map(str::to_owned),
        old: format!("{version}-{release}"),
    })
}

/// A line of either log, in universal time.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn line(line: &str) -> (Option<Upgrade>, Option<Upgrade>) {
    (dpkg(line, &TimeZone::UTC), dnf(line))
}

/// When the process started; none where it has ended.
pub(crate) fn started(host: &Host, pid: u32) -> Option<Timestamp> {
    let text = |path: &str| host.root.read_text(path).ok().flatten();
    started_of(&text(&format!("/proc/{pid}/stat"))?, &text("/proc/stat")?)
}

/// Field 22 of proc_pid_stat(5), ticks since boot, and `btime` of proc_stat(5), seconds since 1970-01-01.
pub(crate) fn started_of(process: &str, system: &str) -> Option<Timestamp> {
    /// Of user space, whatever the kernel's own (time(7)).
    const TICKS_PER_SECOND: i64 = 100;
    // The name of the command, in parentheses, may hold anything.
    let (_, fields) = process.rsplit_once(')')?;
    let ticks: i64 = fields.split_ascii_whitespace().nth(19)?.parse().ok()?;
    let boot: i64 = system.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()?;
    Timestamp::from_second(boot.checked_add(ticks / TICKS_PER_SECOND)?).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    const LOG: &str = "2026-05-09 07:29:01 startup archives unpack\n\
        2026-05-09 07:29:02 upgrade libz:amd64 1.0-1 1.0-2\n\
        2026-05-09 07:29:02 status half-configured libz:amd64 1.0-1\n\
        2026-06-09 07:29:02 upgrade libz:amd64 1.0-2 1.0-3\n\
        2026-06-09 07:29:02 upgrade libz:i386 0.9-2 0.9-3\n\
        2026-06-09 07:29:03 upgrade tzdata:all 2025a 2025b\n\
        2026-06-09 07:29:04 install new:amd64 <none> 1\n";

    #[test]
    fn the_first_upgrade_after_the_start_names_the_old_version() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("var/log")).unwrap();
        let (older, newer) = LOG.split_at(LOG.find("2026-06").unwrap());
        std::fs::write(dir.path().join("var/log/dpkg.log"), newer).unwrap();
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(older.as_bytes()).unwrap();
        std::fs::write(dir.path().join("var/log/dpkg.log.2.gz"), gz.finish().unwrap()).unwrap();
        let dnf = "2026-05-09T09:00:00-0400 INFO x\n2026-05-09T09:00:00-0400 SUBDEBUG Upgraded: openssl-libs-1:3.0.1-43.el9_0.x86_64\n\
                   2026-05-09T09:00:00-0400 SUBDEBUG Upgrade: openssl-libs-1:3.0.7-1.el9.x86_64\n";
        std::fs::write(dir.path().join("var/log/dnf.rpm.log"), dnf).unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        let keys = ["deb/libz:amd64", "deb/libz:i386", "deb/tzdata", "rpm/openssl-libs:x86_64"].into_iter().collect();
        let log = read(&host, &keys);
        for (key, started, want, why) in [
            ("deb/libz:amd64", "2026-01-01T00:00:00Z", Some("1.0-1"), "before both upgrades"),
            ("deb/libz:amd64", "2026-05-09T07:29:02Z", Some("1.0-1"), "in the same second"),
            ("deb/libz:amd64", "2026-06-01T00:00:00Z", Some("1.0-2"), "between them"),
            ("deb/libz:amd64", "2026-07-01T00:00:00Z", None, "after both"),
            ("deb/libz:i386", "2026-01-01T00:00:00Z", Some("0.9-2"), "another architecture"),
            ("deb/tzdata", "2026-01-01T00:00:00Z", Some("2025a"), "for all architectures"),
            ("deb/other", "2026-01-01T00:00:00Z", None, "not in the log"),
            ("rpm/openssl-libs:x86_64", "2026-05-09T12:59:59Z", Some("1:3.0.1-43.el9_0"), "dnf, with an offset"),
            ("rpm/openssl-libs:x86_64", "2026-05-09T13:00:01Z", None, "dnf, too late"),
        ] {
            assert_eq!(log.version_before(key, started.parse().unwrap()).as_deref(), want, "{key} {started}: {why}");
        }
    }

    #[test]
    fn the_start_of_a_process_is_told_whatever_its_name() {
        let stat = "7 (a) b (c)) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 250 1 1\n";
        assert_eq!(started_of(stat, "cpu 1\nbtime 1000\n").map(Timestamp::as_second), Some(1002));
        assert_eq!(started_of(stat, "cpu 1\n"), None);
        assert_eq!(started_of("7 (a) S 1", "btime 1000\n"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,120}", words in "(2026-05-09|07:29:02|upgrade|SUBDEBUG|Upgraded:|a:b|-|\\.|\\)| |btime|[0-9]{1,20}){0,30}") {
            for text in [&text, &words] {
                line(text);
                started_of(text, text);
            }
        }
    }
}
