use std::collections::{BTreeMap, BTreeSet};

use rustix::fs::FileType;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of, value_of},
    facet::{
        accounts::{self, User},
        files::{FileFacts, PathFacts},
        login_policy,
        sudoers::{self, SudoRule},
    },
    host::Host,
    line,
    part::sshd,
    place::Place,
    reader::{bounded, note},
    root::ReadError,
    ssh_key::{self, PublicKey},
};

/// A user's account, as in the host's `accounts`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UserAccount {
    /// User id.
    pub(crate) uid: u32,
    /// Login shell.
    pub(crate) shell: String,
    /// See `accounts`.
    pub(crate) login_shell: bool,
    /// Home directory.
    pub(crate) home: String,
    /// `UID_MIN <= uid <= UID_MAX` of login.defs: a person rather than a service.
    pub(crate) regular: bool,
    /// May become root by sudo or group membership (`sudo`, `wheel`, `admin`, `docker`, `lxd`,
    /// `incus-admin`, `disk`), or is uid 0.
    pub(crate) privileged: bool,
    /// See `accounts`.
    pub(crate) password: String,
}

/// A user's home directory and its dot files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UserHome {
    /// The home directory itself.
    pub(crate) directory: PathFacts,
    /// Dot files directly below it, with modes.
    pub(crate) dot_files: Vec<FileFacts>,
    /// `.rhosts`, `.shosts`, `.netrc`, `.forward` that exist, by name.
    pub(crate) risky_files: Vec<FileFacts>,
    /// `~/.ssh` directory; null where absent.
    pub(crate) ssh_directory: Option<PathFacts>,
    /// Files of keys that let somebody in as this user: those that `AuthorizedKeysFile` of sshd names.
    pub(crate) authorized_keys_files: Vec<FileFacts>,
    /// Keys in them: type, bits, options. Never the key itself.
    pub(crate) authorized_keys: Vec<AuthorizedKey>,
    /// Credential files of cloud and container tools that exist (`.aws/credentials`, `.docker/config.json`, `.kube/config` …), with modes.
    pub(crate) credential_files: Vec<FileFacts>,
    /// Lines of authorized keys that are none.
    pub(crate) malformed: Vec<Place>,
}

/// One authorised key.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct AuthorizedKey {
    /// `ssh-ed25519`, `ssh-rsa` …
    pub(crate) algorithm: String,
    /// Modulus bits of RSA or curve size; null where unknown.
    pub(crate) bits: Option<u32>,
    /// Options' names: `command`, `from`, `restrict` …
    pub(crate) options: Vec<String>,
    /// `SHA256:…` fingerprint.
    pub(crate) fingerprint: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: ChildDef = ChildDef {
    kind: "host.user",
    facets: &[
        FacetShape { name: "account", shape: shape_of::<UserAccount> },
        FacetShape { name: "home", shape: shape_of::<UserHome> },
    ],
    list,
};

fn list(host: &Host) -> Result<Vec<Child>, Missing> {
    let text = host.root.read_text("/etc/passwd")?.unwrap_or_default();
    let accounts = accounts::collect(host);
    let sudoers = sudoers::collect(host);
    let login_defs = host.root.read_text("/etc/login.defs").map(Option::unwrap_or_default);
    let context = (|| {
        let known = accounts.as_ref().map_err(Missing::clone)?;
        let rules = &sudoers.as_ref().map_err(Missing::clone)?.rules;
        let members: usize = rules.iter().map(|rule| rule.users.len()).sum();
        bounded(members.saturating_mul(known.users.len()), COMPARISONS_MAX, "/etc/sudoers")?;
        // The first line of a name is the one that the C library finds.
        let mut users = BTreeMap::new();
        for user in &known.users {
            users.entry(user.name.as_str()).or_insert(user);
        }
        let login_defs = login_policy::login_defs(&login_defs.clone()?);
        let bound = |name: &str, default: u32| login_defs.get(name).and_then(|v| v.parse().ok()).unwrap_or(default);
        Ok(Context { users, rules, people: (bound("UID_MIN", 1000), bound("UID_MAX", 60_000)) })
    })();
    let places = sshd::authorized_keys_files(host);
    let mut seen = BTreeSet::new();
    let mut children = Vec::new();
    for line in accounts::passwd(&text) {
        // The first line of a name is the one that the C library finds.
        if !seen.insert(line.name) {
            continue;
        }
        let account = match &context {
            Ok(context) => account(context, line.name).and_then(|account| value_of(&account)),
            Err(missing) => Err(Missing::clone(missing)),
        };
        let home = home(host, line.home).and_then(|mut home| {
            match &places {
                Ok(places) => keys(host, &key_paths(places, line.name, line.home, line.uid), &mut home)?,
                // Where keys lie is not known, so that none is bad is not either.
                Err(_) => note(&mut home.malformed, "/etc/ssh/sshd_config", 1),
            }
            value_of(&home)
        });
        children.push(Child {
            name: line.name.to_owned(),
            facets: BTreeMap::from([("account", account), ("home", home)]),
            edges: Vec::new(),
        });
    }
    Ok(children)
}

/// What an account is judged by.
struct Context<'a> {
    users: BTreeMap<&'a str, &'a User>,
    rules: &'a [SudoRule],
    /// `UID_MIN` and `UID_MAX` of `login.defs(5)`.
    people: (u32, u32),
}

/// Comparisons of users with the members of rules that are made at most.
const COMPARISONS_MAX: usize = 20_000_000;

/// Groups whose members can become root: by sudo's usual rule, or by what they may write.
const PRIVILEGED_GROUPS: &[&str] = &["sudo", "wheel", "admin", "docker", "lxd", "incus-admin", "disk"];

fn account(context: &Context<'_>, name: &str) -> Result<UserAccount, Missing> {
    let user = context.users.get(name).copied();
    let user = user.ok_or_else(|| Missing::failed("`/etc/passwd` changed during the scan"))?;
    let (low, high) = context.people;
    let in_group = groups(user).any(|group| PRIVILEGED_GROUPS.contains(&group));
    Ok(UserAccount {
        uid: user.uid,
        shell: user.shell.clone(),
        login_shell: user.login_shell,
        home: user.home.clone(),
        regular: (low..=high).contains(&user.uid),
        privileged: user.uid == 0 || in_group || context.rules.iter().any(|rule| gives_root(rule, user)),
        password: user.password.clone(),
    })
}

/// Names of a user's groups, the primary one first.
fn groups(user: &User) -> impl Iterator<Item = &str> {
    user.group.as_deref().into_iter().chain(user.groups.iter().map(String::as_str))
}

/// Whether a rule lets the user run something as root: of the members that match, the last decides (`sudoers(5)`).
fn gives_root(rule: &SudoRule, user: &User) -> bool {
    let decides = |members: &[String], matches: &dyn Fn(&str) -> bool| {
        members.iter().fold(false, |so_far, member| match member.strip_prefix('!') {
            Some(name) if matches(name) => false,
            None if matches(member) => true,
            _ => so_far,
        })
    };
    let is_user = |name: &str| {
        name == "ALL"
            || name == user.name
            || name.strip_prefix('#').is_some_and(|id| id.parse() == Ok(user.uid))
            || name.strip_prefix("%#").is_some_and(|id| id.parse() == Ok(user.gid))
            || name.strip_prefix('%').is_some_and(|group| groups(user).any(|own| own == group))
    };
    let is_root = |name: &str| matches!(name, "ALL" | "root" | "#0");
    decides(&rule.users, &is_user)
        && (decides(&rule.run_as, &is_root) || decides(&rule.run_as_groups, &is_root))
        && rule.commands.iter().any(|command| !command.starts_with('!'))
}

/// Files that give a host or a stranger a way in, or hold a password.
const RISKY: &[&str] = &[".rhosts", ".shosts", ".netrc", ".forward"];
/// Where tools of clouds, containers and registries keep what they sign in with.
const CREDENTIALS: &[&str] = &[
    ".aws/config",
    ".aws/credentials",
    ".azure/accessTokens.json",
    ".azure/msal_token_cache.bin",
    ".azure/msal_token_cache.json",
    ".boto",
    ".cargo/credentials",
    ".cargo/credentials.toml",
    ".composer/auth.json",
    ".config/containers/auth.json",
    ".config/doctl/config.yaml",
    ".config/gcloud/access_tokens.db",
    ".config/gcloud/application_default_credentials.json",
    ".config/gcloud/credentials.db",
    ".config/gh/hosts.yml",
    ".config/rclone/rclone.conf",
    ".docker/config.json",
    ".gem/credentials",
    ".git-credentials",
    ".kube/config",
    ".m2/settings.xml",
    ".my.cnf",
    ".npmrc",
    ".oci/config",
    ".pgpass",
    ".pypirc",
    ".s3cfg",
    ".terraform.d/credentials.tfrc.json",
    ".vault-token",
];

fn home(host: &Host, home: &str) -> Result<UserHome, Missing> {
    host.names_known()?;
    let root = &host.root;
    let mut out = UserHome::default();
    if !home.starts_with('/') {
        return Ok(out);
    }
    out.directory = host.path_facts(home)?;
    if out.directory.kind != "directory" {
        return Ok(out);
    }
    let base = home.trim_end_matches('/');
    let facts = |name: &str| -> Result<Option<FileFacts>, ReadError> {
        let path = format!("{base}/{name}");
        Ok(root.stat(&path)?.map(|meta| host.file_facts(&path, &meta)))
    };
    for entry in root.list(home)?.unwrap_or_default() {
        let path = format!("{base}/{}", entry.name);
        if entry.name.starts_with('.')
            && let Some(meta) = root.stat(&path)?
            && meta.kind == FileType::RegularFile
        {
            out.dot_files.push(host.file_facts(&path, &meta));
        }
    }
    for name in RISKY {
        out.risky_files.extend(facts(name)?);
    }
    for name in CREDENTIALS {
        out.credential_files.extend(facts(name)?);
    }
    let ssh = host.path_facts(&format!("{base}/.ssh"))?;
    if ssh.exists {
        out.ssh_directory = Some(ssh);
    }
    Ok(out)
}

/// Files of one user's keys: tokens put in (`%h`, `%u`, `%U`, `%%`), what has no slash before it below the home
/// (sshd_config(5), AuthorizedKeysFile).
fn key_paths(places: &BTreeSet<String>, name: &str, home: &str, uid: u32) -> Vec<String> {
    let path = |place: &String| {
        let mut out = String::new();
        let mut chars = place.chars();
        while let Some(c) = chars.next() {
            match (c, if c == '%' { chars.next() } else { None }) {
                ('%', Some('h')) => out.push_str(home),
                ('%', Some('u')) => out.push_str(name),
                ('%', Some('U')) => out.push_str(&uid.to_string()),
                ('%', Some(other)) => out.push(other),
                _ => out.push(c),
            }
        }
        if out.starts_with('/') { out } else { format!("{}/{out}", home.trim_end_matches('/')) }
    };
    let paths: BTreeSet<String> = places.iter().map(path).filter(|path| path.starts_with('/')).collect();
    paths.into_iter().collect()
}

/// Reads a user's authorised keys.
fn keys(host: &Host, paths: &[String], out: &mut UserHome) -> Result<(), Missing> {
    for path in paths {
        let Some(meta) = host.root.stat(path)? else { continue };
        if let Some(text) = host.root.read_text(path)? {
            let (keys, malformed) = authorized_keys(path, &text);
            out.authorized_keys.extend(keys);
            out.malformed.extend(malformed);
        }
        out.authorized_keys_files.push(host.file_facts(path, &meta));
    }
    Ok(())
}

/// Keys of a file (`sshd(8)`, AUTHORIZED_KEYS FILE FORMAT), and the lines that are none.
fn authorized_keys(path: &str, text: &str) -> (Vec<AuthorizedKey>, Vec<Place>) {
    let (mut keys, mut malformed) = (Vec::new(), Vec::new());
    for (line, text) in line::plain(text) {
        match authorized_key(text) {
            Some((key, options)) => keys.push(AuthorizedKey {
                algorithm: key.algorithm,
                bits: key.bits,
                options,
                fingerprint: key.fingerprint,
                file: path.to_owned(),
                line,
            }),
            None => note(&mut malformed, path, line),
        }
    }
    (keys, malformed)
}

/// A key with or without options before it.
fn authorized_key(line: &str) -> Option<(PublicKey, Vec<String>)> {
    if let Some(key) = bare_key(line) {
        return Some((key, Vec::new()));
    }
    // Options end at the first blank outside quotes.
    let mut quotes = Quotes::default();
    let end = line.find(|c: char| !quotes.hold(c) && c.is_whitespace())?;
    let (options, rest) = line.split_at(end);
    Some((bare_key(rest.trim_start())?, option_names(options)))
}

/// `type base64 comment`; the type is also in the key itself.
fn bare_key(text: &str) -> Option<PublicKey> {
    let mut words = text.split_whitespace();
    let algorithm = words.next()?;
    ssh_key::parse(words.next()?).filter(|key| key.algorithm == algorithm)
}

/// Double quotes, in which a backslash protects one.
#[derive(Default)]
struct Quotes {
    open: bool,
    protected: bool,
}

impl Quotes {
    /// Takes the next character; whether it stands in quotes.
    fn hold(&mut self, c: char) -> bool {
        if c == '"' && !self.protected {
            self.open = !self.open;
        }
        self.protected = c == '\\' && !self.protected;
        self.open
    }
}

/// Names of options, in lower case: a comma in quotes does not split.
fn option_names(options: &str) -> Vec<String> {
    let mut quotes = Quotes::default();
    let name = |option: &str| option.split('=').next().unwrap_or_default().trim().to_ascii_lowercase();
    options.split(|c: char| !quotes.hold(c) && c == ',').map(name).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    #[test]
    fn keys_with_options() {
        for (before, want, why) in [
            ("", &[][..], "none"),
            ("restrict ", &["restrict"], "one"),
            (
                "command=\"/bin/x a, b\",no-pty,FROM=\"1.2.3.4,5.6.7.8\" \t",
                &["command", "no-pty", "from"],
                "commas in quotes",
            ),
            ("command=\"echo \\\"a b\\\", c\",restrict ", &["command", "restrict"], "protected quotes"),
            ("environment=\"A=b\" ", &["environment"], "an equals sign in the value"),
        ] {
            let (keys, malformed) = authorized_keys("/f", &format!("# c\n\n{before}{KEY} me@host\n"));
            assert!(malformed.is_empty(), "{before}: {why}");
            assert_eq!(keys[0].options, want, "{before}: {why}");
            assert_eq!((keys[0].algorithm.as_str(), keys[0].bits, keys[0].line), ("ssh-ed25519", Some(256), 3));
        }
    }

    #[test]
    fn what_is_no_key_is_malformed() {
        let base64 = KEY.split(' ').nth(1).unwrap();
        for (text, why) in [
            ("hello", "a word"),
            ("ssh-ed25519 !!!", "no base64"),
            (&format!("ssh-rsa {base64}"), "another type than the key's own"),
            (&format!("command=\"x {KEY}"), "an open quote"),
        ] {
            let (keys, malformed) = authorized_keys("/f", text);
            assert_eq!((keys.len(), malformed.len()), (0, 1), "{text}: {why}");
        }
    }

    fn user(name: &str, uid: u32, groups: &[&str]) -> User {
        let (name, groups) = (name.to_owned(), groups.iter().map(|g| (*g).to_owned()).collect());
        User { name, uid, gid: uid, group: Some("own".into()), groups, ..User::default() }
    }

    #[test]
    fn who_may_become_root() {
        let a = user("a", 1000, &["ops"]);
        let list = |text: &str| text.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        for (users, run_as, commands, want, why) in [
            ("a", "root", "ALL", true, "by name"),
            ("b", "root", "ALL", false, "another user"),
            ("%ops", "ALL", "/bin/x", true, "by group"),
            ("%own", "ALL", "/bin/x", true, "by the primary group"),
            ("#1000", "#0", "ALL", true, "by id"),
            ("%#1000", "root", "ALL", true, "by the group's id"),
            ("ALL", "root", "ALL", true, "everybody"),
            ("ALL !a", "root", "ALL", false, "everybody else"),
            ("!a ALL", "root", "ALL", true, "the last member decides"),
            ("a", "www", "ALL", false, "another target"),
            ("a", "ALL !root", "ALL", false, "all targets but root"),
            ("a", "", "ALL", false, "no other user"),
            ("a", "root", "!/bin/su", false, "no command"),
        ] {
            let rule =
                SudoRule { users: list(users), run_as: list(run_as), commands: list(commands), ..SudoRule::default() };
            assert_eq!(gives_root(&rule, &a), want, "{users} ({run_as}) {commands}: {why}");
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
        assert!(list(&host()).unwrap().is_empty());
        write(
            "etc/passwd",
            "root:x:0:0::/root:/bin/bash\na:x:1000:1000::/home/a:/bin/bash\nb:x:1001:1001::/none:/usr/sbin/nologin\n\
             c:x:1002:1002::/home/c:\na:x:5:5::/:\n",
        );
        write("etc/group", "root:x:0:\ndocker:x:9:c\n");
        write("etc/shadow", "root:*:1:0:9:7:::\na:$6$x$y:1:0:9:7:::\n");
        write("etc/sudoers", "a ALL=(ALL) ALL\n");
        write("etc/login.defs", "UID_MIN 1000\nUID_MAX 1001\n");
        write("home/a/.bashrc", "");
        write("home/a/.netrc", "secret");
        write("home/a/visible", "");
        write("home/a/.aws/credentials", "secret");
        write("home/a/.ssh/authorized_keys", &format!("{KEY}\nbad\n"));
        let children = list(&host()).unwrap();
        let facet = |name: &str, facet: &str| {
            let child = children.iter().find(|child| child.name == name).unwrap();
            child.facets[facet].as_ref().unwrap().clone()
        };
        assert_eq!(children.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["root", "a", "b", "c"]);
        for (name, privileged, regular, password, why) in [
            ("root", true, false, "locked", "uid 0"),
            ("a", true, true, "set", "a rule"),
            ("b", false, true, "none", "nothing"),
            ("c", true, false, "none", "a group"),
        ] {
            let account = facet(name, "account");
            assert_eq!(account["privileged"], privileged, "{name}: {why}");
            assert_eq!(account["regular"], regular, "{name}: {why}");
            assert_eq!(account["password"], password, "{name}: {why}");
        }
        let home = facet("a", "home");
        let paths = |key: &str| {
            home[key].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(paths("dot_files"), ["/home/a/.bashrc", "/home/a/.netrc"]);
        assert_eq!(paths("risky_files"), ["/home/a/.netrc"]);
        assert_eq!(paths("credential_files"), ["/home/a/.aws/credentials"]);
        assert_eq!(paths("authorized_keys_files"), ["/home/a/.ssh/authorized_keys"]);
        assert_eq!(home["authorized_keys"][0]["algorithm"], "ssh-ed25519");
        assert_eq!(home["malformed"][0]["line"], 2);
        assert!(!home.to_string().contains("AAAAC3"), "no key is kept");
        assert_eq!(facet("b", "home")["directory"]["exists"], false);
        write(
            "etc/ssh/sshd_config",
            "AuthorizedKeysFile /etc/ssh/keys/%u .ssh/k\nMatch User x\nAuthorizedKeysFile none %h/m\n",
        );
        for path in ["etc/ssh/keys/a", "etc/ssh/keys/b", "home/a/.ssh/k", "home/a/m"] {
            write(path, KEY);
        }
        let children = list(&host()).unwrap();
        for (name, want, why) in [
            ("a", vec!["/etc/ssh/keys/a", "/home/a/.ssh/k", "/home/a/m"], "as sshd looks for them"),
            ("b", vec!["/etc/ssh/keys/b"], "without a home"),
            ("c", vec![], "none"),
        ] {
            let child = children.iter().find(|child| child.name == name).unwrap();
            let files = &child.facets["home"].as_ref().unwrap()["authorized_keys_files"];
            let paths: Vec<_> = files.as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
            assert_eq!(paths, want, "{name}: {why}");
        }
        std::os::unix::fs::symlink("loop", dir.path().join("etc/loop")).unwrap();
        std::fs::remove_file(dir.path().join("etc/shadow")).unwrap();
        std::os::unix::fs::symlink("shadow", dir.path().join("etc/shadow")).unwrap();
        let children = list(&host()).unwrap();
        assert!(children[0].facets["account"].is_err(), "shadow that cannot be read is no locked password");
        assert!(children[0].facets["home"].is_ok());
    }

    #[test]
    fn paths_of_keys() {
        for (place, want, why) in [
            (".ssh/k", "/home/a/.ssh/k", "below the home"),
            ("%h/k", "/home/a/k", "by the home"),
            ("/k/%u/%U", "/k/a/1000", "by name and number"),
            ("/k/%%u", "/k/%u", "a percent sign"),
            ("/k%", "/k%", "one at the end"),
        ] {
            assert_eq!(key_paths(&BTreeSet::from([place.to_owned()]), "a", "/home/a", 1000), [want], "{why}");
        }
        assert!(key_paths(&BTreeSet::from(["k".to_owned()]), "a", "x", 1).is_empty(), "a home that is no path");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") { authorized_keys("/f", &text); }

        #[test]
        fn shaped(text in "([a-z]|[\",=\\\\ ]|ssh-rsa AAAA){0,20}") { authorized_keys("/f", &text); }
    }
}
