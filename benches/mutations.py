"""What agreement.py does to the scratch root: first `HARDEN`, then one of `MUTATIONS` at a time.

Each is a shell script, run as root inside the root. `turns` names the rules that it is about: both verdicts on these are
shown before and after, whatever they are. A mutation with `fake` in its name looks
like a setting and is none: there the tools differ by what they understand of the format.
"""
import dataclasses

HARDEN = r"""
# sshd
mkdir -p /etc/ssh/sshd_config.d
cat >/etc/ssh/sshd_config <<'X'
Include /etc/ssh/sshd_config.d/*.conf
PermitRootLogin no
PermitEmptyPasswords no
HostbasedAuthentication no
IgnoreRhosts yes
X11Forwarding no
X11UseLocalhost yes
PermitUserEnvironment no
GSSAPIAuthentication no
PubkeyAuthentication yes
UsePAM yes
Banner /etc/issue.net
LoginGraceTime 60
LogLevel INFO
MaxAuthTries 4
MaxSessions 10
MaxStartups 10:30:60
ClientAliveInterval 300
ClientAliveCountMax 0
AllowUsers admin
Ciphers aes256-ctr,aes192-ctr,aes128-ctr
MACs hmac-sha2-512,hmac-sha2-256
Subsystem sftp /usr/lib/openssh/sftp-server
X
chmod 600 /etc/ssh/sshd_config
# kernel, persisted; the network's are set too, in a namespace of its own
cat >/etc/sysctl.d/60-hard.conf <<'X'
fs.protected_hardlinks = 1
fs.protected_symlinks = 1
fs.suid_dumpable = 0
kernel.kptr_restrict = 1
kernel.randomize_va_space = 2
kernel.panic_on_oops = 1
net.ipv4.conf.all.accept_redirects = 0
net.ipv4.conf.default.accept_redirects = 0
net.ipv4.conf.all.accept_source_route = 0
net.ipv4.conf.default.accept_source_route = 0
net.ipv4.conf.all.log_martians = 1
net.ipv4.conf.default.log_martians = 1
net.ipv4.conf.all.rp_filter = 1
net.ipv4.conf.default.rp_filter = 1
net.ipv4.conf.all.secure_redirects = 0
net.ipv4.conf.default.secure_redirects = 0
net.ipv4.conf.all.send_redirects = 0
net.ipv4.conf.default.send_redirects = 0
net.ipv4.conf.all.shared_media = 0
net.ipv4.conf.default.shared_media = 0
net.ipv4.conf.all.arp_filter = 0
net.ipv4.conf.all.arp_ignore = 0
net.ipv4.conf.all.route_localnet = 0
net.ipv4.conf.all.accept_local = 0
net.ipv4.icmp_echo_ignore_broadcasts = 1
net.ipv4.icmp_ignore_bogus_error_responses = 1
net.ipv4.ip_forward = 0
net.ipv4.tcp_syncookies = 1
net.ipv6.conf.all.accept_ra = 0
net.ipv6.conf.default.accept_ra = 0
net.ipv6.conf.all.accept_redirects = 0
net.ipv6.conf.default.accept_redirects = 0
net.ipv6.conf.all.accept_source_route = 0
net.ipv6.conf.default.accept_source_route = 0
net.ipv6.conf.all.forwarding = 0
X
grep '^net' /etc/sysctl.d/60-hard.conf | while IFS=' =' read -r key value; do
    echo "$value" >"/proc/sys/${key//.//}" 2>/dev/null || true
done
# accounts
cat >/etc/login.defs <<'X'
MAIL_DIR /var/mail
PASS_MAX_DAYS 60
PASS_MIN_DAYS 7
PASS_MIN_LEN 15
PASS_WARN_AGE 7
UMASK 027
UID_MIN 1000
UID_MAX 60000
GID_MIN 1000
GID_MAX 60000
ENCRYPT_METHOD SHA512
ENV_SUPATH PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV_PATH PATH=/usr/local/bin:/usr/bin:/bin
X
useradd -m -s /bin/bash admin
chmod 750 /home/admin
sed -i 's|^admin:[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:|admin:$6$abcdefgh$abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz12:20000:7:60:7:|' /etc/shadow
useradd -D -f 30 >/dev/null
for f in passwd group shadow gshadow; do cp -p /etc/$f /etc/$f-; done
printf 'umask 027\nTMOUT=600\nreadonly TMOUT\nexport TMOUT\n' >/etc/profile.d/hard.sh
sed -i 's/^\(\s*umask\).*/\1 027/' /etc/profile; echo 'umask 027' >>/etc/profile; echo 'umask 027' >>/etc/bash.bashrc
printf '* hard core 0\n* hard maxlogins 1\n' >>/etc/security/limits.conf
# PAM
cat >/etc/security/pwquality.conf <<'X'
minlen = 15
minclass = 3
dcredit = -1
ucredit = -1
lcredit = -1
ocredit = -1
difok = 8
dictcheck = 1
enforcing = 1
retry = 3
X
sed -i 's/\bnullok\b//' /etc/pam.d/common-auth /etc/pam.d/common-password
sed -i '0,/pam_unix.so/s/^.*pam_unix.so/password requisite pam_pwhistory.so remember=5 use_authtok\n&/' /etc/pam.d/common-password
printf 'deny = 3\nunlock_time = 0\naudit\n' >/etc/security/faillock.conf
sed -i '0,/^auth/s/^auth/auth required pam_faillock.so preauth\nauth required pam_faildelay.so delay=4000000\n&/' /etc/pam.d/common-auth
# sudo
cat >/etc/sudoers <<'X'
Defaults env_reset
Defaults use_pty
Defaults noexec
Defaults requiretty
Defaults logfile="/var/log/sudo.log"
Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
root ALL=(ALL:ALL) ALL
@includedir /etc/sudoers.d
X
chmod 440 /etc/sudoers
# modules
for m in cramfs dccp freevxfs hfs hfsplus jffs2 rds sctp tipc udf usb-storage uvcvideo; do
    printf 'install %s /bin/false\nblacklist %s\n' $m $m >/etc/modprobe.d/$m.conf
done
# auditd
sed -i -e 's/^max_log_file = .*/max_log_file = 6/' -e 's/^max_log_file_action.*/max_log_file_action = rotate/' \
    -e 's/^space_left_action.*/space_left_action = email/' -e 's/^admin_space_left_action.*/admin_space_left_action = single/' \
    -e 's/^disk_full_action.*/disk_full_action = single/' -e 's/^disk_error_action.*/disk_error_action = single/' \
    -e 's/^action_mail_acct.*/action_mail_acct = root/' -e 's/^space_left = .*/space_left = 25%/' /etc/audit/auditd.conf
{
    for arch in b64 b32; do
        for s in chmod chown fchmod fchmodat fchown fchownat fremovexattr fsetxattr lchown lremovexattr lsetxattr removexattr setxattr umount2; do
            echo "-a always,exit -F arch=$arch -S $s -F auid>=1000 -F auid!=unset -F key=perm_mod"
        done
        for s in rename renameat rmdir unlink unlinkat; do
            echo "-a always,exit -F arch=$arch -S $s -F auid>=1000 -F auid!=unset -F key=delete"
        done
        for s in creat ftruncate open open_by_handle_at openat truncate; do
            for e in EACCES EPERM; do
                echo "-a always,exit -F arch=$arch -S $s -F exit=-$e -F auid>=1000 -F auid!=unset -F key=access"
            done
        done
        for s in adjtimex settimeofday; do echo "-a always,exit -F arch=$arch -S $s -F key=audit_time_rules"; done
        echo "-a always,exit -F arch=$arch -S clock_settime -F a0=0x0 -F key=time-change"
        for s in init_module finit_module delete_module; do
            echo "-a always,exit -F arch=$arch -S $s -F auid>=1000 -F auid!=unset -F key=modules"
        done
        echo "-a always,exit -F arch=$arch -S sethostname,setdomainname -F key=audit_rules_networkconfig_modification"
        echo "-a always,exit -F arch=$arch -S mount -F auid>=1000 -F auid!=unset -F key=export"
        for u in u g; do echo "-a always,exit -F arch=$arch -S execve -C ${u}id!=e${u}id -F e${u}id=0 -F key=setuid"; done
    done
    for p in /etc/group /etc/gshadow /etc/security/opasswd /etc/passwd /etc/shadow; do
        echo "-w $p -p wa -k audit_rules_usergroup_modification"
    done
    for p in /etc/issue /etc/issue.net /etc/hosts /etc/networks /etc/network/; do
        echo "-w $p -p wa -k audit_rules_networkconfig_modification"
    done
    echo "-w /etc/localtime -p wa -k audit_time_rules"
    for p in /var/log/faillog /var/log/lastlog /var/run/faillock /var/log/tallylog; do echo "-w $p -p wa -k logins"; done
    for p in /var/run/utmp /var/log/btmp /var/log/wtmp; do echo "-w $p -p wa -k session"; done
    for p in /etc/sudoers /etc/sudoers.d/; do echo "-w $p -p wa -k actions"; done
    echo "-w /var/log/sudo.log -p wa -k maintenance"
    echo "-w /etc/selinux/ -p wa -k MAC-policy"
    echo "-w /etc/apparmor/ -p wa -k MAC-policy"
    echo "-w /etc/apparmor.d/ -p wa -k MAC-policy"
    find / -xdev -type f -perm /6000 2>/dev/null | while read -r p; do
        echo "-a always,exit -F path=$p -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged"
    done
    echo "-e 2"
} >/etc/audit/rules.d/hard.rules
{ echo '## made'; cat /etc/audit/rules.d/hard.rules; } >/etc/audit/audit.rules
chmod 640 /etc/audit/rules.d/*.rules /etc/audit/audit.rules /etc/audit/auditd.conf
mkdir -p /var/log/audit; chmod 700 /var/log/audit; touch /var/log/audit/audit.log; chmod 600 /var/log/audit/audit.log
# files
touch /etc/cron.allow /etc/at.allow; chmod 600 /etc/crontab; chmod 640 /etc/cron.allow /etc/at.allow
chmod 700 /etc/cron.d /etc/cron.daily /etc/cron.hourly /etc/cron.weekly /etc/cron.monthly
echo 'Authorized uses only. All activity may be monitored and reported.' | tee /etc/issue /etc/issue.net >/etc/motd
touch /var/log/syslog /var/log/messages; chown root:adm /var/log/syslog /var/log/messages; chmod 640 /var/log/syslog /var/log/messages
chmod 640 /var/log/*.log 2>/dev/null || true
printf 'Storage=none\nProcessSizeMax=0\n' | { mkdir -p /etc/systemd; echo '[Coredump]'; cat; } >/etc/systemd/coredump.conf
# boot
cat >/etc/default/grub <<'X'
GRUB_DEFAULT=0
GRUB_TIMEOUT=5
GRUB_CMDLINE_LINUX_DEFAULT="quiet"
GRUB_CMDLINE_LINUX="audit=1 audit_backlog_limit=8192 iommu=force l1tf=flush mce=0 rng_core.default_quality=500 slab_nomerge=yes spec_store_bypass_disable=prctl spectre_v2=on"
X
mkdir -p /boot/grub
zcat /proc/config.gz >"/boot/config-$(uname -r)"
cat >/boot/grub/grub.cfg <<'X'
set superusers="boss"
password_pbkdf2 boss grub.pbkdf2.sha512.10000.AAAA.BBBB
menuentry 'Debian' {
	linux /boot/vmlinuz root=/dev/vda ro quiet audit=1 audit_backlog_limit=8192 iommu=force l1tf=flush mce=0 rng_core.default_quality=500 slab_nomerge=yes spec_store_bypass_disable=prctl spectre_v2=on
}
X
chmod 600 /boot/grub/grub.cfg
# services
printf 'server ntp.example.org iburst maxpoll 10\nuser _chrony\n' >/etc/chrony/chrony.conf
printf '*.* @@loghost.example.org:6514\n' >/etc/rsyslog.d/remote.conf
"""


@dataclasses.dataclass(frozen=True)
class Mutation:
    name: str
    what: str
    script: str
    turns: tuple
    undo: str = ""

    @property
    def family(self):
        return self.name.split("-")[0]


# Rules for which OpenSCAP walks a whole tree: run only where a mutation is about them.
SLOW = {
    "file_permissions_binary_dirs",
    "file_ownership_binary_dirs",
    "file_permissions_library_dirs",
    "file_ownership_library_dirs",
    "file_permissions_unauthorized_world_writable",
    "dir_perms_world_writable_sticky_bits",
    "no_files_unowned_by_user",
}


def sshd(name, what, edit, *turns):
    return Mutation("sshd-" + name, what, edit, turns)


CONF = "/etc/ssh/sshd_config"


def append(text, path=CONF):
    return f"cat >>{path} <<'X'\n{text}\nX\n"


def instead(pattern, text, path=CONF):
    return f"sed -i -E 's|{pattern}|{text}|' {path}\n"


MUTATIONS = [
    # sshd: values, case, order, places
    sshd("root-yes", "`PermitRootLogin yes`", instead("^PermitRootLogin.*", "PermitRootLogin yes"), "sshd_disable_root_login"),
    sshd("root-case", "`permitrootlogin YES`: keywords and these values have no case", instead("^PermitRootLogin.*", "permitrootlogin YES"), "sshd_disable_root_login"),
    sshd("root-key-only", "`PermitRootLogin prohibit-password`", instead("^PermitRootLogin.*", "PermitRootLogin prohibit-password"), "sshd_disable_root_login"),
    sshd("root-first", "`PermitRootLogin yes` above the line that says no: sshd takes the first", instead("^PermitRootLogin no", "PermitRootLogin yes\\nPermitRootLogin no"), "sshd_disable_root_login"),
    sshd("fake-root-last", "`PermitRootLogin yes` below the line that says no: sshd takes the first, so nothing changes", append("PermitRootLogin yes"), "sshd_disable_root_login"),
    sshd("root-include", "`PermitRootLogin yes` in sshd_config.d, which is read first", append("PermitRootLogin yes", "/etc/ssh/sshd_config.d/10-x.conf"), "sshd_disable_root_login"),
    sshd("root-match", "`PermitRootLogin yes` in a Match block for everybody", append("Match all\n  PermitRootLogin yes"), "sshd_disable_root_login"),
    sshd("fake-empty-match", "`PermitEmptyPasswords yes` only for a user who does not exist", append("Match User nobodyhere\n  PermitEmptyPasswords yes"), "sshd_disable_empty_passwords"),
    sshd("empty-equals", "`PermitEmptyPasswords=yes`: an equals sign is as good as a space", instead("^PermitEmptyPasswords.*", "PermitEmptyPasswords=yes"), "sshd_disable_empty_passwords"),
    sshd("empty-quoted", "`PermitEmptyPasswords \"yes\"`", instead("^PermitEmptyPasswords.*", "PermitEmptyPasswords \"yes\""), "sshd_disable_empty_passwords"),
    sshd("x11", "`X11Forwarding yes`", instead("^X11Forwarding.*", "X11Forwarding yes"), "sshd_disable_x11_forwarding"),
    sshd("x11-commented", "`#X11Forwarding no`: the default is no", instead("^X11Forwarding.*", "#X11Forwarding no"), "sshd_disable_x11_forwarding"),
    sshd("x11-localhost", "`X11UseLocalhost no`", instead("^X11UseLocalhost.*", "X11UseLocalhost no"), "sshd_x11_use_localhost"),
    sshd("hostbased", "`HostbasedAuthentication yes`, and `.rhosts` are read", instead("^HostbasedAuthentication.*", "HostbasedAuthentication yes") + instead("^IgnoreRhosts.*", "IgnoreRhosts no"), "disable_host_auth", "sshd_disable_rhosts"),
    sshd("environment", "`PermitUserEnvironment yes`", instead("^PermitUserEnvironment.*", "PermitUserEnvironment yes"), "sshd_do_not_permit_user_env"),
    sshd("grace-units", "`LoginGraceTime 1m`: the same as 60", instead("^LoginGraceTime.*", "LoginGraceTime 1m"), "sshd_set_login_grace_time"),
    sshd("grace-zero", "`LoginGraceTime 0`: no limit", instead("^LoginGraceTime.*", "LoginGraceTime 0"), "sshd_set_login_grace_time"),
    sshd("tries", "`MaxAuthTries 10`", instead("^MaxAuthTries.*", "MaxAuthTries 10"), "sshd_set_max_auth_tries"),
    sshd("sessions", "`MaxSessions 100`, `MaxStartups 100`", instead("^MaxSessions.*", "MaxSessions 100") + instead("^MaxStartups.*", "MaxStartups 100"), "sshd_set_max_sessions", "sshd_set_maxstartups"),
    sshd("idle", "`ClientAliveInterval 0`: never asks", instead("^ClientAliveInterval.*", "ClientAliveInterval 0"), "sshd_set_idle_timeout"),
    sshd("gssapi-pam", "`GSSAPIAuthentication yes`, `UsePAM no`", instead("^GSSAPIAuthentication.*", "GSSAPIAuthentication yes") + instead("^UsePAM.*", "UsePAM no"), "sshd_disable_gssapi_auth", "sshd_enable_pam"),
    sshd("banner", "`Banner none`", instead("^Banner.*", "Banner none"), "sshd_enable_warning_banner_net"),
    sshd("loglevel", "`LogLevel QUIET`", instead("^LogLevel.*", "LogLevel QUIET"), "sshd_set_loglevel_info"),
    sshd("everybody", "no AllowUsers line", instead("^AllowUsers.*", ""), "sshd_limit_user_access"),
    sshd("ciphers", "`Ciphers aes128-cbc,aes256-ctr`, `MACs hmac-md5`", instead("^Ciphers.*", "Ciphers aes128-cbc,aes256-ctr") + instead("^MACs.*", "MACs hmac-md5"), "sshd_use_approved_ciphers_ordered_stig", "sshd_use_approved_macs_ordered_stig"),
    sshd("key-mode", "a host's private key that everybody reads", "ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key <<<y || true\nchmod 644 /etc/ssh/ssh_host_ed25519_key\n", "file_permissions_sshd_private_key"),
    sshd("pub-mode", "a host's public key that everybody writes", "ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key <<<y || true\nchmod 666 /etc/ssh/*.pub\n", "file_permissions_sshd_pub_key"),
    sshd("config-mode", "sshd_config that everybody reads, of another group", f"chmod 644 {CONF}; chgrp adm {CONF}\n", "file_permissions_sshd_config", "file_groupowner_sshd_config"),
    # sysctl: in force and persisted
    Mutation("sysctl-running", "net.ipv4.conf.all.accept_redirects=1 in force only", "echo 1 >/proc/sys/net/ipv4/conf/all/accept_redirects", ("sysctl_net_ipv4_conf_all_accept_redirects",)),
    Mutation("sysctl-persisted", "the same persisted only", "echo net.ipv4.conf.all.accept_redirects=1 >/etc/sysctl.d/90-x.conf", ("sysctl_net_ipv4_conf_all_accept_redirects",)),
    Mutation("sysctl-gone", "persisted nowhere, in force as wanted", "sed -i /accept_source_route/d /etc/sysctl.d/60-hard.conf", ("sysctl_net_ipv4_conf_all_accept_source_route", "sysctl_net_ipv4_conf_default_accept_source_route")),
    Mutation("sysctl-slash", "net/ipv4/ip_forward = 1 in force and persisted, with slashes", "echo 1 >/proc/sys/net/ipv4/ip_forward; echo net/ipv4/ip_forward = 1 >/etc/sysctl.d/90-x.conf", ("sysctl_net_ipv4_ip_forward",)),
    Mutation("sysctl-later-file", "rp_filter 0 in a file that comes later", "echo net.ipv4.conf.all.rp_filter = 0 >/etc/sysctl.d/99-x.conf", ("sysctl_net_ipv4_conf_all_rp_filter",)),
    Mutation("sysctl-fake-earlier-file", "rp_filter 0 in a file that comes earlier: the later one wins", "echo net.ipv4.conf.all.rp_filter = 0 >/etc/sysctl.d/10-x.conf", ("sysctl_net_ipv4_conf_all_rp_filter",)),
    Mutation("sysctl-usr-lib", "the settings moved to /usr/lib/sysctl.d, which systemd reads as well", "mv /etc/sysctl.d/60-hard.conf /usr/lib/sysctl.d/60-hard.conf", ("sysctl_net_ipv4_conf_all_log_martians", "sysctl_kernel_randomize_va_space")),
    Mutation("sysctl-kptr", "kernel.kptr_restrict=1 in force (put back after)", "cat /proc/sys/kernel/kptr_restrict >/run/agreement/kptr; echo 1 >/proc/sys/kernel/kptr_restrict", ("sysctl_kernel_kptr_restrict",), "cat /run/agreement/kptr >/proc/sys/kernel/kptr_restrict"),
    Mutation("sysctl-suid-dump", "fs.suid_dumpable=2 in force and persisted (put back after)", "cat /proc/sys/fs/suid_dumpable >/run/agreement/dump; echo 2 >/proc/sys/fs/suid_dumpable; sed -i 's/suid_dumpable = 0/suid_dumpable = 2/' /etc/sysctl.d/60-hard.conf", ("sysctl_fs_suid_dumpable",), "cat /run/agreement/dump >/proc/sys/fs/suid_dumpable"),
    # permissions
    Mutation("mode-shadow", "shadow that everybody reads", "chmod 644 /etc/shadow /etc/gshadow", ("file_permissions_etc_shadow", "file_permissions_etc_gshadow")),
    Mutation("mode-passwd", "passwd and group that everybody writes", "chmod 666 /etc/passwd /etc/group", ("file_permissions_etc_passwd", "file_permissions_etc_group")),
    Mutation("mode-backup", "the backups of shadow and passwd wide open", "chmod 666 /etc/shadow- /etc/passwd- /etc/group- /etc/gshadow-", ("file_permissions_backup_etc_shadow", "file_permissions_backup_etc_passwd", "file_permissions_backup_etc_group", "file_permissions_backup_etc_gshadow")),
    Mutation("owner-shadow", "shadow and passwd owned by a user", "chown admin:users /etc/shadow /etc/passwd", ("file_owner_etc_shadow", "file_groupowner_etc_shadow", "file_owner_etc_passwd", "file_groupowner_etc_passwd")),
    Mutation("mode-cron", "crontab and cron.d wide open, owned by a user", "chmod 777 /etc/cron.d /etc/cron.daily; chmod 666 /etc/crontab; chown admin /etc/crontab /etc/cron.weekly", ("file_permissions_cron_d", "file_permissions_cron_daily", "file_permissions_crontab", "file_owner_crontab", "file_owner_cron_weekly")),
    Mutation("mode-stricter", "stricter than asked: 400 and 000", "chmod 400 /etc/crontab /etc/ssh/sshd_config; chmod 000 /etc/shadow /etc/gshadow", ("file_permissions_crontab", "file_permissions_sshd_config", "file_permissions_etc_shadow", "file_permissions_etc_gshadow")),
    Mutation("mode-log", "/var/log that everybody writes, syslog that everybody reads", "chmod 777 /var/log; chmod 644 /var/log/syslog /var/log/messages; chown admin /var/log/syslog", ("file_permissions_var_log", "file_permissions_var_log_syslog", "file_permissions_var_log_messages", "file_owner_var_log_syslog")),
    Mutation("mode-grub", "grub.cfg that everybody reads, owned by a user", "chmod 644 /boot/grub/grub.cfg; chown admin /boot/grub/grub.cfg", ("file_permissions_grub2_cfg", "file_owner_grub2_cfg")),
    Mutation("mode-binaries", "a program in /usr/bin that everybody writes, one owned by a user", "chmod 777 /usr/bin/awk /usr/bin/find; chown admin /usr/bin/sort", ("file_permissions_binary_dirs", "file_ownership_binary_dirs")),
    Mutation("mode-libraries", "a library that everybody writes, one owned by a user", "chmod 666 /usr/lib/x86_64-linux-gnu/libz.so.1.*; chown admin /usr/lib/x86_64-linux-gnu/libdb-5.3.so", ("file_permissions_library_dirs", "file_ownership_library_dirs")),
    Mutation("mode-home", "a home that everybody enters", "chmod 755 /home/admin", ("file_permissions_home_directories",)),
    Mutation("world-writable", "a file that everybody writes, a directory too, without the sticky bit", "echo >/opt/x; chmod 666 /opt/x; mkdir /opt/d; chmod 777 /opt/d", ("file_permissions_unauthorized_world_writable", "dir_perms_world_writable_sticky_bits")),
    Mutation("unowned", "a file of no user", "echo >/opt/x; chown 4242:4242 /opt/x", ("no_files_unowned_by_user",)),
    Mutation("sticky-tmp", "/tmp without its sticky bit", "chmod 777 /tmp", ("dir_perms_world_writable_sticky_bits",)),
    # PAM and passwords
    Mutation("pam-minlen", "minlen = 6", instead("^minlen.*", "minlen = 6", "/etc/security/pwquality.conf"), ("accounts_password_pam_minlen",)),
    Mutation("pam-minlen-argument", "minlen=6 as an argument in the stack, which wins over the file", instead("pam_pwquality.so.*", "pam_pwquality.so retry=3 minlen=6", "/etc/pam.d/common-password"), ("accounts_password_pam_minlen",)),
    Mutation("pam-minlen-twice", "minlen = 6 in a second line: the last one wins", "echo 'minlen = 6' >>/etc/security/pwquality.conf", ("accounts_password_pam_minlen",)),
    Mutation("pam-credits", "dcredit, ucredit, minclass, dictcheck off", "sed -i -E 's/^(dcredit|ucredit|minclass|dictcheck).*/\\1 = 0/' /etc/security/pwquality.conf", ("accounts_password_pam_dcredit", "accounts_password_pam_ucredit", "accounts_password_pam_minclass", "accounts_password_pam_dictcheck")),
    Mutation("pam-nullok", "nullok on pam_unix", "sed -i 's/pam_unix.so.*/& nullok/' /etc/pam.d/common-auth", ("no_empty_passwords",)),
    Mutation("pam-history", "remember=1", "sed -i 's/remember=5/remember=1/' /etc/pam.d/common-password", ("accounts_password_pam_pwhistory_remember",)),
    Mutation("pam-faildelay", "delay=1000", "sed -i 's/delay=4000000/delay=1000/' /etc/pam.d/common-auth", ("accounts_passwords_pam_faildelay_delay",)),
    Mutation("login-defs", "no ageing, an old hash, umask 022", "sed -i -E -e 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 99999/' -e 's/^PASS_MIN_DAYS.*/PASS_MIN_DAYS 0/' -e 's/^PASS_WARN_AGE.*/PASS_WARN_AGE 0/' -e 's/^PASS_MIN_LEN.*/PASS_MIN_LEN 5/' -e 's/^ENCRYPT_METHOD.*/ENCRYPT_METHOD MD5/' -e 's/^UMASK.*/UMASK 022/' /etc/login.defs", ("accounts_maximum_age_login_defs", "accounts_minimum_age_login_defs", "accounts_password_warn_age_login_defs", "accounts_password_minlen_login_defs", "set_password_hashing_algorithm_logindefs", "accounts_umask_etc_login_defs")),
    Mutation("login-defs-comment", "a good line in a comment, the bad one in force", "printf '#PASS_MAX_DAYS 60\\nPASS_MAX_DAYS 999\\n' >/tmp/x; sed -i '/^PASS_MAX_DAYS/d' /etc/login.defs; cat /tmp/x >>/etc/login.defs; rm /tmp/x", ("accounts_maximum_age_login_defs",)),
    Mutation("login-defs-twice", "PASS_MAX_DAYS twice, the last one bad: the last one wins", "echo 'PASS_MAX_DAYS 999' >>/etc/login.defs", ("accounts_maximum_age_login_defs",)),
    Mutation("umask", "umask 022 in profile", "sed -i 's/umask 027/umask 022/' /etc/profile /etc/profile.d/hard.sh /etc/bash.bashrc", ("accounts_umask_etc_profile", "accounts_umask_etc_bashrc")),
    Mutation("tmout", "TMOUT=0", "sed -i 's/TMOUT=600/TMOUT=0/' /etc/profile.d/hard.sh", ("accounts_tmout",)),
    Mutation("inactive", "INACTIVE=-1: never locked", "sed -i 's/^INACTIVE=.*/INACTIVE=-1/' /etc/default/useradd", ("account_disable_post_pw_expiration",)),
    # accounts
    Mutation("uid-zero", "a second account with uid 0", "echo 'toor:x:0:0::/root:/bin/bash' >>/etc/passwd; echo 'toor:!:20000:7:60:7:::' >>/etc/shadow", ("accounts_no_uid_except_zero", "no_duplicate_uids")),
    Mutation("uid-zero-padded", "a second account with uid 00", "echo 'toor:x:00:0::/root:/bin/bash' >>/etc/passwd; echo 'toor:!:20000:7:60:7:::' >>/etc/shadow", ("accounts_no_uid_except_zero", "no_duplicate_uids")),
    Mutation("empty-password", "an account with an empty password", "echo 'guest:x:1100:1000::/home/admin:/bin/bash' >>/etc/passwd; echo 'guest::20000:7:60:7:::' >>/etc/shadow", ("no_empty_passwords_etc_shadow",)),
    Mutation("hash-in-passwd", "a hash in passwd", "echo 'guest:$1$ab$abcdefghijklmnopqrstuv:1100:1000::/home/admin:/bin/bash' >>/etc/passwd", ("accounts_password_all_shadowed",)),
    Mutation("duplicate-uid", "two accounts with uid 1000, two with one name", "echo 'twin:x:1000:1000::/home/admin:/bin/bash' >>/etc/passwd; echo 'admin:x:1001:1000::/home/admin:/bin/bash' >>/etc/passwd", ("no_duplicate_uids", "account_unique_name")),
    Mutation("missing-group", "a primary group that does not exist", "echo 'lost:x:1200:7777::/home/admin:/bin/bash' >>/etc/passwd", ("gid_passwd_group_same",)),
    Mutation("system-shell", "a system account with a shell", "sed -i 's|^daemon:.*|daemon:x:1:1:daemon:/usr/sbin:/bin/bash|' /etc/passwd", ("no_shelllogin_for_systemaccounts",)),
    Mutation("age-of-account", "an account whose password never ends", "sed -i -E 's/^(admin:[^:]*:[^:]*):7:60:/\\1:0:99999:/' /etc/shadow", ("accounts_password_set_max_life_existing", "accounts_password_set_min_life_existing")),
    Mutation("netrc", "a .netrc and a .rhosts in a home", "echo 'machine a login b password c' >/home/admin/.netrc; echo '+ +' >/home/admin/.rhosts; chown admin /home/admin/.netrc /home/admin/.rhosts", ("no_netrc_files", "no_rsh_trust_files")),
    Mutation("dot-files", "a file in a home that belongs to somebody else", "touch /home/admin/.profile; chown daemon /home/admin/.profile", ("accounts_user_dot_user_ownership",)),
    Mutation("home-missing", "a user without a home", "rm -rf /home/admin", ("accounts_user_interactive_home_directory_exists",)),
    # sudo
    Mutation("sudo-nopasswd", "NOPASSWD in a file of sudoers.d", "echo 'admin ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/x; chmod 440 /etc/sudoers.d/x", ("sudo_remove_nopasswd", "sudo_require_authentication")),
    Mutation("sudo-nopasswd-continued", "NOPASSWD on a continued line", "printf 'admin ALL=(ALL) \\\\\\n  NOPASSWD: ALL\\n' >/etc/sudoers.d/x; chmod 440 /etc/sudoers.d/x", ("sudo_remove_nopasswd",)),
    Mutation("sudo-fake-nopasswd", "NOPASSWD in a comment", "echo '# admin ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/x; chmod 440 /etc/sudoers.d/x", ("sudo_remove_nopasswd",)),
    Mutation("sudo-fake-dotted", "NOPASSWD in a file with a dot, which sudo leaves out", "echo 'admin ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/x.bak; chmod 440 /etc/sudoers.d/x.bak", ("sudo_remove_nopasswd",)),
    Mutation("sudo-authenticate", "`Defaults !authenticate`", "sed -i 's/^Defaults env_reset/Defaults env_reset,!authenticate/' /etc/sudoers", ("sudo_remove_no_authenticate",)),
    Mutation("sudo-no-pty", "no use_pty, no logfile", "sed -i '/use_pty/d;/logfile/d' /etc/sudoers", ("sudo_add_use_pty", "sudo_custom_logfile")),
    Mutation("sudo-undone-pty", "`Defaults !use_pty` after `Defaults use_pty`", "echo 'Defaults !use_pty' >>/etc/sudoers", ("sudo_add_use_pty",)),
    Mutation("sudo-not", "a rule with a negated command and one without arguments", "echo 'admin ALL=(daemon) ALL, !/usr/bin/su' >/etc/sudoers.d/x; chmod 440 /etc/sudoers.d/x", ("sudoers_no_command_negation", "sudoers_explicit_command_args")),
    # software
    Mutation("package-telnet", "telnet, rsh-client, talk, nis as the package database has them when installed", "for p in telnet rsh-client talk nis vsftpd; do printf 'Package: %s\\nStatus: install ok installed\\nVersion: 1-1\\nArchitecture: amd64\\nMaintainer: x <x@y>\\nDescription: x\\n\\n' $p >>/var/lib/dpkg/status; done", ("package_telnet_removed", "package_rsh_removed", "package_talk_removed", "package_nis_removed", "package_vsftpd_removed")),
    Mutation("package-config-files", "telnet removed, its configuration left: `deinstall ok config-files`", "printf 'Package: telnet\\nStatus: deinstall ok config-files\\nVersion: 1-1\\nArchitecture: amd64\\nMaintainer: x <x@y>\\nDescription: x\\n\\n' >>/var/lib/dpkg/status", ("package_telnet_removed",)),
    Mutation("package-gone", "auditd, rsyslog and aide no longer installed", "for p in auditd rsyslog aide aide-common chrony; do sed -i \"/^Package: $p\\$/,/^Status/s/^Status.*/Status: deinstall ok config-files/\" /var/lib/dpkg/status; done", ("package_audit_installed", "package_rsyslog_installed", "package_aide_installed")),
    Mutation("apt-unsigned", "apt takes unsigned packages", "echo 'APT::Get::AllowUnauthenticated \"true\";' >/etc/apt/apt.conf.d/99x", ("apt_conf_disallow_unauthenticated",)),
    # modules
    Mutation("module-allowed", "cramfs and usb-storage may load", "rm /etc/modprobe.d/cramfs.conf /etc/modprobe.d/usb-storage.conf", ("kernel_module_cramfs_disabled", "kernel_module_usb-storage_disabled")),
    Mutation("module-blacklist-only", "only `blacklist dccp`, which an explicit modprobe ignores", "echo 'blacklist dccp' >/etc/modprobe.d/dccp.conf", ("kernel_module_dccp_disabled",)),
    Mutation("module-comment", "`#install sctp /bin/false`", "printf '#install sctp /bin/false\\nblacklist sctp\\n' >/etc/modprobe.d/sctp.conf", ("kernel_module_sctp_disabled",)),
    # mounts
    Mutation("mount-shm", "/dev/shm without nodev, nosuid", "mount -o remount,suid,dev /dev/shm; echo 'tmpfs /dev/shm tmpfs defaults 0 0' >>/etc/fstab", ("mount_option_dev_shm_nodev", "mount_option_dev_shm_nosuid")),
    Mutation("mount-shm-good", "/dev/shm with all three, in force and in fstab", "mount -o remount,nosuid,nodev,noexec /dev/shm; echo 'tmpfs /dev/shm tmpfs nosuid,nodev,noexec 0 0' >>/etc/fstab", ("mount_option_dev_shm_nodev", "mount_option_dev_shm_nosuid", "mount_option_dev_shm_noexec")),
    Mutation("mount-tmp", "/tmp, /var, /home and the others on their own", "for d in tmp var/log/audit home srv; do mkdir -p /$d; mount -t tmpfs -o mode=755 tmpfs /$d; echo \"tmpfs /$d tmpfs defaults 0 0\" >>/etc/fstab; done; chmod 1777 /tmp", ("partition_for_tmp", "partition_for_var_log_audit", "partition_for_home", "partition_for_srv")),
    # audit
    Mutation("audit-rules", "no rules for chmod, chown, unlink, open, modules", "sed -i -E '/-S (chmod|chown|unlink|open|init_module) /d' /etc/audit/rules.d/hard.rules /etc/audit/audit.rules", ("audit_rules_dac_modification_chmod", "audit_rules_dac_modification_chown", "audit_rules_file_deletion_events_unlink", "audit_rules_unsuccessful_file_modification_open", "audit_rules_kernel_module_loading_init")),
    Mutation("audit-one-arch", "the rule for fchown only for 64-bit calls", "sed -i '/arch=b32.*-S fchown /d' /etc/audit/rules.d/hard.rules /etc/audit/audit.rules", ("audit_rules_dac_modification_fchown",)),
    Mutation("audit-joined", "several calls in one rule", "sed -i -E '/-S (rename|renameat|rmdir|unlink|unlinkat) /d' /etc/audit/rules.d/hard.rules /etc/audit/audit.rules; for a in b64 b32; do echo \"-a always,exit -F arch=$a -S rename,renameat,rmdir,unlink,unlinkat -F auid>=1000 -F auid!=unset -F key=delete\"; done | tee -a /etc/audit/audit.rules >>/etc/audit/rules.d/a.rules", ("audit_rules_file_deletion_events_rename", "audit_rules_file_deletion_events_unlinkat")),
    Mutation("audit-mutable", "`-e 1` at the end", "sed -i 's/^-e 2/-e 1/' /etc/audit/rules.d/hard.rules /etc/audit/audit.rules", ("audit_rules_immutable",)),
    Mutation("audit-watches", "no watches of passwd, sudoers, localtime", "sed -i -E '/^-w .etc.(passwd|sudoers|localtime)/d' /etc/audit/rules.d/hard.rules /etc/audit/audit.rules", ("audit_rules_usergroup_modification_passwd", "audit_rules_sysadmin_actions", "audit_rules_time_watch_localtime")),
    Mutation("auditd-conf", "a small log that is overwritten, and nobody told", "sed -i -E -e 's/^max_log_file = .*/max_log_file = 1/' -e 's/^(max_log_file_action|space_left_action|admin_space_left_action|disk_full_action|disk_error_action) .*/\\1 = ignore/' -e 's/^action_mail_acct.*/action_mail_acct = nobody/' /etc/audit/auditd.conf", ("auditd_data_retention_max_log_file", "auditd_data_retention_max_log_file_action", "auditd_data_retention_space_left_action", "auditd_data_retention_admin_space_left_action", "auditd_data_disk_full_action", "auditd_data_disk_error_action", "auditd_data_retention_action_mail_acct")),
    Mutation("audit-log-mode", "/var/log/audit open to everybody", "chmod 755 /var/log/audit; chmod 644 /var/log/audit/audit.log", ("directory_permissions_var_log_audit", "file_permissions_var_log_audit")),
    # boot
    Mutation("grub-arguments", "no audit=1, nosmap, nosmep", "sed -i -e 's/audit=1//' -e 's/spectre_v2=on/spectre_v2=on nosmap nosmep/' /etc/default/grub /boot/grub/grub.cfg", ("grub2_audit_argument", "grub2_nosmap_argument_absent", "grub2_nosmep_argument_absent")),
    Mutation("grub-config-only", "slab_nomerge only in /etc/default/grub, not in grub.cfg", "sed -i 's/slab_nomerge=yes//' /boot/grub/grub.cfg", ("grub2_slab_nomerge_argument",)),
    Mutation("grub-password", "no password in grub.cfg", "sed -i '/superusers/d;/password_pbkdf2/d' /boot/grub/grub.cfg", ("grub2_password",)),
    # the rest
    Mutation("banner-empty", "empty banners", ": >/etc/issue.net; : >/etc/issue", ("banner_etc_issue_net",)),
    Mutation("banner-mode", "issue and motd that everybody writes", "chmod 666 /etc/issue /etc/motd; chown admin /etc/issue", ("file_permissions_etc_issue", "file_permissions_etc_motd", "file_owner_etc_issue")),
    Mutation("coredump", "core dumps are stored", "printf '[Coredump]\\nStorage=external\\nProcessSizeMax=2G\\n' >/etc/systemd/coredump.conf; sed -i '/hard core/d' /etc/security/limits.conf", ("coredump_disable_storage", "coredump_disable_backtraces", "disable_users_coredumps")),
    Mutation("chrony-none", "chrony without a server", "sed -i '/^server/d' /etc/chrony/chrony.conf", ("chronyd_specify_remote_server", "chronyd_server_directive")),
    Mutation("rsyslog-local", "no remote log host", "rm /etc/rsyslog.d/remote.conf", ("rsyslog_remote_loghost",)),
    Mutation("at-cron-allow", "no cron.allow, no at.allow", "rm /etc/cron.allow /etc/at.allow", ("file_permissions_cron_allow", "file_permissions_at_allow", "file_owner_cron_allow")),
    Mutation("ctrl-alt-del", "ctrl-alt-del.target masked", "ln -sf /dev/null /etc/systemd/system/ctrl-alt-del.target", ("disable_ctrlaltdel_reboot",)),
]
