use std::collections::{BTreeMap, BTreeSet};

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    line,
    place::Place,
    reader::Reader,
    root::{ReadError, Root},
    text,
};

/// PAM stacks with includes expanded, and the modules' own settings files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Pam {
    /// Service name (`login`, `sshd`, `su`, `common-auth` …) to its lines in order, `@include`, `include` and `substack`
    /// expanded.
    pub(crate) services: BTreeMap<String, Vec<PamLine>>,
    /// `/etc/security/pwquality.conf` and `pwquality.conf.d`: name to value; a bare flag is `true`. Null where neither exists.
    pub(crate) pwquality: Option<BTreeMap<String, String>>,
    /// `/etc/security/faillock.conf`. Null where absent.
    pub(crate) faillock: Option<BTreeMap<String, String>>,
    /// `/etc/security/pwhistory.conf`. Null where absent.
    pub(crate) pwhistory: Option<BTreeMap<String, String>>,
    /// Lines that could not be understood, and include loops.
    pub(crate) malformed: Vec<Place>,
}

/// One line of a PAM stack.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PamLine {
    /// `auth`, `account`, `password` or `session`.
    pub(crate) group: String,
    /// `required`, `requisite`, `sufficient`, `optional` or the bracketed form as written.
    pub(crate) control: String,
    /// Module without its path and `.so`: `pam_unix`.
    pub(crate) module: String,
    /// Arguments.
    pub(crate) args: Vec<String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "pam",
    live_only: false,
    shape: crate::def::shape_of::<Pam>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Pam, Missing> {
    let root = &host.root;
    let (services, malformed) = stacks(root)?;
    let file = |path: &str| -> Result<Option<BTreeMap<String, String>>, ReadError> {
        Ok(root.read_text(path)?.as_deref().map(line::settings))
    };
    // libpwquality reads the directory first, so the file itself wins.
    let mut pwquality: Option<BTreeMap<String, String>> = None;
    let mut paths = root.list_suffix("/etc/security/pwquality.conf.d", ".conf")?;
    paths.push("/etc/security/pwquality.conf".to_owned());
    for path in paths {
        if let Some(settings) = file(&path)? {
            pwquality.get_or_insert_default().extend(settings);
        }
    }
    Ok(Pam {
        services,
        pwquality,
        faillock: file("/etc/security/faillock.conf")?,
        pwhistory: file("/etc/security/pwhistory.conf")?,
        malformed,
    })
}

/// Depth of includes that Linux-PAM takes (`PAM_SUBSTACK_MAX_LEVEL` and its own limit are lower or equal).
const DEPTH_MAX: usize = 32;
/// Statements that all services together may have after their includes; nested includes could otherwise multiply without
/// end. Debian has about 300.
const STATEMENTS_MAX: usize = 10_000;
/// Bytes of one line; a longer one is refused.
const LINE_MAX: usize = 4_096;
/// Where services stand, the first that has a name wins (`pam.d(5)`).
const DIRECTORIES: &[&str] = &["/etc/pam.d", "/usr/lib/pam.d", "/usr/etc/pam.d"];
const PAM_CONF: &str = "/etc/pam.conf";

type Services = BTreeMap<String, Vec<PamLine>>;

/// Every service with its includes expanded, and the lines that PAM would refuse.
pub(super) fn stacks(root: &Root) -> Result<(Services, Vec<Place>), ReadError> {
    let reader = Reader::new(root);
    let mut files: BTreeMap<String, Source> = BTreeMap::new();
    for directory in DIRECTORIES {
        for entry in root.list(directory)?.unwrap_or_default() {
            let path = format!("{directory}/{}", entry.name);
            let directory = root.stat(&path)?.is_none_or(|meta| meta.kind == FileType::Directory);
            if directory || files.contains_key(&entry.name) || is_leftover(&entry.name) {
                continue;
            }
            if let Some(text) = reader.read_text(&path)? {
                files.insert(entry.name, Source::of(path, &text));
            }
        }
    }
    // `/etc/pam.conf` counts only where there is no directory.
    if files.is_empty()
        && let Some(text) = reader.read_text(PAM_CONF)?
    {
        files = pam_conf(&text);
    }
    // An include may name a file by its path.
    let mut named: Vec<String> = files.values().flat_map(Source::includes).filter(|n| n.starts_with('/')).collect();
    for _ in 0..DEPTH_MAX {
        let mut more = Vec::new();
        for path in named {
            if !files.contains_key(&path)
                && let Some(text) = reader.read_text(&path)?
            {
                let source = Source::of(path.clone(), &text);
                more.extend(source.includes().filter(|name| name.starts_with('/')));
                files.insert(path, source);
            }
        }
        named = more;
    }
    Ok(expand_all(&files))
}

/// Files that no program names as its service: a package manager's or an editor's leftovers.
fn is_leftover(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || [".dpkg-", ".ucf-", ".rpmnew", ".rpmsave", ".rpmorig", ".pam-old", ".bak", ".orig"]
            .iter()
            .any(|mark| name.contains(mark))
}

/// One statement of a service's file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Statement {
    Line {
        group: String,
        control: String,
        module: String,
        args: Vec<String>,
        line: u32,
    },
    /// `@include name` (Debian), every group.
    All {
        name: String,
        line: u32,
    },
    /// `group include name` or `group substack name`.
    Group {
        group: String,
        name: String,
        line: u32,
    },
    /// What PAM refuses.
    Bad {
        line: u32,
    },
}

/// A file's statements.
#[derive(Debug, Default)]
struct Source {
    path: String,
    statements: Vec<Statement>,
}

impl Source {
    fn of(path: String, text: &str) -> Self {
        let statements = logical(text).into_iter().filter_map(|(line, text)| statement(line, &text)).collect();
        Self { path, statements }
    }

    fn includes(&self) -> impl Iterator<Item = String> + '_ {
        self.statements.iter().filter_map(|statement| match statement {
            Statement::All { name, .. } | Statement::Group { name, .. } => Some(name.clone()),
            _ => None,
        })
    }
}

/// Logical lines: a comment ends with its physical line, whatever its last character.
fn logical(text: &str) -> Vec<(u32, String)> {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        plain.push_str(line.split('#').next().unwrap_or_default().trim_end_matches('\r'));
        plain.push('\n');
    }
    line::joined(&plain, " ")
}

/// Parses one logical line of `pam.d(5)`; none where it is blank.
fn statement(line: u32, text: &str) -> Option<Statement> {
    let bad = Statement::Bad { line };
    if text.len() > LINE_MAX {
        return Some(bad);
    }
    let mut words = tokens(text);
    if words.is_empty() {
        return None;
    }
    let first = words.remove(0);
    if first == "@include" {
        return Some(match words.as_slice() {
            [name] => Statement::All { name: bare(name), line },
            _ => bad,
        });
    }
    // A dash keeps the log quiet where the module is missing; PAM goes on in either case.
    let group = first.strip_prefix('-').unwrap_or(&first).to_ascii_lowercase();
    if !matches!(group.as_str(), "auth" | "account" | "password" | "session") || words.len() < 2 {
        return Some(bad);
    }
    let control = words.remove(0);
    let module = words.remove(0);
    let word = control.to_ascii_lowercase();
    Some(match word.as_str() {
        "include" | "substack" => Statement::Group { group, name: bare(&module), line },
        "required" | "requisite" | "sufficient" | "optional" => {
            Statement::Line { group, control: word, module: module_name(&module), args: args(words), line }
        }
        _ if control.starts_with('[') && control.ends_with(']') => {
            let control = control.split_whitespace().collect::<Vec<_>>().join(" ");
            Statement::Line { group, control, module: module_name(&module), args: args(words), line }
        }
        _ => bad,
    })
}

/// Words; one that starts with `[` goes on to its `]`, in which `\]` stands for a bracket.
fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    loop {
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        let Some(first) = chars.peek().copied() else { return out };
        let mut word = String::new();
        if first == '[' {
            while let Some(c) = chars.next() {
                match c {
                    '\\' if chars.peek() == Some(&']') => word.extend(chars.next()),
                    ']' => {
                        word.push(']');
                        break;
                    }
                    c => word.push(c),
                }
            }
        } else {
            while let Some(c) = chars.next_if(|c| !c.is_whitespace()) {
                word.push(c);
            }
        }
        out.push(word);
    }
}

/// Arguments without the brackets that keep their blanks together.
fn args(words: Vec<String>) -> Vec<String> {
    let inner = |word: String| match word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => inner.to_owned(),
        None => word,
    };
    words.into_iter().map(inner).map(|word| redacted(&word)).collect()
}

/// Modules of databases and directories take passwords as arguments.
fn redacted(word: &str) -> String {
    match word.split_once('=') {
        Some((name, value)) => format!("{name}={}", text::redacted(name, value)),
        None => word.to_owned(),
    }
}

/// `/lib/security/$ISA/pam_unix.so` → `pam_unix`.
fn module_name(module: &str) -> String {
    let name = module.rsplit('/').next().unwrap_or(module);
    name.strip_suffix(".so").unwrap_or(name).to_owned()
}

/// A name below the directories without them; any other path as it is.
fn bare(name: &str) -> String {
    for directory in DIRECTORIES {
        if let Some(rest) = name.strip_prefix(directory).and_then(|rest| rest.strip_prefix('/')) {
            return rest.to_owned();
        }
    }
    name.to_owned()
}

/// `/etc/pam.conf`: lines with the service before them.
fn pam_conf(text: &str) -> BTreeMap<String, Source> {
    let mut out: BTreeMap<String, Source> = BTreeMap::new();
    for (line, text) in logical(text) {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let (service, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let source = out.entry(service.to_ascii_lowercase()).or_default();
        PAM_CONF.clone_into(&mut source.path);
        source.statements.push(statement(line, rest).unwrap_or(Statement::Bad { line }));
    }
    out
}

fn expand_all(files: &BTreeMap<String, Source>) -> (Services, Vec<Place>) {
    let mut malformed = BTreeSet::new();
    let mut services = Services::new();
    let mut budget = STATEMENTS_MAX;
    for name in files.keys().filter(|name| !name.starts_with('/')) {
        let mut lines = Vec::new();
        expand(files, name, None, &mut Vec::new(), &mut budget, &mut lines, &mut malformed);
        services.insert(name.clone(), lines);
    }
    let places = malformed.into_iter().take(1_000).map(|(file, line)| Place { file, line }).collect();
    (services, places)
}

/// Adds the lines of the file `name`, those of one group where `only` is set. False where there is no such file.
fn expand(
    files: &BTreeMap<String, Source>,
    name: &str,
    only: Option<&str>,
    above: &mut Vec<String>,
    budget: &mut usize,
    out: &mut Vec<PamLine>,
    malformed: &mut BTreeSet<(String, u32)>,
) -> bool {
    let Some(source) = files.get(name) else { return false };
    if above.iter().any(|above| above == name) || above.len() >= DEPTH_MAX {
        return false;
    }
    above.push(name.to_owned());
    for statement in &source.statements {
        if *budget == 0 {
            return false;
        }
        *budget -= 1;
        let (done, line) = match statement {
            Statement::Bad { line } => (false, *line),
            Statement::All { name, line } => (expand(files, name, only, above, budget, out, malformed), *line),
            Statement::Group { group, name, line } => match only {
                Some(only) if only != group => (true, *line),
                _ => (expand(files, name, Some(group), above, budget, out, malformed), *line),
            },
            Statement::Line { group, control, module, args, line } => {
                if only.is_none_or(|only| only == group) {
                    out.push(PamLine {
                        group: group.clone(),
                        control: control.clone(),
                        module: module.clone(),
                        args: args.clone(),
                        file: source.path.clone(),
                        line: *line,
                    });
                }
                (true, *line)
            }
        };
        if !done {
            malformed.insert((source.path.clone(), line));
        }
    }
    above.pop();
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn files(files: &[(&str, &str)]) -> (Services, Vec<Place>) {
        let source = |(name, text): &(&str, &str)| ((*name).to_owned(), Source::of(format!("/etc/pam.d/{name}"), text));
        expand_all(&files.iter().map(source).collect())
    }

    fn written(lines: &[PamLine]) -> Vec<String> {
        let line = |l: &PamLine| format!("{} {} {} {}", l.group, l.control, l.module, l.args.join("|"));
        lines.iter().map(|l| line(l).trim_end().to_owned()).collect()
    }

    #[test]
    fn lines() {
        for (text, want, why) in [
            ("auth required pam_unix.so nullok", &["auth required pam_unix nullok"][..], "plain"),
            ("AUTH Required pam_unix.so", &["auth required pam_unix"], "case does not matter"),
            ("-session optional pam_systemd.so", &["session optional pam_systemd"], "a dash"),
            ("auth required /lib/security/$ISA/pam_x.so", &["auth required pam_x"], "a path"),
            (
                "password [success=1 \t default=ignore]   pam_unix.so obscure yescrypt",
                &["password [success=1 default=ignore] pam_unix obscure|yescrypt"],
                "brackets with blanks",
            ),
            ("auth [success=ok]pam_x.so a", &["auth [success=ok] pam_x a"], "no blank behind a bracket"),
            ("auth required pam_x.so [a b=\\]c] d", &["auth required pam_x a b=]c|d"], "an argument in brackets"),
            ("auth \\\n required \\\n pam_x.so\n", &["auth required pam_x"], "continued"),
            (
                "auth required pam_x.so # a \\\nauth required pam_y.so",
                &["auth required pam_x", "auth required pam_y"],
                "comments",
            ),
            ("# auth required pam_x.so\n\n", &[], "nothing"),
            (
                "auth required pam_mysql.so passwd=hunter2 user=a",
                &["auth required pam_mysql passwd=REDACTED|user=a"],
                "a password",
            ),
        ] {
            let (services, malformed) = files(&[("s", text)]);
            assert_eq!(written(&services["s"]), want, "{text}: {why}");
            assert!(malformed.is_empty(), "{text}");
        }
    }

    #[test]
    fn what_pam_refuses_is_malformed() {
        for (text, why) in [
            ("auth", "no control"),
            ("auth required", "no module"),
            ("auht required pam_x.so", "no such group"),
            ("auth requird pam_x.so", "no such control"),
            ("auth [success=1 pam_x.so", "an open bracket"),
            ("@include", "no name"),
            ("@include none", "no such file"),
            ("auth include s", "a loop"),
        ] {
            let (services, malformed) = files(&[("s", &format!("{text}\nauth required pam_ok.so"))]);
            assert_eq!(malformed.len(), 1, "{text}: {why}");
            assert!(services["s"].len() <= 1, "{text}: {why}");
        }
    }

    #[test]
    fn includes_are_expanded_in_their_place() {
        let common = "auth required pam_a.so\naccount required pam_b.so\n@include deep\n";
        let (services, malformed) = files(&[
            ("login", "auth optional pam_1.so\n@include common\nauth optional pam_2.so\n"),
            ("sshd", "auth substack common\naccount include /etc/pam.d/common\n"),
            ("common", common),
            ("deep", "auth required pam_d.so\nsession required pam_e.so\n"),
        ]);
        assert!(malformed.is_empty(), "{malformed:?}");
        assert_eq!(
            written(&services["login"]),
            [
                "auth optional pam_1",
                "auth required pam_a",
                "account required pam_b",
                "auth required pam_d",
                "session required pam_e",
                "auth optional pam_2",
            ]
        );
        assert_eq!(
            written(&services["sshd"]),
            ["auth required pam_a", "auth required pam_d", "account required pam_b"],
            "an include of one group takes that group alone"
        );
        assert_eq!((services["sshd"][1].file.as_str(), services["sshd"][1].line), ("/etc/pam.d/deep", 1));
    }

    #[test]
    fn nested_includes_end() {
        let texts: Vec<(String, String)> = (0..30)
            .map(|i| (format!("f{i}"), format!("@include f{}\n", i + 1).repeat(10) + "auth required pam_x.so\n"))
            .collect();
        let list: Vec<(&str, &str)> = texts.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let (services, malformed) = files(&list);
        assert!(services.values().all(|lines| lines.len() <= STATEMENTS_MAX));
        assert!(!malformed.is_empty(), "what was cut is said");
    }

    #[test]
    fn a_root_with_settings() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let host = || Host::new(Root::mounted(dir.path()).unwrap());
        write("etc/pam.conf", "Login auth required pam_x.so\nlogin bad\n");
        let got = collect(&host()).unwrap();
        assert_eq!(written(&got.services["login"]), ["auth required pam_x"]);
        assert_eq!(got.malformed, [Place { file: PAM_CONF.into(), line: 2 }]);
        assert!(got.pwquality.is_none() && got.faillock.is_none());
        write("etc/pam.d/login", "auth include /etc/pam-own\n");
        write("etc/pam-own", "auth required pam_own.so\n");
        write("usr/lib/pam.d/login", "auth required pam_vendor.so\n");
        write("usr/lib/pam.d/su", "auth required pam_vendor.so\n");
        write("etc/pam.d/su.dpkg-old", "auth required pam_old.so\n");
        write("etc/security/pwquality.conf.d/a.conf", "minlen = 8\ndcredit=-1\n");
        write("etc/security/pwquality.conf", "# minlen = 6\nminlen = 14\nenforce_for_root\n");
        let got = collect(&host()).unwrap();
        assert_eq!(got.services.keys().collect::<Vec<_>>(), ["login", "su"], "pam.conf does not count");
        assert_eq!(written(&got.services["login"]), ["auth required pam_own"], "/etc outranks /usr/lib");
        let settings: Vec<_> = got.pwquality.unwrap().into_iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(settings, ["dcredit=-1", "enforce_for_root=true", "minlen=14"]);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,300}") { files(&[("s", &text)]); pam_conf(&text); }

        #[test]
        fn shaped_lines(text in "((auth|@include|include|s|required|[\\[\\]\\\\ =a\n]){0,10}\n){0,10}") {
            files(&[("s", &text)]);
        }
    }
}
