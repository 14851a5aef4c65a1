# METADATA
# title: sudo does not read passwords from where they can be seen
# description: Over a connection without a terminal the password would appear on the screen of the caller.
# custom:
#   id: host.sudo.visiblepw
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: low
#   remediation:
#     text: Remove `Defaults visiblepw`.
package casemate.host.sudo.visiblepw

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

compliant if sudo.off_everywhere("visiblepw")

deny contains {"message": "visiblepw is on", "evidence": {"visiblepw": "true"}} if sudo.on("visiblepw")

deny contains {"message": sprintf("visiblepw is on for %s (%s)", [entry.scope, sudo.place(entry)]), "evidence": entry} if {
	some entry in sudo.scoped("visiblepw", "true")
}
