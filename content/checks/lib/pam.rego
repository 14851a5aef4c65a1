# PAM stacks and the settings of their modules.
package casemate.lib.pam

services := input.facets.pam.services

# Lines with a module in a management group, each once, however many services include them.
lines(group, module) := {line |
	some stack in services
	some line in stack
	line.group == group
	line.module == module
}

# Stacks of whole services that use a module. The `common-*` files of Debian are parts of others.
using(group, module) := {name: stack |
	some name, stack in services
	not startswith(name, "common-")
	position(stack, group, module) >= 0
}

# Where a module stands first in a stack.
position(stack, group, module) := min(found) if {
	found := [i |
		some i, line in stack
		line.group == group
		line.module == module
	]
	count(found) > 0
}

# A line before this one in its group may jump over it: `[success=2 default=ignore]`.
jumped(stack, at) if {
	some i, line in stack
	i < at
	line.group == stack[at].group
	some found in regex.find_all_string_submatch_n(`=([0-9]{1,6})`, line.control, -1)
	between := count([1 | some j, other in stack; j > i; j <= at; other.group == line.group])
	to_number(found[1]) >= between
}

# A failure of this line fails the whole stack.
binding(line) if line.control in {"required", "requisite"}

binding(line) if {
	startswith(line.control, "[")
	regex.match(`default=(bad|die)`, line.control)
}

# The value of an argument; the last one counts. A bare word is `true`.
argument(line, name) := value if {
	start := sprintf("%s=", [name])
	found := [substring(arg, count(start), -1) |
		some arg in line.args
		startswith(arg, start)
	]
	count(found) > 0
	value := found[count(found) - 1]
}

argument(line, name) := "true" if {
	name in line.args
	not assigned(line, name)
}

assigned(line, name) if {
	some arg in line.args
	startswith(arg, sprintf("%s=", [name]))
}

# A setting of a line: its argument, else the module's file, else what is built in. Undefined where the file was not read.
setting(line, name) := argument(line, name)

setting(line, name) := configured(line.module, name) if {
	not argument(line, name)
	not argument(line, "conf")
}

# `conf=` names another file, which nobody has read.
setting(line, name) := built_in[line.module][name] if {
	not argument(line, name)
	not argument(line, "conf")
	not configured(line.module, name)
	file_read(line.module)
}

configured("pam_pwquality", name) := input.facets.pam.pwquality[name]

configured("pam_faillock", name) := input.facets.pam.faillock[name]

configured("pam_pwhistory", name) := input.facets.pam.pwhistory[name]

file_read("pam_pwquality") if known(input.facets.pam.pwquality)

file_read("pam_faillock") if known(input.facets.pam.faillock)

file_read("pam_pwhistory") if known(input.facets.pam.pwhistory)

# These take arguments only.
file_read(module) if module in {"pam_cracklib", "pam_tally2", "pam_unix"}

known(value) if value == null

known(value) if is_object(value)

# A flag is on: given as a bare word, or with a value other than 0 and no.
flag(line, name) if {
	value := lower(setting(line, name))
	not value in {"0", "no", "false"}
}

# Defaults of libpwquality 1.4, Linux-PAM 1.5 and cracklib 2.9.
built_in := {
	"pam_pwquality": {
		"difok": "1", "minlen": "8", "dcredit": "0", "ucredit": "0", "lcredit": "0", "ocredit": "0",
		"minclass": "0", "maxrepeat": "0", "maxsequence": "0", "dictcheck": "1", "usercheck": "1",
		"enforcing": "1", "retry": "1", "enforce_for_root": "0",
	},
	"pam_cracklib": {
		"difok": "5", "minlen": "9", "dcredit": "1", "ucredit": "1", "lcredit": "1", "ocredit": "1",
		"minclass": "0", "maxrepeat": "0", "maxsequence": "0", "dictcheck": "1", "usercheck": "1",
		"enforcing": "1", "retry": "1", "enforce_for_root": "0",
	},
	"pam_faillock": {
		"deny": "3", "fail_interval": "900", "unlock_time": "600", "even_deny_root": "0", "audit": "0",
		"silent": "0",
	},
	"pam_tally2": {
		"deny": "0", "fail_interval": "0", "unlock_time": "0", "even_deny_root": "0", "audit": "0",
		"silent": "0",
	},
	"pam_pwhistory": {"remember": "10", "enforce_for_root": "0", "use_authtok": "0"},
}

number(text) := to_number(text) if regex.match(`^-?[0-9]{1,9}$`, text)

# Modules that judge a new password.
quality := lines("password", "pam_pwquality") | lines("password", "pam_cracklib")

# Modules that lock an account after wrong passwords.
lockout := lines("auth", "pam_faillock") | lines("auth", "pam_tally2")

history := lines("password", "pam_pwhistory")

# Where a line stands, for a message.
place(line) := sprintf("%s:%d", [line.file, line.line])

evidence(line, name) := {
	"setting": name,
	"value": object.get(values(line, name), "value", null),
	"file": line.file,
	"line": line.line,
}

values(line, name) := {"value": setting(line, name)}

values(line, name) := {} if not setting(line, name)

shown(line, name) := setting(line, name)

shown(line, name) := "not set" if not setting(line, name)
