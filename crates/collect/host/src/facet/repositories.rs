use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    apt_conf::AptConf,
    def::{FacetDef, Missing},
    facet::packages::paragraphs,
    host::Host,
    place::Place,
    text::{IniLine, ini},
};

/// Package sources and how they are verified: apt's lists and settings, dnf/yum repositories, apk's list.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Repositories {
    /// Every active source. Credentials in addresses are redacted.
    pub(crate) sources: Vec<Repository>,
    /// Settings that weaken or time the manager, as apt.conf(5) names them, lower-cased:
    /// `apt::get::allowunauthenticated` → `true`. dnf: `gpgcheck`, `localpkg_gpgcheck`, `repo_gpgcheck`, `clean_requirements_on_remove`.
    pub(crate) settings: BTreeMap<String, String>,
    /// Key files that apt trusts for every source (`/etc/apt/trusted.gpg`, `trusted.gpg.d`), with modes.
    pub(crate) global_keys: Vec<KeyFile>,
    /// Files that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// One source.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Repository {
    /// `deb`, `deb-src`, `rpm`, `apk`.
    pub(crate) kind: String,
    /// Address.
    pub(crate) uri: String,
    /// Suite or repository id.
    pub(crate) suite: String,
    /// Components.
    pub(crate) components: Vec<String>,
    /// Whether signatures are checked (`trusted=yes`, `gpgcheck=0` make it false).
    pub(crate) verified: bool,
    /// Key that this source alone is bound to (`signed-by`, `gpgkey`); null where any trusted key serves.
    pub(crate) signed_by: Option<String>,
    /// Security updates come from it (suite ends in `-security`, or contains `/security`).
    pub(crate) security: bool,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// A trusted key file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KeyFile {
    /// Path.
    pub(crate) path: String,
    /// Mode, octal text without a leading `0o`: `644`.
    pub(crate) mode: String,
    /// Owner's id.
    pub(crate) uid: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "repositories",
    live_only: false,
    shape: crate::def::shape_of::<Repositories>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Sources of one host; more are refused.
const SOURCES_MAX: usize = 10_000;

/// Reads the sources; `updates` asks too.
pub(crate) fn collect(host: &Host) -> Result<Repositories, Missing> {
    let mut out = Repositories::default();
    apt(host, &mut out)?;
    dnf(host, &mut out)?;
    let mut files = vec!["/etc/apk/repositories".to_owned()];
    files.extend(host.root.list_suffix("/etc/apk/repositories.d", ".list")?);
    for file in files {
        if let Some(text) = host.root.read_text(&file)? {
            apk_list(&file, &text, &mut out);
        }
    }
    if out.sources.len() > SOURCES_MAX {
        return Err(Missing::failed(format!("more than {SOURCES_MAX} package sources")));
    }
    Ok(out)
}

fn apt(host: &Host, out: &mut Repositories) -> Result<(), Missing> {
    let conf = AptConf::load(&host.root)?;
    out.malformed.extend(conf.malformed.iter().cloned());
    const KEPT: &[&str] = &[
        "acquire::",
        "apt::authentication",
        "apt::get::",
        "apt::install-",
        "apt::periodic::",
        "apt::sandbox::",
        "binary::",
        "unattended-upgrade::",
    ];
    for (name, value) in &conf.values {
        if KEPT.iter().any(|prefix| name.starts_with(prefix)) && !name.starts_with("acquire::indextargets::") {
            out.settings.insert(name.clone(), address_redacted(value));
        }
    }
    let mut lists = vec!["/etc/apt/sources.list".to_owned()];
    lists.extend(host.root.list_suffix("/etc/apt/sources.list.d", ".list")?);
    for file in lists {
        if let Some(text) = host.root.read_text(&file)? {
            apt_list(&file, &text, out);
        }
    }
    for file in host.root.list_suffix("/etc/apt/sources.list.d", ".sources")? {
        if let Some(text) = host.root.read_text(&file)? {
            apt_deb822(&file, &text, out);
        }
    }
    let mut keys = vec!["/etc/apt/trusted.gpg".to_owned()];
    keys.extend(host.root.list_suffix("/etc/apt/trusted.gpg.d", ".asc")?);
    keys.extend(host.root.list_suffix("/etc/apt/trusted.gpg.d", ".gpg")?);
    for path in keys {
        if let Some(meta) = host.root.stat(&path)? {
            out.global_keys.push(KeyFile { path, mode: meta.mode(), uid: meta.uid });
        }
    }
    out.global_keys.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

/// An address without what may be secret in it: `scheme://user:password@host` and what follows a question mark.
pub(crate) fn address_redacted(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let (authority, _) = rest.find('/').and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, ""));
    // A password may hold an at sign, and a slash too, which would seem to end the authority: `u:p/q@host`.
    let odd_port = authority
        .rsplit_once(':')
        .is_some_and(|(_, port)| !authority.ends_with(']') && !port.bytes().all(|b| b.is_ascii_digit()));
    let end = if authority.contains('@') { authority.rfind('@') } else { rest.rfind('@').filter(|_| odd_port) };
    let rest = match end.and_then(|at| rest.get(at + 1..)) {
        Some(host) => format!("***@{host}"),
        None => rest.to_owned(),
    };
    let rest = rest.split_once('?').map_or(rest.clone(), |(before, _)| format!("{before}?***"));
    format!("{scheme}://{rest}")
}

/// Security updates come from it, by the names that Debian, Ubuntu and their kin use.
fn is_security(uri: &str, suite: &str) -> bool {
    suite.ends_with("-security")
        || suite.contains("-security/")
        || suite.contains("/security")
        || uri.contains("://security.debian.org/")
        || uri.contains("://security.ubuntu.com/")
}

/// apt's words for yes (`StringToBool`).
fn is_yes(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "yes" | "true" | "with" | "on" | "enable" | "1")
}

/// The one-line format of sources.list(5).
pub(crate) fn apt_list(file: &str, text: &str, out: &mut Repositories) {
    for (number, line) in (1_u32..).zip(text.lines()) {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        match apt_line(line) {
            Some(mut source) if out.sources.len() <= SOURCES_MAX => {
                file.clone_into(&mut source.file);
                source.line = number;
                out.sources.push(source);
            }
            Some(_) => return,
            None => out.malformed.push(Place { file: file.to_owned(), line: number }),
        }
    }
}

fn apt_line(line: &str) -> Option<Repository> {
    let (kind, rest) = line.split_once(|c: char| c.is_whitespace() || c == '[')?;
    if !matches!(kind, "deb" | "deb-src") {
        return None;
    }
    let rest = line.get(kind.len()..).unwrap_or(rest).trim_start();
    let (mut verified, mut signed_by) = (true, None);
    let rest = if let Some(options) = rest.strip_prefix('[') {
        let (options, rest) = options.split_once(']')?;
        for option in options.split_whitespace() {
            let (name, value) = option.split_once('=')?;
            match name.trim_end_matches(['+', '-']).to_ascii_lowercase().as_str() {
                "trusted" if is_yes(value) => verified = false,
                "allow-insecure" | "allow-weak" if is_yes(value) => verified = false,
                "signed-by" => signed_by = Some(value.to_owned()),
                _ => {}
            }
        }
        rest.trim_start()
    } else {
        rest
    };
    // `cdrom:[Debian GNU/Linux 12]/ bookworm main`: blanks stand between the brackets.
    let end = if rest.starts_with("cdrom:[") { rest.find(']')? } else { 0 };
    let end = rest.get(end..)?.find(char::is_whitespace)?.checked_add(end)?;
    let (uri, rest) = rest.split_at_checked(end)?;
    if !uri.contains(':') {
        return None;
    }
    let mut words = rest.split_whitespace().map(str::to_owned);
    let suite = words.next()?;
    let components: Vec<String> = words.collect();
    // A suite that is a path has no components, any other has at least one.
    if suite.ends_with('/') != components.is_empty() {
        return None;
    }
    Some(Repository {
        kind: kind.to_owned(),
        security: is_security(uri, &suite),
        uri: address_redacted(uri),
        suite,
        components,
        verified,
        signed_by,
        ..Repository::default()
    })
}

/// The deb822 format of sources.list(5).
pub(crate) fn apt_deb822(file: &str, text: &str, out: &mut Repositories) {
    let mut line = 1_u32;
    for paragraph in paragraphs(text) {
        let first = line;
        line = line.saturating_add(u32::try_from(paragraph.matches('\n').count()).unwrap_or(u32::MAX));
        let mut fields: BTreeMap<String, String> = BTreeMap::new();
        let mut last = String::new();
        let (mut start, mut odd) = (None, false);
        for (number, text) in (first..).zip(paragraph.lines()) {
            if text.starts_with('#') || text.trim().is_empty() {
                continue;
            }
            start = start.or(Some(number));
            if text.starts_with([' ', '\t']) {
                match fields.get_mut(&last) {
                    Some(value) => {
                        value.push('\n');
                        value.push_str(text.trim());
                    }
                    None => odd = true,
                }
            } else if let Some((name, value)) = text.split_once(':') {
                last = name.trim().to_ascii_lowercase();
                fields.insert(last.clone(), value.trim().to_owned());
            } else {
                odd = true;
            }
        }
        let Some(start) = start else { continue };
        let words = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default().split_whitespace();
        let on = |name: &str| fields.get(name).is_some_and(|value| is_yes(value));
        if odd || ["types", "uris", "suites"].iter().any(|name| words(name).next().is_none()) {
            out.malformed.push(Place { file: file.to_owned(), line: start });
            continue;
        }
        if fields.contains_key("enabled") && !on("enabled") {
            continue;
        }
        let signed_by = fields.get("signed-by").filter(|value| !value.is_empty()).map(|value| {
            let inline = value.contains("-----BEGIN");
            if inline { "inline".to_owned() } else { value.split_whitespace().collect::<Vec<_>>().join(" ") }
        });
        for kind in words("types") {
            for uri in words("uris") {
                for suite in words("suites") {
                    if out.sources.len() > SOURCES_MAX {
                        return;
                    }
                    out.sources.push(Repository {
                        kind: kind.to_owned(),
                        uri: address_redacted(uri),
                        suite: suite.to_owned(),
                        components: words("components").map(str::to_owned).collect(),
                        verified: !on("trusted") && !on("allow-insecure") && !on("allow-weak"),
                        signed_by: signed_by.clone(),
                        security: is_security(uri, suite),
                        file: file.to_owned(),
                        line: start,
                    });
                }
            }
        }
    }
}

/// dnf.conf(5) and the files of repositories. A setting that a repository leaves out comes from `[main]`.
fn dnf(host: &Host, out: &mut Repositories) -> Result<(), Missing> {
    let mut main = BTreeMap::new();
    for file in ["/etc/yum.conf", "/etc/dnf/dnf.conf"] {
        if let Some(text) = host.root.read_text(file)? {
            let (lines, odd) = ini(&text);
            out.malformed.extend(odd.into_iter().map(|line| Place { file: file.to_owned(), line }));
            for IniLine { section, key, value, .. } in lines {
                if section == "main" {
                    main.insert(key, value);
                }
            }
        }
    }
    for name in ["gpgcheck", "localpkg_gpgcheck", "repo_gpgcheck", "clean_requirements_on_remove", "sslverify", "best"]
    {
        if let Some(value) = main.get(name) {
            out.settings.insert(name.to_owned(), value.clone());
        }
    }
    for dir in ["/etc/yum.repos.d", "/etc/zypp/repos.d"] {
        for file in host.root.list_suffix(dir, ".repo")? {
            if let Some(text) = host.root.read_text(&file)? {
                dnf_repo(&file, &text, &main, out);
            }
        }
    }
    Ok(())
}

/// One file of repositories: a section each.
pub(crate) fn dnf_repo(file: &str, text: &str, main: &BTreeMap<String, String>, out: &mut Repositories) {
    let (lines, odd) = ini(text);
    out.malformed.extend(odd.into_iter().map(|line| Place { file: file.to_owned(), line }));
    let mut sections: BTreeMap<&str, (u32, BTreeMap<&str, &str>)> = BTreeMap::new();
    for line in &lines {
        let (_, fields) = sections.entry(&line.section).or_insert_with(|| (line.line, BTreeMap::new()));
        fields.insert(&line.key, &line.value);
    }
    for (id, (line, fields)) in sections {
        let yes = |value: Option<&&str>, default: bool| value.map_or(default, |value| is_yes(value));
        if id == "main" || !yes(fields.get("enabled"), true) {
            continue;
        }
        let uri = ["baseurl", "metalink", "mirrorlist"].iter().find_map(|name| fields.get(name)).unwrap_or(&"");
        let gpgcheck = fields.get("gpgcheck").copied().or(main.get("gpgcheck").map(String::as_str));
        if out.sources.len() > SOURCES_MAX {
            return;
        }
        out.sources.push(Repository {
            kind: "rpm".into(),
            uri: uri.split_whitespace().map(address_redacted).collect::<Vec<_>>().join(" "),
            suite: id.to_owned(),
            components: Vec::new(),
            // dnf's own default is not to check; distributions set it in dnf.conf.
            verified: gpgcheck.is_some_and(is_yes),
            signed_by: fields
                .get("gpgkey")
                .filter(|key| !key.is_empty())
                .map(|key| key.split_whitespace().map(address_redacted).collect::<Vec<_>>().join(" ")),
            security: id.contains("security"),
            file: file.to_owned(),
            line,
        });
    }
}

/// `/etc/apk/repositories`: an address a line, with an optional `@tag` before it (apk-repositories(5)).
pub(crate) fn apk_list(file: &str, text: &str, out: &mut Repositories) {
    for (number, line) in (1_u32..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some(uri) = line.split_whitespace().find(|word| !word.starts_with('@')) else {
            out.malformed.push(Place { file: file.to_owned(), line: number });
            continue;
        };
        if out.sources.len() > SOURCES_MAX {
            return;
        }
        let mut parts = uri.trim_end_matches('/').rsplit('/');
        let component = parts.next().unwrap_or_default().to_owned();
        out.sources.push(Repository {
            kind: "apk".into(),
            uri: address_redacted(uri),
            suite: parts.next().unwrap_or_default().to_owned(),
            components: vec![component],
            verified: true,
            signed_by: None,
            security: false,
            file: file.to_owned(),
            line: number,
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    /// Kind, address, suite, components joined, verified, key.
    type Row = (&'static str, &'static str, &'static str, &'static str, bool, Option<&'static str>);

    fn rows(out: &Repositories) -> Vec<(String, String, String, String, bool, Option<String>)> {
        let row = |s: &Repository| {
            (s.kind.clone(), s.uri.clone(), s.suite.clone(), s.components.join(" "), s.verified, s.signed_by.clone())
        };
        out.sources.iter().map(row).collect()
    }

    fn want(rows: &[Row]) -> Vec<(String, String, String, String, bool, Option<String>)> {
        let own = |r: &Row| (r.0.into(), r.1.into(), r.2.into(), r.3.into(), r.4, r.5.map(str::to_owned));
        rows.iter().map(own).collect()
    }

    #[test]
    fn one_line_sources() {
        for (line, rows_want, odd, why) in [
            (
                "deb http://d/debian trixie main contrib # x",
                &[("deb", "http://d/debian", "trixie", "main contrib", true, None)][..],
                0,
                "plain",
            ),
            (
                "deb [arch=amd64 signed-by=/k.gpg] https://d s main",
                &[("deb", "https://d", "s", "main", true, Some("/k.gpg"))],
                0,
                "options",
            ),
            (
                "deb [trusted=yes] http://d ./",
                &[("deb", "http://d", "./", "", false, None)],
                0,
                "not verified; a flat archive",
            ),
            (
                "deb [ trusted=no ] http://d s main",
                &[("deb", "http://d", "s", "main", true, None)],
                0,
                "blanks in brackets",
            ),
            (
                "deb[trusted=yes] http://d s main",
                &[("deb", "http://d", "s", "main", false, None)],
                0,
                "no blank before brackets",
            ),
            (
                "deb-src https://u:p@d/x?t=1 s main",
                &[("deb-src", "https://***@d/x?***", "s", "main", true, None)],
                0,
                "secrets are left out",
            ),
            (
                "deb cdrom:[Debian GNU/Linux 12]/ bookworm main",
                &[("deb", "cdrom:[Debian GNU/Linux 12]/", "bookworm", "main", true, None)],
                0,
                "a disc",
            ),
            ("deb http://d s", &[], 1, "a suite wants a component"),
            ("rpm http://d s main", &[], 1, "an unknown type"),
            ("deb [signed-by=/k http://d s main", &[], 1, "brackets without an end"),
            ("  # deb http://d s main", &[], 0, "a comment"),
        ] {
            let mut out = Repositories::default();
            apt_list("f", line, &mut out);
            assert_eq!(rows(&out), want(rows_want), "{why}");
            assert_eq!(out.malformed.len(), odd, "{why}");
        }
    }

    #[test]
    fn deb822_sources() {
        let head = "Types: deb\nURIs: http://d\nSuites: s s-security\nComponents: main\n";
        let plain =
            [("deb", "http://d", "s", "main", true, None), ("deb", "http://d", "s-security", "main", true, None)];
        for (text, rows_want, odd, why) in [
            (head.to_owned(), &plain[..], 0, "each suite is a source"),
            (format!("# x\n\n{head}"), &plain, 0, "a comment as a paragraph"),
            (format!("{head}Enabled: no\n"), &[], 0, "disabled"),
            (format!("{head}Enabled: yes\nX: y\n"), &plain, 0, "enabled"),
            ("Types: deb\n".to_owned(), &[], 1, "no address"),
            ("junk\n".to_owned(), &[], 1, "not a field"),
            (
                "Types: deb\nURIs: http://d\nSuites: s\nComponents: main\nTrusted: yes\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n # c\n mQ\n".to_owned(),
                &[("deb", "http://d", "s", "main", false, Some("inline"))],
                0,
                "a key inline, and not verified all the same",
            ),
        ] {
            let mut out = Repositories::default();
            apt_deb822("f", &text, &mut out);
            assert_eq!(rows(&out), want(rows_want), "{why}");
            assert_eq!(out.malformed.len(), odd, "{why}");
        }
        let mut out = Repositories::default();
        apt_deb822("f", &format!("{head}\n\n# c\n{head}"), &mut out);
        let at: Vec<_> = out.sources.iter().map(|s| (s.line, s.security)).collect();
        assert_eq!(at, [(1, false), (1, true), (8, false), (8, true)]);
    }

    #[test]
    fn rpm_and_apk_sources() {
        let main = BTreeMap::from([("gpgcheck".to_owned(), "1".to_owned())]);
        let mut out = Repositories::default();
        dnf_repo(
            "f",
            "[a]\nbaseurl=http://u:p@d/\ngpgkey=file:///k\n[b]\nmirrorlist=http://m\ngpgcheck=0\n[c]\nbaseurl=x\nenabled=0\n",
            &main,
            &mut out,
        );
        apk_list("g", "# c\nhttps://d/alpine/v3.20/main\n@edge https://d/alpine/edge/testing\n", &mut out);
        assert_eq!(
            rows(&out),
            want(&[
                ("rpm", "http://***@d/", "a", "", true, Some("file:///k")),
                ("rpm", "http://m", "b", "", false, None),
                ("apk", "https://d/alpine/v3.20/main", "v3.20", "main", true, None),
                ("apk", "https://d/alpine/edge/testing", "edge", "testing", true, None),
            ])
        );
    }

    #[test]
    fn addresses_lose_their_secrets() {
        for (text, want) in [
            ("http://d/x", "http://d/x"),
            ("http://u@d/x", "http://***@d/x"),
            ("http://u:p@x@d/x", "http://***@d/x"),
            ("http://u:p/q@d/x", "http://***@d/x"),
            ("http://[::1]:80/x@1", "http://[::1]:80/x@1"),
            ("http://d/x?token=1", "http://d/x?***"),
            ("file:/x", "file:/x"),
        ] {
            assert_eq!(address_redacted(text), want);
        }
    }

    #[test]
    fn settings_and_keys() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("etc/apt/trusted.gpg.d")).unwrap();
        std::fs::write(dir.path().join("etc/apt/trusted.gpg.d/a.asc"), "").unwrap();
        std::fs::write(
            dir.path().join("etc/apt/apt.conf"),
            "APT::Get::AllowUnauthenticated true;\nAcquire::http::Proxy \"http://u:p@proxy:3128\";\nDPkg::Post-Invoke {\"x\";};\n\
             Binary::apt::APT::Get::AllowUnauthenticated \"true\";",
        )
        .unwrap();
        let got = collect(&Host::new(Root::mounted(dir.path()).unwrap())).unwrap();
        assert_eq!(got.settings["apt::get::allowunauthenticated"], "true");
        assert_eq!(got.settings["acquire::http::proxy"], "http://***@proxy:3128");
        assert_eq!(got.settings["binary::apt::apt::get::allowunauthenticated"], "true", "for one program");
        assert_eq!(got.settings.len(), 3);
        assert_eq!(got.global_keys[0].path, "/etc/apt/trusted.gpg.d/a.asc");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*", words in r"(deb|\[|\]|cdrom:\[| |http://|=|@|:|/|\n|a|\[a\]|é){0,30}") {
            for text in [&text, &words] {
                let mut out = Repositories::default();
                apt_list("f", text, &mut out);
                apt_deb822("f", text, &mut out);
                apk_list("f", text, &mut out);
                dnf_repo("f", text, &BTreeMap::new(), &mut out);
            }
        }
    }
}
