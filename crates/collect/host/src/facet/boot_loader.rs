use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::{
        files::PathFacts,
        identity::any_exists,
        kernel_cmdline::{word_redacted, words},
        kernel_config::release_key,
    },
    host::Host,
    text::{Texts, meaningful, shell_assignments},
};

/// GRUB (and systemd-boot's presence): what it starts and who may change it.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct BootLoader {
    /// `grub`, `systemd-boot`, `none` (containers and direct kernel boot).
    pub(crate) loader: String,
    /// `GRUB_CMDLINE_LINUX` and `_DEFAULT` of `/etc/default/grub` and `grub.d`, split into words; null where absent.
    pub(crate) default_cmdline: Option<Vec<String>>,
    /// Kernel arguments of each `linux` line in `grub.cfg`, and of each entry below `/boot/loader/entries` where grub.cfg
    /// says `blscfg`; null where absent.
    pub(crate) entries: Option<Vec<Vec<String>>>,
    /// A superuser and a `password_pbkdf2` are set; null where there is no grub.cfg.
    pub(crate) password_set: Option<bool>,
    /// Entries start without the password (`--unrestricted`); null where there is no grub.cfg.
    pub(crate) unrestricted: Option<bool>,
    /// Path of the grub.cfg that was read; null where there is none.
    pub(crate) config_path: Option<String>,
    /// grub.cfg's facts.
    pub(crate) config: PathFacts,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "boot_loader",
    live_only: false,
    shape: crate::def::shape_of::<BootLoader>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const CONFIGS: [&str; 2] = ["/boot/grub/grub.cfg", "/boot/grub2/grub.cfg"];
const EFI: &str = "/boot/efi/EFI";
const SYSTEMD_BOOT: [&str; 3] = ["/boot/loader/loader.conf", "/boot/efi/loader/loader.conf", "/efi/loader/loader.conf"];
/// GRUB's environment block has 1,024 bytes.
const ENVIRONMENT_MAX: u64 = 64 << 10;
/// Words of one entry; a `$NAME` may stand for many.
const WORDS_MAX: usize = 4096;
const ENTRIES: &str = "/boot/loader/entries";

fn collect(host: &Host) -> Result<BootLoader, Missing> {
    let root = &host.root;
    let mut boot = BootLoader { default_cmdline: default_cmdline(host)?, ..BootLoader::default() };
    let files = Texts::new(root);
    for path in configs(host)? {
        let Some(text) = files.read(&path)? else { continue };
        let dir = path.trim_end_matches("/grub.cfg");
        let user = root.read_text(&format!("{dir}/user.cfg"))?.unwrap_or_default();
        let config = parse(&text, user_password(&user));
        let mut entries = config.entries;
        if config.blscfg {
            let block = root.read(&format!("{dir}/grubenv"), ENVIRONMENT_MAX)?.unwrap_or_default();
            let environment = String::from_utf8_lossy(&block).into_owned();
            entries.extend(loader_entries(host, &environment)?);
        }
        boot.entries = Some(entries);
        boot.password_set = Some(config.password_set);
        boot.unrestricted = Some(config.unrestricted);
        boot.config = host.path_facts(&path)?;
        boot.config_path = Some(path);
        break;
    }
    boot.loader = if boot.config_path.is_some() {
        "grub"
    } else if any_exists(host, &SYSTEMD_BOOT)? {
        "systemd-boot"
    } else if boot.default_cmdline.is_some() {
        "grub"
    } else {
        "none"
    }
    .to_owned();
    Ok(boot)
}

/// Where a grub.cfg may be. Those on the EFI partition are looked for only where there is no other: Debian's there only
/// names the one below `/boot`, Red Hat 8 has its only one there.
fn configs(host: &Host) -> Result<Vec<String>, Missing> {
    if any_exists(host, &CONFIGS)? {
        return Ok(CONFIGS.iter().map(|path| (*path).to_owned()).collect());
    }
    let entries = host.root.list(EFI)?.unwrap_or_default();
    Ok(entries.into_iter().map(|entry| format!("{EFI}/{}/grub.cfg", entry.name)).collect())
}

/// The words that `grub-mkconfig` gives to Linux: `/etc/default/grub`, then `/etc/default/grub.d/*.cfg` by name (Debian).
fn default_cmdline(host: &Host) -> Result<Option<Vec<String>>, Missing> {
    let files = Texts::new(&host.root);
    let mut texts: Vec<String> = files.read("/etc/default/grub")?.into_iter().collect();
    for path in host.root.list_suffix("/etc/default/grub.d", ".cfg")? {
        texts.extend(files.read(&path)?);
    }
    Ok((!texts.is_empty()).then(|| defaults(&texts)))
}

pub(crate) fn defaults(texts: &[String]) -> Vec<String> {
    let mut vars = BTreeMap::new();
    for text in texts {
        shell_assignments(text, true, &mut vars);
    }
    let both = ["GRUB_CMDLINE_LINUX", "GRUB_CMDLINE_LINUX_DEFAULT"];
    let text: Vec<String> = both.iter().filter_map(|name| vars.remove(*name)).collect();
    words(&text.join(" ")).iter().map(|word| word_redacted(word)).collect()
}

/// What grub.cfg comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    entries: Vec<Vec<String>>,
    password_set: bool,
    unrestricted: bool,
    blscfg: bool,
}

/// GRUB's manual, "Shell-like scripting" and "Authentication and authorisation". Conditions are not followed.
///
/// `user_password`: `user.cfg` beside it holds a hash, which Red Hat's grub.cfg takes by `${GRUB2_PASSWORD}`.
pub(crate) fn parse(text: &str, user_password: bool) -> Config {
    let mut config = Config::default();
    let (mut superusers, mut passwords) = (BTreeSet::new(), BTreeSet::new());
    for (_, line) in meaningful(text, &['#']) {
        let words = grub_words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["linux" | "linux16" | "linuxefi", _kernel, arguments @ ..] => {
                config.entries.push(arguments.iter().map(|word| word_redacted(word)).collect());
            }
            ["set", assignment, ..] => {
                if let Some(users) = assignment.strip_prefix("superusers=") {
                    let users = users.split([' ', ',', ';', '|', '&']).filter(|user| !user.is_empty());
                    superusers = users.map(str::to_owned).collect();
                }
            }
            ["password_pbkdf2", user, hash, ..]
                if hash.starts_with("grub.pbkdf2.") || (hash.contains("GRUB2_PASSWORD") && user_password) =>
            {
                passwords.insert((*user).to_owned());
            }
            ["menuentry" | "submenu", rest @ ..] => config.unrestricted |= rest.contains(&"--unrestricted"),
            ["blscfg", ..] => config.blscfg = true,
            _ => {}
        }
    }
    config.password_set = superusers.intersection(&passwords).next().is_some();
    config
}

/// Words of a line of GRUB's script: quotes and backslashes as in a shell, both quotes removed.
fn grub_words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quote) = (None::<String>, None);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (Some(q), c) if q == c => quote = None,
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(chars.next()),
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, ';' | '{' | '}') if word.is_none() => {}
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Whether `user.cfg` holds a hash.
fn user_password(text: &str) -> bool {
    meaningful(text, &['#']).any(|(_, line)| line.starts_with("GRUB2_PASSWORD=grub.pbkdf2."))
}

/// `options` lines of the Boot Loader Specification's entries, newest kernel last; `$NAME` stands for what GRUB's
/// environment block holds.
fn loader_entries(host: &Host, environment: &str) -> Result<Vec<Vec<String>>, Missing> {
    let mut paths = host.root.list_suffix(ENTRIES, ".conf")?;
    paths.sort_by_cached_key(|path| release_key(path));
    let files = Texts::new(&host.root);
    let mut entries = Vec::new();
    for path in paths {
        if let Some(text) = files.read(&path)? {
            entries.push(loader_entry(&text, environment));
        }
    }
    Ok(entries)
}

pub(crate) fn loader_entry(text: &str, environment: &str) -> Vec<String> {
    let value = |name: &str| environment.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    let mut out = Vec::new();
    for (_, line) in meaningful(text, &['#']) {
        let Some(options) = line.strip_prefix("options").filter(|rest| rest.starts_with(char::is_whitespace)) else {
            continue;
        };
        for word in words(options) {
            if out.len() > WORDS_MAX {
                break;
            }
            match word.strip_prefix('$') {
                Some(name) => out.extend(words(value(name).unwrap_or_default())),
                None => out.push(word),
            }
        }
    }
    out.iter().map(|word| word_redacted(word)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HASH: &str = "grub.pbkdf2.sha512.10000.AB.CD";

    #[test]
    fn passwords() {
        let set = "set superusers=\"root\"\n";
        for (text, user, want, why) in [
            (format!("{set}password_pbkdf2 root {HASH}\n"), false, true, "both"),
            (format!("password_pbkdf2 root {HASH}\n"), false, false, "no superuser"),
            (set.to_owned(), false, false, "no password"),
            (format!("{set}password_pbkdf2 other {HASH}\n"), false, false, "another's password"),
            (format!("set superusers='a,root'\npassword_pbkdf2 root {HASH}\n"), false, true, "one of several"),
            (format!("{set}password root plain\n"), false, false, "a password in the clear"),
            (format!("{set}password_pbkdf2 root ${{GRUB2_PASSWORD}}\n"), false, false, "user.cfg is missing"),
            (format!("{set}password_pbkdf2 root ${{GRUB2_PASSWORD}}\n"), true, true, "user.cfg has it"),
            (format!("# {set}# password_pbkdf2 root {HASH}\n"), false, false, "comments"),
        ] {
            assert_eq!(parse(&text, user).password_set, want, "{text}: {why}");
        }
        assert!(user_password(&format!("GRUB2_PASSWORD={HASH}\n")));
        assert!(!user_password("GRUB2_PASSWORD=\n"));
    }

    #[test]
    fn entries() {
        let text = "menuentry 'Debian GNU/Linux' --class debian $menuentry_id_option 'x' {\n\
            \tlinux\t/boot/vmlinuz-6.1 root=UUID=1 ro quiet audit=1\n}\n\
            menuentry \"b\" --unrestricted {\n linuxefi /vmlinuz a=\"b c\" rd.luks.key=x\n}\nblscfg\n";
        let got = parse(text, false);
        assert_eq!(got.entries, [vec!["root=UUID=1", "ro", "quiet", "audit=1"], vec!["a=b c", "rd.luks.key=REDACTED"]]);
        assert!(got.unrestricted && got.blscfg);
    }

    #[test]
    fn default_words() {
        let texts = [
            "GRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\nGRUB_CMDLINE_LINUX=\"audit=1\"\nGRUB_CMDLINE_LINUX_DEFAULT='quiet splash'\n".to_owned(),
            "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX console=ttyS0\"\n".to_owned(),
        ];
        assert_eq!(defaults(&texts), ["audit=1", "console=ttyS0", "quiet", "splash"]);
    }

    #[test]
    fn specification_entries() {
        let got = loader_entry(
            "title x\noptions $kernelopts audit=1 $tuned_params\n",
            "# GRUB Environment Block\nkernelopts=root=/dev/a ro\n",
        );
        assert_eq!(got, ["root=/dev/a", "ro", "audit=1"]);
    }

    #[test]
    fn which_loader() {
        for (path, loader, why) in [
            ("boot/grub/grub.cfg", "grub", "Debian"),
            ("boot/grub2/grub.cfg", "grub", "Red Hat"),
            ("etc/default/grub", "grub", "not yet configured"),
            ("boot/efi/EFI/redhat/grub.cfg", "grub", "Red Hat 8"),
            ("efi/loader/loader.conf", "systemd-boot", "on its own partition"),
            ("boot/vmlinuz", "none", "started directly"),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
            let root = crate::root::Root::mounted(dir.path()).unwrap();
            let got = collect(&Host::new(root)).unwrap();
            assert_eq!(got.loader, loader, "{why}");
            assert_eq!(got.password_set, got.config_path.map(|_| false), "null without a grub.cfg");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            parse(&text, true);
            defaults(std::slice::from_ref(&text));
            loader_entry(&text, &text);
            user_password(&text);
        }
    }
}
