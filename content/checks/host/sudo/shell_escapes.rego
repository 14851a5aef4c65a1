# METADATA
# title: No granted command hands out a root shell
# description: Interpreters, pagers, archivers and package managers run whatever their user tells them to, so granting
#   one of them grants everything.
# custom:
#   id: host.sudo.shell_escapes
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: high
#   frameworks: {anssi_bp_028: [R41]}
#   attack: [T1548.003, T1059]
#   remediation:
#     text: Replace the command with a script of root's that does the one thing needed, or tag it NOEXEC where it only
#       must not start others.
package casemate.host.sudo.shell_escapes

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

noexec(rule) if sudo.tagged(rule, "NOEXEC")

noexec(rule) if {
	sudo.on("noexec")
	not sudo.tagged(rule, "EXEC")
}

bad contains {"rule": rule, "command": command} if {
	some rule in sudo.granting
	sudo.as_root(rule)
	not sudo.everything(rule)
	not noexec(rule)
	some command in sudo.allowed(rule)
	sudo.escape(command)
	open(command)
}

# With fixed arguments most of these programs do what the rule says, unless the arguments end in a wildcard or start
# a pager.
open(command) if not regex.match(`[^ \t][ \t]+[^ \t]`, command)

open(command) if regex.match(`[*?]`, command)

open(command) if {
	sudo.base(command) in {"journalctl", "less", "man", "more", "most", "top", "screen", "tmux", "su", "ftp", "psql", "mysql"}
}

open(command) if {
	sudo.base(command) == "systemctl"
	regex.match(`[ \t]status([ \t]|$)`, command)
}

compliant if {
	is_array(sudo.rules)
	input.facets.sudoers.effective
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s becomes root by %s (%s)", [sudo.who(one.rule), one.command, sudo.place(one.rule)]),
	"evidence": {"command": one.command, "users": one.rule.users, "file": one.rule.file, "line": one.rule.line},
} if {
	some one in bad
}
