use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    line,
    place::Place,
    reader::{Reader, bounded, note},
};

/// Audit rules as written: `/etc/audit/rules.d/*.rules` in order, or `/etc/audit/audit.rules` where it has none.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct AuditRules {
    /// Rules, in order, normalised: words split by one space, `-F auid!=-1` and `4294967295` written as `unset`.
    pub(crate) rules: Vec<AuditRule>,
    /// Whether `-e 2` is the last control rule.
    pub(crate) immutable: bool,
    /// `-f` value; null where none.
    pub(crate) failure_mode: Option<String>,
    /// `-b` value; null where none.
    pub(crate) backlog_limit: Option<i64>,
    /// auditctl(8), which loads rules into the kernel, is installed. Without it they are only text.
    pub(crate) auditctl: bool,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// One rule of either form.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct AuditRule {
    /// `watch` (`-w`), or `syscall` (`-a`/`-A`).
    pub(crate) form: String,
    /// Watched path of a watch or of `-F path=`/`-F dir=`; null where none.
    pub(crate) path: Option<String>,
    /// Permissions watched, of `-p` or `-F perm=`, letters sorted: `aw`; empty where none is given.
    pub(crate) perms: String,
    /// `always,exit` …; null for a watch.
    pub(crate) list: Option<String>,
    /// `b32`, `b64`; null where none is given.
    pub(crate) arch: Option<String>,
    /// System calls of `-S`, split.
    pub(crate) syscalls: Vec<String>,
    /// Other fields as written: `auid>=1000`, `auid!=unset`, `exit=-EACCES`, `euid=0` …
    pub(crate) fields: Vec<String>,
    /// Comparisons of `-C` as written.
    pub(crate) compares: Vec<String>,
    /// Key of `-k` or `-F key=`; null where none.
    pub(crate) key: Option<String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "audit_rules",
    live_only: false,
    shape: crate::def::shape_of::<AuditRules>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<AuditRules, Missing> {
    let root = &host.root;
    let mut paths = root.list_suffix("/etc/audit/rules.d", ".rules")?;
    paths.sort_by(|a, b| natural(a, b));
    let reader = Reader::new(root);
    let mut files = Vec::new();
    for path in paths {
        if let Some(text) = reader.read_text(&path)? {
            files.push((path, text));
        }
    }
    if files.is_empty()
        && let Some(text) = reader.read_text("/etc/audit/audit.rules")?
    {
        files.push(("/etc/audit/audit.rules".to_owned(), text));
    }
    let merged = files.iter().any(|(path, _)| path.starts_with("/etc/audit/rules.d/"));
    let mut out = parse(&files, merged);
    for path in ["/usr/sbin/auditctl", "/sbin/auditctl"] {
        out.auditctl |= root.exists(path)?;
    }
    bounded(out.rules.len(), RULES_MAX, "/etc/audit/rules.d")?;
    Ok(out)
}

/// Rules that are kept; the kernel takes each call through all of them, so nobody has many.
const RULES_MAX: usize = 50_000;

/// The order of `ls -v`, which `augenrules(8)` takes: runs of digits compare as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (l, r) = (digits(left), digits(right));
        if l > 0 && r > 0 {
            let ((a, after_a), (b, after_b)) = (left.split_at(l), right.split_at(r));
            let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
            match a.len().cmp(&b.len()).then_with(|| a.cmp(b)) {
                Ordering::Equal => (left, right) = (after_a, after_b),
                other => return other,
            }
            continue;
        }
        let (mut l, mut r) = (left.chars(), right.chars());
        match (l.next(), r.next()) {
            (None, None) => return a.cmp(b),
            (x, y) if x == y => (left, right) = (l.as_str(), r.as_str()),
            (x, y) => return x.cmp(&y),
        }
    }
}

/// Parses files of rules in their order (`audit.rules(7)`, `auditctl(8)`): the last of each control rule counts.
///
/// `merged`: augenrules puts them together, and any `-D` of theirs before all else.
fn parse(files: &[(String, String)], merged: bool) -> AuditRules {
    let mut out = AuditRules::default();
    for (path, text) in files {
        for (number, line) in line::plain(text) {
            let place = Place { file: path.clone(), line: number };
            // auditctl drops what was loaded before a `-D`.
            if line == "-D" && !merged {
                out.rules.clear();
            }
            if rule(line, &place, &mut out).is_none() {
                note(&mut out.malformed, path, number);
            }
        }
    }
    out
}

/// Takes one line; none where auditctl would refuse it.
fn rule(line: &str, place: &Place, out: &mut AuditRules) -> Option<()> {
    let words = line::words(line, false)?;
    let mut words = words.iter().map(String::as_str);
    let mut rule = AuditRule { file: place.file.clone(), line: place.line, ..AuditRule::default() };
    let mut keys: Vec<&str> = Vec::new();
    while let Some(word) = words.next() {
        match word {
            "-w" => {
                "watch".clone_into(&mut rule.form);
                rule.path = Some(trimmed(words.next()?));
            }
            "-a" | "-A" => {
                "syscall".clone_into(&mut rule.form);
                rule.list = Some(list(words.next()?)?);
            }
            "-p" => rule.perms = perms(words.next()?)?,
            "-k" => keys.push(words.next()?),
            "-S" => rule.syscalls.extend(words.next()?.split(',').filter(|s| !s.is_empty()).map(str::to_owned)),
            "-F" => field(words.next()?, &mut rule, &mut keys)?,
            "-C" => rule.compares.push(words.next()?.to_owned()),
            "-e" => out.immutable = words.next()? == "2",
            "-f" => out.failure_mode = Some(words.next()?.to_owned()),
            "-b" => out.backlog_limit = Some(words.next()?.parse().ok()?),
            "-r" | "--backlog_wait_time" => {
                words.next()?.parse::<i64>().ok()?;
            }
            "-D" | "-c" | "-i" | "-s" | "-l" | "-v" | "-h" | "--loginuid-immutable" | "--reset-lost" | "--signal" => {}
            "--reset_backlog_wait_time_actual" => {}
            _ => return None,
        }
    }
    if rule.form.is_empty() {
        // Permissions, fields or calls without a rule to belong to.
        let bare = rule.perms.is_empty() && rule.syscalls.is_empty() && rule.fields.is_empty() && keys.is_empty();
        return bare.then_some(());
    }
    if !keys.is_empty() {
        rule.key = Some(keys.join(","));
    }
    out.rules.push(rule);
    Some(())
}

/// auditctl takes off slashes at the end of a path.
fn trimmed(path: &str) -> String {
    let short = path.trim_end_matches('/');
    if short.is_empty() { path.to_owned() } else { short.to_owned() }
}

/// `action,list` in this order, whichever way it is written.
fn list(text: &str) -> Option<String> {
    let (a, b) = text.split_once(',')?;
    let action = |word: &str| matches!(word, "always" | "never" | "possible");
    let list = |word: &str| matches!(word, "task" | "exit" | "user" | "exclude" | "filesystem" | "io_uring" | "entry");
    match (a, b) {
        (a, b) if action(a) && list(b) => Some(format!("{a},{b}")),
        (b, a) if action(a) && list(b) => Some(format!("{a},{b}")),
        _ => None,
    }
}

/// Letters of `r`, `w`, `x`, `a`, sorted, each once.
fn perms(text: &str) -> Option<String> {
    let mut letters: Vec<char> = text.chars().map(|c| c.to_ascii_lowercase()).collect();
    letters.sort_unstable();
    letters.dedup();
    (!letters.is_empty() && letters.iter().all(|c| matches!(c, 'r' | 'w' | 'x' | 'a')))
        .then(|| letters.into_iter().collect())
}

/// A `-F` field: those that have a place of their own go there.
fn field<'a>(text: &'a str, rule: &mut AuditRule, keys: &mut Vec<&'a str>) -> Option<()> {
    let at = text.find(['=', '!', '<', '>', '&'])?;
    let (name, rest) = text.split_at(at);
    let value = rest.trim_start_matches(['=', '!', '<', '>', '&']);
    let op = rest.strip_suffix(value)?;
    if name.is_empty() || value.is_empty() || !matches!(op, "=" | "!=" | "<" | ">" | "<=" | ">=" | "&" | "&=") {
        return None;
    }
    match (name, op) {
        ("path" | "dir", "=") if rule.path.is_none() => rule.path = Some(trimmed(value)),
        ("perm", "=") => rule.perms = perms(value)?,
        ("arch", "=") => rule.arch = Some(value.to_owned()),
        ("key", "=") => keys.push(value),
        _ => {
            let unset =
                matches!(name, "auid" | "loginuid" | "sessionid") && matches!(value, "-1" | "4294967295" | "unset");
            let name = if name == "loginuid" { "auid" } else { name };
            rule.fields.push(format!("{name}{op}{}", if unset { "unset" } else { value }));
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    fn one(text: &str) -> AuditRules {
        parse(&[("/f".to_owned(), text.to_owned())], false)
    }

    /// All of a rule on one line, nothing for what is not set.
    fn written(rule: &AuditRule) -> String {
        let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
        format!(
            "{} {} {} {} {} [{}] [{}] [{}] {}",
            rule.form,
            or(&rule.path),
            if rule.perms.is_empty() { "-" } else { &rule.perms },
            or(&rule.list),
            or(&rule.arch),
            rule.syscalls.join(" "),
            rule.fields.join(" "),
            rule.compares.join(" "),
            or(&rule.key)
        )
    }

    #[test]
    fn rules() {
        for (text, want, why) in [
            ("-w /etc/passwd -p wa -k identity", "watch /etc/passwd aw - - [] [] [] identity", "a watch"),
            (
                "-w /etc/sudoers.d/ -p awa",
                "watch /etc/sudoers.d aw - - [] [] [] -",
                "a slash at the end, letters twice",
            ),
            ("-w /x", "watch /x - - - [] [] [] -", "no permissions"),
            ("-w \"/a b\" -p r", "watch /a b r - - [] [] [] -", "quotes"),
            ("  -w   /x\t-k  a -k b", "watch /x - - - [] [] [] a,b", "blanks, two keys"),
            (
                "-a always,exit -F arch=b64 -S chmod,fchmod -S fchmodat -F auid>=1000 -F auid!=4294967295 -k perm_mod",
                "syscall - - always,exit b64 [chmod fchmod fchmodat] [auid>=1000 auid!=unset] [] perm_mod",
                "a system call rule",
            ),
            (
                "-a exit,always -F auid!=-1 -S all",
                "syscall - - always,exit - [all] [auid!=unset] [] -",
                "the other order",
            ),
            ("-A never,task", "syscall - - never,task - [] [] [] -", "put in front"),
            (
                "-a always,exit -F path=/usr/bin/su -F perm=x -F key=k -F exit=-EACCES -C euid!=uid",
                "syscall /usr/bin/su x always,exit - [] [exit=-EACCES] [euid!=uid] k",
                "fields with a place of their own",
            ),
            ("-a always,exit -F dir=/etc/ -F perm=wa", "syscall /etc aw always,exit - [] [] [] -", "a directory"),
            ("-a always,exit -F path!=/x", "syscall - - always,exit - [] [path!=/x] [] -", "not that path"),
            ("-a always,exclude -F msgtype=CWD", "syscall - - always,exclude - [] [msgtype=CWD] [] -", "a filter"),
        ] {
            let got = one(text);
            assert!(got.malformed.is_empty(), "{text}");
            assert_eq!(written(&got.rules[0]), want, "{text}: {why}");
        }
    }

    #[test]
    fn what_auditctl_refuses_is_malformed() {
        for (text, why) in [
            ("-w", "no path"),
            ("-w /x -p rwz", "no such permission"),
            ("-a always", "no list"),
            ("-a always,never", "two actions"),
            ("-a always,exit -F auid", "no operator"),
            ("-a always,exit -F auid=", "no value"),
            ("-a always,exit -F auid==1", "no such operator"),
            ("-w \"/x", "an open quote"),
            ("-p wa -k x", "a rule without its subject"),
            ("-Z", "no such option"),
            ("-b many", "no number"),
            ("w /x", "a word"),
        ] {
            let got = one(text);
            assert_eq!((got.rules.len(), got.malformed.len()), (0, 1), "{text}: {why}");
        }
    }

    #[test]
    fn control_rules() {
        let got = one("-D\n-b 8192\n-b 320\n-f 1\n--backlog_wait_time 60000\n-e 1\n-c\n-i\n-w /x\n-f 2\n-e 2\n");
        assert_eq!((got.immutable, got.failure_mode.as_deref(), got.backlog_limit), (true, Some("2"), Some(320)));
        assert_eq!(got.rules.len(), 1);
        assert!(!one("-e 2\n-e 1").immutable, "the last counts");
        assert!(one("-w /x\n-D").rules.is_empty(), "-D takes away what came before");
        assert!(!one("#-e 2").immutable);
        let merged = parse(&[("/f".to_owned(), "-w /x\n-D".to_owned())], true);
        assert_eq!(merged.rules.len(), 1, "augenrules puts -D first");
    }

    #[test]
    fn files_in_the_order_of_augenrules() {
        let mut names = ["10-a.rules", "9-b.rules", "100-c.rules", "a2.rules", "a10.rules", "010-z.rules", "a.rules"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(
            names,
            ["9-b.rules", "10-a.rules", "010-z.rules", "100-c.rules", "a.rules", "a2.rules", "a10.rules"]
        );
    }

    #[test]
    fn a_root() {
        let dir = tempfile::tempdir().unwrap();
        let host = || Host::new(Root::mounted(dir.path()).unwrap());
        assert!(collect(&host()).unwrap().rules.is_empty());
        std::fs::create_dir_all(dir.path().join("etc/audit/rules.d")).unwrap();
        std::fs::write(dir.path().join("etc/audit/audit.rules"), "-w /old\n").unwrap();
        assert_eq!(collect(&host()).unwrap().rules[0].path.as_deref(), Some("/old"));
        std::fs::write(dir.path().join("etc/audit/rules.d/99-e.rules"), "-e 2\n").unwrap();
        std::fs::write(dir.path().join("etc/audit/rules.d/5-w.rules"), "-w /new\n").unwrap();
        std::fs::write(dir.path().join("etc/audit/rules.d/5-w.rules.bak"), "-w /bak\n").unwrap();
        let got = collect(&host()).unwrap();
        assert_eq!(got.rules.len(), 1);
        assert_eq!((got.rules[0].path.as_deref(), got.immutable), (Some("/new"), true));
        assert!(!got.auditctl, "nothing loads them");
        std::fs::create_dir_all(dir.path().join("usr/sbin")).unwrap();
        std::fs::write(dir.path().join("usr/sbin/auditctl"), "").unwrap();
        assert!(collect(&host()).unwrap().auditctl);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,300}") { one(&text); }

        #[test]
        fn shaped_lines(text in "((-[awFSCpkefbD]|always,exit|auid|[ =!<>\"\n/x]){0,10}\n){0,10}") { one(&text); }

        #[test]
        fn the_order_is_total(mut a in proptest::collection::vec("[a0-9.]{0,6}", 0..8)) {
            a.sort_by(|x, y| natural(x, y));
            for pair in a.windows(2) { prop_assert_ne!(natural(&pair[0], &pair[1]), Ordering::Greater); }
        }
    }
}
