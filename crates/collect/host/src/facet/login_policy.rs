use std::collections::BTreeMap;

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::pam,
    host::Host,
    line,
    reader::Reader,
    root::{ReadError, Root},
};

/// What new passwords, sessions and files get: `login.defs(5)`, `useradd(8)` defaults, `securetty`, umask and timeout
/// in the shells' start-up files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct LoginPolicy {
    /// Settings of `/etc/login.defs`, upper-case name to value: `PASS_MAX_DAYS` → `"99999"`.
    pub(crate) login_defs: BTreeMap<String, String>,
    /// Settings of `/etc/default/useradd`: `INACTIVE`, `SHELL` …
    pub(crate) useradd: BTreeMap<String, String>,
    /// Every `umask` command in `/etc/profile`, `/etc/profile.d/*.sh`, `/etc/bash.bashrc`, `/etc/bashrc`, `/etc/zsh/*`.
    pub(crate) umasks: Vec<ShellSetting>,
    /// Every assignment of `TMOUT` in the same files; `readonly` and `export` are told apart.
    pub(crate) timeouts: Vec<ShellTimeout>,
    /// Umask set by `pam_umask` on the session stack, octal text; null where none.
    pub(crate) pam_umask: Option<String>,
    /// Shells of `/etc/shells`.
    pub(crate) shells: Vec<String>,
    /// Consoles of `/etc/securetty`; null where the file is absent.
    pub(crate) securetty: Option<Vec<String>>,
    /// Root's own shell files that set `umask`: value by file (`/root/.bashrc`, `/root/.bash_profile`, `/root/.profile`).
    pub(crate) root_umasks: Vec<ShellSetting>,
}

/// A value set in a shell file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct ShellSetting {
    /// The value as written.
    pub(crate) value: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// An assignment of `TMOUT`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct ShellTimeout {
    /// Seconds; null where it is not a number.
    pub(crate) seconds: Option<i64>,
    /// Made read-only in the same file.
    pub(crate) readonly: bool,
    /// Exported in the same file.
    pub(crate) exported: bool,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "login_policy",
    live_only: false,
    shape: crate::def::shape_of::<LoginPolicy>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<LoginPolicy, Missing> {
    let root = &host.root;
    let text = |path: &str| root.read_text(path).map(Option::unwrap_or_default);
    let mut out = LoginPolicy {
        login_defs: login_defs(&text("/etc/login.defs")?),
        useradd: line::assignments(&text("/etc/default/useradd")?).into_iter().map(|(_, n, v)| (n, v)).collect(),
        shells: line::names(&text("/etc/shells")?),
        securetty: root.read_text("/etc/securetty")?.as_deref().map(line::names),
        ..LoginPolicy::default()
    };
    let reader = Reader::new(root);
    for path in shell_files(root)? {
        let Some(text) = reader.read_text(&path)? else { continue };
        out.umasks.extend(umasks(&path, &text));
        out.timeouts.extend(timeouts(&path, &text));
    }
    for path in ROOT_FILES {
        if let Some(text) = root.read_text(path)? {
            out.root_umasks.extend(umasks(path, &text));
        }
    }
    let (services, _) = pam::stacks(root)?;
    out.pam_umask = pam_umask(&services, &out.login_defs, || Ok(assigned(&text("/etc/default/login")?, "UMASK")))?;
    Ok(out)
}

const ROOT_FILES: &[&str] =
    &["/root/.profile", "/root/.bash_profile", "/root/.bash_login", "/root/.bashrc", "/root/.zshrc", "/root/.zprofile"];

/// Files that every user's shell reads as it starts: `bash(1)`, `zsh(1)`.
fn shell_files(root: &Root) -> Result<Vec<String>, ReadError> {
    let mut files = vec!["/etc/profile".to_owned()];
    files.extend(root.list_suffix("/etc/profile.d", ".sh")?);
    files.extend(["/etc/bash.bashrc", "/etc/bashrc", "/etc/zshenv", "/etc/zprofile", "/etc/zshrc"].map(str::to_owned));
    for entry in root.list("/etc/zsh")?.unwrap_or_default() {
        let path = format!("/etc/zsh/{}", entry.name);
        if root.stat(&path)?.is_some_and(|meta| meta.kind == FileType::RegularFile) {
            files.push(path);
        }
    }
    Ok(files)
}

fn assigned(text: &str, name: &str) -> Option<String> {
    line::assignments(text).into_iter().rev().find(|(_, n, _)| n == name).map(|(_, _, value)| value)
}

/// `login.defs(5)`: a name, blanks, a value in quotes or not; a later line wins.
pub(crate) fn login_defs(text: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (_, line) in line::plain(text) {
        let (name, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let value = value.trim_start_matches([' ', '\t', '"']);
        let value = value.split('"').next().unwrap_or_default().trim_end();
        out.insert(name.to_owned(), value.to_owned());
    }
    out
}

/// Simple commands of a shell file with their lines: comments left out, split where a command may start.
fn commands(text: &str) -> Vec<(u32, Vec<&str>)> {
    let mut out = Vec::new();
    for (number, line) in line::plain(text) {
        let code = line.find(" #").or_else(|| line.find("\t#")).and_then(|at| line.get(..at)).unwrap_or(line);
        for part in code.split([';', '&', '|', '(', ')', '{', '}', '`']) {
            let mut words = part.split_whitespace().peekable();
            while words
                .next_if(|word| matches!(*word, "then" | "do" | "else" | "if" | "!" | "builtin" | "command"))
                .is_some()
            {}
            let words: Vec<&str> = words.collect();
            if !words.is_empty() {
                out.push((number, words));
            }
        }
    }
    out
}

/// `umask` commands that set something.
fn umasks(file: &str, text: &str) -> Vec<ShellSetting> {
    let mut out = Vec::new();
    for (line, words) in commands(text) {
        let [first, rest @ ..] = words.as_slice() else { continue };
        let value = rest.iter().find(|word| !matches!(**word, "-S" | "-p" | "--"));
        if let ("umask", Some(value)) = (*first, value) {
            let value = value.trim_matches(['"', '\'']).to_owned();
            out.push(ShellSetting { value, file: file.to_owned(), line });
        }
    }
    out
}

/// Assignments of `TMOUT`, on their own or by `export`, `readonly`, `declare`, `typeset`.
fn timeouts(file: &str, text: &str) -> Vec<ShellTimeout> {
    let mut out: Vec<ShellTimeout> = Vec::new();
    let (mut readonly, mut exported) = (false, false);
    for (line, words) in commands(text) {
        let [first, rest @ ..] = words.as_slice() else { continue };
        let options: String = rest.iter().filter_map(|word| word.strip_prefix('-')).collect();
        let (declares, read, export) = match *first {
            "export" => (true, false, !options.contains('n')),
            "readonly" => (true, true, false),
            "declare" | "typeset" => (true, options.contains('r'), options.contains('x')),
            _ => (false, false, false),
        };
        for word in if declares { rest } else { words.as_slice() } {
            let (name, value) = word.split_once('=').map_or((*word, None), |(name, value)| (name, Some(value)));
            if name != "TMOUT" {
                // `A=1 TMOUT=2` sets both; `echo TMOUT=2` sets nothing.
                if !declares && value.is_none() {
                    break;
                }
                continue;
            }
            readonly |= declares && read;
            exported |= declares && export;
            if let Some(value) = value {
                let seconds = value.trim_matches(['"', '\'']).parse().ok();
                out.push(ShellTimeout { seconds, readonly: false, exported: false, file: file.to_owned(), line });
            }
        }
    }
    for timeout in &mut out {
        (timeout.readonly, timeout.exported) = (readonly, exported);
    }
    out
}

/// What `pam_umask(8)` sets on the stack of the first of these services that has it: its argument, else login.defs' UMASK,
/// else that of `/etc/default/login`.
fn pam_umask(
    services: &BTreeMap<String, Vec<pam::PamLine>>,
    login_defs: &BTreeMap<String, String>,
    default_login: impl FnOnce() -> Result<Option<String>, ReadError>,
) -> Result<Option<String>, ReadError> {
    let names = ["login", "sshd", "common-session", "system-auth", "postlogin", "base-session"];
    let line = names
        .iter()
        .filter_map(|name| services.get(*name))
        .flatten()
        .find(|line| line.group == "session" && line.module == "pam_umask");
    let Some(line) = line else { return Ok(None) };
    if let Some(value) = line.args.iter().find_map(|arg| arg.strip_prefix("umask=")) {
        return Ok(Some(value.to_owned()));
    }
    match login_defs.get("UMASK") {
        Some(value) => Ok(Some(value.clone())),
        None => default_login(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn login_defs_values() {
        let got = login_defs(
            "# PASS_MAX_DAYS 1\nPASS_MAX_DAYS\t99999\nUMASK 022\nUMASK\t\t077 \nENV_PATH \"PATH=/a:/b\"\nLONE\nX 1 # y\n",
        );
        for (name, want, why) in [
            ("PASS_MAX_DAYS", "99999", "a tab"),
            ("UMASK", "077", "the later line wins"),
            ("ENV_PATH", "PATH=/a:/b", "quotes"),
            ("LONE", "", "no value"),
            ("X", "1 # y", "no comment stands behind a value"),
        ] {
            assert_eq!(got[name], want, "{name}: {why}");
        }
    }

    #[test]
    fn umask_commands() {
        for (text, want, why) in [
            ("umask 027", &["027"][..], "alone"),
            ("  umask 0077 # c", &["0077"], "a comment behind"),
            ("# umask 077", &[], "a comment"),
            ("umask", &[], "prints"),
            ("umask -S u=rwx,g=,o=", &["u=rwx,g=,o="], "symbolic"),
            ("if [ $UID -gt 199 ]; then umask 002; else umask 022; fi", &["002", "022"], "both branches"),
            ("test x && umask 022", &["022"], "behind a condition"),
            ("echo umask 022", &[], "an argument"),
            ("umask \"077\"", &["077"], "quotes"),
        ] {
            let got: Vec<_> = umasks("/f", text).into_iter().map(|s| s.value).collect();
            assert_eq!(got, want, "{text}: {why}");
        }
    }

    #[test]
    fn timeout_assignments() {
        for (text, want, why) in [
            ("TMOUT=900", &[(Some(900), false, false)][..], "alone"),
            ("readonly TMOUT=900 ; export TMOUT", &[(Some(900), true, true)], "one line"),
            ("TMOUT=600\nreadonly TMOUT\nexport TMOUT", &[(Some(600), true, true)], "later lines"),
            ("typeset -xr TMOUT=900", &[(Some(900), true, true)], "typeset"),
            ("declare -r -x TMOUT=\"900\"", &[(Some(900), true, true)], "declare"),
            ("export TMOUT=$X", &[(None, false, true)], "no number"),
            ("export -n TMOUT=5", &[(Some(5), false, false)], "taken back"),
            ("echo TMOUT=1", &[], "an argument"),
            ("#TMOUT=1", &[], "a comment"),
            ("MYTMOUT=1", &[], "another name"),
        ] {
            let got: Vec<_> = timeouts("/f", text).into_iter().map(|t| (t.seconds, t.readonly, t.exported)).collect();
            assert_eq!(got, want, "{text}: {why}");
        }
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
        assert!(collect(&host()).unwrap().login_defs.is_empty(), "an empty root");
        write("etc/login.defs", "UMASK 027\n");
        write("etc/default/useradd", "# x\nINACTIVE=30\nSHELL=/bin/sh\n");
        write("etc/profile", "umask 022\n");
        write("etc/profile.d/b.sh", "TMOUT=900\n");
        write("etc/profile.d/c.csh", "umask 000\n");
        write("etc/zsh/zshrc", "umask 077\n");
        write("etc/shells", "# c\n/bin/sh\n");
        write("etc/securetty", "tty1\n");
        write("root/.bashrc", "umask 077\n");
        write("etc/pam.d/common-session", "session optional pam_umask.so\n");
        let got = collect(&host()).unwrap();
        assert_eq!(got.useradd["INACTIVE"], "30");
        let umasks: Vec<_> = got.umasks.iter().map(|s| (s.file.as_str(), s.value.as_str())).collect();
        assert_eq!(umasks, [("/etc/profile", "022"), ("/etc/zsh/zshrc", "077")]);
        assert_eq!(got.timeouts[0].file, "/etc/profile.d/b.sh");
        assert_eq!(got.root_umasks[0].file, "/root/.bashrc");
        assert_eq!((got.shells, got.securetty), (vec!["/bin/sh".to_owned()], Some(vec!["tty1".to_owned()])));
        assert_eq!(got.pam_umask.as_deref(), Some("027"), "without an argument, login.defs");
        write("etc/pam.d/login", "session optional pam_umask.so silent umask=0077\n");
        assert_eq!(collect(&host()).unwrap().pam_umask.as_deref(), Some("0077"), "the argument");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,300}") {
            login_defs(&text);
            umasks("/f", &text);
            timeouts("/f", &text);
        }
    }
}
