# Users, groups and the numbers around them.
package casemate.lib.accounts

import data.casemate.lib.files

users := input.facets.accounts.users

groups := input.facets.accounts.groups

# The least user id of a person, by login.defs(5); 1000 where it is not set there.
uid_min := to_number(input.facets.login_policy.login_defs.UID_MIN) if {
	regex.match(`^[0-9]{1,9}$`, input.facets.login_policy.login_defs.UID_MIN)
}

uid_min := 1000 if {
	input.facets.login_policy.login_defs
	not input.facets.login_policy.login_defs.UID_MIN
}

# Accounts whose name or number is fixed and that nobody logs in to.
nobody(user) if user.name in {"nobody", "nfsnobody"}

nobody(user) if user.uid == 65534

# Users with a usable password.
with_password := [user | some user in users; user.password == "set"]

# Values that occur more than once in a list.
repeated(list) := {value |
	some i, value in list
	some j, other in list
	i < j
	value == other
}

# A whole number with an optional sign; undefined for anything else.
integer(text) := to_number(text) if regex.match(`^-?[0-9]{1,15}$`, text)

# The bits that a umask takes away, from `027` or `u=rwx,g=rx,o=`. Undefined where it is neither.
umask_bits(text) := files.octal(trim_space(text)) if regex.match(`^[ \t]*[0-7]{1,4}[ \t]*$`, text)

umask_bits(text) := ((class_bits(text, "u") * 64) + (class_bits(text, "g") * 8)) + class_bits(text, "o") if {
	regex.match(`^[ugoa]+=[rwx]*(,[ugoa]+=[rwx]*)*$`, text)
}

# A class that is not named keeps what it had, which is not known, so nothing is taken to be masked.
class_bits(text, class) := 7 - sum([bit |
	some letter, bit in {"r": 4, "w": 2, "x": 1}
	contains(allowed(text, class), letter)
])

allowed(text, class) := concat("", parts) if {
	parts := [split(part, "=")[1] |
		some part in split(text, ",")
		regex.match(sprintf(`^[ugo]*[%sa]`, [class]), part)
	]
	count(parts) > 0
}

allowed(text, class) := "rwx" if not regex.match(sprintf(`(^|,)[ugo]*[%sa][ugo]*=`, [class]), text)

# A umask takes away at least what `wanted` takes away.
umask_strict(text, wanted) if bits.and(umask_bits(text), files.octal(wanted)) == files.octal(wanted)
