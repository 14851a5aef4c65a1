# METADATA
# title: Changes of scheduled jobs are recorded
# description: A cron line is the simplest way to come back after a reboot, with the rights of its owner.
# custom:
#   id: host.audit.cron
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654041]
#     disa_stig_ubuntu_24.04: [UBTU-24-200270]
#     ssg: [audit_rules_etc_cron_d, audit_rules_var_spool_cron]
#   attack: [T1053.003]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/cron.d, /var/spool/cron.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/cron.d -p wa -k cronjobs' '-w /var/spool/cron -p wa -k cronjobs' > /etc/audit/rules.d/50-casemate-cron.rules) && augenrules --load"
package casemate.host.audit.cron

import data.casemate.lib.audit

paths := ["/etc/cron.d", "/var/spool/cron"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
