# METADATA
# title: Changes of the journal files are recorded
# description: Deleting or cutting the journal is how a break-in is hidden; the audit log keeps the act itself.
# custom:
#   id: host.audit.journal
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654190]
#     disa_stig_ubuntu_24.04: [UBTU-24-300029]
#     ssg: [audit_rules_var_log_journal]
#   attack: [T1070.002]
#   remediation:
#     text: Add a watch for writes and attribute changes of /var/log/journal.
#     command: "(umask 027 && printf '%s\\n' '-w /var/log/journal -p wa -k systemd_journal' > /etc/audit/rules.d/50-casemate-journal.rules) && augenrules --load"
package casemate.host.audit.journal

import data.casemate.lib.audit

paths := ["/var/log/journal"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
