use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::login_policy,
    host::Host,
    line,
};

/// Root's search path and home.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct RootEnvironment {
    /// Directories of the path that root gets (`/etc/environment`, `login.defs` ENV_SUPATH, `/root/.profile`, `.bashrc`), in order.
    pub(crate) path: Vec<RootPathEntry>,
}

/// One directory.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct RootPathEntry {
    /// As written; empty or `.` means the current directory.
    pub(crate) directory: String,
    /// Whether it is an existing directory.
    pub(crate) exists: bool,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Group or others may write it.
    pub(crate) writable: bool,
    /// File that names it.
    pub(crate) file: String,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "root_environment",
    live_only: false,
    shape: crate::def::shape_of::<RootEnvironment>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<RootEnvironment, Missing> {
    let root = &host.root;
    let mut out = RootEnvironment::default();
    for file in FILES {
        let Some(text) = root.read_text(file)? else { continue };
        for value in paths(file, &text) {
            for directory in value.split(':') {
                let Some(directory) = resolved(directory) else { continue };
                let current = directory.is_empty() || !directory.starts_with('/');
                let meta = if current { None } else { root.stat(&directory)? };
                let meta = meta.filter(|meta| meta.kind == FileType::Directory);
                out.path.push(RootPathEntry {
                    exists: meta.is_some(),
                    uid: meta.map_or(0, |meta| meta.uid),
                    writable: meta.is_some_and(|meta| meta.bits & 0o022 != 0),
                    directory,
                    file: (*file).to_owned(),
                });
            }
        }
    }
    Ok(out)
}

const FILES: &[&str] = &[
    "/etc/environment",
    "/etc/login.defs",
    "/root/.bash_profile",
    "/root/.bash_login",
    "/root/.profile",
    "/root/.bashrc",
];

/// Values that a file gives to root's PATH. The last of `login.defs` and `environment(5)`; each assignment of a shell file.
fn paths(file: &str, text: &str) -> Vec<String> {
    if file == "/etc/login.defs" {
        let value = login_policy::login_defs(text).remove("ENV_SUPATH");
        return value.map(|value| value.trim_start_matches("PATH=").to_owned()).into_iter().collect();
    }
    let mut values = Vec::new();
    let mut variables: Vec<(String, String)> = vec![("HOME".to_owned(), "/root".to_owned())];
    for (_, name, value) in line::assignments(text) {
        if name == "PATH" {
            values.push(expanded(&value, &variables));
        } else if variables.len() < VARIABLES_MAX {
            let value = expanded(&value, &variables);
            variables.push((name, value));
        }
    }
    if file == "/etc/environment" {
        values = values.pop().into_iter().collect();
    }
    values
}

/// Variables of one file that are followed, and bytes that a value may grow to: `A=$A$A` doubles.
const VARIABLES_MAX: usize = 200;
const VALUE_MAX: usize = 16 << 10;

/// Bytes of a name in braces.
const NAME_MAX: usize = 256;

/// `$NAME` and `${NAME}` by what the file has set before; an unknown variable stays as it is written.
fn expanded(text: &str, variables: &[(String, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        // Looked for nearby only: each of many braces would otherwise look for an end that never comes.
        let braced = after.strip_prefix('{').and_then(|braced| {
            let end = braced.bytes().take(NAME_MAX).position(|byte| byte == b'}')?;
            Some((braced.get(..end)?, braced.get(end + 1..)?))
        });
        let (name, tail) = match braced {
            Some(braced) => braced,
            None => after.split_at(after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len())),
        };
        let known = variables.iter().rev().find(|(known, _)| known == name);
        match known {
            Some((_, value)) if out.len() + value.len() <= VALUE_MAX => out.push_str(value),
            _ => {
                let written = after.len() - tail.len();
                out.push('$');
                out.push_str(after.get(..written).unwrap_or_default());
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A directory of a PATH value; none for what stands for the path so far.
fn resolved(word: &str) -> Option<String> {
    if matches!(word, "$PATH" | "${PATH}") {
        return None;
    }
    if let Some(rest) = word.strip_prefix('~')
        && (rest.is_empty() || rest.starts_with('/'))
    {
        return Some(format!("/root{rest}"));
    }
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    #[test]
    fn braces_without_end_take_no_time() {
        let text = "${A".repeat(500_000);
        assert_eq!(expanded(&text, &[("A".to_owned(), "x".to_owned())]), text, "what is no variable stays as it is");
    }

    #[test]
    fn a_root() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let host = || Host::new(Root::mounted(dir.path()).unwrap());
        assert!(collect(&host()).unwrap().path.is_empty());
        write("etc/environment", "PATH=\"/old\"\nPATH=\"/usr/bin:/open\"\n");
        write("etc/login.defs", "ENV_SUPATH\tPATH=/sbin\n");
        write("root/.profile", "A=\"$HOME/a\"\nexport PATH=$PATH:$HOME/bin:${A}/b:$B/c:.:\nPATHX=/x\n");
        write("open/x", "");
        std::fs::set_permissions(dir.path().join("open"), std::fs::Permissions::from_mode(0o1777)).unwrap();
        let got = collect(&host()).unwrap();
        let entries: Vec<_> =
            got.path.iter().map(|e| (e.directory.as_str(), e.exists, e.writable, e.file.as_str())).collect();
        assert_eq!(
            entries,
            [
                ("/usr/bin", false, false, "/etc/environment"),
                ("/open", true, true, "/etc/environment"),
                ("/sbin", false, false, "/etc/login.defs"),
                ("/root/bin", false, false, "/root/.profile"),
                ("/root/a/b", false, false, "/root/.profile"),
                ("$B/c", false, false, "/root/.profile"),
                (".", false, false, "/root/.profile"),
                ("", false, false, "/root/.profile"),
            ]
        );
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") {
            for file in FILES {
                for value in paths(file, &text) { resolved(&value); }
            }
        }
    }
}
