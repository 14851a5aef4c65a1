use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::identity,
    host::Host,
};

/// Texts shown before and after login.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Banners {
    /// `/etc/issue`, `/etc/issue.net`, `/etc/motd`, and what agetty(8) shows beside the first: `*.issue` in
    /// `/etc/issue.d` and its like.
    pub(crate) files: BTreeMap<String, Banner>,
}

/// One text.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Banner {
    /// Whether the file exists.
    pub(crate) exists: bool,
    /// It has text other than white space.
    pub(crate) has_text: bool,
    /// It tells the system's name or version: an escape (`\m`, `\r`, `\s`, `\v`), or the OS's name as a word.
    pub(crate) tells_version: bool,
    /// The first 2,048 bytes.
    pub(crate) text: String,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "banners",
    live_only: false,
    shape: crate::def::shape_of::<Banners>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Texts before login on a terminal, before login over a network, and after login.
const FILES: [&str; 3] = ["/etc/issue", "/etc/issue.net", "/etc/motd"];
/// Bytes that are looked at.
const ISSUE_DIRS: [&str; 3] = ["/etc/issue.d", "/run/issue.d", "/usr/lib/issue.d"];
const LOOKED_AT: u64 = 64 << 10;
/// Bytes that are kept.
const KEPT: usize = 2048;

fn collect(host: &Host) -> Result<Banners, Missing> {
    let names = system_names(&identity::os(host)?);
    let mut banners = Banners::default();
    let mut paths: Vec<String> = FILES.iter().map(|path| (*path).to_owned()).collect();
    for dir in ISSUE_DIRS {
        paths.extend(host.root.list_suffix(dir, ".issue")?);
    }
    for path in paths {
        let banner = match host.root.read_up_to(&path, LOOKED_AT)? {
            Some((bytes, _)) => parse(&bytes, &names),
            None => Banner::default(),
        };
        banners.files.insert(path, banner);
    }
    Ok(banners)
}

/// Words that name the system, lower case: its id and the first word of its name.
fn system_names(os: &identity::Os) -> Vec<String> {
    let pretty = os.pretty_name.to_lowercase();
    // One word of `Debian GNU/Linux 12` is enough; `red` alone is any colour.
    let words = if pretty.starts_with("red hat") { 2 } else { 1 };
    let first: Vec<&str> = pretty.split_whitespace().take(words).collect();
    let mut names = vec![os.id.to_lowercase(), first.join(" ")];
    names.retain(|name| !name.is_empty() && name != "linux");
    names
}

pub(crate) fn parse(bytes: &[u8], names: &[String]) -> Banner {
    let text = String::from_utf8_lossy(bytes);
    // agetty(8): \s system, \m machine, \r release, \v version, \S what os-release says.
    let mut escaped = false;
    let mut escape = false;
    for c in text.chars() {
        escape |= escaped && matches!(c, 's' | 'S' | 'm' | 'r' | 'v');
        escaped = c == '\\' && !escaped;
    }
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let words = format!(" {} ", words.join(" "));
    let word = names.iter().any(|name| words.contains(&format!(" {name} ")));
    let mut end = text.len().min(KEPT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Banner {
        exists: true,
        has_text: !text.trim().is_empty(),
        tells_version: escape || word,
        text: text.get(..end).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_text_tells() {
        let names = ["debian".to_owned(), "red hat".to_owned()];
        for (text, has_text, tells, why) in [
            ("Debian GNU/Linux 12 \\n \\l\n", true, true, "names the system"),
            ("Authorised users only\n", true, false, "a plain warning"),
            ("kernel \\r on \\m", true, true, "escapes"),
            ("\\S", true, true, "what os-release says"),
            ("host \\n, line \\l", true, false, "harmless escapes"),
            ("C:\\\\share", true, false, "an escaped backslash is no escape"),
            ("debianish", true, false, "part of another word"),
            ("a red light", true, false, "one word of two"),
            ("Red  Hat 9", true, true, "both words"),
            (" \n\t", false, false, "only white space"),
            ("", false, false, "empty"),
        ] {
            let banner = parse(text.as_bytes(), &names);
            assert_eq!((banner.has_text, banner.tells_version), (has_text, tells), "{text}: {why}");
        }
    }

    #[test]
    fn files_beside_issue() {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in
            [("etc/os-release", "ID=debian\n"), ("etc/issue.d/a.issue", "\\v"), ("etc/issue.d/b", "\\v")]
        {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let host = Host::new(crate::root::Root::mounted(dir.path()).unwrap());
        let got = collect(&host).unwrap().files;
        let told: Vec<_> = got.iter().map(|(path, banner)| (path.as_str(), banner.tells_version)).collect();
        assert_eq!(
            told,
            [("/etc/issue", false), ("/etc/issue.d/a.issue", true), ("/etc/issue.net", false), ("/etc/motd", false)]
        );
    }

    proptest! {
        #[test]
        fn never_panics(bytes in any::<Vec<u8>>()) {
            prop_assert!(parse(&bytes, &["debian".to_owned()]).text.len() <= KEPT);
        }

        #[test]
        fn the_cut_is_at_a_character(text in "[é]{1020,1030}") {
            prop_assert!(parse(text.as_bytes(), &[]).text.len() <= KEPT);
        }
    }
}
