# METADATA
# title: sudo reports to the system log
# description: The system log can leave the machine; a file that root writes can be changed by root.
# custom:
#   id: host.sudo.syslog
#   kind: host
#   area: logging
#   needs: [sudoers]
#   severity: medium
#   attack: [T1562.002]
#   remediation:
#     text: Remove `Defaults !syslog`.
package casemate.host.sudo.syslog

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

# It is on unless somebody turns it off.
off if input.facets.sudoers.effective.syslog == "false"

exempt := sudo.scoped("syslog", "false")

compliant if {
	input.facets.sudoers.effective
	input.facets.sudoers.defaults
	not off
	count(exempt) == 0
}

deny contains {"message": "syslog is off", "evidence": {"syslog": "false"}} if off

deny contains {"message": sprintf("syslog is off for %s (%s)", [entry.scope, sudo.place(entry)]), "evidence": entry} if {
	some entry in exempt
}
