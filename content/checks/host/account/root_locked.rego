# METADATA
# title: Root has no password where sudo is in use
# description: Where people become root with sudo, a password of root is one more secret that several people share.
# custom:
#   id: host.account.root_locked
#   kind: host
#   area: authentication
#   needs: [accounts, sudoers]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-411010]
#     disa_stig_ubuntu_24.04: [UBTU-24-400110]
#     ssg: [prevent_direct_root_logins]
#   attack: [T1078.003]
#   remediation:
#     text: First make sure that somebody can use sudo, then lock root with passwd -l root; rescue mode will then need
#       another way in.
package casemate.host.account.root_locked

import data.casemate.lib.accounts

roots := [user | some user in accounts.users; user.name == "root"]

applies if not sudo_absent

sudo_absent if input.facets.sudoers.present == false

compliant if {
	input.facets.sudoers.present
	count(roots) > 0
	every user in roots {
		user.password == "locked"
	}
}

deny contains {"message": "root has a usable password", "evidence": {"password": user.password}} if {
	input.facets.sudoers.present
	some user in roots
	user.password in {"set", "empty", "not_shadowed"}
}
