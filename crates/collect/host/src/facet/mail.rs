use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    line,
    root::ReadError,
};

/// Mail transfer agents and where they listen.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Mail {
    /// `postfix`, `exim`, `sendmail`; null where none is installed.
    pub(crate) agent: Option<String>,
    /// postfix's `inet_interfaces`, exim's `dc_local_interfaces` or `local_interfaces`, split; empty where not set.
    pub(crate) interfaces: Vec<String>,
    /// Whether it is bound to loopback alone by its configuration; null where no agent is installed or it cannot be told.
    pub(crate) local_only: Option<bool>,
    /// Root's mail is sent on to somebody (`/etc/aliases`).
    pub(crate) root_alias: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "mail",
    live_only: false,
    shape: crate::def::shape_of::<Mail>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Mail, Missing> {
    let root = &host.root;
    let read = |path: &str| root.read_text(path).map(Option::unwrap_or_default);
    let any = |paths: &[&str]| -> Result<bool, ReadError> {
        for path in paths {
            if root.exists(path)? {
                return Ok(true);
            }
        }
        Ok(false)
    };
    let mut out = Mail { root_alias: root_alias(&read("/etc/aliases")?), ..Mail::default() };
    if any(&["/usr/sbin/postfix"])? {
        out.agent = Some("postfix".into());
        out.interfaces = postfix(&read("/etc/postfix/main.cf")?);
        // Nothing set means `all`.
        out.local_only = Some(!out.interfaces.is_empty() && out.interfaces.iter().all(|i| is_local(i)));
    } else if any(&["/usr/sbin/exim4", "/usr/sbin/exim"])? {
        out.agent = Some("exim".into());
        let debian = read("/etc/exim4/update-exim4.conf.conf")?;
        let own = match root.read_text("/etc/exim4/exim4.conf")? {
            Some(text) => Some(text),
            None => root.read_text("/etc/exim/exim.conf")?,
        };
        out.interfaces = match &own {
            Some(text) => exim(text),
            None => exim_debian(&debian),
        };
        out.local_only = Some(!out.interfaces.is_empty() && out.interfaces.iter().all(|i| is_local(i)));
    } else if any(&["/usr/sbin/sendmail-mta", "/usr/sbin/sendmail.sendmail"])? {
        out.agent = Some("sendmail".into());
        if let Some(text) = root.read_text("/etc/mail/sendmail.cf")? {
            out.interfaces = sendmail(&text);
            out.local_only = Some(!out.interfaces.is_empty() && out.interfaces.iter().all(|i| is_local(i)));
        }
    }
    Ok(out)
}

/// Words that stand for the loopback interface alone.
fn is_local(word: &str) -> bool {
    let bare = word.trim_start_matches('[');
    let bare = bare.split(']').next().unwrap_or(bare);
    let octets: Vec<_> = bare.split('.').collect();
    matches!(bare, "loopback-only" | "localhost" | "::1" | "ip6-localhost")
        || (octets.len() >= 4 && octets.first() == Some(&"127"))
}

/// `inet_interfaces` of `main.cf` (`postconf(5)`): a line that starts with a blank goes on; the last setting wins.
fn postfix(text: &str) -> Vec<String> {
    let mut settings: Vec<(String, String)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        if line.starts_with(char::is_whitespace) {
            if let Some((_, value)) = settings.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once('=') {
            settings.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    let value = settings.into_iter().rev().find(|(name, _)| name == "inet_interfaces").map(|(_, value)| value);
    split(&value.unwrap_or_default(), &[',', ' ', '\t'])
}

/// `dc_local_interfaces` of Debian's exim; a list of `;`, in which `.include` never stands.
fn exim_debian(text: &str) -> Vec<String> {
    let value = line::assignments(text).into_iter().rev().find(|(_, name, _)| name == "dc_local_interfaces");
    split(&value.map(|(_, _, value)| value).unwrap_or_default(), &[';', ' ', '\t'])
}

/// `local_interfaces` of exim's own configuration: a list of `:`, or of another character named by `<;`.
fn exim(text: &str) -> Vec<String> {
    let value = line::joined(text, "").into_iter().rev().find_map(|(_, line)| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == "local_interfaces").then(|| value.trim().to_owned())
    });
    let value = value.unwrap_or_default();
    match value.strip_prefix('<').map(str::chars) {
        Some(mut rest) => {
            let mark = rest.next().unwrap_or(';');
            split(rest.as_str(), &[mark, ' '])
        }
        // A doubled colon stands for one colon of an IPv6 address.
        None => {
            split(&value.replace("::", "\0"), &[':', ' ']).into_iter().map(|part| part.replace('\0', ":")).collect()
        }
    }
}

/// `Addr=` of each `DaemonPortOptions` in `sendmail.cf`; one without an address listens on all.
fn sendmail(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (_, line) in line::plain(text) {
        let Some(options) = line.strip_prefix("O DaemonPortOptions=") else { continue };
        let address = options.split(',').find_map(|option| {
            let (name, value) = option.split_once('=')?;
            name.trim()
                .to_ascii_lowercase()
                .starts_with("addr")
                .then(|| value.trim().trim_start_matches("IPv6:").to_owned())
        });
        out.push(address.unwrap_or_else(|| "all".into()));
    }
    out
}

fn split(text: &str, marks: &[char]) -> Vec<String> {
    text.split(marks).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Who gets root's mail (`aliases(5)`). A command stays without its arguments.
fn root_alias(text: &str) -> Option<String> {
    let mut found: Option<String> = None;
    let mut inside = false;
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if line.starts_with(char::is_whitespace) {
            if let (true, Some(value)) = (inside, &mut found) {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        inside = name.trim().trim_matches('"').eq_ignore_ascii_case("root");
        if inside {
            found = Some(value.trim().to_owned());
        }
    }
    let value = found.filter(|value| !value.is_empty())?;
    if value.contains('|') {
        let program = value.split_whitespace().next().unwrap_or_default();
        return Some(program.trim_matches('"').to_owned());
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    #[test]
    fn interfaces() {
        for (got, want, why) in [
            (
                postfix("inet_interfaces = all\ninet_interfaces = loopback-only\n"),
                &["loopback-only"][..],
                "the last wins",
            ),
            (
                postfix("inet_interfaces = 127.0.0.1,\n  [::1]\n# x\nmyhostname = a\n"),
                &["127.0.0.1", "[::1]"],
                "continued",
            ),
            (postfix("#inet_interfaces = all\n"), &[], "not set"),
            (exim_debian("dc_local_interfaces='127.0.0.1 ; ::1'\n"), &["127.0.0.1", "::1"], "Debian's list"),
            (exim_debian("dc_local_interfaces=''\n"), &[], "empty: all"),
            (exim("local_interfaces = <; 127.0.0.1 ; ::1\n"), &["127.0.0.1", "::1"], "another mark"),
            (exim("local_interfaces = 127.0.0.1 : 10.0.0.1\n"), &["127.0.0.1", "10.0.0.1"], "colons"),
            (
                sendmail(
                    "O DaemonPortOptions=Name=MTA-v4, Family=inet, Addr=127.0.0.1, Port=smtp\nO DaemonPortOptions=Name=M\n",
                ),
                &["127.0.0.1", "all"],
                "one without an address",
            ),
        ] {
            assert_eq!(got, want, "{why}");
        }
        for (word, want) in [
            ("loopback-only", true),
            ("127.0.0.53", true),
            ("[::1]:25", true),
            ("127.0.0.1.25", true),
            ("all", false),
            ("10.0.0.1", false),
            ("127x", false),
            ("$myhostname", false),
        ] {
            assert_eq!(is_local(word), want, "{word}");
        }
    }

    #[test]
    fn aliases() {
        for (text, want, why) in [
            ("root: a@b\n", Some("a@b"), "plain"),
            ("# root: x\npostmaster: root\n", None, "none"),
            ("ROOT:\ta,\n\tb\nc: d\n", Some("a, b"), "continued, any case"),
            ("root:\n", None, "nobody"),
            ("root: \"|/bin/x --token=s\"\n", Some("|/bin/x"), "a command without its arguments"),
        ] {
            assert_eq!(root_alias(text).as_deref(), want, "{text}: {why}");
        }
    }

    #[test]
    fn a_root() {
        let dir = tempfile::tempdir().unwrap();
        let host = || Host::new(Root::mounted(dir.path()).unwrap());
        let got = collect(&host()).unwrap();
        assert_eq!((got.agent, got.local_only), (None, None));
        std::fs::create_dir_all(dir.path().join("usr/sbin")).unwrap();
        std::fs::write(dir.path().join("usr/sbin/postfix"), "").unwrap();
        let got = collect(&host()).unwrap();
        assert_eq!((got.agent.as_deref(), got.local_only), (Some("postfix"), Some(false)), "the default is all");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}") {
            postfix(&text);
            exim(&text);
            exim_debian(&text);
            sendmail(&text);
            root_alias(&text);
            is_local(&text);
        }
    }
}
