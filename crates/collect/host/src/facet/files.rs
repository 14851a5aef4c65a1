use std::collections::{BTreeMap, HashMap};

use rustix::{fs::FileType, io::Errno};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    root::{Meta, NO_FOLLOW, ReadError},
    walk::{Bounds, Found, error, walk},
};

/// Type, mode and owner of sensitive paths, named in the table `SENSITIVE` of this file.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Files {
    /// Path to what stands there; a path of the table that does not exist has `exists: false`.
    pub(crate) paths: BTreeMap<String, PathFacts>,
    /// Directory of the table (`/etc/cron.d`, `/var/log`, `/etc/ssl/private` …) to its files below, in it and in two
    /// levels of directories in it, by path; empty where the directory does not exist. Links are followed to files,
    /// except below `/var/log`, where they are left out.
    ///
    /// Of directories of commands and libraries (`/bin`, `/usr/lib` …) only the offenders stand here, files and
    /// directories: those that group or others may write, or whose owner is not root.
    pub(crate) below: BTreeMap<String, Vec<FileFacts>>,
}

/// What stands at a path.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PathFacts {
    /// Whether anything stands there. The rest is empty, zero or null otherwise.
    pub(crate) exists: bool,
    /// `file`, `directory`, `symlink` (dangling), `other`. Symbolic links are followed.
    pub(crate) kind: String,
    /// Mode, octal text: `644`, `1777`.
    pub(crate) mode: String,
    /// Permission bits as a number, for `bits.and`: 420 for 644.
    pub(crate) bits: u32,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Group's id.
    pub(crate) gid: u32,
    /// Owner's name; null where no user has the id.
    pub(crate) owner: Option<String>,
    /// Group's name; null where no group has the id.
    pub(crate) group: Option<String>,
    /// Rights (4 read, 2 write, 1 run) that an access control list gives to users and groups by name; 0 where none.
    pub(crate) acl_rights: u32,
}

/// A file below a directory.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FileFacts {
    /// Path.
    pub(crate) path: String,
    /// Mode, octal text.
    pub(crate) mode: String,
    /// Permission bits as a number.
    pub(crate) bits: u32,
    /// Owner's id.
    pub(crate) uid: u32,
    /// Group's id.
    pub(crate) gid: u32,
    /// Owner's name.
    pub(crate) owner: Option<String>,
    /// Group's name.
    pub(crate) group: Option<String>,
    /// Rights (4 read, 2 write, 1 run) that an access control list gives to users and groups by name; 0 where none.
    pub(crate) acl_rights: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "files",
    live_only: false,
    shape: crate::def::shape_of::<Files>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// A row of the table: a path, and what is read below it.
struct Sensitive {
    path: &'static str,
    below: Below,
}

/// What is listed below a directory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    /// Nothing.
    Nothing,
    /// All files; a link stands for the file it leads to.
    Files,
    /// All files; links are left out.
    FilesNotLinks,
    /// Files and directories that others than root can change.
    Offenders,
}

const fn at(path: &'static str) -> Sensitive {
    Sensitive { path, below: Below::Nothing }
}

const fn files(path: &'static str) -> Sensitive {
    Sensitive { path, below: Below::Files }
}

const fn logs(path: &'static str) -> Sensitive {
    Sensitive { path, below: Below::FilesNotLinks }
}

const fn offenders(path: &'static str) -> Sensitive {
    Sensitive { path, below: Below::Offenders }
}

/// What baselines ask the mode or the owner of, by what it is for.
#[rustfmt::skip]
const SENSITIVE: &[Sensitive] = &[
    // Accounts.
    at("/etc/passwd"), at("/etc/passwd-"), at("/etc/group"), at("/etc/group-"), at("/etc/shadow"), at("/etc/shadow-"),
    at("/etc/gshadow"), at("/etc/gshadow-"), at("/etc/security/opasswd"), at("/etc/security/opasswd.old"),
    at("/etc/shells"), at("/etc/login.defs"), at("/etc/subuid"), at("/etc/subgid"), at("/etc/nsswitch.conf"),
    at("/etc/securetty"), at("/etc/security"), at("/etc/security/limits.conf"), at("/etc/security/access.conf"),
    at("/etc/pam.conf"), files("/etc/pam.d"), at("/etc/sudoers"), files("/etc/sudoers.d"), at("/etc/doas.conf"),
    at("/etc/krb5.conf"), at("/etc/krb5.keytab"), at("/etc/sssd/sssd.conf"), at("/etc/default/useradd"),
    at("/etc/adduser.conf"), at("/usr/bin/sudo"), at("/usr/bin/su"),
    // What a shell or the loader reads.
    at("/etc/profile"), files("/etc/profile.d"), at("/etc/bash.bashrc"), at("/etc/bashrc"), at("/etc/environment"),
    at("/etc/ld.so.conf"), files("/etc/ld.so.conf.d"), at("/etc/ld.so.preload"), at("/etc/ld.so.cache"),
    // Jobs.
    at("/etc/crontab"), at("/etc/anacrontab"), files("/etc/cron.hourly"), files("/etc/cron.daily"), files("/etc/cron.weekly"),
    files("/etc/cron.monthly"), files("/etc/cron.yearly"), files("/etc/cron.d"), at("/etc/cron.allow"),
    at("/etc/cron.deny"), at("/etc/at.allow"), at("/etc/at.deny"), at("/var/spool/cron"),
    at("/var/spool/cron/crontabs"), at("/var/spool/cron/atjobs"), at("/etc/crontabs"),
    // Texts at login.
    at("/etc/motd"), at("/etc/issue"), at("/etc/issue.net"), files("/etc/issue.d"), files("/etc/update-motd.d"),
    // Services.
    at("/etc/ssh"), at("/etc/ssh/sshd_config"), files("/etc/ssh/sshd_config.d"), at("/etc/ssh/ssh_config"),
    at("/etc/inetd.conf"), at("/etc/xinetd.conf"), files("/etc/init.d"), at("/etc/inittab"), at("/etc/rc.local"),
    at("/etc/systemd"), files("/etc/systemd/system"), at("/etc/systemd/system.conf"), at("/etc/chrony/chrony.keys"),
    at("/etc/chrony.keys"), at("/etc/ntp.keys"), at("/etc/chrony/chrony.conf"), at("/etc/chrony.conf"),
    at("/etc/postfix/main.cf"), at("/etc/postfix/sasl_passwd"), at("/etc/exim4/passwd.client"), at("/etc/exports"),
    at("/etc/samba/smb.conf"), at("/etc/snmp/snmpd.conf"), at("/etc/ntp.conf"), at("/etc/NetworkManager/system-connections"),
    at("/etc/docker"), at("/etc/docker/daemon.json"), at("/var/run/docker.sock"), at("/run/containerd/containerd.sock"),
    at("/etc/apt"), at("/etc/apt/auth.conf"), files("/etc/apt/auth.conf.d"), at("/etc/apt/trusted.gpg"),
    files("/etc/apt/trusted.gpg.d"), at("/etc/yum.conf"), at("/etc/dnf/dnf.conf"), at("/etc/yum.repos.d"), at("/etc/apk/keys"),
    // Network.
    at("/etc/hosts"), at("/etc/hosts.allow"), at("/etc/hosts.deny"), at("/etc/hosts.equiv"), at("/etc/resolv.conf"),
    at("/etc/networks"), at("/etc/network"), at("/etc/network/interfaces"), files("/etc/netplan"), at("/etc/iptables"),
    at("/etc/nftables"), at("/etc/nftables.conf"), at("/etc/ufw"), at("/etc/firewalld"), at("/etc/ipsec.conf"),
    at("/etc/ipsec.secrets"), at("/etc/ipsec.d"), at("/etc/wireguard"), at("/etc/ppp/chap-secrets"), at("/etc/ppp/pap-secrets"),
    // Kernel and boot.
    at("/etc/sysctl.conf"), files("/etc/sysctl.d"), files("/etc/modprobe.d"), files("/etc/modules-load.d"), at("/etc/fstab"),
    at("/etc/crypttab"), files("/boot"), at("/boot/grub"), at("/boot/grub2"), at("/boot/grub/grub.cfg"),
    at("/boot/grub2/grub.cfg"), at("/boot/grub/user.cfg"), at("/boot/grub2/user.cfg"), at("/boot/efi"), at("/etc/default/grub"),
    files("/etc/grub.d"), at("/etc/selinux"), at("/etc/selinux/config"), at("/etc/sestatus.conf"), at("/etc/apparmor"),
    at("/etc/apparmor.d"), at("/etc/security/limits.d"), at("/etc/machine-id"), at("/etc/localtime"),
    // Audit and logs.
    files("/etc/audit"), at("/etc/audit/auditd.conf"), at("/etc/audit/audit.rules"), at("/etc/audit/rules.d"),
    at("/etc/libaudit.conf"), at("/etc/audisp"), at("/sbin/auditctl"), at("/sbin/aureport"), at("/sbin/ausearch"),
    at("/sbin/autrace"), at("/sbin/auditd"), at("/sbin/audispd"), at("/sbin/augenrules"), at("/sbin/rsyslogd"),
    at("/usr/sbin/rsyslogd"), at("/etc/rsyslog.conf"), files("/etc/rsyslog.d"), at("/etc/logrotate.conf"),
    files("/etc/logrotate.d"), at("/etc/systemd/journald.conf"), at("/usr/bin/journalctl"), logs("/var/log"),
    at("/var/log/journal"), at("/run/log/journal"), at("/var/log/audit"), at("/var/log/syslog"), at("/var/log/auth.log"),
    at("/var/log/messages"), at("/var/log/secure"), at("/var/log/kern.log"), at("/var/log/wtmp"), at("/var/log/btmp"),
    at("/var/log/lastlog"), at("/var/log/faillog"), at("/var/log/sudo.log"), at("/var/log/cloud-init.log"), at("/var/log/apt"),
    at("/var/run/utmp"), at("/var/run/faillock"), at("/var/lib/aide"), at("/var/lib/aide/aide.db"), at("/etc/aide"),
    at("/etc/aide/aide.conf"), at("/etc/aide.conf"),
    // Keys.
    files("/etc/ssl/private"), at("/etc/ssl/certs"), at("/etc/pki/tls/private"), at("/etc/pki/tls/certs"),
    at("/etc/ssl/openssl.cnf"),
    // Directories that everybody uses.
    at("/"), at("/etc"), at("/home"), at("/root"), at("/tmp"), at("/var/tmp"), at("/dev/shm"), at("/var"), at("/usr"),
    at("/opt"), at("/srv"), at("/mnt"), at("/media"), at("/run"), at("/var/spool"), at("/var/mail"), at("/var/lib"),
    at("/var/crash"), at("/var/lib/systemd/coredump"),
    // Commands and libraries.
    offenders("/bin"), offenders("/sbin"), offenders("/usr/bin"), offenders("/usr/sbin"), offenders("/usr/local/bin"),
    offenders("/usr/local/sbin"), offenders("/lib"), offenders("/lib64"), offenders("/usr/lib"), offenders("/usr/lib64"),
    offenders("/usr/local/lib"),
];

/// In the directory itself and in two levels of directories in it. More entries than this is an error: what is left out
/// of a list would look right.
const BOUNDS: Bounds = Bounds { depth: 3, entries: 200_000 };
/// Files in all lists together.
const LISTED_MAX: usize = 100_000;

fn collect(host: &Host) -> Result<Files, Missing> {
    host.names_known()?;
    let mut files = Files::default();
    // With a merged `/usr`, `/bin` and `/usr/bin` are one directory, which is walked once.
    let mut listed = 0;
    let mut walked: HashMap<(u64, u64, u8), &str> = HashMap::new();
    for row in SENSITIVE {
        files.paths.insert(row.path.to_owned(), host.path_facts(row.path)?);
        if row.below == Below::Nothing {
            continue;
        }
        let known = host.root.stat(row.path)?.and_then(|meta| {
            let key = (meta.dev, meta.ino, row.below as u8);
            let known = walked.get(&key).copied();
            walked.entry(key).or_insert(row.path);
            known
        });
        let list = match known.and_then(|path| Some((path, files.below.get(path)?))) {
            Some((path, list)) => list.iter().filter_map(|file| moved(file, path, row.path)).collect(),
            None => below(host, row)?,
        };
        listed += list.len();
        if listed > LISTED_MAX {
            return Err(ReadError::TooMany { path: row.path.to_owned(), limit: LISTED_MAX }.into());
        }
        files.below.insert(row.path.to_owned(), list);
    }
    Ok(files)
}

/// The same file by another path of its directory.
fn moved(file: &FileFacts, from: &str, to: &str) -> Option<FileFacts> {
    let path = format!("{to}{}", file.path.strip_prefix(from)?);
    Some(FileFacts { path, mode: file.mode.clone(), owner: file.owner.clone(), group: file.group.clone(), ..*file })
}

fn below(host: &Host, row: &Sensitive) -> Result<Vec<FileFacts>, Missing> {
    let mut list = Vec::new();
    let mut failed = None;
    walk(host, row.path, BOUNDS, &mut |found| {
        if failed.is_none() {
            match look(host, row.below, found) {
                Ok(Some(meta)) => list.push(host.file_facts(found.path, &meta)),
                Ok(None) => {}
                Err(error) => failed = Some(error),
            }
        }
        failed.is_none()
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    list.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(list)
}

/// What is known of an entry that belongs in the list.
fn look(host: &Host, below: Below, found: &Found<'_>) -> Result<Option<Meta>, ReadError> {
    let meta = match (found.kind, below) {
        (FileType::Symlink, Below::Files | Below::Offenders) => match host.root.stat(found.path) {
            // A link to a directory leads out of the tree; one to a device masks a unit.
            Ok(meta) => meta.filter(|meta| meta.kind == FileType::RegularFile),
            Err(ReadError::Loop { .. }) => None,
            Err(error) => return Err(error),
        },
        (FileType::RegularFile, _) | (FileType::Directory, Below::Offenders) => {
            match rustix::fs::statat(found.dir, found.name, NO_FOLLOW) {
                Ok(stat) => Some(Meta::of(&stat)),
                Err(Errno::NOENT) => None,
                Err(errno) => return Err(error(found.path, errno)),
            }
        }
        _ => None,
    };
    Ok(meta.filter(|meta| below != Below::Offenders || offends(meta)))
}

fn offends(meta: &Meta) -> bool {
    meta.bits & 0o022 != 0 || meta.uid != 0
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, chown, symlink};

    use super::*;

    #[test]
    fn the_table_names_each_path_once() {
        let mut paths: Vec<&str> = SENSITIVE.iter().map(|row| row.path).collect();
        paths.sort_unstable();
        let all = paths.len();
        paths.dedup();
        assert_eq!(paths.len(), all, "a path stands twice");
        assert!(paths.iter().all(|path| path.starts_with('/') && (!path.ends_with('/') || *path == "/")));
    }

    fn scratch(files: &[(&str, u32)]) -> (tempfile::TempDir, Host) {
        let dir = tempfile::tempdir().unwrap();
        for (path, mode) in files {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, "").unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(*mode)).unwrap();
        }
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        let host = Host::new(root);
        (dir, host)
    }

    fn listed(files: &Files, dir: &str) -> Vec<(String, String)> {
        files.below[dir].iter().map(|file| (file.path.clone(), file.mode.clone())).collect()
    }

    #[test]
    fn links_lead_to_files_except_in_logs() {
        let (dir, host) = scratch(&[("usr/share/a", 0o644), ("etc/cron.d/b", 0o600), ("var/log/c", 0o640)]);
        symlink("/usr/share/a", dir.path().join("etc/cron.d/a")).unwrap();
        symlink("/usr/share/a", dir.path().join("var/log/README")).unwrap();
        symlink("loop", dir.path().join("etc/cron.d/loop")).unwrap();
        symlink("/absent", dir.path().join("etc/cron.d/dangling")).unwrap();
        symlink("/usr/share/a", dir.path().join("etc/passwd")).unwrap();
        symlink("/absent", dir.path().join("etc/group-")).unwrap();
        let files = collect(&host).unwrap();
        let own = |path: &str, mode: &str| (path.to_owned(), mode.to_owned());
        assert_eq!(listed(&files, "/etc/cron.d"), [own("/etc/cron.d/a", "644"), own("/etc/cron.d/b", "600")]);
        assert_eq!(listed(&files, "/var/log"), [own("/var/log/c", "640")]);
        assert_eq!(
            (files.paths["/etc/passwd"].kind.as_str(), files.paths["/etc/passwd"].mode.as_str()),
            ("file", "644")
        );
        assert_eq!((files.paths["/etc/group-"].kind.as_str(), files.paths["/etc/group-"].exists), ("symlink", true));
        assert!(!files.paths["/etc/crontab"].exists, "an absent path is named");
        assert_eq!(files.below["/etc/cron.daily"].len(), 0, "an absent directory has no files");
    }

    #[test]
    fn only_offenders_among_commands() {
        let (dir, host) = scratch(&[
            ("usr/bin/good", 0o755),
            ("usr/bin/writable", 0o775),
            ("usr/bin/alien", 0o755),
            ("usr/bin/group", 0o755),
            ("usr/bin/sub/deep", 0o757),
        ]);
        symlink("usr/bin", dir.path().join("bin")).unwrap();
        chown(dir.path().join("usr/bin/alien"), Some(1000), None).unwrap();
        chown(dir.path().join("usr/bin/group"), None, Some(1000)).unwrap();
        symlink("/dev/null", dir.path().join("usr/bin/masked")).unwrap();
        let files = collect(&host).unwrap();
        let names = |dir: &str| files.below[dir].iter().map(|file| file.path.clone()).collect::<Vec<_>>();
        assert_eq!(names("/usr/bin"), ["/usr/bin/alien", "/usr/bin/sub/deep", "/usr/bin/writable"]);
        assert_eq!(names("/bin"), ["/bin/alien", "/bin/sub/deep", "/bin/writable"], "the same directory");
    }

    #[test]
    fn files_lie_at_most_two_directories_deep() {
        let (_dir, host) = scratch(&[("var/log/a", 0o640), ("var/log/b/c/d", 0o640), ("var/log/b/c/e/f", 0o666)]);
        let files = collect(&host).unwrap();
        assert_eq!(
            files.below["/var/log"].iter().map(|f| f.path.as_str()).collect::<Vec<_>>(),
            ["/var/log/a", "/var/log/b/c/d"]
        );
    }
}
