use std::collections::{BTreeMap, BTreeSet};

use rustix::fs::FileType;
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

/// journald, rsyslog and logrotate.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Logging {
    /// `journald.conf` with drop-ins: `Storage`, `Compress`, `ForwardToSyslog`, `SystemMaxUse` … as written.
    pub(crate) journald: BTreeMap<String, String>,
    /// `journal-upload.conf`: `URL`, `ServerKeyFile` …
    pub(crate) journal_upload: BTreeMap<String, String>,
    /// Whether `/etc/rsyslog.conf` exists.
    pub(crate) rsyslog_present: bool,
    /// `$FileCreateMode` or `FileCreateMode=`, octal text, the loosest where there are several; null where not set.
    pub(crate) rsyslog_file_create_mode: Option<String>,
    /// Selectors to targets: `auth,authpriv.*` → `/var/log/auth.log`.
    pub(crate) rsyslog_rules: Vec<SyslogRule>,
    /// Remote targets (`@host`, `@@host`, omfwd).
    pub(crate) rsyslog_remote: Vec<String>,
    /// Inputs that accept messages from the network (imtcp, imudp).
    pub(crate) rsyslog_listens: Vec<String>,
    /// Whether logrotate is configured (`/etc/logrotate.conf`).
    pub(crate) logrotate: bool,
    /// `create MODE` directives of logrotate, octal text, each once.
    pub(crate) logrotate_create_modes: Vec<String>,
}

/// One rsyslog rule.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SyslogRule {
    /// Selector.
    pub(crate) selector: String,
    /// Action.
    pub(crate) action: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "logging",
    live_only: false,
    shape: crate::def::shape_of::<Logging>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Logging, Missing> {
    let root = &host.root;
    let section = |name: &str, section: &str| -> Result<BTreeMap<String, String>, ReadError> {
        let settings = text::systemd_settings(root, name)?;
        let own = settings.into_iter().filter(|((place, _), _)| place == section);
        Ok(own.map(|((_, key), value)| (key.clone(), text::redacted(&key, &value).to_owned())).collect())
    };
    let mut out = Logging {
        journald: section("systemd/journald.conf", "Journal")?,
        journal_upload: section("systemd/journal-upload.conf", "Upload")?,
        ..Logging::default()
    };
    let reader = Reader::new(root);
    if let Some(text) = reader.read_text(RSYSLOG)? {
        out.rsyslog_present = true;
        let mut includes = |pattern: &str| -> Result<Vec<(String, String)>, ReadError> {
            let mut files = Vec::new();
            for path in glob::expand(root, pattern)? {
                if root.stat(&path)?.is_some_and(|meta| meta.kind == FileType::RegularFile)
                    && let Some(text) = reader.read_text(&path)?
                {
                    files.push((path, text));
                }
            }
            Ok(files)
        };
        let mut state = Rsyslog::default();
        rsyslog(RSYSLOG, &text, &mut state, &mut includes, &mut out)?;
        bounded(out.rsyslog_rules.len() + out.rsyslog_remote.len() + out.rsyslog_listens.len(), RULES_MAX, RSYSLOG)?;
        out.rsyslog_listens.sort();
        out.rsyslog_listens.dedup();
    }
    if let Some(text) = reader.read_text(LOGROTATE)? {
        out.logrotate = true;
        let mut modes = BTreeSet::new();
        let mut texts = vec![text];
        let mut seen = BTreeSet::new();
        while let Some(text) = texts.pop() {
            let (found, includes) = logrotate(&text);
            modes.extend(found);
            for path in includes.into_iter().filter(|path| seen.len() < INCLUDES_MAX && seen.insert(path.clone())) {
                for file in logrotate_files(root, &path)? {
                    texts.extend(reader.read_text(&file)?);
                }
            }
        }
        out.logrotate_create_modes = modes.into_iter().collect();
    }
    Ok(out)
}

const RSYSLOG: &str = "/etc/rsyslog.conf";
const LOGROTATE: &str = "/etc/logrotate.conf";
/// Files that rsyslog or logrotate may include in all.
const INCLUDES_MAX: usize = 512;
/// Rules, targets and inputs that are kept.
const RULES_MAX: usize = 20_000;

/// What goes on from file to file.
#[derive(Debug, Default)]
struct Rsyslog {
    included: usize,
    above: Vec<String>,
    /// The loosest mode so far: a later stricter one does not take an earlier one back.
    mode: u32,
}

type Includes<'a> = &'a mut dyn FnMut(&str) -> Result<Vec<(String, String)>, ReadError>;

/// Reads `rsyslog.conf(5)`: selector lines, `$` directives, and the objects of RainerScript wherever they stand.
fn rsyslog(
    path: &str,
    text: &str,
    state: &mut Rsyslog,
    includes: Includes<'_>,
    out: &mut Logging,
) -> Result<(), ReadError> {
    state.above.push(path.to_owned());
    for (line, statement) in statements(text) {
        let mut wanted = Vec::new();
        if let Some(directive) = statement.strip_prefix('$') {
            let mut words = directive.split_whitespace();
            let name = words.next().unwrap_or_default().to_ascii_lowercase();
            let value = words.next().unwrap_or_default();
            match name.as_str() {
                "includeconfig" => wanted.push(value.to_owned()),
                "filecreatemode" => file_mode(value, state, out),
                "inputtcpserverrun" => out.rsyslog_listens.push(format!("imtcp:{value}")),
                "udpserverrun" => out.rsyslog_listens.push(format!("imudp:{value}")),
                "inputrelpserverrun" => out.rsyslog_listens.push(format!("imrelp:{value}")),
                _ => {}
            }
        } else {
            for (object, parameters) in objects(&statement) {
                let get = |name: &str| parameters.get(name).map(String::as_str).unwrap_or_default();
                match (object.as_str(), get("type")) {
                    ("include", _) => wanted.extend(parameters.get("file").cloned()),
                    ("input", kind @ ("imtcp" | "imudp" | "imrelp" | "imptcp" | "im3195" | "imdtls" | "imhttp")) => {
                        out.rsyslog_listens.push(format!("{kind}:{}", get("port")));
                    }
                    ("action", "omfwd") => {
                        let mark = if get("protocol").eq_ignore_ascii_case("tcp") { "@@" } else { "@" };
                        out.rsyslog_remote.push(remote(mark, get("target"), get("port")));
                    }
                    ("action", "omrelp") => out.rsyslog_remote.push(remote("relp:", get("target"), get("port"))),
                    _ => {}
                }
                if let Some(mode) = parameters.get("filecreatemode") {
                    file_mode(mode, state, out);
                }
            }
            if !statement.contains("action(") && !statement.contains("input(") {
                out.rsyslog_remote.extend(forwards(&statement));
            }
            if let Some((selector, action)) = selector(&statement) {
                let (selector, file) = (selector.to_owned(), path.to_owned());
                out.rsyslog_rules.push(SyslogRule { selector, action, file, line });
            }
        }
        for pattern in wanted.iter().filter(|pattern| pattern.starts_with('/')) {
            // A directory stands for all its files.
            let pattern = if pattern.ends_with('/') { format!("{pattern}*") } else { pattern.clone() };
            for (path, text) in includes(&pattern)? {
                if state.included < INCLUDES_MAX && !state.above.contains(&path) {
                    state.included += 1;
                    rsyslog(&path, &text, state, includes, out)?;
                }
            }
        }
    }
    state.above.pop();
    Ok(())
}

fn remote(mark: &str, target: &str, port: &str) -> String {
    if port.is_empty() { format!("{mark}{target}") } else { format!("{mark}{target}:{port}") }
}

/// Keeps the loosest of several modes.
fn file_mode(text: &str, state: &mut Rsyslog, out: &mut Logging) {
    let Ok(mode) = u32::from_str_radix(text, 8) else { return };
    if out.rsyslog_file_create_mode.is_none() || (mode & 0o177) > (state.mode & 0o177) {
        state.mode = mode;
        out.rsyslog_file_create_mode = Some(text.to_owned());
    }
}

/// Statements with their first lines: comments left out, lines joined by a backslash or inside parentheses.
fn statements(text: &str) -> Vec<(u32, String)> {
    let mut out: Vec<(u32, String)> = Vec::new();
    let mut depth = 0usize;
    // What joins the next line, if anything does: rsyslog takes off the blanks behind a backslash.
    let mut glue: Option<&str> = None;
    for (number, line) in (1u32..).zip(text.lines()) {
        let (mut code, mut quote) = (String::new(), None);
        for c in line.trim().chars() {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                // In a selector's line a `#` behind the action is part of it, so only one after a blank or first counts.
                (None, '#') if code.is_empty() || code.ends_with(char::is_whitespace) => break,
                (None, '(') => depth += 1,
                (None, ')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            code.push(c);
        }
        let code = code.trim_end();
        let (code, more) = match code.strip_suffix('\\') {
            Some(code) => (code, true),
            None => (code, false),
        };
        match (out.last_mut(), glue) {
            (Some((_, last)), Some(glue)) => {
                last.push_str(glue);
                last.push_str(code);
            }
            _ if !code.is_empty() => out.push((number, code.to_owned())),
            _ => {}
        }
        glue = match (more, depth) {
            (true, _) if !out.is_empty() => Some(""),
            (false, 1..) if !out.is_empty() => Some(" "),
            _ => None,
        };
    }
    out
}

/// `selector action`, where the first word is one: `auth,authpriv.*`, `*.*;mail.none`.
fn selector(statement: &str) -> Option<(&str, String)> {
    let (first, rest) = statement.split_once(char::is_whitespace)?;
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'*' | b'.' | b',' | b';' | b'=' | b'!' | b'-');
    let part =
        |part: &str| part.split_once('.').is_some_and(|(facility, level)| !facility.is_empty() && !level.is_empty());
    let whole = first.bytes().all(sign) && first.split(';').filter(|text| !text.is_empty()).all(part);
    if !whole || !first.contains('.') {
        return None;
    }
    let action = rest.trim();
    let object = objects(action).into_iter().find(|(name, _)| name == "action");
    let action = match object {
        Some((_, parameters)) => match (parameters.get("file"), parameters.get("type")) {
            (Some(file), _) => file.clone(),
            (None, Some(kind)) => kind.clone(),
            (None, None) => "action".to_owned(),
        },
        None => action_redacted(action).to_owned(),
    };
    Some((first, action))
}

/// The action without what may hold a password: outputs other than to users and files take their arguments as
/// `:module:host,database,user,password`, and `>` is the old name of one of them.
fn action_redacted(action: &str) -> &str {
    let Some(rest) = action.strip_prefix(':') else {
        return if action.starts_with('>') { ">" } else { action };
    };
    match rest.split_once(':') {
        Some(("omusrmsg" | "omfile", _)) | None => action,
        Some((module, _)) => action.get(..module.len() + 2).unwrap_or(":"),
    }
}

/// Targets written with `@` or `@@`, without their options and template.
fn forwards(statement: &str) -> Vec<String> {
    let words = statement.split_whitespace().filter(|word| word.starts_with('@') && word.len() > 1);
    words
        .map(|word| {
            let word = word.split(';').next().unwrap_or(word);
            let host = word.trim_start_matches('@');
            let mark = word.get(..word.len() - host.len()).unwrap_or("@");
            let host = match host.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
                Some((_, host)) => host,
                None => host,
            };
            format!("{mark}{host}")
        })
        .collect()
}

/// Objects of RainerScript in a statement: `action(type="omfwd" target="h")`, names in lower case.
fn objects(statement: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut out = Vec::new();
    let mut rest = statement;
    while let Some((before, after)) = rest.split_once('(') {
        let name: String = before.chars().rev().take_while(char::is_ascii_alphabetic).collect();
        let name: String = name.chars().rev().collect::<String>().to_ascii_lowercase();
        if !matches!(name.as_str(), "action" | "input" | "module" | "include" | "global") {
            rest = after;
            continue;
        }
        let (parameters, length) = parameters(after);
        out.push((name, parameters));
        rest = after.get(length..).unwrap_or_default();
    }
    out
}

/// `name="value"` pairs up to the closing parenthesis, and the bytes they take.
fn parameters(text: &str) -> (BTreeMap<String, String>, usize) {
    let mut out = BTreeMap::new();
    let (mut name, mut value): (String, Option<String>) = (String::new(), None);
    let mut open = false;
    for (at, c) in text.char_indices() {
        match (c, open, &mut value) {
            ('"', false, Some(_)) => open = true,
            ('"', true, Some(text)) => {
                out.insert(std::mem::take(&mut name).trim().to_ascii_lowercase(), std::mem::take(text));
                value = None;
                open = false;
            }
            (c, true, Some(text)) => text.push(c),
            (')', false, _) => return (out, at),
            ('=', false, None) => value = Some(String::new()),
            (c, false, None) => name.push(c),
            _ => {}
        }
    }
    (out, text.len())
}

/// Modes of `create` (`logrotate(8)`), and the paths of `include`.
fn logrotate(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut modes, mut includes) = (Vec::new(), Vec::new());
    for (_, line) in line::plain(text) {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("create"), Some(mode)) if mode.bytes().all(|b| matches!(b, b'0'..=b'7')) => {
                modes.push(mode.to_owned())
            }
            (Some("include"), Some(path)) => includes.push(path.to_owned()),
            _ => {}
        }
    }
    (modes, includes)
}

/// Files of an included path, without what logrotate passes over (`tabooext`).
fn logrotate_files(root: &Root, path: &str) -> Result<Vec<String>, ReadError> {
    const TABOO: &[&str] = &[
        "~",
        ",v",
        ".bak",
        ".cfsaved",
        ".disabled",
        ".dpkg-bak",
        ".dpkg-del",
        ".dpkg-dist",
        ".dpkg-new",
        ".dpkg-old",
        ".dpkg-tmp",
        ".new",
        ".old",
        ".orig",
        ".rpmnew",
        ".rpmorig",
        ".rpmsave",
        ".swp",
        ".ucf-dist",
        ".ucf-new",
        ".ucf-old",
    ];
    let directory = path.trim_end_matches('/');
    let Some(entries) = root.list(directory)? else { return Ok(vec![directory.to_owned()]) };
    let mut out = Vec::new();
    for entry in entries {
        let path = format!("{directory}/{}", entry.name);
        if !TABOO.iter().any(|end| entry.name.ends_with(end))
            && root.stat(&path)?.is_some_and(|meta| meta.kind == FileType::RegularFile)
        {
            out.push(path);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> Logging {
        let mut out = Logging::default();
        rsyslog("/f", text, &mut Rsyslog::default(), &mut |_| Ok(Vec::new()), &mut out).unwrap();
        out
    }

    #[test]
    fn rules() {
        for (text, want, why) in [
            ("auth,authpriv.*\t\t\t/var/log/auth.log", &["auth,authpriv.* > /var/log/auth.log"][..], "plain"),
            (
                "*.*;auth,authpriv.none  -/var/log/syslog # c",
                &["*.*;auth,authpriv.none > -/var/log/syslog"],
                "a comment",
            ),
            ("#mail.*  /x", &[], "a comment"),
            ("*.emerg :omusrmsg:*", &["*.emerg > :omusrmsg:*"], "another output"),
            ("*.* :ommysql:db,logs,u,secret", &["*.* > :ommysql:"], "a password of a database"),
            ("*.* >db,logs,u,secret", &["*.* > >"], "its old form"),
            ("mail.=info;\\\n  mail.=notice /x", &["mail.=info;mail.=notice > /x"], "continued"),
            ("kern.* action(type=\"omfile\" file=\"/var/log/k\")", &["kern.* > /var/log/k"], "an object"),
            (":msg, contains, \"a.b\" /x", &[], "a property is no selector"),
            ("$FileOwner root", &[], "a directive"),
            ("if $msg contains 'x' then /y", &[], "a script"),
        ] {
            let got: Vec<_> =
                one(text).rsyslog_rules.into_iter().map(|r| format!("{} > {}", r.selector, r.action)).collect();
            assert_eq!(got, want, "{text}: {why}");
        }
    }

    #[test]
    fn targets_and_inputs() {
        for (text, remote, listens, why) in [
            ("*.* @@h:514", &["@@h:514"][..], &[][..], "TCP"),
            ("*.* @h", &["@h"], &[], "UDP"),
            ("*.* @@(o,z9)h:6514;Template", &["@@h:6514"], &[], "options and a template"),
            ("& @h", &["@h"], &[], "the same selector again"),
            ("if $x == 'y' then @@h", &["@@h"], &[], "a script"),
            (
                "*.* action(type=\"omfwd\"\n  # c\n  Target=\"h\" port=\"514\"\n  protocol=\"tcp\")",
                &["@@h:514"],
                &[],
                "an object on several lines",
            ),
            ("action(type=\"omfwd\" target=\"h\")", &["@h"], &[], "UDP is the default"),
            ("module(load=\"imtcp\")", &[], &[], "a module alone does not listen"),
            ("input(type=\"imtcp\" port=\"514\")", &[], &["imtcp:514"], "an input"),
            ("$ModLoad imudp\n$UDPServerRun 514", &[], &["imudp:514"], "the older form"),
            ("#input(type=\"imtcp\" port=\"514\")", &[], &[], "a comment"),
        ] {
            let got = one(text);
            assert_eq!(got.rsyslog_remote, remote, "{text}: {why}");
            assert_eq!(got.rsyslog_listens, listens, "{text}: {why}");
        }
    }

    #[test]
    fn the_loosest_mode_counts() {
        for (text, want, why) in [
            ("$FileCreateMode 0640", Some("0640"), "one"),
            (
                "$FileCreateMode 0644\n*.* /x\n$FileCreateMode 0600",
                Some("0644"),
                "files made before are not taken back",
            ),
            ("$FileCreateMode 0600\n$FileCreateMode 0640", Some("0640"), "the later is looser"),
            ("module(load=\"builtin:omfile\" FileCreateMode=\"0640\")", Some("0640"), "an object"),
            ("$FileCreateMode x", None, "no mode"),
            ("", None, "not set"),
        ] {
            assert_eq!(one(text).rsyslog_file_create_mode.as_deref(), want, "{text}: {why}");
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
        let got = collect(&host()).unwrap();
        assert!(!got.rsyslog_present && !got.logrotate && got.journald.is_empty());
        write("etc/systemd/journald.conf", "[Journal]\nStorage=auto\n[Other]\nCompress=no\n");
        write("etc/systemd/journald.conf.d/a.conf", "[Journal]\nStorage=persistent\n");
        write("etc/systemd/journal-upload.conf", "[Upload]\nURL=https://h\n");
        write("etc/rsyslog.conf", "$IncludeConfig /etc/rsyslog.d/*.conf\ninclude(file=\"/etc/own\")\n");
        write("etc/rsyslog.d/a.conf", "cron.* /c\n$IncludeConfig /etc/rsyslog.conf\n");
        write("etc/own", "kern.* /k\n");
        write("etc/logrotate.conf", "include /etc/logrotate.d\ncreate\n");
        write("etc/logrotate.d/a", "/x {\n create 0640 root adm\n include /etc/logrotate.d\n}\n");
        write("etc/logrotate.d/b.dpkg-old", "create 0666\n");
        let got = collect(&host()).unwrap();
        assert_eq!(got.journald, BTreeMap::from([("Storage".to_owned(), "persistent".to_owned())]));
        assert_eq!(got.journal_upload["URL"], "https://h");
        let rules: Vec<_> = got.rsyslog_rules.iter().map(|r| (r.file.as_str(), r.action.as_str())).collect();
        assert_eq!(rules, [("/etc/rsyslog.d/a.conf", "/c"), ("/etc/own", "/k")]);
        assert_eq!(got.logrotate_create_modes, ["0640"]);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") { one(&text); logrotate(&text); }

        #[test]
        fn shaped(text in "((action|input|type|[a-z]\\.\\*|[()=\"'\\\\@#$ \n]){0,10}\n){0,8}") { one(&text); }
    }
}
