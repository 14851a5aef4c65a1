# METADATA
# title: Every line of sshd_config makes sense
# description: The daemon refuses to start with a line it does not understand, so the next restart or reboot locks
#   everybody out.
# custom:
#   id: host.sshd.config_understood
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   remediation:
#     text: Run sshd -t and mend the lines it names.
package casemate.host.sshd.config_understood

import data.casemate.lib.sshd

applies if not sshd.removed

malformed := input.facets.config.malformed

compliant if count(malformed) == 0

deny contains {"message": sprintf("cannot be understood: %s:%d", [place.file, place.line]), "evidence": place} if {
	some place in malformed
}
