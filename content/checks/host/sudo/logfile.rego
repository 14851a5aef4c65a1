# METADATA
# title: sudo keeps a log of its own
# description: In a file of its own the record of who did what as root is not lost among other messages.
# custom:
#   id: host.sudo.logfile
#   kind: host
#   area: logging
#   needs: [sudoers]
#   severity: low
#   frameworks: {cis_debian_12: ["5.2.3"], ssg: [sudo_custom_logfile]}
#   attack: [T1562.002]
#   remediation:
#     text: Set logfile to /var/log/sudo.log, and let logrotate look after it.
#     command: printf 'Defaults logfile="/var/log/sudo.log"\n' > /etc/sudoers.d/casemate-logfile && chmod 440 /etc/sudoers.d/casemate-logfile && visudo -c
package casemate.host.sudo.logfile

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

path := trim(input.facets.sudoers.effective.logfile, `"`)

compliant if startswith(path, "/")

deny contains {
	"message": "logfile is not set",
	"evidence": {"logfile": object.get(input.facets.sudoers.effective, "logfile", null)},
} if {
	input.facets.sudoers.effective
	not compliant
}
