# METADATA
# title: sudo starts commands with a clean environment
# description: With the caller's variables, one LD_PRELOAD or PYTHONPATH turns any granted command into a root shell.
# custom:
#   id: host.sudo.env_reset
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: high
#   frameworks: {anssi_bp_028: [R39], ssg: [sudo_add_env_reset]}
#   attack: [T1574.006, T1548.003]
#   remediation:
#     text: Add `Defaults env_reset`, and remove every `!env_reset`.
#     command: printf 'Defaults env_reset\n' > /etc/sudoers.d/casemate-env-reset && chmod 440 /etc/sudoers.d/casemate-env-reset && visudo -c
package casemate.host.sudo.env_reset

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

# It is on unless somebody turns it off.
off if input.facets.sudoers.effective.env_reset == "false"

exempt := sudo.scoped("env_reset", "false")

compliant if {
	input.facets.sudoers.effective
	input.facets.sudoers.defaults
	not off
	count(exempt) == 0
}

deny contains {"message": "env_reset is off", "evidence": {"env_reset": "false"}} if off

deny contains {"message": sprintf("env_reset is off for %s (%s)", [entry.scope, sudo.place(entry)]), "evidence": entry} if {
	some entry in exempt
}
