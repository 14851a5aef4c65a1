//! `os-release(5)`, and the one line that came before it.
use casemate_estate::Distribution;

use super::{Reader, problem, text};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

/// Bytes that are taken of it; it has some hundred.
const SIZE_MAX: u64 = 256 << 10;
/// Where it may stand, the strongest first. The last ones are of releases that had no `os-release`.
pub(crate) const PATHS: &[&str] =
    &["/etc/os-release", "/usr/lib/os-release", "/etc/redhat-release", "/etc/centos-release", "/etc/system-release"];

pub(crate) const READER: Reader = Reader { name: "the distribution's name", wants, read };

fn wants(file: &Candidate<'_>) -> Option<Want> {
    (file.base.ends_with("-release") && PATHS.contains(&file.path)).then_some(Want::Whole(SIZE_MAX))
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, SIZE_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let distribution = if entry.path.ends_with("/os-release") { os_release(&text) } else { line(&text) };
    match distribution {
        Some(distribution) => Facts { distribution: Some(distribution), ..Facts::default() },
        None => Facts::failed(problem(entry, "it names no distribution", false)),
    }
}

/// None without `ID`, and `ID` alone is not enough of a name where it is empty. The default `linux` names none.
fn os_release(text: &str) -> Option<Distribution> {
    let mut found = Distribution::default();
    for line in text.lines() {
        let line = line.trim();
        let Some((key, value)) = line.split_once('=') else { continue };
        if line.starts_with('#') {
            continue;
        }
        let value = unquote(value);
        match key {
            "ID" => found.id = value.to_ascii_lowercase(),
            "ID_LIKE" => found.like = value.split_whitespace().map(str::to_ascii_lowercase).collect(),
            "VERSION_ID" => found.version = value,
            "VERSION_CODENAME" => found.codename = Some(value).filter(|value| !value.is_empty()),
            "PRETTY_NAME" => found.pretty = Some(value).filter(|value| !value.is_empty()),
            _ => {}
        }
    }
    (!found.id.is_empty()).then_some(found)
}

/// A value as a shell would take it: quotes around all of it, backslashes before what they save.
fn unquote(value: &str) -> String {
    let value = value.trim();
    if let Some(inner) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return inner.to_owned();
    }
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}

/// `CentOS release 6.10 (Final)`, `Red Hat Enterprise Linux Server release 6.10 (Santiago)`.
fn line(text: &str) -> Option<Distribution> {
    let line = text.lines().next()?.trim();
    let (name, rest) = line.split_once(" release ")?;
    let version = rest.split_whitespace().next()?;
    let id = [("centos", "centos"), ("red hat", "rhel"), ("oracle", "ol"), ("fedora", "fedora"), ("amazon", "amzn")]
        .into_iter()
        .find(|(word, _)| name.to_ascii_lowercase().starts_with(word))?
        .1;
    Some(Distribution {
        id: id.to_owned(),
        like: vec!["rhel".to_owned(), "fedora".to_owned()],
        version: version.to_owned(),
        codename: None,
        pretty: Some(line.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_a_shell_reads_them() {
        let text = "# x\nID=Debian\nID_LIKE=\"a b\"\nVERSION_ID='12'\nVERSION_CODENAME=bookworm\nPRETTY_NAME=\"D \\\"q\\\" \\$x\"\nBAD\n";
        let want = Distribution {
            id: "debian".into(),
            like: vec!["a".into(), "b".into()],
            version: "12".into(),
            codename: Some("bookworm".into()),
            pretty: Some("D \"q\" $x".into()),
        };
        assert_eq!(os_release(text), Some(want));
        assert_eq!(os_release("NAME=x\n"), None, "a file without an id names nothing");
    }

    #[test]
    fn the_line_of_old_releases_names_them() {
        for (text, want) in [
            ("CentOS release 6.10 (Final)\n", Some(("centos", "6.10"))),
            ("Red Hat Enterprise Linux Server release 6.9 (Santiago)", Some(("rhel", "6.9"))),
            ("Somebody's release 1", None),
            ("", None),
        ] {
            let found = line(text);
            assert_eq!(found.as_ref().map(|found| (found.id.as_str(), found.version.as_str())), want, "{text}");
        }
    }
}
