use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    glob,
    host::Host,
    line,
    reader::{Reader, bounded},
    root::{ReadError, Root},
    text,
};

/// Time synchronisation: systemd-timesyncd, chrony, ntp.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct TimeSync {
    /// Installed daemons: `systemd-timesyncd`, `chrony`, `ntp`, `ntpsec`, `openntpd`.
    pub(crate) installed: Vec<String>,
    /// timesyncd's servers (`NTP=` and `FallbackNTP=`).
    pub(crate) timesyncd_servers: Vec<String>,
    /// chrony's `server`, `pool` and `peer` lines.
    pub(crate) chrony_servers: Vec<String>,
    /// User that chrony runs as (`user` directive or `-u`); null where not set.
    pub(crate) chrony_user: Option<String>,
    /// ntp's `server` and `pool` lines.
    pub(crate) ntp_servers: Vec<String>,
    /// ntp's `restrict` lines.
    pub(crate) ntp_restrict: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "time_sync",
    live_only: false,
    shape: crate::def::shape_of::<TimeSync>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<TimeSync, Missing> {
    let root = &host.root;
    let mut out = TimeSync::default();
    for (name, programs) in DAEMONS {
        for program in *programs {
            if root.exists(program)? && !out.installed.iter().any(|seen| seen == name) {
                out.installed.push((*name).to_owned());
            }
        }
    }
    let timesyncd = text::systemd_settings(root, "systemd/timesyncd.conf")?;
    for key in ["NTP", "FallbackNTP"] {
        let value = timesyncd.get(&("Time".to_owned(), key.to_owned()));
        out.timesyncd_servers.extend(value.into_iter().flat_map(|text| text.split_whitespace()).map(str::to_owned));
    }
    for path in ["/etc/chrony/chrony.conf", "/etc/chrony.conf"] {
        let reader = Reader::new(root);
        if let Some(text) = reader.read_text(path)? {
            chrony(root, &reader, &text, &mut out, 0, &mut 0)?;
            break;
        }
    }
    if out.chrony_user.is_none() {
        for (path, name) in [("/etc/default/chrony", "DAEMON_OPTS"), ("/etc/sysconfig/chronyd", "OPTIONS")] {
            for (_, key, value) in line::assignments(&root.read_text(path)?.unwrap_or_default()) {
                if key == name
                    && let Some(user) = option_user(&value)
                {
                    out.chrony_user = Some(user);
                }
            }
        }
    }
    for path in ["/etc/ntpsec/ntp.conf", "/etc/ntp.conf"] {
        if let Some(text) = root.read_text(path)? {
            ntp(&text, &mut out);
            break;
        }
    }
    Ok(out)
}

/// Daemons and their programs.
const DAEMONS: &[(&str, &[&str])] = &[
    ("systemd-timesyncd", &["/usr/lib/systemd/systemd-timesyncd", "/lib/systemd/systemd-timesyncd"]),
    ("chrony", &["/usr/sbin/chronyd", "/usr/bin/chronyd"]),
    // ntpsec ships a program of the same name.
    ("ntpsec", &["/etc/ntpsec/ntp.conf", "/usr/share/doc/ntpsec"]),
    ("ntp", &["/usr/sbin/ntpd"]),
    ("openntpd", &["/usr/sbin/openntpd", "/etc/openntpd/ntpd.conf"]),
];
/// Depth of chrony's includes.
const DEPTH_MAX: usize = 8;
/// Files that chrony's configuration may include in all.
const INCLUDES_MAX: usize = 512;
/// Lines of servers that are kept.
const SERVERS_MAX: usize = 1_000;

/// `chrony.conf(5)`: sources, the user, and the files it names. Directories below `/run` come from DHCP and change.
fn chrony(
    root: &Root,
    reader: &Reader<'_>,
    text: &str,
    out: &mut TimeSync,
    depth: usize,
    included: &mut usize,
) -> Result<(), ReadError> {
    for (_, line) in line::plain(text).filter(|(_, line)| !line.starts_with(['!', ';', '%'])) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, rest @ ..] = words.as_slice() else { continue };
        let mut patterns = Vec::new();
        match name.to_ascii_lowercase().as_str() {
            "server" | "pool" | "peer" if !rest.is_empty() && out.chrony_servers.len() < SERVERS_MAX => {
                out.chrony_servers.push(words.join(" "));
            }
            "user" => out.chrony_user = rest.first().map(|user| (*user).to_owned()),
            "include" => patterns.extend(rest.iter().map(|path| (*path).to_owned())),
            "confdir" => patterns.extend(rest.iter().map(|path| format!("{path}/*.conf"))),
            "sourcedir" => patterns.extend(rest.iter().map(|path| format!("{path}/*.sources"))),
            _ => {}
        }
        for pattern in patterns.iter().filter(|pattern| !pattern.starts_with("/run/") && depth < DEPTH_MAX) {
            for path in glob::expand(root, pattern)? {
                // A file that includes itself on ten lines would otherwise be read ten to the eighth times.
                *included += 1;
                bounded(*included, INCLUDES_MAX, &path)?;
                if let Some(text) = reader.read_text(&path)? {
                    chrony(root, reader, &text, out, depth + 1, included)?;
                }
            }
        }
    }
    Ok(())
}

/// The user of chronyd's `-u`.
fn option_user(options: &str) -> Option<String> {
    let words = line::words(options, false)?;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if let Some(user) = word.strip_prefix("-u") {
            return if user.is_empty() { words.next().cloned() } else { Some(user.to_owned()) };
        }
    }
    None
}

/// `ntp.conf(5)`: sources and restrictions, words split by one space.
fn ntp(text: &str, out: &mut TimeSync) {
    for (_, line) in line::plain(text) {
        let words: Vec<&str> = line.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
        match words.first() {
            Some(&("server" | "pool" | "peer")) if words.len() > 1 => out.ntp_servers.push(words.join(" ")),
            Some(&"restrict") if words.len() > 1 => out.ntp_restrict.push(words.join(" ")),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_root() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let host = || Host::new(Root::mounted(dir.path()).unwrap());
        assert!(collect(&host()).unwrap().installed.is_empty());
        write("usr/sbin/chronyd", "");
        write("usr/lib/systemd/systemd-timesyncd", "");
        write("etc/systemd/timesyncd.conf", "[Time]\nNTP=a b\n#FallbackNTP=x\n");
        write("etc/systemd/timesyncd.conf.d/x.conf", "[Time]\nFallbackNTP=c\n");
        write(
            "etc/chrony/chrony.conf",
            "# c\n! c\npool  2.debian.pool.ntp.org iburst\nServer 10.0.0.1\nsourcedir /etc/chrony/sources.d\n\
             confdir /run/x\ninclude /etc/chrony/chrony.conf\n",
        );
        write("etc/chrony/sources.d/a.sources", "peer 10.0.0.2\n");
        write("run/x/a.conf", "server dhcp\n");
        write("etc/default/chrony", "DAEMON_OPTS=\"-F 1 -u _chrony\"\n");
        write("etc/ntp.conf", "restrict  -4 default kod # c\nrestrict 127.0.0.1\nserver s iburst\n");
        let got = collect(&host()).unwrap();
        assert_eq!(got.installed, ["systemd-timesyncd", "chrony"]);
        assert_eq!(got.timesyncd_servers, ["a", "b", "c"]);
        assert_eq!(got.chrony_user.as_deref(), Some("_chrony"));
        assert_eq!(
            got.chrony_servers[..3],
            ["pool 2.debian.pool.ntp.org iburst", "Server 10.0.0.1", "peer 10.0.0.2"].map(str::to_owned)
        );
        assert!(!got.chrony_servers.iter().any(|line| line.contains("dhcp")), "what DHCP gave changes");
        assert_eq!(got.ntp_restrict, ["restrict -4 default kod", "restrict 127.0.0.1"]);
        assert_eq!(got.ntp_servers, ["server s iburst"]);
    }

    #[test]
    fn files_that_include_themselves_many_times_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("etc")).unwrap();
        std::fs::write(dir.path().join("etc/chrony.conf"), "include /etc/chrony.conf\n".repeat(50)).unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        let missing = collect(&host).err().map(|missing| missing.reason);
        assert_eq!(missing.as_deref(), Some("cannot list `/etc/chrony.conf`: more than 512 entries"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") {
            ntp(&text, &mut TimeSync::default());
            option_user(&text);
            let dir = tempfile::tempdir().unwrap();
            let root = Root::mounted(dir.path()).unwrap();
            chrony(&root, &Reader::new(&root), &text, &mut TimeSync::default(), 0, &mut 0).ok();
        }
    }
}
