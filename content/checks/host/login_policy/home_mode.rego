# METADATA
# title: New homes are closed to others
# description: useradd makes homes with this mode; without it, with what UMASK leaves.
# custom:
#   id: host.login_policy.home_mode
#   kind: host
#   area: accounts
#   needs: [login_policy]
#   severity: medium
#   attack: [T1083]
#   remediation:
#     text: Set HOME_MODE to 0700 in /etc/login.defs.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*HOME_MODE\b/d' /etc/login.defs && printf 'HOME_MODE 0700\n' >> /etc/login.defs
package casemate.host.login_policy.home_mode

import data.casemate.lib.files

defs := input.facets.login_policy.login_defs

# The bits of a new home: HOME_MODE, else what UMASK leaves.
mode := files.octal(defs.HOME_MODE)

mode := 511 - bits.and(files.octal(defs.UMASK), 511) if not defs.HOME_MODE

# Others get nothing, and the group may not write.
closed if bits.and(mode, 23) == 0

compliant if closed

deny contains {
	"message": sprintf(
		"HOME_MODE is %s and UMASK is %s, which opens new homes to others",
		[object.get(defs, "HOME_MODE", "not set"), object.get(defs, "UMASK", "not set")],
	),
	"evidence": {"HOME_MODE": object.get(defs, "HOME_MODE", null), "UMASK": object.get(defs, "UMASK", null)},
} if {
	defs
	not closed
}
