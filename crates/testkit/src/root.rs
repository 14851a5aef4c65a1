use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;

/// A small root such as Debian's, in a directory that goes with it. Parts of it are as they should be, parts are not.
#[derive(Debug)]
pub struct ScratchRoot {
    directory: TempDir,
}

/// Files of a [`ScratchRoot`]: path, mode, text.
const FILES: &[(&str, u32, &str)] = &[
    ("etc/machine-id", 0o444, "00112233445566778899aabbccddeeff\n"),
    ("etc/hostname", 0o644, "scratch\n"),
    (
        "etc/os-release",
        0o644,
        "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n",
    ),
    (
        "etc/passwd",
        0o644,
        "root:x:0:0:root:/root:/bin/bash\n\
         daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n\
         sshd:x:105:65534::/run/sshd:/usr/sbin/nologin\n\
         alice:x:1000:1000:Alice:/home/alice:/bin/bash\n\
         nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
    ),
    ("etc/group", 0o644, "root:x:0:\ndaemon:x:1:\nshadow:x:42:\nsudo:x:27:alice\nalice:x:1000:\nnogroup:x:65534:\n"),
    (
        "etc/shadow",
        0o640,
        "root:*:19700:0:99999:7:::\n\
         daemon:*:19700:0:99999:7:::\n\
         sshd:!:19700::::::\n\
         alice:$y$j9T$c2FsdHNhbHQ$Nf3Kn7hQ1rXn8Uo5o0VqQ7rIYw8mZ7nq7mX3tJ1kYp0:19700:0:99999:7:::\n\
         nobody:*:19700:0:99999:7:::\n",
    ),
    ("etc/gshadow", 0o640, "root:*::\ndaemon:*::\nshadow:*::\nsudo:*::alice\nalice:!::\nnogroup:*::\n"),
    ("etc/login.defs", 0o644, "PASS_MAX_DAYS 99999\nPASS_MIN_DAYS 0\nUMASK 022\nENCRYPT_METHOD YESCRYPT\n"),
    ("etc/shells", 0o644, "/bin/sh\n/bin/bash\n"),
    ("etc/profile", 0o644, "umask 022\n"),
    ("etc/ssh/sshd_config", 0o600, "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\nUsePAM yes\n"),
    ("etc/ssh/sshd_config.d/local.conf", 0o600, "X11Forwarding no\n"),
    ("etc/sysctl.conf", 0o644, "# nothing\n"),
    ("etc/sysctl.d/local.conf", 0o644, "kernel.kptr_restrict = 2\nnet.ipv4.conf.all.accept_redirects = 1\n"),
    ("etc/fstab", 0o644, "UUID=1 / ext4 defaults 0 1\ntmpfs /tmp tmpfs nosuid,nodev 0 0\n"),
    (
        "etc/sudoers",
        0o440,
        "Defaults use_pty\nroot ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n",
    ),
    ("etc/sudoers.d/ops", 0o440, "alice ALL=(root) NOPASSWD: /usr/bin/true\n"),
    ("etc/pam.d/common-auth", 0o644, "auth [success=1 default=ignore] pam_unix.so\nauth requisite pam_deny.so\n"),
    ("etc/pam.d/common-account", 0o644, "account required pam_unix.so\n"),
    ("etc/pam.d/common-password", 0o644, "password [success=1 default=ignore] pam_unix.so yescrypt\n"),
    ("etc/pam.d/common-session", 0o644, "session required pam_unix.so\n"),
    ("etc/pam.d/sshd", 0o644, "@include common-auth\n@include common-account\n@include common-session\n"),
    ("etc/pam.d/su", 0o644, "auth sufficient pam_rootok.so\n@include common-auth\n"),
    ("etc/crontab", 0o644, "SHELL=/bin/sh\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n"),
    ("etc/modprobe.d/blacklist.conf", 0o644, "install dccp /bin/false\nblacklist dccp\n"),
    ("etc/security/limits.conf", 0o644, "* hard core 0\n"),
    ("etc/audit/rules.d/local.rules", 0o640, "-w /etc/passwd -p wa -k identity\n"),
    ("etc/rsyslog.conf", 0o644, "auth,authpriv.* /var/log/auth.log\n"),
    ("etc/issue", 0o644, "Debian GNU/Linux 12\n"),
    ("etc/apt/sources.list", 0o644, "deb http://deb.debian.org/debian bookworm main\n"),
    ("boot/grub/grub.cfg", 0o600, "linux /vmlinuz root=UUID=1 ro quiet\n"),
    (
        "var/lib/dpkg/status",
        0o644,
        "Package: openssh-server\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:9.2p1-2\n\n\
         Package: sudo\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.9.13p3-1\n\n\
         Package: systemd\nStatus: install ok installed\nArchitecture: amd64\nVersion: 252.30-1\n",
    ),
    ("usr/lib/systemd/systemd-sysctl", 0o755, ""),
    ("usr/lib/systemd/system/ssh.service", 0o644, "[Unit]\nDescription=sshd\n[Service]\nExecStart=/usr/sbin/sshd -D\n"),
    ("usr/sbin/sshd", 0o755, ""),
    ("usr/bin/sudo", 0o4755, ""),
    ("home/alice/.ssh/authorized_keys", 0o600, "# none\n"),
    ("root/.profile", 0o600, "umask 077\n"),
];

impl Default for ScratchRoot {
    fn default() -> Self {
        Self::new()
    }
}

impl ScratchRoot {
    /// Makes the root.
    #[must_use]
    pub fn new() -> Self {
        let root = Self { directory: tempfile::tempdir().unwrap() };
        for (path, mode, text) in FILES {
            root.write(path, text);
            root.set_mode(path, *mode);
        }
        for (path, mode) in [("tmp", 0o1777), ("var/tmp", 0o1777), ("root", 0o700), ("home/alice", 0o700)] {
            fs::create_dir_all(root.at(path)).unwrap();
            root.set_mode(path, mode);
        }
        for (target, path) in [("usr/bin", "bin"), ("usr/sbin", "sbin"), ("usr/lib", "lib")] {
            symlink(target, root.at(path)).unwrap();
        }
        root
    }

    /// The root's directory, for `--root`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.directory.path().to_str().unwrap()
    }

    /// The file of a path below the root, without its first slash.
    #[must_use]
    pub fn at(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    /// Writes a file, and its directories where they are missing. An existing file keeps its mode.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.at(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        // Made anew, for a file of mode 0440 cannot be written by an owner who is not root.
        let mode = fs::metadata(&file).ok().map(|meta| meta.permissions());
        if mode.is_some() {
            fs::remove_file(&file).unwrap();
        }
        fs::write(&file, text).unwrap();
        if let Some(mode) = mode {
            fs::set_permissions(file, mode).unwrap();
        }
    }

    /// Adds to a file's end.
    pub fn append(&self, path: &str, text: &str) {
        let mut all = fs::read(self.at(path)).unwrap();
        all.extend_from_slice(text.as_bytes());
        self.write(path, all);
    }

    /// Permission bits of a file or directory.
    pub fn set_mode(&self, path: &str, mode: u32) {
        fs::set_permissions(self.at(path), Permissions::from_mode(mode)).unwrap();
    }

    /// Takes away whatever stands at the path.
    pub fn remove(&self, path: &str) {
        let file = self.at(path);
        match fs::symlink_metadata(&file) {
            Ok(meta) if meta.is_dir() => fs::remove_dir_all(file).unwrap(),
            Ok(_) => fs::remove_file(file).unwrap(),
            Err(_) => {}
        }
    }

    /// Puts something else in the place of a file.
    pub fn replace(&self, path: &str, what: Hostile) {
        self.remove(path);
        let file = self.at(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        match what {
            Hostile::Junk => fs::write(file, junk()).unwrap(),
            Hostile::Huge => fs::File::create(file).unwrap().set_len(100 << 20).unwrap(),
            Hostile::Fifo => mknodat(CWD, &file, FileType::Fifo, Mode::from(0o644), 0).unwrap(),
            // 1, 5 is /dev/zero: a reader that follows it never ends.
            Hostile::Device => {
                let device = rustix::fs::makedev(1, 5);
                mknodat(CWD, &file, FileType::CharacterDevice, Mode::from(0o644), device).unwrap();
            }
            Hostile::Loop => symlink(file.file_name().unwrap(), &file).unwrap(),
            Hostile::Directory => fs::create_dir(file).unwrap(),
        }
    }
}

/// What may stand where a file is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hostile {
    /// A megabyte of bytes of every value, with line breaks among them.
    Junk,
    /// A sparse file of 100 MB.
    Huge,
    /// A FIFO that nobody writes to.
    Fifo,
    /// A character device that never ends. Only root can make it.
    Device,
    /// A symbolic link to itself.
    Loop,
    /// A directory.
    Directory,
}

/// Bytes that look like nothing, the same each time (xorshift).
fn junk() -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    })
    .take(1 << 17)
    .flatten()
    .collect()
}

/// Whether this process is root.
#[must_use]
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A directory that any user may pass through and read, with the program in it.
///
/// # Panics
/// Where the directory cannot be made.
#[must_use]
pub fn program_for_everybody(program: &Path) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    fs::set_permissions(directory.path(), Permissions::from_mode(0o755)).unwrap();
    let copy = directory.path().join("casemate");
    fs::copy(program, &copy).unwrap();
    fs::set_permissions(&copy, Permissions::from_mode(0o755)).unwrap();
    (directory, copy)
}
