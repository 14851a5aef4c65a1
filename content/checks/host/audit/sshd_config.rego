# METADATA
# title: Changes of the SSH server settings are recorded
# description: One line permits root logins, or runs a command at each login.
# custom:
#   id: host.audit.sshd_config
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   attack: [T1098.004]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/ssh/sshd_config, /etc/ssh/sshd_config.d.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/ssh/sshd_config -p wa -k sshd' '-w /etc/ssh/sshd_config.d -p wa -k sshd' > /etc/audit/rules.d/50-casemate-sshd-config.rules) && augenrules --load"
package casemate.host.audit.sshd_config

import data.casemate.lib.audit

paths := ["/etc/ssh/sshd_config", "/etc/ssh/sshd_config.d"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
