use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
    reader::{Reader, bounded, note},
    root::ReadError,
};

/// `sudoers(5)` with its includes, as rules and defaults.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Sudoers {
    /// Whether `/etc/sudoers` exists.
    pub(crate) present: bool,
    /// Files read, in order.
    pub(crate) files: Vec<String>,
    /// `Defaults` entries, in order; a later one of the same scope wins.
    pub(crate) defaults: Vec<SudoDefault>,
    /// Global defaults after all files: name to value; a flag is `true` or `false`, a list its words joined by a space.
    pub(crate) effective: BTreeMap<String, String>,
    /// User specifications, one entry a (who, command list) pair; aliases expanded.
    pub(crate) rules: Vec<SudoRule>,
    /// Lines that could not be understood, and include loops or missing includes.
    pub(crate) malformed: Vec<Place>,
}

/// One setting of a `Defaults` line.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SudoDefault {
    /// `` for all, else the binding as written: `:alice`, `@host`, `!cmd`, `>runas`.
    pub(crate) scope: String,
    /// Setting name without `!`.
    pub(crate) name: String,
    /// `=`, `+=`, `-=` or `` for a flag.
    pub(crate) op: String,
    /// The value; `true` or `false` for a flag.
    pub(crate) value: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// One user specification.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SudoRule {
    /// Users: `alice`, `%group`, `#1000`, `ALL`; a leading `!` negates.
    pub(crate) users: Vec<String>,
    /// Hosts.
    pub(crate) hosts: Vec<String>,
    /// Target users; `root` (or `runas_default`) where none is given; empty where only the group changes.
    pub(crate) run_as: Vec<String>,
    /// Target groups.
    pub(crate) run_as_groups: Vec<String>,
    /// Commands with their arguments; `ALL`; a leading `!` negates.
    pub(crate) commands: Vec<String>,
    /// Tags in force: `NOPASSWD`, `SETENV`, `NOEXEC` …
    pub(crate) tags: Vec<String>,
    /// Options in force: `ROLE=r`, `CWD=/tmp`, `TIMEOUT=5m` …
    pub(crate) options: Vec<String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "sudoers",
    live_only: false,
    shape: crate::def::shape_of::<Sudoers>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Reads `/etc/sudoers` and what it includes.
pub(crate) fn collect(host: &Host) -> Result<Sudoers, Missing> {
    let root = &host.root;
    let reader = Reader::new(root);
    let Some(text) = reader.read_text(MAIN)? else { return Ok(Sudoers::default()) };
    let name = root.read_text("/etc/hostname")?.unwrap_or_default();
    let short = name.trim().split('.').next().unwrap_or_default().to_owned();
    let mut read = |include: &Include| -> Result<Option<Vec<(String, String)>>, ReadError> {
        // `%h` stands for the host's short name, `%%` for a percent sign.
        let path = include.path.replace("%%", "\0").replace("%h", &short).replace('\0', "%");
        if !include.directory {
            return Ok(reader.read_text(&path)?.map(|text| vec![(path, text)]));
        }
        let mut files = Vec::new();
        for entry in root.list(&path)?.unwrap_or_default() {
            // A package manager's leftovers hold a dot, an editor's end in a tilde.
            if entry.name.contains('.') || entry.name.ends_with('~') {
                continue;
            }
            let path = format!("{}/{}", path.trim_end_matches('/'), entry.name);
            if root.stat(&path)?.is_some_and(|meta| meta.kind == rustix::fs::FileType::Directory) {
                continue;
            }
            if let Some(text) = reader.read_text(&path)? {
                files.push((path, text));
            }
        }
        Ok(Some(files))
    };
    Ok(parse(MAIN, &text, &mut read)?)
}

const MAIN: &str = "/etc/sudoers";
/// Depth of includes that sudo takes.
const DEPTH_MAX: usize = 128;
/// Files that may be included in all.
const INCLUDES_MAX: usize = 1_000;
/// Members that all rules may have with their aliases expanded; a handful of nested aliases could otherwise fill the
/// memory.
const MEMBERS_MAX: usize = 200_000;
/// Bytes of one setting after all its `+=`.
const VALUE_MAX: usize = 16 << 10;
/// Depth of nested aliases.
const NESTING_MAX: usize = 64;

const TAGS: &[&str] = &[
    "EXEC",
    "FOLLOW",
    "INTERCEPT",
    "LOG_INPUT",
    "LOG_OUTPUT",
    "MAIL",
    "PASSWD",
    "SETENV",
    "NOEXEC",
    "NOFOLLOW",
    "NOINTERCEPT",
    "NOLOG_INPUT",
    "NOLOG_OUTPUT",
    "NOMAIL",
    "NOPASSWD",
    "NOSETENV",
];
const OPTIONS: &[&str] =
    &["APPARMOR_PROFILE", "CHROOT", "CWD", "LIMITPRIVS", "NOTAFTER", "NOTBEFORE", "PRIVS", "ROLE", "TIMEOUT", "TYPE"];

/// An include directive.
#[derive(Debug)]
struct Include {
    /// Absolute.
    path: String,
    directory: bool,
}

/// Gives the files of an include with their text, in order; none where a named file does not exist.
type Read<'a> = &'a mut dyn FnMut(&Include) -> Result<Option<Vec<(String, String)>>, ReadError>;

/// A member of a list: whether it is negated, and its name.
type Member = (bool, String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    User,
    Runas,
    Host,
    Command,
}

/// A rule whose aliases are not expanded yet.
#[derive(Debug)]
struct Raw {
    users: Vec<Member>,
    hosts: Vec<Member>,
    spec: Spec,
    commands: Vec<Member>,
    place: Place,
}

/// What goes on from command to command of a list.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Spec {
    run_as: Option<Vec<Member>>,
    run_as_groups: Vec<Member>,
    tags: Vec<String>,
    options: Vec<String>,
}

#[derive(Debug, Default)]
struct Parser {
    out: Sudoers,
    aliases: BTreeMap<(Kind, String), Vec<Member>>,
    raw: Vec<Raw>,
    included: usize,
    above: Vec<String>,
    /// Members of all rules so far, and bytes of the longest setting.
    members: usize,
    longest: usize,
}

/// A statement that sudo would refuse.
#[derive(Debug)]
struct Refused;

/// Parses `sudoers(5)` with its includes.
fn parse(path: &str, text: &str, read: Read<'_>) -> Result<Sudoers, ReadError> {
    let mut parser = Parser::default();
    parser.out.present = true;
    parser.file(path, text, read)?;
    parser.finish(path)
}

impl Parser {
    fn file(&mut self, path: &str, text: &str, read: Read<'_>) -> Result<(), ReadError> {
        self.out.files.push(path.to_owned());
        self.above.push(path.to_owned());
        let mut scan = Scan { chars: text.chars().collect(), at: 0, line: 1 };
        while scan.start() {
            let place = Place { file: path.to_owned(), line: scan.line };
            bounded(self.members, MEMBERS_MAX, path)?;
            bounded(self.longest, VALUE_MAX, path)?;
            let done = match self.statement(&mut scan, path, &place) {
                Ok(None) => scan.end(),
                Ok(Some(include)) => {
                    let ended = scan.end();
                    self.include(&include, &place, read)?;
                    ended
                }
                Err(Refused) => false,
            };
            if !done {
                note(&mut self.out.malformed, path, place.line);
                scan.skip_line();
            }
        }
        self.above.pop();
        Ok(())
    }

    fn include(&mut self, include: &Include, place: &Place, read: Read<'_>) -> Result<(), ReadError> {
        let Some(files) = read(include)? else {
            note(&mut self.out.malformed, &place.file, place.line);
            return Ok(());
        };
        for (path, text) in files {
            if self.above.contains(&path) || self.above.len() >= DEPTH_MAX || self.included >= INCLUDES_MAX {
                note(&mut self.out.malformed, &place.file, place.line);
                continue;
            }
            self.included += 1;
            self.file(&path, &text, read)?;
        }
        Ok(())
    }

    /// One statement; gives an include to follow.
    fn statement(&mut self, scan: &mut Scan, path: &str, place: &Place) -> Result<Option<Include>, Refused> {
        for (words, directory) in [(["@includedir", "#includedir"], true), (["@include", "#include"], false)] {
            if words.iter().any(|word| scan.take_keyword(word, &[' ', '\t', '"'])) {
                let named = scan.word(&[])?;
                if named.is_empty() {
                    return Err(Refused);
                }
                let path = match (named.starts_with('/'), path.rsplit_once('/')) {
                    (false, Some((directory, _))) => format!("{directory}/{named}"),
                    _ => named,
                };
                return Ok(Some(Include { path, directory }));
            }
        }
        if scan.take_keyword("Defaults", &[' ', '\t', ':', '@', '!', '>', '\n']) {
            self.defaults(scan, place)?;
            return Ok(None);
        }
        for (word, kind) in [
            ("User_Alias", Kind::User),
            ("Runas_Alias", Kind::Runas),
            ("Host_Alias", Kind::Host),
            ("Cmnd_Alias", Kind::Command),
            ("Cmd_Alias", Kind::Command),
        ] {
            if scan.take_keyword(word, &[' ', '\t']) {
                self.alias(scan, kind)?;
                return Ok(None);
            }
        }
        self.user_spec(scan, place)?;
        Ok(None)
    }

    fn alias(&mut self, scan: &mut Scan, kind: Kind) -> Result<(), Refused> {
        loop {
            let name = scan.word(&['='])?;
            if !is_alias(&name) || name == "ALL" || !scan.take('=') {
                return Err(Refused);
            }
            let members = match kind {
                Kind::Command => scan.commands()?,
                kind => scan.members(kind)?,
            };
            // sudo refuses a second definition of a name.
            if self.aliases.contains_key(&(kind, name.clone())) {
                return Err(Refused);
            }
            self.aliases.insert((kind, name), members);
            if !scan.take(':') {
                return Ok(());
            }
        }
    }

    fn defaults(&mut self, scan: &mut Scan, place: &Place) -> Result<(), Refused> {
        let mut scope = String::new();
        if let Some(mark @ (':' | '@' | '!' | '>')) = scan.peek() {
            scan.bump();
            let members = match mark {
                '!' => scan.commands_of_defaults()?,
                '@' => scan.members(Kind::Host)?,
                _ => scan.members(Kind::User)?,
            };
            scope = format!("{mark}{}", members.iter().map(written).collect::<Vec<_>>().join(","));
        }
        loop {
            let mut negated = false;
            while scan.take('!') {
                negated = !negated;
            }
            let name = scan.word(&['=', '+', '-', ',', '!'])?;
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                return Err(Refused);
            }
            let op = if scan.take('=') {
                "="
            } else if scan.take('+') {
                "+="
            } else if scan.take('-') {
                "-="
            } else {
                ""
            };
            if op.len() == 2 && !scan.take_now('=') {
                return Err(Refused);
            }
            let value = if op.is_empty() { (!negated).to_string() } else { scan.word(&[','])? };
            if negated && !op.is_empty() {
                return Err(Refused);
            }
            if scope.is_empty() {
                apply(&mut self.out.effective, &name, op, &value);
                self.longest = self.longest.max(self.out.effective.get(&name).map_or(0, String::len));
            }
            self.out.defaults.push(SudoDefault {
                scope: scope.clone(),
                name,
                op: op.to_owned(),
                value,
                file: place.file.clone(),
                line: place.line,
            });
            if !scan.take(',') {
                return Ok(());
            }
        }
    }

    fn user_spec(&mut self, scan: &mut Scan, place: &Place) -> Result<(), Refused> {
        let users = scan.members(Kind::User)?;
        let mut raw = Vec::new();
        loop {
            let hosts = scan.members(Kind::Host)?;
            if !scan.take('=') {
                return Err(Refused);
            }
            let mut spec = Spec::default();
            let mut commands: Vec<Member> = Vec::new();
            loop {
                let before = spec.clone();
                scan.spec(&mut spec)?;
                self.members += 1;
                if self.members > MEMBERS_MAX {
                    return Err(Refused);
                }
                if spec != before && !commands.is_empty() {
                    self.members += users.len() + hosts.len();
                    let (users, hosts, place) = (users.clone(), hosts.clone(), place.clone());
                    raw.push(Raw { users, hosts, spec: before, commands: std::mem::take(&mut commands), place });
                }
                commands.push(scan.command()?);
                if !scan.take(',') {
                    break;
                }
            }
            self.members += users.len() + hosts.len();
            raw.push(Raw { users: users.clone(), hosts, spec, commands, place: place.clone() });
            if !scan.take(':') {
                break;
            }
        }
        self.raw.append(&mut raw);
        Ok(())
    }

    /// Expands the aliases, which may be defined after their use.
    ///
    /// # Errors
    /// [`ReadError::TooMany`] where the rules have more than 200,000 members.
    fn finish(mut self, path: &str) -> Result<Sudoers, ReadError> {
        let mut budget = MEMBERS_MAX;
        let default = self.out.effective.get("runas_default").cloned().unwrap_or_else(|| "root".into());
        for raw in std::mem::take(&mut self.raw) {
            let mut whole = true;
            let mut list = |kind: Kind, members: &[Member]| {
                let mut out = Vec::new();
                let mut names = Vec::new();
                whole &= expand(&self.aliases, kind, members, false, &mut names, &mut budget, &mut out);
                let mut seen = std::collections::BTreeSet::new();
                out.retain(|member| seen.insert(member.clone()));
                out
            };
            let rule = SudoRule {
                users: list(Kind::User, &raw.users),
                hosts: list(Kind::Host, &raw.hosts),
                run_as: match &raw.spec.run_as {
                    Some(members) => list(Kind::Runas, members),
                    None => vec![default.clone()],
                },
                run_as_groups: list(Kind::Runas, &raw.spec.run_as_groups),
                commands: list(Kind::Command, &raw.commands),
                tags: raw.spec.tags,
                options: raw.spec.options,
                file: raw.place.file.clone(),
                line: raw.place.line,
            };
            bounded(usize::from(budget == 0) + MEMBERS_MAX, MEMBERS_MAX, path)?;
            if !whole {
                note(&mut self.out.malformed, &raw.place.file, raw.place.line);
            }
            self.out.rules.push(rule);
        }
        Ok(self.out)
    }
}

/// Adds the members with aliases replaced; a negated alias negates its members. False where a cycle or a limit left an
/// alias as it was.
fn expand(
    aliases: &BTreeMap<(Kind, String), Vec<Member>>,
    kind: Kind,
    members: &[Member],
    negated: bool,
    names: &mut Vec<String>,
    budget: &mut usize,
    out: &mut Vec<String>,
) -> bool {
    let mut whole = true;
    for (own, name) in members {
        if *budget == 0 {
            return false;
        }
        let negated = negated != *own;
        let alias = if is_alias(name) { aliases.get(&(kind, name.clone())) } else { None };
        let cycle = names.contains(name) || names.len() >= NESTING_MAX;
        match alias {
            Some(members) if !cycle => {
                *budget -= 1;
                names.push(name.clone());
                whole &= expand(aliases, kind, members, negated, names, budget, out);
                names.pop();
            }
            found => {
                whole &= found.is_none();
                *budget = budget.saturating_sub(1);
                out.push(written(&(negated, name.clone())));
            }
        }
    }
    whole
}

fn written((negated, name): &Member) -> String {
    format!("{}{name}", if *negated { "!" } else { "" })
}

/// Upper-case letters, digits and underscores, a letter first.
fn is_alias(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

/// A global default after the ones before it.
fn apply(effective: &mut BTreeMap<String, String>, name: &str, op: &str, value: &str) {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let old = match effective.get(name).map(String::as_str) {
        None | Some("true" | "false") => Vec::new(),
        Some(text) => words(text),
    };
    let new = match op {
        "+=" => {
            let mut list = old;
            list.extend(words(value));
            let mut seen = std::collections::BTreeSet::new();
            list.retain(|word| seen.insert(word.clone()));
            list.join(" ")
        }
        "-=" => {
            let less = words(value);
            old.into_iter().filter(|word| !less.contains(word)).collect::<Vec<_>>().join(" ")
        }
        _ => value.to_owned(),
    };
    effective.insert(name.to_owned(), new);
}

/// Characters with the line they stand on. A backslash before the line's end is no character.
struct Scan {
    chars: Vec<char>,
    at: usize,
    line: u32,
}

impl Scan {
    /// Characters of a continuation at `at`: a backslash, blanks, the line's end.
    fn continuation(&self, at: usize) -> Option<usize> {
        if self.chars.get(at) != Some(&'\\') {
            return None;
        }
        let mut end = at + 1;
        while matches!(self.chars.get(end), Some(' ' | '\t' | '\r')) {
            end += 1;
        }
        (self.chars.get(end) == Some(&'\n')).then_some(end + 1 - at)
    }

    fn peek(&mut self) -> Option<char> {
        while let Some(length) = self.continuation(self.at) {
            self.at += length;
            self.line += 1;
        }
        self.chars.get(self.at).copied()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\r')) {
            self.bump();
        }
    }

    /// Goes to the next statement; false at the end of the text.
    fn start(&mut self) -> bool {
        loop {
            while self.peek().is_some_and(char::is_whitespace) {
                self.bump();
            }
            match self.peek() {
                None => return false,
                Some('#') if !self.is_directive() => self.comment(),
                Some(_) => return true,
            }
        }
    }

    /// Whether the `#` here starts an include or a user id rather than a comment.
    fn is_directive(&self) -> bool {
        let rest = |n: usize| self.chars.get(self.at + n).copied();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(rest(1)) || (rest(1) == Some('-') && digit(rest(2))) {
            return true;
        }
        ["#includedir", "#include"].iter().any(|word| {
            word.chars().enumerate().all(|(n, c)| rest(n) == Some(c))
                && matches!(rest(word.len()), Some(' ' | '\t' | '"'))
        })
    }

    /// A comment ends with its physical line: a backslash at its end continues nothing.
    fn comment(&mut self) {
        while let Some(c) = self.chars.get(self.at) {
            if *c == '\n' {
                return;
            }
            self.at += 1;
        }
    }

    /// The statement ends here.
    fn end(&mut self) -> bool {
        self.blanks();
        match self.peek() {
            None | Some('\n') => true,
            Some('#') => {
                self.comment();
                true
            }
            _ => false,
        }
    }

    fn skip_line(&mut self) {
        while let Some(c) = self.peek() {
            if c == '\n' {
                return;
            }
            self.bump();
        }
    }

    /// Takes a character, blanks before it skipped.
    fn take(&mut self, wanted: char) -> bool {
        self.blanks();
        self.take_now(wanted)
    }

    fn take_now(&mut self, wanted: char) -> bool {
        let hit = self.peek() == Some(wanted);
        if hit {
            self.bump();
        }
        hit
    }

    /// Takes `word` where one of `next` follows it.
    fn take_keyword(&mut self, word: &str, next: &[char]) -> bool {
        self.peek();
        let length = word.chars().count();
        let hit = word.chars().enumerate().all(|(n, c)| self.chars.get(self.at + n) == Some(&c));
        let bounded = match self.chars.get(self.at + length) {
            Some(c) => next.contains(c) || self.continuation(self.at + length).is_some(),
            None => false,
        };
        if hit && bounded {
            self.at += length;
        }
        hit && bounded
    }

    /// A word up to a blank or one of `stop`; quotes and backslashes are taken off.
    fn word(&mut self, stop: &[char]) -> Result<String, Refused> {
        self.blanks();
        let mut out = String::new();
        let mut any = false;
        while let Some(c) = self.peek() {
            match c {
                '\n' => break,
                c if c.is_whitespace() || stop.contains(&c) => break,
                '"' => {
                    self.bump();
                    self.quoted(&mut out)?;
                }
                '\\' => {
                    self.bump();
                    match self.peek() {
                        None | Some('\n') => return Err(Refused),
                        Some(c) => {
                            self.bump();
                            out.push(c);
                        }
                    }
                }
                '#' if any => break,
                c => {
                    self.bump();
                    out.push(c);
                }
            }
            any = true;
        }
        Ok(out)
    }

    fn quoted(&mut self, out: &mut String) -> Result<(), Refused> {
        loop {
            // The line's end is left for whoever skips the line.
            let c = self.peek().filter(|c| *c != '\n').ok_or(Refused)?;
            self.bump();
            match c {
                '"' => return Ok(()),
                '\\' => {
                    let next = self.peek().filter(|c| *c != '\n').ok_or(Refused)?;
                    self.bump();
                    if !matches!(next, '"' | '\\') {
                        out.push('\\');
                    }
                    out.push(next);
                }
                c => out.push(c),
            }
        }
    }

    /// Users, groups, hosts, networks: members with commas between.
    fn members(&mut self, kind: Kind) -> Result<Vec<Member>, Refused> {
        let mut out = Vec::new();
        loop {
            let negated = self.negations();
            let name = self.member(kind)?;
            if name.is_empty() {
                return Err(Refused);
            }
            out.push((negated, name));
            if !self.take(',') {
                return Ok(out);
            }
        }
    }

    fn negations(&mut self) -> bool {
        let mut negated = false;
        while self.take('!') {
            negated = !negated;
        }
        self.blanks();
        negated
    }

    fn member(&mut self, kind: Kind) -> Result<String, Refused> {
        if kind == Kind::Host
            && let Some(address) = self.ipv6()
        {
            return Ok(address);
        }
        let mut out = String::new();
        // `%:name` and `%:#id` are groups of another source than `/etc/group`.
        if kind != Kind::Host && self.peek() == Some('%') {
            self.bump();
            out.push('%');
            if self.take_now(':') {
                out.push(':');
            }
        }
        if self.peek() == Some('#') && !self.chars.get(self.at + 1).is_some_and(|c| c.is_ascii_digit() || *c == '-') {
            return Err(Refused);
        }
        out.push_str(&self.word(&[',', ':', '=', '(', ')', '!'])?);
        Ok(out)
    }

    /// An IPv6 address or network here: at least two colons among hexadecimal digits.
    fn ipv6(&mut self) -> Option<String> {
        self.peek();
        let tail = self.chars.get(self.at..)?;
        let part = |c: &&char| c.is_ascii_hexdigit() || matches!(c, ':' | '.' | '/');
        let text: String = tail.iter().take_while(part).take(64).collect();
        let address = text.split('/').next().unwrap_or_default();
        if address.parse::<std::net::Ipv6Addr>().is_err() {
            return None;
        }
        self.at += text.chars().count();
        Some(text)
    }

    /// `(users : groups)`, options and tags before a command.
    fn spec(&mut self, spec: &mut Spec) -> Result<(), Refused> {
        if self.take('(') {
            spec.run_as_groups = Vec::new();
            let mut users = Vec::new();
            self.blanks();
            if !matches!(self.peek(), Some(':' | ')')) {
                users = self.members(Kind::Runas)?;
            }
            if self.take(':') {
                self.blanks();
                if self.peek() != Some(')') {
                    spec.run_as_groups = self.members(Kind::Runas)?;
                }
            }
            if !self.take(')') {
                return Err(Refused);
            }
            spec.run_as = Some(users);
        }
        loop {
            self.blanks();
            let (at, line) = (self.at, self.line);
            let mut name = String::new();
            while let Some(c) = self.peek().filter(|c| c.is_ascii_uppercase() || *c == '_') {
                self.bump();
                name.push(c);
            }
            if TAGS.contains(&name.as_str()) && self.take(':') {
                let opposite = name.strip_prefix("NO").map_or_else(|| format!("NO{name}"), str::to_owned);
                spec.tags.retain(|tag| *tag != opposite && *tag != name);
                spec.tags.push(name);
                spec.tags.sort();
            } else if OPTIONS.contains(&name.as_str()) && self.take('=') {
                let value = self.word(&[',', ':'])?;
                spec.options.retain(|option| option.split('=').next() != Some(name.as_str()));
                spec.options.push(format!("{name}={value}"));
                spec.options.sort();
            } else {
                (self.at, self.line) = (at, line);
                return Ok(());
            }
        }
    }

    fn commands(&mut self) -> Result<Vec<Member>, Refused> {
        let mut out = Vec::new();
        loop {
            out.push(self.command()?);
            if !self.take(',') {
                return Ok(out);
            }
        }
    }

    /// Commands that a `Defaults!` line is for: they take no arguments.
    fn commands_of_defaults(&mut self) -> Result<Vec<Member>, Refused> {
        let mut out = Vec::new();
        loop {
            let negated = self.negations();
            out.push((negated, self.word(&[','])?));
            if !self.take(',') {
                return Ok(out);
            }
        }
    }

    /// One command with its arguments; digests before it are left out.
    fn command(&mut self) -> Result<Member, Refused> {
        while self.digest()? {
            // Several digests stand before one command.
            self.take(',');
        }
        let negated = self.negations();
        while self.digest()? {
            self.take(',');
        }
        self.blanks();
        let mut out = self.command_word(&['='])?;
        // Anything else is no command to sudo; taking it for one would give a rule that does not exist.
        if !(out.starts_with(['/', '^']) || is_alias(&out) || matches!(out.as_str(), "sudoedit" | "list")) {
            return Err(Refused);
        }
        loop {
            self.blanks();
            let word = self.command_word(&[])?;
            if word.is_empty() {
                break;
            }
            if out == "ALL" || is_alias(&out) {
                return Err(Refused);
            }
            out.push(' ');
            out.push_str(&word);
        }
        Ok((negated, out))
    }

    /// `sha256 : digest` (hexadecimal or base64).
    fn digest(&mut self) -> Result<bool, Refused> {
        self.blanks();
        let (at, line) = (self.at, self.line);
        for name in ["sha224", "sha256", "sha384", "sha512"] {
            if self.take_keyword(name, &[' ', '\t', ':']) {
                if !self.take(':') {
                    (self.at, self.line) = (at, line);
                    return Ok(false);
                }
                self.blanks();
                let mut length = 0;
                while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')) {
                    self.bump();
                    length += 1;
                }
                return if length > 0 { Ok(true) } else { Err(Refused) };
            }
        }
        Ok(false)
    }

    /// A word of a command: a path, a pattern, an argument, a regular expression from `^` to `$`.
    fn command_word(&mut self, stop: &[char]) -> Result<String, Refused> {
        let mut out = String::new();
        let regex = self.peek() == Some('^');
        while let Some(c) = self.peek() {
            match c {
                '\\' => {
                    self.bump();
                    match self.peek() {
                        None | Some('\n') => return Err(Refused),
                        Some(c @ (':' | ',' | '=' | ' ' | '\t' | '#')) if !regex => {
                            self.bump();
                            out.push(c);
                        }
                        Some(c) => {
                            self.bump();
                            out.extend(['\\', c]);
                        }
                    }
                }
                '\n' => break,
                '$' if regex => {
                    self.bump();
                    out.push('$');
                    if self.peek().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ':' | '=')) {
                        break;
                    }
                }
                c if regex => {
                    self.bump();
                    out.push(c);
                }
                c if c.is_whitespace() || matches!(c, ',' | ':' | '#') || stop.contains(&c) => break,
                c => {
                    self.bump();
                    out.push(c);
                }
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn files(files: &[(&str, &str)]) -> Sudoers {
        let mut read = |include: &Include| {
            let prefix = format!("{}/", include.path.trim_end_matches('/'));
            let hit = |path: &str| if include.directory { path.starts_with(&prefix) } else { path == include.path };
            let found: Vec<_> = files
                .iter()
                .filter(|(path, _)| hit(path))
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect();
            Ok((include.directory || !found.is_empty()).then_some(found))
        };
        parse(files[0].0, files[0].1, &mut read).unwrap()
    }

    fn one(text: &str) -> Sudoers {
        files(&[("/etc/sudoers", text)])
    }

    /// `users hosts=(run as:groups) [tags] commands`, one a rule.
    fn rules(got: &Sudoers) -> Vec<String> {
        let rule = |r: &SudoRule| {
            let groups =
                if r.run_as_groups.is_empty() { String::new() } else { format!(":{}", r.run_as_groups.join(",")) };
            let words: Vec<_> = r.options.iter().chain(&r.tags).cloned().collect();
            let words = if words.is_empty() { String::new() } else { format!("[{}] ", words.join(" ")) };
            format!(
                "{} {}=({}{groups}) {words}{}",
                r.users.join(","),
                r.hosts.join(","),
                r.run_as.join(","),
                r.commands.join(",")
            )
        };
        got.rules.iter().map(rule).collect()
    }

    #[test]
    fn user_specifications() {
        for (text, want, why) in [
            ("root ALL=(ALL:ALL) ALL", &["root ALL=(ALL:ALL) ALL"][..], "as shipped"),
            ("%sudo\tALL = ( ALL : ALL ) NOPASSWD : ALL\n", &["%sudo ALL=(ALL:ALL) [NOPASSWD] ALL"], "blanks anywhere"),
            ("a h=/bin/ls", &["a h=(root) /bin/ls"], "root where no target is given"),
            ("a,b , c h1,h2=/bin/ls -l *, /bin/cat /x", &["a,b,c h1,h2=(root) /bin/ls -l *,/bin/cat /x"], "lists"),
            (
                "a h=(op) /bin/1, NOPASSWD: /bin/2, /bin/3, PASSWD: SETENV: (root) /bin/4",
                &[],
                "a target after a tag is refused",
            ),
            (
                "a h=(op) /bin/1, (root) NOPASSWD: /bin/2, /bin/3, PASSWD: SETENV: /bin/4",
                &["a h=(op) /bin/1", "a h=(root) [NOPASSWD] /bin/2,/bin/3", "a h=(root) [PASSWD SETENV] /bin/4"],
                "targets and tags go on",
            ),
            (
                "a h1=/bin/1 : h2=NOEXEC: /bin/2",
                &["a h1=(root) /bin/1", "a h2=(root) [NOEXEC] /bin/2"],
                "several hosts",
            ),
            ("#1000 ALL=(#0) ALL", &["#1000 ALL=(#0) ALL"], "a user id is no comment"),
            ("# 1000 ALL=(#0) ALL", &[], "a comment"),
            ("a ALL=(:lp) /bin/x", &["a ALL=(:lp) /bin/x"], "only the group changes"),
            ("a ALL=() /bin/x", &["a ALL=() /bin/x"], "the user's own id"),
            ("!a,!!b ALL=(ALL,!root) ALL,!/bin/su", &["!a,b ALL=(ALL,!root) ALL,!/bin/su"], "negations"),
            ("\"a b\",%\"c d\",\"%e f\" ALL=ALL", &["a b,%c d,%e f ALL=(root) ALL"], "quotes"),
            (r"a\ b,x\,y ALL=/bin/q\:r\,s \=t", &["a b,x,y ALL=(root) /bin/q:r,s =t"], "protected characters"),
            ("%:n,%:#5,+net,%#7 ALL=ALL", &["%:n,%:#5,+net,%#7 ALL=(root) ALL"], "groups of every kind"),
            ("a fe80::1/64,10.0.0.0/8,::1=ALL", &["a fe80::1/64,10.0.0.0/8,::1=(root) ALL"], "networks"),
            ("a ALL=ALL # x, y", &["a ALL=(root) ALL"], "a comment behind"),
            (
                "a ALL=\\\n  ALL, \\  \n  !/bin/su\nb ALL=ALL",
                &["a ALL=(root) ALL,!/bin/su", "b ALL=(root) ALL"],
                "continued",
            ),
            ("# a \\\nb ALL=ALL", &["b ALL=(root) ALL"], "a comment is not continued"),
            ("a ALL=sha256:0aF=,sha512 : x/+ /bin/ls -l", &["a ALL=(root) /bin/ls -l"], "digests"),
            (
                "a ALL=ROLE=r TYPE=\"t u\" CWD=/ NOPASSWD:/x",
                &["a ALL=(root) [CWD=/ ROLE=r TYPE=t u NOPASSWD] /x"],
                "options",
            ),
            ("a ALL=/bin/x \"\"", &["a ALL=(root) /bin/x \"\""], "no argument allowed"),
            (
                "a ALL=^/bin/(a,b)$ ^-[ab:]+$, sudoedit /x",
                &["a ALL=(root) ^/bin/(a,b)$ ^-[ab:]+$,sudoedit /x"],
                "regular expressions",
            ),
            (r"a ALL=/bin/x \*.c", &[r"a ALL=(root) /bin/x \*.c"], "a protected pattern stays"),
            ("a ALL=/bin/x --a=b", &["a ALL=(root) /bin/x --a=b"], "an equals sign in an argument"),
            ("Defaultsx ALL=ALL", &["Defaultsx ALL=(root) ALL"], "a name that starts like a keyword"),
            ("\r\na ALL=ALL\r\n", &["a ALL=(root) ALL"], "carriage returns"),
        ] {
            assert_eq!(rules(&one(text)), want, "{text}: {why}");
        }
    }

    #[test]
    fn what_sudo_refuses_is_malformed_and_the_rest_goes_on() {
        for (text, why) in [
            ("a", "no host"),
            ("a ALL", "no command"),
            ("a ALL=", "no command"),
            ("a ALL=(root ALL", "an open parenthesis"),
            ("a ALL=ALL x", "ALL takes no argument"),
            ("a ALL=ls", "a command without its directory"),
            ("\"a ALL=ALL", "an open quote"),
            ("Defaults a b", "two settings without a comma"),
            ("Defaults !x=y", "a negated value"),
            ("User_Alias a = b", "an alias in lower case"),
            ("User_Alias A = b\nUser_Alias A = c", "an alias twice"),
            ("@include /none", "a file that does not exist"),
            ("@include sudoers", "a loop"),
            ("User_Alias A = B\nUser_Alias B = A\nA ALL=ALL", "a cycle"),
        ] {
            let got = one(&format!("{text}\nok ALL=ALL\n"));
            assert_eq!(got.malformed.len(), 1, "{text}: {why}");
            assert_eq!(rules(&got).last().map(String::as_str), Some("ok ALL=(root) ALL"), "{text}: {why}");
        }
    }

    #[test]
    fn aliases_are_expanded() {
        let got = one("OPS, !EX H=(R) NOPASSWD: C, !D\n\
             User_Alias OPS = a, %b, IN : EX = c, !d\nUser_Alias IN = e\nHost_Alias H = h1, !h2\n\
             Runas_Alias R = root, www\nCmnd_Alias C = /bin/1 x, D\nCmnd_Alias D = sha224:aa /bin/2, \\\n /bin/3\n");
        assert_eq!(rules(&got), ["a,%b,e,!c,d h1,!h2=(root,www) [NOPASSWD] /bin/1 x,/bin/2,/bin/3,!/bin/2,!/bin/3"]);
        assert!(got.malformed.is_empty());
    }

    #[test]
    fn aliases_cannot_fill_the_memory() {
        let mut text = "User_Alias A0 = a, b, c, d, e, f, g, h, i, j\n".to_owned();
        for i in 1..40 {
            let last = format!("!A{}", i - 1);
            text.push_str(&format!("User_Alias A{i} = {}\n", vec![last; 10].join(",")));
        }
        text.push_str("A39 ALL=ALL\n");
        let got = parse(MAIN, &text, &mut |_| Ok(None));
        assert_eq!(got.err(), Some(ReadError::TooMany { path: MAIN.into(), limit: MEMBERS_MAX }));
        let hosts = "h=ALL:".repeat(2_000);
        let users = "a,".repeat(2_000);
        let got = parse(MAIN, &format!("{users}a {hosts}h=ALL\n\nb ALL=ALL\n"), &mut |_| Ok(None));
        assert!(got.is_err(), "users times hosts");
        let long: String = (0..20_000).map(|i| format!("Defaults env_keep += A{i}\n")).collect();
        assert!(parse(MAIN, &long, &mut |_| Ok(None)).is_err(), "a setting without end");
    }

    #[test]
    fn defaults() {
        let got = one("Defaults env_reset, !lecture, timestamp_timeout = 5\nDefaults\tsecure_path=\"/a:/b\"\n\
             Defaults:alice,bob !authenticate\nDefaults@h log_year\nDefaults!/bin/su,/bin/x noexec\nDefaults>root !set_logname\n\
             Defaults env_keep=\"A B\"\nDefaults env_keep += \"C A\", env_keep -= B\nDefaults !env_reset\nDefaults logfile=/var/log/x\\,y\n\
             Defaults !requiretty # c\nDefaults badpass_message=\"a \\\"b\\\" c\"\nDefaults runas_default=op\nu ALL=ALL\n");
        assert!(got.malformed.is_empty(), "{:?}", got.malformed);
        let scoped: Vec<_> = got
            .defaults
            .iter()
            .filter(|d| !d.scope.is_empty())
            .map(|d| format!("{} {}{}{}", d.scope, d.name, d.op, d.value))
            .collect();
        assert_eq!(
            scoped,
            [":alice,bob authenticatefalse", "@h log_yeartrue", "!/bin/su,/bin/x noexectrue", ">root set_lognamefalse"]
        );
        let effective: Vec<_> = got.effective.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(
            effective,
            [
                "badpass_message=a \"b\" c",
                "env_keep=A C",
                "env_reset=false",
                "lecture=false",
                "logfile=/var/log/x,y",
                "requiretty=false",
                "runas_default=op",
                "secure_path=/a:/b",
                "timestamp_timeout=5",
            ]
        );
        assert_eq!(rules(&got), ["u ALL=(op) ALL"]);
    }

    #[test]
    fn includes() {
        let got = files(&[
            (
                "/etc/sudoers",
                "Defaults a\n#include other\n@includedir /etc/sudoers.d\n#includedir \"/etc/e\"\n#included x\n",
            ),
            ("/etc/other", "Defaults !a\n"),
            ("/etc/sudoers.d/x", "x ALL=ALL\n@include /etc/sudoers\n"),
            ("/etc/sudoers.d/y", "y ALL=ALL"),
        ]);
        assert_eq!(got.files, ["/etc/sudoers", "/etc/other", "/etc/sudoers.d/x", "/etc/sudoers.d/y"]);
        assert_eq!(got.effective["a"], "false");
        assert_eq!(rules(&got), ["x ALL=(root) ALL", "y ALL=(root) ALL"]);
        assert_eq!(got.malformed, [Place { file: "/etc/sudoers.d/x".into(), line: 2 }], "the loop");
    }

    #[test]
    fn a_root_with_a_directory() {
        let dir = tempfile::tempdir().unwrap();
        let host = || {
            let root = crate::root::Root::mounted(dir.path()).unwrap();
            Host::new(root)
        };
        std::fs::create_dir_all(dir.path().join("etc/sudoers.d/sub")).unwrap();
        assert!(!collect(&host()).unwrap().present);
        std::fs::write(dir.path().join("etc/sudoers"), "@includedir /etc/sudoers.d\n@include /etc/s-%h\n").unwrap();
        std::fs::write(dir.path().join("etc/hostname"), "box.example\n").unwrap();
        for name in ["sudoers.d/a", "sudoers.d/b.rpmnew", "sudoers.d/c~", "s-box"] {
            std::fs::write(dir.path().join("etc").join(name), format!("{} ALL=ALL\n", &name[name.len() - 1..]))
                .unwrap();
        }
        let got = collect(&host()).unwrap();
        assert_eq!(got.files, ["/etc/sudoers", "/etc/sudoers.d/a", "/etc/s-box"]);
        std::fs::remove_file(dir.path().join("etc/sudoers.d/a")).unwrap();
        std::fs::create_dir(dir.path().join("etc/x")).unwrap();
        std::os::unix::fs::symlink("a", dir.path().join("etc/sudoers.d/a")).unwrap();
        assert!(collect(&host()).is_err(), "a loop of links is an error, not an absence");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,300}") { one(&text); }

        #[test]
        fn shaped_lines(text in "((Defaults|User_Alias|Cmnd_Alias|@include|#|a|ALL|[!%#\"(),:=\\\\ \n^$A-C/]){0,12}\n){0,10}") {
            one(&text);
        }
    }
}
