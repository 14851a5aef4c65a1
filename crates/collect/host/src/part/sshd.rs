use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of, value_of},
    facet::files::FileFacts,
    glob,
    host::Host,
    line,
    place::Place,
    reader::{Reader, bounded, note},
    root::{ReadError, Root},
    ssh_key,
    systemd::{UnitFiles, command_words},
    text::ini,
};

/// `sshd_config(5)` as the daemon would take it: Include followed, first value wins, defaults of the installed release
/// filled in. Read from files; `sshd -T` is not run, since it needs the host keys.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SshdConfig {
    /// Lower-case keyword to its value in the global section; lists keep their commas; every keyword that checks ask for is
    /// present, with the built-in default where nothing sets it: `permitrootlogin` → `prohibit-password`.
    pub(crate) effective: BTreeMap<String, String>,
    /// Lower-case keyword to where the value comes from; absent where it is the default.
    pub(crate) set_at: BTreeMap<String, Place>,
    /// `Match` blocks, in order.
    pub(crate) matches: Vec<SshdMatch>,
    /// `ListenAddress` values as written; empty where none is set, which means all addresses.
    pub(crate) listen_addresses: Vec<String>,
    /// `Port` values; 22 where none.
    pub(crate) ports: Vec<u32>,
    /// Installed version of OpenSSH: `9.2p1`; null where unknown.
    pub(crate) version: Option<String>,
    /// Files read, in order.
    pub(crate) files: Vec<String>,
    /// Lines that could not be understood, and include loops.
    pub(crate) malformed: Vec<Place>,
    /// The daemon's program was found. Without it only the configuration is left.
    pub(crate) installed: bool,
}

/// One `Match` block.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SshdMatch {
    /// Criteria as written.
    pub(crate) criteria: String,
    /// Lower-case keyword to value.
    pub(crate) settings: BTreeMap<String, String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// Modes of sshd's files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SshdFiles {
    /// `sshd_config` and each file it includes.
    pub(crate) config: Vec<FileFacts>,
    /// Host private keys.
    pub(crate) private_keys: Vec<FileFacts>,
    /// Host public keys.
    pub(crate) public_keys: Vec<FileFacts>,
    /// Host key path to type: `ed25519`, `rsa`, `ecdsa`, `dsa`, with bits for RSA.
    pub(crate) key_types: BTreeMap<String, HostKeyType>,
}

/// A host key's type, from its public half.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct HostKeyType {
    /// `ed25519`, `rsa`, `ecdsa`, `dsa`.
    pub(crate) algorithm: String,
    /// Modulus or curve size in bits; 0 where unknown.
    pub(crate) bits: u32,
}

pub(crate) const DEF: ChildDef = ChildDef {
    kind: "host.sshd",
    facets: &[
        FacetShape { name: "config", shape: shape_of::<SshdConfig> },
        FacetShape { name: "files", shape: shape_of::<SshdFiles> },
    ],
    list,
};

fn list(host: &Host) -> Result<Vec<Child>, Missing> {
    let program = Program::find(&host.root)?;
    if program.is_none() && !host.root.exists(CONFIG)? {
        return Ok(Vec::new());
    }
    let mut child = Child { name: "sshd".into(), facets: BTreeMap::new(), edges: Vec::new() };
    let parsed = read(host);
    let files = match &parsed {
        Ok((parsed, _)) => files(host, parsed).and_then(|files| value_of(&files)),
        Err(missing) => Err(missing.clone()),
    };
    let config = parsed.and_then(|(parsed, listed)| {
        let mut config = shape(&parsed, program.as_ref());
        config.files = listed;
        value_of(&config)
    });
    child.facets.insert("config", config);
    child.facets.insert("files", files);
    Ok(vec![child])
}

const CONFIG: &str = "/etc/ssh/sshd_config";
/// Bytes of the daemon's program that are looked at; sshd has about 1.3 MB.
const PROGRAM_MAX: u64 = 16 << 20;
/// Depth of `Include` that sshd takes (`SERVCONF_MAX_DEPTH`).
const DEPTH_MAX: usize = 16;
/// Files that one configuration may include in all; deep patterns would otherwise multiply.
const INCLUDES_MAX: usize = 512;
/// `Match` blocks, and the bytes of one block's criteria with those around it.
const MATCHES_MAX: usize = 2_000;
const CRITERIA_MAX: usize = 4_096;

/// How the words after a keyword are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Take {
    /// One word; the first line that has it counts.
    First,
    /// Words, of the first line that has it.
    Line,
    /// The rest of the line as written, of the first line that has it.
    Text,
    /// Words of all lines.
    Every,
    /// The first line of each first word (`Subsystem`).
    Named,
    /// Understood and without effect today.
    Ignored,
}

/// How a value is written down, as `sshd -T` prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it stands.
    AsIs,
    /// Lower case.
    Word,
    /// Upper case.
    Upper,
    /// A time in seconds.
    Seconds,
    /// A list of algorithms; `+`, `-` and `^` work on the built-in list.
    Algorithms,
}

/// Keyword, how it is taken, how it is written, the built-in default (`sshd_config(5)` of OpenSSH 9.2; keywords of later
/// releases are known too). No default where sshd prints none.
type Keyword = (&'static str, Take, Form, Option<&'static str>);

use Form::{Algorithms, AsIs, Seconds, Upper, Word};
use Take::{Every, First, Ignored, Line, Named, Text};

const KEYWORDS: &[Keyword] = &[
    ("acceptenv", Every, AsIs, None),
    ("addressfamily", First, Word, Some("any")),
    ("allowagentforwarding", First, Word, Some("yes")),
    ("allowgroups", Every, AsIs, None),
    ("allowstreamlocalforwarding", First, Word, Some("yes")),
    ("allowtcpforwarding", First, Word, Some("yes")),
    ("allowusers", Every, AsIs, None),
    ("authenticationmethods", Line, AsIs, Some("any")),
    ("authorizedkeyscommand", Text, AsIs, Some("none")),
    ("authorizedkeyscommanduser", First, AsIs, Some("none")),
    ("authorizedkeysfile", Line, AsIs, Some(".ssh/authorized_keys .ssh/authorized_keys2")),
    ("authorizedprincipalscommand", Text, AsIs, Some("none")),
    ("authorizedprincipalscommanduser", First, AsIs, Some("none")),
    ("authorizedprincipalsfile", First, AsIs, Some("none")),
    ("banner", First, AsIs, Some("none")),
    ("casignaturealgorithms", First, Algorithms, Some(CA_SIGNATURES)),
    ("channeltimeout", Line, AsIs, None),
    ("chrootdirectory", First, AsIs, Some("none")),
    ("ciphers", First, Algorithms, Some(CIPHERS)),
    ("clientalivecountmax", First, AsIs, Some("3")),
    ("clientaliveinterval", First, Seconds, Some("0")),
    ("compression", First, Word, Some("yes")),
    ("debianbanner", First, Word, None),
    ("denygroups", Every, AsIs, None),
    ("denyusers", Every, AsIs, None),
    ("disableforwarding", First, Word, Some("no")),
    ("exposeauthinfo", First, Word, Some("no")),
    ("fingerprinthash", First, Upper, Some("SHA256")),
    ("forcecommand", Text, AsIs, Some("none")),
    ("gatewayports", First, Word, Some("no")),
    ("gssapiauthentication", First, Word, Some("no")),
    ("gssapicleanupcredentials", First, Word, Some("yes")),
    ("gssapienablek5users", First, Word, None),
    ("gssapikexalgorithms", First, AsIs, None),
    ("gssapikeyexchange", First, Word, Some("no")),
    ("gssapistorecredentialsonrekey", First, Word, Some("no")),
    ("gssapistrictacceptorcheck", First, Word, Some("yes")),
    ("hostbasedacceptedalgorithms", First, Algorithms, Some(SIGNATURES)),
    ("hostbasedauthentication", First, Word, Some("no")),
    ("hostbasedusesnamefrompacketonly", First, Word, Some("no")),
    ("hostcertificate", Every, AsIs, None),
    ("hostkey", Every, AsIs, Some(HOST_KEYS)),
    ("hostkeyagent", First, AsIs, Some("none")),
    ("hostkeyalgorithms", First, Algorithms, Some(SIGNATURES)),
    ("ignorerhosts", First, Word, Some("yes")),
    ("ignoreuserknownhosts", First, Word, Some("no")),
    ("include", Ignored, AsIs, None),
    ("ipqos", Line, AsIs, Some("af21 cs1")),
    ("kbdinteractiveauthentication", First, Word, Some("yes")),
    ("kerberosauthentication", First, Word, Some("no")),
    ("kerberosgetafstoken", First, Word, None),
    ("kerberosorlocalpasswd", First, Word, Some("yes")),
    ("kerberosticketcleanup", First, Word, Some("yes")),
    ("kerberosuniqueccache", First, Word, None),
    ("kerberosusekuserok", First, Word, None),
    ("kexalgorithms", First, Algorithms, Some(KEX)),
    ("listenaddress", Every, AsIs, Some("0.0.0.0 ::")),
    ("logingracetime", First, Seconds, Some("120")),
    ("loglevel", First, Upper, Some("INFO")),
    ("logverbose", Line, AsIs, None),
    ("macs", First, Algorithms, Some(MACS)),
    ("maxauthtries", First, AsIs, Some("6")),
    ("maxsessions", First, AsIs, Some("10")),
    ("maxstartups", First, AsIs, Some("10:30:100")),
    ("modulifile", First, AsIs, Some("/etc/ssh/moduli")),
    ("passwordauthentication", First, Word, Some("yes")),
    ("permitemptypasswords", First, Word, Some("no")),
    ("permitlisten", Line, AsIs, Some("any")),
    ("permitopen", Line, AsIs, Some("any")),
    ("permitrootlogin", First, Word, Some("prohibit-password")),
    ("permittty", First, Word, Some("yes")),
    ("permittunnel", First, Word, Some("no")),
    ("permituserenvironment", First, AsIs, Some("no")),
    ("permituserrc", First, Word, Some("yes")),
    ("persourcemaxstartups", First, AsIs, Some("none")),
    ("persourcenetblocksize", First, AsIs, Some("32:128")),
    ("persourcepenalties", Line, AsIs, None),
    ("persourcepenaltyexemptlist", First, AsIs, None),
    ("pidfile", First, AsIs, Some("/run/sshd.pid")),
    ("port", Every, AsIs, Some("22")),
    ("printlastlog", First, Word, Some("yes")),
    ("printmotd", First, Word, Some("yes")),
    ("pubkeyacceptedalgorithms", First, Algorithms, Some(SIGNATURES)),
    ("pubkeyauthentication", First, Word, Some("yes")),
    ("pubkeyauthoptions", Line, AsIs, Some("none")),
    ("rdomain", First, AsIs, None),
    ("refuseconnection", First, Word, None),
    ("rekeylimit", Line, AsIs, Some("0 0")),
    ("requiredrsasize", First, AsIs, Some("1024")),
    ("revokedkeys", First, AsIs, Some("none")),
    ("securitykeyprovider", First, AsIs, Some("internal")),
    ("setenv", Line, AsIs, None),
    ("sshdauthpath", First, AsIs, None),
    ("sshdsessionpath", First, AsIs, None),
    ("streamlocalbindmask", First, AsIs, Some("0177")),
    ("streamlocalbindunlink", First, Word, Some("no")),
    ("strictmodes", First, Word, Some("yes")),
    ("subsystem", Named, AsIs, None),
    ("syslogfacility", First, Upper, Some("AUTH")),
    ("tcpkeepalive", First, Word, Some("yes")),
    ("trustedusercakeys", First, AsIs, Some("none")),
    ("unusedconnectiontimeout", First, AsIs, Some("none")),
    ("usedns", First, Word, Some("no")),
    ("usepam", First, Word, Some("no")),
    ("versionaddendum", Text, AsIs, Some("none")),
    ("x11displayoffset", First, AsIs, Some("10")),
    ("x11forwarding", First, Word, Some("no")),
    ("x11maxdisplays", First, AsIs, None),
    ("x11uselocalhost", First, Word, Some("yes")),
    ("xauthlocation", First, AsIs, Some("/usr/bin/xauth")),
    // Gone from the daemon; it says so in its log and goes on.
    ("authorizedkeysfile2", Ignored, AsIs, None),
    ("checkmail", Ignored, AsIs, None),
    ("keyregenerationinterval", Ignored, AsIs, None),
    ("pamauthenticationviakbdint", Ignored, AsIs, None),
    ("protocol", Ignored, AsIs, None),
    ("reversemappingcheck", Ignored, AsIs, None),
    ("rhostsauthentication", Ignored, AsIs, None),
    ("rhostsrsaauthentication", Ignored, AsIs, None),
    ("rsaauthentication", Ignored, AsIs, None),
    ("serverkeybits", Ignored, AsIs, None),
    ("uselogin", Ignored, AsIs, None),
    ("useprivilegeseparation", Ignored, AsIs, None),
    ("verifyreversemapping", Ignored, AsIs, None),
];

/// Older names.
const ALIASES: &[(&str, &str)] = &[
    ("challengeresponseauthentication", "kbdinteractiveauthentication"),
    ("dsaauthentication", "pubkeyauthentication"),
    ("gssapicleanupcreds", "gssapicleanupcredentials"),
    ("gssusesessionccache", "gssapistorecredentialsonrekey"),
    ("hostbasedacceptedkeytypes", "hostbasedacceptedalgorithms"),
    ("hostdsakey", "hostkey"),
    ("keepalive", "tcpkeepalive"),
    ("pubkeyacceptedkeytypes", "pubkeyacceptedalgorithms"),
    ("rsaminsize", "requiredrsasize"),
    ("skeyauthentication", "kbdinteractiveauthentication"),
];

const HOST_KEYS: &str = "/etc/ssh/ssh_host_rsa_key /etc/ssh/ssh_host_ecdsa_key /etc/ssh/ssh_host_ed25519_key";
const CIPHERS: &str =
    "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com";
const MACS: &str = "umac-64-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,\
hmac-sha2-512-etm@openssh.com,hmac-sha1-etm@openssh.com,umac-64@openssh.com,umac-128@openssh.com,hmac-sha2-256,\
hmac-sha2-512,hmac-sha1";
const KEX: &str = "sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,\
ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,\
diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256";
const SIGNATURES: &str = "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,\
ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,\
sk-ssh-ed25519-cert-v01@openssh.com,sk-ecdsa-sha2-nistp256-cert-v01@openssh.com,rsa-sha2-512-cert-v01@openssh.com,\
rsa-sha2-256-cert-v01@openssh.com,ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,\
sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256";
const CA_SIGNATURES: &str = "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,\
sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256";

/// Text that only the built-in list of a keyword contains, in the program of any release since 7.0.
const LITERALS: &[(&str, &str)] = &[
    ("ciphers", "chacha20-poly1305@openssh.com,aes"),
    ("hostbasedacceptedalgorithms", "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com"),
    ("hostkeyalgorithms", "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com"),
    ("kexalgorithms", "curve25519-sha256,curve25519-sha256@libssh.org"),
    ("macs", "umac-64-etm@openssh.com,umac-128-etm@openssh.com"),
    ("pubkeyacceptedalgorithms", "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com"),
];

/// What the daemon's program says of itself.
#[derive(Debug, Default)]
struct Program {
    version: Option<String>,
    /// Keyword to the built-in list.
    lists: BTreeMap<&'static str, String>,
}

impl Program {
    fn find(root: &Root) -> Result<Option<Self>, ReadError> {
        for path in ["/usr/sbin/sshd", "/usr/bin/sshd", "/usr/local/sbin/sshd", "/usr/local/bin/sshd"] {
            if root.exists(path)? {
                // A program that only root may read still is one; its version is not known then.
                let bytes = root.read_up_to(path, PROGRAM_MAX).ok().flatten();
                return Ok(Some(bytes.map(|(bytes, _)| Self::parse(&bytes)).unwrap_or_default()));
            }
        }
        Ok(None)
    }

    fn parse(bytes: &[u8]) -> Self {
        let mut lists = BTreeMap::new();
        for (keyword, needle) in LITERALS {
            if let Some(text) = literal(bytes, needle.as_bytes()) {
                lists.insert(*keyword, text);
            }
        }
        Self { version: version(bytes), lists }
    }

    /// Whether the release is older than `major.minor`; false where the version is not known.
    fn is_before(&self, major: u32, minor: u32) -> bool {
        let mut numbers = self.version.as_deref().unwrap_or("").split(['.', 'p']).map(|n| n.parse::<u32>().ok());
        match (numbers.next().flatten(), numbers.next().flatten()) {
            (Some(a), Some(b)) => (a, b) < (major, minor),
            _ => false,
        }
    }
}

/// `9.2p1` of the first `OpenSSH_9.2p1` in a program.
fn version(bytes: &[u8]) -> Option<String> {
    const NEEDLE: &[u8] = b"OpenSSH_";
    let mut rest = bytes;
    while let Some(at) = find(rest, NEEDLE) {
        rest = rest.get(at + NEEDLE.len()..)?;
        let end = rest.iter().take(16).position(|b| !b.is_ascii_digit() && !matches!(b, b'.' | b'p'));
        let text = end.and_then(|end| std::str::from_utf8(rest.get(..end)?).ok()).unwrap_or("");
        // The lists of other releases' bugs hold patterns such as `OpenSSH_7.0*`, which have no `p`.
        let whole = text.split_once('p').is_some_and(|(release, patch)| {
            release.contains('.') && !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit())
        });
        if whole {
            return Some(text.to_owned());
        }
    }
    None
}

/// The text between zero bytes around `needle`, where it is a list of algorithms.
fn literal(bytes: &[u8], needle: &[u8]) -> Option<String> {
    let at = find(bytes, needle)?;
    let start = bytes.get(..at)?.iter().rposition(|b| *b == 0).map_or(0, |zero| zero + 1);
    let end = bytes.get(at..)?.iter().position(|b| *b == 0).map(|zero| at + zero)?;
    let text = std::str::from_utf8(bytes.get(start..end)?).ok()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'@' | b'.' | b',');
    (text.len() < 4096 && text.bytes().all(plain)).then(|| text.to_owned())
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|b| *b == first) {
        if bytes.get(from + at..)?.starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Settings of one scope.
#[derive(Debug, Default)]
struct Settings {
    values: BTreeMap<String, Vec<String>>,
    set_at: BTreeMap<String, Place>,
    /// First words of `Named` keywords that are taken.
    named: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Parsed {
    global: Settings,
    matches: Vec<(String, Place, Settings)>,
    malformed: Vec<Place>,
    /// Files included so far.
    included: usize,
}

/// Gives the files that a pattern of `Include` names, with their text, in order.
type Includes<'a> = &'a mut dyn FnMut(&str) -> Result<Vec<(String, String)>, ReadError>;

/// Reads the configuration; the paths of the files in the order they were read.
fn read(host: &Host) -> Result<(Parsed, Vec<String>), Missing> {
    let root = &host.root;
    let mut files = Vec::new();
    let mut parsed = Parsed::default();
    let mut path = CONFIG.to_owned();
    // Options on the command line come before the file.
    for (place, setting) in options(root, &mut path)? {
        parse_line(&mut parsed, &setting, None, &place);
    }
    let reader = Reader::new(root);
    let text = reader.read_text(&path)?;
    let mut includes = |pattern: &str| {
        let mut out = Vec::new();
        for path in glob::expand(root, pattern)? {
            if let Some(text) = reader.read_text(&path)? {
                files.push(path.clone());
                out.push((path, text));
            }
        }
        Ok(out)
    };
    if let Some(text) = &text {
        parse(&mut parsed, &path, text, &mut includes)?;
        files.insert(0, path);
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    Ok((parsed, files))
}

/// Files that hold options of the daemon where no unit says how it is started: Debian's script takes SSHD_OPTS, RHEL's
/// OPTIONS and CRYPTO_POLICY.
const OPTION_FILES: &[(&str, &[&str])] = &[
    ("/etc/default/ssh", &["SSHD_OPTS"]),
    ("/etc/sysconfig/sshd", &["OPTIONS"]),
    ("/etc/crypto-policies/back-ends/opensshserver.config", &["CRYPTO_POLICY"]),
];

/// Settings that the daemon gets on its command line, each with the place it stands at; `-f` changes `config`.
fn options(root: &Root, config: &mut String) -> Result<Vec<(Place, String)>, ReadError> {
    if let Some(units) = UnitFiles::load(root)? {
        // Where the socket starts the daemon, the template's command line counts.
        let by_socket = ["ssh.socket", "sshd.socket"]
            .iter()
            .map(|name| units.state(root, name))
            .collect::<Result<Vec<_>, _>>()?
            .contains(&"enabled");
        let mut names = ["ssh.service", "sshd.service", "ssh@.service", "sshd@.service"];
        if by_socket {
            names.rotate_left(2);
        }
        for name in names {
            let Some((lines, files)) = units.settings(root, name)? else { continue };
            let words = command_words(root, &lines, "sshd")?;
            if words.is_empty() {
                continue;
            }
            let mut place = Place { file: files.first().cloned().unwrap_or_default(), line: 1 };
            for file in &files {
                let (settings, _) = ini(&root.read_text(file)?.unwrap_or_default());
                if let Some(found) = settings.iter().rfind(|line| line.key == "ExecStart" && !line.value.is_empty()) {
                    place = Place { file: file.clone(), line: found.line };
                }
            }
            return Ok(command_line(&words, config).into_iter().map(|setting| (place.clone(), setting)).collect());
        }
    }
    let mut out = Vec::new();
    for (file, names) in OPTION_FILES {
        let text = root.read_text(file)?.unwrap_or_default();
        // As in a shell, the last assignment of a name counts.
        let last: BTreeMap<String, (u32, String)> = line::assignments(&text)
            .into_iter()
            .filter(|(_, name, _)| names.contains(&name.as_str()))
            .map(|(number, name, value)| (name, (number, value)))
            .collect();
        for (number, value) in last.into_values() {
            let place = Place { file: (*file).to_owned(), line: number };
            let words = line::words(&value, false).unwrap_or_default();
            out.extend(command_line(&words, config).into_iter().map(|setting| (place.clone(), setting)));
        }
    }
    Ok(out)
}

/// Settings among the daemon's options (`sshd(8)`): `-o Key=value`, `-p port`, `-h key`; `-f` changes the file.
fn command_line(words: &[String], config: &mut String) -> Vec<String> {
    let mut out = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let Some((option, attached)) = word.strip_prefix('-').and_then(|rest| rest.split_at_checked(1)) else {
            continue;
        };
        if !matches!(option, "o" | "p" | "h" | "f" | "b" | "C" | "c" | "E" | "g" | "k" | "u") {
            continue;
        }
        let value = if attached.is_empty() { words.next().map_or("", String::as_str) } else { attached };
        match option {
            "o" => out.push(value.to_owned()),
            "p" => out.push(format!("Port {value}")),
            "h" => out.push(format!("HostKey {value}")),
            "f" => value.clone_into(config),
            _ => {}
        }
    }
    out
}

/// Parses one configuration with its includes (`sshd_config(5)`).
fn parse(parsed: &mut Parsed, path: &str, text: &str, includes: Includes<'_>) -> Result<(), ReadError> {
    parse_file(parsed, path, text, None, &mut vec![path.to_owned()], includes)
}

/// `scope`: the index of the `Match` block in force where the file starts. It is in force again after the file's end.
fn parse_file(
    parsed: &mut Parsed,
    path: &str,
    text: &str,
    scope: Option<usize>,
    above: &mut Vec<String>,
    includes: Includes<'_>,
) -> Result<(), ReadError> {
    let outer = scope.and_then(|i| parsed.matches.get(i)).map(|(criteria, ..)| criteria.clone());
    let mut scope = scope;
    for (number, line) in line::plain(text) {
        let place = Place { file: path.to_owned(), line: number };
        let (keyword, rest) = keyword(line);
        match keyword.as_str() {
            "match" => {
                let criteria = line::words(rest, true).unwrap_or_default().join(" ");
                if criteria.is_empty() {
                    note(&mut parsed.malformed, &place.file, place.line);
                }
                let criteria = match &outer {
                    Some(outer) if !outer.eq_ignore_ascii_case("all") => format!("{outer} {criteria}"),
                    _ => criteria,
                };
                bounded(criteria.len(), CRITERIA_MAX, path)?;
                bounded(parsed.matches.len(), MATCHES_MAX, path)?;
                scope = Some(parsed.matches.len());
                parsed.matches.push((criteria, place, Settings::default()));
            }
            "include" => {
                let patterns = line::words(rest, true).unwrap_or_default();
                if patterns.is_empty() {
                    note(&mut parsed.malformed, &place.file, place.line);
                }
                for pattern in patterns {
                    let pattern = if pattern.starts_with('/') { pattern } else { format!("/etc/ssh/{pattern}") };
                    for (file, text) in includes(&pattern)? {
                        if above.contains(&file) || above.len() > DEPTH_MAX || parsed.included >= INCLUDES_MAX {
                            note(&mut parsed.malformed, &place.file, place.line);
                            continue;
                        }
                        parsed.included += 1;
                        above.push(file.clone());
                        parse_file(parsed, &file, &text, scope, above, includes)?;
                        above.pop();
                    }
                }
            }
            _ => parse_line(parsed, line, scope, &place),
        }
    }
    Ok(())
}

/// The keyword in lower case, by its present name, and what follows it: `Port 22`, `Port=22`, `"Port" 22`.
fn keyword(line: &str) -> (String, &str) {
    let (word, rest) = match line.strip_prefix('"').and_then(|line| line.split_once('"')) {
        Some(quoted) => quoted,
        None => line.split_at(line.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(line.len())),
    };
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('=').map_or(rest, str::trim_start);
    let word = word.to_ascii_lowercase();
    let word = ALIASES.iter().find(|(old, _)| *old == word).map_or(word, |(_, new)| (*new).to_owned());
    (word, rest)
}

/// Takes one line into the global settings or those of a `Match` block.
fn parse_line(parsed: &mut Parsed, text: &str, scope: Option<usize>, place: &Place) {
    let (name, rest) = keyword(text);
    let row = KEYWORDS.iter().find(|(keyword, ..)| *keyword == name);
    let words = line::words(rest, true);
    let usable = words.as_ref().is_some_and(|words| !words.is_empty());
    let extra = words.as_ref().is_some_and(|words| words.len() > 1);
    let (take, form) = row.map_or((Line, AsIs), |(_, take, form, _)| (*take, *form));
    // The daemon refuses to start on any of these.
    if row.is_none() || !usable || (take == First && extra) {
        note(&mut parsed.malformed, &place.file, place.line);
    }
    let settings = match scope {
        None => &mut parsed.global,
        Some(i) => match parsed.matches.get_mut(i) {
            Some((_, _, settings)) => settings,
            None => return,
        },
    };
    let words = words.unwrap_or_default();
    if !usable || take == Ignored {
        return;
    }
    let taken = settings.values.contains_key(&name);
    let value: Vec<String> = match take {
        Ignored => return,
        First | Line | Text if taken => return,
        First => words.into_iter().take(1).map(|word| formed(form, &name, &word)).collect(),
        Line | Every => words,
        Text => vec![rest.trim_end().to_owned()],
        Named => {
            let first = words.first().map(|word| word.to_ascii_lowercase()).unwrap_or_default();
            if !settings.named.insert(format!("{name} {first}")) {
                return;
            }
            words
        }
    };
    settings.set_at.entry(name.clone()).or_insert_with(|| place.clone());
    settings.values.entry(name).or_default().extend(value);
}

/// Writes a value as `sshd -T` would, so that one meaning has one spelling.
fn formed(form: Form, name: &str, value: &str) -> String {
    match form {
        AsIs if name == "maxstartups" && !value.contains(':') => format!("{value}:30:{value}"),
        AsIs | Algorithms => value.to_owned(),
        Upper => value.to_ascii_uppercase(),
        Seconds => seconds(value).map_or_else(|| value.to_owned(), |n| n.to_string()),
        Word => match (name, value.to_ascii_lowercase().as_str()) {
            ("permitrootlogin", "without-password") => "prohibit-password".to_owned(),
            ("compression", "delayed") => "yes".to_owned(),
            ("allowtcpforwarding" | "allowstreamlocalforwarding", "all") => "yes".to_owned(),
            (_, word) => word.to_owned(),
        },
    }
}

/// A time (`TIME FORMATS` of `sshd_config(5)`): `90`, `2m`, `1h30m`. None where it is none.
fn seconds(text: &str) -> Option<u64> {
    let mut total = 0u64;
    let mut number: Option<u64> = None;
    for c in text.chars() {
        if let Some(digit) = c.to_digit(10) {
            number = Some(number.unwrap_or(0).checked_mul(10)?.checked_add(u64::from(digit))?);
            continue;
        }
        let unit = match c.to_ascii_lowercase() {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        total = total.checked_add(number.take()?.checked_mul(unit)?)?;
    }
    match number {
        Some(last) => total.checked_add(last),
        None => (!text.is_empty()).then_some(total),
    }
}

/// Applies `+`, `-` and `^` to the built-in list.
fn algorithms(value: &str, default: &str) -> String {
    let names = |text: &str| text.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let mut list = match value.split_at_checked(1) {
        Some(("+", more)) => [names(default), names(more)].concat(),
        Some(("^", first)) => [names(first), names(default)].concat(),
        Some(("-", less)) => {
            let less = names(less);
            let mut kept = names(default);
            kept.retain(|name| !less.iter().any(|pattern| glob::matches(pattern, name)));
            kept
        }
        _ => return value.to_owned(),
    };
    let mut seen = BTreeSet::new();
    list.retain(|name| seen.insert(name.clone()));
    list.join(",")
}

/// Fills the shape from what was parsed and the defaults of the installed release.
fn shape(parsed: &Parsed, program: Option<&Program>) -> SshdConfig {
    let default = |name: &str, table: Option<&'static str>| -> Option<String> {
        let built_in = program.and_then(|program| program.lists.get(name).cloned());
        let before_7 = program.is_some_and(|program| program.is_before(7, 0));
        match name {
            "permitrootlogin" if before_7 => Some("yes".into()),
            _ => built_in.or_else(|| table.map(str::to_owned)),
        }
    };
    let values = |settings: &Settings| -> BTreeMap<String, String> {
        let write = |(name, words): (&String, &Vec<String>)| {
            let value = words.join(" ");
            let row = KEYWORDS.iter().find(|(keyword, ..)| keyword == name);
            let value = match row {
                Some((_, _, Algorithms, table)) => algorithms(&value, &default(name, *table).unwrap_or_default()),
                _ => value,
            };
            (name.clone(), value)
        };
        settings.values.iter().map(write).collect()
    };
    let mut effective = values(&parsed.global);
    for (name, _, _, table) in KEYWORDS {
        if !effective.contains_key(*name)
            && let Some(value) = default(name, *table)
        {
            effective.insert((*name).to_owned(), value);
        }
    }
    let set = |name: &str| parsed.global.values.get(name).cloned().unwrap_or_default();
    let mut ports: Vec<u32> = set("port").iter().filter_map(|port| port.parse().ok()).collect();
    if ports.is_empty() {
        ports.push(22);
    }
    let mut malformed = parsed.malformed.clone();
    malformed.dedup();
    SshdConfig {
        effective,
        set_at: parsed.global.set_at.clone(),
        matches: parsed
            .matches
            .iter()
            .map(|(criteria, place, settings)| SshdMatch {
                criteria: criteria.clone(),
                settings: values(settings),
                file: place.file.clone(),
                line: place.line,
            })
            .collect(),
        listen_addresses: set("listenaddress"),
        ports,
        version: program.and_then(|program| program.version.clone()),
        files: Vec::new(),
        malformed,
        installed: program.is_some(),
    }
}

/// Files of users' keys that the daemon looks into for some connection (`AuthorizedKeysFile`), with their tokens.
pub(crate) fn authorized_keys_files(host: &Host) -> Result<BTreeSet<String>, Missing> {
    let (parsed, _) = read(host)?;
    let key = "authorizedkeysfile";
    let blocks = parsed.matches.iter().map(|(_, _, settings)| settings);
    let mut files: BTreeSet<String> =
        blocks.filter_map(|settings| settings.values.get(key)).flatten().cloned().collect();
    match parsed.global.values.get(key) {
        Some(global) => files.extend(global.iter().cloned()),
        None => files.extend([".ssh/authorized_keys".to_owned(), ".ssh/authorized_keys2".to_owned()]),
    }
    files.retain(|file| !file.eq_ignore_ascii_case("none"));
    Ok(files)
}

/// Modes of the configuration and of the host keys: those of `HostKey` and all that `/etc/ssh` has.
fn files(host: &Host, parsed: &Parsed) -> Result<SshdFiles, Missing> {
    host.names_known()?;
    let facts = |path: &str| -> Result<Option<FileFacts>, ReadError> {
        Ok(host.root.stat(path)?.map(|meta| host.file_facts(path, &meta)))
    };
    let mut keys: BTreeSet<String> = glob::expand(&host.root, "/etc/ssh/ssh_host_*_key")?.into_iter().collect();
    match parsed.global.values.get("hostkey") {
        Some(set) => keys.extend(set.iter().map(|key| key.trim_end_matches(".pub").to_owned())),
        None => keys.extend(HOST_KEYS.split(' ').map(str::to_owned)),
    }
    let mut out = SshdFiles::default();
    for path in config_paths(host, parsed)? {
        out.config.extend(facts(&path)?);
    }
    let mut public: BTreeSet<String> = glob::expand(&host.root, "/etc/ssh/ssh_host_*_key.pub")?.into_iter().collect();
    for key in keys.iter().filter(|key| key.starts_with('/')) {
        out.private_keys.extend(facts(key)?);
        let half = format!("{key}.pub");
        if let Some(text) = host.root.read_text(&half)? {
            if let Some(kind) = host_key_type(&text) {
                out.key_types.insert(key.clone(), kind);
            }
            public.insert(half);
        }
    }
    for path in public {
        out.public_keys.extend(facts(&path)?);
    }
    Ok(out)
}

/// The main file, all of `sshd_config.d`, and every other file that sets something, in order of their paths.
fn config_paths(host: &Host, parsed: &Parsed) -> Result<BTreeSet<String>, ReadError> {
    let mut paths: BTreeSet<String> = glob::expand(&host.root, "/etc/ssh/sshd_config.d/*.conf")?.into_iter().collect();
    if host.root.exists(CONFIG)? {
        paths.insert(CONFIG.to_owned());
    }
    let blocks = parsed.matches.iter().flat_map(|(_, place, settings)| {
        std::iter::once(place.file.clone()).chain(settings.set_at.values().map(|place| place.file.clone()))
    });
    paths.extend(parsed.global.set_at.values().map(|place| place.file.clone()).chain(blocks));
    Ok(paths)
}

/// The type of the key in a `.pub` file.
fn host_key_type(text: &str) -> Option<HostKeyType> {
    let key = ssh_key::parse(text.split_whitespace().nth(1)?)?;
    let algorithm = match key.algorithm.as_str() {
        "ssh-ed25519" => "ed25519",
        "ssh-rsa" => "rsa",
        "ssh-dss" => "dsa",
        name if name.starts_with("ecdsa-") => "ecdsa",
        other => other,
    };
    Some(HostKeyType { algorithm: algorithm.to_owned(), bits: key.bits.unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(files: &[(&str, &str)]) -> SshdConfig {
        let mut includes = |pattern: &str| {
            let hits = files.iter().filter(|(path, _)| glob::matches(pattern, path));
            Ok(hits.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
        };
        let mut parsed = Parsed::default();
        parse(&mut parsed, files[0].0, files[0].1, &mut includes).unwrap();
        shape(&parsed, None)
    }

    fn one(text: &str) -> SshdConfig {
        parsed(&[("/etc/ssh/sshd_config", text)])
    }

    #[test]
    fn values_are_taken_as_sshd_takes_them() {
        for (text, key, want, why) in [
            ("", "permitrootlogin", "prohibit-password", "the default"),
            ("PermitRootLogin yes\nPermitRootLogin no", "permitrootlogin", "yes", "the first value wins"),
            ("permitROOTlogin No", "permitrootlogin", "no", "case does not matter"),
            ("PermitRootLogin without-password", "permitrootlogin", "prohibit-password", "the older word"),
            ("PermitRootLogin=no", "permitrootlogin", "no", "an equals sign"),
            ("PermitRootLogin = no", "permitrootlogin", "no", "an equals sign with blanks"),
            ("  \tPermitRootLogin\tno  \r\n", "permitrootlogin", "no", "blanks around, a carriage return"),
            ("\"PermitRootLogin\" \"no\"", "permitrootlogin", "no", "quotes"),
            ("PermitRootLogin no # really", "permitrootlogin", "no", "a comment behind"),
            ("#PermitRootLogin no", "permitrootlogin", "prohibit-password", "a comment"),
            ("Banner \"/etc/my banner\"", "banner", "/etc/my banner", "a quoted path"),
            ("LoginGraceTime 1m30s", "logingracetime", "90", "a time in seconds"),
            ("LoginGraceTime never", "logingracetime", "never", "no time stays as it is"),
            ("LogLevel verbose", "loglevel", "VERBOSE", "one spelling"),
            ("MaxStartups 5", "maxstartups", "5:30:5", "one number"),
            ("AllowUsers a b\nAllowUsers c", "allowusers", "a b c", "lists add up"),
            ("Port 22\nPort 2222", "port", "22 2222", "ports add up"),
            ("ForceCommand /bin/x \"a b\"", "forcecommand", "/bin/x \"a b\"", "the rest of the line"),
            ("SetEnv A=1\nSetEnv B=2", "setenv", "A=1", "the first line only"),
            ("ChallengeResponseAuthentication no", "kbdinteractiveauthentication", "no", "an older name"),
            ("Ciphers aes256-ctr", "ciphers", "aes256-ctr", "a list of its own"),
            (
                "MACs -hmac-sha1*,umac-*",
                "macs",
                "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512",
                "patterns taken off the default",
            ),
            (
                "Ciphers ^aes256-ctr",
                "ciphers",
                "aes256-ctr,chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes128-gcm@openssh.com,\
                 aes256-gcm@openssh.com",
                "put first",
            ),
            ("KexAlgorithms +x", "kexalgorithms", &format!("{KEX},x"), "added behind"),
            ("Subsystem sftp /a -l\nSubsystem sftp /b", "subsystem", "sftp /a -l", "the first of a name"),
        ] {
            let got = one(text);
            assert_eq!(got.effective.get(key).map(String::as_str), Some(want), "{text}: {why}");
            assert!(got.malformed.is_empty(), "{text}: {:?}", got.malformed);
        }
    }

    #[test]
    fn what_sshd_refuses_is_malformed() {
        for (text, why) in [
            ("PermitRootLogin", "no value"),
            ("PermitRootLogin no yes", "two values"),
            ("PermitRootLogni no", "no such keyword"),
            ("Banner \"/etc", "an open quote"),
            ("Match", "no criteria"),
            ("Include sshd_config", "a loop"),
        ] {
            assert_eq!(one(text).malformed.len(), 1, "{text}: {why}");
        }
    }

    #[test]
    fn includes_and_matches() {
        let got = parsed(&[
            (
                "/etc/ssh/sshd_config",
                "Include sshd_config.d/*.conf /none/*\nPasswordAuthentication yes\nX11Forwarding yes\n\
                 Match User a Address 10.0.0.0/8\n PasswordAuthentication no\n PasswordAuthentication yes\n \
                 Include /etc/ssh/in_match\n PermitTTY no\nMatch all\n Banner none\n",
            ),
            ("/etc/ssh/sshd_config.d/1.conf", "PermitRootLogin yes\nMatch Group g\nX11Forwarding no\n"),
            ("/etc/ssh/sshd_config.d/2.conf", "PermitRootLogin no\nPasswordAuthentication no\n"),
            ("/etc/ssh/in_match", "GatewayPorts yes\nMatch Host h\nUseDNS yes\n"),
        ]);
        let value = |key: &str| got.effective[key].as_str();
        assert_eq!(value("permitrootlogin"), "yes", "the first file counts");
        assert_eq!(value("passwordauthentication"), "no", "a file included before the line");
        assert_eq!(value("x11forwarding"), "yes", "a Match block ends with its file");
        assert_eq!(value("gatewayports"), "no", "a file included in a block belongs to it");
        assert_eq!(
            got.set_at["passwordauthentication"],
            Place { file: "/etc/ssh/sshd_config.d/2.conf".into(), line: 2 }
        );
        let blocks: Vec<_> = got
            .matches
            .iter()
            .map(|m| {
                (m.criteria.as_str(), m.settings.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_eq!(
            blocks,
            [
                ("Group g", "x11forwarding=no".to_owned()),
                ("User a Address 10.0.0.0/8", "gatewayports=yes passwordauthentication=no permittty=no".to_owned()),
                ("User a Address 10.0.0.0/8 Host h", "usedns=yes".to_owned()),
                ("all", "banner=none".to_owned()),
            ]
        );
    }

    #[test]
    fn deep_includes_end() {
        let names: Vec<String> = (0..40).map(|i| format!("/etc/ssh/{i:02}")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "Include /etc/ssh/*\nPort 1")).collect();
        let got = parsed(&files);
        assert!(got.ports.len() <= INCLUDES_MAX + 1);
        assert!(!got.malformed.is_empty());
    }

    #[test]
    fn options_of_the_command_line() {
        let mut config = String::new();
        let words =
            line::words("-D -oCiphers=aes256-ctr -o 'PermitRootLogin no' -p 2222 -f /x -u0 -h /k", false).unwrap();
        let got = command_line(&words, &mut config);
        assert_eq!(got, ["Ciphers=aes256-ctr", "PermitRootLogin no", "Port 2222", "HostKey /k"]);
        assert_eq!(config, "/x");
    }

    #[test]
    fn a_program_tells_its_version_and_lists() {
        let bytes = b"\0OpenSSH_7.0*,OpenSSH_7.1*\0OpenSSH_9.6p1 Ubuntu-3\0x,curve25519-sha256,curve25519-sha256@libssh.org,y\0\xff";
        let program = Program::parse(bytes);
        assert_eq!(program.version.as_deref(), Some("9.6p1"));
        assert_eq!(program.lists["kexalgorithms"], "x,curve25519-sha256,curve25519-sha256@libssh.org,y");
        assert!(program.is_before(9, 8) && !program.is_before(9, 6));
        assert!(!Program::default().is_before(99, 0), "an unknown version is not old");
        assert_eq!(Program::parse(b"OpenSSH_9").version, None, "cut off");
    }

    #[test]
    fn a_root_with_keys() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let host = |dir: &std::path::Path| Host::new(Root::mounted(dir).unwrap());
        assert!(list(&host(dir.path())).unwrap().is_empty(), "neither program nor configuration");
        write("etc/passwd", "root:x:0:0::/root:/bin/sh\n");
        write("etc/group", "root:x:0:\n");
        write("etc/ssh/sshd_config", "Include sshd_config.d/*.conf\nHostKey /srv/key\n");
        write("etc/ssh/sshd_config.d/a.conf", "UsePAM yes\n");
        write("etc/default/ssh", "SSHD_OPTS=\"-o PermitRootLogin=yes\"\n");
        write("srv/key", "private");
        write("srv/key.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me\n");
        let children = list(&host(dir.path())).unwrap();
        let config = children[0].facets["config"].as_ref().unwrap();
        assert_eq!(config["effective"]["permitrootlogin"], "yes", "the unit's options come first");
        assert_eq!(config["effective"]["usepam"], "yes");
        assert_eq!(config["files"], serde_json::json!(["/etc/ssh/sshd_config", "/etc/ssh/sshd_config.d/a.conf"]));
        assert_eq!(config["installed"], false);
        let files = children[0].facets["files"].as_ref().unwrap();
        assert_eq!(files["key_types"]["/srv/key"], serde_json::json!({"algorithm": "ed25519", "bits": 256}));
        assert_eq!(files["private_keys"][0]["path"], "/srv/key");
        assert_eq!(files["public_keys"][0]["path"], "/srv/key.pub");
    }

    #[test]
    fn the_command_line_of_the_unit_counts() {
        const UNIT: &str = "[Service]\nEnvironmentFile=-/etc/default/ssh\nExecStart=/usr/sbin/sshd -D $SSHD_OPTS\n";
        const DROP_IN: (&str, &str) = (
            "etc/systemd/system/ssh.service.d/x.conf",
            "[Service]\nExecStart=\nExecStart=/usr/sbin/sshd -D -o PermitRootLogin=yes\n",
        );
        type Files<'a> = &'a [(&'a str, &'a str)];
        let cases: &[(Files<'_>, &str, &str)] = &[
            (&[("usr/lib/systemd/system/ssh.service", UNIT)], "no", "the unit has no option of its own"),
            (&[("usr/lib/systemd/system/ssh.service", UNIT), DROP_IN], "yes", "a drop-in has one"),
            (
                &[
                    ("usr/lib/systemd/system/ssh.service", UNIT),
                    ("etc/default/ssh", "SSHD_OPTS='-o PermitRootLogin=yes'\n"),
                ],
                "yes",
                "a variable of the unit's file",
            ),
            (
                &[
                    ("usr/lib/systemd/system/ssh.service", "[Service]\nExecStart=/usr/sbin/sshd -D\n"),
                    ("etc/default/ssh", "SSHD_OPTS='-o PermitRootLogin=yes'\n"),
                ],
                "no",
                "the unit does not take the variable",
            ),
            (
                &[("etc/default/ssh", "SSHD_OPTS='-o PermitRootLogin=no'\nSSHD_OPTS='-o PermitRootLogin=yes'\n")],
                "yes",
                "the last assignment counts",
            ),
            (
                &[
                    ("usr/lib/systemd/system/ssh.service", UNIT),
                    (
                        "usr/lib/systemd/system/ssh@.service",
                        "[Service]\nExecStart=-/usr/sbin/sshd -i -oPermitRootLogin=yes\n",
                    ),
                    ("usr/lib/systemd/system/ssh.socket", "[Install]\nWantedBy=sockets.target\n"),
                    ("etc/systemd/system/sockets.target.wants/ssh.socket", ""),
                ],
                "yes",
                "the socket starts the template",
            ),
            (
                &[
                    ("usr/lib/systemd/system/ssh.service", "[Service]\nExecStart=/usr/sbin/sshd -D -f /etc/other\n"),
                    ("etc/other", "PermitRootLogin yes\n"),
                ],
                "yes",
                "another file",
            ),
        ];
        for (files, want, why) in cases {
            let dir = tempfile::tempdir().unwrap();
            for (path, text) in files.iter().chain(&[("etc/ssh/sshd_config", "PermitRootLogin no\n")]) {
                let path = dir.path().join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            let host = Host::new(Root::mounted(dir.path()).unwrap());
            let (parsed, _) = read(&host).unwrap();
            let got = shape(&parsed, None);
            assert_eq!(got.effective["permitrootlogin"], *want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,300}") { one(&text); }

        #[test]
        fn lines_of_words(text in "((Match|Include|Port|Ciphers|MACs|SetEnv|Subsystem)[ =\"a-z0-9,^+*#-]{0,20}\n){0,20}") {
            one(&text);
        }

        #[test]
        fn program_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) { Program::parse(&bytes); }
    }
}
