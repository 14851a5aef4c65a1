use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
    reader::note,
};

/// `passwd(5)`, `group(5)`, `shadow(5)`, `gshadow(5)`: who may be somebody here. Never a hash.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Accounts {
    /// Every line of `passwd`, in order.
    pub(crate) users: Vec<User>,
    /// Every line of `group`, in order.
    pub(crate) groups: Vec<Group>,
    /// Lines of any of the four files that could not be understood (place only, never the text).
    pub(crate) malformed: Vec<Place>,
    /// Users with a line in `shadow` but none in `passwd`.
    pub(crate) shadow_only: Vec<String>,
    /// Whether NIS `+` entries stand in `passwd`, `shadow` or `group`.
    pub(crate) nis_entries: bool,
}

/// One user.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct User {
    /// Login name.
    pub(crate) name: String,
    /// User id.
    pub(crate) uid: u32,
    /// Primary group id.
    pub(crate) gid: u32,
    /// Primary group's name; null where no such group exists.
    pub(crate) group: Option<String>,
    /// Supplementary groups, sorted.
    pub(crate) groups: Vec<String>,
    /// Home directory.
    pub(crate) home: String,
    /// Login shell; empty means `/bin/sh`.
    pub(crate) shell: String,
    /// Whether the shell is one that lets a person in: not `nologin`, `false`, `sync`, `shutdown`, `halt`.
    pub(crate) login_shell: bool,
    /// `set` (a hash), `empty` (no password needed), `locked` (`!` or `*` or no usable hash), `not_shadowed` (the hash
    /// stands in `passwd`), `none` (no line in `shadow`).
    pub(crate) password: String,
    /// Hash algorithm of a set (or locked but kept) password: `yescrypt`, `sha512`, `sha256`, `bcrypt`, `md5`, `des`,
    /// `scrypt`, `other`; null where there is none.
    pub(crate) algorithm: Option<String>,
    /// Day of the last change since 1970-01-01; null where unknown.
    pub(crate) last_change_day: Option<i64>,
    /// Least days between changes.
    pub(crate) min_days: Option<i64>,
    /// Most days a password stays valid.
    pub(crate) max_days: Option<i64>,
    /// Days of warning before expiry.
    pub(crate) warn_days: Option<i64>,
    /// Days after expiry until the account is disabled.
    pub(crate) inactive_days: Option<i64>,
    /// Day on which the account ends since 1970-01-01.
    pub(crate) expire_day: Option<i64>,
}

/// One group.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Group {
    /// Name.
    pub(crate) name: String,
    /// Group id.
    pub(crate) gid: u32,
    /// Members by `group`, sorted (users with it as their primary group are not named).
    pub(crate) members: Vec<String>,
    /// Whether a group password is set.
    pub(crate) password_set: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "accounts",
    live_only: false,
    shape: crate::def::shape_of::<Accounts>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Reads the four files.
pub(crate) fn collect(host: &Host) -> Result<Accounts, Missing> {
    let text = |path: &str| host.root.read_text(path).map(Option::unwrap_or_default);
    Ok(parse(&text(PASSWD)?, &text(GROUP)?, &text(SHADOW)?, &text(GSHADOW)?))
}

const PASSWD: &str = "/etc/passwd";
const GROUP: &str = "/etc/group";
const SHADOW: &str = "/etc/shadow";
const GSHADOW: &str = "/etc/gshadow";

/// One well-formed line of `passwd(5)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PasswdLine<'a> {
    pub(crate) name: &'a str,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) home: &'a str,
    pub(crate) shell: &'a str,
    password: &'a str,
}

/// One well-formed line of `group(5)`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct GroupLine<'a> {
    name: &'a str,
    gid: u32,
    /// Sorted, each once.
    members: Vec<&'a str>,
    password: &'a str,
}

/// What is not a plain entry.
#[derive(Debug, Default)]
struct Odd {
    malformed: Vec<Place>,
    nis: bool,
}

/// Entries of a file of the family, as the C library reads them: blank lines and comments are left out, NIS entries noted.
fn entries<'a>(text: &'a str, file: &str, odd: &mut Odd) -> Vec<(u32, Vec<&'a str>)> {
    let mut out = Vec::new();
    for (number, line) in (1u32..).zip(text.lines()) {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with(['+', '-']) {
            odd.nis |= line.starts_with('+');
            if line.starts_with('-') {
                note(&mut odd.malformed, file, number);
            }
            continue;
        }
        out.push((number, line.split(':').collect()));
    }
    out
}

/// Users of `passwd(5)`: the well-formed lines, in order.
pub(crate) fn passwd(text: &str) -> Vec<PasswdLine<'_>> {
    passwd_lines(text, &mut Odd::default())
}

fn passwd_lines<'a>(text: &'a str, odd: &mut Odd) -> Vec<PasswdLine<'a>> {
    let mut out = Vec::new();
    for (number, fields) in entries(text, PASSWD, odd) {
        let line = match fields.as_slice() {
            [name, password, uid, gid, _, home, shell] if !name.is_empty() => match (uid.parse(), gid.parse()) {
                (Ok(uid), Ok(gid)) => Some(PasswdLine { name, password, uid, gid, home, shell: shell.trim_end() }),
                _ => None,
            },
            _ => None,
        };
        match line {
            Some(line) => out.push(line),
            None => note(&mut odd.malformed, PASSWD, number),
        }
    }
    out
}

/// Groups of `group(5)`: the well-formed lines, in order.
fn group_lines<'a>(text: &'a str, odd: &mut Odd) -> Vec<GroupLine<'a>> {
    let mut out = Vec::new();
    for (number, fields) in entries(text, GROUP, odd) {
        match fields.as_slice() {
            [name, password, gid, members] if !name.is_empty() && gid.parse::<u32>().is_ok() => {
                let mut members: Vec<_> = members.split(',').map(str::trim).filter(|m| !m.is_empty()).collect();
                members.sort_unstable();
                members.dedup();
                out.push(GroupLine { name, password, gid: gid.parse().unwrap_or_default(), members });
            }
            _ => note(&mut odd.malformed, GROUP, number),
        }
    }
    out
}

/// Joins the four files.
fn parse(passwd: &str, group: &str, shadow: &str, gshadow: &str) -> Accounts {
    let mut odd = Odd::default();
    let users = passwd_lines(passwd, &mut odd);
    let groups = group_lines(group, &mut odd);
    let mut ageing: BTreeMap<&str, User> = BTreeMap::new();
    for (number, fields) in entries(shadow, SHADOW, &mut odd) {
        let Some((name, user, whole)) = shadow_line(&fields) else {
            note(&mut odd.malformed, SHADOW, number);
            continue;
        };
        if !whole {
            note(&mut odd.malformed, SHADOW, number);
        }
        // The first line of a name is the one that the C library finds.
        ageing.entry(name).or_insert(user);
    }
    let mut group_passwords: BTreeMap<&str, bool> = BTreeMap::new();
    for (number, fields) in entries(gshadow, GSHADOW, &mut odd) {
        match fields.as_slice() {
            [name, password, _, _] if !name.is_empty() => {
                group_passwords.entry(name).or_insert_with(|| is_usable(password));
            }
            _ => note(&mut odd.malformed, GSHADOW, number),
        }
    }
    let names: BTreeSet<&str> = users.iter().map(|user| user.name).collect();
    let shadow_only = ageing.keys().filter(|name| !names.contains(*name)).map(|name| (*name).to_owned()).collect();
    let mut index = Index::default();
    for line in &groups {
        index.names.entry(line.gid).or_insert(line.name);
        for member in &line.members {
            index.of_member.entry(member).or_default().insert(line.name);
        }
    }
    Accounts {
        users: users.iter().map(|line| user(line, &index, &ageing)).collect(),
        groups: groups
            .iter()
            .map(|line| Group {
                name: line.name.to_owned(),
                gid: line.gid,
                members: line.members.iter().map(|m| (*m).to_owned()).collect(),
                password_set: match line.password {
                    "x" => group_passwords.get(line.name).copied().unwrap_or(false),
                    password => is_usable(password),
                },
            })
            .collect(),
        malformed: odd.malformed,
        shadow_only,
        nis_entries: odd.nis,
    }
}

/// Groups by what is asked of them.
#[derive(Default)]
struct Index<'a> {
    /// The first group of an id.
    names: BTreeMap<u32, &'a str>,
    of_member: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

fn user(line: &PasswdLine<'_>, index: &Index<'_>, ageing: &BTreeMap<&str, User>) -> User {
    let supplementary = index.of_member.get(line.name).into_iter().flatten().map(|group| (*group).to_owned()).collect();
    let shadow = ageing.get(line.name);
    let days = |pick: fn(&User) -> Option<i64>| shadow.and_then(pick);
    let (password, algorithm) = match line.password {
        "x" => shadow.map_or_else(|| ("none".to_owned(), None), |s| (s.password.clone(), s.algorithm.clone())),
        direct => match password_state(direct) {
            ("set", algorithm) => ("not_shadowed".to_owned(), algorithm.map(str::to_owned)),
            (state, algorithm) => (state.to_owned(), algorithm.map(str::to_owned)),
        },
    };
    User {
        name: line.name.to_owned(),
        uid: line.uid,
        gid: line.gid,
        group: index.names.get(&line.gid).map(|name| (*name).to_owned()),
        groups: supplementary,
        home: line.home.to_owned(),
        shell: line.shell.to_owned(),
        login_shell: is_login_shell(line.shell),
        password,
        algorithm,
        last_change_day: days(|s| s.last_change_day),
        min_days: days(|s| s.min_days),
        max_days: days(|s| s.max_days),
        warn_days: days(|s| s.warn_days),
        inactive_days: days(|s| s.inactive_days),
        expire_day: days(|s| s.expire_day),
    }
}

/// Reads a line of `shadow(5)` into the parts of [`User`] that come from it; whether every field is as the page says.
fn shadow_line<'a>(fields: &[&'a str]) -> Option<(&'a str, User, bool)> {
    let [name, password, days @ ..] = fields else { return None };
    if name.is_empty() {
        return None;
    }
    let mut whole = days.len() == 7;
    let mut day = |index: usize| match days.get(index).map(|text| text.trim()) {
        None | Some("") => None,
        Some(text) => match text.parse::<i64>() {
            // The C library takes -1 as "not set".
            Ok(-1) => None,
            Ok(value) => Some(value),
            Err(_) => {
                whole = false;
                None
            }
        },
    };
    let (state, algorithm) = password_state(password);
    let user = User {
        password: state.to_owned(),
        algorithm: algorithm.map(str::to_owned),
        last_change_day: day(0),
        min_days: day(1),
        max_days: day(2),
        warn_days: day(3),
        inactive_days: day(4),
        expire_day: day(5),
        ..User::default()
    };
    Some((name, user, whole))
}

/// `empty`, `locked` or `set`, and the algorithm of a hash that is there, locked or not (`crypt(5)`).
fn password_state(text: &str) -> (&'static str, Option<&'static str>) {
    if text.is_empty() {
        return ("empty", None);
    }
    if let Some(rest) = text.strip_prefix('!') {
        return ("locked", algorithm(rest.trim_start_matches('!')));
    }
    match algorithm(text) {
        Some(name) => ("set", Some(name)),
        None => ("locked", None),
    }
}

/// Algorithm by a hash's prefix (`crypt(5)`); none where no password can ever give this text.
fn algorithm(hash: &str) -> Option<&'static str> {
    let salted = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/');
    for (prefix, name) in [
        ("$y$", "yescrypt"),
        ("$gy$", "other"),
        ("$7$", "scrypt"),
        ("$6$", "sha512"),
        ("$5$", "sha256"),
        ("$2", "bcrypt"),
        ("$1$", "md5"),
        ("$", "other"),
    ] {
        if hash.starts_with(prefix) {
            return Some(name);
        }
    }
    let (extended, body) = match hash.strip_prefix('_') {
        Some(body) => (true, body),
        None => (false, hash),
    };
    // 13 characters of traditional DES, more of bigcrypt, `_` and 19 of BSDi.
    let sized = if extended { body.len() == 19 } else { body.len() >= 13 };
    (sized && body.bytes().all(salted)).then_some("des")
}

/// Whether a group's password lets somebody in.
fn is_usable(password: &str) -> bool {
    !password.is_empty() && password_state(password).0 == "set"
}

/// Whether a shell lets a person in; empty means `/bin/sh`.
pub(crate) fn is_login_shell(shell: &str) -> bool {
    // Elsewhere anything may go by such a name.
    let (dir, name) = shell.rsplit_once('/').unwrap_or(("", shell));
    let system = matches!(dir, "/bin" | "/sbin" | "/usr/bin" | "/usr/sbin" | "/usr/local/bin" | "/usr/local/sbin");
    !system || !matches!(name, "nologin" | "false" | "sync" | "shutdown" | "halt")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn passwords_are_classed_without_their_hash() {
        for (text, want, why) in [
            ("", ("empty", None), "no password is asked"),
            ("*", ("locked", None), "no hash"),
            ("!", ("locked", None), "locked, no hash"),
            ("!!", ("locked", None), "never set, as RHEL writes"),
            ("!*", ("locked", None), "locked, no hash"),
            ("!$6$a$b", ("locked", Some("sha512")), "locked, its hash kept"),
            ("!!$y$j9T$a$b", ("locked", Some("yescrypt")), "locked twice"),
            ("$y$j9T$a$b", ("set", Some("yescrypt")), "yescrypt"),
            ("$7$a$b", ("set", Some("scrypt")), "scrypt"),
            ("$5$a$b", ("set", Some("sha256")), "SHA-256"),
            ("$2b$05$a", ("set", Some("bcrypt")), "bcrypt"),
            ("$1$a$b", ("set", Some("md5")), "MD5"),
            ("$sha1$40000$a$b", ("set", Some("other")), "an unknown prefix may still let in"),
            ("ab0123456789.", ("set", Some("des")), "traditional DES"),
            ("_0123456789012345678", ("set", Some("des")), "BSDi's DES"),
            ("NP", ("locked", None), "a word that no hash can be"),
            ("x", ("locked", None), "a word that no hash can be"),
        ] {
            assert_eq!(password_state(text), want, "{text}: {why}");
        }
    }

    #[test]
    fn four_files_are_joined() {
        let got = parse(
            "root:x:0:0:root:/root:/bin/bash\n\n# c\na:x:1000:1000::/home/a:\nold:$1$a$b:1001:7::/:/bin/false\n\
             nobody:*:65534:65534:::/usr/sbin/nologin\nghost:x:3:3::/:/bin/sh\nshort:x:1\nbad:x:-1:0::/:/bin/sh\n+::::::\n",
            "root:x:0:\nb:x:1000:root,a,a\nwheel:$6$a$b:10:a\nsudo:x:27: a\nbroken:x:1\n",
            "root:$y$j9T$a$b:19000:0:99999:7:::\na:!$6$a$b:19001:1:90:14:30:20000:\nlost:*:1:0:1:7:::\na::::::::\n\
             x:y\nbadday:*:zz:0:1:7:::\n",
            "root:*::\nsudo:$6$a$b::a\nb:!::\nbad\n",
        );
        let user = |name: &str| got.users.iter().find(|u| u.name == name).unwrap();
        assert_eq!(
            got.users.iter().map(|u| u.name.as_str()).collect::<Vec<_>>(),
            ["root", "a", "old", "nobody", "ghost"]
        );
        assert_eq!((user("root").password.as_str(), user("root").algorithm.as_deref()), ("set", Some("yescrypt")));
        assert_eq!(user("root").max_days, Some(99999));
        assert_eq!(user("root").inactive_days, None, "an empty field is not set");
        let a = user("a");
        assert_eq!((a.password.as_str(), a.algorithm.as_deref()), ("locked", Some("sha512")), "the first line counts");
        assert_eq!(
            (a.min_days, a.warn_days, a.inactive_days, a.expire_day),
            (Some(1), Some(14), Some(30), Some(20000))
        );
        assert_eq!(a.groups, ["b", "sudo", "wheel"], "sorted, each once");
        assert!(a.login_shell, "an empty shell is /bin/sh");
        assert_eq!((user("old").password.as_str(), user("old").algorithm.as_deref()), ("not_shadowed", Some("md5")));
        assert_eq!(user("old").group, None, "no such group");
        assert_eq!(user("nobody").password, "locked", "a star in passwd itself");
        assert_eq!(user("ghost").password, "none", "no line in shadow");
        assert!(got.nis_entries);
        assert_eq!(got.shadow_only, ["badday", "lost", "x"]);
        let set: Vec<_> = got.groups.iter().filter(|g| g.password_set).map(|g| g.name.as_str()).collect();
        assert_eq!(set, ["wheel", "sudo"], "in group itself, and in gshadow");
        let places: Vec<_> = got.malformed.iter().map(|p| (p.file.as_str(), p.line)).collect();
        assert_eq!(places, [(PASSWD, 8), (PASSWD, 9), (GROUP, 5), (SHADOW, 5), (SHADOW, 6), (GSHADOW, 4)]);
        let json = serde_json::to_string(&got).unwrap();
        assert!(!json.contains('$'), "no hash is kept: {json}");
    }

    #[test]
    fn shells() {
        for (shell, want, why) in [
            ("/bin/bash", true, "a shell"),
            ("", true, "/bin/sh"),
            ("/usr/sbin/nologin", false, "it says no"),
            ("/bin/false", false, "it ends at once"),
            ("/bin/sync", false, "it writes the disks and ends"),
            ("/tmp/nologin", true, "anything may go by that name"),
            ("nologin", true, "no path"),
        ] {
            assert_eq!(is_login_shell(shell), want, "{shell}: {why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(a in "(?s).{0,200}", b in "(?s).{0,200}") { parse(&a, &b, &a, &b); }

        #[test]
        fn no_hash_leaves(salt in "[a-z]{8}", hash in "[A-Za-z0-9]{43}") {
            let shadow = format!("a:$6${salt}${hash}:1:2:3:4:::\nb:x{hash}:bad:::\n");
            let got = serde_json::to_string(&parse("a:x:1:1::/:/bin/sh\n", "", &shadow, "")).unwrap();
            prop_assert!(!got.contains(&hash));
        }
    }
}
