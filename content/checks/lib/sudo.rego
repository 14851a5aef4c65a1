# sudoers(5): rules, defaults and what a command gives away.
package casemate.lib.sudo

import data.casemate.lib.files

rules := input.facets.sudoers.rules

# Rules that give something to somebody who is not root already.
granting := [rule |
	some rule in rules
	some user in rule.users
	not user in {"root", "#0"}
	not startswith(user, "!")
]

# The commands of a rule that are allowed.
allowed(rule) := [command |
	some command in rule.commands
	not startswith(command, "!")
]

# The program of a command, without arguments and without a digest before it.
program(command) := words[0] if {
	words := [word |
		some word in regex.split(`[ \t]+`, command)
		word != ""
		not regex.match(`^sha(224|256|384|512):`, word)
	]
	count(words) > 0
}

# The last part of the program's path.
base(command) := parts[count(parts) - 1] if parts := split(program(command), "/")

# The rule runs commands as root.
as_root(rule) if {
	some target in rule.run_as
	target in {"root", "ALL", "#0", "%root"}
}

everything(rule) if "ALL" in rule.commands

# sudo 1.9.10 takes regular expressions, and a pattern for all paths is ALL by another name.
everything(rule) if {
	some command in rule.commands
	regex.match(`^\^?/?(\.[*+]|\*|\*/\*)\$?([ \t]|$)`, command)
}

tagged(rule, tag) if tag in rule.tags

# A global flag is on.
on(name) if input.facets.sudoers.effective[name] == "true"

# Defaults of one user, host, command or target that set a flag to `value`.
scoped(name, value) := [entry |
	some entry in input.facets.sudoers.defaults
	entry.name == name
	entry.scope != ""
	entry.value == value
]

# The flag is on for everybody. Undefined where the defaults are not known.
on_everywhere(name) if {
	on(name)
	input.facets.sudoers.defaults
	count(scoped(name, "false")) == 0
}

off_everywhere(name) if {
	input.facets.sudoers.effective
	not on(name)
	input.facets.sudoers.defaults
	count(scoped(name, "true")) == 0
}

# Where a rule or an entry stands, for a message.
place(entry) := sprintf("%s:%d", [entry.file, entry.line])

who(rule) := concat(", ", rule.users)

evidence(rule) := {
	"users": rule.users,
	"run_as": rule.run_as,
	"commands": rule.commands,
	"tags": rule.tags,
	"file": rule.file,
	"line": rule.line,
}

# Programs that start a shell or any other program for whoever runs them, or write any file: pagers, interpreters,
# package managers, archivers, debuggers, network tools. Editors have a list of their own.
escapes := {
	"ansible-playbook", "apt", "apt-get", "aptitude", "ash", "aspell", "at", "awk", "bash", "batch", "bundle",
	"busybox", "chmod", "chown", "chroot", "cobc", "composer", "cp", "cpan", "cpio", "cpulimit", "crontab", "csh",
	"curl", "dash", "dd", "debugfs", "dialog", "dmesg", "dnf", "docker", "dpkg", "easy_install", "env", "expect",
	"find", "fish", "flock", "ftp", "gawk", "gcc", "gdb", "gem", "genisoimage", "ghc", "gimp", "git", "go", "grc",
	"helm", "iftop", "install", "ionice", "ip", "irb", "java", "journalctl", "jrunscript", "kubectl", "ksh", "ld.so",
	"less", "ln", "logrotate", "logsave", "ltrace", "lua", "lxc", "mail", "make", "man", "mawk", "micro", "more",
	"most", "mount", "mtr", "mv", "mysql", "nawk", "nc", "ncat", "ncdu", "netcat", "nice", "nmap", "node", "nohup",
	"npm", "nsenter", "openssl", "openvpn", "pdb", "perf", "perl", "pg", "php", "pip", "pip3", "podman", "pry",
	"psql", "puppet", "python", "python2", "python3", "rake", "rlwrap", "rpm", "rsync", "ruby", "run-parts",
	"rvim", "scp", "screen", "script", "sed", "service", "setarch", "sftp", "sh", "slsh", "snap", "socat", "split",
	"sqlite3", "ssh", "start-stop-daemon", "stdbuf", "strace", "su", "systemctl", "systemd-run", "tar", "taskset",
	"tclsh", "tcpdump", "tcsh", "tee", "telnet", "time", "timeout", "tmux", "top", "unshare", "valgrind", "visudo",
	"watch", "wget", "whiptail", "wish", "xargs", "yum", "zip", "zsh", "zypper",
}

editors := {
	"ed", "emacs", "ex", "gedit", "jed", "joe", "jmacs", "jpico", "kate", "mcedit", "micro", "nano", "neovim", "ne",
	"nvim", "pico", "red", "rnano", "rvim", "vi", "view", "vim", "vim.basic", "vim.tiny", "vimdiff", "vipw",
}

# A command that hands its user more than its name says: by its program, with any version number cut off.
escape(command) if base(command) in escapes

escape(command) if trim_right(base(command), "0123456789.-") in escapes

editor(command) if base(command) in editors
