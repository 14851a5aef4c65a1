# METADATA
# title: sudo asks for the caller's own password
# description: Where it asks for that of root or of the target, administrators share a secret again, and the log no
#   longer proves who it was.
# custom:
#   id: host.sudo.own_password
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: medium
#   attack: [T1548.003]
#   remediation:
#     text: Remove targetpw, rootpw and runaspw.
package casemate.host.sudo.own_password

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

flags := ["targetpw", "rootpw", "runaspw"]

foreign contains flag if {
	some flag in flags
	sudo.on(flag)
}

foreign contains flag if {
	some flag in flags
	count(sudo.scoped(flag, "true")) > 0
}

compliant if {
	input.facets.sudoers.effective
	is_array(input.facets.sudoers.defaults)
	count(foreign) == 0
}

deny contains {"message": sprintf("%s is on", [flag]), "evidence": {"flag": flag}} if {
	some flag in foreign
}
