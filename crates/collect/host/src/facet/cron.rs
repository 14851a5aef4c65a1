use std::collections::BTreeMap;

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::accounts,
    host::Host,
    line,
    place::Place,
    reader::{Reader, bounded, note},
    root::{Meta, ReadError, Root},
};

/// cron and at: who may use them and what they run.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Cron {
    /// cron is installed (a daemon's binary exists).
    pub(crate) cron_installed: bool,
    /// at is installed.
    pub(crate) at_installed: bool,
    /// Users of `/etc/cron.allow`; null where absent.
    pub(crate) cron_allow: Option<Vec<String>>,
    /// Users of `/etc/cron.deny`; null where absent.
    pub(crate) cron_deny: Option<Vec<String>>,
    /// Users of `/etc/at.allow`; null where absent.
    pub(crate) at_allow: Option<Vec<String>>,
    /// Users of `/etc/at.deny`; null where absent.
    pub(crate) at_deny: Option<Vec<String>>,
    /// Jobs of system crontabs, `cron.{hourly,daily,…}` and users' crontabs.
    pub(crate) jobs: Vec<CronJob>,
    /// Lines that could not be understood.
    pub(crate) malformed: Vec<Place>,
}

/// One job. Only the first word of a command that is a path is kept, since arguments may hold secrets.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct CronJob {
    /// User it runs as.
    pub(crate) user: String,
    /// Schedule as written, or the directory's word: `daily`.
    pub(crate) schedule: String,
    /// Program.
    pub(crate) program: String,
    /// Whether somebody other than root (or the job's user) may write the program or a directory above it; null where
    /// the program is no absolute path. For one that does not exist: whether somebody may put it there.
    pub(crate) program_writable: Option<bool>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1; 0 for a script in a directory.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "cron",
    live_only: false,
    shape: crate::def::shape_of::<Cron>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Cron, Missing> {
    let root = &host.root;
    let any = |paths: &[&str]| -> Result<bool, ReadError> {
        for path in paths {
            if root.exists(path)? {
                return Ok(true);
            }
        }
        Ok(false)
    };
    let list = |path: &str| -> Result<Option<Vec<String>>, ReadError> {
        Ok(root.read_text(path)?.as_deref().map(line::names))
    };
    let reader = Reader::new(root);
    let debian = root.exists("/usr/sbin/cron")?;
    let mut out = Cron {
        cron_installed: debian
            || any(&["/usr/sbin/crond", "/usr/sbin/fcron", "/usr/sbin/anacron", "/usr/sbin/cronie"])?,
        at_installed: any(&["/usr/sbin/atd", "/usr/bin/at"])?,
        cron_allow: list("/etc/cron.allow")?,
        cron_deny: list("/etc/cron.deny")?,
        at_allow: list("/etc/at.allow")?,
        at_deny: list("/etc/at.deny")?,
        ..Cron::default()
    };
    let mut tables = vec![("/etc/crontab".to_owned(), Form::System), ("/etc/anacrontab".to_owned(), Form::Anacron)];
    for name in names(root, "/etc/cron.d", debian)? {
        tables.push((format!("/etc/cron.d/{name}"), Form::System));
    }
    for directory in ["/var/spool/cron/crontabs", "/var/spool/cron", "/etc/crontabs"] {
        let same = directory == "/etc/crontabs" && root.read_link("/var/spool/cron/crontabs")?.is_some();
        for entry in if same { Vec::new() } else { root.list(directory)?.unwrap_or_default() } {
            let path = format!("{directory}/{}", entry.name);
            let file = root.stat(&path)?.is_some_and(|meta| meta.kind == FileType::RegularFile);
            if file
                && !entry.name.starts_with(['.', '#'])
                && !entry.name.starts_with("tmp.")
                && entry.name != "cron.update"
            {
                tables.push((path, Form::User(entry.name)));
            }
        }
    }
    let mut users: BTreeMap<String, u32> = BTreeMap::new();
    for line in accounts::passwd(&root.read_text("/etc/passwd")?.unwrap_or_default()) {
        users.entry(line.name.to_owned()).or_insert(line.uid);
    }
    for (path, form) in tables {
        let Some(text) = reader.read_text(&path)? else { continue };
        let (jobs, malformed) = parse(&path, &text, &form);
        out.jobs.extend(jobs);
        bounded(out.jobs.len(), JOBS_MAX, &path)?;
        for place in malformed {
            note(&mut out.malformed, &place.file, place.line);
        }
    }
    for period in ["hourly", "daily", "weekly", "monthly", "yearly"] {
        let directory = format!("/etc/cron.{period}");
        for name in names(root, &directory, debian)? {
            let program = format!("{directory}/{name}");
            // run-parts leaves out what is not executable.
            if root.stat(&program)?.is_some_and(|meta| meta.bits & 0o111 != 0) {
                let (user, schedule) = ("root".to_owned(), period.to_owned());
                out.jobs.push(CronJob { user, schedule, file: program.clone(), program, ..CronJob::default() });
            }
        }
    }
    let mut known: BTreeMap<(String, String), Option<bool>> = BTreeMap::new();
    for job in &mut out.jobs {
        let key = (job.program.clone(), job.user.clone());
        job.program_writable = match known.get(&key) {
            Some(found) => *found,
            None => {
                let found = writable(root, &job.program, users.get(&job.user).copied())?;
                known.insert(key, found);
                found
            }
        };
    }
    Ok(out)
}

/// Jobs that are kept.
const JOBS_MAX: usize = 20_000;

/// What a table holds before the command.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    /// A schedule and a user.
    System,
    /// A schedule; every job runs as this user.
    User(String),
    /// A period, a delay and a name (`anacrontab(5)`); root.
    Anacron,
}

/// Files of a directory that cron or run-parts takes.
fn names(root: &Root, directory: &str, debian: bool) -> Result<Vec<String>, ReadError> {
    let mut out = Vec::new();
    for entry in root.list(directory)?.unwrap_or_default() {
        let path = format!("{directory}/{}", entry.name);
        if is_taken(&entry.name, debian) && root.stat(&path)?.is_some_and(|meta| meta.kind == FileType::RegularFile) {
            out.push(entry.name);
        }
    }
    Ok(out)
}

/// Debian takes letters, digits, `_` and `-` alone (`cron(8)`, `run-parts(8)`); cronie takes all but leftovers.
fn is_taken(name: &str, debian: bool) -> bool {
    if debian {
        return name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    }
    !name.starts_with(['.', '#'])
        && ![",", "~", ".swp", ".rpmsave", ".rpmorig", ".rpmnew", ".cfsaved", ".apk-new"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// Parses a table (`crontab(5)`).
fn parse(path: &str, text: &str, form: &Form) -> (Vec<CronJob>, Vec<Place>) {
    let (mut jobs, mut malformed) = (Vec::new(), Vec::new());
    for (line, text) in line::plain(text) {
        if is_environment(text) {
            continue;
        }
        match job(text, form) {
            Some((user, schedule, command)) => jobs.push(CronJob {
                user,
                schedule,
                program: program(&command),
                program_writable: None,
                file: path.to_owned(),
                line,
            }),
            None => note(&mut malformed, path, line),
        }
    }
    (jobs, malformed)
}

/// `NAME = value`, the name in quotes or not.
fn is_environment(line: &str) -> bool {
    let Some((name, _)) = line.split_once('=') else { return false };
    let name = name.trim().trim_matches(['"', '\'']);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// User, schedule and command of a line; none where it is none.
fn job(line: &str, form: &Form) -> Option<(String, String, String)> {
    let mut rest = line.trim_start_matches('-');
    let mut word = || {
        let trimmed = rest.trim_start();
        let (word, after) = trimmed.split_once(char::is_whitespace).unwrap_or((trimmed, ""));
        rest = after;
        (!word.is_empty()).then(|| word.to_owned())
    };
    let first = word()?;
    let schedule = if first.starts_with('@') {
        let known = ["@reboot", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
        let known = known.contains(&first.to_ascii_lowercase().as_str());
        // cronie and anacron have more: `@every_minute`, `@5`.
        if !known && first.len() < 2 {
            return None;
        }
        if *form == Form::Anacron {
            word()?;
            word()?;
        }
        first
    } else if *form == Form::Anacron {
        first.parse::<u32>().ok()?;
        word()?;
        word()?;
        first
    } else {
        let mut fields = vec![first];
        for _ in 0..4 {
            fields.push(word()?);
        }
        let plausible = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'*' | b'/' | b',' | b'-' | b'~' | b'?');
        if !fields.iter().all(|field| field.bytes().all(plausible)) {
            return None;
        }
        fields.join(" ")
    };
    let user = match form {
        Form::System => word()?,
        Form::User(user) => user.clone(),
        Form::Anacron => "root".to_owned(),
    };
    let command = rest.trim();
    (!command.is_empty()).then(|| (user, schedule, until_percent(command)))
}

/// A command ends at `%`; what follows is its input. `\%` stands for a percent sign.
fn until_percent(command: &str) -> String {
    let mut out = String::new();
    let mut chars = command.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '%' => break,
            '\\' if chars.peek() == Some(&'%') => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}

/// The program of a shell command: the first word at the place of a command that is a path; else the first there that is
/// no word of the shell itself. The script of an interpreter stands for the interpreter.
fn program(command: &str) -> String {
    let mut first = None;
    for part in simple_commands(command) {
        let words = line::words(part, false).unwrap_or_else(|| part.split_whitespace().map(str::to_owned).collect());
        match simple_program(&words) {
            Some(word) if word.starts_with('/') => return word.to_owned(),
            Some(word) => {
                first.get_or_insert_with(|| word.to_owned());
            }
            None => {}
        }
    }
    first.unwrap_or_default()
}

/// Parts between the shell's separators, of which none counts in quotes.
fn simple_commands(command: &str) -> Vec<&str> {
    let mut quote = None;
    let mut protected = false;
    let separates = |c: char| {
        if protected {
            protected = false;
            return false;
        }
        match (quote, c) {
            (None | Some('"'), '\\') => protected = true,
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, c) => return matches!(c, ';' | '&' | '|' | '(' | ')' | '{' | '}' | '`'),
            _ => {}
        }
        false
    };
    command.split(separates).collect()
}

/// The program of one simple command; none where the shell does the work itself.
fn simple_program(words: &[String]) -> Option<&str> {
    let mut wrapper = None;
    let mut words = words.iter().map(String::as_str).peekable();
    while let Some(word) = words.next() {
        let base = word.rsplit('/').next().unwrap_or(word);
        match base {
            // Words before a command.
            "then" | "do" | "else" | "if" | "elif" | "while" | "until" | "!" | "exec" | "command" | "eval" | "time" => {
            }
            // Programs that run the program behind their options.
            "nice" | "ionice" | "chronic" | "env" | "nohup" | "setsid" | "timeout" | "flock" | "sudo" | "chrt" => {
                wrapper.get_or_insert(word);
                skip_options(base, &mut words);
            }
            "[" | "[[" | "test" | "cd" | "umask" | "export" | "set" | "ulimit" | "." | "source" | "true" | ":"
            | "sleep" | "echo" | "fi" | "done" | "esac" | "for" | "case" | "exit" | "read" | "trap" | "wait" => {
                return None;
            }
            _ if is_environment(word) => {}
            "sh" | "bash" | "dash" | "ksh" | "zsh" | "perl" | "php" | "ruby" | "node" => {
                return script(&mut words).or(Some(word));
            }
            _ if base.starts_with("python") => return script(&mut words).or(Some(word)),
            _ => return Some(word),
        }
    }
    wrapper
}

/// Goes past the options and the operands that stand before the program of a wrapper.
fn skip_options<'a>(wrapper: &str, words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) {
    // Options with their value in the next word.
    let valued: &[&str] = match wrapper {
        "nice" => &["-n"],
        "ionice" => &["-c", "-n"],
        "timeout" => &["-k", "-s"],
        "flock" => &["-w", "-E"],
        "env" => &["-u", "-C"],
        "sudo" => &["-u", "-g", "-h", "-p"],
        _ => &[],
    };
    while let Some(option) = words.next_if(|word| word.starts_with('-')) {
        if valued.contains(&option) {
            words.next();
        }
    }
    if matches!(wrapper, "timeout" | "flock") {
        words.next();
    }
}

/// The first operand of an interpreter that is a path.
fn script<'a>(words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> Option<&'a str> {
    for word in words.by_ref() {
        if word == "-c" || word == "-e" || word == "-m" {
            return None;
        }
        if !word.starts_with('-') {
            return word.starts_with('/').then_some(word);
        }
    }
    None
}

/// Symbolic links that one path may have.
const LINKS_MAX: usize = 40;

/// Whether somebody other than root and `user` may change the program at `path`, or a directory or link on the way to it.
/// None where it is no absolute path. One that does not exist may be put there by whoever may write the last directory
/// that does, the sticky bit or not.
fn writable(root: &Root, path: &str, user: Option<u32>) -> Result<Option<bool>, ReadError> {
    if !path.starts_with('/') {
        return Ok(None);
    }
    let mut left: Vec<String> = path.split('/').rev().filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let mut at = String::new();
    let mut links = 0;
    let mut open = root.stat("/")?.is_some_and(|meta| is_open(&meta, user));
    while let Some(part) = left.pop() {
        match part.as_str() {
            "." => continue,
            ".." => {
                at.truncate(at.rfind('/').unwrap_or(0));
                continue;
            }
            _ => {}
        }
        let next = format!("{at}/{part}");
        if let Some(target) = root.read_link(&next)? {
            links += 1;
            if links > LINKS_MAX {
                return Err(ReadError::Loop { path: path.to_owned() });
            }
            if target.starts_with('/') {
                at.clear();
            }
            left.extend(target.split('/').rev().filter(|part| !part.is_empty()).map(str::to_owned));
            continue;
        }
        let Some(meta) = root.stat(&next)? else {
            let above = if at.is_empty() { "/" } else { at.as_str() };
            return Ok(Some(
                open || root
                    .stat(above)?
                    .is_some_and(|meta| meta.bits & 0o002 != 0 || (meta.bits & 0o020 != 0 && meta.gid != 0)),
            ));
        };
        open |= is_open(&meta, user);
        at = next;
    }
    Ok(Some(open))
}

/// Whether somebody other than root and `user` may write here. In a sticky directory others cannot replace a file.
fn is_open(meta: &Meta, user: Option<u32>) -> bool {
    let trusted = meta.uid == 0 || Some(meta.uid) == user;
    let sticky = meta.kind == FileType::Directory && meta.bits & 0o1000 != 0;
    let others = meta.bits & 0o002 != 0 && !sticky;
    let group = meta.bits & 0o020 != 0 && meta.gid != 0 && !sticky;
    !trusted || others || group
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use proptest::prelude::*;

    use super::*;

    fn jobs(text: &str, form: &Form) -> (Vec<String>, usize) {
        let (jobs, malformed) = parse("/f", text, form);
        (jobs.iter().map(|j| format!("{}|{}|{}", j.user, j.schedule, j.program)).collect(), malformed.len())
    }

    #[test]
    fn tables() {
        let (system, user) = (Form::System, Form::User("a".into()));
        for (text, form, want, why) in [
            (
                "17 *\t* * *  root  cd / && run-parts --report /etc/cron.hourly",
                &system,
                &["root|17 * * * *|run-parts"][..],
                "Debian's own",
            ),
            (
                "*/5 0-6,8 * jan mon-fri u /bin/x a",
                &system,
                &["u|*/5 0-6,8 * jan mon-fri|/bin/x"],
                "every form of field",
            ),
            ("@daily root /bin/x", &system, &["root|@daily|/bin/x"], "a nickname"),
            (
                "SHELL=/bin/sh\nPATH = /a:/b\n\"X\"=y\n# c\n\n* * * * * /bin/x",
                &user,
                &["a|* * * * *|/bin/x"],
                "environment",
            ),
            ("* * * * * /bin/x 100\\% % input", &user, &["a|* * * * *|/bin/x"], "a percent sign"),
            ("-* * * * * root /bin/x", &system, &["root|* * * * *|/bin/x"], "a dash keeps the log quiet"),
            ("7 5 cron.weekly run-parts /x", &Form::Anacron, &["root|7|run-parts"], "anacron"),
            (
                "@monthly 45 cron.monthly nice run-parts /x",
                &Form::Anacron,
                &["root|@monthly|run-parts"],
                "anacron's nickname",
            ),
        ] {
            assert_eq!(jobs(text, form), (want.iter().map(|w| (*w).to_owned()).collect(), 0), "{text}: {why}");
        }
        for (text, why) in [
            ("* * * *", "too few fields"),
            ("* * * * * root", "no command"),
            ("@daily", "no user"),
            ("* * * * $x root /bin/x", "a sign that no field has"),
            ("hello", "a word"),
        ] {
            assert_eq!(jobs(text, &system), (Vec::new(), 1), "{text}: {why}");
        }
    }

    #[test]
    fn programs_without_their_arguments() {
        for (command, want, why) in [
            ("/usr/bin/x --token=s", "/usr/bin/x", "a path"),
            ("backup --password s", "backup", "found in PATH"),
            (
                "[ -x /etc/init.d/anacron ] && if [ ! -d /run/systemd/system ]; then /usr/sbin/invoke-rc.d anacron start >/dev/null; fi",
                "/usr/sbin/invoke-rc.d",
                "conditions before it",
            ),
            ("test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }", "run-parts", "a group"),
            ("A=secret B=2 /bin/x", "/bin/x", "variables before it"),
            ("cd /tmp; /bin/x", "/bin/x", "a change of directory"),
            ("/bin/sh /opt/a.sh --k", "/opt/a.sh", "the script of a shell"),
            ("python3 -u /opt/a.py", "/opt/a.py", "the script of an interpreter"),
            ("/bin/sh -c 'x --token s'", "/bin/sh", "a command in an argument"),
            ("nice -n 10 ionice -c3 /bin/x", "/bin/x", "behind wrappers"),
            ("flock -n /run/l /bin/x", "/bin/x", "behind a lock"),
            ("timeout 5 /bin/x", "/bin/x", "behind a limit"),
            ("x 'a;/b c'", "x", "a separator in quotes"),
            ("sudo", "sudo", "a wrapper alone"),
            ("", "", "nothing"),
            (": ; true", "", "nothing that runs"),
        ] {
            assert_eq!(program(command), want, "{command}: {why}");
        }
    }

    #[test]
    fn who_may_change_a_program() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        let chmod =
            |path: &str, mode: u32| std::fs::set_permissions(at(path), std::fs::Permissions::from_mode(mode)).unwrap();
        for path in ["safe", "open", "sticky"] {
            std::fs::create_dir(at(path)).unwrap();
            std::fs::write(at(path).join("x"), "").unwrap();
            chmod(&format!("{path}/x"), 0o755);
        }
        std::fs::write(at("safe/w"), "").unwrap();
        chmod("safe/w", 0o757);
        chmod("safe", 0o755);
        chmod("open", 0o777);
        chmod("sticky", 0o1777);
        symlink("/open/x", at("safe/l")).unwrap();
        symlink("../safe/x", at("open/l")).unwrap();
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let root = Root::mounted(dir.path()).unwrap();
        let own = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(dir.path()).unwrap());
        for (path, want, why) in [
            ("/safe/x", Some(false), "nobody"),
            ("/safe/w", Some(true), "the file itself"),
            ("/open/x", Some(true), "its directory"),
            ("/sticky/x", Some(false), "a sticky directory protects its files"),
            ("/safe/l", Some(true), "the directory of what a link names"),
            ("/open/l", Some(true), "the directory of the link"),
            ("/safe/none", Some(false), "does not exist, and nobody may put it there"),
            ("/open/none", Some(true), "does not exist, and everybody may put it there"),
            ("/sticky/none", Some(true), "a sticky directory takes new files"),
            ("/sticky/none/x", Some(true), "nor does its directory exist"),
            ("/none", Some(false), "the root directory is closed"),
            ("x", None, "no path"),
        ] {
            assert_eq!(writable(&root, path, Some(own)).unwrap(), want, "{path}: {why}");
        }
    }

    #[test]
    fn a_root() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        };
        let host = || Host::new(Root::mounted(dir.path()).unwrap());
        let got = collect(&host()).unwrap();
        assert!(!got.cron_installed && got.cron_allow.is_none() && got.jobs.is_empty());
        write("usr/sbin/cron", "");
        write("etc/cron.allow", "# c\nroot\n");
        write("etc/at.deny", "");
        write("etc/crontab", "0 * * * * root /bin/a\nbad\n");
        write("etc/cron.d/b", "0 * * * * root /bin/b\n");
        write("etc/cron.d/b.dpkg-old", "0 * * * * root /bin/old\n");
        write("etc/cron.daily/c", "");
        write("etc/cron.daily/.placeholder", "");
        write("var/spool/cron/crontabs/u", "0 * * * * d secret\n");
        let got = collect(&host()).unwrap();
        assert!(got.cron_installed && !got.at_installed);
        assert_eq!((got.cron_allow, got.cron_deny), (Some(vec!["root".to_owned()]), None));
        assert_eq!(got.at_deny, Some(Vec::new()), "an empty file is not an absent one");
        let jobs: Vec<_> = got.jobs.iter().map(|j| format!("{} {} {}", j.user, j.program, j.file)).collect();
        assert_eq!(
            jobs,
            [
                "root /bin/a /etc/crontab",
                "root /bin/b /etc/cron.d/b",
                "u d /var/spool/cron/crontabs/u",
                "root /etc/cron.daily/c /etc/cron.daily/c",
            ]
        );
        assert_eq!(got.malformed, [Place { file: "/etc/crontab".into(), line: 2 }]);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") {
            for form in [Form::System, Form::User("a".into()), Form::Anacron] { parse("/f", &text, &form); }
            program(&text);
        }
    }
}
