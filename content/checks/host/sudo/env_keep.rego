# METADATA
# title: sudo passes on no variable that loads code
# description: Variables that name libraries, start-up files or programs let the caller decide what root runs.
# custom:
#   id: host.sudo.env_keep
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: high
#   attack: [T1574.006, T1548.003]
#   params:
#     refused: {type: list, default: ["LD_*", "DYLD_*", "PYTHON*", "PERL5*", PERLLIB, "RUBY*", "NODE_*", BASH_ENV, ENV, IFS, PATH, GCONV_PATH, EDITOR, VISUAL, PAGER, SUDO_EDITOR, LESSOPEN, MANPAGER, "GIT_*"], description: "variables that must not be kept; * stands for any text"}
#   remediation:
#     text: Remove the variable from env_keep.
package casemate.host.sudo.env_keep

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

kept contains {"variable": variable, "file": entry.file, "line": entry.line} if {
	some entry in input.facets.sudoers.defaults
	entry.name == "env_keep"
	entry.op in {"=", "+="}
	some variable in regex.split(`[ \t,]+`, trim(entry.value, `" `))
	some pattern in data.params.refused
	refuses(pattern, variable)
}

refuses(pattern, variable) if glob.match(pattern, null, variable)

# A wildcard of sudoers passes on all that it stands for.
refuses(pattern, variable) if {
	contains(variable, "*")
	glob.match(variable, null, trim_suffix(pattern, "*"))
}

compliant if {
	is_array(input.facets.sudoers.defaults)
	count(kept) == 0
}

deny contains {
	"message": sprintf("env_keep passes on %s (%s:%d)", [one.variable, one.file, one.line]),
	"evidence": one,
} if {
	some one in kept
}
