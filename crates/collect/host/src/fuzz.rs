//! Every reader of text that stands on a host, as a table for fuzzers. Not part of the public interface: only with the
//! feature `fuzzing`.
//!
//! Two sorts of rows: a parser alone, and a whole facet or part, whose bytes are written as a file below a scratch root
//! and which then reads as it always does, includes and limits and JSON together. Bytes of the second sort may hold more
//! files, each after a line `=== /path`, so that includes can be found that include one another.
use std::{collections::BTreeMap, fmt, path::Path};

use casemate_estate::fuzz::Target;
use serde_json::Value;

use crate::{
    apt_conf::AptConf,
    def::{ChildDef, FacetDef},
    facet, glob,
    host::Host,
    kernel, left_out, line, loaded, packet_filter, part, pem, process,
    root::Root,
    ssh_key, systemd, text,
};

/// Files beside the one that is fuzzed: path and content.
type Beside = &'static [(&'static str, &'static str)];

/// Files that one input may make.
const FILES_MAX: usize = 16;

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// About how many bytes a result keeps.
fn size(result: &impl fmt::Debug) -> usize {
    struct Count(usize);
    impl fmt::Write for Count {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let mut count = Count(0);
    // Counting does not fail; a type that refuses to be shown counts as what it showed.
    match fmt::write(&mut count, format_args!("{result:?}")) {
        Ok(()) | Err(fmt::Error) => count.0,
    }
}

/// Writes a file below the scratch root. What cannot be a path is left out.
fn file_write(root: &Path, path: &str, bytes: &[u8]) {
    let relative = path.trim_start_matches('/');
    let plain = !relative.is_empty()
        && relative.len() < 200
        && relative.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains('\0'));
    if !plain {
        return;
    }
    let whole = root.join(relative);
    let made = whole.parent().map_or(Ok(()), std::fs::create_dir_all);
    // Where a file of the same input stands in the way, this one is left out.
    if made.is_ok() && std::fs::write(&whole, bytes).is_ok() {
        use std::os::unix::fs::PermissionsExt;
        drop(std::fs::set_permissions(&whole, std::fs::Permissions::from_mode(0o755)));
    }
}

/// A scratch root of `beside` and the files of the input; the first is at `path`.
fn scratch<T>(path: &str, beside: Beside, bytes: &[u8], read: impl FnOnce(&Host) -> T) -> Option<T> {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    let dir = made.or_else(|_| tempfile::tempdir()).ok()?;
    for (path, content) in beside {
        file_write(dir.path(), path, content.as_bytes());
    }
    let mut rest = bytes;
    let mut at = path.to_owned();
    for _ in 0..FILES_MAX {
        let next = memchr::memmem::find(rest, b"\n=== /");
        let end = next.map_or(rest.len(), |end| end + 1);
        let (body, more) = rest.split_at(end);
        file_write(dir.path(), &at, body);
        if next.is_none() {
            break;
        }
        let line = more.split(|byte| *byte == b'\n').next().unwrap_or_default();
        at = lossy(line.get(4..).unwrap_or_default());
        rest = more.get(line.len() + 1..).unwrap_or_default();
    }
    let root = Root::mounted(dir.path()).ok()?;
    Some(read(&Host::new(root)))
}

fn facet(def: &FacetDef, path: &str, beside: Beside, bytes: &[u8]) -> usize {
    let result = scratch(path, beside, bytes, |host| (def.collect)(host));
    match result {
        Some(Ok(value)) => value_size(&value),
        Some(Err(missing)) => missing.reason.len(),
        None => 0,
    }
}

fn part(def: &ChildDef, path: &str, beside: Beside, bytes: &[u8]) -> usize {
    let result = scratch(path, beside, bytes, |host| (def.list)(host));
    let Some(Ok(children)) = result else { return 0 };
    let facets = children.iter().flat_map(|child| child.facets.values());
    facets.map(|facet| facet.as_ref().map_or_else(|missing| missing.reason.len(), value_size)).sum()
}

fn value_size(value: &Value) -> usize {
    value.to_string().len()
}

/// A line many times over: what includes itself once is cut at a depth, twice may still explode.
macro_rules! forty {
    ($line:literal) => {
        concat!(
            $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line,
            $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line, $line,
            $line, $line, $line, $line, $line, $line, $line, $line, $line, $line,
        )
    };
}

/// A parser that takes text.
macro_rules! text {
    ($name:literal, $parse:expr, [$($seed:expr),* $(,)?]) => {
        Target {
            name: $name,
            run: |bytes| {
                let parse: fn(&str) -> usize = $parse;
                parse(&lossy(bytes))
            },
            seeds: &[$($seed),*],
        }
    };
}

/// A facet that reads a file.
macro_rules! file {
    ($name:literal, $facet:ident, $path:literal, $beside:expr, [$($seed:expr),* $(,)?]) => {
        Target {
            name: $name,
            run: |bytes| facet(&facet::$facet::DEF, $path, $beside, bytes),
            seeds: &[$($seed),*],
        }
    };
}

/// A part that reads a file.
macro_rules! part {
    ($name:literal, $part:ident, $path:literal, $beside:expr, [$($seed:expr),* $(,)?]) => {
        Target {
            name: $name,
            run: |bytes| part(&part::$part::DEF, $path, $beside, bytes),
            seeds: &[$($seed),*],
        }
    };
}

const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000:Ann,,,:/home/ann:/bin/sh\n";
const GROUP: &str = "root:x:0:\nsudo:x:27:ann\nann:x:1000:\n";
const ACCOUNTS: Beside = &[("/etc/passwd", PASSWD), ("/etc/group", GROUP)];
const DPKG: &str = "Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 3.0.15-1~deb12u1\n\n\
                    Package: linux-image-6.1.0-18-amd64\nStatus: deinstall ok config-files\nVersion: 6.1.76-1\n";
const SOURCES: &str = "deb http://deb.example.org/debian bookworm main\n";
const SYSTEMD: Beside = &[
    ("/usr/lib/systemd/system/x.service", "[Service]\nExecStart=/usr/sbin/x\n"),
    ("/etc/systemd/system/multi-user.target.wants/a.service", ""),
    ("/usr/sbin/x", ""),
];
const APT: Beside = &[
    ("/var/lib/dpkg/status", DPKG),
    ("/etc/apt/sources.list", SOURCES),
    ("/var/lib/apt/lists/deb.example.org_debian_dists_bookworm_InRelease", "Origin: x\nSuite: stable\n"),
];
const FSTAB: &str = "UUID=1-2 / ext4 errors=remount-ro 0 1\n//srv/a\\040b /mnt cifs rw,password=x,user=y 0 0\ntmpfs /tmp tmpfs nosuid,nodev\n";
const SSHD: &str = "Port 22\nInclude /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin no\nMatch User ann,!bob Address 10.0.0.0/8\n\
                    \tPasswordAuthentication yes\nMatch all\nCiphers +aes128-cbc\nLoginGraceTime 1m30s\n";
const SUDOERS: &str = "Defaults\tenv_reset, !lecture, secure_path=\"/usr/sbin:/usr/bin\"\nDefaults:ann !authenticate\n\
                       User_Alias OPS = ann, %wheel, !bob\nCmnd_Alias SU = /bin/su, !/bin/su root\n\
                       OPS ALL=(root:adm) NOPASSWD: SU, sha224:0aff /usr/bin/less \\\n  /var/log/*\n@includedir /etc/sudoers.d\n";
const PAM: &str = "#%PAM-1.0\nauth [success=1 default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\n-session optional pam_systemd.so\n\
                   @include common-auth\npassword required pam_pwquality.so retry=3 minlen=12 \\\n  dcredit=-1\n";
const UNIT: &str = "[Unit]\nDescription=x\n[Service]\nType=notify\nExecStart=-/usr/sbin/x --flag \"a b\" $OPT %i\n\
                    EnvironmentFile=-/etc/default/x\nUser=ann\nNoNewPrivileges=yes\nCapabilityBoundingSet=~CAP_SYS_ADMIN\n\
                    [Install]\nWantedBy=multi-user.target\nAlias=y.service\n";
const NFT_JSON: &str = r#"{"nftables":[{"metainfo":{"version":"1.0.6"}},{"table":{"family":"inet","name":"f"}},
{"chain":{"family":"inet","table":"f","name":"in","type":"filter","hook":"input","prio":0,"policy":"drop"}},
{"rule":{"family":"inet","table":"f","chain":"in","expr":[{"match":{"op":"==","left":{"meta":{"key":"iifname"}},"right":"lo"}},{"accept":null}]}},
{"rule":{"family":"inet","table":"f","chain":"in","expr":[{"match":{"op":"in","left":{"ct":{"key":"state"}},"right":["established","related"]}},{"accept":null}]}},
{"rule":{"family":"inet","table":"f","chain":"in","expr":[{"match":{"op":"==","left":{"payload":{"protocol":"ip","field":"saddr"}},"right":{"prefix":{"addr":"10.0.0.0","len":8}}}},{"jump":{"target":"in"}}]}}]}"#;
const IPTABLES: &str = "*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:x - [0:0]\n-A INPUT -i lo -j ACCEPT\n\
                        -A INPUT -s 127.0.0.0/8 ! -i lo -j DROP\n-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n\
                        -A INPUT -p tcp -m multiport --dports 22,80:90 -m comment --comment \"a \\\" b\" -j x\nCOMMIT\n";
const NFT: &str = "#!/usr/sbin/nft -f\nflush ruleset\ninclude \"/etc/nftables.d/*.nft\"\ntable inet filter {\n\tchain input {\n\
                   \t\ttype filter hook input priority 0; policy drop;\n\t\tiifname \"lo\" accept\n\t}\n}\n";
const GRUB: &str = "set superusers=\"root\"\npassword_pbkdf2 root grub.pbkdf2.sha512.10000.AA.BB\nmenuentry 'Debian' --unrestricted {\n\
                    \tlinux /vmlinuz root=UUID=1 ro quiet apparmor=1 'a b'\n}\nif [ -f ${prefix}/user.cfg ]; then\n source ${prefix}/user.cfg\nfi\n";
const MOUNTINFO: &str = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro\n\
                         23 22 0:21 / /proc rw,nosuid - proc proc rw\n24 22 8:1 /a\\040b /mnt ro - ext4 /dev/sda1 rw\n";
const ADVANCED_APT: &str = "APT::Periodic::Unattended-Upgrade \"1\";\nUnattended-Upgrade::Origins-Pattern {\n  \"origin=Debian,label=Debian-Security\"; // c\n\
                            };\n/* x */ Acquire { http { Proxy \"http://u:p@proxy:1/\"; }; };\n#clear APT::Update;\n#include \"/etc/apt/x\";\n";
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUAQIDBAUGBwgJCgsMDQ4PEBESExQwCgYIKoZIzj0EAwIw\n-----END CERTIFICATE-----\n";
const KEY: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

/// Every row.
pub const TARGETS: &[Target] = &[
    // Grammars that several files share.
    text!(
        "shell_assignments",
        |t| {
            let (mut plain, mut expanded) = (BTreeMap::new(), BTreeMap::new());
            size(&(
                text::shell_assignments(t, false, &mut plain),
                text::shell_assignments(t, true, &mut expanded),
                plain,
                expanded,
            ))
        },
        ["A=1\nexport B=\"$A ${A}\"; C='x\ny'\nD+=z\nif x; then\n", "A=\"\\$x\\\\\\\n\"\n"]
    ),
    text!("ini", |t| size(&text::ini(t)), ["[a]\nb=c \\\n# x\n d\n;e\n[f\ng\n"]),
    text!(
        "unescape_octal",
        |t| size(&(text::unescape_octal(t), text::secret_name(t), text::redacted(t, t).len())),
        ["a\\040b\\999\\"]
    ),
    text!(
        "line",
        |t| size(&(
            line::joined(t, " "),
            line::words(t, true),
            line::words(t, false),
            line::names(t),
            line::settings(t),
            line::assignments(t),
            line::shell_word(t)
        )),
        ["a \"b c\" 'd' \\\n e # f\n", "export A=\"b c\"; x\nB='d'\n", "a = b\nc d\ne\n",]
    ),
    text!(
        "glob",
        |t| {
            let (pattern, name) = t.split_once('\n').unwrap_or((t, t));
            size(&(glob::matches(pattern, name), glob::is_pattern(pattern)))
        },
        ["*.conf\na.conf", "[!a-c]?*\\*[]]\nb]x*", "*a*a*a*a*a*a*a*b\naaaaaaaaaaaaaaaaaaaa"]
    ),
    text!(
        "pem",
        |t| size(&(pem::certificates(t, 10), pem::base64(t))),
        [CERTIFICATE, "-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----\n"]
    ),
    text!("ssh_key", |t| size(&ssh_key::parse(t)), [KEY, "AAAAB3NzaC1yc2EAAAADAQABAAAAgQ=="]),
    text!(
        "apt_conf",
        |t| {
            let mut conf = AptConf::default();
            conf.add("/etc/apt/apt.conf.d/50x", t);
            conf.add("/etc/apt/apt.conf", t);
            size(&conf)
        },
        [ADVANCED_APT]
    ),
    text!(
        "systemd_names",
        |t| size(&(systemd::template_of(t), systemd::instance_of(t), systemd::drop_in_names(t))),
        ["a-b-c@d.service", "a.mount", "@.service"]
    ),
    text!(
        "systemd_variables",
        |t| {
            let mut variables = BTreeMap::new();
            systemd::variables_add(t, &mut variables);
            let words: Vec<String> = t.split_whitespace().map(str::to_owned).collect();
            size(&(variables, systemd::flags_of(&words, &[("H", "host")])))
        },
        ["# x\nKUBELET_ARGS=\"--a=b --c d\"\nB='\n", "--a=b -H fd:// --c"]
    ),
    // Kernel interfaces.
    text!("mounts", |t| facet::mounts::parse(t).len(), [MOUNTINFO]),
    text!("mounts_skipped", |t| size(&left_out::mounts_skipped_of(t)), [MOUNTINFO]),
    text!(
        "kernel_cmdline",
        |t| size(&(
            facet::kernel_cmdline::words(t),
            facet::kernel_cmdline::parse(t),
            facet::kernel_cmdline::word_redacted(t)
        )),
        ["BOOT_IMAGE=/vmlinuz root=UUID=1 ro quiet a=\"b c\" systemd.setenv=A=b rd.luks.key=/k init=/bin/sh\n",]
    ),
    text!(
        "apparmor_loaded",
        |t| size(&(facet::apparmor::loaded(t), facet::apparmor::complains(t))),
        ["/usr/sbin/a (enforce)\nb (complain)\nc d (x) (kill)\n", "profile a flags=(complain) {\n}\n"]
    ),
    text!(
        "modules_loaded",
        |t| size(&facet::modules_loaded::names(t)),
        ["ext4 1 2 - Live 0x0\nusb_storage 4 0 - Live 0x0 (OE)\n"]
    ),
    text!(
        "cpu_flags",
        |t| size(&facet::cpu::flags(t)),
        ["processor\t: 0\nflags\t\t: fpu smep smap\n", "Features\t: fp asimd\n"]
    ),
    text!(
        "listeners",
        |t| size(&(
            facet::listeners::table("tcp", t, (32_768, 60_999)),
            facet::listeners::table("udp6", t, (1, 2)),
            process::unit_of(t)
        )),
        [
            "  sl  local_address rem_address st\n   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 12345 1\n",
            "  sl\n   0: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 0:0 0:0 0 0 0 99 2\n",
            "0::/system.slice/ssh.service\n1:name=systemd:/user.slice\n",
        ]
    ),
    text!(
        "maps",
        |t| size(&loaded::maps::files(t)),
        ["7f00-7f01 r-xp 00026000 fe:00 326279                     /usr/lib/x86_64-linux-gnu/libc.so.6\n\
             7f01-7f02 r--s 00000000 fe:00 9 /a b.jar (deleted)\n7f02-7f03 r-xp 0 00:00 0 [vdso]\n",]
    ),
    text!(
        "package_log",
        |t| size(&t.lines().map(loaded::package_log::line).collect::<Vec<_>>())
            + size(&loaded::package_log::started_of(t, t)),
        [
            "2026-05-09 07:29:02 upgrade gpgv:amd64 2.2.40-1.1 2.2.40-1.1+deb12u2\n",
            "2023-05-09T09:51:16-0400 SUBDEBUG Upgraded: openssl-libs-1:3.0.1-43.el9_0.x86_64\n",
            "7 (a) b (c)) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 250 1 1\nbtime 1000\n",
        ]
    ),
    text!(
        "running_kernel",
        |t| kernel::fuzz(t),
        [
            "6.1.0-18-amd64\n#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)\n",
            "5.15.0-91-generic\n#101-Ubuntu SMP\nUbuntu 5.15.0-91.101-generic 5.15.131\n",
            "5.14.0-362.8.1.el9_3.x86_64+rt\n#1 SMP\n",
            "6.6.7-0-lts\n#1-Alpine\n",
        ]
    ),
    text!(
        "nft_json",
        |t| {
            let mut filter = packet_filter::nft(t).unwrap_or_default();
            packet_filter::iptables(t, false, &mut filter);
            size(&filter)
        },
        [NFT_JSON]
    ),
    text!(
        "iptables_save",
        |t| {
            let mut filter = packet_filter::Filter::default();
            packet_filter::iptables(t, false, &mut filter);
            packet_filter::iptables(t, true, &mut filter);
            size(&filter)
        },
        [IPTABLES]
    ),
    Target {
        name: "capabilities",
        run: |bytes| size(&facet::privileged_files::capabilities_of(bytes)),
        seeds: &["\x01\0\0\x02\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "\x01\0\0\x03\0\0\0\0"],
    },
    // Binary formats.
    Target {
        name: "certificate",
        run: |bytes| {
            // Fuzzers reach further into DER, seeds are easier to keep as text: both are tried.
            let armoured = pem::certificates(&lossy(bytes), 10).unwrap_or_default();
            armoured
                .iter()
                .map(Vec::as_slice)
                .chain([bytes])
                .map(|der| size(&part::certificate::certificate_of(der).is_some()))
                .sum()
        },
        seeds: &[include_str!("../tests/data/ec.pem"), CERTIFICATE],
    },
    Target {
        name: "private_key_format",
        run: |bytes| size(&facet::private_keys::format_of(bytes)),
        seeds: &[
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n",
        ],
    },
    Target {
        name: "stanzas",
        run: |bytes| {
            let mut kept = 0;
            // A limit that is reached is an error, and right.
            drop(facet::updates::stanzas(bytes, &mut |stanza| kept += stanza.len()));
            kept
        },
        seeds: &[DPKG],
    },
    text!(
        "apk_search",
        |t| {
            let names = BTreeMap::from([(b"/bin/su".to_vec(), "/bin/su")]);
            let mut owners = BTreeMap::new();
            facet::privileged_files::apk_search(t, &names, &mut owners);
            size(&owners)
        },
        ["P:busybox\nF:bin\nR:su\na:0:0:4755\n\nP:x\nR:y\n"]
    ),
    text!(
        "addresses",
        |t| size(&(facet::repositories::address_redacted(t), facet::updates::list_start(t))),
        ["https://user:pass@deb.example.org/debian?x=y", "cdrom:[Debian 12]/", "file:/srv/a_b"]
    ),
    text!("kernel_release", |t| size(&facet::kernel_config::release_key(t)), ["6.1.0-18-amd64", "5.14.0-427.el9"]),
    text!(
        "os_release",
        |t| size(&facet::identity::parse(t)),
        ["ID=debian\nVERSION_ID=\"12\"\nID_LIKE='a b'\nPRETTY_NAME=\"Debian\"\n"]
    ),
    text!(
        "registries_conf",
        |t| size(&(part::container_engine::registries_conf_insecure(t), part::container_engine::policy_types(t))),
        [
            "[[registry]]\nlocation='a'\ninsecure=true\n[registries.insecure]\nregistries=['b']\n",
            "{\"default\":[{\"type\":\"reject\"}],\"transports\":{\"docker\":{\"a\":[{\"type\":\"signedBy\"}]}}}",
        ]
    ),
    text!(
        "banner",
        |t| size(&facet::banners::parse(t.as_bytes(), &["debian".to_owned()])),
        ["Debian GNU/Linux 12 \\n \\l\n", "Authorised use only\n"]
    ),
    text!(
        "module_cmdline",
        |t| size(&facet::modules_config::cmdline(t)),
        ["modprobe.blacklist=a,b-c modules-load=d module_blacklist=e"]
    ),
    text!(
        "mount_unit",
        |t| facet::fstab::unit(&[t.to_owned()], "/etc/systemd/system/tmp.mount").map_or(0, |(point, _)| point.len()),
        ["[Mount]\nWhat=tmpfs\nWhere=/tmp\nType=tmpfs\nOptions=mode=1777,nosuid\n"]
    ),
    // Facets.
    file!("passwd", accounts, "/etc/passwd", ACCOUNTS, [PASSWD, "+::::::\nroot:x:0\n:x:-1:0::/:\n"]),
    file!(
        "shadow",
        accounts,
        "/etc/shadow",
        ACCOUNTS,
        [
            "root:*:19000:0:99999:7:::\nann:$y$j9T$salt$hash:19000:1:365:7:30:20000:\n",
            "ann:!$6$rounds=5000$s$h:::::::\n"
        ]
    ),
    file!("group", accounts, "/etc/group", ACCOUNTS, [GROUP, "+\nwheel:x:10:ann,,bob\n"]),
    file!("gshadow", accounts, "/etc/gshadow", ACCOUNTS, ["sudo:*:ann:ann\nroot:$6$s$h::\n"]),
    file!(
        "apparmor",
        apparmor,
        "/etc/apparmor.d/usr.sbin.a",
        &[],
        ["profile a /usr/sbin/a flags=(attach_disconnected,complain) {\n  /etc/x r,\n}\n"]
    ),
    file!(
        "audit_rules",
        audit_rules,
        "/etc/audit/rules.d/x.rules",
        &[],
        [
            "-D\n-b 8192\n-w /etc/passwd -p wa -k id\n-a always,exit -F arch=b64 -S adjtimex,settimeofday -F auid>=1000 -F auid!=unset -k t\n-e 2\n"
        ]
    ),
    file!(
        "auditd",
        auditd,
        "/etc/audit/auditd.conf",
        &[],
        ["max_log_file = 8\nspace_left_action = EMAIL\nlog_file = /var/log/audit/audit.log\n"]
    ),
    file!(
        "automatic_updates",
        automatic_updates,
        "/etc/apt/apt.conf.d/50x",
        &[],
        [
            "APT::Periodic::Unattended-Upgrade \"1\";\nAPT::Periodic::Update-Package-Lists 1;\nUnattended-Upgrade::Allowed-Origins { \"a:b\"; };\n",
            ADVANCED_APT
        ]
    ),
    file!(
        "automatic_updates_dnf",
        automatic_updates,
        "/etc/dnf/automatic.conf",
        &[],
        ["[commands]\napply_updates = yes\nupgrade_type = security\n"]
    ),
    file!("banners", banners, "/etc/issue", &[], ["Debian \\n \\l\n"]),
    file!("grub_cfg", boot_loader, "/boot/grub/grub.cfg", &[], [GRUB]),
    file!(
        "grub_defaults",
        boot_loader,
        "/etc/default/grub",
        &[],
        ["GRUB_CMDLINE_LINUX=\"audit=1 $X\"\nGRUB_DISABLE_RECOVERY=true\n"]
    ),
    file!(
        "loader_entry",
        boot_loader,
        "/boot/loader/entries/a.conf",
        &[("/boot/grub2/grub.cfg", "blscfg\n")],
        ["title A\nlinux /v\noptions root=UUID=1 ro $kernelopts\n"]
    ),
    file!(
        "cloud_instance",
        cloud_instance,
        "/run/cloud-init/instance-data.json",
        &[],
        ["{\"v1\":{\"cloud_name\":\"aws\",\"instance_id\":\"i-1\",\"region\":\"r\"},\"ds\":{\"meta_data\":{}}}"]
    ),
    file!(
        "crontab",
        cron,
        "/etc/crontab",
        ACCOUNTS,
        [
            "SHELL=/bin/sh\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n@daily ann /usr/bin/env A=b nice -n 10 \"/opt/x y\"%in\n"
        ]
    ),
    file!(
        "crontab_user",
        cron,
        "/var/spool/cron/crontabs/root",
        ACCOUNTS,
        ["MAILTO=\"\"\n*/5 1-3,7 * jan mon-fri test -x /x && ( /x; /y ) | sh -c 'z'\n"]
    ),
    file!(
        "anacrontab",
        cron,
        "/etc/anacrontab",
        ACCOUNTS,
        ["START_HOURS_RANGE=3-22\n1\t5\tcron.daily\tnice run-parts /etc/cron.daily\n@monthly 45 m x\n"]
    ),
    file!(
        "openssl_cnf",
        crypto_policy,
        "/etc/ssl/openssl.cnf",
        &[],
        [
            forty!(".include /etc/ssl/openssl.cnf\n"),
            "openssl_conf = d\n.include /etc/ssl/x.cnf\n[d]\nssl_conf = s\n[s]\nsystem_default = x\n[x]\nMinProtocol = TLSv1.2\nCipherString = DEFAULT:@SECLEVEL=2\n"
        ]
    ),
    file!(
        "gnutls",
        crypto_policy,
        "/etc/gnutls/config",
        &[],
        ["[priorities]\nSYSTEM = NORMAL:-VERS-ALL\n[overrides]\ndisabled-version = tls1.0\n"]
    ),
    file!(
        "dconf",
        display_manager,
        "/etc/gdm3/greeter.dconf-defaults",
        &[("/usr/sbin/gdm3", "")],
        ["[org/gnome/login-screen]\nbanner-message-enable=true\nbanner-message-text='a \\'b'\n"]
    ),
    file!(
        "lightdm",
        display_manager,
        "/etc/lightdm/lightdm.conf",
        &[("/usr/sbin/lightdm", "")],
        ["[Seat:*]\nautologin-user=ann\ngreeter-hide-users=true\n"]
    ),
    file!(
        "nftables_conf",
        firewall_config,
        "/etc/nftables.conf",
        &[],
        [
            NFT,
            "include \"/etc/nftables.conf\"\n",
            "include \"/etc/*\"\n=== /etc/a\ninclude \"/etc/*\"\n",
            forty!("include \"/etc/nftables.conf\"\n")
        ]
    ),
    file!("rules_v4", firewall_config, "/etc/iptables/rules.v4", &[], [IPTABLES]),
    file!(
        "ufw",
        firewall_config,
        "/etc/ufw/user.rules",
        &[("/etc/ufw/ufw.conf", "ENABLED=yes\n")],
        [
            "### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n### tuple ### limit any 1:2 ::/0 any ::/0 OpenSSH - in_eth0\n"
        ]
    ),
    file!(
        "ufw_default",
        firewall_config,
        "/etc/default/ufw",
        &[("/etc/ufw/ufw.conf", "ENABLED=yes\n")],
        ["IPV6=yes\nDEFAULT_INPUT_POLICY=\"DROP\"\n"]
    ),
    file!("fstab", fstab, "/etc/fstab", &[], [FSTAB]),
    file!(
        "fstab_unit",
        fstab,
        "/etc/systemd/system/tmp.mount",
        &[],
        [
            "[Mount]\nWhat=tmpfs\nWhere=/tmp\nOptions=nosuid,password=x\n=== /etc/systemd/system/local-fs.target.wants/tmp.mount\n"
        ]
    ),
    file!("identity", identity, "/etc/os-release", &[("/etc/hostname", "h\n")], ["ID=alpine\nVERSION_ID=3.20\n"]),
    file!("hostname", identity, "/etc/hostname", &[], ["# c\nhost.example.org\n"]),
    file!(
        "elf",
        identity,
        "/bin/sh",
        &[],
        ["\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0", "\x7fELF\x01\x02\x01\0"]
    ),
    file!(
        "aide",
        integrity,
        "/etc/aide/aide.conf",
        &[("/usr/bin/aide", "")],
        [
            "database_in=file:/var/lib/aide/aide.db\nOwner = p+u+g\n/sbin/auditctl Owner+sha512\n!/var/log\n=/home$ x\n@@include /etc/aide/x\n"
        ]
    ),
    file!(
        "kernel_config",
        kernel_config,
        "/boot/config-6.1.0",
        &[],
        ["CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=\"a b\"\nCONFIG_D=0x10\n"]
    ),
    file!("limits", limits, "/etc/security/limits.conf", &[], ["* hard core 0\n@g - maxlogins 4\nroot -\n"]),
    file!("coredump", limits, "/etc/systemd/coredump.conf", &[], ["[Coredump]\nStorage=none\nProcessSizeMax=0\n"]),
    file!(
        "rsyslog",
        logging,
        "/etc/rsyslog.conf",
        &[],
        [
            "$FileCreateMode 0640\n$IncludeConfig /etc/rsyslog.d/*.conf\nauth,authpriv.*\t-/var/log/auth.log\n*.* @@log:514\nmodule(load=\"imtcp\")\naction(type=\"omfwd\" target=\"h\" port=\"514\"\n protocol=\"tcp\")\n",
            "include(file=\"/etc/rsyslog.conf\")\n$IncludeConfig /etc/rsyslog.conf\n",
            forty!("$IncludeConfig /etc/a\n=== /etc/a\n$IncludeConfig /etc/*\n"),
            forty!("$IncludeConfig /etc/*\n"),
        ]
    ),
    file!(
        "logrotate",
        logging,
        "/etc/logrotate.conf",
        &[],
        [
            "weekly\nrotate 4\ncreate 0640 root adm\ninclude /etc/logrotate.d\n/var/log/x { missingok\n postrotate\n a\n endscript\n}\n=== /etc/logrotate.d/a\ninclude /etc/logrotate.conf\n",
            forty!("include /etc/logrotate.conf\ninclude /etc\n")
        ]
    ),
    file!(
        "journald",
        logging,
        "/etc/systemd/journald.conf",
        &[],
        ["[Journal]\nStorage=persistent\nForwardToSyslog=yes\nCompress=yes\n"]
    ),
    file!(
        "login_defs",
        login_policy,
        "/etc/login.defs",
        &[],
        ["UMASK 027\nPASS_MAX_DAYS\t365 # x\nENCRYPT_METHOD YESCRYPT\n"]
    ),
    file!(
        "profile",
        login_policy,
        "/etc/profile",
        &[],
        ["umask 027\nif [ 1 ]; then umask u=rwx,g=rx,o=; fi\nreadonly TMOUT=900; export TMOUT\ndeclare -xr TMOUT=1\n"]
    ),
    file!(
        "postfix",
        mail,
        "/etc/postfix/main.cf",
        &[("/usr/sbin/postfix", "")],
        ["inet_interfaces = loopback-only,\n  [::1]\nmydestination = $myhostname\n"]
    ),
    file!(
        "exim",
        mail,
        "/etc/exim4/update-exim4.conf.conf",
        &[("/usr/sbin/exim4", "")],
        ["dc_local_interfaces='127.0.0.1 ; ::1'\ndc_eximconfig_configtype='local'\n"]
    ),
    file!(
        "exim_conf",
        mail,
        "/etc/exim4/exim4.conf",
        &[("/usr/sbin/exim4", "")],
        ["local_interfaces = <; 127.0.0.1 ; ::1\nbegin acl\n"]
    ),
    file!(
        "sendmail",
        mail,
        "/etc/mail/sendmail.cf",
        &[("/usr/sbin/sendmail-mta", "")],
        ["O DaemonPortOptions=Family=inet, Name=MTA, Addr=127.0.0.1, Port=smtp\n"]
    ),
    file!("aliases", mail, "/etc/aliases", &[], ["# x\nroot: ann,\n \"|/bin/x\"\npostmaster: root\n"]),
    file!(
        "modprobe",
        modules_config,
        "/etc/modprobe.d/x.conf",
        &[],
        ["blacklist usb-storage\ninstall cramfs /bin/false\noptions a b=c\ninstall x \\\n /bin/true\n"]
    ),
    file!("modules_load", modules_config, "/etc/modules-load.d/x.conf", &[], ["# x\nloop max_loop=8\nbr-netfilter\n"]),
    file!("resolv_conf", network, "/etc/resolv.conf", &[], ["nameserver 127.0.0.53\nsearch a\noptions x\n"]),
    file!(
        "nsswitch",
        network,
        "/etc/nsswitch.conf",
        &[],
        ["passwd: files sss\nhosts: files [NOTFOUND=return] mymachines dns\n"]
    ),
    file!("hosts_allow", network, "/etc/hosts.allow", &[], ["sshd : 10. EXCEPT 10.1. : allow\nALL: ALL \\\n : DENY\n"]),
    file!("dpkg_status", packages, "/var/lib/dpkg/status", &[], [DPKG]),
    file!(
        "apk_installed",
        packages,
        "/lib/apk/db/installed",
        &[],
        ["C:Q1x\nP:musl\nV:1.2.5-r0\nA:x86_64\no:musl\n\nP:a\nV:1\n"]
    ),
    file!(
        "pam",
        pam,
        "/etc/pam.d/login",
        &[],
        [
            PAM,
            "@include login\n",
            forty!("@include b\nauth include /etc/pam.d/b\n=== /etc/pam.d/b\n@include login\n"),
            "auth include b\n=== /etc/pam.d/b\nauth substack login\n"
        ]
    ),
    file!(
        "pam_conf",
        pam,
        "/etc/pam.conf",
        &[],
        ["login auth required pam_unix.so [a=b \\] c]\nother auth required pam_deny.so\n"]
    ),
    file!(
        "pwquality",
        pam,
        "/etc/security/pwquality.conf",
        &[("/etc/pam.d/passwd", PAM)],
        ["minlen = 14\ndictcheck\nenforce_for_root\n"]
    ),
    file!("faillock", pam, "/etc/security/faillock.conf", &[], ["deny = 3\nunlock_time=900\naudit\n"]),
    file!(
        "sources_list",
        repositories,
        "/etc/apt/sources.list",
        &[],
        [
            SOURCES,
            "deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg trusted=yes] https://u:p@h/d ./\n# x\ndeb-src cdrom:[a b]/ x main\n"
        ]
    ),
    file!(
        "sources_deb822",
        repositories,
        "/etc/apt/sources.list.d/x.sources",
        &[],
        [
            "Types: deb\nURIs: https://h/d\nSuites: bookworm bookworm-updates\nComponents: main\nEnabled: no\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n x\n",
            "Types: deb\nURIs: https://h/d\nSuites: a b\nComponents: main\nTrusted: yes\n\nTypes: deb-src\n"
        ]
    ),
    file!(
        "yum_repo",
        repositories,
        "/etc/yum.repos.d/x.repo",
        &[],
        [
            "[base]\nname=Base\nbaseurl=https://u:p@h/$releasever\ngpgcheck=1\n",
            "[base]\nname=Base\nbaseurl=https://u:p@h/$releasever\n  https://h2/\ngpgcheck=1\ngpgkey=file:///k\nenabled=0\n"
        ]
    ),
    file!(
        "apk_repositories",
        repositories,
        "/etc/apk/repositories",
        &[],
        ["https://dl.example.org/alpine/v3.20/main\n@edge http://h/e\n#x\n"]
    ),
    file!(
        "root_environment",
        root_environment,
        "/root/.profile",
        &[],
        ["PATH=/usr/bin:$PATH:.:~/bin\nexport PATH=\"$HOME/x:${PATH}\"\n"]
    ),
    file!("environment", root_environment, "/etc/environment", &[], ["PATH=\"/usr/sbin:/usr/bin::/x\"\n"]),
    file!("selinux", selinux, "/etc/selinux/config", &[], ["SELINUX=enforcing\nSELINUXTYPE=targeted\n"]),
    file!(
        "sudoers",
        sudoers,
        "/etc/sudoers",
        &[("/etc/hostname", "h\n")],
        [
            SUDOERS,
            "@include /etc/sudoers\n",
            concat!(
                forty!("@include /etc/a\n"),
                "=== /etc/a\n",
                forty!("@include /etc/b\n"),
                "=== /etc/b\n",
                forty!("@include /etc/c\n"),
                "=== /etc/c\nann ALL=ALL\n"
            ),
            forty!("User_Alias A = B, C\nUser_Alias B = C, A, C\nUser_Alias C = A, B\nA ALL=ALL\n"),
            "#includedir /etc/sudoers.d\n=== /etc/sudoers.d/a\n@include b\n=== /etc/sudoers.d/b\n@include a\nann ALL=ALL\n"
        ]
    ),
    file!(
        "sysctl",
        sysctl_persisted,
        "/etc/sysctl.d/x.conf",
        &[],
        ["net.ipv4.ip_forward = 0\n-kernel/sysrq=0\nnet.ipv4.conf.*.rp_filter=1\n; x\nbad\n"]
    ),
    file!(
        "chrony",
        time_sync,
        "/etc/chrony/chrony.conf",
        &[("/usr/sbin/chronyd", "")],
        [
            "pool p.example.org iburst maxsources 4\nconfdir /etc/chrony/conf.d\ninclude /etc/chrony/chrony.conf\nuser _chrony\n",
            forty!("include /etc/chrony/chrony.conf\n"),
            forty!("include /*/*/*/*/*\n")
        ]
    ),
    file!(
        "ntp",
        time_sync,
        "/etc/ntp.conf",
        &[("/usr/sbin/ntpd", "")],
        ["restrict -4 default kod nomodify notrap\nserver 0.x iburst\nrestrict ::1\n"]
    ),
    file!(
        "timesyncd",
        time_sync,
        "/etc/systemd/timesyncd.conf",
        &[("/lib/systemd/systemd-timesyncd", "")],
        ["[Time]\nNTP=a b\nFallbackNTP=c\n"]
    ),
    file!(
        "units",
        units,
        "/etc/systemd/system/a.service",
        SYSTEMD,
        [
            UNIT,
            "[Install]\nAlso=a.service b.service\nAlias=a@.service\n=== /etc/systemd/system/b.service\n[Install]\nAlso=a.service\n"
        ]
    ),
    file!(
        "apt_list",
        updates,
        "/var/lib/apt/lists/deb.example.org_debian_dists_bookworm_main_binary-amd64_Packages",
        APT,
        ["Package: openssl\nArchitecture: amd64\nVersion: 3.0.16-1\n\nPackage: x\n"]
    ),
    file!(
        "apt_list_gz",
        updates,
        "/var/lib/apt/lists/deb.example.org_debian_dists_bookworm_main_binary-amd64_Packages.gz",
        APT,
        ["\x1f"]
    ),
    file!(
        "apt_list_lz4",
        updates,
        "/var/lib/apt/lists/deb.example.org_debian_dists_bookworm_main_binary-amd64_Packages.lz4",
        APT,
        ["\x04\x22\x4d\x18\x64\x40"]
    ),
    // Parts.
    part!(
        "docker",
        container_engine,
        "/etc/docker/daemon.json",
        &[("/usr/bin/dockerd", "")],
        [
            "{\"icc\":false,\"hosts\":[\"tcp://0.0.0.0:1\"],\"log-opts\":{\"splunk-token\":\"x\"},\"insecure-registries\":[\"a\"]}"
        ]
    ),
    part!(
        "containerd",
        container_engine,
        "/etc/containerd/config.toml",
        &[("/usr/bin/containerd", "")],
        [
            "version = 2\nimports = ['/etc/containerd/config.toml']\n[plugins.'io.containerd.grpc.v1.cri'.registry]\nconfig_path = '/etc/containerd/certs.d'\n[plugins.'io.containerd.grpc.v1.cri'.registry.configs.a.auth]\npassword = 'x'\n=== /etc/containerd/certs.d/a/hosts.toml\n[host.'http://a']\nskip_verify = true\n"
        ]
    ),
    part!(
        "podman",
        container_engine,
        "/etc/containers/registries.conf",
        &[("/usr/bin/podman", "")],
        ["unqualified-search-registries = ['a']\n[[registry]]\nlocation='a'\ninsecure=true\n"]
    ),
    part!(
        "policy_json",
        container_engine,
        "/etc/containers/policy.json",
        &[("/usr/bin/podman", "")],
        ["{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}"]
    ),
    part!(
        "crio",
        container_engine,
        "/etc/crio/crio.conf",
        &[("/usr/bin/crio", "")],
        ["[crio.image]\ninsecure_registries = ['a']\n"]
    ),
    part!(
        "kubelet",
        kubelet,
        "/var/lib/kubelet/config.yaml",
        &[],
        [
            "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nauthentication:\n  anonymous: {enabled: false}\nreadOnlyPort: 0\ntlsCipherSuites: [A, B]\n",
            "a: &a [x]\nb: *a\n"
        ]
    ),
    part!(
        "kubelet_flags",
        kubelet,
        "/var/lib/kubelet/kubeadm-flags.env",
        &[("/usr/bin/kubelet", "")],
        ["KUBELET_KUBEADM_ARGS=\"--anonymous-auth=false --token x --v 2\"\n"]
    ),
    part!(
        "sshd_config",
        sshd,
        "/etc/ssh/sshd_config",
        &[],
        [
            SSHD,
            "Include /etc/ssh/sshd_config\n",
            concat!(
                forty!("Include a\n"),
                "=== /etc/ssh/a\n",
                forty!("Include b\n"),
                "=== /etc/ssh/b\nMatch user a\n",
                forty!("Match all\nInclude c\n"),
                "=== /etc/ssh/c\nMatch host b\nPort 1\n"
            ),
            forty!("Include /*/*/*\n"),
            "Include sshd_config.d/*.conf\n=== /etc/ssh/sshd_config.d/a.conf\nInclude sshd_config.d/a.conf\n"
        ]
    ),
    part!(
        "sshd_program",
        sshd,
        "/usr/sbin/sshd",
        &[("/etc/ssh/sshd_config", SSHD)],
        ["\x7fELF\0OpenSSH_9.2p1 Debian-2+deb12u3\0chacha20-poly1305@openssh.com,aes128-ctr\0/etc/ssh/sshd_config\0"]
    ),
    part!(
        "sshd_options",
        sshd,
        "/etc/default/ssh",
        &[("/usr/sbin/sshd", ""), ("/etc/ssh/sshd_config", SSHD)],
        ["SSHD_OPTS=\"-o PermitRootLogin=yes -f /etc/ssh/x -p 2222 -4\"\n"]
    ),
    part!(
        "moduli",
        sshd,
        "/etc/ssh/moduli",
        &[("/usr/sbin/sshd", ""), ("/etc/ssh/sshd_config", SSHD)],
        ["20200101000000 2 6 100 2047 2 C0FFEE\n# x\n"]
    ),
    part!(
        "host_key",
        sshd,
        "/etc/ssh/ssh_host_ed25519_key.pub",
        &[("/etc/ssh/sshd_config", SSHD), ("/etc/ssh/ssh_host_ed25519_key", "x")],
        ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl root@h\n"]
    ),
    part!(
        "unit",
        unit,
        "/etc/systemd/system/a.service",
        SYSTEMD,
        [UNIT, "[Timer]\nOnCalendar=daily\n", "[Socket]\nListenStream=22\nAccept=yes\n"]
    ),
    part!(
        "authorized_keys",
        user,
        "/root/.ssh/authorized_keys",
        ACCOUNTS,
        [
            "command=\"a \\\" b\",no-pty,from=\"10.0.0.0/8\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl a b\n# x\nbad\n",
        ]
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn fuzz_smoke() {
        // Half of the table each, so that two processors help.
        let (first, second) = TARGETS.split_at(TARGETS.len() / 2);
        let rounds = casemate_estate::fuzz::rounds(60);
        std::thread::scope(|scope| {
            scope.spawn(|| casemate_estate::fuzz::smoke(first, rounds, 1024));
            casemate_estate::fuzz::smoke(second, rounds, 1024);
        });
    }

    #[test]
    fn names_are_unique_and_seeds_are_there() {
        let names: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
        assert_eq!(names.len(), TARGETS.len(), "a name picks one target");
        for target in TARGETS {
            assert!(!target.seeds.is_empty(), "{} starts from nothing", target.name);
        }
    }

    #[test]
    fn every_facet_that_parses_a_file_has_a_row() {
        // Rows of files name their facet nowhere but in the table's text.
        let table: String = include_str!("fuzz.rs").split_whitespace().collect();
        // Facets that parse nothing, or whose parsers are rows of their own.
        let others = [
            "cpu",
            "files",
            "firewall_live",
            "kernel_cmdline",
            "listeners",
            "loaded",
            "loose_files",
            "modules_loaded",
            "mounts",
            "private_keys",
            "privileged_files",
            "sysctl_running",
            "units_active",
        ];
        for facet in crate::facet::FACETS {
            let row = table.contains(&format!(",{},\"/", facet.name));
            assert!(row || others.contains(&facet.name), "no row reads facet `{}`", facet.name);
        }
    }

    #[test]
    fn files_of_an_input_are_written_below_the_root_only() {
        let read = |bytes: &[u8]| {
            scratch("/etc/a", &[], bytes, |host| {
                ["/etc/a", "/etc/b", "/x"].map(|path| host.root.read_text(path).unwrap())
            })
            .unwrap()
        };
        let some = |text: &str| Some(text.to_owned());
        for (bytes, want, why) in [
            (&b"one"[..], [some("one"), None, None], "one file"),
            (b"one\n=== /etc/b\ntwo", [some("one\n"), some("two"), None], "two files"),
            (b"one\n=== /../x\ntwo\n=== //etc/b\n", [some("one\n"), some(""), None], "no way out"),
        ] {
            assert_eq!(read(bytes), want, "{why}");
        }
    }
}
